"""The addresses of a server, and what each answers with."""

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import KgError, QueryLimitError, WorkspaceError
from kg.harvest import Harvest
from kg.model import Audience
from kg.own_questions import offered
from kg.query import Question, load_library
from kg.query.formats import render
from kg.query.library import parse_question
from kg.resources import resource
from kg.serve.current import Current
from kg.serve.description import service_description
from kg.serve.door import Door
from kg.serve.negotiation import chosen
from kg.serve.openapi import described
from kg.serve.pages import Setting, address_page, answer_page, listed
from kg.serve.protocol import HINTS, Asked, Refused, asked

_T = TypeVar("_T")
#: What kg says to type, and what is asked for over HTTP instead.
_TYPED = (
    (re.compile(r",? or allow more: kg query --\w+ \w+"), ""),
    (re.compile(r"kg queries"), "/questions"),
    (re.compile(r"kg query (?=[a-z])"), "/questions/"),
    (re.compile(r"-p (\w+)=([\"'])(.*?)\2"), r"?\1=\3"),
)
_RETRY = {"retry-after": "1"}
_VARY = {"vary": "accept"}
#: What is said beside a refusal.
_BESIDE: Mapping[int, Mapping[str, str]] = {
    HTTPStatus.SERVICE_UNAVAILABLE: _RETRY,
    HTTPStatus.NOT_ACCEPTABLE: _VARY,
}
#: What may be said beside the parameters of a question.
_OURS = frozenset({"timeout", "lang"})
#: Requests that wait for one that is answered. More would wait longer than people do.
_WAITING = 2
#: Threads that read small files: the pointer to the version, the library, the page.
_READERS = 2


def application(
    current: Current,
    *,
    port: int,
    token: str | None = None,
    origins: Collection[str] = (),
    seconds: float = 30.0,
    at_once: int | None = None,
) -> Starlette:
    """The server as an ASGI application.

    Args:
        current: What is served.
        port: That is listened on.
        token: Asked of everybody, where given.
        origins: Other pages that may ask.
        seconds: That a question may take at most.
        at_once: Questions that run side by side; default: one a core. Those beyond twice as many
            waiting ones are told to come again (503).
    """
    desk = _Desk(
        current, seconds=seconds, at_once=at_once or os.cpu_count() or 1, token=token is not None
    )
    routes = [
        Route("/", desk.explorer),
        Route("/sparql", desk.sparql, methods=["GET", "POST"]),
        Route("/questions", desk.questions),
        Route("/questions/{name}", desk.question),
        Route("/api", desk.page),
        Route("/openapi.json", desk.openapi),
        # Browsers ask for one, whatever a page says.
        Route("/favicon.ico", lambda _: Response(status_code=HTTPStatus.NO_CONTENT)),
    ]
    door = Middleware(Door, port=port, token=token, origins=origins)
    return Starlette(
        routes=routes,
        middleware=[door],
        exception_handlers={Refused: _refused, KgError: _failed, HTTPException: _http},
    )


