"""Which language a record is in."""

import pytest

from kg.language import languages, stated_language

ENGLISH = "The women of the village have been heard by the council, which opened its books."
FRENCH = "Les femmes du village ont été entendues par le conseil, qui a ouvert ses livres."
SPANISH = "Las mujeres del pueblo han sido escuchadas por el consejo, que abrió sus libros."
PORTUGUESE = "As mulheres da aldeia foram ouvidas pelo conselho, que abriu os seus livros."
DUTCH = "De vrouwen van het dorp zijn door de raad gehoord, die zijn boeken heeft geopend."
ARABIC = "استمع المجلس إلى نساء القرية وفتح دفاتره أمام الجميع"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (PORTUGUESE, "pt"),
        (DUTCH, "nl"),
        (ARABIC, "ar"),
        (ENGLISH.upper(), "en"),
        ("L'association d'aide s'est réunie à l'hôtel de ville.", "fr"),
        ("L’association d’aide s’est réunie à l’hôtel de ville.", "fr"),
        ("Bamako 2022", None),
        ("", None),
        ("OK", None),
    ],
)
def test_a_text_is_told_by_its_function_words(text, language):
    """Without a model, in a moment."""
    assert languages([text]).record == language


def test_foreign_names_do_not_turn_a_record():
    """An English record about French bodies is English."""
    text = (
        "The Réseau des Femmes de la Colline and the Union des Jeunes du Fleuve have signed "
        "an agreement with the council of the town."
    )

    assert languages([text]).record == "en"


def test_a_field_in_another_language_is_told_apart():
    """Settled by record, then by field where it is plain."""
    spoken = languages([ENGLISH, ENGLISH, FRENCH, "Photos"])

    assert spoken.record == "en"
    assert spoken.texts == ("en", "en", "fr", "en")


def test_a_stated_language_holds_for_the_record():
    """And for every field that is not plainly in another one."""
    spoken = languages(["Bamako 2022", FRENCH + " " + FRENCH], stated="es")

    assert (spoken.record, spoken.texts) == ("es", ("es", "fr"))


def test_no_text_has_no_language():
    """A record of blank cells says nothing in no language."""
    spoken = languages([])

    assert (spoken.record, spoken.texts) == (None, ())


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("EN", "en"),
        ("en-GB", "en"),
        ("English", "en"),
        ("anglais", "en"),
        ("Français", "fr"),
        ("FRA", "fr"),
        ("español", "es"),
        ("Spanish (Honduras)", "es"),
        ("العربية", "ar"),
        ("both", None),
        ("", None),
        ("Klingon", None),
    ],
)
def test_a_column_may_state_the_language(text, tag):
    """By name or tag, in several languages."""
    assert stated_language(text) == tag
