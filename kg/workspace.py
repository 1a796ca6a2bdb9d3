"""The project folder's output: versions that stand complete, a pointer that says which counts.

A version is a folder of files under `.versions/`; `CURRENT` names the one that
counts and is replaced in one step, so that a killed build leaves the old one
readable. The copies that people click are put beside them afterwards and are
healed at the next start.
"""

import filecmp
import hashlib
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from filelock import Timeout

from kg.errors import WorkspaceError
from kg.lock import cannot_write, lock_of, one_writer
from kg.model import Audience
from kg.private import FOLDER_MODE, making, write_private

__all__ = ["Draft", "Shelf", "kept_graphs", "one_writer"]

_VERSIONS = ".versions"
_CURRENT = "CURRENT"
_BUILDING = ".building-"
#: Files that a version may hold; a copy that the version in force lacks is removed.
_OURS = frozenset(
    {
        "README.txt",
        "dataset.ttl",
        "explorer.html",
        "harvest.trig",
        "mentions.jsonl",
        "records.jsonl",
        "report.json",
    }
)


class Shelf:
    """The versions of one audience's folder, e.g. `output/internal/`."""

    def __init__(self, output: Path, audience: Audience) -> None:
        self.folder = output / audience.value
        self.cache = output / ".cache"
        self.audience = audience

    def current(self) -> Path | None:
        """The folder of the version that counts; None before the first build."""
        try:
            name = (self.folder / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        path = self.folder / _VERSIONS / name
        return path if name and path.is_dir() else None

    def read(self) -> Path:
        """The folder of the version that counts.

        Raises:
            WorkspaceError: nothing was built for this audience.
        """
        path = self.current()
        if path is None:
            step = "kg build FILE" if self.audience is Audience.INTERNAL else "kg release"
            raise WorkspaceError(
                f"{self.folder}: there is no {self.audience.value} harvest here yet; "
                f"make one with: {step}. (Another project folder is named with -C DIR.)"
            )
        return path

    def write(self, files: Mapping[str, bytes]) -> Path:
        """Put a whole version in place, or nothing. Call inside `one_writer`. See `draft`."""
        with self.draft() as draft:
            for name, content in sorted(files.items()):
                draft.write(name, content)
            return draft.publish()

    @contextmanager
    def draft(self) -> Iterator["Draft"]:
        """A version in the making. Call inside `one_writer`.

        Raises:
            WorkspaceError: the folder cannot be written; the old version still counts.
        """
        try:
            self._sweep()
            for folder in (self.folder, self.folder / _VERSIONS):
                folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
                folder.chmod(FOLDER_MODE)
            draft = Draft(self, Path(mkdtemp(prefix=_BUILDING, dir=self.folder / _VERSIONS)))
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        try:
            yield draft
        finally:
            shutil.rmtree(draft.folder, ignore_errors=True)

    def adopt(self, folder: Path, name: str) -> Path:
        """Make a finished folder the version that counts. *name* is a digest of its content."""
        try:
            version = self.folder / _VERSIONS / name
            if not version.is_dir():
                folder.rename(version)
            # All that needs space comes before the pointer moves; after it, names alone change.
            staged = self._stage(version, same=_same)
            self._point(version.name)
        except OSError as error:
            last = self.current()
            self._sweep(keep=last.name if last else "")
            raise cannot_write(self.folder, error) from error
        with suppress(
            OSError
        ):  # a copy that is open elsewhere (Windows) is healed at the next start
            self._put(version, staged)
        self._sweep(keep=version.name)
        return version

    def heal(self) -> None:
        """Bring the copies that people click up to the version that counts; sweep leftovers.

        Those of every audience: what a killed command left of one would else
        stay until somebody asks that one. A reader may not be allowed to write
        here: then they stay as they are.
        """
        for audience in Audience:
            Shelf(self.folder.parent, audience)._heal()

    def _heal(self) -> None:
        with suppress(OSError, ValueError, Timeout):  # a pointer may hold no text
            if self._healthy(self.current(), untouched=_untouched):
                return
            # Beside a writer it would put old copies back; that one brings its own.
            with lock_of(self.folder.parent):
                version = self.current()
                self._sweep(keep=version.name if version else None)
                for left in self._abandoned():
                    shutil.rmtree(left, ignore_errors=True)
                if version is not None:
                    self._put(version, self._stage(version, same=_untouched))

    def settled(self) -> bool:
        """Does the folder hold the version that counts, its copies, and no other version?

        Copies are told by their bytes: whoever copies a project, or touches a file, moves its
        times and brings nothing back.
        """
        return self._healthy(self.current(), untouched=_same)

    def _healthy(self, version: Path | None, *, untouched: Callable[[Path, Path], bool]) -> bool:
        """Are all copies there, untouched, and no other ones; is nothing left of a killed build?

        An older version counts as left, too: it may hold what was withdrawn since.
        """
        if version is None:  # the first version may have been killed in the making
            left = (self.folder / _VERSIONS).glob(f"{_BUILDING}*")
            return not [*left, *self.folder.glob(f"{_BUILDING}*")]
        others = [path for path in version.parent.iterdir() if path != version]
        if others or [*self.folder.glob(f"{_BUILDING}*")] or self._abandoned():
            return False
        names = {path.name for path in version.iterdir()}
        return all(untouched(version / name, self.folder / name) for name in names) and not any(
            (self.folder / name).is_file() for name in _OURS - names
        )

    def _abandoned(self) -> list[Path]:
        """Databases that a killed command was making; a reader may be making one, too."""
        return [path for path in self.cache.glob(f"{_BUILDING}*") if not making(path.name)]

    def _point(self, name: str) -> None:
        fresh = self.folder / f"{_BUILDING}{_CURRENT}"
        write_private(fresh, f"{name}\n".encode(), durably=True)
        fresh.replace(self.folder / _CURRENT)

    def _stage(self, version: Path, *, same: Callable[[Path, Path], bool]) -> list[Path]:
        """Copies of what the folder lacks, under names of their own."""
        staged = []
        for path in sorted(version.iterdir()):
            if not same(path, self.folder / path.name):
                fresh = self.folder / f"{_BUILDING}{path.name}"
                shutil.copy2(path, fresh)
                staged.append(fresh)
        return staged

    def _put(self, version: Path, staged: Iterable[Path]) -> None:
        """Give staged copies their names; remove copies that the version has not."""
        for fresh in staged:
            fresh.replace(self.folder / fresh.name.removeprefix(_BUILDING))
        names = {path.name for path in version.iterdir()}
        for path in self.folder.iterdir():
            # What somebody else put here stays: it is not ours to remove.
            if path.is_file() and path.name in _OURS - names:
                path.unlink()

    def _sweep(self, keep: str | None = None) -> None:
        """Remove leftovers of killed builds and, with *keep*, every other version.

        What cannot be removed now (a reader holds it open, on Windows) goes at the next start.
        """
        with suppress(OSError):
            for path in self.folder.glob(f"{_BUILDING}*"):
                path.unlink()
        versions = self.folder / _VERSIONS
        for path in versions.iterdir() if versions.is_dir() else ():
            if path.name.startswith(_BUILDING) or (keep is not None and path.name != keep):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:  # of a file manager, or of a program that synchronises folders
                    with suppress(OSError):
                        path.unlink()


class Draft:
    """The files of a version that does not count yet. Made by `Shelf.draft`.

    The version is named by a digest of its content: the same files again
    change nothing.
    """

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.folder = folder
        self._shelf = shelf
        self._digests: dict[str, bytes] = {}

    def write(self, name: str, content: bytes | Iterable[bytes]) -> Path:
        """Write one file, whole or part by part.

        Raises:
            WorkspaceError: it cannot be written.
        """
        digest = hashlib.sha256()
        parts = (content,) if isinstance(content, bytes) else content
        try:
            write_private(self.folder / name, _counted(parts, digest.update), durably=True)
        except OSError as error:
            raise cannot_write(self._shelf.folder, error) from error
        self._digests[name] = digest.digest()
        return self.folder / name

    @property
    def digest(self) -> str:
        """Of the names and bytes of all files so far; the version's name once it is published."""
        whole = hashlib.sha256()
        for name, digest in sorted(self._digests.items()):
            whole.update(name.encode() + b"\0" + digest)
        return whole.hexdigest()[:16]

    def publish(self) -> Path:
        """Let this version count, and no other. Returns its folder.

        Raises:
            WorkspaceError: it cannot be put in place; the old one still counts.
        """
        return self._shelf.adopt(self.folder, self.digest)


def _counted(parts: Iterable[bytes], told: Callable[[bytes], object]) -> Iterator[bytes]:
    for part in parts:
        told(part)
        yield part


def kept_graphs(output: Path) -> tuple[Path, ...]:
    """The graphs that count, of every audience: their databases stay in the cache."""
    versions = (Shelf(output, audience).current() for audience in Audience)
    return tuple(version / "harvest.trig" for version in versions if version)


def _untouched(one: Path, other: Path) -> bool:
    """Is *other* still the copy made of *one*? Its times came with it; an edit moves them."""
    try:
        a, b = one.stat(), other.stat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(b.st_mode) and a.st_size == b.st_size and a.st_mtime_ns == b.st_mtime_ns


def _same(one: Path, other: Path) -> bool:
    """Do two files hold the same bytes?"""
    return other.is_file() and filecmp.cmp(one, other, shallow=False)
