"""Redaction marks are opaque; ids, colours and categories are no organisations."""

# ruff: noqa: E501 - one example a line

import pytest

from kg.extract.redactions import marks
from kg.model import Kind

MARKS = [
    "<redacted>", "<LOC>", "<person>", "<PERSON 2>", "[REDACTED]", "[name withheld]", "[nom]", "XXX", "xxxxx", "████", "██ ███", "***", "____",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_one_mention_of_its_own(mentions, mark):
    """Found at its place, whatever its style, and in no group."""
    found = [m for m in mentions(f"We met {mark} there.") if m.kind is Kind.REDACTION]

    assert [(m.text, m.start, m.method, m.group) for m in found] == [
        (mark, 7, "redaction-mark", None)
    ]


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "<redact the rest", "an X, two XX", "* one", "<b>bold</b>"]
)
def test_what_only_looks_a_little_like_a_mark_is_none(text):
    """Comparisons, bullets and roman numbers stay words."""
    assert marks().search(text) is None


def test_no_name_holds_or_crosses_a_mark(mentions):
    """Neither a body nor a person reaches over what was taken out."""
    text = "The Kivu <redacted> Women Network and Mr <person> Okello, of Réseau <LOC> Amani (R<LOC>A), came."
    spans = [m for m in mentions(text) if m.kind is not Kind.REDACTION]
    marked = [range(*match.span()) for match in marks().finditer(text)]

    assert marked
    assert spans
    assert not [m for m in spans for r in marked if m.start < r.stop and r.start < m.end]


@pytest.mark.parametrize(
    "text",
    [
        "Human rights defenders (HRDs) and an HRD's phone.",
        "Women human rights defenders (WHRDs) met CSOs, NGOs' staff and an INGO.",
        "Les défenseurs des droits humains (DDH), les OSC et les ONG sont venus.",
        "Las personas defensoras de derechos humanos (DDHH) y las OSC llegaron.",
        "The Traffic Light Protocol (TLP) says TLP:AMBER and TLP: red.",
        "Survivors of Gender-Based Violence (GBV) and Internally Displaced Persons (IDPs).",
        "The Universal Periodic Review (UPR) and the Sustainable Development Goals (SDGs).",
        "Outcome 1.4 and Output 1.4.1 of the Results Framework.",
        "The Human Rights Defenders and Civil Society Organisations came.",
        "The HIV/AIDS budget in USD grew in COVID-19 times; see the MoU and the ToR.",
    ],
)
def test_categories_and_papers_are_no_organisations(names, text):
    """Kinds of people, papers, colours, illnesses and codes name no body."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("See also SCC-2022/CIV010 and CIV012.", ["SCC-2022/CIV010", "CIV012"]),
        ("Builds on CIV-013, not on COVID-19, UNSCR1325 or CIV2022.", ["CIV-013"]),
        ("See SCC-<redacted>/CIV010.", ["CIV010"]),
    ],
)
def test_ids_of_outcomes_are_mentions_of_outcomes(mentions, text, ids):
    """An id is found whole, and what is redacted in it left out."""
    found = [m.text for m in mentions(text) if m.kind is Kind.OUTCOME_ID]

    assert found == ids


def test_an_id_is_no_organisation(names):
    """Capitals and digits are not an acronym here."""
    assert names("See SCC-2022/CIV010, CIV011 and the PAX report.") == ["PAX"]


def test_the_programme_is_no_organisation(mentions):
    """Its short name stands for the programme, wherever it is said."""
    found = mentions("LWPX trained staff of ROXFD.", programme="LWPX")

    assert [m.text for m in found if m.kind is Kind.ORGANISATION] == ["ROXFD"]
