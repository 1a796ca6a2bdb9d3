"""The questions on a small harvest: rows by hand, equal on both engines."""

from collections.abc import Callable, Mapping

import pytest

from kg.errors import QueryError, UsageError
from kg.query import Question
from kg.query.bind import bind
from kg.query.lint import lint

BASE = "https://example.org/harvest/"
#: Columns and parameters ("?": optional) as the contract promises them.
PROMISED = {
    "outcomes": (
        "fragment key fragment_id title year country status",
        "year? country? code? organisation? objective? actor?",
    ),
    "organisations": ("organisation label acronym country outcomes mentions status", ""),
    "outcomes-of-organisation": ("fragment key fragment_id title role year", "organisation"),
    "framework-coverage": ("country code kind label outcomes_direct outcomes_total", "country?"),
    "contributors-to-result": ("country organisation label role outcomes", "code country?"),
    "trace-result": ("country fragment key fragment_id title code path", "code country?"),
    "actor-by-change": ("actor change outcomes", ""),
    "unlinked-outcomes": ("fragment key fragment_id title raw reason", ""),
    "words-behind": (
        "fragment key organisation label field start end words sentence method confidence",
        "fragment organisation?",
    ),
    "organisations-together": ("a a_label b b_label outcomes", "minimum?"),
    "large-without-evidence": ("fragment key fragment_id title significance", ""),
    "unintended-or-negative": (
        "fragment key fragment_id title unintended negative objective",
        "",
    ),
    "low-confidence": (
        "fragment key fragment_id organisation label words method confidence",
        "below",
    ),
    "if-withdrawn": ("kind item label", "fragment"),
    "by-year": ("year round outcomes", ""),
    "related-outcomes": ("from to relation words", "fragment?"),
    "search": ("fragment key fragment_id field words", "text"),
}

Ask = Callable[..., list[tuple[str, ...]]]


