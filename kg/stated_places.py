"""The countries and regions that one cell states: one, several, or one with a town beside it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.choices import parts
from kg.model import Choice, Code
from kg.places import Places
from kg.redaction import has_mark

# "Bamako, Mali", "Mali – Bamako", "Bamako (Mali)": what stands between a place and its detail.
_DETAIL = re.compile(r"\s*[,،(/)]\s*|\s+[-–—:]\s+|:\s+")

# Around the codes of a cell, and how much a name of a country has at least: "SO" may be Somalia.
_PIECE = re.compile(r"[|;,،:/()\[\]\n\r\t–—&+]| - ")
_EDGES = " .-–—•*\"'«»“”"
_SHORTEST = 3


def read_places(text: str) -> tuple[tuple[Choice, ...], str]:
    """The places of a trimmed cell, and the problem with them ("" where there is none).

    A cell that is one place as a whole is that place. Of several, each counts,
    also one that nobody knows; of a town with its country the country does.

    >>> [place.label for place in read_places("Niger; Mali")[0]]
    ['Niger', 'Mali']
    >>> [place.label for place in read_places("Bamako, Mali")[0]]
    ['Mali']
    """
    places = Places.load()
    whole = places.read(text)
    if whole is None:
        return (), "long-value" if text and not has_mark(text) else ""
    if whole.known:
        return (whole,), ""

    def known_as_a_whole(said: str) -> Choice | None:
        place = places.read(said)
        return place if place is not None and place.known else None

    among = _read(parts(text, known_as_a_whole), places)
    known = [place for place in among if place.known]
    if known and len(known) == len(among):  # "Ivory Coast / Côte d'Ivoire" is one place twice
        return among, "several-places" if len(among) > 1 else ""
    beside = [place for place in _read(_DETAIL.split(text), places) if place.known]
    if len(known) <= 1 and len(beside) == 1:
        return tuple(beside), "more-than-a-place"
    return among if known else (whole,), "unknown-value"


def beside_codes(text: str, codes: Iterable[Code]) -> frozenset[str]:
    """Slugs of the countries and regions that a cell of codes names beside them.

    Whole names alone, and no short forms: "Outcome 1.4 (Mali), 2.1 Niger" names two, "1.4: Civil
    society of Mali" none.
    """
    return _beside(text, tuple((code.start, code.end) for code in codes))


@lru_cache(maxsize=4096)
def _beside(text: str, spans: tuple[tuple[int, int], ...]) -> frozenset[str]:
    left = list(text)
    for start, end in spans:
        left[start:end] = "|" * (end - start)
    pieces = (piece.strip(_EDGES) for piece in _PIECE.split("".join(left)))
    find = Places.load().find
    found = (find(piece) for piece in pieces if len(piece) > _SHORTEST)
    return frozenset(place for place in found if place is not None)


def _read(texts: tuple[str, ...] | list[str], places: Places) -> tuple[Choice, ...]:
    """The places of the parts of a cell, each once."""
    found = {place.slug: place for part in texts if (place := places.read(part)) is not None}
    return tuple(found.values())
