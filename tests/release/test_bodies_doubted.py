"""A name on no list is no body in a release because a body, or a cue of one, stands beside it."""

import csv
import importlib.util
import re
from itertools import cycle
from pathlib import Path

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import preview, release
from kg.release.doubted import strange

_SPEC = importlib.util.spec_from_file_location("scan", Path(__file__).with_name("scan.py"))
scan = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(scan)

#: Where a name stood beside what bodies have beside them.
CONTEXTS = [
    "{} and the Lion Network for Peace met the prefect.",
    "{}, a member of the Women Network, spoke.",
    "{}’s lawyers spoke.",
    "The lawyers of {} spoke.",
    "The lawyer(s) of {} spoke.",
    "{}’s website was closed.",
    "Women from {} met.",
    "{} (Women Network) spoke.",
    "Partners: {}, UNICEF.",
    "{}, UNICEF and the police met.",
    "The organisation {} won.",
    "It was {}, with the Women Network, that spoke.",
    "Members of {} were told.",
    "{} from the Lion Network for Peace (LNP) spoke.",
    "The Women Network, {} and the police won.",
    "{} and UNICEF met.",
    "{} and the Ministry of Health met.",
    "Le Réseau des femmes et {} ont gagné.",
    "{} y la Red de Mujeres ganaron.",
    "{} Mali signed.",
    "They wrote #Free{} and #JusticeFor{} today.",
    # Letters before a name: an office, a party, a body that everybody knows.
    "MCA {} seconded the motion.",
    "LC3 {} wept.",
    "UN {} spoke.",
    "{} MP and UNICEF met.",
    "The {} Memorial Lecture was held.",
    "{} Primary School was opened.",
]
#: First parts of names, invented: plain, double, with a particle, a word of another dictionary.
GIVEN = ["Qarnum", "Waldeem", "Mancho", "Abdi-Qarnu", "Hope"]
ENDS = "bdfgklmnprstvz"


def _surname(number: int) -> str:
    """A word that no list has, another one for each number."""
    first, second = divmod(number, len(ENDS))
    return f"Zol{ENDS[second]}i{ENDS[first]}aqir"


