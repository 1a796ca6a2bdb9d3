"""The coach speaks where a statement plainly tells too little, and leaves good ones alone."""

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from kg.coach import Told, advise, coach
from kg.messages import sentences
from kg.model import Severity, Where
from kg.vocab import PREFIXES, Names
from kg.vocabulary import ontology_quads
from kg.worklist import worklist

ROOT = Path(__file__).resolve().parents[1]
GOOD = Path(__file__).parent / "ontology" / "good.trig"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    "PREFIX frag: <https://example.org/harvest/fragment/>\n"
    "PREFIX two: <https://example.org/harvest/fragment/demo-2#>\n"
)
REASONS = {"coach-activity", "coach-no-change", "coach-who", "coach-when", "coach-where"}
EVERYTHING = frozenset({"who", "when", "where"})

#: Invented, and good: somebody does what they did not do before.
OUTCOMES = {
    "en": (
        "In March 2022 Marwela Town Council put an end to refusing gatherings.",
        "After a training by our partner, the women of Harbourtown filed a complaint in May 2022.",
        "We organised a workshop in June 2022. Since then the police of Millbrook consult us.",
        "In 2021 journalists trained by the programme published three reports on mines in Norland.",
        "Since May 2022 girls of Elm village go to school, because their parents now let them.",
        "The land office of Stonebridge hung its fees on the wall in 2022; clerks keep to them.",
        "Following awareness sessions, herders and farmers in Lowfield share a road since 2020.",
        "The capacity of the union was strengthened: in 2022 it won its first case in Norland.",
        "In May 2022 the mayor of Elmgrove apologised to the families of those who were arrested.",
        "The district court of Lowfield threw out the case against four teachers in 2023.",
        "Young women of Harbourtown sit on the water board since January 2023.",
        "The army left the school of Tarn in April 2021, and pupils came back.",
        "In 2022 two radio stations of Norland gave the floor to widows each Friday.",
        "The bank of Millbrook has been lending to women without a guarantor since 2022.",
        "Police officers of Tarn were trained, and no marcher has been beaten since May 2022.",
        "Since 2022 leaders in Tarn are aware of the law and apply it when land is sold.",
    ),
    "fr": (
        "En mai 2022, le conseil municipal de Vila Sorena a supprimé la redevance.",
        "Depuis février 2022, des employées viennent d'elles-mêmes à Morne-Sablon.",
        "Après la formation, les femmes de Tamba ont porté plainte en juin 2022.",
        "L'Association des femmes siège depuis mars 2022 au comité de gestion du port.",
        "Un atelier a été organisé en 2021 ; les chefs de Kolma ont depuis renoncé aux amendes.",
        "Le préfet de Kolma reçoit chaque mois les éleveurs depuis janvier 2022.",
        "En 2022, la radio de Tamba a ouvert son antenne aux veuves.",
        "Les capacités du syndicat ont été renforcées et il a gagné son procès à Kolma en 2022.",
        "Le tribunal de Tamba a acquitté quatre enseignants en avril 2023.",
        "Les jeunes de Kolma tiennent leurs réunions sans escorte depuis mai 2022.",
        "Sensibilisé à ses droits, le marché de Tamba a élu une femme à sa tête en 2022.",
        "Le maire de Tamba n'exige plus d'autorisation depuis 2021.",
        "Depuis 2022, les jeunes de Kolma connaissent leurs droits et saisissent le juge.",
    ),
    "es": (
        "En mayo de 2022, el concejo de Puerto Claro adoptó un plan de agua.",
        "Las mujeres de la aldea presentaron una denuncia en junio de 2022.",
        "Tras el taller, la policía de Puerto Claro dejó de cobrar multas en 2022.",
        "Los jueces de Norlandia publican sus sentencias desde 2021.",
        "Se realizó un taller en 2021; el alcalde de Río Manso recibe desde entonces a la gente.",
        "Se fortalecieron las capacidades del sindicato, que ganó su juicio en 2022 en Río Manso.",
        "El ejército salió de la escuela de Río Manso en abril de 2021.",
        "Las jóvenes de Puerto Claro forman parte del comité de agua desde enero de 2023.",
        "Los policías de Río Manso fueron capacitados en 2022 y no golpean más a la gente.",
    ),
}

