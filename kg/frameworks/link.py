"""Links every fragment's codes to framework nodes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.aside import Aside
from kg.frameworks.declared import Declared
from kg.frameworks.labels import METHOD, LabelReading, Labels
from kg.frameworks.nodes import Builder, FrameworkNode, labelled
from kg.frameworks.parents import Scope
from kg.grouping import by_key
from kg.model import (
    Code,
    Finding,
    Fragment,
    Kind,
    Mention,
    MentionStatus,
)
from kg.vocab import Names, slug


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Every node that is declared or named, and what each fragment links to.

    `links` holds the nodes that a fragment states, by key; `unlinked` the
    reason where none of them is a known framework outcome or output.
    `programmes` are (slug, label), `schemes` (IRI, scope). `settled` are
    findings of earlier stages, (key, reason, field), that a framework's label
    answers: a cell without a code that states one word for word.
    """

    nodes: tuple[FrameworkNode, ...]
    schemes: tuple[tuple[str, Scope], ...]
    programmes: tuple[tuple[str, str], ...]
    links: Mapping[str, tuple[str, ...]]
    unlinked: Mapping[str, str]
    mentions: Sequence[Mention]
    findings: tuple[Finding, ...]
    settled: frozenset[tuple[str, str, str]] = frozenset()


def frameworks(
    fragments: Sequence[Fragment],
    *,
    declared: Declared,
    programme: str,
    names: Names,
    language: str,
) -> Frameworks:
    """Link every fragment's codes to framework nodes.

    Args:
        fragments: Any order; the result does not depend on it.
        declared: What framework tables list.
        programme: The programme of fragments that name none.
        names: Mints the IRIs.
        language: Language of labels that do not tell theirs.

    Unlinked reasons are slugs: `no-code`, `objective-only`, `unknown-code`,
    `unreadable`, `date`.
    """
    builder = Builder(declared, names)
    links: dict[str, tuple[str, ...]] = {}
    unlinked: dict[str, str] = {}
    mentions: Aside[Mention] | list[Mention] = []
    if isinstance(fragments, Aside):
        mentions = Aside(fragments.folder)
    findings: list[Finding] = [*declared.findings]
    settled: set[tuple[str, str, str]] = set()
    by_label = Labels.of(declared)
    programmes = {slug(programme): programme}
    for scope, kind, code in sorted(declared.entries, key=str):
        builder.node(scope, kind, code)
    for fragment in by_key(fragments):
        owner = fragment.programme or programme
        programmes.setdefault(slug(owner), owner)
        labels = _read_labels(fragment, by_label, builder, owner=slug(owner))
        linked, found = _link(fragment, builder, owner=slug(owner), but=labels.whole)
        stated = _labels(fragment, labels, builder)
        linked += [mention.entity for mention in stated if mention.entity]
        found += [(mention, True) for mention in stated]
        settled |= {(fragment.key, reason, field) for reason, field in labels.settled}
        mentions.extend(sorted((mention for mention, _ in found), key=lambda m: m.place))
        links[fragment.key] = tuple(dict.fromkeys(linked))
        unknown = [m for m, known in found if not known]
        findings += [_unknown(fragment, mention) for mention in unknown]
        if declared.objectives(slug(owner))[0] in declared.listing:
            findings += _unlisted(fragment, [m for m, _ in found], builder)
        findings += _against(fragment, [m for m, _ in found], builder)
        if not any(known for m, known in found if m.kind is Kind.FRAMEWORK_CODE):
            unlinked[fragment.key] = _reason(fragment, unknown, stated)
    nodes = labelled(builder, language=language)
    return Frameworks(
        nodes=nodes,
        schemes=tuple(sorted({(n.scheme, _scheme_scope(n)) for n in nodes}, key=str)),
        programmes=tuple(sorted(programmes.items())),
        links=links,
        unlinked=unlinked,
        mentions=mentions if isinstance(mentions, Aside) else tuple(mentions),
        findings=tuple(findings),
        settled=frozenset(settled),
    )


def _reason(fragment: Fragment, unknown: Sequence[Mention], labels: Sequence[Mention]) -> str:
    """Why no framework outcome or output is linked; *labels* are those of objectives."""
    if unknown:
        return "unknown-code"
    if fragment.unlinked in {None, "no-code"} and labels:
        return "objective-only"
    return fragment.unlinked or "no-code"


def _scheme_scope(node: FrameworkNode) -> Scope:
    return (node.scope[0], None, "") if node.kind == "objective" else node.scope


