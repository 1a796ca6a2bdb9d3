"""Headings that turn a yes or no round. "Not confidential: no" must never clear a record."""

from collections.abc import Collection

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
    tokens = list(words(heading))
    for pair in lexicon.pairs:
        for start in range(len(tokens) - len(pair), -1, -1):
            if tuple(tokens[start : start + len(pair)]) == pair:
                del tokens[start : start + len(pair)]
    return any(
        (token in lexicon.turning or _negated(token, lexicon)) and token not in besides
        for token in tokens
    )


def _negated(token: str, lexicon: Lexicon) -> bool:
    return token not in lexicon.vocabulary and any(
        token.startswith(prefix) and token.removeprefix(prefix) in lexicon.vocabulary
        for prefix in lexicon.turning_prefixes
    )
