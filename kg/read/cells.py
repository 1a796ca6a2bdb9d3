"""The value of a worksheet's cell → the text that a person sees there."""

import re
from datetime import date, datetime, time

from kg.audience import says_no
from kg.read.shown import LONGEST, PLAIN, shown_no

# "0", "0.00", "#,##0.0", each with a per cent sign or without: formats of plain numbers.
_FIXED = re.compile(r"(?:#,##)?0(?:\.(0+))?(%)?(?:_\)|_-)?")
_YEAR = re.compile(r"y{2,4}", re.IGNORECASE)
# How workbooks write the characters that XML cannot hold or would fold, and a "_" before them.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")
_LARGEST_EXACT = 2**53


def as_seen(value: object, shape: str = "General") -> str:
    """The text of a cell, as its worksheet shows it.

    Args:
        value: What the workbook holds: text, number, date, truth value.
        shape: Its number format. One that fixes the decimals is followed, so
            that the code 1.10 does not become 1.1; thousands are not parted.

    >>> as_seen(2022), as_seen(2022.0), as_seen("1.0"), as_seen(0.1 + 0.2)
    ('2022', '2022', '1.0', '0.3')
    >>> as_seen(1.1, "0.00"), as_seen(0.5, "0%"), as_seen(True)
    ('1.10', '50%', 'true')
    >>> as_seen(0, '"Yes";;"Yes"'), as_seen(0, ";;;"), as_seen(0.4, "0")
    ('Yes', '', '0.4')
    >>> as_seen(datetime(2022, 3, 1)), as_seen(datetime(2022, 1, 1), "yyyy")
    ('2022-03-01', '2022')
    """
    if isinstance(value, str):
        return _still_no(value, value, shape) if len(value) <= LONGEST else value
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = _number(value, shape)
        case date():
            text = _date(value, shape)
        case time():
            text = value.isoformat("seconds")
        case _:
            text = str(value)
    return _still_no(value, text, shape)


def _still_no(value: object, text: str, shape: str) -> str:
    """The text of a cell; where it says no, only if both what is held and what is seen do."""
    if not says_no(text):
        return text
    if isinstance(value, int | float) and value:
        return f"{value:.15g}"  # rounded to a 0
    if shape in PLAIN:
        return text
    return shown_no(text, shape, number=not isinstance(value, str))


def unescaped(text: str) -> str:
    r"""The text of a cell of .xlsx, with the characters that XML does not carry.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _number(value: float, shape: str) -> str:
    first = shape.split(";", maxsplit=1)[0].strip().replace("\\", "")
    fixed = _FIXED.fullmatch(first)
    if fixed is not None:
        scaled, sign = (value * 100, "%") if fixed[2] else (value, "")
        return f"{scaled:.{len(fixed[1] or '')}f}{sign}"
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    return f"{value:.15g}"  # a worksheet shows 15 digits at most


def _date(value: date, shape: str) -> str:
    if _YEAR.fullmatch(shape.split(";", maxsplit=1)[0].strip()):
        return str(value.year)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(timespec="seconds")
    return value.isoformat()
