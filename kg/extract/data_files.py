"""The data files of the rules: parsed, and folded as words are asked."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kg.errors import KgError
from kg.vocab import fold

_DATA = Path(__file__).resolve().parent / "data"


def data(name: str) -> Any:
    """One file of `kg/extract/data`, parsed.

    >>> sorted(data("cues.yaml")["verbs"])
    ['en', 'es', 'fr']
    """
    # The base loader gives texts alone: "no", "on" and "y" are words here, not truth values.
    return yaml.load((_DATA / name).read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506


def word_list(name: str) -> Sequence[str]:
    """One list of folded words, sorted: many thousand, a line each; made by `hatch_words.py`.

    >>> "ministry" in word_list("ordinary_en")
    True
    """
    try:
        return (_DATA / "built" / f"{name}.txt").read_text("utf-8").split("\n")
    except FileNotFoundError:
        raise KgError(
            "The word lists of kg are missing from this checkout; make them with: make built "
            "(or install kg again)."
        ) from None


def by_last_letter(endings: Iterable[Sequence[str]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Pairs of an ending and what stands instead, by the letter that a word must end with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ending, instead in endings:
        found.setdefault(ending[-1], []).append((ending, instead))
    return found


def all_folded(value: Any) -> frozenset[str]:
    """Folded words of a list, or of all lists of a mapping by language."""
    if isinstance(value, Mapping):
        return frozenset().union(*(all_folded(v) for v in value.values()))
    return frozenset(fold(str(word)).replace("’", "'") for word in value)
