"""Rows as CSV for a spreadsheet: nothing in a cell becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: How a cell begins that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

# Where the separator of lists is not the comma (";" in French), a spreadsheet parts a line inside
# of quotes, too: there a cell begins behind each of these.
_INNER = re.compile(r"(?<=[;\t|\n])(?=[\s\"'\0]*[=+\-@＝＋－＠])")


def delimited(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header line. A text that a spreadsheet would run begins with an apostrophe.

    So does what stands behind a semicolon, tab, bar or line break inside of a text: a spreadsheet
    that parts lines there would run it.

    >>> delimited(["a"], [["=1+1"], [None], [-2]]).splitlines()
    ['a', "'=1+1", '""', '-2']
    >>> delimited(["a"], [["x;=1+1"]]).splitlines()[1]
    "x;'=1+1"
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
        text = _INNER.sub("'", text)
        return f"'{text}" if value.startswith(FORMULA) else text
    return "" if value is None else value
