"""`framework.csv` or `.xlsx` → what a programme promised."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from kg.model import Finding, FrameworkEntry, Severity, Where
from kg.read.edited import Line, plainly_yes, read_edited, words_of
from kg.read.lexicon import headings_data
from kg.resources import resource
from kg.vocab import fold

_ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})(?:[T ].*)?")
_WITH_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](?:19|20)\d{2}")
_DAY_MONTH = re.compile(r"(\d{1,2})[-/. ]([a-z]{3,})\.?(?:[-/. ]\d{2,4})?")
_MONTH_DAY = re.compile(r"([a-z]{3,})\.?[-/. ](\d{1,2})")

_LETTERED_OBJECTIVE = re.compile(r"([A-Za-z]{2,3})[\s.-]?([0-9]{1,2})")

_Key = tuple[str, str, str, str, str]


def read_framework(path: Path) -> tuple[tuple[FrameworkEntry, ...], tuple[Finding, ...]]:
    """The lines of a results framework, and what is wrong with some of them.

    A line that cannot be used (no code, an unknown kind, a date for a code)
    is left out and told. A code that stands twice counts once, and is told:
    a spreadsheet may have cut 1.10 to 1.1.

    Raises:
        ConfigError: the file cannot be read, or lacks one of the columns kind, code, label.
    """
    lines, found = read_edited(
        path,
        columns=_columns(),
        required=("kind", "code", "label"),
        strict=False,
    )
    findings = list(found)
    entries: dict[_Key, FrameworkEntry] = {}
    for line in lines:
        entry, problems = _entry(path.name, line)
        findings += problems
        if entry is None:
            continue
        scope = (fold(entry.programme), fold(entry.country), entry.version)
        key = (entry.kind, entry.code.casefold(), *scope)
        first = entries.get(key)
        if first is None:
            entries[key] = entry
        elif entry.publish and not first.publish:
            # For a release the unmarked line does not exist: the marked one counts everywhere.
            entries[key] = entry
            findings.append(_twice(path.name, first, entry))
        else:
            findings.append(_twice(path.name, entry, first))
    return tuple(entries.values()), tuple(findings)


def _entry(file: str, line: Line) -> tuple[FrameworkEntry | None, Sequence[Finding]]:
    kind = kind_words().get(fold(line.get("kind")))
    code, parent = _bare(line.get("code")), line.get("parent")
    problems = [*_dates(file, line, "code", code), *_dates(file, line, "parent", parent)]
    dated = {problem.where.field for problem in problems}
    if kind is None:
        problems.append(
            Finding(
                reason="unknown-kind",
                where=Where(file, line.number, "kind"),
                message="The kind is not objective, outcome or output; the line is left out.",
                advice="Write one of the three words.",
            )
        )
    if not code:
        problems.append(
            Finding(
                reason="code-missing",
                where=Where(file, line.number, "code"),
                message="The line has no code and is left out.",
                advice="Write the code, e.g. 1.4.",
            )
        )
    labels = tuple((tag, text) for tag in _languages() if (text := line.get(f"label@{tag}")))
    label = line.get("label") or next((text for _, text in labels), "")
    if not label:
        problems.append(
            Finding(
                reason="label-missing",
                where=Where(file, line.number, "label"),
                message="The line has no label; answers will show its code alone.",
                advice="Write what the result is called.",
            )
        )
    if kind is None or not code or "code" in dated:
        return None, problems
    entry = FrameworkEntry(
        kind=kind,
        code=code,
        label=label,
        parent="" if "parent" in dated else _lettered(parent) or parent,
        programme=line.get("programme"),
        country=line.get("country"),
        version=line.get("version") or "1",
        publish=plainly_yes(line.get("publish")) and not line.broken,
        line=line.number,
        file=file,
        labels=labels,
    )
    return entry, problems


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """How columns may be called; a label in each language: "label_fr", "libellé (fr)"."""
    columns = dict(words_of("framework", "columns"))
    spoken = _words()["languages"]
    for tag, words in spoken.items():
        columns[f"label@{tag}"] = tuple(
            form.format(label, word)
            for label in columns["label"]
            for word in (tag, *words)
            for form in ("{}_{}", "{} {}", "{}-{}", "{} ({})", "{}@{}", "{} [{}]", "{}.{}")
        )
    return columns


def _languages() -> tuple[str, ...]:
    return tuple(_words()["languages"])


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = resource("ontology", "frameworks.yaml").read_text("utf-8")
    # BaseLoader: every scalar is a text; "no" is a word here.
    found: Mapping[str, Mapping[str, Sequence[str]]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return found


@cache
def kind_words() -> dict[str, str]:
    """Words for a kind of result, folded → objective, outcome, output."""
    tables = (words_of("framework", "kinds"), _words()["kinds"])
    return {fold(w): kind for table in tables for kind, words in table.items() for w in words}


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(kind_words(), key=len, reverse=True))


def _bare(code: str) -> str:
    """A code without the word of its kind: "Outcome 1.4" and "1.4." are 1.4.

    Letters that make an objective's code stay: "SO 1" is SO1, as records have it.
    """
    lettered = _lettered(code)
    if lettered:
        return lettered
    for word in _longest_first():
        if fold(code).startswith(word) and re.match(r"[\s.:]*\d", code[len(word) :]):
            code = code[len(word) :]
            break
    return code.strip(" .:\u00a0")


def _lettered(code: str) -> str:
    """The code of an objective that is letters and a number: "SO 1" is SO1; "" for any other."""
    found = _LETTERED_OBJECTIVE.fullmatch(code.strip(" .:\u00a0"))
    if found is None or kind_words().get(fold(found[1])) != "objective":
        return ""
    return found[1] + found[2]


def _dates(file: str, line: Line, column: str, text: str) -> Iterator[Finding]:
    codes = codes_behind_date(text)
    if codes:
        yield Finding(
            reason="date",
            where=Where(file, line.number, column),
            message="A spreadsheet has turned this code into a date; it may have been "
            f"{' or '.join(codes)}. It is not used.",
            advice="Format the column as text and type the code anew.",
        )


def codes_behind_date(text: str) -> tuple[str, ...]:
    """The codes that a date may have been; empty for what is no date.

    >>> codes_behind_date("2024-04-01"), codes_behind_date("01-avr"), codes_behind_date("1.4")
    (('1.4', '4.1'), ('1.4',), ())
    """
    folded = fold(text)
    iso = _ISO.fullmatch(text)
    if iso:
        return _either(int(iso[2]), int(iso[1]))
    full = _WITH_YEAR.fullmatch(folded)
    if full and max(int(full[1]), int(full[2])) <= 31:  # noqa: PLR2004 - days of a month
        return _either(int(full[1]), int(full[2]))
    named = _DAY_MONTH.fullmatch(folded)
    if named and _month(named[2]):
        return (f"{int(named[1])}.{_month(named[2])}",)
    named = _MONTH_DAY.fullmatch(folded)
    if named and _month(named[1]):
        return _either(int(named[2]), _month(named[1]))
    return ()


def _either(day: int, month: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"{day}.{month}", f"{month}.{day}")))


def _month(word: str) -> int:
    """The number of a month, 0 for another word."""
    tree = headings_data()["framework"]
    assert isinstance(tree, dict)  # noqa: S101 - shipped data
    for number, beginnings in enumerate(tree["months"], start=1):
        if word.startswith(tuple(beginnings)):
            return number
    return 0


def _twice(file: str, entry: FrameworkEntry, first: FrameworkEntry) -> Finding:
    same = fold(entry.label) == fold(first.label)
    return Finding(
        reason="code-twice",
        where=Where(file, entry.line, "code"),
        message=f"The {entry.kind} {entry.code} stands in row {first.line} too; "
        "this line is left out."
        + ("" if same else " The labels differ: a spreadsheet may have cut a zero (1.10 → 1.1)."),
        advice="Remove the line, or format the column as text and type the code anew.",
        severity=Severity.INFO if same else Severity.WARNING,
    )
