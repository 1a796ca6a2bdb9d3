"""Builds: rows accounted for, whole or not at all, the same bytes each time, what changed told."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kg.api import build
from kg.api import open as open_harvest
from kg.errors import SourceError, WorkspaceError

ROOT = Path(__file__).resolve().parent.parent

HEAD = "FragmentID;Country;Year;Outcome description;Link to framework;Confidential\n"
ROWS = (
    "D-1/A1;Botswana;2022;The council opened its meetings to the public.;Outcome 1.1;no\n"
    "D-1/A2;Botswana;2022;The school board answered a petition.;output 1.1.2;yes\n"
)


def _files(folder):
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def _build(folder, text=HEAD + ROWS, **options):
    source = folder / "harvest.csv"
    source.write_text(text, "utf-8")
    return build(source, project=folder, ner=False, **options)


def test_the_five_files_of_the_contract_are_there(tmp_path):
    """Records, graph, mentions, report, page; and nothing else beside the pointer."""
    _build(tmp_path)
    names = sorted(p.name for p in (tmp_path / "output" / "internal").iterdir())

    assert names == [
        ".versions",
        "CURRENT",
        "explorer.html",
        "harvest.trig",
        "mentions.jsonl",
        "records.jsonl",
        "report.json",
    ]


def test_no_triple_stands_in_two_graphs(example):
    """The engine would count it twice; a fragment's graph holds its own subjects alone."""
    quads = list(ox.parse(path=str(example.trig), format=ox.RdfFormat.TRIG))
    triples = {(q.subject, q.predicate, q.object) for q in quads}
    fragment = [q for q in quads if "/fragment/" in str(q.graph_name)]
    strangers = [q for q in fragment if q.subject.value.split("#")[0] != q.graph_name.value]

    assert len(quads) == len(triples)
    assert len(fragment) > 1000
    assert not strangers


def test_no_blank_node_and_no_clock(example):
    """The graph has no blank node, and names no day on which it was made."""
    text = example.trig.read_text("utf-8")

    assert "_:" not in text
    assert "xsd:dateTime" not in text


def test_rows_read_are_kept_rejected_or_duplicates(example):
    """Nothing of the example is lost, in all and for each file."""
    report = example.report
    per_file = report["sources"]

    assert report["rows_read"] == sum(
        report[name] for name in ("rows_kept", "rows_rejected", "duplicates")
    )
    assert [f["rows_read"] for f in per_file] == [
        f["rows_kept"] + f["rows_rejected"] + f["duplicates"] for f in per_file
    ]
    assert (report["rows_read"], report["duplicates"], len(per_file)) == (61, 1, 4)


def test_a_row_without_description_is_rejected_and_the_others_are_kept(tmp_path):
    """One clear line with file, row, field and reason."""
    harvest = _build(tmp_path, HEAD + ROWS + "D-1/A3;Botswana;2022;;Outcome 1.1;no\n")

    assert harvest.report["rejected"] == [
        {"file": "harvest.csv", "row": 4, "field": "description", "reason": "no description"}
    ]
    assert harvest.report["rows_kept"] == 2


def test_strict_builds_nothing_where_a_row_is_rejected(tmp_path):
    """The old harvest stays as it was."""
    before = _files(_build(tmp_path).folder)
    with pytest.raises(SourceError, match=r"harvest\.csv, row 4, field description"):
        _build(tmp_path, HEAD + ROWS + "D-1/A3;Botswana;2022;;x;no\n", strict=True)

    assert _files(tmp_path / "output" / "internal").items() >= before.items()


def test_an_id_twice_with_other_content_is_two_fragments_and_told(tmp_path):
    """Both are kept under longer keys."""
    harvest = _build(tmp_path, HEAD + ROWS + "D-1/A1;Botswana;2023;Another change.;1.2;no\n")
    keys = {row["k"] for row in harvest.select("SELECT ?k { ?f oh:key ?k }")}

    assert len(keys) == 3
    assert all(key == "a2" or key.startswith("a1-") for key in keys)
    assert "id-twice" in {w["reason"] for w in harvest.report["warnings"]}


