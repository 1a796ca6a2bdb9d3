"""Headers and rules of questions: errors name file and line."""

from pathlib import Path

import pytest

from kg.errors import QueryError, UsageError
from kg.query.bind import bind
from kg.query.library import load_library, named, parse_question, read_question
from kg.query.lint import lint

GOOD = """\
#+ summary: Which outcomes are there?
#+ description: >
#+   Two lines
#+   of it.
#+ question:
#+   en: Which outcomes of {year}?
#+   fr: Quels effets de {year} ?
#+ parameters:
#+   year: {type: year, example: 2022, optional: true}
#+ columns: [outcome, n]
#+ draw: {nodes: [outcome], edges: []}
SELECT ?outcome (COUNT(?x) AS ?n) WHERE {
  ?outcome oh:near ?x .
  { ?outcome oh:year ?_year }
} GROUP BY ?outcome ORDER BY ?outcome
"""


def _question(text: str):
    return parse_question(text, name="mine", file="mine.rq")


def test_header() -> None:
    """All of it."""
    question = _question(GOOD)

    assert question.summary == "Which outcomes are there?"
    assert question.description == "Two lines of it.\n"
    assert question.asked("fr") == "Quels effets de {year} ?"
    assert question.asked("nl") == "Which outcomes of {year}?"
    assert question.usage == "[year]"
    assert question.parameters[0].example == "2022"
    assert question.columns == ("outcome", "n")
    assert question.draw == {"nodes": ["outcome"], "edges": []}
    lint(question)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("#+ summary:", "#+ sumary:", "line 1: .* a key that kg does not know; expected one of"),
        ("type: year", "type: years", "line 9: .* a type kg does not know"),
        ("example: 2022", "exampel: 2022", "line 9: .* a key"),
        ("example: 2022, ", "", "line 9: .* example is no text"),
        ("optional: true", "optional: perhaps", "line 9: .* true or false"),
        ("  year: {type", "  language: {type", r"line 9: .* kg itself fills \?_language"),
        ("  year: {type", "  a-b: {type", "line 9: .* letters, digits"),
        ("[outcome, n]", "outcome", "line 10: .* columns is no list"),
        ("nodes: [outcome]", "nodes: [other]", "line 11: .* a column it does not have"),
        ("edges: []", "edges: [outcome]", "line 11: .* an edge"),
        ("draw: {nodes: [outcome]", "draw: {nodes: outcome", "line 11: .* draw has no nodes"),
        ("#+ question:", "#+ question", "line 6: .* not YAML"),
        ("#+   en: Which outcomes of {year}?", "#+   en: [x", "line [67].*: .* not YAML"),
    ],
)
def test_header_errors(old: str, new: str, told: str) -> None:
    """File, line, what was expected."""
    assert old in GOOD
    with pytest.raises(QueryError, match=f"^mine.rq, {told}") as raised:
        _question(GOOD.replace(old, new, 1))

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("?_year", "?_jear", "line 14, column 22: .*_jear is no declared parameter"),
        ("{ ?outcome oh:year ?_year }", "", "parameter year is declared and not used"),
        ("{ ?outcome oh:year ?_year }", "?outcome oh:year ?_year .", "plain group"),
        ("{ ?outcome oh:year ?_year }", "OPTIONAL { ?outcome oh:year ?_year }", "plain group"),
        ("{ ?outcome oh:year ?_year }", "FILTER EXISTS { ?outcome oh:year ?_year }", "plain"),
        ("{ ?outcome oh:year ?_year }", "MINUS { ?outcome oh:year ?_year }", "plain group"),
        ("{ ?outcome oh:year ?_year }", "GRAPH ?g { ?outcome oh:year ?_year }", "plain group"),
        ("{ ?outcome oh:year ?_year }", "{ ?a ?b ?_year } UNION { ?a ?b ?c }", "plain group"),
        ("{ ?outcome oh:year ?_year }", "{ ?a ?b ?c } UNION { ?a ?b ?_year }", "plain group"),
        ("{ ?outcome oh:year ?_year }", "{ SELECT ?outcome { ?outcome ?b ?_year } }", "plain"),
        ("{ ?outcome oh:year ?_year }", "BIND(?x AS ?_year)", "columns or in the order"),
        ("ORDER BY ?outcome", "ORDER BY ?_year", "columns or in the order"),
        ("(COUNT(?x) AS ?n)", "?_year (COUNT(?x) AS ?n)", "columns or in the order"),
        ("(COUNT(?x) AS ?n)", "(COUNT(?x) AS ?m)", r"'#\+ columns: \[outcome, m\]'"),
        ("} GROUP", "} } GROUP", "a bracket too many"),
    ],
)
def test_rules(old: str, new: str, told: str) -> None:
    """Where a parameter may stand."""
    assert old in GOOD
    with pytest.raises(QueryError, match=told):
        lint(_question(GOOD.replace(old, new)))


