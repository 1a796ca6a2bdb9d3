"""One record, understood: raw cells kept, what they mean beside them, what is unclear told."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codes import read_codes
from kg.fragment import interpret
from kg.model import FIELDS, NARRATIVE, Cell, Finding, Fragment, Origin, Record
from kg.notes import NOTES
from kg.recall import LABEL_LENGTH, label
from kg.vocabulary import load_vocabulary

DESCRIPTION = "The council of Demo Hill has opened its books to everybody in the village."
STORY = {
    "fragment_id": "DEMO-2023/GEN001",
    "description": DESCRIPTION,
    "confidential": "no",
}


def understood(
    *, withheld: bool = False, values=None, **cells: str
) -> tuple[Fragment, tuple[Finding, ...]]:
    """The fragment of a fictional record with these cells besides its story."""
    told = {**STORY, **cells}
    record = Record("a.csv", 7, "text/csv", tuple(Cell(f, f.title(), t) for f, t in told.items()))
    return interpret(
        record,
        key="gen001",
        origins=(Origin("a.csv", 7, "text/csv"),),
        vocabulary=load_vocabulary(),
        confidential=withheld,
        values=values or {},
    )


def reasons(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    """Reason and field of each finding."""
    return [(finding.reason, finding.where.field) for finding in findings]


# --- statements


def test_every_cell_that_says_something_is_a_statement():
    """Narrative or coded, known or not, under its own heading, in its own words."""
    fragment, _ = understood(evidence="  Minutes  ", year="2023", colour="green", status="")

    assert [(s.field, s.heading, s.text) for s in fragment.statements] == [
        ("fragment_id", "Fragment_Id", "DEMO-2023/GEN001"),
        ("description", "Description", DESCRIPTION),
        ("confidential", "Confidential", "no"),
        ("evidence", "Evidence", "Minutes"),
        ("year", "Year", "2023"),
        ("colour", "Colour", "green"),
    ]
    assert fragment.empty == ("status",)


@pytest.mark.parametrize(
    "blank", ["", "   ", "n/a", "N/A", "-", "none", "néant", "aucun", "ninguno"]
)
def test_a_blank_is_an_empty_field_and_no_statement(blank):
    """Empty means unknown; the gap stays visible."""
    fragment, findings = understood(
        evidence=blank, negative=blank, framework_link=blank, year=blank
    )

    assert set(fragment.empty) == {"evidence", "negative", "framework_link", "year"}
    assert (fragment.negative, fragment.year, fragment.evidence) == (None, None, "none-stated")
    assert fragment.unlinked == "no-code"
    assert findings == ()


def test_a_text_is_trimmed_and_composed_and_otherwise_left_alone():
    """Offsets count in the NFC text without its outer white space."""
    fragment, _ = understood(significance=" \u00a0Re\u0301seau  of\nfriends <b> \n")
    statement = fragment.statement("significance")

    assert statement is not None
    assert statement.text == "Réseau  of\nfriends <b>"


def test_narrative_fields_have_a_language_and_coded_ones_none():
    """Settled by record, then by field."""
    fragment, _ = understood(
        additional="The books had not been seen by anybody, and the people of the village were "
        "told that they should wait until the end of the year, which they did.",
        significance="Les femmes du village n'avaient pas été entendues par le conseil depuis "
        "des années, et personne ne savait ce que les livres disaient.",
        year="2023",
    )
    spoken = {s.field: s.language for s in fragment.statements}

    assert (fragment.language, spoken["description"], spoken["significance"]) == ("en", "en", "fr")
    assert spoken["year"] is None
    assert {s.field for s in fragment.narratives} <= set(NARRATIVE)


def test_a_stated_language_wins():
    """The harvester knows best."""
    fragment, _ = understood(language="Français", description="Bamako 2022")

    assert fragment.language == "fr"


def test_a_merged_field_that_repeats_the_others_is_not_counted_again():
    """Neither a statement nor an empty field."""
    fragment, findings = understood(
        evidence="Minutes of the meeting",
        merged=f"{DESCRIPTION}   Evidence: Minutes of the meeting",
    )

    assert fragment.statement("merged") is None
    assert "merged" not in fragment.empty
    assert findings == ()


def test_a_merged_field_that_holds_more_is_kept_and_told():
    """Nothing is dropped; and no name is looked for in it twice."""
    fragment, findings = understood(merged=f"{DESCRIPTION} A second harvest followed.")
    statement = fragment.statement("merged")

    assert statement is not None
    assert not statement.narrative
    assert reasons(findings) == [("merged-holds-more", "merged")]


# --- what is read


def test_plain_cells_are_read_without_a_finding():
    """A record as it should be."""
    fragment, findings = understood(
        status="Outcome lead",
        round="Récolte 2",
        country="Mali",
        year="2023.0",
        social_actor="Engaged citizens",
        scale="Individual",
        type_of_change="Capacity change  Safety and Security",
        rating_significance="large",
        unintended="NON",
        negative="1.0",
        framework_link="Outcome1.4, output 1.4.1",
        objective_link="GEN: Fairer villages",
        programme=" DEMO ",
    )

    assert findings == ()
    assert (fragment.year, fragment.unintended, fragment.negative) == (2023, False, True)
    assert fragment.round is not None
    assert fragment.country is not None
    assert (fragment.round.label, fragment.country.slug) == ("harvest 2", "mali")
    assert {name: [c.slug for c in found] for name, found in fragment.choices.items()} == {
        "status": ["outcome-lead"],
        "social_actor": ["engaged-citizens"],
        "scale": ["individual"],
        "type_of_change": ["capacity", "safety-and-security"],
        "rating_significance": ["large"],
    }
    assert [str(c) for c in (*fragment.codes, *fragment.objectives)] == [
        "outcome 1.4",
        "output 1.4.1",
        "objective GEN",
    ]
    assert (fragment.unlinked, fragment.programme) == (None, "DEMO")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"country": "Atlantis"}, [("unknown-value", "country")]),
        ({"country": "Mali, Niger"}, [("several-places", "country")]),
        ({"country": "somewhere " * 20}, [("long-value", "country")]),
        ({"country": "<LOC>"}, []),
        ({"scale": "gigantic"}, [("unknown-value", "scale")]),
        ({"scale": "word " * 30}, [("long-value", "scale")]),
        ({"scale": "<redacted>"}, []),
        ({"year": "2021-2022"}, [("several-years", "year")]),
        ({"year": "last year"}, [("unreadable-year", "year")]),
        ({"year": "since 2019"}, [("open-year", "year")]),
        ({"year": "2022-2021"}, [("odd-span", "year")]),
        ({"year": "#REF!"}, [("cell-error", "year")]),
        ({"framework_link": "#REF!"}, [("cell-error", "framework_link")]),
        ({"significance": "#NOM?"}, [("cell-error", "significance")]),
        (
            {"scale": "#¡VALOR!", "country": "#NAME?"},
            [("cell-error", name) for name in ("scale", "country")],
        ),
        ({"framework_link": "1.4 ?"}, [("doubtful-code", "framework_link")]),
        (
            {"country": "Mali", "framework_link": "Outcome 1.4 (Mali), Outcome 2.1 (Niger)"},
            [("code-elsewhere", "framework_link")],
        ),
        (
            {"country": "Mali", "framework_link": "1.4 Niger"},
            [("code-elsewhere", "framework_link")],
        ),
        ({"country": "Mali", "framework_link": "Outcome 1.4 (Mali)"}, []),
        ({"country": "Mali", "framework_link": "1.4: The civil society of Niger"}, []),
        ({"framework_link": "1.4 (Niger)"}, []),
        ({"year": "<redacted>"}, []),
        ({"round": "Mid-term"}, []),
        ({"round": "word " * 30}, [("long-value", "round")]),
        ({"negative": "perhaps"}, [("unreadable-value", "negative")]),
        ({"unintended": "<redacted>"}, []),
        ({"framework_link": "Outcome 1.4.1"}, [("kind-conflict", "framework_link")]),
        ({"framework_link": "1.4; 2024-01-04"}, [("date", "framework_link")]),
        ({"framework_link": "<redacted>"}, []),
        ({"objective_link": "Fairer villages"}, [("objective-without-code", "objective_link")]),
        ({"objective_link": "CIV: Freer"}, [("objective-conflict", "objective_link")]),
        ({"objective_link": "GEN: Fair; CIV: Free"}, []),
        ({"objective_link": "1: Fair"}, []),
        ({"fragment_id": "GEN001", "objective_link": "CIV: Freer"}, []),
        ({"fragment_id": "DEMO/GEN001", "objective_link": ""}, []),
        ({"programme": "word " * 30}, [("long-value", "programme")]),
    ],
)
def test_what_is_not_plain_is_told_with_its_place(cells, expected):
    """File, row, field and key; the record is kept all the same."""
    _, findings = understood(**cells)

    assert reasons(findings) == expected
    assert {(f.where.file, f.where.row, f.key) for f in findings} <= {("a.csv", 7, "gen001")}


@pytest.mark.parametrize(
    ("flag", "told"),
    [("yes", False), ("1.0", False), ("", True), ("perhaps", True), ("n", True), ("no.", True)],
)
def test_a_record_withheld_for_an_unclear_flag_is_told(flag, told):
    """The owner learns that a plain answer is wanting."""
    _, findings = understood(withheld=True, confidential=flag)

    assert (reasons(findings) == [("flag-unclear", "confidential")]) is told


@pytest.mark.parametrize(
    ("cells", "unlinked"),
    [
        ({}, "no-code"),
        ({"framework_link": ""}, "no-code"),
        ({"framework_link": "n/a"}, "no-code"),
        ({"objective_link": "GEN: Fair"}, "objective-only"),
        ({"framework_link": "Specific objective 1"}, "objective-only"),
        ({"framework_link": "to be seen"}, "unreadable"),
        ({"framework_link": "no link to 1.4"}, "no-code"),
        ({"framework_link": "not 1.4", "objective_link": "GEN: Fair"}, "objective-only"),
        ({"framework_link": "to be seen", "objective_link": "GEN: Fair"}, "unreadable"),
        ({"framework_link": "<redacted>"}, "unreadable"),
        ({"framework_link": "04 janv"}, "date"),
        ({"framework_link": "04 janv; 1.4"}, None),
        ({"framework_link": "1.4 and something"}, None),
    ],
)
def test_why_an_outcome_is_linked_to_nothing(cells, unlinked):
    """Gaps have a reason; one good code beside a bad one links."""
    assert understood(**cells)[0].unlinked == unlinked


@pytest.mark.parametrize(
    ("cells", "evidence"),
    [
        ({}, "none-stated"),
        ({"evidence": ""}, "none-stated"),
        ({"evidence": "No"}, "none-stated"),
        ({"evidence": "Minutes of the meeting"}, "stated"),
        ({"evidence": "<redacted>"}, "stated"),
        ({"status": "Substantiated"}, "substantiated"),
        ({"status": "Substantiated", "evidence": "Minutes"}, "substantiated"),
        ({"status": "Outcome lead", "evidence": "Minutes"}, "stated"),
    ],
)
def test_what_stands_behind_an_outcome(cells, evidence):
    """None stated, stated, substantiated: what was written, not whether it is good."""
    assert understood(**cells)[0].evidence == evidence


def test_the_programme_of_the_project_stands_in():
    """The column wins; a redacted one names none."""
    assert understood()[0].programme is None
    record = Record("a", 1, "x", (Cell("description", "D", "x"), Cell("programme", "P", "<x>")))
    fragment, _ = interpret(
        record,
        key="k",
        origins=(),
        vocabulary=load_vocabulary(),
        confidential=True,
        programme="DEMO",
    )

    assert fragment.programme == "DEMO"


def test_the_project_teaches_spellings_of_any_cell():
    """[values] of kg.toml, and the words of a code are then the whole cell."""
    fragment, findings = understood(
        framework_link="the fourth one",
        objective_link="Fairer villages",
        country="Hill country",
        negative="alas",
        round="the early one",
        values={
            "framework_link": {"The fourth one": "Outcome 1.4"},
            "objective_link": {"fairer villages": "GEN"},
            "country": {"hill country": "Mali"},
            "negative": {"alas": "yes"},
            "round": {"the early one": "1"},
        },
    )

    assert findings == ()
    assert [(str(c), c.start, c.end) for c in (*fragment.codes, *fragment.objectives)] == [
        ("outcome 1.4", 0, len("the fourth one")),
        ("objective GEN", 0, len("Fairer villages")),
    ]
    assert fragment.country is not None
    assert fragment.round is not None
    assert (fragment.country.slug, fragment.negative, fragment.round.slug) == (
        "mali",
        True,
        "harvest-1",
    )


# --- labels


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Books opened", DESCRIPTION, "Books opened"),
        ("Books\n opened ", DESCRIPTION, "Books opened"),
        ("", "Short.", "Short."),
        ("", "w" * 100, "w" * 100),
        ("", "w" * 101, "w" * 99 + "…"),
        ("", "w" * 99 + " next", "w" * 99 + "…"),
        ("", "w" * 98 + ", next words", "w" * 98 + "…"),
        ("", "", ""),
    ],
)
def test_a_label_is_the_title_or_the_beginning_of_the_description(title, description, expected):
    """Cut at a word, within a hundred characters, the "…" included."""
    assert label(title, description) == expected


@given(st.text(), st.text())
def test_a_cut_label_is_one_short_line(title, description):
    """Whatever people write."""
    found = label("", description)

    assert len(found) <= LABEL_LENGTH
    assert found == " ".join(found.split())
    assert label(title, description).count("\n") == 0


# --- any record

cells = st.dictionaries(
    st.sampled_from([*FIELDS, "colour"]),
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["<redacted>", "n/a", "Outcome 1.4", "2022", "no", "Mali; Niger", "CIV: x", "harvest 1"]
        ),
    ),
)


@given(cells)
def test_nothing_of_a_record_is_lost_and_nothing_of_it_is_quoted(cells):
    """Every cell is a statement, an empty field or a repetition; findings hold no cell's words."""
    told = {
        **cells,
        "significance": "ZQXJ secret words of a cell ZQXJ",
        "scale": "ZQXJ",
        "year": "ZQXJ",
    }
    fragment, findings = understood(**told)
    kept = {s.field for s in fragment.statements} | set(fragment.empty)

    assert kept | {"merged"} >= set(told)
    assert not any("ZQXJ" in f.message + f.advice for f in findings)
    assert all(
        code.end <= len(statement.text)
        for code in (*fragment.codes, *fragment.objectives)
        if (statement := fragment.statement(code.field))
    )


