"""The example harvest keeps what its README promises: a new user checks kg against it.

Read here with openpyxl, csv and regular expressions alone, so that a reader of
kg that errs cannot make these tests err with it. The last tests ask kg itself.
The words of the Word document are in `golden/examples/harvest-3.txt`: edit them
there, and `--update-golden` makes the document anew.
"""

import csv
import io
import re
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from kg.config import load_config
from kg.model import FIELDS
from kg.read import Headings, read_source
from kg.vocab import fold
from tests.word_document import word_document

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
README = (EXAMPLES / "README.md").read_text("utf-8")

#: What each heading means, told by hand. None: a column that only this programme has.
FIELD_OF = {
    "FragmentID": "fragment_id",
    "Fragment ID": "fragment_id",
    "Outcome status": "status",
    "OH-harvesting period": "round",
    "coutnry": "country",
    "Country ": "country",
    "Year": "year",
    "Title": "title",
    "Outcome description": "description",
    "Significance of the outcome": "significance",
    "Additional information (use if needed) ": "additional",
    "Rating significance": "rating_significance",
    "Social actor": "social_actor",
    "Scale": "scale",
    "Contribution of the programme": "contribution_programme",
    "Contribution of other actors and factors": "contribution_others",
    "Rating contribution": "rating_contribution",
    "The change was unintended": "unintended",
    "The change was unintended (tick if yes)": "unintended",
    "Evidence supporting the outcome statement": "evidence",
    "Outcome statements is CONFIDENTIAL": "confidential",
    "Link to Outcomes in Results Framework ": "framework_link",
    "Link to LAR Specific Objectives": "objective_link",
    "StoryFragment_Merged": "merged",
    "Outcome is negative": "negative",
    "MCQType of change": "type_of_change",
    "TypeOfChangeCluster": "change_cluster",
    "Discussed at the sense-making workshop": None,
    "Identifiant du fragment": "fragment_id",
    "Statut de l'incidence": "status",
    "Période de récolte": "round",
    "Pays ": "country",
    "Année": "year",
    "Description de l'incidence": "description",
    "Importance de l'incidence": "significance",
    "Informations complémentaires (si nécessaire)": "additional",
    "Appréciation de l'importance": "rating_significance",
    "Acteur social": "social_actor",
    "Échelle": "scale",
    "Contribution du programme": "contribution_programme",
    "Contribution d'autres acteurs et facteurs": "contribution_others",
    "Appréciation de la contribution": "rating_contribution",
    "Le changement était inattendu": "unintended",
    "Éléments de preuve": "evidence",
    "CONFIDENTIEL": "confidential",
    "Lien avec le cadre de résultats": "framework_link",
    "Lien avec les objectifs spécifiques": "objective_link",
    "L'incidence est négative": "negative",
    "Type de changement": "type_of_change",
    "Famille de changement": "change_cluster",
    "Country": "country",
    "Additional information (use if needed)": "additional",
    "Link to Outcomes in Results Framework": "framework_link",
    "Identificador": "fragment_id",
    "Estado del alcance": "status",
    "Período de cosecha": "round",
    "País": "country",
    "Año": "year",
    "Descripción del alcance": "description",
    "Relevancia del alcance": "significance",
    "Información adicional (usar si hace falta)": "additional",
    "Valoración de la relevancia": "rating_significance",
    "Actor social": "social_actor",
    "Escala": "scale",
    "Contribución del programa": "contribution_programme",
    "Contribución de otros actores y factores": "contribution_others",
    "Valoración de la contribución": "rating_contribution",
    "El cambio no fue previsto": "unintended",
    "Evidencia que sustenta el alcanze": "evidence",
    "CONFIDENCIAL": "confidential",
    "Vínculo con el marco de resultados": "framework_link",
    "Vínculo con los objetivos específicos": "objective_link",
    "El alcance es negativo": "negative",
    "Tipo de cambio": "type_of_change",
    "Grupo de cambio": "change_cluster",
}
COUNTRIES = {
    "Botswana": "Botswana",
    "Cap-Vert": "Cape Verde",
    "Cape Verde": "Cape Verde",
    "Maurice": "Mauritius",
    "Mauritius": "Mauritius",
    "Uruguay": "Uruguay",
}
NARRATIVE = (
    "description",
    "significance",
    "additional",
    "contribution_programme",
    "contribution_others",
    "evidence",
)
YES = {"1.0", "1", "oui", "x", "Sí"}
NO = {"0.0", "0", "NO", "non", "no"}
FILES = ("harvest-1.txt", "harvest-2.xlsx", "late-additions.csv", "harvest-3.docx")
WORDS_3 = Path(__file__).parent / "golden" / "examples" / "harvest-3.txt"


