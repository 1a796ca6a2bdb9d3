"""How `kg inspect` prints a framework table or an IATI activity file."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.cli.terminal import Terminal
from kg.config import Config
from kg.frameworks.files import FrameworkView, framework_files, look

_NAMES = ("framework.csv", "framework.xlsx")
_KINDS = ("objective", "outcome", "output")


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
    counted = Counter(entry.kind for entry in view.entries)
    told = ", ".join(f"{counted[kind]} {kind}{'s' * (counted[kind] != 1)}" for kind in _KINDS)
    if view.iati is None:
        terminal.line(f"{path.name}: results framework; {told}")
    else:
        version = f" {view.iati.version}" if view.iati.version else ""
        terminal.line(
            f"{path.name}: IATI activities{version}; activities {len(view.iati.activities)}, "
            f"results {view.iati.results}: {told}"
        )
        _activities(view, config, terminal)
    if view.entries:
        terminal.line()
        terminal.table(
            ("country", "kind", "code", "label", "parent", "row"),
            [(e.country, e.kind, e.code, e.label, e.parent, e.line) for e in view.entries],
            title="What is promised",
        )
    if view.findings:
        terminal.line()
    for finding in view.findings:
        terminal.line(f"{finding.where}: {finding.message} {finding.advice}")
    _next(path, view, config, terminal)


def _activities(view: FrameworkView, config: Config, terminal: Terminal) -> None:
    rows = [
        (
            a.identifier,
            a.title,
            "; ".join(a.countries or a.regions),
            len(a.results),
            "yes" if not config.activities or a.identifier in config.activities else "no",
        )
        for a in (view.iati.activities if view.iati else ())
        if a.results
    ]
    if rows:
        terminal.line()
        terminal.table(
            ("activity", "title", "country or region", "results", "counts"),
            rows,
            title="Activities with results",
        )


def _next(path: Path, view: FrameworkView, config: Config, terminal: Terminal) -> None:
    """Lines to paste; what is a person's to decide stands behind a "#"."""
    lines = list(_settings(path, view, config))
    terminal.line()
    if lines:
        terminal.line("To paste into kg.toml, under [frameworks]:")
        for line in lines:
            terminal.line(line, wrap=False)
    if view.entries and not any(line.startswith("files") for line in lines):
        terminal.line("A build reads this file. Next: kg build, kg query framework-coverage")


def _settings(path: Path, view: FrameworkView, config: Config) -> Iterator[str]:
    if not view.entries:
        return  # nothing that a build could use
    if path.resolve() not in {file.resolve() for file in framework_files(config)}:
        files = [_from_root(file, config) for file in (*config.frameworks, path)]
        yield f"files = {json.dumps(files, ensure_ascii=False)}"
    if view.iati is None:
        return
    used = [a for a in view.iati.activities if a.results]
    if len(used) > 1 and not config.activities:
        named = json.dumps([a.identifier for a in used], ensure_ascii=False)
        yield f"# activities = {named}  # all count, unless named"
    unplaced = {f.where.row for f in view.findings if f.reason == "activity-place"}
    pairs = [f'{json.dumps(a.identifier)} = "COUNTRY"' for a in used if a.line in unplaced]
    if pairs:
        yield f"# countries = {{ {', '.join(pairs)} }}"


def _from_root(path: Path, config: Config) -> str:
    """A path as `kg.toml` names it: from its own folder, where it lies there."""
    whole = path.resolve()
    inside = whole.is_relative_to(config.root)
    return (whole.relative_to(config.root) if inside else whole).as_posix()
