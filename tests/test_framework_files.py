"""Framework files: tables and IATI activities, as kg.toml names them; what they become."""

import os
import subprocess
import sys

import openpyxl
import pytest

from kg.config import load_config
from kg.errors import ConfigError, SourceError
from kg.frameworks.files import (
    framework_files,
    read_framework_file,
    read_frameworks,
    refuse_activities,
)
from kg.frameworks.iati import IatiSettings, iati_entries
from kg.places import Places
from kg.read import expand_sources
from kg.read.iati import IatiActivity, IatiFile, IatiResult
from kg.start import start_project

TABLE = "kind,code,label\noutcome,1.4,Safer\n"
ACTIVITY = (
    '<iati-activities version="2.03"><iati-activity xml:lang="en">'
    "<iati-identifier>XX-1</iati-identifier>{}</iati-activity></iati-activities>"
)
RESULT = '<result type="{}"><title><narrative>{}</narrative></title></result>'


def entries(*results, settings=None, **more):
    """(entries, findings) of one activity of Mali."""
    activity = IatiActivity(
        line=3,
        identifier="XX-1",
        title="",
        countries=more.get("countries", ("ML",)),
        regions=more.get("regions", ()),
        results=tuple(
            IatiResult(
                10 + number,
                kind,
                tuple(titles) if isinstance(titles, list) else (("en", titles),) if titles else (),
                tuple(references),
            )
            for number, (kind, titles, *references) in enumerate(results)
        ),
    )
    found = IatiFile("a.xml", more.get("version", "2.03"), (activity,))
    return iati_entries(found, settings=settings or IatiSettings(), places=Places.load())


@pytest.mark.parametrize(
    ("type_", "title", "kind", "code", "label"),
    [
        ("1", "Output 1.4.1: Plans are in use", "output", "1.4.1", "Plans are in use"),
        ("2", "Outcome 1.4 – Safer", "outcome", "1.4", "Safer"),
        ("2", "Effet 1.4 : Plus sûrs", "outcome", "1.4", "Plus sûrs"),
        ("1", "1.4.1 Plans", "output", "1.4.1", "Plans"),
        ("2", "1.4.1 Changed practice", "outcome", "1.4.1", "Changed practice"),
        ("2", "(1.4) Safer", "outcome", "1.4", "Safer"),
        ("1", "OP1.4.1. Plans", "output", "1.4.1", "Plans"),
        ("3", "CIV: Wider space", "objective", "CIV", "Wider space"),
        ("3", "Objective 2 - Peace", "objective", "2", "Peace"),
        ("3", "SO1: Peace", "objective", "SO1", "Peace"),
        ("9", "Output 1.4.1: Plans", "output", "1.4.1", "Plans"),
        ("9", "Objective 2 - Peace", "objective", "2", "Peace"),
        ("2", "Result 1.4: Safer", "outcome", "1.4", "Safer"),
    ],
)
def test_codes_are_read_from_titles(type_, title, kind, code, label):
    """As people number their results; the type says what a bare number is."""
    found, findings = entries((type_, title))

    assert [(e.kind, e.code, e.label) for e in found] == [(kind, code, label)]
    assert findings == ()


@pytest.mark.parametrize(
    ("type_", "title", "label"),
    [
        ("1", "500 people were trained", "500 people were trained"),
        ("1", "16 groups have plans", "16 groups have plans"),
        ("1", "MEL: data are better", "MEL: data are better"),
        ("2", "Outcome: safer towns", "safer towns"),
        ("3", "Impact: safer towns", "safer towns"),
        ("3", "Wider civic space", "Wider civic space"),
        ("2", "Progress on SDG 16.9.1", "Progress on SDG 16.9.1"),
        ("1", "Towns with output 1.4 plans", "Towns with output 1.4 plans"),
    ],
)
def test_a_title_without_a_code_gets_one(type_, title, label):
    """Made from its words, so that it stays when results move; told, with the code."""
    first, findings = entries((type_, title))
    again, _ = entries(("1", "Other 1"), (type_, title))

    assert [(e.label, e.code[:5], len(e.code)) for e in first] == [(label, "iati-", 11)]
    assert first[0].code == again[-1].code
    assert [(f.reason, f.where.row) for f in findings] == [("code-made", 10)]
    assert first[0].code in findings[0].message


