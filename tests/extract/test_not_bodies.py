"""Papers and plans are no bodies; national sections are one. All texts are invented."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "The National Action Plan (NAP) was adopted. NAP is good.",
        "The county adopted the Baringa Action Plan (BAP).",
        "The Atlantic Charter on Human and Peoples' Rights (ACHPR) was cited. ACHPR is law.",
        "The UN-led talks, the M&E and AOB.",
    ],
)
def test_plans_and_laws_are_no_organisations(names, text):
    """Nor is their acronym, though a body of the world has the same."""
    assert names(text) in ([], ["UN"])


def test_a_national_section_is_one_body_with_its_acronym(mentions):
    """A known body and a country, defined together, are one organisation."""
    found = mentions("Transparency International Togo (TIT) sued; TIT won.")
    bodies = [m for m in found if m.kind.value == "organisation"]

    assert [m.text for m in bodies] == ["Transparency International Togo", "TIT", "TIT"]
    assert len({m.group for m in bodies}) == 1


def test_nothing_is_accepted_in_a_shouted_sentence(mentions):
    """Where all is in capitals, capitals tell nothing."""
    found = mentions("THE HARBOUR TEACHERS UNION (HTU) MET ENG. SEFU BANDELE AT THE SEASIDE COURT.")

    assert not [m for m in found if m.kind.value == "organisation" and m.status.value == "accepted"]


@pytest.mark.parametrize(("opening", "kept"), [("Ruling", False), ("April Bandele", True)])
def test_a_word_of_the_harvest_opens_a_sentence_unsuspected(extractor, fragment, opening, kept):
    """A word that stands in small letters elsewhere is no name; a given name and surname is."""
    records = [
        fragment(f"{opening} came late.", key="a"),
        fragment("The ruling of april was long.", key="b"),
    ]
    found = [m.text for m in extractor.extract_all(records) if m.kind.value == "person"]

    assert found == ([opening] if kept else [])
