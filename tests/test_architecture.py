"""The shape of the code is a promise too: one line, small modules, no way out, a quick start."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration

import kg

PACKAGE = Path(kg.__file__).resolve().parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CONTRACTS = ROOT / ".importlinter"

LONGEST = 300
#: Modules that may be longer, each with the reason.
LONGER = {
    "kg/codes/framework.py": "one walk over a cell: what each kind of token makes of it",
    "kg/draw.py": "one page: its data, its policy and what pyvis must not do, side by side",
    "kg/extract/lexicon.py": "one memory of words, and every table that it is asked of",
    "kg/harvest.py": "the Python API: a method for each door of an opened harvest",
    "kg/messages.py": "all that kg says, by language: findings, phrases, places and errors",
    "kg/model.py": "the nouns of every stage, in one place to look them up",
    "kg/network/harvest.py": "one walk from rows to a graph, in the order of the questions",
    "kg/query/library.py": "the grammar of a question's header, with an example of each part",
    "kg/query/tokens.py": "a tokenizer: one table of tokens and the loop over it",
}

#: Modules that may open a connection, each with the address that a user types for it.
CONNECTS = {
    "kg/extract/cluster.py": "kg build --dask ADDRESS: has texts read there",
    "kg/remote/address.py": "kg push URL, kg query --endpoint URL: signs in there",
    "kg/remote/endpoint.py": "kg push URL, kg query --endpoint URL: asks there",
    "kg/serve/listen.py": "kg serve: listens on 127.0.0.1, and calls nobody",
}
WAYS_OUT = (
    "aiohttp",
    "distributed",
    "ftplib",
    "http.client",
    "http.server",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib.request",
    "urllib3",
    "xmlrpc",
)

LARGEST = 1_000_000  # bytes; what is larger is data or a product, and belongs elsewhere
#: What programs make: it follows from the sources, so it is never committed beside them.
GENERATED_FOLDERS = {
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
}
GENERATED_SUFFIXES = {".egg-info", ".log", ".pyc", ".sst", ".tsbuildinfo", ".whl"}

#: Seconds of import each; none may be paid by somebody who reads a help page.
HEAVY = (
    "distributed",
    "networkx",
    "numpy",
    "openpyxl",
    "pandas",
    "pyvis",
    "rdflib",
    "shacl",
    "spacy",
)


def relative(path: Path) -> str:
    """Path below the checkout, with slashes on every system."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that *path* names in an import, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts over the package `kg` in *folder*."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def planted(folder: Path, module: str, statement: str) -> Path:
    """A copy of the package with one import more, for the contracts to find."""
    shutil.copytree(PACKAGE, folder / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CONTRACTS, folder)
    place = folder / "kg" / module
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    path.write_text(path.read_text(encoding="utf-8") + f"\n{statement}\n", encoding="utf-8")
    return folder


def tracked() -> list[Path]:
    """The files under version control; skips where this is no checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("NO GIT CHECKOUT HERE: what is committed cannot be looked at.")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_imports_follow_the_contracts():
    """Imports go down one straight line, and views reach neither readers nor the audience."""
    result = lint(ROOT)

    assert (result.returncode, "Contracts: 2 kept, 0 broken." in result.stdout) == (0, True), (
        result.stdout
    )


def test_every_module_has_its_place_on_the_line():
    """The line names each module of kg, so that a new one cannot stand beside it."""
    line, _ = read_configuration(str(CONTRACTS))["contracts_options"]

    assert (line["containers"], line["exhaustive"]) == (["kg"], "true")


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("model", "import kg.graph", "One straight line"),
        ("draw", "import kg.audience", "Views cannot reach readers or the audience"),
        ("export", "from kg.read import text", "Views cannot reach readers or the audience"),
    ],
)
def test_a_planted_import_breaks_a_contract(tmp_path, module, statement, contract):
    """The contracts do look: one import in the wrong direction is found."""
    result = lint(planted(tmp_path, module, statement))

    assert (result.returncode, f"{contract} BROKEN" in result.stdout) == (1, True), result.stdout


def test_a_module_without_a_place_breaks_the_line(tmp_path):
    """A module that the contract does not name is bound by nothing: that is refused."""
    folder = planted(tmp_path, "model", "")
    (folder / "kg" / "stray.py").write_text('"""Nobody placed me."""\n', encoding="utf-8")

    assert lint(folder).returncode == 1


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_one_idea(path):
    """No module passes 300 lines without a reason that is written down."""
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST or relative(path) in LONGER


def test_reasons_for_long_modules_are_still_needed():
    """An exception that nothing needs any more is taken out."""
    needed = {
        relative(path)
        for path in MODULES
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    }

    assert set(LONGER) == needed


def test_no_module_is_a_drawer():
    """No `utils`: what has no name has no place."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}

    assert [relative(path) for path in MODULES if path.stem in drawers] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_can_connect(path):
    """Nothing in kg imports a way out of this machine, but where a user types the address."""
    found = {
        name
        for name in imports(path)
        if any(name == way or name.startswith(f"{way}.") for way in WAYS_OUT)
    }

    assert not found or relative(path) in CONNECTS


def test_the_public_interface_is_small():
    """`kg` exports at most 15 names, each of which exists."""
    names = kg.__all__

    assert len(names) <= 15
    assert [name for name in names if not hasattr(kg, name)] == []


@pytest.mark.parametrize("command", [["--help"], ["build", "--help"], ["query", "--help"]])
def test_help_loads_nothing_heavy(command):
    """A help page costs no import that takes seconds."""
    code = (
        "import sys\n"
        "from kg.cli import main\n"
        f"sys.argv = ['kg', *{command!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert result.stdout.splitlines()[-1:] == ["HEAVY []"], result.stderr


def test_nothing_large_is_committed():
    """No file under version control passes 1 MB."""
    assert [relative(path) for path in tracked() if path.stat().st_size > LARGEST] == []


def test_nothing_generated_is_committed():
    """What programs make stays out; of `output/` only its page is in."""
    made = [
        name
        for path in tracked()
        if (name := relative(path))
        and (
            GENERATED_FOLDERS & set(path.relative_to(ROOT).parts)
            or path.suffix in GENERATED_SUFFIXES
            or (name.startswith("output/") and name != "output/README.md")
        )
    ]

    assert made == []


def runs_of_words(text: str, length: int = 8) -> set[str]:
    """Every *length* words in a row, without case and marks: nobody repeats them by chance."""
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def text_of(path: Path) -> str:
    """What a committed file says; workbooks are archives of XML."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        parts = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        return " ".join(re.sub(r"<[^>]*>", " ", part) for part in parts)


def test_no_committed_file_holds_the_real_record(shared):
    """Not a sentence of the confidential record stands in any committed file."""
    record = (shared / "seed" / "CIV010.txt").read_text(encoding="utf-8")
    # Its headings are those of a form that many use, and so stand in examples and rules.
    cells = re.split(r"^\*\*.*?\*\*:", record, flags=re.MULTILINE)
    secret = set().union(*map(runs_of_words, cells))

    assert len(secret) > 200
    assert [relative(path) for path in tracked() if secret & runs_of_words(text_of(path))] == []
