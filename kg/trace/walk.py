"""Walks up from an outcome, and down from a code, an objective or an organisation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.targets import Target
from kg.trace.frame import NODES, Frame, Rows, natural
from kg.trace.steps import TraceNode, Words
from kg.vocab import PREFIXES

Select = Callable[[str], Rows]

_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
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
    index = Frame.of(select(_HEAD + NODES))
    steps = [_trace_one(select, target, index) for target in targets]
    if len(steps) == 1:
        return steps[0]
    return TraceNode(kind="code", iri="", label=targets[0].label, children=tuple(steps))


def _trace_one(select: Select, target: Target, index: Frame) -> TraceNode:
    if target.kind == "fragment":
        return _up(select, target, index)
    if target.kind == "organisation":
        return _organisation(select, target, index)
    outcomes = _outcomes(select(_HEAD + _LINKS % {"scope": ""}))
    return _down(target.iri, outcomes, index, "", frozenset())


def _up(select: Select, target: Target, index: Frame) -> TraceNode:
    scope = f"VALUES ?fragment {{ <{target.iri}> }}"
    rows = select(_HEAD + _LINKS % {"scope": scope})
    children = tuple(
        index.step(node, relation="states-link", words=words, children=index.above(node))
        for node, words in sorted(
            _words_by(rows, "node").items(),
            key=lambda kv: (index.kind(kv[0]), natural(index.rows[kv[0]]["notation"])),
        )
    )
    return TraceNode(
        kind="outcome",
        iri=f"{target.iri}#outcome",
        label=target.detail or target.label,
        key=target.iri.rpartition("/")[2],
        children=children or (_gap("no link to the results framework is stated"),),
    )


def _organisation(select: Select, target: Target, index: Frame) -> TraceNode:
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
    index: Frame,
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
