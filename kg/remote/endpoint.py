"""A SPARQL server: where it answers queries, where it takes graphs, and what it says when not."""

import os
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from pyoxigraph import Literal

from kg.errors import KgError, UsageError
from kg.query.answer import Answer, Term, from_json, from_triples
from kg.query.lint import appearance
from kg.query.run import Prepared
from kg.remote.address import AUTHORITY, SignIn, checked
from kg.vocab import SPARQL_HEAD, XSD

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_FINE = range(200, 300)
_ELSEWHERE = range(300, 400)
#: Where servers answer queries, below the address that people know them by.
_QUERY_PATHS = ("", "/query", "/sparql")


#: By which Virtuoso says, with status 200, that it stopped at a number of rows or after a time.
_MOST_ROWS, _STATE, _TIME_WAS_UP = "x-sparql-maxrows", "x-sql-state", "S1TAT"


class EndpointError(KgError):
    """A SPARQL server could not be reached, or did not do what was asked. Quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a kind of server takes graphs, from its address; does it take many at once?"""

    graphs: str
    many: bool


#: By the first word of the `Server` header.
_LAYOUTS = {
    "oxigraph": Layout("/store", many=True),
    "apache": Layout("/data", many=True),  # Apache Jena Fuseki
    "virtuoso": Layout("/sparql-graph-crud-auth", many=False),
}
#: RDF4J and GraphDB: the address is that of a repository.
_REPOSITORY = Layout("/rdf-graphs/service", many=False)


