"""Names of bodies that have no head noun: told by plain words and by what stands beside them."""

import pytest


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "The leaflet was written by Steady Lantern Ghana.", "Steady Lantern Ghana"),
        ("en", "Morning Lantern trained ten women.", "Morning Lantern"),
        ("en", "Zuvira Mbela, led by two nurses, opened a clinic.", "Zuvira Mbela"),
        ("en", "Members of Zuvira Mbela were beaten.", "Zuvira Mbela"),
        (
            "en",
            "It was signed by the Coast Network, Zuvira Mbela and the Lake Union.",
            "Zuvira Mbela",
        ),
        ("fr", "Debout Citoyens a formé dix femmes.", "Debout Citoyens"),
        ("fr", "Zuvira Mbela, une association de femmes, a ouvert un centre.", "Zuvira Mbela"),
        ("es", "El taller fue organizado por Semilla Nueva.", "Semilla Nueva"),
        ("es", "Zuvira Mbela, que dirige una abogada, ganó el caso.", "Zuvira Mbela"),
    ],
)
def test_what_stands_around_tells_a_body(names, language, text, wanted):
    """Two kinds of evidence together make a name without a head noun a body's."""
    assert wanted in names(text, language=language)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The fishers of Zuvira Mbelo came.", "organisation"),
        ("en", "A small grant to Zuvira Mbelo paid for it.", "organisation"),
        ("en", "Zuvira Mbelo's treasurer came.", "organisation"),
        ("fr", "La formation de Zuvira Mbelo a duré.", "organisation"),
        ("es", "Apoyo a Zuvira Mbelo en marzo.", "organisation"),
        ("en", "Training of Zuvira Mbelo-Sarko went well.", "person"),
        ("en", "Training of Fatou Mbelo went well.", "person"),
        ("en", "The report by Zuvira Mbelo, a farmer, was read.", "person"),
        ("en", "The activist Zuvira Mbelo documented it.", "person"),
        ("fr", "Formation de Zuvira Mbelo, 31 ans.", "person"),
    ],
)
def test_strange_words_are_a_body_where_one_is_spoken_of(mentions, language, text, kind):
    """What is given to bodies and done by them tells, unless anything speaks of somebody."""
    found = [m.kind.value for m in mentions(text, language=language) if "Mbelo" in m.text]

    assert found == [kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Zuvira Mbela trained ten women."),
        ("en", "The Coast Network and Amina Gomez met Ogoba Togo."),
        ("en", "The Special Rapporteur came and the Horn of Africa was dry."),
        ("fr", "Les Peuls et les Dogons ont signé avec le Réseau du Lac."),
        ("en", "They used the Tamba Protocol before the Supreme Court."),
        ("es", "Fue en Semana Santa, según Zuvira Mbela."),
    ],
)
def test_one_kind_of_evidence_is_not_enough(names, language, text):
    """A name that may be somebody's, or a plain phrase, is no body's on one sign alone."""
    found = names(text, language=language)

    assert [
        name for name in found if name not in {"Coast Network", "Réseau du Lac", "Supreme Court"}
    ] == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "The Ministries of Labour and Health signed.",
            ["Ministries of Labour", "Health"],
        ),
        (
            "fr",
            "Les ministères de la Justice et de la Promotion de la femme ont signé.",
            ["ministères de la Justice", "Promotion de la femme"],
        ),
        (
            "fr",
            "Le tribunal de grande instance de Kossi a jugé.",
            ["tribunal de grande instance de Kossi"],
        ),
        ("es", "La defensoría del pueblo acompañó.", ["defensoría del pueblo"]),
        (
            "en",
            "Mara Relief Hands and Sorel Foundation sent food.",
            ["Mara Relief Hands", "Sorel Foundation"],
        ),
        ("en", "Women in Action for Rights won.", ["Women in Action for Rights"]),
        (
            "en",
            "Then the Drivers and Loaders Union of Kossi won.",
            ["Drivers and Loaders Union of Kossi"],
        ),
        ("es", "La Voz de Mbeko y Mbeka Solo ganaron.", ["Voz de Mbeko", "Mbeka Solo"]),
        ("en", "They told Lulua FM and Kossi Star TV.", ["Lulua FM", "Kossi Star TV"]),
        ("fr", "L'Église anglicane de Kossi a aidé.", ["Église anglicane de Kossi"]),
        ("en", "Lulua FM told of it.", ["Lulua FM"]),
        ("en", "The Daily Lamp and Radio Umoza told of it.", ["Daily Lamp", "Radio Umoza"]),
        (
            "en",
            "Open Windows and Justice Without Borders won.",
            ["Open Windows", "Justice Without Borders"],
        ),
        (
            "en",
            "The Upper Tana State Legislative Assembly voted.",
            ["Upper Tana State Legislative Assembly"],
        ),
        ("en", "The Law Faculty of the University of Kolwe agreed.", None),
        ("en", "The women's group Zuvira Mbela joined.", ["Zuvira Mbela"]),
        (
            "fr",
            "Le Conseil national de transition et la commune de Kossi ont signé.",
            ["Conseil national de transition", "commune de Kossi"],
        ),
        ("es", "El Juzgado Primero de lo Penal de Solaya falló.", None),
        ("fr", "SOS Orphelins a porté plainte.", ["SOS Orphelins"]),
        (
            "es",
            "El Ministerio de Vivienda, Suelo y Hábitat firmó.",
            ["Ministerio de Vivienda, Suelo y Hábitat"],
        ),
    ],
)
def test_where_a_name_begins_and_ends(names, language, text, wanted):
    """Plural heads, lower-case courts, lists and rows: each name whole, and none too long."""
    whole = wanted or [text.split(" ", 1)[1].rsplit(" ", 1)[0]]

    assert names(text, language=language) == whole


@pytest.mark.parametrize("text", ["See EQ-07 too.", "See UG 14 too.", "The LC5 chair came."])
def test_a_number_makes_no_acronym(names, text):
    """Ids and levels are written as acronyms are."""
    assert names(text) == []


def test_a_known_body_may_be_the_end_of_another(names):
    """A delegation of the Union is not the Union."""
    found = names("Le Bureau conjoint des Nations unies a publié un rapport.", language="fr")

    assert found == ["Bureau conjoint des Nations unies"]


@pytest.mark.parametrize("kind", ["organisation", "person"])
def test_letters_that_stand_alone_are_an_acronym_unless_the_record_shows_a_surname(names, kind):
    """ "SOFAR" alone abbreviates; beside a given name anywhere in the record it is somebody's."""
    alone = names("SOFAR a publié un rapport.", kind=kind, language="fr")
    beside = names("SOFAR est venu. Ils ont vu Lusala SOFAR.", kind=kind, language="fr")

    assert ("SOFAR" in alone) == (kind == "organisation")
    assert any("SOFAR" in name for name in beside) or kind == "organisation"
