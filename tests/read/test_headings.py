"""What headings mean."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.model import FIELDS, Where
from kg.read.columns import lay_out
from kg.read.headings import Headings
from kg.read.lexicon import get_lexicon, headings_data
from kg.read.near import How

HEADINGS = Headings.load()

# As exports have them: numbered, bracketed, misspelt, in two languages, with a programme's acronym.
UNDERSTOOD = {
    "fragment_id": ["FragmentID", "fragment id", "1. Outcome ID", "ID", "Identifiant de l’effet"],
    "status": ["Outcome  status", "STATUT DE L'INCIDENCE", "Estado"],
    "round": ["OH-harvesting period", "Période de récolte (XYZ)", "Harvest round:", "Récolte"],
    "country": [
        "coutnry",
        "Contry",
        "Country / Pays",
        "PAYS",
        "Q2. Country (select one)",
        "[ABC] Country*",
        "País",
    ],
    "year": ["Year (YYYY)", "Année (aaaa)", "outcome_year", "Yaer", "Year of the outcome"],
    "title": ["Titre de l’effet", "Outcome title", "Title:"],
    "description": [
        "Outcome description (max. 2 sentences)",
        "Desciption of the outcom",
        "Description de l'incidence (qui, quoi, quand, où)",
        "3) Description du changement",
        "Outcome: who changed what, when and where?",
        "Qu’est-ce qui a changé ?",
        "outcome_group/description",
        "Descripción del alcance",
        "Beschrijving van de verandering",
    ],
    "significance": [
        "Significance: why is this outcome important?",
        "Significence of outcome",
        "Signification de l’effet",
        "Importance du changement",
        "Relevancia",
    ],
    "additional": [
        "Additional information (use if needed) ",
        "Informations complémentaires (si nécessaire)",
    ],
    "rating_significance": [
        "Rating significance",
        "Significance (rating)",
        "Rating of significance (1-5)",
        "Degré d’importance",
    ],
    "social_actor": ["Social actor(s)", "MCQSocial actor", "Acteurs sociaux", "Actores sociales"],
    "scale": ["Scale of the outcome", "Echelle", "Portée du changement"],
    "contribution_programme": [
        "Contribution of the XYZ programme",
        "Contribution du programme ABC",
        "Contribution of the programm",
        "How did the programme contribute to the outcome?",
    ],
    "contribution_others": [
        "Contribution (other actors)",
        "Contributions from other actors and factors",
        "Contribution d’autres acteurs et facteurs",
        "Contribución de otros actores",
    ],
    "rating_contribution": ["Contribution rating (small / great)", "Rating: contribution"],
    "unintended": [
        "The change was unintended",
        "Unintended? (yes/no)",
        "Le changement était-il non intentionnel ?",
        "Effet inattendu (oui/non)",
    ],
    "evidence": [
        "Evidence (documents, interviews)",
        "Eléments de preuves",
        "Medios de verificación",
    ],
    "confidential": [
        "Outcome statements is CONFIDENTIAL",
        "Confidental",
        "CONFIDENTIEL (oui/non)",
        "Is this outcome confidential? Yes/No",
        "Confidential (1=yes, 0=no)",
    ],
    "framework_link": [
        "Link to Outcomes in Results Framework ",
        "Lien au cadre des resultats XYZ",
        "Results framework (outcome/output)",
    ],
    "objective_link": [
        "Link to XYZ Specific Objectives",
        "Objectif spécifique XYZ",
        "Specific objective (SO)",
    ],
    "merged": ["StoryFragment_Merged", "Texte fusionné"],
    "negative": ["Outcome is negative", "L'effet est-il négatif ?", "Is this a negative outcome?"],
    "type_of_change": ["MCQType of change", "MCQ - Type of change", "Type de changements"],
    "change_cluster": ["TypeOfChangeCluster", "Type of change: cluster"],
    "programme": ["Programme", "Program name"],
    "language": ["Langue", "Language of the statement"],
}

NOT_UNDERSTOOD = [
    "Submitted by",
    "Name of the person",
    "Phone number",
    "GPS",
    "Budget",
    "Donor",
    "Previous country",
    "Country of origin",
    "Year of birth",
    "Date of entry",
    "Project title",
    "Evidence of contribution",
    "Significance of contribution",
    "Contribution of partner organisations",
    "Reason for confidentiality",
    "Confidential comments",
    "Positive outcome",
    "Number of outcomes",
    "Link",
    "Change agent",
    "https://example.org/form",
    "???",
    "",
]

TURNED = [
    "Not confidential",
    "Non confidentiel",
    "No confidencial",
    "Unconfidential",
    "Non-confidential",
    "Can this outcome be published? (not confidential)",
    "Confidential (0 = yes, 1 = no)",
    "Confidential: no = 1",
    "Confidential or can be shared",
    "Public / confidential",
    "The change was intended",
    "The change was intented",
    "Was the change expected?",
    "Effet attendu",
    "Outcome is not negative",
    "Niet vertrouwelijk",
    "Não confidencial",
    "غير سري",
    "ليس سريا",
    "هل المعلومات غير سرية؟",
    "سري أو علني",
    "يمكن نشره",
    "التغيير متوقع",
    "نتيجة إيجابية",
]


@pytest.mark.parametrize(
    ("field", "heading"), [(name, text) for name, texts in UNDERSTOOD.items() for text in texts]
)
def test_headings_as_people_write_them(field, heading):
    """Case, accents, numbers, brackets, acronyms and slips do not hide a heading's meaning."""
    match = HEADINGS.match(heading)

    assert (match.field, match.known) == (field, True)


