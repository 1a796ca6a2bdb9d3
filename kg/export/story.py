"""A harvest as its report tells it: outcomes, who took part with which words, what was promised.

Read from the network of the audience (`kg.network.whole`), so a report of the
public copy can hold nothing that the release does not.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.config import NO_PROGRAMME
from kg.export.coverage import promises
from kg.export.told import Body, Claim, Quote, Reference, Story, Told
from kg.export.words import sentence_around, spoken, tell
from kg.model import Audience, Finding
from kg.network.questions import REASON_LABELS, REASONS
from kg.network.words import Words, local
from kg.vocab import SPARQL_HEAD

Rows = Sequence[Mapping[str, str]]
Select = Callable[[str], Rows]

#: What `kg.values` calls a round of which a cell gives the number alone.
_ROUND = re.compile(r"harvest ([0-9]+)")
_LARGE = """
SELECT DISTINCT ?fragment WHERE {
  ohv:significance-large oh:rank ?large .
  ?outcome oh:significanceRating/oh:rank ?rank ; oh:evidenceStatus ohv:evidence-none-stated .
  FILTER(?rank >= ?large)
  ?fragment oh:reports ?outcome .
} ORDER BY ?fragment"""


def story(
    graph: nx.MultiDiGraph,
    select: Select,
    *,
    name: str,
    audience: Audience,
    language: str,
    date: str = "",
    digest: str = "",
    sources: Iterable[Mapping[str, Any]] = (),
    findings: Iterable[Finding] = (),
) -> Story:
    """Tell a harvest.

    Args:
        graph: From `kg.network.whole`.
        select: Answers SPARQL over the same harvest.
        name: The project's name.
        audience: Whose copy it is.
        language: Of labels, where a thing has several.
        date: What shall stand on the first page; "" leaves it out. No clock is read.
        digest: Tells this graph from others.
        sources: As `report.json` lists them; none for a release.
        findings: The worklist; none for a release.
    """
    reading = _Reading(graph, language)
    framework = promises(graph, select, language=language)
    reasons = _reasons(select, language)
    large = {row["fragment"] for row in select(SPARQL_HEAD + _LARGE)}
    above = {promise.iri: promise.above for promise in framework}
    order = {promise.iri: place for place, promise in enumerate(framework)}
    outcomes = tuple(
        reading.outcome(node, above, order, reasons.get(node, ""), large=node in large)
        for node in sorted(reading.of_kind("outcome"), key=reading.key)
    )
    place = {outcome.iri: number for number, outcome in enumerate(outcomes)}
    claims = tuple(
        sorted(
            reading.claims(place),
            key=lambda c: (place[c.outcome], reading.rank(c.slug), reading.label(c.agent), c.agent),
        )
    )
    return Story(
        name=name,
        audience=audience,
        language=language,
        date=date,
        digest=digest,
        outcomes=outcomes,
        claims=claims,
        bodies=reading.bodies(claims),
        promises=framework,
        references=tuple(reading.references(place)),
        roles=reading.roles,
        sources=tuple((s["file"], s["rows_read"], s["rows_kept"]) for s in sources),
        findings=tuple(findings),
    )


def _reasons(select: Select, language: str) -> dict[str, str]:
    """Fragment → why its outcome is linked to no result, in words."""
    labels: dict[str, dict[str, str]] = {}
    for row in select(SPARQL_HEAD + REASON_LABELS):
        labels.setdefault(row["reason"], {})[row.get("language", "")] = row["label"]
    found: dict[str, str] = {}
    for row in select(SPARQL_HEAD + REASONS):
        reason = row["reason"]
        found.setdefault(row["fragment"], spoken(labels.get(reason, {}), language) or reason)
    return found


@dataclass(slots=True)
class _Reading:
    """The network, and the steps from it to what a report tells."""

    graph: nx.MultiDiGraph
    language: str
    roles: tuple[tuple[str, str], ...] = ()
    shorts: Counter[str] = field(default_factory=Counter)  # what outcomes are called, how often

    def __post_init__(self) -> None:
        self.shorts.update(self.graph.nodes[node]["short"] for node in self.of_kind("outcome"))
        known = sorted(term for term in self.graph.graph.get("terms", ()) if term[:5] == "role/")
        first = ("contributor", "social-actor", "beneficiary", "target", "mentioned")
        slugs = sorted(
            (term.removeprefix("role/") for term in known),
            key=lambda slug: (first.index(slug) if slug in first else len(first), slug),
        )
        self.roles = tuple((slug, self.term("role", slug)) for slug in slugs)

    def rank(self, role: str) -> int:
        """Where a role stands among the others."""
        slugs = [slug for slug, _ in self.roles]
        return slugs.index(role) if role in slugs else len(slugs)

    def term(self, scheme: str, slug: str) -> str:
        """What a word of the vocabulary is called; itself where nobody says."""
        return (
            spoken(self.graph.graph.get("terms", {}).get(f"{scheme}/{slug}", {}), self.language)
            or slug
        )

    def of_kind(self, kind: str) -> list[str]:
        return [node for node, found in self.graph.nodes(data="kind") if found == kind]

    def key(self, node: str) -> str:
        """The key of an outcome."""
        return local(node)

    def label(self, node: str) -> str:
        about = self.graph.nodes[node]
        label = spoken(about["labels"], self.language) or str(about["label"])
        return tell("programme", self.language) if label == NO_PROGRAMME else label

    def value(self, slug: str, labels: Mapping[str, str]) -> str:
        """A value as it is told; a round that kg itself named, in the reader's language."""
        told = spoken(labels, self.language)
        ours = _ROUND.fullmatch(told) if slug == "round" else None
        return tell("round", self.language, number=ours[1]) if ours else told

    def targets(self, node: str, relation: str) -> list[str]:
        return [
            end
            for _, end, found in self.graph.out_edges(node, data="relation")
            if found == relation
        ]

    def names(self, node: str, relation: str) -> tuple[str, ...]:
        return tuple(sorted(self.label(end) for end in self.targets(node, relation)))

    def outcome(
        self,
        node: str,
        above: Mapping[str, tuple[str, ...]],
        order: Mapping[str, int],
        reason: str,
        *,
        large: bool,
    ) -> Told:
        about = self.graph.nodes[node]
        results = sorted(
            (end for end in self.targets(node, "contributes-to") if end in order),
            key=lambda end: order[end],
        )
        over = {up for end in results for up in (end, *above[end])}
        objectives = [up for up in over if self.graph.nodes[up]["kind"] == "objective"]
        return Told(
            iri=node,
            key=self.key(node),
            number=about["short"] if self.shorts[about["short"]] == 1 else self.key(node),
            title=self.label(node),
            texts={p.field: p.text for p in about["passages"] if p.narrative},
            values={
                slug: "; ".join(filter(None, (self.value(slug, v) for v in values)))
                for slug, values in about["fields"]
            },
            actors=self.names(node, "change-in"),
            changes=self.names(node, "type-of-change"),
            places=self.names(node, "in-country"),
            results=tuple(results),
            objectives=tuple(sorted(objectives, key=lambda up: order[up])),
            unlinked=reason,
            raw=next((p.text for p in about["passages"] if p.field == "framework-link"), None),
            large=large,
        )

    def quotes(self, words: Iterable[Words]) -> tuple[Quote, ...]:
        """Words as they are quoted, each once."""
        found = {
            Quote(
                words=w.quote,
                sentence=sentence_around(w.passage.text, w.start, w.end),
                field=w.passage.heading.strip() or self.term("field", w.field),
                method=self.term("method", w.role_method or w.method),
                confidence=w.confidence if w.role_confidence is None else w.role_confidence,
            ): None
            for w in words
        }
        return tuple(found)

    def claims(self, outcomes: Mapping[str, int]) -> Iterable[Claim]:
        for agent, outcome, about in self.graph.edges(data=True):
            if about["family"] == "claim" and outcome in outcomes and agent not in outcomes:
                slug = about["relation"]
                yield Claim(
                    agent, outcome, slug, self.term("role", slug), self.quotes(about["words"])
                )

    def references(self, outcomes: Mapping[str, int]) -> Iterable[Reference]:
        links = [
            (outcomes[start], outcomes[end], about["relation"], start, end, about["words"])
            for start, end, about in self.graph.edges(data=True)
            if start in outcomes and end in outcomes
        ]
        for _, _, slug, start, end, words in sorted(links, key=lambda link: link[:3]):
            yield Reference(start, end, self.term("relation", slug), slug, self.quotes(words))

    def bodies(self, claims: Sequence[Claim]) -> tuple[Body, ...]:
        """Those that claims name, by name."""
        roles: dict[str, Counter[str]] = {}
        outcomes: dict[str, dict[str, None]] = {}
        for claim in claims:
            roles.setdefault(claim.agent, Counter())[claim.slug] += 1
            outcomes.setdefault(claim.agent, {})[claim.outcome] = None
        found = []
        for agent in sorted(roles, key=lambda node: (self.label(node).casefold(), node)):
            about = self.graph.nodes[agent]
            fields = dict(about["fields"])
            countries = (spoken(v, self.language) for v in fields.get("country", ()))
            found.append(
                Body(
                    iri=agent,
                    label=self.label(agent),
                    acronym=about["short"],
                    country="; ".join(filter(None, countries)),
                    kind=about["kind"],
                    roles=dict(roles[agent]),
                    outcomes=tuple(outcomes[agent]),
                )
            )
        return tuple(found)