def short(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows for reading: the base of the data left out, cells parted by a bar."""
    return ["|".join(cell.removeprefix(BASE) for cell in row) for row in rows]


def keys(rows: list[tuple[str, ...]]) -> list[str]:
    """The second column."""
    return [row[1] for row in rows]


def test_the_library_is_what_the_contract_promises(library: Mapping[str, Question]) -> None:
    """All seventeen names, and no other."""
    assert set(library) == set(PROMISED)
    assert len(PROMISED) == 17


@pytest.mark.parametrize("name", PROMISED)
def test_headers_say_what_the_contract_promises(name: str, library: Mapping[str, Question]) -> None:
    """Parameters, columns, and the question in English and French."""
    question = library[name]
    columns, parameters = PROMISED[name]
    found = " ".join(f"{p.name}{'?' if p.optional else ''}" for p in question.parameters)

    assert (" ".join(question.columns), found) == (columns, parameters)
    assert question.summary
    assert question.description
    assert set(question.question) == set(question.described) == {"en", "fr"}
    assert all(p.example for p in question.parameters)


def test_every_question_keeps_to_the_rules(library: Mapping[str, Question]) -> None:
    """Each is linted, and binds with its examples, all of them and none of the optional ones."""
    bound = 0
    for question in library.values():
        lint(question)
        every = {p.name: p.example for p in question.parameters}
        needed = {p.name: p.example for p in question.parameters if not p.optional}
        for values in (every, needed):
            for many in (("urn:x:1",), ("urn:x:1", "urn:x:2")):
                bind(question, values, resolve=lambda _kind, _text, many=many: many)
                bound += 1

    assert bound == 4 * len(library)


def test_every_question_orders_by_something(library: Mapping[str, Question]) -> None:
    """Rows have a total order; that it is total, the equal rows of two engines show."""
    assert [q.name for q in library.values() if "ORDER BY" not in q.text] == []


def test_empty_harvest(empty, library: Mapping[str, Question]) -> None:
    """No outcome: every question that needs no target answers with no rows, on both engines."""
    asked = 0
    for question in library.values():
        if any(not p.optional and p.name not in ("below", "text") for p in question.parameters):
            continue
        values = {p.name: p.example for p in question.parameters if not p.optional}
        prepared = empty.prepare(question.name, values, library=library)
        answer = empty.run(prepared)
        assert answer == empty.run_by_rdflib(prepared)
        assert answer.columns == question.columns
        assert answer.rows == (), question.name
        asked += 1

    assert asked >= 5


def test_empty_harvest_knows_no_target(empty, library: Mapping[str, Question]) -> None:
    """A code in a harvest without codes is an unknown code, not an empty answer."""
    with pytest.raises(UsageError, match="Parameter code: nothing in this harvest"):
        empty.prepare("trace-result", {"code": "1.4"}, library=library)


# --- outcomes -----------------------------------------------------------------------------------


def test_outcomes(ask: Ask) -> None:
    """One row a fragment; unknown year, country, status and id are empty."""
    rows = ask("outcomes")

    assert [row[0] for row in rows] == [f"{BASE}fragment/{key}" for key in keys(rows)]
    assert short([row[1:] for row in rows]) == [
        "alp001|LAN-2022/ALP001|Councils publish their budgets|2022|Mali|Outcome lead",
        "alp002|LAN-2022/ALP002|A coalition is founded|2022|Mali|Substantiated",
        "bet001|LAN-2023/BET001|La commune ouvre ses séances|2023|Benin|Outcome lead",
        "bet002|LAN-2023/BET002|Une radio diffuse les débats||Benin|",
        "gam001|LAN-2021/GAM001|Herders and farmers sign an accord|2021|Mali|Outcome lead",
        "no-id-11aa22bb||Night patrols end|2023||told",
    ]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"year": 2022}, ["alp001", "alp002"]),
        ({"country": "Mali"}, ["alp001", "alp002", "gam001"]),
        ({"country": "ML"}, ["alp001", "alp002", "gam001"]),
        ({"code": "1.4"}, ["alp001", "alp002", "bet001"]),
        ({"code": "1.4.1"}, ["alp001", "alp002"]),
        ({"code": "1.9"}, []),
        ({"organisation": "RDA"}, ["alp001", "alp002", "gam001"]),
        ({"organisation": "demo network"}, ["alp001", "alp002", "gam001"]),
        ({"organisation": "Marram Trust"}, []),
        ({"objective": "civ"}, ["alp001", "alp002", "bet002"]),
        ({"actor": "Citoyens engagés"}, ["alp001", "alp002", "gam001", "no-id-11aa22bb"]),
        ({"actor": "active citizens", "year": "2023"}, ["no-id-11aa22bb"]),
        ({"year": 2022, "country": "Mali", "code": "1.4", "organisation": "COPROD"}, ["alp002"]),
        ({"year": 2021, "code": "1.4"}, []),
    ],
)
def test_outcomes_of(ask: Ask, parameters: dict[str, object], expected: list[str]) -> None:
    """Each parameter narrows; what lies under a code or objective counts."""
    assert keys(ask("outcomes", **parameters)) == expected


def test_labels_in_the_language_of_the_project(ask: Ask) -> None:
    """The project's language, else English, else what there is."""
    assert [row[6] for row in ask("outcomes", language="fr")] == [
        "Piste", "Étayé", "Piste", "", "Piste", "told",
    ]  # fmt: skip
    assert [row[6] for row in ask("outcomes", language="es")][:2] == [
        "Outcome lead",
        "Substantiated",
    ]


# --- organisations ------------------------------------------------------------------------------


def test_organisations(ask: Ask) -> None:
    """Accepted ones first, by outcomes; a curated one without mention is there with zero."""
    assert short(ask("organisations")) == [
        "organisation/reseau-demo|Demo Network|DNA||3|5|accepted",
        "organisation/coprod|Coalition des producteurs|COPROD|Benin|2|2|accepted",
        "organisation/kestrel-house|Kestrel House|||0|0|accepted",
        "organisation/marram-trust|Marram Trust|||0|1|suggested",
    ]


def test_outcomes_of_organisation(ask: Ask) -> None:
    """A role once an outcome, however often it is stated; no role where none is."""
    assert short(
        [row[1:2] + row[4:] for row in ask("outcomes-of-organisation", organisation="RDA")]
    ) == [
        "alp001|beneficiary|2022",
        "alp001|contributor|2022",
        "alp002|contributor|2022",
        "gam001||2021",
    ]


def test_a_suggested_organisation_has_no_outcomes(ask: Ask) -> None:
    """Only accepted mentions make links."""
    assert ask("outcomes-of-organisation", organisation="marram trust") == []


# --- results framework --------------------------------------------------------------------------


def test_framework_coverage(ask: Ask) -> None:
    """Codes nobody reports on, codes nobody declared; each outcome once in a total; 1.9 < 1.10."""
    assert short(ask("framework-coverage")) == [
        "|CIV|objective|Un espace civique plus large|2|3",
        "Benin|1.4|outcome||1|1",
        "Mali|1.4|outcome|Councils open up|1|2",
        "Mali|1.4.1|output|Budgets published|2|2",
        "Mali|1.9|outcome||0|0",
        "Mali|1.10|outcome||0|0",
        "Mali|9.9|outcome||0|0",
    ]


def test_framework_coverage_of_a_country(ask: Ask) -> None:
    """Only that country's framework, by its name in any language."""
    assert short(ask("framework-coverage", country="Bénin")) == ["Benin|1.4|outcome||1|1"]


def test_contributors_to_result(ask: Ask) -> None:
    """What lies under the code counts; a code of two countries is both; a programme is none."""
    assert short(ask("contributors-to-result", code="1.4")) == [
        "Benin|organisation/coprod|Coalition des producteurs|social-actor|1",
        "Mali|organisation/reseau-demo|Demo Network|contributor|2",
        "Mali|organisation/coprod|Coalition des producteurs|contributor|1",
    ]


def test_contributors_to_result_of_a_country(ask: Ask) -> None:
    """The country says whose framework is meant."""
    assert short(ask("contributors-to-result", code="outcome 1.4", country="Benin")) == [
        "Benin|organisation/coprod|Coalition des producteurs|social-actor|1",
    ]


def test_trace_result(ask: Ask) -> None:
    """The path leads from the code that the record names up to the objective, where declared."""
    rows = ask("trace-result", code="1.4")

    assert short([(row[0], row[2], row[5], row[6]) for row in rows]) == [
        "Benin|bet001|1.4|1.4",
        "Mali|alp001|1.4.1|1.4.1 > 1.4 > CIV",
        "Mali|alp002|1.4|1.4 > CIV",
        "Mali|alp002|1.4.1|1.4.1 > 1.4 > CIV",
    ]


def test_trace_result_of_an_objective(ask: Ask) -> None:
    """An objective is a result as well; its own row has no country."""
    rows = ask("trace-result", code="CIV")

    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("", "alp001", "CIV"),
        ("", "bet002", "CIV"),
        ("Mali", "alp001", "1.4.1"),
        ("Mali", "alp002", "1.4"),
        ("Mali", "alp002", "1.4.1"),
    ]


