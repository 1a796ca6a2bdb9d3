"""Tables of Markdown, as sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import Headings, inspect_source, read_source
from kg.read.markdown import cells, markdown_parts
from kg.read.written import WrittenTable

HEADINGS = Headings.load()
HEAD = "| Fragment ID | Outcome description | Confidential |\n|:---|---|:-:|\n"


def read(tmp_path, text, name="notes.md"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_source(path, headings=HEADINGS)


def values(reading, field="description"):
    return [(r.row, r.value(field)) for r in reading.records]


def test_a_table_is_read_as_a_sheet(tmp_path):
    """A record a row, its row the line of the file; the row of dashes is none."""
    reading = read(tmp_path, f"# Round 1\n\nWhat we saw.\n\n{HEAD}| A1 | They met. | no |\n")
    (record,) = reading.records

    assert [(c.field, c.text) for c in record.cells] == [
        ("fragment_id", "A1"),
        ("description", "They met."),
        ("confidential", "no"),
    ]
    assert (record.row, record.format) == (7, "text/markdown")


def test_several_tables_and_blocks_of_one_file_are_all_read(tmp_path):
    """Each with its own header; a table of something else stays text, and is told."""
    text = (
        f"{HEAD}| A1 | They met. | no |\n\n"
        "| Word | Meaning |\n|---|---|\n| OH | harvest |\n\n"
        "Pays | Description de l’incidence\n--- | ---\nMali | Ils ont voté.\n\n"
        "---\n**Outcome description**: They left.\n**Confidential**: no\n"
    )
    reading = read(tmp_path, text)

    assert values(reading) == [(3, "They met."), (11, "Ils ont voté."), (14, "They left.")]
    assert "text-outside-records" in [f.reason for f in reading.findings]


def test_a_table_of_headings_and_values_is_a_form(tmp_path):
    """As in a Word document: the headings stand in the first column."""
    text = (
        "| Outcome status | Outcome |\n|---|---|\n| Outcome description | They met. |\n"
        "| Country | Mali |\n| Confidential | no |\n"
    )
    (record,) = read(tmp_path, text).records

    assert (record.value("country"), record.value("confidential")) == ("Mali", "no")


def test_bars_breaks_and_missing_edges(tmp_path):
    r"""`\|` is a bar of the text, `<br>` a new line; the outer bars may be missing."""
    text = (
        "Fragment ID | Outcome description | Confidential\n:-- | :--: | --:\n"
        "A1 | Yes \\| no: C:\\dir<br>and<BR/>more | no\n"
    )
    (record,) = read(tmp_path, text).records

    assert record.value("description") == "Yes | no: C:\\dir\nand\nmore"


def test_a_row_with_a_bar_too_many_does_not_clear_itself(tmp_path):
    """An unmasked bar moves the cells to its right: the flag may be another one's."""
    reading = read(tmp_path, f"{HEAD}| A1 | He said a | b | no |\n| A2 | They met. | no |\n")

    assert [r.value("confidential") for r in reading.records] == ["", "no"]
    assert "row-too-long" in [f.reason for f in reading.findings]


def test_a_table_inside_what_somebody_tells_stays_there(tmp_path):
    """It is a table of something else: not a word of a record is lost."""
    told = "Votes:\n| Yes | No |\n|---|---|\n| 7 | 2 |\nand then they left."
    (record,) = read(tmp_path, f"**Outcome description**: {told}\n**Confidential**: no\n").records

    assert record.value("description") == told


def test_code_between_fences_and_plain_bars_are_no_table(tmp_path):
    """Nor is a line with a bar above a rule."""
    with pytest.raises(SourceError, match="no record found"):
        read(tmp_path, f"```\n{HEAD}| A1 | They met. | no |\n```\na | b\n---\n")


def test_the_same_in_a_text_file(tmp_path):
    """An e-mail may hold one, too."""
    reading = read(tmp_path, f"Dear all,\n\n{HEAD}| A1 | They met. | no |\n\nBest", "mail.txt")

    assert values(reading) == [(5, "They met.")]


def test_inspect_shows_a_table_that_nobody_understands(tmp_path):
    """With its headings, so that they can be named in kg.toml."""
    path = tmp_path / "odd.md"
    path.write_text("| Wat | Wie dan |\n|---|---|\n| They met. | Ada |\n", "utf-8")
    found = inspect_source(path, headings=HEADINGS)

    assert [c.heading for c in found.tables[0].columns] == ["Wat", "Wie dan"]
    assert any('"Wie dan"' in line for line in found.settings)


@given(st.lists(st.text(st.characters(exclude_characters="\n\r\\<")), min_size=2, max_size=5))
def test_any_cells_come_back(texts):
    """What masks its bars is read as it was, but for outer space."""
    line = "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"

    assert cells(line) == tuple(text.strip(" \t") for text in texts)


@given(
    st.lists(st.sampled_from(["| a | b |", "|---|---|", "---", "", "a", "```", "a|b", "|", "||"]))
)
def test_no_line_is_lost_or_told_twice(lines):
    """Lines between tables and lines of tables are all lines."""
    parts = markdown_parts(lines, wanted=bool)
    counted = sum(p.lines if isinstance(p, WrittenTable) else len(p.lines) for p in parts)

    assert counted == len(lines)
