"""One record → one fragment: every cell kept in its own words, and what it means beside them.

Nothing is repaired and nothing dropped: a cell that cannot be read stays a
statement and becomes a finding. Findings never quote a cell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from kg import recall
from kg.audience import says_no
from kg.choices import SCHEMES, Vocabulary
from kg.codes import CodeReading, read_codes, read_objectives
from kg.language import languages, stated_language
from kg.merged import repeats
from kg.model import (
    Cell,
    Choice,
    Code,
    Finding,
    Fragment,
    Origin,
    Record,
    Severity,
)
from kg.notes import NOTES, QUIET
from kg.read.turning import both_poles, pole_letter
from kg.redaction import has_mark
from kg.stated_places import beside_codes
from kg.values import is_cell_error
from kg.vocab import filled_field
from kg.years import unread_years

_LONGEST_PROGRAMME = 100
_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})
_ID_OBJECTIVE = re.compile(r".*[/\\]\s*(?P<letters>[A-Za-z]{2,6})[-_ ]?[0-9]{1,5}[a-z]?\s*")


def interpret(
    record: Record,
    *,
    key: str,
    origins: Sequence[Origin],
    vocabulary: Vocabulary,
    confidential: bool,
    values: Mapping[str, Mapping[str, str]] = _NONE,
    programme: str | None = None,
) -> tuple[Fragment, tuple[Finding, ...]]:
    """Understand one record.

    Args:
        record: As read; no two cells have the same field.
        key: Its key (`kg.identity.keys`).
        origins: Where it was read.
        vocabulary: Finds concepts by their wordings.
        confidential: What `kg.audience` decided.
        values: `[values]` of `kg.toml`: field → spelling → label or slug.
        programme: Where the record names none.

    Returns:
        The fragment, and what a person should look at.
    """
    reading = _Reading(record, key, values)
    told = reading.told()
    stated = reading.text("language")
    spoken = languages(recall.narrated(told), stated=stated_language(stated) if stated else None)
    codes, objectives, unlinked = reading.links()
    places, years = reading.places(), reading.years()
    choices = {name: reading.choices(name, vocabulary) for name in SCHEMES}
    reading.elsewhere(codes, places)
    if confidential:
        reading.flag()
    fragment = Fragment(
        key=key,
        identifier=reading.text("fragment_id"),
        origins=tuple(origins),
        statements=recall.statements(told, spoken.texts),
        empty=tuple(name for name, text in reading.cells.items() if not text),
        confidential=confidential,
        label=recall.label(reading.text("title"), reading.cells.get("description", ""))
        or reading.cells.get("title", ""),
        language=spoken.record,
        programme=reading.programme() or programme,
        year=years[0] if len(years) == 1 else None,
        span=years if len(years) > 1 else (),
        round=reading.round(),
        country=places[0] if len(places) == 1 else None,
        countries=places if len(places) > 1 else (),
        choices=MappingProxyType({name: found for name, found in choices.items() if found}),
        unintended=reading.boolean("unintended"),
        negative=reading.boolean("negative"),
        evidence=_evidence(reading.text("evidence"), choices["status"]),
        codes=codes,
        objectives=objectives,
        unlinked=unlinked,
    )
    return fragment, tuple(reading.findings)


def _evidence(text: str, status: Sequence[Choice]) -> str:
    if any(choice.known and choice.slug == "substantiated" for choice in status):
        return "substantiated"
    return "stated" if text and recall.answer("", text) is not False else "none-stated"


@lru_cache(maxsize=1024)
def _columns(names: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Those of a record's columns that fill a field: the same for every record of a table."""
    return tuple(name for name in names if filled_field(name) == field)


