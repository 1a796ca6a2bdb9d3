"""Figures of a network: each can be worked out by hand, is the same on every run, has its words."""

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kg.analysis import By, chains, figures, groups, periods, standings, together
from kg.analysis.shown import cell
from kg.analysis.tables import SHOWN
from kg.cli.figures import show_figures
from kg.cli.terminal import Terminal
from kg.grid import Grid
from kg.messages import column_name
from kg.network import Passage, Words

TEXT = "One. RVE taught the course! And\nUMT sang."


def harvest(parts, *, rounds=None, links=()):
    """A graph as `whole` makes it: outcome → its organisations; (start, relation, end)."""
    graph = nx.MultiDiGraph()
    for outcome in sorted({*parts, *(end for a, _, b in links for end in (a, b))}):
        graph.add_node(
            outcome,
            kind="outcome",
            label=outcome,
            short="",
            fields=(("round", ({"": rounds[outcome]},)),) if rounds else (),
        )
    for outcome, bodies in sorted(parts.items()):
        for body in bodies:
            name, _, relation = body.partition(":")
            graph.add_node(name, kind="organisation", label=name.upper(), short="", fields=())
            passage = Passage(outcome, outcome, "description", "", TEXT, narrative=True)
            relation = relation or "contributor"
            graph.add_edge(
                name,
                outcome,
                key=relation,
                relation=relation,
                family="claim",
                words=(Words(passage, 5, 8),),
            )
    for start, relation, end in links:
        graph.add_edge(start, end, key=relation, relation=relation, family="claim", words=())
    return graph


#      a ─ b          d ─ e
#       \ /            \ /
#        c ──────────── f       and g alone
TWO = {
    "o1": ["a", "b", "c"],
    "o2": ["a", "b", "c"],
    "o3": ["d", "e", "f"],
    "o4": ["c", "f"],
    "o5": ["g"],
}


def by_name(found):
    return {one.organisation: one for one in found}


def test_figures_of_a_network_that_can_be_worked_out_by_hand():
    """Two triangles and a bridge between them: c and f are on every way across."""
    met = together(harvest(TWO))
    found = by_name(standings(met))

    assert found["c"].outcomes == ("o1", "o2", "o4")
    assert found["c"].partners == ("a", "b", "f")
    # Of 15 pairs of the 6 others 6 lead through c: a and b with d, e and f.
    assert found["c"].between == pytest.approx(6 / 15, abs=1e-4)
    assert (found["c"].only_link, found["a"].only_link) == (True, False)
    assert (found["c"].reaches, found["a"].reaches) == (2, 1)
    assert (found["g"].group, found["g"].partners, found["g"].reaches) == (0, (), 0)
    assert found["a"].group == found["b"].group == found["c"].group
    assert found["d"].group == found["e"].group == found["f"].group != found["a"].group


def test_groups_tell_what_ties_them_and_what_leads_outside():
    """The outcome that two groups share is outside of both."""
    met = together(harvest(TWO))
    first, second = groups(met, standings(met))

    assert [m.organisation for m in first.members] == ["c", "a", "b"]
    assert (first.outcomes, first.outside) == (("o1", "o2"), ("o4",))
    assert (second.outcomes, second.outside) == (("o3",), ("o4",))


def test_a_list_of_thirty_names_does_not_outweigh_thirty_pairs():
    """Weights are those of Newman: an outcome of n organisations adds 1 / (n - 1) to each pair."""
    met = together(harvest({"o1": [f"b{n:02}" for n in range(31)], "o2": ["b00", "b01"]}))

    assert met.edges["b02", "b03"]["weight"] == pytest.approx(1 / 30)
    assert met.edges["b00", "b01"]["weight"] == pytest.approx(1 + 1 / 30)


def test_a_bare_mention_is_no_part_unless_asked_for():
    """A name without a role says that somebody wrote it down."""
    graph = harvest({"o1": ["a", "b:mentioned"]})

    assert list(together(graph)) == ["a"]
    assert list(together(graph, mentioned=True)) == ["a", "b"]


