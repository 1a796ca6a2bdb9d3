"""The worklist tells what waits for a person: where, what to do, never the words."""

import json
import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.messages import sentences, spoken, text_of
from kg.model import Severity, Where
from kg.notes import NOTES
from kg.vocab import PREFIXES, Names
from kg.vocabulary import ontology_quads
from kg.worklist import worklist

ROOT = Path(__file__).resolve().parents[1]
GOOD = Path(__file__).parent / "ontology" / "good.trig"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    "PREFIX d: <https://example.org/harvest/>\n"
    "PREFIX frag: <https://example.org/harvest/fragment/>\n"
    "PREFIX one: <https://example.org/harvest/fragment/demo-1#>\n"
    "PREFIX two: <https://example.org/harvest/fragment/demo-2#>\n"
)


def selecting(*updates, empty=False):
    """Asks the good harvest, damaged or not, or one without fragments."""
    store = ox.Store()
    store.extend(ontology_quads(Names()))
    if not empty:
        store.extend(ox.parse(path=str(GOOD)))
    for update in updates:
        store.update(HEAD + update)

    def select(sparql):
        found = store.query(sparql, use_default_graph_as_union=True)
        names = [v.value for v in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]

    return select


def mention(**changed):
    return {
        "fragment": "https://example.org/harvest/fragment/demo-1",
        "key": "demo-1",
        "fragment_id": "DEMO/1",
        "field": "description",
        "start": 4,
        "end": 16,
        "text": "Secret Words",
        "kind": "organisation",
        "entity": "https://example.org/harvest/organisation/secret-words",
        "label": "Secret Words",
        "role": None,
        "method": "organisation-rule",
        "confidence": 0.6,
        "status": "suggested",
    } | changed


#: Where the two records were first read.
PLACES = {"demo-1": Where("demo.csv", 2), "demo-2": Where("demo.csv", 3)}


def listed(*, updates=(), mentions=(), report=None, places=PLACES, language="en", empty=False):
    return worklist(
        selecting(*updates, empty=empty),
        mentions=mentions,
        report=report or {},
        places=places,
        language=language,
    )


def of(reason, findings):
    return [f for f in findings if f.reason == reason]


def test_a_harvest_with_nothing_in_it_has_no_work():
    """Empty input, empty list."""
    assert listed(empty=True) == ()


def test_the_good_harvest_has_its_gaps():
    """Each gap of the two records is told, and nothing else."""
    assert [(f.reason, f.key, f.where.field) for f in listed()] == [
        ("unlinked-no-code", "demo-2", None),
        ("unknown-value", "demo-1", "scale"),
        ("unknown-value", "demo-2", "social_actor"),
        ("large-without-evidence", "demo-1", "evidence"),
        ("missing-evidence", "demo-2", "evidence"),
        ("no-other-contributors", "demo-1", "contribution_others"),
        ("no-year", "demo-2", "year"),
        ("coach-where", "demo-2", "description"),
    ]


NO_YEAR = "DELETE WHERE { GRAPH ?g { one:outcome oh:year ?y } }"


def test_a_record_that_no_table_counts_is_told():
    """Year, country and actor; the coach's word that the text is silent, too, counts for both."""
    told = {f.reason: f.key for f in listed() if f.reason.startswith("no-")}

    assert told == {"no-other-contributors": "demo-1", "no-year": "demo-2"}


def test_what_no_record_of_a_file_says_is_told_once():
    """A column that is missing is one thing to do, however many rows lack it."""
    (finding,) = of("field-nowhere", listed(updates=[NO_YEAR]))

    assert (str(finding.where), finding.key) == ("demo.csv, field year", None)
    assert not of("no-year", listed(updates=[NO_YEAR]))


def test_each_file_is_asked_for_itself():
    """What one file lacks another may have; one record is no file without a column."""
    places = {"demo-1": Where("a.csv", 2), "demo-2": Where("b.csv", 2)}
    findings = listed(updates=[NO_YEAR], places=places)

    assert {
        (f.reason, f.where.file) for f in findings if f.reason in {"no-year", "coach-when"}
    } == {
        ("coach-when", "a.csv"),
        ("no-year", "b.csv"),
    }
    assert not of("field-nowhere", findings)


def test_a_cell_that_is_filled_is_not_told_to_be_empty():
    """What a cell means is another question: a redacted country is none that is missing."""
    cell = (
        "INSERT DATA { GRAPH frag:demo-2 { frag:demo-2 oh:hasStatement two:year . "
        "two:year oh:field ohv:field-year } }"
    )

    assert not of("no-year", listed(updates=[cell]))


