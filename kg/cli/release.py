"""`kg release`: the copy that may leave the house, and what it would say."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.errors import UsageError
from kg.messages import phrase
from kg.model import Audience


class PreviewFormat(StrEnum):
    """How `kg release --preview` prints."""

    TABLE = "table"
    JSON = "json"


@app.command()
def release(
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Show what would be said, with the words; publish nothing."),
    ] = False,
    sign_off: Annotated[
        str | None,
        typer.Option(
            "--sign-off",
            metavar="NAME",
            help="Who answers for it; kept in the audit log. Asked for at a terminal.",
        ),
    ] = None,
    form: Annotated[
        PreviewFormat, typer.Option("--format", help="How to print the preview.")
    ] = PreviewFormat.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the preview to a file."),
    ] = None,
    audience: Annotated[Audience, typer.Option(help="May be said: public.")] = Audience.PUBLIC,
    language: Lang = None,
) -> None:
    """Make output/public/ from the cleared records of the last build, names of persons masked.

    Example: kg release --preview; then kg release --sign-off "A. Officer"

    Nothing in it rests on a withheld record. A line of an edited file (organisations.yaml …)
    enters only where it says publish: yes; whole files and columns of your own only where the
    release section of kg.toml lists them.
    """
    from kg.lock import early_writer

    if audience is not Audience.PUBLIC:
        raise UsageError("A release is public. The internal harvest is made by: kg build")
    config = state().config()
    state().speak(language)
    with early_writer(config.output):
        if preview:
            _preview(form, output, sign_off)
        else:
            _release(sign_off)


def _release(sign_off: str | None) -> None:
    from kg.release import release as run

    config, terminal = state().config(), state().terminal
    with terminal.progress() as progress:
        made = run(config, sign=lambda: _signature(sign_off), progress=progress)
    tongue = terminal.language
    counts = {"kept": made.fragments, "withheld": made.withheld, "masks": made.masks}
    terminal.say(phrase("release.made", tongue, **counts))
    if not made.fragments:
        terminal.warn(phrase("release.none-cleared", tongue))
    terminal.say(phrase("release.digest", tongue, digest=made.digest))
    signed = made.signed_by
    terminal.say(
        phrase("release.signed", tongue, who=signed)
        if signed
        else phrase("release.unsigned", tongue)
    )
    terminal.say(phrase("release.written", tongue, folder=config.output / "public"))


def _signature(given: str | None) -> str:
    """Who signs: as said, else as typed at a terminal; "" for nobody."""
    if given is not None or not sys.stdin.isatty():
        return (given or "").strip()
    question = phrase("release.sign", state().terminal.language)
    answer: str = typer.prompt(question, default="", show_default=False, err=True)
    return answer.strip()


def _preview(form: PreviewFormat, output: Path | None, sign_off: str | None) -> None:
    from kg.release import preview

    config, terminal = state().config(), state().terminal
    with terminal.progress() as progress:
        seen = preview(config, signed_by=(sign_off or "").strip(), progress=progress)
    tongue = terminal.language
    if form is PreviewFormat.JSON:
        tree = {
            "digest": seen.digest,
            "outcomes": seen.fragments,
            "named": [asdict(named) | {"alone": named.alone} for named in seen.named],
            "rare": [asdict(rare) for rare in seen.rare],
        }
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
    else:
        from kg.cli.preview import drawn

        terminal.show(drawn(seen, tongue), output)
    if seen.signed_by:
        terminal.say(phrase("release.signed", tongue, who=seen.signed_by))
    terminal.say(phrase("release.only-preview", tongue))