#: Invented, and weak: what was done for people, not what they did.
ACTIVITIES = {
    "en": (
        "We trained 40 women on their rights.",
        "A workshop on advocacy was held in May 2022.",
        "Training of 30 journalists on digital safety in Norland.",
        "The project organised three meetings with the authorities.",
        "Forty young people were trained in mediation.",
        "Participants attended a two-day training on conflict.",
    ),
    "fr": (
        "Nous avons formé 40 femmes sur leurs droits.",
        "Un atelier sur le plaidoyer a été organisé en mai 2022.",
        "Formation de 30 journalistes sur la sécurité.",
        "Le projet a organisé trois rencontres avec les autorités.",
        "Quarante jeunes ont été formés à la médiation.",
        "Des séances de sensibilisation ont été tenues.",
    ),
    "es": (
        "Capacitamos a 40 mujeres sobre sus derechos.",
        "Se realizó un taller sobre incidencia.",
        "El proyecto organizó tres reuniones con las autoridades.",
        "Taller de formación para periodistas.",
        "Cuarenta jóvenes fueron capacitados en mediación.",
    ),
}

#: Invented, and weak: nothing that anybody could have seen, or nothing yet.
UNSEEN = {
    "en": (
        "Women are more aware of their rights.",
        "The capacity of local leaders was strengthened.",
        "Awareness was raised.",
        "Improved knowledge of the law among young people.",
        "The council plans to adopt a plan in 2023.",
    ),
    "fr": (
        "Les capacités des leaders ont été renforcées.",
        "Les femmes sont mieux informées de leurs droits.",
        "Les populations ont pris conscience de l'importance de la paix.",
        "La mairie prévoit d'adopter un plan.",
    ),
    "es": (
        "Se fortalecieron las capacidades de los líderes.",
        "Las mujeres son más conscientes de sus derechos.",
        "El concejo planea adoptar un plan.",
    ),
}


def cases(statements):
    return [(language, text) for language, texts in statements.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), cases(OUTCOMES))
def test_a_good_statement_is_left_alone(language, text):
    """A coach that nags is switched off. No column helps here: the words say it all."""
    assert advise(Told(text, language=language)) == ()


@pytest.mark.parametrize(("language", "text"), cases(ACTIVITIES))
def test_an_activity_is_noticed(language, text):
    """What the programme did is its contribution, not the outcome."""
    assert advise(Told(text, language=language, stated=EVERYTHING)) == ("coach-activity",)


