"""Compare two readings of a harvest, record by record and field by field.

Nothing here quotes a sentence unless it is asked to: a field of words is
"changed", a coded one says from which value to which.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.config import Config
from kg.difference.pairs import Told, pair
from kg.difference.values import OTHER, coded, is_coded, withheld
from kg.errors import SourceError
from kg.identity import Case, keys, settle
from kg.messages import DEFAULT_LANGUAGE
from kg.model import FIELDS, Record
from kg.read import error_of, expand_sources
from kg.sources import read_all, silent
from kg.vocabulary import load_vocabulary

_LEAD = "outcome-lead"


class Change(StrEnum):
    """What became of a record."""

    NEW = "new"
    CHANGED = "changed"
    UPGRADED = "upgraded"  # its status was a lead and stands higher now
    WITHDRAWN = "withdrawn"


class Effect(StrEnum):
    """What became of a cell."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that says something else than before.

    `old`, `new` are labels of a list and codes; "" for a blank cell, and for
    every field of words, unless words were asked for: then the cells as typed.
    """

    field: str
    effect: Effect
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that is not as it was. `key`, `identifier`: of the new record, if there is one.

    `old_row`, `new_row` are None where the file does not hold it.
    """

    change: Change
    key: str
    identifier: str
    old_row: int | None
    new_row: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, by change and key.

    Of the old file and the new one: `rejected`, `copies` are rows that were
    left out; `alone` the columns that the other has not.
    """

    records: tuple[RecordChange, ...]
    unchanged: int
    rejected: tuple[int, int] = (0, 0)
    copies: tuple[int, int] = (0, 0)
    alone: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records are new, changed, upgraded, withdrawn, unchanged."""
        counted = Counter(record.change for record in self.records)
        return {change.value: counted[change] for change in Change} | {"unchanged": self.unchanged}


def difference(
    old: Path,
    new: Path,
    config: Config,
    *,
    language: str = DEFAULT_LANGUAGE,
    words: bool = False,
) -> Difference:
    """Compare two source files (or folders of them) as a build would read them.

    Args:
        old: The earlier export.
        new: The later one.
        config: Headings and values as the project has them read.
        language: Of labels ("en", "fr").
        words: Tell the cells of words that differ, as they were typed. Confidential.

    Raises:
        SourceError: one of them is missing, empty, damaged or of an unknown kind, or holds a file
            that is: its records would pass for new or withdrawn.
    """
    before, after = (
        read_all(expand_sources([path]), config, progress=silent) for path in (old, new)
    )
    for finding in (*before.unread, *after.unread):
        raise SourceError(error_of(finding))
    found = compare(before.records, after.records, config=config, language=language, words=words)
    return Difference(
        records=found.records,
        unchanged=found.unchanged,
        rejected=(len(before.rejected), len(after.rejected)),
        copies=found.copies,
        alone=found.alone,
    )


def compare(
    old: Sequence[Record],
    new: Sequence[Record],
    *,
    config: Config,
    language: str = DEFAULT_LANGUAGE,
    words: bool = False,
) -> Difference:
    """Compare the records of two files; copies within a file count once."""
    told = _Teller(config, language, words)
    # Held: cases are told apart by what they are, not by what they say.
    before, after = (settle(tuple(some), cleared=config.cleared) for some in (old, new))
    old_keys, new_keys = _keys(before.cases), _keys(after.cases)
    pairs = pair(before.cases, after.cases)
    changed = [
        _record(_kind(fields, language), new_keys[id(other.case)], one, other, fields)
        for one, other in pairs.both
        if (fields := tuple(told.fields(one, other)))
    ]
    came = [_record(Change.NEW, new_keys[id(told.case)], None, told) for told in pairs.new]
    went = [_record(Change.WITHDRAWN, old_keys[id(told.case)], told, None) for told in pairs.old]
    return Difference(
        records=tuple(sorted((*changed, *came, *went), key=_order)),
        unchanged=len(pairs.both) - len(changed),
        copies=(before.duplicates, after.duplicates),
        alone=_alone(_columns(old), _columns(new)),
    )


def _columns(records: Sequence[Record]) -> frozenset[str]:
    return frozenset(cell.field for record in records for cell in record.cells)


def _alone(old: frozenset[str], new: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of an empty file nothing is said: it lacks every column."""
    if not old or not new:
        return (), ()
    return tuple(sorted(old - new, key=_place)), tuple(sorted(new - old, key=_place))


def _keys(cases: Sequence[Case]) -> Mapping[int, str]:
    found, _ = keys(cases)
    return {id(case): key for case, key in zip(cases, found, strict=True)}


def _record(
    change: Change,
    key: str,
    old: Told | None,
    new: Told | None,
    fields: tuple[FieldChange, ...] = (),
) -> RecordChange:
    told = new or old
    return RecordChange(
        change=change,
        key=key,
        identifier=told.case.record.value("fragment_id") or "" if told else "",
        old_row=old.case.origins[0].row if old else None,
        new_row=new.case.origins[0].row if new else None,
        fields=fields,
    )


def _order(record: RecordChange) -> tuple[int, str, int, int]:
    place = list(Change).index(record.change)
    return (place, record.key, record.old_row or 0, record.new_row or 0)


def _kind(fields: Sequence[FieldChange], language: str) -> Change:
    """Upgraded: a lead that has risen on the ladder of statuses. A rejected one has left it."""
    vocabulary = load_vocabulary()
    lead = vocabulary.get("status", _LEAD)
    ladder = [c for c in vocabulary.concepts("status") if c.rank is not None]
    higher = {c.label(language) for c in ladder[ladder.index(lead) + 1 :]}
    risen = any(
        f.field == "status" and f.old == lead.label(language) and f.new in higher for f in fields
    )
    return Change.UPGRADED if risen else Change.CHANGED


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the cells in which two versions of a record differ."""

    config: Config
    language: str
    words: bool

    def fields(self, old: Told, new: Told) -> Iterator[FieldChange]:
        """The cells that differ: known fields in order of reading, then the others by name."""
        flags = [withheld(told.case.record, self.config) for told in (old, new)]
        if old.values == new.values and flags[0] == flags[1]:
            return
        before, after = (coded(told, self.config, self.language) for told in (old, new))
        names = {*old.values, *new.values, "confidential"}
        for name in sorted(names, key=_place):
            one, other = before.get(name, ""), after.get(name, "")
            raw_one, raw_other = old.values.get(name, ""), new.values.get(name, "")
            if is_coded(name):
                # Words that no list knows are compared as they stand, and not shown.
                alike = raw_one == raw_other or OTHER not in f"{one}{other}"
                if one != other or not alike:
                    effect = _effect(one, other)
                    yield FieldChange(
                        name, effect, self._shown(one, old, name), self._shown(other, new, name)
                    )
            elif raw_one != raw_other:
                effect = _effect(raw_one, raw_other)
                yield FieldChange(name, effect, self._typed(old, name), self._typed(new, name))

    def _shown(self, label: str, told: Told, name: str) -> str:
        """A coded value; what no list knows only where words were asked for."""
        return self._typed(told, name) if self.words and OTHER in label else label

    def _typed(self, told: Told, name: str) -> str:
        """A cell as typed, where words were asked for."""
        return (told.case.record.value(name) or "").strip() if self.words else ""


def _effect(old: str, new: str) -> Effect:
    if not old:
        return Effect.ADDED
    return Effect.CHANGED if new else Effect.REMOVED


def _place(name: str) -> tuple[int, str]:
    return (FIELDS.index(name) if name in FIELDS else len(FIELDS), name)
