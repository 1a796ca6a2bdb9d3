"""Files for other tools: read by readers that others wrote, the same bytes each time."""

import csv
import io
import json
import zipfile

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest

from kg.export import BINARY, ExportFormat
from kg.export.gexf import gexf
from kg.export.networks import cyjs, graphml, kumu
from kg.export.package import data_package
from kg.export.page import Page, write_page
from kg.export.tables import Table
from kg.model import Audience
from kg.query.workbook import new_book, saved

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")


@pytest.fixture(params=list(ExportFormat), ids=lambda form: form.value)
def form(request):
    """Each format of `kg export`."""
    return request.param


def test_an_internal_file_says_so_and_has_one_form(example, form):
    """INTERNAL stands in what is not for everybody; exported again, it is the same file."""
    content = example.export(form)
    inside = [content]
    if form in BINARY:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [archive.read(name) for name in archive.namelist()]

    assert any(b"INTERNAL" in part for part in inside)
    assert example.export(form) == content


def test_json_ld_holds_every_quad(example):
    """Read by the engine: the graphs of the harvest and nothing else."""
    own = set(ox.parse(path=str(example.trig), format=ox.RdfFormat.TRIG))

    assert set(ox.parse(example.export("jsonld"), format=ox.RdfFormat.JSON_LD)) == own


@pytest.mark.parametrize(
    ("form", "read"),
    [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)],
    ids=["graphml", "gexf"],
)
def test_networks_are_those_of_the_explorer(example, form, read):
    """The same nodes and links, with labels, kinds and the words behind each link."""
    whole = example.network()
    found = read(io.BytesIO(example.export(form)))
    texts = {about["words"] for _, _, about in found.edges(data=True)}

    assert set(found) == set(whole)
    assert found.number_of_edges() == whole.number_of_edges()
    assert {about["kind"] for _, about in found.nodes(data=True)} == {
        about["kind"] for _, about in whole.nodes(data=True)
    }
    assert "WSRA" in texts


def test_gephi_gets_places_and_colours_and_no_date(example):
    """Nothing in the file says when it was made."""
    text = example.export("gexf").decode()

    assert text.count("<viz:position") == len(example.network())
    assert "viz:color" in text
    assert "lastmodified" not in text


def test_kumu_gets_elements_and_connections_that_meet(example):
    """Every connection ends at an element; types, tags and descriptions are filled."""
    tree = json.loads(example.export("kumu"))
    ids = {element["id"] for element in tree["elements"]}

    assert {end for c in tree["connections"] for end in (c["from"], c["to"])} <= ids
    assert {"label", "type", "tags", "description"} <= set(tree["elements"][0])
    assert {c["direction"] for c in tree["connections"]} == {"directed"}


def test_tables_count_what_questions_count(example):
    """Rows of the package are those that the harvest answers."""
    with zipfile.ZipFile(io.BytesIO(example.export("csv"))) as archive:
        described = json.loads(archive.read("datapackage.json"))
        rows = {
            resource["name"]: list(
                csv.DictReader(io.StringIO(archive.read(resource["path"]).decode()))
            )
            for resource in described["resources"]
        }
    accepted = [r for r in example.query("organisations") if r["status"] == "accepted"]

    assert len(rows["outcomes"]) == len(example.query("outcomes"))
    assert {r["label"] for r in rows["organisations"]} == {
        r["label"] for r in accepted if r["outcomes"]
    }
    assert len(rows["links"]) >= len(example.query("related-outcomes"))


def _hostile(shared):
    lines = (shared / "testdata" / "blns" / "blns.txt").read_text("utf-8").split("\n")
    return [*lines, *FORMULAS, "a\x00b\x0bc\ufffe]]>&<", "</title><script>alert(1)</script>"]


def test_every_string_makes_a_file_that_can_be_read(shared):
    """All naughty strings as labels, fields and words: well-formed, and none is lost."""
    strings = _hostile(shared)
    graph = nx.MultiDiGraph()
    for number, text in enumerate(strings):
        about = {"label": text, "labels": {"": text}, "short": text, "passages": ()}
        graph.add_node(f"urn:{number}", kind="outcome", fields=(("x", ({"": text},)),), **about)
        graph.add_edge(f"urn:{number}", "urn:0", relation="r", family="f", words=())
    for written, read in ((graphml, nx.read_graphml), (gexf, nx.read_gexf)):
        found = read(io.BytesIO(written(graph, note="", language="en")))
        assert len(found) == len(strings)
    elements = json.loads(kumu(graph, note="", language="en"))["elements"]
    nodes = json.loads(cyjs(graph, note="", language="en"))["elements"]["nodes"]

    assert len({element["id"] for element in elements}) == len(strings)
    assert len({node["data"]["id"] for node in nodes}) == len(strings)


def test_no_cell_is_a_formula(shared):
    """Text in a workbook; marked in CSV, which a spreadsheet would else run."""
    strings = [text for text in _hostile(shared) if len(text) < 32_000]
    table = Table("t", "about", ("text",), tuple((text,) for text in strings))
    made = new_book()
    page = Page("t", [("=1", 20)], [[text] for text in strings])
    write_page(made.create_sheet("t"), page, mark="=1", note="&[Date]", language="en")
    book = openpyxl.load_workbook(io.BytesIO(saved(made)))
    with zipfile.ZipFile(io.BytesIO(data_package([table], title="", note=""))) as archive:
        cells = [row[0] for row in csv.reader(io.StringIO(archive.read("t.csv").decode())) if row]

    assert {cell.data_type for row in book["t"].iter_rows() for cell in row} <= {"s", "n"}
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_public_file_has_no_note(example, tmp_path):
    """What was released is for everybody."""
    from kg.export import export

    content = export(
        example.trig,
        ExportFormat.GRAPHML,
        audience=Audience.PUBLIC,
        network=example.network,
        select=example.select,
    )

    assert b"INTERNAL" not in content