@pytest.mark.parametrize("language", ["en", "fr", "es", "nl", "pt", "ar"])
def test_every_field_is_known_in_every_language(language):
    """No language is read in part."""
    data = headings_data()["fields"]

    assert [name for name in FIELDS if not data[name].get(language)] == []


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("country", "  بلد  التغيير :"),
        ("year", "السّنة"),
        ("year", "سنة"),
        ("description", "1. وصف النتيجة (من، ماذا، متى، أين)"),
        ("description", "وصف النتيجة / Outcome description"),
        ("evidence", "الادلة والاثباتات"),
        ("confidential", "سرّي (نعم/لا)"),
        ("social_actor", "الجهة الفاعلة الاجتماعية"),
        ("contribution_others", "مساهمة الاطراف الاخرى"),
    ],
)
def test_arabic_is_read_with_and_without_article_vowels_and_dots(field, heading):
    """Arabic writes one word in several ways: article, hamza, vowel marks, final ta."""
    assert HEADINGS.match(heading).field == field


@pytest.mark.parametrize("heading", ["Code", "Código", "1. CODE", "Outcome #", "Outcome N°", "رمز"])
def test_a_code_is_most_likely_the_id_and_that_is_told(heading):
    """In a harvest's table "Code" is the record's own; a person is told of it."""
    match = HEADINGS.match(heading)

    assert (match.field, match.how) == ("fragment_id", How.CLOSE)


@pytest.mark.parametrize("heading", ["No.", "N°", "#", "Numéro", "الرقم"])
def test_a_bare_number_is_asked_for(heading):
    """Rows are counted from 1 in every file: such a column is no id unless somebody says so."""
    match = HEADINGS.match(heading)

    assert (match.how, match.candidates) == (How.DOUBTFUL, ("fragment_id",))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Significance (1 to 5)", "rating_significance"),
        ("Importance: faible, moyenne, forte", "rating_significance"),
        ("Contribution (low / high)", "rating_contribution"),
        ("Significance (1-3 sentences)", "significance"),
        ("Contribution of the programme (max. 5 lines)", "contribution_programme"),
    ],
)
def test_a_scale_in_a_heading_asks_for_a_rating(heading, field):
    """What spells out a scale is answered by a rating, not by a text."""
    assert HEADINGS.match(heading).field == field


def test_every_field_has_a_heading_here_and_in_the_data():
    """No field is forgotten."""
    data = headings_data()["fields"]

    assert set(UNDERSTOOD) == set(FIELDS) == set(data)
    assert all({"en", "fr"} <= set(languages) for languages in data.values())


@pytest.mark.parametrize("heading", NOT_UNDERSTOOD)
def test_other_headings_stay_unknown(heading):
    """A wrong guess is worse than none: what is merely similar is not taken."""
    assert not HEADINGS.match(heading).known


STRANGE = [
    "Is this free of confidential information?",
    "Is confidential information removed?",
    "Confidential? Names removed",
    "Should confidentiality be lifted?",
    "Is confidentiality waived?",
    "De-confidentialised",
    "De-confidential",
    "Confidential - anonymised",
    "Confidential? Redacted",
    "Confidential: checked",
    "Ex-confidential",
    "Free text: confidential",
    "Is confidential information blacked out?",
    "Confidential (consent given)",
    "Faut-il lever la confidentialité ?",
    "Informations confidentielles retirées",
    "Confidentiel ? Noms masqués",
    "¿Se eliminó la información confidencial?",
    "Confidencial: revisado",
    "Zijn vertrouwelijke gegevens verwijderd?",
    "Vertrouwelijkheid opgeheven",
    "A informação confidencial foi removida?",
    "Confidencialidade levantada",
    "هل حذفت المعلومات السرية؟",
    "سري - تمت المراجعة",
]


