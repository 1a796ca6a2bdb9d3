"""The graph in an engine: a cache made from `harvest.trig`, and the rdflib view of it.

The cache is a database in a folder named by the digest of what it was made
from, so that it is either right or not there. It is built under another name,
closed and renamed; readers open it read-only. It may be thrown away at will,
and is never given away: it holds the host's name, and what was deleted. Where
little changed since the last version, its database is copied and changed.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.errors import WorkspaceError
from kg.private import FILE_MODE, FOLDER_MODE, write_private

if TYPE_CHECKING:
    import rdflib

#: Answers SPARQL with rows: column → text. An unbound column is absent.
Select = Callable[[str], Sequence[Mapping[str, str]]]

_BUILDING = ".building-"
#: What a finished database is made of and from: what was touched since is made anew.
_FILES = "FILES.json"
#: Letters of the digest that names a database.
_LENGTH = 32
#: Share of a graph beyond which all of it is sorted again: as quick as changing so much.
_MOST = 0.1
#: After so many changes too: what was deleted in them is gone only then.
_CHANGES = 20


def open_store(trig: Path, *, cache: Path | None) -> Store:
    """The graph of a TriG file, ready to be asked.

    Args:
        trig: `harvest.trig` of one version.
        cache: Folder for databases; made where it is missing. None: in memory.

    Returns:
        A store, read-only where it comes from the cache. Ask it through
        `query`, never directly: it holds one graph a fragment, and a query
        that does not ask for their union finds nothing.

    Raises:
        WorkspaceError: the file is missing or damaged.
    """
    folder = database(trig, cache=cache) if cache is not None else None
    return _loaded(trig, Store()) if folder is None else Store.read_only(str(folder))


def database(trig: Path, *, cache: Path, last: Path | None = None) -> Path | None:
    """The folder of the database made from a TriG file; made now where it is not there.

    Args:
        trig: `harvest.trig` of one version.
        cache: Folder for databases; made where it is missing.
        last: The graph of the version before, whose database may be there still: a database
            that differs little from it takes as long as what changed. The answers are the same.

    Returns:
        None where nothing can be written beside the harvest (a CD, a share
        without the right to write): the graph is then read into memory.

    Raises:
        WorkspaceError: the file is missing or damaged.
    """
    folder = _made_from(trig, cache) or cache / _digest(trig)
    if folder.is_dir():
        if _whole(folder):
            return folder
        # Half deleted, touched, or of a broken disk: it is only a cache.
        shutil.rmtree(folder, ignore_errors=True)
    try:
        cache.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        cache.chmod(FOLDER_MODE)
        building = Path(mkdtemp(prefix=f"{_BUILDING}{os.getpid()}-", dir=cache))
    except OSError:
        return None
    try:
        changes = _copied(trig, last, building, cache) if last is not None else 0
        if not changes:
            store = _loaded(trig, Store(str(building)))
            store.flush()
            del store  # closes it: an open database cannot be renamed everywhere
        for path in building.iterdir():
            path.chmod(FILE_MODE)  # the engine knows no modes; the folder was closed before
        about = {"of": _seen(trig), "changes": changes, "files": _files(building)}
        write_private(building / _FILES, json.dumps(about).encode())
        building.rename(folder)
    except (OSError, RuntimeError):
        # Another command made the same database in the meantime, or the disk is full.
        return folder if folder.is_dir() else None
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def _copied(trig: Path, last: Path, building: Path, cache: Path) -> int:
    """Make a database of the last one: how many changes it has seen now, 0 where it was not made.

    Files of sorted triples are never written to again, so the copy shares them.
    """
    from kg.graph.changed import changed  # not for a question: it brings the writers along

    old = _made_from(last, cache)
    if old is None or not _whole(old):
        return 0
    changes = int(_about(old)["changes"]) + 1
    found = changed(last, trig, most=_MOST) if changes <= _CHANGES else None
    if found is None:
        return 0
    for path in sorted(old.iterdir()):
        if path.name != _FILES and not path.name.startswith("LOG"):  # a diary of no use to it
            _put(path, building / path.name)
    store = Store(str(building))
    for quad in found.went:
        store.remove(quad)
    store.extend(found.came)
    store.flush()
    return changes


def _put(path: Path, copy: Path) -> None:
    if path.suffix == ".sst":
        with suppress(OSError):  # a file system without links
            copy.hardlink_to(path)
            return
    shutil.copy2(path, copy)


def _whole(folder: Path) -> bool:
    """Is a database as it was made? The engine looks at its blocks only when it reads them."""
    try:
        if _about(folder)["files"] != _files(folder):
            return False
        Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError, LookupError, TypeError):
        return False  # the engine tells corruption by the first two
    return True


def _about(folder: Path) -> dict[str, Any]:
    """What a database is made from ("of"), after how many "changes", and its "files".

    Raises:
        OSError, ValueError: It has no such file, or another hand wrote it.
    """
    about: dict[str, Any] = json.loads((folder / _FILES).read_bytes())
    return about


def _made_from(trig: Path, cache: Path) -> Path | None:
    """The database that was made from this very file, without reading all of the file again."""
    with suppress(OSError):
        seen = _seen(trig)
        for folder in sorted(cache.iterdir()):
            with suppress(OSError, ValueError, LookupError, TypeError):
                if len(folder.name) == _LENGTH and _about(folder)["of"] == seen:
                    return folder
    return None


def _seen(trig: Path) -> list[str | int]:
    """By what a file is known again, without reading it; and the engine that reads it."""
    stat = trig.stat()
    return [pyoxigraph.__version__, stat.st_size, stat.st_mtime_ns, stat.st_ino]


def _files(folder: Path) -> list[list[str | int]]:
    """Name, size and time of every file of a database, in order of name."""
    told = ((path.name, path.stat()) for path in sorted(folder.iterdir()) if path.name != _FILES)
    return [[name, stat.st_size, stat.st_mtime_ns] for name, stat in told]


def drop(folder: Path) -> None:
    """Throw a database away that turned out to be damaged while it was asked."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(cache: Path, *, keep: Sequence[Path] = ()) -> None:
    """Remove databases of other versions, and leftovers of builds that were killed.

    Args:
        cache: Folder of databases.
        keep: TriG files whose databases stay.
    """
    kept = {_digest(trig) for trig in keep if trig.is_file()}
    for folder in sorted(cache.iterdir()) if cache.is_dir() else ():
        ours = folder.name.startswith(_BUILDING) or len(folder.name) == _LENGTH
        if folder.is_dir() and ours and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _digest(trig: Path) -> str:
    """Names a database: the content of its file and the engine that wrote it."""
    found = hashlib.sha256(f"pyoxigraph {pyoxigraph.__version__}\n".encode())
    try:
        with trig.open("rb") as file:
            hashlib.file_digest(file, lambda: found)
    except OSError as error:
        raise WorkspaceError(
            f"{trig}: cannot be read ({error.strerror}); expected the graph of a build. "
            "Make it with: kg build"
        ) from error
    return found.hexdigest()[:_LENGTH]


