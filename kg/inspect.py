"""`kg inspect`: how each heading, value and code of a file would be understood by a build.

Values are read by the very stage that a build uses, one at a time, so that
what is shown here is what will be built.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from kg.audience import confidential
from kg.choices import SCHEMES
from kg.config import Config
from kg.fragment import interpret
from kg.model import Cell, Fragment, Origin, Record, Severity
from kg.read import Headings, Inspection, inspect_source
from kg.vocabulary import Vocabulary, load_vocabulary

#: Coded fields whose values are shown; the others hold free text or a flag of their own.
_SHOWN = (
    *SCHEMES,
    "round",
    "country",
    "year",
    "unintended",
    "negative",
    "confidential",
    "framework_link",
    "objective_link",
)
_SCHEME_FIELDS = frozenset(SCHEMES)
_WIDTH = 78  # of a comment in kg.toml


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a coded column: how often it stands there, and what it is read as.

    `meaning` is "" where it is not understood; `how` tells why, in a sentence.
    `reasons` are the slugs of its findings.
    """

    field: str
    text: str
    count: int
    meaning: str
    how: str
    understood: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileView:
    """A file, its headings (`inspection`), its values, and lines for `kg.toml`."""

    inspection: Inspection
    values: tuple[ValueView, ...]
    settings: tuple[str, ...]


def inspect(
    path: Path, config: Config, *, progress: Callable[[int], None] | None = None
) -> FileView:
    """Look at one file of records. Nothing is written.

    Args:
        path: The file.
        config: The project's settings.
        progress: Told of the rows looked at so far, now and then.

    Raises:
        SourceError: the file is missing, empty, damaged or of an unknown kind.
    """
    headings = Headings.load(config.headings)
    inspection = inspect_source(path, headings=headings, progress=progress)
    vocabulary = load_vocabulary()
    values = tuple(
        _value(name, text, count, config, vocabulary)
        for name in _SHOWN
        for text, count in sorted(
            inspection.values(name).items(), key=lambda item: (-item[1], item[0])
        )
    )
    return FileView(inspection, values, tuple(_settings(inspection, values, vocabulary)))


def _value(name: str, text: str, count: int, config: Config, vocabulary: Vocabulary) -> ValueView:
    record = Record("", 1, "text/plain", (Cell(name, name, text),))
    fragment, findings = interpret(
        record,
        key="value",
        origins=(Origin("", 1, "text/plain"),),
        vocabulary=vocabulary,
        confidential=confidential(record, cleared=frozenset()),
        values=config.values,
    )
    meaning = "; ".join(_meanings(name, fragment))
    told = [f for f in findings if f.where.field == name]
    return ValueView(
        field=name,
        text=text,
        count=count,
        meaning=meaning,
        how=told[0].message if told else "",
        understood=all(f.severity is Severity.INFO for f in told),
        reasons=tuple(f.reason for f in told),
    )


def _meanings(name: str, fragment: Fragment) -> Iterator[str]:
    if name in _SCHEME_FIELDS:
        for choice in fragment.choices.get(name, ()):
            yield choice.label if choice.known else f"{choice.label} (new)"
    elif name in {"unintended", "negative"}:
        answer = getattr(fragment, name)
        yield "unknown" if answer is None else ("yes" if answer else "no")
    elif name == "confidential":
        yield "confidential" if fragment.confidential else "cleared"
    elif name in {"framework_link", "objective_link"}:
        yield from (str(code) for code in (*fragment.codes, *fragment.objectives))
    elif name == "year":
        yield "" if fragment.year is None else str(fragment.year)
    elif name == "country":
        yield from (place.label for place in fragment.places)
    else:
        yield fragment.round.label if fragment.round else ""


def _settings(
    inspection: Inspection, values: tuple[ValueView, ...], vocabulary: Vocabulary
) -> Iterator[str]:
    """What to paste into `kg.toml`; every line is a comment until a person decides."""
    if inspection.settings:
        yield "[headings]"
        yield from inspection.settings
    for name in SCHEMES:
        unknown = [v for v in values if v.field == name and not v.understood]
        if unknown:
            labels = ", ".join(
                concept.labels["en"] for concept in vocabulary.concepts(SCHEMES[name])
            )
            yield f"[values.{name}]"
            yield from wrap(
                f"one of: {labels}", _WIDTH, initial_indent="# ", subsequent_indent="# or one of: "
            )
            yield from (f'# {_quoted(v.text)} = "LABEL"' for v in unknown)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    for raw, escaped in (("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        inside = inside.replace(raw, escaped)
    return f'"{inside}"'