def test_every_problem_has_words_for_it():
    """No reason without a sentence and an advice, both without braces left over."""
    for message, advice in NOTES.values():
        assert message.format(maybe="1.4").endswith(".")
        assert advice.format(field="scale").endswith(".")
    assert set(read_codes("1,4; 2024-01-04; Outcome 1.4.1; x", field="f").problems) <= set(NOTES)


def test_naughty_strings_in_every_cell_come_out_as_they_went_in(shared: Path):
    """Five hundred strings that break programs break nothing here, and none of them is changed."""
    path = shared / "testdata" / "blns" / "blns.json"
    if not path.exists():
        pytest.skip("NO ../shared/testdata/blns: naughty strings are not tested here.")
    strings = json.loads(path.read_text(encoding="utf-8"))
    for text in strings:
        fragment, _ = understood(**{**dict.fromkeys((*FIELDS, "colour"), text), "title": "A title"})
        kept = {s.text for s in fragment.statements if s.field not in {"title", "merged"}}

        assert kept <= {unicodedata.normalize("NFC", text).strip()}
        assert kept or "description" in fragment.empty
    assert len(strings) > 500


# --- the one real record

HEADINGS = {
    "FragmentID": "fragment_id",
    "Outcome status": "status",
    "OH-harvesting period": "round",
    "coutnry": "country",
    "Year": "year",
    "Outcome description": "description",
    "Significance of the outcome": "significance",
    "Additional information (use if needed) ": "additional",
    "Rating significance": "rating_significance",
    "Social actor": "social_actor",
    "Scale": "scale",
    "Contribution of the programme": "contribution_programme",
    "Contribution of other actors and factors": "contribution_others",
    "Rating contribution": "rating_contribution",
    "The change was unintended": "unintended",
    "Evidence supporting the outcome statement": "evidence",
    "Outcome statements is CONFIDENTIAL": "confidential",
    "Link to Outcomes in Results Framework ": "framework_link",
    "Link to SCC Specific Objectives": "objective_link",
    "StoryFragment_Merged": "merged",
    "Outcome is negative": "negative",
    "MCQType of change": "type_of_change",
    "TypeOfChangeCluster": "change_cluster",
}


