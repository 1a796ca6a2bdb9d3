"""Headings with slips of the hand: letters missing, doubled, swapped, one word for another."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from kg.read.lexicon import Lexicon, Wording, get_lexicon
from kg.read.turning import YES_NO
from kg.read.words import (
    allowed,
    apart,
    letters,
    same_but_gender,
    slips,
    squash,
    stem,
    swapped,
    turned,
    words,
)

T = TypeVar("T")

_SHORT_WORD = 5  # a shorter word is not corrected: too many words are one letter apart


def misspelt(form: str, lexicon: Lexicon) -> Sequence[Wording]:
    """Wordings within a few slips; the nearest, and every other field's that is hardly farther."""
    squashed = squash(form)
    most = allowed(len(squashed))
    if not most:
        return ()
    near: list[tuple[int, Wording]] = []
    tokens, ours = words(form), letters(squashed)
    for item in _within(len(squashed), most + 1, lexicon.by_length):
        if apart(ours, item.letters, most=most + 1):
            continue
        # A word of four letters is one slip from half the dictionary: two slips alone count.
        if min(len(squashed), len(item.squashed)) <= _SHORT_WORD - 1 and not swapped(
            squashed, item.squashed
        ):
            continue
        # A yes or no is never taken from a wording that begins otherwise ("unconfidential").
        if item.field in YES_NO and squashed[:2] != item.squashed[:2]:
            continue
        count = slips(squashed, item.squashed, most=most + 1)
        if count is not None and not _other_word(tokens, words(item.text), lexicon):
            near.append((count, item))
    best = min((count for count, _ in near), default=most + 1)
    if best > most:
        return ()
    return [item for count, item in sorted(near, key=lambda n: n[0]) if count <= best + 1]


def _other_word(ours: Sequence[str], theirs: Sequence[str], lexicon: Lexicon) -> bool:
    """Do two headings differ by a word that means something else, and is no misspelling?"""
    if turned("".join(ours), "".join(theirs), prefixes=lexicon.turning_prefixes):
        return True
    if len(ours) != len(theirs):
        return any(stem(w) in lexicon.qualifiers for w in set(ours) ^ set(theirs))
    return any(
        a != b
        and (
            a in lexicon.vocabulary
            or stem(a) in lexicon.qualifiers
            or turned(a, b, prefixes=lexicon.turning_prefixes)
            or slips(a, b, most=max(1, allowed(max(len(a), len(b))))) is None
        )
        and stem(a) != stem(b)
        and not same_but_gender(a, b, endings=lexicon.genders)
        for a, b in zip(ours, theirs, strict=True)
    )


def _within(length: int, most: int, groups: Mapping[int, Sequence[T]]) -> Iterator[T]:
    """What is at most *most* letters longer or shorter."""
    for near in range(length - most, length + most + 1):
        yield from groups.get(near, ())


@lru_cache(maxsize=8192)
def corrected_word(token: str) -> str:
    """A word as it is known, where one slip or two are all that parts them; else as it stands."""
    lexicon = get_lexicon()
    known = lexicon.vocabulary | lexicon.function_words | lexicon.qualifiers | lexicon.turning
    if len(token) < _SHORT_WORD or token in known or stem(token) in known or token.isdigit():
        return token
    near = sorted(
        (count, word)
        for word in _within(len(token), allowed(len(token)), lexicon.words_by_length)
        if len(word) >= _SHORT_WORD
        and (count := slips(token, word, most=allowed(len(token)))) is not None
        and not turned(token, word, prefixes=lexicon.turning_prefixes)
    )
    stems = {stem(word) for count, word in near if count == near[0][0]}
    return near[0][1] if len(stems) == 1 else token
