"""Names of bodies by rule, in three languages."""

# ruff: noqa: E501 - one example a line

import pytest

from kg.extract import Extractor
from kg.model import Kind, MentionStatus, Organisation
from kg.places import Places

NAMES = [
    # head nouns, connectors, articles outside
    ("The Lakeside Women Network met.", ["Lakeside Women Network"]),
    ("A report of the Coalition for Open Borders came.", ["Coalition for Open Borders"]),
    ("La Ligue des Paysannes du Nord a parlé.", ["Ligue des Paysannes du Nord"]),
    ("Habló la Federación Campesina del Alto Verde.", ["Federación Campesina del Alto Verde"]),
    # coordination
    ("La Police nationale et la Gendarmerie sont venues.", ["Police nationale", "Gendarmerie"]),
    ("ROXFD and CNXPT met PAX.", ["ROXFD", "CNXPT", "PAX"]),
    ("The Centre for Truth and Repair met.", ["Centre for Truth and Repair"]),
    ("The Lakeside Network and the Hill Council met.", ["Lakeside Network", "Hill Council"]),
    ("Le plaidoyer du Collectif Voix Bleue et du Réseau Amitié Kori a servi.", ["Collectif Voix Bleue", "Réseau Amitié Kori"]),
    ("The Ministry of Gender, Labour and Social Development replied.", ["Ministry of Gender, Labour and Social Development"]),
    # uncapitalised heads and complements
    ("Elle écrit au ministère de la Justice.", ["ministère de la Justice"]),
    ("La Commission nationale de dialogue et de paix siège.", ["Commission nationale de dialogue et de paix"]),
    ("Le Réseau des jeunes pour la paix organise une marche.", ["Réseau des jeunes pour la paix"]),
    # people and their cause
    ("Later Lawyers for Repair wrote.", ["Lawyers for Repair"]),
    ("Hier Avocats Sans Barreaux a plaidé.", ["Avocats Sans Barreaux"]),
    # what leads to a name, and what follows one
    ("Members of the Hill Farmers Guild came.", ["Hill Farmers Guild"]),
    ("Director of the Hill Farmers Guild since 2020.", ["Hill Farmers Guild"]),
    ("The Hill Farmers Guild in Kenya met on Monday.", ["Hill Farmers Guild"]),
    ("The Hill Farmers Guild's members met.", ["Hill Farmers Guild"]),
    # class nouns
    ("Puis l'ONG Sauti Bora et l'association « Tin Awal » ont aidé.", ["Sauti Bora", "Tin Awal"]),
    ("Minera Lago Claro, S.A. apeló.", ["Minera Lago Claro, S.A."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_name_begins_and_ends_where_a_reader_would_say(names, text, expected):
    """Exactly these spans, and no others."""
    assert names(text, language=None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Network met, and the Commission left.",
        "Le Comité de pilotage et le comité de gestion siègent.",
        "The National Police Act and the Network Meeting Report.",
        "They posted on Facebook and WhatsApp.",
        "AN ANGRY LETTER IN CAPITALS CAME TODAY.",
    ],
)
def test_a_head_alone_a_paper_or_a_site_is_no_name(names, text):
    """Anaphora, committees without a name, acts and platforms."""
    assert [n for n in names(text, language=None) if n != "National Police"] == []


def test_an_unknown_acronym_is_only_suggested(mentions):
    """Nobody said what it stands for."""
    found = [m for m in mentions("Then ROXFD met us.") if m.kind is Kind.ORGANISATION]

    assert [(m.text, m.method, m.status) for m in found] == [
        ("ROXFD", "acronym-rule", MentionStatus.SUGGESTED)
    ]


def curated(**given) -> Extractor:
    return Extractor(
        organisations=[Organisation(id="tin", labels=(("fr", "Voix du Lac Bleu"),), **given)],
        places=Places.load(),
        ner=False,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Voix du Lac Bleu parle.", ("Voix du Lac Bleu", "registry", 0.98)),
        ("LA VOIX DU LAC BLEU parle.", ("VOIX DU LAC BLEU", "registry", 0.90)),
        ("The voix du lac Bleu spoke.", ("voix du lac Bleu", "registry", 0.90)),
        ("Then VLBX spoke.", ("VLBX", "registry-acronym", 0.80)),
        ("We met Petite Voix.", ("Petite Voix", "registry", 0.98)),
    ],
)
def test_curated_names_are_found_folded_and_by_acronym(fragment, text, expected):
    """Accents and case do not matter; how surely they agree is told."""
    found = curated(acronyms=("VLBX",), aliases=("Petite Voix",))(fragment(text))
    first = next(m for m in found if m.kind is Kind.ORGANISATION)

    assert (first.text, first.method, first.confidence) == expected
    assert first.label == "Voix du Lac Bleu"


def test_a_curated_name_in_plain_words_is_no_name(fragment):
    """Without any capital the words mean what they say."""
    assert curated()(fragment("On entend la voix du lac bleu.")) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Then RDKLX Kossiwari met.", "RDKLX Kossiwari"),
        ("Then RDKLX Nairobi met.", "RDKLX Nairobi"),
        ("Then RDKLX Coordinator Amina Gomez met.", "RDKLX"),
    ],
)
def test_letters_and_a_place_are_a_chapter(names, text, wanted):
    """A chapter is a body of its own; an officer is none."""
    assert names(text, language="en") == [wanted]


