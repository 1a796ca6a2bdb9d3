"""Answers, years, rounds, and choices from a vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.choices import parts, read_choices
from kg.fragment import interpret
from kg.model import Cell, Record
from kg.values import project_value, read_boolean, read_round
from kg.vocab import fold
from kg.vocabulary import load_vocabulary
from kg.years import no_such_date, read_years

# --- answers


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, True) for text in ("yes", "YES ", "Oui", "sí", "Si", "sim", "ja", "vrai", "true")),
        *((text, True) for text in ("1", "1.0", "1,0", "x", "X", "✓", "☑", "Yes.", "y", "نعم")),
        *((text, False) for text in ("no", "NO", "Non", "nee", "não", "false", "FAUX", "n", "لا")),
        *((text, False) for text in ("0", "0.0", "0,0", "No.", "☐")),
        *((text, None) for text in ("", " ", "?", "perhaps", "yes and no", "2", "0.5", "oui/non")),
        *((text, None) for text in ("partly", "no idea", "<redacted>", "negative", "×")),
    ],
)
def test_an_answer_is_read_where_it_is_plain(text, answer):
    """In any dialect; blank is not false."""
    assert read_boolean(text) is answer


@pytest.mark.parametrize(
    ("field", "text", "answer"),
    [
        ("negative", "Negative", True),
        ("negative", "positif", False),
        ("negative", "unintended", None),
        ("unintended", "Unintended", True),
        ("unintended", "Prévu", False),
        ("unintended", "no", False),
    ],
)
def test_a_column_has_answers_of_its_own(field, text, answer):
    """ "Negative" answers the question whether it is."""
    assert read_boolean(text, field=field) is answer


# --- years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022", (2022,)),
        (" 2022 ", (2022,)),
        ("2022.0", (2022,)),
        ("2022-03-01", (2022,)),
        ("2022-03-01 00:00:00", (2022,)),
        ("01/03/2022", (2022,)),
        ("1.3.2022", (2022,)),
        ("mars 2022", (2022,)),
        ("March 2022", (2022,)),
        ("2022-03", (2022,)),
        ("03-2022", (2022,)),
        ("FY2022", (2022,)),
        ("2022 (Q1)", (2022,)),
        ("2022 - 2022", (2022,)),
        ("'2022", (2022,)),
        ("٢٠٢٢", (2022,)),
        ("2021-2022", (2021, 2022)),
        ("2021–2022", (2021, 2022)),
        ("2021/22", (2021, 2022)),
        ("2021-22", (2021, 2022)),
        ("2011-12", ()),
        ("2021 and 2022", (2021, 2022)),
        ("20214", ()),
        ("Juin 20214", ()),
        ("22", ()),
        ("24/07/91", ()),
        ("1022", ()),
        ("last year", ()),
        ("", ()),
        ("2021–22", (2021, 2022)),
        ("FY2021/22", (2021, 2022)),
        ("FY 21/22", (2021, 2022)),
        ("FY2011/12", (2011, 2012)),
        ("Exercice 2021-2022", (2021, 2022)),
        ("2019-2022", (2019, 2020, 2021, 2022)),
        ("2020 à 2022", (2020, 2021, 2022)),
        ("entre 2020 y 2022", (2020, 2021, 2022)),
        ("Jan 2020 - Mar 2022", (2020, 2021, 2022)),
        ("2020-05-01 - 2022-02-01", (2020, 2021, 2022)),
        ("05/2020-02/2022", (2020, 2021, 2022)),
        ("2019, 2022", (2019, 2022)),
        ("2020; 2021; 2023", (2020, 2021, 2023)),
        ("2021/22 - 2023/24", (2021, 2022, 2023, 2024)),
        ("من 2021 إلى 2023", (2021, 2022, 2023)),
        ("2022-2021", ()),
        ("1990-2022", ()),
        ("The law of 2015 came into force in 2021", ()),
    ],
)
def test_the_years_are_those_that_a_cell_names(text, years):
    """Every year of a span; none where words stand between that no date is written with."""
    assert read_years(text) == years


# --- rounds


@pytest.mark.parametrize(
    "text",
    [
        *("harvest 1", "Harvest 1", "HARVEST1", "harvest #1", "Harvest no. 1", "harvest round 1"),
        *("Récolte 1", "récolte n°1", "1re récolte", "1ère récolte", "Première récolte"),
        *("Round 1", "R1", "round one", "1st round", "first harvest", "1", "1.0", "01", "OH 1"),
        *("Cosecha 1", "ronda nº 1", "OH-harvesting period 1", "period: 1", "Harvest I", "H1"),
    ],
)
def test_the_first_round_in_many_words_is_one_round(text):
    """ "Récolte 1" and "harvest 1" are round 1, shown as "harvest 1"."""
    choice = read_round(text)

    assert choice is not None
    assert (choice.slug, choice.label, choice.known) == ("harvest-1", "harvest 1", True)


@pytest.mark.parametrize(
    "text", ["Mid-term", "2022", "Harvest 1 (2022)", "harvest A", "Baseline 2021"]
)
def test_another_round_stays_as_stated(text):
    """Nothing is guessed."""
    choice = read_round(text)

    assert choice is not None
    assert (choice.label, choice.known) == (text, False)


@pytest.mark.parametrize("text", ["", "n/a", "<redacted>", "harvest <redacted>", "word " * 30])
def test_a_blank_a_mark_or_a_sentence_is_no_round(text):
    """Such a cell stays a statement, and no node."""
    assert read_round(text) is None


# --- choices


@dataclass(frozen=True)
class Concept:
    """A concept of the small vocabulary of these tests."""

    slug: str
    labels: Mapping[str, str] = field(hash=False)


class Small:
    """A vocabulary with commas, semicolons and "and" within labels."""

    concepts = (
        Concept("law", {"en": "Laws, policies and budgets", "fr": "Lois"}),
        Concept("safety", {"en": "Safety and Security", "fr": "Sécurité"}),
        Concept("capacity", {"en": "Capacity change", "fr": "Capacités"}),
        Concept("say", {"en": "Voice; choice", "fr": "Parole"}),
    )

    def find(self, scheme: str, text: str) -> Concept | None:
        wanted = fold(text)
        return next(
            (c for c in self.concepts if wanted in {fold(w) for w in (*c.labels.values(), c.slug)}),
            None,
        )


SMALL = Small()


def changes(text: str, **values: Mapping[str, str]) -> tuple[list[str], str | None]:
    """Slugs of a cell of changes, candidates with a question mark; and its problem."""
    found = read_choices("type_of_change", text, vocabulary=SMALL, values=values)
    return [c.slug + ("" if c.known else "?") for c in found.values], found.problem


@pytest.mark.parametrize(
    ("text", "slugs", "problem"),
    [
        ("Capacity change  Safety and Security", ["capacity", "safety"], None),
        ("Capacity change\nSafety and Security", ["capacity", "safety"], None),
        ("Capacity change; Sécurité;", ["capacity", "safety"], None),
        ("Capacity change | Sécurité", ["capacity", "safety"], None),
        ("Capacity change, Sécurité", ["capacity", "safety"], None),
        ("Capacity change / Sécurité", ["capacity", "safety"], None),
        ("Capacités et sécurité", ["capacity", "safety"], None),
        ("• Capacity change\n• Sécurité", ["capacity", "safety"], None),
        # known labels stay whole
        ("Laws, policies and budgets", ["law"], None),
        ("Laws, policies and budgets, Safety and Security", ["law", "safety"], None),
        ("Capacity change, Laws, policies and budgets", ["capacity", "law"], None),
        ("Voice; choice", ["say"], None),
        ("Capacity change; Voice; choice", ["capacity", "say"], None),
        ("Safety and\nSecurity", ["safety"], None),
        ("Capacity change\nSafety and\nSecurity", ["capacity", "safety"], None),
        # unknown ones are candidates; a comma parts them from what is known, and from nothing else
        ("Magic", ["magic?"], "unknown-value"),
        ("Magic, spells", ["magic-spells?"], "unknown-value"),
        ("Capacity change, magic", ["capacity", "magic?"], "unknown-value"),
        ("Capacity change; magic", ["capacity", "magic?"], "unknown-value"),
        # nothing twice, nothing of nothing
        ("Capacity change; capacités", ["capacity"], None),
        ("", [], None),
        (";;", [], None),
        ("n/a", [], None),
        ("<redacted>", [], None),
        ("Capacity change; <redacted>", ["capacity"], None),
        ("Magic <redacted>", [], None),
        ("a long sentence about what has changed " * 4, [], "long-value"),
    ],
)
def test_a_cell_of_choices(text, slugs, problem):
    """The vocabulary is matched before anything is split."""
    assert changes(text) == (slugs, problem)


@pytest.mark.parametrize("field", ["status", "rating_significance", "rating_contribution"])
def test_a_rating_is_never_split(field):
    """One rating a cell; two of them are an unknown one."""
    found = read_choices(field, "Capacity change; Sécurité", vocabulary=SMALL)

    assert [(c.slug, c.known) for c in found.values] == [("capacity-change-securite", False)]


def test_the_project_has_the_first_word():
    """[values] of kg.toml: to a label, to a slug, or to a word of the project's own."""
    values = {"cap": "capacity", "Magic": "Lois", "zz": "Our own word"}

    assert changes("CAP ; magic; zz", type_of_change=values) == (
        ["capacity", "law", "our-own-word?"],
        None,
    )


