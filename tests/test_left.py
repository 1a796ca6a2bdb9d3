"""Files beside a harvest that are none of it: told by name, and no reason to fail."""

import json
import zipfile
from pathlib import PurePath

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.config import load_config
from kg.difference import difference
from kg.errors import SourceError
from kg.pipeline import build
from kg.query.library import load_library
from kg.read import Headings, expand_sources, inspect_source
from kg.read.content import Content
from kg.read.own import is_own
from kg.resources import resource

HEAD = "Fragment ID,Outcome description,Confidential\n"
ROW = "A1,The council met.,no\n"
NOTES = "Minutes\nDate: 3 May 2022\nPlace: the library\nWe agreed to call again: on Monday.\n"
OTHERS = ("letter.pdf", "slides.pptx", "photo.PNG", "mail.msg")
SILENT = (".DS_Store", "~$a.xlsx", "Thumbs.db", "desktop.ini", "README.pdf", "~WRL0001.tmp")


@pytest.fixture
def sources(tmp_path):
    """A harvest, and what lies beside it on anybody's disk."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.csv").write_text(HEAD + ROW, "utf-8")
    for name in (*OTHERS, *SILENT):
        (folder / name).write_bytes(b"x")
    (folder / "sub" / "scan.tiff").write_bytes(b"x")
    return folder


def _run(folder, *words):
    done = CliRunner().invoke(app, ["-C", str(folder), *words], env={"COLUMNS": "80"})
    return done.exit_code, done.stdout, " ".join(done.stderr.split())


def _told(report, reason):
    return [f.where.file for f in report.findings if f.reason == reason]


def test_files_of_other_kinds_are_told_by_name_and_fail_nothing(sources):
    """By kg build in one line, with status 0; what systems leave behind stays unsaid."""
    status, _, said = _run(sources.parent, "build", str(sources), "--no-ner")
    report = json.loads((sources.parent / "output/internal/report.json").read_bytes())

    assert status == 0
    assert (
        "letter.pdf, mail.msg, photo.PNG, slides.pptx, sub/scan.tiff: Files of kinds that kg does "
        "not read; nothing of them is in the harvest."
    ) in said
    assert [w["file"] for w in report["warnings"] if w["reason"] == "other-kind"] == [
        *("letter.pdf", "mail.msg", "photo.PNG", "slides.pptx", "sub/scan.tiff")
    ]


def test_a_file_of_another_kind_that_was_named_is_told_as_one_in_a_folder(sources):
    """A shell writes out the names of a folder."""
    named = [sources / "a.csv", sources / "letter.pdf"]
    report = build(load_config(sources.parent), named, ner=False, strict=True).report

    assert (_told(report, "other-kind"), report.unread) == (["letter.pdf"], ())


def test_alone_it_is_refused(sources):
    """There is nothing else to build."""
    with pytest.raises(SourceError, match=r"letter\.pdf: no reader for this kind of file"):
        build(load_config(sources.parent), [sources / "letter.pdf"], ner=False)


def test_in_an_archive_they_are_told_too(sources, tmp_path):
    """By kg inspect as well; what one system adds beside each file is not."""
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(sources / "a.csv", "a.csv")
        for name in ("b/letter.pdf", "__MACOSX/._letter.pdf", ".DS_Store", "framework.xlsx"):
            made.writestr(name, b"x")
        made.writestr("empty.csv", b"")
    report = build(load_config(tmp_path), [archive], ner=False).report
    status, shown, _ = _run(tmp_path, "inspect", str(archive))

    assert _told(report, "other-kind") == ["all.zip/b/letter.pdf"]
    assert _told(report, "framework-not-named") == ["all.zip/framework.xlsx"]
    assert (status, "all.zip/b/letter.pdf: kg reads no files of this kind" in shown) == (0, True)
    assert "Fragment ID" in shown  # an empty file behind it takes nothing away


def test_inspect_shows_a_folder_file_by_file(sources):
    """And tells, at the end, what is not read."""
    (sources / "b.csv").write_bytes(b"%PDF-1.7")
    (sources / "notes.txt").write_text(NOTES, "utf-8")
    status, shown, _ = _run(sources.parent, "inspect", str(sources))
    shown = " ".join(shown.split())

    assert status == 0
    assert "a.csv: CSV" in shown
    assert "b.csv: This file is not read: expected a table as text, but this is a PDF" in shown
    assert "notes.txt: Nothing in this text looks like a record; it is not read." in shown
    assert "letter.pdf, mail.msg, photo.PNG" in shown


@pytest.mark.parametrize("name", ["notes.txt", "minutes.md"])
def test_a_text_without_records_is_no_broken_harvest(sources, name):
    """Told in one line; kg build ends with 0, strict or not, and kg diff goes on."""
    (sources / name).write_text(NOTES, "utf-8")
    config = load_config(sources.parent)
    report = build(config, [sources], ner=False, strict=True).report
    status, _, said = _run(sources.parent, "build", str(sources), "--no-ner")

    assert (_told(report, "no-records"), report.unread) == ([name], ())
    assert (status, f"{name}: Nothing in this text looks like a record" in said) == (0, True)
    assert difference(sources, sources / "a.csv", config).records == ()


def test_a_text_that_has_headings_but_no_description_is_one(sources):
    """Three known headings are a harvest; whoever wrote it has to know that it is not read."""
    text = "**Fragment ID**: B1\n**Country**: Mali\n**Year**: 2022\n**What has come of it**: x\n"
    (sources / "b.txt").write_text(text, "utf-8")
    status, _, said = _run(sources.parent, "build", str(sources), "--no-ner")

    assert (status, "b.txt: This file is not read: no record found" in said) == (1, True)


def test_a_text_that_held_records_takes_none_away(sources):
    """Somebody changed its headings: that is no decision to withdraw what it told."""
    text = sources / "b.txt"
    text.write_text("**Outcome description**: The board answered.\n**Confidential**: no\n", "utf-8")
    build(load_config(sources.parent), [sources], ner=False)
    text.write_text("**What came**: The board answered.\n**Secret**: no\n", "utf-8")

    with pytest.raises(SourceError, match=r"b\.txt: nothing in this text .* holds 1 records"):
        build(load_config(sources.parent), [sources], ner=False)
    text.unlink()
    assert len(build(load_config(sources.parent), [sources], ner=False).changes.went) == 1


def test_a_framework_that_nobody_reads_is_told(sources, tmp_path):
    """In a folder of sources it would be missed; beside kg.toml it is read."""
    for place in (sources, tmp_path):
        (place / "framework.csv").write_text("kind,code,label\noutcome,1.4,Safer\n", "utf-8")
    (sources / "activity.xml").write_text("<x/>", "utf-8")
    report = build(load_config(tmp_path), [tmp_path], ner=False).report

    assert _told(report, "framework-not-named") == ["in/activity.xml", "in/framework.csv"]


def test_a_header_that_is_not_understood_keeps_a_table_broken(sources):
    """A table is what an export looks like: in words that kg does not know it is one still."""
    (sources / "b.csv").write_text("Lp.,Opis,Kraj\n1,Spotkali się,Mali\n", "utf-8")

    assert _run(sources.parent, "build", str(sources), "--no-ner")[0] == 1
    with pytest.raises(SourceError):
        inspect_source(sources / "letter.pdf", headings=Headings.load())


WRITTEN = {
    "worklist.xlsx": ("check",),
    "worklist.csv": ("check",),
    "review.xlsx": ("review", "--export"),
    "report.xlsx": ("export", "xlsx", "--audience", "internal"),
    "tables.zip": ("export", "csv", "--audience", "internal"),
    "rows.csv": ("query", "outcomes", "--format", "csv"),
    "rows.tsv": ("query", "words-behind", "-p", "fragment=a1", "--format", "tsv"),
    "rows.xlsx": ("query", "outcomes", "--format", "xlsx"),
    "names.csv": ("mentions", "--format", "csv"),
    "trace.csv": ("trace", "a1", "--format", "csv"),
    "bodies.csv": ("organisations", "--export"),
}


def test_what_kg_wrote_is_never_a_source(sources):
    """Answers kept where the exports lie: a build of that folder reads the exports alone."""
    _run(sources, "build", str(sources), "--no-ner")
    for name, words in WRITTEN.items():
        to = [] if words[-1] == "--export" else ["-o"]
        status, _, said = _run(sources, *words, *to, str(sources / name))
        assert status == 0, (name, said)
    (sources / "diff.csv").write_text(
        _run(sources, "diff", *[str(sources / "a.csv")] * 2, "--format", "csv")[1]
    )
    with zipfile.ZipFile(sources / "all.zip", "w") as made:
        made.writestr("b.csv", HEAD + "B1,The board answered.,no\n")
        made.write(sources / "report.xlsx", "report.xlsx")
    result = build(load_config(sources), [sources], ner=False)

    assert (result.report.rows_read, result.report.unread) == (2, ())
    assert sorted(_told(result.report, "own-output")) == sorted(
        [*WRITTEN, "diff.csv", "all.zip/report.xlsx"]
    )


def test_every_answer_of_the_library_is_known_by_its_header():
    """A question that is added tomorrow, too."""
    headers = [",".join(q.columns) for q in load_library(resource("queries")).values()]
    known = [is_own(PurePath("x.csv"), Content.of(f"{head}\n1\n".encode())) for head in headers]

    assert (len(headers) >= 17, all(known)) == (True, True)


def test_a_file_that_kg_wrote_and_that_is_named_alone_is_read(sources):
    """Somebody means it."""
    report = sources / "report.csv"
    report.write_text("key,fragment_id,title\n", "utf-8")

    assert expand_sources([report]) == (report,)
