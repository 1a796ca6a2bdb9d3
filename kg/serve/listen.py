"""Listens on this machine alone, until it is told to stop."""

import ctypes
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from kg.errors import WorkspaceError

HOST = "127.0.0.1"
#: Seconds in which answers under way may end after Ctrl-C.
_GRACE = 3
_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>


def opened(port: int) -> socket.socket:
    """A socket that listens on *port* of the loopback interface; 0: any that is free.

    Raises:
        WorkspaceError: something else listens there, or it is not allowed.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise WorkspaceError(
            f"Port {port} of this machine cannot be listened on ({error.strerror}); choose another "
            "one, e.g. kg serve --port 8711, or --port 0 for any that is free."
        ) from None
    return listening


def listen(app: ASGIApp, listening: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C. *ready* is called once, when a request would be answered.

    Nothing is logged: a log of requests would be a log of what people looked for.
    """
    config = uvicorn.Config(
        app, lifespan="off", ws="none", http="h11", log_config=None, log_level="critical",
        access_log=False, server_header=False, timeout_graceful_shutdown=_GRACE,
        # The address of a GET holds the query: longer ones are sent by POST.
        h11_max_incomplete_event_size=1 << 16,
    )  # fmt: skip
    _keep_memory_together()
    server = uvicorn.Server(config)
    ready()
    server.run(sockets=[listening])


def _keep_memory_together() -> None:
    """Let all threads take memory from one place, where the C library is glibc.

    It gives each thread an arena of its own, and arenas keep what they once had: a server whose
    threads come and go grew by 45 MB in half a minute. Python runs one thread at a time, so that
    none waits for another here.
    """
    if sys.platform == "linux":
        set_option = getattr(ctypes.CDLL(None), "mallopt", None)
        if set_option is not None:
            set_option(_ARENA_MAX, 1)