@pytest.mark.parametrize("heading", STRANGE)
def test_a_flag_is_taken_only_where_every_word_beside_it_is_known_to_change_nothing(heading):
    """ "Names removed: no" says that they are there; kg asks, and a line of kg.toml settles it."""
    assert not HEADINGS.match(heading).known
    assert Headings.load({heading: "confidential"}).match(heading).field == "confidential"


@pytest.mark.parametrize("heading", TURNED)
def test_a_heading_turned_round_is_never_taken(heading):
    """ "Not confidential: no" must never clear a record."""
    assert not HEADINGS.match(heading).known


@pytest.mark.parametrize(
    ("heading", "candidate"),
    [
        ("Region", "country"),
        ("Date", "year"),
        ("Comments", "additional"),
        ("Output", "framework_link"),
    ],
)
def test_doubtful_headings_name_their_candidate(heading, candidate):
    """What only a person can settle is asked, with the field that it may be."""
    match = HEADINGS.match(heading)

    assert (match.how, match.candidates[0]) == (How.DOUBTFUL, candidate)
    assert match.field == heading.lower()


@pytest.mark.parametrize(
    ("heading", "how"),
    [
        ("Outcome description", How.EXACT),
        ("  Outcome description ", How.EXACT),
        ("OUTCOME DESCRIPTION (required)", How.FOLDED),
        ("Outcome desciption", How.CLOSE),
        ("Gender", How.UNKNOWN),
    ],
)
def test_how_a_heading_matched_is_told(heading, how):
    """The kind of match is part of the answer."""
    assert HEADINGS.match(heading).how is how


def test_the_project_comes_first():
    """`[headings]` of kg.toml stands above the shipped wordings, folded too."""
    headings = Headings.load({"Country": "objective_link", "Wer?": "social-actor"})

    assert headings.match("Country").field == "objective_link"
    assert headings.match("COUNTRY:").field == "objective_link"
    assert headings.match("wer").field == "social_actor"
    assert headings.match("Pays").field == "country"


def test_the_project_may_not_invent_fields():
    """A field that does not exist is an error that names the ones that do."""
    with pytest.raises(ConfigError, match="fragment_id"):
        Headings.load({"Country": "land"})


@pytest.mark.parametrize("form", ["squashed", "bag"])
def test_no_two_fields_share_a_wording(form):
    """Each listed heading, in any spelling, stands under one field alone."""
    fields = {}
    for wording in get_lexicon().wordings:
        fields.setdefault(getattr(wording, form), set()).add(wording.field)

    assert len(fields) > 500
    assert {key: names for key, names in fields.items() if len(names) > 1} == {}


def test_no_doubtful_wording_is_also_a_known_one():
    """What the data call doubtful is in fact asked for."""
    known = {wording.squashed for wording in get_lexicon().wordings}

    assert [w.text for w in get_lexicon().doubtful if w.squashed in known] == []


def test_every_wording_finds_its_own_field_in_capitals_and_decomposed():
    """The data are understood in every spelling of the same letters."""
    wrong = [
        (wording.text, match.field)
        for wording in get_lexicon().wordings
        for text in (wording.text.upper(), unicodedata.normalize("NFD", wording.text) + " :")
        if (match := HEADINGS.match(text)).field != wording.field
    ]

    assert wrong == []


@given(st.text(max_size=60))
def test_any_text_is_a_heading(text):
    """Nothing that stands in a header raises; what is not known has a name of its own."""
    match = HEADINGS.match(text)

    assert match.field
    assert match.known == (match.field in FIELDS)


def test_matching_is_a_function_of_the_heading_alone():
    """The order in which headings are met changes nothing."""
    texts = [text for texts in UNDERSTOOD.values() for text in texts]
    forward, backward = Headings.load(), Headings.load()
    first = {text: forward.match(text).field for text in texts}
    second = {text: backward.match(text).field for text in reversed(texts)}

    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Acteur sociale", "social_actor"),
        ("Catégorie d'acteur sociale", "social_actor"),
        ("Pays concernée", "country"),
        ("Sociaal actor", "social_actor"),
        ("Anné", "year"),
        ("Outcme", "description"),
        ("Signifcance", "significance"),
    ],
)
def test_a_slip_of_gender_or_of_a_letter_is_close(heading, field):
    """A wrong ending in one language is not a word of another."""
    match = HEADINGS.match(heading)

    assert (match.field, match.how) == (field, How.CLOSE)


