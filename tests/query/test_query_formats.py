"""Answers as text and bytes: W3C's formats to the letter, tables for people, stable bytes."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, Triple

from kg.errors import UsageError
from kg.query import prepare, run
from kg.query.answer import Answer, from_json, from_triples, plain_value
from kg.query.formats import FORMATS, render, shown
from kg.query.workbook import workbook
from kg.vocab import XSD

SUITE = Path(__file__).parents[3] / "shared" / "testdata" / "w3c-sparql11"
CASES = [
    ("csv-tsv-res", "csvtsv01.rq", "data.ttl", "csvtsv01.csv"),
    ("csv-tsv-res", "csvtsv02.rq", "data.ttl", "csvtsv02.csv"),
    ("csv-tsv-res", "csvtsv01.rq", "data2.ttl", "csvtsv03.csv"),
    ("csv-tsv-res", "csvtsv01.rq", "data.ttl", "csvtsv01.tsv"),
    ("csv-tsv-res", "csvtsv02.rq", "data.ttl", "csvtsv02.tsv"),
    ("csv-tsv-res", "csvtsv01.rq", "data2.ttl", "csvtsv03.tsv"),
    ("json-res", "jsonres01.rq", "data.ttl", "jsonres01.srj"),
    ("json-res", "jsonres02.rq", "data.ttl", "jsonres02.srj"),
    ("json-res", "jsonres03.rq", "data.ttl", "jsonres03.srj"),
    ("json-res", "jsonres04.rq", "data.ttl", "jsonres04.srj"),
]

TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "a,b", 'say "hi"', "a|b\nc", "<b>&", "[red]x", ""]


@pytest.fixture
def answer() -> Answer:
    """One row for each text that some format could take for something else."""
    rows = [
        (NamedNode(f"https://example.org/t/{i}"), Literal(text), Literal(i))
        for i, text in enumerate(TEXTS)
    ]
    last = (None, Literal("été", language="fr"), Literal(Decimal("1.50")))
    return Answer("select", columns=("thing", "text", "n"), rows=(*rows, last))


def test_all_cases_of_the_suite_are_tried() -> None:
    """Ten of ten."""
    assert len(CASES) == 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[3])
def test_w3c(case: tuple[str, str, str, str]) -> None:
    """The suite of SPARQL 1.1: its queries pass the gate, its results are ours."""
    folder, asked, data, expected = case
    here = SUITE / folder
    if not here.is_dir():
        pytest.skip(f"W3C test data are not beside the checkout ({here}); not tried")
    prepared = prepare((here / asked).read_text("utf-8"), {}, library={}, select=lambda _sparql: ())
    found = run(prepared, trig=here / data, cache=None)
    form = {"srj": "json"}.get(expected.rpartition(".")[2], expected.rpartition(".")[2])
    text = render(found, form)
    wanted = (here / expected).read_bytes().decode("utf-8")
    assert isinstance(text, str)

    assert list(_rows(text, form)) == list(_rows(wanted, form))


def _rows(text: str, form: str) -> Iterator[list[str]]:
    """Rows with numbers by value and blank nodes by position, as the suite compares them."""
    if form == "csv":
        for row in csv.reader(io.StringIO(text, newline="")):
            yield [_even(cell) for cell in row]
        return
    kind = {"tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}[form]
    results = pyoxigraph.parse_query_results(text.encode(), format=kind)
    if isinstance(results, pyoxigraph.QueryBoolean):
        yield [str(bool(results))]
        return
    yield [variable.value for variable in results.variables]
    for solution in results:
        yield [
            "_:" if isinstance(t, BlankNode) else f"{type(t).__name__} {_even(str(plain_value(t)))}"
            for t in solution
        ]


def _even(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"
    return str(float(cell)) if re.fullmatch(r"-?[0-9.]+([eE][0-9]+)?", cell) else cell


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_w3c_formats_give_the_terms_back(answer: Answer, form: str) -> None:
    """What is written can be read: nothing is escaped for spreadsheets, nothing lost."""
    text = render(answer, form)
    assert isinstance(text, str)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[0] == list(answer.columns)
        assert [tuple(row) for row in rows[1:]] == answer.strings()
        return
    kind = {"tsv": "TSV", "json": "JSON", "xml": "XML"}[form]
    read = pyoxigraph.parse_query_results(text.encode(), format=getattr(QueryResultsFormat, kind))

    assert tuple(tuple(row) for row in read) == answer.rows


@pytest.mark.parametrize("truth", [True, False])
def test_ask(truth: bool) -> None:
    """Yes or no in every format that can hold it."""
    answer = Answer("ask", boolean=truth)
    word = "true" if truth else "false"

    assert json.loads(render(answer, "json")) == {"head": {}, "boolean": truth}
    assert f"<boolean>{word}</boolean>" in str(render(answer, "xml"))
    assert render(answer, "csv") == render(answer, "tsv") == f"{word}\n"
    assert render(answer, "table") == ("yes\n" if truth else "no\n")
    assert from_json(answer.as_json()) == answer


def test_graph_formats_are_sorted() -> None:
    """The same triples in any order give the same bytes, and come back."""
    triples = [
        Triple(NamedNode(f"https://example.org/{i}"), NamedNode(XSD + "p"), Literal(f"{i}"))
        for i in range(9)
    ]
    lines = "".join(f"{t} .\n" for t in triples)
    backwards = "".join(f"{t} .\n" for t in reversed(triples + triples[:3]))
    one, other = from_triples(lines.encode()), from_triples(backwards.encode())

    assert one == other
    for form in ("ttl", "nt", "jsonld", "rdfxml"):
        text = str(render(one, form))
        assert text == render(other, form)
        kind = {
            "ttl": pyoxigraph.RdfFormat.TURTLE,
            "nt": pyoxigraph.RdfFormat.N_TRIPLES,
            "jsonld": pyoxigraph.RdfFormat.JSON_LD,
            "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
        }[form]
        assert {q.triple for q in pyoxigraph.parse(text.encode(), format=kind)} == set(triples)


def test_a_property_that_xml_cannot_name_is_told() -> None:
    """RDF/XML makes elements of properties; one that ends in a number would be no element."""
    graph = from_triples(b'<http://a/x> <http://a/1> "a" .')

    with pytest.raises(UsageError, match="expected one of ttl, nt, jsonld"):
        render(graph, "rdfxml")


def test_formats_that_do_not_fit_are_refused(answer: Answer) -> None:
    """A usage error that lists what fits."""
    refused = 0
    answers = (answer, Answer("ask", boolean=True), Answer("graph"))
    for found in answers:
        for form in sorted({f for fitting in FORMATS.values() for f in fitting}):
            if form in FORMATS[found.kind]:
                render(found, form)
                continue
            with pytest.raises(UsageError, match=r"expected one of table"):
                render(found, form)
            refused += 1

    assert refused > 10


def test_table_is_readable_at_80_columns(answer: Answer) -> None:
    """No line is wider; markup in data is shown, not obeyed; control characters are not."""
    text = str(render(answer, "table", width=80))

    assert max(len(line) for line in text.splitlines()) <= 80
    assert "[red]x" in text
    assert "\x1b" not in str(
        render(Answer("select", ("a",), ((Literal("\x1b[31mred"),),)), "table")
    )


def test_many_columns_are_told_one_below_the_other() -> None:
    """Eleven columns do not fit into 80 characters side by side."""
    columns = tuple(f"column_{i}" for i in range(11))
    wide = Answer(
        "select", columns, ((*(Literal(f"some words {i} " * 9) for i in range(11)),),) * 2
    )
    text = str(render(wide, "table", width=80))

    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.count("column_10") == 2
    assert "some words 10 some words 10" in text


def test_table_without_rows_explains() -> None:
    """Nothing is an answer, and is said."""
    assert "No rows" in str(render(Answer("select", columns=("a", "b")), "table"))


def test_markdown_keeps_its_columns(answer: Answer) -> None:
    """A bar, a line break or HTML in a cell does not break the table."""
    lines = str(render(answer, "md")).splitlines()

    assert len(lines) == 2 + len(answer.rows)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {4}
    assert "<b>" not in "".join(lines)


def test_workbook_has_no_formulas(answer: Answer) -> None:
    """Text stays text, numbers stay numbers, unbound cells are empty."""
    book = openpyxl.load_workbook(io.BytesIO(bytes(render(answer, "xlsx"))))  # type: ignore[arg-type]
    rows = list(book.active.iter_rows(min_row=2))

    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert [row[1].value or "" for row in rows[: len(TEXTS)]] == TEXTS
    assert [row[2].value for row in rows] == [*range(len(TEXTS)), 1.5]


def test_workbook_bytes_depend_on_its_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows at another time give the same bytes."""
    import time

    first = workbook(("a",), [("x",), (1,), (None,)])
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))

    assert workbook(("a",), [("x",), (1,), (None,)]) == first
    assert b"2000-01-01T00:00:00Z" in _part(first, "docProps/core.xml")
    assert _part(first, "docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def _part(content: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name)


def test_workbook_does_not_cut_cells() -> None:
    """A text that no cell can hold is an error, not a shorter text."""
    with pytest.raises(UsageError, match="32,767"):
        workbook(("a",), [("x" * 32_768,)])


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (NamedNode("urn:x:a"), "urn:x:a"),
        (Literal("Mali", language="fr"), "Mali"),
        (Literal("7", datatype=NamedNode(XSD + "integer")), 7),
        (Literal("2022", datatype=NamedNode(XSD + "gYear")), 2022),
        (Literal("0.95", datatype=NamedNode(XSD + "decimal")), Decimal("0.95")),
        (Literal("1e3", datatype=NamedNode(XSD + "double")), 1000.0),
        (Literal("true", datatype=NamedNode(XSD + "boolean")), True),
        (Literal("perhaps", datatype=NamedNode(XSD + "boolean")), "perhaps"),
        (Literal("many", datatype=NamedNode(XSD + "integer")), "many"),
    ],
)
def test_plain_values(term: object, expected: object) -> None:
    """As a person would write them; what is no number stays text."""
    found = plain_value(term)  # type: ignore[arg-type]

    assert (found, type(found)) == (expected, type(expected))


def test_records_and_pandas(answer: Answer) -> None:
    """Rows by column, for notebooks."""
    pandas = pytest.importorskip("pandas")

    assert answer.records()[0] == {"thing": "https://example.org/t/0", "text": "=1+1", "n": 0}
    assert list(answer)[-1]["thing"] is None
    assert list(answer.to_pandas().columns) == ["thing", "text", "n"]
    assert len(answer.to_pandas()) == len(answer)
    assert pandas is not None


def test_shown() -> None:
    """An address by its last part; numbers without needless zeros."""
    assert shown(Decimal("1.50")) == "1.5"
    assert shown(Decimal("100")) == "100"
    assert shown("see https://example.org/a b") == "see https://example.org/a b"