def test_a_chain_stands_in_order_of_time_whoever_states_it():
    """ "Builds on" is stated by the later record, "led to" by the earlier one."""
    links = [("o2", "builds-on", "o1"), ("o2", "led-to", "o3"), ("o4", "builds-on", "o1")]
    (chain,) = chains(harvest({}, links=[*links, ("o9", "see-also", "o8")]))

    assert [(s.before, s.after) for s in chain.longest] == [("o1", "o2"), ("o2", "o3")]
    assert len(chain.steps) == 3
    assert (chain.outcomes, chain.circle) == (("o1", "o2", "o3", "o4"), False)


def test_what_both_ends_state_is_one_step():
    """With the words of both."""
    links = [("o2", "builds-on", "o1"), ("o1", "led-to", "o2")]
    (chain,) = chains(harvest({}, links=links))

    assert len(chain.steps) == 1


def test_a_circle_is_told_and_has_no_longest_way():
    """Outcomes cannot grow out of themselves: some link is wrong, and a person must look."""
    links = [("o1", "led-to", "o2"), ("o2", "led-to", "o1"), ("o3", "led-to", "o1")]
    (chain,) = chains(harvest({}, links=links))

    assert (chain.circle, chain.longest) == (True, ())


def test_periods_tell_who_came_stayed_came_back_and_went():
    """Round 10 comes after round 9, and records without a round stand last."""
    parts = {"o1": ["a", "b"], "o2": ["b", "c"], "o3": ["a", "c"], "o4": ["a"]}
    rounds = {"o1": "Round 2", "o2": "Round 9", "o3": "Round 10", "o4": ""}
    found = periods(harvest(parts, rounds=rounds), By.ROUND)
    third = found[2]

    assert [p.name for p in found] == ["Round 2", "Round 9", "Round 10", ""]
    assert (third.new, third.again, third.back, third.gone) == ((), ("c",), ("a",), ("b",))
    assert [(p.pairs, p.new_pairs) for p in found] == [(1, 1), (1, 1), (1, 1), (0, 0)]


def test_an_empty_harvest_has_empty_figures():
    """And breaks nothing."""
    empty = nx.MultiDiGraph()

    assert [figures(empty, v).rows for v in ("organisations", "groups", "chains", "periods")] == [
        (),
        (),
        (),
        (),
    ]


_BODIES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5)


@given(st.dictionaries(st.sampled_from([f"o{n}" for n in range(9)]), _BODIES, max_size=9))
def test_figures_hold_together(parts):
    """Partners are mutual, groups hold every organisation that has a partner once, shares ≤ 1."""
    graph = harvest(parts)
    met = together(graph)
    stand = standings(met)
    of = by_name(stand)
    members = [m.organisation for g in groups(met, stand) for m in g.members]
    exact = nx.betweenness_centrality(met)

    assert all(one.organisation in of[p].partners for one in stand for p in one.partners)
    assert sorted(members) == sorted(one.organisation for one in stand if one.partners)
    assert all(one.between == round(exact[one.organisation], 6) for one in stand)
    assert {o for one in stand for o in one.outcomes} == {
        o for o, bodies in parts.items() if bodies
    }


def test_large_networks_are_estimated_and_say_so():
    """Betweenness of a large network would take minutes; the first stays the first."""
    parts = {f"o{n}": ["hub", f"b{n}"] for n in range(2_500)}
    found = figures(harvest(parts))

    assert found.sampled is not None
    assert found.rows[0]["organisation"] == "hub"
    assert found.rows[0]["between"] > 0.9


def test_the_words_of_a_figure_come_with_their_sentence():
    """A sentence ends behind its mark or with its line, as in words-behind."""
    (row,) = figures(harvest({"o1": ["a"]})).rows

    assert row["words"] == [
        {
            "key": "o1",
            "field": "description",
            "start": 5,
            "end": 8,
            "quote": "RVE",
            "sentence": "RVE taught the course!",
        }
    ]


def test_sentences_are_those_of_the_question_words_behind(example):
    """One rule for where a sentence ends, in SPARQL and in Python."""
    keys = ("eql001", "jus001", "tru003")
    asked = {
        (r["key"], r["field"].replace("_", "-"), r["start"], r["end"]): r["sentence"]
        for key in keys
        for r in example.query("words-behind", fragment=key).records()
    }
    told = {
        (w["key"], w["field"], w["start"], w["end"]): w["sentence"]
        for row in example.figures().rows
        for w in row["words"]
        if w["key"] in keys
    }

    assert told
    assert {place: asked[place] for place in told} == told


