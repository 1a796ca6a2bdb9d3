"""The command, as a person types it: results on stdout, all else on stderr, one line an error."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "init", "inspect", "build", "check", "queries", "query",
    "trace", "draw", "explore", "mentions", "export", "diff",
    "review", "organisations", "network",
)  # fmt: skip


def kg(*arguments, cwd=None, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture(scope="module")
def demo(example) -> Path:
    return example.config.root


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command):
    """`kg COMMAND --help` ends well and shows what to type."""
    told = kg(command, "--help")

    assert told.returncode == 0
    assert f"Example: kg {command}" in " ".join(told.stdout.split())


def test_help_names_every_command():
    """And nothing that does not exist."""
    lines = kg("--help").stdout

    assert [c for c in COMMANDS if f" {c} " not in lines] == []


def test_the_version_is_told():
    """Alone, on stdout."""
    from kg import __version__

    assert kg("--version").stdout == f"kg {__version__}\n"


def test_the_first_steps_of_a_new_user(tmp_path):
    """init, inspect, build, query, check, trace, draw, explore: each ends well."""
    home = tmp_path / "mine"
    assert kg("init", "--demo", home).returncode == 0
    for arguments in (
        ("inspect", "late-additions.csv"),
        ("build", "--no-ner"),
        ("query", "organisations"),
        ("check",),
        ("queries", "--lang", "fr"),
        ("mentions",),
        ("trace", "1.1"),
        ("explore", "--no-open"),
        ("export", "ttl", "--audience", "internal", "-o", "all.ttl"),
        ("draw", "--around", "EQL001", "--hops", "1"),
    ):
        told = kg(*arguments, cwd=home)
        assert (arguments[0], told.returncode, told.stderr.count("error")) == (arguments[0], 0, 0)
    assert (home / "network.html").stat().st_size > 100_000


def test_init_does_not_overwrite(tmp_path):
    """A project that stands is left as it is; the next step is told."""
    kg("init", tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    again = kg("init", tmp_path)

    assert (again.returncode, "already is a project" in again.stderr) == (1, True)
    assert before == {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert sorted(before) == [
        ".gitignore",
        "decisions.csv",
        "framework.csv",
        "kg.toml",
        "organisations.yaml",
    ]


def test_an_empty_project_builds_nothing_and_says_what_to_do(tmp_path):
    """No source yet: exit 1 and the command to type."""
    kg("init", tmp_path)
    told = kg("build", cwd=tmp_path)

    assert told.returncode == 1
    assert "kg build harvest.xlsx" in told.stderr


BAD_FILES = {
    "empty.csv": (b"", "empty"),
    "blank.txt": (b"\n \n\n", "empty"),
    "noheader.csv": (b"1;2;3\n4;5;6\n", "header"),
    "unknown.csv": (b"Apples;Pears\n1;2\n", "header"),
    "harvest.pdf": (b"%PDF-1.4", "pdf"),
    "fake.xlsx": (b"not a workbook", "xlsx"),
    "fake.csv": (b"PK\x03\x04\x00\x00\x00\x00", "csv"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path, name):
    """Where, what, and what to do; exit 1; no traceback; nothing written."""
    content, _ = BAD_FILES[name]
    (tmp_path / name).write_bytes(content)
    told = kg("build", name, cwd=tmp_path)

    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert told.stderr.count("error:") == 1
    assert name in told.stderr
    assert not (tmp_path / "output" / "internal").exists()


def test_a_missing_file_is_one_clear_line(tmp_path):
    """Exit 1, and the name that was typed."""
    told = kg("build", "none.csv", cwd=tmp_path)

    assert (told.returncode, "none.csv" in told.stderr) == (1, True)


def test_an_unknown_heading_is_kept_and_told(tmp_path):
    """Its column is a statement under its own heading; `inspect` prints the line to paste."""
    (tmp_path / "h.csv").write_text("Outcome description;Lunar phase\nA change.;full\n", "utf-8")
    seen = kg("inspect", "h.csv", cwd=tmp_path)
    kg("build", "h.csv", "--no-ner", cwd=tmp_path)
    rows = kg(
        "query",
        'SELECT ?text { ?s oh:heading "Lunar phase" ; nif:isString ?text }',
        "--format",
        "csv",
        cwd=tmp_path,
    )

    assert '# "Lunar phase" = "FIELD"' in seen.stdout
    assert rows.stdout.replace("\r\n", "\n") == "text\nfull\n"


def test_without_a_confidentiality_column_all_is_withheld_and_said_loudly(tmp_path):
    """The build says it, and every record counts as confidential."""
    (tmp_path / "h.csv").write_text("Outcome description;Year\nA change.;2022\n", "utf-8")
    told = kg("build", "h.csv", "--no-ner", cwd=tmp_path)
    report = json.loads((tmp_path / "output/internal/report.json").read_bytes())

    assert (told.returncode, report["confidential"]) == (0, 1)
    assert "withheld" in told.stderr


def test_strict_ends_with_1_where_a_row_is_rejected(tmp_path):
    """Without --strict the same build ends with 0."""
    (tmp_path / "h.csv").write_text("Outcome description;Year\nA change.;2022\n;2023\n", "utf-8")
    codes = [
        kg("build", "h.csv", "--no-ner", *more, cwd=tmp_path).returncode
        for more in ((), ("--strict",))
    ]

    assert codes == [0, 1]


def test_queries_before_a_build_say_what_to_do(tmp_path):
    """Exit 1 and the next step."""
    told = kg("query", "outcomes", cwd=tmp_path)

    assert (told.returncode, "kg build FILE" in told.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "outcoms"), "outcomes"),
        (("query", "outcomes", "-p", "yaer=2022"), "year"),
        (("query", "outcomes", "-p", "year"), "KEY=VALUE"),
        (("query", "contributors-to-result"), "code"),
        (("draw", "organisations", "--around", "AFTP"), "--around"),
        (("export", "ttl"), "audience"),
        (("export", "pdf", "--audience", "internal"), "ttl"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_expected(demo, arguments, words):
    """An unknown name, a missing parameter, an ambiguous target: usage, not a crash."""
    told = kg("-C", demo, *arguments)

    assert told.returncode == 2
    assert words in told.stderr


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT nonsense",
    ],
)
def test_what_is_refused_ends_with_1_and_one_line(demo, sparql):
    """SERVICE, FROM, LOAD, updates in any spelling, and what is no SPARQL."""
    told = kg("-C", demo, "query", sparql)

    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.count("error:") == 1


@pytest.mark.parametrize("typed", ["no such thing at all", "JUS004"])
def test_a_target_that_is_unknown_or_ambiguous_is_refused(demo, typed):
    """Exit 1, and the candidates where there are some."""
    told = kg("-C", demo, "trace", typed)

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.count("error:") == 1


def test_a_parameter_of_the_wrong_form_is_wrong_usage(demo):
    """Exit 2, and an example of the right form."""
    told = kg("-C", demo, "query", "outcomes", "-p", "year=abc")

    assert (told.returncode, "2022" in told.stderr) == (2, True)


def test_what_is_written_to_a_file_is_for_its_owner_alone(demo, tmp_path):
    """Pages and exports hold confidential records; files that people edit are never replaced."""
    for arguments in (
        ("draw", "--around", "AFTP", "-o", tmp_path / "n.html"),
        ("export", "nq", "--audience", "internal", "-o", tmp_path / "n.nq"),
    ):
        kg("-C", demo, *arguments)
    refused = (
        kg("-C", demo, "queries", "--help"),
        kg("-C", demo, "export", "nq", "--audience", "internal", "-o", tmp_path / "kg.toml"),
    )

    if os.name == "posix":
        modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        assert modes == {0o600}
    assert [told.returncode for told in refused] == [0, 2]
    assert not (tmp_path / "kg.toml").exists()


def test_the_lines_to_paste_are_toml(tmp_path):
    """Each stays one line, however narrow the window, and is valid once its # is taken away."""
    import tomllib

    (tmp_path / "h.csv").write_text(
        "Outcome description;Social actor;Year\nA change.;Lighthouse keepers;2022\n", "utf-8"
    )
    shown = kg("inspect", "h.csv", cwd=tmp_path).stdout
    lines = shown[shown.index("[values.") :].partition("\n\n")[0].splitlines()
    settings = [line.removeprefix("# ") for line in lines if "one of:" not in line]

    assert tomllib.loads("\n".join(settings)) == {
        "values": {"social_actor": {"Lighthouse keepers": "LABEL"}}
    }