def test_a_gap_says_file_and_row():
    """An officer opens the file at the row."""
    (finding,) = of("large-without-evidence", listed())

    assert str(finding.where) == "demo.csv, row 2, field evidence"


def test_a_gap_says_the_worksheet():
    """Where a workbook has several, a row alone would not be found."""
    places = {"demo-1": Where("demo.xlsx", 9, sheet="Round 2")}
    (finding,) = of("large-without-evidence", listed(places=places))

    assert str(finding.where) == "demo.xlsx, sheet “Round 2”, row 9, field evidence"


def test_a_release_knows_no_file():
    """Without sources a finding goes by the key alone."""
    findings = listed(places={})

    assert {(f.where.file, f.where.row) for f in findings} == {("", None)}
    assert len(findings) == 8


@pytest.mark.parametrize(
    ("significance", "reason"),
    [
        ("very-large", "large-without-evidence"),
        ("large", "large-without-evidence"),
        ("medium", "missing-evidence"),
        ("very-small", "missing-evidence"),
    ],
)
def test_large_claims_without_evidence_weigh_more(significance, reason):
    """Large means the rank of "large" or more, in the scheme of significance."""
    update = (
        "DELETE WHERE { GRAPH ?g { one:outcome oh:significanceRating ?r } } ; "
        "INSERT DATA { GRAPH frag:demo-1 { one:outcome oh:significanceRating "
        f"ohv:significance-{significance} }} }}"
    )
    findings = [f for f in listed(updates=[update]) if f.where.field == "evidence"]

    assert [f.reason for f in findings if f.key == "demo-1"] == [reason]


def test_a_great_contribution_is_not_a_large_significance():
    """The two schemes are never mixed."""
    update = "DELETE WHERE { GRAPH ?g { one:outcome oh:significanceRating ?r } }"

    assert of("large-without-evidence", listed(updates=[update])) == []


def test_stated_evidence_is_no_gap():
    """Who filled it in is not asked again."""
    update = (
        "DELETE WHERE { GRAPH ?g { one:outcome oh:evidenceStatus ?r } } ; "
        "INSERT DATA { GRAPH frag:demo-1 { one:outcome oh:evidenceStatus ohv:evidence-stated } }"
    )

    assert of("large-without-evidence", listed(updates=[update])) == []


@pytest.mark.parametrize(
    "reason", ["no-code", "objective-only", "unknown-code", "unreadable", "date"]
)
def test_every_reason_for_no_link_has_its_advice(reason):
    """Each reason is told with what to do about it, in both languages."""
    update = (
        "DELETE WHERE { GRAPH ?g { two:outcome oh:unlinkedReason ?r } } ; INSERT DATA "
        f"{{ GRAPH frag:demo-2 {{ two:outcome oh:unlinkedReason ohv:reason-{reason} }} }}"
    )
    (english,) = of(f"unlinked-{reason}", listed(updates=[update]))
    (french,) = of(f"unlinked-{reason}", listed(updates=[update], language="fr"))

    assert english.message != french.message
    assert english.advice != french.advice


def test_a_code_that_the_build_reported_is_not_told_twice():
    """The build said which cell holds the unknown code; the list does not say it again."""
    update = (
        "DELETE WHERE { GRAPH ?g { two:outcome oh:unlinkedReason ?r } } ; INSERT DATA "
        "{ GRAPH frag:demo-2 { two:outcome oh:unlinkedReason ohv:reason-unknown-code } }"
    )
    warning = {
        "file": "demo.csv",
        "row": 3,
        "field": "framework_link",
        "reason": "unknown-code",
        "key": "demo-2",
        "message": "A code that this country's framework table does not list.",
    }
    findings = listed(updates=[update], report={"warnings": [warning]})

    assert of("unlinked-unknown-code", findings) == []
    assert [f.where.row for f in of("unknown-code", findings)] == [3]


def test_suspected_names_are_told_by_place_alone():
    """Key, field and characters; neither words nor label."""
    found = mention(kind="person", entity=None, status="queued")
    (finding,) = of("suspected-name", listed(mentions=[found]))

    assert (finding.key, finding.where.field) == ("demo-1", "description")
    assert finding.message == "Characters 4 to 16 may be the name of a person."
    assert "ecret" not in repr(finding)


