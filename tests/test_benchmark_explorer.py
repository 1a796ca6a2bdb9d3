"""The graphs on which the explorer is measured are the same for everybody."""

from benchmarks.graphs import harvest_of


def test_a_graph_of_a_size_is_the_same_each_time_and_has_that_size():
    """Nodes exactly; links at most as many as asked for, and nearly so: a repeated one is one."""
    one, other = harvest_of(600, 1600), harvest_of(600, 1600)

    assert sorted(one.edges(keys=True)) == sorted(other.edges(keys=True))
    assert len(one) == 600
    assert 1400 < one.number_of_edges() <= 1600
    assert {kind for _, kind in one.nodes(data="kind")} >= {"outcome", "organisation", "result"}