class Endpoint:
    """A server, reached over one connection; a context manager.

    Args:
        typed: The address of the server, of a dataset or repository, or of its queries.
        seconds: That it may be silent.

    Raises:
        UsageError: an address that may not be reached, or a key file that cannot be read.
        EndpointError: nothing answers SPARQL there.
    """

    def __init__(self, typed: str, *, seconds: float = 30.0) -> None:
        self.address = checked(typed)
        self._seconds = seconds
        self._http = httpx.Client(
            auth=SignIn.from_environment(),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10.0)),
            verify=_trusted(),
        )
        self._kind = ""
        try:
            self._queries = self._found()
        except BaseException:
            self._http.close()
            raise

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the connection."""
        self._http.close()

    @property
    def host(self) -> str:
        """Name and port, for a log."""
        return urlsplit(self.address).netloc

    @property
    def layout(self) -> Layout:
        """Where it takes graphs."""
        if self._kind in _LAYOUTS:
            return _LAYOUTS[self._kind]
        return _REPOSITORY

    def _found(self) -> str:
        """Where it answers queries: what was typed, or a usual place below it."""
        last: EndpointError | None = None
        for path in _QUERY_PATHS:
            address = f"{self.address}{path}"
            try:
                answer = self._asked(address, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", _JSON)
                from_json(answer.content)
            except _SilentError:
                raise
            except (EndpointError, ValueError, SyntaxError) as error:
                if isinstance(error, _PlainError):
                    last = last or error
                continue
            self._kind = answer.headers.get("server", "").lower().split("/")[0].split(" ")[0]
            if path == "" and self.address.endswith(("/query", "/sparql")):
                self.address = self.address.rpartition("/")[0]
            return address
        if last is not None:
            raise last
        raise EndpointError(
            f"{self.host}: nothing there answers SPARQL queries; expected the address of a SPARQL "
            "1.1 server, of one of its datasets or repositories, or of its queries. Check it."
        )

    def select(self, sparql: str) -> Sequence[Mapping[str, str]]:
        """Rows of one of kg's own SELECT queries, as `kg.store.select_from` gives them."""
        answer = self._rows(SPARQL_HEAD + sparql)
        return [
            {
                name: term.value
                for name, term in zip(answer.columns, row, strict=True)
                if term is not None
            }
            for row in answer.rows
        ]

    def answer(self, prepared: Prepared) -> Answer:
        """Answer a question that passed the gate.

        Raises:
            EndpointError: the server is gone, refuses it, or answers by halves.
        """
        text = prepared.checked.text
        if prepared.checked.kind == "graph":
            return from_triples(self._asked(self._queries, text, _TRIPLES).content)
        return self._rows(text).ordered(appearance(prepared.checked.tokens))

    def _rows(self, text: str) -> Answer:
        answer = self._asked(self._queries, text, _JSON)
        try:
            rows = _plain(from_json(answer.content))
            most = int(answer.headers.get(_MOST_ROWS, len(rows) + 1))
        except (ValueError, SyntaxError):
            raise EndpointError(
                f"{self.host}: the answer ends in the middle or is no SPARQL result; nothing of it "
                "is shown. Ask again; where that does not help, look at the server."
            ) from None
        if len(rows) >= most:
            raise self._cut()
        return rows

    def _cut(self) -> "EndpointError":
        return EndpointError(
            f"{self.host}: the server gave a part of the answer only (its own limit of rows or of "
            "time); nothing of it is shown. Ask a narrower question, or have the limit raised."
        )

    def _asked(self, address: str, text: str, accept: str) -> httpx.Response:
        headers = {"accept": accept}
        answer = self._sent("POST", address, data={"query": text}, headers=headers)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip()
        if kind not in (accept, "application/json", "text/plain"):
            raise EndpointError(
                f"{self.host}: answered with something other than a SPARQL result (a page?); "
                "expected the address of a SPARQL 1.1 server. Check it."
            )
        if answer.headers.get(_STATE) == _TIME_WAS_UP:
            raise self._cut()
        return answer

    def put(self, graph: str, content: bytes) -> None:
        """Replace one named graph; *content* is N-Triples."""
        self._graphs("PUT", params={"graph": graph}, content=content, kind="text/turtle")

    def add(self, content: bytes) -> None:
        """Add many graphs at once; *content* is N-Quads. For a server whose `layout` takes many."""
        self._graphs("POST", params={}, content=content, kind="application/n-quads")

    def remove(self, graph: str) -> None:
        """Remove one named graph."""
        self._graphs("DELETE", params={"graph": graph}, content=b"", kind="")

    def _graphs(self, method: str, *, params: Mapping[str, str], content: bytes, kind: str) -> None:
        headers = {"content-type": kind} if kind else {}
        address = f"{self.address}{self.layout.graphs}"
        self._sent(method, address, params=params, content=content, headers=headers)

    def _sent(self, method: str, address: str, **said: object) -> httpx.Response:
        """One request; every way in which it can go wrong is one line."""
        try:
            answer = self._http.request(method, address, **said)  # type: ignore[arg-type]
        except httpx.TimeoutException:
            raise _SilentError(
                f"{self.host}: no answer within {self._seconds:g} seconds; ask a narrower "
                "question, or allow more: --timeout SECONDS."
            ) from None
        except httpx.TransportError as error:
            raise _SilentError(self._gone(error)) from None
        status = answer.status_code
        if status in _FINE:
            return answer
        if status in _ELSEWHERE:
            raise _PlainError(
                f"{self.host}: points to another address (status {status}), which kg does not "
                "follow. Name the address itself."
            )
        if status in (401, 403):
            raise _PlainError(
                f"{self.host}: does not let us in (status {status}). Sign in by the environment: "
                "KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN."
            )
        raise EndpointError(
            f"{self.host}: refused the request (status {status}). Where it is busy or stops "
            "questions after a time, ask again or a narrower one; else look at the server's log."
        )

    def _gone(self, error: httpx.TransportError) -> str:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return (
                    f"{self.host}: its certificate is signed by nobody whom this machine trusts; "
                    "nothing was sent. Name its authority: KG_ENDPOINT_CA=ca.pem"
                )
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx.ConnectError):
            return f"{self.host}: nothing listens there. Is the server running, and the port right?"
        return (
            f"{self.host}: the connection broke in the middle. Try again: a push is completed by "
            "the next one."
        )


def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts, and the authority that a user named."""
    try:
        return ssl.create_default_context(cafile=os.environ.get(AUTHORITY) or None)
    except OSError:  # SSLError is one
        raise UsageError(
            f"The file that {AUTHORITY} names holds no certificate; expected that of an authority, "
            "in PEM form."
        ) from None


def _plain(answer: Answer) -> Answer:
    """Truth values as we write them: Virtuoso says 1 and 0."""
    rows = tuple(tuple(_truth(term) for term in row) for row in answer.rows)
    return replace(answer, rows=rows)


def _truth(term: Term | None) -> Term | None:
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}boolean":
        return Literal("true" if term.value in ("true", "1") else "false", datatype=term.datatype)
    return term


class _SilentError(EndpointError):
    """Nobody there: other paths need not be tried."""


class _PlainError(EndpointError):
    """There, and plain about why not: another path would not be better."""
