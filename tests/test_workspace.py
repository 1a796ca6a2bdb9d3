"""Versions: whole or not at all, one writer, healed copies, modes."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import WorkspaceError
from kg.lock import early_writer, refuse_second_writer
from kg.model import Audience
from kg.workspace import Shelf, one_writer

FILES = {"harvest.trig": b"one", "report.json": b"{}"}
_SCRIPT = str(Path(sys.executable).with_name("kg"))


def _tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_version_is_read_back_whole(tmp_path):
    """What was written is what counts."""
    Shelf(tmp_path, Audience.INTERNAL).write(FILES)
    folder = Shelf(tmp_path, Audience.INTERNAL).read()

    assert {p.name: p.read_bytes() for p in folder.iterdir()} == FILES


def test_the_same_files_again_change_no_byte(tmp_path):
    """A repeated build is the same to the byte, whatever stood there before."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write({"harvest.trig": b"older", "mentions.jsonl": b"x"})
    shelf.write(FILES)
    first = _tree(tmp_path)
    shelf.write(FILES)

    assert _tree(tmp_path) == first
    assert not any("mentions" in name or "building" in name for name in first)


def test_a_file_that_somebody_put_beside_the_copies_stays(tmp_path):
    """A build removes what it made, and nothing else."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write(FILES)
    (tmp_path / "internal" / "my notes.txt").write_text("mine")
    shelf.write({"harvest.trig": b"two"})

    assert (tmp_path / "internal" / "my notes.txt").read_text() == "mine"
    assert not (tmp_path / "internal" / "report.json").exists()


def test_a_version_that_could_not_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    """Killed or out of space while writing: the old version still counts."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write(FILES)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match=r"no space left on device\); nothing was changed"):
        shelf.write({"harvest.trig": b"two"})
    monkeypatch.undo()

    assert (shelf.read() / "harvest.trig").read_bytes() == b"one"


def test_where_the_copies_do_not_fit_nothing_changes(tmp_path, monkeypatch):
    """The disk fills after the version is written: pointer and copies stay with the old one."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write(FILES)
    before = _tree(tmp_path)

    def full(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(WorkspaceError, match="nothing was changed"):
        shelf.write({"harvest.trig": b"two"})
    monkeypatch.undo()
    after = {n: c for n, c in _tree(tmp_path).items() if n in before}

    assert after == before
    assert (shelf.read() / "harvest.trig").read_bytes() == b"one"


def test_leftovers_of_a_killed_build_are_swept_by_the_next(tmp_path):
    """Nothing stale stays after the next start."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write(FILES)
    left = tmp_path / "internal" / ".versions" / ".building-abc"
    left.mkdir()
    (left / "harvest.trig").write_bytes(b"half")
    shelf.write({"harvest.trig": b"two"})

    assert not left.exists()


def test_copies_that_people_click_are_healed(tmp_path):
    """A copy that was edited or deleted is put right at the next start."""
    shelf = Shelf(tmp_path, Audience.INTERNAL)
    shelf.write(FILES)
    (tmp_path / "internal" / "harvest.trig").write_bytes(b"edited by hand")
    (tmp_path / "internal" / "report.json").unlink()
    shelf.heal()

    assert {n: (tmp_path / "internal" / n).read_bytes() for n in FILES} == FILES


def test_without_a_build_the_error_says_what_to_type(tmp_path):
    """The next step stands in the error."""
    with pytest.raises(WorkspaceError, match="kg build FILE"):
        Shelf(tmp_path, Audience.INTERNAL).read()


def test_a_second_writer_is_told_so_at_once(tmp_path):
    """One writer at a time, also across processes."""
    code = (
        "import sys, pathlib\n"
        "from kg.errors import WorkspaceError\n"
        "from kg.workspace import one_writer\n"
        "try:\n"
        "    with one_writer(pathlib.Path(sys.argv[1])): print('wrote')\n"
        "except WorkspaceError as error: print(error)\n"
    )
    with one_writer(tmp_path):
        told = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        ).stdout

    assert "another kg is writing here" in told


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes; see the threat model")
def test_folders_and_files_are_for_their_owner_alone(tmp_path):
    """Internal files are 0600 in folders of 0700."""
    with one_writer(tmp_path / "output"):
        Shelf(tmp_path / "output", Audience.INTERNAL).write(FILES)
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "output" / "internal").rglob("*")
    }
    folders = {n: m for n, m in modes.items() if m & 0o100}

    assert set(modes.values()) == {0o600, 0o700}
    assert len(folders) == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    """The next step stands in the error."""
    tmp_path.chmod(0o500)
    with pytest.raises(WorkspaceError, match="cannot be written"), one_writer(tmp_path / "output"):
        pass


