"""Acronyms in the ways that people write them, beside other names and without any."""

import pytest

ROWS = [
    ("en", "Partners: KDRX, WLFMX/TCPX & RN4LX.", ["KDRX", "WLFMX", "TCPX", "RN4LX"]),
    ("es", "Aliados: REDMUX & CJyPX.", ["REDMUX", "CJyPX"]),
    ("fr", "Acteurs : RFEMX, O.N.E.D.X. & WiLDAFX-Mali.", ["RFEMX", "O.N.E.D.X.", "WiLDAFX-Mali"]),
    ("en", "A letter of J-FLAMX came.", ["J-FLAMX"]),
    ("en", "Draft sent to PSX, JSC and the LSX.", ["PSX", "JSC", "LSX"]),
    ("en", "See UNFPA res. 48/13 and ILO C190.", ["UNFPA", "ILO"]),
    ("es", "COPINHX denunció a la ENEX ante el MP.", ["COPINHX", "ENEX", "MP"]),
    ("en", "NUDIX SIGNS ITS PACT\nNUDIX met KTMX.", ["NUDIX", "NUDIX", "KTMX"]),
    ("en", "They met CARE4Tenants and Youth4Change.", ["CARE4Tenants", "Youth4Change"]),
    ("en", "Then SUDFX–Kassala sent grain.", ["SUDFX–Kassala"]),
    ("fr", "Le TPX de Gbéléban a relâché les vendeuses.", ["TPX de Gbéléban"]),
    ("es", "El STX de Quilmés Norte liberó a cuatro.", ["STX de Quilmés Norte"]),
    ("fr", "Appui à CONAKX ONG : trois ateliers.", ["CONAKX ONG"]),
    ("fr", "Rapport ROGKX/BRAINKX 2022, p. 14.", ["ROGKX", "BRAINKX"]),
    ("en", "Nile Women's Rooms of Help, or NWRH, opened.", ["Nile Women's Rooms of Help", "NWRH"]),
    ("fr", "Les Mains du Fleuve Vert – MFV – ont ouvert.", ["Mains du Fleuve Vert", "MFV"]),
    ("en", "The Public Defender's Office (PDO) wrote.", ["Public Defender's Office", "PDO"]),
    ("en", "On 3 June the Human Rights Bureau opened.", ["Human Rights Bureau"]),
    ("fr", "L'Union des jeunes filles de Dori a voté.", ["Union des jeunes filles de Dori"]),
    ("en", "Nordwear Group and Lumo Fashion Ltd agreed.", ["Nordwear Group", "Lumo Fashion Ltd"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS)
def test_an_acronym_is_found_however_it_is_written(names, language, text, wanted):
    """Exactly these spans."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("THE RBHX HAS CHANGED ITS TARIFF.", "The RBHX lowered the fee."),
        ("MARCH 2022: ZTLCX PUBLISHES REPORT", "The ZTLCX has published it."),
        ("MAI 2022 – LA CNTHX REÇOIT LES VEUVES", "La CNTHX les a reçues."),
    ],
)
def test_a_shouted_line_holds_the_acronyms_of_the_rest(names, heading, text):
    """What the record has elsewhere is no word of the heading; nothing else of it is a name."""
    letters = next(word for word in text.split() if word.endswith("X"))

    assert names(f"{heading}\n{text}", language="fr") == [letters, letters]
    assert letters not in names(heading, language="fr")


@pytest.mark.parametrize(
    "text",
    [
        "She sent an RTI request and got a CD-ROM.",
        "Ya no piden el DNI ni el DPI a nadie, y el PIB no lo dice.",
        "The MEL handbook, VSLA groups and the IDs of members.",
    ],
)
def test_capitals_of_things_and_people_are_no_bodies(names, text):
    """Papers, carriers, ways of working."""
    assert names(text, language="es") == []


def test_somebodys_initials_make_no_body_of_the_name(names):
    """No word of it is one that nobody bears."""
    text = "Amina Diallo Sow – ADS – spoke."

    assert names(text, kind="person") == ["Amina Diallo Sow"]
