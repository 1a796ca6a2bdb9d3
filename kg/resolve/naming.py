"""When two spellings are one name, and when one name is two bodies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.data_files import data
from kg.extract.lexicon import Lexicon, folded_words, lexicon

_PLURAL = 3  # shorter words keep their s: "les", "los", "bus"


@dataclass(frozen=True, slots=True)
class Identity:
    """The lists of `data/identity.yaml`."""

    state_heads: frozenset[str]
    plain: frozenset[str]
    spellings: Mapping[str, str]
    ignored: frozenset[str]
    regions: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def identity() -> Identity:
    """What decides whether two names are one."""
    raw = data("identity.yaml")
    return Identity(
        state_heads=frozenset(raw["state_heads"]),
        plain=frozenset(raw["plain"]),
        spellings=dict(raw["spellings"]),
        ignored=frozenset(raw["ignored"]),
        regions={name: frozenset(inside) for name, inside in raw["regions"].items()},
    )


@lru_cache(maxsize=50_000)
def name_key(text: str) -> tuple[str, ...]:
    """A name for comparing: accents, case, articles, plurals and usual spellings evened out.

    >>> name_key("The Réseau des Défenseurs") == name_key("reseau de défenseurs")
    True
    >>> name_key("Women Network") == name_key("Women Networks of Kivu")
    False
    """
    known = identity()
    kept: list[str] = []
    for word in folded_words(text):
        even = known.spellings.get(word, word)
        if not even or even in known.ignored:
            continue
        kept.append(even.rstrip("sx") if len(even) > _PLURAL else even)
    return tuple(kept) or folded_words(text)


def generic(text: str) -> bool:
    """Whether many countries have a body of this name: nothing in it says which one.

    >>> generic("Ministry of Justice"), generic("Police nationale"), generic("Kenya Police")
    (True, True, False)
    """
    known, words = identity(), lexicon()
    content = [w for w in folded_words(text) if w not in known.ignored]
    if not any(w in known.state_heads for w in content):
        return False
    return all(_plain(words, w) for w in content)


def _plain(words: Lexicon, word: str) -> bool:
    info = words.info(word)
    known = identity()
    if info.demonym:
        return False
    return (
        word in known.state_heads
        or word in known.plain
        or info.portfolio
        or info.function
        or info.common
        or info.connector
    )


def agree(one: str | None, other: str | None) -> bool:
    """Whether two countries or regions (slugs) may be one scope. Unknown agrees with all.

    >>> agree("mali", "sahel"), agree("mali", "niger"), agree(None, "niger")
    (True, False, True)
    """
    if one is None or other is None or one == other:
        return True
    regions = identity().regions
    if one in regions:
        return other in regions[one] or other in regions
    return other in regions and one in regions[other]


def within(scope: str | None, country: str | None) -> bool:
    """Whether what was said of a scope holds in a country; an unknown country is in none.

    >>> within(None, None), within("mali", None), within("sahel", "mali")
    (True, False, True)
    """
    return scope is None or (country is not None and agree(scope, country))


def is_acronym(text: str) -> bool:
    """Whether a surface is an acronym rather than a full name.

    >>> is_acronym("RLFDN"), is_acronym("CAP"), is_acronym("Light the Way")
    (True, True, False)
    """
    if " " in text.strip():
        return False
    info = lexicon().info(text)
    return info.acronym or info.stop or info.upper
