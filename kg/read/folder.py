"""Files and folders that a user names → the source files in them."""

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.model import Finding
from kg.read.content import Content
from kg.read.events import own_output, passed_over
from kg.read.names import EDITED, may_be_source, says_nothing
from kg.read.own import is_own
from kg.read.source import READERS

_GENERATED = frozenset({"output", "node_modules", "__pycache__"})


def expand_sources(
    paths: Iterable[Path], *, never: Container[Path] = frozenset()
) -> tuple[Path, ...]:
    """The files that are meant, each once; those of a folder sorted by name.

    A folder gives the files in it and below it whose kind can be read, but
    for edited files, generated folders, hidden files and the lock files of
    open workbooks. *never* are further edited files, by their absolute path.

    Raises:
        SourceError: a path does not exist, a folder holds no source, or an edited file is named.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            walked = (file for file in _walk(path) if _source(file))
            files = (file for file in walked if file.resolve() not in never)
            inside = sorted(files, key=lambda p: (p.name, str(p)))
            if not inside:
                raise SourceError(
                    f"{path}: no source in this folder; expected files of the kinds "
                    f"{', '.join(READERS)}."
                )
            for file in inside:
                found.setdefault(file.resolve(), file)
        elif not path.exists():
            raise SourceError(
                f"{path}: no such file or folder; check the name and the folder that you are in."
            )
        elif path.name.lower() in EDITED or path.resolve() in never:
            raise SourceError(
                f"{path}: edited beside kg.toml and read without being named; it is no source. "
                "Leave it out, or give the harvest's file another name."
            )
        else:
            found.setdefault(path.resolve(), path)
    return tuple(_without_own(found.values()))


def _without_own(files: Iterable[Path]) -> Iterator[Path]:
    """Files that kg did not write itself; where there are no others, those are meant."""
    kept = list(files)
    own = {path for path in kept if _own(path)} if len(kept) > 1 else set()
    yield from (path for path in kept if path not in own or len(own) == len(kept))


def _own(path: Path) -> bool:
    size = path.stat().st_size if path.is_file() else 0
    return size > 0 and is_own(path, Content(size, lambda: path.open("rb")))


def left_in_folders(
    paths: Iterable[Path], *, home: Path, never: Container[Path] = frozenset()
) -> tuple[Finding, ...]:
    """What lies in the folders among *paths* and is not read, by name; nobody loses it unawares.

    Args:
        paths: As they were named.
        home: The folder of `kg.toml`, beside which a results framework is found.
        never: Files that are read as something else, by their absolute path.
    """
    found = {
        file.resolve(): file.relative_to(folder).as_posix()
        for folder in paths
        if folder.is_dir()
        for file in _walk(folder)
        if not _source(file) and not says_nothing(file) and file.is_file()
    }
    others = [
        passed_over(label)
        for path, label in sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
        if path not in never and not (path.parent == home and path.name.lower() in EDITED)
    ]
    read = {path.resolve() for path in expand_sources(paths, never=never)}
    own = {
        file.resolve(): file.relative_to(path).as_posix() if file != path else file.name
        for path in paths
        for file in (_walk(path) if path.is_dir() else (path,))
        if _source(file) and file.resolve() not in read and file.resolve() not in never
        if _own(file)
    }
    return tuple(others + [own_output(label) for label in sorted(own.values())])


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and name not in _GENERATED
            and not (here / name / "pyvenv.cfg").exists()
        ]
        yield from (here / name for name in files)


def _source(path: Path) -> bool:
    return may_be_source(path, suffixes=READERS) and path.is_file()
