"""Rows below a table that add it up: they are no records."""

import re
from functools import cache

from kg.blank import is_blank
from kg.model import Record
from kg.read.lexicon import headings_data
from kg.vocab import fold

TOTALS = "a row of totals"
_NUMBER = re.compile(r"[\d\s.,%]*\d[\d\s.,%]*")
_LONGEST = 80  # of a word for "total" with its numbers
_COUNTED = re.compile(r"[\s:(=n\d.,%)]+$")


def is_total(record: Record) -> bool:
    """Does a record only add others up?

    Its description is blank, a number or a word for "total", and so is its
    id, or the row begins with such a word. A sentence is never a total.
    """
    description = (record.value("description") or "").strip()
    if len(description) > _LONGEST:
        return False
    if not (is_blank(description) or _NUMBER.fullmatch(description.strip()) or _says(description)):
        return False
    first = next((cell.text for cell in record.cells if not is_blank(cell.text)), "")
    if _says(first) or _says(description):
        return True
    # A count below the column, and nobody's id: "45".
    return bool(_NUMBER.fullmatch(description.strip())) and is_blank(record.value("fragment_id"))


def _says(text: str) -> bool:
    return _COUNTED.sub("", fold(text)).replace("-", " ").strip() in _words()


@cache
def _words() -> frozenset[str]:
    found = headings_data()["totals"]
    assert isinstance(found, list)  # noqa: S101 - shipped data
    return frozenset(fold(word) for word in found)
