"""A surname that no list has, suspected in one sentence, is masked in names of bodies, too."""

import csv
import importlib.util
from pathlib import Path

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import preview, release

_SPEC = importlib.util.spec_from_file_location("scan", Path(__file__).with_name("scan.py"))
scan = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(scan)

#: Names that no list has: (name, how it is suspected, how it is said again in another record).
CANARIES = [
    ("Hatunabi", "They heard Mr Zuberi {}, who won.", "The {} Foundation met."),
    ("Wekobaru", "They heard Mr Zuberi {}, who won.", "Team {} won."),
    ("Zimbelaku", "They heard Mrs Ama {}, who won.", "They wrote to the Office of {} today."),
    ("Torvasheri", "They heard Dr {}, who won.", "{} & Partners signed. So did {} Advocates."),
    ("Quembarisi", "They heard Dr {}, who won.", "It was quembarisi, then QUEMBARISI."),
    ("Lidongweri", "They heard Dr {}, who won.", "{}’s Friends Association met {}-Kisumu Forum."),
    ("Bashorunki", "They heard Dr {}, who won.", "The Ana {} Memorial Fund paid."),
    ("Nkelembiso", "They heard Dr {}, who won.", "The Justice for {} Campaign marched."),
    ("Ozurikembe", "They heard Dr {}, who won.", "The {} Legal Clinic (OLC) opened; OLC met."),
    ("Yathimoke", "They heard Dr {}, who won.", "The yathimoke foundation paid the {}s."),
    ("Kpelundeso", "They heard Dr {}, who won.", "They read #JusticeFor{} and {}_campaign."),
    ("Vashudenko", "Amina {} was freed.", "Friends of {} and the {} Trust wrote."),
    ("Drulombeya", "{} spoke. They freed {}.", "The {} Foundation met."),
    ("Sankhuvela", "Ils ont entendu Mme Awa {}.", "La Fondation {} a payé le Collectif {}."),
    ("Mbolutandi", "Ils ont entendu M. Paul {}.", "Le Cabinet {} et Associés a signé."),
    ("Tchimwezo", "Me {} a parlé.", "Les Amis de {} et l’Association {} ont écrit."),
    ("Izquembra", "Escucharon a doña Rosa {}.", "La Fundación {} y el Colectivo {} firmaron."),
    ("Pachuqueri", "Escucharon a don Luis {}.", "Los Amigos de {} y la Radio {} firmaron."),
    ("Kharubani", "They heard Dr Ahmed al-{}.", "The Al-{} Centre and Markaz Al {} met."),
    ("Shuwaydiri", "They heard Sheikh Omar {}.", "The SHUWAYDIRI TRUST met; Trust {} paid."),
]
#: The same in one record, the body before the person, and names of which a part was left.
TOGETHER = [
    ("Gorombwela", "The Gorombwela Foundation met. They heard Mr Zuberi Gorombwela."),
    ("Otiembari", "Grace Wanjiku Otiembari spoke. It was grace wanjiku otiembari."),
    ("Wanjiku", "Wanjiku spoke again."),
    ("Karembuki", "M. Karembuki spoke. It was signed Karembuki, m. and m. karembuki."),
]
#: Words of suspected names that any text has; bodies and places called by them stay as they are.
PLAIN = [
    "Mrs Grace Hope, Mr Road Wells and Dr Faith Justice spoke.",
    "Mr Zuberi Kisumu spoke.",
    "The Hope Foundation, the Faith Network and the Justice Forum met.",
    "The Wells Legal Clinic (WLC) opened a desk by the road, with hope and faith in justice.",
    "The Kisumu Weavers Union met in Kenya.",
    "The Mandhelari Institute met; it was the Mandhelari Institute.",
    "The Union of Weavers of Mendaro met the council of Mendaro.",
]
STAYS = PLAIN[2:]
CURATED = """\
- id: mandhelari-institute
  label: {en: Mandhelari Institute}
  publish: yes
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A harvest with all of these, each in a record of its own; built and released."""
    folder = tmp_path_factory.mktemp("suspects")
    texts = [
        *(again.format(*[name] * 9) for name, _, again in CANARIES),
        *(before.format(*[name] * 9) for name, before, _ in CANARIES),
        *(text for _, text in TOGETHER),
        *PLAIN,
        "They heard Mr Ali Mandhelari in Mendaro.",
    ]
    with (folder / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"QX/{n:03d}", text, "Niger", "no") for n, text in enumerate(texts)]
        csv.writer(stream).writerows(
            [("ID", "Outcome description", "Country", "Confidential"), *rows]
        )
    (folder / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    (folder / "organisations.yaml").write_text(CURATED, encoding="utf-8")
    config = load_config(folder)
    build(config, [folder / "harvest.csv"])
    release(config)
    return folder


@pytest.fixture(scope="module")
def public(project) -> Harvest:
    """Its release."""
    return Harvest(load_config(project), Audience.PUBLIC)


@pytest.fixture(scope="module")
def found(project) -> set[str]:
    """The canaries that stand anywhere in the release, in whatever encoding."""
    names = [name for name, *_ in (*CANARIES, *TOGETHER)]
    return {word for _, word, _ in scan.leaks(project / "output" / "public", names)}


@pytest.mark.parametrize("name", [name for name, *_ in (*CANARIES, *TOGETHER)])
def test_no_file_of_the_release_says_the_name(found, name):
    """In no text, label, alias, address of a node, search text, or packed part of the page."""
    assert name not in found


def test_the_preview_says_none_either(project):
    """Who signs reads what is released, and nothing else."""
    seen = str(preview(load_config(project))).casefold()

    assert [name for name, *_ in (*CANARIES, *TOGETHER) if name.casefold() in seen] == []


def test_no_part_of_a_name_is_left_beside_its_mask(public):
    """Given names and initials go with the surname, on both of its sides."""
    rows = public.select(
        "SELECT ?text { ?cell nif:isString ?text ; oh:searchText ?any } ORDER BY ?text"
    )
    texts = {row["text"] for row in rows}

    assert "[name] spoke. It was [name]." in texts
    assert "[name] spoke. It was signed [name] and [name]." in texts


@pytest.mark.parametrize("text", STAYS)
def test_plain_words_places_and_published_bodies_stay(public, text):
    """Somebody who is called Hope, Wells or Kisumu takes those words from no body and no text."""
    rows = public.select("SELECT ?text { ?cell nif:isString ?text ; oh:searchText ?any }")

    assert text in {row["text"] for row in rows}


def test_what_speaks_is_still_told(public):
    """The other bodies are nodes as before."""
    labels = {row["label"] for row in public.query("organisations")}

    assert labels >= {
        "Hope Foundation",
        "Kisumu Weavers Union",
        "Mandhelari Institute",
        "Wells Legal Clinic",
    }
