"""`kg inspect`: how each heading, value and code of a file would be understood by a build.

Values are read by the very stage that a build uses, one at a time, so that
what is shown here is what will be built. Labels are looked up in the
frameworks of the project, as a build does.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from kg.audience import confidential
from kg.choices import SCHEMES
from kg.config import Config
from kg.fragment import interpret
from kg.frameworks.declared import Declared, declare, normal_code
from kg.frameworks.files import read_frameworks
from kg.frameworks.labels import Labels
from kg.messages import DEFAULT_LANGUAGE, in_words, phrase
from kg.model import Cell, Choice, Finding, Fragment, Origin, Record, Severity, Where
from kg.places import Places
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
_CODES = "framework_link"
_LINKS = frozenset({_CODES, "objective_link"})
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
    """A file, its headings (`inspection`), its values, and lines for `kg.toml`.

    `promised` are the framework files of the project that list codes, and how many each.
    """

    inspection: Inspection
    values: tuple[ValueView, ...]
    settings: tuple[str, ...]
    promised: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Eye:
    """What values are looked at with; `declared` is what the project's frameworks list."""

    config: Config
    vocabulary: Vocabulary
    declared: Declared
    labels: Labels
    language: str


def inspect(
    path: Path,
    config: Config,
    *,
    progress: Callable[[int], None] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> FileView:
    """Look at one file of records. Nothing is written.

    Args:
        path: The file.
        config: The project's settings; its framework files are read, too.
        progress: Told of the rows looked at so far, now and then.
        language: Of meanings and reasons ("en", "fr").

    Raises:
        SourceError: the file is missing, empty, damaged or of an unknown kind.
        ConfigError: a framework file of the project cannot be read.
    """
    headings = Headings.load(config.headings)
    inspection = inspect_source(path, headings=headings, progress=progress, language=language)
    entries, _ = read_frameworks(config)
    declared = declare(
        entries, programme=config.programme, versions=config.versions, places=Places.load()
    )
    eye = _Eye(config, load_vocabulary(), declared, Labels.of(declared), language)
    values = tuple(
        _value(name, text, count, eye, heading=heading or name)
        for name in _SHOWN
        for (heading, text), count in sorted(
            inspection.answers(name).items(), key=lambda item: (-item[1], item[0][::-1])
        )
    )
    codes = Counter(entry.file for entry in entries)
    return FileView(
        inspection, values, tuple(_settings(inspection, values, eye)), tuple(codes.items())
    )


def _value(name: str, text: str, count: int, eye: _Eye, *, heading: str) -> ValueView:
    record = Record("", 1, "text/plain", (Cell(name, heading, text),))
    fragment, findings = interpret(
        record,
        key="value",
        origins=(Origin("", 1, "text/plain"),),
        vocabulary=eye.vocabulary,
        confidential=confidential(record, cleared=frozenset()),
        values=eye.config.values,
    )
    told = [f for f in findings if f.where.field == name]
    meanings = tuple(_meanings(name, fragment, eye))
    if name in _LINKS:
        labelled, settled = _labelled(name, fragment, eye)
        told = [f for f in told if f.reason not in settled]
        meanings = labelled or meanings
        told += _strange(name, fragment, eye) if not labelled else ()
    return ValueView(
        field=name,
        text=text,
        count=count,
        meaning="; ".join(dict.fromkeys(meanings)),
        how=_how(told[0], eye.language) if told else "",
        understood=all(f.severity is Severity.INFO for f in told),
        reasons=tuple(f.reason for f in told),
    )


def _how(finding: Finding, language: str) -> str:
    return in_words(finding.reason, finding.message, finding.advice, language=language)[0]


def _meanings(name: str, fragment: Fragment, eye: _Eye) -> Iterator[str]:
    said = eye.language
    if name in _SCHEME_FIELDS:
        for choice in fragment.choices.get(name, ()):
            yield _choice(choice, eye)
    elif name in {"unintended", "negative"}:
        answer = getattr(fragment, name)
        slug = "unknown" if answer is None else ("yes" if answer else "no")
        yield phrase(f"inspect.{slug}", said)
    elif name == "confidential":
        slug = "confidential" if fragment.confidential else "cleared"
        yield phrase(f"diff.{slug}", said)
    elif name in _LINKS:
        for code in (*fragment.codes, *fragment.objectives):
            yield f"{phrase(f'trace.{code.kind}', said)} {code.number}"
    elif name == "year":
        yield from map(str, fragment.years)
    elif name == "country":
        for place in fragment.places:
            yield Places.load().by_language.get(place.slug, {}).get(said, place.label)
    else:
        yield fragment.round.label if fragment.round else ""


def _choice(choice: Choice, eye: _Eye) -> str:
    """The label of a value; one that no list knows as it stands."""
    if not choice.known:
        return phrase("inspect.new", eye.language, label=choice.label)
    return eye.vocabulary.get(choice.scheme, choice.slug).label(eye.language)


def _labelled(name: str, fragment: Fragment, eye: _Eye) -> tuple[tuple[str, ...], frozenset[str]]:
    """What labels in a cell mean in the project's frameworks; the findings that they settle.

    A value stands in rows of any country: of several frameworks every meaning is told.
    """
    scopes = sorted({scope for scope, field, _ in eye.labels.nodes if field == name}, key=str)
    readings = [eye.labels.read(fragment, {name: scope}) for scope in scopes]
    found = sorted({label.key[1:] for reading in readings for label in reading.labels})
    settled = frozenset(reason for reading in readings for reason, _ in reading.settled)
    return tuple(f"{phrase(f'trace.{kind}', eye.language)} {code}" for kind, code in found), settled


def _strange(name: str, fragment: Fragment, eye: _Eye) -> Iterator[Finding]:
    """Codes that no framework of the project lists, where it has tables of that level."""
    listed = {key[1:] for key in eye.declared.entries}
    numbers = {number for kind, number in listed if (kind == "objective") == (name != _CODES)}
    codes = fragment.codes if name == _CODES else fragment.objectives
    if numbers and any(normal_code(c.kind, c.number) not in numbers for c in codes):
        # A country without a table may use any code: only a build knows whose a row is.
        yield Finding(
            reason="unlisted-code" if name == _CODES else "unlisted-objective",
            where=Where("", 1, name),
            message="",
            severity=Severity.INFO if name == _CODES else Severity.WARNING,
        )


def _settings(inspection: Inspection, values: tuple[ValueView, ...], eye: _Eye) -> Iterator[str]:
    """What to paste into `kg.toml`; every line is a comment until a person decides."""
    if inspection.settings:
        yield "[headings]"
        yield from inspection.settings
    for name in SCHEMES:
        unknown = [v for v in values if v.field == name and not v.understood]
        if unknown:
            labels = ", ".join(
                concept.label(eye.language) for concept in eye.vocabulary.concepts(SCHEMES[name])
            )
            first = phrase("inspect.one-of", eye.language)
            yield f"[values.{name}]"
            yield from wrap(
                f"{first} {labels}",
                _WIDTH,
                initial_indent="# ",
                subsequent_indent=f"# {phrase('inspect.or-one-of', eye.language)} ",
            )
            label = phrase("inspect.a-label", eye.language)
            yield from (f'# {_quoted(v.text)} = "{label}"' for v in unknown)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    for raw, escaped in (("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        inside = inside.replace(raw, escaped)
    return f'"{inside}"'
