"""Dates in a cell of codes: a spreadsheet turns 1.4 into "04/01/2024" or 45295."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

_LAST_DAY, _LAST_MONTH = 31, 12
_LAST_CODE_YEAR = 15  # 2001-04-01 may have been 1.4.1; nobody has thirty outputs under an outcome
_SERIALS = range(36_526, 58_000)  # the years 2000 to 2058 in Excel's days
_EXCEL_ZERO = date(1899, 12, 30)

#: Alternatives of the grammar that are dates → their groups for day, month, year.
DATE_GROUPS: Mapping[str, tuple[str, str, str | None]] = {
    "iso": ("id", "im", None),
    "dmy": ("dd", "dm", "dy"),
    "short": ("sd", "sm", "sy"),
    "dots": ("od", "om", "oy"),
    "slash": ("ld", "lm", None),
    "named": ("nd", "nm", "ny"),
    "monthly": ("md", "mm", None),
}


def codes_of_date(match: re.Match[str], months: Mapping[str, int]) -> tuple[str, ...] | None:
    """Codes that a date may have been, day and month in both orders; None: it is no date."""
    kind = match.lastgroup or ""
    day_group, month_group, year_group = DATE_GROUPS[kind]
    day, written = int(match[day_group]), match[month_group]
    month = months[written] if written in months else int(written)
    real = (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH) or (
        1 <= month <= _LAST_DAY and 1 <= day <= _LAST_MONTH
    )
    if not real:  # "mars 2022" is a date all the same, and was never a code
        return () if kind in {"named", "monthly", "iso", "dmy"} else None
    if kind == "iso":
        return _orders(day, month, match.group()[:4])
    return _orders(day, month, match[year_group] if year_group else None)


def codes_of_serial(text: str) -> tuple[str, ...] | None:
    """The same for a date that was saved as a number of days; None: it is no such number."""
    digits = text.removesuffix(".0")
    if not digits.isdigit() or len(digits) != len(str(_SERIALS.start)):
        return None
    if int(digits) not in _SERIALS:
        return None
    day = _EXCEL_ZERO + timedelta(days=int(digits))
    return _orders(day.day, day.month, str(day.year))


def _orders(day: int, month: int, year: str | None) -> tuple[str, ...]:
    pairs = dict.fromkeys((f"{month}.{day}", f"{day}.{month}"))
    tail = int(year) % 100 if year else 0
    if 0 < tail <= _LAST_CODE_YEAR:
        pairs |= dict.fromkeys(f"{pair}.{tail}" for pair in tuple(pairs))
    return tuple(pairs)
