"""Two exports compared: what is new, changed, upgraded and withdrawn, and never the words."""

import csv
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.config import Config
from kg.difference import Change, Effect, compare
from kg.errors import SourceError
from kg.model import Cell, Record

CONFIG = Config(root=Path())
SECRET = "Zephyrina Quillfeather went to the council"


def record(identifier="LAKE/1", /, *, row=2, file="a.csv", **cells):
    told = {
        "fragment_id": identifier,
        "description": "The council of Harbourtown adopted a plan.",
        "status": "Outcome",
        "confidential": "no",
    } | cells
    return Record(
        file,
        row,
        "text/csv",
        tuple(Cell(name, name.title(), text) for name, text in told.items() if text is not None),
    )


def differ(old, new):
    return compare(old, new, config=CONFIG)


def kinds(found):
    return [(r.change.value, r.key) for r in found.records]


def of_one(old, new):
    """The fields that differ between two versions of one record."""
    found = differ([record(**old)], [record(**new)])
    return [(f.field, f.effect.value, f.old, f.new) for r in found.records for f in r.fields]


def test_nothing_differs_in_nothing():
    """Two empty files are the same."""
    found = differ([], [])

    assert (found.records, found.unchanged) == ((), 0)


def test_each_record_has_one_fate():
    """New, changed, upgraded, withdrawn: in this order, then by key."""
    old = [
        record("LAKE/1", status="Lead"),
        record("LAKE/2", description="The market of Millbrook opened on Sundays."),
        record("LAKE/3", description="Farmers of Stonebridge formed a union."),
        record("LAKE/4", description="Fishers agreed on a closed season."),
    ]
    new = [
        record("LAKE/4", description="Fishers agreed on a closed season."),
        record("LAKE/5", description="The school of Elmgrove hired two women."),
        record("LAKE/1", status="Substantiated"),
        record("LAKE/2", description="The market of Millbrook is open on Sundays."),
    ]
    found = differ(old, new)

    assert kinds(found) == [("new", "5"), ("changed", "2"), ("upgraded", "1"), ("withdrawn", "3")]
    assert found.counts == {
        "new": 1,
        "changed": 1,
        "upgraded": 1,
        "withdrawn": 1,
        "unchanged": 1,
    }


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Outcome lead", "Draft", Change.UPGRADED),
        ("Outcome lead", "Outcome", Change.UPGRADED),
        ("piste d’incidence", "corroborée", Change.UPGRADED),
        ("Lead", "Rejected", Change.CHANGED),
        ("Lead", "Somehow else", Change.CHANGED),
        ("Lead", "", Change.CHANGED),
        ("Draft", "Outcome", Change.CHANGED),
        ("", "Outcome", Change.CHANGED),
        ("Outcome", "Lead", Change.CHANGED),
    ],
)
def test_upgraded_means_risen_from_lead(before, after, change):
    """The ladder is that of the vocabulary; what is no lead, or leaves the ladder, is changed."""
    found = differ([record(status=before)], [record(status=after)])

    assert [r.change for r in found.records] == [change]


def test_an_upgraded_record_tells_its_other_changes_too():
    """One record, one line of its fate, every field below it."""
    found = differ(
        [record(status="Lead", evidence="")], [record(status="Outcome", evidence="Minutes.")]
    )

    assert [(f.field, f.effect) for f in found.records[0].fields] == [
        ("status", Effect.CHANGED),
        ("evidence", Effect.ADDED),
    ]


def test_coded_cells_say_from_what_to_what():
    """In the words of the lists, whatever the spelling of the cell."""
    assert of_one(
        {"rating_significance": "grande", "year": "2022", "framework_link": "Outcome1.4"},
        {"rating_significance": "Very large", "year": "", "framework_link": "output 1.4.1"},
    ) == [
        ("year", "removed", "2022", ""),
        ("rating_significance", "changed", "large", "very large"),
        ("framework_link", "changed", "outcome 1.4", "output 1.4.1"),
    ]


