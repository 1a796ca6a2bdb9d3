"""`kg doctor`: what is installed, which models, which limits hold here; and what to do about it.

Everything is tried rather than believed: a model is loaded, a process gives up its limits and
tries to break them, a file is written and its mode read. Nothing is fetched, nothing is changed.
"""

from pathlib import Path

from kg.config import FILE_NAME, Config, load_config
from kg.doctor.folder import try_folder
from kg.doctor.installed import look_up
from kg.doctor.line import Line, Lines, Weight
from kg.doctor.machine import try_machine
from kg.errors import KgError
from kg.model import Audience
from kg.workspace import Shelf

__all__ = ["Line", "Weight", "examine"]


def examine(root: Path) -> tuple[Line, ...]:
    """Look at this installation, this machine and a project's folder.

    Args:
        root: The project folder; one without `kg.toml` is looked at as a place for one.

    Returns:
        Lines in order. Where none has the weight `step`, everything holds.
    """
    try:
        config = load_config(root)
    except KgError as error:
        wrong = Line("project", "settings-wrong", Weight.STEP, {"why": str(error)})
        config, project = Config(root=root, output=root / "output"), iter((wrong,))
    else:
        project = _project(config)
    places = try_folder(config.root, config.output, config.private) if root.is_dir() else iter(())
    return (*look_up(config.models, ner=config.ner), *try_machine(), *places, *project)


def _project(config: Config) -> Lines:
    group = "project"
    if not (config.root / FILE_NAME).is_file():
        yield Line(group, "no-project", Weight.TOLD)
        return
    shelves = {audience: Shelf(config.output, audience) for audience in Audience}
    built = [audience.value for audience, shelf in shelves.items() if shelf.current()]
    if built:
        yield Line(group, "built", Weight.OK, {"audiences": ", ".join(built)})
    else:
        yield Line(group, "not-built", Weight.TOLD)
    unsettled = [a.value for a, shelf in shelves.items() if not shelf.settled()]
    if unsettled:
        yield Line(group, "unsettled", Weight.TOLD, {"audiences": ", ".join(unsettled)})