@pytest.mark.parametrize(("language", "text"), cases(UNSEEN))
def test_a_change_that_nobody_could_see_is_noticed(language, text):
    """Awareness, capacity and plans become outcomes when they show."""
    assert advise(Told(text, language=language, stated=EVERYTHING)) == ("coach-no-change",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A new practice was adopted."),
        ("fr", "Une pratique a été adoptée."),
        ("es", "Se adoptó una nueva práctica."),
    ],
)
def test_who_when_and_where_are_asked_for(language, text):
    """Each where neither a column nor the words say it."""
    assert advise(Told(text, language=language)) == ("coach-who", "coach-when", "coach-where")
    for aspect in EVERYTHING:
        left = advise(Told(text, language=language, stated=frozenset({aspect})))
        assert set(left) == {f"coach-{a}" for a in EVERYTHING - {aspect}}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drivers of minibuses refuse to pay the toll on the coast since 2022."),
        ("en", "A charter was signed by the owners of the mine on the coast in 2022."),
        ("fr", "Les locataires de la zone ont bloqué leur loyer en 2022."),
        ("fr", "Des chauffeurs refusent depuis 2022 de payer le péage de la route."),
        ("fr", "Une charte a été signée par les exploitants de la zone en 2022."),
        ("es", "Los choferes se niegan desde 2022 a pagar el peaje de la carretera."),
        ("es", "La carta fue firmada por los dueños de la mina de la zona en 2022."),
    ],
)
def test_an_actor_that_no_list_knows_is_not_asked_for(language, text):
    """Who is asked for only where the grammar hides it."""
    assert advise(Told(text, language=language)) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("A new practice was adopted in <LOC>.", {"coach-when"}),
        ("A new practice was adopted in Tsobane.", {"coach-who", "coach-when"}),
        ("A new practice was adopted by Tsobane Water.", {"coach-when"}),
        ("A shelter was opened in Vila Sorena in May 2021.", {"coach-who"}),
        ("The council adopted a new practice.", {"coach-when", "coach-where"}),
        ("The council adopted a new practice last week.", {"coach-where"}),
        ("A new practice was adopted in the village in 2019.", set()),
    ],
)
def test_what_is_said_anywhere_is_not_missing(text, missing):
    """Names, redaction marks and plain words count; so do other fields of the record.

    Where the grammar hides who did it, the name of a place does not tell.
    """
    assert set(advise(Told(text, language="en"))) == missing
    assert advise(Told(text, language="en", beside="By the council of Elm village, 2019.")) == ()


def test_the_title_can_speak_for_the_description():
    """What a record tells of the change elsewhere is told."""
    weak = Told("A workshop was held.", language="en", stated=EVERYTHING)
    told = Told("A workshop was held.", "Council opened its books", "en", EVERYTHING)

    assert (advise(weak), advise(told)) == (("coach-activity",), ())


@pytest.mark.parametrize("language", ["ar", "nl", "pt", None])
def test_in_other_languages_it_is_silent(language):
    """No cues, no guesses."""
    assert advise(Told("Er werd een workshop gehouden.", language=language)) == ()


@pytest.mark.parametrize(
    ("language", "likely", "advice"),
    [
        (None, "en", ("coach-activity", "coach-when", "coach-where")),
        (None, "fr", ("coach-activity", "coach-when", "coach-where")),
        (None, "nl", ()),
        (None, None, ("coach-activity", "coach-when", "coach-where")),
        ("nl", "en", ()),
    ],
)
def test_a_text_too_short_to_tell_its_language_has_that_of_the_others(language, likely, advice):
    """An activity is one in any, for harvests are bilingual; nothing else is guessed."""
    assert advise(Told("We trained 30 women.", language=language, likely=likely)) == advice


@pytest.mark.parametrize(
    "text", ["Er is veel gedaan.", "Baraza lilifungua vitabu vyake.", "Rat otworzył księgi."]
)
def test_of_a_short_text_in_no_known_language_nothing_is_guessed(text):
    """Neither that nothing changed, nor that something is missing."""
    assert advise(Told(text)) == ()


@pytest.mark.parametrize(
    "text", ["PAX trained 20 women.", "PAX a formé 20 femmes.", "A law was passed."]
)
def test_few_words_with_a_cue_of_a_language_are_asked_when_and_where(text):
    """Nothing else of them; and neither where a column, or a word of any language, says it."""
    assert advise(Told(text)) == ("coach-when", "coach-where")
    assert advise(Told(text, stated=frozenset({"when", "where"}))) == ()
    assert advise(Told(f"{text[:-1]} in mei 2021 in Gao.", likely="nl")) == ()


@pytest.mark.parametrize("text", ["Taller realizado el 5 de mayo.", "Atelier tenu en mai."])
def test_what_any_language_says_is_not_missing(text):
    """A month in the words of another language is a time."""
    assert "coach-when" not in advise(Told(text))


