"""Questions about results frameworks, over a harvest built from files; rows counted by hand.

Two tables and an activity file; one code in four places, codes that nobody
promised, promises that nobody reports on. Both engines have to agree.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import kg
from kg.query import Question

Rows = list[tuple[str, ...]]
Asked = Callable[..., Rows]

SETTINGS = """
[project]
programme = "Lantern"
[sources]
files = ["harvest.csv"]
[frameworks]
files = ["niger.xml"]
"""
FRAMEWORK = """kind;code;label;label_fr;parent;country
objective;CIV;Civic space is wider;L'espace civique est plus large;;
objective;PEA;Peace lasts;;;
outcome;1.4;Councils open up;;CIV;Mali
output;1.4.1;Budgets are public;;1.4;Mali
output;1.4.2;Radios report;;;Mali
outcome;1.5;Nobody reported this;;PEA;Mali
outcome;1.4;Judges are heard;;PEA;Benin
"""
ACTIVITY = """<iati-activities version="2.02"><iati-activity xml:lang="fr">
<iati-identifier>XX-1</iati-identifier><recipient-country code="NE"/>
<result type="2"><title><narrative>Effet 1.4 : Les villages décident</narrative></title></result>
</iati-activity></iati-activities>"""
HEADER = "Fragment ID;Country;Year;Description;Link;Objective;Social actor;Others;Confidential"
ROWS = (
    (
        "L/A;Mali;2021;They published the budget in May.;"
        "Outcome 1.4, output 1.4.1;CIV;Engaged citizens;"
        "Lantern Rights Network trained the council.;no"
    ),
    (
        "L/B;Mali;2022;They published the budget in June.;1.4.1; 1.4.2;;Media;"
        "Lantern Rights Network printed the budget.;no"
    ),
    (
        "L/C;Benin;2022;The judges of Capes heard the fishers.;Outcome 1.4;;Engaged citizens;"
        "Harbour Law Circle filed the claim.;no"
    ),
    "L/D;Mali;2022;The market of Reefs opened at night.;outcome 9.9;;;;no",
    "L/E;;2022;The school of Isles hired two women.;Outcome 1.4;;;;no",
    "L/F;Senegal;2022;The port of Sands closed its dump.;output 2.1.3;;;;no",
    "L/G;Mali;;The union of Shells was registered.;;l’ESPACE civique est plus large;;;no",
    "L/H;Mali;2022;The bank of Tides lent to women.;01/04/2022;;;;no",
    "L/I;Mali;2022;The ferry of Waves carries pupils for free.;;;;;no",
    "L/J;Mali;2022;The mill of Winds pays by weight.;see annex;;;;no",
    "L/K;Sahel;2022;The herders of Dunes share their wells.;Outcome 1.4;;Engaged citizens;;no",
)
ORGANISATIONS = """
- {id: lrn, label: {en: Lantern Rights Network}, acronyms: [LRN]}
- {id: hlc, label: {en: Harbour Law Circle}, acronyms: [HLC]}
"""


def _build(folder: Path, rows: tuple[str, ...], *, framework: str = FRAMEWORK) -> Path:
    folder.mkdir()
    (folder / "kg.toml").write_text(SETTINGS, "utf-8")
    (folder / "framework.csv").write_text(framework, "utf-8")
    (folder / "niger.xml").write_text(ACTIVITY, "utf-8")
    (folder / "organisations.yaml").write_text(ORGANISATIONS, "utf-8")
    header = HEADER.replace("Link", "Link to results framework").replace(
        "Objective", "Link to specific objectives"
    )
    header = header.replace("Others", "Contribution of others")
    # B's two codes are one cell: a semicolon inside quotes.
    text = "\n".join([header, *rows]).replace("1.4.1; 1.4.2", '"1.4.1; 1.4.2"')
    (folder / "harvest.csv").write_text(text + "\n", "utf-8")
    return kg.build(project=folder, ner=False).folder / "harvest.trig"


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory, small):
    """The harvest of this module; `small` lends its way of asking two engines."""
    folder = tmp_path_factory.mktemp("lantern")
    return type(small)(_build(folder / "all", ROWS), folder / "cache")


@pytest.fixture(scope="module")
def ask(harvest, library: Mapping[str, Question]) -> Asked:
    """Ask both engines; rows with what is IRI left out."""

    def asked(what: str, *, of=harvest, language: str = "en", **parameters: object) -> Rows:
        prepared = of.prepare(what, parameters, library=library, language=language)
        answer, other = of.run(prepared), of.run_by_rdflib(prepared)

        assert (other.columns, other.values()) == (answer.columns, answer.values())
        kept = [i for i, c in enumerate(answer.columns) if c not in {"fragment", "organisation"}]
        return [tuple(row[i] for i in kept) for row in answer.strings()]

    return asked


def test_coverage_lists_what_was_promised_and_what_was_stated(ask: Asked) -> None:
    """Each outcome once in a total; a level that follows from a number alone (2.1) is no row."""
    assert ask("framework-coverage") == [
        ("", "1.4", "outcome", "", "1", "1"),  # E: no country, so nobody's table
        ("", "CIV", "objective", "Civic space is wider", "2", "3"),  # A, G; B by way of 1.4.1
        ("", "PEA", "objective", "Peace lasts", "0", "1"),  # C by way of Benin's 1.4
        ("Benin", "1.4", "outcome", "Judges are heard", "1", "1"),
        ("Mali", "1.4", "outcome", "Councils open up", "1", "2"),  # A, and B once for two codes
        ("Mali", "1.4.1", "output", "Budgets are public", "2", "2"),
        ("Mali", "1.4.2", "output", "Radios report", "1", "1"),
        ("Mali", "1.5", "outcome", "Nobody reported this", "0", "0"),
        ("Mali", "9.9", "outcome", "", "1", "1"),  # stated, and declared nowhere
        ("Niger", "1.4", "outcome", "Les villages décident", "0", "0"),
        ("Sahel", "1.4", "outcome", "", "1", "1"),
        ("Senegal", "2.1.3", "output", "", "1", "1"),
    ]


def test_coverage_in_french(ask: Asked) -> None:
    """A label in the language asked for, where the table has one."""
    labels = {row[1]: row[3] for row in ask("framework-coverage", language="fr")}

    assert labels["CIV"] == "L'espace civique est plus large"
    assert labels["PEA"] == "Peace lasts"


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        ("Mali", ["1.4", "1.4.1", "1.4.2", "1.5", "9.9"]),
        ("ML", ["1.4", "1.4.1", "1.4.2", "1.5", "9.9"]),
        ("Bénin", ["1.4"]),
        ("niger", ["1.4"]),
        ("Sahel", ["1.4"]),
    ],
)
def test_coverage_of_a_country_or_region(ask: Asked, country: str, codes: list[str]) -> None:
    """By name in any language, ISO code, or region; objectives are the programme's."""
    assert [row[1] for row in ask("framework-coverage", country=country)] == codes


