"""The years that a cell names: plain, dates, spans. Raw values stay in the statement.

What is unclear names none: "last year", "22", a year of another calendar.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import yaml

from kg.flat import flat
from kg.resources import resource
from kg.values import words

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
# "2021-22", "2021/2", and "FY21/22": the second year is short, or both are.
_TWO_YEARS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s*[-–—/]\s*['’]?([0-9]{2})(?![0-9]|[-–/.][0-9])"
)
_SHORT_SPAN = re.compile(r"['’]?([0-9]{2})(?:\s*[-–—/]\s*['’]?([0-9]{2}))?")
_LONGEST_SPAN = 15  # years; a longer one tells when a programme was there, not when a change was
_LONGEST_YEARS = 100
_LAST_DAY, _LAST_MONTH = 31, 12
_SEVERAL = 2

# "01/03/22", "1.3.22": the year stands last, as in all our languages. "Mar-22", "mars '22" are
# how spreadsheets and people shorten a month; "22-Mar" is a day.
_DATE_SHORT = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([1-4][0-9])")
_MONTH_SHORT = re.compile(r"([^\W\d_]+)\.?(?:-|\s*['’])([1-4][0-9])")
_NAMED_SHORT = re.compile(
    r"[0-9]{1,2}[\s./-]+([^\W\d_]+)\.?[\s./-]+([1-4][0-9])"  # "15-Mar-22"
)
_COMPACT = re.compile(r"(20[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_SERIALS = range(36_526, 54_789)  # the years 2000 to 2049 in Excel's days
_ZERO = date(1899, 12, 30)
# A whole cell that is a date of numbers, the time of day behind it or not: year, two others.
_DATE = re.compile(
    r"(?:((?:19|20)[0-9]{2})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
    r"|([0-9]{1,2})([/.-])([0-9]{1,2})\6((?:19|20)[0-9]{2}|[1-4][0-9]))(?:[t ].*)?"
)
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[/.-](?:19|20)[0-9]{2}")


def read_years(text: str) -> tuple[int, ...]:
    """The calendar years that a cell names, in order; () for none, and for what is unclear.

    A span is every year that it touches. Between several years nothing may stand but what
    dates are written with: a sentence that names two years tells no span.

    >>> read_years("2022.0"), read_years("mars 2022"), read_years("2022-03-01")
    ((2022,), (2022,), (2022,))
    >>> read_years("2021-2023"), read_years("FY2021/22"), read_years("2019, 2022")
    ((2021, 2022, 2023), (2021, 2022), (2019, 2022))
    """
    even = flat(text).strip()
    one = _short_year(even)
    if one is not None:
        return (one,)
    spelt = None if _is_bound(even) else _spelt_out(even)
    if spelt is None:
        return ()
    found = [(int(match[1]), match.span()) for match in _YEAR.finditer(spelt)]
    years = sorted({year for year, _ in found})
    if len(years) < _SEVERAL:
        return tuple(years)
    if len(spelt) > _LONGEST_YEARS or not _are_dates(_YEAR.sub(" ", spelt)):
        return ()
    if len(found) == _SEVERAL and _is_span(spelt[found[0][1][1] : found[1][1][0]], spelt):
        (first, _), (last, _) = found
        return tuple(range(first, last + 1)) if 0 < last - first < _LONGEST_SPAN else ()
    return tuple(years)


def unread_years(text: str) -> str:
    """Why a cell names no years: a bound, or years that make no span; else what is unclear.

    >>> unread_years("since 2019"), unread_years("2022-2021"), unread_years("last year")
    ('open-year', 'odd-span', 'unreadable-year')
    """
    even = flat(text).strip()
    if _is_bound(even):
        return "open-year"
    spelt = _spelt_out(even) or ""
    several = len(set(_YEAR.findall(spelt))) >= _SEVERAL and len(spelt) <= _LONGEST_YEARS
    return "odd-span" if several and _are_dates(_YEAR.sub(" ", spelt)) else "unreadable-year"


def _is_bound(even: str) -> bool:
    """Does a cell with one year say that it was before, since or about a decade?

    "before 2020", "2021+", "2019 to date", "2010s": which year was meant it does not say.
    """
    found = list(_YEAR.finditer(even))
    if len(found) != 1 or len(even) > _LONGEST_YEARS:
        return False
    year = found[0]
    head, tail = even[: year.start()], even[year.end() :]
    if _open_end().match(tail) or (_decades().search(head) and year[1].endswith("0")):
        return True
    if year[1].endswith("0") and re.match(r"['’]?s\b", tail):
        return True
    before = list(_bounds().finditer(head))
    return bool(before) and _are_dates(head[before[-1].end() :])


def _spelt_out(even: str) -> str | None:
    """A cell with short years written out: "2021/22", "fy 21-22"; None where they make no sense.

    "2021-03" is a month, and "2021-22" two years.
    """
    if _elsewhere().search(even):
        return None
    fiscal = _fiscal().match(even)
    short = _SHORT_SPAN.fullmatch(even, fiscal.end()) if fiscal else None
    if short is not None:
        even = f"20{short[1]}-20{short[2]}" if short[2] else f"20{short[1]}"
    for match in reversed(list(_TWO_YEARS.finditer(even))):
        first, second = int(match[1]), int(match[2])
        last = first - first % 100 + second
        if second <= _LAST_MONTH and not fiscal:
            if last == first + 1:
                return None  # "2011-12": two years, or a December
        elif last <= first:
            return None
        else:
            even = f"{even[: match.start(2)]}{last}{even[match.end(2) :]}"
    return even


def _is_span(middle: str, whole: str) -> bool:
    """Do two years make a span? "2021-2023", "2021 à 2023", "between 2021 and 2023"."""
    said = _year_words()
    tokens = re.findall(r"[^\W\d_]+", middle)
    between = any(t in said["between"] for t in re.findall(r"[^\W\d_]+", whole))
    return (
        between
        or any(t in said["to"] for t in tokens)
        or middle.strip() == "/"
        or re.search(r"[-–—→>]\s*(?:[^\W\d_]+\.?\s*|[0-9]{1,2}\s?[/.-]\s?)*$", middle) is not None
    )


def _are_dates(text: str) -> bool:
    """Is all that is left of a cell what dates are written with?"""
    said = frozenset().union(*_year_words().values()) | _months()
    tokens = re.findall(r"[^\W\d_]+", text)
    return all(t in said for t in tokens) and not re.search(r"[0-9]{3}", text)


@cache
def _year_words() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(map(flat, said)) for kind, said in words()["years"].items()}


def _either(said: str) -> str:
    folded = sorted(map(flat, words()["year_bounds"][said]), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) for w in folded)


@cache
def _bounds() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either('before')})(?!\w)|[<>≤≥]=?")


@cache
def _open_end() -> re.Pattern[str]:
    """What may stand behind the year of an open span, to the end of the cell."""
    return re.compile(rf"\s*(?:[+]|[-–—→>]+|[\s(,–—-]*(?:{_either('behind')})\W*)\s*$")


@cache
def _decades() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either('decades')})\s+$")


@cache
def _elsewhere() -> re.Pattern[str]:
    said = "|".join(re.escape(flat(w)) for w in words()["other_calendars"])
    return re.compile(rf"[0-9]\s*\(?(?:{said})(?!\w)")


@cache
def _fiscal() -> re.Pattern[str]:
    said = "|".join(
        re.escape(flat(w)) for w in sorted(words()["fiscal"], key=lambda w: (-len(w), w))
    )
    return re.compile(rf"(?:{said})[\s.:-]*")


def no_such_date(text: str) -> bool:
    """Is a cell a date that no calendar has? Day and month may stand in either order.

    >>> no_such_date("2022-13-45"), no_such_date("31/02/2022"), no_such_date("13/2022")
    (True, True, True)
    >>> no_such_date("2022-03-01"), no_such_date("03/31/2022"), no_such_date("mars 2022")
    (False, False, False)
    """
    even = flat(text).strip()
    short = _MONTH_AND_YEAR.fullmatch(even)
    if short is not None:
        return not 1 <= int(short[1]) <= _LAST_MONTH
    match = _DATE.fullmatch(even)
    if match is None:
        return False
    year = int(match[1] or match[8])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
    one, other = (match[3], match[4]) if match[1] else (match[5], match[7])
    return not any(_exists(year, int(m), int(d)) for m, d in ((one, other), (other, one)))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _short_year(text: str) -> int | None:
    """The year of a whole cell that is a date with a short year, or a spreadsheet's count of days.

    >>> _short_year("01/03/22"), _short_year("mar-22"), _short_year("44621"), _short_year("22-mar")
    (2022, 2022, 2022, None)
    """
    match = _DATE_SHORT.fullmatch(text)
    if match is not None and int(match[1]) <= _LAST_DAY and int(match[2]) <= _LAST_DAY:
        both = min(int(match[1]), int(match[2])) <= _LAST_MONTH
        return 2000 + int(match[3]) if both else None
    match = _MONTH_SHORT.fullmatch(text) or _NAMED_SHORT.fullmatch(text)
    if match is not None and match[1] in _months():
        return 2000 + int(match[2])
    match = _COMPACT.fullmatch(text)
    if match is not None:
        return int(match[1])
    if _SERIAL.fullmatch(text) and int(text[:5]) in _SERIALS:
        return (_ZERO + timedelta(days=int(text[:5]))).year
    return None


@cache
def _months() -> frozenset[str]:
    path = resource("ontology", "codes.yaml")
    names: Mapping[int, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["months"]
    return frozenset(flat(name) for listed in names.values() for name in listed)
