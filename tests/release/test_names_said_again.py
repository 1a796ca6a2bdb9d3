"""A name that was suspected once is closed wherever it is said again, however it is written."""

import csv
import re

import pytest

from kg.config import load_config
from kg.keys import make_key
from kg.pipeline import build
from kg.release import release

COLUMNS = (
    "Fragment ID",
    "Country",
    "Outcome description",
    "Confidential",
    "Specific objective",
)
#: Names whoever is behind which these texts say nothing: invented, unusual, of several scripts.
TOLD = "In 2031 the tribunal of Mendaro heard Dr Zubeyda Okafor, who won."


def told(tmp_path, *sentences, identifier="QX/{}", objective="CIV", told_before=TOLD):
    """What a release says of some records, the first of which names somebody with her title."""
    (tmp_path / "kg.toml").write_text(
        '[sources]\nfiles = ["h.csv"]\n[extraction]\nner = false\n', encoding="utf-8"
    )
    with (tmp_path / "h.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for number, text in enumerate([told_before, *sentences]):
            name = identifier.format(number) if number else "QX/0"
            writer.writerow([name, "Niger", text, "no", objective if number else "CIV"])
    config = load_config(tmp_path)
    build(config)
    release(config)
    return (tmp_path / "output" / "public" / "harvest.trig").read_text("utf-8")


@pytest.mark.parametrize(
    "sentence",
    [
        "They freed her: Okafor walked home.",
        "They freed OKAFOR and wept.",
        "They freed okafor and wept.",
        "They read <Okafor> and (name: Okafor) and [Okafor].",
        "They freed Zubeyda\nOkafor that night.",
        "They follow Zubeyda_Okafor, zubeyda_okafor2 and ZubeydaOkafor there.",
        "They freed Zubeyda\u200bOka\u00adfor that night.",
        "They read https://pages.example/zubeyda.okafor/1 and www.okafor.example.",
        "They wrote to okafor@post.example and @zub_okafor there.",
        "They saw Okafor’s house, then Okafor-Mensah.",
    ],
)
def test_no_other_spelling_of_the_name_is_released(tmp_path, sentence):
    """In small letters, over lines, glued, in brackets, in a link, with what nobody sees."""
    said = told(tmp_path, sentence).casefold()

    assert "okafor" not in said
    assert "They" in told(tmp_path, sentence)


@pytest.mark.parametrize("word", ["زبيدة أوكافور", "王小明", "김철수", "ዘነበች", "जया"])
def test_a_script_without_capitals_is_masked(tmp_path, word):
    """No rule sees a name there, so none of it is released."""
    said = told(tmp_path, f"In 2031 the council met {word} in the hall.")

    assert not any(letter in said for letter in word if letter != " ")
    assert "the council met [name] in the hall" in said


@pytest.mark.parametrize(
    "identifier", ["OKAFOR-{}", "Okafor {}", "X/OKAFOR/{}", "Z/{}/okafor", "DIOP-{}", "QUIMBAYA{}"]
)
def test_an_id_that_may_name_somebody_is_not_released(tmp_path, identifier):
    """Such a record is called after what it says."""
    said = told(tmp_path, "They met in the hall.", identifier=identifier)

    assert identifier.split("{")[0].strip("-/ ").casefold() not in said.casefold() or (
        identifier.startswith(("X/", "Z/")) and "okafor" not in said.casefold()
    )


@pytest.mark.parametrize("objective", ["OMAR", "ALI", "JEAN", "DIOP"])
def test_an_objective_that_is_a_name_is_not_released(tmp_path, objective):
    """Letters that people bear as a name are a code only where several records share them."""
    said = told(tmp_path, "They met in the hall.", objective=objective)

    assert not re.search(rf"\b{objective}\b", said, re.IGNORECASE)
    assert "CIV" in said


def test_plain_words_and_bodies_stay(tmp_path):
    """What only looks like a suspected name is left: small words, months, accepted bodies."""
    before = "In 2031 Mr Road Wells and Dr April Njoku won against the Wells Legal Clinic (WLC)."
    said = told(
        tmp_path,
        "They dug by the road in April with care.",
        "The Wells Legal Clinic (WLC) opened a desk.",
        told_before=before,
    )

    assert "They dug by the road in April with care." in said
    assert "The Wells Legal Clinic (WLC) opened a desk." in said


def test_a_decision_that_it_is_no_person_stands(tmp_path):
    """Who says "not-person" once is believed wherever the words stand, but not of longer names."""
    quay = make_key(tmp_path / ".kg")("Mendaro Quay")
    (tmp_path / "decisions.csv").write_text(
        f"decision,a,b,scope,by,date,reason,publish\nnot-person,{quay},,,me,2031-01-01,,yes\n",
        encoding="utf-8",
    )
    said = told(tmp_path, "They met at Mendaro Quay.", told_before="He met Mr Mendaro Quayle.")

    assert "They met at Mendaro Quay." in said
    assert "Quayle" not in said
