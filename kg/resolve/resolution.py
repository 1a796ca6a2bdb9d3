"""Who is who: mentions → organisations. Learn from all, then settle each; order never matters."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.aside import Aside, laid
from kg.extract.info import plain_acronym
from kg.grouping import by_key, by_record, found_by_key
from kg.model import (
    Decision,
    Entity,
    Finding,
    Fragment,
    Kind,
    Mention,
    MentionStatus,
    Organisation,
)
from kg.resolve.again import found_again
from kg.resolve.apart import apart, unmixed
from kg.resolve.apply import Apply, Settled
from kg.resolve.decisions import Surface, Verdicts, surface, verdicts
from kg.resolve.entities import entities, gather
from kg.resolve.join import decide, named
from kg.resolve.kinds import with_kinds
from kg.resolve.learn import Knowledge, Node, learn
from kg.resolve.naming import is_acronym, name_key
from kg.resolve.queue import Pair, pairs
from kg.vocab import Names, slug

_MESSAGES = {
    "acronym-with-two-owners": (
        "An acronym stands here that more than one organisation bears.",
        "Decide with kg review, or give each of them its country in organisations.yaml.",
    ),
    "acronym-of-another-country": (
        "An acronym stands here that was only explained in a record of another country.",
        "Decide with kg review, or add it to organisations.yaml.",
    ),
    "name-with-two-owners": (
        "A name stands here that more than one entry of organisations.yaml bears.",
        "Give each entry its country in organisations.yaml.",
    ),
    "name-of-another-country": (
        "A name stands here that organisations.yaml gives to another country.",
        "Decide with kg review, or add it to organisations.yaml.",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Open:
    """A mention that waits for a person: where it stands, why, and whom it may name (IRIs)."""

    key: str
    field: str
    start: int
    end: int
    why: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """All mentions, settled; the organisations they name; what a person should look at.

    `pairs` are organisations that may be one: for a person to decide, never merged.
    `open_` are mentions that may name one of several, or somebody else.
    """

    mentions: Sequence[Mention]
    entities: tuple[Entity, ...]
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...] = ()
    open_: tuple[Open, ...] = ()


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
    records = by_key(fragments)
    countries = {f.key: f.country.slug if f.country else None for f in records}
    curated = [_with_country(o) for o in organisations]
    decided = verdicts(decisions, curated, names, keyed=keyed)

    def said(mention: Mention) -> str | None:
        return decided.verdict(mention.text, countries.get(mention.key)) or decided.person(
            mention.text
        )

    def of_kind(some: Iterable[Mention]) -> Iterator[Mention]:
        for one_record in by_record(some):
            yield from with_kinds(one_record, decided, countries)

    # Each step takes and gives mentions in order of key, in memory or on the disk.
    sorted_ = by_key(mentions)
    in_order = (m for record in by_record(sorted_) for m in sorted(record, key=_order))
    told = laid(sorted_, of_kind(in_order))
    given = laid(sorted_, apart(records, told, decided=said))
    known = learn(given, countries, curated)
    every = laid(sorted_, of_kind(found_again(records, given, sorted(known.learned))))
    apply = Apply(known=known, verdicts=decided, names=names, accepted=_accepted(every))

    def settled() -> Sequence[Settled]:
        alone = (
            one
            for record in by_record(every)
            for one in _unmixed([apply(m, countries.get(m.key)) for m in record])
        )
        return laid(sorted_, _owned(laid(sorted_, alone), known, countries))

    findings = list(decided.findings)
    if decided.pairs:
        first = settled()
        slugs = {
            node: entity.iri.rpartition("/")[2]
            for node, entity in _bodies(first, known, names, keep_curated=keep_curated).items()
        }
        findings += decide(known, decided, named(first, known, countries, slugs))
    last = settled()
    found = _bodies(last, known, names, keep_curated=keep_curated)
    places = _places(last)
    linked = (
        mention
        for record in by_record(last)
        for mention in sorted((_linked(s, found) for s in record), key=_order)
    )
    return Resolution(
        mentions=laid(sorted_, linked) if isinstance(sorted_, Aside) else tuple(linked),
        entities=tuple(sorted((*found.values(), *places), key=lambda e: e.iri)),
        findings=(*findings, *_findings(last, records)),
        pairs=pairs(found, settled=_decided_pairs(decided, found, known)),
        open_=tuple(sorted(_waiting(last, found, known))),
    )


def _bodies(
    settled: Iterable[Settled], known: Knowledge, names: Names, *, keep_curated: bool
) -> dict[Node, Entity]:
    """The organisations that mentions name."""
    gathered = gather(
        (s.mention, s.node)
        for s in settled
        if s.node is not None and s.mention.status is not MentionStatus.QUEUED
    )
    return entities(gathered, known, names, keep_curated=keep_curated)


def _waiting(
    settled: Iterable[Settled], found: Mapping[Node, Entity], known: Knowledge
) -> Iterator[Open]:
    for s in settled:
        if s.open_ is not None:
            owners = {known.root(node) for node in s.owners} & found.keys()
            yield Open(*s.mention.place, s.open_, tuple(sorted(found[n].iri for n in owners)))


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


def _owned(
    settled: Sequence[Settled], known: Knowledge, countries: Mapping[str, str | None]
) -> Iterator[Settled]:
    """A bare acronym that nobody explained is that of the one body that bears it, if one does."""
    owners: dict[str, set[Node]] = {}
    for s in settled:
        if s.node is not None and s.node[0] != "acronym" and is_acronym(s.mention.text):
            owners.setdefault(plain_acronym(s.mention.text), set()).add(s.node)
    return (_with_owner(s, owners, known, countries.get(s.mention.key)) for s in settled)


def _with_owner(
    settled: Settled, owners: Mapping[str, set[Node]], known: Knowledge, country: str | None
) -> Settled:
    if settled.node is None or settled.node[0] != "acronym":
        return settled
    all_of_them: dict[Node, set[str | None]] = {n: set() for n in owners.get(settled.node[1], ())}
    bearing = known.not_barred(settled.mention.text, country, all_of_them)
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
    for said in decided.pairs:
        result += [
            frozenset((one, other))
            for one in by_surface.get(said.one, ())
            for other in by_surface.get(said.other, ())
        ]
    return result


def _findings(settled: Sequence[Settled], records: Sequence[Fragment]) -> list[Finding]:
    found = found_by_key(records)
    seen: set[tuple[str, str, str]] = set()
    result: list[Finding] = []
    for s in sorted((s for s in settled if s.open_), key=lambda s: _order(s.mention)):
        why, m = s.open_ or "", s.mention
        fragment = found.get(m.key)
        if (why, m.key, m.field) in seen or fragment is None or not fragment.origins:
            continue
        seen.add((why, m.key, m.field))
        origin = min(fragment.origins)
        message, advice = _MESSAGES[why]
        result.append(
            Finding(
                reason=why,
                where=origin.where(m.field),
                message=message,
                advice=advice,
                key=m.key,
            )
        )
    return result