def test_a_reference_of_ones_own_is_a_code():
    """Vocabulary 99; the codes of an indicator catalogue are not the framework's."""
    found, _ = entries(
        ("1", "Plans", ("99", "Output 1.4.1")),
        ("1", "Rules", ("7", "861"), ("99", "B-1")),
        ("1", "Output 1.5: Laws", ("99", "B2")),
        ("1", "Money", ("1", "3429")),
    )

    assert [e.code for e in found[:3]] == ["1.4.1", "B-1", "1.5"]
    assert found[3].code.startswith("iati-")


def test_labels_in_every_language_of_the_title():
    """The first is shown where nobody asks for another."""
    titles = [("en", "Outcome 1.4: Safer"), ("fr", "Effet 1.4 : Plus sûrs"), ("fr", "Effet 1.4: X")]
    (entry,), _ = entries(("2", titles))

    assert entry.label == "Safer"
    assert entry.labels == (("en", "Safer"), ("fr", "Plus sûrs"))


def test_a_title_beats_the_type_and_both_are_told():
    """Records quote the title; the type is a number in a list."""
    (entry,), findings = entries(("1", "Outcome 1.4: Safer"))

    assert entry.kind == "outcome"
    assert [(f.reason, f.where.row, f.where.field) for f in findings] == [
        ("result-kind", 10, "type")
    ]


def test_what_cannot_be_used_is_told():
    """Another type without a telling title; nothing at all."""
    found, findings = entries(("9", "Other things"), ("1", ""), ("", "Things"))

    assert found == ()
    assert [(f.reason, f.where.row) for f in findings] == [
        ("result-type", 10),
        ("label-missing", 11),
        ("result-type", 12),
        ("no-results", None),
    ]


@pytest.mark.parametrize(
    ("where", "country", "reasons"),
    [
        ({"countries": ("ML",)}, "ML", []),
        ({"countries": ("ml",)}, "ML", []),
        ({"countries": (), "regions": ("Sahel",)}, "Sahel", []),
        ({"countries": ()}, "", []),
        ({"countries": ("ML", "NE")}, "", ["activity-place"]),
        ({"countries": (), "regions": ("998",)}, "", ["activity-place"]),
    ],
)
def test_whose_results_an_activitys_are(where, country, reasons):
    """Its one country or region; of several the whole programme's, which is told."""
    (entry,), findings = entries(("2", "Outcome 1.4: Safer"), **where)

    assert (entry.country, [f.reason for f in findings]) == (country, reasons)


def test_kg_toml_says_whose_they_are():
    """Where the file does not say it as records do."""
    settings = IatiSettings(countries={"XX-1": "Sahel"}, programmes={"XX-1": "Rivers"})
    (entry,), findings = entries(
        ("2", "Outcome 1.4: Safer"), countries=("ML", "NE"), settings=settings
    )

    assert (entry.country, entry.programme, findings) == ("Sahel", "Rivers", ())


def test_only_the_activities_that_count():
    """One file of a publisher holds many programmes."""
    other, _ = entries(("2", "Outcome 1.4: Safer"), settings=IatiSettings(only=frozenset({"XX-2"})))
    same, _ = entries(("2", "Outcome 1.4: Safer"), settings=IatiSettings(only=frozenset({"XX-1"})))

    assert (len(other), len(same)) == (0, 1)


def test_a_version_nobody_knows_is_told():
    """Read as the last one that is known."""
    found, findings = entries(("2", "Outcome 1.4: Safer"), version="2.04")

    assert (len(found), [f.reason for f in findings]) == (1, ["iati-version"])


