"""The graph of one fragment: every triple said because of it, and its own subjects alone."""

from collections.abc import Iterable, Mapping, Sequence

from kg.graph.terms import Writer, boolean, decimal, index, integer, term, text, year
from kg.model import FIELDS, Choice, Claim, Fragment, Kind, Mention, MentionStatus, Statement
from kg.outcome_links import OutcomeLink
from kg.vocab import Names, concept, field_slug, fold

#: Field of a coded cell → property of the outcome that it fills.
_CHOICE_PROPERTIES = {
    "social_actor": "oh:changeIn",
    "type_of_change": "oh:typeOfChange",
    "change_cluster": "oh:changeCluster",
    "scale": "oh:scale",
    "rating_significance": "oh:significanceRating",
    "rating_contribution": "oh:contributionRating",
}
# Persons and redaction marks never reach the graph.
_GRAPH_KINDS = frozenset(
    {Kind.ORGANISATION, Kind.PLACE, Kind.OUTCOME_ID, Kind.FRAMEWORK_CODE, Kind.OBJECTIVE}
)
_GRAPH_STATUS = frozenset({MentionStatus.ACCEPTED, MentionStatus.SUGGESTED})


def in_graph(mention: Mention) -> bool:
    """Does a mention reach the graph? Accepted and suggested ones do; persons never."""
    return mention.kind in _GRAPH_KINDS and mention.status in _GRAPH_STATUS


def choice_iri(choice: Choice, names: Names) -> str:
    """A listed concept, or a candidate under the base of the data."""
    if choice.known:
        return concept(choice.scheme, choice.slug)
    return names.candidate(choice.scheme, choice.slug)


def field_iri(field: str, names: Names) -> str:
    """The concept of a column: canonical, or a candidate with a slug of its heading."""
    if field in FIELDS:
        return concept("field", field_slug(field))
    return names.candidate("field", field_slug(field))


def fragment_graph(
    fragment: Fragment,
    *,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    related: Sequence[OutcomeLink],
    links: Sequence[str],
    unlinked: str | None,
    sources: Mapping[str, str],
    programme: str,
    names: Names,
) -> Writer:
    """Everything said because of one fragment.

    Args:
        fragment: The record, understood.
        mentions: All mentions found in it; those that stay out are left out here.
        claims: Participations stated in it.
        related: Links to other outcomes stated in it.
        links: IRIs of the framework nodes that it contributes to.
        unlinked: Why it is linked to no framework outcome or output, a slug.
        sources: File name → IRI of the source file; empty in a release.
        programme: IRI of its programme.
        names: Mints the IRIs.
    """
    out = Writer(names.fragment(fragment.key), base=names.base, own=True)
    _record(out, fragment, sources=sources, programme=programme, names=names)
    _outcome(out, fragment, names=names)
    outcome = names.outcome(fragment.key)
    out.add(outcome, "oh:contributesTo", *links)
    if unlinked:
        out.add(outcome, "oh:unlinkedReason", concept("reason", unlinked))
    for statement in fragment.statements:
        _statement(out, fragment, statement, names=names)
    for mention in _one_a_span(m for m in mentions if in_graph(m)):
        _mention(out, mention, names=names)
        if mention.kind is Kind.ORGANISATION and mention.status is MentionStatus.ACCEPTED:
            out.add(outcome, "oh:involves", mention.entity)
    for claim in claims:
        _claim(out, claim, names=names)
    for link in related:
        _link(out, link, names=names)
    return out


def _one_a_span(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """The surest reading of each span: a mention's IRI is its place, so two would become one."""
    surest: dict[tuple[str, str, int, int], Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.place, -m.confidence, m.kind)):
        surest.setdefault(mention.place, mention)
    return surest.values()


