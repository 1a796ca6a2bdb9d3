"""What `kg inspect` shows of a file that nobody prepared for it."""

import csv
import os
import re
import subprocess
import sys

import pytest

from kg.config import load_config
from kg.inspect import inspect
from kg.pipeline import build

HEADINGS = [
    "Código", "País / Country", "Année (AAAA)", "3. Outcome description", "Significance (1-5)",
    "Social actor", "Lien avec le cadre de résultats", "Region", "Interviewer",
]  # fmt: skip
ROWS = [
    [
        "C-1",
        "Mali",
        "2022",
        "The council opened books.",
        "4",
        "Media; Youth",
        "1·4",
        "Gao",
        "A",
    ],
    ["C-2", "Niger; Mali", "FY22/23", "Les femmes ont parlé.", "7", "Keepers", "1.4-1", "", "B"],
]


@pytest.fixture
def source(tmp_path):
    """A file of two records, in three languages."""
    with (tmp_path / "t.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    (tmp_path / "kg.toml").write_text('[project]\nname = "T"\n', "utf-8")
    return tmp_path / "t.csv"


def test_values_are_shown_as_a_build_reads_them(source):
    """Both countries, a number's step, and what is not understood."""
    view = inspect(source, load_config(source.parent))
    seen = {(v.field, v.text): (v.meaning, v.understood) for v in view.values}

    assert seen["country", "Niger; Mali"] == ("Niger; Mali", True)
    assert seen["rating_significance", "4"] == ("large", True)
    assert seen["rating_significance", "7"] == ("7 (new)", False)
    assert seen["framework_link", "1·4"] == ("outcome 1.4", True)
    assert seen["year", "FY22/23"] == ("2022; 2023", True)


FRAMEWORK = """kind,code,label,country
objective,CIV,Civic space is wider,
outcome,1.4,Councils open their books,Mali
outcome,2.1,Councils open their books,Niger
output,1.4.1,Clerks are trained,Mali
"""


@pytest.fixture
def promised(tmp_path):
    """A project with a framework, and records that name its results by labels."""
    (tmp_path / "kg.toml").write_text("", "utf-8")
    (tmp_path / "framework.csv").write_text(FRAMEWORK, "utf-8")
    with (tmp_path / "t.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Outcome description", "Results framework", "Specific objective"])
        writer.writerow(["One.", "Clerks are trained", "Civic space is wider"])
        writer.writerow(["Two.", "Councils open their books", "ZZZ"])
        writer.writerow(["Three.", "output 9.9.9", "Space is civic"])
    return tmp_path / "t.csv"


def test_a_label_of_the_framework_is_understood_as_its_code(promised):
    """An outcome, an output or an objective by its label; both where two countries have it."""
    view = inspect(promised, load_config(promised.parent))
    seen = {v.text: (v.meaning, v.understood) for v in view.values}

    assert seen["Civic space is wider"] == ("objective CIV", True)
    assert seen["Clerks are trained"] == ("output 1.4.1", True)
    assert seen["Councils open their books"] == ("outcome 1.4; outcome 2.1", True)


def test_a_code_that_no_framework_lists_is_told(promised):
    """An objective is to look at; a code may be that of a country without a table."""
    view = inspect(promised, load_config(promised.parent))
    seen = {v.text: (v.understood, v.reasons) for v in view.values}

    assert seen["ZZZ"] == (False, ("unlisted-objective",))
    assert seen["output 9.9.9"] == (True, ("unlisted-code",))
    assert seen["Space is civic"] == (False, ("objective-without-code",))


def test_without_a_framework_no_code_is_strange(promised):
    """A project that promises nothing yet is not told so on every line."""
    (promised.parent / "framework.csv").unlink()
    view = inspect(promised, load_config(promised.parent))

    assert {v.text: v.reasons for v in view.values}["ZZZ"] == ()


@pytest.mark.parametrize("name", ["t.csv", "framework.csv"])
def test_it_is_french_in_eighty_columns(promised, name):
    """Headings, meanings, reasons and the lines to paste of both kinds of files."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", "inspect", name, "--lang", "fr"],
        cwd=promised.parent,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    english = {"the", "read", "rows", "row", "values", "to", "filled", "outcome", "output", "kind"}
    shown = re.sub(r"output 9.9.9|framework.csv|Clerks.*|.*heading.*|CSV.*", "", done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert {"effet", "produit", "objectif"} <= set(re.findall(r"\w+", done.stdout))
    assert english & set(re.findall(r"[a-z]+", shown)) == set()


def test_it_reads_well_in_a_window_of_eighty_columns(source):
    """No line but those to paste is longer; what a person should look at is marked."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", "inspect", "t.csv"],
        cwd=source.parent,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    shown, _, paste = done.stdout.partition("To paste into kg.toml")

    assert done.returncode == 0
    assert max(map(len, shown.splitlines())) <= 80
    assert all(text in shown for text in ("close match", "country?", "not known", "to look at"))
    assert '# "Region" = "country"' in paste
    assert '# "Keepers" = "LABEL"' in paste


@pytest.mark.parametrize("words", [("inspect", "t.csv"), ("check",), ("query", "outcomes")])
def test_no_line_in_a_pipe_ends_with_blanks(source, words):
    """A table fills its columns; in a file or a mail the blanks at its right are dirt."""
    build(load_config(source.parent), [source], ner=False)
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=source.parent,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stdout.strip()
    assert [line for line in done.stdout.splitlines() if line != line.rstrip()] == []
