"""`kg review`: what waits for a person, and what a person says of it."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.errors import UsageError
from kg.messages import phrase

if TYPE_CHECKING:
    from kg.config import Config
    from kg.review import Answer, Review, Signature


class ReviewKind(StrEnum):
    """Which questions to show."""

    NAME = "name"
    ORGANISATION = "organisation"
    PAIR = "pair"
    PERSON = "person"


class ReviewFormat(StrEnum):
    """How `kg review` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command()
def review(
    numbers: Annotated[
        str | None,
        typer.Argument(
            metavar="[N]",
            help="A number of the queue last shown; several: 3,5-7. Or a name in full.",
            show_default=False,
        ),
    ] = None,
    verdict: Annotated[
        str | None,
        typer.Argument(
            metavar="[VERDICT]",
            help="same, different, organisation, not-organisation, person, not-person or place.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show the whole queue, not its first questions.")
    ] = False,
    kind: Annotated[
        ReviewKind | None,
        typer.Option(help="Show one kind of question. Numbers stay those of the whole queue."),
    ] = None,
    form: Annotated[
        ReviewFormat, typer.Option("--format", help="How to print the queue.")
    ] = ReviewFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file.")
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", metavar="FILE.xlsx", help="Write the queue as a sheet to be filled in."
        ),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE.xlsx", help="Take the answers of such a sheet."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who decides. Default: the user of this computer.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="When, as 2026-05-31. Default: today.")] = None,
    reason: Annotated[
        str, typer.Option(help="Why, without naming a person; kept in decisions.csv alone.")
    ] = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="Let a release follow this decision too.")
    ] = False,
    language: Lang = None,
) -> None:
    """Decide what kg cannot know: whom a name means, what is one body, who is a person.

    Example: kg review; then kg review 1 same, or kg review 4,6-9 not-person

    A release masks bodies that nothing there tells from a person. To publish
    one, say its whole name: kg review "ITS NAME" organisation --publish

    Each answer is a line of decisions.csv, applied at once and in every later build. To undo
    one, delete its line and run kg build. Suspected names of persons are kept there as hashes
    that only the key in .kg/key opens, never as words.
    """
    from kg.review import Review

    state().speak(language)
    config = state().config()
    if sum((numbers is not None, export is not None, import_ is not None)) > 1:
        raise UsageError("One thing at a time: a number with its verdict, --export or --import.")
    sitting = Review(config)
    if import_ is not None:
        _take(config, sitting, import_, _signed(by, date))
        return
    if numbers is not None:
        if verdict is None:
            raise UsageError(
                f"What of {numbers}? Add a verdict: same, different, organisation, "
                "not-organisation, person, not-person or place."
            )
        _decide(
            config, sitting, numbers, verdict, _signed(by, date), reason=reason, publish=publish
        )
        return
    _show(sitting, everything=everything, kind=kind, form=form, output=output, export=export)


def _signed(by: str | None, date: str | None) -> "Signature":
    import datetime

    from kg.review import Signature

    here = Signature.here()
    if date is not None:
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            raise UsageError("--date: expected a day as year-month-day, e.g. 2026-05-31") from None
    return Signature(here.by if by is None else by, here.date if date is None else date)


def _show(
    sitting: "Review",
    *,
    everything: bool,
    kind: ReviewKind | None,
    form: ReviewFormat,
    output: Path | None,
    export: Path | None,
) -> None:
    from kg.cli.questions import show_questions
    from kg.review import contradictions, workbook_of

    terminal = state().terminal
    if sitting.stale:
        terminal.say(phrase("review.stale", terminal.language))
        with terminal.progress() as progress:
            sitting.refresh(progress=progress)
    items = sitting.items()
    sitting.remember(items)
    if export is not None:
        if export.suffix.lower() != ".xlsx":
            raise UsageError(f"--export writes a workbook; call it e.g. {export.stem}.xlsx")
        terminal.result(workbook_of(items, language=terminal.language), export)
        terminal.say(phrase("review.exported", terminal.language, count=len(items)))
        return
    for told in contradictions(sitting.harvest):
        terminal.warn(told)
    show_questions(
        items,
        form=form.value,
        everything=everything,
        kind=kind,
        output=output,
        terminal=terminal,
    )


def _decide(
    config: "Config",
    sitting: "Review",
    numbers: str,
    verdict: str,
    signature: "Signature",
    *,
    reason: str,
    publish: bool,
) -> None:
    from kg.review import Answer, ItemKind, named, numbers_of, verdict_of
    from kg.review.item import ANSWERS
    from kg.workspace import one_writer

    with one_writer(config.output):
        said = verdict_of(verdict, where="kg review")
        if said in ANSWERS[ItemKind.ORGANISATION] and any(c.isalpha() for c in numbers):
            item = named(sitting.harvest, numbers)
            _write(sitting, [Answer(item, said, "kg review", reason, publish)], signature)
            return
        wanted = numbers_of(numbers)
        answers = [
            Answer(item, said, f"Number {number}", reason, publish)
            for number, item in zip(wanted, sitting.numbered(wanted, sitting.items()), strict=True)
        ]
        _write(sitting, answers, signature)


def _take(config: "Config", sitting: "Review", file: Path, signature: "Signature") -> None:
    from kg.review import SheetError, answers_of
    from kg.workspace import one_writer

    terminal = state().terminal
    with one_writer(config.output):
        try:
            answers, done = answers_of(file, sitting.items(), standing=sitting.standing())
        except SheetError as problems:
            for line in problems.lines:
                terminal.error(line)
            terminal.say(phrase("review.correct-rows", terminal.language))
            raise typer.Exit(1) from None
        if done:
            terminal.say(phrase("review.done-rows", terminal.language, count=done))
        if not answers:
            terminal.say(phrase("review.no-verdict", terminal.language))
            return
        _write(sitting, answers, signature)


def _write(sitting: "Review", answers: "list[Answer]", signature: "Signature") -> None:
    from kg.review import to_paste
    from kg.sources import may_name_somebody

    terminal = state().terminal
    tongue = terminal.language
    if any(may_name_somebody(answer.reason) for answer in answers):
        terminal.warn(phrase("review.reason", tongue))
    last = sitting.harvest.report["counts"].get("organisations", 0)
    with terminal.progress() as progress:
        outcome = sitting.answer(answers, signature=signature, progress=progress)
    lines = [decision.line for decision in outcome.decisions]
    several = "review.lines" if len(lines) > 1 else "review.line"
    where = phrase(several, tongue, first=lines[0], last=lines[-1])
    by = signature.by or phrase("review.nobody", tongue)
    terminal.say(phrase("review.written", tongue, where=where, by=by))
    now = sitting.harvest.report["counts"].get("organisations", 0)
    terminal.say(phrase("review.applied", tongue, before=last, after=now))
    terminal.say(phrase("review.undo", tongue, where=where))
    for finding in outcome.against:
        terminal.warn(f"{finding.where}: {finding.message} {finding.advice}")
    paste = to_paste(sitting.harvest.select, outcome.decisions)
    if paste:
        terminal.say(phrase("review.paste", tongue))
        for line in paste.splitlines():
            terminal.line(line, wrap=False)
    terminal.say(phrase("review.left", tongue, count=len(sitting.items())))
