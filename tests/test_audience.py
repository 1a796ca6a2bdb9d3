"""The door: who may see a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.audience import admit, confidential, says_no
from kg.model import Audience, Cell, Record

PLAINLY_NO = (
    *("no", "No", "NO", "nO", " no", "no ", "\tNO\n", "\u00a0no\u00a0", "\u3000no", "no\r\n"),
    *("non", "Non", "NON", " non "),
    *("nee", "Nee", "NEE"),
    *("não", "NÃO", "Nao", "NAO"),
    *("false", "False", "FALSE", " FALSE "),
    *("faux", "Faux", "FAUX"),
    *("falso", "FALSO", "onwaar", "Onwaar"),
    *("0", " 0 ", "0.0", "0,0", "\t0.0"),
    *("لا", " لا "),
)

NOT_PLAINLY_NO = (
    # yes, in many ways
    *("yes", "YES", "oui", "OUI", "sí", "ja", "sim", "true", "TRUE", "vrai", "1", "1.0", "1,0"),
    *("x", "X", "✓", "✔", "☑", "confidential", "CONFIDENTIAL", "Confidentiel", "2", "-1", "100"),
    # nothing
    *("", " ", "\n", "\u00a0", "-", "—", "n/a", "N/A", "na", "none", "None", "null", "nil"),
    *("néant", "aucun", "ninguno", "?", "??", "tbd", "…"),
    # more than a plain no
    *("No.", "no!", "no?", "no,", '"no"', "'no'", "(no)", "no no", "no/yes", "yes/no", "no, yes"),
    *("NO CONFIDENTIAL", "not confidential", "no confidencial", "no - but ask first", "no name"),
    *("no until 2025", "non sauf nom", "0 or 1", "no;no", "non confidentiel", "public"),
    # spellings that are close
    *("n", "N", "f", "nope", "nno", "noo", "on", "o", "O", "oo", "nein", "N0", "n0", "n o"),
    *("fals", "fale", "faulx", "falsee", "untrue", "inexact", "nan"),
    # numbers that are close
    *(
        "00",
        "0.",
        ".0",
        "0.00",
        "0,00",
        "-0",
        "+0",
        "0.1",
        "0,1",
        "0%",
        "0x0",
        "0 0",
        "1e-9",
        "0.0.0",
    ),
    # letters that only look so
    *("nо", "ո0", "ｎｏ", "ＮＯ", "０", "٠", "nο", "Ν0", "ΝΟ", "nó", "nö", "ñо", "falſe", "FALЅE"),
    # what nobody sees
    *(
        "no\u200b",
        "\u200bno",
        "n\u200do",
        "\ufeffno",
        "no\u00ad",
        "\u202eno",
        "no\x00",
        "\x00",
        "n\u0301o",
    ),
    # Arabic: there is none; the joined letter; "no" in other words; with a mark that nobody sees
    *("لا يوجد", "ﻻ", "لأ", "لآ", "كلا", "خطأ", "نعم", "لا\u200f", "\u200fلا", "لَا", "لا نعم"),
    # redacted, garbled
    *(
        "<redacted>",
        "[redacted]",
        "#REF!",
        "#N/A",
        "=FALSE()",
        "FAUX()",
        "no\ufffd",
        "{no}",
        "<no>",
    ),
)


def record(flag: str | None, *, file: str = "round1.csv") -> Record:
    """A record with that flag; None: without such a column."""
    cells = [Cell("description", "Description", "A council opened its books.")]
    if flag is not None:
        cells.append(Cell("confidential", "Confidential", flag))
    return Record(file, 2, "text/csv", tuple(cells))


def test_the_table_is_long_enough_to_mean_something():
    """At least sixty spellings, none of them twice."""
    table = PLAINLY_NO + NOT_PLAINLY_NO

    assert len(set(table)) == len(table) >= 150


@pytest.mark.parametrize("text", PLAINLY_NO)
def test_a_plain_no_says_no(text):
    """Case and white space around it do not matter."""
    assert says_no(text)


@pytest.mark.parametrize("text", NOT_PLAINLY_NO)
def test_anything_else_does_not_say_no(text):
    """Blank, garbled, longer, look-alike: not plainly no."""
    assert not says_no(text)


def test_a_missing_cell_does_not_say_no():
    """No column is no answer."""
    assert not says_no(None)


@given(st.text())
def test_no_other_text_opens_a_record(text):
    """What says no is one of the listed words, whatever stands around it."""
    listed = {word.strip().lower() for word in PLAINLY_NO}

    assert says_no(text) == (text.strip().lower() in listed)


@given(st.sampled_from(PLAINLY_NO), st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc"]))
def test_one_visible_character_more_closes_it(word, extra):
    """A plain no with anything added is none, unless it becomes another plain no."""
    longer = word.strip() + extra
    listed = {known.strip().lower() for known in PLAINLY_NO}

    assert says_no(longer) == (longer.lower() in listed)


@pytest.mark.parametrize(
    ("flag", "cleared", "expected"),
    [
        ("no", (), False),
        ("yes", (), True),
        ("", (), True),
        (None, (), True),
        (None, ("round1.csv",), False),  # the owner answers for the missing column
        (None, ("round2.csv",), True),
        ("yes", ("round1.csv",), True),  # a cell that is there decides
        ("", ("round1.csv",), True),
        ("no", ("round1.csv",), False),
        ("no", ("round2.csv",), False),
    ],
)
def test_clearing_a_source_answers_for_a_missing_column_alone(flag, cleared, expected):
    """Where the cell is there, the cell decides."""
    assert confidential(record(flag), cleared=frozenset(cleared)) is expected


@pytest.mark.parametrize("flag", ["no", "yes", "", None, "perhaps"])
def test_internal_sees_everything(flag):
    """The owners see their own harvest."""
    assert admit(record(flag), Audience.INTERNAL, cleared=frozenset())


@pytest.mark.parametrize(
    ("flag", "seen"), [("no", True), ("yes", False), ("", False), (None, False)]
)
def test_the_public_sees_what_is_cleared(flag, seen):
    """And nothing else."""
    assert admit(record(flag), Audience.PUBLIC, cleared=frozenset()) is seen
