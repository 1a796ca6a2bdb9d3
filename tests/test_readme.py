"""The README is a promise: what it tells a new user to type works, in that order."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
KG = Path(sys.executable).with_name("kg")
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)")


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def first_ten_minutes() -> list[list[str]]:
    """The commands of the tour, as a shell would split them."""
    (tour,) = (block for block in blocks("sh") if "kg init --demo" in block)
    return [words for line in tour.splitlines() if (words := shlex.split(line, comments=True))]


@pytest.fixture(scope="module")
def toured(tmp_path_factory) -> Path:
    """The project folder after the tour; every command of it has ended with 0."""
    folder = tmp_path_factory.mktemp("tour")
    for words in first_ten_minutes():
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        assert words[0] == "kg"
        # A test opens no browser; models are left out for time, and tested elsewhere.
        more = {"explore": ["--no-open"], "build": ["--no-ner"]}
        command = [KG, *words[1:], *more.get(words[1], [])]
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"COLUMNS": "120"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"
        assert done.stdout or done.stderr, shlex.join(words)
    return folder


def test_the_first_ten_minutes_work(toured):
    """A new user can type the tour from top to bottom."""
    assert len(first_ten_minutes()) >= 9
    assert (toured / "output" / "internal" / "explorer.html").is_file()


def test_the_python_lines_work(toured, monkeypatch, capsys):
    """The Python of the README runs beside the project that the tour made."""
    (code,) = blocks("python")
    monkeypatch.chdir(toured.parent)
    exec(compile(code, "README.md", "exec"), {})

    assert len(capsys.readouterr().out.splitlines()) > 3


def test_every_question_of_the_table_is_in_the_library():
    """The README names questions that exist, and all of them."""
    named = re.findall(r"^\| `([a-z-]+)(?:`| -p)", README, flags=re.MULTILINE)

    assert sorted(named) == sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


def test_links_lead_somewhere():
    """Each link to a file or heading of this repository has its target."""
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in README.splitlines()
        if line.startswith("#")
    }
    links = LINK.findall(README)
    broken = [
        (path, anchor)
        for path, anchor in links
        if (path and not (ROOT / path).exists()) or (not path and anchor not in headings)
    ]

    assert links
    assert broken == []
