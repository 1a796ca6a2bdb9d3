"""A server over time: a new release, a forgetting, too much at once, Ctrl-C."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

_COUNT = "/sparql?" + urlencode(
    {"query": "SELECT (COUNT(?o) AS ?n) WHERE { ?o a oh:Outcome }", "format": "json"}
)
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def copied(project, tmp_path):
    """A project of the test's own."""
    folder = tmp_path / "demo"
    shutil.copytree(project, folder)
    return folder


def _outcomes(server) -> int:
    return int(json.loads(server.ask(_COUNT)[2])["results"]["bindings"][0]["n"]["value"])


def test_what_another_command_makes_is_served_next(serving, copied):
    """Built and released anew beside a running server: the next answer is of the new one."""
    server = serving(copied)
    before = _outcomes(server)
    settings = copied / "kg.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('name = "', 'name = "Renamed '),
        encoding="utf-8",
    )
    for step in (["build", "--no-ner"], ["release", "--sign-off", "T"]):
        subprocess.run([sys.executable, "-m", "kg", "-C", str(copied), "-q", *step], check=True)
    _, _, page = server.ask("/api")

    assert before > 0
    assert b"Renamed " in page
    assert _outcomes(server) == before


def test_while_something_is_forgotten_nothing_is_told(serving, copied):
    """503, on every address, until kg forget has ended."""
    server = serving(copied)
    assert server.ask(_COUNT)[0] == 200
    mark = copied / ".kg" / "forgetting"
    mark.parent.mkdir(exist_ok=True)
    mark.write_text("[]", encoding="utf-8")
    paths = ("/", _COUNT, "/questions", "/questions/by-year", "/api", "/openapi.json")
    during = [server.ask(path) for path in paths]
    mark.unlink()

    # The library of the public copy is that of the product, and of no harvest.
    assert [status for status, _, _ in during] == [503, 503, 200, 503, 503, 503]
    assert server.ask(_COUNT)[0] == 200


def test_a_question_without_end_is_stopped_and_the_next_is_right(server):
    """504 with the limit named; nothing hangs behind it."""
    path = "/sparql?" + urlencode({"query": _ENDLESS, "timeout": "0.5"})
    status, _, body = server.ask(path)

    assert status == 504
    assert body == b"The question was stopped after 0.5 seconds; ask a narrower one.\n"
    assert server.ask(_COUNT)[0] == 200


def test_a_client_cannot_allow_itself_more_time(serving, project):
    """timeout= is held to that of the server."""
    server = serving(project, "--timeout", "0.5")
    status, _, body = server.ask("/sparql?" + urlencode({"query": _ENDLESS, "timeout": "600"}))

    assert status == 504
    assert b"0.5 seconds" in body


def test_too_many_at_once_are_told_to_come_again(server):
    """A clean 503 beyond the limit, never a wrong answer; all is well afterwards."""
    path = "/sparql?" + urlencode({"query": _ENDLESS, "timeout": "1"})
    with ThreadPoolExecutor(40) as pool:
        answers = [*pool.map(lambda _: server.ask(path), range(40))]
    refused = [(headers, body) for status, headers, body in answers if status == 503]

    assert {status for status, _, _ in answers} == {503, 504}
    assert all(headers["retry-after"] == "1" and b"Too many" in body for headers, body in refused)
    assert server.ask(_COUNT)[0] == 200


@pytest.mark.skipif(sys.platform != "linux", reason="NO /proc HERE: memory is not looked at.")
def test_threads_keep_no_memory_of_their_own(serving, project):
    """Heaps of threads are kept for good, and grow with every question: there is none."""
    server = serving(project)
    with ThreadPoolExecutor(40) as pool:
        answers = [*pool.map(lambda _: server.ask("/questions")[0], range(80))]
    heaps = _heaps_of_threads(server.process.pid)

    assert (set(answers), heaps) == ({200}, 0)


def _heaps_of_threads(process: int) -> int:
    """Those of glibc: writable memory of no file that begins at a multiple of 64 MB."""
    maps = Path(f"/proc/{process}/maps").read_text("ascii").splitlines()
    parts = [line.split() for line in maps]
    starts = [int(p[0].split("-")[0], 16) for p in parts if p[1] == "rw-p" and len(p) == 5]
    return sum(start % (64 << 20) == 0 for start in starts)


def test_it_ends_with_ctrl_c_and_says_so(serving, project):
    """One line, status 0, and nothing that was asked in what it said."""
    server = serving(project)
    server.ask("/questions/search?" + urlencode({"text": "CANARY-5521"}))
    server.ask("/sparql?" + urlencode({"query": "SELECT CANARY-5521"}))
    said = server.stop()

    assert server.process.returncode == 0
    assert "CANARY" not in said
    assert "Traceback" not in said
    assert said.strip().endswith("Stopped.")


def test_a_port_that_is_taken_is_told(server, project):
    """One line with the next step."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", str(project), "serve", "--port", str(server.port)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 1
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_release_it_says_what_to_do(copied):
    """The default is the public copy: it has to be made first."""
    shutil.rmtree(copied / "output" / "public")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", str(copied), "serve", "--port", "0"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 1
    assert "kg release" in done.stderr
