"""A small fictional harvest with every kind of question."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.api import build

HEAD = "FragmentID,Country,Outcome description,Contribution of other actors,Confidential\n"
ROWS = (
    'R/A1,Mali,"The Hill Commission (HCX) opened its doors in May 2022.","The Réseau Tchadien'
    ' des Femmes Avocates wrote.",no\n'
    'R/A2,Niger,"The Harbour Commission (HCX) opened its books in May 2022.","Then the Chadian'
    ' Network of Women Lawyers wrote.",yes\n'
    'R/A3,Chad,"In May 2022 the HCX answered. Later ROXDA came.",,no\n'
    'R/A4,Chad,"In June 2022 ROXDA left; Quorlina Vespertine wept.",,yes\n'
    'R/A5,Kenya,"In June 2022 the farmers met Quorlina Vespertine and QUORLINA VESPERTINE.",,\n'
)


@pytest.fixture
def source_text() -> str:
    """What the harvest was built from."""
    return HEAD + ROWS


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A project folder with a build, made from a file that is gone."""
    folder = tmp_path_factory.mktemp("review") / "project"
    folder.mkdir()
    source = folder / "harvest.csv"
    source.write_text(HEAD + ROWS, "utf-8")
    (folder / "kg.toml").write_text('[project]\nname = "Small"\n', "utf-8")
    build(source, project=folder, ner=False)
    source.unlink()
    return folder


@pytest.fixture
def project(built, tmp_path) -> Path:
    """A copy of that folder, to decide in."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture
def kg():
    """Run the command as a person does; returns the finished process."""

    def run(folder, *arguments, stdin=""):
        return subprocess.run(
            [sys.executable, "-m", "kg", "-C", str(folder), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        )

    return run