def test_a_code_means_every_frameworks_node_of_it(ask: Asked) -> None:
    """With what lies under each; the path is as long as it is declared."""
    rows = [(c, key, code, path) for c, key, _, _, code, path in ask("trace-result", code="1.4")]

    assert rows == [
        ("", "e", "1.4", "1.4"),
        ("Benin", "c", "1.4", "1.4 > PEA"),
        ("Mali", "a", "1.4", "1.4 > CIV"),
        ("Mali", "a", "1.4.1", "1.4.1 > 1.4 > CIV"),
        ("Mali", "b", "1.4.1", "1.4.1 > 1.4 > CIV"),
        ("Mali", "b", "1.4.2", "1.4.2 > 1.4 > CIV"),
        ("Sahel", "k", "1.4", "1.4"),
    ]


@pytest.mark.parametrize(
    ("code", "country", "keys"),
    [
        ("1.4", "Benin", ["c"]),
        ("1.4", "Niger", []),
        ("1.5", None, []),
        ("9.9", None, ["d"]),
        ("2.1.3", None, ["f"]),
        ("output 1.4.1", "Mali", ["a", "b"]),
        ("Produit 1.4.2", None, ["b"]),
    ],
)
def test_a_code_of_one_country(ask: Asked, code: str, country: str | None, keys: list[str]) -> None:
    """A promise that nobody reports on is an empty answer, not an error."""
    parameters = {"country": country} if country else {}

    assert [row[1] for row in ask("trace-result", code=code, **parameters)] == keys


