"""Which files are meant."""

import pytest

from kg.errors import SourceError
from kg.read import expand_sources


@pytest.fixture
def project(tmp_path):
    """A project folder with sources, edited files, generated and hidden ones."""
    for name in (
        "kg.toml",
        "organisations.yaml",
        "decisions.csv",
        "framework.csv",
        "framework.xlsx",
        "README.md",
        "b.csv",
        "a.XLSX",
        "~$a.xlsx",
        ".hidden.csv",
        "photo.png",
        "round1/c.txt",
        "output/public/README.txt",
        "output/internal/records.csv",
        ".kg/forgotten.csv",
        "venv/pyvenv.cfg",
        "venv/lib/notes.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_gives_its_sources_by_name(project):
    """Edited, generated, hidden and foreign files are never sources."""
    found = [path.relative_to(project).as_posix() for path in expand_sources([project])]

    assert found == ["a.XLSX", "b.csv", "round1/c.txt"]


def test_a_file_named_twice_is_read_once(project):
    """Also by way of its folder."""
    found = expand_sources([project / "b.csv", project, project / "round1" / ".." / "b.csv"])

    assert [path.name for path in found] == ["b.csv", "a.XLSX", "c.txt"]


def test_a_named_file_is_passed_on_whatever_its_kind(project):
    """The reader says what is wrong with it; nothing named is left out silently."""
    assert expand_sources([project / "photo.png"]) == (project / "photo.png",)


@pytest.mark.parametrize("name", ["nowhere.csv", "framework.csv", "venv"])
def test_what_cannot_be_a_source_is_refused(project, name):
    """Missing, edited, or a folder without sources: one line."""
    target = project / name
    if name == "venv":
        (target / "lib" / "notes.txt").unlink()
    with pytest.raises(SourceError) as caught:
        expand_sources([target])

    assert "\n" not in str(caught.value)


def test_nothing_named_is_nothing():
    """What to do then is for the caller to say."""
    assert expand_sources([]) == ()
