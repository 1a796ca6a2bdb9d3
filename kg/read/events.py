"""What a reader tells of a source while it walks through it, in this order.

    Opened (Part Column* (Record | Rejection | Finding | Column)*)* Skipped* Finding* Told

An archive holds several such runs; one that breaks off ends with Unread. Nothing but the record
at hand is in memory.
"""

from dataclasses import dataclass
from pathlib import PurePath

from kg.errors import SourceError
from kg.model import Finding, Record, Rejection, Severity, Where
from kg.read.columns import Column
from kg.read.names import is_framework
from kg.read.rows import Skipped, Told


class OtherKindError(SourceError):
    """No reader is there for files of this kind."""


class NoRecordsError(SourceError):
    """A running text, read to its end, in which nothing looks like a record."""


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
    if isinstance(problem, OtherKindError):
        return passed_over(file)
    if isinstance(problem, NoRecordsError):
        return Finding(
            reason=NO_RECORDS,
            where=Where(file),
            message="Nothing in this text looks like a record; it is not read.",
            advice="If it holds outcomes, write a key before each answer: **Outcome description**: "
            "…, or name its headings under [headings] in kg.toml.",
            severity=Severity.INFO,
        )
    why = str(problem).removeprefix(file).lstrip(" :,")
    return Finding(
        reason=UNREAD,
        where=Where(file),
        message=f"This file is not read: {why}",
        advice="Mend the file or take it away, and build again; the others are read.",
    )


def passed_over(file: str) -> Finding:
    """The finding that a file of a folder or an archive is none that kg reads."""
    if is_framework(PurePath(file)):
        return Finding(
            reason="framework-not-named",
            where=Where(file),
            message="A results framework is read beside kg.toml, or where kg.toml names it; this "
            "file is not read.",
            advice="Put framework.csv or framework.xlsx beside kg.toml, or name the file there, "
            "under [frameworks] files.",
        )
    return Finding(
        reason=OTHER_KIND,
        where=Where(file),
        message="kg reads no files of this kind; nothing of it is in the harvest.",
        advice="If outcomes stand there, save them as .xlsx, .docx or .csv and build again.",
        severity=Severity.INFO,
    )


def own_output(file: str) -> Finding:
    """The finding that a file among the sources is one that kg wrote."""
    return Finding(
        reason=OWN_OUTPUT,
        where=Where(file),
        message="kg wrote this file itself, as an answer or an export; it is no source.",
        advice="To build from it all the same, name it alone, or copy it into a new file.",
        severity=Severity.INFO,
    )


def error_of(finding: Finding) -> str:
    """The error that `unread` tells, as it was raised."""
    return f"{finding.where.file}: {finding.message.partition(': ')[2]}"


#: Why a file is not part of a harvest.
UNREAD = "unreadable-file"
#: … and why one that nobody needs to mend is none: its kind; a text without records; an answer.
OTHER_KIND, NO_RECORDS, OWN_OUTPUT = "other-kind", "no-records", "own-output"

Event = Opened | Part | Column | Record | Rejection | Finding | Skipped | Told | Unread
