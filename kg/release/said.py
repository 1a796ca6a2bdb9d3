"""What a release would say of each organisation and place, and what in it stands out.

For the person who signs: read before it leaves the house. Rows come from the
graph of the release itself, never from the harvest behind it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.sentence import sentence
from kg.vocab import SPARQL_HEAD

Select = Callable[[str], Sequence[Mapping[str, str]]]

_NAMED = (
    SPARQL_HEAD
    + """
SELECT ?kind ?label ?key ?text ?start ?end WHERE {
  ?fragment oh:key ?key ; oh:hasStatement ?cell .
  ?cell nif:isString ?text .
  ?mention nif:referenceContext ?cell ; itsrdf:taIdentRef ?entity ; oh:kind ?of ;
           nif:beginIndex ?start ; nif:endIndex ?end .
  VALUES ?of { ohv:kind-organisation ohv:kind-place }
  BIND(STRAFTER(STR(?of), "kind-") AS ?kind)
  ?entity rdfs:label ?label .
} ORDER BY ?kind ?label ?key ?cell ?start"""
)
_ROLES = (
    SPARQL_HEAD
    + """
SELECT DISTINCT ?label ?key ?role WHERE {
  ?fragment oh:key ?key ; oh:reports ?outcome .
  ?claim oh:inOutcome ?outcome ; oh:agent ?agent ; oh:role ?as .
  ?agent rdfs:label ?label .
  BIND(STRAFTER(STR(?as), "role-") AS ?role)
} ORDER BY ?label ?key ?role"""
)
_MOSAIC = (
    SPARQL_HEAD
    + """
SELECT ?key ?country ?year ?actor WHERE {
  ?fragment oh:key ?key ; oh:reports ?outcome .
  OPTIONAL { ?outcome oh:country/rdfs:label ?country }
  OPTIONAL { ?outcome oh:year ?year }
  OPTIONAL {
    ?outcome oh:changeIn/skos:prefLabel ?actor .
    FILTER(LANG(?actor) IN ("en", ""))
  }
} ORDER BY ?country ?year ?actor ?key"""
)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation or place of the release: in which outcomes, in which roles, with which words.

    `words` are (key, sentence), each sentence once.
    """

    kind: str  # "organisation" or "place"
    label: str
    outcomes: tuple[str, ...]
    roles: tuple[str, ...]
    words: tuple[tuple[str, str], ...]

    @property
    def alone(self) -> bool:
        """Named in one outcome: whoever knows the field knows who is meant."""
        return len(self.outcomes) == 1


@dataclass(frozen=True, slots=True)
class Rare:
    """A combination of place, year and actor that one outcome alone has; "" is not known."""

    key: str
    country: str
    year: str
    actor: str


def said_of(select: Select) -> tuple[Named, ...]:
    """Every organisation and place that the release names, by kind and label."""
    found: dict[tuple[str, str], dict[tuple[str, str], None]] = defaultdict(dict)
    for row in select(_NAMED):
        words = sentence(row["text"], int(row["start"]), int(row["end"]))
        found[row["kind"], row["label"]][row["key"], words] = None
    roles: dict[str, set[str]] = defaultdict(set)
    for row in select(_ROLES):
        roles[row["label"]].add(row["role"])
    return tuple(
        Named(
            kind=kind,
            label=label,
            outcomes=tuple(sorted({key for key, _ in words})),
            roles=tuple(sorted(roles[label])) if kind == "organisation" else (),
            words=tuple(words),
        )
        for (kind, label), words in sorted(found.items())
    )


def stands_out(select: Select) -> Iterator[Rare]:
    """Combinations of country, year and actor that point at one outcome.

    What has a blank is found by the rest: the only outcome of a country, whenever it was.
    """
    combined: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in select(_MOSAIC):
        parts = (row.get("country", ""), row.get("year", ""), row.get("actor", ""))
        combined[parts].add(row["key"])
        for country, year, actor in product(*({part, ""} for part in parts)):
            told[country, year, actor].add(row["key"])
    for parts in sorted(combined):
        if any(parts) and len(told[parts]) == 1:
            yield Rare(min(told[parts]), *parts)