def test_names_in_withheld_records_can_wait():
    """Nothing of such a record is released: a note, below the warnings of all others."""
    found = mention(kind="person", entity=None, status="queued")
    withhold = """
    INSERT { GRAPH ?g { ?f oh:confidential true } }
    WHERE { GRAPH ?g { ?f oh:key "demo-1" } }"""
    (finding,) = of("suspected-name-withheld", listed(updates=[withhold], mentions=[found]))

    assert (finding.key, finding.severity) == ("demo-1", Severity.INFO)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"status": "suggested"}, 1),
        ({"status": "queued"}, 1),
        ({"status": "accepted", "method": "person-rule"}, 1),
        ({"status": "accepted", "method": "decision"}, 0),
        ({"status": "rejected"}, 0),
    ],
)
def test_a_settled_name_is_not_asked_for_again(changed, told):
    """Whatever a person decided is done; everything else waits."""
    found = mention(kind="person", entity=None) | changed

    assert len(of("suspected-name", listed(mentions=[found]))) == told


def test_each_place_of_a_suspected_name_is_told():
    """A name that is masked once and left once still endangers somebody."""
    spans = [mention(kind="person", entity=None, text=None, start=s, end=s + 5) for s in (40, 9)]
    findings = of("suspected-name", listed(mentions=spans))

    assert [f.message.split()[1] for f in findings] == ["9", "40"]


def test_an_undecided_organisation_is_told_once_a_record():
    """One decision settles all its spans; the count says how often it stands there."""
    spans = [mention(start=s, end=s + 12) for s in (60, 4)] + [mention(key="demo-2")]
    findings = of("undecided-organisation", listed(mentions=spans))

    assert [f.key for f in findings] == ["demo-1", "demo-2"]
    assert findings[0].message.startswith("Characters 4 to 16")
    assert findings[0].message.endswith("(suggested). (2 times)")
    assert "ecret" not in repr(findings)


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_a_decided_organisation_does_not_wait(status):
    """Only suggested and queued names wait."""
    assert of("undecided-organisation", listed(mentions=[mention(status=status)])) == []


@pytest.mark.parametrize("kind", ["place", "redaction", "outcome-id", "framework-code"])
def test_other_spans_do_not_wait(kind):
    """Places, marks and codes are not names of organisations or persons."""
    before = listed()

    assert listed(mentions=[mention(kind=kind)]) == before


def test_rows_that_were_not_kept_are_listed():
    """Nothing is dropped silently."""
    rejected = {"file": "b.csv", "row": 7, "field": "description", "reason": "no description"}
    (finding,) = of("rejected-row", listed(report={"rejected": [rejected]}))

    assert str(finding.where) == "b.csv, row 7, field description"
    assert finding.message == "This row was not kept: no description"


def test_why_a_row_was_not_kept_is_told_in_french():
    """The reason is one of few sentences, and none of them stays English."""
    rejected = {"file": "b.csv", "row": 7, "field": "description", "reason": "no description"}
    (finding,) = of("rejected-row", listed(report={"rejected": [rejected]}, language="fr"))

    assert finding.message == "Cette ligne n’a pas été gardée : pas de description"


def test_duplicates_are_listed_by_file():
    """A file without repeated rows is not named."""
    sources = [{"file": "a.csv", "duplicates": 2}, {"file": "b.csv", "duplicates": 0}]
    (finding,) = of("duplicate-rows", listed(report={"sources": sources}))

    assert (finding.where.file, finding.severity) == ("a.csv", Severity.INFO)
    assert "elsewhere: 2." in finding.message


def test_warnings_of_the_build_keep_their_words_and_weight():
    """A stage's own sentence is the more exact one."""
    warning = {
        "file": "a.csv",
        "row": 3,
        "field": "year",
        "reason": "some-stage-says",
        "severity": "info",
        "key": "demo-1",
        "message": "No year could be read.",
        "advice": "Write four digits.",
    }
    (finding,) = of("some-stage-says", listed(report={"warnings": [warning]}))

    assert (finding.message, finding.advice, finding.severity, finding.key) == (
        "No year could be read.",
        "Write four digits.",
        Severity.INFO,
        "demo-1",
    )


def test_a_bare_warning_still_says_what_to_do():
    """The contract's four fields are enough."""
    warning = {"file": "a.csv", "row": 3, "field": None, "reason": "some-stage-says"}
    (finding,) = of("some-stage-says", listed(report={"warnings": [warning]}))

    assert finding.advice == text_of("unknown-reason", "en")
    assert finding.severity is Severity.WARNING