def test_an_unreadable_code_is_told_and_the_record_is_kept(tmp_path):
    """The cell stays as it was typed; the outcome counts as unlinked, with the reason."""
    harvest = _build(tmp_path, HEAD + "D-1/A1;Botswana;2022;A change.;to be seen;no\n")
    rows = harvest.query("unlinked-outcomes").records()

    assert [(r["raw"], r["reason"]) for r in rows] == [("to be seen", "unreadable")]


def test_a_repeated_build_is_the_same_to_the_byte(tmp_path):
    """Whatever the hash seed, the time zone and the locale, in memory or laid aside on the disk."""
    versions = []
    aside = (
        "import kg.aside, kg.line, kg.__main__;"
        "kg.aside.HELD = kg.line.MENTIONS = 2; kg.__main__.main()"
    )
    for seed, zone, locale, how in (
        ("1", "UTC", "C", ["-m", "kg"]),
        ("2", "Asia/Tokyo", "C.UTF-8", ["-c", aside]),
    ):
        project = tmp_path / seed
        shutil.copytree(ROOT / "examples", project)
        settings = (project / "kg.toml").read_text("utf-8").replace("../output", "output")
        (project / "kg.toml").write_text(settings, "utf-8")
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        subprocess.run(
            [sys.executable, *how, "-C", str(project), "build", "--no-ner"],
            check=True,
            env=env,
            capture_output=True,
        )
        versions.append(_files(project / "output" / "internal"))

    assert versions[0] == versions[1]
    assert len(versions[0]) == 6


