"""Redaction marks in cells: `<redacted>`, `[name]`, black bars. Two marks are never the same thing.

How a mark looks is data, shared with the extraction of names
(`kg/extract/data/redactions.yaml`). In a coded cell or an id, anything in
angle brackets is a mark too.
"""

import re
from functools import cache

import yaml

from kg.resources import resource

_ANGLED = r"<[^<>]{1,60}>"
_BETWEEN = " \t\r\n,;:/|.-–—&+()"


@cache
def _pattern() -> re.Pattern[str]:
    path = resource("extract", "data", "redactions.yaml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules = [*data["patterns"], _ANGLED]
    return re.compile("|".join(f"(?:{rule})" for rule in rules), re.IGNORECASE)


def has_mark(text: str) -> bool:
    """Was something taken out of this cell?

    >>> has_mark("SCC-<redacted>/CIV010"), has_mark("SCC-2022/CIV010")
    (True, False)
    """
    return _pattern().search(text) is not None


def without_marks(text: str) -> str:
    """What was left in; white space at its ends trimmed.

    >>> without_marks("CIV<redacted>")
    'CIV'
    """
    return _pattern().sub(" ", text).strip()


def only_marks(text: str) -> bool:
    """Is nothing left but marks and what stands between them?

    >>> only_marks("<LOC>, <LOC>"), only_marks("Lakes and <LOC>"), only_marks("")
    (True, False, False)
    """
    return has_mark(text) and not without_marks(text).strip(_BETWEEN)