def test_an_objective_gathers_what_lies_under_it(ask: Asked) -> None:
    """By way of the table's parents, in every country; and what names it itself."""
    rows = [(c, key, code) for c, key, _, _, code, _ in ask("trace-result", code="CIV")]

    assert rows == [
        ("", "a", "CIV"),
        ("", "g", "CIV"),
        ("Mali", "a", "1.4"),
        ("Mali", "a", "1.4.1"),
        ("Mali", "b", "1.4.1"),
        ("Mali", "b", "1.4.2"),
    ]


def test_who_stands_behind_a_result(ask: Asked) -> None:
    """An outcome with two codes under the result counts once."""
    assert ask("contributors-to-result", code="1.4") == [
        ("Benin", "Harbour Law Circle", "contributor", "1"),
        ("Mali", "Lantern Rights Network", "contributor", "2"),
    ]
    assert ask("contributors-to-result", code="1.4", country="Niger") == []
    assert ask("contributors-to-result", code="PEA") == [
        ("Benin", "Harbour Law Circle", "contributor", "1")
    ]


def test_unlinked_outcomes_say_why(ask: Asked) -> None:
    """Five reasons, the cell as typed; where no table is given a readable code links."""
    rows = [(key, raw, reason) for key, _, _, raw, reason in ask("unlinked-outcomes")]

    assert rows == [
        ("d", "outcome 9.9", "unknown code"),
        ("g", "", "objective only"),
        ("h", "01/04/2022", "date"),
        ("i", "", "no code"),
        ("j", "see annex", "unreadable"),
    ]


@pytest.mark.parametrize(
    ("parameters", "keys"),
    [
        ({"actor": "Engaged citizens"}, "ack"),
        ({"actor": "citoyens engagés"}, "ack"),
        ({"actor": "Media and journalists"}, "b"),
        ({"actor": "Engaged citizens", "country": "Mali"}, "a"),
        ({"actor": "Engaged citizens", "code": "1.4"}, "ack"),
        ({"country": "Sahel"}, "k"),
        ({"objective": "CIV"}, "abg"),
        ({"objective": "L'espace civique est plus large"}, "abg"),
        ({"objective": "PEA", "year": "2022"}, "c"),
        ({"code": "1.4.1"}, "ab"),
        ({"code": "1.4", "organisation": "LRN"}, "ab"),
        ({"code": "1.5"}, ""),
    ],
)
def test_outcomes_of(ask: Asked, parameters: dict[str, object], keys: str) -> None:
    """Every parameter narrows, also by labels and in other languages."""
    assert "".join(row[0] for row in ask("outcomes", **parameters)) == keys


def test_organisations_together_and_low_confidence(ask: Asked) -> None:
    """A minimum, and a limit, that nothing reaches."""
    assert ask("organisations-together", minimum=1) == []
    assert ask("low-confidence", below="0") == []


def test_one_fragment(tmp_path: Path, small, library, ask: Asked) -> None:
    """The whole table is there with its zeros, and one outcome."""
    one = type(small)(_build(tmp_path / "one", ROWS[2:3]), tmp_path / "cache")
    direct = {row[:2]: row[4:] for row in ask("framework-coverage", of=one)}

    assert len(direct) == 8
    assert {key for key, counts in direct.items() if counts != ("0", "0")} == {
        ("", "PEA"),
        ("Benin", "1.4"),
    }
    assert [row[1] for row in ask("trace-result", of=one, code="1.4")] == ["c"]
    assert ask("unlinked-outcomes", of=one) == []


