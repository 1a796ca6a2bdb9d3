"""Names as people type them in a hurry, and words that must not go with them."""

import csv

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import release
from kg.release.reached import reached

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
    # By what somebody is reached or found, in whatever form.
    ("Tel.0722555123/0733555124 rang.", "Tel.[name] rang."),
    ("Her lines: 0722/555/123, 5555-1234.", "Her lines: [name], [name]."),
    ("So (502) 5555-1234, 955 501 884 rang.", "So [name], [name] rang."),
    ("It was 722555123 or ٠٧٢٢٥٥٥١٢٣ there.", "It was [name] or [name] there."),
    ("Telegram: zolbir98. Signal zolbir.42 too.", "Telegram: [name]. Signal [name] too."),
    ("On Facebook as zolbir.qarnum, then @z.", "On Facebook as [name], then [name]."),
    ("Skype: live:zolbirw, w.b @ posta.example", "Skype: [name], [name]"),
    ("ID No. 23456789, CNI 1234567890123.", "ID No. [name], CNI [name]."),
    ("Her passport A1234567 went to BP 1234.", "Her passport [name] went to BP [name]."),
    ("It is at -1.29207, 36.82194 there.", "It is at [name] there."),
    ("Né le 3 mars 1988; she (b. 1988) won.", "Né le [name]; she (b. [name]) won."),
    # Amounts, dates, years, codes, numbers of laws.
    ("In 2021 1 500 000 voted; KES 1234567 and 1 234 567 euros were paid.",) * 2,
    ("On 12.03.2021, 2021-03-12, in 2019-2022: law 2016-012, resolution 1325 (2000).",) * 2,
    ("It met on Facebook in 2021. Facebook: the page grew; the signal was.",) * 2,
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


def test_a_word_without_end_takes_no_longer_than_its_letters():
    """A text in base 64, a line of dashes: looked at once, not once for each of its letters."""
    spelt = "awa.sow @ mail.example"

    assert [list(reached(unit * 200_000)) for unit in ("a", "a-", "a.")] == [[], [], []]
    assert [spelt[start:end] for start, end in reached(spelt)] == [spelt]
