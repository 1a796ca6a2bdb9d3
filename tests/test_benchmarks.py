"""Benchmarks measure what they say: the same harvest each time, as long as real ones."""

import statistics

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
