"""Which limits hold on this machine: those of a question's process, memory, processors."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from kg import query
from kg.doctor.line import Line, Lines, Weight

_GROUP = "machine"
_PROBE = Path(query.__file__).with_name("probe.py")
_SECONDS = 60
GIGABYTE = 1 << 30
#: A build of 10,000 records took 2.4 GB at its peak, one of 1,000 0.7 (docs/speed.md).
_ENOUGH = 4 * GIGABYTE
_LEAST = 1 * GIGABYTE
_UNLIMITED = 1 << 60


def try_machine() -> Lines:
    """Limits, memory, processors, a browser."""
    yield _limits()
    yield _memory()
    yield Line(_GROUP, "processors", Weight.OK, {"count": str(os.cpu_count() or 1)})
    yield _browser()
    yield Line(_GROUP, "needs-nothing", Weight.OK)


def _limits() -> Line:
    """What a process that answers a question has really given up, tried in one."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-S", str(_PROBE)],
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        held: dict[str, bool] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Line(_GROUP, "limits-unknown", Weight.STEP, {"why": type(error).__name__})
    if all(held.values()):
        return Line(_GROUP, "limits", Weight.OK)
    some = "limits-some" if any(held.values()) else "limits-none"
    return Line(_GROUP, some, Weight.TOLD)


def _memory() -> Line:
    """The least of what the machine has, what its container may use, what this process may."""
    size = min(filter(None, (_physical(), _container(), _allowed())), default=0)
    if not size:
        return Line(_GROUP, "memory-unknown", Weight.TOLD)
    values = {"size": f"{size / GIGABYTE:.1f}"}
    if size < _LEAST:
        return Line(_GROUP, "memory-least", Weight.STEP, values)
    weight = Weight.OK if size >= _ENOUGH else Weight.TOLD
    return Line(_GROUP, "memory" if weight is Weight.OK else "memory-little", weight, values)


def _physical() -> int:
    with suppress(AttributeError, ValueError, OSError):  # Windows has no sysconf
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def _container() -> int:
    with suppress(OSError, ValueError):
        return int(Path("/sys/fs/cgroup/memory.max").read_text("ascii"))  # "max": no limit
    return 0


def _allowed() -> int:
    """The address space that whoever started this process allows (`ulimit -v`)."""
    try:
        import resource
    except ImportError:
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 0 if soft in {resource.RLIM_INFINITY, -1} or soft >= _UNLIMITED else soft


def _browser() -> Line:
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return Line(_GROUP, "no-browser", Weight.TOLD)
    return Line(_GROUP, "browser", Weight.OK)
