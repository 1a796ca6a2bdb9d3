"""Commands that make and keep a project: init, inspect, diff, build, check."""

from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.messages import error_text, phrase, place_of
from kg.model import Audience

if TYPE_CHECKING:
    from kg.pipeline import BuildResult


class CheckFormat(StrEnum):
    """How `kg check` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class DiffFormat(StrEnum):
    """How `kg diff` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where the project starts.")
    ] = Path(),
    demo: Annotated[
        bool, typer.Option("--demo", help="Fill it with the example harvest (fictional).")
    ] = False,
) -> None:
    """Start a project folder.

    Example: kg init --demo my-harvest
    """
    from kg.start import start_project

    terminal = state().terminal
    for path in start_project(folder, demo=demo):
        terminal.say(phrase("init.made", terminal.language, path=path))
    where = "" if folder == Path() else f" -C {folder}"
    step = f"kg{where} build" if demo else f"kg{where} inspect FILE; then kg{where} build FILE"
    terminal.say(phrase("init.next", terminal.language, step=step))


@app.command()
def inspect(
    file: Annotated[
        Path,
        typer.Argument(
            help="A file of records or a folder of them, a framework table, an IATI activity file."
        ),
    ],
    language: Lang = None,
) -> None:
    """Show how a file is understood before anything is built.

    Example: kg inspect harvest.xlsx
    """
    from kg.cli.frameworks import is_framework, show_framework

    state().speak(language)
    config = state().config_for(file)
    if is_framework(file, config):
        show_framework(file, config, state().terminal)
        return
    from kg.cli.inspection import show_folder, show_inspection
    from kg.inspect import inspect as inspected
    from kg.sources import READING

    terminal = state().terminal
    with terminal.progress() as progress:
        look = partial(
            inspected,
            config=config,
            progress=lambda rows: progress(READING, rows, 0),
            language=terminal.language,
        )
        if file.is_dir():
            show_folder(file, config, look, terminal)
        else:
            show_inspection(look(file), file, terminal)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier file of records.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later file of records.")],
    form: Annotated[DiffFormat, typer.Option("--format", help="How to print.")] = DiffFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Show the words that differ. They may be confidential.")
    ] = False,
    language: Lang = None,
) -> None:
    """Compare two files: new, changed, upgraded from lead, withdrawn records.

    Example: kg diff harvest-may.xlsx harvest-june.xlsx --format csv -o changes.csv

    Texts are quoted only with --words: of a field of words it says that it changed.
    """
    from kg.cli.difference import show_difference
    from kg.difference import difference

    state().speak(language)
    config, terminal = state().config(), state().terminal
    if words:
        terminal.warn(phrase("diff.words", terminal.language))
    found = difference(old, new, config, language=terminal.language, words=words)
    show_difference(found, old, new, form=form.value, output=output, terminal=terminal)


@app.command()
def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files or folders of records. Default: [sources] of kg.toml.",
        ),
    ] = None,
    ner: Annotated[
        bool | None,
        typer.Option("--ner/--no-ner", help="Let language models suggest names (default: yes)."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Build nothing if any row is rejected; exit 1.")
    ] = False,
    jobs: Annotated[
        int,
        typer.Option("--jobs", min=1, metavar="N", help="Processes that read texts (default: 1)."),
    ] = 1,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="A Dask cluster that reads texts; they go there."
        ),
    ] = None,
    sparql: Annotated[
        bool | None,
        typer.Option(
            "--sparql/--no-sparql", help="Let the explorer answer questions itself (default: yes)."
        ),
    ] = None,
    language: Lang = None,
) -> None:
    """Build the graph from its sources, in place of the last one.

    Example: kg build harvest.xlsx
    """
    from kg.lock import early_writer

    state().speak(language)
    terminal = state().terminal
    config = state().config()
    if sparql is not None:
        config = replace(config, sparql=sparql)
    with early_writer(config.output), terminal.progress() as progress:
        from kg.pipeline import build as run

        result = run(
            config,
            sources or (),
            ner=ner,
            strict=strict,
            jobs=jobs,
            dask=dask,
            progress=progress,
        )
    _tell_build(result, config.output / Audience.INTERNAL.value)
    if result.report.rows_kept == 0 or result.report.unread:
        raise typer.Exit(1)


def _tell_build(result: "BuildResult", folder: Path) -> None:
    from babel import Locale

    from kg.cli.inspection import tell_left, told
    from kg.extract.settings import BLANK

    terminal, report, news = state().terminal, result.report, result.changes
    said = partial(phrase, language=terminal.language)
    terminal.say(
        said(
            "build.rows",
            read=report.rows_read,
            kept=report.rows_kept,
            rejected=len(report.rejected),
            duplicates=report.duplicates,
        )
    )
    for rejection in report.rejected[:_SHOWN]:
        where = place_of(rejection.where, terminal.language)
        reason = error_text(rejection.reason, terminal.language)
        terminal.warn(said("build.rejected", where=where, reason=reason))
    if len(report.rejected) > _SHOWN:
        terminal.warn(said("build.more-rejected", count=len(report.rejected) - _SHOWN))
    if not news.first:
        came, changed, went = len(news.came), len(news.changed), len(news.went)
        terminal.say(said("build.since", came=came, changed=changed, went=went))
    if report.rows_kept == 0:
        terminal.warn(said("build.nothing"))
    terminal.say(
        said(
            "build.counts",
            fragments=report.counts["fragments"],
            confidential=report.confidential,
            organisations=report.counts["organisations"],
            unlinked=report.counts["unlinked outcomes"],
        )
    )
    for finding in report.findings:
        if finding.reason in _LOUD:
            terminal.warn(told(finding, terminal.language))
    for line in tell_left(report.findings, terminal.language):
        terminal.say(line)
    tongues = Locale("fr" if terminal.language == "fr" else "en").languages
    for tag, model in sorted(report.models.items()):
        tongue = tongues.get(tag, tag)
        if model == BLANK:
            terminal.say(said("build.no-model", tongue=tongue))
        else:
            terminal.say(said("build.model", tongue=tongue, model=model))
    terminal.say(said("build.written", folder=folder))
    terminal.say(said("build.next"))


_SHOWN = 10
#: Findings that a build says at once; the others wait for `kg check`.
_LOUD = frozenset(
    {
        *("no-confidential-column", "unreadable-file", "flags-differ", "framework-not-named"),
        *("contradictory-decisions", "name-key-missing", "person-in-words"),
    }
)


@app.command()
def check(
    form: Annotated[
        CheckFormat, typer.Option("--format", help="How to print.")
    ] = CheckFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    language: Lang = None,
    audience: Annotated[Audience, typer.Option(help="Which copy to check.")] = Audience.INTERNAL,
) -> None:
    """Check the graph and list what a person should look at.

    Example: kg check --format xlsx -o todo.xlsx

    Exit status 1 if the graph breaks a rule (a violation); gaps alone are no failure.
    """
    from kg.cli.worklist import show_worklist
    from kg.model import Severity

    state().speak(language)
    findings = state().harvest(audience).check(language=state().terminal.language)
    show_worklist(findings, form.value, output, state().terminal)
    if any(finding.severity is Severity.VIOLATION for finding in findings):
        raise typer.Exit(1)