def test_words_are_never_quoted():
    """Neither narrative, nor unknown columns, nor values that no list knows."""
    fields = ("description", "evidence", "programme", "lunar_phase", "status", "year", "country")
    found = differ(
        [record(**dict.fromkeys(fields, SECRET))],
        [record(**dict.fromkeys(fields, f"{SECRET} again"))],
    )

    assert sorted(f.field for f in found.records[0].fields) == sorted(fields)
    assert "Zephyrina" not in repr(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"unintended": "NO"}, {"unintended": "non"}),
        ({"year": "2022"}, {"year": "2022.0"}),
        ({"status": "Outcome"}, {"status": "incidence"}),
        ({"social_actor": "Women; Youth"}, {"social_actor": "youth;  women"}),
        ({"framework_link": "Outcome 1.4"}, {"framework_link": "outcome1.4"}),
        ({"description": "A plan  was adopted."}, {"description": " A plan\nwas adopted. "}),
        ({"evidence": "n/a"}, {"evidence": ""}),
        ({"evidence": None}, {"evidence": " "}),
        ({"confidential": "no"}, {"confidential": "0.0"}),
    ],
)
def test_another_spelling_is_no_change(before, after):
    """What means the same is the same."""
    found = differ([record(**before)], [record(**after)])

    assert (found.records, found.unchanged) == ((), 1)


def test_a_flag_that_changes_is_told():
    """Who shares files wants to know what was cleared, and what was closed, since."""
    assert of_one({"confidential": "no"}, {"confidential": ""}) == [
        ("confidential", "changed", "cleared", "confidential")
    ]


def test_a_copied_record_is_unchanged():
    """Rows that repeat a record count once on either side."""
    found = differ([record(row=2)], [record(row=2), record(row=9)])

    assert (found.records, found.unchanged, found.copies) == ((), 1, (0, 1))


def test_repeated_ids_are_told_apart_by_what_they_say():
    """Of two records with one id the one that stayed is unchanged, the other changed."""
    stays = record(description="Fishers agreed on a closed season.")
    found = differ(
        [stays, record(description="A school was built.", status="Lead")],
        [record(description="A school was built.", status="Outcome"), stays],
    )

    assert [r.change for r in found.records] == [Change.UPGRADED]
    assert found.unchanged == 1


def test_two_records_with_one_redacted_id_are_not_the_same():
    """A mark says nothing: other words are another record."""
    found = differ(
        [record("<redacted>/CIV1", description="Fishers agreed on a closed season.")],
        [record("<redacted>/CIV1", description="The library lends books to herders now.")],
    )

    assert [r.change for r in found.records] == [Change.NEW, Change.WITHDRAWN]


@pytest.mark.parametrize("identifier", ["<redacted>/CIV1", "", None])
def test_without_a_whole_id_most_words_decide(identifier):
    """A corrected description is the same record, though its id tells nothing."""
    found = differ(
        [record(identifier, description="Fishers of three villages agreed on a closed season.")],
        [record(identifier, description="Fishers of three villages agreed a closed season.")],
    )

    assert [r.change for r in found.records] == [Change.CHANGED]


def test_a_record_with_a_new_id_is_the_same_where_its_words_are():
    """Renumbering is a change of the id, not an end and a beginning."""
    assert [
        (r.change.value, [f.field for f in r.fields])
        for r in differ([record("LAKE/1")], [record("SEA/77")]).records
    ] == [("changed", ["fragment_id"])]


def test_one_title_does_not_join_two_ids():
    """Two records of one title and different ids are two records."""
    found = differ(
        [record("LAKE/1", title="A plan", description="Fishers agreed on a season.")],
        [record("LAKE/2", title="A plan", description="The library lends books.")],
    )

    assert [r.change for r in found.records] == [Change.NEW, Change.WITHDRAWN]


def test_many_records_without_ids_are_still_paired():
    """Two hundred corrected descriptions are two hundred changes, not twice as many strangers."""
    told = "Group {n} agreed on rule {n} of {a} lake"
    old, new = (
        [record("", row=n, description=told.format(n=n, a=a)) for n in range(200)]
        for a in ("the", "one")
    )

    assert differ(old, new[::-1]).counts["changed"] == 200


def test_a_column_that_one_file_lacks_is_named():
    """A lost column explains many changes at once."""
    found = differ([record(evidence="Minutes.")], [record(year="2022")])

    assert found.alone == (("evidence",), ("year",))
    assert differ([record()], []).alone == ((), ())