def text_rows(path: Path = EXAMPLES / "harvest-1.txt") -> list[dict[str, str]]:
    blocks = path.read_text("utf-8").strip().split("\n\n")
    return [
        {key: value.strip() for key, value in re.findall(r"^\*\*(.+?)\*\*: ?(.*)$", block, re.M)}
        for block in blocks
        if block.startswith("**")
    ]


def document_rows() -> list[dict[str, str]]:
    return text_rows(WORDS_3)


def sheet_rows() -> list[dict[str, object]]:
    rows = load_workbook(EXAMPLES / "harvest-2.xlsx")["Round 2"].iter_rows(values_only=True)
    for row in rows:
        if row[0] == "Fragment ID":
            return [dict(zip(row, line, strict=True)) for line in rows]
    raise AssertionError("no header in the workbook")


def csv_rows() -> list[dict[str, str]]:
    content = (EXAMPLES / "late-additions.csv").read_bytes().decode("cp1252")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one file by canonical field; every cell as text."""
    read = {
        "harvest-1.txt": text_rows,
        "harvest-2.xlsx": sheet_rows,
        "late-additions.csv": csv_rows,
        "harvest-3.docx": document_rows,
    }[name]
    return [
        {FIELD_OF[h]: "" if v is None else str(v) for h, v in row.items() if FIELD_OF[h]}
        for row in read()
    ]


ROWS = [row for name in FILES for row in rows_of(name)]
#: Each fragment once: a copy has the same id and the same words.
FRAGMENTS = list({(r["fragment_id"], r["description"]): r for r in ROWS}.values())
CONFIDENTIAL = [r for r in FRAGMENTS if r["confidential"] not in NO]


def named(end: str) -> dict[str, str]:
    """The first fragment whose id ends so."""
    return next(r for r in FRAGMENTS if r["fragment_id"].endswith(end))


def words_of(row: dict[str, str]) -> str:
    return "\n".join(row[name] for name in NARRATIVE if row.get(name))


SIGNS = {
    "en": {"the", "of", "and", "to", "a", "in"},
    "fr": {"le", "les", "des", "du", "une", "et", "à"},
    "es": {"el", "los", "las", "del", "una", "y", "que"},
}


def language(row: dict[str, str]) -> str:
    words = re.findall(r"\w+", row["description"].casefold())
    return max(SIGNS, key=lambda name: sum(word in SIGNS[name] for word in words))


def all_words() -> str:
    return "\n".join(words_of(r) for r in FRAGMENTS)


def framework() -> list[dict[str, str]]:
    with (EXAMPLES / "framework.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes_used() -> set[tuple[str, str]]:
    """(country, number) of each readable code, with the outcome above each output."""
    used = set()
    for row in FRAGMENTS:
        if re.match(r"\d{4}-", row["framework_link"]):  # a date
            continue
        for number in re.findall(r"\d+(?:\.\d+)+", row["framework_link"]):
            used.add((COUNTRIES[row["country"]], number))
    return used


# ── How much there is ────────────────────────────────────────────────────────────────────────


def test_the_harvest_is_large_enough_to_learn_with():
    """A reader of the README finds the number of fragments it names, and at least sixty."""
    told = int(re.search(r"(\d+) outcomes, four countries, three rounds", README)[1])

    assert len(FRAGMENTS) == told >= 60


@pytest.mark.parametrize(
    ("name", "rows"), [(FILES[0], 19), (FILES[1], 20), (FILES[2], 6), (FILES[3], 16)]
)
def test_each_file_holds_the_rows_that_the_readme_names(name, rows):
    """Rows read can be checked against the README."""
    (line,) = [line for line in README.splitlines() if line.startswith(f"| `{name}`")]

    assert (len(rows_of(name)), str(rows) in line) == (rows, True)


def test_every_country_has_fragments_of_every_round_it_took_part_in():
    """Three countries in three rounds, and one that joined in the third."""
    pairs = {(COUNTRIES[r["country"]], r["round"][-1]) for r in FRAGMENTS}
    first = set(COUNTRIES.values()) - {"Uruguay"}

    assert pairs == {*((c, n) for c in first for n in "123"), ("Uruguay", "3")}


@pytest.mark.parametrize("name", FILES)
def test_every_file_mixes_languages(name):
    """Language is a property of a record, not of a file."""
    kinds = {language(row) for row in rows_of(name)}

    assert kinds == {"en", "fr", *(["es"] if name == "harvest-3.docx" else [])}


def test_about_a_fifth_is_confidential():
    """A release of the example withholds something and shows something."""
    share = len(CONFIDENTIAL) / len(FRAGMENTS)

    assert 0.15 <= share <= 0.25


def test_fragments_are_written_one_by_one():
    """No sentence stands in two fragments, and no two descriptions begin alike."""
    sentences = Counter(
        sentence
        for row in FRAGMENTS
        for sentence in set(re.split(r"(?<=[.!?])\s+", words_of(row)))
        if len(sentence.split()) > 5
    )
    beginnings = Counter(tuple(row["description"].split()[:4]) for row in FRAGMENTS)

    assert (max(sentences.values()), max(beginnings.values())) == (1, 1)


def test_descriptions_have_the_length_of_real_ones():
    """Two to five sentences."""
    lengths = {
        row["description"]: len(re.findall(r"[.!?][\"»]?(?=\s|$)", row["description"]))
        for row in FRAGMENTS
    }

    assert {n for n in lengths.values() if not 2 <= n <= 5} == set()


# ── Quirks ───────────────────────────────────────────────────────────────────────────────────

RAW_TEXT = (EXAMPLES / "harvest-1.txt").read_text("utf-8")
EVERY = (text_rows(), sheet_rows(), csv_rows(), document_rows())
HEADINGS = {h for rows in EVERY for row in rows for h in row}
FLAGS = {r[f] for r in ROWS for f in ("confidential", "unintended", "negative")}
LINKS = {r["framework_link"] for r in FRAGMENTS}

QUIRKS = {
    "misspelt heading": "coutnry" in HEADINGS,
    "heading with instructions in brackets": any("(use if" in h for h in HEADINGS),
    "heading with a trailing space": any(h.endswith(" ") for h in HEADINGS),
    "heading joined to a prefix": "MCQType of change" in HEADINGS,
    "French headings": "Période de récolte" in HEADINGS,
    "Spanish headings, one misspelt": {"País", "Evidencia que sustenta el alcanze"} <= HEADINGS,
    "a column of its own": [h for h in HEADINGS if FIELD_OF[h] is None]
    == ["Discussed at the sense-making workshop"],
    "text with a trailing space": bool(re.search(r"^\*\*.+\*\*: \S.* $", RAW_TEXT, re.M)),
    "dialects of yes and no": {*YES, *NO, ""} == FLAGS,
    "blank confidentiality": [r["fragment_id"][-6:] for r in FRAGMENTS if not r["confidential"]]
    == ["SPC012"],
    "unknown whether intended": named("JUS010")["unintended"] == "",
    "two spaces between choices": any("  " in r["type_of_change"] for r in ROWS),
    "a line break between choices": "\n" in named("TRU005")["type_of_change"],
    "values in no list": (named("TRU008")["social_actor"], named("TRU010")["social_actor"])
    == ("School teachers", "Estudiantes de liceo"),
    "code without a space": any(re.match(r"Outcome\d", v) for v in LINKS),
    "outcome and output in one cell": "Outcome1.1, output 1.1.2" in LINKS,
    "French codes": any(v.startswith("Résultat ") and "produit" in v for v in LINKS),
    "an output alone": "output 2.2.1" in LINKS,
    "Spanish codes": {"Resultado 1.1; producto 1.1.1", "resultado 2.1 y producto 2.1.1"} <= LINKS,
    "lists of bare numbers": {"4.1 / 4.1.1", "2.1 ; 2.1.1"} <= LINKS,
    "codes in odd forms": {
        "OC2.2 / output 2.2.2",
        "OC 4.1; producto 4.1.1",
        "Outcome 1.1, outputs 1.1.2 and 1.1.3",
        "outcome 1.1 (output 1.1.1; output 1.1.2)",
    }
    <= LINKS,
    "one acronym, two bodies": {"CIR"}
    == {
        a
        for a in re.findall(r"\b[A-Z]{3,}\b", all_words())
        if len(set(re.findall(rf"([^.(]{{9}}) \({a}\)", all_words()))) > 1
    },
    "marks of redaction": all(m in all_words() for m in ("<person>", "<LOC>", "<redacted>")),
    "id with a slash": all("/" in r["fragment_id"] for r in ROWS if r["fragment_id"]),
    "id partly redacted": [r["fragment_id"] for r in FRAGMENTS if "<" in r["fragment_id"]]
    == ["LAR-<redacted>/SPC006"],
    "one id missing": sum(not r["fragment_id"] for r in FRAGMENTS) == 1,
    "unreadable code": {"see logframe, third line", "à préciser avec le siège"} <= LINKS,
    "a date where a code was": any(
        isinstance(r["Link to Outcomes in Results Framework "], datetime) for r in sheet_rows()
    ),
    "no code and no objective": (
        named("EQL003")["framework_link"],
        named("EQL003")["objective_link"],
    )
    == ("", ""),
    "an objective alone": sum(
        not r["framework_link"] and bool(r["objective_link"]) for r in FRAGMENTS
    )
    == 5,
    "a misspelt acronym, once": len(re.findall(r"\bCOSSARD\b", all_words())) == 1,
    "a chapter": "TCPN-Marwela" in all_words(),
    "curly and straight apostrophes": "’" in all_words() and "'" in all_words(),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_quirk_is_there(quirk):
    """Each quirk that the README tells of can be met."""
    assert QUIRKS[quirk] is True


def test_one_id_stands_for_two_outcomes():
    """The same id with different content: exactly once, with different countries."""
    ids = Counter(r["fragment_id"] for r in FRAGMENTS)
    (twice,) = [i for i, n in ids.items() if n > 1]
    countries = {r["country"] for r in FRAGMENTS if r["fragment_id"] == twice}

    assert (twice, countries) == ("LAR-2022/JUS004", {"Cap-Vert", "Mauritius"})


def test_one_record_came_in_twice():
    """The copy in another file says the same in every cell that both have."""
    copies = [r for r in ROWS if r["fragment_id"] == "LAR-2023/EQL006"]
    first, second = ({k: v for k, v in copy.items() if v} for copy in copies)

    assert (len(ROWS) - len(FRAGMENTS), first) == (1, second)


def test_merged_fields_repeat_the_others_and_one_says_more():
    """A reader can watch kg recognise a repetition, and keep what is none."""
    merged = [r for r in FRAGMENTS if r.get("merged")]
    repeat = [r for r in merged if all(r[f] in r["merged"] for f in NARRATIVE[:5])]
    more = [r["fragment_id"] for r in merged if "Harvester's remark" in r["merged"]]

    assert (len(merged), repeat, more) == (6, merged, ["LAR-2022/EQL001"])


def test_chains_name_outcomes_that_exist():
    """Each id told in a text is a fragment's, and every kind of link occurs in both languages."""
    told = set(re.findall(r"LAR-\d{4}/[A-Z]{3}\d{3}", all_words()))
    phrases = ("builds on", "s'appuie sur", "led to", "a conduit à", "see also", "voir aussi")
    missing = [p for p in phrases if f"{p} lar-" not in all_words().casefold()]

    assert (told - {r["fragment_id"] for r in FRAGMENTS}, missing, len(told) >= 8) == (
        set(),
        [],
        True,
    )


