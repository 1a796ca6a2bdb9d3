"""Names in languages that stand untranslated in English, French and Spanish texts."""

import pytest

from kg.extract.data_files import data
from kg.extract.lexicon import lexicon


def test_no_word_of_other_languages_is_somebodys_name():
    """A word that explains a capital is never masked: nobody on the lists may bear it."""
    known = lexicon()
    told = data("tongues.yaml")
    words = [
        w for kind in ("heads", "people", "words") for said in told[kind].values() for w in said
    ]
    borne = [w for w in words if (i := known.info(w.capitalize())).named or i.suspicious]

    assert len(words) > 500
    assert borne == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "It was Sauti ya Ziwa that spoke.", "Sauti ya Ziwa"),
        ("fr", "Dolan ka Miru a signé.", "Dolan ka Miru"),
        ("fr", "Les clés sont chez Fanm Kanpe.", "Fanm Kanpe"),
        ("es", "Lo pidió Warmi Llaqta en marzo.", "Warmi Llaqta"),
    ],
)
def test_words_and_links_of_other_languages_make_a_name(names, language, text, wanted):
    """A noun of such a name, or a link that stands in no person's name."""
    assert wanted in names(text, language=language)


def test_and_of_another_language_joins_persons_too(names):
    """ "Wanjiku na Otieno" are two people."""
    assert names("Wanjiku na Otieno walked.", kind="organisation") == []