def test_results_go_to_stdout_and_notes_to_stderr(demo):
    """A pipe gets rows and nothing else."""
    told = kg("-C", demo, "query", "outcomes", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))

    assert len(rows) == 60
    assert list(rows[0]) == [
        "fragment", "key", "fragment_id", "title", "year", "country", "status",
    ]  # fmt: skip


def test_a_result_can_go_to_a_file(demo, tmp_path):
    """-o FILE holds what stdout would."""
    kg("-C", demo, "query", "actor-by-change", "--format", "tsv", "-o", tmp_path / "a.tsv")
    shown = kg("-C", demo, "query", "actor-by-change", "--format", "tsv").stdout

    assert (tmp_path / "a.tsv").read_text("utf-8") == shown


def test_a_query_comes_from_stdin_or_a_file(demo, tmp_path):
    """`-` and `.rq` answer as the text does."""
    text = "SELECT (COUNT(*) AS ?n) { ?f a oh:Fragment }"
    (tmp_path / "count.rq").write_text(text, "utf-8")
    answers = {
        kg("-C", demo, "query", what, "--format", "csv", stdin=text).stdout
        for what in (text, "-", tmp_path / "count.rq")
    }

    assert {a.replace("\r\n", "\n") for a in answers} == {"n\n60\n"}


