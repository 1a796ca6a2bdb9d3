"""Benchmarks measure what they say: the same harvest each time, as long as real ones."""

import importlib
import statistics

import pytest

from benchmarks import peers
from benchmarks.arrange import network
from benchmarks.generate import HEADINGS, records, table
from benchmarks.profiled import profiled


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


def test_lean_records_are_shorter_and_otherwise_the_same() -> None:
    """Four sentences each; the same headings, ids and quirks."""
    lean, whole = (list(records(20, lean=short)) for short in (True, False))

    assert sum(map(len, map(str, lean))) < 0.5 * sum(map(len, map(str, whole)))
    assert [tuple(row) for row in lean] == [tuple(row) for row in whole]


@pytest.mark.parametrize(
    "name",
    [
        "arrange",
        "asking",
        "explorer",
        "extraction",
        "peers",
        "profiled",
        "reading",
        "serving",
        "startup",
    ],
)
def test_help_is_told_and_nothing_measured(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of each benchmark: what it measures, and its options."""
    module = importlib.import_module(f"benchmarks.{name}")
    with pytest.raises(SystemExit) as ended:
        module.main(["--help"])
    said = capsys.readouterr().out

    assert ended.value.code == 0
    assert f"benchmarks.{name}" in said
    assert "--json" in said


def test_peers_are_compared_where_both_answered() -> None:
    """The geometric mean of the times that both have; what one gave up counts for nobody."""
    theirs = {"a": {"s": 8.0}, "b": {"s": 2.0}, "c": {"s": None}, "d": {"s": 5.0}}
    ours = {"a": {"s": 1.0}, "b": {"s": 1.0}, "c": {"s": 1.0}}

    assert peers.ratio(theirs, ours) == pytest.approx(4.0)
    assert peers.ratio({"c": {"s": None}}, ours) is None


def test_an_answer_of_a_peer_counts_with_our_rows_alone() -> None:
    """Other rows, none to compare, or no answer in time: none of it is an answer."""
    ours = {"s": 1.0, "rows": 2, "digest": "a"}
    other, none = ours | {"digest": "b"}, ours | {"rows": 0}

    assert peers.same(ours, ours, "maplib")
    assert not peers.same(other, ours, "maplib")
    assert not peers.same(none, none, "maplib")
    assert not peers.same({"s": None, "why": "more than 10 s"}, ours, "rdflib")
    assert peers.same(other, ours, "duckdb")
    assert not peers.same(other | {"rows": 3}, ours, "duckdb")


def test_a_profile_names_the_function_that_took_the_time() -> None:
    """The dearest first, by its own share; a function of Python in C by its name."""
    rows = profiled(lambda: sorted(range(300_000), key=lambda n: -n), rows=3)

    assert {"<built-in method builtins.sorted>", "tests/test_benchmarks.py <lambda>"} <= {
        row["function"] for row in rows
    }
    assert 50 < sum(float(str(row["own %"])) for row in rows) <= 100.1
