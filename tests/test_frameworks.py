"""Codes and framework nodes: scope, parents, what is unknown, what is a gap."""

from types import SimpleNamespace

import pytest

from kg.frameworks import declare, frameworks
from kg.model import Choice, Code, Fragment, FrameworkEntry, Origin, Statement
from kg.vocab import Names, slug

NAMES = Names("https://d.example/")
PLACES = SimpleNamespace(read=lambda text: Choice("place", slug(text), text))


def _fragment(key, cell, *codes, country="Mali", unlinked=None, objectives=()):
    return Fragment(
        key=key,
        identifier=key,
        origins=(Origin("a.csv", 2, "text/csv"),),
        statements=(Statement("framework_link", "Link", cell, narrative=False),),
        empty=(),
        confidential=True,
        label="A change",
        language="en",
        programme=None,
        year=None,
        round=None,
        country=Choice("place", slug(country), country) if country else None,
        codes=tuple(
            Code(kind, number, "framework_link", cell.index(text), cell.index(text) + len(text))
            for kind, number, text in codes
        ),
        objectives=tuple(objectives),
        unlinked=unlinked,
    )


def _linked(fragments, entries=(), versions=None):
    return frameworks(
        fragments,
        declared=declare(entries, programme="P", versions=versions or {}, places=PLACES),
        programme="P",
        names=NAMES,
        language="en",
    )


def _entry(kind, code, label="L", **more):
    return FrameworkEntry(kind, code, label, **more)


def test_the_same_code_of_two_countries_is_two_nodes():
    """A code is scoped by its country, never merged on the number."""
    found = _linked(
        [
            _fragment("a", "1.4", ("outcome", "1.4", "1.4")),
            _fragment("b", "1.4", ("outcome", "1.4", "1.4"), country="Niger"),
        ]
    )

    assert found.links["a"] != found.links["b"]


def test_the_parent_of_an_output_is_read_from_its_number():
    """1.4.1 lies under 1.4, also where nobody states 1.4."""
    found = _linked([_fragment("a", "output 1.4.1", ("output", "1.4.1", "output 1.4.1"))])
    nodes = {n.notation: n for n in found.nodes}

    assert nodes["1.4.1"].broader == nodes["1.4"].iri
    assert nodes["1.4"].kind == "outcome"
    assert nodes["1.4"].broader is None


def test_what_stands_above_an_outcome_comes_from_a_table_alone():
    """An objective is above an outcome only where framework.csv says so."""
    entries = [
        _entry("objective", "CIV"),
        _entry("outcome", "1.4", parent="CIV", country="Mali"),
    ]
    found = _linked([_fragment("a", "1.4", ("outcome", "1.4", "1.4"))], entries)
    nodes = {n.notation: n for n in found.nodes}

    assert nodes["1.4"].broader == NAMES.objective("p", "CIV")


def test_a_code_that_its_countrys_table_lacks_is_kept_and_counts_as_unlinked():
    """Unknown code: a node that nobody declared, a mention, a finding, a reason."""
    entries = [_entry("outcome", "1.1", country="Mali")]
    found = _linked([_fragment("a", "9.9", ("outcome", "9.9", "9.9"))], entries)

    assert found.links["a"] == (NAMES.node("p", "mali", "1", "outcome", "9.9"),)
    assert found.unlinked["a"] == "unknown-code"
    assert [f.reason for f in found.findings] == ["unknown-code"]
    assert found.mentions[0].entity in {n.iri for n in found.nodes if not n.declared}


def test_one_good_code_beside_a_bad_one_is_linked():
    """The bad one is a finding."""
    entries = [_entry("outcome", "1.1", country="Mali")]
    codes = [("outcome", "1.1", "1.1"), ("outcome", "9.9", "9.9")]
    found = _linked([_fragment("a", "1.1, 9.9", *codes)], entries)

    assert "a" not in found.unlinked
    assert len(found.findings) == 1


def test_without_a_table_a_readable_code_links():
    """A programme that has no table yet loses no link."""
    entries = [_entry("outcome", "1.1", country="Niger")]
    found = _linked([_fragment("a", "9.9", ("outcome", "9.9", "9.9"))], entries)

    assert len(found.links["a"]) == 1
    assert not found.unlinked


def test_a_table_without_countries_is_the_programmes():
    """Codes of every country belong to it."""
    entries = [_entry("outcome", "1.1")]
    found = _linked([_fragment("a", "1.1", ("outcome", "1.1", "1.1"))], entries)

    assert found.links["a"] == (NAMES.node("p", None, "1", "outcome", "1.1"),)


def test_a_bare_number_is_what_the_table_says_it_is():
    """Depth alone decides only where no table does."""
    entries = [_entry("output", "1.4", country="Mali")]
    bare = _linked([_fragment("a", "1.4", ("outcome", "1.4", "1.4"))], entries)
    said = _linked([_fragment("a", "outcome 1.4", ("outcome", "1.4", "outcome 1.4"))], entries)

    assert not bare.unlinked
    assert said.unlinked == {"a": "unknown-code"}


@pytest.mark.parametrize(("versions", "label"), [({}, "new"), ({"Mali": "1"}, "old")])
def test_the_version_that_counts(versions, label):
    """The highest version of a country, unless kg.toml names one."""
    entries = [
        _entry("outcome", "1.1", "old", country="Mali", version="1"),
        _entry("outcome", "1.1", "new", country="Mali", version="2"),
    ]
    found = _linked([_fragment("a", "1.1", ("outcome", "1.1", "1.1"))], entries, versions)
    linked = {n.iri: n.label for n in found.nodes}[found.links["a"][0]]

    assert linked == label


def test_a_circle_in_a_table_ends():
    """A table whose parents go round does not hang the build."""
    entries = [
        _entry("outcome", "1.1", country="Mali", parent="1.2"),
        _entry("outcome", "1.2", country="Mali", parent="1.1"),
    ]

    assert len(_linked([], entries).nodes) == 2


def test_a_parent_that_no_table_lists_is_told():
    """Nothing is guessed above the line, and its line is named."""
    found = _linked([], [_entry("outcome", "1.1", country="Mali", parent="9.9", line=4)])

    assert [(f.reason, f.where.row) for f in found.findings] == [("unknown-parent", 4)]


def test_an_objectives_label_is_what_most_cells_say_and_a_table_beats_them():
    """Labels are learned from "CIV: …" unless framework.csv gives one."""

    def fragment(key, label):
        code = Code("objective", "CIV", "objective_link", 0, 3, label)
        return _fragment(key, "x", unlinked="objective-only", objectives=[code])

    cells = [fragment("a", "Space"), fragment("b", "Space"), fragment("c", "Room")]
    learned = _linked(cells).nodes[0].label
    declared = _linked(cells, [_entry("objective", "CIV", "Civic space")]).nodes[0].label

    assert (learned, declared) == ("Space", "Civic space")


def test_the_reason_of_a_fragment_without_codes_is_kept():
    """No code, objective only, unreadable, date: as the fragment stage read it."""
    found = _linked([_fragment("a", "soon", unlinked="unreadable")])

    assert found.unlinked == {"a": "unreadable"}
