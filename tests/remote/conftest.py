"""Real SPARQL servers on loopback, and one that answers wrongly."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{inner}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _answering(process: "subprocess.Popen[bytes]", address: str, seconds: float = 120) -> None:
    """Until a server answers: bounded, generously, for a machine that is busy."""
    for _ in range(int(seconds * 10)):
        if process.poll() is not None:
            raise AssertionError("the server ended")
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, timeout=5, trust_env=False)
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextlib.contextmanager
def _running(
    command: list[str], address: str, *, path: str = "/", cwd: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that answers, and is gone afterwards."""
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answering(process, address + path)
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def oxigraph() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Starts Oxigraph servers with options of their own."""
    return _oxigraph


class Address(str):
    """Where a server is, and its process."""

    process: "subprocess.Popen[bytes]"


@contextlib.contextmanager
def _oxigraph(*options: str) -> Iterator[str]:
    """The Oxigraph server, in memory unless told where; its address."""
    program = Path(sys.executable).with_name("oxigraph")
    port = free_port()
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}", *options]
    with _running(command, f"http://127.0.0.1:{port}") as process:
        address = Address(f"http://127.0.0.1:{port}")
        address.process = process
        yield address


@pytest.fixture(scope="session")
def union() -> Iterator[str]:
    """An Oxigraph that answers over the union of its graphs."""
    with _oxigraph("--union-default-graph") as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory) -> Iterator[str]:
    """Virtuoso 7, as Debian has it; user and password are dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("NO VIRTUOSO HERE: apt-get install virtuoso-opensource-7-bin")
    folder = tmp_path_factory.mktemp("virtuoso")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(port=port, inner=free_port()))
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, f"http://127.0.0.1:{port}", path="/sparql", cwd=folder):
        yield f"http://127.0.0.1:{port}"


@dataclass
class Wrong:
    """A server that answers as it is told, and remembers what it was sent."""

    address: str
    answer: Callable[[BaseHTTPRequestHandler], None]
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def wrong() -> Iterator[Callable[..., Wrong]]:
    """Starts such servers; they end with the test."""
    with contextlib.ExitStack() as ending:

        def starting(answer: Callable[[BaseHTTPRequestHandler], None]) -> Wrong:
            class Handler(BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def handle_any(self) -> None:
                    length = int(self.headers.get("content-length") or 0)
                    self.body = self.rfile.read(length)
                    headers = {name.lower(): value for name, value in self.headers.items()}
                    made.seen.append((self.command, self.path, headers))
                    answer(self)
                    self.close_connection = True

                do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - its names

                def log_message(self, *_: object) -> None:
                    return

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            ending.callback(server.server_close)
            ending.callback(server.shutdown)
            made = Wrong(f"http://127.0.0.1:{server.server_port}", answer)
            return made

        yield starting