texts = st.sampled_from(["A school opened.", "Fishers agreed.", "A law was passed.", ""])
records = st.lists(
    st.builds(
        lambda i, d, s, row: record(i, description=d, status=s, row=row),
        st.sampled_from(["L/1", "L/2", "<x>/1", "", "S/1"]),
        texts,
        st.sampled_from(["Lead", "Outcome", "odd"]),
        st.integers(2, 9),
    ),
    max_size=6,
)


@given(records)
def test_a_file_does_not_differ_from_itself(old):
    """Whatever its ids: nothing is new, withdrawn or changed."""
    found = differ(old, old)

    assert (found.records, found.unchanged + found.copies[0]) == ((), len(old))


@given(records, records)
def test_turned_round_new_is_withdrawn_and_old_is_new(old, new):
    """The same records, with the two sides of each field exchanged."""
    found, back = differ(old, new), differ(new, old)
    sides = {"new": "withdrawn", "withdrawn": "new"}
    there = sorted(
        (
            sides.get(r.change.value, "changed"), r.new_row or 0, r.old_row or 0,
            [(f.field, f.new, f.old) for f in r.fields],
        )
        for r in found.records
    )  # fmt: skip
    returned = sorted(
        (
            r.change.value if r.change.value in sides else "changed", r.old_row or 0,
            r.new_row or 0, [(f.field, f.old, f.new) for f in r.fields],
        )
        for r in back.records
    )  # fmt: skip

    assert there == returned


@given(records, records)
def test_every_record_is_accounted_for_once(old, new):
    """No record is lost or counted twice; turned round, new is withdrawn."""
    found, back = differ(old, new), differ(new, old)
    counts, turned = found.counts, back.counts
    kept = counts["unchanged"] + counts["changed"] + counts["upgraded"]

    assert kept + counts["withdrawn"] + found.copies[0] == len(old)
    assert kept + counts["new"] + found.copies[1] == len(new)
    assert (counts["new"], counts["unchanged"]) == (turned["withdrawn"], turned["unchanged"])


@given(records, st.randoms(use_true_random=False))
def test_rows_that_move_change_nothing(old, chance: random.Random):
    """A file compared with itself in another order: all unchanged."""
    moved = [
        Record("b.csv", row, r.format, r.cells)
        for row, r in enumerate(chance.sample(old, len(old)), start=2)
    ]

    assert differ(old, moved).records == ()


OLD = (
    "FragmentID;Outcome description;Status;Confidential;Significance rating\n"
    f"LAKE/1;{SECRET} of Harbourtown.;Lead;no;large\n"
    "LAKE/2;Fishers agreed on a closed season.;Outcome;no;large\n"
)
NEW = (
    "FragmentID;Outcome description;Status;Confidential;Significance rating\n"
    "LAKE/3;=SUM(A1) A school opened.;Outcome;no;\n"
    f"LAKE/1;{SECRET} of Harbourtown twice.;Substantiated;no;very large\n"
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "old.csv").write_text(OLD, "utf-8")
    (tmp_path / "new.csv").write_text(NEW, "utf-8")
    return tmp_path


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "kg", "diff", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )


def test_the_table_fits_and_quotes_nothing(files):
    """80 columns; counts below; exit status 0 although much differs."""
    told = run(files, "old.csv", "new.csv")

    assert told.returncode == 0
    assert "Outcome lead → Substantiated" in told.stdout
    assert "1 upgraded from lead" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 80
    assert "Zephyrina" not in told.stdout + told.stderr