def test_tables_fit_80_columns(demo):
    """Nothing is wider than the window."""
    shown = [
        kg("-C", demo, *arguments).stdout
        for arguments in (
            ("query", "outcomes"),
            ("query", "organisations"),
            ("query", "framework-coverage"),
            ("queries",),
            ("check",),
            ("mentions",),
            ("trace", "1.1"),
            ("inspect", demo / "harvest-2.xlsx"),
        )
    ]

    assert all(shown)
    assert max(len(line) for text in shown for line in text.splitlines()) <= 80


def test_the_project_is_found_upward(demo):
    """A command typed in a folder below answers as one in the project."""
    below = demo / "below"
    below.mkdir(exist_ok=True)

    assert kg("query", "outcomes", "--format", "csv", cwd=below).stdout.count("\n") > 40


def test_quiet_says_nothing_but_results(demo, tmp_path):
    """Errors are still told."""
    (tmp_path / "h.csv").write_text("Outcome description\nA change.\n", "utf-8")
    told = kg("--quiet", "build", "h.csv", "--no-ner", cwd=tmp_path)
    failed = kg("--quiet", "build", "none.csv", cwd=tmp_path)

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert failed.stderr.startswith("error:")


def test_control_characters_of_the_data_do_not_reach_the_terminal(tmp_path):
    """Nothing in a record can move the cursor or colour the screen."""
    (tmp_path / "h.csv").write_bytes(
        b"FragmentID;Outcome description;Country\nA\x1b[31mB;A \x1b]0;x\x07 change.;Ma\x9bli\n"
    )
    kg("build", "h.csv", "--no-ner", cwd=tmp_path)
    shown = "".join(
        kg(*a, cwd=tmp_path).stdout for a in (("query", "outcomes"), ("check",), ("mentions",))
    )

    assert not [c for c in shown if c in "\x1b\x07\x9b"]


def test_a_defect_is_one_line_without_words_of_the_records(tmp_path, monkeypatch):
    """The last door: type and place of an unexpected error, never its message."""
    code = (
        "import kg.cli.app as a, sys\n"
        "from kg.cli import main\n"
        "def boom(self): raise RuntimeError('CANARY of a record')\n"
        "a.State.config = boom\n"
        "sys.argv = ['kg', 'queries']\n"
        "main()\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert told.returncode == 1
    assert "RuntimeError" in told.stderr
    assert "CANARY" not in told.stderr + told.stdout


def test_the_help_of_export_loads_no_engine():
    """Its formats are those of `kg.export`, which asks for the engine only to write."""
    code = (
        "import sys\n"
        "import kg.cli.look\n"
        "print([m for m in ('pyoxigraph', 'networkx', 'numpy', 'openpyxl') if m in sys.modules])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_answer_that_has_no_room_is_told_in_one_line(demo):
    """`kg … > FILE` on a full disk: what to do, and no defect."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "-C", str(demo), "query", "by-year"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("error: what takes the answer is full")
    assert "Traceback" not in done.stderr
