"""What an organisation is said to have been, by cue and by section."""

# ruff: noqa: E501 - one example a line

import pytest

from kg.model import Kind

CUES = [
    ("additional", "They respected the rules developed by ROXFD.", "contributor", "cue"),
    ("additional", "With the support of ROXFD, women met.", "contributor", "cue"),
    ("additional", "Avec l'appui de l'Union Zarma, elles ont parlé.", "contributor", "cue"),
    ("additional", "Gracias a ROXFD hay paz.", "contributor", "cue"),
    ("additional", "ROXFD members have adopted a charter.", "social-actor", "cue"),
    ("additional", "ROXFD a adopté un plan.", "social-actor", "cue"),
    ("description", "ROXFD firmó un acuerdo.", "social-actor", "cue"),
    ("contribution_programme", "The programme trained twelve members of ROXFD.", "beneficiary", "cue"),
    ("contribution_programme", "Le programme a formé ROXFD.", "beneficiary", "cue"),
    ("contribution_programme", "El programa capacitó a ROXFD.", "beneficiary", "cue"),
    ("contribution_programme", "They filed a petition against ROXFD.", "target", "cue"),
    ("contribution_programme", "Elles ont plaidé auprès de ROXFD.", "target", "cue"),
    ("contribution_programme", "Denunciaron ante ROXFD los hechos.", "target", "cue"),
    ("contribution_programme", "ROXFD assessed the risks.", "contributor", "section"),
    ("contribution_others", "A petition against ROXFD was filed.", "contributor", "section"),
    ("significance", "Nobody but ROXFD had done so.", "mentioned", "section"),
    ("additional", "ROXFD is in town.", "mentioned", "section"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "role", "method"), CUES)
def test_a_role_comes_from_the_words_beside_the_name_or_else_from_its_section(
    mentions, field, text, role, method
):
    """The first cue that its section allows; the section's own role where none speaks."""
    found = [m for m in mentions(**{field: text}) if m.kind is Kind.ORGANISATION]

    assert (found[0].role.value, found[0].role_method) == (role, method)


def test_names_in_a_row_share_a_role(mentions):
    """ "With the support of A, B and C" says it of all three, long forms and acronyms alike."""
    text = "With the support of the Hill Farmers Guild (HFG), ROXFD and PAX, women met."
    found = [m for m in mentions(additional=text) if m.kind is Kind.ORGANISATION]

    assert [(m.text, m.role.value) for m in found] == [
        ("Hill Farmers Guild", "contributor"),
        ("HFG", "contributor"),
        ("ROXFD", "contributor"),
        ("PAX", "contributor"),
    ]


def test_a_comma_without_an_and_joins_nothing(mentions):
    """What ends a clause does not give its role to the next name."""
    text = "After a dialogue supported by ROXFD, the Ministry of Water adopted a plan."
    found = [m for m in mentions(additional=text) if m.kind is Kind.ORGANISATION]

    assert [m.role.value for m in found] == ["contributor", "social-actor"]


def test_one_body_may_have_two_roles_in_one_record(mentions):
    """Roles are of mentions, never of organisations."""
    text = "ROXFD has adopted a plan. The rules were developed by ROXFD."
    found = [m for m in mentions(additional=text) if m.kind is Kind.ORGANISATION]

    assert [m.role.value for m in found] == ["social-actor", "contributor"]


@pytest.mark.parametrize(
    "later",
    [
        "ROXFD had asked for it since 2018.",
        "ROXFD, led by Awa Sow, lobbied for it.",
        "ROXFD l'avait exigé.",
        "ROXFD a porté plainte.",
        "ROXFD lo pidió.",
        "ROXFD's petition led to it.",
    ],
)
def test_who_pressed_for_a_change_that_another_made_contributed(mentions, later):
    """Only who opens the account of the change is said to have changed by such a verb."""
    found = mentions(description=f"The Coast Forum adopted a rule. {later}")
    alone = mentions(description="ROXFD demanded a rule.")
    roles = {m.text: m.role.value for m in found if m.kind is Kind.ORGANISATION}

    assert roles == {"Coast Forum": "social-actor", "ROXFD": "contributor"}
    assert [m.role.value for m in alone if m.kind is Kind.ORGANISATION] == ["social-actor"]


def test_who_is_named_before_the_one_who_acts_is_not_taken_for_it(mentions):
    """ "After a visit of A, B adopted …": B changed, and A contributed."""
    found = mentions(description="After a visit of the Coast Forum, the Lake Union adopted a rule.")
    roles = {m.text: m.role.value for m in found if m.kind is Kind.ORGANISATION}

    assert roles == {"Coast Forum": "contributor", "Lake Union": "social-actor"}


@pytest.mark.parametrize(
    "text",
    [
        "They presented their report to the Coast Forum.",
        "Elles ont remis un rapport au Forum de la Côte.",
        "Presentaron un informe ante la Red del Lago.",
        "The war between the Coast Forum and the army began.",
        "They opened files against four officers of the Coast Forum.",
    ],
)
def test_to_whom_and_against_whom_one_turns_is_the_target(mentions, text):
    """A petition, a file, a war: they have somebody whom they are about."""
    found = [m for m in mentions(contribution_programme=text) if m.kind is Kind.ORGANISATION]

    assert found[0].role.value == "target"


def test_a_row_goes_on_over_a_person_and_who_leads(mentions):
    """What is told of a body or a person of the row does not part it."""
    text = "The Lake Union ruled. The Coast Forum, led by Awa Sow, Binta Gomez and ROXFD lobbied."
    found = mentions(description=text)
    roles = {m.text: m.role.value for m in found if m.kind is Kind.ORGANISATION}

    assert roles["Coast Forum"] == roles["ROXFD"] == "contributor"