def _loaded(trig: Path, store: Store) -> Store:
    try:
        store.bulk_load(path=str(trig), format=RdfFormat.TRIG)
    except SyntaxError as error:
        raise WorkspaceError(
            f"{trig}: damaged near line {error.lineno}; expected the file that kg build wrote. "
            "Build again."
        ) from None
    except FileNotFoundError:
        raise WorkspaceError(
            f"{trig}: not there; expected the graph of a build. Make it with: kg build"
        ) from None
    return store


def query(store: Store, sparql: str) -> Any:
    """Ask the union of all graphs. The one place in this process that asks the engine.

    The engine counts a triple that stands in two graphs twice; a harvest has
    no such triple. *sparql* must have passed `kg.query.guard.check`, or be kg's own.
    """
    return store.query(sparql, use_default_graph_as_union=True)


def asked(trig: Path, sparql: str, *, cache: Path | None) -> Sequence[Mapping[str, str]]:
    """The answer to one of kg's own questions, over the whole graph of a file. See `open_store`."""
    return _select(open_store(trig, cache=cache), sparql)


def select_of(trig: bytes) -> Select:
    """The same for a small graph in memory: TriG, as kg wrote it."""
    store = Store()
    store.load(trig, format=RdfFormat.TRIG)
    return select_from(store)


def select_from(store: Store) -> Select:
    """Rows of kg's own SELECT queries, as mappings column → text."""
    return partial(_select, store)


def _select(store: Store, sparql: str) -> Sequence[Mapping[str, str]]:
    solutions = query(store, sparql)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("select_from answers SELECT queries")
    names = [variable.value for variable in solutions.variables]
    return [
        {
            name: value.value
            for name, value in zip(names, solution, strict=True)
            if value is not None
        }
        for solution in solutions
    ]


def dataset(source: Store | Path) -> "rdflib.Dataset":
    """The graph as an rdflib `Dataset` whose default graph is the union of all graphs.

    Args:
        source: An opened store; or a TriG file, which is read into rdflib's own memory.

    What is asked of it passes the same gate as `kg query`: `SERVICE`, `FROM`
    and updates raise `QueryError`, and nothing is ever fetched.
    """
    from kg.query.dataset import guarded, in_memory

    return in_memory(source) if isinstance(source, Path) else guarded(source)
