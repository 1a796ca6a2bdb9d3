"""How a file is understood, before anything is built."""

import tomllib
from collections import Counter

import openpyxl
import pytest

from kg.errors import SourceError
from kg.read import Headings, inspect_source, read_source
from kg.read.near import How

HEADINGS = Headings.load()
DATA = (
    "ID;coutnry;Description;Type of change;Confidential;Region;Donor;Not confidential;\n"
    "1;Mali;The canary sang;Capacity  Policy;no;Gao;A;yes;\n"
    "2;Mali;The canary left;Capacity;no;;B;no;\n"
    "3;Niger;n/a;-;yes;;;no;\n"
)


@pytest.fixture
def seen(tmp_path):
    path = tmp_path / "harvest.csv"
    path.write_text(DATA)
    return inspect_source(path, headings=HEADINGS)


def column(inspection, field):
    return next(c for c in inspection.tables[0].columns if c.field == field)


def test_how_the_file_was_read(seen):
    """Kind, encoding, delimiter, header row, rows and rows without description."""
    table = seen.tables[0]

    assert (seen.format, seen.encoding, seen.delimiter) == ("text/csv", "utf-8", ";")
    assert (table.header, table.rows, table.rejected) == (1, 3, (("no description", 1),))


def test_each_column_with_how_it_was_understood(seen):
    """Heading, field, kind of match, and how many cells hold something."""
    assert (column(seen, "country").how, column(seen, "country").filled) == (How.CLOSE, 3)
    assert (column(seen, "region").how, column(seen, "region").filled) == (How.DOUBTFUL, 1)
    assert column(seen, "type_of_change").filled == 2
    assert len(seen.tables[0].columns) == 8


def test_coded_values_with_their_counts(seen):
    """As typed, the commonest first; marks of emptiness are no values."""
    assert column(seen, "country").values == (("Mali", 2), ("Niger", 1))
    assert dict(seen.values("type_of_change")) == {"Capacity": 1, "Capacity  Policy": 1}


def test_narrative_and_unknown_columns_show_no_words(seen):
    """What people wrote stays in the file."""
    assert "canary" not in repr(seen)
    assert column(seen, "donor").values == ()


def test_a_sentence_in_a_coded_column_is_counted_and_not_shown(tmp_path):
    """People type sentences into any cell."""
    path = tmp_path / "harvest.csv"
    path.write_text(f"ID,Country,Description\n1,{'canary ' * 40},Met\n")
    country = column(inspect_source(path, headings=HEADINGS), "country")

    assert (country.values, country.more, country.filled) == ((), 1, 1)


def test_the_lines_to_paste_are_toml_and_read_back(seen):
    """With the "#" taken away, a line settles its heading."""
    lines = [line.removeprefix("# ") for line in seen.settings if "asks the opposite" not in line]
    table = tomllib.loads("\n".join(lines))

    assert table == {"Region": "country", "Donor": "FIELD"}
    assert Headings.load({"Region": table["Region"]}).match("Region").field == "country"


def test_a_heading_turned_round_gets_no_line_that_would_clear_records(seen):
    """ "Not confidential" is never offered as the confidential column."""
    told = [line for line in seen.settings if "Not confidential" in line]

    assert told == ['# "Not confidential" asks the opposite of confidential']


def test_the_line_for_a_flag_in_doubt_says_what_it_would_do(tmp_path):
    """Whoever pastes it says that "no" lets a record out."""
    path = tmp_path / "harvest.csv"
    path.write_text("ID,Description,Confidential? Names removed\n1,They met.,no\n")
    (told,) = inspect_source(path, headings=HEADINGS).settings

    assert told == (
        '# "Confidential? Names removed" = "confidential"  '
        "# only if “no” in this column means: not confidential"
    )


def test_a_file_whose_description_is_not_understood_is_shown_all_the_same(tmp_path):
    """Otherwise nobody could name the column in kg.toml."""
    path = tmp_path / "harvest.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Kod", "Opis zmiany", "Kraj"])
    book.active.append(["1", "Met", "Mali"])
    book.save(path)
    seen = inspect_source(path, headings=HEADINGS)

    assert [c.heading for c in seen.tables[0].columns] == ["Kod", "Opis zmiany", "Kraj"]
    assert '# "Opis zmiany" = "FIELD"' in " ".join(seen.settings)


def test_what_cannot_be_read_cannot_be_inspected(tmp_path):
    """The same one line as in a build."""
    with pytest.raises(SourceError, match="no such file"):
        inspect_source(tmp_path / "nowhere.csv", headings=HEADINGS)


def test_rows_are_rejected_as_a_build_rejects_them(tmp_path):
    """Totals, repeated headers and rows without description, each by its own reason."""
    path = tmp_path / "t.csv"
    head = "Fragment ID,Country,Outcome description\n"
    path.write_text(f"{head}1,Mali,They met.\n2,Mali,\n{head}Total,2,\n", "utf-8")
    (table,) = inspect_source(path, headings=HEADINGS).tables
    built = Counter(rejection.reason for rejection in read_source(path, headings=HEADINGS).rejected)

    assert dict(table.rejected) == built
    assert set(built) == {"no description", "a row of totals", "the heading row once more"}
    assert dict(column(inspect_source(path, headings=HEADINGS), "country").values) == {"Mali": 2}


def test_a_header_that_is_repeated_with_other_headings_is_shown_too(tmp_path):
    """Each heading with its own count and its own values, whichever header it stands in.

    The flag stands in its place there, too: a row that answers it is a record's, and withheld ones
    may change nothing.
    """
    path = tmp_path / "a.csv"
    path.write_text(
        "ID,Country,Outcome description,Confidential\nA1,Mali,Told,no\nA2,Mali,Told,no\n\n"
        "ID,Pays,Description,Confidential\nA3,Niger,Told,no\n",
        encoding="utf-8",
    )
    found = inspect_source(path, headings=Headings.load())
    (table,) = found.tables
    filled = {column.heading: column.filled for column in table.columns}

    assert (filled["ID"], filled["Country"], filled["Pays"]) == (3, 2, 1)
    assert (filled["Outcome description"], filled["Description"]) == (2, 1)
    assert found.values("country") == {"Mali": 2, "Niger": 1}


def test_records_with_headings_of_their_own_are_all_counted(tmp_path):
    """One column for a field, whatever each text block calls it."""
    path = tmp_path / "a.txt"
    path.write_text(
        "Country: Mali\nOutcome description: Told\n---\nPays: Niger\nDescription: Told\n", "utf-8"
    )
    found = inspect_source(path, headings=Headings.load())

    assert found.values("country") == {"Mali": 1, "Niger": 1}