def test_the_order_and_names_of_sources_do_not_move_keys(tmp_path):
    """Rows move, files are renamed, other records come: keys stay."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one = _build(tmp_path / "a")
    turned = "".join(reversed(ROWS.splitlines(keepends=True)))
    more = "D-2/B9;Mauritius;2021;A radio kept its licence.;;no\n"
    (tmp_path / "b" / "other.csv").write_text(HEAD + more + turned, "utf-8")
    two = build(tmp_path / "b" / "other.csv", project=tmp_path / "b", ner=False)
    question = "SELECT ?k ?t { ?f oh:key ?k ; oh:reports/rdfs:label ?t }"
    found = [{(r["k"], r["t"]) for r in h.select(question)} for h in (one, two)]

    assert found[0] < found[1]


def test_a_build_says_what_came_changed_and_went(tmp_path):
    """A build replaces the last one."""
    from kg.config import load_config
    from kg.pipeline import build as run

    _build(tmp_path)
    source = tmp_path / "harvest.csv"
    source.write_text(
        HEAD
        + ROWS.splitlines()[0].replace("opened", "closed")
        + "\nD-1/A9;Botswana;2022;A new change.;;no\n",
        "utf-8",
    )
    news = run(load_config(tmp_path), [source], ner=False).changes

    assert (news.came, news.changed, news.went) == (("a9",), ("a1",), ("a2",))


def test_a_failed_build_leaves_the_last_one(tmp_path):
    """Nothing read: nothing replaced."""
    before = _files(_build(tmp_path).folder)
    with pytest.raises(SourceError):
        build(tmp_path / "none.csv", project=tmp_path)

    assert _files(open_harvest(tmp_path).folder) == before


def test_without_sources_the_error_says_what_to_type(tmp_path):
    """The next step stands in the error."""
    with pytest.raises(SourceError, match=r"kg build harvest\.xlsx"):
        build(project=tmp_path)


def test_an_output_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    """A file stands in its way."""
    (tmp_path / "output").write_text("in the way")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        _build(tmp_path)


def test_the_three_kinds_of_source_give_the_same_fragment(tmp_path):
    """Text block, CSV and Excel of one record are one fragment with three origins."""
    headings = HEAD.strip().split(";")
    cells = ROWS.splitlines()[0].split(";")
    (tmp_path / "one.csv").write_text(HEAD + ";".join(cells) + "\n", "utf-8")
    blocks = "\n".join(f"**{h}**: {c}" for h, c in zip(headings, cells, strict=True))
    (tmp_path / "one.txt").write_text(blocks + "\n", "utf-8")
    book = Workbook()
    book.active.append(["Harvest of a year"])
    book.active.append(headings)
    book.active.append([2022 if c == "2022" else c for c in cells])
    book.save(tmp_path / "one.xlsx")
    harvest = build(
        *(tmp_path / f"one.{suffix}" for suffix in ("csv", "txt", "xlsx")),
        project=tmp_path,
        ner=False,
    )
    origins = harvest.select("SELECT ?s { ?f prov:wasDerivedFrom ?s }")

    assert (harvest.report["counts"]["fragments"], harvest.report["duplicates"]) == (1, 2)
    assert len(origins) == 3


#: Invented people of the example, in full.
PEOPLE = ("Orsola Venn", "Tibo Marchenoir", "Lisane Courtevue", "Jonas Oberwilt", "Keddie Amorel")


def test_no_personal_name_reaches_graph_mentions_or_report(example):
    """What a person is called stands in the text alone: in no label, link, mention or warning."""
    persons = [m for m in example.mentions() if m["kind"] == "person"]
    texts = {
        (r["k"], r["f"].rpartition("field-")[2].replace("-", "_")): r["t"]
        for r in example.select(
            "SELECT ?k ?f ?t { ?x oh:key ?k ; oh:hasStatement ?s . "
            "?s oh:field ?f ; nif:isString ?t }"
        )
    }
    found = {texts[m["key"], m["field"]][m["start"] : m["end"]] for m in persons}
    said = example.select(
        "SELECT ?t { ?s nif:anchorOf|skos:prefLabel|skos:altLabel|oh:acronym ?t }"
    )
    written = "".join(
        (example.folder / name).read_text("utf-8") for name in ("report.json", "mentions.jsonl")
    )

    assert set(PEOPLE) <= found
    assert not [name for name in PEOPLE for row in said if name in row["t"]]
    assert not [name for name in PEOPLE if name in written]
    assert not [m for m in persons if "text" in m or m["label"] or m["entity"]]


def test_the_graph_of_the_example_breaks_no_rule(example):
    """It conforms to the shapes; what remains is the worklist."""
    findings = example.check()

    assert not [f for f in findings if f.severity == "violation"]
    assert len(findings) > 20


cell = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=0, max_size=40
)


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=4))
def test_whatever_stands_in_the_cells_every_row_is_accounted_for(rows, tmp_path_factory):
    """Any text in any field: the build ends, the file is valid, and the sums agree."""
    folder = tmp_path_factory.mktemp("any")
    book = Workbook()
    book.active.append(["FragmentID", "Outcome description", "Link to framework", "Country"])
    for a, b, c, d in rows:
        book.active.append([_legal(v) for v in (a, f"Change {b}", c, d)])
    book.save(folder / "any.xlsx")
    report = build(folder / "any.xlsx", project=folder, ner=False).report

    assert report["rows_read"] == len(rows)
    assert report["rows_read"] == (
        report["rows_kept"] + report["rows_rejected"] + report["duplicates"]
    )


def _legal(text):
    """A worksheet cannot hold most control characters; "=" would begin a formula."""
    kept = "".join(c for c in text if c.isprintable())
    return kept.lstrip("=+-@") or None


def test_a_file_without_a_record_does_not_empty_the_harvest(tmp_path):
    """The wrong file by mistake: refused, and what was there stays."""
    (tmp_path / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    full, empty = tmp_path / "full.csv", tmp_path / "empty.csv"
    full.write_text("ID,Outcome description\nX-1,The council met.\n", encoding="utf-8")
    empty.write_text("ID,Outcome description\n", encoding="utf-8")
    build(full, project=tmp_path)
    with pytest.raises(SourceError, match="nothing was changed"):
        build(empty, project=tmp_path)

    assert len(open_harvest(tmp_path).query("outcomes")) == 1


def test_a_broken_question_of_the_project_is_told_and_stops_nothing(tmp_path):
    """The page has the shipped questions; a finding names the file."""
    (tmp_path / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").write_text("SELECT nonsense", encoding="utf-8")
    source = tmp_path / "full.csv"
    source.write_text("ID,Outcome description\nX-1,The council met.\n", encoding="utf-8")
    found = build(source, project=tmp_path).report["warnings"]

    assert [w["reason"] for w in found if "mine.rq" in w["message"]] == ["broken-question"]
