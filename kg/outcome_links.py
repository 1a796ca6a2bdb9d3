"""Ids of other outcomes in a text → claims that one outcome relates to another.

"Builds on X/CIV004" is what somebody wrote; the link says so with its words,
and nothing is concluded from it. An id that two records bear, or none, makes
no link and is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import yaml

from kg.aside import Aside, laid, taken_apart
from kg.grouping import found_by_key
from kg.model import Finding, Fragment, Kind, Mention, Severity
from kg.redaction import has_mark
from kg.resources import resource
from kg.vocab import Names, fold

#: A phrase further away than this many characters says nothing of the id.
_REACH = 80
_DEFAULT = "see-also"
#: Lists that are no relation: what denies, what links, what takes a denial back.
_AROUND = ("denied", "linking", "affirmed")
_END_OF_SENTENCE = re.compile(r"[.!?;]\s|\n")


@taken_apart
@dataclass(frozen=True, slots=True)
class OutcomeLink:
    """A claim of one record: its outcome `relation` the outcome of another."""

    key: str
    other: str
    relation: str  # builds-on, led-to, see-also
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class OutcomeLinks:
    """Links, all mentions (those that found their outcome name it), and findings."""

    links: tuple[OutcomeLink, ...]
    mentions: Sequence[Mention]
    findings: tuple[Finding, ...]


def outcome_links(
    fragments: Sequence[Fragment], mentions: Sequence[Mention], *, names: Names
) -> OutcomeLinks:
    """Settle every outcome id that a text mentions.

    Args:
        fragments: All records of the build.
        mentions: All mentions; those of other kinds pass through.
        names: Mints the IRIs.
    """
    by_key = found_by_key(fragments)
    ends = _ends(fragments)
    identifiers = {fragment.key: fragment.identifier for fragment in fragments}
    grouped: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    findings: list[Finding] = []

    def settle() -> Iterator[Mention]:
        for mention in mentions:
            if mention.kind is not Kind.OUTCOME_ID:
                yield mention
                continue
            fragment = by_key[mention.key]
            meant = ends.get(_plain(mention.text), frozenset())
            if len(meant) != 1:
                yield mention
                findings.append(_unsettled(fragment, mention, known=bool(meant)))
                continue
            (other,) = meant
            if other == mention.key:
                yield mention  # a record that names itself links to nothing
                continue
            if _denied(fragment, mention):
                yield mention
                findings.append(_unsaid(fragment, mention))
                continue
            found = replace(mention, entity=names.outcome(other), label=identifiers[other])
            yield found
            grouped[mention.key, other, _relation(fragment, mention)].append(found)

    settled = laid(mentions, settle())
    return OutcomeLinks(
        links=tuple(
            OutcomeLink(key, other, relation, tuple(sorted(found, key=lambda m: m.place)))
            for (key, other, relation), found in sorted(grouped.items())
        ),
        mentions=settled if isinstance(settled, Aside) else tuple(settled),
        findings=tuple(findings),
    )


def _ends(fragments: Iterable[Fragment]) -> Mapping[str, frozenset[str]]:
    """Every end of every id → the records that have it: "x-2022/civ010" and "civ010"."""
    ends: dict[str, set[str]] = defaultdict(set)
    for fragment in fragments:
        parts = re.split(r"[/\\]", fragment.identifier)
        for start in range(len(parts)):
            end = "/".join(parts[start:])
            if end.strip() and not has_mark(end):
                ends[_plain(end)].add(fragment.key)
    return {end: frozenset(keys) for end, keys in ends.items()}


def _plain(identifier: str) -> str:
    return fold(identifier).replace("\\", "/").replace(" ", "")


def _relation(fragment: Fragment, mention: Mention) -> str:
    """What the words before an id say, within its sentence."""
    before, _ = _around(fragment, mention)
    found = [
        (match.end(), len(phrase), relation)
        for phrase, relation in _phrases()
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", before)
    ]
    return max(found)[2] if found else _DEFAULT


def _denied(fragment: Fragment, mention: Mention) -> bool:
    """Is an id named to say that nothing relates the two: "no link to R-3"?

    Only link words may stand between: in "it did not stop, and builds on R-3" the
    negation denies something else. "Not R-3 alone" denies nothing.
    """
    before, after = _around(fragment, mention)
    denied, linking, affirmed = _denials()
    words = re.findall(r"[\w']+|[,;:()]", before)
    while words and words[-1] in linking:
        words.pop()
    if not words or words[-1] not in denied:
        return False
    follows = re.match(r"\W*(\w+)", after)
    return not (follows and follows[1] in affirmed)


def _around(fragment: Fragment, mention: Mention) -> tuple[str, str]:
    """The words before and behind an id, within its sentence, evened."""
    statement = fragment.statement(mention.field)
    text = statement.text if statement else ""
    before = _END_OF_SENTENCE.split(text[: mention.start][-_REACH:])[-1]
    behind = _END_OF_SENTENCE.split(text[mention.end :][:_REACH])[0]
    return _even(before), _even(behind)


def _even(text: str) -> str:
    return fold(text).replace("’", "'")


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """The lists of `ontology/relations.yaml`, of all languages, evened."""
    data = yaml.safe_load(resource("ontology", "relations.yaml").read_text("utf-8"))
    return {
        name: tuple(_even(phrase) for phrases in languages.values() for phrase in phrases)
        for name, languages in data.items()
    }


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple(
        (phrase, relation)
        for relation, phrases in _words().items()
        if relation not in _AROUND
        for phrase in phrases
    )


@cache
def _denials() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that deny, words that link an id to them, words that take a denial back."""
    denied, linking, affirmed = (frozenset(_words()[name]) for name in _AROUND)
    related = {w for phrase, _ in _phrases() for w in re.findall(r"[\w']+", phrase)}
    return denied, (linking | related) - denied, affirmed


def _unsaid(fragment: Fragment, mention: Mention) -> Finding:
    return Finding(
        reason="outcome-id-denied",
        where=fragment.origins[0].where(mention.field),
        message="The id of another outcome stands here to say that it is not meant: no link.",
        advice="Nothing to do, unless the two are related: then say how.",
        severity=Severity.INFO,
        key=fragment.key,
    )


def _unsettled(fragment: Fragment, mention: Mention, *, known: bool) -> Finding:
    origin = fragment.origins[0]
    where = origin.where(mention.field)
    if known:
        return Finding(
            reason="outcome-id-ambiguous",
            where=where,
            message="The id of another outcome stands here, and several records bear it.",
            advice="Give each record an id of its own, or write the whole id.",
            key=fragment.key,
        )
    return Finding(
        reason="outcome-id-unknown",
        where=where,
        message="The id of another outcome stands here, and no record of this harvest bears it.",
        advice="Correct the id, or add the source that holds that record.",
        severity=Severity.INFO,
        key=fragment.key,
    )
