"""Commands that draw and give away: draw, explore, export."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.cli.ask import pairs
from kg.cli.complete import question_names
from kg.errors import UsageError
from kg.export import BINARY, ExportFormat
from kg.messages import phrase
from kg.model import Audience

_AUDIENCE = typer.Option(help="Which copy to draw.")


@app.command()
def draw(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="A library name, a .rq file or SPARQL text.",
            autocompletion=question_names,
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", "--param", metavar="KEY=VALUE", help="A parameter of the question."),
    ] = None,
    around: Annotated[
        str | None,
        typer.Option("--around", metavar="NAME", help="Draw what lies around a name."),
    ] = None,
    hops: Annotated[
        int, typer.Option("--hops", metavar="N", min=1, max=4, help="How far around it.")
    ] = 1,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write.")
    ] = Path("network.html"),
    language: Annotated[
        str | None, typer.Option("--lang", help="en or fr. Default: the project's language.")
    ] = None,
    audience: Annotated[Audience, _AUDIENCE] = Audience.INTERNAL,
) -> None:
    """Draw an answer, what lies around a name, or the harvest, as one page.

    Example: kg draw --around RVE --hops 2
    """
    harvest = state().harvest(audience)
    page = harvest.page(what, pairs(parameters or ()), around=around, hops=hops, language=language)
    state().terminal.result(page, output)


@app.command()
def explore(
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the path; open nothing.")
    ] = False,
    no_sparql: Annotated[
        bool,
        typer.Option("--no-sparql", help="Write a smaller page that answers no SPARQL; needs -o."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a copy to a file.")
    ] = None,
    audience: Annotated[Audience, _AUDIENCE] = Audience.INTERNAL,
) -> None:
    """Open the whole harvest as one page in the browser, or write a copy of it.

    Example: kg explore --no-open
    """
    harvest = state().harvest(audience)
    if no_sparql and output is None:
        raise UsageError(
            "--no-sparql writes another page beside that of the build; say where to: "
            "kg explore --no-sparql -o explorer-small.html"
        )
    if output is not None:
        state().terminal.result(harvest.explorer_page(sparql=not no_sparql), output)
        return
    page = harvest.explorer
    typer.echo(str(page))
    if not no_open and not webbrowser.open(page.as_uri()):
        terminal = state().terminal
        terminal.warn(phrase("terminal.no-browser", terminal.language))


@app.command()
def export(
    form: Annotated[
        ExportFormat,
        typer.Argument(
            metavar="FORMAT",
            help="ttl, trig, nq, jsonld, graphml, gexf, cyjs, kumu, xlsx, docx, csv, causalmap or "
            "openrefine.",
        ),
    ],
    audience: Annotated[Audience, typer.Option(help="Whom the file is for. Has to be typed.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    language: Lang = None,
    date: Annotated[
        str, typer.Option("--date", metavar="TEXT", help="What a report bears as its date.")
    ] = "",
) -> None:
    r"""Write the harvest for another tool.

    Example: kg export xlsx --audience internal -o report.xlsx

    xlsx and docx: reports to hand in. csv: a zip of tables (Frictionless).
    ttl, trig, nq, jsonld: RDF. graphml, gexf (Gephi), cyjs (Cytoscape) and
    kumu: the network, with the words behind each link. causalmap: a workbook
    of causal links. openrefine: names to match against. docs/exports.md says
    more; docx needs: pip install "outcome-kg\[report]"
    """
    if form in BINARY and output is None and sys.stdout.isatty():
        raise UsageError(
            f"A terminal cannot show this; say where to write: kg export {form.value} "
            f"--audience {audience.value} -o {BINARY[form]}"
        )
    harvest = state().harvest(audience)
    state().speak(language)
    terminal = state().terminal
    with terminal.progress() as progress:
        content = harvest.export(form.value, language=language, date=date, progress=progress)
    terminal.result(content, output)
