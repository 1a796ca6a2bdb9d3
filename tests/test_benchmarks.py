"""Benchmarks measure what they say: the same harvest each time, as long as real ones."""

import hashlib
import importlib
import math
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from benchmarks import __main__ as listed
from benchmarks import commands, peers
from benchmarks.arrange import network
from benchmarks.generate import _STORY, HEADINGS, MERGED, has, records, table
from benchmarks.profiled import profiled
from benchmarks.stories import bodies, words
from kg.identity import settle
from kg.read import Headings, read_source
from kg.read.understand import ANOTHER


def test_the_generator_repeats_itself():
    """Two runs measure the same harvest, byte for byte."""
    assert table(50) == table(50)
    assert table(50, seed=2) != table(50)


@pytest.fixture(scope="module")
def made() -> list[Mapping[str, str]]:
    """A harvest in which every quirk can be looked for."""
    return list(records(600))


def _sentences(made: Iterable[Mapping[str, str]]) -> list[str]:
    told = {id(row): row for row in made}.values()  # copies once
    cells = (row[field] for row in told for field, _, _ in _STORY)
    return [one for cell in cells for one in re.split(r"(?<=[.!?])\s+", cell) if one]


def test_sentences_are_as_long_as_those_of_the_example(made):
    """94 letters, give or take 40, 21 to 242; of ten, more than nine are said once."""
    sentences = _sentences(made)
    lengths = [len(sentence) for sentence in sentences]

    assert 88 < statistics.mean(lengths) < 102
    assert 35 < statistics.pstdev(lengths) < 47
    assert (15 < min(lengths) < 30, 200 < max(lengths) < 280) == (True, True)
    assert len(set(sentences)) > 0.9 * len(sentences)


def test_generated_records_have_the_length_of_real_ones(made):
    """About 2.6 kB a record, give or take a quarter: figures hold for what people have."""
    lengths = [sum(map(len, row.values())) - len(row[MERGED]) for row in made]
    mean = statistics.mean(lengths)

    assert 2_300 < mean < 2_900
    assert 0.18 < statistics.pstdev(lengths) / mean < 0.32


def test_few_bodies_are_named_often_and_many_seldom(made):
    """By rank as Zipf has it, and no acronym stands for two."""
    told = [" ".join(row[field] for field, _, _ in _STORY) for row in made]
    often = Counter(body for text in told for body in set(re.findall(r"\(([A-Z]{3,9})\)", text)))
    counts = [math.log(times) for _, times in often.most_common(40)]
    ranks = [math.log(rank) for rank in range(1, 41)]
    found = bodies(random.Random(1), 5_000)

    assert -1.3 < statistics.linear_regression(ranks, counts).slope < -0.6
    assert len(often) > 80
    assert len({short for _, short in found}) == len({name for name, _ in found}) == 5_000


@pytest.mark.parametrize(
    ("quirk", "least", "most"),
    [
        (lambda row: not row["FragmentID"], 5, 15),
        (lambda row: "<redacted>" in row["FragmentID"], 5, 15),
        (lambda row: row["Link to Outcomes in Results Framework "] == "2023-01-02", 5, 15),
        (lambda row: row[MERGED].startswith(row["Outcome description"]), 50, 70),
        (lambda row: "\n" in row["MCQType of change"], 2, 30),
        (lambda row: "; " in row["MCQType of change"], 8, 50),
        (lambda row: " | " in row["MCQType of change"], 8, 50),
        (lambda row: "  " in row["MCQType of change"], 100, 300),
        (lambda row: not row["Evidence supporting the outcome statement"], 350, 500),
        (lambda row: any(m in row["Outcome description"] for m in words()["marks"]), 40, 150),
    ],
)
def test_every_quirk_of_the_example_is_there(made, quirk, least, most):
    """About as often as there: of 600 records."""
    assert least <= sum(map(quirk, made)) <= most


def test_every_generated_row_is_read_and_accounted_for(tmp_path):
    """Headings of three languages in one file; ids that repeat, and copies, as many as made."""
    path = tmp_path / "harvest.csv"
    path.write_text(table(200), encoding="utf-8", newline="")
    reading = read_source(path, headings=Headings.load())
    settled = settle(reading.records, cleared=frozenset())
    copies = sum(has("copy", number) for number in range(1, 201))
    ids = Counter(
        cell.text
        for record in reading.records
        for cell in record.cells
        if cell.field == "fragment_id"
    )

    assert len(reading.records) == 200
    assert [rejected.reason for rejected in reading.rejected] == [ANOTHER] * 2
    assert (settled.duplicates, len(settled.cases)) == (copies, 200 - copies)
    assert copies > 0
    assert sorted(times for name, times in ids.items() if name and times > 1) == [2] * 6


def test_a_lean_harvest_is_the_same_as_ever():
    """What was measured with it is measured again: no byte of it moves."""
    digest = hashlib.sha256(table(40, lean=True).encode()).hexdigest()

    assert digest[:16] == "911f456eda7d0789"


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


def test_lean_records_are_shorter() -> None:
    """Four sentences each, under the same headings; no column but the merged one is left out."""
    lean, whole = (list(records(20, lean=short)) for short in (True, False))

    assert sum(map(len, map(str, lean))) < 0.5 * sum(map(len, map(str, whole)))
    assert {frozenset(row) for row in lean} == {frozenset(HEADINGS)}
    assert {frozenset(row) for row in whole} == {frozenset((*HEADINGS, MERGED))}


@pytest.mark.parametrize(
    "name",
    [
        "arrange",
        "asking",
        "commands",
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
    """The dearest first, by its own share, with what it had done in C."""

    def dear() -> None:
        sorted(range(900_000), key=abs)

    rows = profiled(lambda: [dear(), range(9)], rows=2)

    assert next(row["function"] for row in rows) == "tests/test_benchmarks.py dear"
    assert 90 < float(str(rows[0]["own %"])) <= 100


def test_every_benchmark_is_listed_with_its_own_words(capsys) -> None:
    """One command tells them all: a module that can be run is one of them, or a part of one."""
    folder = Path(listed.__file__).parent
    runnable = {
        path.stem for path in folder.glob("*.py") if '__name__ == "__main__"' in path.read_text()
    } - {"__main__"}

    assert listed.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines} == runnable == set(listed.NAMES)
    assert all(len(line) > 40 for line in lines)


def test_a_question_is_held_to_the_clock_and_a_build_to_cpu() -> None:
    """Over one is over the bar."""
    one = peers.Spent(cpu=4.0, megabytes=9, said="")

    assert commands.row("build", one, 90.0, bar=8)["times the bar"] == 0.5
    assert commands.row("q", one, 1.2, bar=0.6, of="wall s")["times the bar"] == 2.0
