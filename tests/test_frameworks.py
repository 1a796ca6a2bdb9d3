"""Codes and framework nodes: scope, parents, what is unknown, what is a gap."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from kg.config import NO_PROGRAMME
from kg.frameworks import declare, frameworks
from kg.model import Choice, Code, Fragment, FrameworkEntry, Origin, Statement
from kg.places import Places
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


@pytest.mark.parametrize(
    ("stated", "cell", "told"),
    [
        (["GEN"], "1.4", True),
        (["CIV"], "1.4", False),
        (["CIV", "GEN"], "1.4", False),
        ([], "1.4", False),
        (["GEN"], "1.4.1", True),
        (["CIV"], "1.5", False),
    ],
)
def test_a_code_under_another_objective_than_the_records_is_told(stated, cell, told):
    """Both count; where no table says what stands above a code, nothing is said."""
    listed = [
        *(_entry("objective", code) for code in ("CIV", "GEN")),
        _entry("outcome", "1.4", parent="CIV", country="Mali"),
        _entry("output", "1.4.1", country="Mali"),
        _entry("outcome", "1.5", country="Mali"),
    ]
    kind = "output" if cell == "1.4.1" else "outcome"
    objectives = [Code("objective", n, "objective_link", 0, 3) for n in stated]
    record = _fragment("a", cell, (kind, cell, cell), objectives=objectives)
    found = _linked([record], listed)
    against = [("objective-against-code", "framework_link", "a")] if told else []

    assert [(f.reason, f.where.field, f.key) for f in found.findings] == against
    assert {NAMES.objective("p", code) for code in stated} <= set(found.links["a"])


def test_an_objective_that_the_table_lacks_is_told_and_links_all_the_same():
    """As with codes: kept, shown, and listed for somebody to settle."""
    listed = [_entry("objective", "CIV")]
    objectives = [Code("objective", n, "objective_link", 0, 3) for n in ("SO5", "CIV")]
    cell = _fragment("a", "1.4", ("outcome", "1.4", "1.4"), objectives=objectives)
    found = _linked([cell], listed)

    assert NAMES.objective("p", "SO5") in found.links["a"]
    assert [(f.reason, f.where.field, f.key) for f in found.findings] == [
        ("unknown-objective", "objective_link", "a")
    ]


def test_where_no_table_lists_objectives_none_is_unknown():
    """A harvest without such a table hears nothing of it."""
    objectives = [Code("objective", "SO5", "objective_link", 0, 3)]
    cell = _fragment("a", "1.4", ("outcome", "1.4", "1.4"), objectives=objectives)

    assert _linked([cell], [_entry("outcome", "1.4", country="Mali")]).findings == ()


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


def _of(fragment, programme):
    return replace(fragment, programme=programme)


def _unnamed(fragments, entries):
    """In a project that names no programme."""
    return frameworks(
        fragments,
        declared=declare(entries, programme=NO_PROGRAMME, versions={}, places=PLACES),
        programme=NO_PROGRAMME,
        names=NAMES,
        language="en",
    )


def test_a_table_that_names_no_programme_speaks_for_those_that_records_name():
    """Neither it nor kg.toml tells programmes apart: one code, not one a programme beside it."""
    entries = [_entry("objective", "CIV"), _entry("outcome", "1.4", country="Mali", parent="CIV")]
    civ = Code("objective", "CIV", "framework_link", 0, 3)
    fragment = _fragment("a", "CIV 1.4", ("outcome", "1.4", "1.4"), objectives=[civ])
    other = _fragment("b", "CIV 1.4", ("outcome", "1.4", "1.4"), objectives=[civ])
    found = _unnamed([_of(fragment, "Alpha"), _of(other, "Beta")], entries)
    owner = slug(NO_PROGRAMME)

    assert found.links["a"] == found.links["b"]
    assert set(found.links["a"]) == {
        NAMES.node(owner, "mali", "1", "outcome", "1.4"),
        NAMES.node(owner, None, "1", "objective", "CIV"),
    }
    assert not found.unlinked
    assert len(found.nodes) == 2


def test_a_table_of_a_programme_speaks_for_nobody_else():
    """Where the table or kg.toml names one, the same code of another one is another code."""
    entries = [_entry("outcome", "1.4", country="Mali", programme="Alpha")]
    fragment = _fragment("a", "1.4", ("outcome", "1.4", "1.4"))
    named = _unnamed([_of(fragment, "Beta")], entries)
    settled = _linked([_of(fragment, "Beta")], [_entry("outcome", "1.4", country="Mali")])

    assert named.links["a"] == (NAMES.node("beta", "mali", "1", "outcome", "1.4"),)
    assert settled.links["a"] == (NAMES.node("beta", "mali", "1", "outcome", "1.4"),)


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


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        (
            [("outcome", "1.1", "1.2", 2), ("outcome", "1.2", "1.1", 3)],
            [(2, "row 3"), (3, "row 2")],
        ),
        ([("outcome", "1.1", "1.1", 2)], [(2, "its own parent")]),
        # The number puts 1.4.1 under 1.4, and the cell 1.4 under 1.4.1: one cell to correct.
        ([("output", "1.4", "1.4.1", 2), ("output", "1.4.1", "", 3)], [(2, "row 3")]),
        (
            [
                ("outcome", "1.1", "1.2", 2),
                ("outcome", "1.2", "1.3", 3),
                ("outcome", "1.3", "1.2", 4),
            ],
            [(3, "row 4"), (4, "row 3")],
        ),
    ],
)
def test_a_circle_in_a_table_is_refused_with_its_lines(entries, rows):
    """Nothing is put above any of them, and each line names the others."""
    found = _linked([], [_entry(k, c, parent=p, line=n, country="Mali") for k, c, p, n in entries])
    told = [f for f in found.findings if f.reason == "parent-circle"]

    assert [f.where.row for f in told] == [row for row, _ in rows]
    assert all(words in f.message for f, (_, words) in zip(told, rows, strict=True))
    assert sum(n.declared for n in found.nodes) == len(entries)


def test_a_line_below_a_circle_keeps_its_parent():
    """1.1 stands under 1.2, which goes round with 1.3."""
    found = _linked(
        [],
        [
            _entry("outcome", "1.1", parent="1.2", country="Mali"),
            _entry("outcome", "1.2", parent="1.3", country="Mali"),
            _entry("outcome", "1.3", parent="1.2", country="Mali"),
        ],
    )
    nodes = {n.notation: n for n in found.nodes}

    assert nodes["1.1"].broader == nodes["1.2"].iri
    assert (nodes["1.2"].broader, nodes["1.3"].broader) == (None, None)


@pytest.mark.parametrize(
    "cell", ["CIV", "civ", "CIV: Civic space", "objective CIV", "Objectif civ"]
)
def test_a_parent_may_be_an_objective_of_the_whole_programme(cell):
    """However it is written."""
    entries = [_entry("objective", "CIV"), _entry("outcome", "1.4", parent=cell, country="Mali")]
    nodes = {n.notation: n for n in _linked([], entries).nodes}

    assert nodes["1.4"].broader == nodes["CIV"].iri


@pytest.mark.parametrize(
    ("entries", "reason", "above"),
    [
        # (kind, code, parent, country); the last line is the one in question
        ([("output", "1.4", "", "Mali"), ("outcome", "1", "1.4", "Mali")], "parent-kind", None),
        ([("outcome", "1.4", "", "Mali"), ("objective", "CIV", "1.4", "")], "parent-kind", None),
        (
            [("outcome", "1.4", "", "Niger"), ("output", "1.4.1", "1.4", "Mali")],
            "parent-elsewhere",
            "1.4",
        ),
        (
            [("outcome", "1.3", "", "Mali"), ("output", "1.4.1", "1.3", "Mali")],
            "parent-number",
            "1.3",
        ),
        ([("outcome", "1.4", "", "Mali"), ("output", "1.4.1", "outcome 1.4", "Mali")], None, "1.4"),
        ([("objective", "1", "", ""), ("outcome", "2.1", "objective 1", "Mali")], None, "1"),
        ([("outcome", "A", "", "Mali"), ("output", "1.4.1", "A", "Mali")], None, "A"),
    ],
)  # fmt: skip
def test_a_parent_of_another_kind_country_or_number_is_told(entries, reason, above):
    """Only what may stand above a line is put there; a number that disagrees is told."""
    found = _linked([], [_entry(k, c, parent=p, country=w) for k, c, p, w in entries])
    kind, code = entries[-1][:2]
    node = next(n for n in found.nodes if (n.kind, n.notation) == (kind, code))
    notations = {n.iri: n.notation for n in found.nodes}

    assert [f.reason for f in found.findings] == ([reason] if reason else [])
    # In the third case the number speaks: an undeclared 1.4 of Mali.
    assert notations.get(node.broader) == above


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


def test_a_code_is_the_same_as_records_write_it():
    """Zero padding and small letters are spelling."""
    entries = [_entry("output", "07.3.1", country="Mali"), _entry("objective", "civ")]
    objective = Code("objective", "CIV", "objective_link", 0, 3)
    record = _fragment("a", "7.3.1", ("output", "7.3.1", "7.3.1"), objectives=[objective])
    found = _linked([record], entries)

    assert not found.unlinked
    assert {n.notation for n in found.nodes if n.declared} == {"7.3.1", "CIV"}


def test_of_two_files_the_first_counts_and_the_second_fills_in():
    """framework.csv puts an objective above what an activity file lists without one."""
    entries = [
        _entry("objective", "CIV"),
        _entry("outcome", "1.4", "", parent="CIV", country="Mali", line=3),
        _entry(
            "outcome", "1.4", "Safer", country="ML", line=9, file="a.xml",
            labels=(("en", "Safer"), ("fr", "Plus sûrs")),
        ),
    ]  # fmt: skip
    places = Places.load()
    declared = declare(entries, programme="P", versions={}, places=places)
    found = frameworks([], declared=declared, programme="P", names=NAMES, language="en")
    node = next(n for n in found.nodes if n.notation == "1.4")

    assert (node.label, node.language, node.others) == ("Safer", "en", (("fr", "Plus sûrs"),))
    assert node.broader == NAMES.objective("p", "CIV")
    assert [(f.reason, str(f.where)) for f in found.findings] == [
        ("code-twice", "a.xml, row 9, field code")
    ]


def test_an_unknown_country_or_version_is_told():
    """Not the whole programme's, and not silently another version's."""
    entries = [_entry("outcome", "1.4", country="Atlantis Minor", line=2)]
    declared = declare(entries, programme="P", versions={"Mali": "3"}, places=Places.load())

    assert [(f.reason, f.where.file, f.where.row) for f in declared.findings] == [
        ("unknown-country", "framework.csv", 2),
        ("unknown-version", "kg.toml", None),
    ]
    assert [scope[1] for scope, _, _ in declared.entries] == ["atlantis-minor"]


def _stating(key, cell, *objectives, field="objective_link", unlinked="no-code"):
    record = _fragment(key, "x", objectives=objectives, unlinked=unlinked)
    return replace(record, statements=(Statement(field, "Link", cell, narrative=False),))


LABELLED = [
    _entry(
        "objective", "CIV", "L'espace civique",
        labels=(("fr", "L'espace civique"), ("en", "Safer Towns")),
    ),
    _entry("objective", "PEA", "Peace", labels=()),
    _entry("objective", "TW1", "Twice"),
    _entry("objective", "TW2", "Twice"),
    _entry("outcome", "1.4", "Peace", country="Mali"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("[GCR 4.2.2]", ["GCR 4.2.2"]),
        ("ROSA 3:", ["ROSA 3"]),
        ("gcr 4.2.2; ROSA 3", ["GCR 4.2.2", "ROSA 3"]),
        ("GCR 4.2.1", []),
        ("SDG 16.9.1", []),
        ("GCR 4.2.2 people", []),
    ],
)
def test_a_code_in_letters_of_its_own_is_one_where_the_table_lists_it(cell, codes):
    """What no word of kg begins is no code elsewhere: GPS 1.4 is a place on the map."""
    entries = [_entry("output", code, country="Mali") for code in ("GCR 4.2.2", "ROSA 3")]
    record = _stating("a", cell, field="framework_link", unlinked="unreadable")
    found = _linked([record], entries)
    nodes = {node.iri: node.notation for node in found.nodes}

    assert [nodes[iri] for iri in found.links["a"]] == codes
    assert (("a", "unreadable-code", "framework_link") in found.settled) is bool(codes)


@pytest.mark.parametrize(
    ("cell", "codes", "settled"),
    [
        ("Safer Towns", ["CIV"], True),
        ("  SAFER TÖWNS. ", ["CIV"], True),
        ("l’ESPACE civique", ["CIV"], True),
        ("- Safer towns\n- Peace", ["CIV", "PEA"], True),
        ("Safer towns; peace", ["CIV", "PEA"], True),
        ("Safer towns; something else", ["CIV"], False),
        ("Safer town", [], False),
        ("Safer towns and peace", [], False),
        ("Twice", [], False),
    ],
)
def test_a_bare_label_is_its_code(cell, codes, settled):
    """Letter by letter, in any case and language of the table; never by likeness."""
    found = _linked([_stating("a", cell)], LABELLED)
    notations = {n.iri: n.notation for n in found.nodes}

    assert [notations[iri] for iri in found.links["a"]] == codes
    assert found.unlinked == {"a": "objective-only" if codes else "no-code"}
    assert (("a", "objective-without-code", "objective_link") in found.settled) == settled


def test_the_words_of_a_label_are_kept_with_how_they_were_read():
    """The mention stands on the label, without bullets and full stops."""
    (mention,) = _linked([_stating("a", "- Safer towns.")], LABELLED).mentions

    assert (mention.text, mention.start, mention.end) == ("Safer towns", 2, 13)
    assert (mention.method, mention.kind.value, mention.label) == (
        "framework-label",
        "objective",
        "CIV",
    )


def test_a_label_in_capitals_is_no_code():
    """ "SAFER TOWNS" reads like a code with its label, and is a label from end to end."""
    code = Code("objective", "SAFER", "objective_link", 0, 5)
    found = _linked([_stating("a", "SAFER TOWNS", code)], LABELLED)
    nodes = {n.iri: n.notation for n in found.nodes}

    assert [nodes[iri] for iri in found.links["a"]] == ["CIV"]
    assert "SAFER" not in nodes.values()


def test_a_label_belongs_to_its_column_and_country():
    """ "Peace" is an outcome of Mali in one column, an objective in the other."""
    cell = _stating("a", "Peace", field="framework_link", unlinked="unreadable")
    niger = replace(cell, key="b", country=Choice("place", "niger", "Niger"))
    found = _linked([cell, niger], LABELLED)
    nodes = {n.iri: (n.kind, n.notation) for n in found.nodes}

    assert [nodes[iri] for iri in found.links["a"]] == [("outcome", "1.4")]
    assert (found.links["b"], found.unlinked) == ((), {"b": "unreadable"})


def test_a_table_of_five_thousand_lines_is_quick():
    """Read, linked and labelled within seconds."""
    entries = [
        _entry("outcome" if n % 10 == 0 else "output", f"{n // 100}.{n % 100 // 10}"
               + (f".{n % 10}" if n % 10 else ""), f"Result {n}", country=f"Land {n % 7}", line=n)
        for n in range(5_000)
    ]  # fmt: skip
    begun = time.process_time()
    declared = declare(entries, programme="P", versions={}, places=Places.load())
    found = frameworks([], declared=declared, programme="P", names=NAMES, language="en")

    assert len(found.nodes) >= 5_000
    assert time.process_time() - begun < 5
