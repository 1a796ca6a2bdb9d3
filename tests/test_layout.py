"""Everybody sees the same picture, and nothing in it covers anything else."""

import importlib.util
import os
import subprocess
import sys
import time
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import layout
from kg.network import KINDS, whole
from kg.network.words import HUBS

_HERE = Path(__file__).resolve().parent
_SAMPLE = _HERE / "browser" / "sample.py"
_ARRANGEMENTS = [layout.network, layout.columns]


def _sample(outcomes: int = 40) -> nx.MultiDiGraph:
    spec = importlib.util.spec_from_file_location("kg_sample_harvest", _SAMPLE)
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return whole(module.sample(outcomes))


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Small graphs of all kinds of nodes, with loops, parallel edges, parts and lonely nodes."""
    count = draw(st.integers(0, 28))
    graph = nx.MultiDiGraph()
    for number in range(count):
        graph.add_node(f"n{number}", kind=draw(st.sampled_from(KINDS)))
    if count:
        ends = st.sampled_from(sorted(graph))
        graph.add_edges_from(draw(st.lists(st.tuples(ends, ends), max_size=60)))
    return graph


def _covering(places, width, height):
    return [
        (one, other)
        for (one, (x, y)), (other, (u, v)) in combinations(sorted(places.items()), 2)
        if abs(x - u) < width and abs(y - v) < height
    ]


@given(graphs())
@settings(max_examples=60)
def test_no_node_stands_on_another(graph):
    """Boxes of a node with its label never meet, whatever hangs together."""
    places = layout.network(graph)

    assert set(places) == set(graph)
    assert _covering(places, layout.WIDTH, layout.HEIGHT) == []


@given(graphs())
@settings(max_examples=60)
def test_no_node_of_the_columns_stands_on_another(graph):
    """Columns and the rows below them keep nodes apart too."""
    places = layout.columns(graph)

    assert set(places) == set(graph)
    assert _covering(places, 50, 50) == []


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_nodes_and_edges_does_not_matter(graph, random):
    """The same network read in another order stands in the same places."""
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges())
    random.shuffle(nodes)
    random.shuffle(edges)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(nodes)
    turned.add_edges_from(edges)

    assert layout.network(turned) == layout.network(graph)
    assert layout.columns(turned) == layout.columns(graph)


def test_the_picture_does_not_depend_on_the_hash_seed():
    """Another process with another hash seed prints the same coordinates."""
    code = (
        "import importlib.util, json, sys\n"
        "spec = importlib.util.spec_from_file_location('s', sys.argv[1])\n"
        "m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m)\n"
        "from kg import layout; from kg.network import whole\n"
        "g = whole(m.sample(12)); print(json.dumps([layout.network(g), layout.columns(g)]))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(_SAMPLE)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1


@pytest.mark.parametrize("arrange", _ARRANGEMENTS)
def test_coordinates_are_rounded(arrange):
    """One decimal, and never a negative zero."""
    numbers = [number for place in arrange(_sample()).values() for number in place]

    assert all(str(number) == str(round(number, 1)) for number in numbers)
    assert "-0.0" not in map(str, numbers)


@pytest.mark.parametrize("arrange", _ARRANGEMENTS)
def test_an_empty_graph_has_no_places(arrange):
    """Nothing to draw is no error."""
    assert arrange(nx.MultiDiGraph()) == {}


def test_what_hangs_together_stands_together():
    """Two groups without a link between them do not mix; within one, linked nodes are nearer."""
    graph = nx.MultiDiGraph()
    for group in "ab":
        graph.add_nodes_from((f"{group}{n}" for n in range(6)), kind="outcome")
        graph.add_edges_from((f"{group}0", f"{group}{n}") for n in range(1, 6))
    places = layout.network(graph)

    def middle(group):
        mine = [places[node] for node in graph if node.startswith(group)]
        return [sum(axis) / len(mine) for axis in zip(*mine, strict=True)]

    def apart(one, other):
        return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5

    own, other = middle("a"), middle("b")

    assert all(
        apart(places[node], own) < apart(places[node], other) for node in graph if node[0] == "a"
    )


def test_hubs_stand_around_the_rest():
    """Actors and places do not pull outcomes together: they stand outside of what they link to."""
    graph = _sample()
    places = layout.network(graph)
    hubs = {n for n, kind in graph.nodes(data="kind") if kind in HUBS}
    xs, ys = zip(*(places[n] for n in graph if n not in hubs), strict=True)
    inside = [
        n for n in hubs if min(xs) < places[n][0] < max(xs) and min(ys) < places[n][1] < max(ys)
    ]
    middle = [(min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2]

    def far(node):
        return (
            ((places[node][0] - middle[0]) / 1.12) ** 2 + (places[node][1] - middle[1]) ** 2
        ) ** 0.5

    # The corners of the box around a disc are outside of the disc.
    assert min(map(far, hubs)) > max(far(n) for n in graph if n not in hubs) * 0.97
    assert len(inside) < len(hubs) / 2


def test_a_sparse_network_gathers_around_its_hubs():
    """Outcomes by country: each stands nearer to its own country than to another."""
    graph = nx.MultiDiGraph()
    for country in "ab":
        graph.add_node(country, kind="place")
        for number in range(8):
            graph.add_node(f"{country}{number}", kind="outcome")
            graph.add_edge(f"{country}{number}", country)
    places = layout.network(graph)

    def apart(one, other):
        return sum((a - b) ** 2 for a, b in zip(places[one], places[other], strict=True))

    assert all(
        apart(node, node[0]) < apart(node, "ab".replace(node[0], "")) for node in graph if node[1:]
    )


def test_lonely_nodes_stand_on_a_shelf_below():
    """What has no link is below everything that has one."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from("abcdef", kind="organisation")
    graph.add_edge("a", "b")
    places = layout.network(graph)

    assert min(places[node][1] for node in "cdef") > max(places[node][1] for node in "ab")


