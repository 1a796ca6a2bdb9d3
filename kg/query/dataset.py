"""rdflib's view of a harvest, with the same gate before it as `kg query` has.

rdflib sends `SERVICE` requests and fetches what `FROM` names, also for a query
put to one graph of a data set, or prepared elsewhere. So the gate stands in
three places: where text comes in, where the engine is asked, and where rdflib
evaluates a pattern or loads a source.
"""

from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph
import rdflib
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from rdflib.plugins.stores.memory import Memory

from kg.errors import QueryError, UsageError
from kg.query.guard import check


class _GuardedOxigraph(OxigraphStore):
    """Oxigraph behind rdflib: the text that it is asked has passed the gate."""

    guarded = True

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask the engine; a prepared query goes to rdflib's own evaluator instead."""
        if not isinstance(query, str):
            raise NotImplementedError
        return super().query(check(query).text, *args, **kwargs)

    def update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise _read_only()


class _GuardedMemory(Memory):
    """rdflib's own store, marked so that the evaluator refuses to leave it."""

    guarded = True


class GuardedDataset(rdflib.Dataset):
    """A harvest for rdflib: ask and walk it; it fetches nothing and changes nothing."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask in SPARQL, as `rdflib.Graph.query`.

        Raises:
            QueryError: `SERVICE`, `FROM`, an update, or not SPARQL.
        """
        asked = check(query_object).text if isinstance(query_object, str) else query_object
        return super().query(asked, *args, **kwargs)

    def update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused.

        Raises:
            QueryError: always.
        """
        raise _read_only()

    def parse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused: it could fetch an address.

        Raises:
            UsageError: always.
        """
        raise UsageError(
            "The data set of a harvest reads no other file or address; expected a graph of your "
            "own: copy it with rdflib.Graph() + dataset, or build the harvest again."
        )


def _read_only() -> QueryError:
    return QueryError(
        "An update is refused: a harvest is changed in its sources alone. Correct them, and "
        "build again."
    )


def guarded(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An opened store as a guarded data set."""
    _close_doors()
    return _bound(GuardedDataset(store=_GuardedOxigraph(store=store), default_union=True))


def in_memory(trig: Path) -> rdflib.Dataset:
    """A TriG file in rdflib's own memory, as a guarded data set."""
    _close_doors()
    dataset = GuardedDataset(store=_GuardedMemory(), default_union=True)
    with trig.open("rb") as file:
        # An open file: rdflib takes a bare text for an address, and would fetch it.
        rdflib.Dataset.parse(dataset, file=file, format="trig")
    return _bound(dataset)


def _bound(dataset: rdflib.Dataset) -> rdflib.Dataset:
    from kg.vocab import PREFIXES

    for prefix, namespace in PREFIXES.items():
        dataset.namespace_manager.bind(prefix, namespace, override=True, replace=True)
    return dataset


def _close_doors() -> None:
    """Keep rdflib's evaluator inside: for prepared queries, and graphs of the data set."""
    # For the whole process: rdflib knows no other switch, and fetching by FROM is never wanted.
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    rdflib.plugins.sparql.CUSTOM_EVALS["outcome-kg"] = _no_service


def _no_service(context: Any, part: Any) -> NoReturn:
    """Refuse `SERVICE` on our stores; leave everything else to rdflib."""
    store = getattr(context.graph, "store", None)
    if part.name == "ServiceGraphPattern" and getattr(store, "guarded", False):
        raise QueryError(
            "SERVICE is refused: kg answers from this harvest alone. Take it out of the query."
        )
    raise NotImplementedError
