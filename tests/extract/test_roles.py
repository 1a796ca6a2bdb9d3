"""What an organisation is said to have been, by cue and by section."""

# ruff: noqa: E501 - one example a line

import pytest

from kg.extract.bearing import kind_of_name
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


IN_A_RECORD = [
    ("description", "The Ministry of Water changed its rule. Sauti Guild spoke of it.", [("Ministry of Water", "social-actor"), ("Sauti Guild", "contributor")]),
    ("description", "Hill Guild convinced the Mbelwa Town Council to wait.", [("Hill Guild", "contributor"), ("Mbelwa Town Council", "social-actor")]),
    ("description", "Les femmes et la Ligue du Lac ont obtenu que la mairie de Mbelwa publie son budget.", [("Ligue du Lac", "contributor"), ("mairie de Mbelwa", "social-actor")]),
    ("description", "La Red del Lago logró que la Alcaldía de Mbelwa abriera.", [("Red del Lago", "contributor"), ("Alcaldía de Mbelwa", "social-actor")]),
    ("description", "Following the sit-in of the Hill Guild, the Ministry of Water gave way.", [("Hill Guild", "contributor"), ("Ministry of Water", "social-actor")]),
    ("description", "The ministry withdrew the permit held by Mbelwa Gold Ltd.", [("Mbelwa Gold Ltd", "target")]),
    ("description", "The rule, which the Hill Guild had drafted, came into force.", [("Hill Guild", "contributor")]),
    ("description", "Women of Mbelwa can sell again. They had written to the Ministry of Trade.", [("Ministry of Trade", "target")]),
    ("description", "Women of Mbelwa can sell again. The Ministry of Trade saw to it.", [("Ministry of Trade", "social-actor")]),
    ("significance", "The Ministry of Trade has not answered.", [("Ministry of Trade", "target")]),
    ("significance", "Le ministère du Commerce n'avait jamais répondu.", [("ministère du Commerce", "target")]),
    ("contribution_others", "The Hill Guild sang. The Ministry of Trade was asked for help.", [("Hill Guild", "contributor"), ("Ministry of Trade", "target")]),
    ("contribution_programme", "Hill Guild: small grant of 300.", [("Hill Guild", "beneficiary")]),
    ("contribution_programme", "Course for 11 members of the Hill Guild.", [("Hill Guild", "beneficiary")]),
    ("contribution_programme", "La Ligue du Lac a participé à deux ateliers.", [("Ligue du Lac", "beneficiary")]),
    ("contribution_programme", "Talleres y viáticos para la Red del Lago.", [("Red del Lago", "beneficiary")]),
    ("contribution_programme", "The programme met the Ministry of Trade.", [("Ministry of Trade", "target")]),
    ("contribution_programme", "Hill Guild received advice from the Lake Network.", [("Hill Guild", "beneficiary"), ("Lake Network", "contributor")]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "wanted"), IN_A_RECORD)
def test_what_a_body_is_and_where_it_stands_tell_its_role(mentions, field, text, wanted):
    """Who changed, who made it change, who was asked, who refused, who was given something."""
    found = [m for m in mentions(**{field: text}) if m.kind is Kind.ORGANISATION]

    assert [(m.text, m.role.value) for m in found] == wanted


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Water", "public"),
        ("Mbelwa Town Council", "public"),
        ("Commission nationale des terres", "public"),
        ("Police nationale", "public"),
        ("Council of Hill Churches", "civil"),
        ("Women's Police Network", "civil"),
        ("Commission Justice et Paix", "civil"),
        ("Société minière du Lac", "company"),
        ("Mbelwa Sugar Co., Ltd", "company"),
        ("Minera Alto S.A.", "company"),
        ("ROXFD", "civil"),
    ],
)
def test_the_head_of_a_name_says_what_kind_of_body_it_is(name, kind):
    """A council is public beside a word that says so, and of people together without."""
    assert kind_of_name(name) == kind
