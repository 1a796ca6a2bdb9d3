"""The whole harvest as a graph. SPARQL in, networkx out; nothing is read from files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from kg.model import FIELDS, NARRATIVE
from kg.network.links import Links, mark_gaps
from kg.network.nodes import About, Fields, add_node, add_shared, name_of, texts
from kg.network.questions import (
    CLAIMS,
    CONCEPTS,
    DESCRIBED,
    FRAGMENTS,
    LINKS,
    MENTIONS,
    STATEMENTS,
)
from kg.network.words import Labels, Passage, Words, display, local, slug_in
from kg.vocab import OH, ORG, RDFS, SKOS, SPARQL_HEAD, field_slug

Row = Mapping[str, str]
Select = Callable[[str], Sequence[Row]]
Described = dict[str, dict[str, list[tuple[str, str]]]]  # node → property → (value, language)

#: Links that a coded cell makes: property → (relation, kind of the node, field of the cell).
_CODED = {
    f"{OH}contributesTo": ("contributes-to", "result", "framework-link"),
    f"{OH}changeIn": ("change-in", "actor", "social-actor"),
    f"{OH}typeOfChange": ("type-of-change", "change", "type-of-change"),
    f"{OH}country": ("in-country", "place", "country"),
}

#: Values in the details of an outcome: property → field.
_SHOWN = {
    f"{OH}year": "year",
    f"{OH}scale": "scale",
    f"{OH}significanceRating": "rating-significance",
    f"{OH}contributionRating": "rating-contribution",
    f"{OH}changeCluster": "change-cluster",
    f"{OH}evidenceStatus": "evidence-status",
    f"{OH}unintended": "unintended",
    f"{OH}negative": "negative",
}

#: Schemes whose labels a page needs to name what it shows.
_SCHEMES_OF_TERMS = frozenset({"field", "role", "method", "mention", "relation", "kind"})

_LONGEST_SHORT = 14
_PLACE_OF_FIELD = {field_slug(name): place for place, name in enumerate(FIELDS)}
_NARRATIVE = frozenset(map(field_slug, NARRATIVE))


def whole(select: Select) -> nx.MultiDiGraph:
    """The whole harvest: outcomes, agents, actors, changes, framework, places, and their links.

    Args:
        select: Takes SPARQL, gives rows over the union graph.

    Returns:
        A graph as described in `kg.network`. Organisations that are only
        suggested are left out: nobody has decided yet that they are any.
        Empty for an empty harvest. `graph.graph["terms"]` holds labels of
        fields, roles, methods …: "role/contributor" → language → text.
    """

    def ask(query: str) -> Sequence[Row]:
        return select(SPARQL_HEAD + query)

    concepts = ask(CONCEPTS)
    reading = _Reading(
        fragments={row["fragment"]: row for row in ask(FRAGMENTS)},
        described=_described(ask(DESCRIBED)),
        concepts=_labels(concepts),
    )
    reading.read_statements(ask(STATEMENTS))
    reading.read_mentions(ask(MENTIONS))
    graph = nx.MultiDiGraph(terms=_terms(concepts))
    reading.add_outcomes(graph)
    add_shared(graph, reading.described, reading.concepts)
    links = Links()
    reading.link_structure(links)
    reading.link_codes(graph, links)
    reading.link_claims(links, ask(CLAIMS))
    reading.link_involved(links)
    reading.link_outcomes(links, ask(LINKS))
    links.write(graph)
    reading.leave_out(graph)
    mark_gaps(graph)
    return graph


def _described(rows: Iterable[Row]) -> dict[str, Described]:
    """Type → what is said of each node of that type."""
    found: dict[str, Described] = {}
    for row in rows:
        about = found.setdefault(row["type"], {}).setdefault(row["node"], {})
        about.setdefault(row["property"], []).append((row["value"], row.get("language", "")))
    return found


def _labels(rows: Iterable[Row]) -> dict[str, Labels]:
    """Concept → language → label."""
    found: dict[str, Labels] = {}
    for row in rows:
        found.setdefault(row["concept"], {}).setdefault(row.get("language", ""), row["label"])
    return found


def _terms(rows: Iterable[Row]) -> dict[str, Labels]:
    """Labels of the words that a page uses: "method/code-grammar" → language → text."""
    found: dict[str, Labels] = {}
    for row in rows:
        scheme = local(row["scheme"])
        if scheme in _SCHEMES_OF_TERMS:
            term = f"{scheme}/{slug_in(row['concept'], scheme)}"
            found.setdefault(term, {}).setdefault(row.get("language", ""), row["label"])
    return found


@dataclass(slots=True)
class _Reading:
    """The rows of a harvest, and the steps that turn them into nodes and links."""

    fragments: dict[str, Row]
    described: dict[str, Described]
    concepts: dict[str, Labels]
    passages: dict[str, Passage] = field(default_factory=dict)  # by IRI of the statement
    cells: dict[tuple[str, str], Passage] = field(default_factory=dict)  # by fragment, field
    mentions: dict[str, Row] = field(default_factory=dict)
    named: dict[tuple[str, str], list[Row]] = field(default_factory=dict)  # by key, entity

    @property
    def _fragment_of(self) -> dict[str, str]:
        """Outcome → the fragment that names its node."""
        return {row["outcome"]: iri for iri, row in self.fragments.items()}

    def read_statements(self, rows: Iterable[Row]) -> None:
        """Take up the cells."""
        for row in rows:
            fragment = self.fragments.get(row["fragment"])
            if fragment is None:
                continue
            name = slug_in(row["field"], "field")
            passage = Passage(
                key=fragment["key"],
                identifier=fragment.get("identifier", ""),
                field=name,
                heading=row.get("heading", ""),
                text=row["text"],
                narrative=row.get("narrative") == "true" or name in _NARRATIVE,
                language=row.get("language", ""),
            )
            self.passages[row["statement"]] = passage
            self.cells[row["fragment"], name] = passage

    def read_mentions(self, rows: Iterable[Row]) -> None:
        """Take up the spans."""
        for row in rows:
            passage = self.passages.get(row["statement"])
            if passage is None:
                continue
            self.mentions[row["mention"]] = row
            if "entity" in row:
                self.named.setdefault((passage.key, row["entity"]), []).append(row)

    def add_outcomes(self, graph: nx.MultiDiGraph) -> None:
        """One node for each outcome and its fragment."""
        outcomes = self.described.get(f"{OH}Outcome", {})
        cells: dict[str, list[Passage]] = {iri: [] for iri in self.fragments}
        for (fragment, _), passage in self.cells.items():
            cells[fragment].append(passage)
        for iri, row in sorted(self.fragments.items()):
            about = outcomes.get(row["outcome"], {})
            labels = {"": display(texts(about, f"{RDFS}label")) or row["key"]}
            graph.add_node(
                iri,
                kind="outcome",
                label=labels[""],
                labels=labels,
                short=_short(row),
                search=tuple(sorted({row["key"], row.get("identifier", row["key"])})),
                fields=self._fields(row, about),
                passages=tuple(sorted(cells[iri], key=_place_of)),
                outcome=row["outcome"],
                gap=False,
            )

    def _fields(self, row: Row, about: About) -> Fields:
        """What the details of an outcome show, in the order in which people read it."""
        found: list[tuple[str, tuple[Labels, ...]]] = []
        if "identifier" in row:
            found.append(("fragment-id", ({"": row["identifier"]},)))
        for name in ("status", "round"):
            if name in row:
                found.append((name, (self._named(row[name]),)))
        for prop, name in _SHOWN.items():
            if prop in about:
                found.append((name, tuple(self._named(value) for value, _ in about[prop])))
        if row.get("confidential") == "true":
            found.append(("confidential", ({"": "true"},)))
        return tuple(found)

    def _named(self, value: str) -> Labels:
        """Labels of a concept or shared node; a literal is its own label."""
        return name_of(value, self.concepts, self.described)

    def link_structure(self, links: Links) -> None:
        """Links that nobody harvested: the framework's levels and the parts of organisations."""
        for type_ in sorted(self.described):
            for iri, about in sorted(self.described[type_].items()):
                for prop, relation in (
                    (f"{SKOS}broader", "broader"),
                    (f"{ORG}subOrganizationOf", "part-of"),
                ):
                    for value, _ in about.get(prop, []):
                        links.add(iri, value, relation, "structure")

    def link_codes(self, graph: nx.MultiDiGraph, links: Links) -> None:
        """Links that a coded cell makes; their words are the code, or the whole cell."""
        fragment_of = self._fragment_of
        for outcome, about in sorted(self.described.get(f"{OH}Outcome", {}).items()):
            fragment = fragment_of.get(outcome)
            if fragment is None:
                continue
            for prop, (relation, kind, cell) in _CODED.items():
                for target, _ in about.get(prop, []):
                    if target not in graph:
                        add_node(graph, target, kind=kind, labels=self._named(target))
                    objective = graph.nodes[target]["kind"] == "objective"
                    where = "objective-link" if objective else cell
                    words = self._coded_words(fragment, target, where)
                    links.add(fragment, target, relation, "coded", words)

    def _coded_words(self, fragment: str, target: str, where: str) -> tuple[Words, ...]:
        """The spans of one cell that name `target`; without any, the cell as a whole."""
        key = self.fragments[fragment]["key"]
        coded = ("framework-link", "objective-link")
        spans = [
            self._words(row)
            for row in self.named.get((key, target), [])
            if self.passages[row["statement"]].field in coded
        ]
        if spans or (fragment, where) not in self.cells:
            return tuple(spans)
        passage = self.cells[fragment, where]
        return (Words(passage, 0, len(passage.text)),)

    def _words(self, mention: Row, claim: Row | None = None) -> Words:
        """A mention, with how the role was read where it stands for one."""
        claim = claim or {}
        return Words(
            self.passages[mention["statement"]],
            int(mention["start"]),
            int(mention["end"]),
            method=slug_in(mention.get("method", ""), "method"),
            confidence=_number(mention.get("confidence")),
            status=slug_in(mention.get("status", ""), "mention"),
            role_method=slug_in(claim.get("method", ""), "method"),
            role_confidence=_number(claim.get("confidence")),
        )

    def link_claims(self, links: Links, rows: Iterable[Row]) -> None:
        """Who is said to have had which role. A claim without mentions rests on its whole cell."""
        fragment_of = self._fragment_of
        for row in rows:
            fragment = fragment_of.get(row["outcome"])
            if fragment is None:
                continue
            words: tuple[Words, ...] = ()
            mention = self.mentions.get(row.get("mention", ""))
            passage = self.passages.get(row.get("statement", ""))
            if mention is not None:
                words = (self._words(mention, row),)
            elif passage is not None:
                words = (
                    Words(
                        passage,
                        0,
                        len(passage.text),
                        role_method=slug_in(row.get("method", ""), "method"),
                        role_confidence=_number(row.get("confidence")),
                    ),
                )
            links.add(row["agent"], fragment, slug_in(row["role"], "role"), "claim", words)

    def link_involved(self, links: Links) -> None:
        """Organisations named in an outcome without any role: they are mentioned there."""
        for fragment, row in sorted(self.fragments.items()):
            about = self.described.get(f"{OH}Outcome", {}).get(row["outcome"], {})
            for agent, _ in about.get(f"{OH}involves", []):
                if not links.between(agent, fragment):
                    spans = self.named.get((row["key"], agent), [])
                    words = tuple(self._words(span) for span in spans)
                    links.add(agent, fragment, "mentioned", "claim", words)

    def link_outcomes(self, links: Links, rows: Iterable[Row]) -> None:
        """What is said of two outcomes: one builds on the other, or led to it."""
        fragment_of = self._fragment_of
        for row in rows:
            if row["from"] not in fragment_of or row["to"] not in fragment_of:
                continue
            mention = self.mentions.get(row.get("mention", ""))
            words = () if mention is None else (self._words(mention),)
            start, end = fragment_of[row["from"]], fragment_of[row["to"]]
            links.add(start, end, slug_in(row["relation"], "relation"), "claim", words)

    def leave_out(self, graph: nx.MultiDiGraph) -> None:
        """Take away places and programmes nothing links to, and names nobody has decided on."""
        named = {entity for _, entity in self.named}
        claimed = {
            node
            for *pair, family in graph.edges(data="family")
            for node in pair
            if family != "structure"
        }
        graph.remove_nodes_from(
            [
                node
                for node, kind in graph.nodes(data="kind")
                if node not in claimed
                and (kind in {"place", "programme"} or (kind == "organisation" and node in named))
            ]
        )


def _short(row: Row) -> str:
    """What an outcome is called where there is little room: the end of its id, else its key."""
    end = row.get("identifier", "").rsplit("/", 1)[-1].strip()
    return end if 0 < len(end) <= _LONGEST_SHORT else row["key"]


def _place_of(passage: Passage) -> tuple[int, str]:
    """Sort key: columns in the order in which people read them, unknown ones last."""
    return (_PLACE_OF_FIELD.get(passage.field, len(_PLACE_OF_FIELD)), passage.field)


def _number(text: str | None) -> float | None:
    """A confidence; None where the graph gives none."""
    return None if text is None else float(text)
