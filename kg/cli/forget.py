"""`kg forget`: remove fragments for good, and say what is out of reach."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.errors import UsageError
from kg.messages import counted, phrase, place_of

if TYPE_CHECKING:
    from kg.forget import Doomed, Forgotten


@app.command()
def forget(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET...",
            help="A fragment's key or id. A code, an objective or an organisation means every "
            "outcome linked to it.",
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
    language: Lang = None,
) -> None:
    """Forget fragments: out of every build and release, and never read again.

    Example: kg forget CIV010

    Shows what matches and asks. Then the records leave the harvest, the release, the caches
    and decisions.csv; keyed hashes in .kg/forgotten.csv keep them from coming back, under
    another id too. It tells what it cannot reach: your source files, copies given away.
    """
    from kg.forget import doomed
    from kg.forget import forget as run

    harvest = state().harvest()
    state().speak(language)
    fragments = doomed(harvest, targets)
    _show(fragments)
    terminal = state().terminal
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(phrase("forget.say-yes", terminal.language))
        if not typer.confirm(phrase("forget.sure", terminal.language), default=False, err=True):
            terminal.say(phrase("forget.left", terminal.language))
            raise typer.Exit(1)
    with terminal.progress() as progress:
        done = run(harvest.config, fragments, progress=progress)
    _tell(done)


def _show(fragments: "tuple[Doomed, ...]") -> None:
    terminal = state().terminal
    tongue = terminal.language
    terminal.say(counted("forget.matching", len(fragments), tongue))
    for fragment in fragments:
        places = "; ".join(place_of(where, tongue) for where in fragment.places)
        identifier = fragment.identifier or phrase("forget.no-id", tongue)
        terminal.say(f"  {fragment.key} ({identifier}): {places}")


def _tell(done: "Forgotten") -> None:
    terminal = state().terminal
    tongue = terminal.language
    terminal.say(counted("forget.done", len(done.fragments), tongue))
    if done.shared:
        terminal.say(phrase("forget.shared", tongue))
    if done.decisions:
        terminal.say(counted("forget.decisions", done.decisions, tongue))
    if done.released:
        terminal.say(phrase("forget.released", tongue))
    terminal.say(phrase("forget.beyond", tongue))
    for where in sorted({where for fragment in done.fragments for where in fragment.places}):
        terminal.say(phrase("forget.source", tongue, where=place_of(where, tongue)))
    for file, line in done.doubts:
        terminal.say(phrase("forget.doubt", tongue, file=file, line=line))
    terminal.say(phrase("forget.copies", tongue))
