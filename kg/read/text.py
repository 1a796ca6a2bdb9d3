"""Text blocks of `**Key**: value` lines → records, one or many in a file.

A record ends before a separator line (`---`) and before a known key that it
has already (`kg.read.blocks`). Values run over as many lines as they need. In a record
written with `**`, nothing else opens a key but a line of a list whose heading is plain,
and that of a coded field it lacks ("- Country: Mali"); in one without, only a line that begins
with a known heading does, so that "Result:" inside a paragraph stays a word.
"""

import re
from collections.abc import Iterator, Sequence

from kg.model import NARRATIVE, Finding, Severity, Where
from kg.read.blocks import Block, Entry, block_fields
from kg.read.headings import HeadingMatch, Headings
from kg.read.near import How
from kg.read.words import squash

_LISTED = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]")
_BULLET = r"^[ \t]*+(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?"
# "**Key**: value" and "**Key:** value", the colon in any width.
_BOLD = re.compile(
    _BULLET + r"(?:\*\*|__)(?P<key>(?:(?!\*\*|__).){1,400}?)"
    r"(?:(?:\*\*|__)[ \t\u00a0\u202f]*[:：]|[ \t]*[:：][ \t]*(?:\*\*|__))[ \t]?(?P<value>.*)$"
)
_PLAIN = re.compile(
    _BULLET + r"(?P<key>[^\s:：*][^:：*]{0,159}?)[ \t\u00a0\u202f]*+[:：][ \t]?(?P<value>.*)$"
)
# What a messenger writes before each message: "[01/05/2023, 09:11:22] Ama: ".
_MESSAGE = re.compile(
    r"^[\u200e\u200f\ufeff]*\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \u202f]"
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?(?:\]|[ ]-)[ ]"
    r"(?:[^:：\n]{1,60}[:：][ ]|)"
)
_SEPARATOR = re.compile(
    r"^[ \t]*(?:-[ \t]?){3,}$|^[ \t]*(?:=[ \t]?){3,}$|^[ \t]*(?:[*_][ \t]?){3,}$"
)
_TITLE = re.compile(r"^#{1,6}[ \t]")
# A key of its own behind a short answer, as in "Country: Mali / District: Gao" on two lines.
_SIDE_KEY_WORDS = 6
_LONGEST_HEAD = 1_000  # of a line, up to the colon behind its key
_LONGEST_ANSWER = 120


def read_lines(
    lines: Sequence[str], *, name: str, headings: Headings, first: int = 1
) -> tuple[list[Block], list[Finding], list[int]]:
    """The records that stand in lines without their breaks; *first* is the first one's number.

    With them findings, and the numbers of the lines that belong to no record.
    """
    reader = _Reader(lines, headings, first)
    reader.run()
    return reader.blocks, list(reader.findings(name)), reader.stray


