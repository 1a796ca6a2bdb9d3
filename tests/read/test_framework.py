"""What a programme promised."""

import datetime

import openpyxl
import pytest

from kg.errors import ConfigError
from kg.read.framework import codes_behind_date, read_framework

TABLE = (
    "kind,code,label,parent,programme,country,version,publish\n"
    "objective,CIV,Civic space is wider,,ABC,,,yes\n"
    "outcome,1.4,Defenders are safer,CIV,ABC,Mali,2,\n"
    "Output,1.4.1,Plans are in use,1.4,ABC,Mali,2,oui\n"
)


def read(tmp_path, data, name="framework.csv"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_framework(path)


def test_a_framework(tmp_path):
    """Every column, with the line it stands on; an absent version is 1."""
    entries, findings = read(tmp_path, TABLE)

    assert [
        (e.kind, e.code, e.parent, e.country, e.version, e.publish, e.line) for e in entries
    ] == [
        ("objective", "CIV", "", "", "1", True, 2),
        ("outcome", "1.4", "CIV", "Mali", "2", False, 3),
        ("output", "1.4.1", "1.4", "Mali", "2", True, 4),
    ]
    assert entries[1].label == "Defenders are safer"
    assert findings == ()


@pytest.mark.parametrize(
    "data",
    [
        TABLE.replace(",", ";").encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.encode("utf-16"),
        TABLE.replace("\n", "\r\n").encode(),
    ],
)
def test_as_spreadsheets_save_it(tmp_path, data):
    """Delimiter, mark and line breaks do not matter."""
    assert read(tmp_path, data) == read(tmp_path, TABLE)


def test_in_french_and_cp1252(tmp_path):
    """Headings and kinds in French, accents of Windows."""
    data = (
        "Niveau;Code;Intitulé\nObjectif spécifique;CIV;Élargir\n"
        "Résultat;1.4;Sûreté\nExtrant;1.4.1;Plans\n"
    )
    entries, _ = read(tmp_path, data.encode("cp1252"))

    assert [(e.kind, e.code, e.label) for e in entries] == [
        ("objective", "CIV", "Élargir"),
        ("outcome", "1.4", "Sûreté"),
        ("output", "1.4.1", "Plans"),
    ]


@pytest.mark.parametrize(
    "data", ["", "\n\n", "kind,code,label\n", "# comment\nkind,code,label\n# x\n"]
)
def test_an_empty_framework_is_none(tmp_path, data):
    """What `kg init` writes promises nothing."""
    assert read(tmp_path, data) == ((), ())


def test_three_columns_are_enough(tmp_path):
    """All others may be missing, in any order, beside columns of one's own."""
    entries, _ = read(tmp_path, "label,note,code,kind\nSafer,x,Outcome 1.4.,outcome\n")

    assert [(e.code, e.label, e.version) for e in entries] == [("1.4", "Safer", "1")]


def test_a_workbook(tmp_path):
    """As .xlsx, with a code shown as 1.10 and one that became a date."""
    book = openpyxl.Workbook()
    for row in (
        ["Results framework"],
        ["kind", "code", "label"],
        ["outcome", 1.1, "Ten"],
        ["outcome", datetime.datetime(2024, 4, 1), "Lost"],
        ["outcome", 2, "Two"],
    ):
        book.active.append(row)
    book.active["B3"].number_format = "0.00"
    path = tmp_path / "framework.xlsx"
    book.save(path)
    entries, findings = read_framework(path)

    assert [(e.code, e.line) for e in entries] == [("1.10", 3), ("2", 5)]
    assert [(f.reason, str(f.where)) for f in findings] == [
        ("date", "framework.xlsx, row 4, field code")
    ]
    assert "1.4 or 4.1" in findings[0].message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2024-04-01", ("1.4", "4.1")),
        ("2024-04-01T00:00:00", ("1.4", "4.1")),
        ("01/04/2024", ("1.4", "4.1")),
        ("1-Apr", ("1.4",)),
        ("01-avr.", ("1.4",)),
        ("4-août-24", ("4.8",)),
        ("Apr-01", ("1.4", "4.1")),
        ("2024-02-02", ("2.2",)),
        ("1.4", ()),
        ("1.4.1", ()),
        ("CIV", ()),
        ("SO-1", ()),
        ("1-person", ()),
    ],
)
def test_dates_that_were_codes(text, codes):
    """A date is told with the codes that it may have been; a code is none."""
    assert codes_behind_date(text) == codes


def test_a_code_that_stands_twice_is_told(tmp_path):
    """1.10 cut to 1.1 shows as a second 1.1 with another label; one scope is not another."""
    data = (
        "kind,code,label,country\noutcome,1.1,One,Mali\noutcome,1.1,Ten,Mali\n"
        "outcome,1.1,One,Niger\noutput,1.1,Other,Mali\n"
    )
    entries, findings = read(tmp_path, data)

    assert [e.line for e in entries] == [2, 4, 5]
    assert [(f.reason, f.where.row, "1.10" in f.message) for f in findings] == [
        ("code-twice", 3, True)
    ]


def test_of_two_lines_the_published_one_counts(tmp_path):
    """An unmarked line does not exist for a release: it may not push a marked one out."""
    data = "kind,code,label,publish\noutcome,1.1,Inside,\noutcome,1.1,Outside,yes\n"
    entries, _ = read(tmp_path, data)

    assert [(e.label, e.publish) for e in entries] == [("Outside", True)]


def test_lines_that_cannot_be_used_are_told_and_others_kept(tmp_path):
    """Unknown kind, no code, no label: each with its line and column."""
    data = "kind,code,label\nmilestone,1,a\noutcome,,b\noutcome,3,\noutcome,4,d\n"
    entries, findings = read(tmp_path, data)

    assert [e.code for e in entries] == ["3", "4"]
    assert [(f.reason, f.where.row, f.where.field) for f in findings] == [
        ("unknown-kind", 2, "kind"),
        ("code-missing", 3, "code"),
        ("label-missing", 4, "label"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [("kind,label\noutcome,a\n", "code"), ("kind,code,label,code\n", "twice"), ("x\n", "kind")],
)
def test_a_header_that_cannot_be_followed_is_an_error(tmp_path, data, told):
    """One line that names what is missing."""
    with pytest.raises(ConfigError, match=told) as caught:
        read(tmp_path, data)

    assert str(caught.value).startswith("framework.csv, row 1: ")


def test_a_missing_framework_is_an_error(tmp_path):
    """Named and not there."""
    with pytest.raises(ConfigError, match=r"framework\.csv: "):
        read_framework(tmp_path / "framework.csv")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("SO1", "SO1"), ("SO 1", "SO1"), ("OS-2", "OS2"), ("Objective 3", "3"), ("CIV", "CIV")],
)
def test_letters_that_make_an_objectives_code_stay(tmp_path, typed, code):
    """As records have it: "SO 1" is SO1 there, too, and so they meet."""
    table = f"kind,code,label,parent\nobjective,{typed},Safer streets,\n"
    entries, _ = read(tmp_path, table)

    assert [entry.code for entry in entries] == [code]


def test_a_parent_in_letters_is_the_objective(tmp_path):
    """Spaced or not, above and below are one code."""
    table = "kind,code,label,parent\nobjective,SO1,Streets,\noutcome,1.1,Lamps,SO 1\n"
    entries, findings = read(tmp_path, table)

    assert (entries[1].parent, findings) == (entries[0].code, ())
