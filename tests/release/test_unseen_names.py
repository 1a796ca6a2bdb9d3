"""Names as people type them in a hurry, and words that must not go with them."""

import csv

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import release

#: (as written, as released). Names are invented; no list has Kandeshiwe, Lohlepuru or Samithoke.
CASES = [
    ("KANDESHIWE, Amina was freed.", "[name] was freed."),
    ("Mr kandeshiwe and Mme lohlepuru spoke.", "Mr [name] and Mme [name] spoke."),
    ("Dr.KandeshiweLohlepuru spoke.", "Dr.[name] spoke."),
    ("She is known as samithoke to all.", "She is known as [name] to all."),
    ("Un homme surnommé samithoke a ri.", "Un homme surnommé [name] a ri."),
    ("Il fut nommé juge.", "Il fut nommé juge."),
    ("Su hija samithoke es juez.", "Su hija [name] es juez."),
    ("signed: samithoke lohlepuru", "signed: [name]"),
    ("See pages.example/amina.kandeshiwe for more.", "See [name] for more."),
    ("It was on social.com/lohlepuru and samithoke.org too.", "It was on [name] and [name] too."),
    ("L’Étude de Maître Samithoke a signé.", "L’Étude de Maître [name] a signé."),
    ("Le Cabinet Lohlepuru a signé.", "Le Cabinet [name] a signé."),
    ("aminakandeshiwe posted it.", "[name] posted it."),
    ("So chief wadimozo spoke.", "So chief [name] spoke."),
    ("le maire sinowibu a parlé.", "le maire [name] a parlé."),
    ("There wilumeke nonemuti spoke.", "There [name] spoke."),
    ("The late tumedalo was loved.", "The late [name] was loved."),
    ("Mr Amina Kandeshiwe spoke.", "[name] spoke."),
    # Dictionaries lack "said", which is a name, too: what many texts have small is a word.
    ("Mr Said Kandeshiwe spoke.", "[name] spoke."),
    *[(f"They said that well {n} was dug.",) * 2 for n in range(5)],
    # The other side: addresses and courtesies that are none, plain words behind a call.
    ("The council.It met at 5.30 p.m. and/or later, i.e. late.",) * 2,
    ("Dear friends, the source water and her daughter won.",) * 2,
    ("Le cabinet du ministre et l’étude de sol ont servi.",) * 2,
    ("The Ministry signed agreements with mother groups.",) * 2,
]


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict[str, str]:
    """By id, what the release of a harvest with these sentences says."""
    folder = tmp_path_factory.mktemp("unseen")
    with (folder / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"QX/{n:03d}", text, "no") for n, (text, _) in enumerate(CASES)]
        csv.writer(stream).writerows([("ID", "Outcome description", "Confidential"), *rows])
    (folder / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    config = load_config(folder)
    build(config, [folder / "harvest.csv"])
    release(config)
    rows = Harvest(config, Audience.PUBLIC).select(
        "SELECT ?id ?text { ?f dcterms:identifier ?id ; oh:hasStatement ?cell . "
        "?cell nif:isString ?text ; oh:searchText ?any } ORDER BY ?id"
    )
    return {row["id"]: row["text"] for row in rows}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_name_is_masked_as_it_was_typed_and_plain_words_stay(texts, number):
    """Sentence by sentence."""
    assert texts[f"QX/{number:03d}"] == CASES[number][1]
