"""Odd ways to write an answer, a blank, a year, a rating: read where plain, else left open."""

import pytest

from kg.blank import is_blank
from kg.choices import read_choices
from kg.stated_places import read_places
from kg.values import read_boolean
from kg.vocabulary import load_vocabulary
from kg.years import read_years, unread_years

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("answer", "cells"),
    [
        (True, "☑ ✓ ✔️ ✅ [x] S j T cierto"),
        (False, "✗ ✘ ✖ ❌ ☐ ⬜ f"),
        (None, "× 2 O perhaps ? 1/0"),
    ],
)
def test_a_mark_is_an_answer(answer, cells):
    """A cross is a no and a tick a yes; a sign that may be either is none."""
    read = {cell: read_boolean(cell) for cell in cells.split()}

    assert read == dict.fromkeys(read, answer)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("☑ Yes ☐ No", True),
        ("☐ Oui ☑ Non", False),
        ("[ ] yes [x] no", False),
        ("☐ Yes ☐ No", None),
        ("☑ Yes ☑ No", None),
        ("Oui / Yes", True),
        ("yes / no", None),
        ("2 - no", False),
        ("1 = Sí", True),
        ("no (0)", False),
        ("✓ yes", True),
        ("✗ yes", None),
    ],
)
def test_a_list_of_boxes_and_a_word_beside_a_mark_are_answers(cell, answer):
    """Where two answers of a cell disagree there is none."""
    assert read_boolean(cell) is answer


@pytest.mark.parametrize(
    "cell",
    [
        *("s.o.", "S/O", "ND", "n.d.", "n/a", "N.A.", "#N/A", "n.v.t.", "TBC", "Don’t know"),
        *("ne sait pas", "NSP", "inconnu", "no sabe", "NS/NC", "sin respuesta", "onbekend"),
        *("não sabe", "sem resposta", "desconhecido", "غير معروف", "بدون إجابة", "unknown."),
    ],
)
def test_what_says_that_nothing_is_known_is_an_empty_cell(cell):
    """In six languages, whatever dots stand in it; it is no "no"."""
    assert is_blank(cell)


@pytest.mark.parametrize(
    "cell", ["no", "0", "NC", "DK", "NR", "idem", "#REF!", "none of them came"]
)
def test_what_may_say_something_is_not_empty(cell):
    """A country's code, an answer, a fault of the spreadsheet."""
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("15-Mar-22", (2022,)),
        ("20220315", (2022,)),
        ("44621.5", (2022,)),
        ("FY22", (2022,)),
        ("Q1 2022", (2022,)),
        ("1er trimestre 2022", (2022,)),
        ("2022-T3", (2022,)),
        ("de enero a marzo de 2022", (2022,)),
        ("mid-2021 to end-2022", (2021, 2022)),
        ("2e semestre 2021 et 1er semestre 2022", (2021, 2022)),
        ("jan. 2021 t/m mrt 2022", (2021, 2022)),
        ("٢٠٢١-٢٠٢٢", (2021, 2022)),
        ("2015 E.C.", ()),
        ("1443 AH", ()),
        ("Mar 22", ()),
        ("21-22", ()),
        ("Année 1", ()),
    ],
)
def test_an_odd_year(cell, years):
    """Quarters, seasons, compact dates; never a year of another calendar."""
    assert read_years(cell) == years


@pytest.mark.parametrize(
    ("cell", "slugs"),
    [("4 out of 5", ["large"]), ("4 sur 5", ["large"]), ("★★★★☆", ["large"]), ("4/10", [])],
)
def test_a_rating_out_of_five_is_a_step(cell, slugs):
    """Of another scale it stays a candidate."""
    found = read_choices("rating_significance", cell, vocabulary=VOCABULARY).values

    assert [choice.slug for choice in found if choice.known] == slugs


@pytest.mark.parametrize(
    "cell",
    [
        *("Malian", "Maliens", "nigérienne", "Congolese", "congolais", "burkinabè", "Lebanese"),
        *("libanés", "Keniaans", "ugandês", "سوري"),
    ],
)
def test_a_demonym_states_no_country(cell):
    """Who somebody is does not say where something happened."""
    assert not any(place.known for place in read_places(cell)[0])


@pytest.mark.parametrize("cell", ["2021-2022", "2008-2022", "FY2021/22", "2019, 2022", "2022"])
def test_years_written_out_are_the_same_years(cell):
    """So a release, which says known values alone, says no other years than the harvest."""
    years = read_years(cell)

    assert read_years("; ".join(map(str, years))) == years != ()


@pytest.mark.parametrize(
    ("cell", "known", "candidates"),
    [
        ("Capacity change, Safety and Security, foo", ["capacity", "safety-and-security"], ["foo"]),
        ("Policy, unknown, Practice", ["policy", "practice"], []),
        ("foo, bar, Policy and practice, baz", ["policy", "practice"], ["foo, bar", "baz"]),
        ("foo, bar and baz", [], ["foo, bar and baz"]),
        ("foo and policy", [], ["foo and policy"]),
        ("Policy; foo, Practice", ["policy", "practice"], ["foo"]),
    ],
)
def test_one_unknown_choice_hides_no_known_one(cell, known, candidates):
    """What stands between commas is read by itself, where the vocabulary knows some of it."""
    read = read_choices("type_of_change", cell, vocabulary=VOCABULARY).values

    assert sorted(choice.slug for choice in read if choice.known) == sorted(known)
    assert [choice.label for choice in read if not choice.known] == candidates


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        *((cell, "open-year") for cell in ("before 2020", "since 2019", "2021+", "2019 to date")),
        *((cell, "open-year") for cell in ("2010s", "2010's", "2 years after 2020", "pre-2020")),
        *((cell, "open-year") for cell in ("avant mars 2020", "depuis 2019", "années 2010")),
        *((cell, "open-year") for cell in ("2019 à ce jour", "2019-", "2019 – présent", "> 2019")),
        *((cell, "open-year") for cell in ("antes de 2020", "hasta 2021", "desde enero de 2019")),
        *((cell, "open-year") for cell in ("2019 en adelante", "vóór 2020", "by end of 2022")),
        *((cell, "odd-span") for cell in ("2022-2021", "1999-2022", "2022 to 2021")),
        *((cell, "unreadable-year") for cell in ("last year", "22", "2015 E.C.", "2011-12")),
        ("The law of 2015 came into force in 2021", "unreadable-year"),
    ],
)
def test_a_bound_is_no_year(cell, reason):
    """Before, since, a decade, years that make no span: none is made up, and each is told."""
    assert (read_years(cell), unread_years(cell)) == ((), reason)


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("since 2019 until 2021", (2019, 2020, 2021)),
        ("from 2020 to 2021", (2020, 2021)),
        ("depuis 2019 jusqu'à 2021", (2019, 2020, 2021)),
        ("2021, after the elections", (2021,)),
        ("after the vote of the council in 2021", (2021,)),
        ("année 2010", (2010,)),
        ("en 2020", (2020,)),
        ("2021 (ongoing work)", (2021,)),
        ("AY 2021/2022", (2021, 2022)),
        ("AY21/22", (2021, 2022)),
        ("Année scolaire 2021-2022", (2021, 2022)),
    ],
)
def test_a_year_beside_words_of_bounds_is_a_year(cell, years):
    """Where both ends are there, or the word belongs to something else."""
    assert read_years(cell) == years
