"""Imported by the server that forks the commands of `test_crashes.py`: all that is slow, once.

No database is opened here: the engine's threads would not live on in a child.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import kg.cli.app
import kg.cli.forget
import kg.cli.project
import kg.cli.release
import kg.cli.review
import kg.forget
import kg.pipeline
import kg.release
import kg.review  # noqa: F401
from kg.extract.lexicon import lexicon
from kg.places import Places
from kg.query import load_library
from kg.resources import resource
from kg.vocabulary import load_vocabulary

if __name__ != "__main__":
    lexicon()
    load_vocabulary()
    Places.load()
    load_library(resource("queries"))


def command(root: str, told: str, arguments: tuple[str, ...], limits: dict[str, int]) -> None:
    """Run `kg` in this process, what it says in a file; ends the process.

    Args:
        root: The project folder.
        told: File for stderr and stdout.
        arguments: Of `kg`.
        limits: `fsize` bytes that a file may have, `uid` to become, `wait` 1 to hold the folder
            until it is told to go on, `shut` 1 to lose the right to write at `event`. Ended by
            `by` (a signal; SIGKILL where there is none) at `event`, a change of the file system
            counted from 1, or after `cpu` microseconds of its own processor time: a busy machine
            moves neither.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if "fsize" in limits:
        import resource as limit

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limit.setrlimit(limit.RLIMIT_FSIZE, (limits["fsize"], limits["fsize"]))
    if limits.get("uid"):
        os.setgid(limits["uid"])
        os.setuid(limits["uid"])
    if "wait" in limits:
        patient(Path(told))
    act = (
        partial(shut, Path(root))
        if limits.get("shut")
        else partial(os.kill, os.getpid(), limits.get("by", signal.SIGKILL))
    )
    changed = changes(limits.get("event", 0), act)
    if "cpu" in limits:
        if "by" in limits:
            signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), limits["by"]))
        # Else the system's own answer to this signal: the process is gone, as by SIGKILL.
        signal.setitimer(signal.ITIMER_PROF, limits["cpu"] / 1e6)
    sys.argv = ["kg", "-C", root, *arguments]
    os.chdir(root)
    from kg.cli import main

    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    signal.setitimer(signal.ITIMER_PROF, 0)
    sys.stdout.flush()
    sys.stderr.flush()
    spent = {"cpu": time.process_time(), "events": changed[0]}
    with contextlib.suppress(OSError):  # the disk may be full, or closed to us
        Path(f"{told}.json").write_text(json.dumps(spent), encoding="ascii")
    os._exit(status if isinstance(status, int) else 1)


_CHANGES = frozenset(
    {
        *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link"),
        *("shutil.rmtree", "shutil.copytree", "shutil.move", "sqlite3.connect", "tempfile.mkdtemp"),
    }
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def changes(end: int, act: Callable[[], object]) -> list[int]:
    """Count what changes the file system, in a list of one; *act* before number *end*."""
    counted = [0]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if writes or event in _CHANGES:
            counted[0] += 1
            if counted[0] == end:
                act()

    sys.addaudithook(watch)
    return counted


def shut(root: Path) -> None:
    """Nothing may be made, removed or renamed in a project from here on, by root neither."""
    if os.geteuid() == 0:
        # Linux: capset(2); out of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, modes bind root too.
        libc = ctypes.CDLL(None, use_errno=True)
        head, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        libc.capget(head, data)
        data[0] &= ~0b110
        if libc.capset(head, data):
            raise OSError(ctypes.get_errno(), "capset")
    for path in (root, *root.rglob("*")):
        if path.is_dir():
            path.chmod(0o500)


def patient(told: Path) -> None:
    """Let whoever holds the folder say so, and hold it until there is a file that says: go on."""
    from kg import pipeline

    walked = pipeline._walked

    def slowly(*arguments: object) -> object:
        Path(f"{told}.holds").touch()
        while not Path(f"{told}.go").exists():
            time.sleep(0.05)
        return walked(*arguments)

    pipeline._walked = slowly


def here() -> str:
    """The folder to import this from."""
    return str(Path(__file__).parent)