def test_negative_and_unintended_outcomes_are_as_many_as_told():
    """Programmes under-report them; the example does not."""
    negative = {r["fragment_id"][-6:] for r in FRAGMENTS if r["negative"] in YES}
    unintended = {r["fragment_id"][-6:] for r in FRAGMENTS if r["unintended"] in YES}

    assert (negative, unintended) == (
        {"EQL004", "EQL010", "EQL012", "SPC011", "TRU006", "JUS004"},
        {"EQL003", "EQL004", "EQL008", "EQL010", "EQL012", "TRU006", "TRU010", "JUS004"},
    )


def test_evidence_is_missing_as_often_as_told():
    """Large claims without evidence are what `large-without-evidence` is for."""
    without = [r for r in FRAGMENTS if not r["evidence"]]
    large = [r for r in without if r["rating_significance"] in {"large", "grande"}]
    alone = [r for r in FRAGMENTS if not r["contribution_others"]]

    assert (len(large), len(without), len(alone)) == (10, 21, 17)


def test_every_confidential_fragment_names_an_invented_person_and_two_cleared_ones_do():
    """The worklist of suspected names has something to show, and a release something to mask."""
    names = (
        "Orsola Venn|Tibo Marchenoir|Lisane Courtevue|Jonas Oberwilt|Keddie Amorel|"
        "Mirelle Astrane|VESPERIN Ilan|Ilda Novaterre|Hester Brandolf|Noémie Castelreux|"
        "Ysaline Portebrume|Aldo Perrisol|Fidela Orzabrava|Brisa Montelar|Wenna Tolbrick|"
        "Ondine Falaisier"
    )
    naming = [r for r in FRAGMENTS if re.search(names, words_of(r))]
    cleared = [r["fragment_id"] for r in naming if r not in CONFIDENTIAL]

    assert (len(naming), cleared) == (
        len(CONFIDENTIAL) + 2,
        ["LAR-2023/TRU006", "LAR-2024/JUS011"],
    )