def kg(*arguments, cwd, seed="0"):
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": seed},
    )


def test_the_command_gives_the_same_bytes_on_every_run(example):
    """Whatever the seed of hashes; counts are those of the question library."""
    runs = [kg("network", "--format", "json", cwd=example.config.root, seed=s) for s in ("1", "2")]
    rows = json.loads(runs[0].stdout)
    pairs = sum(row["partners"] for row in rows) // 2
    asked = example.query(
        """
        PREFIX oh: <https://w3id.org/outcome-harvest/ns#>
        PREFIX ohv: <https://w3id.org/outcome-harvest/vocab/>
        SELECT DISTINCT ?a ?b WHERE {
          ?one oh:inOutcome ?o ; oh:agent ?a ; oh:role ?r . ?other oh:inOutcome ?o ;
          oh:agent ?b ; oh:role ?s . ?a a oh:Organisation . ?b a oh:Organisation .
          FILTER(STR(?a) < STR(?b) && ?r != ohv:role-mentioned && ?s != ohv:role-mentioned)
        }"""
    )

    assert runs[0].stdout == runs[1].stdout
    assert pairs == len(asked.rows) > 20


@pytest.mark.parametrize("view", ["organisations", "groups", "chains", "periods"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_view_fits_the_window_and_explains_itself(example, view, language, monkeypatch):
    """At 60, 80 and 120 columns: each number and each word of a heading whole, and care taken."""
    by = By.YEAR if view == "periods" else By.ROUND
    found = figures(example.network(), view, by=by)
    rows = [[str(cell(c, row, language)) for c in SHOWN[view]] for row in found.rows]
    headings = [column_name(column, language) for column in SHOWN[view]]
    sure = {"en": ("Read with care", "never a proven cause"), "fr": ("prudence", "cause prouvée")}
    for width in ("60", "80", "120"):
        monkeypatch.setenv("COLUMNS", width)
        out, err = shown(found, language)

        assert max(map(len, out.splitlines())) <= int(width)
        assert numbers(out) == sum(map(numbers, (" ".join(row) for row in rows)), Counter())
        assert {w for heading in headings for w in heading.split()} <= set(out.split())
        assert "…" not in out.replace("…", "", "".join(map("".join, rows)).count("…"))
        assert any(word in " ".join(err.split()) for word in sure[language])


def shown(found, language):
    """What `kg network` prints of a view: result, and what is said beside it."""
    terminal = Terminal()
    terminal.language = language
    terminal.out.file, terminal.err.file = io.StringIO(), io.StringIO()
    show_figures(found, top=100, form="table", output=None, terminal=terminal)
    return terminal.out.file.getvalue(), terminal.err.file.getvalue()


def numbers(text):
    """Numbers that stand whole, and how often."""
    return Counter(re.findall(r"(?<![\w,.])[0-9]+(?:[.,][0-9]+)?(?![\w])", text))


@given(
    st.lists(st.lists(st.integers(0, 10**9), min_size=9, max_size=9), min_size=1, max_size=4),
    st.lists(st.text("abcé -", min_size=1, max_size=30), min_size=9, max_size=9),
    st.integers(45, 130),
)
def test_a_number_is_never_cut_in_any_table(rows, headings, width):
    """Whatever the headings, the numbers and the window: all of them stand there, whole."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(Grid(headings, [[*map(str, row)] for row in rows], right=range(9)))
    out = console.file.getvalue()

    assert numbers(out) == Counter(str(value) for row in rows for value in row)
    assert max(len(line) for line in out.splitlines()) <= width


def test_one_organisation_is_told_in_sentences_with_its_words(example):
    """What an evaluator would write down, and on what it rests."""
    told = kg("network", "--about", "WSRA", cwd=example.config.root)

    assert "It has a part in 5 of 60 outcomes" in told.stdout
    assert "WSRA now visits each of them at home." in told.stdout


def test_an_unknown_name_is_one_clear_line(example):
    """And the right exit status."""
    told = kg("network", "--about", "Nobody of the Kind", cwd=example.config.root)

    assert told.returncode != 0
    assert told.stdout == ""
    assert "Nobody" not in told.stderr
