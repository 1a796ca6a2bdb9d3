"""Asks another server a question of the library, a `.rq` file or SPARQL, as `kg query` here."""

from collections.abc import Mapping

from kg.config import Config
from kg.own_questions import library
from kg.query import Answer, prepare
from kg.remote.endpoint import Endpoint


def ask_there(
    typed: str, what: str, parameters: Mapping[str, str], *, config: Config, seconds: float
) -> Answer:
    """Answer a question from a server that `push` filled; no harvest needs to be built here.

    Args:
        typed: Address of the server.
        what: A name of the library, the path of a `.rq` file, or SPARQL.
        parameters: Parameter name → what a person typed.
        config: Of the project: its language, its own questions.
        seconds: That the server may take.

    Raises:
        EndpointError: the server is gone, refuses, or answers by halves.
        QueryError: not SPARQL, something refused, or a parameter of the wrong form.
        UsageError: an unknown name or parameter, an ambiguous target, an address not to be reached.
    """
    with Endpoint(typed, seconds=seconds, in_all=True) as endpoint:
        prepared = prepare(
            what,
            parameters,
            library=library(config),
            select=endpoint.select,
            language=config.language,
        )
        return endpoint.answer(prepared)
