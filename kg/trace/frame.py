"""The results frameworks of a harvest, for walking up and down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.messages import phrase
from kg.trace.steps import TraceNode

Rows = Sequence[Mapping[str, str]]

NODES = """
SELECT ?node ?class ?notation ?label ?tongue ?broader ?programme ?programme_label ?country WHERE {
  ?node a oh:FrameworkNode ; a ?class ; skos:notation ?notation ; skos:inScheme ?scheme .
  FILTER (?class IN (oh:SpecificObjective, oh:FrameworkOutcome, oh:FrameworkOutput))
  ?scheme oh:programme ?programme .
  ?programme rdfs:label ?programme_label .
  OPTIONAL { ?node skos:prefLabel ?label . BIND(LANG(?label) AS ?tongue) }
  OPTIONAL { ?node skos:broader ?broader }
  OPTIONAL { ?scheme oh:country/rdfs:label ?country }
} ORDER BY ?node ?label ?broader
"""
_KINDS = {
    "SpecificObjective": "objective",
    "FrameworkOutcome": "outcome",
    "FrameworkOutput": "output",
}


@dataclass(slots=True)
class Frame:
    """The results frameworks of a harvest, by IRI."""

    rows: dict[str, Mapping[str, str]]
    language: str = "en"
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Rows, *, language: str = "en") -> "Frame":
        """Index nodes and what lies under each; their labels speak *language*."""
        index: dict[str, Mapping[str, str]] = {}
        for row in sorted(rows, key=lambda row: rank(row.get("tongue", ""), language)):
            index.setdefault(row["node"], row)
        self = cls(index, language)
        for iri, row in sorted(index.items(), key=lambda kv: natural(kv[1]["notation"])):
            if "broader" in row:
                self.below[row["broader"]].append(iri)
        return self

    def under(self, iri: str) -> frozenset[str]:
        """A node and all that lies under it; a circle in a table ends where it closes."""
        found = {iri}
        waiting = [iri]
        while waiting:
            for below in self.below[waiting.pop()]:
                if below not in found:
                    found.add(below)
                    waiting.append(below)
        return frozenset(found)

    def label(self, iri: str) -> str:
        """Kind, code, label and country, as an officer would say it."""
        row = self.rows[iri]
        kind = _KINDS[row["class"].rpartition("#")[2]]
        place = f" [{row['country']}]" if "country" in row and kind != "objective" else ""
        label = f": {row['label']}" if "label" in row else ""
        return f"{phrase(f'trace.{kind}', self.language)} {row['notation']}{label}{place}"

    def kind(self, iri: str) -> str:
        """objective, outcome or output; prefixed, since a harvest's outcome is something else."""
        kind = _KINDS[self.rows[iri]["class"].rpartition("#")[2]]
        return kind if kind == "objective" else f"framework-{kind}"

    def step(self, iri: str, **more: Any) -> TraceNode:
        """A framework node as a step."""
        return TraceNode(kind=self.kind(iri), iri=iri, label=self.label(iri), **more)

    def above(self, iri: str, seen: frozenset[str] = frozenset()) -> tuple[TraceNode, ...]:
        """The way up to the programme. A circle in a table ends where it closes."""
        row = self.rows[iri]
        parent = row.get("broader")
        if parent and parent in self.rows and parent not in seen:
            up = self.above(parent, seen | {iri})
            return (self.step(parent, relation="broader", children=up),)
        top = TraceNode(
            kind="programme",
            iri=row["programme"],
            label=row["programme_label"],
            relation="of-programme",
        )
        return (top,)


def rank(tongue: str, language: str) -> int:
    """Labels in the language asked for come first, then English ones; others as they stand."""
    return 0 if tongue == language else 1 if tongue == "en" else 2


def natural(notation: str) -> tuple[tuple[int, int, str], ...]:
    """1.10 comes after 1.9."""
    parts = notation.split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
