"""A file that cannot be read: the others are, it is told, and nothing that was there is lost."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from kg.config import load_config
from kg.difference import difference
from kg.errors import SourceError
from kg.messages import in_words
from kg.pipeline import build

HEAD = "Fragment ID,Outcome description,Confidential\n"
BAD = b"PK\x03\x04 cut off"


@pytest.fixture
def sources(tmp_path):
    """A folder of two harvests, and a damaged workbook beside them."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(HEAD + "A1,The council met.,no\nA2,,no\n", "utf-8")
    (folder / "b.csv").write_text(HEAD + "B1,The board answered.,no\n", "utf-8")
    (folder / "bad.xlsx").write_bytes(BAD)
    return folder


def _build(folder, **options):
    return build(load_config(folder.parent), [folder], ner=False, **options)


def _kg(folder, *words):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_others_are_read_and_it_is_told(sources):
    """In the report, by kg build with status 1, and by kg check; rows add up without it."""
    status, _, said = _kg(sources.parent, "build", str(sources), "--no-ner")
    report = json.loads((sources.parent / "output/internal/report.json").read_bytes())
    told = [w for w in report["warnings"] if w["reason"] == "unreadable-file"]
    checked = _kg(sources.parent, "check", "--format", "json")
    assert checked[1], checked[2]
    lines = [f for f in json.loads(checked[1]) if f["reason"] == "unreadable-file"]

    assert status == 1
    assert "bad.xlsx: This file is not read: the workbook is cut off" in " ".join(said.split())
    assert [(w["file"], w["severity"]) for w in told] == [("bad.xlsx", "warning")]
    assert [s["file"] for s in report["sources"]] == ["a.csv", "b.csv"]
    assert (report["rows_read"], report["rows_kept"], report["rows_rejected"]) == (3, 2, 1)
    assert checked[0] == 0
    assert [line["file"] for line in lines] == ["bad.xlsx"]


def test_one_named_beside_others_is_told_as_one_in_a_folder(sources):
    """A shell writes out the names of a folder: the same files are the same harvest."""
    result = build(load_config(sources.parent), sorted(sources.iterdir()), ner=False)

    assert result.report.rows_kept == 2
    assert [f.where.file for f in result.report.unread] == ["bad.xlsx"]


def test_a_file_in_an_archive_is_told_as_one_in_a_folder(sources):
    """The archive's name stands before its own."""
    with zipfile.ZipFile(sources / "all.zip", "w") as archive:
        for name in ("a.csv", "bad.xlsx"):
            archive.write(sources / name, name)
            (sources / name).unlink()
    report = _build(sources).report

    assert [f.where.file for f in report.unread] == ["all.zip/bad.xlsx"]
    assert (report.rows_read, report.rows_kept, len(report.rejected)) == (3, 2, 1)


def test_nothing_is_built_where_nothing_is_read(sources):
    """The error is that of the file."""
    for name in ("a.csv", "b.csv"):
        (sources / name).unlink()

    with pytest.raises(SourceError, match=r"bad\.xlsx: the workbook is cut off"):
        _build(sources)
    assert not list((sources.parent / "output").rglob("report.json"))


def test_strict_builds_nothing(sources):
    """Whoever asks for all or nothing gets nothing."""
    with pytest.raises(SourceError, match=r"bad\.xlsx: .* With --strict nothing is built"):
        _build(sources, strict=True)


def test_a_harvest_never_loses_the_records_of_a_file_that_breaks(sources):
    """What was there stays, as a whole, until the file is mended or taken away."""
    (sources / "bad.xlsx").unlink()
    before = _build(sources).folder
    kept = (before / "records.jsonl").read_bytes()
    good = (sources / "b.csv").read_bytes()
    (sources / "b.csv").write_bytes(b"%PDF-1.7")

    with pytest.raises(SourceError, match=r"b\.csv: .* holds 1 records of files .* not read now"):
        _build(sources)
    assert (before / "records.jsonl").read_bytes() == kept

    (sources / "b.csv").write_bytes(good)
    assert _build(sources).changes.went == ()
    (sources / "b.csv").unlink()
    assert _build(sources).changes.went == ("b1",)


def test_a_broken_file_under_another_name_takes_nothing_away_either(sources):
    """Renamed and damaged: the records were of a file that is not read now."""
    (sources / "bad.xlsx").unlink()
    _build(sources)
    (sources / "b.csv").unlink()
    (sources / "c.csv").write_bytes(b"%PDF-1.7")

    with pytest.raises(SourceError, match=r"c\.csv: "):
        _build(sources)


def test_a_broken_file_hinders_nobody_where_nothing_is_lost(sources):
    """Files may be renamed and records come and change beside it; each build tells of it."""
    _build(sources)
    (sources / "a.csv").rename(sources / "c.csv")
    more = "A1,The council met again.,no\nA3,The clerk wrote.,no\n"
    (sources / "b.csv").write_text(HEAD + "B1,The board answered.,no\n" + more, "utf-8")
    result = _build(sources)

    assert [f.where.file for f in result.report.unread] == ["bad.xlsx"]
    assert len(result.changes.went) <= 1


def test_a_comparison_of_half_a_folder_is_refused(sources, tmp_path):
    """The records of the other half would pass for withdrawn."""
    with pytest.raises(SourceError, match=r"bad\.xlsx: the workbook is cut off"):
        difference(sources, sources / "a.csv", load_config(tmp_path))


def test_it_is_told_in_french(sources):
    """With its reason."""
    (finding,) = _build(sources).report.unread
    message, advice = in_words(finding.reason, finding.message, finding.advice, language="fr")

    assert message == (
        "Ce fichier n’est pas lu : le fichier (workbook) est coupé ou endommagé ; enregistrez-le "
        "ou téléchargez-le de nouveau."
    )
    assert advice.startswith("Réparez le fichier")
