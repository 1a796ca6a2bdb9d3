"""Results of IATI activities → entries of results frameworks.

The standard knows output, outcome and impact; an impact is an objective here.
It has no codes: they are read where people write them, in the title ("Output
1.4.1: …") or in a reference of the publisher's own. See ADR 14.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.codes import CodeReading, read_codes, read_objectives
from kg.codes.grammar import grammar
from kg.flat import flat
from kg.model import Code, Finding, FrameworkEntry, Severity, Where
from kg.places import Places
from kg.read.framework import kind_words
from kg.read.iati import OWN, VERSIONS, IatiActivity, IatiFile, IatiResult
from kg.vocab import digest, fold

#: IATI's code list ResultType. 9 is "other": its title may say what it is.
KINDS = {"1": "output", "2": "outcome", "3": "objective"}

_LABEL_BEGINS = re.compile(r"[\s.:)\]\-–—•]*")
_LONGEST_REFERENCE = 20
_MADE, _MADE_LENGTH = "iati-", 6


@dataclass(frozen=True, slots=True)
class IatiSettings:
    """What `[frameworks]` of `kg.toml` says of activities, by their identifier.

    `only`: those that count; empty: all. `countries`, `programmes`: whose
    results an activity's are, where the file does not say it as records do.
    """

    only: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    programmes: Mapping[str, str] = field(default_factory=dict)


def iati_entries(
    found: IatiFile, *, settings: IatiSettings, places: Places
) -> tuple[tuple[FrameworkEntry, ...], tuple[Finding, ...]]:
    """What the activities of a file promise, and what is to be told of it."""
    entries: list[FrameworkEntry] = []
    findings: list[Finding] = []
    if found.version and found.version not in VERSIONS:
        findings.append(
            Finding(
                reason="iati-version",
                where=Where(found.file, 1),
                message="A version of the IATI standard that kg does not know; read as 2.03.",
                advice=f"Look at what kg inspect shows of it; known are {', '.join(VERSIONS)}.",
            )
        )
    wanted = [a for a in found.activities if not settings.only or a.identifier in settings.only]
    for activity in wanted:
        if activity.results:
            country, told = _country(activity, found.file, settings, places)
            findings += told
            for entry, problems in _results(activity, found.file):
                findings += problems
                if entry is not None:
                    programme = settings.programmes.get(activity.identifier, "")
                    entries.append(replace(entry, country=country, programme=programme))
    if not entries:
        findings.append(
            Finding(
                reason="no-results",
                where=Where(found.file),
                message="The file holds no result that could be used.",
                advice="Ask its publisher for the file with results, or look with: kg inspect FILE",
            )
        )
    return tuple(entries), tuple(findings)


def _country(
    activity: IatiActivity, file: str, settings: IatiSettings, places: Places
) -> tuple[str, tuple[Finding, ...]]:
    """The country or region whose framework an activity's results are; "" for the programme's."""
    if activity.identifier in settings.countries:
        return settings.countries[activity.identifier], ()
    stated = activity.countries or activity.regions
    if not stated:
        return "", ()
    if len(stated) == 1:
        name = stated[0].upper() if activity.countries else stated[0]
        if places.find(name) is not None:
            return name, ()
    return "", (
        Finding(
            reason="activity-place",
            where=Where(file, activity.line, "recipient-country"),
            message="The activity names several countries, or a region that kg does not know; "
            "its results count for the whole programme.",
            advice="Say whose they are under [frameworks.countries] in kg.toml; "
            "kg inspect FILE prints the line.",
        ),
    )


def _results(
    activity: IatiActivity, file: str
) -> Iterator[tuple[FrameworkEntry | None, tuple[Finding, ...]]]:
    for result in activity.results:
        titles = tuple(_title(text, language, result.type) for language, text in result.titles)
        kind = next((t.kind for t in titles if t.kind), KINDS.get(result.type))
        told = tuple(_doubts(result, titles, kind, file))
        if kind is None:
            yield None, told
            continue
        code = next((t.code for t in titles if t.code), "") or _reference(result, kind)
        labels: dict[str, str] = {}
        for title in titles:
            if title.label:
                labels.setdefault(title.language, title.label)
        first = next(iter(labels.values()), "")
        if not code and first:
            code = _MADE + digest(fold(first), length=_MADE_LENGTH)
            told = (*told, _made(file, result, code))
        entry = FrameworkEntry(
            kind, code, first, line=result.line, file=file, labels=tuple(labels.items())
        )
        yield (entry if code else None), told


@dataclass(frozen=True, slots=True)
class _Title:
    """What a title says: its kind (None: nothing), its code and label ("": none)."""

    language: str
    kind: str | None
    code: str
    label: str


def _title(text: str, language: str, type_: str) -> _Title:
    stated = KINDS.get(type_)
    codes = _leading(read_codes(text, field="title"), text)
    if not codes and (stated == "objective" or grammar().objective_word.match(flat(text))):
        codes = _leading(read_objectives(text, field="title"), text)
    if not codes:
        return _without_code(text, language)
    code = next((c for c in codes if c.kind == stated), codes[0])
    said = any(c.isalpha() for c in text[code.start : code.end])
    rest = _LABEL_BEGINS.sub("", text[codes[-1].end :], count=1)
    return _Title(language, code.kind if said or stated is None else stated, code.number, rest)


def _without_code(text: str, language: str) -> _Title:
    """A title without a code; the word of its kind before a colon is no part of its label."""
    head, mark, rest = text.partition(":")
    kind = kind_words().get(fold(head)) if mark and rest.strip() else None
    return _Title(language, kind, "", rest.strip() if kind else text)


def _doubts(
    result: IatiResult, titles: Sequence[_Title], kind: str | None, file: str
) -> Iterator[Finding]:
    stated = KINDS.get(result.type)
    if kind is None:
        yield Finding(
            reason="result-type",
            where=Where(file, result.line, "type"),
            message="A result that is no output, outcome or impact; it is left out.",
            advice="Begin its title with its kind and number (Output 1.4: …), or write it into "
            "framework.csv.",
        )
    elif stated is not None and kind != stated:
        yield Finding(
            reason="result-kind",
            where=Where(file, result.line, "type"),
            message=f"The type of the result says {stated}, its title {kind}; the title counts.",
            advice="Correct the type or the title in the file.",
        )
    if result.cut:
        yield Finding(
            reason="label-long",
            where=Where(file, result.line, "title"),
            message="The title is longer than 1,000 characters; its beginning is the label.",
            advice="Write a shorter title; details belong into the description.",
        )
    if not any(title.label for title in titles):
        yield Finding(
            reason="label-missing",
            where=Where(file, result.line, "title"),
            message="The result has no title beside its code; without a code it is left out.",
            advice="Write what the result is called.",
        )


def _made(file: str, result: IatiResult, code: str) -> Finding:
    return Finding(
        reason="code-made",
        where=Where(file, result.line, "title"),
        message=f"The result has no code; it is called {code}.",
        advice="Records link to it where they state its label word for word. To give it a code, "
        "begin its title with one (Output 1.4: …).",
        severity=Severity.INFO,
    )


def _leading(reading: CodeReading, text: str) -> list[Code]:
    """The codes with which a title begins, before its words."""
    found: list[Code] = []
    at = 0
    for code in reading.codes:
        if any(c.isalnum() for c in text[at : code.start]):
            break
        found.append(code)
        at = code.end
    return found


def _without_kind(text: str) -> tuple[str | None, str, str]:
    """A title without a code, and without the word of its kind before a colon or dash."""
    head, mark, rest = text.partition(":")
    kind = kind_words().get(fold(head)) if mark and rest.strip() else None
    return kind, "", rest.strip() if kind else text


def _reference(result: IatiResult, kind: str) -> str:
    """The code of the publisher's own reference; "" where there is none."""
    read = read_objectives if kind == "objective" else read_codes
    for vocabulary, code in result.references:
        if vocabulary == OWN and code:
            reading = read(code, field="reference")
            if len(reading.codes) == 1 and not reading.problems:
                return reading.codes[0].number
            if len(code) <= _LONGEST_REFERENCE and not any(c.isspace() for c in code):
                return code
    return ""
