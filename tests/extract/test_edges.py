"""Names are found whole: with the branch, the quote, the article and the form that are theirs."""

import pytest


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Il a lu La Voix du Kondala hier.", ["La Voix du Kondala"]),
        ("fr", "Hier. La Voix du Kondala a fermé.", ["Voix du Kondala"]),
        ("en", "We heard Radio Kondala 98.3 at noon.", ["Radio Kondala 98.3"]),
        ("en", "The RDKLX's Kondala chapter came.", ["RDKLX's Kondala chapter"]),
        ("es", 'Con la Clínica Ambiental "Hoja Verde" fuimos.', ['Clínica Ambiental "Hoja Verde"']),
        (
            "fr",
            "La Gendarmerie nationale, compagnie de Kondala, est venue.",
            ["Gendarmerie nationale, compagnie de Kondala"],
        ),
        (
            "es",
            "El Consejo de Comunidades Zuch'om' vino.",
            ["Consejo de Comunidades Zuch'om'"],
        ),
    ],
)
def test_what_belongs_to_a_name_is_left_to_it(names, language, text, wanted):
    """A name cut short is another name."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "They sued Zulong Tai Lumber (ZX) Ltd today.", ["Zulong Tai Lumber (ZX) Ltd"]),
        ("fr", "Le Cabinet Mbelo, Soram & Tami plaide.", ["Cabinet Mbelo, Soram & Tami"]),
        ("en", "We met Mbelo, Soram & Tami Advocates.", ["Mbelo, Soram & Tami Advocates"]),
    ],
)
def test_a_company_is_one_by_its_form(names, language, text, wanted):
    """Whatever words it is made of."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "es",
            "Vinieron el Centro de Estudios y Defensa de la Mujer y la Iglesia Metodista.",
            ["Centro de Estudios y Defensa de la Mujer", "Iglesia Metodista"],
        ),
        (
            "en",
            "The Human Rights and Civil Integration Committee met.",
            ["Human Rights and Civil Integration Committee"],
        ),
        (
            "fr",
            "Le Syndicat des Journalistes du Kondala & Canal Zowé en parlent.",
            ["Syndicat des Journalistes du Kondala", "Canal Zowé"],
        ),
    ],
)
def test_an_article_and_a_head_begin_another_body(names, language, text, wanted):
    """What "and" joins otherwise is one name."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Local Government Act was read."),
        ("en", "They held the Girls Voices Week in town."),
        ("fr", "Elle a publié un article « Le Conseil des femmes debout »."),
        ("es", "Fue al Taller en Kondala."),
        ("en", "Team Awa wrote."),
        ("en", "It was SDG-5 and EQ-07."),
    ],
)
def test_laws_occasions_titles_and_crews_are_no_bodies(names, language, text):
    """Their capitals are a custom's."""
    assert names(text, language=language) == []