def _project(folder, settings="", **files):
    (folder / "kg.toml").write_text(f"[frameworks]\n{settings}\n", "utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return load_config(folder)


def test_the_table_beside_kg_toml_and_those_that_it_names(tmp_path):
    """framework.csv is found by itself, and is read once also where it is named."""
    config = _project(
        tmp_path,
        'files = ["framework.csv", "activity.xml"]',
        framework_csv=TABLE,
        activity_xml=ACTIVITY.format(RESULT.format(1, "Output 1.4.1: Plans")),
    )
    found, findings = read_frameworks(config)

    assert [(e.file, e.kind, e.code) for e in found] == [
        ("framework.csv", "outcome", "1.4"),
        ("activity.xml", "output", "1.4.1"),
    ]
    assert findings == ()


def _workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("name", ["framework.xlsx", "Framework.XLSX"])
def test_a_workbook_beside_the_table_that_kg_init_began(tmp_path, name):
    """Both are read without being named; kg inspect says of which files codes are looked up."""
    start_project(tmp_path, demo=False)
    _workbook(tmp_path / name, [["kind", "code", "label"], ["outcome", "1.4", "Safer"]])
    (tmp_path / "h.csv").write_text(
        "Fragment ID,Outcome description,Results framework\n1,They met.,1.4\n", "utf-8"
    )
    config = load_config(tmp_path)
    status, shown, _ = _inspect(tmp_path, str(tmp_path / "h.csv"))

    assert [path.name for path in framework_files(config)] == ["framework.csv", name]
    assert [entry.code for entry in read_frameworks(config)[0]] == ["1.4"]
    assert (status, f"Codes are looked up in {name}: 1 code" in shown) == (0, True)


def test_no_framework_at_all(tmp_path):
    """Nothing promised, nothing said."""
    assert read_frameworks(load_config(tmp_path)) == ((), ())
    assert framework_files(load_config(tmp_path)) == ()


@pytest.mark.parametrize(
    ("settings", "publish"),
    [("", [False]), ("publish = true", [True]), ('[release]\npublish = ["activity.xml"]', [True])],
)
def test_a_file_is_internal_unless_marked(tmp_path, settings, publish):
    """An activity file is public somewhere, and still not known to belong to this harvest."""
    config = _project(
        tmp_path,
        f'files = ["activity.xml"]\n{settings}',
        activity_xml=ACTIVITY.format(RESULT.format(1, "Output 1.4.1: Plans")),
    )

    assert [e.publish for e in read_frameworks(config)[0]] == publish


@pytest.mark.parametrize("name", ["none.csv", "none.xml", "table.pdf"])
def test_a_file_that_is_not_there_or_of_another_kind(tmp_path, name):
    """Named in kg.toml: the build stops and says which."""
    config = _project(tmp_path, f'files = ["{name}"]')

    with pytest.raises(ConfigError, match=name):
        read_frameworks(config)


def test_a_framework_is_no_source(tmp_path):
    """Also when its folder is one; named as one, it is refused."""
    (tmp_path / "mali.csv").write_text(TABLE, "utf-8")
    (tmp_path / "harvest.csv").write_text("description\nx\n", "utf-8")
    never = {(tmp_path / "mali.csv").resolve()}

    assert [p.name for p in expand_sources([tmp_path], never=never)] == ["harvest.csv"]
    with pytest.raises(SourceError, match="no source"):
        expand_sources([tmp_path / "mali.csv"], never=never)


def test_the_view_of_a_file_holds_its_activities(tmp_path):
    """For kg inspect, which tells whose they are."""
    config = _project(tmp_path, activity_xml=ACTIVITY.format(RESULT.format(1, "Plans")))
    view = read_framework_file(tmp_path / "activity.xml", config)

    assert view.iati is not None
    assert [a.identifier for a in view.iati.activities] == ["XX-1"]


def _inspect(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", str(folder), "inspect", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_inspect_shows_an_activity_file_and_what_to_paste(tmp_path):
    """Before anything is built: codes, doubts, and lines that kg.toml understands once pasted."""
    country = '<recipient-country code="ML"/><recipient-country code="NE"/>'
    text = ACTIVITY.format(country + RESULT.format(1, "Output 1.4.1: Plans"))
    _project(tmp_path, activity_xml=text)
    status, shown, _ = _inspect(tmp_path, str(tmp_path / "activity.xml"))
    pasted = [
        line.removeprefix("# ").replace("COUNTRY", "Mali")
        for line in shown.splitlines()
        if line.startswith(("files = ", "# countries = "))
    ]
    config = _project(tmp_path, "\n".join(pasted))

    assert (status, len(pasted)) == (0, 2)
    assert "1.4.1" in shown
    assert max(len(line) for line in shown.splitlines() if " = " not in line) <= 80
    assert [(e.country, e.code) for e in read_frameworks(config)[0]] == [("Mali", "1.4.1")]


def test_inspect_shows_a_table_with_what_is_wrong(tmp_path):
    """Also what only shows beside the other lines: a parent that is not there."""
    _project(tmp_path, framework_csv="kind,code,label,parent\noutcome,1.4,Safer,CIV\n")
    status, shown, _ = _inspect(tmp_path, str(tmp_path / "framework.csv"))

    assert status == 0
    assert "framework.csv, row 2, field parent" in shown
    assert "files = " not in shown


def test_inspect_of_an_activity_file_without_results_offers_nothing(tmp_path):
    """Nothing to name in kg.toml."""
    _project(tmp_path, activity_xml=ACTIVITY.format(""))
    status, shown, _ = _inspect(tmp_path, str(tmp_path / "activity.xml"))

    assert (status, "no result" in shown, "files = " in shown) == (0, True, False)


def test_a_build_of_activities_says_the_line_to_paste(tmp_path):
    """An IATI file named as a source is told where it belongs, beside what is named there."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "act.xml").write_text("<iati-activities/>", "utf-8")
    (tmp_path / "old.csv").write_text("kind,code,label\n", "utf-8")
    (tmp_path / "kg.toml").write_text('[frameworks]\nfiles = ["old.csv"]\n', "utf-8")
    config = load_config(tmp_path)

    with pytest.raises(SourceError, match=r'files = \["old.csv", "more/act.xml"\]'):
        refuse_activities([tmp_path / "more" / "act.xml"], config)


def _inspect_from(folder, *arguments):
    """The same from a folder, without -C."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", "inspect", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        check=False,
    )
    return [line for line in done.stdout.splitlines() if line.startswith("files = ")]


def test_the_line_to_paste_names_a_file_from_the_folder_of_kg_toml(tmp_path):
    """Wherever one stands while inspecting: in the project, above it, beside it."""
    (tmp_path / "project" / "sub").mkdir(parents=True)
    (tmp_path / "project" / "kg.toml").write_text("", "utf-8")
    for place in ("project/act.xml", "act.xml"):
        (tmp_path / place).write_text(ACTIVITY.format(RESULT.format(1, "Plans")), "utf-8")

    assert _inspect_from(tmp_path / "project", "act.xml") == ['files = ["act.xml"]']
    assert _inspect_from(tmp_path / "project" / "sub", "../act.xml") == ['files = ["act.xml"]']
    assert _inspect_from(tmp_path, "project/act.xml") == ['files = ["act.xml"]']
    assert _inspect_from(tmp_path / "project", "../act.xml") == ['files = ["../act.xml"]']


def test_no_line_to_paste_for_the_table_beside_kg_toml(tmp_path):
    """It is read without being named, also where one inspects it from above the project."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "kg.toml").write_text("", "utf-8")
    (tmp_path / "project" / "framework.csv").write_text(TABLE, "utf-8")

    assert _inspect_from(tmp_path, "project/framework.csv") == []
