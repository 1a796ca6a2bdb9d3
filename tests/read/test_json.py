"""JSON and JSON Lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.audience import says_no
from kg.errors import SourceError
from kg.read import Headings, inspect_source, read_source

HEADINGS = Headings.load()
ROW = {"Fragment ID": "1", "Outcome description": "They met", "Confidential": "no"}


def read(tmp_path, content, name="harvest.json"):
    path = tmp_path / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return read_source(path, headings=HEADINGS)


def cells(record):
    return {cell.field: cell.text for cell in record.cells}


def test_a_list_of_objects(tmp_path):
    """Each object is a record; its row is its position."""
    reading = read(tmp_path, [ROW, {**ROW, "Fragment ID": "2"}])

    assert [(r.row, r.value("fragment_id")) for r in reading.records] == [(1, "1"), (2, "2")]


def test_an_object_with_one_list_of_objects(tmp_path):
    """What stands around the records is left out."""
    reading = read(tmp_path, {"exported": "2024", "tags": ["a"], "results": [ROW]})

    assert [r.value("description") for r in reading.records] == ["They met"]


def test_numbers_stay_as_typed(tmp_path):
    """A code 1.10 is not 1.1, and a long id loses no digit."""
    text = (
        '[{"description": "Met", "Link to results framework": 1.10, '
        '"ID": 12345678901234567890, "confidential": false, "Negative": true}]'
    )

    assert cells(read(tmp_path, text).records[0]) == {
        "description": "Met",
        "framework_link": "1.10",
        "fragment_id": "12345678901234567890",
        "confidential": "false",
        "negative": "true",
    }


def test_null_is_a_blank_cell_and_a_missing_key_is_none(tmp_path):
    """A blank flag never clears; a missing one is answered by kg.toml alone."""
    reading = read(tmp_path, [{**ROW, "Confidential": None}, {"Outcome description": "Left"}])

    assert [r.value("confidential") for r in reading.records] == ["", None]


def test_nested_values(tmp_path):
    """Several choices are one a line; what is nested deeper stays compact JSON."""
    record = {**ROW, "Social actor": ["Women", "Youth"], "More": {"a": [1, {"b": None}], "é": "x"}}
    found = cells(read(tmp_path, [record]).records[0])

    assert found["social_actor"] == "Women\nYouth"
    assert found["more"] == '{"a":[1,{"b":null}],"é":"x"}'


def test_a_key_that_stands_twice_loses_nothing(tmp_path):
    """A record is open only where both flags say so."""
    text = '[{"description": "Met", "confidential": "no", "Confidential": "yes"}]'

    assert read(tmp_path, text).records[0].value("confidential") == "no | yes"


def test_what_is_no_object_is_rejected(tmp_path):
    """Rows read are rows kept and rows rejected."""
    reading = read(tmp_path, [ROW, 3, "text", {"Fragment ID": "4"}])

    assert [(r.where.row, r.reason) for r in reading.rejected] == [
        (2, "no JSON object"),
        (3, "no JSON object"),
        (4, "no description"),
    ]
    assert reading.rows_read == 4


def test_a_broken_line_costs_itself_alone(tmp_path):
    """JSON Lines: a row is its line."""
    lines = f'{json.dumps(ROW)}\n\n{{"Fragment ID": \n{json.dumps(ROW)}\n'
    reading = read(tmp_path, lines, name="harvest.jsonl")

    assert [r.row for r in reading.records] == [1, 4]
    assert [(r.where.row, r.reason) for r in reading.rejected] == [(3, "not readable as JSON")]


def test_utf_16_and_a_mark(tmp_path):
    """A mark settles the encoding here too."""
    path = tmp_path / "harvest.json"
    path.write_bytes(json.dumps([{"Année": 2022, "Effet": "Réuni"}]).encode("utf-16"))

    assert read_source(path, headings=HEADINGS).records[0].value("year") == "2022"


def test_inspect_shows_keys(tmp_path):
    """Also of a file in which no key is known."""
    path = tmp_path / "harvest.json"
    path.write_text('[{"Foo": 1, "Bar": 2}]')
    view = inspect_source(path, headings=HEADINGS)

    assert [column.heading for column in view.tables[0].columns] == ["Foo", "Bar"]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[1, 2]",
        "[]",
        '"text"',
        '{"a": [{"x": 1}], "b": [{"x": 1}]}',
        '[{"Foo": 1}]',
        "[" * 100_000,
        '[{"description": ' + "[" * 900 + "]" * 900 + "}]",
        '{"a":' * 100_000,
        "NaN",
    ],
)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_what_is_no_harvest_is_refused_in_one_line(tmp_path, content, suffix):
    """Nested without end, cut off, or something else: no traceback, no word of the file."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, content, name=f"harvest{suffix}")

    assert str(caught.value).startswith("harvest.json")
    assert "\n" not in str(caught.value)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(description=texts.filter(str.strip), other=texts)
def test_any_text_comes_back(tmp_path_factory, description, other):
    """But for characters that no file format can carry."""
    folder = tmp_path_factory.mktemp("json")
    reading = read(folder, [{"description": description, "Remark X": other}])
    kept = [cell.text for record in reading.records for cell in record.cells]
    if "\ufffd" not in "".join(kept) and kept:
        assert kept == [description, other]


@pytest.mark.parametrize(
    "item",
    [
        {"a": {"outcome_id": "N-1"}, "b": {"outcome_description": "They met", "x": {"y": 1}}},
        {"properties": {"deep": {"outcome_id": "N-1", "outcome_description": "They met"}}},
    ],
)
def test_groups_of_a_form_are_headings_with_a_name_before(tmp_path, item):
    """As form servers nest them; a group without a known heading stays as it is."""
    (record,) = read(tmp_path, [item]).records

    assert (record.value("fragment_id"), record.value("description")) == ("N-1", "They met")


@pytest.mark.parametrize("name", ["outcomes", "Outcomes", "incidences"])
def test_of_several_lists_the_one_that_says_so_holds_the_records(name, tmp_path):
    """Beside lists of something else, as an export of a whole database has them."""
    path = tmp_path / "a.json"
    tree = {"users": [{"id": 1}], name: [{"ID": "A1", "Outcome description": "It spoke."}]}
    path.write_text(json.dumps(tree), "utf-8")
    (record,) = read_source(path, headings=Headings.load()).records

    assert record.value("description") == "It spoke."


def test_of_two_lists_that_say_so_neither_is_taken(tmp_path):
    """No guess."""
    path = tmp_path / "a.json"
    one = [{"ID": "A1", "Outcome description": "It spoke."}]
    path.write_text(json.dumps({"outcomes": one, "records": one}), "utf-8")

    with pytest.raises(SourceError):
        read_source(path, headings=Headings.load())


@pytest.mark.parametrize(
    ("flag", "open_"),
    [
        ({"confidential": "no"}, True),
        ({"level": "yes", "reviewed": "no"}, False),
        ({"confidential": "no", "reviewed": "no"}, False),
        ({"confidential": "no", "more": {"this": "no"}}, False),
        ({"checked": "no"}, False),
        ({"is_confidential": "no", "confidential": "yes"}, False),
    ],
)
def test_an_object_under_the_flag_is_open_only_where_each_of_its_keys_is_the_flag(
    tmp_path, flag, open_
):
    """ "reviewed: no" is no answer to what is confidential."""
    record = read(tmp_path, [{**ROW, "Confidential": flag}]).records[0]

    assert says_no(record.value("confidential")) is open_
