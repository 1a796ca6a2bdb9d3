"""Headers over two rows: a group above, its headings below. Headings alone decide."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.read.flag import FLAG
from kg.read.headings import HeadingMatch, Headings
from kg.read.near import How
from kg.read.rows import Row, Score, clean
from kg.read.turning import without_answers
from kg.read.words import words
from kg.vocab import ADDED_UP

_LONGEST = 80
_PLAINLY = frozenset({How.EXACT, How.FOLDED})


def no_heading(_: str) -> str | None:
    """No cell is a listed heading."""
    return None


#: Header, the row above it and the row below it → the header, and whether it takes the row below.
Join = Callable[[Row, Row | None, Row | None], tuple[Row, bool]]


@dataclass(frozen=True, slots=True)
class Search:
    """How the header of a table is looked for.

    `score` tells how much a row looks like one, and `fallback` is asked where `score` finds none
    in the whole file; `join` makes one header of two rows; `plainly` gives the field of a cell
    that is a listed heading as it stands.
    """

    score: Score
    fallback: Score | None = None
    join: Join | None = None
    plainly: Callable[[str], str | None] = no_heading


def joined(headings: Headings) -> Join:
    """How a header is put together with the row above or below it, where that is part of it.

    A row below counts where nearly all of it are known headings, and a row above
    where more is understood with it than without: "Rating" under "Contribution".
    """

    def match(text: str) -> HeadingMatch:
        return headings.match(clean(text)[0])

    def join(header: Row, above: Row | None, below: Row | None) -> tuple[Row, bool]:
        known = _understood(header.cells, match)
        if below is not None and _groups(below) and _headings_alone(header, below, match):
            cells = _together(header.cells, below.cells, match)
            if _understood(cells, match) > known:
                return Row(below.number, cells), True
        if above is not None and _groups(above):
            cells = _together(above.cells, header.cells, match)
            if _understood(cells, match) > known:
                return Row(header.number, cells), False
        return header, False

    return join


def whole_header(rows: Sequence[Row], score: Score, join: Join | None) -> Row | None:
    """The header of a sheet, as one row; its number is that of its last row.

    Args:
        rows: The first rows of the sheet that hold something.
        score: How much a row looks like the header.
        join: How two rows become one; None where a header is one row.
    """
    header = next((row for row in rows if score(row.cells)), None)
    if join is None or header is None:
        return header
    at = rows.index(header)
    above = rows[at - 1] if at and rows[at - 1].number == header.number - 1 else None
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is not None and below.number != header.number + 1:
        below = None
    return join(header, above, below)[0]


def _understood(cells: Sequence[str], match: Callable[[str], HeadingMatch]) -> int:
    """How many fields a row names; each column of codes counts, as it does in a table."""
    found = (match(cell) for cell in cells if cell.strip() and len(cell) <= _LONGEST * 2)
    return len({(m.field, m.field in ADDED_UP and m.heading) for m in found if m.known})


def _groups(row: Row) -> bool:
    """May a row hold headings or groups of them: several cells, all of them short?"""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) > 1 and all(
        len(cell) <= _LONGEST and any(c.isalpha() for c in cell) for cell in filled
    )


def _headings_alone(header: Row, below: Row, match: Callable[[str], HeadingMatch]) -> bool:
    """Are two thirds and more of a row's cells plainly known headings?"""
    if any(
        _answers_flag(own, cell, match)
        for own, cell in zip(header.cells, below.cells, strict=False)
    ):
        return False
    pairs = list(_pairs(header.cells, below.cells))
    filled = [(group, cell) for group, cell, _ in pairs if cell.strip()]
    known = [
        1
        for group, cell in filled
        if match(cell).how in _PLAINLY or (group and match(f"{group} {cell}").how in _PLAINLY)
    ]
    return len(known) > 1 and len(known) * 3 >= len(filled) * 2


def _answers_flag(heading: str, cell: str, match: Callable[[str], HeadingMatch]) -> bool:
    """Does a cell below the flag answer it? "yes" does, and "(yes/no)" says how to answer."""
    if not without_answers(words(cell)) or match(heading).field != FLAG:
        return False
    below = match(cell)
    return below.how not in _PLAINLY or below.field != FLAG


def _pairs(upper: Sequence[str], lower: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Group, heading, and what stands directly above: a group reaches to the right."""
    group = ""
    for index in range(max(len(upper), len(lower))):
        own = upper[index].strip() if index < len(upper) else ""
        below = lower[index].strip() if index < len(lower) else ""
        group = own or group
        yield group, below, own


def _together(
    upper: Sequence[str], lower: Sequence[str], match: Callable[[str], HeadingMatch]
) -> tuple[str, ...]:
    cells: list[str] = []
    for group, heading, own in _pairs(upper, lower):
        both = f"{group} {heading}"
        if not heading or not group:
            cells.append(heading or own)
        elif match(both).how in _PLAINLY:
            cells.append(both)
        elif match(heading).known:
            cells.append(heading)
        else:
            cells.append(f"{group}: {heading}")
    return tuple(cells)
