"""Who may come in: programs of this machine, pages of this server, and who holds the token.

A page from anywhere can send requests to this machine, and a name of its own can be made to mean
127.0.0.1 (DNS rebinding). So the server answers to its own names alone, and to no other origin.
"""

import hmac
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import URL, Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import UsageError

#: What is said with every answer. The explorer brings a policy of its own, in the page.
_HEADERS = {
    "x-content-type-options": "nosniff",
    # Not "no-referrer": a form of our own page would then come from origin "null".
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
#: Typed, from a bookmark, or from one of our own pages.
_OUR_SITES = ("same-origin", "none")
_HTTP = 80


class Door:
    """ASGI middleware: lets a request through, or answers 401 or 403 with one line.

    Args:
        app: What lies behind it.
        port: The port that is listened on; part of the names that are answered to.
        token: Asked for where given: as `Authorization: Bearer …`, or once as `?token=…`.
        origins: Origins of other pages that may ask, e.g. "http://localhost:8888".
    """

    def __init__(
        self, app: ASGIApp, *, port: int, token: str | None, origins: Collection[str] = ()
    ) -> None:
        self.app = app
        self._hosts = frozenset(
            name for host in ("127.0.0.1", "localhost", "[::1]") for name in _names(host, port)
        )
        self._own = frozenset(f"http://{host}" for host in self._hosts)
        self._others = frozenset(origins)
        self._token = token
        self._cookie = f"kg_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the application, or hand the request on to it."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    said.setdefault(name, value)
                if origin in self._others and origin is not None:
                    said["access-control-allow-origin"] = origin
                    said["cross-origin-resource-policy"] = "cross-origin"
                    said.add_vary_header("origin")
            await send(message)

        refused = self._refused(scope, headers, origin)
        if refused is None:
            await self.app(scope, receive, answering)
        else:
            await refused(scope, receive, answering)

    def _refused(self, scope: Scope, headers: Headers, origin: str | None) -> Response | None:
        """The answer to a request that may not come in."""
        if headers.get("host", "").lower() not in self._hosts:
            return _no("This server answers to 127.0.0.1 and localhost alone, with its port.")
        foreign = origin is not None and origin not in self._own
        if foreign and origin not in self._others:
            return _no("Pages of another origin may not ask this server.")
        site = headers.get("sec-fetch-site")
        if site is not None and site not in _OUR_SITES and not foreign:
            return _no("Pages of another site may not ask this server; open its address yourself.")
        if foreign and scope["method"] == "OPTIONS":
            return _preflight()
        if self._token is not None and not self._known(headers, self._token):
            return self._stranger(scope, self._token)
        return None

    def _known(self, headers: Headers, token: str) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(given.strip(), token):
            return True
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return held is not None and _same(held.value, token)

    def _stranger(self, scope: Scope, token: str) -> Response:
        given = QueryParams(scope["query_string"]).get("token")
        if given is None or not _same(given, token) or scope["method"] != "GET":
            return PlainTextResponse(
                "This harvest is internal. Open the address that kg serve printed, or send its "
                "token: Authorization: Bearer TOKEN\n",
                status_code=401,
                headers={"www-authenticate": "Bearer"},
            )
        # Out of the address at once: addresses are shown, kept and copied.
        clean = URL(scope=scope).remove_query_params("token")
        answer = RedirectResponse(f"{clean.path}{'?' if clean.query else ''}{clean.query}", 303)
        answer.set_cookie(self._cookie, token, httponly=True, samesite="strict")
        return answer


def own_origin(text: str) -> str:
    """An origin as browsers say it, from what a person typed.

    Raises:
        UsageError: not a scheme, a host and perhaps a port; "*" is refused.

    >>> own_origin("http://LOCALHOST:8888/")
    'http://localhost:8888'
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise UsageError(
            "--allow-origin expects one origin: a scheme, a host and perhaps a port, e.g. "
            "http://localhost:8888"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _names(host: str, port: int) -> tuple[str, ...]:
    """How a host is named in a request; port 80 goes without saying."""
    return (f"{host}:{port}", host) if port == _HTTP else (f"{host}:{port}",)


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _no(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=403)


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "access-control-allow-methods": "GET, HEAD, POST",
            "access-control-allow-headers": "accept, authorization, content-type",
        },
    )
