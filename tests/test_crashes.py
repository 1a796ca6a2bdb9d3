"""Killed, interrupted, out of space, not allowed, all at once: never mixed, never stale."""

import csv
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import release
from kg.workspace import Shelf

sys.path.insert(0, str(Path(__file__).parent))
import crashing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals; see threat model")

ALL = "KG_HARM" in os.environ
KILLS = 200 if ALL else 16
#: Of each command: 52 points of all four.
OTHERS = 13 if ALL else 2
#: Seconds after which a command is taken to be stuck: no promise, only an end.
STUCK = 900
NOBODY = 65534

COLUMNS = ("Fragment ID", "Outcome description", "Country", "Confidential")
ROWS = (
    ("QX/012", "In 2031 the Quorra Legal Clinic (QLC) met Dr Zubeyda Okafor.", "Niger", "no"),
    ("QX/013", "In 2031 Horizon Tal Quenda opened a desk with QLC.", "Niger", "no"),
    (
        "QX/014",
        "In 2031 the Zenith Weavers Guild (ZWG) wrote to Horizon Tal Quenda.",
        "Mali",
        "yes",
    ),
)
MORE = ("QX/015", "In 2032 the Mendaro Water Council (MWC) published its accounts.", "Mali", "no")
COMMANDS = {
    "build": ("build",),
    "release": ("release", "--sign-off", "Officer"),
    "review": ("review", "1", "organisation"),
    "forget": ("forget", "QX/012", "--yes"),
}