def _record(
    out: Writer, fragment: Fragment, *, sources: Mapping[str, str], programme: str, names: Names
) -> None:
    me = names.fragment(fragment.key)
    out.type(me, "oh:Fragment")
    if fragment.identifier:
        out.add(me, "dcterms:identifier", text(fragment.identifier))
    out.add(me, "oh:key", text(fragment.key))
    out.add(me, "oh:reports", names.outcome(fragment.key))
    out.add(me, "oh:confidential", boolean(fragment.confidential))
    out.add(me, "oh:programme", programme)
    for statement in fragment.statements:
        out.add(me, "oh:hasStatement", names.statement(fragment.key, statement.field))
    out.add(me, "oh:emptyField", *(field_iri(name, names) for name in fragment.empty))
    for status in fragment.choices.get("status", ()):
        out.add(me, "oh:status", choice_iri(status, names))
    if fragment.round:
        out.add(me, "oh:harvestRound", names.round(fragment.round.slug))
    for origin in fragment.origins:
        if origin.file in sources:
            out.add(me, "prov:wasDerivedFrom", sources[origin.file])
            out.add(me, "oh:rowNumber", integer(origin.row))


def _outcome(out: Writer, fragment: Fragment, *, names: Names) -> None:
    me = names.outcome(fragment.key)
    out.type(me, "oh:Outcome")
    out.add(me, "rdfs:label", text(fragment.label, fragment.language))
    for field, predicate in _CHOICE_PROPERTIES.items():
        for choice in fragment.choices.get(field, ()):
            out.add(me, predicate, choice_iri(choice, names))
    for place in fragment.places:
        out.add(me, "oh:country", names.place(place.slug))
    out.add(me, "oh:year", *map(year, fragment.years))
    if fragment.unintended is not None:
        out.add(me, "oh:unintended", boolean(fragment.unintended))
    if fragment.negative is not None:
        out.add(me, "oh:negative", boolean(fragment.negative))
    out.add(me, "oh:evidenceStatus", concept("evidence", fragment.evidence))


def _statement(out: Writer, fragment: Fragment, statement: Statement, *, names: Names) -> None:
    me = names.statement(fragment.key, statement.field)
    out.describe(
        me,
        {
            "a": term("oh:Statement"),
            "oh:field": field_iri(statement.field, names),
            "oh:heading": text(statement.heading),
            "nif:isString": text(statement.text),
        },
    )
    if statement.narrative:
        out.add(me, "oh:searchText", text(fold(statement.text)))
        if statement.language:
            out.add(me, "dcterms:language", text(statement.language))


def _mention(out: Writer, mention: Mention, *, names: Names) -> None:
    me = names.mention(mention.key, mention.field, mention.start, mention.end)
    out.describe(
        me,
        {
            "a": term("oh:Mention"),
            "oh:kind": concept("kind", mention.kind),
            "nif:referenceContext": names.statement(mention.key, mention.field),
            "nif:beginIndex": index(mention.start),
            "nif:endIndex": index(mention.end),
            "nif:anchorOf": text(mention.text),
            "itsrdf:taIdentRef": mention.entity,
            "oh:status": concept("mention", mention.status),
            "oh:method": concept("method", mention.method),
            "oh:confidence": decimal(mention.confidence),
        },
    )


def _claim(out: Writer, claim: Claim, *, names: Names) -> None:
    me = names.participation(claim.key, claim.agent_slug, claim.role, claim.field)
    out.describe(
        me,
        {
            "a": term("oh:Participation"),
            "oh:agent": claim.agent,
            "oh:inOutcome": names.outcome(claim.key),
            "oh:role": concept("role", claim.role),
            "oh:statedIn": names.statement(claim.key, claim.field),
            "oh:method": concept("method", claim.method),
            "oh:confidence": decimal(claim.confidence),
        },
    )
    for m in claim.mentions:
        out.add(me, "prov:wasDerivedFrom", names.mention(m.key, m.field, m.start, m.end))


def _link(out: Writer, link: OutcomeLink, *, names: Names) -> None:
    me = names.outcome_link(link.key, link.other, link.relation)
    out.type(me, "oh:OutcomeLink")
    out.add(me, "oh:from", names.outcome(link.key))
    out.add(me, "oh:to", names.outcome(link.other))
    out.add(me, "oh:relation", concept("relation", link.relation))
    for m in link.mentions:
        out.add(me, "prov:wasDerivedFrom", names.mention(m.key, m.field, m.start, m.end))
