"""One pass over the file tells a view of the whole harvest what an engine would tell it."""

from collections.abc import Mapping, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from kg.graph import terms
from kg.graph.reading import GraphFile, UnknownFormError, language, parted
from kg.graph.terms import Writer, header
from kg.harvest import Harvest
from kg.network import questions, swept
from kg.store import open_store, select_from
from kg.vocab import SPARQL_HEAD

ASKED = {n: q for n, q in vars(questions).items() if n.isupper() and isinstance(q, str)}
BASE = "https://d.example/"
GRAPH = f"{BASE}fragment/civ-1"

texts = st.text(st.characters(exclude_categories=["Cs"]))  # no half of a surrogate pair


def never(sparql: str) -> list[dict[str, str]]:
    """The whole graph, which nobody should ask."""
    raise AssertionError(sparql)


def in_order(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Rows of a question whose order says nothing."""
    return sorted(rows, key=lambda row: sorted(row.items()))


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_file_answers_what_the_engine_answers(name: str, example: Harvest) -> None:
    """To every question of the network and of its page, without an engine that holds it all."""
    sparql = SPARQL_HEAD + ASKED[name]
    engine = select_from(open_store(example.trig, cache=None))(sparql)
    found = swept(example.trig, otherwise=never)(sparql)

    assert in_order(found) == in_order(engine)
    assert engine or name == "DECLARED"


def test_every_question_is_known() -> None:
    """A new question would be slow: it must be read off the file, or be about what is shared."""
    assert len(ASKED) == 14


def test_a_page_asks_the_whole_graph_nothing(example: Harvest) -> None:
    """What a page needs grows with the file, not with its square."""
    from kg.explorer import explorer_page
    from kg.network import whole

    select = swept(example.trig, otherwise=never)
    page = explorer_page(
        whole(select),
        select,
        name=example.config.name,
        audience=example.audience,
        base=example.config.base_iri,
    )

    assert len(page) > 100_000


def test_another_question_is_asked_of_the_whole_graph(example: Harvest) -> None:
    """Slower, and right."""
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    assert swept(example.trig, otherwise=example.select)(count) == example.select(count)


def test_a_file_of_another_hand_is_asked_whole(example: Harvest, tmp_path: Path) -> None:
    """What kg did not write is left to an engine."""
    other = tmp_path / "harvest.trig"
    store = pyoxigraph.Store()
    store.bulk_load(path=str(example.trig), format=RdfFormat.TRIG)
    store.dump(str(other), format=RdfFormat.TRIG)
    select = swept(other, otherwise=select_from(store))
    sparql = SPARQL_HEAD + questions.MENTIONS

    assert select(sparql) == swept(example.trig, otherwise=never)(sparql)


@given(st.lists(st.tuples(texts, st.sampled_from([None, "fr", "zh-Hant"])), min_size=1))
def test_every_text_means_what_an_engine_reads(said: list[tuple[str, str | None]]) -> None:
    """Quotes, commas, line ends, controls: whatever is typed into a cell."""
    out = Writer(GRAPH, base=BASE, own=True)
    for value, tag in said:
        out.add(GRAPH, "nif:isString", terms.text(value, tag))
    written = (header(BASE) + out.block()).encode()
    engine = pyoxigraph.parse(written, format=RdfFormat.TRIG)
    file = GraphFile(TextIOWrapper(BytesIO(written), encoding="utf-8", newline="\n"))
    ((_, about),) = next(file.fragments()).items()
    found = {(file.terms.value(w), language(w)) for w in parted(about["nif:isString"])}

    assert found == {(q.object.value, q.object.language or "") for q in engine}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@prefix oh: <urn:oh#> .",
        "<urn:a> <urn:b> <urn:c> .\n",
        "@prefix oh: <urn:oh#> .\n\n@prefix : <urn:f#> .\n<urn:f> {\n<urn:f> a oh:X .\n}\n\n",
        "@prefix oh: <urn:oh#> .\n\n@prefix : <urn:f#> .\n<urn:f> {\n  <urn:f> a oh:X .\n",
    ],
)
def test_another_form_is_told_at_once(text: str) -> None:
    """Half a file, another order, no prefixes: never half an answer."""
    with pytest.raises(UnknownFormError):
        list(GraphFile(TextIOWrapper(BytesIO(text.encode()), newline="\n")).fragments())
