"""In which form an answer goes out: what the client would rather have, of what fits the answer."""

from collections.abc import Mapping
from types import MappingProxyType

import mimeparse

from kg.errors import UsageError
from kg.query.formats import FORMATS

_ROWS = MappingProxyType(
    {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "md": "text/markdown",
        "html": "text/html",
    }
)
#: Media types by kind of answer and name of format; the first is given where none was asked for.
MEDIA: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "select": _ROWS,
        "ask": MappingProxyType(
            {form: media for form, media in _ROWS.items() if form in (*FORMATS["ask"], "html")}
        ),
        "graph": MappingProxyType(
            {
                "ttl": "text/turtle",
                "nt": "application/n-triples",
                "jsonld": "application/ld+json",
                "html": "text/html",
            }
        ),
    }
)
#: Other names under which clients ask for the same.
_ALSO = MappingProxyType(
    {
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
        "text/plain": "nt",
        "application/x-turtle": "ttl",
    }
)
#: What clients call a format beside our names for it.
_NAMES = MappingProxyType(
    {"turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "json-ld": "jsonld"}
)
_TEXTS = ("text/", "application/sparql-results", "application/n-triples", "application/ld+json")


def chosen(kind: str, *, accept: str, named: str | None = None) -> tuple[str, str]:
    """The format of an answer, and its media type.

    Args:
        kind: "select", "ask" or "graph".
        accept: The `Accept` header; "" where there is none.
        named: A format by name (`?format=csv`); it counts more than the header.

    Raises:
        UsageError: none of what was asked for can hold such an answer.

    >>> chosen("select", accept="text/csv, */*;q=0.1")
    ('csv', 'text/csv; charset=utf-8')
    >>> chosen("graph", accept="*/*")[0], chosen("ask", accept="", named="xml")[0]
    ('ttl', 'xml')
    """
    fitting = MEDIA[kind]
    form = _accepted(fitting, accept) if named is None else _named(fitting, named.lower())
    if form not in fitting:
        raise UsageError(
            "This answer cannot be given in the form that was asked for; expected one of "
            f"{', '.join(fitting)}: as format=, or as Accept: {', '.join(fitting.values())}."
        )
    media = fitting[form]
    return form, f"{media}; charset=utf-8" if media.startswith(_TEXTS) else media


def _named(fitting: Mapping[str, str], name: str) -> str:
    """A format by our name, by that of a client, or by its media type."""
    media = {media: form for form, media in fitting.items()}
    return _NAMES.get(name) or media.get(name) or _ALSO.get(name) or name


def _accepted(fitting: Mapping[str, str], accept: str) -> str:
    if not accept.strip():
        return next(iter(fitting))
    known = {media: form for media, form in _ALSO.items() if form in fitting}
    known |= {media: form for form, media in fitting.items()}
    # Of equals the last one wins there, and the first one here.
    offered = [*reversed(known)]
    first = next(iter(fitting.values()))
    offered.sort(key=lambda media: media == first)
    try:
        return known.get(mimeparse.best_match(offered, accept), "")
    except mimeparse.MimeTypeParseException:
        return next(iter(fitting))
