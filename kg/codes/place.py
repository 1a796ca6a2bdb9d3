"""Where in a cell of codes a walk over its tokens stands."""

from enum import Enum, auto


class Place(Enum):
    """Where in a part of the cell the walk stands."""

    READY = auto()  # a code may begin here, also a bare number
    AFTER = auto()  # directly behind a code
    LABEL = auto()  # in words that explain a code
    COMMA = auto()  # behind a comma in such words: more of them, or the next code
    WORDS = auto()  # in words that explain nothing
