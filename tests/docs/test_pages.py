"""The pages of docs/ are promises: what they tell to type works, and what exists is told."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

import kg.cli
from kg.cli.app import app
from kg.config import _KNOWN
from kg.messages import sentences

ROOT = Path(kg.__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if "adr" not in p.parts)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)]*))?\)")
#: These pages begin before there is a project.
FROM_NOTHING = {"tutorial.md", "fr/tutoriel.md"}
#: Pages for those who work on kg itself: their lines need a checkout, and minutes.
FOR_DEVELOPERS = {"accuracy.md", "speed.md", "harm.md", "scale.md", "install.md"}
COMMANDS: Any = typer.main.get_command(app)


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    """(language, text) of each block of code, in order."""
    return [b for b in BLOCK.findall(page.read_text("utf-8")) if b[0] in languages]


def commands(text: str) -> list[list[str]]:
    """The lines of a block, as a shell would split them."""
    return [words for line in text.splitlines() if (words := shlex.split(line, comments=True))]


@pytest.fixture(scope="session")
def built(tmp_path_factory, example) -> Path:
    """A built project of the example, beside it files such as the pages name."""
    folder = tmp_path_factory.mktemp("docs") / "my-first-harvest"
    shutil.copytree(example.config.root, folder)
    shutil.copy(folder / "harvest-2.xlsx", folder / "harvest.xlsx")
    return folder


def run(words: list[str]) -> tuple[int, str]:
    """One command of kg in this process: exit status, and all that it said."""
    more = {"explore": ["--no-open"], "build": ["--no-ner"]}
    said = io.StringIO()
    status: Any = 0
    argv, sys.argv = sys.argv, [*words, *more.get(words[1], [])]
    try:
        with redirect_stdout(_Text(said)), redirect_stderr(said):
            kg.cli.main()
    except SystemExit as end:
        status = end.code or 0
    finally:
        sys.argv = argv
    return status, said.getvalue()


class _Text(io.TextIOWrapper):
    """Takes text and, as the terminal does, bytes."""

    def __init__(self, said: io.StringIO) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._said = said

    def write(self, text: str) -> int:
        return self._said.write(text)


@pytest.mark.parametrize(
    "page", [p for p in PAGES if name_of(p) not in FOR_DEVELOPERS], ids=name_of
)
def test_what_a_page_tells_to_type_works(page, built, tmp_path, monkeypatch, capfd):
    """Every line of every block of a page, in order, in one folder; Python beside it."""
    folder = tmp_path
    if name_of(page) not in FROM_NOTHING:
        folder = tmp_path / built.name
        if blocks(page, "sh", "python"):
            shutil.copytree(built, folder)
    monkeypatch.setenv("COLUMNS", "100")
    for language, text in blocks(page, "sh", "python"):
        if language == "python":
            monkeypatch.chdir(tmp_path)
            exec(compile(text, page.name, "exec"), {})
            continue
        for words in commands(text):
            if words[0] == "cd":
                folder = folder / words[1]
                continue
            monkeypatch.chdir(folder)
            assert words[0] == "kg", words
            status, said = run(words)

            assert status == 0, f"{shlex.join(words)}\n{said}\n{capfd.readouterr()}"


#: Lines of `console` blocks, which are not run here, and why. Those of kg are parsed.
NOT_RUN = {
    "kg serve --open": "waits until somebody stops it; tests/serve runs it",
    "kg push http://localhost:7878 --audience public": "needs a server; tests/remote has one",
    "kg query organisations --endpoint http://localhost:7878": "needs the same server",
    "kg review 3 same": "the third question is another one in every harvest; tests/review answers",
    "kg review 4,6-9 not-person": "as above",
    "pip install outcome-kg[report]": "changes the machine",
    "pip install outcome-kg[pandas] notebook": "changes the machine",
}


def test_what_a_page_only_shows_is_understood_and_told_here():
    """Each line that no test runs has its reason above; those of kg have the form of a command."""
    shown = [
        words
        for page in PAGES
        if name_of(page) not in FOR_DEVELOPERS
        for _, text in blocks(page, "console")
        for words in commands(text)
    ]

    assert {" ".join(words) for words in shown} == set(NOT_RUN)
    for words in shown:
        if words[0] == "kg":
            command = COMMANDS.commands[words[1]]
            context = command.make_context(words[1], words[2:], resilient_parsing=False)

            assert context.command is command


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_of_a_page_lead_somewhere(page):
    """To a page, a file, or a page that the build makes."""
    made = {"reference.md", *(p.split("/")[-1] for p in generated())}
    links = LINK.findall(page.read_text("utf-8"))
    broken = [to for to, _ in links if to and not (page.parent / to).exists()]

    assert [to for to in broken if to.split("/")[-1] not in made] == []


@cache
def generated() -> dict[str, str]:
    """Pages that follow from the code."""
    sys.path.insert(0, str(DOCS / "hooks"))
    try:
        import reference
    finally:
        sys.path.pop(0)
    return reference.pages()


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return generated()


def test_every_command_and_option_is_documented(made):
    """The page of commands follows from the commands."""
    page = made["reference/commands.md"]
    options = [o for c in COMMANDS.commands.values() for p in c.params for o in p.opts if "-" in o]

    assert [c for c in COMMANDS.commands if f"## kg {c}\n" not in page] == []
    assert [o for o in options if o != "--help" and o not in page] == []


def test_every_command_is_told_in_a_page_for_people(made):
    """Not only in the reference: somebody must learn what it is good for."""
    told = "".join(p.read_text("utf-8") for p in PAGES)

    assert [c for c in COMMANDS.commands if f"kg {c}" not in told] == []


def test_every_question_is_documented(made):
    """In both languages, with its SPARQL in English."""
    names = [p.stem for p in (ROOT / "queries").glob("*.rq")]

    assert [n for n in names if f"## {n}\n" not in made["reference/questions.md"]] == []
    assert [n for n in names if f"## {n}\n" not in made["fr/reference.md"]] == []


@pytest.mark.parametrize("name", ["reference/findings.md", "fr/reference.md"])
def test_every_finding_is_documented_with_what_it_means(made, name):
    """What is so, and the next step; an empty cell would be a finding without words."""
    page = made[name]

    assert [r for r in sentences() if f"`{r}`" not in page] == []
    assert [
        line for line in page.splitlines() if re.match(r"\| `[\w-]+` \(", line) and "|  |" in line
    ] == []


def test_every_kind_of_error_is_documented(made):
    """With each of its sentences that stands in Python."""
    page = made["reference/errors.md"]
    kinds = re.findall(r"^class (\w+)\(", (ROOT / "kg" / "errors.py").read_text("utf-8"), re.M)
    # The root is never raised itself.
    missing = [k for k in kinds if f"## {k}\n" not in page and k != "KgError"]

    assert missing == []
    assert page.count("\n- ") > 150


def test_every_term_is_documented_in_two_languages(made):
    """Label and definition, English and French."""
    lines = [x for x in made["reference/terms.md"].splitlines() if x.startswith("| `")]
    text = (ROOT / "ontology" / "oh.ttl").read_text("utf-8")
    declared = set(re.findall(r"^(oh:\w+) a owl:(?:Class|\w+Property)", text, re.M))

    assert [x for x in lines if "**** " in x or re.search(r"\*\* \|", x)] == []
    assert {t for t in declared if f"`{t}`" not in made["reference/terms.md"]} == set()
    assert len(declared) > 40


def test_every_setting_is_documented():
    """Each key of kg.toml that is known."""
    page = (DOCS / "settings.md").read_text("utf-8")
    keys = {(s, k) for s, known in _KNOWN.items() for k in known or ()}

    assert {(s, k) for s, k in keys if f"[{s}] {k}`" not in page and f"`{k}`" not in page} == set()
    assert [s for s in _KNOWN if f"[{s}" not in page] == []


def test_the_site_is_built_without_a_warning(tmp_path):
    """Links, anchors and pages; nothing is fetched from elsewhere, and a search needs no server."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    pages = [p.read_text("utf-8") for p in tmp_path.rglob("*.html")]
    fetched = [
        found
        for page in pages
        for found in re.findall(
            r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:[^"]+)"', page
        )
        if "canonical" not in page
    ]

    assert (done.returncode, done.stderr) == (0, "")
    assert len(pages) > 20
    assert fetched == []
    assert not any("unpkg.com" in page for page in pages)
    assert (tmp_path / "search" / "search_index.js").stat().st_size > 100_000
    assert all("assets/iframe-worker.js" in page for page in pages)
    assert (tmp_path / "assets" / "iframe-worker.js").is_file()
