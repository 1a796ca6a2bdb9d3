"""`kg release --preview`: what would be said of whom, what stands out, and who read it."""

import csv
import json

import pytest
from typer.testing import CliRunner

from kg import audit
from kg.cli.app import app
from kg.config import load_config
from kg.pipeline import build
from kg.release import preview, release

COLUMNS = ("ID", "Outcome description", "Country", "Year", "Social actor", "Confidential")
CLINIC = "The Quorra Legal Clinic (QLC) opened a desk, says Dr Zubeyda Okafor."
LONG = f"The Zenith Weavers Guild (ZWG) told what its members earn{', and why' * 9}."
ROWS = (
    ("QX/1", CLINIC, "Botswana", "2031", "Engaged citizens", "no"),
    ("QX/2", "QLC trained guards. It rained.", "Botswana", "2031", "Engaged citizens", "no"),
    ("QX/3", LONG, "Niger", "2031", "Engaged citizens", "no"),
    ("QX/5", "A law was passed.", "Mali", "2031", "", "no"),
    ("QX/6", "A law was passed again.", "Togo", "", "Engaged citizens", "no"),
    ("QX/7", "A law was passed once more.", "Botswana", "", "", "no"),
    ("QX/4", "The Hidden Miners Union (HMU) met QLC.", "Mali", "2030", "Engaged citizens", "yes"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project, built; nothing is released."""
    folder = tmp_path_factory.mktemp("preview")
    (folder / "kg.toml").write_text(
        '[sources]\nfiles = ["h.csv"]\n[extraction]\nner = false\n', encoding="utf-8"
    )
    with (folder / "h.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *ROWS])
    build(load_config(folder))
    return folder


def test_it_shows_each_body_and_place_with_the_words(root):
    """Where it is named, and how; nothing of a withheld record; a suspected name is masked."""
    seen = preview(load_config(root))
    said = {named.label: named for named in seen.named}

    assert (seen.fragments, seen.withheld) == (6, 1)
    assert set(said) >= {"Quorra Legal Clinic", "Zenith Weavers Guild"}
    assert said["Quorra Legal Clinic"].outcomes == ("1", "2")
    assert ("2", "QLC trained guards.") in said["Quorra Legal Clinic"].words
    assert "Okafor" not in str(seen)
    assert "Hidden" not in str(seen)
    assert seen.masks == 1


def test_it_warns_of_what_stands_out(root):
    """A body of one outcome; a place, year and actor, or what is known of them, of one alone."""
    seen = preview(load_config(root))
    alone = {named.label for named in seen.named if named.kind == "organisation" and named.alone}

    assert alone == {"Zenith Weavers Guild"}
    assert [(r.key, r.country, r.year, r.actor) for r in seen.rare] == [
        ("5", "Mali", "2031", ""),
        ("3", "Niger", "2031", "Engaged citizens"),
        ("6", "Togo", "", "Engaged citizens"),
    ]


@pytest.mark.parametrize("form", ["table", "json"])
def test_it_is_printed_and_publishes_nothing(root, form):
    """On the screen, or for a program; the release folder stays as it was."""
    typed = ["--project", str(root), "release", "--preview", "--format", form]
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, typed)
    said = done.stdout

    assert done.exit_code == 0
    assert "QLC trained guards." in said
    assert "Niger" in said
    assert form == "json" or 'kg review "ITS NAME"' in " ".join(said.split())  # to show a body
    assert "Hidden" not in said + done.stderr
    assert form == "table" or json.loads(said)["rare"][1]["key"] == "3"
    assert not (root / "output" / "public" / "CURRENT").exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_the_window_and_words_stand_in_under_their_name(root, language):
    """80 columns; what is longer goes on where it began; plain text where nobody looks."""
    typed = ["-C", str(root), "release", "--preview", "--sign-off", "Ada", "--lang", language]
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, typed)
    lines = done.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("    3  "))

    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.stdout
    assert not lines[at + 1].startswith(" " * 8)
    assert lines[at + 1].startswith(" " * 7)  # behind the key of the line before it
    assert len(lines[-1].split()[-1]) == len(audit.lines(root / ".kg")[-1]["digest"])
    assert "Ada" in done.stderr
    assert any("contribut" in line for line in lines)  # a role, in words


def test_who_signs_is_logged_with_the_digest_of_what_was_read(root):
    """The same digest as that of the release which follows: it is known what was signed for."""
    config = load_config(root)
    preview(config, signed_by="A. Officer")
    made = release(config, sign=lambda: "A. Officer")
    read, released = audit.lines(config.private)[-2:]

    assert (read["what"], read["signed_by"]) == ("sign-off", "A. Officer")
    assert read["digest"] == released["digest"] == made.digest == made.folder.name
