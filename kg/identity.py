"""Which records are the same one, and how each is called.

The same record in two files is one case with two origins. Sameness is
content: every column but the flag, however it is spaced. A key comes from the
id; where that does not tell a record from all others, a digest of the
record's own id or content completes it. Never its position: rows move, files are
renamed, other records come, and keys stay.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from kg.aside import Aside, Made
from kg.audience import confidential, says_no
from kg.blank import is_blank
from kg.merged import repeats
from kg.model import NARRATIVE, Finding, Origin, Record, Severity
from kg.redaction import has_mark, without_marks
from kg.vocab import digest, fold, slug

# Columns whose values are words of a list, typed in any case.
_CASELESS = frozenset(
    {
        *("status", "round", "country", "rating_significance", "rating_contribution"),
        *("social_actor", "scale", "type_of_change", "change_cluster"),
        *("unintended", "negative", "language"),
    }
)
_WHOLE_NUMBER = re.compile(r"(-?[0-9]+)\.0+")
_LENGTHS = (8, 16, 32, 64)  # hexadecimal digits of a digest that completes a key
_PLACES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One record, and everywhere it was read: `origins`, sorted; the first counts as kept."""

    record: Record
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Records without their copies, by file and row of the first origin."""

    cases: Sequence[Case]
    duplicates: int  # copies beyond the first ones: records read = cases + duplicates
    findings: tuple[Finding, ...]


def content(record: Record) -> tuple[tuple[str, str], ...]:
    """What a record says: (field, value) of every cell that says something, sorted.

    Left out: the flag, blank cells and a merged one that repeats the others.
    White space does not matter; in coded cells neither do case and the ".0"
    that a spreadsheet adds: "NO" and "no" are one answer.
    """
    told = [cell for cell in record.cells if cell.field != "confidential"]
    values = {c.field: _even(c.text, c.field) for c in told if not is_blank(c.text)}
    merged = values.get("merged")
    if merged and repeats(merged, (text for name, text in values.items() if name != "merged")):
        del values["merged"]
    return tuple(sorted(values.items()))


def _even(text: str, field: str) -> str:
    even = " ".join(unicodedata.normalize("NFC", text).split())
    if field in NARRATIVE:
        return even
    number = _WHOLE_NUMBER.fullmatch(even)
    if number is not None:
        return number[1]
    return even.casefold() if field in _CASELESS else even


def settle(records: Iterable[Record], *, cleared: Collection[str]) -> Settled:
    """Join the copies of each record.

    Args:
        records: In any order; the result does not depend on it.
        cleared: Files that `kg.toml` clears explicitly (see `kg.audience`).

    Of several copies the fullest one speaks for all. If one of them must be
    withheld, that one does: one careless copy never opens what another closes.
    """
    read = records if isinstance(records, Aside) else tuple(records)
    copies: dict[bytes, list[int]] = {}
    places: list[Origin] = []
    for number, record in enumerate(read):
        copies.setdefault(_mark(record), []).append(number)
        places.append(Origin(record.file, record.row, record.format, record.sheet))
    found: list[tuple[tuple[Origin, ...], int]] = []  # where a case was read, who speaks for it
    findings: list[Finding] = []
    for numbers in copies.values():
        origins = tuple(sorted(places[number] for number in numbers))
        if len(numbers) == 1:
            found.append((origins, numbers[0]))
            continue
        same = [(read[number], number) for number in numbers]
        withheld = [pair for pair in same if confidential(pair[0], cleared=cleared)]
        _, speaks = min(withheld or same, key=lambda pair: _fullest(pair[0]))
        found.append((origins, speaks))
        findings += [_duplicate(origins[0], origin) for origin in origins[1:]]
        if 0 < len(withheld) < len(same):
            findings.append(_flags_differ(origins))
    twice = Counter(origins for origins, _ in found)
    found.sort(key=lambda f: (f[0], _fullest(read[f[1]]) if twice[f[0]] > 1 else ()))
    cases = Made(len(found), lambda place: Case(read[found[place][1]], found[place][0]))
    return Settled(
        cases=cases if isinstance(read, Aside) else tuple(cases),
        duplicates=len(places) - len(found),
        findings=tuple(sorted(findings, key=lambda f: (f.where.file, f.where.row or 0, f.reason))),
    )


def _mark(record: Record) -> bytes:
    """A digest of what a record says: of all records the digests are held, of none the words."""
    return blake2b(json.dumps(content(record)).encode(), digest_size=20).digest()


def _fullest(record: Record) -> tuple[int, list[tuple[str, str, str]], str, int, str]:
    """Sort key: most columns first, then by content; file and row only where all else is equal."""
    cells = sorted((cell.field, cell.heading, cell.text) for cell in record.cells)
    return (-len(cells), cells, record.file, record.row, record.format)


def _duplicate(first: Origin, copy: Origin) -> Finding:
    return Finding(
        reason="duplicate",
        where=copy.where(),
        message=f"The same record stands in {first.where()}; it counts once.",
        advice="Nothing to do, unless it was meant to be another record.",
        severity=Severity.INFO,
    )


def _flags_differ(origins: Sequence[Origin]) -> Finding:
    return Finding(
        reason="flags-differ",
        where=origins[0].where("confidential"),
        message=(
            f"This record is cleared in one place and confidential in another "
            f"({_places(origins, but=origins[0])}); it is withheld, with all its copies."
        ),
        advice="Agree on one flag and write it into every copy.",
    )


def _places(origins: Sequence[Origin], *, but: Origin) -> str:
    """The first of some places; *origins* may be many, and this is said of each of them."""
    told = [origin for origin in origins[: _PLACES_TOLD + 1] if origin != but][:_PLACES_TOLD]
    places = "; ".join(str(origin.where()) for origin in told)
    more = len(origins) - 1 - len(told)
    return f"{places} and {more} more" if more > 0 else places


def keys(cases: Sequence[Case]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """A key for each case, in the same order, and what is to be said about ids.

    The key is the last part of the id as a slug ("ABC-2022/GEN007" is
    "gen007"). A digest of the content completes it where the id holds a
    redaction mark, is missing, or stands twice; a digest of the id where
    another one ends in the same way. Keys are unique and do not depend on the
    order of *cases*.
    """
    stems = [_stem(case.record) for case in cases]
    ending: dict[str, list[int]] = defaultdict(list)
    for index, (stem, complete) in enumerate(stems):
        if not complete:
            ending[stem].append(index)
    repeated = {i for group in ending.values() if len(group) > 1 for i in group}
    named = _named(cases, repeated)
    found = [
        _completed(cases[i].record, stem, _LENGTHS[0], by=named.get(i))
        if complete or i in repeated
        else stem
        for i, (stem, complete) in enumerate(stems)
    ]
    for length in _LENGTHS[1:]:  # two digests that begin alike, or an id that looks like a key
        for i in _shared(found):
            found[i] = _completed(cases[i].record, stems[i][0], length, by=named.get(i))
    _number_twins(cases, found)
    findings = [
        finding
        for group in ending.values()
        if len(group) > 1
        for finding in _told_twice([cases[i] for i in group], [found[i] for i in group])
    ]
    findings += [
        _id_missing(case, key)
        for case, key in zip(cases, found, strict=True)
        if case.record.value("fragment_id") is not None
        and is_blank(case.record.value("fragment_id"))
    ]
    return tuple(found), tuple(
        sorted(findings, key=lambda f: (f.where.file, f.where.row or 0, f.reason, f.key or ""))
    )


def _stem(record: Record) -> tuple[str, bool]:
    """The beginning of the key, and whether it has to be completed."""
    identifier = record.value("fragment_id") or ""
    if is_blank(identifier):
        return "fragment", True
    last = next(
        (p for p in reversed(re.split(r"[/\\]", without_marks(identifier))) if p.strip()), ""
    )
    number = _WHOLE_NUMBER.fullmatch(last.strip())
    stem = slug(number[1] if number else last) if last else "fragment"
    return stem, has_mark(identifier) or not last


def _named(cases: Sequence[Case], repeated: Collection[int]) -> dict[int, str]:
    """The ids that end like others and are one record's alone: they tell it without its words."""
    ids = {i: " ".join(fold(cases[i].record.value("fragment_id") or "").split()) for i in repeated}
    times = Counter(ids.values())
    return {i: identifier for i, identifier in ids.items() if times[identifier] == 1}