def test_an_output_that_is_a_file_is_one_clear_line(tmp_path):
    """An output folder that cannot be made is told, also to root."""
    (tmp_path / "output").write_text("in the way")
    with (
        pytest.raises(WorkspaceError, match="cannot be written"),
        one_writer(tmp_path / "output" / "x"),
    ):
        pass


@pytest.mark.parametrize(
    "typed", [("build",), ("build", "h.csv"), ("release",), ("release", "--preview")]
)
def test_a_second_writer_is_refused_before_anything_is_loaded(tmp_path, typed):
    """Seven at once load nothing for seconds, only to be told no: the lock is asked first."""
    (tmp_path / "kg.toml").write_text('[sources]\nfiles = ["h.csv"]\n', encoding="utf-8")
    program = (
        "import sys\n"
        f"sys.argv = ['kg', '-C', {str(tmp_path)!r}, *{typed!r}]\n"
        "from kg.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    loaded = {'typer', 'kg.pipeline', 'kg.read', 'kg.release'} & {*sys.modules}\n"
        "    print(*sorted(loaded))\n"
    )
    with one_writer(tmp_path / "output"):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )

    assert "another kg is writing here" in " ".join(done.stderr.split())
    assert (done.returncode, done.stdout.split()) == (1, [])


@pytest.mark.parametrize("typed", [("build", "h.csv"), ("release", "--preview"), ("api",)])
def test_a_writer_holds_the_folder_before_it_loads_anything(tmp_path, typed):
    """Of eight that start at once one wins before the others have loaded, not seconds later."""
    (tmp_path / "kg.toml").write_text("", encoding="utf-8")
    (tmp_path / "h.csv").write_text("ID,Outcome description\n1,They met.\n", encoding="utf-8")
    program = (
        "import sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name in ('kg.pipeline', 'kg.release'):\n"
        "            from filelock import Timeout\n"
        "            from kg.lock import lock_of\n"
        "            try:\n"
        "                lock_of(output).acquire()\n"
        "            except Timeout:\n"
        "                print('held', flush=True)\n"
        "            raise KeyboardInterrupt\n"
        "from pathlib import Path\n"
        f"output = Path({str(tmp_path)!r}) / 'output'\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"sys.argv = ['kg', '-C', {str(tmp_path)!r}, *{typed!r}]\n"
        "import kg, kg.cli\n"
        f"kg.build(project={str(tmp_path)!r}) if {typed!r} == ('api',) else kg.cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["held"]
    assert not (tmp_path / "output").exists()  # ended without a word written: no folder is left


def test_who_holds_the_folder_from_the_start_writes_in_it_and_nobody_else(tmp_path):
    """What it calls goes along, another thread does not; what was written keeps the folder."""
    with early_writer(tmp_path / "output"), ThreadPoolExecutor(1) as other:
        with one_writer(tmp_path / "output"):
            refuse_second_writer(tmp_path / "output")
        with pytest.raises(WorkspaceError, match="another kg"):
            other.submit(refuse_second_writer, tmp_path / "output").result()
        (tmp_path / "output" / "written").touch()
    refuse_second_writer(tmp_path / "output")

    assert (tmp_path / "output" / "written").exists()


def test_asking_first_makes_nothing_and_holds_nothing(tmp_path):
    """Where nobody writes the next writer comes through; a folder that is not there stays so."""
    refuse_second_writer(tmp_path / "output")
    assert not (tmp_path / "output").exists()

    with one_writer(tmp_path / "output"):
        pass
    refuse_second_writer(tmp_path / "output")
    with one_writer(tmp_path / "output"):
        pass


@pytest.mark.parametrize("module", ["kg.cli.ahead", "kg.lock", "kg.cli.app"])
def test_interrupted_while_it_loads_it_says_one_line(tmp_path, module):
    """Ctrl-C in the first moments of a real process, whichever way it was started: no traceback."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "class Planted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Planted())\n",
        encoding="utf-8",
    )
    typed = [sys.executable, "-m", "kg"] if module == "kg.lock" else [_SCRIPT]
    done = subprocess.run(
        [*typed, "-C", str(tmp_path), "query", "outcomes"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "error: interrupted; what was there before is unchanged.\n"