# ── The workbook, the document and the edited files ──────────────────────────────────────────


def test_the_workbook_looks_like_one_and_carries_no_clock_or_author():
    """A title above the header, a second sheet that is no table, fixed properties."""
    book = load_workbook(EXAMPLES / "harvest-2.xlsx")
    sheet, said = book["Round 2"], book.properties
    times = {said.created, said.modified}

    assert (
        sheet["A1"].value.startswith("Lanterns Along the Road"),
        sheet["A4"].value,
        sheet.freeze_panes,
        book.sheetnames,
        (said.creator, said.lastModifiedBy, times),
    ) == (
        True,
        "Fragment ID",
        "B5",
        ["Round 2", "Read me"],
        ("Open example", "Open example", {datetime(2023, 11, 30, 9)}),
    )


def test_the_document_holds_the_words_that_were_reviewed(update_golden):
    """The Word document is made from a text file that a person can read in a diff."""
    made = word_document(WORDS_3.read_text("utf-8"))
    if update_golden:
        (EXAMPLES / "harvest-3.docx").write_bytes(made)

    assert (EXAMPLES / "harvest-3.docx").read_bytes() == made


def test_framework_codes_are_declared_once_and_stand_under_declared_ones():
    """`framework.csv` is a tree: no code twice, no parent missing, outputs under their outcome."""
    lines = framework()
    objectives = {x["code"] for x in lines if x["kind"] == "objective"}
    declared = Counter((x["country"], x["kind"], x["code"]) for x in lines)
    lost = [
        x
        for x in lines
        if (x["kind"] == "outcome" and x["parent"] not in objectives)
        or (x["kind"] == "output" and x["parent"] != x["code"].rpartition(".")[0])
        or (x["kind"] == "output" and (x["country"], "outcome", x["parent"]) not in declared)
    ]

    assert (objectives, max(declared.values()), lost) == ({"SPC", "JUS", "EQL", "TRU"}, 1, [])


