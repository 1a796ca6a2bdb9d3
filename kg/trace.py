"""From an outcome up to what was promised, from a promise down to the outcomes; each link's words.

A trace is read from rows alone. A link is what somebody stated in a cell or a
sentence, and says so; nothing here presents it as a cause.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.targets import Target
from kg.vocab import PREFIXES

Rows = Sequence[Mapping[str, str]]
Select = Callable[[str], Rows]


@dataclass(frozen=True, slots=True)
class Words:
    """The words a link rests on: `start` and `end` are code points into the field's text."""

    heading: str
    field: str
    quote: str
    start: int
    end: int
    method: str
    confidence: float
    role: str | None = None


@dataclass(frozen=True, slots=True)
class TraceNode:
    """A step of a trace: what it is, how it hangs on the step above, and by which words."""

    kind: str
    iri: str
    label: str
    relation: str = ""
    key: str = ""
    words: tuple[Words, ...] = ()
    children: tuple["TraceNode", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The tree as JSON has it."""
        return {
            "kind": self.kind,
            "iri": self.iri,
            "label": self.label,
            "relation": self.relation,
            "key": self.key or None,
            "words": [
                {
                    "field": w.field,
                    "heading": w.heading,
                    "start": w.start,
                    "end": w.end,
                    "quote": w.quote,
                    "role": w.role,
                    "method": w.method,
                    "confidence": w.confidence,
                }
                for w in self.words
            ],
            "children": [child.as_dict() for child in self.children],
        }


#: Columns of a trace as a table.
COLUMNS = (
    "level", "relation", "kind", "label", "key", "iri",
    "role", "field", "start", "end", "words", "method", "confidence",
)  # fmt: skip


def trace_rows(node: TraceNode, level: int = 0) -> list[tuple[str | int | float | None, ...]]:
    """The tree as rows, one a step and words; `level` is the depth."""
    head = (level, node.relation, node.kind, node.label, node.key or None, node.iri)
    rows: list[tuple[str | int | float | None, ...]] = [
        (*head, w.role, w.field, w.start, w.end, w.quote, w.method, w.confidence)
        for w in node.words
    ] or [(*head, *(None,) * 7)]
    for child in node.children:
        rows += trace_rows(child, level + 1)
    return rows


_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_NODES = """
SELECT ?node ?class ?notation ?label ?broader ?programme ?programme_label ?country WHERE {
  ?node a oh:FrameworkNode ; a ?class ; skos:notation ?notation ; skos:inScheme ?scheme .
  FILTER (?class IN (oh:SpecificObjective, oh:FrameworkOutcome, oh:FrameworkOutput))
  ?scheme oh:programme ?programme .
  ?programme rdfs:label ?programme_label .
  OPTIONAL { ?node skos:prefLabel ?label }
  OPTIONAL { ?node skos:broader ?broader }
  OPTIONAL { ?scheme oh:country/rdfs:label ?country }
} ORDER BY ?node ?label ?broader
"""
_LINKS = """
SELECT ?outcome ?key ?identifier ?title ?node ?heading ?field ?words ?start ?end ?method ?confidence
WHERE {
  %(scope)s
  ?fragment oh:reports ?outcome ; oh:key ?key ; oh:hasStatement ?statement .
  OPTIONAL { ?fragment dcterms:identifier ?identifier }
  ?outcome rdfs:label ?title ; oh:contributesTo ?node .
  ?mention itsrdf:taIdentRef ?node ; nif:referenceContext ?statement ; nif:anchorOf ?words ;
    nif:beginIndex ?start ; nif:endIndex ?end ; oh:method ?method ;
    oh:confidence ?confidence .
  ?statement oh:heading ?heading ; oh:field ?field .
} ORDER BY ?key ?node ?field ?start
"""
_INVOLVES = """
SELECT ?outcome ?key ?identifier ?title ?heading ?field ?words ?start ?end ?method ?confidence ?role
WHERE {
  %(scope)s
  ?fragment oh:reports ?outcome ; oh:key ?key ; oh:hasStatement ?statement .
  OPTIONAL { ?fragment dcterms:identifier ?identifier }
  ?outcome rdfs:label ?title ; oh:involves ?organisation .
  ?mention itsrdf:taIdentRef ?organisation ; nif:referenceContext ?statement ;
    nif:anchorOf ?words ; nif:beginIndex ?start ; nif:endIndex ?end ;
    oh:status ohv:mention-accepted ; oh:method ?method ; oh:confidence ?confidence .
  ?statement oh:heading ?heading ; oh:field ?field .
  OPTIONAL { ?claim prov:wasDerivedFrom ?mention ; oh:role ?role }
} ORDER BY ?key ?field ?start ?role
"""
_KINDS = {
    "SpecificObjective": "objective",
    "FrameworkOutcome": "outcome",
    "FrameworkOutput": "output",
}


@dataclass(slots=True)
class _Map:
    """The results frameworks of a harvest, by IRI."""

    rows: dict[str, Mapping[str, str]]
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Rows) -> "_Map":
        """Index nodes and what lies under each."""
        index: dict[str, Mapping[str, str]] = {}
        for row in rows:
            index.setdefault(row["node"], row)
        self = cls(index)
        for iri, row in sorted(index.items(), key=lambda kv: _natural(kv[1]["notation"])):
            if "broader" in row:
                self.below[row["broader"]].append(iri)
        return self

    def label(self, iri: str) -> str:
        """Kind, code, label and country, as an officer would say it."""
        row = self.rows[iri]
        kind = _KINDS[row["class"].rpartition("#")[2]]
        place = f" [{row['country']}]" if "country" in row and kind != "objective" else ""
        label = f": {row['label']}" if "label" in row else ""
        return f"{kind} {row['notation']}{label}{place}"

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


def _natural(notation: str) -> tuple[tuple[int, int, str], ...]:
    """1.10 comes after 1.9."""
    parts = notation.split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)


def trace(select: Select, targets: Sequence[Target]) -> TraceNode:
    """Trace what a person named.

    Args:
        select: Answers SPARQL over the union of the harvest's graphs.
        targets: One fragment, one organisation, or the nodes of one code
            (several, where several countries have it).

    Returns:
        A tree. A fragment's goes up to the programme, all others go down to
        the outcomes. A step without children is a gap, and says so.
    """
    index = _Map.of(select(_HEAD + _NODES))
    steps = [_trace_one(select, target, index) for target in targets]
    if len(steps) == 1:
        return steps[0]
    return TraceNode(kind="code", iri="", label=targets[0].label, children=tuple(steps))


def _trace_one(select: Select, target: Target, index: _Map) -> TraceNode:
    if target.kind == "fragment":
        return _up(select, target, index)
    if target.kind == "organisation":
        return _organisation(select, target, index)
    outcomes = _outcomes(select(_HEAD + _LINKS % {"scope": ""}))
    return _down(target.iri, outcomes, index, "", frozenset())


def _up(select: Select, target: Target, index: _Map) -> TraceNode:
    scope = f"VALUES ?fragment {{ <{target.iri}> }}"
    rows = select(_HEAD + _LINKS % {"scope": scope})
    children = tuple(
        index.step(node, relation="states-link", words=words, children=index.above(node))
        for node, words in sorted(
            _words_by(rows, "node").items(),
            key=lambda kv: (index.kind(kv[0]), _natural(index.rows[kv[0]]["notation"])),
        )
    )
    return TraceNode(
        kind="outcome",
        iri=f"{target.iri}#outcome",
        label=target.detail or target.label,
        key=target.iri.rpartition("/")[2],
        children=children or (_gap("no link to the results framework is stated"),),
    )


def _organisation(select: Select, target: Target, index: _Map) -> TraceNode:
    scope = f"VALUES ?organisation {{ <{target.iri}> }}"
    rows = select(_HEAD + _INVOLVES % {"scope": scope})
    links = defaultdict(list)
    for row in select(_HEAD + _LINKS % {"scope": ""}):
        links[row["outcome"]].append(row)
    children = []
    for outcome, words in _words_by(rows, "outcome").items():
        row = next(r for r in rows if r["outcome"] == outcome)
        above = tuple(
            index.step(node, relation="states-link", words=found)
            for node, found in _words_by(links[outcome], "node").items()
        )
        children.append(
            _outcome(row, words, relation="named-in", children=above or (_gap("not linked"),))
        )
    return TraceNode(
        kind="organisation",
        iri=target.iri,
        label=target.label,
        children=tuple(children) or (_gap("no outcome names it"),),
    )


def _down(
    iri: str,
    outcomes: Mapping[str, Sequence[TraceNode]],
    index: _Map,
    relation: str,
    seen: frozenset[str],
) -> TraceNode:
    """A framework node, its outcomes, and what lies under it."""
    children = [
        *outcomes.get(iri, ()),
        *(
            _down(below, outcomes, index, "narrower", seen | {iri})
            for below in index.below[iri]
            if below not in seen
        ),
    ]
    gap = (_gap("no outcome is linked here"),)
    return index.step(iri, relation=relation, children=tuple(children) or gap)


def _outcomes(rows: Rows) -> dict[str, list[TraceNode]]:
    """Outcomes by the framework node that they state a link to."""
    by_node: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        by_node[row["node"]].append(row)
    return {
        node: [
            _outcome(next(r for r in found if r["outcome"] == outcome), words, relation="stated-by")
            for outcome, words in _words_by(found, "outcome").items()
        ]
        for node, found in by_node.items()
    }


def _outcome(
    row: Mapping[str, str],
    words: tuple[Words, ...],
    *,
    relation: str,
    children: tuple[TraceNode, ...] = (),
) -> TraceNode:
    return TraceNode(
        kind="outcome",
        iri=row["outcome"],
        label=row["title"],
        relation=relation,
        key=row["key"],
        words=words,
        children=children,
    )


def _gap(text: str) -> TraceNode:
    return TraceNode(kind="gap", iri="", label=text)


def _slug(concept: str) -> str:
    """The name of a concept within its scheme: ".../vocab/role-social-actor" → "social-actor"."""
    return concept.rpartition("/")[2].partition("-")[2]


def _words_by(rows: Iterable[Mapping[str, str]], column: str) -> dict[str, tuple[Words, ...]]:
    """Words grouped by the value of a column, in the order of the rows, each once."""
    grouped: dict[str, dict[Words, None]] = defaultdict(dict)
    for row in rows:
        grouped[row[column]][
            Words(
                heading=row["heading"].strip(),
                field=_slug(row["field"]),
                quote=row["words"],
                start=int(row["start"]),
                end=int(row["end"]),
                method=_slug(row["method"]),
                confidence=float(row["confidence"]),
                role=_slug(row["role"]) if "role" in row else None,
            )
        ] = None
    return {value: tuple(words) for value, words in grouped.items()}
