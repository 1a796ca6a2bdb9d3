"""Full names and the acronyms that stand beside them."""

# ruff: noqa: E501 - one example a line

import pytest

from kg.model import Kind, MentionStatus

DEFINED = [
    ("The Réseau Lacustre des Femmes du Nord (RLFN) met.", "Réseau Lacustre des Femmes du Nord", "RLFN"),
    ("La Coordination des Veuves de l'Est (la CVE) a parlé.", "Coordination des Veuves de l'Est", "CVE"),
    ("L’Association Tin Awal pour la Paix (« ATAP ») a signé.", "Association Tin Awal pour la Paix", "ATAP"),
    ("A letter by RLFN (Réseau Lacustre des Femmes du Nord) came.", "Réseau Lacustre des Femmes du Nord", "RLFN"),
    ("El Consejo de Pueblos del Río Azul (CPRA) denunció.", "Consejo de Pueblos del Río Azul", "CPRA"),
    ("The Lakeside Network of Women Farmers (hereafter LNWF) met.", "Lakeside Network of Women Farmers", "LNWF"),
    # The name in one language, its acronym in another: the letters do not agree, the form does.
    ("The Lakeside Network of Women Farmers (RLFN) met.", "Lakeside Network of Women Farmers", "RLFN"),
    ("Le Centre d'Appui aux Populations (CAP) a ouvert.", "Centre d'Appui aux Populations", "CAP"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "acronym"), DEFINED)
def test_a_name_and_its_acronym_are_found_as_one_group(mentions, text, name, acronym):
    """Articles stand outside; both spans share a group and are accepted."""
    found = [m for m in mentions(text) if m.kind is Kind.ORGANISATION]

    assert {m.text for m in found} == {name, acronym}
    assert {(m.method, m.status, m.confidence) for m in found} == {
        ("abbreviation-definition", MentionStatus.ACCEPTED, 0.95)
    }
    assert len({m.group for m in found}) == 1
    assert found[0].group is not None


def test_both_forms_are_found_again_in_every_section(mentions):
    """Defined in one field, meant in all."""
    found = mentions(
        additional="The Lakeside Network of Women Farmers (LNWF) met.",
        significance="Nobody but LNWF dared. LNWF's members did.",
        contribution_programme="LNWF and the Lakeside Network of Women Farmers gave seeds.",
    )

    assert [(m.field, m.text, m.group) for m in found if m.kind is Kind.ORGANISATION] == [
        (field, text, "definition-1")
        for field, text in [
            ("additional", "Lakeside Network of Women Farmers"),
            ("additional", "LNWF"),
            ("significance", "LNWF"),
            ("significance", "LNWF"),
            ("contribution_programme", "LNWF"),
            ("contribution_programme", "Lakeside Network of Women Farmers"),
        ]
    ]


def test_a_name_in_brackets_with_its_letters_is_only_suggested(mentions):
    """Beside a person's name in brackets nothing says that it is a body."""
    found = [
        m for m in mentions("He came (Light the Way, LWX) to us.") if m.kind is Kind.ORGANISATION
    ]

    assert [(m.text, m.method, m.status) for m in found] == [
        ("Light the Way", "bracketed-name", MentionStatus.SUGGESTED),
        ("LWX", "bracketed-name", MentionStatus.SUGGESTED),
    ]
    assert found[0].group == found[1].group


def test_a_chapter_is_not_its_mother(mentions):
    """`ACRONYM-Town` is a name of its own, in no group of the acronym."""
    found = mentions("The Lakeside Network of Women Farmers (LNWF) and LNWF-Maradi met.")

    assert ("LNWF-Maradi", None) in [(m.text, m.group) for m in found]


def test_an_acronym_is_joined_to_the_one_name_that_it_spells(mentions):
    """No bracket defines it, and nothing else in the record begins so."""
    found = [
        m
        for m in mentions("The Centre for Lake Research met. Then CLR left.")
        if m.kind is Kind.ORGANISATION
    ]

    assert [m.text for m in found] == ["Centre for Lake Research", "CLR"]
    assert found[0].group == found[1].group is not None


def test_a_country_in_brackets_is_no_acronym(names):
    """ "(DRC)" says where, not who."""
    assert names("The Ministry of Justice (DRC) replied.") == ["Ministry of Justice"]