@dataclass(slots=True)
class _Reading:
    """The cells of one record, and the findings so far."""

    record: Record
    key: str
    values: Mapping[str, Mapping[str, str]]
    cells: dict[str, str] = field(init=False)  # field → text, "" where blank
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        trimmed = recall.trimmed
        self.cells = {cell.field: trimmed(cell.text) for cell in self.record.cells}

    def text(self, name: str) -> str:
        """The trimmed text of a cell; "" where it is blank, missing or a spreadsheet's error."""
        text = self.cells.get(name, "")
        return "" if text[:1] == "#" and is_cell_error(text) else text

    def heading(self, name: str) -> str:
        """The heading of a cell; "" where it is missing."""
        return next((cell.heading for cell in self.record.cells if cell.field == name), "")

    def value(self, name: str) -> str:
        """The same, as `[values]` of `kg.toml` has it read; "" where it was redacted."""
        return recall.told(filled_field(name), self.text(name), self.values)

    def note(self, reason: str, name: str, **said: str) -> None:
        """Tell a person."""
        message, advice = NOTES[reason]
        self.findings.append(
            Finding(
                reason=reason,
                where=self.record.where(name),
                message=message.format(**said),
                advice=advice.format(field=filled_field(name)),
                severity=Severity.INFO if reason in QUIET else Severity.WARNING,
                key=self.key,
            )
        )

    def told(self) -> list[tuple[Cell, str]]:
        """Every cell that says something; a merged one only where it holds more than the others."""
        found = []
        for cell in self.record.cells:
            text = self.cells[cell.field]
            if not text:
                continue
            if cell.field == "merged":
                others = (said for name, said in self.cells.items() if name != "merged")
                if repeats(text, others):
                    continue
                self.note("merged-holds-more", "merged")
            elif text[0] == "#" and is_cell_error(text):
                self.note("cell-error", cell.field)
            found.append((cell, text))
        return found

    def flag(self) -> None:
        """Told where a record is withheld for want of a plain answer."""
        flag = self.record.value("confidential")
        if flag is not None and not says_no(flag) and recall.answer("", flag) is not True:
            self.note("flag-unclear", "confidential")

    def boolean(self, name: str) -> bool | None:
        """An answer; a heading that asks which of two it was is not answered by yes or no."""
        text = self.value(name)
        answer = recall.answer(name, text) if text else None
        if text and text == self.text(name) and both_poles(heading := self.heading(name), name):
            letter = pole_letter(heading, name, text)
            plain = recall.answer("", text) is None
            answer = answer if letter is None and plain else letter
        if text and answer is None:
            self.note("unreadable-value", name)
        return answer

    def years(self) -> tuple[int, ...]:
        """The years that the cell names."""
        text = self.value("year")
        found = recall.years(text)
        if text and not found:
            self.note(unread_years(text), "year")
        elif len(found) > 1:
            self.note("several-years", "year")
        elif found and recall.in_no_calendar(text):
            self.note("no-such-date", "year")
        return found

    def round(self) -> Choice | None:
        """The harvest round."""
        text = self.value("round")
        found = recall.harvest_round(text)
        if text and found is None:
            self.note("long-value", "round")
        return found

    def places(self) -> tuple[Choice, ...]:
        """The country or region, as stated; all of them where the cell names several."""
        found, problem = recall.places(self.value("country"))
        if problem:
            self.note(problem, "country")
        return found

    def choices(self, name: str, vocabulary: Vocabulary) -> tuple[Choice, ...]:
        """The values of a coded cell."""
        text = self.text(name)
        if not text:
            return ()
        found = recall.choices(name, text, vocabulary=vocabulary, values=self.values)
        if found.problem is not None:
            self.note(found.problem, name)
        return found.values

    def programme(self) -> str | None:
        """The programme that the record names."""
        text = " ".join(self.value("programme").split())
        if not text or has_mark(text):
            return None
        if len(text) > _LONGEST_PROGRAMME:
            self.note("long-value", "programme")
            return None
        return text

    def links(self) -> tuple[tuple[Code, ...], tuple[Code, ...], str | None]:
        """Codes, objectives, and why no code links the outcome."""
        framework = self._every_code("framework_link")
        column = self._every_code("objective_link")
        codes = tuple(code for code in framework.codes if code.kind != "objective")
        stated = tuple(code for code in framework.codes if code.kind == "objective")
        objectives = (*column.codes, *stated)
        self._conflict(column.codes)
        if codes:
            return codes, objectives, None
        denied = framework.problems == ("negated-code",)
        if self._filled("framework_link") and not (stated or denied):
            return codes, objectives, "date" if "date" in framework.problems else "unreadable"
        return codes, objectives, "objective-only" if objectives else "no-code"

    def elsewhere(self, codes: Sequence[Code], places: Sequence[Choice]) -> None:
        """Told where a cell of codes names a country that the record is not of."""
        own = {place.slug for place in places}
        for name in dict.fromkeys(code.field for code in codes):
            text = self.text(name)
            here = [code for code in codes if code.field == name and code.end <= len(text)]
            if own and beside_codes(text, here) - own:
                self.note("code-elsewhere", name)

    def _filled(self, field: str) -> list[str]:
        """The cells of a field that hold something: several columns may be one of codes."""
        return [name for name in _columns(tuple(self.cells), field) if self.cells[name]]

    def _every_code(self, field: str) -> CodeReading:
        """What all cells of a field say, in the order of their columns."""
        readings = [self._codes(name) for name in self._filled(field)]
        if len(readings) == 1 and not readings[0].problems:
            return readings[0]
        return CodeReading(
            codes=tuple(code for reading in readings for code in reading.codes),
            problems=tuple(dict.fromkeys(p for reading in readings for p in reading.problems)),
        )

    def _codes(self, name: str) -> CodeReading:
        raw, text = self.text(name), self.value(name)
        if not text:
            return CodeReading()
        read = read_objectives if filled_field(name) == "objective_link" else read_codes
        reading = read(text, field=name)
        for problem in reading.problems:
            self.note(problem, name, maybe=" / ".join(reading.maybe) or "?")
        if text == raw:
            return reading
        # kg.toml has the cell read otherwise: the words of each code are the whole cell
        whole = tuple(replace(code, start=0, end=len(raw)) for code in reading.codes)
        return replace(reading, codes=whole)

    def _conflict(self, objectives: Sequence[Code]) -> None:
        """The id names another objective than the column: the column counts, and it is told."""
        match = _ID_OBJECTIVE.fullmatch(self.text("fragment_id"))
        if match is None or not objectives:
            return
        letters = match["letters"].upper()
        numbers = {code.number for code in objectives}
        if letters not in numbers and all(number.isalpha() for number in numbers):
            self.note("objective-conflict", "objective_link")
