"""The queue: every kind of question, explained; asked once, and never again."""

import json
import re
import stat
from pathlib import Path

from kg.api import build
from kg.config import load_config
from kg.review import Answer, ItemKind, Review, Signature
from kg.workspace import one_writer

SIGNED = Signature("Ada", "2026-05-31")


def sitting(project) -> Review:
    return Review(load_config(project))


def asked(project) -> list[tuple[str, str, str]]:
    return [(i.kind.value, i.name, i.other) for i in sitting(project).items()]


def decide(project, *said: tuple[str, str, str]):
    """Answer questions: name, other, verdict."""
    config = load_config(project)
    with one_writer(config.output):
        review = Review(config)
        items = {(i.name, i.other): i for i in review.items()}
        answers = [Answer(items[a, b], verdict, a) for a, b, verdict in said]
        return review.answer(answers, signature=SIGNED)


def lines(project) -> list[str]:
    return (project / "decisions.csv").read_text("utf-8").splitlines()


def test_every_kind_of_question_is_asked(project):
    """An open acronym once for each candidate; a translation; a likely body; a suspected name."""
    found = asked(project)

    assert ("name", "HCX", "Hill Commission") in found
    assert ("name", "HCX", "Harbour Commission") in found
    assert ("organisation", "ROXDA", "") in found
    assert ("person", "Quorlina Vespertine", "") in found
    assert (
        "pair",
        "Chadian Network of Women Lawyers",
        "Réseau Tchadien des Femmes Avocates",
    ) in found


def test_a_question_explains_itself(project):
    """Sentence, why, how often, and what is known of each candidate."""
    items = {(i.name, i.other): i for i in sitting(project).items()}
    item = items["HCX", "Hill Commission"]

    assert (item.scope, item.why, item.records) == ("Chad", "acronym-of-another-country", 1)
    assert item.sentence == "In May 2022 the «HCX» answered."
    assert item.evidence[0] == "May be: Hill Commission (HCX; in 1 record)"
    assert "a1: The «Hill Commission» (HCX) opened" in item.evidence[1]
    assert items["Quorlina Vespertine", ""].records == 2
    assert len(items["Quorlina Vespertine", ""].spots) == 3


def test_the_most_valuable_comes_first(project):
    """An open name blocks links; among alikes, more records go first."""
    kinds = [i.kind for i in sitting(project).items()]

    assert kinds[0] in {ItemKind.NAME, ItemKind.PAIR, ItemKind.ORGANISATION}
    assert asked(project) == asked(project)


def test_an_answer_is_a_line_applied_at_once_and_never_asked_again(project):
    """Without the source; and it outlives the next build."""
    outcome = decide(project, ("HCX", "Hill Commission", "same"))

    assert lines(project)[-1] == "same,HCX,Hill Commission,Chad,Ada,2026-05-31,,"
    assert outcome.decisions[0].line == len(lines(project)) == 2
    assert not [a for a in asked(project) if a[1] == "HCX"]
    settled = [m for m in sitting(project).harvest.mentions() if m["key"] == "a3"]
    assert ("Hill Commission", "decision", "accepted") in {
        (m["label"], m["method"], m["status"]) for m in settled
    }


def test_every_verdict_ends_its_question(project):
    """Five decisions of one sitting, of every kind."""
    decide(
        project,
        ("HCX", "Harbour Commission", "different"),
        ("ROXDA", "", "organisation"),
        ("Quorlina Vespertine", "", "person"),
        (
            "Chadian Network of Women Lawyers",
            "Réseau Tchadien des Femmes Avocates",
            "same",
        ),
    )

    assert asked(project) == [("name", "HCX", "Hill Commission")]


def test_an_answer_does_not_shift_other_numbers(project):
    """Numbers stay those of the queue last shown; an answered one is refused."""
    review = sitting(project)
    items = review.items()
    review.remember(items)
    last = items[-1]
    decide(project, (items[0].name, items[0].other, items[0].answers[0]))
    again = sitting(project)

    assert again.numbered([len(items)], again.items())[0].name == last.name


def test_the_build_after_an_answer_is_the_same_as_from_the_sources(project, source_text):
    """Built again from what was kept, or anew: the same version to the byte."""
    decide(project, ("ROXDA", "", "organisation"), ("Quorlina Vespertine", "", "not-person"))
    here = (project / "output" / "internal" / "CURRENT").read_text()
    (project / "harvest.csv").write_text(source_text, "utf-8")
    build(project / "harvest.csv", project=project, ner=False)

    assert (project / "output" / "internal" / "CURRENT").read_text() == here


def test_persons_are_kept_as_hashes_alone(project):
    """Neither the line, nor the cache, nor the report holds a word of the name."""
    decide(project, ("Quorlina Vespertine", "", "person"))
    line = lines(project)[-1]
    key = project / ".kg" / "key"
    held = [
        path
        for path in (*project.glob("decisions.csv"), *(project / ".kg").rglob("*"))
        if path.is_file()
    ]
    held += (project / "output" / ".cache").glob("*.json")
    held += [project / "output" / "internal" / n for n in ("report.json", "mentions.jsonl")]

    assert line.startswith("person,hmac:")
    for path in held:
        text = path.read_text("utf-8").casefold()
        assert not [word for word in ("quorlina", "vespertine") if word in text], path.name
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    # All spellings of the name are settled by one line.
    assert not [a for a in asked(project) if a[0] == "person"]


def test_without_the_key_names_stay_suspected_and_nothing_new_is_written(project, kg):
    """It fails closed, and says what is missing; no new key takes the old one's place."""
    decide(project, ("Quorlina Vespertine", "", "not-person"))
    (project / ".kg" / "key").unlink()
    shown = kg(project, "review", "--kind", "person")
    found = json.loads(kg(project, "check", "--format", "json").stdout)

    assert "name-key-missing" in {finding["reason"] for finding in found}
    assert "Quorlina" in shown.stdout
    refused = kg(project, "review", "1", "person")
    assert refused.returncode == 1
    assert not (project / ".kg" / "key").exists()
    assert len(lines(project)) == 2


def test_report_keeps_what_waits_without_words(project):
    """By place and address."""
    report = json.loads((project / "output" / "internal" / "report.json").read_bytes())

    assert {tuple(n) for n in report["waiting"]["names"]} == {
        ("key", "field", "start", "end", "why", "owners")
    }
    assert report["edited"] == {}


def test_every_reason_is_told_in_the_handbook():
    """Each reason that the messages know stands in docs/review.md, for readers of the JSON form."""
    root = Path(__file__).parents[2]
    said = (root / "ontology" / "messages.yaml").read_text("utf-8")
    reasons = set(re.findall(r"^  why-([a-z-]+):$", said, re.MULTILINE))
    told = set(re.findall(r"`([a-z-]+)`", (root / "docs" / "review.md").read_text("utf-8")))

    assert len(reasons) > 10
    assert reasons - told == set()
