"""Where each organisation stands among those that it shares outcomes with."""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

#: Steps from link to link that betweenness may take: a few seconds. Beyond, it is estimated.
_STEPS = 4_000_000
_FEWEST = 50
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one organisation.

    `outcomes` in which it has a part; `partners` that stand in any of them; `between`: the share
    (0 to 1) of shortest ways between two others that lead through it; `group`: number of its
    community, 0 without partners; `reaches`: how many groups its partners are of; `only_link`:
    without it, some of its partners would have no way to each other.
    """

    organisation: str  # IRI
    label: str
    short: str
    outcomes: tuple[str, ...]
    partners: tuple[str, ...]
    between: float
    group: int
    reaches: int
    only_link: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations that share outcomes with each other more than with the rest.

    `members` by number of outcomes, the most first; `outcomes` in which two of them stand;
    `outside`: outcomes that link one of them with an organisation of another group.
    """

    number: int
    members: tuple[Standing, ...]
    outcomes: tuple[str, ...]
    outside: tuple[str, ...]


def standings(met: nx.Graph) -> tuple[Standing, ...]:
    """A line an organisation, those with most outcomes first.

    Args:
        met: From `together`.

    Communities are those of Louvain (Blondel 2008) by weight, with a fixed seed; betweenness is
    that of Brandes (2001), without weights. Where that would take long it is estimated from some
    organisations (`sampled` tells from how many): the order of the first is then right, the
    figures are not exact.
    """
    # Numbers in order of IRI: what networkx does with sets of them is the same on every run.
    names = list(met)
    numbered = nx.convert_node_labels_to_integers(met, ordering="default")
    between = nx.betweenness_centrality(numbered, k=sampled(met), seed=0) if names else {}
    cuts = set(nx.articulation_points(numbered))
    group = _groups(numbered)
    found = [
        Standing(
            organisation=names[node],
            label=about["label"],
            short=about["short"],
            outcomes=about["outcomes"],
            partners=tuple(names[n] for n in sorted(numbered[node])),
            between=round(between[node], _DIGITS),
            group=group.get(node, 0),
            reaches=len({group[n] for n in numbered[node]}),
            only_link=node in cuts,
        )
        for node, about in numbered.nodes(data=True)
    ]
    return tuple(sorted(found, key=lambda s: (-len(s.outcomes), -len(s.partners), s.organisation)))


def sampled(met: nx.Graph) -> int | None:
    """From how many organisations betweenness is estimated; None where it is exact."""
    each: int = met.number_of_edges() + len(met)
    if len(met) * each <= _STEPS:
        return None
    return min(len(met), max(_FEWEST, _STEPS // each))


def _groups(numbered: nx.Graph) -> dict[int, int]:
    """Node → number of its group, from 1, the largest first; without a partner a node has none."""
    linked = numbered.subgraph([n for n in numbered if numbered.degree(n)])
    found = nx.community.louvain_communities(linked, weight="weight", seed=0) if linked else []
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {node: number for number, members in enumerate(ordered, 1) for node in members}


def groups(met: nx.Graph, stand: Sequence[Standing]) -> tuple[Group, ...]:
    """The communities, in order of number.

    Args:
        met: From `together`.
        stand: From `standings`, of the same graph.
    """
    of = {s.organisation: s.group for s in stand}
    inside: dict[int, set[str]] = {}
    outside: dict[int, set[str]] = {}
    for one, other, about in met.edges(data=True):
        if of[one] == of[other]:
            inside.setdefault(of[one], set()).update(about["outcomes"])
        else:
            for number in (of[one], of[other]):
                outside.setdefault(number, set()).update(about["outcomes"])
    return tuple(
        Group(
            number,
            tuple(s for s in stand if s.group == number),
            tuple(sorted(inside.get(number, ()))),
            tuple(sorted(outside.get(number, ()))),
        )
        for number in sorted({s.group for s in stand} - {0})
    )
