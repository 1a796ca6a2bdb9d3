"""Codes that a cell names to say that they are not meant: "no link to 1.4", "1.4, pas 1.5"."""

from dataclasses import dataclass

from kg.codes.tokens import Token

_FAR = 5_000  # words; to the end of the list
_NEAR = 4  # words; within a label, where "not" may belong to anything

#: What may stand between a negation and its code.
_LINKING = frozenset({"lead-in", "to", "join", "other", "coded", "number"})
_NUMBERED = frozenset({"number", "dash", "colon", "other"})


@dataclass(slots=True)
class Denial:
    """Whether the next code of a cell is denied, as a walk over its tokens goes on."""

    left: int | None = None  # for so many words more; None: codes are meant

    def __bool__(self) -> bool:
        """Is a code that comes now not meant?"""
        return self.left is not None

    def begin(self, *, in_label: bool) -> None:
        """A negation stands here."""
        self.left = _NEAR if in_label else _FAR

    def word(self) -> None:
        """A word that is no part of a code; too many of them, and something else was denied."""
        if self.left is not None:
            self.left = self.left - 1 if self.left else None

    def end(self) -> None:
        """The next part of a list, or "but"."""
        self.left = None


def denies(token: Token, following: Token | None, *, before: str) -> bool:
    """Is a token a negation? "no 1.4" is a number, "not only 1.4" denies nothing.

    Args:
        token: Of kind "negation" or "negations_before_word".
        following: The next one, if any.
        before: Kind of the one before; "" at the start.
    """
    if following is None or following.kind == "not_only":
        return False
    return token.kind == "negation" or following.kind not in _NUMBERED or before == "turn"


def is_near(following: Token | None) -> bool:
    """May a code come at once?"""
    return following is not None and following.kind in _LINKING