def test_no_framework_and_no_record(tmp_path: Path, small, ask: Asked) -> None:
    """A harvest of which nothing was kept still knows its tables."""
    none = type(small)(_build(tmp_path / "none", ()), tmp_path / "cache")

    assert {row[4:] for row in ask("framework-coverage", of=none)} == {("0", "0")}
    assert ask("trace-result", of=none, code="1.4") == []
    assert ask("contributors-to-result", of=none, code="CIV") == []
    assert ask("unlinked-outcomes", of=none) == []


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, small):
    """One fragment, of which nothing is known but its words: no table, no organisation."""
    folder = tmp_path_factory.mktemp("bare")
    _build(folder / "bare", ROWS[8:9], framework="")
    for name in ("organisations.yaml", "niger.xml", "kg.toml"):
        (folder / "bare" / name).unlink()
    build = kg.build(folder / "bare/harvest.csv", project=folder / "bare", ner=False)
    return type(small)(build.folder / "harvest.trig", folder / "cache")


@pytest.mark.parametrize(
    ("what", "parameters", "rows"),
    [
        ("outcomes", {}, 1),
        ("organisations", {}, 0),
        ("framework-coverage", {}, 0),
        ("framework-coverage", {"country": "Mali"}, 0),
        ("actor-by-change", {}, 1),
        ("organisations-together", {}, 0),
        ("organisations-together", {"minimum": "2"}, 0),
        ("large-without-evidence", {}, 0),
        ("unintended-or-negative", {}, 0),
        ("unlinked-outcomes", {}, 1),
        ("words-behind", {"fragment": "i"}, 0),
        ("low-confidence", {"below": "1"}, 0),
        ("if-withdrawn", {"fragment": "i"}, 1),  # Mali, which nobody else states
        ("by-year", {}, 1),
        ("related-outcomes", {}, 0),
        ("search", {"text": "ferry"}, 1),
        ("search", {"text": "nowhere"}, 0),
    ],
)
def test_one_bare_fragment(
    ask: Asked, bare, what: str, parameters: dict[str, object], rows: int
) -> None:
    """Of nothing to count no engine makes a row."""
    assert len(ask(what, of=bare, **parameters)) == rows


def test_coverage_of_a_framework_of_five_thousand_results_is_quick(
    tmp_path: Path, small, library: Mapping[str, Question]
) -> None:
    """Outcomes are counted from the links upwards, not for each result anew."""
    node = (
        "n:{0} a oh:FrameworkNode , oh:FrameworkOutput ; skos:notation '{0}' ; "
        "skos:inScheme n:all ; oh:declared true ; skos:broader n:{1} ."
    )
    link = "<https://example.org/harvest/fragment/{0}#outcome> oh:contributesTo n:{1} ."
    prefixes = (
        "@prefix oh: <https://w3id.org/outcome-harvest/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix n: <https://example.org/harvest/framework/p/_/1/> .\n"
    )
    nodes = "\n".join(node.format(n, n // 10) for n in range(1, 5_001))
    links = "\n".join(link.format(f"f{n}", n * 7 + 1) for n in range(700))
    trig = tmp_path / "harvest.trig"
    trig.write_text(f"{prefixes}n:g {{\n{nodes}\n{links}\n}}\n", "utf-8")
    large = type(small)(trig, tmp_path / "cache")
    prepared = large.prepare("framework-coverage", {}, library=library)
    begun = time.monotonic()
    answer = large.run(prepared)
    taken = time.monotonic() - begun
    total = {row[1]: row[5] for row in answer.strings()}

    assert (len(total), total["5000"]) == (5_000, "0")
    # 1 stands above 10 to 19, 100 to 199, 1000 to 1999: as many of 8, 15, 22 … and itself.
    assert int(total["1"]) == sum(
        1 for n in range(700) if str(n * 7 + 1)[0] == "1" and n * 7 + 1 <= 5_000
    )
    assert taken < 20  # counting each result anew takes minutes
