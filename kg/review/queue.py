"""What waits for a person, the most valuable first: made from the last build alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.extract.address import reaches
from kg.keys import even_name
from kg.messages import DEFAULT_LANGUAGE, counted, phrase
from kg.model import Decision, Kind, MentionStatus
from kg.resolve.decisions import scope_of, surface
from kg.review.bodies import Body, place_labels, read_bodies
from kg.review.item import Item, ItemKind, Spot
from kg.sentence import bounds
from kg.store import Select
from kg.vocab import fold

_TEXTS = """
SELECT ?key ?field ?text ?country WHERE {
  ?fragment oh:key ?key ; oh:hasStatement ?statement .
  ?statement oh:field ?field ; nif:isString ?text ; oh:searchText ?searched .
  OPTIONAL { ?fragment oh:reports/oh:country ?country }
} ORDER BY ?key ?field"""

#: Links that hang on one answer, roughly: an open name blocks them, a suspected person hides words.
_WEIGHT = {
    ItemKind.NAME: 3.0,
    ItemKind.ORGANISATION: 2.0,
    ItemKind.PAIR: 2.0,
    ItemKind.PERSON: 1.0,
}
_AROUND = 160  # characters of a sentence on either side of a name
_PROVING = 3  # spellings shown of a candidate


def queue(
    select: Select,
    *,
    mentions: Iterable[Mapping[str, Any]],
    report: Mapping[str, Any],
    decisions: Sequence[Decision],
    ids: Mapping[str, str],
    keyed: Callable[[str], str] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[Item, ...]:
    """All questions of a harvest that nobody has answered yet.

    Args:
        select: Asks the harvest.
        mentions: Lines of `mentions.jsonl`.
        report: `report.json`.
        decisions: Lines of `decisions.csv`: what one of them is about is never asked again,
            also where it cannot be followed.
        ids: Id of each entry of `organisations.yaml`, by the last part of its IRI.
        keyed: Hashes a name as the lines about persons do.
        language: Of what is said of candidates ("en", "fr").
    """
    made = _Queue(select, list(mentions), ids, language)
    items = [*made.names(report), *made.organisations(), *made.pairs(report), *made.persons()]
    answered = _Answered(decisions, keyed)
    return tuple(sorted((i for i in items if not answered(i)), key=_order))


def read_texts(select: Select) -> Iterator[tuple[str, str, str, str]]:
    """Of each searched text of a harvest: key, field, text, IRI of a country ("" for none)."""
    for row in select(_TEXTS):
        field = re.split(r"/(?:vocab|concept)/field-", row["field"])[-1].replace("-", "_")
        yield row["key"], field, row["text"], row.get("country", "")


def _order(item: Item) -> tuple[object, ...]:
    value = _WEIGHT[item.kind] * item.records * (item.score or 1.0)
    kind = list(ItemKind).index(item.kind)
    return (-round(value, 3), kind, item.why, fold(item.name), item.name, item.other, item.scope)


class _Answered:
    """Which questions lines of `decisions.csv` are about."""

    def __init__(self, decisions: Sequence[Decision], keyed: Callable[[str], str] | None) -> None:
        self._keyed = keyed
        self._persons = {d.a for d in decisions if d.decision in {"person", "not-person"}}
        self._names: set[tuple[object, str | None]] = set()
        self._pairs: set[tuple[frozenset[object], str | None]] = set()
        for decision in decisions:
            scope = scope_of(decision.scope)
            if decision.decision in {"same", "different"}:
                sides = frozenset((surface(decision.a), surface(decision.b)))
                self._pairs.add((sides, scope))
            elif decision.decision not in {"person", "not-person"}:
                self._names.add((surface(decision.a), scope))

    def __call__(self, item: Item) -> bool:
        if item.kind is ItemKind.PERSON and self._keyed and self._keyed(item.a) in self._persons:
            return True
        scopes = {None, scope_of(item.scope)}
        if item.kind in {ItemKind.NAME, ItemKind.PAIR}:
            sides = frozenset((surface(item.a), surface(item.b)))
            if any((sides, scope) in self._pairs for scope in scopes):
                return True
        return item.kind is not ItemKind.PAIR and any(
            (surface(item.a), scope) in self._names for scope in scopes
        )


class _Queue:
    """The questions of one harvest."""

    def __init__(
        self,
        select: Select,
        mentions: Sequence[Mapping[str, Any]],
        ids: Mapping[str, str],
        language: str,
    ) -> None:
        self._language = language
        self._select = select
        self._mentions = mentions
        self._ids = ids
        self._places = place_labels(select)
        self._texts: dict[tuple[str, str], str] = {}
        self._countries: dict[str, str] = {}
        for key, name, text, country in read_texts(select):
            self._texts[key, name] = text
            self._countries[key] = country
        self._bodies = read_bodies(select, self._places)
        self._named: dict[str, list[Spot]] = {}
        for mention in mentions:
            if mention["entity"] and mention["kind"] == Kind.ORGANISATION.value:
                self._named.setdefault(mention["entity"], []).append(_spot(mention))

    def names(self, report: Mapping[str, Any]) -> Iterator[Item]:
        """Open names: one question for each organisation that may be meant, in each country."""
        grouped: dict[tuple[str, str, str], list[Spot]] = {}
        owners: dict[tuple[str, str, str], set[str]] = {}
        for name in report.get("waiting", {}).get("names", ()):
            spot = Spot(name["key"], name["field"], name["start"], name["end"])
            mark = (name["why"], self._words(spot), self._countries.get(spot.key, ""))
            grouped.setdefault(mark, []).append(spot)
            owners.setdefault(mark, set()).update(name["owners"])
        for (why, words, country), spots in sorted(grouped.items()):
            for iri in sorted(owners[why, words, country] & self._bodies.keys()):
                body = self._bodies[iri]
                yield self._item(
                    ItemKind.NAME,
                    why,
                    words,
                    spots,
                    other=body.label,
                    b=self._reference(body),
                    country=country,
                    scope=self._places.get(country, ""),
                    evidence=self._evidence(body, "may-be"),
                )

    def organisations(self) -> Iterator[Item]:
        """Names that only a model, or their look, calls organisations."""
        grouped: dict[object, list[Mapping[str, Any]]] = {}
        for mention in self._mentions:
            waits = mention["status"] == MentionStatus.SUGGESTED.value
            if waits and mention["kind"] == Kind.ORGANISATION.value:
                grouped.setdefault(surface(mention["text"]), []).append(mention)
        for those in grouped.values():
            spots = [_spot(m) for m in those]
            name = min((m["text"] for m in those), key=lambda t: (-len(t), t))
            why = "suggested-by-model" if any(m["method"] == "model" for m in those) else "looks-so"
            yield self._item(ItemKind.ORGANISATION, why, name, spots)

    def pairs(self, report: Mapping[str, Any]) -> Iterator[Item]:
        """Organisations that may be one."""
        for pair in report.get("waiting", {}).get("pairs", ()):
            sides = [self._bodies[iri] for iri in (pair["a"], pair["b"]) if iri in self._bodies]
            spots = [spot for body in sides for spot in self._named.get(body.iri, ())]
            if len(sides) < 2 or not spots:  # noqa: PLR2004 (two sides)
                continue
            one, other = sorted(sides, key=lambda b: (not b.curated, b.label, b.iri))
            place = f"{re.sub('[^/]*$', '', pair['a']).replace('/organisation/', '/place/')}"
            yield self._item(
                ItemKind.PAIR,
                pair["why"],
                one.label,
                spots,
                a=self._reference(one),
                other=other.label,
                b=self._reference(other),
                country=place + pair["scope"] if pair["scope"] else "",
                scope=self._places.get(place + pair["scope"], pair["scope"]),
                evidence=(*self._evidence(one, "first"), *self._evidence(other, "second")),
                score=pair["score"],
            )

    def persons(self) -> Iterator[Item]:
        """Suspected names that no line has settled."""
        grouped: dict[str, list[Spot]] = {}
        methods: dict[str, set[str]] = {}
        for mention in self._mentions:
            settled = mention["method"] == "decision"
            settled = settled or mention["status"] == MentionStatus.REJECTED.value
            if mention["kind"] == Kind.PERSON.value and not settled:
                spot = _spot(mention)
                even = even_name(self._words(spot))
                if even:
                    grouped.setdefault(even, []).append(spot)
                    methods.setdefault(even, set()).add(mention["method"])
        for even, spots in sorted(grouped.items()):
            first = min(spots)
            certain = methods[even] - {"capitalised-run", "model"}
            why = "person-rule" if certain else "unexplained-capitals"
            why = "contact" if reaches(self._words(first)) else why
            yield self._item(ItemKind.PERSON, why, self._words(first), spots)

    def _item(
        self,
        kind: ItemKind,
        why: str,
        name: str,
        spots: Iterable[Spot],
        *,
        a: str = "",
        other: str = "",
        b: str = "",
        country: str = "",
        scope: str = "",
        evidence: tuple[str, ...] = (),
        score: float | None = None,
    ) -> Item:
        where = tuple(sorted(set(spots)))
        countries = {self._countries.get(spot.key, "") for spot in where}
        named = sorted(self._places.get(iri, "") for iri in countries if iri)
        return Item(
            kind=kind,
            why=why,
            name=name,
            other=other,
            a=a or name,
            b=b,
            scope=scope,
            country=self._places.get(country, "") if country else ", ".join(named),
            spots=where,
            sentence=_sentence(self._texts.get((where[0].key, where[0].field), ""), where[0]),
            evidence=evidence,
            score=score,
        )

    def _words(self, spot: Spot) -> str:
        return self._texts.get((spot.key, spot.field), "")[spot.start : spot.end]

    def _reference(self, body: Body) -> str:
        """What a line of `decisions.csv` calls it: the id of its entry, else its name."""
        return self._ids.get(body.slug, body.label) if body.curated else body.label

    def _evidence(self, body: Body, word: str) -> tuple[str, ...]:
        """What is known of a candidate, in one line, and a sentence that names it."""
        spots = sorted(self._named.get(body.iri, ()))
        keys = sorted({spot.key for spot in spots})
        tongue, parent = self._language, self._bodies.get(body.parent)
        known = [
            ", ".join(sorted(body.acronyms)[:_PROVING]),
            body.country,
            phrase("review.entry", tongue) if body.curated else "",
            phrase("review.part-of", tongue, label=parent.label) if parent else "",
            counted("review.records", len(keys), tongue),
        ]
        also = sorted(body.names)[:_PROVING]
        told = "; ".join(text for text in known if text)
        lines = [f"{phrase(f'review.{word}', tongue)} {body.label} ({told})"]
        if also:
            lines.append(f"  {phrase('review.also', tongue)} {'; '.join(also)}")
        if spots:
            shown = _sentence(self._texts.get((spots[0].key, spots[0].field), ""), spots[0])
            lines.append(f"  {spots[0].key}: {shown}")
        return tuple(lines)


def _spot(mention: Mapping[str, Any]) -> Spot:
    return Spot(mention["key"], mention["field"], mention["start"], mention["end"])


def _sentence(text: str, spot: Spot) -> str:
    """The sentence around a name, cut at a word where it is long, the name «marked»."""
    begin, end = bounds(text, spot.start, spot.end)
    before, behind = text[begin : spot.start], text[spot.end : end]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + " …"
    return " ".join(f"{before}«{text[spot.start : spot.end]}»{behind}".split())