def test_an_absent_parameter_switches_its_group_off_alone() -> None:
    """One group a parameter; a group with two could drop what was asked for."""
    two = GOOD.replace("  year: {", "  code: {type: code, example: '1'}\n#+   year: {").replace(
        "?outcome oh:year ?_year", "?outcome oh:year ?_year ; oh:code ?_code"
    )
    with pytest.raises(QueryError, match="holds another parameter"):
        lint(_question(two))


def test_a_parameter_is_no_property() -> None:
    """There it would change what is asked."""
    text = (
        "#+ parameters: {p: {type: iri, example: 'urn:x:p'}}\nSELECT ?s { ?s ?_p ?o } ORDER BY ?s"
    )
    with pytest.raises(QueryError, match="place of a property"):
        bind(_question(text), {"p": "urn:x:p"}, resolve=lambda *_: ())


def test_several_meanings_become_values() -> None:
    """In the innermost group, in a sub-select as well; one meaning takes the variable's place."""
    text = (
        "#+ parameters: {code: {type: code, example: '1.4'}}\n"
        "SELECT ?s { ?s oh:a ?_code . { SELECT ?s { ?s oh:b ?_code } } } ORDER BY ?s"
    )
    one = bind(_question(text), {"code": "1"}, resolve=lambda *_: ("urn:x:1",)).text
    two = bind(_question(text), {"code": "1"}, resolve=lambda *_: ("urn:x:1", "urn:x:2")).text

    assert one.count("<urn:x:1>") == 2
    assert "_code" not in one
    assert two.count("VALUES ?_code { <urn:x:1> <urn:x:2> }") == 2


def test_a_resolver_cannot_smuggle() -> None:
    """An IRI that is none is refused, whoever gives it."""
    text = (
        "#+ parameters: {code: {type: code, example: '1.4'}}\n"
        "SELECT ?s { ?s ?p ?_code } ORDER BY ?s"
    )
    with pytest.raises(QueryError, match="Parameter code"):
        bind(_question(text), {"code": "1"}, resolve=lambda *_: ("urn:x:1> . ?a ?b <urn:x:2",))


def test_a_project_cannot_take_a_shipped_name(tmp_path: Path) -> None:
    """Two questions of one name are an error that names both files."""
    for folder in ("shipped", "own"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.rq").write_text(GOOD, "utf-8")
    with pytest.raises(QueryError, match=r"own/mine\.rq: .*shipped/mine\.rq"):
        load_library(tmp_path / "shipped", tmp_path / "own")


def test_order_of_the_library(tmp_path: Path) -> None:
    """By name, from all folders; a folder that is not there is empty."""
    (tmp_path / "b.rq").write_text(GOOD, "utf-8")
    (tmp_path / "a.rq").write_text(GOOD, "utf-8")

    assert list(load_library(tmp_path, tmp_path / "none")) == ["a", "b"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, or not UTF-8: one line each."""
    with pytest.raises(QueryError, match=r"none\.rq: cannot be read"):
        read_question(tmp_path / "none.rq")
    (tmp_path / "latin.rq").write_bytes(b"#+ summary: \xe9t\xe9\nASK {}")
    with pytest.raises(QueryError, match="not UTF-8"):
        read_question(tmp_path / "latin.rq")


def test_a_name_that_is_none() -> None:
    """The nearest ones are told."""
    with pytest.raises(UsageError, match="did you mean outcomes"):
        named("outcome", {"outcomes": _question(GOOD)})


def test_sparql_files_and_names(small, library, tmp_path: Path) -> None:
    """WHAT is a name, a file or SPARQL."""
    file = tmp_path / "mine own.rq"
    file.write_text("#+ summary: x\nASK { ?f a oh:Fragment }", "utf-8")

    for what in (str(file), "ASK { ?f a oh:Fragment }", "ask{?f a oh:Fragment}"):
        assert small.run(small.prepare(what, {}, library=library)).boolean is True
