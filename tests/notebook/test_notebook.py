"""In a notebook every object shows itself: offline, escaped, with nothing that runs."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import inline
from kg.analysis import Figures
from kg.errors import UsageError
from kg.findings import COLUMNS, Findings
from kg.frames import pandas_frame, polars_frame
from kg.model import Finding, Where
from kg.query import Answer
from kg.trace import TraceNode, Words

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "examples" / "notebook.ipynb"
#: What a notebook would ask an object for before `_repr_html_`: IPython, then marimo.
ASKED_FIRST = ("_ipython_display_", "_repr_mimebundle_", "_display_", "_mime_")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&</td><!--\u202e"


class Read(HTMLParser):
    """Elements, attributes and texts of a piece of HTML, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.frames: list[dict[str, str | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "iframe":
            self.frames.append(dict(attrs))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def shown(example) -> dict[str, object]:
    """Every kind of object that a notebook may end a cell with."""
    return {
        "harvest": example,
        "rows": example.query("organisations"),
        "yes or no": example.query("ASK { ?s ?p ?o }"),
        "triples": example.query("CONSTRUCT WHERE { ?s a oh:Outcome }"),
        "trace": example.trace("1.1"),
        "drawing": example.draw(around="COSARD"),
        "figures": example.figures("chains"),
        "findings": example.check(),
    }


@pytest.fixture(scope="module")
def ran(example) -> list[dict[str, object]]:
    """What each cell of the example notebook showed, in a process of its own."""
    shutil.copy(NOTEBOOK, example.config.root)
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("run_cells.py"), NOTEBOOK.name],
        cwd=example.config.root,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_example_notebook_runs_from_top_to_bottom(ran):
    """Offline, on the example harvest: no cell ends in an error, every cell shows something."""
    assert len(ran) >= 9
    assert [cell for cell in ran if cell["error"]] == []
    assert [cell["id"] for cell in ran if "text/html" not in cell["shown"]] == [ran[-1]["id"]]
    assert "words" not in ran[-1]["shown"]["text/plain"][:2]


def test_a_notebook_keeps_nothing_twice(ran):
    """Beside what is shown, a saved notebook holds one line a cell: no text of a record."""
    plain = [c["shown"]["text/plain"] for c in ran if c["shown"]["text/plain"].startswith("<")]

    assert len(plain) >= 8
    assert [line for line in plain if "\n" in line or len(line) > 200] == []


def test_the_example_notebook_is_committed_without_outputs():
    """Version 4.5 of the format, ids that differ, nothing that was shown, no count of runs."""
    tree = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = tree["cells"]
    kept = [c["id"] for c in cells if c.get("outputs") or c.get("execution_count")]

    assert (tree["nbformat"], tree["nbformat_minor"], kept) == (4, 5, [])
    assert len({c["id"] for c in cells}) == len(cells)
    assert all(set(c) >= {"cell_type", "id", "metadata", "source"} for c in cells)


def test_what_is_shown_runs_nothing_and_fetches_nothing(shown):
    """No script, no handler, no address but of files here; scripts stand in the frame alone."""
    allowed = {"style", "scope", "dir", "open", "href", "title"}
    frame = {"srcdoc", "sandbox", "referrerpolicy", "loading"}
    for name, thing in shown.items():
        page = thing._repr_html_()
        read = Read(page)

        assert not read.tags & {"script", "style", "link", "img", "form", "object", "embed"}, name
        assert read.attributes <= allowed | (frame if name == "drawing" else set()), name
        assert set(re.findall(r'(?:href|src)="(\w+):', page)) <= {"file"}, name


def test_nothing_is_asked_before_the_html(shown):
    """Jupyter, VS Code and marimo come to `_repr_html_`, and get a text from it."""
    for name, thing in shown.items():
        assert [asked for asked in ASKED_FIRST if hasattr(thing, asked)] == [], name
        assert isinstance(thing._repr_html_(), str), name


def test_a_harvest_shows_whose_copy_it_is_what_it_holds_and_how_to_ask(example):
    """Counts are those of the graph; the mark says what staying in a notebook means."""
    said = " ".join(Read(example._repr_html_()).texts)
    (outcomes,) = example.query("SELECT (COUNT(?o) AS ?n) WHERE { ?o a oh:Outcome }").values()[0]

    assert "INTERNAL" in said
    assert f"{outcomes} " in said
    assert "clear its outputs" in said
    assert str(example.explorer) in said
    assert 'harvest.query("organisations")' in said


def test_a_drawing_is_a_stranger_in_its_frame(shown):
    """The page may run its scripts; it has no origin, so no way to the notebook around it."""
    (frame,) = Read(shown["drawing"]._repr_html_()).frames

    assert frame["sandbox"] == "allow-scripts allow-downloads"
    assert "src" not in frame
    assert frame["srcdoc"].startswith("<!doctype html>")
    assert "default-src 'none'" in html.unescape(frame["srcdoc"])


def test_a_drawing_is_still_a_network_of_pyvis(shown):
    """What the contract promises: ids, positions, pyvis' own means."""
    from pyvis.network import Network

    drawing = shown["drawing"]
    drawing.add_node("mine", label="mine")

    assert isinstance(drawing, Network)
    assert "mine" in drawing.get_nodes()


def hostile_objects() -> list[object]:
    """One of each, every text of which is markup."""
    words = Words(HOSTILE, "description", HOSTILE, 0, 4, "registry", 1.0, role="contributor")
    below = TraceNode("outcome", "urn:x", HOSTILE, key=HOSTILE, words=(words,))
    found = Finding(HOSTILE, Where(HOSTILE, 1, HOSTILE, sheet=HOSTILE), HOSTILE, HOSTILE)
    row = {
        "chain": 1,
        "before": HOSTILE,
        "after": HOSTILE,
        "relation": "led-to",
        "circle": False,
        "words": [{"sentence": HOSTILE, "quote": HOSTILE}],
    }
    return [
        TraceNode("organisation", "urn:y", HOSTILE, children=(below,)),
        Findings([found]),
        Figures("chains", (row,), 1, 1),
    ]


@pytest.mark.parametrize("thing", hostile_objects(), ids=lambda thing: type(thing).__name__)
def test_hostile_words_are_text(thing):
    """Markup in a label, a heading, a cell or a file's name ends no element and opens none."""
    read = Read(thing._repr_html_())

    assert not read.tags & {"script", "img"}
    assert not {name for name in read.attributes if name.startswith("on")}
    assert any("<script>alert(1)</script>" in said for said in read.texts)
    assert not any("\u202e" in said for said in read.texts)


SEEN = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]))


