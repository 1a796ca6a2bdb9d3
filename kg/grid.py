"""A table for a screen of any width: a number is never cut, and nothing is left out.

Columns share the width; headings break between words, and so do texts, whose longest words are
folded. Where even that does not fit, rows stand one below the other, as `heading  value`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

#: Blanks between two columns.
_GAP = 2
#: Characters of a word of a text that stay on one line; longer ones are folded.
_WORD = 12
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings, for `rich`.

    `right`: places of the columns that stand to the right; `styles`: of cells, by what they say.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Collection[int] = ()
    title: str = ""
    styles: dict[str, str] = field(default_factory=dict)

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """The title, and the rows side by side or one below the other."""
        if self.title:
            yield Text(self.title, style="bold")
        found = widths(self.headings, self.rows, options.max_width)
        yield from self._blocks() if found is None else self._table(found)

    def _text(self, cell: str) -> Text:
        return Text(cell, style=self.styles.get(cell, ""))  # Text: no markup in data

    def _table(self, found: Sequence[int]) -> Iterator[RenderableType]:
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
        for place, (heading, width) in enumerate(zip(self.headings, found, strict=True)):
            table.add_column(
                Text(heading),
                width=width,
                overflow="fold",
                justify="right" if place in self.right else "left",
            )
        for row in self.rows:
            table.add_row(*map(self._text, row))
        yield table

    def _blocks(self) -> Iterator[RenderableType]:
        margin = max(map(cell_len, self.headings), default=0)
        for number, row in enumerate(self.rows):
            if number:
                yield Text()
            block = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
            block.add_column(style="bold", width=margin)
            block.add_column(overflow="fold")
            for heading, cell in zip(self.headings, row, strict=True):
                block.add_row(Text(heading), self._text(cell))
            yield block


def widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> tuple[int, ...] | None:
    """Characters of each column, or None where the columns do not fit side by side.

    >>> widths(["period", "organisations"], [["2020", "9"]], 40)
    (6, 13)
    >>> widths(["period", "new pairs"], [["2020", "9"]], 14)
    (6, 6)
    >>> widths(["period", "new pairs"], [["2020", "1234567"]], 14) is None
    True
    """
    columns = [
        (heading, [row[place] for row in rows if row[place]])
        for place, heading in enumerate(headings)
    ]
    least = [
        max([_word(heading), *(_whole(value) for value in values)]) for heading, values in columns
    ]
    full = [
        max(max(map(cell_len, cell.split("\n"))) for cell in (heading, *values))
        for heading, values in columns
    ]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None

    def shared(most: int) -> list[int]:
        """Nothing wider than *most* that can be narrower."""
        return [max(low, min(high, most)) for low, high in zip(least, full, strict=True)]

    most = next(m for m in range(max(full, default=0), -1, -1) if sum(shared(m)) <= room)
    return tuple(shared(most))


def _word(text: str) -> int:
    """Characters of the longest word."""
    return max(map(cell_len, text.split()), default=0)


def _whole(text: str) -> int:
    """Characters of a value that have to stand on one line: a number, or the words of a text."""
    return _word(text) if _LETTERS.search(text) is None else min(_word(text), _WORD)
