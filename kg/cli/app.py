"""The command `kg` and what all its commands share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.models import CommandFunctionType

from kg.cli.terminal import Terminal
from kg.config import FILE_NAME, Config, find_project, load_config
from kg.errors import UsageError
from kg.messages import SPOKEN
from kg.model import Audience
from kg.private import unfinished
from kg.version import __version__

if TYPE_CHECKING:
    from kg.harvest import Harvest


class _Commands(typer.Typer):
    """Commands whose help fills the window: a paragraph of a docstring is one line of it."""

    def command(
        self, name: str | None = None, **said: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """As typer's."""

        def registered(function: CommandFunctionType) -> CommandFunctionType:
            paragraphs = (getdoc(function) or "").split("\n\n")
            whole = "\n\n".join(p.replace("\n", " ") for p in paragraphs)
            return super(_Commands, self).command(name, **{"help": whole, **said})(function)

        return registered


app = _Commands(
    name="kg",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="First steps: kg init --demo my-harvest; kg -C my-harvest build; "
    "kg -C my-harvest explore",
)


@dataclass(slots=True)
class State:
    """What the options before the command said."""

    project: Path | None = None
    language: str | None = None
    terminal: Terminal = field(default_factory=Terminal)

    @property
    def root(self) -> Path:
        """The project folder: named with -C, else the nearest upward that holds kg.toml."""
        return self.project.resolve() if self.project else find_project(Path.cwd())

    def config(self) -> Config:
        """The project's settings; from here on the terminal speaks its language.

        A forgetting that was killed is finished first, whatever the command.
        """
        config = load_config(self.root)
        self.terminal.language = self.language or config.language
        if unfinished(config.private):
            self._finish(config)
        return config

    def config_for(self, file: Path) -> Config:
        """The settings to read *file* with: where no project is at hand, those beside the file."""
        if self.project is None and not (self.root / FILE_NAME).is_file():
            beside = find_project(file.parent)
            self.project = beside if (beside / FILE_NAME).is_file() else None
        return self.config()

    def speak(self, language: str | None) -> None:
        """Answer in the language that a command was told, else in the project's.

        Raises:
            UsageError: kg does not speak it.
        """
        if language is not None and language not in SPOKEN:
            raise UsageError(f"--lang: kg does not speak this; expected {' or '.join(SPOKEN)}.")
        self.language = language
        self.terminal.language = language or self.terminal.language

    def harvest(self, audience: Audience = Audience.INTERNAL) -> "Harvest":
        """The last build, or the last release."""
        from kg.harvest import Harvest

        return Harvest(self.config(), audience)

    def _finish(self, config: Config) -> None:
        """What a killed `kg forget` was removing must not be seen again."""
        from kg.lock import refuse_second_writer

        refuse_second_writer(config.output)
        from kg.forget import finish
        from kg.messages import phrase

        self.terminal.warn(phrase("forget.finishing", self.terminal.language))
        with self.terminal.progress() as progress:
            look = finish(config, progress=progress)
        if look:
            self.terminal.say(phrase("forget.beyond", self.terminal.language))
        for file, line in look:
            told = phrase("forget.doubt", self.terminal.language, file=file, line=line)
            self.terminal.warn(told)


#: The option of every command that speaks beside its answer.
Lang = Annotated[
    str | None, typer.Option("--lang", help="en or fr. Default: the project's language.")
]

_state = State()


def state() -> State:
    """The state of this run."""
    return _state


def terminal() -> Terminal:
    """The terminal of this run."""
    return _state.terminal


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def options(
    project: Annotated[
        Path | None,
        typer.Option(
            "-C",
            "--project",
            metavar="DIR",
            help="The project folder. Default: the nearest folder upward that holds kg.toml, "
            "else the current one.",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Turn the export of an outcome harvest into a knowledge graph: ask it, see it, trace it.

    All offline. Example: kg build harvest.xlsx; kg query organisations; kg explore
    """
    _state.project = project
    _state.terminal = Terminal(quiet=quiet)


# Commands register themselves; they import what they need when they run.
from kg.cli import (  # noqa: E402, F401
    ask,
    doctor,
    forget,
    look,
    network,
    organisations,
    push,
    release,
    review,
    serve,
)
from kg.cli import project as _project  # noqa: E402, F401

#: Commands as `kg --help` lists them: by what somebody wants to do, in the order of a first day.
PANELS = {
    "Read a harvest": ("init", "inspect", "build", "check", "review", "organisations", "diff"),
    "Ask it": ("queries", "query", "trace", "mentions", "network"),
    "See it": ("explore", "draw", "serve"),
    "Publish it, take it back": ("release", "export", "push", "forget"),
    "This machine": ("doctor",),
}
_PLACES = {name: panel for panel, names in PANELS.items() for name in names}
for _command in app.registered_commands:
    if _command.callback is not None:
        _command.name = _command.name or _command.callback.__name__
        _command.rich_help_panel = _PLACES[_command.name]
app.registered_commands.sort(key=lambda command: list(_PLACES).index(command.name or ""))
