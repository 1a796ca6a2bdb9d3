"""Links between outcomes that cannot all be so: circles in time, and records that name themselves.

"Builds on" and "led to" say what came first. Round a circle each outcome would
come before itself: somebody mixed up an id, or two records say it each their
own way. "See also" has no order. Nothing is changed; it is told.
"""

from collections.abc import Iterable, Mapping, Sequence

from kg.grouping import found_by_key
from kg.model import Finding, Fragment, Kind, Mention, Severity, Where
from kg.outcome_links import OutcomeLink
from kg.vocab import fold

#: Relation → whether the outcome that states it came after the one it names.
_LATER = {"builds-on": True, "led-to": False}
_TOLD = 12  # keys named in one message


def link_order(
    fragments: Sequence[Fragment], links: Iterable[OutcomeLink], mentions: Iterable[Mention]
) -> tuple[Finding, ...]:
    """What is odd about the order of outcomes.

    Args:
        fragments: All records of the build.
        links: All links between their outcomes.
        mentions: All mentions, to find a record that names its own id.

    Returns:
        One finding for each circle (at its first record, with the keys of all) and
        for each place where a record names itself. By key; empty where nothing is odd.
    """
    by_key = found_by_key(fragments)
    before: dict[str, set[str]] = {}
    for link in links:
        if link.relation in _LATER:
            first, second = link.other, link.key
            if not _LATER[link.relation]:
                first, second = second, first
            before.setdefault(first, set()).add(second)
    circles = [_circle(by_key, keys) for keys in _circles(before)]
    return (*circles, *_selves(by_key, mentions))


def _circles(before: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of records each of which comes before itself; keys sorted, groups too."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_edges_from((a, b) for a, after in sorted(before.items()) for b in sorted(after))
    groups = nx.strongly_connected_components(graph)
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _circle(by_key: Mapping[str, Fragment], keys: Sequence[str]) -> Finding:
    told = ", ".join(keys[:_TOLD]) + (f" and {len(keys) - _TOLD} more" if len(keys) > _TOLD else "")
    origin = min(by_key[keys[0]].origins, default=None)
    return Finding(
        reason="outcome-links-circle",
        where=Where(origin.file, origin.row) if origin else Where(""),
        message=f"These outcomes are said to come each before the others: {told}.",
        advice="See what each text says of the others; correct the id or the words that mix them.",
        severity=Severity.WARNING,
        key=keys[0],
    )


def _selves(by_key: Mapping[str, Fragment], mentions: Iterable[Mention]) -> list[Finding]:
    found: list[Finding] = []
    ids = (mention for mention in mentions if mention.kind is Kind.OUTCOME_ID)
    for mention in sorted(ids, key=lambda m: m.place):
        fragment = by_key.get(mention.key)
        if fragment is None or mention.entity is not None:
            continue
        if _own(fragment.identifier, mention.text):
            origin = min(fragment.origins, default=None)
            found.append(
                Finding(
                    reason="outcome-links-itself",
                    where=Where(
                        origin.file if origin else "", origin.row if origin else None, mention.field
                    ),
                    message="The record names its own id here; this makes no link.",
                    advice="Nothing to do, unless another outcome was meant: then correct the id.",
                    severity=Severity.INFO,
                    key=fragment.key,
                )
            )
    return found


def _own(identifier: str, text: str) -> bool:
    """Whether a text is a record's id, or its end behind a slash."""
    own, named = (fold(t).replace("\\", "/").replace(" ", "") for t in (identifier, text))
    return bool(named) and (own == named or own.endswith(f"/{named}"))
