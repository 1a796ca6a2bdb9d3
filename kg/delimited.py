"""Rows as CSV for a spreadsheet: nothing in a cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

#: How a cell begins that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def delimited(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header line. A text that a spreadsheet would run begins with an apostrophe.

    >>> delimited(["a"], [["=1+1"], [None], [-2]]).splitlines()
    ['a', "'=1+1", '""', '-2']
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_safe(column) for column in columns])
    for row in rows:
        writer.writerow([_safe(value) for value in row])
    return stream.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str):
        # A bare carriage return would begin a row in a reader, and a formula with it.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if value.startswith(FORMULA) else text
    return "" if value is None else value
