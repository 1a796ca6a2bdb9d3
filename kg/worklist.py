"""What a person should look at: gaps of the harvest and what a build noticed → findings.

Gaps are work, not faults: they are warnings or notes, never violations. A
finding says where (key, field, characters) and never which words: a suspected
name would otherwise stand on the screen, in a terminal's log, in an e-mail.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kg.coach import Select, coach
from kg.gaps import Item, gaps, number, uncounted
from kg.messages import DEFAULT_LANGUAGE, error_text, in_words, sentences, spoken, text_of
from kg.model import Finding, Kind, MentionStatus, Severity, Where
from kg.vocab import SPARQL_HEAD
from kg.vocabulary import load_vocabulary

_WITHHELD = """
SELECT ?key WHERE { ?fragment oh:key ?key ; oh:confidential true } ORDER BY ?key"""

#: A release says of no fragment where it was read.
_NOWHERE: Mapping[str, Where] = MappingProxyType({})
#: Reasons why a row was not kept of which nobody has to mend any (as `kg.read` words them).
NO_RECORD = frozenset(
    {
        *("a row of totals", "a second row of headings", "the heading row once more"),
        "another heading row; the rows below are read by it",
    }
)
_UNDECIDED = frozenset({MentionStatus.SUGGESTED.value, MentionStatus.QUEUED.value})


def worklist(
    select: Select,
    *,
    mentions: Iterable[Mapping[str, object]],
    report: Mapping[str, Any],
    places: Mapping[str, Where] = _NOWHERE,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[Finding, ...]:
    """Everything in a harvest that waits for a person.

    Args:
        select: Asks the harvest.
        mentions: Lines of `mentions.jsonl`.
        report: `report.json`; what it lacks is taken as nothing.
        places: Where each fragment was first read, by key (`kg.kept.first_places`).
        language: Of messages and advice ("en", "fr"); others are answered in English.

    Returns:
        Findings: warnings before notes, then by what to do, then by file, row,
        key, field and place in the text. Empty where nothing waits.
    """
    told = list(_reported(report, language))
    known = sentences()
    said = {mark for f, _ in told if f.reason in known for mark in _marks(known[f.reason].topic, f)}
    for item in _items(select, mentions, report, places):
        finding = _put(item, places, language)
        if _mark(known[item.reason].topic, finding) not in said:
            told.append((finding, item.start))
    return tuple(finding for finding, _ in sorted(told, key=_order))


def _mark(topic: str, finding: Finding) -> tuple[str, ...]:
    """What a stage must have said already for this finding to be a repetition."""
    if finding.key is None:
        return (topic, finding.where.file)
    return (topic, finding.key, finding.where.field or "")


def _marks(topic: str, finding: Finding) -> tuple[tuple[str, ...], ...]:
    """What a stage's finding leaves unsaid no more: of the file, the record, the field."""
    if finding.key is None:
        return ((topic, finding.where.file),)
    return ((topic, finding.key, ""), (topic, finding.key, finding.where.field or ""))


def _items(
    select: Select,
    mentions: Iterable[Mapping[str, object]],
    report: Mapping[str, Any],
    places: Mapping[str, Where],
) -> Iterator[Item]:
    yield from _rows(report)
    withheld = frozenset(row["key"] for row in select(SPARQL_HEAD + _WITHHELD))
    yield from _spans(mentions, withheld)
    yield from gaps(select)
    advice = tuple(coach(select))
    yield from (Item(reason, key=key, field="description") for reason, key in advice)
    yield from uncounted(select, places, frozenset(advice))


def _rows(report: Mapping[str, Any]) -> Iterator[Item]:
    """Rows that were not kept, and rows that repeat others."""
    for row in report.get("rejected", ()):
        yield Item(
            "no-record-row" if row.get("reason") in NO_RECORD else "rejected-row",
            file=row.get("file") or "",
            row=row.get("row"),
            sheet=row.get("sheet") or "",
            field=row.get("field"),
            values={"detail": row.get("reason", "")},
        )
    for source in report.get("sources", ()):
        if source.get("duplicates"):
            yield Item(
                "duplicate-rows",
                file=source.get("file") or "",
                values={"count": source["duplicates"]},
            )