class _Desk:
    """What answers. Questions run in threads, each of which waits for a process of its own."""

    def __init__(self, current: Current, *, seconds: float, at_once: int, token: bool) -> None:
        self._current = current
        self._token = token
        self._seconds = seconds
        self._limiter = anyio.CapacityLimiter(at_once)
        # Each thread keeps memory of its own; forty of them, as is the custom, kept 45 MB.
        self._readers = anyio.CapacityLimiter(_READERS)
        self._most = at_once * (1 + _WAITING)
        self._inside = 0
        self._read: tuple[Harvest, Mapping[str, Question]] | None = None

    def _library(self) -> Mapping[str, Question]:
        """The questions to be asked; read once a version."""
        if self._current.audience is Audience.PUBLIC:
            return _shipped()  # of no harvest: known also while none may be opened
        harvest = self._current.harvest()
        if self._read is None or self._read[0] is not harvest:
            self._read = (harvest, offered(harvest.config, self._current.audience))
        return self._read[1]

    async def explorer(self, _request: Request) -> Response:
        """The page of the build or release, as it is."""
        harvest = await self._aside(self._current.harvest)
        return HTMLResponse(await self._aside(harvest.explorer.read_bytes))

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; without a query, the service's description."""
        said = await asked(request, hints=HINTS)
        wish = _wish(request, said, self._seconds)
        if said.query is not None:
            question = parse_question(said.query, name="query", file="the query")
            return await self._answer(question, {}, request, wish)
        form, media = chosen("graph", accept=wish.accept, hints=wish.hints)
        if form == "html":
            return Response(status_code=303, headers={"location": "/api", **_VARY})
        title = (await self._aside(self._current.harvest)).config.name
        endpoint = str(request.url.replace(query=None))
        told = service_description(endpoint, title=title, form=form)
        return Response(told, media_type=media, headers=_VARY)

    async def questions(self, _request: Request) -> Response:
        """The library: what may be asked at which address."""
        found = await self._aside(self._library)
        return JSONResponse({"questions": list(map(listed, found.values()))})

    async def question(self, request: Request) -> Response:
        """One question of the library; its parameters are those of the address."""
        found = (await self._aside(self._library)).get(request.path_params["name"])
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "No question of that name; all of them: /questions")
        said = await asked(request)
        wish = _wish(request, said, self._seconds)
        # A field that a form leaves empty was not filled in.
        given = {n: v for n, v in said.options.items() if v.strip() and n not in _OURS}
        return await self._answer(found, given, request, wish)

    async def page(self, request: Request) -> Response:
        """The addresses, for people, with a form for each question."""
        setting = await self._aside(lambda: self._setting(request.query_params.get("lang")))
        found = await self._aside(self._library)
        return _page(address_page(found.values(), setting))

    async def openapi(self, _request: Request) -> Response:
        """The addresses, for programs: OpenAPI 3.1."""
        setting = await self._aside(lambda: self._setting(None))
        found = await self._aside(self._library)
        told = described(found.values(), title=setting.title, token=self._token)
        return JSONResponse(told)

    def _setting(self, language: str | None) -> Setting:
        config = self._current.harvest().config
        return Setting(config.name, self._current.audience, language, config.language)

    async def _answer(
        self, question: Question, given: Mapping[str, str], request: Request, wish: "_Wish"
    ) -> Response:
        """Ask, and give the answer in the form that was wished for."""

        def work() -> Response:
            answer = self._current.harvest().ask(question, given, timeout=wish.seconds)
            form, media = chosen(answer.kind, accept=wish.accept, hints=wish.hints)
            if form != "html":
                content = render(answer, form)
                return Response(content, media_type=media, headers=_VARY)
            again = request.url.remove_query_params("format")
            address = f"{again.path}?{again.query}" if again.query else again.path
            page = answer_page(
                answer,
                self._setting(wish.language),
                question=question,
                parameters=given,
                address="" if request.method == "POST" else address,
            )
            return _page(page)

        return await self._in_turn(work)

    async def _aside(self, read: Callable[[], _T]) -> _T:
        """Read a file without holding up the other requests."""
        return await anyio.to_thread.run_sync(read, limiter=self._readers)

    async def _in_turn(self, work: Callable[[], _T]) -> _T:
        """Run a question when its turn comes, or say at once that there are too many."""
        if self._inside >= self._most:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE, "Too many questions at once; ask again in a second."
            )
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


@cache
def _shipped() -> Mapping[str, Question]:
    return load_library(resource("queries"))


@dataclass(frozen=True, slots=True)
class _Wish:
    """How an answer is wished for. `hints`, formats by name, count more than `accept`."""

    hints: tuple[str, ...]
    accept: str
    language: str | None
    seconds: float


def _wish(request: Request, said: Asked, most: float) -> _Wish:
    """What was said beside the question; a question may take *most* seconds."""
    try:
        seconds = float(said.options.get("timeout") or most)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise Refused(HTTPStatus.BAD_REQUEST, "timeout= is a number of seconds, e.g. timeout=5.")
    return _Wish(
        said.hints,
        request.headers.get("accept", ""),
        said.options.get("lang") or None,
        min(seconds, most),
    )


def _page(made: tuple[str, str]) -> Response:
    text, policy = made
    return HTMLResponse(text, headers={"content-security-policy": policy, **_VARY})


def _line(status: int, why: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=status, headers=headers)


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - what it was registered for
    return _line(error.status, error.why, _BESIDE.get(error.status))


def _failed(_request: Request, error: Exception) -> Response:
    """An error of kg is one line that quotes no record and no query."""
    if isinstance(error, QueryLimitError):
        return _line(HTTPStatus.GATEWAY_TIMEOUT, _here(str(error)))
    if isinstance(error, WorkspaceError):
        return _line(HTTPStatus.SERVICE_UNAVAILABLE, str(error), _RETRY)
    return _line(HTTPStatus.BAD_REQUEST, _here(str(error)))


def _here(told: str) -> str:
    """A line of kg, with what it says to type as what a client of this server does.

    >>> _here("Stopped; ask a narrower one, or allow more: kg query --timeout SECONDS.")
    'Stopped; ask a narrower one.'
    >>> _here("parameter code is missing; add -p code='1.4'")
    'parameter code is missing; add ?code=1.4'
    >>> _here("All of them: kg queries. What there is: kg query outcomes.")
    'All of them: /questions. What there is: /questions/outcomes.'
    """
    for typed, asked_for in _TYPED:
        told = typed.sub(asked_for, told)
    return told


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it was registered for
    status = HTTPStatus(error.status_code)
    return _line(
        status.value, f"{status.phrase}. The addresses of this server: /api", error.headers
    )
