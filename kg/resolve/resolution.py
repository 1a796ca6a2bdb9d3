"""Who is who: mentions → organisations. Learn from all, then settle each; order never matters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.lexicon import plain_acronym
from kg.model import (
    Decision,
    Entity,
    Finding,
    Fragment,
    Kind,
    Mention,
    MentionStatus,
    Organisation,
    Where,
)
from kg.resolve.again import found_again
from kg.resolve.apart import apart, unmixed
from kg.resolve.apply import Apply, Settled
from kg.resolve.decisions import Surface, Verdicts, surface, verdicts
from kg.resolve.entities import entities, gather
from kg.resolve.learn import Knowledge, Node, learn
from kg.resolve.naming import is_acronym, name_key
from kg.resolve.queue import Pair, pairs
from kg.vocab import Names, fold, slug

_MESSAGES = {
    "acronym-with-two-owners": (
        "An acronym stands here that more than one organisation bears.",
        "Give each of them its country in organisations.yaml, or add a line to decisions.csv.",
    ),
    "acronym-of-another-country": (
        "An acronym stands here that was only explained in a record of another country.",
        "Add it to organisations.yaml, or say in a line of decisions.csv which organisation it is.",
    ),
    "name-with-two-owners": (
        "A name stands here that more than one entry of organisations.yaml bears.",
        "Give each entry its country in organisations.yaml.",
    ),
    "name-of-another-country": (
        "A name stands here that organisations.yaml gives to another country.",
        "Add it to organisations.yaml, or say in a line of decisions.csv which organisation it is.",
    ),
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """All mentions, settled; the organisations they name; what a person should look at.

    `pairs` are organisations that may be one: for a person to decide, never merged.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...] = ()


def resolve(
    fragments: Iterable[Fragment],
    mentions: Iterable[Mention],
    *,
    organisations: Sequence[Organisation],
    decisions: Sequence[Decision],
    names: Names,
    keyed: Callable[[str], str] | None = None,
    keep_curated: bool = True,
) -> Resolution:
    """Settle all mentions of a build.

    Args:
        fragments: The records; their country decides between bodies of one name.
        mentions: What extraction found in them.
        organisations: Entries of `organisations.yaml`.
        decisions: Lines of `decisions.csv`.
        names: Mints the IRIs.
        keyed: Hashes a suspected personal name as `decisions.csv` does; without it
            decisions about persons are not applied.
        keep_curated: Also list curated organisations that no text names.
    """
    records = sorted(fragments, key=lambda f: f.key)
    countries = {f.key: f.country.slug if f.country else None for f in records}
    curated = [_with_country(o) for o in organisations]
    decided = verdicts(decisions, curated, names)

    def said(mention: Mention) -> str | None:
        verdict = decided.verdict(mention.text, countries.get(mention.key))
        return verdict or decided.person(mention.text, keyed)

    given = apart(records, sorted(mentions, key=_order), decided=said)
    known = learn(given, countries, curated)
    every = found_again(records, given, sorted(known.learned))
    _join(known, decided)
    apply = Apply(
        known=known,
        verdicts=decided,
        names=names,
        accepted=_accepted(every),
        keyed=keyed,
    )
    settled = [apply(mention, countries.get(mention.key)) for mention in every]
    settled = _owned(_unmixed(settled))
    named = gather(
        (s.mention, s.node)
        for s in settled
        if s.node is not None and s.mention.status is not MentionStatus.QUEUED
    )
    found = entities(named, known, names, keep_curated=keep_curated)
    places = _places(settled)
    return Resolution(
        mentions=tuple(sorted((_linked(s, found) for s in settled), key=_order)),
        entities=tuple(sorted((*found.values(), *places), key=lambda e: e.iri)),
        findings=(*decided.findings, *_findings(settled, records)),
        pairs=pairs(found, settled=_decided_pairs(decided, found, known)),
    )


def _order(mention: Mention) -> tuple[object, ...]:
    return (*mention.place, mention.kind.value, mention.method)


def _with_country(entry: Organisation) -> Organisation:
    """The entry with its country as a slug, however its owner wrote it."""
    if not entry.country:
        return replace(entry, country=None)
    from kg.places import Places

    return replace(entry, country=Places.load().find(entry.country) or slug(entry.country))


def _accepted(mentions: Iterable[Mention]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        name_key(m.text)
        for m in mentions
        if m.kind is Kind.ORGANISATION
        and m.status is MentionStatus.ACCEPTED
        and not is_acronym(m.text)
    )


def _unmixed(settled: Sequence[Settled]) -> list[Settled]:
    """Each span a person's or a body's, now that names learned elsewhere are found again."""
    by_mention = {s.mention: s for s in settled}
    return [by_mention.get(m) or Settled(m, None) for m in unmixed([*by_mention])]


def _owned(settled: Sequence[Settled]) -> list[Settled]:
    """A bare acronym that nobody explained is that of the one body that bears it, if one does."""
    owners: dict[str, set[Node]] = {}
    for s in settled:
        if s.node is not None and s.node[0] != "acronym" and is_acronym(s.mention.text):
            owners.setdefault(plain_acronym(s.mention.text), set()).add(s.node)
    return [_with_owner(s, owners) for s in settled]


