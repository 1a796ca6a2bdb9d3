"""The release law: not a byte of a release depends on a row, or a line, that it does not show."""

import csv
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.audience import says_no
from kg.config import load_config
from kg.pipeline import build
from kg.release import release
from kg.start import start_project

#: `make harm` tries all; the ordinary suite a tenth.
HARVESTS = 200 if "KG_HARM" in os.environ else 20

COLUMNS = (
    "Fragment ID",
    "Outcome status",
    "Harvest round",
    "Country",
    "Year",
    "Outcome description",
    "Contribution of others",
    "Confidential",
    "Link to results framework",
    "Specific objective",
    "Social actor",
    "Type of change",
    "Notes of the office",
)
NO = ("no", "NO", "0.0", "faux")
NOT_NO = ("yes", "1.0", "", "maybe", "no?", "confidentiel")
SENTENCES = (
    "In 2031 the Quorra Legal Clinic (QLC) opened a desk in Mendaro.",
    "The Quartz Lake Club (QLC) met the council of Mendaro.",
    "QLC and the Zenith Miners Union wrote to Idrissa Canaryworth.",
    "Le Collectif des Puits de Mendaro (CPM) a saisi le tribunal.",
    "CPM-Mendaro followed, as in QX/012 and QX/014.",
    "Wells were dug. Zubeyda led the union of weavers.",
    "They dug wells; zenith was reached, says Chief Wells.",
    "El Sindicato de Tejedores firmó el acuerdo el 3 de mayo.",
)

texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
rows = st.tuples(
    st.sampled_from(["QX/012", "QX/013", "QX/014", "QX-<redacted>/1", "", "Zubeyda 3"]),
    st.sampled_from(["Outcome", "Outcome lead", "Somewhat", ""]),
    st.sampled_from(["Harvest 1", "2", "Récolte 3", "the dry season"]),
    st.sampled_from(["Botswana", "Niger", "NER", "Sahel", "Zubeyda's village", ""]),
    st.sampled_from(["2031", "2022.0", "2021-2022", "soon"]),
    texts,
    st.one_of(st.just(""), texts),
    st.sampled_from(NO + NOT_NO),
    st.sampled_from(["Outcome 1.4", "1.4.1; 1.4.2", "as Zubeyda said 2.1", "9.9", ""]),
    st.sampled_from(["CIV", "CIV: Less noise", "AMINA", ""]),
    st.sampled_from(["Engaged citizens", "Friends of Zubeyda", "Engaged citizens; Kin", ""]),
    st.sampled_from(["Behaviour change", "Weather", ""]),
    st.sampled_from(["", "seen by Zubeyda", "ok"]),
)
harvests = st.lists(rows, min_size=1, max_size=7)
settings_of = st.fixed_dictionaries(
    {
        "columns": st.sampled_from(["[]", '["Notes of the office"]']),
        "publish": st.sampled_from(["[]", '["framework.csv"]', '["organisations.yaml"]']),
        "language": st.sampled_from(["en", "fr"]),
        "more": st.sampled_from(
            [
                "",
                "[frameworks]\npublish = true\n",
                '[values.social_actor]\n"Kin" = "Engaged citizens"\n',
                '[headings]\n"Notes of the office" = "evidence"\n',
            ]
        ),
    }
)

FRAMEWORK = (
    "kind,code,label,parent,country,publish\n"
    "objective,CIV,Open councils,,,yes\n"
    "outcome,1.4,Councils answer,CIV,Botswana,yes\n"
    "outcome,2.1,A secret plan,CIV,Niger,\n"
)
ORGANISATIONS = (
    "- id: qlc\n  label: {en: Quorra Legal Clinic}\n  acronyms: [QLC]\n"
    "  country: Botswana\n  publish: yes\n"
    "- id: zmu\n  label: {en: Zenith Miners Union}\n  aliases: [union of weavers]\n"
)