def test_the_shipped_vocabulary_reads_both_languages():
    """The real concepts, through the same door."""
    found = read_choices("scale", "Local; national", vocabulary=load_vocabulary())
    french = read_choices("scale", "Individuel", vocabulary=load_vocabulary())

    assert [c.slug for c in found.values] == ["local", "national"]
    assert [(c.slug, c.label) for c in french.values] == [("individual", "Individual")]


@pytest.mark.parametrize(
    ("field", "cell", "slug"),
    [
        ("rating_significance", "5", "very-large"),
        ("rating_significance", "4.0", "large"),
        ("rating_significance", "1/5", "very-small"),
        ("rating_significance", "٣", "medium"),
        ("rating_contribution", "3", "moderate"),
        ("rating_contribution", "5", "essential"),
    ],
)
def test_a_number_is_a_step_of_its_scale_and_told(field, cell, slug):
    """One to five, lowest first, each scale with its own words; a person is told."""
    found = read_choices(field, cell, vocabulary=load_vocabulary())

    assert ([c.slug for c in found.values], found.problem) == ([slug], "number-rating")


@pytest.mark.parametrize("cell", ["0", "6", "10", "2.5", "3/4", "-1", "1-5", "4 or 5"])
def test_another_number_is_no_step(cell):
    """A scale that we do not know is not guessed at."""
    found = read_choices("rating_significance", cell, vocabulary=load_vocabulary())

    assert (found.problem, found.values[0].known) == ("unknown-value", False)


