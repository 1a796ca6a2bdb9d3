"""The lists of `words.yaml`, folded."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

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
def calls() -> frozenset[str]:
    """Folded words behind which a name comes, though nobody capitalised it."""
    return frozenset(fold(word) for said in words()["calls"] for word in said.split())
