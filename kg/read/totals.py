"""Rows below a table that add it up: they are no records."""

import re
from functools import cache

from kg.blank import is_blank
from kg.model import Record
from kg.read.lexicon import headings_data
from kg.vocab import fold

TOTALS = "a row of totals"
SECOND_HEADING = "a second row of headings"
_NUMBER = re.compile(r"[\d\s.,%]*\d[\d\s.,%]*")
_LONGEST = 80  # of a word for "total" with its numbers
_NO_SENTENCE = 2  # words
_COUNTED = re.compile(r"[\s:(=n\d.,%)]+$")


def is_total(record: Record) -> bool:
    """Does a record only add others up?

    Its description is blank, a number or a word for "total", and so is its
    id, or the row begins with such a word, and its description is a word or
    two ("Total | Count | 45"). A sentence is never a total.
    """
    description = (record.value("description") or "").strip()
    if len(description) > _LONGEST:
        return False
    first = next((cell.text for cell in record.cells if not is_blank(cell.text)), "")
    if _says(first) and len(description.split()) <= _NO_SENTENCE:
        return True
    if not (is_blank(description) or _NUMBER.fullmatch(description.strip()) or _says(description)):
        return False
    if _says(description):
        return True
    # A count below the column, and nobody's id: "45".
    return bool(_NUMBER.fullmatch(description.strip())) and is_blank(record.value("fragment_id"))


def is_second_heading(record: Record) -> bool:
    """Is a row what a service of surveys writes below its questions: "Open-Ended Response"?"""
    description = (record.value("description") or "").strip()
    if len(description) > _LONGEST:  # nearly every one: it is not even folded
        return False
    return fold(description).replace("-", " ").strip() in _words("second_headings")


def _says(text: str) -> bool:
    return _COUNTED.sub("", fold(text)).replace("-", " ").strip() in _words("totals")


@cache
def _words(name: str) -> frozenset[str]:
    found = headings_data()[name]
    assert isinstance(found, list)  # noqa: S101 - shipped data
    return frozenset(fold(word) for word in found)
