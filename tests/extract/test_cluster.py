"""A Dask cluster gives the answers of one process."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import table
from kg.config import load_config
from kg.errors import UsageError
from kg.extract import Task, cluster, find_names
from kg.extract.cluster import ClusterError
from kg.extract.passage import Known
from kg.extract.whole import alone
from kg.pipeline import build
from kg.places import Places

TEXT = "The Quorra Legal Clinic (QLC) met Zubeyda Canaryworth {} times in Botswana."
_FOREVER = 120  # seconds: a cluster that does not come fails the test, however slow the machine


class Dask:
    """A scheduler and workers of this machine, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def scheduler(self, *, before: str = "") -> str:
        """Start one; *before* is Python that runs first."""
        told = self._folder / "scheduler.json"
        self._start(before, "scheduler", "--port", "0", "--scheduler-file", str(told))
        self.address = _once(lambda: json.loads(told.read_text())["address"])
        return self.address

    def worker(self, *, before: str = "") -> subprocess.Popen[bytes]:
        """Start one, with one thread, and nobody to start it again."""
        options = ("--no-nanny", "--nthreads", "1", "--local-directory", str(self._folder))
        return self._start(before, "worker", self.address, *options)

    def logs(self) -> str:
        """All that was printed."""
        return "".join(path.read_text("utf-8") for path in self._folder.glob("*.log"))

    def _start(self, before: str, *words: str) -> subprocess.Popen[bytes]:
        code = f"{before}\nfrom distributed.cli import dask_{words[0]} as it\nit.main()"
        with (self._folder / f"{len(self._started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *words[1:], "--host", "127.0.0.1", "--no-dashboard"],
                stdout=log,
                stderr=log,
            )
        self._started.append(process)
        return process

    def end(self) -> None:
        """End what was started."""
        for process in reversed(self._started):
            process.kill()
            process.wait()


def _once(said):
    """The answer, as soon as there is one."""
    ready = threading.Event()
    for _ in range(_FOREVER * 20):
        try:
            return said()
        except (OSError, ValueError, KeyError):
            ready.wait(0.05)
    raise AssertionError("the scheduler did not come")


@pytest.fixture
def dask(tmp_path) -> Iterator[Dask]:
    """Where to start a cluster."""
    started = Dask(tmp_path)
    yield started
    started.end()


@pytest.fixture
def quick(monkeypatch):
    """Nobody is waited for who will not come."""
    monkeypatch.setattr(cluster, "WAIT", 0.5)


@pytest.fixture
def patient(monkeypatch):
    """Workers are waited for, however slow the machine is."""
    monkeypatch.setattr(cluster, "WAIT", float(_FOREVER))


@pytest.fixture
def fragments(fragment):
    """More records than two batches hold."""
    return [fragment(TEXT.format(number), key=f"f{number}") for number in range(40)]


@pytest.fixture
def task():
    """Rules alone: the quicker to start."""
    return Task(organisations=(), places=Places.load(), ner=False)


class _Deadly:
    """A passage that ends the first worker who opens it, and is itself for the second."""

    def __init__(self, passage, mark: Path) -> None:
        self._passage, self._mark = passage, mark

    def __reduce__(self):
        code = "passage if mark.exists() else mark.touch() or __import__('os')._exit(1)"
        return (eval, (code, {"passage": self._passage, "mark": self._mark}))


_WRITTEN = ("harvest.trig", "mentions.jsonl", "records.jsonl", "explorer.html")


def _built(folder: Path, **how: Any) -> tuple[dict[str, bytes], list[int]]:
    """What a build of 40 records wrote, and how far its readers said that they were."""
    folder.mkdir()
    (folder / "harvest.csv").write_text(table(40, lean=True), encoding="utf-8", newline="")
    told: list[int] = []

    def progress(step: str, done: int, total: int) -> None:
        if step == "reading texts":
            told.append(done)

    made = build(
        load_config(folder), [folder / "harvest.csv"], ner=False, progress=progress, **how
    ).folder
    return {name: (made / name).read_bytes() for name in _WRITTEN}, told


@pytest.mark.usefixtures("patient")
def test_a_worker_that_dies_in_the_middle_loses_nothing(dask, fragments, task, tmp_path):
    """Two processes or two workers write the files of one; a worker that ends costs none of it."""
    dask.scheduler()
    workers = [dask.worker(), dask.worker()]
    alike = [
        _built(tmp_path / name, **how)
        for name, how in {"one": {}, "jobs": {"jobs": 2}, "dask": {"dask": dask.address}}.items()
    ]
    mark = tmp_path / "died"
    known = Known.of(fragments)
    passages = [known.passage(each) for each in fragments]
    with alone(task) as read:
        expected = list(read(passages))
    with cluster.cluster(task, address=dask.address) as read:
        passages[20] = _Deadly(passages[20], mark)
        damaged = list(read(passages))

    assert [
        sorted(name for name in _WRITTEN if found[name] != alike[0][0][name]) for found, _ in alike
    ] == [[], [], []]
    assert [told for _, told in alike] == [list(range(1, 41))] * 3
    assert damaged == expected
    assert (mark.exists(), sorted(w.poll() is None for w in workers)) == (True, [False, True])
    assert not re.search("Zubeyda|Valdoria", dask.logs())


@pytest.mark.usefixtures("patient")
def test_a_worker_with_other_rules_is_refused(dask, fragments, task):
    """It would find other names; nothing of its answer is taken."""
    dask.scheduler()
    dask.worker(before="import kg.extract.settings as s\ns._rules = lambda: 'others'")
    names = find_names(fragments, task, crew=partial(cluster.cluster, address=dask.address))

    with pytest.raises(ClusterError, match="another version of kg"):
        list(names)
    assert "Zubeyda" not in dask.logs()


@pytest.mark.usefixtures("patient")
def test_a_scheduler_of_another_version_is_refused(dask, task):
    """Both versions stand in the line."""
    other = "import distributed.versions as v\nv._version_cached = lambda name: '2024.1.0'"
    address = dask.scheduler(before=other)

    with pytest.raises(ClusterError, match=r"distributed 2024\.1\.0, this machine 20"):
        cluster.cluster(task, address=address).__enter__()


@pytest.mark.usefixtures("quick")
def test_no_scheduler_is_told_in_one_line(task):
    """Nobody listens, or somebody who never answers: a line, and no endless wait."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = f"127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(ClusterError, match="no Dask scheduler answers there"):
            cluster.cluster(task, address=silent).__enter__()

    with pytest.raises(ClusterError, match="no Dask scheduler answers there"):
        cluster.cluster(task, address=silent).__enter__()


@pytest.mark.parametrize("address", ["", "processes", "http://127.0.0.1:1", "inproc://x/1/1"])
def test_only_an_address_that_was_typed_is_connected_to(task, address):
    """Dask would start a cluster of its own, or find one by itself; kg does not let it."""
    with pytest.raises(UsageError, match="expected HOST:PORT"):
        cluster.cluster(task, address=address).__enter__()


def test_tls_without_keys_is_told(task, monkeypatch):
    """What is missing is the configuration of Dask."""
    for name in [name for name in os.environ if name.startswith("DASK_")]:
        monkeypatch.delenv(name)

    with pytest.raises(ClusterError, match=r"distributed\.comm\.tls"):
        cluster.cluster(task, address="tls://127.0.0.1:1").__enter__()