@pytest.fixture(scope="module")
def forks():
    """Processes with everything imported, none of them ours: the engine's threads do not fork."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crashing"])
    # The server imports before it learns this process's path: it is told by its environment.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        first = context.Process(target=crashing.here)
        first.start()
        first.join()
    return context


def write_source(root: Path, *rows) -> None:
    """The source of a project."""
    with (root / "h.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])


@pytest.fixture(scope="module")
def standing(forks, tmp_path_factory) -> Path:
    """Built and released; then a row more stands in the source."""
    root = tmp_path_factory.mktemp("standing") / "project"
    root.mkdir()
    (root / "kg.toml").write_text(
        '[sources]\nfiles = ["h.csv"]\n[extraction]\nner = false\n', encoding="utf-8"
    )
    write_source(root, *ROWS)
    build(load_config(root))
    release(load_config(root))
    shown = started(forks, root, "review")  # numbers are of the queue that was shown
    shown.join(STUCK)
    write_source(root, *ROWS, MORE)
    return root


def started(forks, root: Path, *arguments: str, told: Path | None = None, **limits: int):
    """A `kg` under way; what it says is in told.txt beside the project."""
    told = told or root.parent / f"{root.name}-told.txt"
    told.touch(0o666)
    told.chmod(0o666)
    child = forks.Process(
        target=crashing.command, args=(str(root), str(told), arguments, limits), daemon=True
    )
    child.start()
    return child


def said(root: Path) -> str:
    """What commands of a project said."""
    return (root.parent / f"{root.name}-told.txt").read_text("utf-8")


def spent(root: Path) -> dict[str, float]:
    """What a command that ended took: `cpu` seconds of its own, `events` on the file system."""
    return json.loads((root.parent / f"{root.name}-told.txt.json").read_text("ascii"))


def versions(root: Path) -> dict[str, dict[str, bytes]]:
    """What counts, by audience, each held to the digest that is its name."""
    found = {}
    for audience in Audience:
        folder = Shelf(root / "output", audience).read()
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        whole = hashlib.sha256()
        for name, content in files.items():
            whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        assert whole.hexdigest()[:16] == folder.name, "half a version counts"
        found[audience.value] = files
    return found


def leftovers(root: Path) -> list[str]:
    """What a killed command may leave, and the next one has to sweep."""
    marks = (".building-", ".edited-", ".key-", "-journal", ".forgotten.csv", ".forgetting")
    counting = {Shelf(root / "output", audience).read().name for audience in Audience}
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.name.startswith(marks)
        or path.name.endswith("-journal")
        or path.name == "forgetting"
        # A version that does not count: it may hold what was withdrawn since.
        or (path.parent.name == ".versions" and path.name not in counting)
    )


def copies(root: Path) -> dict[str, dict[str, bytes]]:
    """The files that people click, as the next reader leaves them."""
    found = {}
    for audience in Audience:
        Harvest(load_config(root), audience)
        folder = root / "output" / audience.value
        found[audience.value] = {
            p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != "CURRENT"
        }
    return found


def a_copy(standing: Path, where: Path) -> Path:
    """The standing project, once more."""
    where.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copytree(standing, where / "project"))


@pytest.fixture(scope="module")
def after(forks, standing, tmp_path_factory) -> dict[str, tuple[dict, dict, bytes]]:
    """By command: what it takes, what counts and what was decided once it has ended well."""
    known = {}
    for name, arguments in COMMANDS.items():
        root = a_copy(standing, tmp_path_factory.mktemp(name))
        child = started(forks, root, *arguments)
        child.join(STUCK)
        assert child.exitcode == 0, said(root)
        known[name] = (spent(root), versions(root), decided(root))
    return known


def decided(root: Path) -> bytes:
    """What stands in decisions.csv."""
    path = root / "decisions.csv"
    return path.read_bytes() if path.exists() else b""


def a_point(number: int, luck: random.Random, whole: dict[str, float]) -> dict[str, int]:
    """Where to end a command: by turns before a change of a file, and after some of its time."""
    if number % 2:
        return {"cpu": 1 + int(luck.uniform(0.02, 1.05) * whole["cpu"] * 1e6)}
    return {"event": luck.randint(1, int(whole["events"]))}


def test_killed_anywhere_nothing_is_mixed_and_nothing_stays(forks, standing, after, tmp_path):
    """Each audience is old or new, whole; the next command ends what was begun and sweeps."""
    luck = random.Random(9)
    old = versions(standing)
    killed = 0
    for number in range(KILLS):
        name = list(COMMANDS)[number % len(COMMANDS)]
        whole, new, choice = after[name]
        root = a_copy(standing, tmp_path / str(number))
        child = started(forks, root, *COMMANDS[name], **a_point(number // 4, luck, whole))
        child.join(STUCK)
        killed += child.exitcode < 0
        for audience, files in versions(root).items():
            assert files in (old[audience], new[audience], files if name == "forget" else None)
        assert decided(root) in (decided(standing), choice)
        again = started(forks, root, "forget", "QX/012", "--yes") if name == "forget" else None
        again = again or started(forks, root, *COMMANDS[name])
        again.join(STUCK)
        assert leftovers(root) == [], name
        assert copies(root) == versions(root)
        if name == "forget":
            assert b"Okafor" not in b"".join(
                path.read_bytes()
                for path in root.rglob("*")
                if path.is_file() and path.name != "h.csv"
            )
        shutil.rmtree(tmp_path / str(number))

    assert killed > KILLS // 2


@pytest.mark.parametrize("name", list(COMMANDS))
def test_interrupted_it_says_one_line_and_leaves_the_old_output(
    forks, standing, after, tmp_path, name
):
    """Ctrl-C at points of a command: exit 130 or done, no traceback, old or new."""
    luck = random.Random(10)
    old, (whole, new, _) = versions(standing), after[name]
    for number in range(OTHERS):
        root = a_copy(standing, tmp_path / str(number))
        point = a_point(number, luck, whole)
        child = started(forks, root, *COMMANDS[name], **point, by=int(signal.SIGINT))
        child.join(STUCK)
        words = said(root)
        assert child.exitcode in (0, 130), words
        assert "Traceback" not in words
        assert words.count("error:") == (child.exitcode == 130), words
        for audience, files in versions(root).items():
            assert files in (old[audience], new[audience]) or name == "forget", sorted(files)
        shutil.rmtree(tmp_path / str(number))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_where_a_file_cannot_grow_the_old_output_stays(forks, standing, tmp_path, name):
    """A file that cannot be written whole: exit 1, one line, nothing changed."""
    old = versions(standing)
    luck = random.Random(11)
    for number in range(OTHERS):
        root = a_copy(standing, tmp_path / str(number))
        child = started(forks, root, *COMMANDS[name], fsize=luck.randrange(100, 60_000))
        child.join(STUCK)
        refused(child, root)
        assert versions(root) == old
        shutil.rmtree(tmp_path / str(number))


def refused(child, root: Path) -> None:
    """A command said one line: something cannot be written; its status is 1."""
    words = said(root)
    assert child.exitcode == 1, words
    assert words.count("error:") == 1, words
    assert "Traceback" not in words
    assert "cannot be written" in " ".join(words.split()), words


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made on Linux alone")
@pytest.mark.parametrize("name", list(COMMANDS))
def test_where_the_disk_is_full_the_old_output_stays(forks, standing, after, tmp_path, name):
    """A disk with hardly any room: done, or exit 1 and one line; old or new; then it works."""
    old, (_, new, _) = versions(standing), after[name]
    luck = random.Random(12)
    taken = sum(p.stat().st_size // 4096 + 1 for p in standing.rglob("*"))
    full = 0
    for number in range(OTHERS):
        disk = tmp_path / str(number)
        disk.mkdir()
        size = f"size={4 * (taken + luck.randint(0, int(0.6 * taken)))}k"
        mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("NO SMALL DISK HERE: only root may mount one; the limit of a file holds.")
        try:
            root = a_copy(standing, disk)
            told = tmp_path / f"{number}-told.txt"
            child = started(forks, root, *COMMANDS[name], told=told)
            child.join(STUCK)
            words = told.read_text("utf-8")
            assert child.exitcode in (0, 1), words
            assert "Traceback" not in words
            assert words.count("error:") == child.exitcode, words
            for audience, files in versions(root).items():
                assert files in (old[audience], new[audience]) or name == "forget"
            full += child.exitcode
            subprocess.run(
                ["mount", "-o", "remount,size=1g", str(disk)], check=True, capture_output=True
            )
            again = started(forks, root, *COMMANDS[name], told=told)
            again.join(STUCK)
            assert leftovers(root) == []
            assert copies(root) == versions(root)
        finally:
            subprocess.run(["umount", str(disk)], check=True, capture_output=True)

    assert full


@pytest.mark.skipif(sys.platform != "linux" and os.geteuid() == 0, reason="modes bind no root")
@pytest.mark.parametrize("name", list(COMMANDS))
def test_where_the_right_to_write_goes_on_the_way_the_old_output_stays(
    forks, standing, after, tmp_path, name
):
    """Nothing may be written from some point on: one line; old or new; then it works again."""
    luck = random.Random(13)
    old, (whole, new, _) = versions(standing), after[name]
    lost = 0
    for number in range(OTHERS):
        root = a_copy(standing, tmp_path / str(number))
        event = luck.randint(1, int(whole["events"]))
        child = started(forks, root, *COMMANDS[name], shut=1, event=event)
        child.join(STUCK)
        words = said(root)
        for path in (root, *root.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)
        assert child.exitcode in (0, 1), words
        assert "Traceback" not in words
        assert words.count("error:") == child.exitcode, words
        for audience, files in versions(root).items():
            assert files in (old[audience], new[audience]) or name == "forget"
        lost += child.exitcode
        again = started(forks, root, *COMMANDS[name])
        again.join(STUCK)
        assert leftovers(root) == [], said(root)
        assert copies(root) == versions(root)
        shutil.rmtree(tmp_path / str(number))

    assert lost or not ALL


@pytest.mark.parametrize("name", list(COMMANDS))
def test_where_nothing_may_be_written_the_old_output_stays(forks, standing, name):
    """A folder without the right to write: exit 1, one line, nothing changed."""
    old = versions(standing)
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        root = a_copy(standing, Path(place))
        uid = NOBODY if os.geteuid() == 0 else 0
        for path in (root, *root.rglob("*")):
            if uid:
                os.chown(path, uid, uid)
            path.chmod(0o500 if path.is_dir() else 0o400)
        child = started(forks, root, *COMMANDS[name], uid=uid)
        child.join(STUCK)
        for path in (root, *root.rglob("*")):
            path.chmod(0o700)
        refused(child, root)
        assert versions(root) == old


@pytest.mark.parametrize("audience", list(Audience))
def test_a_version_that_was_left_is_gone_at_the_next_start(standing, tmp_path, audience):
    """Killed between the pointer and the sweeping: what was withdrawn stays in no folder."""
    root = a_copy(standing, tmp_path)
    left = root / "output" / audience.value / ".versions" / "0123456789abcdef"
    left.mkdir()
    (left / "harvest.trig").write_text("withdrawn", encoding="ascii")
    Harvest(load_config(root), audience)

    assert not left.exists()
    assert leftovers(root) == []


@pytest.mark.parametrize("left", list(Audience))
@pytest.mark.parametrize("asked", list(Audience))
def test_what_a_killed_command_was_making_is_gone_at_the_next_start(
    standing, tmp_path, left, asked
):
    """Of whatever audience it was, and whichever is asked: a draft may hold hidden words."""
    root = a_copy(standing, tmp_path)
    draft = root / "output" / left.value / ".versions" / ".building-abc123"
    draft.mkdir()
    (draft / "harvest.trig").write_text("hidden", encoding="ascii")
    Harvest(load_config(root), asked)

    assert not draft.exists()
    assert leftovers(root) == []


def test_of_eight_builds_at_once_one_wins(forks, standing, after, tmp_path):
    """The others are told so while it still builds, within two seconds of their own time."""
    root = a_copy(standing, tmp_path)
    told = [tmp_path / f"told-{number}.txt" for number in range(8)]
    first = started(forks, root, "build", wait=1, told=told[0])
    holds = Path(f"{told[0]}.holds")
    while not holds.exists():
        assert first.is_alive(), told[0].read_text("utf-8")
        time.sleep(0.05)
    others = [started(forks, root, "build", told=path) for path in told[1:]]
    for child in others:
        child.join(STUCK)
    # The first goes on only now: whoever has ended has not waited for it.
    Path(f"{told[0]}.go").touch()
    first.join(STUCK)
    took = [json.loads(Path(f"{path}.json").read_text("ascii"))["cpu"] for path in told[1:]]

    assert first.exitcode == 0, told[0].read_text("utf-8")
    assert [child.exitcode for child in others] == [1] * 7
    for path in told[1:]:
        assert "another kg is writing here" in " ".join(path.read_text("utf-8").split())
    assert max(took) < 2
    assert versions(root) == after["build"][1] | {"public": versions(standing)["public"]}


def test_of_eight_builds_in_a_race_none_spoils_another(forks, standing, after, tmp_path):
    """Begun at the same moment: one builds; each of the others is refused, or builds after it."""
    root = a_copy(standing, tmp_path)
    racing = [started(forks, root, "build") for _ in range(8)]
    for child in racing:
        child.join(STUCK)
    ends = {child.exitcode for child in racing}

    assert 0 in ends
    assert ends <= {0, 1}, said(root)
    assert versions(root) == after["build"][1] | {"public": versions(standing)["public"]}
    assert leftovers(root) == []


@pytest.mark.parametrize("how", ["truncated", "flipped", "flipped in secret", "of another version"])
def test_a_cache_that_is_not_right_is_made_again(standing, tmp_path, how):
    """The answer is that of the harvest, whatever stands in the cache."""
    root = a_copy(standing, tmp_path)
    asked = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    right = Harvest(load_config(root), Audience.INTERNAL).query(asked).strings()
    hit = 0
    for path in sorted((root / "output" / ".cache").rglob("*.sst")):
        data, times = bytearray(path.read_bytes()), path.stat()
        if how == "truncated":
            data = data[: len(data) // 2]
        elif how == "of another version":
            data[-8:] = b"\0" * 8
        else:
            for at in range(0, len(data), 97):
                data[at] ^= 0xFF
        path.write_bytes(data)
        if how == "flipped in secret":
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        hit += 1
    again = Harvest(load_config(root), Audience.INTERNAL).query(asked).strings()

    assert hit
    assert again == right


def test_all_that_is_kept_is_for_its_owner_alone(standing):
    """Folders 0700, files 0600: inside, in the cache and its databases, in .kg."""
    for folder in ("output/internal", "output/.cache", ".kg"):
        paths = [standing / folder, *(standing / folder).rglob("*")]
        wrong = {
            str(path): oct(stat.S_IMODE(path.stat().st_mode))
            for path in paths
            if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
        }
        assert len(paths) > 2
        assert wrong == {}