def test_some_promises_have_no_outcome_and_one_code_is_no_promise():
    """The gaps that `framework-coverage` shows are those of the README."""
    used = codes_used() | {(c, n.rpartition(".")[0]) for c, n in codes_used() if n.count(".") == 2}
    lines = [x for x in framework() if x["kind"] != "objective"]
    silent = {(x["country"], x["code"]) for x in lines} - used
    outcomes = {(c, n) for c, n in silent if n.count(".") == 1}
    unknown = used - {(x["country"], x["code"]) for x in lines}

    assert (outcomes, len(silent - outcomes), unknown) == (
        {
            ("Botswana", "4.2"),
            ("Mauritius", "2.2"),
            ("Mauritius", "3.1"),
            ("Cape Verde", "3.2"),
            ("Uruguay", "4.2"),
        },
        9,
        {("Mauritius", "5.3")},
    )


def test_organisations_refer_to_each_other_by_ids_that_exist():
    """`organisations.yaml` shows every key once and is whole."""
    entries = yaml.safe_load((EXAMPLES / "organisations.yaml").read_text("utf-8"))
    ids = [e["id"] for e in entries]
    referred = {e["part_of"] for e in entries if "part_of" in e} | {
        i for e in entries for i in e.get("not_same_as", [])
    }
    ministries = [e for e in entries if e["label"].get("en") == "Ministry of Civic Affairs"]

    assert (6 <= len(ids) <= 10, len(set(ids)), referred - set(ids), len(ministries)) == (
        True,
        len(ids),
        set(),
        4,
    )


