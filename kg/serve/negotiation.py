"""In which form an answer goes out: what the client would rather have, of what fits the answer."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

import mimeparse

from kg.query.formats import FORMATS
from kg.serve.protocol import Refused

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
                "rdfxml": "application/rdf+xml",
                "html": "text/html",
            }
        ),
    }
)
#: Other media types and names under which clients ask for the same; the first that fits counts.
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "application/json": ("json", "jsonld"),
        "application/xml": ("xml", "rdfxml"),
        "text/xml": ("xml", "rdfxml"),
        "text/plain": ("nt",),
        "text/n3": ("ttl",),
        "text/rdf+n3": ("ttl",),
        "application/turtle": ("ttl",),
        "application/x-turtle": ("ttl",),
        "application/x-json+ld": ("jsonld",),
        "json": ("json", "jsonld"),
        "xml": ("xml", "rdfxml"),
        "turtle": ("ttl",),
        "n3": ("ttl",),
        "ntriples": ("nt",),
        "n-triples": ("nt",),
        "json-ld": ("jsonld",),
        "rdf": ("rdfxml",),
        "rdf+xml": ("rdfxml",),
        "rdf/xml": ("rdfxml",),
    }
)
_TEXTS = ("text/", "application/sparql-results", "application/n-triples", "application/ld+json")
#: How well a range of `Accept` fits that names type and subtype, in the reckoning of mimeparse.
_EXACT = 110
_Range = tuple[str, str, Mapping[str, str]]


def chosen(kind: str, *, accept: str, hints: Sequence[str] = ()) -> tuple[str, str]:
    """The format of an answer, and its media type.

    Args:
        kind: "select", "ask" or "graph".
        accept: The `Accept` header; "" where there is none.
        hints: Formats by name (`?format=csv`). They count more than the header, which counts
            where none of them can hold such an answer.

    Raises:
        Refused: 406, nothing that `Accept` allows can hold such an answer; 400, no hint can, or
            two of them contradict each other.

    >>> chosen("select", accept="text/csv, */*;q=0.1")
    ('csv', 'text/csv; charset=utf-8')
    >>> chosen("graph", accept="*/*")[0], chosen("ask", accept="", hints=["xml"])[0]
    ('ttl', 'xml')
    >>> chosen("select", accept="application/sparql-results+json;q=0, */*")[0]
    'xml'
    """
    fitting = MEDIA[kind]
    named = {form for hint in hints if (form := _named(fitting, hint.lower()))}
    if len(named) > 1:
        raise Refused(HTTPStatus.BAD_REQUEST, "Two formats are asked for; expected one format=.")
    form, exact = _accepted(fitting, accept)
    if named:
        (form,) = named
    elif hints and (form == "html" or not exact):
        raise _unfit(HTTPStatus.BAD_REQUEST, fitting)
    if not form:
        raise _unfit(HTTPStatus.NOT_ACCEPTABLE, fitting)
    media = fitting[form]
    return form, f"{media}; charset=utf-8" if media.startswith(_TEXTS) else media


def _unfit(status: int, fitting: Mapping[str, str]) -> Refused:
    return Refused(
        status,
        "This answer cannot be given in the form that was asked for; expected one of "
        f"{', '.join(fitting)}: as format=, or as Accept: {', '.join(fitting.values())}.",
    )


def _named(fitting: Mapping[str, str], name: str) -> str:
    """A format by our name, by that of a client, or by its media type; "" where none fits."""
    media = {media: form for form, media in fitting.items()}
    names = (name, media.get(name, ""), *_ALSO.get(name, ()))
    return next((form for form in names if form in fitting), "")


def _accepted(fitting: Mapping[str, str], accept: str) -> tuple[str, bool]:
    """The format that RFC 9110 chooses, "" where it chooses none; and whether it was named.

    Each format counts with the weight of the range that fits it best; of equals the one that was
    named, of those the first here. Other names for a format count where they are said in full:
    `*/*` does not bring back what `;q=0` excludes.
    """
    ranges = [*_ranges(accept)]
    if not ranges:
        return next(iter(fitting)), False
    best = (0.0, 0.0, "")
    for form, media in fitting.items():
        weight, fit = mimeparse.quality_and_fitness_parsed(media, ranges)
        for other, forms in _ALSO.items():
            if "/" in other and fit < _EXACT and _named(fitting, other) == form in forms:
                weighed, fits = mimeparse.quality_and_fitness_parsed(other, ranges)
                if fits >= _EXACT:
                    weight, fit = weighed, fits
        if (weight, fit) > best[:2] and weight > 0:
            best = (weight, fit, form)
    return best[2], best[1] >= _EXACT


def _ranges(accept: str) -> Iterator[_Range]:
    """The media ranges of a header, in lower case; what is none is passed over."""
    for part in accept.lower().split(","):
        try:
            yield mimeparse.parse_media_range(part.strip())
        except mimeparse.MimeTypeParseException:
            continue