def test_in_french(files):
    """Kinds of change, fields, values and the closing line; columns of CSV stay for scripts."""
    told = run(files, "old.csv", "new.csv", "--lang", "fr")
    rows = list(
        csv.DictReader(
            io.StringIO(run(files, "old.csv", "new.csv", "--lang=fr", "--format=csv").stdout)
        )
    )

    assert "Piste d’incidence →" in told.stdout
    assert "Corroborée" in told.stdout
    assert "1 nouvelle, 0 modifiée, 1 confirmée (était une piste)" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 80
    assert [(r["change"], r["field"], r["old"]) for r in rows][1] == (
        "upgraded",
        "status",
        "Piste d’incidence",
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_differs_is_said(files, language):
    """A file beside itself: the counts, and what is no difference; an empty one is told, too."""
    told = run(files, "old.csv", "old.csv", "--lang", language)
    (files / "none.csv").write_text(OLD.splitlines()[0] + "\n", "utf-8")
    none = run(files, "none.csv", "none.csv", "--lang", language)

    assert (told.returncode, len(told.stdout.splitlines())) == (0, 3)
    assert ("Nothing differs" in told.stdout) == (language == "en")
    assert "kg inspect" in none.stdout


def test_words_are_shown_only_where_they_are_asked_for(files):
    """--words: what stood and stands in each cell that differs, with a warning beside it."""
    told = run(files, "old.csv", "new.csv", "--words", "--format", "json")
    fields = [f for r in json.loads(told.stdout)["records"] for f in r["fields"]]
    quoted = next(f for f in fields if f["field"] == "description")

    assert quoted["old"] == f"{SECRET} of Harbourtown."
    assert quoted["new"] == f"{SECRET} of Harbourtown twice."
    assert "confidential" in told.stderr


ROWS = [
    ["FragmentID", "Outcome description", "Year", "Unintended", "Country", "Link to outputs", "N"],
    ["LAKE/1", "Fishers agreed.\nIn writing.", 2022, True, "Mali", "1.4.1", 3],
    ["LAKE/2", "A school opened.", 2021.0, False, "Benin", "1.10", 2.5],
    ["LAKE/3", "A law was passed.", "2020", "yes", "Niger", "Outcome 1.4", "x"],
]  # fmt: skip


def test_two_formats_of_one_content_do_not_differ(tmp_path):
    """A workbook, CSV with semicolons in cp1252, JSON: numbers and booleans as each has them."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with (tmp_path / "b.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    tree = [dict(zip(ROWS[0], row, strict=True)) for row in reversed(ROWS[1:])]
    (tmp_path / "c.json").write_text(json.dumps(tree), "utf-8")
    found = {
        (one, other): kg.diff(tmp_path / one, tmp_path / other, project=tmp_path)
        for one in ("a.xlsx", "b.csv", "c.json")
        for other in ("a.xlsx", "b.csv", "c.json")
    }

    assert {pair: len(f.records) for pair, f in found.items()} == dict.fromkeys(found, 0)
    assert {f.unchanged for f in found.values()} == {3}


def test_csv_and_json_say_the_same(files):
    """One line a cell that differs, one for a record that came or went; no words."""
    rows = list(
        csv.DictReader(io.StringIO(run(files, "old.csv", "new.csv", "--format=csv").stdout))
    )
    told = run(files, "old.csv", "new.csv", "--format", "json").stdout
    records = json.loads(told)["records"]

    assert [(r["change"], r["key"], r["field"]) for r in rows] == [
        (r["change"], r["key"], f["field"]) for r in records for f in r["fields"] or [{"field": ""}]
    ]
    assert [(r["old_row"], r["new_row"]) for r in records] == [(None, 2), (2, 3), (3, None)]
    assert "Zephyrina" not in told + repr(rows)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_file_holds_what_the_screen_would(files, form):
    """-o FILE; nothing on stdout then."""
    told = run(files, "old.csv", "new.csv", "--format", form, "-o", "out")

    assert (told.returncode, told.stdout) == (0, "")
    assert "Substantiated" in (files / "out").read_text("utf-8")


def test_a_file_that_is_not_there_is_one_clear_line(files):
    """Exit 1, and the name that was typed."""
    told = run(files, "old.csv", "none.csv")

    assert (told.returncode, told.stderr.count("error:"), "none.csv" in told.stderr) == (1, 1, True)


def test_one_file_alone_is_wrong_usage(files):
    """Exit 2."""
    assert run(files, "old.csv").returncode == 2


def test_the_python_interface_mirrors_it(files):
    """`kg.diff(old, new)`, also a second time."""
    for _ in range(2):
        found = kg.diff(files / "old.csv", files / "new.csv", project=files)

        assert found.counts["upgraded"] == 1
    with pytest.raises(SourceError):
        kg.diff(files / "old.csv", files / "none.csv", project=files)
