"""CSV and TSV → rows. The header line alone decides on the delimiter.

A quote that never closes would swallow the rest of the file without a word.
Here it costs its own row at most: the row is read to the end of its line,
told, and reading goes on at the next line.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.read.content import Content
from kg.read.decode import LONGEST_LINE, Lines, without_break
from kg.read.header import Join, Search
from kg.read.rows import HEADER_WITHIN, Grid, Row, Score, Table, Told
from kg.read.transposed import heading_column, turned
from kg.read.western import WINDOWS

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

DELIMITERS = (",", ";", "\t", "|")
# The longest cell that the csv module takes: a C long, which has 32 bits on Windows.
_LONGEST_CELL = 2**31 - 1
_LONGEST_HEADER = 60  # lines, for headings with line breaks in quotes
_AT_ONCE = 256  # rows
_CERTAIN = 4  # headings of a row: more make a header, whatever stands in the columns
_LONGEST_TOP = 8 * 1024 * 1024  # of the first lines, for a table that lies on its side


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    spaced: bool = False  # ", " between cells, as the header line has it


def read_csv(
    content: Content,
    *,
    name: str,
    search: Search,
) -> Grid:
    """The rows of a delimited text below its header.

    Args:
        content: The file.
        name: Its name, for findings.
        search: How a header is looked for.

    Returns:
        One table, or none where no row of the first 50 is a header. A row's
        number is the line on which it begins.
    """
    top = tuple(islice(Lines(content, name=name), HEADER_WITHIN + _LONGEST_HEADER))
    found = _header(top, search.score)
    column, dialect = _on_its_side(top, found, search)
    if column is not None:
        lines = Lines(content, name=name)
        yield from turned(_rows(lines, 0, dialect), column, search=search, name=name)
        yield from lines.findings()
        yield Told(lines.encoding, dialect.delimiter)
        return
    if found is None and search.fallback is not None:
        found = _header(top, search.fallback)
    if found is None:
        lines = Lines(content, name=name)
        deque(lines, maxlen=0)
        yield from lines.findings()
        yield Told(lines.encoding)
        return
    header, dialect, rest = found
    # What the header is written in settles what the accents of a row leave open.
    above = Lines(content, name=name)
    deque(islice(above, rest), maxlen=0)
    lines = Lines(content, name=name, otherwise=next(iter(above.guessed), WINDOWS))
    if search.join is not None:
        header, rest = _whole(top, found, search.join)
    yield Table("", header, _rows(lines, rest, dialect))
    yield from lines.findings()
    yield Told(lines.encoding, dialect.delimiter)


def _header(lines: Sequence[str], score: Score) -> tuple[Row, _Dialect, int] | None:
    """The first row that looks like a header, the best delimiter for it, and where it ends."""
    for start in range(min(HEADER_WITHIN, len(lines))):
        best: tuple[int, Row, _Dialect, int] | None = None
        for delimiter in DELIMITERS:
            dialect = _Dialect(delimiter, spaced=_spaced(lines[start], delimiter))
            cells, used = _strict(lines[start : start + _LONGEST_HEADER], dialect)
            points = score(cells) if cells else 0
            if points and (best is None or points > best[0]):
                best = (points, Row(start + 1, cells), dialect, start + used)
        if best is not None:
            return best[1:]
    return None


def _on_its_side(
    top: Sequence[str], found: tuple[Row, _Dialect, int] | None, search: Search
) -> tuple[int | None, _Dialect]:
    """The column of headings of a table that lies on its side, and its delimiter; else None."""
    certain = found is not None and search.score(found[0].cells) > _CERTAIN
    for delimiter in DELIMITERS if not certain and sum(map(len, top)) < _LONGEST_TOP else ():
        dialect = _Dialect(delimiter, spaced=_spaced(top[0], delimiter) if top else False)
        rows = tuple(_rows(iter(top), 0, dialect)) if any(delimiter in t for t in top) else ()
        column = heading_column(rows[:HEADER_WITHIN], found[0] if found else None, search)
        if column is not None:
            return column, dialect
    return None, _Dialect(DELIMITERS[0])


def _whole(lines: Sequence[str], found: tuple[Row, _Dialect, int], join: Join) -> tuple[Row, int]:
    """The header with the row above or below it, where that is part of it, and where it ends."""
    header, dialect, rest = found
    above = lines[header.number - 2 : header.number - 1]
    upper, _ = _strict(above, dialect)
    lower, used = _strict(lines[rest : rest + _LONGEST_HEADER], dialect)
    whole, taken = join(
        header,
        Row(header.number - 1, upper) if upper else None,
        Row(rest + 1, lower) if lower else None,
    )
    return whole, rest + used if taken else rest


def _spaced(line: str, delimiter: str) -> bool:
    return line.count(delimiter) == line.count(delimiter + " ") > 0


def _strict(lines: Sequence[str], dialect: _Dialect) -> tuple[tuple[str, ...], int]:
    """The first row of *lines* and how many it takes; no cells where its quotes are wrong."""
    reader = _reader(lines, dialect)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return (), 0
    return tuple(cells), reader.line_num


def _reader(lines: Iterable[str], dialect: _Dialect) -> "CsvReader":
    return csv.reader(
        lines, delimiter=dialect.delimiter, skipinitialspace=dialect.spaced, strict=True
    )


def _rows(lines: Iterable[str], start: int, dialect: _Dialect) -> Iterator[Row]:
    """Rows from a line on; blank ones are left out."""
    every = _Rows(islice(lines, start, None), start, dialect).read()
    while True:
        # The csv module has one limit for all who use it: it is ours while rows are made.
        limit = csv.field_size_limit(_LONGEST_CELL)
        try:
            some = list(islice(every, _AT_ONCE))
        finally:
            csv.field_size_limit(limit)
        if not some:
            return
        yield from (row for row in some if not row.blank)


class _Endless(Exception):  # noqa: N818 - no error: the row is told as broken
    """A record runs on for longer than any does: its quote is not closed."""


class _Rows:
    """Rows of lines that come one at a time. The lines of a row are kept until it is whole."""

    def __init__(self, lines: Iterator[str], start: int, dialect: _Dialect) -> None:
        self._lines = lines
        self._number = start  # of lines behind the last whole row
        self._dialect = dialect
        self._again: deque[str] = deque()  # lines behind a quote that was not closed
        self._taken: list[str] = []  # lines since the last whole row

    def read(self) -> Iterator[Row]:
        """All rows; one whose quotes are wrong is told as `broken` and costs itself alone."""
        whole = False
        while not whole:
            whole = True
            reader = _reader(self._feed(), self._dialect)
            try:
                for cells in reader:
                    yield Row(self._number + 1, tuple(cells))
                    self._number += len(self._taken)
                    self._taken.clear()
            except (csv.Error, _Endless):
                whole = False
                first, *others = self._taken
                self._taken.clear()
                self._again.extendleft(reversed(others))
                yield Row(
                    self._number + 1, _lenient(without_break(first), self._dialect), broken=True
                )
                self._number += 1

    def _feed(self) -> Iterator[str]:
        long = 0
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            long = long + len(line) if self._taken else len(line)
            self._taken.append(line)
            if long > LONGEST_LINE and len(self._taken) > 1:
                raise _Endless
            yield line


def _lenient(line: str, dialect: _Dialect) -> tuple[str, ...]:
    """The cells of one line whose quotes are wrong: a quote closes only before a delimiter.

    Nothing is lost: a quote that is neither doubled nor closing stays as it is.
    """
    cells: list[str] = []
    at = 0
    while True:
        cell, at = _cell(line, at, dialect)
        cells.append(cell)
        if at >= len(line):
            return tuple(cells)
        at += 1  # the delimiter
        if at >= len(line):
            return (*cells, "")


def _cell(line: str, at: int, dialect: _Dialect) -> tuple[str, int]:
    begin = at
    if dialect.spaced:
        while line[begin : begin + 1] == " ":
            begin += 1
    if line[begin : begin + 1] != '"':
        end = line.find(dialect.delimiter, at)
        end = len(line) if end < 0 else end
        return line[at:end], end
    kept: list[str] = []
    here = begin + 1
    while here < len(line):
        if line[here] != '"':
            kept.append(line[here])
        elif here + 1 == len(line) or line[here + 1] == dialect.delimiter:
            return "".join(kept), here + 1
        else:
            kept.append('"')
            here += line[here + 1] == '"'
        here += 1
    # It closes nowhere. Where the quotes of this cell pair up, they are words': "Chief" Abou left
    end = line.find(dialect.delimiter, begin)
    if end > 0 and line.count('"', begin, end) % 2 == 0:
        return line[at:end], end
    return '"' + "".join(kept), here