class _Reader:
    """Walks down the lines once."""

    def __init__(self, lines: Sequence[str], headings: Headings, first: int) -> None:
        self._lines = lines
        self._first = first
        self._headings = headings
        self.blocks: list[Block] = []
        self._block: Block | None = None
        self._gap = True  # nothing, or a blank line, stands before the next key
        self.stray: list[int] = []  # lines that belong to no record
        self._chat = True  # does the record stand in messages? Before any, all may
        self._aside = False  # in a message that says nothing of a record

    def run(self) -> None:
        """Read all lines."""
        for number, line in enumerate(self._lines, start=self._first):
            if _SEPARATOR.match(line):
                self._block, self._gap = None, True
                continue
            # By the record alone, never by how the file begins: that may be withheld.
            message = _MESSAGE.match(line)
            key = self._key(line[message.end() :] if message else line)
            if message and (key is not None or self._chat):
                # Who wrote it is no part of it, and nothing goes on from the last one.
                self._gap = self._aside = True
            if key is not None:
                before = self._block
                self._open(number, *key)
                self._chat = message is not None or (self._chat and self._block is before)
                self._aside = False
            elif self._block is None or self._aside or self._is_title(number, line):
                if line.strip():
                    self.stray.append(number)
                self._gap = True
            else:
                self._block.entries[-1].values.append(line)
                self._gap = not line.strip()
        self._doubt_flags()

    def _key(self, line: str) -> tuple[HeadingMatch, str, bool] | None:
        """Heading, value and style of a line that opens a key."""
        head = line[:_LONGEST_HEAD]
        if ":" not in head and "：" not in head:
            return None
        bold = _BOLD.match(line)
        if bold:
            return self._headings.match(bold["key"]), bold["value"], True
        plain = _PLAIN.match(line)
        beside_bold = self._block is not None and self._block.bold
        # Before it is looked up: a story has many such lines.
        if not plain or (beside_bold and not _LISTED.match(line)):
            return None
        match = self._headings.match(plain["key"])
        if beside_bold:
            opens = self._answers(match, plain["value"])
        else:
            opens = match.known or self._beside_answer(match)
        return (match, plain["value"], beside_bold) if opens else None

    def _answers(self, match: HeadingMatch, value: str) -> bool:
        """Is a line of a list a short answer to what the record does not say yet?"""
        return (
            self._block is not None
            and match.how in {How.EXACT, How.FOLDED}
            and match.field not in (*NARRATIVE, "merged")
            and 0 < len(value.strip()) <= _LONGEST_ANSWER
            and match.field not in block_fields(self._block)
        )

    def _beside_answer(self, match: HeadingMatch) -> bool:
        """Does an unknown "Key:" follow a short answer, where no sentence can go on?"""
        if self._block is None or self._gap or len(match.heading.split()) > _SIDE_KEY_WORDS:
            return False
        last = self._block.entries[-1]
        narrative = last.match.field in (*NARRATIVE, "merged")
        return (
            not narrative
            and len(last.values) == 1
            and len(last.values[0]) <= _LONGEST_ANSWER
            and match.heading[:1].isupper()
        )

    def _open(self, number: int, match: HeadingMatch, value: str, bold: bool) -> None:  # noqa: FBT001 - the third of a tuple
        entry = Entry(match.heading, match, number, [value])
        begun = (
            [Block(number, bold, [entry])]
            if self._block is None
            else self._block.add(entry, bold=bold, gap=self._gap)
        )
        self.blocks += begun
        self._block = self.blocks[-1] if begun else self._block
        self._gap = False

    def _is_title(self, number: int, line: str) -> bool:
        """A Markdown title before a key parts records or sections; it is nobody's value."""
        if not _TITLE.match(line):
            return False
        following = next((x for x in self._lines[number - self._first + 1 :] if x.strip()), "")
        return bool(self._key(following))

    def _doubt_flags(self) -> None:
        """Doubt a flag that stands in one run of lines with the next record's first key.

        Behind a blank line, directly above the key that repeats, and not
        found again below it: it may be the next record's.
        """
        for block, after in zip(self.blocks, self.blocks[1:], strict=False):
            last = block.entries[-1]
            joined = after.line == last.line + len(last.values) and bool(last.values[-1].strip())
            if not joined or not block.run:
                continue
            below = {squash(entry.heading) for entry in after.entries}
            for entry in block.entries[block.run :]:
                if entry.match.field == "confidential" and squash(entry.heading) not in below:
                    entry.doubted = True

    def findings(self, name: str) -> Iterator[Finding]:
        """What the owner of the file should look at."""
        for block in self.blocks:
            for entry in block.entries:
                if entry.doubted:
                    yield Finding(
                        reason="doubtful-flag",
                        where=Where(name, entry.line, "confidential"),
                        message="This flag may belong to the record above or below it; "
                        "it clears neither.",
                        advice="Part the records by a line of three hyphens (---).",
                    )


def stray_lines(name: str, numbers: Sequence[int]) -> Finding:
    """The finding that lines of a text belong to no record; not even a title goes unsaid."""
    return Finding(
        reason="text-outside-records",
        where=Where(name, numbers[0]),
        message=f"Lines outside of any record: {len(numbers)}, the first one here; they are not "
        "read.",
        advice="If they belong to a record, write a key before them: **Key**: value.",
        severity=Severity.INFO,
    )
