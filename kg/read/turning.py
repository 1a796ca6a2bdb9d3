"""Headings that turn a yes or no round. "Not confidential: no" must never clear a record."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from kg.read.lexicon import Lexicon, get_lexicon
from kg.read.words import words

#: Fields that are answered with yes or no: a heading turned round turns the answer round.
YES_NO = ("confidential", "unintended", "negative")


def turns_round(heading: str, *, besides: Collection[str] = ()) -> bool:
    """Does a heading hold a word that would turn a yes or no round?

    Args:
        heading: As typed. Answers spelt out in it ("yes/no") turn nothing.
        besides: Words of the known wording, which mean what they mean.

    >>> turns_round("Not confidential"), turns_round("Confidential (yes/no)")
    (True, False)
    >>> turns_round("Effet non prévu"), turns_round("Effet non prévu", besides=["non", "prevu"])
    (True, False)
    """
    lexicon = get_lexicon()
    return any(
        (token in lexicon.turning or _negated(token, lexicon)) and token not in besides
        for token in without_answers(words(heading))
    )


def without_answers(tokens: Sequence[str]) -> list[str]:
    """The words of a heading without the answers that are spelt out in it.

    >>> without_answers(["confidential", "yes", "no"])
    ['confidential']
    """
    kept = list(tokens)
    for pair in get_lexicon().pairs:
        for start in range(len(kept) - len(pair), -1, -1):
            if tuple(kept[start : start + len(pair)]) == pair:
                del kept[start : start + len(pair)]
    return kept


def _negated(token: str, lexicon: Lexicon) -> bool:
    return token not in lexicon.vocabulary and any(
        token.startswith(prefix) and token.removeprefix(prefix) in lexicon.vocabulary
        for prefix in lexicon.turning_prefixes
    )


@lru_cache(maxsize=1024)
def both_poles(heading: str, name: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of a heading for no and for yes, where it asks which of the two.

    >>> both_poles("Intended / unintended", "unintended") is not None
    True
    >>> both_poles("Unintended outcome?", "unintended")
    """
    lexicon = get_lexicon()
    if name not in lexicon.poles:
        return None
    no, yes = lexicon.poles[name]
    found: tuple[set[str], set[str]] = (set(), set())
    tokens = words(heading)
    for before, token in zip(("", *tokens), tokens, strict=False):
        if token in yes or (token in no and before in lexicon.pole_negations):
            found[1].add(before if token in no else token)
        elif token in no:
            found[0].add(token)
    return (frozenset(found[0]), frozenset(found[1])) if all(found) else None


def pole_letter(heading: str, name: str, text: str) -> bool | None:
    """What one letter answers where the heading spells both out: "Positive/Negative (P/N)".

    >>> pole_letter("Positive/Negative (P/N)", "negative", "N"), pole_letter("N?", "negative", "N")
    (True, None)
    """
    poles, letter = both_poles(heading, name), words(text)
    if poles is None or len(letter) != 1 or len(letter[0]) != 1:
        return None
    if letter[0] not in words(heading):
        return None
    meant = [any(word.startswith(letter[0]) for word in pole) for pole in poles]
    return meant[1] if sum(meant) == 1 else None
