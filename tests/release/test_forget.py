"""`kg forget`: no byte stays, nothing comes back, and what is out of reach is said."""

import csv
import errno
import hashlib
import hmac
import importlib.util
import io
import shutil
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg import audit
from kg.cli.app import app
from kg.config import load_config
from kg.errors import TargetError, WorkspaceError
from kg.forget import doomed, forget
from kg.forgotten import REASON, bar, hashes, read_forgotten
from kg.harvest import Harvest
from kg.keys import make_key
from kg.model import Audience, Cell, Decision, Record
from kg.pipeline import build
from kg.private import unfinished
from kg.release import release
from kg.sources import Curated
from kg.traces import said, theirs
from kg.vocab import fold

_SPEC = importlib.util.spec_from_file_location("scan", Path(__file__).with_name("scan.py"))
scan = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(scan)

COLUMNS = ("Fragment ID", "Outcome description", "Country", "Confidential", "Notes of the office")
GONE = (
    "QX/LOSTNUMBER/012",
    "In 2031 the Goneforgood Weavers Guild (GWG) met Zubeyda Vanishworth in Lostville.",
    "Botswana",
    "no",
    "Onceuponatime",
)
STAYS = (
    "QX/013",
    "In 2031 the Quorra Legal Clinic (QLC) opened a desk, and many came to be heard.",
    "Niger",
    "no",
    "",
)
WORDS = ["Goneforgood", "Vanishworth", "Lostville", "Onceuponatime", "QX/LOSTNUMBER/012"]


