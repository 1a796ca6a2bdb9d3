"""Rows of a table before anybody knows what its columns mean."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Finding, Where

#: A header is looked for in so many rows from the top; data above it would be lost otherwise.
HEADER_WITHIN = 50

#: How much a row looks like the header: 0 for not at all.
Score = Callable[[Sequence[str]], int]

# C0 controls but tab and line breaks, lone surrogates and two non-characters: XML, and with it
# half of the formats of RDF, cannot hold them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as its owner would look for it, and its cells.

    `broken` says that the row could not be read as it stands (a quote that
    does not close): its cells may stand under the wrong headings. `hidden`
    says that a person who opens the worksheet does not see it.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False
    hidden: bool = False

    @property
    def blank(self) -> bool:
        """Has no cell anything in it?"""
        return not "".join(self.cells).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, which are walked through once, before anything else is.

    `name` is the worksheet's, "" elsewhere; `sheet` is the same where a file
    has several worksheets, so that a row's number alone does not tell its place.
    """

    name: str
    header: Row
    rows: Iterator[Row]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A worksheet, or a table of a document, without a header; it is not read."""

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """How a text was read; known once it has been."""

    encoding: str | None = None
    delimiter: str | None = None


#: What a file of tables holds, in order. Findings of a table follow it.
Grid = Iterator[Table | Skipped | Told | Finding]


def clean(text: str) -> tuple[str, bool]:
    r"""A text that RDF and XML can hold, and whether something was replaced by U+FFFD.

    >>> clean("a\x00b\tc")
    ('a\ufffdb\tc', True)
    """
    cleaned = _UNPRINTABLE.sub("\ufffd", text)
    return cleaned, cleaned != text


def printable(cells: Sequence[str]) -> bool:
    """Can RDF and XML hold all of these texts as they are?"""
    return _UNPRINTABLE.search("\n".join(cells)) is None


def control_characters(where: Where) -> Finding:
    """The finding that `clean` replaced something."""
    return Finding(
        reason="control-characters",
        where=where,
        message="Characters that no file format can carry were replaced by the mark U+FFFD.",
        advice="Type the cell anew where the mark stands inside a word.",
    )


def unclosed_quote(where: Where) -> Finding:
    """The finding that a row was read up to the end of its line alone."""
    return Finding(
        reason="unclosed-quote",
        where=where,
        message="A quotation mark opens a cell in this row and does not close at its end.",
        advice='Close the quote, and double the quotes inside a quoted cell ("").',
    )
