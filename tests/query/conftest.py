"""A small fictional harvest, asked through both engines."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kg.query import Answer, Prepared, Question, load_library, prepare, run
from kg.query.answer import from_json
from kg.resources import resource
from kg.store import Select, dataset, open_store, select_from

SMALL = Path(__file__).with_name("small.trig")

#: (name, parameters, language) → rows as texts, from a process of its own, equal on both engines.
Ask = Callable[..., list[tuple[str, ...]]]


class Harvest:
    """One TriG file with all the ways to ask it."""

    def __init__(self, trig: Path, cache: Path) -> None:
        self.trig = trig
        self.cache = cache
        self.store = open_store(trig, cache=cache)
        self.select: Select = select_from(self.store)
        self.rdflib = dataset(trig)

    def prepare(
        self,
        what: str,
        parameters: Mapping[str, object],
        *,
        library: Mapping[str, Question],
        language: str = "en",
    ) -> Prepared:
        """Parameters in place."""
        return prepare(what, parameters, library=library, select=self.select, language=language)

    def run(self, prepared: Prepared) -> Answer:
        """By Oxigraph, in a process of its own."""
        return run(prepared, trig=self.trig, cache=self.cache)

    def run_by_rdflib(self, prepared: Prepared) -> Answer:
        """By rdflib's own evaluator, in its own memory."""
        found = self.rdflib.query(prepared.checked.text).serialize(format="json")
        assert found is not None
        return from_json(found)


@pytest.fixture(scope="session")
def library() -> Mapping[str, Question]:
    """The shipped questions."""
    return load_library(resource("queries"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Harvest:
    """The small harvest."""
    return Harvest(SMALL, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Harvest:
    """A harvest that nobody reported anything in: ontology labels alone."""
    folder = tmp_path_factory.mktemp("empty")
    trig = folder / "harvest.trig"
    trig.write_text(
        "<https://example.org/harvest/graph/run> {\n"
        "  <https://example.org/harvest/run> a <https://w3id.org/outcome-harvest/ns#Run> .\n}\n",
        "utf-8",
    )
    return Harvest(trig, folder / "cache")


@pytest.fixture
def ask(small: Harvest, library: Mapping[str, Question]) -> Ask:
    """Ask the small harvest; both engines have to say the same, in the same order."""

    def asked(what: str, *, language: str = "en", **parameters: object) -> list[tuple[str, ...]]:
        prepared = small.prepare(what, parameters, library=library, language=language)
        answer = small.run(prepared)
        by_rdflib = small.run_by_rdflib(prepared)
        # Values: Oxigraph writes the decimal 1.0 as 1.
        assert (by_rdflib.columns, by_rdflib.values()) == (answer.columns, answer.values())
        return answer.strings()

    return asked
