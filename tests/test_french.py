"""A French office works in French: whatever kg itself says, over the whole example harvest."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.harvest import Harvest

KG = Path(sys.executable).with_name("kg")
#: Small words that stand in nearly every English sentence and in no French one.
ENGLISH = frozenset({"the", "of", "and", "is", "are", "was", "it", "this", "that", "with", "for"})

Say = Callable[..., str]


@pytest.fixture(scope="module")
def say(example: "Harvest", tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Runs kg in a copy of the example whose kg.toml says French."""
    project = tmp_path_factory.mktemp("french") / "demo"
    shutil.copytree(example.config.root, project)
    settings = project / "kg.toml"
    text = settings.read_text("utf-8")
    assert 'language = "en"' in text
    settings.write_text(text.replace('language = "en"', 'language = "fr"'), "utf-8")

    def run(*words: str) -> str:
        done = subprocess.run(
            [KG, "-C", project, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout + done.stderr

    return run


def english(text: str) -> set[str]:
    """English words in what kg says; what it quotes from a file is left out."""
    own = re.sub(r"«[^»]*»", "", text)
    # Names of questions and paths are no words.
    return set(re.findall(r"(?<![\w/-])[a-z]+(?![\w/-])", own.casefold())) & ENGLISH


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("build", "--no-ner"), "Lignes lues 61 = gardées 60 + rejetées 0 + doublons 1"),
        (("check",), "Demander aux récolteurs ce qui manque"),
        (("check", "--format", "csv"), "Aucune preuve n’est indiquée."),
        (("queries",), "Quelles incidences"),
        (("query", "no-such-question"), "erreur : "),
        (("query", "outcomes", "-p", "year=1999"), "Aucune ligne : rien dans cette récolte"),
        (("query", "ASK { ?f a oh:Fragment }"), "oui"),
        (("build", "nowhere.xlsx"), "ce fichier ou dossier n’existe pas"),
        (("trace", "NOSUCH"), "une organisation (sigle ou nom). Ce qu’il y a : kg query"),
        (("query", "outcomes", "-p", "code=7.7"), "Paramètre code : rien dans cette récolte"),
    ],
)
def test_what_kg_says_is_french(say: Say, command: tuple[str, ...], said: str) -> None:
    """Summary, worklist, library, empty answers, errors: no English sentence is left."""
    text = say(*command)

    assert said in " ".join(text.split())
    assert english(text) == set()


def test_headings_and_values_of_kgs_own_are_french(say: Say) -> None:
    """A table is read in French; its texts stay as somebody wrote them."""
    text = say("query", "outcomes-of-organisation", "-p", "organisation=COSARD")

    assert text.split()[:4] == ["clé", "titre", "rôle", "année"]
    assert {"contributeur", "2022"} <= set(text.split())


def test_a_trace_names_its_steps_in_french(say: Say) -> None:
    """Kinds of codes and gaps; labels are those of the framework."""
    text = say("trace", "4.2") + say("trace", "SPC001")

    assert "« Outcome1.1 »" in text
    assert "grammaire des" in text
    assert "effet 4.2: District budgets" in text
    assert "aucune incidence n’y est liée" in text


def test_lang_says_it_for_one_command(say: Say) -> None:
    """Who is asked in English in a French office answers with one option."""
    text = say("query", "outcomes", "-p", "year=1999", "--lang", "en")

    assert "No rows: nothing in this harvest" in text


def test_formats_for_programs_do_not_change(say: Say) -> None:
    """CSV has the names of the query, whatever the language."""
    assert say("query", "by-year", "--format", "csv").splitlines()[0] == "year,round,outcomes"


@pytest.mark.parametrize("command", ["check", "queries", "release", "build"])
def test_a_language_that_kg_does_not_speak_is_refused(command: str) -> None:
    """In one line that names those it speaks, with the status of wrong usage."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", command, "--lang", "de"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["error: --lang: kg does not speak this; expected en or fr."]
