"""Text blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import Headings, read_source

HEADINGS = Headings.load()


def read(tmp_path, text, name="harvest.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_source(path, headings=HEADINGS)


def values(record):
    return {cell.field: cell.text for cell in record.cells}


ONE = """\
**FragmentID**: H-<redacted>/ABC001
**coutnry**: Mali
**Outcome description**: The council in <LOC> opened its sessions.
**Additional information (use if needed) **: One line,

another one. Result: they stayed. Country: not a key here.
**Evidence**:
**Confidential**: 1.0
"""


def test_one_record(tmp_path):
    """Keys, values over several lines, empty values and marks of redaction come as they stand."""
    record = read(tmp_path, ONE).records[0]

    assert record.row == 1
    assert values(record) == {
        "fragment_id": "H-<redacted>/ABC001",
        "country": "Mali",
        "description": "The council in <LOC> opened its sessions.",
        "additional": "One line,\n\nanother one. Result: they stayed. Country: not a key here.",
        "evidence": "",
        "confidential": "1.0",
    }


def test_headings_stay_as_typed(tmp_path):
    """The raw heading stands beside the field, its trailing space too."""
    headings = [cell.heading for cell in read(tmp_path, ONE).records[0].cells]

    assert headings[1] == "coutnry"
    assert headings[3] == "Additional information (use if needed) "


def test_a_word_with_a_colon_inside_a_value_is_no_key(tmp_path):
    """In a record with ** only ** opens a key, at the start of a line alone."""
    text = (
        "**ID**: 1\n**Description**: First.\nCountry: Mali is named. **Year**: inside\n"
        "**Year**: 2022\n"
    )
    found = values(read(tmp_path, text).records[0])

    assert found["description"] == "First.\nCountry: Mali is named. **Year**: inside"
    assert found["year"] == "2022"


@pytest.mark.parametrize("between", ["", "\n", "\n\n", "---\n", "\n---\n\n", "***\n", "=====\n"])
def test_many_records(tmp_path, between):
    """A repeated key or a separator begins the next record, with its own line."""
    record = "**ID**: {}\n**Description**: The {} change.\n**Confidential**: no\n"
    text = between.join(record.format(n, word) for n, word in ((1, "first"), (2, "second")))
    records = read(tmp_path, text).records

    assert [r.value("description") for r in records] == ["The first change.", "The second change."]
    assert [r.row for r in records] == [1, 4 + between.count("\n")]


@pytest.mark.parametrize(
    "line",
    [
        "**Country**: Mali",
        "**Country:** Mali",
        "**Pays** : Mali",
        "- **Country**: Mali",
        "* **Country**:Mali",
        "__Country__: Mali",
        "**Country**\uff1a Mali",
        "  **Country** :\u00a0Mali",
    ],
)
def test_the_ways_of_writing_a_key(tmp_path, line):
    """Emphasis, list marks and colons as text programs write them."""
    record = read(tmp_path, f"**ID**: 1\n{line}\n**Description**: They met.\n").records[0]

    assert record.value("country").strip() == "Mali"


def test_without_emphasis_only_known_headings_open_a_key(tmp_path):
    """A file without ** is read by the headings that are known at the start of a line."""
    text = (
        "ID: 1\nCountry: Mali\nDescription: The council met.\nBackground note: it was raining.\n"
        "At 10:30 it ended.\nYear: 2022\nConfidential: no\nID: 2\nDescription: They left.\n"
    )
    first, second = read(tmp_path, text).records

    assert first.value("description") == (
        "The council met.\nBackground note: it was raining.\nAt 10:30 it ended."
    )
    assert (first.value("year"), first.value("confidential")) == ("2022", "no")
    assert (second.row, second.value("description")) == (8, "They left.")


def test_an_unknown_key_behind_a_short_answer_does_not_run_into_it(tmp_path):
    """ "District: …" below "Country: …" is a column of its own, not part of the country."""
    text = "ID: 1\nCountry: Mali\nDistrict: Gao\nDescription: They met.\n"
    record = read(tmp_path, text).records[0]

    assert (record.value("country"), record.value("district")) == ("Mali", "Gao")


def test_the_project_teaches_a_key(tmp_path):
    """`[headings]` works for keys as for columns."""
    path = tmp_path / "harvest.txt"
    path.write_text("ID: 1\nKurzfassung: They met.\nJahr: 2022\n")
    headings = Headings.load({"Kurzfassung": "description", "Jahr": "year"})
    record = read_source(path, headings=headings).records[0]

    assert values(record) == {"fragment_id": "1", "description": "They met.", "year": "2022"}


def test_text_before_the_first_record_is_told(tmp_path):
    """Nothing is dropped silently, not even a title."""
    reading = read(tmp_path, "# Harvest 2\n\nAll countries.\n\n" + ONE)
    found = [f for f in reading.findings if f.reason == "text-outside-records"]

    assert (reading.rows_read, reading.records[0].row) == (1, 5)
    assert [f.where.row for f in found] == [1]


def test_titles_between_records_belong_to_no_value(tmp_path):
    """A Markdown title above a record does not run into the flag of the one before."""
    record = "## Title {0}\n\n**ID**: {0}\n**Description**: a\n**Confidential**: no\n\n"
    text = record.format(1) + record.format(2)
    records = read(tmp_path, text, "harvest.md").records

    assert [r.value("confidential") for r in records] == ["no", "no"]


def test_a_title_inside_a_value_stays(tmp_path):
    """A line with # that no key follows is part of the text."""
    text = "**ID**: 1\n**Description**: First.\n# 3 on the list\nand more.\n"

    assert (
        read(tmp_path, text).records[0].value("description") == "First.\n# 3 on the list\nand more."
    )


