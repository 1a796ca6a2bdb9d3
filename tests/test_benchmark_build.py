import csv
import io

from benchmarks.build import ADDED, one_changed, rows_of
from benchmarks.generate import table


def test_exactly_one_record_is_changed():
    """The second build of the benchmark differs from the first by one sentence of one record."""
    before = list(csv.reader(io.StringIO(table(9))))
    after = list(csv.reader(io.StringIO(one_changed(table(9)))))
    changed = [
        (old, new)
        for one, other in zip(before, after, strict=True)
        for old, new in zip(one, other, strict=True)
        if old != new
    ]

    assert [new for _, new in changed] == [changed[0][0] + ADDED]


def test_a_stage_shows_the_median_of_both_builds():
    """One slow run does not move a figure."""
    runs = [{"first": {"read": n}, "one changed": {"read": n / 2}} for n in (1.0, 9.0, 2.0)]

    assert rows_of(runs) == [{"stage": "read", "first": 2.0, "one_changed": 1.0}]
