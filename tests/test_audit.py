"""The audit log tells builds, releases and exports by digests and counts, never by words."""

import csv
import hashlib
import json
import re

import pytest

from kg import audit
from kg.config import load_config
from kg.errors import WorkspaceError
from kg.export import ExportFormat
from kg.forget import doomed, forget
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import preview, release


@pytest.fixture
def config(tmp_path):
    """A project of one record."""
    (tmp_path / "kg.toml").write_text(
        '[sources]\nfiles = ["h.csv"]\n[extraction]\nner = false\n', encoding="utf-8"
    )
    with (tmp_path / "h.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [
                ("Fragment ID", "Outcome description", "Confidential"),
                ("QX/012", "In 2031 the Quorra Legal Clinic (QLC) met Zubeyda Okafor.", "no"),
            ]
        )
    return load_config(tmp_path)


def test_what_was_done_can_be_told_from_its_digests(config):
    """One line each, in order; an export's digest is that of its bytes."""
    folder = build(config).folder
    release(config, sign=lambda: "A. Officer")
    content = Harvest(config, Audience.PUBLIC).export("nq")
    lines = audit.lines(config.private)

    assert [line["what"] for line in lines] == ["build", "release", "export"]
    assert lines[0]["digest"] == folder.name
    assert lines[1]["signed_by"] == "A. Officer"
    assert lines[2]["digest"] == hashlib.sha256(content).hexdigest()[:16]
    assert lines[2]["audience"] == "public"
    assert names_in(lines) == []


WORDS = ("QX", "Quorra", "QLC", "Zubeyda", "Okafor", "h.csv", "clinic")


def names_in(lines) -> list[str]:
    """Words of the records, or of their files, in the log."""
    written = json.dumps(lines).casefold()
    return [word for word in WORDS if word.casefold() in written]


def test_each_kind_of_deed_has_its_line_and_no_other_key(config):
    """Build, preview that was signed, release, each export, forgetting: digests, counts."""
    build(config)
    preview(config, signed_by="A. Officer")
    release(config)
    harvest = Harvest(config, Audience.INTERNAL)
    for form in ExportFormat:
        harvest.export(form)
    forget(config, doomed(harvest, ["QX/012"]))
    lines = audit.lines(config.private)

    assert [line["what"] for line in lines] == [
        *("build", "sign-off", "release"),
        *["export"] * len(ExportFormat),
        *("build", "release", "forget"),
    ]
    assert all(re.fullmatch("[0-9a-f]{16}", str(line["digest"])) for line in lines)
    assert {key for line in lines for key in line} == {
        *("at", "what", "audience", "digest", "fragments", "rejected", "masks"),
        *("format", "signed_by", "decisions"),
    }
    assert names_in(lines) == []


def test_what_cannot_be_logged_is_not_done(config):
    """A log that cannot be written stops a build before it counts."""
    config.private.mkdir()
    (config.private / "audit.jsonl").mkdir()
    with pytest.raises(WorkspaceError, match=r"audit\.jsonl: cannot be written"):
        build(config)

    assert not (config.output / "internal" / "CURRENT").exists()
