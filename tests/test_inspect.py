"""What `kg inspect` shows of a file that nobody prepared for it."""

import csv
import os
import subprocess
import sys

import pytest

from kg.config import load_config
from kg.inspect import inspect

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
    assert seen["year", "FY22/23"] == ("", False)


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