class TestFlagsThatMayBelongToTwoRecords:
    """Behind a blank line and above the next id, a flag may be the next record's."""

    def test_it_clears_neither(self, tmp_path):
        """Ambiguous means confidential, and is told."""
        text = (
            "**ID**: 1\n**Description**: a\n\n**Confidential**: no\n**ID**: 2\n**Description**: b\n"
        )
        reading = read(tmp_path, text)

        assert [r.value("confidential") for r in reading.records] == ["", None]
        assert "doubtful-flag" in {f.reason for f in reading.findings}

    def test_it_counts_where_the_next_record_has_its_own(self, tmp_path):
        """A stray blank line in a record does not withhold it."""
        record = "**ID**: {}\n**Description**: a\n\n**Confidential**: no\n"
        reading = read(tmp_path, record.format(1) + record.format(2))

        assert [r.value("confidential") for r in reading.records] == ["no", "no"]


def test_mixed_encodings_line_by_line(tmp_path):
    """One line in cp1252 leaves the others as they are, and is told."""
    text = "**ID**: é\n".encode() + "**Description**: Les élus\n".encode("cp1252")
    reading = read(tmp_path, text)

    assert values(reading.records[0]) == {"fragment_id": "é", "description": "Les élus"}
    assert "encoding-guessed" in {f.reason for f in reading.findings}


def test_a_text_without_records_says_what_was_expected(tmp_path):
    """One clear line, with the next step, and no words of the file."""
    with pytest.raises(SourceError, match=r"Outcome description.*\.csv") as caught:
        read(tmp_path, "Dear all, please find the canary harvest attached.\n")

    assert "canary" not in str(caught.value)


@given(st.lists(st.text(alphabet="*:ab \n-#", max_size=12), max_size=30))
def test_any_lines_are_read_without_losing_a_record(tmp_path_factory, lines):
    """Rows read are rows kept and rejected, whatever stands between the keys."""
    path = tmp_path_factory.mktemp("text") / "any.txt"
    path.write_text("**Description**: kept\n" + "\n".join(lines), encoding="utf-8")
    reading = read_source(path, headings=HEADINGS)

    assert reading.rows_read == len(reading.records) + len(reading.rejected) >= 1
    assert reading.records[0].value("description").startswith("kept")


def test_a_numbered_outcome_opens_the_record_that_its_description_belongs_to(tmp_path):
    """The number above a description parts the records, and is none itself."""
    path = tmp_path / "mail.txt"
    path.write_text(
        "Outcome: 1\nCountry: Mali\nOutcome description: They met.\nConfidential: no\n\n"
        "Outcome: 2\nCountry: Niger\nOutcome description: They left.\nConfidential: yes\n",
        "utf-8",
    )
    records = read_source(path, headings=Headings.load()).records

    assert [(r.value("country"), r.value("description")) for r in records] == [
        ("Mali", "They met."),
        ("Niger", "They left."),
    ]


