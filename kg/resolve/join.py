"""What "same" and "different" mean for the nodes of a harvest, contradictions apart.

Two names that name two bodies become one node. A name that was left open (an
acronym with two owners) is *bound* to the body that somebody chose, in the
scope of the line, and its other owners stay what they are.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Finding
from kg.resolve.apply import Settled
from kg.resolve.decisions import Said, Surface, Verdicts, surface
from kg.resolve.learn import Knowledge, Node, acronym_node, name_node
from kg.resolve.naming import agree, is_acronym, within
from kg.resolve.told import joined_and_parted, two_bodies, two_entries, unclear

_Countries = set[str | None]
_SCOPED = 3  # names and acronyms have a country as their third part, perhaps empty


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    """Two nodes that a line joins or parts."""

    one: Node
    other: Node
    line: int
    registry: bool = False  # the line is one of organisations.yaml


@dataclass(slots=True)
class Named:
    """What surfaces name before any pair is decided, and in which countries."""

    nodes: dict[Surface, dict[Node, _Countries]] = field(default_factory=dict)
    open_: dict[Surface, _Countries] = field(default_factory=dict)

    def of(self, side: Surface, scope: str | None) -> list[Node]:
        """The nodes of a surface in a scope; sorted."""
        return sorted(
            node
            for node, where in self.nodes.get(side, {}).items()
            if any(within(scope, country) for country in where)
            or (node[0] == "curated" and None in where)
        )

    def waits(self, side: Surface, scope: str | None) -> bool:
        """Whether a surface was left open somewhere in a scope."""
        return any(within(scope, country) for country in self.open_.get(side, ()))


def named(
    settled: Iterable[Settled],
    known: Knowledge,
    countries: Mapping[str, str | None],
    slugs: Mapping[Node, str],
) -> Named:
    """Look at all mentions, settled without pairs.

    Args:
        settled: Mentions with their nodes.
        known: What was learned; its curated entries are named by id and by name.
        countries: Fragment key → country.
        slugs: Last part of the IRI of each node.
    """
    found = Named()
    for s in settled:
        country = countries.get(s.mention.key)
        side = surface(s.mention.text)
        if s.node is not None:
            found.nodes.setdefault(side, {}).setdefault(s.node, set()).add(country)
            found.nodes.setdefault(("/", slugs.get(s.node, "")), {}).setdefault(s.node, set()).add(
                country
            )
        elif s.open_:
            found.open_.setdefault(side, set()).add(country)
    for node, entry in known.curated.items():
        texts = (*(text for _, text in entry.labels), *entry.aliases, *entry.acronyms)
        for side in {("#", entry.id), *(surface(text) for text in texts)}:
            found.nodes.setdefault(side, {}).setdefault(known.root(node), set()).add(entry.country)
    return found


def decide(known: Knowledge, decided: Verdicts, seen: Named) -> list[Finding]:
    """Join, bind and bar the nodes of *known* as the pairs say; tell what could not be followed."""
    findings: list[Finding] = []
    joins: list[_Edge] = []
    parts: list[_Edge] = []
    bound: list[tuple[Surface, str | None, Node, int]] = []
    for said in sorted(decided.pairs, key=lambda s: (s.what, s.one, s.other, str(s.scope), s.line)):
        one, other = _nodes(said, seen)
        if said.what == "different":
            _bar(known, said, one, other)
            parts += [_Edge(a, b, said.line) for a in one for b in other if a != b]
            continue
        edges, bindings = _same(said, one, other, seen)
        if edges is None:
            findings.append(unclear(said.line))
            continue
        joins += edges
        bound += [(side, said.scope, node, said.line) for side, node in bindings]
    for node, entry in sorted(known.curated.items()):
        for identifier in entry.not_same_as:
            if ("curated", identifier) in known.curated:
                parts.append(_Edge(node, ("curated", identifier), entry.line, registry=True))
    joins, told = _agreeing(joins, parts)
    findings += told
    for edge in sorted(joins):
        known.join(edge.one, edge.other)
    applied = {edge.line for edge in joins}
    for said in decided.pairs:
        if said.what == "same" and said.line in applied:
            for side in (said.one, said.other):
                known.confirmed.setdefault(side, set()).add(said.scope)
    findings += _bind(known, bound)
    return findings


def _nodes(said: Said, seen: Named) -> tuple[list[Node], list[Node]]:
    one, other = seen.of(said.one, said.scope), seen.of(said.other, said.scope)
    waits = seen.waits(said.one, said.scope), seen.waits(said.other, said.scope)
    # A body that no text names yet may still be what an open name stands for.
    if not one and not waits[0] and (other or waits[1]):
        one = _own(said.one, said.texts[0], said.scope)
    if not other and not waits[1] and (one or waits[0]):
        other = _own(said.other, said.texts[1], said.scope)
    return one, other


def _own(side: Surface, text: str, scope: str | None) -> list[Node]:
    if side[0] in {"#", "/"}:
        return []
    return [acronym_node(text, scope) if is_acronym(text) else name_node(text, scope)]


def _same(
    said: Said, one: Sequence[Node], other: Sequence[Node], seen: Named
) -> tuple[list[_Edge] | None, list[tuple[Surface, Node]]]:
    """The edges that a line "same" means, and open names with their bodies; None: unclear."""
    bindings: list[tuple[Surface, Node]] = []
    waits = [
        (side, mine, theirs)
        for side, mine, theirs in ((said.one, one, other), (said.other, other, one))
        if seen.waits(side, said.scope)
    ]
    for side, mine, theirs in waits:
        # Of several bodies of that name, the one that bears the open name elsewhere is meant.
        meant = theirs if len(theirs) == 1 else sorted({*mine} & {*theirs})
        if len(meant) != 1:
            return (None if theirs else []), []
        bindings.append((side, meant[0]))
    if waits:
        return [], bindings
    return _edges(said, one, other), []


def _edges(said: Said, one: Sequence[Node], other: Sequence[Node]) -> list[_Edge] | None:
    if not one or not other:
        return []  # this harvest does not name both
    if len(one) == 1 and len(other) == 1:
        return _some(said, [(one[0], other[0])])
    few, many = sorted((one, other), key=len)
    if len(few) == 1 and all(node[0] == "acronym" for node in many):
        return _some(said, [(few[0], node) for node in many])
    if len(few) == 1:
        return [] if few[0] in many else None
    # "Ministry of X" and "Ministère de X", in several countries each: one body in each of them.
    there = {_scope(a): a for a in one}
    pairs = [(there[_scope(b)], b) for b in other if _scope(b) in there]
    told_apart = len(there) == len(one) and len({_scope(b) for b in other}) == len(other)
    return _some(said, pairs) if pairs and told_apart else None


def _scope(node: Node) -> str:
    return node[2] if len(node) == _SCOPED else ""


def _some(said: Said, pairs: Iterable[tuple[Node, Node]]) -> list[_Edge]:
    return [_Edge(min(a, b), max(a, b), said.line) for a, b in pairs if a != b]


def _bar(known: Knowledge, said: Said, one: Sequence[Node], other: Sequence[Node]) -> None:
    """Neither side may be taken for a body of the other."""
    for side, nodes in ((said.one, other), (said.other, one)):
        known.barred.setdefault(side, []).extend((said.scope, node) for node in nodes)


def _agreeing(joins: Sequence[_Edge], parts: Sequence[_Edge]) -> tuple[list[_Edge], list[Finding]]:
    """The joins that nothing contradicts. Lines on the way from one side to the other fall."""
    kept = sorted(set(joins))
    findings: list[Finding] = []
    while True:
        conflict = next(_conflicts(kept, parts), None)
        if conflict is None:
            return kept, findings
        path, part = conflict
        lines = {edge.line for edge in path}
        findings.append(
            two_entries(lines)
            if part is None
            else joined_and_parted(lines, part.line, registry=part.registry)
        )
        kept = [edge for edge in kept if edge.line not in lines]


def _conflicts(
    kept: Sequence[_Edge], parts: Sequence[_Edge]
) -> Iterator[tuple[list[_Edge], _Edge | None]]:
    """Ways by which lines join what another line parts, or two entries of organisations.yaml."""
    beside: dict[Node, list[tuple[Node, _Edge]]] = {}
    for edge in kept:
        beside.setdefault(edge.one, []).append((edge.other, edge))
        beside.setdefault(edge.other, []).append((edge.one, edge))
    for part in sorted(parts):
        path = _path(beside, part.one, {part.other})
        if path:
            yield path, part
    curated = sorted(node for node in beside if node[0] == "curated")
    for node in curated:
        path = _path(beside, node, {*curated} - {node})
        if path:
            yield path, None


def _path(
    beside: Mapping[Node, Sequence[tuple[Node, _Edge]]], start: Node, goals: set[Node]
) -> list[_Edge]:
    came: dict[Node, tuple[Node, _Edge]] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        if node in goals:
            path = []
            while node != start:
                node, edge = came[node]
                path.append(edge)
            return path
        for other, edge in beside.get(node, ()):
            if other != start and other not in came:
                came[other] = (node, edge)
                waiting.append(other)
    return []


def _bind(
    known: Knowledge, bound: Sequence[tuple[Surface, str | None, Node, int]]
) -> list[Finding]:
    """Give open names their bodies; where two lines give two, neither does."""
    findings: list[Finding] = []
    lost: set[int] = set()
    those = sorted(bound, key=lambda b: (b[0], str(b[1]), b[3]))
    for index, (side, scope, node, line) in enumerate(those):
        for again, elsewhere, other, second in those[index + 1 :]:
            if again != side or not agree(scope, elsewhere):
                continue
            if known.root(node) != known.root(other):
                lost |= {line, second}
                findings.append(two_bodies(line, second))
    for side, scope, node, line in those:
        if line not in lost:
            known.bound.setdefault(side, []).append((scope, node))
    return findings
