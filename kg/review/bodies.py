"""Organisations as the graph tells them, and lines of `organisations.yaml` to describe them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Decision, Organisation
from kg.organisations import entry_text
from kg.resolve.decisions import surface
from kg.store import Select

_ORGANISATIONS = """
SELECT ?iri ?property ?value (LANG(?value) AS ?language) WHERE {
  ?iri a oh:Organisation ; ?property ?value .
  FILTER(?property IN (rdfs:label, skos:prefLabel, oh:acronym, skos:altLabel, oh:country,
                       oh:curated, org:subOrganizationOf))
} ORDER BY ?iri ?property ?language ?value"""

_PLACES = "SELECT ?iri ?label WHERE { ?iri a oh:Place ; rdfs:label ?label } ORDER BY ?iri ?label"


@dataclass(slots=True)
class Body:
    """An organisation. `names` are all its spellings but the label and the acronyms."""

    iri: str
    label: str = ""
    curated: bool = False
    country: str = ""
    parent: str = ""
    names: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.iri.rpartition("/")[2]

    def bears(self, text: str) -> bool:
        """Whether a name, as a decision writes it, is one of its own."""
        side = surface(text)
        return any(surface(name) == side for name in (self.label, *self.names, *self.acronyms))


def place_labels(select: Select) -> Mapping[str, str]:
    """Labels of countries and regions by IRI."""
    return {row["iri"]: row["label"] for row in select(_PLACES)}


def read_bodies(select: Select, places: Mapping[str, str]) -> dict[str, Body]:
    """All organisations of a harvest, by IRI."""
    found: dict[str, Body] = {}
    for row in select(_ORGANISATIONS):
        body = found.setdefault(row["iri"], Body(row["iri"]))
        what, value = re.split(r"[#/]", row["property"])[-1], row["value"]
        if what == "label":
            body.label = value
        elif what == "acronym":
            body.acronyms.add(value)
        elif what == "curated":
            body.curated = value == "true"
        elif what == "country":
            body.country = places.get(value, "")
        elif what == "subOrganizationOf":
            body.parent = value
        else:
            body.names.add(value)
            if what == "prefLabel":
                body.labels[row.get("language", "")] = value
    for body in found.values():
        body.names -= {body.label, *body.acronyms}
    return found


def to_paste(select: Select, decisions: Sequence[Decision]) -> str:
    """Lines for `organisations.yaml` of the bodies that decisions accepted or joined.

    Empty where they have an entry already. The country is left out: who knows it adds it.
    """
    asked = [d.a for d in decisions if d.decision in {"organisation", "same"}]
    if not asked:
        return ""
    bodies = read_bodies(select, place_labels(select))
    found = {
        body.iri: body
        for text in asked
        for body in bodies.values()
        if not body.curated and body.bears(text)
    }
    return "".join(entry_text(_entry(found[iri], bodies)) for iri in sorted(found))


def _entry(body: Body, bodies: Mapping[str, Body]) -> Organisation:
    labels = body.labels or {"": body.label}
    parent = bodies.get(body.parent)
    return Organisation(
        id=body.slug,
        labels=tuple(sorted(labels.items())),
        acronyms=tuple(sorted(body.acronyms - {*labels.values()})),
        aliases=tuple(sorted(body.names - {*labels.values()})),
        part_of=parent.slug if parent is not None and parent.curated else None,
    )