@pytest.mark.parametrize(
    ("field", "cell", "slugs"),
    [
        ("rating_significance", "4 - Very significant", ["very-large"]),
        ("rating_significance", "2) limité", ["small"]),
        ("rating_contribution", "4 = great", ["great"]),
        ("type_of_change", "1. Policy; 2. Practice", ["policy", "practice"]),
        ("type_of_change", "☑ Policy ☐ Practice ☒ Agenda", ["policy", "agenda"]),
        ("type_of_change", "[x] Policy [ ] Practice", ["policy"]),
        ("type_of_change", "سياسات؛ ممارسات", ["policy", "practice"]),
    ],
)
def test_words_count_before_numbers_and_ticked_boxes_alone(field, cell, slugs):
    """The number of an item says nothing beside its words; an empty box is no choice."""
    found = read_choices(field, cell, vocabulary=load_vocabulary())

    assert ([c.slug for c in found.values], found.problem) == (slugs, None)


def test_the_project_says_what_its_numbers_mean():
    """kg.toml comes before the scale of five."""
    told = read_choices(
        "rating_significance",
        "4",
        vocabulary=load_vocabulary(),
        values={"rating_significance": {"4": "very large"}},
    )

    assert ([c.slug for c in told.values], told.problem) == (["very-large"], None)


