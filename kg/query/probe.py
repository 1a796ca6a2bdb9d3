"""Finds out which limits of a question's process hold here. Started by `kg doctor`.

    python -I -S probe.py   > {"memory": true, "files": true, "time": true}

It gives up what `child.py` gives up, and then tries to take it all the same.
"""

import json
import os
import runpy

_MEGABYTE = 1 << 20
_ALLOWED = 64 * _MEGABYTE
_TOO_MUCH = 1024 * _MEGABYTE


def main() -> None:
    """Give up memory, files and time; tell what is really gone."""
    child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child.py")  # noqa: PTH100, PTH118, PTH120 - as child.py: start-up
    limit = runpy.run_path(child)["limit"]
    limit(5, _ALLOWED)
    told = {"memory": False, "files": False, "time": False}
    try:
        bytearray(_TOO_MUCH)
    except MemoryError:
        told["memory"] = True
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        told["files"] = True
    try:
        import resource
    except ImportError:
        pass  # Windows: there is no such limit
    else:
        told["time"] = resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY
    print(json.dumps(told))  # noqa: T201 - the answer of this process


if __name__ == "__main__":
    main()
