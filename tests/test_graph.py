"""One graph a fragment: what may stand where."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import disjoint

P = NamedNode("https://d.example/p")
OWN = NamedNode("https://d.example/fragment/a")
OTHER = NamedNode("https://d.example/graph/shared")
PART = NamedNode("https://d.example/fragment/a#outcome")
SHARED = NamedNode("https://d.example/place/x")


@pytest.mark.parametrize(
    ("quads", "expected"),
    [
        ([], True),
        ([Quad(OWN, P, SHARED, OWN), Quad(PART, P, SHARED, OWN), Quad(SHARED, P, P, OTHER)], True),
        # One thing said of two subjects is two triples.
        ([Quad(SHARED, P, P, OTHER), Quad(P, P, P, OTHER)], True),
        # The same triple in two graphs, whether shared or a fragment's.
        ([Quad(SHARED, P, P, OTHER), Quad(SHARED, P, P, OWN)], False),
        ([Quad(PART, P, SHARED, OWN), Quad(PART, P, SHARED, OTHER)], False),
        # A fragment's subject in another graph could meet itself there later.
        ([Quad(PART, P, SHARED, OWN), Quad(PART, P, Literal("x"), OTHER)], False),
    ],
)
def test_no_triple_stands_in_two_graphs(quads, expected):
    """The engine would count it twice."""
    assert disjoint(quads) is expected