def _spans(mentions: Iterable[Mapping[str, object]], withheld: frozenset[str]) -> Iterator[Item]:
    """Names of which somebody should say whose they are: each once a record and name.

    Of records that are *withheld* nothing leaves: their names of persons can wait.
    """
    first: dict[tuple[str, str, str, str], Mapping[str, object]] = {}
    times: Counter[tuple[str, str, str, str]] = Counter()
    for mention in sorted(filter(_undecided, mentions), key=_span):
        reason = _undecided(mention)
        if reason == "suspected-name" and mention["key"] in withheld:
            reason = "suspected-name-withheld"
        if reason:
            # A person has no entity: every span of a suspected name is looked at by itself.
            name = mention.get("entity") or mention.get("text") or _span(mention)
            mark = (reason, str(mention["key"]), str(name), str(mention["status"]))
            first.setdefault(mark, mention)
            times[mark] += 1
    for mark, mention in first.items():
        yield Item(
            mark[0],
            key=mark[1],
            field=str(mention["field"]),
            start=number(mention["start"]),
            times=times[mark],
            values={
                "start": mention["start"],
                "end": mention["end"],
                "status": load_vocabulary().get("mention", mark[3]).labels,
            },
        )


def _undecided(mention: Mapping[str, object]) -> str | None:
    status = mention["status"]
    if mention["kind"] == Kind.PERSON.value:
        settled = status == MentionStatus.REJECTED.value or mention.get("method") == "decision"
        return None if settled else "suspected-name"
    if mention["kind"] == Kind.ORGANISATION.value and status in _UNDECIDED:
        return "undecided-organisation"
    return None


def _span(mention: Mapping[str, object]) -> tuple[str, str, int, int]:
    return (
        str(mention["key"]),
        str(mention["field"]),
        number(mention["start"]),
        number(mention["end"]),
    )


def _put(item: Item, places: Mapping[str, Where], language: str) -> Finding:
    """Put an item into words."""
    sentence = sentences()[item.reason]
    values = {
        name: spoken(value, language)
        if isinstance(value, Mapping)
        else error_text(str(value), language)
        for name, value in (item.values or {}).items()
    }
    message = spoken(sentence.message, language).format(**values)
    if item.times > 1:
        message = f"{message} {text_of('times', language).format(times=item.times)}"
    place = places.get(item.key or "", Where(item.file, item.row, sheet=item.sheet))
    return Finding(
        reason=item.reason,
        where=Where(place.file, place.row, item.field, place.sheet),
        message=message,
        advice=spoken(sentence.advice, language),
        severity=sentence.severity,
        key=item.key,
        span=(number(values["start"]), number(values["end"])) if "start" in values else None,
    )


def _reported(report: Mapping[str, Any], language: str) -> Iterator[tuple[Finding, int]]:
    """What the stages of the build noticed, as `report.json` keeps it."""
    for warning in report.get("warnings", ()):
        reason = warning.get("reason") or "unknown-reason"
        sentence = sentences().get(reason)
        message, advice = in_words(
            reason, warning.get("message") or "", warning.get("advice") or "", language=language
        )
        severity = warning.get("severity") or (sentence.severity if sentence else "warning")
        yield (
            Finding(
                reason=reason,
                where=Where(
                    warning.get("file") or "",
                    warning.get("row"),
                    warning.get("field"),
                    warning.get("sheet") or "",
                ),
                message=message,
                advice=advice,
                severity=Severity(severity),
                key=warning.get("key"),
            ),
            0,
        )


def _order(told: tuple[Finding, int]) -> tuple[object, ...]:
    """Gravest first, then by what to do, then by where; a total order."""
    finding, start = told
    sentence = sentences().get(finding.reason)
    return (
        list(Severity).index(finding.severity),
        sentence.place if sentence else len(sentences()),
        finding.reason,
        finding.where.file,
        finding.where.row or 0,
        finding.key or "",
        finding.where.field or "",
        start,
        finding.message,
        finding.advice,
    )
