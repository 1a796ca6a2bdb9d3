"""Headings of one table or record → columns, each with a field of its own."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.model import FIELDS, Cell, Finding, Where
from kg.read.flag import FLAG
from kg.read.headings import HeadingMatch, Headings
from kg.read.lexicon import get_lexicon, meaning, plain_form
from kg.read.near import How, nearly_the_flag
from kg.read.rows import clean
from kg.read.telling import adds, beside_id, second_column, tell
from kg.read.words import squash, stem, words
from kg.vocab import ADDED_UP, field_slug, filled_field, further_field, slug

#: Where a flag that cannot be trusted keeps its words; the flag itself then reads as blank.
FLAG_AS_READ = "confidential-as-read"

# A column's own name never passes for a field, nor for what kg/vocab.py makes of "outcome".
_RESERVED = frozenset({*FIELDS, *map(field_slug, FIELDS), FLAG_AS_READ, "column-outcome"})
_CODES = "framework_link"
_MOST_WORDS = 3  # a heading with more is no better: it explains


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what it is called, which field it fills."""

    index: int
    heading: str
    field: str
    match: HeadingMatch


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table.

    `flags` are the columns that speak of confidentiality, those in doubt too. Where there are
    several, a record is open only if each of them says so.
    """

    columns: tuple[Column, ...]
    flags: tuple[int, ...] = ()
    width: int = 0
    findings: tuple[Finding, ...] = field(default=())

    @property
    def named(self) -> int:
        """So many cells has a row at least, unless some are lost."""
        return 1 + max((c.index for c in self.columns if c.match.heading.strip()), default=-1)

    def has(self, name: str) -> bool:
        """Does a column fill this field?"""
        return any(filled_field(column.field) == name for column in self.columns)


def lay_out(cells: Sequence[str], headings: Headings, *, where: Where) -> Layout:
    """Name the columns of a header.

    Two columns for one field: what `kg.toml` names has it, else the better understood one, else
    the one whose heading says more ("Outcome description" beside "Outcome"), else the first. Of
    two ids the one that is called so: an "Outcome code" beside an "ID" is a results-framework
    code. The other keeps the slug of its heading, and a finding says so; but of codes every column
    counts, each under its own heading: an outcome's often stands beside an output's.
    """
    found = [headings.match(clean(cell)[0]) for cell in cells]
    best = _claimed(found, headings)
    _doubt_code(found, best, headings)
    findings: list[Finding] = []
    for index, match in enumerate(found):
        second = match.known and best[match.field] != index and match.field not in ADDED_UP
        if second and not headings.told(match.heading):
            found[index] = _given_way(match, taken=best)
            if found[index].field == _CODES:
                best[_CODES] = index
                findings.append(beside_id(match, found[best["fragment_id"]], where))
    taken = set(_RESERVED)
    columns: list[Column] = []
    for index, match in enumerate(found):
        if not match.heading.strip():
            columns.append(_unnamed(index, taken))
            continue
        name, original = match.field, headings.match(match.heading)
        second = original.known and best.get(original.field, index) != index
        more = match.known and match.field in ADDED_UP and best[match.field] != index
        lost = second and not more and name != _CODES
        if more:
            name = _further(match, taken)
        elif not match.known or lost:
            name = _unique(slug(match.heading) if original.known else match.field, taken)
        columns.append(Column(index, match.heading, name, match))
        if more:
            findings.append(adds(match, where))
        elif lost:
            told = headings.told(match.heading)
            findings.append(second_column(original, match.candidates, where, settled=told))
        elif match.field == original.field or not match.known:
            findings += tell(match, where)
    flags = [c.index for c in columns if c.match.known and c.match.field == FLAG]
    # Beside a flag, one that is in doubt clears nothing, and may withhold.
    flags += [c.index for c in columns if flags and _half_a_flag(c.match)]
    return Layout(tuple(columns), tuple(flags), len(cells), tuple(findings))


def _half_a_flag(match: HeadingMatch) -> bool:
    doubted = match.how is How.DOUBTFUL and match.candidates == (FLAG,)
    return doubted and nearly_the_flag(plain_form(match.heading))


def _claimed(found: Sequence[HeadingMatch], headings: Headings) -> dict[str, int]:
    """Field → the column that has it."""
    times = Counter(squash(match.heading) for match in found)

    def fitness(match: HeadingMatch) -> tuple[bool, bool, bool, bool, int, bool]:
        return _fitness(match, headings, repeated=times[squash(match.heading)] > 1)

    best: dict[str, int] = {}
    for index, match in enumerate(found):
        held = best.get(match.field)
        if match.known and (held is None or fitness(match) < fitness(found[held])):
            best[match.field] = index
    return best


def _doubt_code(found: list[HeadingMatch], best: dict[str, int], headings: Headings) -> None:
    """The id that is called a code, beside a column that may be the id as well.

    "Code" beside "N°" may be either, or the code of a result: kg asks. "Outcome code" is taken,
    and told.
    """
    index = best.get("fragment_id")
    if index is None:
        return
    match = found[index]
    if headings.told(match.heading) or _speaks_of("id", match) or not _speaks_of("code", match):
        return
    others = [m for place, m in enumerate(found) if place != index]
    if match.how is not How.CLOSE:
        if any(m.field == "fragment_id" or m.candidates[:1] == ("fragment_id",) for m in others):
            found[index] = replace(match, how=How.CLOSE)
    elif any(m.candidates[:1] == ("fragment_id",) for m in others):
        either = (_CODES, "fragment_id")
        found[index] = HeadingMatch(match.heading, slug(match.heading), How.DOUBTFUL, either)
        del best["fragment_id"]


def _fitness(
    match: HeadingMatch, headings: Headings, *, repeated: bool
) -> tuple[bool, bool, bool, bool, int, bool]:
    """Sort key of what is understood as one field: plain wordings first, then more words.

    "Effet" beside "Incidence" may be the effect of a results framework.

    A heading that stands twice says less than one that stands once.
    """
    return (
        not headings.told(match.heading),
        match.field == "fragment_id" and not _speaks_of("id", match),
        match.how is How.CLOSE,
        repeated,
        -min(len(meaning(match.heading)), _MOST_WORDS),
        _also_a_result(match),
    )


def _speaks_of(kind: str, match: HeadingMatch) -> bool:
    return not get_lexicon().id_words[kind].isdisjoint(words(match.heading))


def _also_a_result(match: HeadingMatch) -> bool:
    """Is a description called by nothing but a word for results of a framework, too?"""
    results = frozenset(map(stem, get_lexicon().id_words["result"]))
    return match.field == "description" and meaning(match.heading) <= results


def _given_way(match: HeadingMatch, *, taken: Collection[str]) -> HeadingMatch:
    """What a column is whose field another one has.

    A flag stays a flag: a record is open only where each of them says so.
    """
    if match.field == FLAG:
        return match
    if match.field == "fragment_id" and not _speaks_of("id", match):
        plainly = _speaks_of("code", match) and _speaks_of("result", match)
        if plainly and _CODES not in taken:
            return HeadingMatch(match.heading, _CODES, How.CLOSE)
        return HeadingMatch(match.heading, slug(match.heading), How.DOUBTFUL, (_CODES, match.field))
    either = (_CODES, match.field) if _also_a_result(match) else (match.field,)
    return HeadingMatch(match.heading, slug(match.heading), How.DOUBTFUL, either)


def _unnamed(index: int, taken: set[str]) -> Column:
    letters = column_letters(index)
    name = _unique(f"column-{letters.lower()}", taken)
    return Column(index, f"(column {letters})", name, HeadingMatch("", name, How.UNKNOWN))


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unique(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate


def _further(match: HeadingMatch, taken: set[str]) -> str:
    """The name of one more column of codes; in RDF, too, it meets no other column."""
    name = further_field(match.field, match.heading)
    return match.field + _unique(field_slug(name), taken)[len(match.field) :]


def setting(heading: str, name: str) -> str:
    r"""The line of `kg.toml` that gives a heading to a field.

    >>> setting('Pays "cible"', "country")
    '"Pays \\"cible\\"" = "country"'
    """
    return f"{json.dumps(heading.strip(), ensure_ascii=False)} = {json.dumps(name)}"


def fill(layout: Layout, values: Sequence[str], *, trusted: bool = True) -> tuple[Cell, ...]:
    """The cells of one row under its headings.

    Args:
        layout: The columns.
        values: The row's texts; missing ones at its end are blank.
        trusted: False where cells may stand under the wrong heading. Such a
            row never clears itself: its flag reads as blank, and what stands
            in the flag's column is kept under another name.

    Cells without heading are there only where they hold something.
    """
    if len(values) < layout.width:
        values = (*values, *("" for _ in range(layout.width - len(values))))
    cells = [
        Cell(column.field, column.heading, text)
        for column, text in zip(layout.columns, values, strict=False)
        if column.match.heading or text.strip()
    ]
    if len(layout.flags) > 1:
        cells = [_flag(layout, cell, values) for cell in cells]
    if len(values) > layout.width:
        names = {cell.field for cell in cells} | _RESERVED
        for index, text in enumerate(values[layout.width :], layout.width):
            if text and text.strip():
                extra = _unnamed(index, names)
                cells.append(Cell(extra.field, extra.heading, text))
    return tuple(cells) if trusted else tuple(_untrusted(cells))


def _flag(layout: Layout, cell: Cell, values: Sequence[str]) -> Cell:
    """The flag of a record that has several: "no | yes" is not plainly no, nor is "no | "."""
    texts = [values[index] for index in layout.flags]
    if cell.field != FLAG or len({text.strip().casefold() for text in texts}) == 1:
        return cell
    return Cell(cell.field, cell.heading, " | ".join(texts))


def _untrusted(cells: Sequence[Cell]) -> Iterator[Cell]:
    for cell in cells:
        if cell.field == FLAG and cell.text.strip():
            yield Cell(cell.field, cell.heading, "")
            yield Cell(FLAG_AS_READ, cell.heading, cell.text)
        else:
            yield cell
