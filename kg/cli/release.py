"""`kg release`: the copy that may leave the house, and what it would say."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.errors import UsageError
from kg.messages import counted, phrase
from kg.model import Audience

if TYPE_CHECKING:
    from kg.release import Preview


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
    from kg.lock import refuse_second_writer

    if audience is not Audience.PUBLIC:
        raise UsageError("A release is public. The internal harvest is made by: kg build")
    config = state().config()
    state().speak(language)
    refuse_second_writer(config.output)
    from kg.release import release as run

    if preview:
        _preview(form, output, sign_off)
        return
    terminal = state().terminal
    with terminal.progress() as progress:
        made = run(config, sign=lambda: _signature(sign_off), progress=progress)
    tongue = terminal.language
    terminal.say(
        phrase("release.made", tongue, **_counts(made.fragments, made.withheld, made.masks))
    )
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


def _counts(kept: int, withheld: int, masks: int) -> dict[str, object]:
    return {"kept": kept, "withheld": withheld, "masks": masks}


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
        terminal.result(_text(seen, tongue), output)
    terminal.say(phrase("release.only-preview", tongue))


def _text(seen: "Preview", tongue: str) -> str:
    lines = [phrase("release.preview", tongue)]
    lines.append(
        phrase("release.made", tongue, **_counts(seen.fragments, seen.withheld, seen.masks))
    )
    if not seen.fragments:
        lines.append(phrase("release.none-cleared", tongue))
    if seen.masks:
        lines.append(phrase("release.doubted", tongue))
    for kind in ("organisation", "place"):
        some = [named for named in seen.named if named.kind == kind]
        lines += ["", phrase(f"release.{kind}s", tongue)]
        for named in some:
            count = len(named.outcomes)
            roles = f"; {', '.join(named.roles)}" if named.roles else ""
            lines.append(f"  {named.label} ({counted('release.outcomes', count, tongue)}{roles})")
            lines += [f"    {key}: {words}" for key, words in named.words]
    lines += ["", phrase("release.stands-out", tongue)]
    alone = [named.label for named in seen.named if named.alone and named.kind == "organisation"]
    if alone:
        lines.append(f"  {counted('release.alone', len(alone), tongue)}: {'; '.join(alone)}")
    if seen.rare:
        lines.append(f"  {counted('release.rare', len(seen.rare), tongue)}:")
        lines += [f"    {r.key}: {r.country}, {r.year}, {r.actor}" for r in seen.rare]
    if alone or seen.rare:
        lines.append(f"  {phrase('release.advice', tongue)}")
    else:
        lines.append(f"  {phrase('release.nothing-stands-out', tongue)}")
    lines += ["", phrase("release.digest", tongue, digest=seen.digest)]
    return "\n".join(lines) + "\n"
