"""Canaries: nothing withheld, unmarked or suspected is found in a release, in any encoding."""

import base64
import csv
import gzip
import importlib.util
import io
import json
import os
import subprocess
import sys
import zipfile
from inspect import signature
from pathlib import Path

import pytest

from kg.cli.app import app
from kg.export import ExportFormat

_SPEC = importlib.util.spec_from_file_location("scan", Path(__file__).with_name("scan.py"))
scan = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(scan)

FIELDS = (
    "Fragment ID",
    "Title",
    "Outcome status",
    "Harvest round",
    "Country",
    "Year",
    "Outcome description",
    "Significance of the outcome",
    "Rating significance",
    "Additional information",
    "Social actor",
    "Scale",
    "Contribution of the programme",
    "Contribution of other actors and factors",
    "Rating contribution",
    "Unintended",
    "Evidence",
    "Link to results framework",
    "Specific objective",
    "Merged",
    "Negative",
    "Type of change",
    "Change cluster",
    "Programme",
    "Language",
    "Notes of the office",
)
_NARRATIVE = {
    "Title",
    "Outcome description",
    "Significance of the outcome",
    "Additional information",
    "Contribution of the programme",
    "Contribution of other actors and factors",
    "Evidence",
}


def word(kind: str, number: int) -> str:
    """A canary: a word that stands nowhere else, with an accent, so that its form shows."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
    return f"{kind}{letters}qué"


WITHHELD = [word("Withheld", n) for n in range(3 * len(FIELDS))]
PERSONS = [
    "Zubeyda Canaryworth",
    "Idrissa CANARYSSON",
    "Me Bosquanard",
    "canary.bird@post.example",
    "Zuberi Canaryhatu",  # on no list; a body bears the name, too
]
CODED = [word("Coded", n) for n in range(len(FIELDS))]
CURATED = [word("Curated", n) for n in range(6)]


def _withheld_row(start: int, flag: str) -> list[str]:
    """Canaries in every field, as an organisation, a person and a word."""
    cells = []
    for offset, _ in enumerate(FIELDS):
        canary = WITHHELD[start + offset]
        cells.append(f"The {canary} Union met {canary} {canary}son in {canary}.")
    return [*cells, flag]


def _cleared_row(number: int) -> list[str]:
    """A record that may be seen: its sentences name persons, its coded cells say too much."""
    said = (
        f"In 2031 the Quorra Legal Clinic (QLC) opened a desk. {{}} came. It is number {number}. "
    )
    said += "The Canaryhatu Trust paid team canaryhatu."
    cells = []
    for offset, field in enumerate(FIELDS):
        if field in _NARRATIVE:
            cells.append(said.format(f"{PERSONS[(offset + number) % len(PERSONS)]} of QLC"))
        elif field == "Year":
            cells.append("2031")
        else:
            cells.append(CODED[offset])
    return [*cells, "no"]


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with canaries wherever something is withheld; built, then released, by `kg`."""
    folder = tmp_path_factory.mktemp("canaries")
    rows = [
        [*FIELDS, "Confidential"],
        _withheld_row(0, "yes"),
        _withheld_row(len(FIELDS), ""),
        _cleared_row(1),
        _withheld_row(2 * len(FIELDS), "n.o."),
        _cleared_row(2),
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / f"{word('Source', 1)}.csv").write_text(text.getvalue(), encoding="utf-8")
    (folder / "kg.toml").write_text(
        f'[sources]\nfiles = ["{word("Source", 1)}.csv"]\n[extraction]\nner = false\n',
        encoding="utf-8",
    )
    (folder / "organisations.yaml").write_text(
        f"- id: {CURATED[0].lower().replace('é', 'e')}\n  label: {{en: Quorra Legal Clinic}}\n"
        f"  aliases: [{CURATED[1]}]\n  acronyms: [QLC]\n",
        encoding="utf-8",
    )
    (folder / "framework.csv").write_text(
        f"kind,code,label\noutcome,1.4,{CURATED[2]}\n", encoding="utf-8"
    )
    (folder / "decisions.csv").write_text(
        "decision,a,b,scope,by,date,reason,publish\n"
        f"organisation,{CURATED[3]},,,{CURATED[4]},2031-01-01,{CURATED[5]},\n",
        encoding="utf-8",
    )
    run(folder, "build")
    run(folder, "release", "--sign-off", "Officer")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`kg` as a user runs it, with a home and a folder for temporary files of its own."""
    private = folder.parent / f"{folder.name}-home"
    private.mkdir(exist_ok=True)
    environment = os.environ | {"HOME": str(private), "TMPDIR": str(private), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "kg", "-C", str(folder), *arguments],
        capture_output=True,
        env=environment,
        cwd=private,
        timeout=900,
        check=False,
    )


HIDDEN = [*WITHHELD, *CODED, *CURATED, word("Source", 1)]


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("@", " ").split() if len(part) > 3]


def test_nothing_hidden_is_in_the_release(project):
    """No file, name of a file or packed content of `output/public/` holds a canary."""
    persons = [part for name in PERSONS for part in _parts(name)]

    assert scan.leaks(project / "output" / "public", [*HIDDEN, *persons]) == []


def test_the_canaries_are_where_they_were_planted(project):
    """The scan means something: inside they are found, and the release says what it may."""
    inside = {hit for _, hit, _ in scan.leaks(project / "output" / "internal", HIDDEN)}
    outside = (project / "output" / "public" / "harvest.trig").read_text("utf-8")

    assert inside >= {*WITHHELD, CURATED[1], CURATED[2]}
    assert "Quorra Legal Clinic" in outside
    assert "[name]" in outside


COMMANDS = [
    ("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }"),
    ("query", "DESCRIBE ?s { ?s a ?class }", "--format", "nt"),
    ("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    ("query", "outcomes", "--format", "csv"),
    ("query", "organisations", "--format", "json"),
    ("query", "search", "-p", f"text={WITHHELD[6]}"),
    ("query", "outcomes-of-organisation", "-p", f"organisation={WITHHELD[6]} Union"),
    ("trace", WITHHELD[6]),
    ("trace", "1.4"),
    ("mentions", "--format", "jsonl"),
    ("check", "--format", "json"),
    ("export", "ttl"),
    ("export", "trig"),
    ("export", "nq"),
    ("export", "jsonld"),
    ("export", "graphml"),
    ("export", "gexf"),
    ("export", "kumu"),
    ("export", "xlsx"),
    ("export", "csv"),
    ("export", "docx"),
    ("export", "cyjs"),
    ("export", "causalmap"),
    ("export", "openrefine"),
    ("network",),
    ("draw", "--around", "QLC", "-o", "drawn.html"),
    ("explore", "--no-open"),
    ("explore", "--no-sparql", "-o", "explored.html"),
]
#: Held to their own promises: a release is scanned above, servers in `tests/serve`, `tests/remote`.
ELSEWHERE = {"release", "serve", "push"}


def test_every_command_that_knows_an_audience_is_asked():
    """A new command, or a new format of an export, is not forgotten here."""
    known = {
        command.callback.__name__
        for command in app.registered_commands
        if "audience" in signature(command.callback).parameters
    }
    exports = {arguments[1] for arguments in COMMANDS if arguments[0] == "export"}

    assert known - ELSEWHERE == {arguments[0] for arguments in COMMANDS}
    assert exports == {form.value for form in ExportFormat}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command)[:40])
def test_no_command_says_what_is_hidden(project, command):
    """Asked of the release, no command prints a canary that was not typed."""
    done = run(project, *command, "--audience", "public")
    typed = " ".join(command)
    persons = [part for name in PERSONS for part in _parts(name)]
    hits = [
        (hidden, how)
        for hidden in [*HIDDEN, *persons]
        if hidden not in typed
        for how in scan.found_in(done.stdout + done.stderr, hidden)
    ]

    assert hits == []
    assert b"Traceback" not in done.stderr


def test_what_is_said_of_a_build_names_nobody(project):
    """Neither the terminal nor the log of what was done holds words of records."""
    done = run(project, "build")
    log = (project / ".kg" / "audit.jsonl").read_bytes()
    persons = [part for name in PERSONS for part in _parts(name)]

    assert [w for w in [*HIDDEN[:-1], *persons] if scan.found_in(done.stdout, w)] == []
    assert [w for w in [*HIDDEN[:-1], *persons] if scan.found_in(done.stderr, w)] == []
    assert [w for w in [*HIDDEN, *persons] if scan.found_in(log, w)] == []


def test_nothing_is_left_outside_the_project(project):
    """No cache of a home folder, no temporary file keeps a word."""
    private = project.parent / f"{project.name}-home"
    persons = [part for name in PERSONS for part in _parts(name)]

    assert scan.leaks(private, [*HIDDEN, *persons]) == []


@pytest.mark.parametrize("how", list(scan.encodings("x")))
@pytest.mark.parametrize("channel", ["file", "name", "page", "archive"])
def test_a_planted_leak_is_found(tmp_path, how, channel):
    """The scan fires: in each channel, in each encoding."""
    canary = word("Planted", 7)
    forms = scan.encodings(canary)[how]
    leak = b"around " + (forms[0] if forms else gzip.compress(canary.encode(), mtime=0)) + b" it"
    if channel == "name":
        if how in ("gzip", "utf-16"):
            pytest.skip("a name of a file holds no NUL and no archive")
        (tmp_path / os.fsdecode(leak)).write_bytes(b"")
    elif channel == "page":
        packed = base64.b64encode(gzip.compress(json.dumps("x" * 99).encode() + leak, mtime=0))
        (tmp_path / "page.html").write_bytes(b"<script>" + packed + b"</script>")
    elif channel == "archive":
        with zipfile.ZipFile(tmp_path / "given.zip", "w") as archive:
            archive.writestr("inner.txt", leak)
    else:
        (tmp_path / "given.txt").write_bytes(leak)

    assert how in {hit for _, _, hit in scan.leaks(tmp_path, [canary])}
