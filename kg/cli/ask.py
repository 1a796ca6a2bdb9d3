"""Commands that ask: queries, query, trace, mentions."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.cli.complete import question_names
from kg.errors import UsageError
from kg.model import Audience

_AUDIENCE = typer.Option(help="Which copy to ask.")
_OUTPUT = typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")


class QueryFormat(StrEnum):
    """How `kg query` prints. For SELECT and ASK, csv, tsv, json, xml are the W3C formats."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    MD = "md"
    XLSX = "xlsx"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"


class TraceFormat(StrEnum):
    """How `kg trace` prints."""

    TREE = "tree"
    JSON = "json"
    CSV = "csv"


class MentionFormat(StrEnum):
    """How `kg mentions` prints."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


@app.command()
def queries(
    language: Lang = None,
) -> None:
    """List the question library: name, question, parameters.

    Example: kg queries --lang fr
    """
    from kg.cli.answers import show_library
    from kg.own_questions import library

    state().speak(language)
    show_library(library(state().config()), state().terminal)


@app.command()
def query(
    what: Annotated[
        str,
        typer.Argument(
            help="A library name, a .rq file, - (stdin) or SPARQL text.",
            autocompletion=question_names,
        ),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", "--param", metavar="KEY=VALUE", help="A parameter; may be repeated."),
    ] = None,
    form: Annotated[QueryFormat, typer.Option("--format", help="How to print.")] = (
        QueryFormat.TABLE
    ),
    output: Annotated[Path | None, _OUTPUT] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=0.1, help="Seconds that it may take.")
    ] = 30.0,
    memory: Annotated[
        int,
        typer.Option(
            "--memory", metavar="MB", min=64, help="Megabytes that it may take beside the harvest."
        ),
    ] = 1024,
    endpoint: Annotated[
        str | None,
        typer.Option("--endpoint", metavar="URL", help="Ask a SPARQL server that kg push filled."),
    ] = None,
    language: Lang = None,
    audience: Annotated[Audience, _AUDIENCE] = Audience.INTERNAL,
) -> None:
    """Answer one question.

    Example: kg query contributors-to-result -p code=1.4
    """
    from kg.cli.answers import show_answer

    state().speak(language)
    text = sys.stdin.read() if what == "-" else what
    given = pairs(parameters or ())
    if endpoint is not None:
        from kg.remote import ask_there

        answer = ask_there(endpoint, text, given, config=state().config(), seconds=timeout)
    else:
        answer = state().harvest(audience).ask(text, given, timeout=timeout, memory=memory)
    show_answer(answer, form.value, output, state().terminal)


def pairs(parameters: "list[str] | tuple[str, ...]") -> dict[str, str]:
    """KEY=VALUE arguments as a mapping.

    Raises:
        UsageError: an argument has no "=", or a key comes twice.

    >>> pairs(["code=1.4"])
    {'code': '1.4'}
    """
    found: dict[str, str] = {}
    for parameter in parameters:
        key, equals, value = parameter.partition("=")
        if not equals or not key.strip():
            raise UsageError("-p expects KEY=VALUE, e.g. -p code=1.4")
        if key.strip() in found:
            raise UsageError(f"-p {key.strip()}= is given twice; give it once.")
        found[key.strip()] = value
    return found


@app.command()
def trace(
    target: Annotated[
        str,
        typer.Argument(help="A fragment, a code, an objective or an organisation."),
    ],
    form: Annotated[TraceFormat, typer.Option("--format", help="How to print.")] = (
        TraceFormat.TREE
    ),
    output: Annotated[Path | None, _OUTPUT] = None,
    language: Lang = None,
    audience: Annotated[Audience, _AUDIENCE] = Audience.INTERNAL,
) -> None:
    """Trace an outcome up to the programme, a code down to its outcomes.

    Example: kg trace 1.4.1
    """
    from kg.cli.tree import show_trace

    state().speak(language)
    harvest = state().harvest(audience)
    found = harvest.trace(target, language=state().terminal.language)
    show_trace(found, form.value, output, state().terminal)


@app.command()
def mentions(
    form: Annotated[MentionFormat, typer.Option("--format", help="How to print.")] = (
        MentionFormat.TABLE
    ),
    output: Annotated[Path | None, _OUTPUT] = None,
    audience: Annotated[Audience, _AUDIENCE] = Audience.INTERNAL,
) -> None:
    """List every name found in the text.

    Example: kg mentions --format csv -o names.csv
    """
    from kg.cli.answers import show_mentions

    found = state().harvest(audience).mentions()
    show_mentions(found, form.value, output, state().terminal)
