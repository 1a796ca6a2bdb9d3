"""The benchmark of reading measures what it says: the same rows in each format, all understood."""

import itertools
import json

from benchmarks.reading import HEADINGS, WAYS, main, one_run, rows, write_csv, write_xlsx
from kg.read import Headings, read_source


def test_the_generator_repeats_itself():
    """Two runs measure the same rows; no two rows say the same."""
    made = list(rows(300))

    assert made == list(rows(300))
    assert made[0] == list(HEADINGS)
    assert len({tuple(row) for row in made}) == 301


def test_a_record_has_a_thousand_characters_of_text():
    """Structured fields, and 1 kB of story."""
    header, *made = rows(100)
    told = {"Outcome description", "Significance of the outcome", "Contribution of the programme"}
    told |= {
        "Contribution of other actors and factors",
        "Evidence supporting the outcome statement",
    }
    places = [header.index(field) for field in told]
    lengths = [sum(len(row[place]) for place in places) for row in made]

    assert 850 < sum(lengths) / len(lengths) <= 1_000


def test_both_formats_hold_the_same_records(tmp_path):
    """A ratio between them means something."""
    write_csv(tmp_path / "harvest.csv", 50)
    write_xlsx(tmp_path / "harvest.xlsx", 50)
    headings = Headings.load()
    csv, xlsx = (
        read_source(tmp_path / f"harvest{kind}", headings=headings) for kind in (".csv", ".xlsx")
    )

    assert [r.cells for r in csv.records] == [r.cells for r in xlsx.records]
    assert not csv.rejected


def test_every_way_reads_every_row(tmp_path, capsys):
    """Each measurement counts its rows; the table has a line for each way."""
    write_csv(tmp_path / "harvest.csv", 30)
    write_xlsx(tmp_path / "harvest.xlsx", 30)
    counts = [one_run(way, tmp_path)["rows"] for way in WAYS]
    main(["--child", next(iter(WAYS)), str(tmp_path)])
    said = json.loads(capsys.readouterr().out)

    assert counts == list(itertools.repeat(30, len(WAYS)))
    assert said["rows"] == 30
