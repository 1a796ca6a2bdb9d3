"""`kg review` as a person types it: 80 columns, one line an error, nothing half done."""

import csv
import io
import json
import re

import pytest


def decisions(project) -> str:
    path = project / "decisions.csv"
    return path.read_text("utf-8") if path.exists() else ""


def test_the_queue_fits_80_columns_and_says_what_to_type(project, kg):
    """Each question with its number and its answers; how many wait, by kind."""
    shown = kg(project, "review")
    lines = shown.stdout.splitlines()

    assert shown.returncode == 0
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert lines[0].startswith("1. ")
    assert "kg review 1 " in shown.stdout
    assert "Waiting: 2 open names, 1 possible organisation," in shown.stdout
    assert "INTERNAL" in shown.stdout


def test_one_kind_keeps_the_numbers_of_the_whole_queue(project, kg):
    """A number means the same question however the queue is looked at."""
    whole = json.loads(kg(project, "review", "--format", "json").stdout)
    some = json.loads(kg(project, "review", "--kind", "person", "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(kg(project, "review", "--format", "csv").stdout)))

    assert some == [row for row in whole if row["kind"] == "person"]
    assert [int(row["number"]) for row in rows] == [row["number"] for row in whole]


def test_an_answer_tells_its_line_what_it_did_and_how_to_undo_it(project, kg):
    """And offers the entry of organisations.yaml."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    number = next(row["number"] for row in queue if row["name"] == "ROXDA")
    told = kg(project, "review", number, "organisation", "--by", "Ada", "--date", "2026-05-31")

    assert told.returncode == 0
    assert "decisions.csv, line 2, by Ada" in told.stderr
    assert "To undo: delete line 2 of decisions.csv" in told.stderr
    assert told.stdout == "- id: roxda\n  label: ROXDA\n"
    assert decisions(project).endswith("organisation,ROXDA,,,Ada,2026-05-31,,\n")


def test_a_body_that_nobody_asks_about_is_decided_by_its_name(project, kg):
    """As for a release that masks it: the name whole, as records write it, and no other."""
    told = kg(
        *(project, "review", "the hill commission", "organisation", "--publish"),
        *("--by", "Ada", "--date", "2026-05-31"),
    )
    other = kg(project, "review", "hill", "organisation", "--publish")

    assert told.returncode == 0
    assert decisions(project).endswith("organisation,Hill Commission,,,Ada,2026-05-31,,yes\n")
    assert (other.returncode, other.stderr.count("\n")) == (1, 1)
    assert "whole and as the records write it" in other.stderr


def test_undo_brings_the_question_back(project, kg):
    """Delete the line, look again: the harvest is as it was."""
    before = kg(project, "review", "--format", "json").stdout
    kg(project, "review", "1", json.loads(before)[0]["answers"][0])
    path = project / "decisions.csv"
    path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    again = kg(project, "review", "--format", "json")

    assert "building again first" in again.stderr
    assert again.stdout == before


def test_several_numbers_are_answered_at_once(project, kg):
    """A list with a range; each a line of its own."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    numbers = [str(r["number"]) for r in queue if r["kind"] == "name"]
    told = kg(project, "review", ",".join(numbers), "different", "--date", "2026-05-31")

    assert told.returncode == 0
    assert decisions(project).count("different,HCX,") == 2


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("1", "perhaps"), 2, "not a verdict"),
        (("1",), 2, "Add a verdict"),
        (("x", "same"), 2, "Expected a number"),
        (("5-3", "same"), 2, "Expected a number"),
        (("999", "same"), 2, "the queue last shown had"),
        (("1", "same", "--date", "soon"), 2, "expected a day"),
        (("1", "same", "--export", "x.xlsx"), 2, "One thing at a time"),
        (("--export", "x.csv"), 2, "x.xlsx"),
        (("--import", "nothing.xlsx"), 1, "nothing.xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(project, kg, arguments, status, told):
    """With what was expected."""
    kg(project, "review")
    refused = kg(project, "review", *arguments)
    error = [line for line in refused.stderr.splitlines() if line.startswith("error: ")]

    assert refused.returncode == status
    assert len(error) == 1
    assert told in error[0]
    assert decisions(project) == ""


def test_a_number_before_any_queue_was_shown_is_refused(project, kg):
    """It would mean nothing."""
    refused = kg(project, "review", "1", "same")

    assert refused.returncode == 1
    assert "Look first: kg review" in refused.stderr


def test_a_number_whose_question_was_answered_is_refused(project, kg):
    """Never asked twice, never written twice."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    answer = queue[0]["answers"][0]
    kg(project, "review", "1", answer)
    once = decisions(project)
    refused = kg(project, "review", "1", answer)

    assert refused.returncode == 1
    assert "no longer waits" in refused.stderr
    assert decisions(project) == once


def test_a_verdict_that_does_not_fit_says_which_do(project, kg):
    """A pair is no place."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    number = next(row["number"] for row in queue if row["kind"] == "pair")
    refused = kg(project, "review", number, "place")

    assert refused.returncode == 2
    assert "expected one of same, different" in refused.stderr


def test_a_reason_that_names_the_person_decided_on_is_refused(project, kg):
    """A line hides the name behind a key; its reason must not write it down."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    number = next(row["number"] for row in queue if row["kind"] == "person")
    told = kg(project, "review", number, "person", "--reason", "is Vespertine herself")

    assert (told.returncode, "vespertine" in told.stderr.casefold()) == (2, False)
    assert "the reason holds a word of the name" in told.stderr
    assert decisions(project) == ""


def test_a_reason_that_may_name_somebody_is_warned_of(project, kg):
    """The file is often shared; the reason never enters the graph."""
    kg(project, "review")
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    told = kg(project, "review", "1", queue[0]["answers"][0], "--reason", "asked Dela Quist")
    graph = (project / "output" / "internal" / "harvest.trig").read_text("utf-8")

    assert "may hold the name of a person" in told.stderr
    assert "Dela Quist" not in graph
    assert "asked Dela Quist" in decisions(project)


def test_no_word_of_a_suspected_name_reaches_an_error_or_what_is_said(project, kg):
    """Only the queue itself shows it, on the screen of whoever may see the records."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    number = next(row["number"] for row in queue if row["kind"] == "person")
    told = [
        kg(project, "review", number, "person", "--reason", "seen"),
        kg(project, "review", number, "person"),
        kg(project, "review", number, "same"),
        kg(project, "build"),
        kg(project, "check"),
    ]
    said = " ".join(p.stdout + p.stderr for p in told).casefold()
    names = " ".join(str(p) for p in (project / "output").rglob("*")).casefold()

    assert "quorlina" not in said
    assert "quorlina" not in names
    assert "quorlina" not in decisions(project).casefold()


def test_contradictions_are_told_at_review_with_both_lines(project, kg):
    """Nothing is asked about them; the advice says what to do."""
    (project / "decisions.csv").write_text(
        "decision,a,b,scope,by,date,reason,publish\n"
        "organisation,ROXDA,,,,,,\nnot-organisation,roxda,,,,,,\n",
        "utf-8",
    )
    shown = kg(project, "review")

    assert re.search(r"Lines 2 and 3 decide two things", shown.stderr)
    assert "ROXDA”: is it an organisation" not in shown.stdout


def test_one_name_cannot_be_two_bodies_in_one_answer(project, kg):
    """Refused before anything is written."""
    queue = json.loads(kg(project, "review", "--format", "json").stdout)
    numbers = ",".join(str(r["number"]) for r in queue if r["kind"] == "name")
    refused = kg(project, "review", numbers, "same")

    assert refused.returncode == 2
    assert decisions(project) == ""


def test_a_broken_edited_file_stops_an_answer_before_it_is_written(project, kg):
    """Its line is told; decisions.csv stays."""
    kg(project, "review")
    (project / "organisations.yaml").write_text("- id: a\n", "utf-8")
    refused = kg(project, "review", "1", "same")

    assert refused.returncode == 1
    assert "organisations.yaml, line 1" in refused.stderr
    assert decisions(project) == ""