#: A headline in place of a statement: nothing but what was done.
HEADLINES = {
    "en": (
        "Workshop held in Tarn.",
        "Meeting in Kolma.",
        "Awareness campaign launched in Tarn.",
        "Security plans developed.",
        "Dialogue sessions with elders in Tarn.",
        "Support to 20 victims.",
        "Forty women trained in mediation.",
    ),
    "fr": (
        "Atelier tenu à Kolma.",
        "Réunion à Tamba.",
        "Campagne de sensibilisation lancée à Tamba.",
        "Plans de sécurité élaborés.",
        "Appui à 20 victimes.",
        "Quarante femmes formées à la médiation.",
    ),
    "es": (
        "Taller realizado en Río Manso.",
        "Reunión en Puerto Claro.",
        "Campaña de sensibilización lanzada en Río Manso.",
        "Planes de seguridad elaborados.",
        "Apoyo a 20 víctimas.",
        "Cuarenta mujeres capacitadas en mediación.",
    ),
}


@pytest.mark.parametrize(("language", "text"), cases(HEADLINES))
@pytest.mark.parametrize("known", [True, False])
def test_a_headline_is_an_activity_without_a_time(language, text, known):
    """Also where a text so short tells no language; when nothing else says when, it is asked."""
    said = advise(Told(text, language=language if known else None))

    assert said[:2] == ("coach-activity", "coach-when")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Workshop participants in Tarn set up a committee in May 2022."),
        ("en", "Meeting in Kolma, the elders lifted the ban in 2022."),
        ("en", "Women trained in law vote in Tarn since 2021."),
        ("en", "Support to victims in Tarn comes from the council since 2022."),
        ("fr", "Les femmes formées au droit votent à Kolma depuis 2021."),
        ("fr", "Réunis à Tamba, les anciens ont levé l’interdit en 2022."),
        ("es", "Las mujeres capacitadas en derecho votan en Río Manso desde 2021."),
        ("es", "El apoyo a las víctimas lo paga el concejo de Río Manso desde 2022."),
    ],
)
def test_what_begins_like_a_headline_and_goes_on_is_none(language, text):
    """Somebody does something in it."""
    assert advise(Told(text, language=language)) == ()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Law adopted."), ("fr", "Loi adoptée."), ("es", "Ley adoptada.")]
)
def test_a_bare_change_is_asked_who_when_and_where(language, text):
    """A column that says it is enough; without one all three are asked."""
    assert advise(Told(text, language=language)) == ("coach-who", "coach-when", "coach-where")
    assert advise(Told(text, language=language, stated=EVERYTHING)) == ()


def test_a_long_text_in_no_known_language_is_left_alone():
    """Its language could have been told, if it were one of those."""
    text = "We trained 30 women. " + "lorem ipsum dolor sit amet " * 3

    assert advise(Told(text, likely="en")) == ()


def test_the_language_of_most_descriptions_is_that_of_the_harvest():
    """Of more than half of those that tell theirs; of two in two languages nobody can tell,
    and an activity is one in either."""

    def rows(*languages):
        given = [
            {"key": str(n), "field": "x-description", "text": "We trained 30 women."}
            | ({"language": language} if language else {})
            for n, language in enumerate(languages)
        ]
        return lambda query: given if "?text" in query else []

    found = set(coach(rows("en", "en", None)))

    assert ("coach-activity", "2") in found
    assert ("coach-activity", "1") in set(coach(rows("en", None, None, None)))
    assert ("coach-activity", "1") in set(coach(rows("fr", None)))
    assert ("coach-activity", "1") not in set(coach(rows("nl", None)))
    assert ("coach-activity", "2") in set(coach(rows("en", "fr", None)))


def test_a_word_alone_says_nothing_yet():
    """Also where the language cannot be told."""
    assert advise(Told("Workshop")) == ("coach-no-change",)