@pytest.mark.parametrize(
    "key", ["Code", "Reference", "Identifier", "Outcome number", "Outcome code", "Ref"]
)
@pytest.mark.parametrize("written", ["{}: {}\n", "**{}**: {}\n", "- **{}:** {}\n\n"])
def test_another_id_inside_a_record_opens_none(tmp_path, key, written):
    """Records begin with the key that the first one began with; the second id is asked about."""
    told = "".join(
        written.format(name, value)
        for n in (1, 2)
        for name, value in (
            *(("Outcome ID", f"A-{n}"), ("Country", "Mali"), (key, f"1.{n}")),
            *(("Description", f"The mayor of Ala signed {n}."), ("Confidential", "no")),
        )
    )
    reading = read(tmp_path, told)

    assert [(r.value("fragment_id"), r.value("country")) for r in reading.records] == [
        ("A-1", "Mali"),
        ("A-2", "Mali"),
    ]
    assert [r.value("description")[-2:] for r in reading.records] == ["1.", "2."]
    assert {f.reason for f in reading.findings} & {"two-columns-one-field", "code-beside-id"}


@pytest.mark.parametrize("ids", [("Outcome ID", "Reference"), ("ID", "Identifiant")])
def test_an_id_in_other_words_opens_a_record_that_says_all_again(tmp_path, ids):
    """Records of two people, who call the id differently, stay two."""
    told = "\n".join(
        f"{key}: {n}\nCountry: Mali\nDescription: They met {n}.\nConfidential: no\n"
        for n, key in enumerate(ids, start=1)
    )
    records = read(tmp_path, told).records

    assert [(r.row, r.value("fragment_id"), r.value("description")) for r in records] == [
        (1, "1", "They met 1."),
        (6, "2", "They met 2."),
    ]


def test_a_line_of_spaces_costs_nothing(tmp_path):
    """However long it is, and whatever stands at its end."""
    path = tmp_path / "spaces.txt"
    lines = ["Outcome description: They met.", " " * 200_000 + "|x", "a" + " " * 200_000 + "x: y"]
    path.write_text("\n".join([*lines, "Confidential: no"]), "utf-8")
    (record,) = read_source(path, headings=Headings.load()).records

    assert record.value("confidential") == "no"
    assert len(record.value("description")) > 400_000


@pytest.mark.parametrize(
    "line", ["- Confidential: no", "* Confidential: no", "2. Confidential: no"]
)
def test_a_line_of_a_list_answers_in_a_record_of_bold_keys(line, tmp_path):
    """It is no part of the description above it."""
    path = tmp_path / "a.md"
    path.write_text(f"**Country**: Chad\n**Outcome description**: It ruled.\n{line}\n", "utf-8")
    (record,) = read_source(path, headings=Headings.load()).records

    assert record.value("confidential") == "no"
    assert record.value("description") == "It ruled."


@pytest.mark.parametrize(
    "line",
    [
        "- Result: they signed",
        "- Evidence: a letter",
        "- Country: Mali",
        "Confidential: no",
        "- Confidential:",
    ],
)
def test_another_line_of_a_list_stays_in_the_text(line, tmp_path):
    """An unknown heading, a narrative, what the record has said: part of what somebody tells."""
    path = tmp_path / "a.md"
    path.write_text(f"**Country**: Chad\n**Outcome description**: It ruled.\n{line}\n", "utf-8")
    (record,) = read_source(path, headings=Headings.load()).records

    assert record.value("description") == f"It ruled.\n{line}"
    assert record.value("country") == "Chad"


def test_what_a_table_of_the_same_file_says_is_not_denied(tmp_path):
    """The text alone lacks a flag; the table has one."""
    path = tmp_path / "a.md"
    path.write_text(
        "**Country**: Chad\n**Outcome description**: It ruled.\n\n"
        "| ID | Outcome description | Confidential |\n|---|---|---|\n| B1 | It spoke. | no |\n",
        "utf-8",
    )
    found = read_source(path, headings=Headings.load()).findings
    (told,) = [f.message for f in found if f.reason == "no-confidential-column"]

    assert told.startswith("The text of the file has no column")