def test_known_warnings_speak_french():
    """A reason that has a French sentence is told in it; another in the stage's words."""
    warnings = [
        {"file": "a", "row": 1, "field": "f", "reason": "unknown-code", "message": "English."},
        {"file": "a", "row": 1, "field": "f", "reason": "some-stage-says", "message": "English."},
    ]
    findings = listed(report={"warnings": warnings}, language="fr")

    assert of("unknown-code", findings)[0].message.startswith("La cellule contient un code")
    assert of("some-stage-says", findings)[0].message == "English."


def test_the_order_is_total():
    """Any order of mentions and warnings gives the same list, gravest first."""
    mentions = [mention(start=s, end=s + 3, kind="person", entity=None) for s in range(9)]
    warnings = [
        {"file": f, "row": r, "field": "year", "reason": "x", "severity": v, "message": "m"}
        for f in "ba"
        for r in (2, 10, 1)
        for v in ("info", "violation", "warning")
    ]
    expected = listed(mentions=mentions, report={"warnings": warnings})
    random.Random(1).shuffle(mentions)
    random.Random(2).shuffle(warnings)

    assert listed(mentions=mentions, report={"warnings": warnings}) == expected
    ranks = [list(Severity).index(f.severity) for f in expected]
    assert ranks == sorted(ranks)
    assert [f.where.row for f in expected[:3]] == [1, 2, 10]


def test_every_finding_has_advice():
    """A gap without a next step is a complaint."""
    findings = listed(mentions=[mention(), mention(kind="person", status="queued")])

    assert len(findings) == 10
    assert all(f.advice and f.message for f in findings)


def test_gaps_are_never_violations():
    """`kg check` ends with 1 on violations alone; missing evidence is work."""
    assert {f.severity for f in listed()} == {Severity.WARNING, Severity.INFO}


def test_every_sentence_of_the_worklist_is_there_in_both_languages():
    """A gap without a French sentence would be told in English to a French reader."""
    own = [s for s in sentences().values() if not s.reported]
    faulty = [
        s.reason
        for s in own
        for words in (s.message, s.advice)
        if sorted(words) != ["en", "fr"] or not all(words.values())
    ]

    assert (len(own) >= 15, faulty) == (True, [])


def reported_reasons():
    """Slugs of what the stages report, as far as they stand in Python."""
    found = set()
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for match in re.findall(
            r'reason=("[a-z-]+"(?: if .+ else "[a-z-]+")?)', path.read_text("utf-8")
        ):
            found |= set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', match))
    return found | set(NOTES)


def test_every_reason_of_a_stage_speaks_french():
    """A French reader is told in French what a build noticed."""
    reasons = reported_reasons()
    silent = {
        reason
        for reason in reasons
        if reason not in sentences()
        or not sentences()[reason].message.get("fr")
        or not sentences()[reason].advice.get("fr")
    }

    assert (len(reasons) >= 30, silent) == (True, set())


def test_what_a_stage_says_more_exactly_is_kept_in_french():
    """The heading at fault is named, whatever the language."""
    warning = {"file": "a", "row": 1, "reason": "unknown-heading", "message": "The heading “X” …"}
    (finding,) = of("unknown-heading", listed(report={"warnings": [warning]}, language="fr"))

    assert finding.message.startswith("Un intitulé n’est pas connu")
    assert finding.message.endswith(" (« X »).")


def test_a_duplicate_that_the_build_reported_is_not_counted_again():
    """Each copy is told with its row; the file's count would say the same."""
    warning = {"file": "a.csv", "row": 4, "reason": "duplicate", "message": "A copy."}
    report = {"warnings": [warning], "sources": [{"file": "a.csv", "duplicates": 1}]}
    findings = listed(report=report)

    assert (len(of("duplicate", findings)), of("duplicate-rows", findings)) == (1, [])


def test_both_languages_fill_in_the_same():
    """A number that English gives is not lost in French."""
    uneven = [
        name
        for name, s in sentences().items()
        if not s.reported
        and sorted(re.findall(r"{(\w+)}", s.message["en"]))
        != sorted(re.findall(r"{(\w+)}", s.message["fr"]))
    ]

    assert uneven == []


def test_another_language_is_answered_in_english():
    """Spanish readers get English rather than nothing."""
    assert spoken({"en": "yes", "fr": "oui"}, "es") == "yes"
    assert listed(language="es") == listed(language="en")


def test_a_line_of_json_is_enough():
    """The list reads what the build writes, parsed and nothing more."""
    line = json.loads(json.dumps(mention()))

    assert len(of("undecided-organisation", listed(mentions=[line]))) == 1
