"""Headings that are whole questions, in six languages."""

import pytest

from kg.read import Headings, How

HEADINGS = Headings.load()

PLAIN = {
    "country": [
        "In which of our countries did you see it?",
        "Dans lequel ou dans quel pays l'avez-vous vu ?",
        "¿En cuál de los países sucedió?",
        "In welk van onze landen was dat?",
        "Em qual dos países foi?",
    ],
    "year": [
        "When did you first see this?",
        "À quelle date cela a-t-il commencé ?",
        "¿Cuándo se vio el cambio por primera vez?",
        "Wanneer merkten jullie dit voor het eerst?",
        "Quando notaram isto?",
        "متى لاحظتم ذلك لأول مرة؟",
    ],
    "description": [
        "Please tell us about the change in two sentences: who acted, and where?",
        "Qu'est-ce qui, selon vous, a changé chez ces acteurs ?",
        "¿Qué ha cambiado en su comportamiento?",
        "Wat doen zij nu anders dan vroeger?",
        "O que mudou no comportamento deles?",
        "ماذا تغير في سلوكهم؟",
    ],
    "significance": [
        "Why do you say this is important for the people there?",
        "En quoi est-ce significatif pour la population ?",
        "¿Por qué esto importa a la población?",
        "Waarom is dit van belang voor de mensen daar?",
        "Porque é que isto importa às pessoas?",
        "لماذا هذا مهم للناس هناك؟",
    ],
    "contribution_programme": [
        "In a few words, how did your team and the project contribute?",
        "How have the partners in the alliance contributed?",
        "Comment votre équipe a-t-elle contribué ?",
        "¿Qué papel tuvo su organización?",
        "Hoe droegen jullie hieraan bij?",
        "Qual foi o papel do projeto nisto?",
        "ما دور منظمتكم في ذلك؟",
    ],
    "contribution_others": [
        "Who else helped to bring it about?",
        "Which other actors contributed, and by what?",
        "Quels autres acteurs y ont contribué, et comment ?",
        "¿Qué otros actores contribuyeron, y cómo?",
        "Wie hebben nog bijgedragen, en waarmee?",
        "Que outros atores contribuíram, e como?",
        "من غيركم ساهم في ذلك؟",
    ],
    "evidence": [
        "What documents support what you say?",
        "Comment pouvons-nous vérifier ce que vous dites ?",
        "¿Qué documentos hay de ello?",
        "Welke documenten zijn er?",
        "Que fontes há?",
        "ما هي الأدلة المتوفرة على ذلك؟",
    ],
    "confidential": [
        "Should what you told us be kept confidential?",
        "Cette fiche doit-elle rester confidentielle ?",
        "¿Debe este registro ser confidencial?",
        "Moet dit vertrouwelijk blijven?",
        "Deve isto ser confidencial?",
        "هل هذه القصة سرية؟",
    ],
}


@pytest.mark.parametrize(("field", "text"), [(f, t) for f, ts in PLAIN.items() for t in ts])
def test_a_plain_question_is_taken(field, text):
    """Numbered or not."""

    for heading in (text, f"Q4.2: {text}", f"12. {text}"):
        found = HEADINGS.match(heading)
        assert (found.field, found.known) == (field, True), heading


def test_a_question_that_is_not_listed_word_for_word_is_told():
    """As a close match, which kg inspect and kg check tell."""
    hows = [HEADINGS.match(text).how for texts in PLAIN.values() for text in texts]

    assert hows.count(How.CLOSE) > 0.9 * len(hows)


@pytest.mark.parametrize(
    "text",
    [
        "Who contributed to this change, and how?",
        "Qui a contribué à ce changement, et comment ?",
        "¿Quién contribuyó a este cambio y cómo?",
        "Wie heeft er bijgedragen aan deze verandering, en hoe?",
        "Quem contribuiu para esta mudança, e como?",
        "من ساهم في هذا التغيير وكيف؟",
    ],
)
def test_who_contributed_may_be_we_or_others(text):
    """Only a person can tell: kg asks, and names both fields."""
    found = HEADINGS.match(text)

    assert found.how is How.DOUBTFUL
    assert set(found.candidates) == {"contribution_programme", "contribution_others"}


@pytest.mark.parametrize(
    "text",
    [
        "Is it no longer confidential?",
        "Is this confidential, or may we publish it?",
        "Why is this information confidential?",
        "L'information peut-elle être partagée sans être confidentielle ?",
        "Cette information n'est pas confidentielle ?",
        "¿La información no es confidencial?",
        "Is deze informatie niet vertrouwelijk?",
        "هل هذه المعلومات غير سرية؟",
        "May we share this story publicly?",
        "What has not changed?",
        "What should change next?",
        "Why did the others contribute?",
        "How did the press contribute to the workshop budget?",
        "Who pays?",
        "When is the next meeting?",
    ],
)
def test_what_may_be_turned_round_or_asks_for_something_else_is_never_taken(text):
    """It is kept under its own heading, and asked for where it is near."""
    assert not HEADINGS.match(text).known