def _completed(record: Record, stem: str, length: int, *, by: str | None) -> str:
    """A stem with a digest: of the id that tells the record, else of its content."""
    text = json.dumps(content(record) if by is None else by)
    return f"{stem}-{digest(text, length=length)}"


def _shared(found: Sequence[str]) -> list[int]:
    """The places of keys that stand more than once."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(found):
        places[key].append(index)
    return [index for same in places.values() if len(same) > 1 for index in same]


def _number_twins(cases: Sequence[Case], found: list[str]) -> None:
    """Tell records apart that say the same, which masking can bring about; nothing else can."""
    twins: dict[str, list[int]] = defaultdict(list)
    for index in _shared(found):
        twins[found[index]].append(index)
    for same in twins.values():
        same.sort(key=lambda index: _fullest(cases[index].record))
        for ordinal, index in enumerate(same[1:], start=2):
            found[index] = f"{found[index]}-{ordinal}"


def _told_twice(cases: Sequence[Case], found: Sequence[str]) -> list[Finding]:
    """One finding for each of the records whose ids end alike."""
    identifiers = {fold(case.record.value("fragment_id") or "") for case in cases}
    same = len(identifiers) == 1
    flags = {says_no(case.record.value("confidential")) for case in cases}
    differing = " One is marked as not confidential and another is not." if len(flags) > 1 else ""
    origins = sorted(case.origins[0] for case in cases)
    findings = []
    for case, key in zip(cases, found, strict=True):
        here = case.origins[0]
        others = _places(origins, but=here)
        findings.append(
            Finding(
                reason="id-twice" if same else "id-end-twice",
                where=here.where("fragment_id"),
                message=(
                    f"Another record has the same id and says something else ({others})."
                    if same
                    else f"The id of another record ends in the same way ({others})."
                )
                + f" Both are kept; this one is called {key}."
                + (differing if same else ""),
                advice="Give each record an id of its own, or remove the outdated one"
                + (
                    "; look whether what one of them withholds stands in the other."
                    if same and differing
                    else "."
                ),
                key=key,
            )
        )
    return findings


def _id_missing(case: Case, key: str) -> Finding:
    here = case.origins[0]
    return Finding(
        reason="id-missing",
        where=here.where("fragment_id"),
        message=f"This record has no id; it is called {key} after what it says.",
        advice="Give it an id, so that its address stays when its words are corrected.",
        severity=Severity.INFO,
        key=key,
    )
