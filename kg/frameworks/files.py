"""The files that tell what was promised: `framework.csv`, further tables, IATI activities."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.config import Config
from kg.errors import ConfigError, SourceError
from kg.frameworks.declared import declare
from kg.frameworks.iati import IatiSettings, iati_entries
from kg.model import Finding, FrameworkEntry
from kg.places import Places
from kg.read.framework import read_framework
from kg.read.iati import IatiFile, read_iati

#: Found beside `kg.toml` without being named, whatever the case of their letters; both, where
#: there are both: `kg init` begins a framework.csv, and many keep theirs as a workbook.
_FOUND = ("framework.csv", "framework.xlsx")
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """How one file is understood; `iati` for a file of activities."""

    entries: tuple[FrameworkEntry, ...]
    findings: tuple[Finding, ...]
    iati: IatiFile | None = None


def read_frameworks(
    config: Config,
) -> tuple[tuple[FrameworkEntry, ...], tuple[Finding, ...]]:
    """What all framework files of a project promise; nothing where there are none.

    Raises:
        ConfigError: a file that `kg.toml` names is missing, or cannot be read.
    """
    entries: list[FrameworkEntry] = []
    findings: list[Finding] = []
    for path in framework_files(config):
        view = read_framework_file(path, config)
        published = not config.published.isdisjoint({path.name, path.name.lower()})
        entries += [replace(e, publish=True) for e in view.entries] if published else view.entries
        findings += view.findings
    return tuple(entries), tuple(findings)


def framework_files(config: Config) -> tuple[Path, ...]:
    """The files, each once: those beside `kg.toml`, then those that it names."""
    return tuple({path.resolve(): path for path in _named(config)}.values())


def _named(config: Config) -> Iterator[Path]:
    beside = (path for path in config.root.iterdir() if path.name.lower() in _FOUND)
    yield from sorted(filter(Path.is_file, beside), key=lambda path: path.name.lower())
    yield from config.frameworks


def look(path: Path, config: Config) -> FrameworkView:
    """One file as a build would understand it, beside the other framework files of the project.

    Raises:
        ConfigError: it, or another one that `kg.toml` names, cannot be read.
    """
    view = read_framework_file(path, config)
    whole = path.resolve()
    entries: list[FrameworkEntry] = []
    for file in {f.resolve(): f for f in (*framework_files(config), path)}.values():
        same = file.resolve() == whole
        entries += view.entries if same else read_framework_file(file, config).entries
    declared = declare(
        entries, programme=config.programme, versions=config.versions, places=Places.load()
    )
    told = [finding for finding in declared.findings if finding.where.file == path.name]
    return replace(view, findings=(*view.findings, *told))


def files_line(path: Path, config: Config) -> str:
    """The line under [frameworks] of `kg.toml` by which a build reads *path*, too."""
    files = [_from_root(file, config) for file in (*config.frameworks, path)]
    return f"files = {json.dumps(files, ensure_ascii=False)}"


def _from_root(path: Path, config: Config) -> str:
    """A path as `kg.toml` names it: from its own folder, as far as there is a way."""
    whole = path.resolve()
    try:
        return Path(os.path.relpath(whole, config.root)).as_posix()
    except ValueError:  # another drive
        return whole.as_posix()


def refuse_activities(sources: Iterable[Path], config: Config) -> None:
    """An IATI file tells what was promised, never what was harvested.

    Raises:
        SourceError: one of the *sources* is XML; tells the line that makes a build read it.
    """
    for path in sources:
        if path.suffix.lower() == ".xml":
            raise SourceError(
                f"{path.name}: XML holds no records of a harvest. For the results of an IATI "
                f"activity file, paste into kg.toml, under [frameworks]: {files_line(path, config)}"
            )


def read_framework_file(path: Path, config: Config) -> FrameworkView:
    """One file: a table, or an IATI activity file.

    Raises:
        ConfigError: it is missing, of another kind, or cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".xml":
        found = read_iati(path)
        settings = IatiSettings(
            only=config.activities,
            countries=config.activity_countries,
            programmes=config.activity_programmes,
        )
        entries, findings = iati_entries(found, settings=settings, places=Places.load())
        return FrameworkView(entries, findings, found)
    if suffix not in _TABLES:
        raise ConfigError(
            f"{path.name}: no framework table; expected one of {', '.join((*_TABLES, '.xml'))} "
            "under [frameworks] files in kg.toml. Save it as one of these."
        )
    return FrameworkView(*read_framework(path))
