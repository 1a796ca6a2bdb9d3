"""The countries and regions that one cell states: one, several, or one with a town beside it."""

import re

from kg.choices import parts
from kg.model import Choice
from kg.places import Places
from kg.redaction import has_mark

# "Bamako, Mali", "Mali – Bamako", "Bamako (Mali)": what stands between a place and its detail.
_DETAIL = re.compile(r"\s*[,،(/)]\s*|\s+[-–—:]\s+|:\s+")


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


def _read(texts: tuple[str, ...] | list[str], places: Places) -> tuple[Choice, ...]:
    """The places of the parts of a cell, each once."""
    found = {place.slug: place for part in texts if (place := places.read(part)) is not None}
    return tuple(found.values())
