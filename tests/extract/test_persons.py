"""Names of persons are found whole, wherever a body's name might swallow them."""

# ruff: noqa: E501 - one example a line

import traceback
from dataclasses import replace

import pytest

from kg.extract.lexicon import lexicon
from kg.model import Kind, Statement

PERSONS = [
    ("J.P. Ouma met Gitali B.C. and King Mwambu IV.", ["J.P. Ouma", "Gitali B.C.", "Mwambu IV"]),
    ("D'Elia Gonz met Peta dela Rosa.", ["D'Elia Gonz", "Peta dela Rosa"]),
    ("Kasongo wa ba Ilunga and Ma Nilar left.", ["Kasongo wa ba Ilunga", "Ma Nilar"]),
    ("Then Awa Sow spoke.", ["Awa Sow"]),
    ("Tsiona spoke, and Aminah left.", ["Tsiona", "Aminah"]),
    ("NDAYIZ Aline and Jean-Claude HABONIM came.", ["NDAYIZ Aline", "Jean-Claude HABONIM"]),
    ("Yesterday SHWANI AZIZI testified.", ["SHWANI AZIZI"]),
    ("We met Jean de Dieu Habim and Ag Mohamed ould Sidi.", ["Jean de Dieu Habim", "Ag Mohamed ould Sidi"]),
    ("A word by al-Khafaj and Zainab bint Omar.", ["al-Khafaj", "Zainab bint Omar"]),
    ("Marie-Claire N'Guess and Sean O'Neilly came.", ["Marie-Claire N'Guess", "Sean O'Neilly"]),
    ("With Dr. A. B. Mensa in town.", ["Dr. A. B. Mensa"]),
    ("Then Mrs Hope and Grace Apion wept.", ["Mrs Hope", "Grace Apion"]),
    ("HRDs Awa Sow (the first) came.", ["Awa Sow"]),
    ("La señora Xiomara Paz y don Chepe hablaron.", ["Xiomara Paz", "Chepe"]),
    ("Write to awa.sow@example.org, @AwaSowX or +254 700 000 111.", ["awa.sow@example.org", "@AwaSowX", "+254 700 000 111"]),
    ("Si Mohand Ouadi and Mulay Ahmed uld Brahimo came.", ["Si Mohand Ouadi", "Ahmed uld Brahimo"]),
    ("Then Bhekile kaMagaguli came.", ["Bhekile kaMagaguli"]),
    # how people are addressed and called
    ("Luego doña Tenchita y hno. Anselmino hablaron.", ["doña Tenchita", "hno. Anselmino"]),
    ("Then Sughrano bibi and dr. ngoziko left.", ["Sughrano bibi", "ngoziko"]),
    ("Elle a vu la ministre achtou mahamati ngaro.", ["achtou mahamati ngaro"]),
    ("Vino Eulogia Mamanix Vda. de Condorix.", ["Eulogia Mamanix Vda. de Condorix"]),
    ('Then Juan "Chepo" de los Santos Toledox left.', ['Juan "Chepo" de los Santos Toledox']),
    ("Le chef, Abakar Ousmanox dit Grand Turban, est venu.", ["Abakar Ousmanox", "Grand Turban"]),
    ("Her name is withheld (Z.O.) here.", ["Z.O."]),
    ("Then Bina Maya Lamax came.", ["Bina Maya Lamax"]),
    ("Enlace: Mairobix (mairobix.x@example.org)", ["Mairobix"]),
    ("Call 0300-5550147 or 70 11 22 33.", ["0300-5550147", "70 11 22 33"]),
    ("Then Sagyn kyzy Aizadax spoke.", ["Sagyn kyzy Aizadax"]),
    # names that nobody capitalised, and what stands beside them
    ("the desk heard hadiza and then k. mohamed.", ["hadiza", "k. mohamed"]),
    ("puis amina tchoumbi et une voisine, fatoumata dite tantie koumboura.", ["amina tchoumbi", "fatoumata dite tantie koumboura"]),
    ("a neighbour, zukmi apa, told us.", ["zukmi apa"]),
    ("Un policier, zakombi, nous a vus.", ["zakombi"]),
    ("Hadiza left. Nobody saw hadiza again.", ["Hadiza"]),
    # initials before a surname in capitals, or before a town's name
    ("Hier Zémidjan A. KOUNTOVI et NDOUMBA E. Clarisse ont signé.", ["Zémidjan A. KOUNTOVI", "NDOUMBA E. Clarisse"]),
    ("Le colonel B. Ségou est venu.", ["B. Ségou"]),
    # a small word that is a surname; a nickname with its article
    ('Ayer habló la lideresa Tamaré Sobre.', ["Tamaré Sobre"]),
    ("Luego Zuleika y la Zarca salieron.", ["la Zarca"]),
    ("Le chef Zambo Luc dit « Papa Kobélé » a parlé.", ["Zambo Luc dit « Papa Kobélé"]),
    # numbers as short as a country writes them
    ("Tel. 9955-0000, cel. 955 500 000, Mob: 98555-00000 or whatsapp 77 555 00 00.", ["9955-0000", "955 500 000", "98555-00000", "77 555 00 00"]),
    # beside a body's name
    ("Then the Hill Farmers Guild's Jane Werey met Police Commissioner Otienoh.", ["Jane Werey", "Otienoh"]),
    ("Le commissaire de Police Moussa Traorey est venu.", ["Moussa Traorey"]),
    ("La présidente de la Coordination des Femmes Hadiza Moumoun a parlé.", ["Hadiza Moumoun"]),
    ("La Coalition Lacustre et Amina Sowe ont signé.", ["Amina Sowe"]),
    ("They met Grace Apion and National Assembly Speaker Amason Wekes.", ["Grace Apion", "Amason Wekes"]),
    ("El director de la Red de Mujeres Pedro Quispel habló.", ["Pedro Quispel"]),
    # a country that is half a name
    ("Here Ogoba Togo sang.", ["Ogoba Togo"]),
]  # fmt: skip


