r"""Tables of Markdown → rows: cells between `|`, below a row of dashes.

Source: GitHub Flavored Markdown, "Tables (extension)". Unlike there, a backslash means itself
but before `|`: programs that write such tables mask that one character.
"""

import re
from collections.abc import Callable, Sequence
from itertools import islice

from kg.read.rows import Row
from kg.read.written import Paragraph, Parts, WrittenTable

_DASHES = re.compile(r":?-+:?")
_RULE = frozenset("|:- \t")
_MOST_TABLES = 2_000  # that are looked at, and hold no records
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_LONGEST_FENCED = 500  # lines
# A line between records, or one that begins with a key in bold.
_RECORD = re.compile(
    r"[ \t]*(?:(?:-[ \t]?){3,}|(?:=[ \t]?){3,}|(?:\*[ \t]?){3,})$|[ \t]*(?:[-*+][ \t]+)?\*\*[^*]+"
)


def markdown_parts(lines: Sequence[str], *, wanted: Callable[[WrittenTable], bool]) -> Parts:
    """The tables of a Markdown text, and the lines between them.

    Args:
        lines: Without their breaks.
        wanted: Is a table one of records? Any other one stays as lines: it may be part of what
            somebody tells.

    A table has a header, a row of dashes of as many cells, and rows down to a blank line or a
    line without `|`. Between fences (```) nothing is a table; a fence that does not close before
    the next record is none: it may stand in one that is withheld.
    """
    parts: list[Paragraph | WrittenTable] = []
    between: list[str] = []
    at = strange = 0
    fence = ""
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        if opened is not None and not fence:
            fence = opened[1] if _closes(lines, at, opened[1]) else ""
        elif opened is not None and opened[1].startswith(fence):
            fence = ""
        elif not fence and strange < _MOST_TABLES and _begins(lines, at):
            table = _table(lines, at)
            if not wanted(table):
                strange += 1
                between += lines[at : at + table.lines]
                at += table.lines
                continue
            if between:
                parts.append(Paragraph(tuple(between)))
                between = []
            parts.append(table)
            at += table.lines
            continue
        between.append(lines[at])
        at += 1
    if between:
        parts.append(Paragraph(tuple(between)))
    return tuple(parts)


def _closes(lines: Sequence[str], at: int, fence: str) -> bool:
    """Does a fence close before a record ends or a key begins?"""
    for line in islice(lines, at + 1, at + 1 + _LONGEST_FENCED):
        opened = _FENCE.match(line)
        if opened is not None and opened[1].startswith(fence):
            return True
        if _RECORD.match(line):
            return False
    return False


def _begins(lines: Sequence[str], at: int) -> bool:
    """Does a table begin here: a line with `|`, and below it a row of as many dashes?"""
    if "|" not in lines[at] or at + 1 == len(lines):
        return False
    below = lines[at + 1]
    # One column is a table only with its bars: "Title" above "---" is a heading.
    return is_rule(below) and len(cells(below)) == len(cells(lines[at]))


def is_rule(line: str) -> bool:
    """Is a line the row of dashes between a header and its rows?"""
    return "|" in line and _RULE.issuperset(line) and all(map(_DASHES.fullmatch, cells(line)))


def _table(lines: Sequence[str], at: int) -> WrittenTable:
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    rows = (Row(number + 1, cells(lines[number])) for number in range(at, end) if number != at + 1)
    return WrittenTable(tuple(rows), lines=end - at)


def cells(line: str) -> tuple[str, ...]:
    r"""The cells of one line.

    >>> cells(r"| a \| b | c<br>d |"), cells("a|b")
    (('a | b', 'c\nd'), ('a', 'b'))
    """
    bare = line.strip(" \t")
    found = _BAR.split(bare)
    begin = 1 if bare.startswith("|") else 0
    end = len(found) - 1 if found[-1] == "" else len(found)  # behind the last bar is no cell
    return tuple(_BREAK.sub("\n", c.replace("\\|", "|")).strip(" \t\n") for c in found[begin:end])
