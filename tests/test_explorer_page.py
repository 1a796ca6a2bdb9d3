"""What Python puts into the explorer: a graph without what stands in the page twice."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.api import build
from kg.explorer.packing import slimmed
from kg.graph.terms import text as as_term
from kg.vocab import fold

_SPAN = re.compile(r"(?m)^(  :[\w-]+_(\d+)_(\d+) a oh:Mention ;\n(?:    .*\n)*?)    \x01\n")


def _restored(graph: str, texts: list[str]) -> str:
    """What the worker does, in Python: `explorer/src/worker/texts.ts`."""

    def literal(found: re.Match[str]) -> str:
        text = texts[int(found[2])]
        return str(as_term(text if found[1] == "=" else fold(text)))

    number = '"{}"^^xsd:nonNegativeInteger'
    spans = _SPAN.sub(
        lambda m: (
            f"{m[1]}    nif:beginIndex {number.format(m[2])} ;\n"
            f"    nif:endIndex {number.format(m[3])} ;\n"
        ),
        graph,
    )
    return re.sub(r'"\x01([=~])(\d+)"', literal, spans)


@given(st.lists(st.text(min_size=0, max_size=60), max_size=6))
def test_what_is_taken_out_of_a_graph_comes_back(texts):
    """For any texts, hostile ones too: marks are turned back into the same bytes."""
    graph = "".join(
        f"  :a nif:isString {as_term(text)} ;\n    oh:searchText {as_term(fold(text))} .\n"
        f"  :a_{number}_{number + 4} a oh:Mention ;\n    nif:anchorOf {as_term(text)} ;\n"
        f'    nif:beginIndex "{number}"^^xsd:nonNegativeInteger ;\n'
        f'    nif:endIndex "{number + 4}"^^xsd:nonNegativeInteger ;\n    oh:confidence 0.9 .\n'
        for number, text in enumerate(texts)
    )
    slim = slimmed(graph.encode("utf-8", "surrogatepass"), texts)

    assert _restored(slim.decode("utf-8", "surrogatepass"), texts) == graph


def test_the_graph_of_the_example_loses_its_texts_and_gets_them_back(example):
    """Byte for byte, and much of it is gone in between."""
    graph = example.trig.read_bytes()
    texts = [row["text"] for row in example.select("SELECT ?text { ?cell nif:isString ?text }")]
    slim = slimmed(graph, texts)

    assert _restored(slim.decode(), texts) == graph.decode()
    assert len(slim) < 0.85 * len(graph)
    assert slim.count(b"\x01=") > 200


def test_a_mention_whose_span_is_not_its_name_keeps_it():
    """Nothing is derived that would be another number."""
    graph = (
        b'  :a_3_7 a oh:Mention ;\n    nif:beginIndex "4"^^xsd:nonNegativeInteger ;\n'
        b'    nif:endIndex "7"^^xsd:nonNegativeInteger .\n'
    )

    assert slimmed(graph, []) == graph


@pytest.mark.parametrize("said", ["kg.toml", "command line"])
def test_a_build_without_sparql_leaves_the_engine_out(tmp_path, said):
    """No engine, no graph, no editor and no right to run one; the questions stay, as commands."""
    (tmp_path / "h.csv").write_text(
        "FragmentID,Year,Outcome description\nA1,2023,In 2023 the council opened its doors.\n",
        encoding="utf-8",
    )
    if said == "kg.toml":
        (tmp_path / "kg.toml").write_text("[explorer]\nsparql = false\n", encoding="utf-8")
        build(tmp_path / "h.csv", project=tmp_path, ner=False)
    else:
        command = [sys.executable, "-m", "kg", "-C", tmp_path, "build", "h.csv"]
        subprocess.run([*command, "--no-ner", "--no-sparql"], check=True, cwd=tmp_path)
    page = (tmp_path / "output" / "internal" / "explorer.html").read_text(encoding="utf-8")

    assert {"data-graph", "data-engine", "data-worker"} & set(
        re.findall(r'id="([\w-]+)"', page)
    ) == set()
    assert "wasm-unsafe-eval" not in page and "worker-src" not in page
    assert len(page) < 300_000
