"""What a number format makes of a "no": blank, "Yes", or still a no.

Only there does it decide who may see a record, so only there it is followed to the letter: a flag
that holds 0 and shows "Yes" is no plain no.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kg.audience import says_no

#: Formats that show what is held.
PLAIN = frozenset({"General", "@", "0", "0.0", "BOOLEAN"})
#: No word that says no is longer, white space around it aside.
LONGEST = 12

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<end>;)|(?P<general>General)'
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COLOUR = re.compile(
    r"(?:black|white|red|green|blue|yellow|magenta|cyan|colou?r ?\d+)", re.IGNORECASE
)
_HOLDS: dict[str, Callable[[float], bool]] = {
    "<": lambda n: n > 0,
    ">": lambda n: n < 0,
    "=": lambda n: n == 0,
    "<=": lambda n: n >= 0,
    ">=": lambda n: n <= 0,
    "<>": lambda n: n != 0,
}
_ZERO_SECTION, _TEXT_SECTION = 2, 3


@lru_cache(maxsize=1024)
def shown_no(text: str, shape: str, *, number: bool) -> str:
    """What is seen of a cell that holds a plain no; the cell's own text where that says no, too.

    Args:
        text: What it holds, which says no.
        shape: Its number format.
        number: Is it the number 0 or a truth value? Else it is a word.

    >>> shown_no("0", '"Yes"', number=True), shown_no("0", "0;-0;;@", number=True)
    ('Yes', '')
    >>> shown_no("0", '#,##0" "', number=True), shown_no("no", ";;;", number=False)
    ('0', '')
    """
    if shape in PLAIN:
        return text
    sections = _sections(shape)
    if number:
        seen = _of_zero(sections)
    elif len(sections) > _TEXT_SECTION:
        seen = _written(sections[_TEXT_SECTION], text)
    else:
        last = sections[-1]
        seen = _written(last, text) if ("sign", "@") in last else text
    return text if says_no(seen) else seen.strip()


def _sections(shape: str) -> list[list[tuple[str, str]]]:
    """The sections of a format, each as its pieces: their kind and what they say."""
    found: list[list[tuple[str, str]]] = [[]]
    for match in _PIECE.finditer(shape):
        kind = match.lastgroup
        if kind == "end":
            found.append([])
        elif kind is not None:
            found[-1].append((kind, match[kind]))
    return found


def _of_zero(sections: list[list[tuple[str, str]]]) -> str:
    conditions = [next(_conditions(section), None) for section in sections]
    if any(conditions):
        which = [c is None or _HOLDS[c[1]](float(c[2])) for c in conditions]
        chosen = which.index(True) if True in which else len(sections) - 1
    else:
        chosen = _ZERO_SECTION if len(sections) > _ZERO_SECTION else 0
    return _written(sections[chosen], "0")


def _conditions(section: list[tuple[str, str]]) -> Iterator[re.Match[str]]:
    for kind, said in section:
        if kind == "bracket" and (match := _CONDITION.fullmatch(said.strip())):
            yield match


def _written(section: list[tuple[str, str]], text: str) -> str:
    """The text of one section: for a number, that of zero."""
    pieces: list[str] = []
    for kind, said in section:
        if kind == "bracket":
            silent = _COLOUR.fullmatch(said) or _CONDITION.fullmatch(said.strip())
            pieces.append("" if silent else f"[{said}]")
        elif kind == "general" or (kind, said) == ("sign", "@"):
            pieces.append(text)
        elif kind == "sign" and said in "#?,":
            continue
        else:
            pieces.append(said)
    return "".join(pieces)
