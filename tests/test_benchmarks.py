"""Benchmarks measure what they say: the same harvest each time, as long as real ones."""

import statistics

from benchmarks.arrange import network
from benchmarks.generate import HEADINGS, records, table


def test_the_generator_repeats_itself():
    """Two runs measure the same harvest, byte for byte."""
    assert table(50) == table(50)
    assert table(50, seed=2) != table(50)


def test_generated_records_have_the_length_of_real_ones():
    """About 2.6 kB of story a record: figures hold for what people have."""
    lengths = [sum(map(len, record.values())) for record in records(200)]

    assert 2_300 < statistics.mean(lengths) < 3_000


def test_a_larger_harvest_has_every_column():
    """Every record fills every heading, blank cells included, under an id of its own."""
    made = list(records(300))

    assert {tuple(sorted(record)) for record in made} == {tuple(sorted(HEADINGS))}
    assert len({record["FragmentID"] for record in made}) == 300


def test_a_network_to_arrange_has_the_size_asked_for():
    """As many nodes, all linked to something, and hubs among them, as a harvest has."""
    graph = network(1_000)

    assert len(graph) == 1_000
    assert {kind for _, kind in graph.nodes(data="kind")} == {
        "outcome",
        "organisation",
        "result",
        "actor",
    }
    assert graph.number_of_edges() > 2 * len(graph)
