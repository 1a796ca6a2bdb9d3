"""CSV and TSV → rows. The header line alone decides on the delimiter.

A quote that never closes would swallow the rest of the file without a word.
Here it costs its own row at most: the row is read to the end of its line,
told, and reading goes on at the next line.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Finding, Where
from kg.read.decode import decode, guessed_encoding, without_break
from kg.read.header import Join
from kg.read.rows import HEADER_WITHIN, Grid, Row, Score, Table

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

DELIMITERS = (",", ";", "\t", "|")
# The longest cell that the csv module takes: a C long, which has 32 bits on Windows.
_LONGEST_CELL = 2**31 - 1
_LONGEST_HEADER = 60  # lines, for headings with line breaks in quotes


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    spaced: bool = False  # ", " between cells, as the header line has it


def read_csv(
    data: bytes,
    *,
    name: str,
    score: Score,
    fallback: Score | None = None,
    join: Join | None = None,
) -> Grid:
    """The rows of a delimited text below its header.

    Args:
        data: The file.
        name: Its name, for findings.
        score: How much a row looks like the header.
        fallback: Asked where `score` finds none.
        join: How a header over two rows becomes one.

    Returns:
        One table, or none where no row of the first 50 is a header. A row's
        number is the line on which it begins.
    """
    decoded = decode(data)
    findings = list(guessed_encoding(decoded, name=name))
    found = _header(decoded.lines, score) or (
        _header(decoded.lines, fallback) if fallback else None
    )
    if found is None:
        return Grid((), encoding=decoded.encoding, findings=tuple(findings))
    header, dialect, rest = found
    if join is not None:
        header, rest = _whole(decoded.lines, found, join)
    rows = tuple(_rows(decoded.lines, rest, dialect))
    for row in rows:
        if row.broken:
            findings.append(
                Finding(
                    reason="unclosed-quote",
                    where=Where(name, row.number),
                    message="A quotation mark opens a cell in this row and does not close it.",
                    advice='Close the quote, and double the quotes inside a quoted cell ("").',
                )
            )
    return Grid(
        (Table("", header, rows),),
        encoding=decoded.encoding,
        delimiter=dialect.delimiter,
        findings=tuple(findings),
    )


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


def _rows(lines: Sequence[str], start: int, dialect: _Dialect) -> Iterator[Row]:
    """Rows from a line on; blank ones are left out."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        at = start
        while at < len(lines):
            for row, end in _until_broken(lines, at, dialect):
                at = end
                if not row.blank:
                    yield row
    finally:
        csv.field_size_limit(limit)


def _until_broken(lines: Sequence[str], start: int, dialect: _Dialect) -> Iterator[tuple[Row, int]]:
    """Rows and the line behind each, up to the first whose quotes are wrong (told as `broken`)."""
    reader = _reader((lines[i] for i in range(start, len(lines))), dialect)
    begin = start
    while True:
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            line = without_break(lines[begin])
            yield Row(begin + 1, _lenient(line, dialect), broken=True), begin + 1
            return
        yield Row(begin + 1, cells), start + reader.line_num
        begin = start + reader.line_num


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
    return '"' + "".join(kept), here
