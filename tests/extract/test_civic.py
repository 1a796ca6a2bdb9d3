"""Public bodies that people leave uncapitalised are names where their place is told."""

import pytest


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "La mairie de Kondala a payé.", ["mairie de Kondala"]),
        ("fr", "Ils ont saisi l'agence de bassin du Kondala.", ["agence de bassin du Kondala"]),
        ("fr", "Le cantonnement forestier de Kondala agit.", ["cantonnement forestier de Kondala"]),
        ("fr", "La commune de Kondala a signé.", ["commune de Kondala"]),
        ("es", "El ayuntamiento de Kondala firmó.", ["ayuntamiento de Kondala"]),
        (
            "es",
            "Fue a la agencia regional de medio ambiente de Kondala.",
            ["agencia regional de medio ambiente de Kondala"],
        ),
        (
            "en",
            "They sued in the court of first instance of Kondala.",
            ["court of first instance of Kondala"],
        ),
        ("en", "We met the municipal council of Kondala.", ["municipal council of Kondala"]),
        ("en", "Then Kondala district court ruled.", ["Kondala district court"]),
    ],
)
def test_a_head_with_its_place_is_a_name(names, language, text, wanted):
    """Whatever nouns and adjectives lead from the head to the place."""
    assert names(text, language=language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Elle vit dans la commune de Kondala."),
        ("fr", "Une commune de Kondala."),
        ("fr", "Le conseil a parlé de Kondala."),
        ("en", "The council met in Kondala."),
        ("en", "The office of Amina Gomez was searched."),
        ("fr", "Il est allé en direction de Kondala."),
    ],
)
def test_a_head_alone_or_where_somebody_is_makes_no_name(names, language, text):
    """A council is not yet a council's name, and where somebody lives has done nothing."""
    assert names(text, language=language) == []
