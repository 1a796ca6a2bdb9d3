"""`kg organisations`: the registry as a table for OpenRefine or a spreadsheet, and back."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.errors import UsageError
from kg.messages import phrase


@app.command()
def organisations(
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE.csv", help="Write the entries as a table."),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE.csv", help="Make the entries what a table says."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before an import.")] = False,
    language: Lang = None,
) -> None:
    """Check organisations.yaml; write it as a table for OpenRefine, or take one back.

    Example: kg organisations --export bodies.csv; then kg organisations --import bodies.csv

    An import shows what it would add, change and remove, and asks. Entries that stay the same
    keep their lines and comments. A cell with several values parts them by " | ".
    """
    from kg.edited import write_edited
    from kg.organisations import changed_text, changes, from_csv, to_csv
    from kg.registry import read_organisations
    from kg.workspace import one_writer

    state().speak(language)
    terminal = state().terminal
    config = state().config()
    tongue = terminal.language
    path = config.root / "organisations.yaml"
    if export is not None and import_ is not None:
        raise UsageError("One thing at a time: --export or --import.")
    if import_ is None:
        entries = read_organisations(path) if path.exists() else ()
        if export is not None:
            terminal.result(to_csv(entries), export)
            return
        terminal.say(phrase("organisations.in-order", tongue, count=len(entries)))
        terminal.say(phrase("organisations.how", tongue))
        return
    with one_writer(config.output):
        old = read_organisations(path) if path.exists() else ()
        new = from_csv(import_)
        text = changed_text(path, new, table=import_.name)
        found = changes(old, new)
        for change in found:
            told = phrase(
                f"organisations.{change.what}",
                tongue,
                id=change.id,
                fields=", ".join(change.fields),
            )
            terminal.line(told, wrap=False)
        if not found:
            terminal.say(phrase("organisations.same", tongue))
            return
        if not yes and not _agreed(len(found), tongue):
            terminal.say(phrase("organisations.left-alone", tongue))
            raise typer.Exit(1)
        write_edited(path, text)
    terminal.say(phrase("organisations.written", tongue, count=len(new)))


def _agreed(count: int, language: str) -> bool:
    """Ask a person; where nobody can answer, tell how to say it beforehand."""
    import sys

    if not sys.stdin.isatty():
        raise UsageError("Nobody is here to ask: look at the changes, then add --yes.")
    return typer.confirm(phrase("organisations.ask", language, count=count), default=False)