def test_unlinked_outcomes(ask: Ask) -> None:
    """Each with the cell as typed and the reason in words."""
    assert short([row[1:2] + row[4:] for row in ask("unlinked-outcomes")]) == [
        "bet002||objective only",
        "gam001|outcome 9.9|unknown code",
        "no-id-11aa22bb|see annex|unreadable",
    ]


# --- words --------------------------------------------------------------------------------------


def test_words_behind(ask: Ask) -> None:
    """Field, offsets, words, and the sentence around them; other kinds of mentions stay out."""
    rows = ask("words-behind", fragment="ALP001")
    trained = "In May, Réseau Démo (RDA) trained 12 councils!"

    assert short([row[3:8] for row in rows]) == [
        "Demo Network|contribution_programme|23|26|RDA",
        "Demo Network|description|32|43|Réseau Démo",
        "Demo Network|description|45|48|RDA",
        "Marram Trust|description|71|83|Marram Trust",
    ]
    assert [row[8] for row in rows] == [
        "RDA lent its room",
        trained,
        trained,
        "Marram Trust watched.",
    ]
    assert short([row[9:] for row in rows]) == [
        "known-name|0.9",
        "abbreviation-definition|0.95",
        "abbreviation-definition|0.95",
        "capitalised-run|0.4",
    ]


def test_words_behind_are_the_words_of_the_field(ask: Ask, small) -> None:
    """Offsets count code points into the text, and the sentence holds the words."""
    texts = {
        (row["f"], row["n"].rpartition("-")[2]): row["t"]
        for row in small.select(
            "PREFIX oh: <https://w3id.org/outcome-harvest/ns#> "
            "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> "
            "SELECT ?f ?n ?t { ?f oh:hasStatement ?s . ?s oh:field ?n ; nif:isString ?t }"
        )
    }
    checked = 0
    for fragment in ("alp001", "alp002", "bet001", "gam001"):
        for row in ask("words-behind", fragment=fragment):
            text = texts[row[0], row[4].rpartition("_")[2]]
            assert text[int(row[5]) : int(row[6])] == row[7]
            assert row[7] in row[8]
            assert row[8] in text
            checked += 1

    assert checked == 8


def test_words_behind_one_organisation(ask: Ask) -> None:
    """The optional parameter narrows."""
    rows = ask("words-behind", fragment="alp001", organisation="Marram Trust")

    assert [row[7] for row in rows] == ["Marram Trust"]


# --- actors -------------------------------------------------------------------------------------


def test_actor_by_change(ask: Ask) -> None:
    """Unknown actors and changes keep their rows; candidates show the words of the cell."""
    assert short(ask("actor-by-change")) == [
        "|Capacity change|1",
        "Engaged citizens||1",
        "Engaged citizens|Capacity change|3",
        "Engaged citizens|Safety and Security|1",
        "Night watch||1",
    ]