@given(st.lists(st.lists(SEEN, min_size=2, max_size=2), max_size=4))
def test_a_table_says_every_text_and_nothing_else(rows):
    """Whatever stands in a cell is read as the text of that cell."""
    read = Read(inline.table(["a", "b"], rows, language="en"))

    assert "".join(read.texts).startswith("".join(["a", "b", *(c for row in rows for c in row)]))
    assert read.tags <= {"div", "table", "thead", "tbody", "tr", "th", "td", "p", "br"}
    assert read.attributes <= {"style", "scope", "dir"}


def test_a_long_table_says_how_to_get_the_rest():
    """A notebook keeps what it shows: fifty rows, and a way to all."""
    page = inline.table(["n"], [[n] for n in range(60)], language="en")

    assert page.count("<tr") == inline.SHOWN + 1
    assert "60 rows, the first 50 shown" in page


def test_a_long_trace_says_what_is_left_out():
    """Thousands of steps would make the notebook unreadable."""
    many = tuple(TraceNode("outcome", f"urn:{n}", f"outcome {n}") for n in range(500))
    page = TraceNode("code", "", "1.1", children=many, language="fr")._repr_html_()

    assert page.count("<li>") == 399
    assert "101 étapes de plus" in page


def test_french_harvests_show_french(example):
    """The language of the project, or the one that was asked for."""
    assert "aucun lien" in example.trace("eql003", language="fr")._repr_html_()
    assert ">À faire<" in example.check(language="fr")._repr_html_()


def test_every_result_becomes_a_frame(shown):
    """pandas and polars, with the same columns and as many rows."""
    for name in ("rows", "yes or no", "triples", "trace", "figures", "findings"):
        pandas, polars = shown[name].to_pandas(), shown[name].to_polars()

        assert list(pandas.columns) == polars.columns, name
        assert len(pandas) == len(polars) > 0, name


def test_findings_have_the_columns_of_the_file(shown):
    """What `kg check --format csv` writes."""
    assert tuple(shown["findings"].to_pandas().columns) == COLUMNS


@pytest.mark.parametrize("frame", [pandas_frame, polars_frame])
def test_an_answer_without_rows_keeps_its_columns(frame):
    """An empty answer is an answer."""
    assert list(frame(("a", "b"), []).columns) == ["a", "b"]


def test_a_column_of_several_types_becomes_a_frame():
    """Numbers, decimals, truths, texts and nothing in one column: text, and no error."""
    rows = [(1, Decimal("0.5")), ("one", None), (None, Decimal("1")), (True, 2)]

    assert len(polars_frame(("mixed", "number"), rows)) == len(pandas_frame(("m", "n"), rows)) == 4


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_its_line(monkeypatch, library):
    """Both are optional: the error says which line to type."""
    monkeypatch.setitem(sys.modules, library, None)
    answer = Answer("ask", boolean=True)

    with pytest.raises(UsageError, match=re.escape(f"pip install 'outcome-kg[{library}]'")):
        getattr(answer, f"to_{library}")()
