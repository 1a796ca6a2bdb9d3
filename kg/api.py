"""`kg.build`, `kg.open` and `kg.diff`: the doors of the Python API."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Config, find_project, load_config
from kg.harvest import Harvest
from kg.lock import early_writer, refuse_second_writer
from kg.model import Audience
from kg.private import unfinished

if TYPE_CHECKING:
    from kg.difference import Difference


def open(  # noqa: A001 - the contract's name
    project: Path | str = ".", *, audience: Audience | str = Audience.INTERNAL
) -> Harvest:
    """Open the last build (or release) of a project.

    Args:
        project: The project folder, or any folder below it.
        audience: `internal` or `public`.

    Raises:
        WorkspaceError: nothing was built there yet.
    """
    return Harvest(_settled(project), Audience(audience))


def _settled(project: Path | str) -> Config:
    """The settings of a project; a forgetting that was killed in the middle is ended first."""
    config = load_config(find_project(Path(project)))
    if unfinished(config.private):
        refuse_second_writer(config.output)
        from kg.forget import finish

        for file, line in finish(config):
            warnings.warn(
                f"{file}, line {line}: may still speak of what was forgotten; look.", stacklevel=3
            )
    return config


def build(
    *sources: Path | str,
    project: Path | str = ".",
    ner: bool | None = None,
    strict: bool = False,
    jobs: int = 1,
    dask: str | None = None,
) -> Harvest:
    """Read sources, replace the project's internal harvest and open it.

    Args:
        sources: Files and folders; none takes `[sources]` of `kg.toml`.
        project: The project folder, or any folder below it.
        ner: Let language models suggest names; None takes the setting of `kg.toml`.
        strict: Build nothing if any row is rejected.
        jobs: Processes that read texts; the harvest is the same for any number.
        dask: Address of the scheduler of a Dask cluster whose workers read texts instead.

    Raises:
        SourceError: there is nothing to read, or a source cannot be read.
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: the output folder cannot be written.
    """
    config = _settled(project)
    with early_writer(config.output):
        from kg.pipeline import build as run

        files = [Path(source) for source in sources]
        run(config, files, ner=ner, strict=strict, jobs=jobs, dask=dask)
    return Harvest(config, Audience.INTERNAL)


def diff(old: Path | str, new: Path | str, *, project: Path | str = ".") -> "Difference":
    """Compare two source files: new, changed, upgraded from lead, withdrawn records.

    Args:
        old: The earlier file.
        new: The later one.
        project: The project folder, or any folder below it: headings and
            values are read as its `kg.toml` says.

    Raises:
        SourceError: one of them is missing, empty, damaged or of an unknown kind.
        ConfigError: `kg.toml` says something that kg cannot follow.
    """
    from kg.difference import difference

    return difference(Path(old), Path(new), load_config(find_project(Path(project))))