def _link(
    fragment: Fragment, builder: Builder, *, owner: str, but: frozenset[str]
) -> tuple[list[str], list[tuple[Mention, bool]]]:
    """Nodes linked to, and each code's mention with "is it known?"; *but*: fields left out."""
    linked: list[str] = []
    found: list[tuple[Mention, bool]] = []
    country = fragment.country.slug if fragment.country else None
    for code in (*fragment.codes, *fragment.objectives):
        if code.field in but:
            continue
        if code.kind == "objective":
            node = builder.node(builder.declared.objectives(owner), "objective", code.number)
            if code.label:
                builder.labels[node.iri][code.label, fragment.language] += 1
            known = True
        else:
            scope = builder.declared.scope(owner, country)
            node = builder.node(scope, _kind(fragment, code, scope, builder), code.number)
            known = node.declared or not builder.declared.given(scope)
        linked.append(node.iri)
        found.append((_mention(fragment, code, node), known))
    return linked, found


def _read_labels(
    fragment: Fragment, by_label: Labels, builder: Builder, *, owner: str
) -> LabelReading:
    """Labels that stand in place of codes."""
    country = fragment.country.slug if fragment.country else None
    scopes = {
        "objective_link": builder.declared.objectives(owner),
        "framework_link": builder.declared.scope(owner, country),
    }
    return by_label.read(fragment, scopes)


def _labels(fragment: Fragment, reading: LabelReading, builder: Builder) -> list[Mention]:
    found: list[Mention] = []
    for label in reading.labels:
        statement = fragment.statement(label.field)
        node = builder.node(*label.key)
        found.append(
            Mention(
                key=fragment.key,
                field=label.field,
                start=label.start,
                end=label.end,
                text=statement.text[label.start : label.end] if statement else "",
                kind=Kind.OBJECTIVE if node.kind == "objective" else Kind.FRAMEWORK_CODE,
                method=METHOD,
                confidence=1.0,
                status=MentionStatus.ACCEPTED,
                entity=node.iri,
                label=node.notation,
            )
        )
    return found


def _kind(fragment: Fragment, code: Code, scope: Scope, builder: Builder) -> str:
    """The kind of a code: as said; a bare number is what the table says it is."""
    statement = fragment.statement(code.field)
    said = statement is None or any(c.isalpha() for c in statement.text[code.start : code.end])
    kinds = builder.declared.kinds(scope, code.number)
    return kinds[0] if not said and kinds else code.kind


def _mention(fragment: Fragment, code: Code, node: FrameworkNode) -> Mention:
    statement = fragment.statement(code.field)
    return Mention(
        key=fragment.key,
        field=code.field,
        start=code.start,
        end=code.end,
        text=statement.text[code.start : code.end] if statement else code.number,
        kind=Kind.OBJECTIVE if code.kind == "objective" else Kind.FRAMEWORK_CODE,
        method="code-grammar",
        confidence=1.0,
        status=MentionStatus.ACCEPTED,
        entity=node.iri,
        label=node.notation,
    )


def _unlisted(fragment: Fragment, found: Sequence[Mention], builder: Builder) -> Iterator[Finding]:
    """Objectives that the table lacks: they link all the same, and one finding a cell says so."""
    strange = {
        m.field
        for m in found
        if m.kind is Kind.OBJECTIVE and m.entity and not builder.nodes[m.entity].declared
    }
    for field in sorted(strange):
        yield Finding(
            reason="unknown-objective",
            where=fragment.origins[0].where(field),
            message="An objective that the programme's table does not list.",
            advice="Correct the code in the source, or add the objective to framework.csv.",
            key=fragment.key,
        )


def _against(fragment: Fragment, found: Sequence[Mention], builder: Builder) -> Iterator[Finding]:
    """A code that the table puts under another objective than the record's: both count, told."""
    stated = {m.entity for m in found if m.kind is Kind.OBJECTIVE}
    codes = {(m.field, m.entity) for m in found if m.kind is Kind.FRAMEWORK_CODE and m.entity}
    for field in sorted({field for field, iri in codes if stated}):
        over = {_objective(iri, builder) for name, iri in codes if name == field}
        if over - {None} - stated:
            yield Finding(
                reason="objective-against-code",
                where=fragment.origins[0].where(field),
                message="The framework table puts a code of this cell under another objective "
                "than the record states; the outcome counts under both.",
                advice="Correct the objective or the code, whichever is wrong.",
                key=fragment.key,
            )


def _objective(iri: str, builder: Builder) -> str | None:
    """The objective above a node, as far as tables say; None where they do not."""
    passed: set[str] = set()
    above: str | None = iri
    while above is not None and above not in passed:
        if builder.nodes[above].kind == "objective":
            return above
        passed.add(above)
        above = builder.nodes[above].broader
    return None


def _unknown(fragment: Fragment, mention: Mention) -> Finding:
    origin = fragment.origins[0]
    return Finding(
        reason="unknown-code",
        where=origin.where(mention.field),
        message="A code that this country's framework table does not list.",
        advice="Correct the code in the source, or add it to framework.csv.",
        key=fragment.key,
    )
