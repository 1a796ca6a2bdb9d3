"""What a reader tells of a source while it walks through it, in this order.

    Opened (Part Column* (Record | Rejection | Finding | Column)*)* Skipped* Finding* Told

An archive holds several such runs. Nothing but the record at hand is in memory.
"""

from dataclasses import dataclass

from kg.model import Finding, Record, Rejection
from kg.read.columns import Column
from kg.read.rows import Skipped, Told


@dataclass(frozen=True, slots=True)
class Opened:
    """A file begins: its name and its media type."""

    file: str
    format: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table of it begins: a worksheet, the rows of a CSV file, the blocks of a text.

    `name` is the worksheet's; `header` the header's row. Text has neither:
    "" and None. The columns of text come as they are met.
    """

    name: str
    header: int | None


Event = Opened | Part | Column | Record | Rejection | Finding | Skipped | Told
