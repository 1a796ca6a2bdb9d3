"""`kg organisations`: the registry as a table for OpenRefine or a spreadsheet, and back."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app, state
from kg.errors import UsageError


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

    terminal = state().terminal
    config = state().config()
    path = config.root / "organisations.yaml"
    if export is not None and import_ is not None:
        raise UsageError("One thing at a time: --export or --import.")
    if import_ is None:
        entries = read_organisations(path) if path.exists() else ()
        if export is not None:
            terminal.result(to_csv(entries), export)
            return
        terminal.say(f"organisations.yaml: {len(entries)} entries, in order.")
        terminal.say("As a table: kg organisations --export FILE.csv")
        return
    with one_writer(config.output):
        old = read_organisations(path) if path.exists() else ()
        new = from_csv(import_)
        text = changed_text(path, new, table=import_.name)
        found = changes(old, new)
        for change in found:
            terminal.line(str(change), wrap=False)
        if not found:
            terminal.say("The table says what organisations.yaml says; nothing to do.")
            return
        if not yes and not _agreed(len(found)):
            terminal.say("Nothing was changed.")
            raise typer.Exit(1)
        write_edited(path, text)
    terminal.say(f"Written: organisations.yaml ({len(new)} entries). Next: kg build")


def _agreed(count: int) -> bool:
    """Ask a person; where nobody can answer, tell how to say it beforehand."""
    import sys

    if not sys.stdin.isatty():
        raise UsageError("Nobody is here to ask: look at the changes, then add --yes.")
    return typer.confirm(f"Make these {count} changes?", default=False)
