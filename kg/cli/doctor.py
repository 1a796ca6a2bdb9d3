"""The command that looks at the installation: doctor."""

import json
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kg.cli.app import Lang, app, state
from kg.cli.terminal import printable
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.doctor import Line


_STYLES = {"ok": "green", "told": "cyan", "step": "bold red"}


class DoctorFormat(StrEnum):
    """How `kg doctor` prints."""

    TABLE = "table"
    JSON = "json"


@app.command()
def doctor(
    form: Annotated[DoctorFormat, typer.Option("--format", help="How to print.")] = (
        DoctorFormat.TABLE
    ),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    language: Lang = None,
) -> None:
    """Say what is installed, which models, which limits hold here, and what to do about it.

    Example: kg doctor; kg -C my-harvest doctor --format json

    Everything is tried, nothing is fetched or changed. Ends with 1 where something is to be done.
    """
    from kg.doctor import Weight, examine

    state().speak(language)
    terminal = state().terminal
    with suppress(KgError):  # what is wrong with kg.toml is one of the lines
        state().config()
    tongue = terminal.language
    lines = examine(state().root)
    if form is DoctorFormat.JSON:
        tree = [line.as_dict(tongue) for line in lines]
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
    else:
        terminal.show(_drawn(lines, tongue), output)
    if any(line.weight is Weight.STEP for line in lines):
        raise typer.Exit(1)


def _drawn(lines: "Sequence[Line]", language: str) -> Group:
    """A heading a group, a line a thing, and under it what follows."""
    from kg.messages import counted, error_text, phrase

    parts: list[Text | Table] = []
    for group, members in groupby(lines, key=lambda line: line.group):
        parts.append(Text(phrase(f"doctor.group.{group}", language), style="bold underline"))
        grid = Table.grid(padding=(0, 2), expand=False)
        for line in members:
            mark = phrase(f"doctor.mark.{line.weight.value}", language)
            told = Text(printable(error_text(line.said(language), language)))
            if step := line.step(language):
                told.append(f"\n→ {printable(step)}", style="dim")
            grid.add_row("", Text(mark, style=_STYLES[line.weight.value]), told)
        parts.append(grid)
    steps = sum(line.weight.value == "step" for line in lines)
    return Group(*parts, Text(), Text(counted("doctor.steps", steps, language)))