def covered(text: str, wanted: str, spans: list[tuple[int, int]]) -> bool:
    """Whether every letter of a name stands in some span."""
    at = text.index(wanted)
    letters = {at + i for i, c in enumerate(wanted) if c.isalnum()}
    return letters <= {i for start, end in spans for i in range(start, end)}


@pytest.mark.parametrize(("text", "wanted"), PERSONS)
def test_every_letter_of_a_name_is_covered(mentions, text, wanted):
    """Half a name masked is a name told."""
    spans = [(m.start, m.end) for m in mentions(text, language=None) if m.kind is Kind.PERSON]

    assert [name for name in wanted if not covered(text, name, spans)] == []


@pytest.mark.parametrize(
    "text",
    [
        "In May 2022, on 3 June and in April the Police came. Grâce à Facebook, they knew.",
        "Training was important. Following this, Human Rights Defenders met in Nairobi.",
        "Le ministère de la Justice et la Gendarmerie à Niamey. Depuis, les Maliens attendent.",
        "El Ministerio del Interior en Bogotá. Después, las Defensoras volvieron el lunes.",
        "The Lakeside Women Network (LWN) met in the Kollo district and the commune of Say.",
    ],
)
def test_what_is_explained_is_no_suspect(names, text):
    """Months, towns, nationalities, bodies and sentence beginnings."""
    assert names(text, kind="person", language=None) == []


def test_persons_have_no_role_and_are_only_suspected(mentions):
    """Found to be masked, never to be linked."""
    found = [m for m in mentions("Awa Sow trained ROXFD.") if m.kind is Kind.PERSON]

    assert [(m.role, m.status.value, m.entity) for m in found] == [(None, "suggested", None)]


CANARY = "Zyxwvut"


@pytest.mark.parametrize("broken", [CANARY, Statement("description", "d", CANARY, narrative=3)])
def test_the_words_of_a_name_are_in_no_error(extractor, fragment, broken):
    """Whatever goes wrong inside, what is told of it holds no word of the text."""
    record = replace(fragment("x"), statements=(broken, Statement("title", "t", 3, narrative=True)))
    with pytest.raises((AttributeError, TypeError)) as raised:
        extractor(record)

    told = traceback.format_exception_only(raised.value)
    assert CANARY not in f"{told} {raised.value!r} {raised.value}"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Impunity went on."),
        ("fr", "Le ministre de la Justice a signé."),
        ("en", "See EQ-07 and UG 14."),
    ],
)
def test_plain_words_are_nobodys(names, language, text):
    """What a dictionary has needs no masking at the head of a sentence or in the title of a law."""
    assert names(text, kind="person", language=language) == []


#: Forms of everyday verbs that no dictionary lists under themselves, and a plural.
IRREGULAR = {
    "en": "held made put read run said sung told kept left led lost met paid sent stood taught dries",
    "es": "crean dejan eligió leía nació sirvió toman vivían hicieron dijo puso harán vidas brinda",
    "fr": "relu émis élu lu vu pris mis dit fait tenu venu valent géra toléra ouvert souffert",
}


@pytest.mark.parametrize("language", sorted(IRREGULAR))
def test_an_irregular_form_in_small_letters_is_nobodys_name(names, language):
    """ "a relu", "crean una mesa": lists of names without accents have these words too."""
    known = [lexicon().info(word) for word in IRREGULAR[language].split()]

    assert [info.text for info in known if info.named_small] == []
    assert names("La CIR a relu avec elles.", language="fr", kind="person") == []
    assert names("La directora evita hablar.", language="es", kind="person") == []
