"""Countries and regions as stated."""

import pytest

from kg.places import Places

PLACES = Places.load()


@pytest.mark.parametrize(
    ("stated", "slug"),
    [
        # in several languages, however written
        ("Mali", "mali"),
        ("MALI ", "mali"),
        ("le Mali", "mali"),
        ("Jordanie", "jordan"),
        ("Jordania", "jordan"),
        ("Jordânia", "jordan"),
        ("Jordanië", "jordan"),
        ("الأردن", "jordan"),
        ("Yémen", "yemen"),
        ("Irak", "iraq"),
        ("Ethiopie", "ethiopia"),
        ("Soudan du Sud", "south-sudan"),
        ("Sudán del Sur", "south-sudan"),
        ("South-Sudan", "south-sudan"),
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("COTE D'IVOIRE", "cote-d-ivoire"),
        ("Ivory Coast", "cote-d-ivoire"),
        # names that only look alike
        ("Niger", "niger"),
        ("Nigeria", "nigeria"),
        ("Nigéria", "nigeria"),
        ("Guinea", "guinea"),
        ("Guinée", "guinea"),
        ("Guinée-Bissau", "guinea-bissau"),
        ("Guinée équatoriale", "equatorial-guinea"),
        ("Dominica", "dominica"),
        ("Dominican Republic", "dominican-republic"),
        # turned round, as lists of the United Nations and the World Bank have it
        ("Congo, Democratic Republic of the", "democratic-republic-of-the-congo"),
        ("Congo (the Democratic Republic of the)", "democratic-republic-of-the-congo"),
        ("Congo, Dem. Rep.", "democratic-republic-of-the-congo"),
        ("Congo, République démocratique du", "democratic-republic-of-the-congo"),
        ("Congo, Republic of the", "republic-of-the-congo"),
        ("Congo, Rep.", "republic-of-the-congo"),
        ("Korea, Republic of", "south-korea"),
        ("Korea, Rep.", "south-korea"),
        ("Corée, République de", "south-korea"),
        ("Korea, Democratic People's Republic of", "north-korea"),
        ("Tanzania, United Republic of", "tanzania"),
        ("Mali, Republic of", "mali"),
        ("Gambia, The", "gambia"),
        ("Guinea, Equatorial", "equatorial-guinea"),
        ("Cote dIvoire", "cote-d-ivoire"),
        ("Burkina Fasso", "burkina-faso"),
        ("RSA", "south-africa"),
        ("Holy See", "vatican-city"),
        ("Saint-Siège", "vatican-city"),
        # the two Congos
        ("DRC", "democratic-republic-of-the-congo"),
        ("D.R.C.", "democratic-republic-of-the-congo"),
        ("RDC", "democratic-republic-of-the-congo"),
        ("DR Congo", "democratic-republic-of-the-congo"),
        ("Congo (Kinshasa)", "democratic-republic-of-the-congo"),
        ("Democratic Republic of Congo", "democratic-republic-of-the-congo"),
        ("République Démocratique du Congo", "democratic-republic-of-the-congo"),
        ("Congo-Brazzaville", "republic-of-the-congo"),
        ("République du Congo", "republic-of-the-congo"),
        # codes and formal names
        ("ML", "mali"),
        ("MLI", "mali"),
        ("NO", "norway"),
        ("Republic of Kenya", "kenya"),
        ("la République du Niger", "niger"),
        ("The Gambia", "gambia"),
        ("Palestine", "palestine"),
        ("oPt", "palestine"),
        ("CAR", "central-african-republic"),
        ("Mali (Gao)", "mali"),
        # regions
        ("Sahel", "sahel"),
        ("Le Sahel", "sahel"),
        ("Région du Sahel", "sahel"),
        ("Horn of Africa", "horn-of-africa"),
        ("Corne de l'Afrique", "horn-of-africa"),
        ("Great Lakes region", "great-lakes"),
        ("Regional", "regional"),
        ("Régional", "regional"),
        ("MENA", "middle-east-and-north-africa"),
    ],
)
def test_a_known_place_is_found_by_its_whole_name(stated, slug):
    """In any of six languages, by code, with or without its article."""
    choice = PLACES.read(stated)

    assert choice is not None
    assert (choice.slug, choice.label, choice.known) == (slug, PLACES.labels[slug], True)


@pytest.mark.parametrize(
    ("stated", "slug"),
    [
        ("Nigerien", "nigerien"),
        ("Malienne", "malienne"),
        ("Burkinabè", "burkinabe"),
        ("Congo", "congo"),
        ("the Congo", "the-congo"),
        ("Congo, The", "congo-the"),
        ("Korea", "korea"),
        ("Niger, Mali", "niger-mali"),
        ("Corée", "coree"),
        ("Northern Mali", "northern-mali"),
        ("Mali, Niger", "mali-niger"),
        ("no", "no"),
        ("ml", "ml"),
        ("Atlantis", "atlantis"),
    ],
)
def test_any_other_statement_stays_what_it_is(stated, slug):
    """A demonym is no country, a shared name none of the two; nothing is guessed."""
    choice = PLACES.read(stated)

    assert choice is not None
    assert (choice.slug, choice.label, choice.known) == (slug, stated, False)


@pytest.mark.parametrize(
    "stated", ["", "  ", "n/a", "-", "<LOC>", "[lieu]", "<LOC>, Mali", "███", "A place " * 20]
)
def test_a_blank_a_mark_or_a_sentence_is_no_place(stated):
    """Two marks are never the same place, and a text never becomes a node."""
    assert PLACES.read(stated) is None


@pytest.mark.parametrize(
    "word", ["no", "it", "us", "car", "opt", "regional", "global", "congo", "mena"]
)
def test_words_of_texts_are_not_looked_for_as_places(word):
    """ISO codes and short forms are a country in a cell of their own alone."""
    assert word not in PLACES.names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("mali", "mali"),
        ("cote d'ivoire", "cote-d-ivoire"),
        ("rdc", "democratic-republic-of-the-congo"),
        ("burkina faso", "burkina-faso"),
        ("sahel", "sahel"),
        ("tchad", "chad"),
    ],
)
def test_names_in_texts_lead_to_the_same_slugs(name, slug):
    """The extraction of names and the cell speak of one place."""
    assert PLACES.names[name] == slug


def test_every_place_has_a_label_of_its_own():
    """No two places meet in one label, so that a list of places can be read."""
    assert len(set(PLACES.labels.values())) == len(PLACES.labels) > 250
    assert set(PLACES.names.values()) <= set(PLACES.labels)
    assert set(PLACES.by_language) == set(PLACES.labels)
