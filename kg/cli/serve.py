"""`kg serve`: the explorer, SPARQL and the questions for other programs of this machine."""

import secrets
import webbrowser
from contextlib import suppress
from typing import Annotated

import typer

from kg.cli.app import Lang, app, state
from kg.messages import phrase
from kg.model import Audience

_PORT = 8710


@app.command()
def serve(
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="0: any port that is free."),
    ] = _PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open the explorer in the browser.")] = (
        False
    ),
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=0.1, help="Seconds a question may take.")
    ] = 30.0,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin",
            metavar="URL",
            help="Let the pages of this origin ask too, e.g. http://localhost:8888. Default: none.",
        ),
    ] = None,
    language: Lang = None,
    audience: Annotated[
        Audience, typer.Option(help="Which copy; internal has to be typed, and asks for a token.")
    ] = Audience.PUBLIC,
) -> None:
    """Serve the explorer, SPARQL and the questions to this machine alone. Read only.

    Example: kg serve --open

    The explorer is at /, the SPARQL 1.1 Protocol at /sparql, the question
    library at /questions, all of it explained at /api. A new build or release
    is served from the next request on. Nothing is logged.
    """
    from kg.serve import Current, application, listen, opened, own_origin

    state().speak(language)
    terminal = state().terminal
    allowed = [own_origin(origin) for origin in origins or ()]
    state().harvest(
        audience
    )  # finishes what was killed; says what is missing, before anything runs
    current = Current(state().root, audience)
    listening = opened(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    token = secrets.token_urlsafe(32) if audience is Audience.INTERNAL else None
    front = f"{address}?token={token}" if token else address
    server = application(
        current,
        port=listening.getsockname()[1],
        token=token,
        origins=allowed,
        seconds=timeout,
    )

    def told(what: str, where: str) -> None:
        words = phrase(f"serve.{what}", terminal.language)
        terminal.line(phrase("serve.at", terminal.language, what=words, address=where), wrap=False)

    def ready() -> None:
        told("explorer", front)
        told("sparql-at", f"{address}sparql")
        told("addresses", f"{address}api")
        if token:
            told("token", token)
            terminal.warn(phrase("serve.internal", terminal.language))
        terminal.say(phrase("serve.stop", terminal.language))
        if open_ and not webbrowser.open(front):
            terminal.warn(phrase("terminal.no-browser", terminal.language))

    # The server mostly hands Ctrl-C on when it has ended, and sometimes keeps it to itself.
    with suppress(KeyboardInterrupt):
        listen(server, listening, ready=ready)
    terminal.say(phrase("serve.stopped", terminal.language))
