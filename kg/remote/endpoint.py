"""A SPARQL server: where it answers queries, where it takes graphs, and what it says when not."""

import ssl
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from kg.errors import KgError
from kg.query.answer import Answer, from_json, from_triples
from kg.query.lint import appearance
from kg.query.run import Prepared
from kg.remote.address import SignIn, checked, trusted
from kg.remote.layout import LAYOUTS, REPOSITORY, Layout
from kg.remote.rows import columns_of, plain
from kg.vocab import SPARQL_HEAD

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_FINE = range(200, 300)
_ELSEWHERE = range(300, 400)
#: Where servers answer queries, below the address that people know them by.
_QUERY_PATHS = ("", "/query", "/sparql")


#: The largest answer: as text some millions of rows, in memory ten times as much.
_LARGEST = 64_000_000
_HALF = (
    "the answer ends in the middle or is no SPARQL result; nothing of it is shown. Ask again; "
    "where that does not help, look at the server."
)

#: By which Virtuoso says, with status 200, that it stopped at a number of rows or after a time.
_MOST_ROWS, _STATE, _TIME_WAS_UP = "x-sparql-maxrows", "x-sql-state", "S1TAT"


class EndpointError(KgError):
    """A SPARQL server could not be reached, or did not do what was asked. Quotes nothing of it."""


class PartError(EndpointError):
    """The server gives so many rows at a time and no more."""

    def __init__(self, message: str, most: int) -> None:
        """`most` rows, of which it says that they were all it gives."""
        super().__init__(message)
        self.most = most


class Endpoint:
    """A server, reached over one connection; a context manager.

    Args:
        typed: The address of the server, of a dataset or repository, or of its queries.
        seconds: That it may be silent.
        in_all: An answer has to be there whole within that time; else a silence only.

    Raises:
        UsageError: an address that may not be reached, or a key file that cannot be read.
        EndpointError: nothing answers SPARQL there.
    """

    def __init__(self, typed: str, *, seconds: float = 30.0, in_all: bool = False) -> None:
        self.address = checked(typed)
        self._seconds, self._in_all = seconds, in_all
        self._http = httpx.Client(
            auth=SignIn.from_environment(),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10.0)),
            verify=trusted(),
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
        if self._kind in LAYOUTS:
            return LAYOUTS[self._kind]
        return REPOSITORY

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
            answer = self._asked(self._queries, text, _TRIPLES)
            try:
                return from_triples(answer.content)
            except (ValueError, SyntaxError):
                raise EndpointError(f"{self.host}: {_HALF}") from None
        return self._rows(text).ordered(appearance(prepared.checked.tokens))

    def _rows(self, text: str) -> Answer:
        answer = self._asked(self._queries, text, _JSON)
        try:
            rows = plain(from_json(answer.content))
            most = int(answer.headers.get(_MOST_ROWS, len(rows) + 1))
        except (ValueError, SyntaxError):
            raise EndpointError(f"{self.host}: {_HALF}") from None
        if rows.kind != "ask" and len(rows) >= most:
            raise self._cut(most)
        wanted = columns_of(text)
        if wanted is not None and wanted != set(rows.columns):
            raise EndpointError(
                f"{self.host}: answered another question than was asked (other columns); nothing "
                "of it is shown. Look at the server."
            )
        return rows

    def _cut(self, most: int = 0) -> EndpointError:
        said = (
            f"{self.host}: the server gave a part of the answer only (its own limit of rows or of "
            "time); nothing of it is shown. Ask a narrower question, or have the limit raised."
        )
        return PartError(said, most) if most else EndpointError(said)

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
        request = self._http.build_request(method, address, **said)  # type: ignore[arg-type]
        try:
            answer = self._http.send(request, stream=True)
            try:
                content = self._read(answer)
            finally:
                answer.close()
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.DecodingError:
            raise EndpointError(f"{self.host}: {_HALF}") from None
        except httpx.TransportError as error:
            raise _SilentError(self._gone(error)) from None
        headers = {k: v for k, v in answer.headers.items() if k != "content-encoding"}
        answer = httpx.Response(answer.status_code, headers=headers, content=content)
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

    def _read(self, answer: httpx.Response) -> bytes:
        """What it says, within the time and up to a size: a server may drip, or never end."""
        until = time.monotonic() + self._seconds
        content = bytearray()
        for chunk in answer.iter_bytes():
            content += chunk
            if self._in_all and time.monotonic() > until:
                raise self._late()
            if len(content) > _LARGEST:
                raise EndpointError(
                    f"{self.host}: the answer is larger than {_LARGEST // 1_000_000} MB; nothing "
                    "of it is shown. Ask a narrower question, with LIMIT say."
                )
        return bytes(content)

    def _late(self) -> EndpointError:
        return _SilentError(
            f"{self.host}: no answer within {self._seconds:g} seconds; ask a narrower "
            "question, or allow more: --timeout SECONDS."
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


class _SilentError(EndpointError):
    """Nobody there: other paths need not be tried."""


class _PlainError(EndpointError):
    """There, and plain about why not: another path would not be better."""
