"""The queue as an Excel sheet with drop-down verdicts, and the way back.

Nothing in the sheet is a formula; what comes back is found by the id of its
row, so that people may sort, filter and colour as they like.
"""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, UsageError
from kg.messages import text_of
from kg.model import Decision
from kg.query.workbook import timeless
from kg.read.edited import Line, plainly_yes, read_edited
from kg.registry import decision_word
from kg.review.item import VERDICTS, Item, ItemKind
from kg.review.session import Answer
from kg.vocab import digest

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

#: Column, its width. The first three are filled in; the last one is what a row is known by.
_COLUMNS = {
    "verdict": 18,
    "reason": 24,
    "publish": 9,
    "question": 44,
    "name": 30,
    "other": 30,
    "country": 16,
    "why": 44,
    "sentence": 60,
    "evidence": 60,
    "records": 9,
    "times": 8,
    "key": 14,
    "id": 20,
}
_FILLED = ("verdict", "reason", "publish")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
_ID = re.compile(r"[0-9a-f]{16}")
_HEADER = 2  # row; above it stands who may see the sheet


class SheetError(KgError):
    """A sheet cannot be taken; `lines` has one line a problem."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = tuple(lines)


def workbook_of(items: Sequence[Item], *, language: str = "en") -> bytes:
    """The queue as a workbook; the same queue gives the same bytes.

    Args:
        items: The questions, in the order of their numbers.
        language: Of the questions ("en", "fr").
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet("INTERNAL review")
    _sheet(page, items, language)
    told = book.create_sheet("How to")
    told.column_dimensions["A"].width = 100
    for line in text_of("review-sheet", language).splitlines():
        told.append([line])
    book.properties.creator = "kg"
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _sheet(page: "Worksheet", items: Sequence[Item], language: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    page.append([text_of("review-banner", language)])
    page["A1"].font = Font(bold=True, color="C00000")
    page.append(list(_COLUMNS))
    for cell in page[_HEADER]:
        cell.font = Font(bold=True)
    lists: dict[tuple[str, ...], DataValidation] = {}  # one for each set of answers
    filled = PatternFill("solid", fgColor="FFF8DC")
    for number, item in enumerate(items, _HEADER + 1):
        for place, (column, value) in enumerate(_values(item, language).items(), 1):
            cell = page.cell(number, place)
            if isinstance(value, str):
                cell.value = _CONTROL.sub("\ufffd", value)
                cell.data_type = "s"  # or "=1+1" would become a formula
                cell.quotePrefix = True  # and stay none when somebody types into the cell
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if column in _FILLED:
                cell.fill = filled
        for answers, column in ((item.answers, "A"), (("yes",), "C")):
            if answers not in lists:
                lists[answers] = _choice(answers)
            lists[answers].add(f"{column}{number}")
    for offered in lists.values():
        page.add_data_validation(offered)
    for place, width in enumerate(_COLUMNS.values(), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "D3"
    page.auto_filter.ref = f"A{_HEADER}:{get_column_letter(len(_COLUMNS))}{_HEADER + len(items)}"


def _choice(answers: Sequence[str]) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type="list",
        formula1=f'"{",".join(answers)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="kg",
        error=f"Choose one of: {', '.join(answers)}.",
    )


def _values(item: Item, language: str) -> dict[str, str | int | None]:
    asked = text_of(f"review-{item.kind.value}", language)
    return {
        "verdict": None,
        "reason": None,
        "publish": None,
        "question": asked.format(
            name=item.name, other=item.other, country=item.country or text_of("nowhere", language)
        ),
        "name": item.name,
        "other": item.other or None,
        "country": item.country or None,
        "why": text_of(f"why-{item.why}", language),
        "sentence": item.sentence,
        "evidence": "\n".join(item.evidence) or None,
        "records": item.records,
        "times": len(item.spots),
        "key": item.spots[0].key,
        "id": item.mark,
    }


def verdict_of(text: str, *, where: str) -> str:
    """A verdict as a person writes it ("Not organisation", "même").

    Raises:
        UsageError: it is none.
    """
    found = decision_word(text)
    if found is None:
        raise UsageError(f"{where}: not a verdict; expected one of {', '.join(VERDICTS)}.")
    return found


def answers_of(
    file: Path, items: Sequence[Item], *, standing: Sequence[Decision]
) -> tuple[list[Answer], int]:
    """The answers of a sheet that was filled in.

    Args:
        file: The workbook.
        items: The questions that wait now.
        standing: The lines of `decisions.csv`.

    Returns:
        Answers in the order of the rows, and how many rows ask nothing any more.

    Raises:
        ConfigError: it is no workbook, or none of this kind.
        SheetError: a row cannot be followed; one line each. No row counts then.
    """
    lines, _ = read_edited(
        file,
        columns={name: (name,) for name in _COLUMNS},
        required=("verdict", "id"),
        strict=False,
    )
    waiting = {item.mark: item for item in items}
    decided = _decided(standing)
    answers: list[Answer] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    done = 0
    for line in lines:
        if not line.get("verdict"):
            continue
        where = f"{file.name}, row {line.number}"
        try:
            verdict = _checked(line, where, seen)
            item = waiting.get(line.get("id"))
            if item is not None:
                answers.append(_answer(line, item, verdict, where))
            else:
                _refuse_otherwise(decided.get(line.get("id")), verdict, where)
                done += 1
        except SheetError as problem:
            problems += problem.lines
    if problems:
        raise SheetError(problems)
    return answers, done


def _checked(line: Line, where: str, seen: dict[str, int]) -> str:
    """The verdict of a row that can be read."""
    mark, verdict = line.get("id"), decision_word(line.get("verdict"))
    if not _ID.fullmatch(mark):
        raise SheetError([f"{where}, field id: not an id of kg; leave that column as it was."])
    if verdict is None:
        raise SheetError([f"{where}, field verdict: expected one of {', '.join(VERDICTS)}."])
    if mark in seen:
        raise SheetError(
            [f"{where}, field id: stands in row {seen[mark]} too; delete one of the rows."]
        )
    seen[mark] = line.number
    return verdict


def _answer(line: Line, item: Item, verdict: str, where: str) -> Answer:
    if verdict not in item.answers:
        told = f"expected one of {', '.join(item.answers)}."
        raise SheetError([f"{where}, field verdict: does not answer this question; {told}"])
    publish = plainly_yes(line.get("publish"))
    if line.get("publish") and not publish:
        raise SheetError([f"{where}, field publish: expected yes, or nothing."])
    return Answer(item, verdict, where, line.get("reason"), publish)


def _refuse_otherwise(said: tuple[str, int] | None, verdict: str, where: str) -> None:
    """See that a row that waits no longer does not say the opposite of what was decided."""
    if said is not None and said[0] != verdict:
        told = f"decisions.csv, line {said[1]}, says otherwise; delete that line, or clear the cell"
        raise SheetError([f"{where}, field verdict: {told}."])


def _decided(standing: Sequence[Decision]) -> dict[str, tuple[str, int]]:
    """What lines say, by the id that their question had. Lines about persons hold no words."""
    found: dict[str, tuple[str, int]] = {}
    for line in standing:
        kinds = (
            (ItemKind.NAME, ItemKind.PAIR)
            if line.decision in {"same", "different"}
            else (ItemKind.ORGANISATION,)
        )
        for kind in kinds:
            mark = digest("\n".join((kind.value, line.a, line.b, line.scope)), length=16)
            found[mark] = (line.decision, line.line)
    return found
