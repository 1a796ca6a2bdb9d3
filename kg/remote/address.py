"""Where a server is, and who we are there: what may be typed, and what may not."""

import ipaddress
import os
import re
import ssl
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from kg.errors import UsageError

#: Names of the environment's variables; never an option: command lines are seen by others.
USER, PASSWORD, TOKEN, KEY_FILE = (
    "KG_ENDPOINT_USER",
    "KG_ENDPOINT_PASSWORD",
    "KG_ENDPOINT_TOKEN",
    "KG_ENDPOINT_KEY_FILE",
)
#: The ways of signing in that a server offers, several in a line: "Negotiate, Basic realm=…".
_WAY = re.compile(r"(?:^|,)\s*([a-z]+)(?=\s|,|$)")
#: A file with the certificate of an authority that this machine does not know.
AUTHORITY = "KG_ENDPOINT_CA"


def checked(typed: str) -> str:
    """An address that may be reached, without a slash at its end.

    Raises:
        UsageError: not https and not this machine, or a secret, a query or a fragment in it.

    >>> checked("http://127.0.0.1:7878/"), checked("https://graph.example.org/repositories/h")
    ('http://127.0.0.1:7878', 'https://graph.example.org/repositories/h')
    """
    try:
        parts = urlsplit(typed.strip())
        whole = parts.scheme in ("http", "https") and bool(
            parts.hostname and httpx.URL(typed.strip())
        )
        _ = parts.port
    except (ValueError, httpx.InvalidURL):  # "http://[::1", ":abc", a line break
        whole = False
    if not whole:
        raise UsageError(
            "The address of a SPARQL server is expected, e.g. https://graph.example.org/harvest "
            "or http://127.0.0.1:7878"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "The address holds a secret or a query; expected it without. Sign in by the "
            f"environment: {USER} and {PASSWORD}, or {TOKEN}, or {KEY_FILE} with a file of them."
        )
    if parts.scheme == "http" and not _here(parts.hostname or ""):
        raise UsageError(
            "Over http everybody on the way could read the harvest; expected https:// for a "
            "server that is not this machine."
        )
    return typed.strip().rstrip("/")


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def trusted() -> ssl.SSLContext:
    """Whom this machine trusts, and the authority that a user named."""
    try:
        return ssl.create_default_context(cafile=os.environ.get(AUTHORITY) or None)
    except OSError:  # SSLError is one
        raise UsageError(
            f"The file that {AUTHORITY} names holds no certificate; expected that of an authority, "
            "in PEM form."
        ) from None


class SignIn(httpx.Auth):
    """Signs in as the server wants it: a token at once; a name and password when it asks for them.

    A password is never sent before the server named its way, so that one that knows Digest never
    sees it.
    """

    def __init__(self, *, user: str = "", password: str = "", token: str = "") -> None:
        self._user = user
        self._password = password
        self._token = token

    @classmethod
    def from_environment(cls) -> "SignIn":
        """Who we are, by the environment.

        Raises:
            UsageError: the key file is missing or holds neither a token nor NAME:PASSWORD.
        """
        path = os.environ.get(KEY_FILE)
        if not path:
            said = os.environ.get
            token = said(TOKEN, "").strip()
            if not (token.isascii() and token.isprintable()):
                raise UsageError(f"{TOKEN} holds no token; expected one line of plain letters.")
            return cls(user=said(USER, ""), password=said(PASSWORD, ""), token=token)
        try:
            text = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            text = ""
        if not text or "\n" in text:
            raise UsageError(
                f"The file that {KEY_FILE} names cannot be read as a key; expected one line: a "
                "token, or NAME:PASSWORD."
            )
        user, colon, password = text.partition(":")
        return cls(user=user, password=password) if colon else cls(token=text)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """As httpx wants it: requests out, answers in."""
        if self._token:
            request.headers["authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.status_code != httpx.codes.UNAUTHORIZED or not self._user:
            return
        ways = [way.lower() for way in answer.headers.get_list("www-authenticate")]
        offered = {found[1] for way in ways for found in _WAY.finditer(way)}
        if "digest" in offered:
            flow = httpx.DigestAuth(self._user, self._password).auth_flow(request)
            next(flow)
            try:
                signed = flow.send(answer)
            except (KeyError, StopIteration, httpx.ProtocolError):
                raise UsageError(
                    "The server asks for a way of signing in that kg does not know, or asks "
                    f"for it wrongly. A token may do: {TOKEN}"
                ) from None
            yield signed
        elif "basic" in offered:
            yield next(httpx.BasicAuth(self._user, self._password).auth_flow(request))
