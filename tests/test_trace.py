"""From an outcome up to what was promised, and down again, each link with its words."""

import pytest

from kg.errors import UsageError
from kg.trace import COLUMNS, TraceNode, trace_rows


def _kinds(node: TraceNode) -> set[str]:
    return {node.kind}.union(*(_kinds(child) for child in node.children))


def _steps(node: TraceNode) -> list[TraceNode]:
    return [node, *(step for child in node.children for step in _steps(child))]


def test_an_outcome_leads_up_to_the_programme(example):
    """Outcome, output, framework outcome, objective, programme; in that order."""
    tree = example.trace("LAR-2022/SPC001")
    output = next(c for c in tree.children if c.kind == "framework-output")
    way = [output]
    while way[-1].children:
        way.append(way[-1].children[0])

    assert [step.kind for step in way] == [
        "framework-output",
        "framework-outcome",
        "objective",
        "programme",
    ]


def test_each_link_shows_the_words_of_its_cell(example):
    """Quote and offsets are those of the cell as it was typed."""
    tree = example.trace("spc001")
    words = [w for child in tree.children for w in child.words]
    cell = "Outcome1.1, output 1.1.2"

    assert {w.quote for w in words if w.field == "framework-link"} == {
        "Outcome1.1",
        "output 1.1.2",
    }
    assert all(cell[w.start : w.end] == w.quote for w in words if w.field == "framework-link")


def test_a_code_leads_down_to_outcomes_and_shows_gaps(example):
    """What lies under it, who states a link to it, and where nobody does."""
    steps = _steps(example.trace("1.1"))
    keys = {step.key for step in steps if step.kind == "outcome"}

    assert {"spc001", "spc007"} <= keys
    assert any(step.kind == "gap" for step in steps)


def test_a_code_without_a_country_is_every_countrys(example):
    """1.1 exists four times, and stays four."""
    tree = example.trace("1.1")

    assert (len(tree.children), len({c.iri for c in tree.children})) == (4, 4)


def test_an_objective_and_an_organisation_lead_down(example):
    """From what was promised, and from who was named, to the outcomes."""
    objective, organisation = example.trace("EQL"), example.trace("AFTP")

    assert {"framework-outcome", "outcome"} <= _kinds(objective)
    assert {"eql002", "eql009"} <= {c.key for c in organisation.children}
    assert all(child.words for child in organisation.children)


@pytest.mark.parametrize("row", range(10))
def test_an_outcome_without_a_link_says_why(example, row):
    """The gap is a step of its own, beside the links that it has; as `unlinked-outcomes` has it."""
    unlinked = example.query("unlinked-outcomes").records()[row]
    tree = example.trace(str(unlinked["key"]))
    (gap,) = [child for child in tree.children if child.kind == "gap"]

    assert gap.label.endswith(f": {unlinked['reason']}")
    assert all(step.kind != "gap" for step in _steps(example.trace("SPC001")))


def test_the_way_down_from_an_organisation_shows_gaps(example):
    """An outcome that is linked to nothing says so there, too."""
    keys = {str(row["key"]) for row in example.query("unlinked-outcomes").records()}
    shown = {
        child.key: [step.kind for step in child.children]
        for row in example.query("organisations").records()[:20]
        for child in example.trace(str(row["organisation"])).children
        if child.key
    }
    gaps = {key for key, kinds in shown.items() if "gap" in kinds}

    assert gaps
    assert gaps == keys & set(shown)


def test_kinds_gaps_and_labels_speak_french(example):
    """Labels where the table has them in French, else as they are."""
    steps = _steps(example.trace("eql003", language="fr"))

    assert "aucun lien" in steps[-1].label
    assert "aucun code" in steps[-1].label


@pytest.mark.parametrize("typed", ["JUS004", "LAR-2022/JUS004"])
def test_an_id_given_twice_is_refused_with_the_candidates(example, typed):
    """Two fragments answer: the person chooses."""
    with pytest.raises(UsageError, match="jus004-"):
        example.trace(typed)


def test_the_table_has_a_row_for_every_step_and_word(example):
    """CSV loses nothing of the tree."""
    tree = example.trace("SPC001")
    rows = trace_rows(tree)

    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == sum(max(1, len(step.words)) for step in _steps(tree))