@pytest.mark.seed
def test_the_seed_record_is_understood_as_the_contract_says(shared: Path):
    """The real record: read from beside the checkout, never held within it."""
    path = shared / "seed" / "CIV010.txt"
    if not path.exists():
        pytest.skip("NO ../shared/seed/CIV010.txt: the real record is not tested here.")
    found = re.findall(r"^\*\*(.+?)\*\*: ?(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    record = Record(
        "CIV010.txt", 1, "text/plain", tuple(Cell(HEADINGS[h], h, text) for h, text in found)
    )
    fragment, findings = interpret(
        record,
        key="civ010-00000000",
        origins=(Origin("CIV010.txt", 1, "text/plain"),),
        vocabulary=load_vocabulary(),
        confidential=True,
        programme="SCC",
    )
    expected = _expected(shared / "design" / "seed_expected.trig")

    assert findings == ()
    assert {s.field: s.text for s in fragment.statements} == expected["statements"]
    assert {s.field for s in fragment.statements if s.language == "en"} == expected["spoken"]
    assert {f.replace("_", "-") for f in fragment.empty} == expected["empty"]
    assert fragment.label == expected["label"]
    assert {
        (code.kind, code.number, code.field, code.start, code.end)
        for code in (*fragment.codes, *fragment.objectives)
    } == {
        ("outcome", "1.4", "framework_link", 0, 10),
        ("output", "1.4.1", "framework_link", 12, 24),
        ("objective", "CIV", "objective_link", 0, 3),
    }
    concepts = {f"{c.scheme}-{c.slug}" for found in fragment.choices.values() for c in found}
    assert concepts | {f"evidence-{fragment.evidence}"} == expected["concepts"]
    assert fragment.country is not None
    assert fragment.round is not None
    assert (fragment.country.slug, fragment.round.slug) == ("sahel", "harvest-1")
    assert (fragment.year, fragment.unintended, fragment.negative) == (2022, False, False)
    assert (fragment.unlinked, fragment.language, fragment.programme) == (None, "en", "SCC")


