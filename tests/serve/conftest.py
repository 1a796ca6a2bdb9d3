"""A real `kg serve` on a free port of the loopback interface, and a client without any manners."""

import contextlib
import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.api import build
from kg.start import start_project


@dataclass
class Server:
    """What `kg serve` printed, and how to ask it."""

    port: int
    lines: list[str]
    project: Path
    process: "subprocess.Popen[str]" = field(repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The token that was printed; "" where none is asked for."""
        return next((s.rpartition(" ")[2] for s in self.lines if s.startswith("Token")), "")

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers in lower case, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            said = dict(headers or {})
            connection.putrequest(method, path, skip_host="Host" in said, skip_accept_encoding=True)
            for name, value in said.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return (
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                answer.read(),
            )
        finally:
            connection.close()

    def stop(self) -> str:
        """Ctrl-C; what was said on stderr."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        _, err = self.process.communicate(timeout=60)
        return err


def start(project: Path, *options: str) -> Server:
    """Run `kg serve` there, and wait until it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "-C", str(project), "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    lines = []
    for line in process.stdout or ():
        lines.append(line.rstrip("\n"))
        if line.startswith(("All addresses", "Toutes")):
            break
    if "internal" in options:
        lines.append((process.stdout or iter(())).readline().rstrip("\n"))
    found = re.search(r"127\.0\.0\.1:(\d+)", "\n".join(lines))
    if found is None:
        raise AssertionError(process.communicate()[1])
    return Server(int(found[1]), lines, project, process)


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """The example, built and released."""
    folder = tmp_path_factory.mktemp("served") / "demo"
    start_project(folder, demo=True)
    (folder / "queries").mkdir()
    (folder / "queries" / "kivuli-desk.rq").write_text(
        "#+ summary: Ours\nSELECT ?s WHERE { ?s a <https://w3id.org/outcome-harvest/ns#Outcome> } "
        "ORDER BY ?s\n",
        encoding="utf-8",
    )
    build(project=folder, ner=False).release()
    return folder


@pytest.fixture(scope="session")
def server(project) -> Iterator[Server]:
    """The public copy, served."""
    running = start(project)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def internal(project) -> Iterator[Server]:
    """The internal copy, served to who has the token."""
    running = start(project, "--audience", "internal")
    yield running
    running.stop()


@pytest.fixture
def serving() -> Iterator[Callable[..., Server]]:
    """Starts servers that end with the test."""
    with contextlib.ExitStack() as ending:

        def starting(project: Path, *options: str) -> Server:
            running = start(project, *options)
            ending.callback(running.stop)
            return running

        yield starting
