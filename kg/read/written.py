"""What stands in a running text, in order: its lines, and the tables between them."""

from dataclasses import dataclass

from kg.read.rows import Row
from kg.read.sheets import Merge


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lines` hold bold words at its start in `**`, titles behind `#`."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One table of a text; a spanning cell stands in the first of its columns.

    Rows are numbered as their owner would look for them: in the table, or by the lines of the
    file, of which the table then takes `lines`.
    """

    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    lines: int = 0


def written_table(number: int) -> str:
    """What the table of a text is called where a worksheet has its title (`kg.model.is_written`).

    >>> written_table(2)
    'table 2'
    """
    return f"table {number}"


#: A text in the order in which it is read.
Parts = tuple[Paragraph | WrittenTable, ...]
