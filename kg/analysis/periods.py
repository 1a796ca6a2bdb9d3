"""What changed in the network from round to round, or from year to year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import networkx as nx

from kg.analysis.together import together
from kg.network.words import display


class By(StrEnum):
    """What parts a harvest in time."""

    ROUND = "round"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """One round, or one year; "" for records that state none, which stand last.

    `organisations` have a part in its `outcomes`; of these `new` ones in no period before, `again`
    in the one just before, `back` in an earlier one only; `gone` stood in the one just before.
    `pairs`: links of two organisations in the same outcome; `new_pairs`: those in no period before.
    """

    name: str
    outcomes: tuple[str, ...]
    organisations: tuple[str, ...]
    new: tuple[str, ...]
    again: tuple[str, ...]
    back: tuple[str, ...]
    gone: tuple[str, ...]
    pairs: int
    new_pairs: int


def periods(
    graph: nx.MultiDiGraph, by: By = By.ROUND, *, mentioned: bool = False
) -> tuple[Period, ...]:
    """One line a period, in order.

    Args:
        graph: From `kg.network.whole`.
        by: Rounds of harvesting, or years of the change.
        mentioned: Count names, too, of which no role is stated.
    """
    outcomes: dict[str, list[str]] = {}
    for node, about in graph.nodes(data=True):
        if about["kind"] == "outcome":
            outcomes.setdefault(_period(about, by), []).append(node)
    met = together(graph, mentioned=mentioned)
    found: list[Period] = []
    seen: set[str] = set()
    seen_pairs: set[tuple[str, str]] = set()
    before: set[str] = set()
    for name in sorted(outcomes, key=lambda n: (not n, _by_number(n), n)):
        here = set(outcomes[name])
        bodies = {body for body in met if here.intersection(met.nodes[body]["outcomes"])}
        pairs = {
            (one, other)
            for one, other, shared in met.edges(data="outcomes")
            if here.intersection(shared)
        }
        found.append(
            Period(
                name=name,
                outcomes=tuple(sorted(here)),
                organisations=tuple(sorted(bodies)),
                new=tuple(sorted(bodies - seen)),
                again=tuple(sorted(bodies & before)),
                back=tuple(sorted((bodies & seen) - before)),
                gone=tuple(sorted(before - bodies)),
                pairs=len(pairs),
                new_pairs=len(pairs - seen_pairs),
            )
        )
        seen |= bodies
        seen_pairs |= pairs
        before = bodies
    return tuple(found)


def _period(about: Mapping[str, Any], by: By) -> str:
    """The label of the period that an outcome states."""
    return next((display(values[0]) for name, values in about["fields"] if name == by.value), "")


def _by_number(name: str) -> tuple[tuple[int, str], ...]:
    """Sorts "harvest 10" after "harvest 9"."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