@pytest.mark.parametrize("text", ["", " ", ".", "\n\n", "🌊" * 50, "a" * 50_000, "we " * 20_000])
def test_any_text_is_answered(text):
    """Whatever a cell holds, it ends, and soon."""
    for language in ("en", "fr", "es"):
        assert set(advise(Told(text, language=language))) <= REASONS


def selecting(*updates):
    store = ox.Store()
    store.extend(ontology_quads(Names()))
    store.extend(ox.parse(path=str(GOOD)))
    for update in updates:
        store.update(HEAD + update)

    def select(sparql):
        found = store.query(sparql, use_default_graph_as_union=True)
        names = [v.value for v in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]

    return select


def described(text, language="en"):
    """The second record of the good harvest with another description and no actor."""
    return (
        "DELETE WHERE { GRAPH ?g { two:description nif:isString ?t ; dcterms:language ?l } } ; "
        "DELETE WHERE { GRAPH ?g { two:outcome oh:changeIn ?a } } ; "
        f"INSERT DATA {{ GRAPH frag:demo-2 {{ two:description nif:isString {json.dumps(text)} ; "
        f'dcterms:language "{language}" }} }}'
    )


def test_the_worklist_shows_advice_as_notes():
    """One group a reason, severity info, with file, row, field and key; never the words."""
    select = selecting(described("A zeppelin workshop was held."))
    places = {"demo-2": Where("demo.csv", 3)}
    listed = worklist(select, mentions=(), report={}, places=places)
    found = [f for f in listed if f.reason in REASONS]

    assert [f.reason for f in found] == [
        "coach-activity",
        "coach-when",
        "coach-where",
    ]
    assert {f.severity for f in found} == {Severity.INFO}
    assert {(str(f.where), f.key) for f in found} == {
        ("demo.csv, row 3, field description", "demo-2")
    }
    assert "zeppelin" not in repr(found)


@pytest.mark.parametrize(
    ("triple", "aspect"),
    [
        ("two:outcome oh:changeIn ohv:actor-women", "coach-who"),
        ('two:outcome oh:year "2022"^^xsd:gYear', "coach-when"),
        ("two:outcome oh:country <https://example.org/harvest/place/norland>", "coach-where"),
        (
            "two:m nif:referenceContext two:description ; oh:kind ohv:kind-organisation",
            "coach-who",
        ),
        ("two:m nif:referenceContext two:description ; oh:kind ohv:kind-place", "coach-where"),
    ],
)
def test_columns_and_known_names_count(triple, aspect):
    """What the graph knows of a record is not asked for again."""
    before = described("A new practice was adopted.")
    after = f"INSERT DATA {{ GRAPH frag:demo-2 {{ {triple} }} }}"

    assert (aspect, "demo-2") in set(coach(selecting(before)))
    assert (aspect, "demo-2") not in set(coach(selecting(before, after)))


def test_the_order_does_not_depend_on_the_rows():
    """Advice is sorted by key."""
    select = selecting(described("A new practice was adopted."))

    assert list(coach(select)) == list(coach(lambda q: select(q)[::-1]))


def test_advice_is_humble_and_bilingual():
    """Every reason has words, says "may" and "peut-être", and holds no score."""
    said = {reason: s for reason, s in sentences().items() if reason.startswith("coach-")}

    assert set(said) == REASONS
    for sentence in said.values():
        assert " may " in sentence.message["en"]
        assert "peut-être" in sentence.message["fr"]
        assert not re.search(r"\d|score|note", f"{sentence.message} {sentence.advice}")


def test_every_language_has_every_list():
    """A list that is missing in one language would be a silent gap."""
    tree = yaml.safe_load((ROOT / "ontology" / "coach.yaml").read_text("utf-8"))
    lists = {
        language: set(said) - {"have", "was", "grown"}
        for language, said in tree.items()
        if isinstance(said, dict)
    }

    assert sorted(lists) == ["en", "es", "fr"]
    assert lists["en"] == lists["fr"] == lists["es"]