def project(folder: Path, records, terms, *, framework=FRAMEWORK, organisations=ORGANISATIONS):
    """A project folder with one source."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "kg.toml").write_text(
        f'[project]\nlanguage = "{terms["language"]}"\n[sources]\nfiles = ["harvest.csv"]\n'
        f"[release]\ncolumns = {terms['columns']}\npublish = {terms['publish']}\n"
        f"{terms.get('more', '')}",
        encoding="utf-8",
    )
    (folder / "framework.csv").write_text(framework, encoding="utf-8")
    (folder / "organisations.yaml").write_text(organisations, encoding="utf-8")
    with (folder / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *records])
    return folder


def released(folder: Path, *, ner: bool = False) -> dict[str, bytes]:
    """Build, release, and read what would be given away: every file and its name."""
    config = load_config(folder)
    build(config, ner=ner)
    release(config)
    public = folder / "output" / "public"
    return {
        str(path.relative_to(public)): path.read_bytes()
        for path in sorted(public.rglob("*"))
        if path.is_file()
    }


@settings(
    max_examples=HARVESTS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(harvests, settings_of)
def test_a_release_equals_a_world_without_the_withheld_rows(tmp_path, records, terms):
    """Withheld rows were never there: no count, key, order, label or alias comes from them."""
    cleared = [row for row in records if row[7] in NO and not _copied(row, records)]

    assert released(project(tmp_path / "all", records, terms)) == released(
        project(tmp_path / "cleared", cleared, terms)
    )


def _copied(row, records):
    """Whether another copy of the same record is not plainly cleared: then all copies go."""
    same = [r for r in records if _content(r) == _content(row)]
    return any(r[7] not in NO for r in same)


def _content(row):
    caseless = {1, 2, 3, 10, 11}
    return tuple(
        cell.casefold() if index in caseless else cell
        for index, cell in enumerate(row)
        if index != 7
    )


@pytest.mark.skipif("KG_HARM" not in os.environ, reason="for make harm: builds the example twice")
def test_the_example_is_released_as_if_its_withheld_rows_had_never_been(tmp_path):
    """Language models suggest names, four kinds of file are read: not a byte differs."""
    every, less = tmp_path / "all", tmp_path / "cleared"
    for root in (every, less):
        start_project(root, demo=True)
    first = released(every, ner=True)
    lines = (every / "output" / "internal" / "records.jsonl").read_text("utf-8").split("\n")
    records = [json.loads(line) for line in lines if line]
    said = [{c["heading"]: c["text"] for c in record["cells"]} for record in records]
    flags = [_cell(record, "confidential") for record in records]
    cleared = [cells for cells, flag in zip(said, flags, strict=True) if says_no(flag)]
    (less / "cleared.json").write_text(json.dumps(cleared), encoding="utf-8")
    settings_file = less / "kg.toml"
    settings_file.write_text(
        re.sub(r"(?m)^files = .*", 'files = ["cleared.json"]', settings_file.read_text("utf-8")),
        encoding="utf-8",
    )
    second = released(less, ner=True)

    assert 0 < len(cleared) < len(records)
    assert first == second


def _cell(record, field):
    return next((c["text"] for c in record["cells"] if c["field"] == field), "")


@pytest.mark.parametrize("terms", [{"columns": "[]", "publish": "[]", "language": "en"}])
def test_lines_without_publish_have_no_effect(tmp_path, terms):
    """Unmarked organisations, codes and decisions do not exist for a release."""
    records = [
        ("QX/012", "Outcome", "1", "Botswana", "2031", text, "", "no", "2.1", "CIV", "", "", "")
        for text in SENTENCES
    ]
    marked_framework = "".join(line for line in FRAMEWORK.splitlines(True) if "secret" not in line)
    marked_organisations = ORGANISATIONS.split("- id: zmu", maxsplit=1)[0]
    one = project(tmp_path / "all", records, terms)
    (one / "decisions.csv").write_text(
        "decision,a,b,scope,by,date,reason,publish\n"
        "not-organisation,Quartz Lake Club,,,me,2031-01-01,,\n",
        encoding="utf-8",
    )
    other = project(
        tmp_path / "marked",
        records,
        terms,
        framework=marked_framework,
        organisations=marked_organisations,
    )

    assert released(one) == released(other)


def test_what_was_released_before_leaves_no_trace(tmp_path):
    """Withdrawn since: the folder is that of a project which never had the row, old files gone."""
    terms = {"columns": '["Notes of the office"]', "publish": "[]", "language": "en"}
    stays = ("QX/012", "Outcome", "1", "Niger", "2031", SENTENCES[0], "", "no", *[""] * 5)
    withdrawn = ("QX/013", "Outcome", "1", "Mali", "2030", "The Zibaqué Union met.", "", "no")
    once = project(tmp_path / "once", [stays, (*withdrawn, *[""] * 4, "Zibaqué Union")], terms)
    before = released(once)
    with (once / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        flagged = (*withdrawn[:7], "yes", *[""] * 4, "Zibaqué Union")
        csv.writer(stream).writerows([COLUMNS, stays, flagged])
    never = project(tmp_path / "never", [stays], terms)

    assert any("Zibaqué".encode() in content for content in before.values())
    assert released(once) == released(never)


def test_the_world_does_change_where_a_cleared_row_does(tmp_path):
    """The law is not kept by saying nothing: a cleared row more is seen."""
    terms = {"columns": "[]", "publish": "[]", "language": "en"}
    row = ("QX/012", "Outcome", "1", "Niger", "2031", SENTENCES[0], "", "no", *[""] * 5)
    more = ("QX/013", "Outcome", "1", "Niger", "2031", SENTENCES[3], "", "no", *[""] * 5)

    assert released(project(tmp_path / "one", [row], terms)) != released(
        project(tmp_path / "two", [row, more], terms)
    )
