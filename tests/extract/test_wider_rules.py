"""Kinds of names that texts of other hands brought: each is found, and its neighbour is not."""

# ruff: noqa: E501 - one example a line

import pytest

NAMES = [
    # what stands between commas is a body, whoever may be called so
    ("en", "Kwezo, a network of potters, wrote it.", ["Kwezo"]),
    ("en", "In Tamba a sister group, Zelmi, has copied it.", ["Zelmi"]),
    ("en", "Then the Zelmi Kwani party agreed.", ["Zelmi Kwani"]),
    ("fr", "Zolpho, un collectif de potiers, dort là.", ["Zolpho"]),
    ("es", "Después Zuntari, una revista del valle, lo contó.", ["Zuntari"]),
    # a sentence that is but a list
    ("es", "Ministerio de Salud, Zuntari Kweso, Minzul, CNXPH.", ["Ministerio de Salud", "Zuntari Kweso", "Minzul", "CNXPH"]),
    # companies by their form, firms by their partners
    ("es", "El contrato fue de Zelmi Dorado Cía. Ltda., dijo ella.", ["Zelmi Dorado Cía. Ltda."]),
    ("es", "La representa el bufete Kwezo, Zuntari & Asociados hoy.", ["Kwezo, Zuntari & Asociados"]),
    ("es", "La asesoría de ZELMIX A.C. sirvió.", ["ZELMIX A.C."]),
    ("en", "The permit of Zelmi E&P (K) Ltd ended.", ["Zelmi E&P (K) Ltd"]),
    # heads that are cut short
    ("en", "Then the Min. of Women Affairs spoke.", ["Min. of Women Affairs"]),
    ("es", "Vino la Asoc. Zelmi ayer.", ["Asoc. Zelmi"]),
    ("es", "Lo dijo el Instituto de DD.HH. de la UZQM.", ["Instituto de DD.HH. de la UZQM"]),
    # compounds, and links that other languages have
    ("en", "Then the Garment Federation-Zelmi North wrote.", ["Garment Federation-Zelmi North"]),
    ("en", "With Kituo cha Sheria Zelmi they went.", ["Kituo cha Sheria Zelmi"]),
    ("es", "Vino el Movimento das Mulheres do Zelmi ayer.", ["Movimento das Mulheres do Zelmi"]),
    # parts of a body
    ("en", "Then Zelmi Police, Kwezo Division, came.", ["Zelmi Police, Kwezo Division"]),
    ("en", "A talk at the School of Mining Law, Zelmi University.", ["School of Mining Law, Zelmi University"]),
    ("en", "The Garment Union – Zelmi.", ["Garment Union – Zelmi"]),
    ("en", "Then QDX Zelmi Kwezo wrote.", ["QDX Zelmi Kwezo"]),
    ("fr", "La Commission des droits, antenne de l'Est, écrit.", ["Commission des droits, antenne de l'Est"]),
    ("fr", "Un débat sur Radio Zelmi 9.", ["Radio Zelmi 9"]),
    # public bodies that nobody capitalised
    ("en", "Then the emir's council of Zelmi Kwezo agreed.", ["emir's council of Zelmi Kwezo"]),
    ("en", "- 3 May: county assembly of Zelmi-Kwezo votes.", ["county assembly of Zelmi-Kwezo"]),
    ("en", "The ministry of gender, children and social welfare wrote.", ["ministry of gender, children and social welfare"]),
    ("fr", "Puis la commission nationale des droits de l'homme et de la paix a siégé.", ["commission nationale des droits de l'homme et de la paix"]),
    ("es", "Vino la policía nacional con la instancia nacional contra la trata.", ["policía nacional", "instancia nacional contra la trata"]),
    ("en", "Later the national civil status bureau wrote to the high court.", ["national civil status bureau", "high court"]),
    # texts in which nobody capitalised anything
    ("es", "vino ayer el juzgado de garantías de zelmipampa con radio zelsiwa.", ["juzgado de garantías de zelmipampa", "radio zelsiwa"]),
    ("en", "then came the zelmikwa district council with unfpa again.", ["zelmikwa district council", "unfpa"]),
    # adjectives before a head and behind it
    ("fr", "Puis le Haut conseil des imams et la Banque agricole de Zelm ont écrit.", ["Haut conseil des imams", "Banque agricole de Zelm"]),
    ("fr", "Le Cadre de concertation des ruraux du Zelm parle.", ["Cadre de concertation des ruraux du Zelm"]),
    ("fr", "Contre la Société agro-industrielle du Zelm S.A. on plaide.", ["Société agro-industrielle du Zelm S.A."]),
    ("en", "The State Emergency Service and Zelmirka Passenger Railways JSC met.", ["State Emergency Service", "Zelmirka Passenger Railways JSC"]),
    ("es", "La Red de Mujeres del Canal y Cimarrones del Zelm hablaron.", ["Red de Mujeres del Canal", "Cimarrones del Zelm"]),
    ("fr", "Ensuite le parti Tia Zelmireko a parlé.", ["Tia Zelmireko"]),
    # letters
    ("es", "La AMINA tituló la tierra. Después AMINA apeló.", ["AMINA", "AMINA"]),
    ("es", "Después la PDH calló y las PDH siguen.", ["PDH"]),
    ("en", "QDXPU chapters in Zelmofa (QDXPU-Zelmofa) met.", ["QDXPU", "QDXPU-Zelmofa"]),
    ("fr", "La section QDEV-Zelm de la Ligue pour les Forêts écrit.", ["QDEV-Zelm", "Ligue pour les Forêts"]),
    ("es", "Zuntari, revista. El conseil communal vino.", ["Zuntari"]),
    ("fr", "Le conseil communal de Zelmi n'Oufra vote.", ["conseil communal de Zelmi n'Oufra"]),
    ("en", "As demanded by Markaz al-Zelmi and Jam'iyyat Zelmi al-Mar'a here.", ["Markaz al-Zelmi", "Jam'iyyat Zelmi al-Mar'a"]),
    ("fr", "Hier SOS Femmes en Danger a témoigné.", ["SOS Femmes en Danger"]),
    ("fr", "Nature Libre avait plaidé.", ["Nature Libre"]),
    # people and their field, people of a part of a land
    ("en", "A petition by Zelmi Women in Mining came.", ["Zelmi Women in Mining"]),
    ("en", "Then the South Zelmi Weavers spoke.", ["South Zelmi Weavers"]),
    ("es", "Vino la Cruz Roja Internacional ayer.", ["Cruz Roja Internacional"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), NAMES, ids=[n[1][:30] for n in NAMES])
def test_each_kind_of_name_is_found_whole(names, language, text, wanted):
    """Exactly these spans."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("en", "Kwezo Zelmi, a member of the network, wrote it.", "Kwezo Zelmi"),
        ("fr", "Selon l'association, Zolpho Kwezo a fui.", "Zolpho Kwezo"),
        ("es", "Vinieron la Red de Salud, la UZQM y Amina Kwezo.", "Amina Kwezo"),
        ("es", "La secretaria nacional Zelmi Kwezo habló.", "Zelmi Kwezo"),
        ("fr", "Le Réseau Zelmi et de Maître Kwezo Zolpho sont venus.", "Kwezo Zolpho"),
    ],
)
def test_somebody_beside_a_body_stays_a_person(names, language, text, person):
    """The same signs where they are somebody's."""
    assert all(person not in name for name in names(text, language=language))
    assert any(person in name for name in names(text, kind="person", language=language))


def test_letters_that_are_a_name_are_somebodys_without_an_article(names):
    """Nobody's name has an article; a name in capitals stays suspected."""
    assert names("Ayer AMINA habló del pozo.", kind="person", language="es") == ["AMINA"]
    assert names("La AMINA habló del pozo.", kind="person", language="es") == []