NAMES = [
    (context, given, _surname(number))
    for number, (context, given) in enumerate(
        (context, given)
        for context, some in zip(CONTEXTS, cycle([GIVEN[:3], GIVEN[2:]]), strict=False)
        for given in some
    )
]
#: Where one word alone stood behind what kind of body it is.
ALONE = [
    (text, _surname(len(NAMES) + number))
    for number, text in enumerate(
        [
            "The organisation {} won the case.",
            "The NGO {} met the prefect.",
            "L’association {} a saisi le tribunal.",
            "Le collectif {} a marché.",
            "La organización {} firmó el acuerdo.",
            "The letter to OCS {} was sent.",
            "The {} Commission reported.",
            "{}-led youth marched.",
        ]
    )
]
#: Names that are written as papers write them, alone or beside another: (as written, as released).
CAPITALS = [
    ("The lawyers of TRAORE spoke.", "The lawyers of [name] spoke."),
    ("The NGO SISSOKO met the prefect.", "The NGO [name] met the prefect."),
    ("KEITA (Horizon Tal Network) spoke.", "[name] (Horizon Tal Network) spoke."),
    ("Members of OUSMANE SOW were told.", "Members of [name] [name] were told."),
    ("IBRAHIM BA, UNICEF and the police met.", "[name] [name], UNICEF and the police met."),
    ("SEYDOU ZOQ and the Women Network met.", "[name] [name] and the Women Network met."),
    ("The lawyers of ZOLBIRAQUEN spoke.", "The lawyers of [name] spoke."),
    # Letters are a body's: where they are spelt out, and few that nobody is known to be called.
    ("The Asili Development Agency (ADA) met; ADA spoke.",) * 2,
    ("The lawyers of ZOLBI and RLFDN spoke.",) * 2,
]
#: Somebody decided that a body called after a suspected person may be named: that name alone.
CLEARED = [
    ("They heard Mr Zuberi Hatunabi, who won.", "They heard [name], who won."),
    ("The Hatunabi Foundation met; it was HATUNABI FOUNDATION.",) * 2,
    ("The Hatunabi Trust met Radio Hatunabi.", "The [name] Trust met Radio [name]."),
    ("Hatunabi spoke. So did HATUNABI.", "[name] spoke. So did [name]."),
    ("The NGO Hatunabi won. It was hatunabi.", "The NGO [name] won. It was [name]."),
    ("They wrote #FreeHatunabi to the Foundation.", "They wrote [name] to the Foundation."),
    ("Team Hatunabi met Ama Hatunabi Foundation.", "Team [name] met [name] Foundation."),
]
#: What stays as it is: plain words, letters, head nouns, a legal form, bodies that everybody knows.
STAYS = [
    "Horizon Fille Mali and UNICEF met.",
    "Oxfam and the Ministry of Health met.",
    "Vision Jeunes, UNICEF and the police met.",
    "The Zolbaqir Trust and the Red de Mujeres met.",
    "Partners: Qarnumi Legal Clinic, RLFDN, Voix Libres.",
    "MISA Mali and Qarnumi Ltd met.",
    "Terra de Direitos and the Ministry of Water and Irrigation won.",
    "Ubrenqo Daltis and UNICEF met.",  # a decision says so
    "Ubrenqa Daltos and UNICEF met.",  # a line of organisations.yaml says so
    "They wrote #EndSARS, #FreePress and #Mali.",
    "UNICEF met the EU Commission; it was UN-led.",
    "The Electoral Commission of Bamako met.",
]
#: A name that a rule took into the name of a body, and the same alone.
AGAIN = ["La Coalición de Mujeres y Mancho Zolbirreq ganaron.", "Then Zolbirreq left."]
KEPT = "Ubrembi Daltun"  # decided, but not for a release


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A harvest with each name in each context, a record of its own; built and released."""
    folder = tmp_path_factory.mktemp("doubted")
    texts = [context.format(*[f"{given} {last}"] * 2) for context, given, last in NAMES]
    texts = [text.replace(" Zol", "Zol") if "#" in text else text for text in texts]
    texts += [*STAYS, *AGAIN, f"{KEPT} and UNICEF met."]
    texts += [text.format(name) for text, name in ALONE]
    texts += [text for text, _ in (*CAPITALS, *CLEARED)]
    with (folder / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"QX/{n:03d}", text, "Mali", "no") for n, text in enumerate(texts)]
        csv.writer(stream).writerows(
            [("ID", "Outcome description", "Country", "Confidential"), *rows]
        )
    (folder / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    (folder / "organisations.yaml").write_text(
        "- id: ubrenqa\n  label: {en: Ubrenqa Daltos}\n  publish: yes\n", encoding="utf-8"
    )
    (folder / "decisions.csv").write_text(
        "decision,a,b,scope,by,date,reason,publish\n"
        "organisation,Ubrenqo Daltis,,,Officer,2031-01-01,,yes\n"
        f"organisation,{KEPT},,,Officer,2031-01-01,,\n"
        "organisation,Hatunabi Foundation,,,Officer,2031-01-01,,yes\n",
        encoding="utf-8",
    )
    config = load_config(folder)
    build(config, [folder / "harvest.csv"])
    release(config)
    return folder


@pytest.fixture(scope="module")
def public(project) -> Harvest:
    """Its release."""
    return Harvest(load_config(project), Audience.PUBLIC)


@pytest.fixture(scope="module")
def texts(public) -> set[str]:
    """Its texts."""
    rows = public.select("SELECT ?text { ?cell nif:isString ?text ; oh:searchText ?any }")
    return {row["text"] for row in rows}


def test_no_name_is_released_because_of_its_neighbours(project):
    """In no text, label, node, packed part of the page, and not in the preview."""
    surnames = [last for *_, last in (*NAMES, *ALONE)] + [*KEPT.split(), "Zolbirreq"]
    leaks = {word for _, word, _ in scan.leaks(project / "output" / "public", surnames)}
    seen = str(preview(load_config(project))).casefold()

    assert leaks == set()
    assert [name for name in surnames if name.casefold() in seen] == []


def test_the_given_name_goes_with_it(texts):
    """No half of a name is left beside its mask."""
    left = [text for text in texts for given in GIVEN if f"{given} [" in text]

    assert left == []
    assert "[name] and the Lion Network for Peace met the prefect." in texts
    assert "Le Réseau des femmes et [name] ont gagné." in texts


@pytest.mark.parametrize(("text", "told"), CAPITALS)
def test_a_surname_in_capitals_is_no_acronym(texts, text, told):
    """Letters beside a name, or that people bear as one, are masked until somebody vouches."""
    assert told in texts


@pytest.mark.parametrize(("text", "told"), CLEARED)
def test_who_publishes_the_name_of_a_body_clears_that_name_and_nothing_else(texts, text, told):
    """Whose name is a part of it stays hidden, in other bodies, alone, in any case, in a tag."""
    assert told in texts


def test_no_file_says_a_cleared_word_but_in_the_cleared_name(project):
    """In the graph, the mentions and the page: without that name not a trace of the word."""
    for path in sorted((project / "output" / "public").glob("[a-z]*.*")):
        for data in scan.contents(path.read_bytes()):
            rest = re.sub(rb"(?i)hatunabi([ _-]|%20)?foundation", b"", data)
            assert b"hatunabi" not in rest.lower(), path.name


@pytest.mark.parametrize("text", STAYS)
def test_bodies_of_plain_words_and_published_ones_stay(texts, text):
    """What its own words, or somebody, call a body, is one."""
    assert text in texts


def test_the_internal_copy_keeps_them_as_bodies(project):
    """Only a release doubts: inside, a partner is told by its neighbours."""
    inside = Harvest(load_config(project), Audience.INTERNAL)
    labels = {row["label"] for row in inside.query("organisations")}

    assert f"Qarnum {NAMES[0][2]}" in labels


@pytest.mark.parametrize(
    "name",
    ["Xanbir YOLQUM", "XANBIR YOLQUM", "Xanbir al-Yolqum", "Xanbir bin Yolqum", "Hope Yolqum"],
)
def test_a_name_may_be_written_in_many_ways(name):
    """Capitals, particles and a given name that is a word explain nothing."""
    assert strange(name, places=()) == (0, len(name))