def test_columns_read_from_contributors_to_objectives():
    """Agents left of outcomes, outcomes left of results, results left of objectives."""
    graph = _sample()
    places = layout.columns(graph)
    kinds = ["organisation", "outcome", "output", "result", "objective"]
    spans = [
        [places[n][0] for n, kind in graph.nodes(data="kind") if kind == wanted] for wanted in kinds
    ]

    assert all(max(left) < min(right) for left, right in pairwise(spans))


@pytest.mark.slow
def test_five_hundred_nodes_are_placed_within_ten_seconds():
    """The largest picture does not keep a build waiting."""
    import time

    from kg.network import largest_part

    graph = largest_part(_sample(600))
    start = time.process_time()
    layout.network(graph)

    assert time.process_time() - start < 10


def _large(count: int) -> nx.MultiDiGraph:
    """Groups of outcomes, each around its own organisations, with hubs and lonely nodes."""
    graph = nx.MultiDiGraph()
    for number in range(count):
        graph.add_node(f"o{number}", kind="outcome")
        graph.add_node(f"s{number % (count // 5)}", kind="organisation")
        graph.add_node(f"h{number % 12}", kind="actor")
        if number % 19:
            group = number % 10
            graph.add_edge(f"o{number}", f"s{(number * 7) % (count // 50) * 10 + group}")
            graph.add_edge(f"o{number}", f"s{(number * 3) % (count // 50) * 10 + group}")
            graph.add_edge(f"o{number}", f"h{number % 12}")
    return graph


def test_a_whole_harvest_is_spread_without_a_pile():
    """Of thousands of nodes hardly any two stand on each other, and linked ones stand near."""
    graph = _large(2000)
    places = layout.spread(graph)
    points = np.array([places[n] for n in sorted(graph)])
    marks = points // 20
    piled = len(points) - len(np.unique(marks, axis=0))
    inner = [(a, b) for a, b in graph.edges() if "h" not in a + b]
    linked = np.array([np.subtract(places[a], places[b]) for a, b in inner])
    any_two = points - np.roll(points, len(points) // 2, axis=0)

    assert set(places) == set(graph)
    assert piled < len(points) / 100
    assert np.hypot(*linked.T).mean() < np.hypot(*any_two.T).mean() / 3


def test_a_whole_harvest_is_spread_the_same_way_every_time():
    """Neither the order of nodes and edges nor another run moves anything."""
    graph = _large(600)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges())))

    assert layout.spread(graph) == layout.spread(turned) == layout.spread(graph)


@pytest.mark.slow
def test_five_thousand_nodes_take_less_than_three_seconds():
    """The layout of a large harvest does not hold up a build."""
    graph = _large(4200)
    began = time.process_time()
    layout.spread(graph)

    assert len(graph) > 5000
    assert time.process_time() - began < 3
