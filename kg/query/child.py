"""The process in which a question runs. Started by `kg.query.run`; imports the engine alone.

    python -I -S child.py FOLDER_OF_PYOXIGRAPH   < request (JSON)   > answer

The answer is W3C's JSON for SELECT and ASK, or N-Triples; behind it stands a
line of JSON ({"kind": …} or {"error": …}), without which it is incomplete.
Before the question runs, the process gives up memory beyond a budget,
processor time and new files or connections: an engine that wanted to call out
could not open a socket.
"""

import contextlib
import json
import re
import sys


def limit(seconds: float, memory: int) -> None:
    """Give up what a question may not take. Windows lacks such limits; the clock is left."""
    try:
        import resource
    except ImportError:
        return
    allowed = _address_space() + memory
    cpu = int(seconds) + 1 + int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    for kind, soft, hard in (
        (resource.RLIMIT_AS, allowed, allowed),
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    ):
        # A system that knows a limit by name alone (macOS and memory): the gate and the clock are
        # what holds there.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (macOS)."""
    import resource

    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib costs start-up
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def main() -> None:
    """Read one request, answer it, end."""
    sys.path.append(sys.argv[1])
    from pyoxigraph import (
        QueryBoolean,
        QueryResultsFormat,
        QuerySolutions,
        RdfFormat,
        Store,
        serialize,
    )

    out = sys.stdout.buffer

    request = json.loads(sys.stdin.buffer.read())
    if request["database"]:
        store = Store.read_only(request["database"])
    else:
        store = Store()
        store.bulk_load(path=request["trig"], format=RdfFormat.TRIG)
    limit(request["seconds"], request["memory"])
    last: dict[str, object]
    try:
        found = store.query(request["query"], use_default_graph_as_union=True)
        if isinstance(found, QuerySolutions | QueryBoolean):
            found.serialize(out, format=QueryResultsFormat.JSON)
            last = {"kind": "select" if isinstance(found, QuerySolutions) else "ask"}
        else:
            serialize(found, out, format=RdfFormat.N_TRIPLES)
            last = {"kind": "graph"}
    except SyntaxError as error:
        # Place alone: the engine's message may quote the query.
        found_at = re.search(r"\bat (\d+):(\d+)", str(error))
        line, column = found_at.groups() if found_at else ("1", "1")
        last = {"error": "syntax", "line": int(line), "column": int(column)}
    except MemoryError:
        last = {"error": "memory"}
    except (OSError, RuntimeError, ValueError) as error:
        last = {"error": "engine", "name": type(error).__name__}
    out.write(b"\n" + json.dumps(last).encode())
    out.flush()


if __name__ == "__main__":
    main()