def _expected(path: Path) -> dict[str, object]:
    """What the contract's own graph says of the record's cells."""
    import pyoxigraph as ox

    oh, nif = (
        "https://w3id.org/outcome-harvest/ns#",
        ("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    )
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TRIG)

    def select(what: str) -> list[list[str]]:
        prefixes = f"PREFIX oh: <{oh}> PREFIX nif: <{nif}> PREFIX dct: <http://purl.org/dc/terms/>"
        answer = store.query(f"{prefixes} SELECT {what}", use_default_graph_as_union=True)
        return [[term.value for term in row] for row in answer]

    def field(iri: str) -> str:
        return iri.partition("vocab/field-")[2].replace("-", "_")

    concepts = select(
        "?c { ?o a oh:Outcome ; oh:changeIn|oh:typeOfChange|oh:changeCluster|oh:scale|"
        "oh:significanceRating|oh:contributionRating|oh:evidenceStatus ?c }"
    ) + select("?c { ?f oh:status ?c . ?f a oh:Fragment }")
    return {
        "statements": {
            field(f): text
            for f, text in select("?f ?t { ?s a oh:Statement ; oh:field ?f ; nif:isString ?t }")
        },
        "spoken": {field(f) for (f,) in select("?f { ?s oh:field ?f ; dct:language 'en' }")},
        "empty": {
            iri.partition("vocab/field-")[2] for (iri,) in select("?f { ?x oh:emptyField ?f }")
        },
        "label": select("?l { ?o a oh:Outcome ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }")[
            0
        ][0],
        "concepts": {iri.partition("vocab/")[2] for (iri,) in concepts},
    }


def test_a_record_of_two_countries_counts_for_both_and_for_the_framework_of_none():
    """Neither country is lost, and no code is put into a framework by guess."""
    fragment, findings = understood(country="Niger; Mali", framework_link="Output 1.4.1")

    assert [place.slug for place in fragment.places] == ["niger", "mali"]
    assert fragment.country is None
    assert reasons(findings) == [("several-places", "country")]


@pytest.mark.parametrize(
    ("cells", "called"),
    [
        ({"title": "#REF!", "description": "The mayor signed."}, "The mayor signed."),
        ({"description": "#REF!"}, "#REF!"),
        ({"title": "#REF!", "description": ""}, "#REF!"),
    ],
)
def test_an_outcome_always_has_a_label(cells, called):
    """Also where the spreadsheet failed: the record is kept, and the graph holds together."""
    fragment, _ = understood(**cells)

    assert fragment.label == called


def test_an_error_of_the_spreadsheet_stays_as_it_is_and_tells_nothing():
    """No names are looked for in it, and no value is made of it."""
    fragment, _ = understood(significance="#REF!", country="#REF!", year="#REF!")
    kept = fragment.statement("significance")

    assert kept is not None
    assert (kept.text, kept.narrative) == ("#REF!", False)
    assert (fragment.country, fragment.year) == (None, None)