def test_long_letters_are_an_acronym_where_no_surname_is_in_capitals(names):
    """ "KOSAMIRA" is a surname's shape too, but nobody's is so written here."""
    alone = names("KOSAMIRA saw Amina Gomez.", kind="person", language="en")
    beside = names("KOSAMIRA saw HABONIM Aline.", kind="person", language="en")

    assert ("KOSAMIRA" in alone, "KOSAMIRA" in beside) == (False, True)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "We met Mbelwa Women there.", ["Mbelwa Women"]),
        ("en", "We met Sisters of Mbelwa there.", ["Sisters of Mbelwa"]),
        ("fr", "On a vu Imams de Mbelwa au marché.", ["Imams de Mbelwa"]),
        ("en", "We met Mbelwa Telecom there.", ["Mbelwa Telecom"]),
        ("en", "Women of Mbelwa spoke.", []),
        ("en", "We met Kenyan Women there.", []),
        ("en", "Then the Mbelwa Project ended.", []),
        ("en", "The General Assembly is next week.", []),
    ],
)
def test_people_of_a_place_are_a_body_where_they_are_written_as_one(names, language, text, wanted):
    """Capitals amid a sentence make the name; a kind of people and a project are none."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Elle a vu le ministère de la Justice et l'Assemblée des représentants du peuple.",
            ["ministère de la Justice", "Assemblée des représentants du peuple"],
        ),
        (
            "Il a saisi la Mairie de Kossi et la Cour d'appel de Solaya.",
            ["Mairie de Kossi", "Cour d'appel de Solaya"],
        ),
        ("Le Haut Conseil des collectivités a signé.", ["Haut Conseil des collectivités"]),
    ],
)
def test_uncapitalised_complements_belong_to_the_head_before_them(names, text, wanted):
    """Behind "and" a second body has complements of its own."""
    assert names(text, language="fr") == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Then Mbelwa Gold Inc. stopped.", ["Mbelwa Gold Inc."]),
        ("en", "They sued Mbelwa Gold Ltd. It stopped.", ["Mbelwa Gold Ltd"]),
        ("en", "They sued in the High Court in Mbelwa.", ["High Court in Mbelwa"]),
        ("en", "The Law Society in Mbelwa sued.", ["Law Society"]),
        ("fr", "La Ligue des paysannes du bassin minier agit.", None),
        ("en", "We met Guild of Weavers, Mbelo Chapter.", ["Guild of Weavers, Mbelo Chapter"]),
        ("en", "Then RDKLX/Mbelo signed.", ["RDKLX/Mbelo"]),
        ("fr", "Il a vu le Cabinet Mbelo & Solamba hier.", ["Cabinet Mbelo & Solamba"]),
        ("fr", "Le Sénat coutumier a signé.", ["Sénat coutumier"]),
        ("fr", "Il a saisi la Coordination des OSC de Mbelo.", ["Coordination des OSC de Mbelo"]),
        ("fr", "Il a vu l'ONG Action pour la Dignité hier.", ["Action pour la Dignité"]),
        ("en", "Chair of the Mbelo Land Tribunal Mr Okoti came.", ["Mbelo Land Tribunal"]),
    ],
)
def test_what_still_belongs_to_a_name(names, language, text, wanted):
    """An abbreviation's full stop, the seat of a court, an adjective behind a complement."""
    whole = wanted or [text.split(" ", 1)[1].rsplit(" ", 1)[0]]

    assert names(text, language=language) == whole
