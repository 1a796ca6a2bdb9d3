"""The accuracy benchmark measures what it says: nothing found is nought, all found is one."""

import json

import pytest
import spacy

import benchmarks.extraction as benchmark
from benchmarks.annotated import Annotated, read_annotated
from benchmarks.baselines import gazetteer, schwartz_hearst, stock
from benchmarks.extraction import SETS, System, headline, main, measure
from benchmarks.listed import invented, lists
from kg.extract import Extractor
from kg.model import Kind, Mention, Role
from kg.places import Places

RECORDS = """
- key: T-1
  language: en
  country: Ghana
  fields:
    description: >-
      The {O x contributor|Lantern Reading Circle} ({O x contributor|LRC}) taught
      {O y beneficiary|Harbour Choir}. {O x contributor|LRC} thanked {P|Efua Tandoh}.
- key: T-2
  language: fr
  country: Ghana
  fields:
    description: >-
      L'{O z contributor|Équipe des lecteurs} ({O z contributor|EDL}) a reçu
      {O y beneficiary|Harbour Choir}.
"""


@pytest.fixture
def texts(tmp_path) -> Annotated:
    """Two invented records; one body stands in both."""
    path = tmp_path / "texts.yaml"
    path.write_text(RECORDS, "utf-8")
    return read_annotated(path)


def _oracle(annotated: Annotated) -> System:
    kinds = {"O": Kind.ORGANISATION, "P": Kind.PERSON}
    answer = tuple(
        Mention(
            key=g.key,
            field=g.field,
            start=g.start,
            end=g.end,
            text=g.text,
            kind=kinds[g.kind],
            method="decision",
            confidence=1.0,
            role=Role(g.role) if g.role else None,
            entity=g.identity,
        )
        for g in annotated.gold
        if g.kind in kinds
    )
    return System("oracle", lambda fragments: answer, finds_persons=True)


def _words(found) -> set[tuple[str, str]]:
    return {(m.key, m.text) for m in found}


def test_a_reader_that_finds_nothing_scores_nought(texts):
    """No figure can be had for nothing."""
    row = measure(texts, System("nothing", lambda fragments: (), finds_persons=True))

    assert (row.strict_f, row.relaxed_f, row.acronyms, row.persons) == (0, 0, 0, 0)
    assert row.identity_f < 1


def test_a_reader_that_knows_the_answers_scores_one(texts):
    """The scores reach one, and only for the right answers."""
    row = measure(texts, _oracle(texts))

    assert (row.strict_f, row.relaxed_f, row.acronyms, row.persons) == (1, 1, 1, 1)
    assert (row.false_persons, row.identity_f) == (0, 1)


def test_what_a_system_does_not_attempt_is_left_blank(texts):
    """A list of organisations is not blamed for the persons that it does not look for."""
    row = measure(texts, System("list", gazetteer(texts.gold)))

    assert (row.persons, row.false_persons, row.roles) == (None, None, None)


def test_the_gazetteer_does_not_know_the_record_that_it_reads(texts):
    """Only bodies that another record names are found."""
    found = gazetteer(texts.gold)(texts.fragments)

    assert _words(found) == {("T-1", "Harbour Choir"), ("T-2", "Harbour Choir")}


def test_schwartz_hearst_pairs_accents_and_finds_both_forms_again(texts):
    """The acronym's letters are found in the words, in any language, and the pair is one body."""
    found = schwartz_hearst(texts.fragments)

    assert _words(found) == {
        ("T-1", "Lantern Reading Circle"),
        ("T-1", "LRC"),
        ("T-2", "Équipe des lecteurs"),
        ("T-2", "EDL"),
    }
    assert [m.text for m in found].count("LRC") == 2
    assert len({m.entity for m in found}) == 2


def test_a_stock_model_is_not_blamed_for_articles(texts):
    """The annotation leaves articles out; so are they in what a model finds."""
    model = spacy.blank("xx")
    model.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "ORG", "pattern": "The Lantern Reading Circle"},
            {"label": "PERSON", "pattern": "Efua Tandoh"},
            {"label": "DATE", "pattern": "taught"},
        ]
    )
    found = stock({"en": model}, otherwise="en")(texts.fragments)

    assert _words(found) == {("T-1", "Lantern Reading Circle"), ("T-1", "Efua Tandoh")}


def _without_models(annotated: Annotated):
    extractor = Extractor(organisations=(), places=Places.load(), ner=False)
    made = (
        System(
            "kg --no-ner",
            lambda fragments: tuple(extractor.extract_all(fragments)),
            finds_persons=True,
            says_roles=True,
        ),
        System("Schwartz-Hearst", schwartz_hearst),
        System("gazetteer", gazetteer(annotated.gold)),
    )
    return made, ()


def test_the_command_prints_every_figure_and_kg_leads(monkeypatch, capsys):
    """On texts that its author never saw, the pipeline beats what it is built from."""
    monkeypatch.setattr(benchmark, "systems", _without_models)

    assert main(["--set", "independent", "--json"]) == 0

    (answer,) = json.loads(capsys.readouterr().out)
    kg, pairs, listed = answer["systems"]
    assert kg["strict_f"] > pairs["strict_f"] > listed["strict_f"] > 0
    assert kg["acronyms"] > pairs["acronyms"] > 0
    assert kg["persons"] > 0.8
    assert kg["roles"] > 0.5
    assert kg["ms"] > 0


def test_a_long_list_is_measured_beside_a_short_one(texts):
    """Each length once, the first beside itself; every invented body has names of its own."""
    short, long = lists(texts, 2_600)
    names = {text for body in invented(10_000) for _, text in body.labels}

    assert (short.names, long.names) == (10, 10_000)
    assert short.x_first in {1.0, None}
    assert len(names) == 10_000


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_set_says_who_made_it_and_when_it_was_first_scored(name):
    """No figure stands without what it is worth."""
    said = headline(name, SETS[name].read())

    assert "by " in said
    assert "2026" in said


def test_the_independent_set_is_as_large_and_as_mixed_as_is_said():
    """A set that shrinks would make any figure easy."""
    annotated = SETS["independent"].read()
    languages = [fragment.language for fragment in annotated.fragments]

    assert {code: languages.count(code) for code in sorted(set(languages))} == {
        "en": 11,
        "es": 6,
        "fr": 8,
    }
    assert sum(g.kind == "O" for g in annotated.gold) == 232
