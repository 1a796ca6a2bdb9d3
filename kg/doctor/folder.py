"""Whether a project's folder keeps what kg rests on: secrecy, locks, whole files, space."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kg.doctor.line import Line, Lines, Weight
from kg.doctor.machine import GIGABYTE
from kg.private import FILE_MODE, write_private

_GROUP = "folder"
#: A build of 10,000 records keeps 1.2 GB, and as much again while the next one is made.
_ENOUGH = 2 * GIGABYTE
_LEAST = GIGABYTE // 5
_MOUNTS = Path("/proc/mounts")
_NOT_OTHERS = 0o077


def try_folder(root: Path, output: Path, private: Path) -> Lines:
    """What holds in a project's folder, tried with files that are gone again at once.

    Args:
        root: The project folder.
        output: Where its builds go; it may not be there yet.
        private: Its `.kg`.
    """
    there = next(p for p in (output, *output.parents) if p.is_dir())
    # A folder of the same disk, under the project's, keeps what that one keeps.
    beside = there.is_relative_to(root) and there.stat().st_dev == root.stat().st_dev
    places = [root] if beside else [root, there]
    yield Line(_GROUP, "place", Weight.OK, {"path": str(root)})
    for place in places:
        yield from _tried(place)
    yield from _space(there)
    yield from _elsewhere(root, there)
    yield from _readable([output / "internal", private])


def _tried(place: Path) -> Lines:
    values = {"path": str(place)}
    try:
        with tempfile.TemporaryDirectory(prefix=".kg-doctor-", dir=place) as made:
            here = Path(made)
            write_private(here / "one", b"1")
            write_private(here / "two", b"2")
            modes = (here / "one").stat().st_mode & 0o777 == FILE_MODE
            (here / "one").replace(here / "two")
            locks = _locks(here / "lock")
    except OSError as error:
        values["why"] = (error.strerror or type(error).__name__).lower()
        yield Line(_GROUP, "not-writable", Weight.STEP, values)
        return
    if os.name == "nt":
        yield Line(_GROUP, "modes-windows", Weight.TOLD, values)
    else:
        weight = Weight.OK if modes else Weight.TOLD
        yield Line(_GROUP, "modes" if modes else "modes-none", weight, values)
    yield Line(
        _GROUP, "locks" if locks else "locks-none", Weight.OK if locks else Weight.STEP, values
    )


def _locks(path: Path) -> bool:
    """Is a second holder of a lock refused?"""
    with FileLock(path, timeout=0):
        try:
            with FileLock(path, timeout=0, is_singleton=False):
                return False
        except Timeout:
            return True
        except NotImplementedError:
            return False


def _space(place: Path) -> Lines:
    free = shutil.disk_usage(place).free
    values = {"free": f"{free / GIGABYTE:.1f}"}
    if free < _LEAST:
        yield Line(_GROUP, "space-none", Weight.STEP, values)
    elif free < _ENOUGH:
        yield Line(_GROUP, "space-little", Weight.TOLD, values)
    else:
        yield Line(_GROUP, "space", Weight.OK, values)


def _elsewhere(root: Path, there: Path) -> Lines:
    """Whether somebody else's machine gets what stands in the project, or in its output."""
    beside = sorted(synchronised(root, os.environ))
    copied = sorted(synchronised(there, os.environ))
    kinds = sorted({kind for place in (root, there) if (kind := _shared(place))})
    if copied:
        yield Line(_GROUP, "synchronised", Weight.STEP, {"names": ", ".join(copied)})
    elif beside:
        yield Line(_GROUP, "synchronised-beside", Weight.TOLD, {"names": ", ".join(beside)})
    if kinds:
        yield Line(_GROUP, "shared", Weight.STEP, {"names": ", ".join(kinds)})
    if not (copied or beside or kinds):
        yield Line(_GROUP, "own", Weight.OK)


@cache
def _known() -> Mapping[str, Any]:
    import yaml

    text = Path(__file__).with_name("places.yaml").read_text("utf-8")
    known: Mapping[str, Any] = yaml.safe_load(text)
    return known


def synchronised(place: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The services that copy a folder to other machines, as far as its names and files tell.

    >>> [*synchronised(Path("/home/x/OneDrive - Lantern/harvest"), {})]
    ['OneDrive']
    >>> [*synchronised(Path("/home/x/boxes/dropboxes"), {})]
    []
    """
    parts = [part.casefold() for part in place.parts]
    for service, about in _known()["synchronised"].items():
        names = "|".join(map(re.escape, about.get("folders", ())))
        named = names and any(re.match(rf"(?:{names})(?=$|[ (-])", part) for part in parts)
        roots = [Path(path) for v in about.get("variables", ()) if (path := environment.get(v))]
        inside = any(place.is_relative_to(root) for root in roots)
        above = (place, *place.parents)
        marked = any((up / mark).exists() for mark in about.get("markers", ()) for up in above)
        if named or inside or marked:
            yield service


def _shared(place: Path) -> str:
    """The type of a network's file system that holds a folder; "" for a disk of this machine."""
    if str(place).startswith("\\\\"):
        return "\\\\"
    if not _MOUNTS.is_file():
        return ""
    return shared(place, _MOUNTS.read_text("utf-8", "replace"))


def shared(place: Path, mounts: str) -> str:
    r"""The same, by the lines of `/proc/mounts`.

    >>> shared(Path("/srv/data/harvest"), "disk / ext4 rw 0 0\nhost:/x /srv/data nfs4 rw 0 0")
    'nfs4'
    """
    found = ("", "")
    for line in mounts.splitlines():
        _, mount, kind, *_ = line.split(" ")
        path = mount.replace("\\040", " ")
        if place.is_relative_to(path) and len(path) >= len(found[0]):
            found = (path, kind)
    return found[1] if found[1] in _known()["shared"] else ""


def _readable(private: list[Path]) -> Lines:
    """What others of this machine may read although it is confidential."""
    if os.name == "nt":
        return
    open_ones = [p for p in private if p.is_dir() and p.stat().st_mode & _NOT_OTHERS]
    if open_ones:
        paths = ", ".join(map(str, open_ones))
        yield Line(_GROUP, "others-read", Weight.STEP, {"path": paths})
