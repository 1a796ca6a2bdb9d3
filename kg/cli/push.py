"""`kg push`: the harvest in another SPARQL server."""

import hashlib
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.messages import counted, phrase
from kg.model import Audience


@app.command()
def push(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="The server, a dataset or repository of it, or the address of its queries.",
        ),
    ],
    audience: Annotated[Audience, typer.Option(help="Whom it is for. Has to be typed.")],
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=0.1, help="Seconds it may be silent.")
    ] = 60.0,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also where another harvest seems to be there: it goes."),
    ] = False,
    language: Lang = None,
) -> None:
    """Load the harvest into a SPARQL 1.1 server (Oxigraph, Virtuoso, Fuseki, RDF4J, GraphDB).

    Example: kg push http://127.0.0.1:7878 --audience public

    Graphs under the base_iri of kg.toml that the harvest does not hold are
    removed there; nothing else is touched. Then ask it:
    kg query organisations --endpoint http://127.0.0.1:7878

    Over https, or to this machine. Sign in by the environment:
    KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, or
    KG_ENDPOINT_KEY_FILE (a file with one of them).
    """
    from kg import audit
    from kg.remote import Endpoint
    from kg.remote import push as run

    state().speak(language)
    harvest = state().harvest(audience)
    terminal = state().terminal
    with Endpoint(url, seconds=timeout) as endpoint, terminal.progress() as progress:
        # Before anything leaves: what nobody could look up later is not done.
        audit.record(
            harvest.config.private,
            "push",
            audience=str(audience),
            server=endpoint.host,
            digest=hashlib.sha256(harvest.trig.read_bytes()).hexdigest()[:16],
        )
        done = run(
            harvest.trig, endpoint, base=harvest.config.base_iri, progress=progress, replace=replace
        )
    tag = terminal.language
    said = {"graphs": f"{done.graphs:,}", "triples": f"{done.triples:,}", "host": endpoint.host}
    terminal.say(phrase("push.done", tag, **said))
    if done.removed:
        terminal.say(counted("push.removed", done.removed, tag))
    terminal.say(phrase("push.next", tag, step=f"kg query organisations --endpoint {url}"))
