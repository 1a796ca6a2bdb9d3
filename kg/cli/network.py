"""The command that reads the network in figures: network."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.model import Audience

_TOP = 20


class NetworkView(StrEnum):
    """What `kg network` shows."""

    ORGANISATIONS = "organisations"
    GROUPS = "groups"
    CHAINS = "chains"
    PERIODS = "periods"


class NetworkFormat(StrEnum):
    """How `kg network` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class PeriodKind(StrEnum):
    """What parts a harvest in time."""

    ROUND = "round"
    YEAR = "year"


@app.command()
def network(
    view: Annotated[
        NetworkView,
        typer.Argument(metavar="[VIEW]", help="organisations, groups, chains or periods."),
    ] = NetworkView.ORGANISATIONS,
    about: Annotated[
        str | None,
        typer.Option("--about", metavar="NAME", help="One organisation: its figures, its words."),
    ] = None,
    by: Annotated[
        PeriodKind, typer.Option("--by", help="Parts of the harvest, for periods.")
    ] = PeriodKind.ROUND,
    mentioned: Annotated[
        bool, typer.Option("--mentioned", help="Count names, too, of which no role is stated.")
    ] = False,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="Lines of a table.")] = _TOP,
    form: Annotated[NetworkFormat, typer.Option("--format", help="How to print.")] = (
        NetworkFormat.TABLE
    ),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    language: Lang = None,
    audience: Annotated[Audience, typer.Option(help="Which copy to read.")] = Audience.INTERNAL,
) -> None:
    """Read the network in figures: who stands with whom, groups, chains of outcomes, periods.

    Example: kg network; kg network --about WSRA; kg network periods --by year

    Each figure says what it means. None says who did more: a harvest holds what was reported.
    """
    from kg.analysis import By, figures
    from kg.cli.figures import show_figures, show_one

    state().speak(language)
    harvest = state().harvest(audience)
    terminal = state().terminal
    if about is None:
        found = figures(harvest.network(), view.value, by=By(by.value), mentioned=mentioned)
        show_figures(found, top=top, form=form.value, output=output, terminal=terminal)
        return
    body = harvest.find(about, ["organisation"])[0]
    found = figures(harvest.network(), mentioned=mentioned)
    show_one(found, body.iri, form=form.value, output=output, terminal=terminal)
