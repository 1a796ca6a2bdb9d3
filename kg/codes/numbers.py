"""How the numbers of codes stand to each other: under, beside, between; and to their words."""

import re
from collections.abc import Iterable

from kg.model import Code

_OUTPUT_DEPTH = 3
_LONGEST_RANGE = 30
_LOST_END = re.compile(r"[0-9]{1,2}(?:\.[0-9]+)+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")


def level_by_depth(depth: int) -> str:
    """What a number without a word is: 1 and 1.4 an outcome, 1.4.1 an output."""
    return "output" if depth >= _OUTPUT_DEPTH else "outcome"


def conflicts(level: str, number: str) -> bool:
    """Does the word before a number say another level than its depth?

    A letter at its end may count as a level or not: "Outcome 1.4a".
    """
    depth = number.count(".") + 1
    if number[-1:].isalpha():
        return False
    return (level == "outcome" and depth >= _OUTPUT_DEPTH) or (
        level == "output" and depth == _OUTPUT_DEPTH - 1
    )


def lie_apart(codes: Iterable[Code]) -> bool:
    """Do the outputs of a cell lie under other outcomes than those that it names?"""
    known = tuple(codes)
    outcomes = {c.number for c in known if c.kind == "outcome" and "." in c.number}
    above = {c.number.rpartition(".")[0] for c in known if c.kind == "output"}
    dotted = {number for number in above if "." in number}
    return bool(outcomes and dotted) and not outcomes & dotted


def is_lost_end(text: str) -> bool:
    """Was an amount behind a code and a dash meant as a code? "1.500" may be people.

    >>> is_lost_end("1.99999"), is_lost_end("1.500"), is_lost_end("500")
    (True, False, False)
    """
    return _LOST_END.fullmatch(text) is not None and _THOUSANDS.fullmatch(text) is None


def beside(number: str, last: Code | None) -> bool:
    """Is a number a sibling of a code, or does it lie under it?

    >>> last = Code("outcome", "1.4", "framework_link", 0, 3)
    >>> beside("1.5", last), beside("1.4.1", last), beside("16.9", last), beside("1.4", last)
    (True, True, False, False)
    """
    if last is None or "." not in number:
        return False
    head = last.number.rpartition(".")[0]
    return number.startswith(f"{last.number}.") or bool(
        head and number.rpartition(".")[0] == head and number != last.number
    )


def follows(number: str, last: Code | None) -> str | None:
    """The code that a lone number behind a longer one is short for: "1.4.1/2"; None: none.

    >>> last = Code("output", "1.4.1", "framework_link", 0, 5)
    >>> follows("2", last), follows("1", last), follows("2", None)
    ('1.4.2', None, None)
    """
    head, _, low = last.number.rpartition(".") if last else ("", "", "")
    return f"{head}.{number}" if "." in head and _above(number, low) else None


def _above(high: str, low: str) -> bool:
    return high.isdecimal() and low.isdecimal() and int(high) > int(low)


def lies_under(number: str, other: str) -> bool:
    """Is one number below the other? 1.4.1 lies under 1.4."""
    return number.startswith(f"{other}.")


def between(first: str, last: str) -> tuple[str, ...] | None:
    """The numbers inside a range; None where its ends lie apart, or too far: no range.

    >>> between("1.4.1", "1.4.4"), between("1.4.1", "2.1.1"), between("1.6", "1.4")
    (('1.4.2', '1.4.3'), None, None)
    """
    head, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    if head != other:
        return None
    if not (low.isdecimal() and high.isdecimal()):  # "1.4.a-1.4.c"
        return _letters_between(head, low, high)
    if not int(low) < int(high) <= int(low) + _LONGEST_RANGE:
        return () if low == high else None
    return tuple(f"{head}.{n}" if head else str(n) for n in range(int(low) + 1, int(high)))


def _letters_between(head: str, low: str, high: str) -> tuple[str, ...] | None:
    if not (len(low) == len(high) == 1 and low.isalpha() and high.isalpha() and low <= high):
        return None
    return tuple(f"{head}.{chr(n)}" for n in range(ord(low) + 1, ord(high)))
