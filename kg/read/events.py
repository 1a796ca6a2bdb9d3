"""What a reader tells of a source while it walks through it, in this order.

    Opened (Part Column* (Record | Rejection | Finding | Column)*)* Skipped* Finding* Told

An archive holds several such runs; one that breaks off ends with Unread. Nothing but the record
at hand is in memory.
"""

from dataclasses import dataclass

from kg.errors import SourceError
from kg.model import Finding, Record, Rejection, Where
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


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of an archive could not be read: what was told since it opened does not count."""

    finding: Finding


def unread(file: str, problem: SourceError) -> Finding:
    """The finding that a file could not be read, while others were."""
    why = str(problem).removeprefix(file).lstrip(" :,")
    return Finding(
        reason=UNREAD,
        where=Where(file),
        message=f"This file is not read: {why}",
        advice="Mend the file or take it away, and build again; the others are read.",
    )


def error_of(finding: Finding) -> str:
    """The error that `unread` tells, as it was raised."""
    return f"{finding.where.file}: {finding.message.partition(': ')[2]}"


#: Why a file is not part of a harvest.
UNREAD = "unreadable-file"

Event = Opened | Part | Column | Record | Rejection | Finding | Skipped | Told | Unread
