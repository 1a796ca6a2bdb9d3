"""The lists of `words.yaml`, folded."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from kg.extract.lexicon import folded_words, lexicon, without_determiner
from kg.extract.registry import body_names
from kg.vocab import fold


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The lists as they are written."""
    path = Path(__file__).with_name("words.yaml")
    return {name: tuple(said) for name, said in yaml.safe_load(path.read_text("utf-8")).items()}


@cache
def courtesies() -> frozenset[str]:
    """Folded words behind which somebody stands."""
    return frozenset(words()["courtesies"])


@cache
def practices() -> frozenset[str]:
    """Folded words of bodies that are one person's."""
    return frozenset(words()["practices"])


@cache
def honours() -> frozenset[str]:
    """Folded words of what is called after one person."""
    return frozenset(words()["honours"])


@cache
def endowed() -> frozenset[str]:
    """Folded words of what may be called after somebody."""
    return frozenset(words()["endowed"]) | lexicon().eponymous


@cache
def calls() -> frozenset[str]:
    """Folded words behind which a name comes, though nobody capitalised it."""
    return frozenset(fold(word) for said in words()["calls"] for word in said.split())


def known_to_all(text: str) -> bool:
    """A body that comes with kg."""
    return without_determiner(folded_words(text)) in _known_to_all()


@cache
def _known_to_all() -> frozenset[tuple[str, ...]]:
    """Folded words of bodies that everybody knows: they come with kg."""
    return frozenset(without_determiner(folded_words(known.name)) for known in body_names())
