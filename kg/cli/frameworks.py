"""How `kg inspect` prints a framework table or an IATI activity file."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kg.cli.inspection import told
from kg.cli.terminal import Terminal
from kg.config import Config
from kg.frameworks.files import FrameworkView, files_line, framework_files, look
from kg.messages import counted, phrase

_NAMES = ("framework.csv", "framework.xlsx")
_KINDS = ("objective", "outcome", "output")
_COLUMNS = ("country", "kind", "code", "label", "parent", "row")
_ACTIVITY = ("activity", "title", "place", "results", "counts")


def is_framework(path: Path, config: Config) -> bool:
    """Does a file tell what was promised? Its name, its kind or `kg.toml` says so."""
    known = {file.resolve() for file in framework_files(config)}
    return (
        path.suffix.lower() == ".xml"
        or path.name.lower() in _NAMES
        or (path.is_file() and path.resolve() in known)
    )


def show_framework(path: Path, config: Config, terminal: Terminal) -> None:
    """What a file promises, what is told of single lines, and the lines to paste.

    Raises:
        ConfigError: it cannot be read, or is nothing of the kind.
    """
    view = look(path, config)
    language = terminal.language
    said = partial(phrase, language=language)
    many = Counter(entry.kind for entry in view.entries)
    sums = ", ".join(counted(f"inspect.kinds.{kind}", many[kind], language) for kind in _KINDS)
    if view.iati is None:
        terminal.line(said("inspect.framework", file=path.name, told=sums))
    else:
        terminal.line(
            said(
                "inspect.iati",
                file=path.name,
                version=f" {view.iati.version}" if view.iati.version else "",
                activities=len(view.iati.activities),
                results=view.iati.results,
                told=sums,
            )
        )
        _activities(view, config, terminal)
    if view.entries:
        terminal.line()
        terminal.table(
            [said(f"inspect.head-{name}") for name in _COLUMNS],
            [
                (e.country, said(f"trace.{e.kind}"), e.code, e.label, e.parent, e.line)
                for e in view.entries
            ],
            title=said("inspect.promised"),
        )
    if view.findings:
        terminal.line()
    for finding in view.findings:
        terminal.line(told(finding, language))
    _next(path, view, config, terminal)


def _activities(view: FrameworkView, config: Config, terminal: Terminal) -> None:
    said = partial(phrase, language=terminal.language)
    rows = [
        (
            a.identifier,
            a.title,
            "; ".join(a.countries or a.regions),
            len(a.results),
            said(f"inspect.{'yes' if _counts(a.identifier, config) else 'no'}"),
        )
        for a in (view.iati.activities if view.iati else ())
        if a.results
    ]
    if rows:
        terminal.line()
        terminal.table(
            [said(f"inspect.head-{name}") for name in _ACTIVITY],
            rows,
            title=said("inspect.activities"),
        )


def _counts(activity: str, config: Config) -> bool:
    """Do the results of an activity count? All do, unless kg.toml names some."""
    return not config.activities or activity in config.activities


def _next(path: Path, view: FrameworkView, config: Config, terminal: Terminal) -> None:
    """Lines to paste; what is a person's to decide stands behind a "#"."""
    lines = list(_settings(path, view, config, language=terminal.language))
    terminal.line()
    if lines:
        terminal.line(phrase("inspect.paste-framework", terminal.language))
        for line in lines:
            terminal.line(line, wrap=False)
    if view.entries and not any(line.startswith("files") for line in lines):
        terminal.line(phrase("inspect.read-by-build", terminal.language))


def _settings(path: Path, view: FrameworkView, config: Config, *, language: str) -> Iterator[str]:
    if not view.entries:
        return  # nothing that a build could use
    if path.resolve() not in {file.resolve() for file in framework_files(config)}:
        yield files_line(path, config)
    if view.iati is None:
        return
    used = [a for a in view.iati.activities if a.results]
    if len(used) > 1 and not config.activities:
        named = json.dumps([a.identifier for a in used], ensure_ascii=False)
        yield f"# activities = {named}  # {phrase('inspect.all-count', language)}"
    unplaced = {f.where.row for f in view.findings if f.reason == "activity-place"}
    country = json.dumps(phrase("inspect.a-country", language))
    pairs = [f"{json.dumps(a.identifier)} = {country}" for a in used if a.line in unplaced]
    if pairs:
        yield f"# countries = {{ {', '.join(pairs)} }}"
