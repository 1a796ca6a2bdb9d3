"""Keys and values, in the order of a text or a form → where one record ends and the next begins.

A record ends before a known key that it has already. A second id in other words ("Code" below
"Outcome ID") says more of the record, unless what stands above it is said again below it.
"""

from dataclasses import dataclass, field

from kg.read.headings import HeadingMatch
from kg.read.lexicon import meaning
from kg.read.words import squash


@dataclass(slots=True)
class Entry:
    """One key with its value, as written."""

    heading: str
    match: HeadingMatch
    line: int
    values: list[str]
    doubted: bool = False  # it may belong to the next record

    @property
    def text(self) -> str:
        """The value; blank lines at its end belong to nobody."""
        kept = list(self.values)
        while len(kept) > 1 and not kept[-1].strip():
            kept.pop()
        return "\n".join(kept)


@dataclass(slots=True)
class Block:
    """One record: the line on which it begins, and its keys.

    `sheet` names the table in which it stands, where `line` is a row of it.
    """

    line: int
    bold: bool
    entries: list[Entry] = field(default_factory=list)
    run: int = 0  # the first entry behind the last gap between keys
    sheet: str = ""
    #: Entries that may open the next record: where, the run before them, and how they are written.
    _maybe: list[tuple[int, int, bool]] = field(default_factory=list)

    def add(self, entry: Entry, *, bold: bool, gap: bool) -> list["Block"]:
        """Take up one more key, or open the next record with it; the records that this begins.

        Args:
            entry: The key and its value.
            bold: How it is written.
            gap: Does a blank line stand before it?
        """
        again = self._stands(entry.match)
        if again is None:
            if self._may_begin(entry.match):
                self._maybe.append((len(self.entries), self.run, bold))
            if gap:
                self.run = len(self.entries)
            self.entries.append(entry)
            return []
        after = Block(entry.line, bold, [entry], sheet=self.sheet)
        # "Code" or "Reference" below "Outcome ID" says more of the record. It began the next one
        # if what stood above it is repeated below it, and not by the key that begins records.
        opened = next((found for found in self._maybe if found[0] > again), None)
        if opened is None or again == self._opening:
            return [after]
        begin, run, how = opened
        before = self.entries[begin:]
        next_one = Block(before[0].line, how, before, max(0, self.run - begin), self.sheet)
        del self.entries[begin:]
        self.run = run
        return [next_one, *next_one.add(entry, bold=bold, gap=gap)]

    @property
    def _opening(self) -> int | None:
        """The first known key."""
        return next((at for at, entry in enumerate(self.entries) if entry.match.known), None)

    def _may_begin(self, match: HeadingMatch) -> bool:
        """Is a key one more id, where an id began the record?"""
        begun = self._opening
        return (
            match.known
            and match.field == "fragment_id"
            and begun is not None
            and self.entries[begun].match.field == match.field
        )

    def _stands(self, match: HeadingMatch) -> int | None:
        """The entry that a key would repeat, where it says nothing more of the same record."""
        if not match.known:
            return None
        known = [(at, e.match) for at, e in enumerate(self.entries) if e.match.known]
        same = next((at for at, m in known if squash(m.heading) == squash(match.heading)), None)
        if same is not None or not known:
            return same
        if match.field == "description" and self._maybe:
            # Behind another id, a description in other words is another record's.
            return next((at for at, m in known if _in_other_words(m, match)), None)
        first, opening = known[0]
        return first if match.field != "fragment_id" and _in_other_words(opening, match) else None


def _in_other_words(one: HeadingMatch, other: HeadingMatch) -> bool:
    """Are two keys for one thing, and the second no more of the first?

    "Outcome: 1" opens a record; "Outcome description: …" below it says more, not again.
    """
    return one.field == other.field and not meaning(one.heading) < meaning(other.heading)


def block_fields(block: Block) -> set[str]:
    """The fields whose headings a block has."""
    return {entry.match.field for entry in block.entries if entry.match.known}


def known(block: Block) -> bool:
    """Does a block hold the description of an outcome?"""
    return "description" in block_fields(block)
