"""Headings as officers type them and as their programs export them, in six languages."""

from collections import defaultdict

import pytest

from kg.read.headings import Headings
from kg.read.lexicon import get_lexicon, headings_data
from kg.read.near import How

HEADINGS = Headings.load()

#: Field → headings. Written for these tests: none stands in ontology/headings.yaml as it is here.
TYPED = {
    "description": [
        "Beschrijving van de uitkomst",
        "Descrição do resultado",
        "2. Descripción del efecto (máx. 3 frases)",
        "Outcome_Description__c",
        "group_ab1cd23/outcome_description",
        "Énoncé de l’outcome *",
        "Q3. Describe the outcome",
    ],
    "social_actor": ["الجهة الاجتماعية", "Social_Actor__c", "Acteurs sociaux influencés :"],
    "framework_link": [
        "Lien avec le cadre",
        "Vínculo con el marco",
        "Link with the results framework (code)",
        "Ligação com o quadro de resultados",
        "Koppeling aan het resultatenkader",
        "الصلة بالإطار",
    ],
    "year": ["data/outcome/year", "Year_of_change__c", "Año en que ocurrió el cambio"],
    "country": ["Q12_country", "group_xx/country", "Country__c", "País do programa"],
    "fragment_id": ["Outcome harvest ID", "Uitkomst-ID", "ID del resultado"],
    "significance": ["data/significance", "Q7.2 Why is the change significant?"],
    "contribution_others": ["Contributions from others", "Contribuições de outros atores"],
    "evidence": ["Source(s) of verification", "Bron van verificatie"],
    "programme": ["Programme or project", "Naam programma"],
    "language": ["Idioma", "Taal van de uitkomst"],
    "objective_link": ["Objetivo específico", "Rattachement à l’objectif"],
}


@pytest.mark.parametrize(
    ("field", "heading"), [(f, heading) for f, headings in TYPED.items() for heading in headings]
)
def test_a_plain_heading_is_understood(field, heading):
    """Numbers, paths of a form and the ends that a database gives do not matter."""
    assert HEADINGS.match(heading).field == field


def test_no_wording_claims_two_fields():
    """Neither as typed, nor without case and marks, nor as words in any order."""
    lexicon = get_lexicon()
    claims = defaultdict(set)
    for item in lexicon.wordings:
        claims["letters", item.squashed].add(item.field)
        claims["words", item.bag].add(item.field)

    assert [key for key, fields in claims.items() if len(fields) > 1] == []


def test_every_listed_wording_is_taken_as_it_stands():
    """No rule on the way turns a listed heading into something else."""
    wrong = [
        (text, field)
        for field, languages in headings_data()["fields"].items()
        for texts in languages.values()
        for text in texts
        if (HEADINGS.match(text).field, HEADINGS.match(text).how) != (field, How.EXACT)
    ]

    assert wrong == []


@pytest.mark.parametrize("heading", ["Submission ID", "Form ID", "_submission_time", "Org unit"])
def test_what_a_forms_server_adds_is_no_field(heading):
    """Such a column must never take the place of the id that people gave."""
    assert HEADINGS.match(heading).how in {How.UNKNOWN, How.DOUBTFUL}
