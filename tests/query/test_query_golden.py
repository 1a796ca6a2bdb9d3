"""Every question on the example harvest: a golden answer, the same from rdflib and Oxigraph."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from kg.query import load_library, prepare, run
from kg.query.answer import from_json
from kg.query.formats import render
from kg.resources import resource
from kg.store import dataset

if TYPE_CHECKING:
    import rdflib

    from kg.harvest import Harvest

LIBRARY = load_library(resource("queries"))

#: What is asked of the example harvest, by name of the golden file: at least once each question,
#: and once with each of its parameters.
CASES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **{name: (name, {}) for name, q in LIBRARY.items() if all(p.optional for p in q.parameters)},
    "outcomes-2022": ("outcomes", {"year": "2022"}),
    "outcomes-mauritius": ("outcomes", {"country": "Maurice"}),
    "outcomes-1.1": ("outcomes", {"code": "1.1"}),
    "outcomes-lcrr": ("outcomes", {"organisation": "LCRR"}),
    "outcomes-tru": ("outcomes", {"objective": "TRU"}),
    "outcomes-media": ("outcomes", {"actor": "Media and journalists"}),
    "outcomes-narrow": (
        "outcomes",
        {"year": "2022", "country": "Botswana", "code": "1.1", "objective": "SPC"},
    ),
    "outcomes-of-organisation": ("outcomes-of-organisation", {"organisation": "COSARD"}),
    "framework-coverage-cape-verde": ("framework-coverage", {"country": "Cabo Verde"}),
    "contributors-to-result": ("contributors-to-result", {"code": "1.1"}),
    "contributors-to-result-botswana": (
        "contributors-to-result",
        {"code": "outcome 1.1", "country": "Botswana"},
    ),
    "trace-result": ("trace-result", {"code": "2.1"}),
    "trace-result-mauritius": ("trace-result", {"code": "2.1", "country": "Mauritius"}),
    "trace-result-objective": ("trace-result", {"code": "JUS"}),
    "words-behind": ("words-behind", {"fragment": "LAR-2022/SPC002"}),
    "words-behind-cosard": ("words-behind", {"fragment": "SPC002", "organisation": "COSARD"}),
    "organisations-together-2": ("organisations-together", {"minimum": "2"}),
    "low-confidence": ("low-confidence", {"below": "0.9"}),
    "if-withdrawn": ("if-withdrawn", {"fragment": "JUS006"}),
    "related-outcomes-of-one": ("related-outcomes", {"fragment": "SPC001"}),
    "search": ("search", {"text": "conseil municipal"}),
}


@pytest.fixture(scope="session")
def by_rdflib(example: "Harvest") -> "rdflib.Dataset":
    """The example harvest in rdflib's own memory."""
    return dataset(example.trig)


def test_every_question_has_a_case() -> None:
    """None is left out, and no parameter of any."""
    asked = {(name, parameter) for name, values in CASES.values() for parameter in values}
    assert len(CASES) >= len(LIBRARY) + 10

    assert {name for name, _ in CASES.values()} == set(LIBRARY)
    assert asked == {(q.name, p.name) for q in LIBRARY.values() for p in q.parameters}


@pytest.mark.parametrize("case", CASES)
def test_golden(
    case: str,
    example: "Harvest",
    by_rdflib: "rdflib.Dataset",
    golden: Callable[[str, str], None],
) -> None:
    """The same rows as when somebody last read them, in the same order, from both engines."""
    name, values = CASES[case]
    prepared = prepare(name, values, library=LIBRARY, select=example.select)
    answer = run(prepared, trig=example.trig, cache=None)
    found = by_rdflib.query(prepared.checked.text).serialize(format="json")
    assert found is not None

    golden(f"queries/{case}.csv", str(render(answer, "csv")).replace("\r\n", "\n"))
    assert from_json(found).values() == answer.values()


def test_golden_files_are_those_of_the_cases(root, update_golden: bool) -> None:
    """No answer is kept that nobody asks for any more."""
    if update_golden:
        pytest.skip("golden files are being written")

    assert {p.stem for p in (root / "tests" / "golden" / "queries").glob("*.csv")} == set(CASES)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_rows_have_a_total_order(name: str, example: "Harvest") -> None:
    """No two rows are equal: each says something of its own."""
    values = next(v for n, v in CASES.values() if n == name)
    prepared = prepare(name, values, library=LIBRARY, select=example.select)
    rows = run(prepared, trig=example.trig, cache=None).rows

    assert len(set(rows)) == len(rows)
