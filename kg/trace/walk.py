"""Walks up from an outcome, and down from a code, an objective or an organisation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.messages import phrase
from kg.targets import Target
from kg.trace.frame import NODES, Frame, Rows, natural, rank
from kg.trace.steps import TraceNode, Words
from kg.vocab import SPARQL_HEAD

Select = Callable[[str], Rows]

# From the mention outwards: a node or an organisation may have thousands of mentions, and each
# stands in one statement of one fragment.
_WORDS = """
  ?mention nif:referenceContext ?statement ; nif:anchorOf ?words ; oh:status ohv:mention-accepted ;
    nif:beginIndex ?start ; nif:endIndex ?end ; oh:method ?method ; oh:confidence ?confidence .
  ?statement oh:heading ?heading ; oh:field ?field .
  ?fragment oh:hasStatement ?statement ; oh:reports ?outcome ; oh:key ?key .
  ?outcome rdfs:label ?title .
"""
_LINKS = (
    """
SELECT ?outcome ?key ?title ?node ?heading ?field ?words ?start ?end ?method ?confidence
WHERE {
  %(scope)s
  ?mention itsrdf:taIdentRef ?node .
  ?node a oh:FrameworkNode ."""
    + _WORDS
    + "} ORDER BY ?key ?node ?field ?start"
)
_INVOLVES = (
    """
SELECT ?outcome ?key ?title ?heading ?field ?words ?start ?end ?method ?confidence ?role
WHERE {
  %(scope)s
  ?mention itsrdf:taIdentRef ?organisation ."""
    + _WORDS
    + """
  OPTIONAL { ?claim prov:wasDerivedFrom ?mention ; oh:role ?role }
} ORDER BY ?key ?field ?start ?role"""
)

_REASONS = """
SELECT ?outcome ?label ?tongue WHERE {
  %(scope)s
  ?outcome oh:unlinkedReason ?reason .
  ?reason skos:prefLabel ?label .
  BIND(LANG(?label) AS ?tongue)
} ORDER BY ?outcome ?label
"""


def trace(select: Select, targets: Sequence[Target], *, language: str = "en") -> TraceNode:
    """Trace what a person named.

    Args:
        select: Answers SPARQL over the union of the harvest's graphs.
        targets: One fragment, one organisation, or the nodes of one code
            (several, where several countries have it).
        language: Of kinds and gaps ("en", "fr"); labels are those of the harvest.

    Returns:
        A tree. A fragment's goes up to the programme, all others go down to
        the outcomes. A step without children is a gap, and says so.
    """
    return replace(_traced(select, targets, language), language=language)


def _traced(select: Select, targets: Sequence[Target], language: str) -> TraceNode:
    index = Frame.of(select(SPARQL_HEAD + NODES), language=language)
    if targets[0].kind == "fragment":
        return _up(select, targets[0], index)
    if targets[0].kind == "organisation":
        return _organisation(select, targets[0], index)
    wanted = sorted({iri for target in targets for iri in index.under(target.iri)})
    outcomes = _outcomes(select(SPARQL_HEAD + _LINKS % {"scope": _values("node", wanted)}))
    steps = [_down(target.iri, outcomes, index, "", frozenset()) for target in targets]
    if len(steps) == 1:
        return steps[0]
    return TraceNode(kind="code", iri="", label=targets[0].label, children=tuple(steps))


def _values(name: str, iris: Iterable[str]) -> str:
    """A VALUES block. IRIs come from the graph, which holds only well-formed ones."""
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _up(select: Select, target: Target, index: Frame) -> TraceNode:
    rows = select(SPARQL_HEAD + _LINKS % {"scope": _values("fragment", [target.iri])})
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
        children=(*children, *_unlinked(select, [f"{target.iri}#outcome"], index).values()),
    )


def _unlinked(select: Select, outcomes: Iterable[str], index: Frame) -> Mapping[str, TraceNode]:
    """Outcome → the gap that says why no result of a framework is linked to it."""
    found: dict[str, TraceNode] = {}
    rows = select(SPARQL_HEAD + _REASONS % {"scope": _values("outcome", outcomes)})
    for row in sorted(rows, key=lambda row: rank(row["tongue"], index.language)):
        found.setdefault(row["outcome"], _gap("no-link", index, reason=row["label"]))
    return found


def _organisation(select: Select, target: Target, index: Frame) -> TraceNode:
    rows = select(SPARQL_HEAD + _INVOLVES % {"scope": _values("organisation", [target.iri])})
    first = _first(rows)
    links = defaultdict(list)
    for row in select(SPARQL_HEAD + _LINKS % {"scope": _values("outcome", sorted(first))}):
        links[row["outcome"]].append(row)
    gaps = _unlinked(select, sorted(first), index)
    children = []
    for outcome, words in _words_by(rows, "outcome").items():
        above = tuple(
            index.step(node, relation="states-link", words=found)
            for node, found in _words_by(links[outcome], "node").items()
        )
        children.append(
            _outcome(
                first[outcome],
                words,
                relation="named-in",
                children=(*above, gaps[outcome]) if outcome in gaps else above,
            )
        )
    return TraceNode(
        kind="organisation",
        iri=target.iri,
        label=target.label,
        children=tuple(children) or (_gap("no-outcome-names", index),),
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
    gap = (_gap("no-outcome-here", index),)
    return index.step(iri, relation=relation, children=tuple(children) or gap)


def _outcomes(rows: Rows) -> dict[str, list[TraceNode]]:
    """Outcomes by the framework node that they state a link to."""
    by_node: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        by_node[row["node"]].append(row)
    first = _first(rows)
    return {
        node: [
            _outcome(first[outcome], words, relation="stated-by")
            for outcome, words in _words_by(found, "outcome").items()
        ]
        for node, found in by_node.items()
    }


def _first(rows: Rows) -> dict[str, Mapping[str, str]]:
    """The first row of each outcome."""
    return {row["outcome"]: row for row in reversed(rows)}


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


def _gap(name: str, index: Frame, **said: str) -> TraceNode:
    text = phrase(f"trace.{name}", index.language, **said)
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