def _with_owner(settled: Settled, owners: Mapping[str, set[Node]]) -> Settled:
    if settled.node is None or settled.node[0] != "acronym":
        return settled
    bearing = owners.get(settled.node[1], set())
    return replace(settled, node=min(bearing)) if len(bearing) == 1 else settled


def _linked(settled: Settled, found: Mapping[Node, Entity]) -> Mention:
    mention = settled.mention
    if mention.kind is not Kind.ORGANISATION:
        return mention
    entity = found.get(settled.node) if settled.node is not None else None
    if entity is None or mention.status is MentionStatus.REJECTED:
        return replace(mention, entity=None, label=None)
    return replace(mention, entity=entity.iri, label=entity.label)


def _places(settled: Iterable[Settled]) -> list[Entity]:
    labels: dict[str, str] = {}
    for s in settled:
        m = s.mention
        if m.kind is Kind.PLACE and m.entity is not None:
            label = m.label or m.text
            labels[m.entity] = min(label, labels.get(m.entity, label))
    return [Entity(iri=iri, kind=Kind.PLACE, label=label) for iri, label in sorted(labels.items())]


def _sides(known: Knowledge, side: Surface, scope: str) -> list[Node]:
    """The nodes that a side of a decision may mean."""
    if side[0] == "#":
        return [("curated", side[1])]
    if side[0] == "":
        return _of_one_word(known, side[1], scope)
    owned = known.everywhere(known.names.get(side, {}))
    return owned or [("name", " ".join(side), scope)]


def _of_one_word(known: Knowledge, word: str, scope: str) -> list[Node]:
    """The nodes that one word means: an acronym, however capitalised, or a name of one word."""
    owned = [
        node
        for letters, holders in sorted(known.acronyms.items())
        if fold(letters) == word
        for node in known.everywhere(holders)
    ]
    owned += known.everywhere(known.names.get(name_key(word), {}))
    unexplained = [
        ("acronym", word.upper(), scope),
        ("name", " ".join(name_key(word)), scope),
    ]
    return sorted(set(owned)) or list(unexplained)


def _join(known: Knowledge, decided: Verdicts) -> None:
    """Apply "same": every pair joins its nodes, unless "different" keeps them apart."""
    apart = {frozenset((a, b)) for what, a, b, _ in decided.pairs if what == "different"}
    for what, a, b, scope in sorted(decided.pairs, key=str):
        if what != "same" or frozenset((a, b)) in apart:
            continue
        for one in _sides(known, a, scope or ""):
            for other in _sides(known, b, scope or ""):
                if scope is None or _within(known, one, scope) or _within(known, other, scope):
                    known.join(one, other)


def _within(known: Knowledge, node: Node, scope: str) -> bool:
    if node[0] == "curated":
        return known.curated[node].country in {None, scope}
    return len(node) < 3 or node[2] in {"", scope}  # noqa: PLR2004 (bodies of the world have no scope)


def _decided_pairs(
    decided: Verdicts, found: Mapping[Node, Entity], known: Knowledge
) -> list[frozenset[str]]:
    result: list[frozenset[str]] = []
    by_surface: dict[Surface, set[str]] = {}
    for node, entity in found.items():
        for name in (
            entity.label,
            *(t for _, t in entity.labels),
            *entity.acronyms,
            *entity.aliases,
        ):
            by_surface.setdefault(surface(name), set()).add(entity.iri)
        if node[0] == "curated":
            by_surface.setdefault(("#", node[1]), set()).add(entity.iri)
        by_surface.setdefault(("/", entity.iri.rpartition("/")[2]), set()).add(entity.iri)
    for entry in known.curated.values():
        ids = by_surface.get(("#", entry.id), set())
        for other in entry.not_same_as:
            result += [frozenset((a, b)) for a in ids for b in by_surface.get(("#", other), ())]
    for _, a, b, _ in decided.pairs:
        result += [
            frozenset((one, other))
            for one in by_surface.get(a, ())
            for other in by_surface.get(b, ())
        ]
    return result


def _findings(settled: Sequence[Settled], records: Sequence[Fragment]) -> list[Finding]:
    by_key = {f.key: f for f in records}
    seen: set[tuple[str, str, str]] = set()
    result: list[Finding] = []
    for s in sorted((s for s in settled if s.open_), key=lambda s: _order(s.mention)):
        why, m = s.open_ or "", s.mention
        fragment = by_key.get(m.key)
        if (why, m.key, m.field) in seen or fragment is None or not fragment.origins:
            continue
        seen.add((why, m.key, m.field))
        origin = min(fragment.origins)
        message, advice = _MESSAGES[why]
        result.append(
            Finding(
                reason=why,
                where=Where(origin.file, origin.row, m.field),
                message=message,
                advice=advice,
                key=m.key,
            )
        )
    return result