def test_decisions_have_the_header_of_the_contract():
    """What is decided is something that stands in the texts."""
    with (EXAMPLES / "decisions.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = list(reader)
    lost = [x[side] for x in lines for side in "ab" if x[side] and x[side] not in all_words()]

    assert (reader.fieldnames, len(lines), lost) == (
        ["decision", "a", "b", "scope", "by", "date", "reason", "publish"],
        3,
        [],
    )


def test_every_setting_that_is_commented_out_can_be_used(tmp_path):
    """Removing a # never makes an error: the comments of kg.toml are tried, all at once."""
    text = (EXAMPLES / "kg.toml").read_text("utf-8")
    used = re.sub(r"^# (?=\[|\"|[a-z_]+ = )", "", text, flags=re.M)
    (tmp_path / "kg.toml").write_text(used, "utf-8")
    sections = set(tomllib.loads(used))
    config = load_config(tmp_path)

    assert (
        sections,
        config.versions,
        config.release_columns,
        config.values["social_actor"]["School teachers"],
    ) == (
        {"project", "sources", "headings", "values", "frameworks", "release", "extraction"},
        {"Botswana": "1"},
        ("Discussed at the sense-making workshop",),
        "Engaged citizens",
    )


def test_the_settings_name_the_four_files():
    """`kg build` without an argument builds the whole example."""
    config = load_config(EXAMPLES)

    assert [path.relative_to(EXAMPLES).name for path in config.sources] == list(FILES)


def test_what_the_readme_names_exists():
    """Fragments named by the end of their ids, and bodies by acronym, are in the texts."""
    ends = set(re.findall(r"\b[A-Z]{3}\d{3}\b", README))
    table = "\n".join(line for line in README.splitlines() if line.startswith("|"))
    acronyms = set(re.findall(r"\b[A-Z]{3,}\b", table))
    lost = [e for e in ends if not any(r["fragment_id"].endswith(e) for r in FRAGMENTS)]
    unknown = [a for a in acronyms if not re.search(rf"\b{a}\b", all_words())]

    assert (lost, unknown, len(acronyms) > 15) == ([], [], True)


# ── Nothing of the real record ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real_record(shared) -> dict[str, str]:
    """The cells of the one real record, which is confidential and never committed."""
    path = shared / "seed" / "CIV010.txt"
    if not path.is_file():
        pytest.skip("NO REAL RECORD IN ../shared/seed: that nothing of it is here is not tested.")
    return dict(re.findall(r"^\*\*(.+?)\*\*: ?(.*)$", path.read_text("utf-8"), re.M))


@pytest.fixture(scope="module")
def everything() -> str:
    """All words of examples/, folded."""
    texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.[tmy]*"))]
    texts += [(EXAMPLES / n).read_text("utf-8") for n in ("framework.csv", "decisions.csv")]
    texts += [str(v) for rows in EVERY for row in rows for v in row.values()]
    return fold("\n".join(texts))


@pytest.mark.seed
def test_no_organisation_or_person_of_the_real_record_is_here(real_record, everything):
    """Neither names nor acronyms nor the words that make them unmistakable."""
    words = "\n".join(real_record.values())
    bodies = re.findall(r"((?:[A-ZÉ]\w+ )(?:[\w'’]+ ){2,7})\(([A-Z]{4,})\)", words)
    bodies = [(name.removeprefix("The "), acronym) for name, acronym in bodies]
    people = re.findall(r"([A-Z]\w+) ([A-Z]\w+) \(([^()<>]+), ([A-Z]{2,})\)", words)
    counted = Counter(w for name in {n for n, _ in bodies} for w in set(fold(name).split()))
    own = {w for name, _ in bodies for w in fold(name).split()[1:] if counted[w] == 1}
    sought = {fold(t) for name, a in bodies for t in (name, a)} | own
    sought |= {fold(part) for found in people for part in found}
    found = {term for term in sought if re.search(rf"\b{re.escape(term)}\b", everything)}

    assert (len({a for _, a in bodies}), len(people) > 0, len(found)) == (3, True, 0)


@pytest.mark.seed
def test_no_run_of_five_words_of_the_real_record_is_here(real_record, everything):
    """Its format is followed, its text is not."""
    cells = [v for k, v in real_record.items() if len(v.split()) > 5 and "Merged" not in k]
    plain = " ".join(re.findall(r"\w+", everything))
    runs = {
        " ".join(run)
        for cell in cells
        for words in [re.findall(r"\w+", fold(cell))]
        for run in zip(*(words[i:] for i in range(5)), strict=False)
    }
    taken = [run for run in runs if f" {run} " in f" {plain} "]

    assert (len(runs) > 100, len(taken)) == (True, 0)


# ── As kg reads it ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FILES)
def test_kg_reads_every_row_and_every_heading(name):
    """Nothing rejected; each heading is understood as a person understands it."""
    reading = read_source(EXAMPLES / name, headings=Headings.load({}))
    understood = {
        cell.heading.strip(): cell.field if cell.field in FIELDS else None
        for record in reading.records
        for cell in record.cells
    }
    meant = {h.strip(): FIELD_OF[h] for h in FIELD_OF}

    assert (len(reading.records), reading.rejected, understood) == (
        len(rows_of(name)),
        (),
        {heading: meant[heading] for heading in understood},
    )
