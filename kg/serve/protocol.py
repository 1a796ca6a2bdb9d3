"""What a request asks, by SPARQL 1.1 Protocol (W3C, 21 March 2013), section 2.1.

A query comes as `?query=` of a GET, as a form, or as the body of a POST. What the protocol lets
clients add to it (`default-graph-uri`, `named-graph-uri`) is refused as FROM is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import parse_qsl

from starlette.requests import Request

#: Bytes of a query. The largest of the library has 3,000.
LARGEST = 1 << 20
_MOST_FIELDS = 64
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_DATASET = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """Why a request is not followed: a status of HTTP, and one line that quotes nothing of it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and what else was said with it. `query` is None where none was sent.

    `hints`: formats that were asked for by name, each once.
    """

    query: str | None
    options: Mapping[str, str]
    hints: tuple[str, ...] = ()


#: Where clients name a format at a SPARQL endpoint; some send all of them, to be understood.
HINTS = ("format", "output", "results")


async def asked(request: Request, *, hints: Collection[str] = ("format",)) -> Asked:
    """Read a request of the protocol.

    Args:
        request: As it came.
        hints: Parameters that name a format; they may come twice.

    Raises:
        Refused: not of the protocol, an update, a data set of its own, too large, not UTF-8.
    """
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        kind, charset = _content_type(request.headers.get("content-type", ""))
        if kind == "application/sparql-update":
            raise _no_update()
        if kind not in (_FORM, _QUERY):
            raise Refused(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"A POST is a form ({_FORM}) or a query ({_QUERY}).",
            )
        body = await _body(request)
        if kind == _QUERY:
            fields.append(("query", _text(body, charset)))
        else:
            sent = _fields(body)
            if not any(name in ("query", "update") for name, _ in sent):
                raise Refused(HTTPStatus.BAD_REQUEST, "The form has no query= in it.")
            fields += sent
    named = dict.fromkeys(value for name, value in fields if name in hints and value.strip())
    said = _sorted([(name, value) for name, value in fields if name not in hints])
    return replace(said, hints=tuple(named))


def _sorted(fields: list[tuple[str, str]]) -> Asked:
    found: dict[str, str] = {}
    for name, value in fields:
        if name == "update":
            raise _no_update()
        if name in _DATASET:
            raise Refused(
                HTTPStatus.BAD_REQUEST,
                "A data set of its own (default-graph-uri, named-graph-uri) is refused, as FROM "
                "is: kg answers from this harvest alone, over the union of its graphs.",
            )
        if name in found:
            few = "exactly one query" if name == "query" else "each parameter once"
            raise Refused(HTTPStatus.BAD_REQUEST, f"Something is given twice; expected {few}.")
        found[name] = value
    query = found.pop("query", None)
    return Asked(query, MappingProxyType(found))


def _no_update() -> Refused:
    return Refused(
        HTTPStatus.FORBIDDEN,
        "Updates are refused: a harvest is changed in its sources alone. Correct them, and build "
        "again.",
    )


def _fields(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"More than {_MOST_FIELDS} parameters.") from None


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in lower case; UTF-8 where none is said."""
    kind, *options = (part.strip() for part in header.split(";"))
    said = dict(option.lower().partition("=")[::2] for option in options)
    return kind.lower(), said.get("charset", "utf-8").strip('"')


def _text(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise _not_utf8()
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, "Not UTF-8; send queries and parameters as UTF-8.")


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"A query of more than {LARGEST // 1024} kB; send a shorter one.",
            )
        parts.append(part)
    return b"".join(parts)
