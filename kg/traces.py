"""What edited files say of what was forgotten: lines that only it gave a reason for, and doubts.

Names are compared word by word, as `kg.resolve` compares them: accents,
apostrophes, articles and "&" for "and" make no other name, and "LION" does
not stand in "million".
"""

import codecs
import csv
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.config import FILE_NAME, Config
from kg.errors import ConfigError
from kg.extract.lexicon import lexicon
from kg.keys import NameKey, even_name, which_key
from kg.model import FIELDS, NARRATIVE, Decision, Record
from kg.read.decode import decode
from kg.resolve.naming import name_key
from kg.sources import Curated

_DELIMITERS = (",", ";", "\t", "|")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECISIONS = "decisions.csv"
_SEARCHED = (_DECISIONS, "organisations.yaml", FILE_NAME)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 8  # words of somebody's name
_SHORTEST = 3  # letters of a word that may be somebody's name or acronym
#: Cells of a list (countries, ratings) name nothing of a record's own.
_CODED = frozenset(FIELDS) - {*NARRATIVE, "fragment_id", "merged"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the forgotten records say and what the others do, as words between spaces.

    `ids` are those of forgotten records, and their ends; `own` are words of
    theirs that look like names. No record that stays says any of them.
    """

    went: str
    stay: str
    ids: tuple[str, ...]
    own: frozenset[str]

    def alone(self, name: str) -> bool:
        """Do the forgotten records alone hold this name?"""
        words = _even(name)
        return bool(words.strip()) and words in self.went and words not in self.stay

    def told_by_id(self, text: str) -> bool:
        """Does a text hold the id of a forgotten record?"""
        words = _even(text)
        return any(identifier in words for identifier in self.ids)

    def doubtful(self, text: str) -> bool:
        """May a text speak of a forgotten record?"""
        return self.told_by_id(text) or not self.own.isdisjoint(_even(text).split())


def said(gone: Iterable[Record], stay: Iterable[Record]) -> Said:
    """What some records say, and what others do."""
    gone = tuple(gone)
    went, left = _text(gone), _text(stay)
    known = set(left.split())
    own = {
        even
        for record in gone
        for cell in record.cells
        if cell.field not in _CODED
        for word in _WORD.findall(cell.text)
        if len(word) >= _SHORTEST and not word[0].islower() and not word.isdigit()
        for even in _even(word).split()
        if even not in known and not _ordinary(even)
    }
    ids = {
        _even(part)
        for record in gone
        for identifier in (record.value("fragment_id") or "",)
        for part in (identifier, re.split(r"[/\\]", identifier)[-1])
        if any(c.isalpha() for c in part) and any(c.isdigit() for c in part)
    }
    return Said(went, left, tuple(sorted(i for i in ids if i not in left)), frozenset(own))


def _text(records: Iterable[Record]) -> str:
    """All that some records say; a bar keeps the words of two cells apart."""
    return "|".join(_even(cell.text) for record in records for cell in record.cells)


def _even(text: str) -> str:
    """The words of a text as names are compared, each between spaces.

    >>> _even("The Qarsha and Sons Union") == _even("QARSHA & Sons Union")
    True
    """
    words = lexicon()
    return f" {' '.join(word for word in name_key(text) if not words.info(word).coordination)} "


def _ordinary(word: str) -> bool:
    info = lexicon().info(word)
    return info.common or info.function or info.portfolio or info.demonym


def theirs(curated: Curated, said: Said) -> frozenset[int]:
    """Lines of decisions.csv that nothing but forgotten records gave a reason for."""
    return frozenset(d.line for d in curated.decisions if _only(d, said))


def of_persons(
    curated: Curated, gone: Iterable[Record], stay: Iterable[Record], key: NameKey
) -> frozenset[int]:
    """Lines of decisions.csv about persons whom forgotten records alone name.

    Such a line holds a keyed hash. Whoever has the key could confirm a name with it, so the line
    goes once no text has the name: every few words in a row are tried.
    """
    if not any(which_key(d.a) for d in curated.decisions):
        return frozenset()
    left = "|".join(f" {even_name(cell.text)} " for record in stay for cell in record.cells)
    found: set[str] = set()
    for cell in (cell for record in gone for cell in record.cells):
        words = even_name(cell.text).split()
        for at in range(len(words)):
            for end in range(at + 1, min(at + _LONGEST, len(words)) + 1):
                name = " ".join(words[at:end])
                if f" {name} " not in left:
                    found.add(key(name))
    return frozenset(d.line for d in curated.decisions if d.a in found)


def _only(decision: Decision, said: Said) -> bool:
    if any(said.alone(text) for text in (decision.a, decision.b, decision.reason)):
        return True
    texts = (decision.a, decision.b, decision.scope, decision.by, decision.reason)
    return any(said.told_by_id(text) for text in texts)


def doubts(
    config: Config, said: Said, *, gone: Collection[int] = ()
) -> tuple[tuple[str, int], ...]:
    """File and line of what may still speak of forgotten records; only its owner can tell.

    Args:
        config: The project's settings.
        said: What the forgotten records say, and the others.
        gone: Lines of decisions.csv that are taken out; those behind them are counted without.

    Raises:
        ConfigError: a file cannot be read.
    """
    found = []
    for name in _SEARCHED:
        path = config.edited(name)
        if path is None:
            continue
        try:
            data = path.read_bytes()
        except OSError as problem:
            reason = problem.strerror or "it cannot be opened"
            raise ConfigError(f"{name}: {reason}; check that you may read it.") from problem
        lines = decode(without(data, gone) if gone and name == _DECISIONS else data).lines
        found += [(name, at) for at, line in enumerate(lines, start=1) if said.doubtful(line)]
    return tuple(found)


def without(data: bytes, lines: Collection[int]) -> bytes:
    """A table without the rows that begin on some lines, every other byte as it was."""
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    # Latin-1 keeps every byte of UTF-8 and cp1252, and all that CSV knows is ASCII.
    text = data.decode(wide or "latin-1")
    physical = text.splitlines(keepends=True) if wide else _physical(text)
    header = next((line for line in physical if line.strip()), "")
    reader = csv.reader(physical, delimiter=max(_DELIMITERS, key=header.count))
    kept: list[str] = []
    start = 0
    for _ in reader:
        if start + 1 not in lines:
            kept += physical[start : reader.line_num]
        start = reader.line_num
    return "".join(kept).encode(wide or "latin-1")


def _physical(text: str) -> list[str]:
    """Lines that end with a line feed: of Latin-1, `splitlines` would take more for an end."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
