"""What counts as an empty cell: nothing, a dash, or a word such as "n/a" or "néant"."""

from functools import cache, lru_cache

import yaml

from kg.resources import resource
from kg.vocab import fold

# Outer punctuation says nothing: "(none)", "n/a.", "—". Angle brackets do: "<redacted>" is a mark.
_OUTER = " .,;:!?¿¡…'\"“”‘’«»()[]{}*_-‐‑‒–—―−/\\|·•="


def is_blank(text: str | None) -> bool:
    """Does a cell say that it is empty? True also where there is no cell.

    A plain "no" is an answer, not emptiness.

    >>> is_blank(" - "), is_blank("Néant."), is_blank("N/A"), is_blank(None)
    (True, True, True, True)
    >>> is_blank("no"), is_blank("0"), is_blank("<redacted>")
    (False, False, False)
    """
    if not text:
        return True
    if len(text) > _longest():  # sentences, and nothing but spaces
        return not text.strip()
    # No mark ends in a digit, as ids and years do; this saves most cells the rest.
    return not (text[-1].isdecimal() and text.isascii()) and _says_empty(text)


@lru_cache(maxsize=8192)
def _says_empty(text: str) -> bool:
    """The same of a short cell; the same few are met again and again."""
    folded = fold(text)
    return not folded.strip(_OUTER) or folded in _marks() or folded.strip(_OUTER) in _marks()


@cache
def _marks() -> frozenset[str]:
    """The folded words, from `ontology/empty.yaml`."""
    # BaseLoader: every scalar is a text; "null" and "no" are words here.
    tree = yaml.load(resource("ontology", "empty.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return frozenset(fold(mark) for marks in tree["marks"].values() for mark in marks)


@cache
def _longest() -> int:
    """A text longer than every mark with room for spaces and punctuation holds more than a mark."""
    return 20 + 4 * max(len(mark) for mark in _marks())
