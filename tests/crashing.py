"""Imported by the server that forks the commands of `test_crashes.py`: all that is slow, once.

No database is opened here: the engine's threads would not live on in a child.
"""

import os
import signal
import sys
import time
from pathlib import Path

import kg.cli.app
import kg.cli.forget
import kg.cli.project
import kg.cli.release
import kg.cli.review
import kg.forget
import kg.pipeline
import kg.release  # noqa: F401
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
        limits: `fsize` bytes that a file may have, `uid` to become, `wait` milliseconds in a build.
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
        patient(limits["wait"] / 1000)
    sys.argv = ["kg", "-C", root, *arguments]
    os.chdir(root)
    from kg.cli import main

    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


def patient(seconds: float) -> None:
    """Let whoever holds the folder hold it for a while."""
    from kg import pipeline

    walked = pipeline._walked

    def slowly(*arguments: object) -> object:
        time.sleep(seconds)
        return walked(*arguments)

    pipeline._walked = slowly


def here() -> str:
    """The folder to import this from."""
    return str(Path(__file__).parent)