@pytest.mark.parametrize(
    ("raw", "expected"), [(" NAT ", "national"), ("nat.", "nat."), ("local", "local")]
)
def test_a_spelling_of_the_project_is_met_folded(raw, expected):
    """Whole cells, without regard to case and space."""
    assert project_value("scale", raw, {"scale": {"Nat": "national"}}) == expected


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("01/03/22", (2022,)),
        ("31.12.2021", (2021,)),
        ("1-3-22", (2022,)),
        ("Mar-22", (2022,)),
        ("févr. '22", (2022,)),
        ("44621", (2022,)),
        ("44621.0", (2022,)),
        ("مارس 2022", (2022,)),
        ("٢٠٢٢", (2022,)),
        ("22-Mar", ()),
        ("45/03/22", ()),
        ("20/20/22", ()),
        ("FY22/23", (2022, 2023)),
        ("2021-22", (2021, 2022)),
        ("35000", ()),
        ("99999", ()),
        ("Blue-22", ()),
    ],
)
def test_short_dates_and_days_of_a_spreadsheet_name_a_year(cell, years):
    """The year stands last; what may be a day names none."""
    assert read_years(cell) == years


@pytest.mark.parametrize(
    ("cell", "none"),
    [
        *((text, True) for text in ("2022-13-45", "2022/02/30", "31/02/2022", "45.13.2022")),
        *((text, True) for text in ("13/2022", "0/2022", "2022-00-10", "30/02/22", "٣١/٠٢/٢٠٢٢")),
        *((text, True) for text in ("2022-02-30 00:00:00", "2023-02-29T10:00")),
        *((text, False) for text in ("2022-03-01", "31/03/2022", "03/31/2022", "2024-02-29")),
        *((text, False) for text in ("2022", "mars 2022", "2021-2022", "12/2022", "1.4.22", "")),
    ],
)
def test_a_date_that_no_calendar_has(cell, none):
    """Day and month may stand in either order; what is no date is none that is wrong."""
    assert no_such_date(cell) is none


def test_the_year_of_a_date_that_no_calendar_has_counts_and_is_doubted():
    """The raw cell stays, the year of it counts, and a person is asked."""
    cells = (Cell("description", "Description", "X"), Cell("year", "Year", "2022-13-45"))
    fragment, findings = interpret(
        Record("a.csv", 2, "text/csv", cells),
        key="a",
        origins=(),
        vocabulary=SMALL,
        confidential=True,
    )

    assert fragment.year == 2022
    assert fragment.statement("year").text == "2022-13-45"
    assert [(f.reason, f.where.field) for f in findings] == [("no-such-date", "year")]


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text):
    """A value is short, and never holds a line break."""
    for choice in read_choices("scale", text, vocabulary=SMALL).values:
        assert 0 < len(choice.label) <= 100
        assert choice.label == " ".join(choice.label.split())
    read_round(text)
    read_years(text)
    no_such_date(text)
    read_boolean(text)
    parts(text, lambda said: None)


@pytest.mark.parametrize("cell", ["2021-2022", "2021–22", "FY2021/22", "2021 et 2022"])
def test_a_span_of_years_counts_in_each_and_is_told(cell):
    """The words stay as they are; no single year is made of them."""
    cells = (Cell("description", "Description", "X"), Cell("year", "Year", cell))
    fragment, findings = interpret(
        Record("a.csv", 2, "text/csv", cells),
        key="a",
        origins=(),
        vocabulary=SMALL,
        confidential=True,
    )

    assert (fragment.year, fragment.years) == (None, (2021, 2022))
    assert fragment.statement("year").text == cell
    assert [(f.reason, f.where.field) for f in findings] == [("several-years", "year")]