@pytest.mark.parametrize(
    "heading",
    [
        *("Link to the outcome statement", "Link to outcome story", "Non confidentielle", "Nota"),
        *("Country of harvester", "donor-country", "Outcome harvest date", "Harvesting year"),
        *("Outcome harvest year", "Date outcome reported", "Date de récolte de l'incidence"),
    ],
)
def test_what_leads_elsewhere_is_not_taken(heading):
    """A link to the text of an outcome is no link to the framework, its harvest's date no year."""
    assert not HEADINGS.match(heading).known


@pytest.mark.parametrize("heading", ["SET-OF-outcomes", "SET-OF-change_group", "__id"])
def test_a_column_of_a_forms_server_is_no_field(heading):
    """It holds keys of the server, whatever words its name is made of."""
    assert HEADINGS.match(heading).how is How.UNKNOWN


def test_the_servers_id_gives_way_to_the_one_that_people_gave():
    """Named _id, it is told as a close match, and the first of two such columns is the id."""
    assert (HEADINGS.match("_id").field, HEADINGS.match("_id").how) == ("fragment_id", How.CLOSE)
    assert HEADINGS.match("group_a/outcome_id").how is How.CLOSE


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("infos-pays", "country"),
        ("group_a-general-year", "year"),
        ("general_info-annee", "year"),
        ("Section B. The outcome/Outcome description: who changed what, where?", "description"),
        ("Part 1: Context/When did the change happen: month and year", "year"),
    ],
)
def test_what_stands_below_a_group_of_a_form_is_the_heading(heading, field):
    """ODK Central writes "group-field", Kobo "Title of the section/Question"; it is told."""
    assert (HEADINGS.match(heading).field, HEADINGS.match(heading).how) == (field, How.CLOSE)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Qui a changé quoi, quand et où ?", "description"),
        ("¿Quién cambió qué, cuándo y dónde?", "description"),
        ("Quem mudou o quê, quando e onde?", "description"),
        ("Qui a changé ?", "social_actor"),
        ("Outcome in ToC", "framework_link"),
        ("LF outcome", "framework_link"),
        ("Outcome (ToC)", "framework_link"),
        ("Outcome country", "country"),
        ("Month and year", "year"),
    ],
)
def test_words_beside_a_wording_that_make_it_another(heading, field):
    """Who changed what is the whole outcome; the outcome of a theory of change is a code."""
    assert HEADINGS.match(heading).field == field


@pytest.mark.parametrize(
    ("cells", "field", "index"),
    [
        (["Outcome", "Outcome description"], "description", 1),
        (["ID", "Country", "Outcome ID"], "fragment_id", 2),
        (["Outcome description", "Outcome"], "description", 0),
        (["Description", "Outcome"], "description", 0),
        (["_id", "id"], "fragment_id", 1),
        (["Effet", "Produit", "Incidence"], "description", 2),
        (["Outcome", "Output", "Change"], "description", 2),
    ],
)
def test_of_two_columns_for_one_field_the_one_that_says_more_has_it(cells, field, index):
    """The other one is kept, and told: "Outcome" beside "Outcome description" is its number."""
    layout = lay_out(cells, HEADINGS, where=Where("a.csv", 1))

    assert [c.index for c in layout.columns if c.field == field] == [index]
    assert [f.reason for f in layout.findings if f.reason == "two-columns-one-field"] == [
        "two-columns-one-field"
    ]


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("County", ("country",)),
        ("Year of harvest", ("round", "year")),
        ("Harvest year", ("round", "year")),
        ("Année de récolte", ("round", "year")),
        ("Outcome harvest date", ("year", "round")),
        ("3. Country outcome", ("framework_link",)),
        ("Résultat du pays", ("framework_link",)),
        ("¿Quién cambió qué?", ("description",)),
    ],
)
def test_what_is_listed_to_be_asked_is_no_misspelling(heading, fields):
    """One letter from a country, or one word from a year: it is asked all the same."""
    found = Headings.load().match(heading)

    assert (found.how, found.candidates) == (How.DOUBTFUL, fields)