def test_actor_by_change_in_french(ask: Ask) -> None:
    """Labels in the project's language, in English where it has none."""
    assert short(ask("actor-by-change", language="fr"))[2:4] == [
        "Citoyens engagés|Changement de capacités|3",
        "Citoyens engagés|Safety and Security|1",
    ]


# --- what evaluators ask ------------------------------------------------------------------------


def test_organisations_together(ask: Ask) -> None:
    """Each pair once; a minimum that none reaches leaves no row."""
    pair = "organisation/coprod|Coalition des producteurs|organisation/reseau-demo|Demo Network|1"

    assert short(ask("organisations-together")) == [pair]
    assert short(ask("organisations-together", minimum=1)) == [pair]
    assert ask("organisations-together", minimum=2) == []


def test_large_without_evidence(ask: Ask) -> None:
    """Large, and nothing stated; a large one with evidence stays out."""
    rows = ask("large-without-evidence", language="fr")

    assert [(row[1], row[4]) for row in rows] == [("alp001", "grande")]


def test_unintended_or_negative(ask: Ask) -> None:
    """Either is enough; what the record does not say is empty, and never false."""
    assert short([row[1:2] + row[4:] for row in ask("unintended-or-negative")]) == [
        "alp002|true||",
        "bet001|false|true|",
    ]


def test_low_confidence(ask: Ask) -> None:
    """Below the limit, not at it; the least sure first; both kinds of commas."""
    rows = ask("low-confidence", below="0,9")

    assert [(row[1], row[5], row[6], row[7]) for row in rows] == [
        ("alp001", "Marram Trust", "capitalised-run", "0.4")
    ]
    assert len(ask("low-confidence", below=0.95)) == 4


def test_if_withdrawn(ask: Ask) -> None:
    """What only one fragment supports: by kind; curated organisations and declared codes stay."""
    lost = {
        key: short(ask("if-withdrawn", fragment=key))
        for key in ("alp001", "alp002", "bet001", "bet002", "gam001", "no-id-11aa22bb")
    }

    assert lost == {
        "alp001": ["link|alp002|builds-on", "organisation|marram-trust|Marram Trust"],
        "alp002": ["link|alp001|builds-on"],
        "bet001": ["framework-code|1.4|"],
        "bet002": ["concept|actor-night-watch|Night watch"],
        "gam001": ["framework-code|9.9|"],
        "no-id-11aa22bb": ["concept|status-told|told"],
    }


def test_by_year(ask: Ask) -> None:
    """Unknown year and round keep their row."""
    assert short(ask("by-year")) == [
        "||1",
        "2021|harvest 1|1",
        "2022|harvest 1|2",
        "2023|harvest 2|2",
    ]


def test_related_outcomes(ask: Ask) -> None:
    """From either end; fragments, with the words that make the link."""
    row = "fragment/alp002|fragment/alp001|builds-on|ALP001"

    assert short(ask("related-outcomes")) == [row]
    assert short(ask("related-outcomes", fragment="alp001")) == [row]
    assert short(ask("related-outcomes", fragment="alp002")) == [row]
    assert ask("related-outcomes", fragment="bet001") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SÉANCES", ["bet001|description|COPROD obtient l’ouverture des séances"]),
        ("reseau  démo", ["alp001|description|In May, Réseau Démo (RDA) trained 12 councils!"]),
        ("budgets are", ["alp001|description|Budgets are public now."]),
        ("lent its room", ["alp001|contribution_programme|RDA lent its room"]),
        ("patrols end", ["no-id-11aa22bb|description|Patrols ended."]),
        ("output 1.4.1", []),
        ('"} DROP', []),
    ],
)
def test_search(ask: Ask, text: str, expected: list[str]) -> None:
    """Whatever case and accents, in narrative fields alone; the sentence as it is written."""
    rows = ask("search", text=text)

    assert short([row[1:2] + row[3:] for row in rows]) == expected


# --- parameters that are wrong ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        (("outcomes", {"year": "twenty"}), QueryError, "Parameter year: .* four digits"),
        (("outcomes", {"yaer": "2022"}), UsageError, "no parameter yaer; expected year"),
        (("trace-result", {}), UsageError, 'parameter code is missing; add -p code="1.1"'),
        (("trace-result", {"code": "7.7"}), UsageError, "Parameter code: nothing in this harvest"),
        (("words-behind", {"fragment": "001"}), UsageError, "several things: fragment alp001"),
        (("outcome", {}), UsageError, "did you mean outcomes"),
    ],
)
def test_wrong_parameters(small, library, asked, error, told) -> None:
    """Each is told with what was expected, and without the value."""
    with pytest.raises(error, match=told) as raised:
        small.prepare(*asked, library=library)

    assert "twenty" not in str(raised.value)
    assert "\n" not in str(raised.value)