def write(folder: Path, rows) -> Path:
    """A project with these rows as its source, which lies outside of it."""
    folder.mkdir(exist_ok=True)
    source = folder.parent / "source.csv"
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    source.write_text(text.getvalue(), encoding="utf-8")
    (folder / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    return source


@pytest.fixture
def project(tmp_path) -> Path:
    """Built and released, with decisions about names of both records."""
    folder = tmp_path / "project"
    source = write(folder, [GONE, STAYS])
    (folder / "decisions.csv").write_bytes(
        b"\xef\xbb\xbfdecision;a;b;scope;by;date;reason;publish\r\n"
        b"organisation;Quorra Legal Clinic;;;me;2031-01-01;;yes\r\n"
        b'organisation;"Goneforgood Weavers Guild";;;me;2031-01-01;"two\r\nlines";yes\r\n'
        b"not-organisation;QLC;;;me;2031-01-01;caf\xc3\xa9;\r\n"
    )
    build(load_config(folder), [source])
    release(load_config(folder))
    return folder


def forgotten(project: Path):
    """Forget the first record."""
    config = load_config(project)
    return forget(config, doomed(Harvest(config, Audience.INTERNAL), ["QX/LOSTNUMBER/012"]))


def test_not_a_byte_of_it_stays(project):
    """Cache, versions, decisions, release, log: nothing below the project folder, in any form."""
    assert {word for _, word, _ in scan.leaks(project, WORDS)} == set(WORDS)
    forgotten(project)

    assert scan.leaks(project, WORDS) == []


def test_the_others_stay(project):
    """What was not named is answered as before, in both audiences."""
    told = forgotten(project)
    config = load_config(project)
    lines = (project / "decisions.csv").read_bytes().split(b"\r\n")

    assert told.released
    assert told.decisions == 1
    for audience in Audience:
        rows = Harvest(config, audience).query("outcomes")
        assert [row["fragment_id"] for row in rows] == ["QX/013"]
    assert lines[0].startswith(b"\xef\xbb\xbfdecision;a")
    assert [line.split(b";")[1] for line in lines[1:3]] == [b"Quorra Legal Clinic", b"QLC"]
    assert b"caf\xc3\xa9" in lines[2]


@pytest.mark.parametrize(
    "row",
    [
        GONE,
        ("QX/999", *GONE[1:]),  # the same content under another id
        (
            "QX/LOSTNUMBER/012",
            "Something else was said of it later, at quite some length.",
            *GONE[2:],
        ),
        ("", GONE[1], "Niger", "yes", "x"),  # the same story, other cells
        (" qx/lostnumber/012 ", GONE[1].upper(), *GONE[2:]),
        ("QX/999", GONE[1].upper().rstrip("."), *GONE[2:]),
    ],
)
def test_it_does_not_come_back(project, row):
    """Read again, it is a rejected row with its reason, and no word of it is anywhere."""
    forgotten(project)
    source = write(project, [row, STAYS])
    result = build(load_config(project), [source])

    assert [r.reason for r in result.report.rejected] == [REASON]
    assert [str(r.where) for r in result.report.rejected] == ["source.csv, row 2"]
    assert scan.leaks(project, ["Goneforgood", "Vanishworth"]) == []


def record(identifier: str, description: str, *, file: str = "b.csv") -> Record:
    """A record as it may come back, from another file."""
    cells = (Cell("fragment_id", "ID", identifier), Cell("description", "D", description))
    return Record(file, 9, "text/csv", cells)


#: A text as it was forgotten, and ways in which programs and people write the same again.
TOLD = "En 2031 l’Œuvre des Tisserands d’Été a rencontré Zoé Vanishworth, « la Vive », à Lostville."
AGAIN = {
    "capitals": TOLD.upper(),
    "small letters": TOLD.lower(),
    "without its full stop": TOLD.rstrip("."),
    "with a full stop more": TOLD + ".",
    "decomposed": unicodedata.normalize("NFD", TOLD),
    "without accents": "".join(
        c for c in unicodedata.normalize("NFD", TOLD) if not unicodedata.combining(c)
    ),
    "straight quotes": TOLD.translate(str.maketrans({"’": "'", "«": '"', "»": '"'})),
    "other spaces": TOLD.replace(" ", "\u00a0\n "),
    "no spaces inside the quotes": TOLD.replace("« ", "“").replace(" »", "”"),
    "soft hyphens": TOLD.replace("Tisserands", "Tis\u00adse\u200brands"),
    "parted at a line's end": TOLD.replace("rencontré", "rencon-\ntré"),
    "a bullet before it": "• " + TOLD,
    "letters taken apart": TOLD.replace("Œ", "Oe"),
    "wide letters": TOLD.replace("2031", "２０３１"),
    "tags": f"<p class='x'>{TOLD}</p>",
    "tags as entities": f"&lt;p&gt;{TOLD}&lt;/p&gt;",
    "entities": TOLD.replace("é", "&eacute;").replace("’", "&#8217;"),
    "a heading before it": "Outcome: " + TOLD,
    "two headings before it": "Outcome 1 – Description : " + TOLD,
}


@pytest.mark.parametrize("how", AGAIN)
def test_the_same_words_do_not_come_back_however_they_are_written(tmp_path, how):
    """Capitals, accents, quotes, full stops, white space and another id make no other record."""
    key = make_key(tmp_path / ".kg")
    bar(tmp_path / ".kg", key, hashes([record("QX/LOSTNUMBER/012", TOLD)], key))
    barred = read_forgotten(tmp_path / ".kg", key)

    assert barred.bars(record("QX/999", AGAIN[how]))


def test_the_same_words_do_not_come_back_in_another_cell(tmp_path):
    """A title that holds the story is the story, whatever the description says."""
    key = make_key(tmp_path / ".kg")
    bar(tmp_path / ".kg", key, hashes([record("QX/LOSTNUMBER/012", TOLD)], key))
    barred = read_forgotten(tmp_path / ".kg", key)
    cells = (Cell("title", "T", TOLD), Cell("description", "D", "See title"))

    assert barred.bars(Record("b.csv", 9, "text/csv", cells))
    assert not barred.bars(Record("b.csv", 9, "text/csv", (*cells[1:],)))


def test_an_id_does_not_come_back_by_its_end_or_run_together(tmp_path):
    """As people call a record; where another one ends so, or has more before it, it is read."""
    key = make_key(tmp_path / ".kg")
    gone = [record("AB-2022/CIV002", TOLD), record("AB-2022/CIV003", TOLD + " Encore.")]
    stay = [record("CD-2023/CIV003", STAYS[1])]
    bar(tmp_path / ".kg", key, hashes(gone, key, stay=stay))
    barred = read_forgotten(tmp_path / ".kg", key)

    assert [barred.bars(record(i, STAYS[1])) for i in ("CIV002", "civ 002", "AB2022CIV002")] == [
        True
    ] * 3
    others = ("CIV003", "CD-2023/CIV002", "CIV0021", "CIV02", "AB-2022/1/CIV002", "002")
    assert not any(barred.bars(record(i, STAYS[1])) for i in others)


def test_an_id_does_not_come_back_with_other_marks_between_its_parts(tmp_path):
    """Its words are compared one by one: another number is another record."""
    key = make_key(tmp_path / ".kg")
    bar(tmp_path / ".kg", key, hashes([record("QX/LOST/1-12", TOLD)], key))
    barred = read_forgotten(tmp_path / ".kg", key)

    assert barred.bars(record("qx lost_1.12", STAYS[1]))
    assert not barred.bars(record("QX/LOST/11-2", STAYS[1]))


def test_another_text_is_not_barred(tmp_path):
    """What shares a beginning, or a phrase that many records have, is read."""
    key = make_key(tmp_path / ".kg")
    bar(tmp_path / ".kg", key, hashes([record("12", TOLD), record("13", "No change.")], key))
    barred = read_forgotten(tmp_path / ".kg", key)

    assert not barred.bars(record("12", TOLD.replace("2031", "2032")))
    assert not barred.bars(record("14", TOLD + " Depuis, le conseil répond."))
    # A phrase alone bars only the record that says nothing else: here both say the same.
    assert barred.bars(record("15", "No change"))
    assert not barred.bars(
        Record(
            "b.csv", 9, "text/csv", (*record("15", "No change").cells, Cell("year", "Y", "2031"))
        )
    )


def test_what_was_forgotten_by_an_older_kg_stays_barred(tmp_path):
    """Hashes of texts as they were written, which older versions kept alone, go on to count."""
    key = make_key(tmp_path / ".kg")
    message = f"forgotten:description:{fold(TOLD)}".encode()
    digest = hmac.new(key.secret, message, hashlib.sha256).hexdigest()
    (tmp_path / ".kg" / "forgotten.csv").write_text(
        f"kind,hash\ndescription,hmac:{key.mark}:{digest}\n", encoding="ascii"
    )
    barred = read_forgotten(tmp_path / ".kg", key)

    assert barred.bars(record("QX/999", TOLD.upper()))
    assert not barred.bars(record("QX/999", STAYS[1]))


def test_a_record_with_a_bare_number_for_an_id_bars_no_other(tmp_path):
    """An id that tells nothing is no ground for refusing somebody else's record."""
    key = make_key(tmp_path / ".kg")
    cells = (Cell("fragment_id", "ID", "12"), Cell("description", "D", GONE[1]))
    other = (Cell("fragment_id", "ID", "12"), Cell("description", "D", STAYS[1]))
    bar(tmp_path / ".kg", key, hashes([Record("a.csv", 2, "text/csv", cells)], key))
    barred = read_forgotten(tmp_path / ".kg", key)

    assert barred.bars(Record("b.csv", 9, "text/csv", cells))
    assert not barred.bars(Record("b.csv", 9, "text/csv", other))


def test_without_the_key_nothing_is_read(project):
    """Nobody could tell what must not come back: fail closed, and say what to do."""
    forgotten(project)
    (project / ".kg" / "key").unlink()

    with pytest.raises(WorkspaceError, match="Put the key back"):
        build(load_config(project), [project.parent / "source.csv"])


def by_command(*words: str):
    """`kg` as a user types it, on a project."""

    def run(project: Path) -> str:
        typed = ["--project", str(project), *(word.format(project.parent) for word in words)]
        done = CliRunner().invoke(app, typed)
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.mark.parametrize(
    ("behind", "begin"),
    [
        ("rebuild_held", by_command("queries")),
        ("rebuild_held", by_command("build", "{}/source.csv")),
        ("rebuild_held", by_command("release", "--preview")),
        ("rebuild_held", kg.open),
        ("release_held", kg.open),
        ("rebuild_held", lambda project: kg.build(project.parent / "source.csv", project=project)),
    ],
    ids=["queries", "build", "preview", "kg.open", "kg.open late", "kg.build"],
)
def test_what_was_interrupted_is_finished_before_anything_is_shown(
    project, monkeypatch, behind, begin
):
    """Killed behind the bar, or behind the build: whatever comes next ends it, and it is logged."""

    def die(*args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"kg.forget.{behind}", die)
    with pytest.raises(KeyboardInterrupt):
        forgotten(project)
    monkeypatch.undo()

    assert unfinished(project / ".kg")
    begin(project)
    assert not unfinished(project / ".kg")
    assert scan.leaks(project, WORDS) == []
    assert [line["what"] for line in audit.lines(project / ".kg")].count("forget") == 1


@pytest.mark.parametrize("behind", ["bar", "_forget_decisions", "audit.record"])
def test_killed_right_behind_the_marker_it_is_finished_all_the_same(project, monkeypatch, behind):
    """The marker holds the bar itself; the log counts what was asked for.

    It holds, too, where people should look: known or not any more, the lines are told.
    """

    def die(*args, **more):
        raise KeyboardInterrupt

    with (project / "decisions.csv").open("ab") as stream:
        stream.write(b"not-organisation;QLC Desk;;;me;2031-01-01;Zubeyda said so;\r\n")
    monkeypatch.setattr(f"kg.forget.{behind}", die)
    with pytest.raises(KeyboardInterrupt):
        forgotten(project)
    monkeypatch.undo()
    leaks = scan.leaks(project / ".kg", [*WORDS, "Zubeyda"])
    if behind == "bar":
        with pytest.warns(UserWarning, match=r"decisions\.csv, line 4: may still speak"):
            kg.open(project)
    else:
        told = by_command("queries")(project)
        assert "decisions.csv, line 4: may still speak" in told
        assert "Zubeyda" not in told
    last = audit.lines(project / ".kg")[-1]

    assert leaks == []
    assert (last["what"], last["fragments"], last["decisions"]) == ("forget", 1, 1)
    assert scan.leaks(project, WORDS) == []
    assert not unfinished(project / ".kg")


def test_a_marker_that_tells_nothing_is_no_forgetting(project):
    """One line says that nothing was forgotten, once; nothing is logged."""
    (project / ".kg" / "forgetting").touch()
    before = audit.lines(project / ".kg")
    with pytest.raises(WorkspaceError, match=r"nothing was forgotten by it\. Ask again"):
        kg.open(project)

    assert len(kg.open(project).query("outcomes")) == 2
    assert audit.lines(project / ".kg") == before


def test_an_error_behind_the_bar_says_what_is_so(project, monkeypatch):
    """A full disk: not "nothing was changed", for the next command goes on."""

    def full(*args, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kg.edited.tempfile.mkstemp", full)
    with pytest.raises(WorkspaceError, match="next kg command finishes it") as told:
        forgotten(project)
    monkeypatch.undo()
    kg.open(project)

    assert "nothing was changed" not in str(told.value)
    assert scan.leaks(project, WORDS) == []


@pytest.mark.parametrize("how", ["touched", "copied", "a file manager's file"])
def test_a_release_that_stays_as_it_is_ends_a_forgetting(project, how):
    """Copies whose times moved are the copies still: what is not released is forgotten, too."""
    write(project, [(*GONE[:3], "yes", GONE[4]), STAYS])
    build(load_config(project), [project.parent / "source.csv"])
    release(load_config(project))
    public = project / "output" / "public"
    if how == "copied":
        shutil.copytree(project, project.parent / "copy", copy_function=shutil.copyfile)
        project = project.parent / "copy"
    elif how == "touched":
        (public / "README.txt").touch()
    else:
        (public / ".versions" / ".DS_Store").write_bytes(b"x")
    told = forgotten(project)

    assert told.released
    assert scan.leaks(project, WORDS) == []


def test_what_cannot_be_removed_is_told_and_finished_later(project, monkeypatch):
    """A cache that is held open (Windows): no silence, and not "forgotten" either."""

    def held(folder, *more, **named):
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr("kg.forget.shutil.rmtree", held)
    with pytest.raises(WorkspaceError, match=r"cannot be removed \(device or resource busy\)"):
        forgotten(project)
    monkeypatch.undo()

    assert unfinished(project / ".kg")
    kg.open(project)
    assert scan.leaks(project, WORDS) == []


def test_the_log_counts_and_names_nothing(project):
    """Who reads the log learns that something was forgotten, not what."""
    forgotten(project)
    last = audit.lines(project / ".kg")[-1]
    version = Harvest(load_config(project), Audience.INTERNAL).folder.name

    assert {**last, "at": ""} == {
        "at": "",
        "what": "forget",
        "digest": version,
        "fragments": 1,
        "decisions": 1,
    }


def test_a_line_that_people_wrote_and_that_may_speak_of_it_is_told(project):
    """These files are their owner's: kg says file and line, quotes nothing and leaves them."""
    (project / "organisations.yaml").write_text(
        "- id: clinic\n  label: {en: Quorra Legal Clinic}\n- id: two\n"
        "  label: {en: The Goneforgood Weavers’ Guild}\n",
        encoding="utf-8",
    )
    with (project / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write('[values.country]\n"Niger" = "Niger"\n"Farm of Zubeyda" = "Botswana"\n')
    with (project / "decisions.csv").open("ab") as stream:
        stream.write(b"not-organisation;QLC;;;me;2031-01-01;Vanishworth said so;\r\n")
    told = forgotten(project)

    assert told.doubts == (("decisions.csv", 4), ("organisations.yaml", 4), ("kg.toml", 5))
    assert b"Vanishworth" in (project / "decisions.csv").read_bytes()


def say(identifier: str, description: str) -> Record:
    """A record of two cells."""
    return record(identifier, description)


DECIDED = [
    ("LION", {}, "a word is no part of another"),
    ("Reseau l'Espoir de Qarsha", {}, "apostrophes and accents"),
    ("The Qarsha and Sons Cooperative", {}, "an article, and a sign for a word"),
    ("Niger Desk", {"scope": "AB-2022/CIV002"}, "its id for a scope"),
    ("Niger Desk", {"reason": "told in CIV002"}, "the end of its id in a reason"),
    ("Niger Desk", {"by": "whoever typed ab 2022 civ002"}, "its id in the name of who decided"),
]


@pytest.mark.parametrize(("name", "more", "why"), DECIDED, ids=[row[2] for row in DECIDED])
def test_lines_that_it_alone_gave_a_reason_for_are_found(name, more, why):
    """Names are compared by their words as names are; ids wherever they stand."""
    gone = say(
        "AB-2022/CIV002",
        "The Lion Network for Qarsha (LION) met the Réseau l’Espoir de Qarsha "
        "and Qarsha & Sons Cooperative.",
    )
    stays = say("AB-2022/CIV001", "Three million francs came to the Niger Desk, a sonsy one.")
    decided = Decision("not-organisation", name, line=2, **more)
    other = Decision("organisation", "Niger Desk", reason="told in CIV001", line=3)

    assert theirs(Curated(decisions=(decided, other)), said([gone], [stays])) == {2}


def test_what_shares_an_id_or_a_description_and_was_not_named_stays(tmp_path):
    """It is barred by all that it says; a line about somebody whom it alone names goes with it."""
    story = "In 2031 the local council adopted a budget line for victims of violence, as asked."
    rows = [
        ("A1", "In 2031 Zubeyda Vanishworth signed the water law of the town, as asked.", "Mali"),
        ("A1", "In 2032 the chief left the council and gave the key to Dr Awa Quorrabi.", "Niger"),
        ("C1", story, "Mali"),
        ("C2", story, "Togo"),
    ]
    folder = tmp_path / "project"
    source = write(folder, [(*row, "no", "") for row in rows])
    config = load_config(folder)
    key = make_key(config.private)
    lines = [f"person,{key(name)},,,me,," for name in ("Zubeyda Vanishworth", "Awa Quorrabi")]
    (folder / "decisions.csv").write_text(
        "\n".join(["decision,a,b,scope,by,date,reason", *lines, ""]), encoding="utf-8"
    )
    build(config, [source])
    named = Harvest(config, Audience.INTERNAL).query("outcomes")
    first = next(r["key"] for r in named if r["fragment_id"] == "A1" and r["country"] == "Mali")
    told = forget(config, doomed(Harvest(config, Audience.INTERNAL), [first, "C1"]))
    build(config, [source])  # and again
    left = Harvest(config, Audience.INTERNAL).query("outcomes")

    assert sorted((r["fragment_id"], r["country"]) for r in left) == [
        ("A1", "Niger"),
        ("C2", "Togo"),
    ]
    assert (told.shared, told.decisions) == (True, 1)
    assert key("Awa Quorrabi") in (folder / "decisions.csv").read_text("utf-8")


def test_an_organisation_means_every_outcome_that_names_it(project):
    """As a code and an objective do; what is not there is refused."""
    harvest = Harvest(load_config(project), Audience.INTERNAL)

    assert [d.identifier for d in doomed(harvest, ["Goneforgood Weavers Guild"])] == [
        "QX/LOSTNUMBER/012"
    ]
    with pytest.raises(TargetError):
        doomed(harvest, ["QX/014"])
