"""The officer's first hour: her own workbook, from the mail to something that she can hand in."""

import re

import openpyxl
from playwright.sync_api import expect

HEADINGS = (
    "Ref.",
    "Coutnry",
    "When (year)",
    "What changed?",
    "Why it matters",
    "Contribution of the programme",
    "Link to results framework",
    "Is it confidential",
    "Photographer",
)
ROWS = (
    (
        "HV-01", "Botswana", "2024",
        "In March 2024 the Tamboka District Council published its water budget for the first time.",
        "Families can see what is spent on which pump.",
        "The Harbour Water Network (HWN) trained the clerks and asked for the figures in writing.",
        "Outcome 1.1", "no", "K. Dune",
    ),
    (
        "HV-02", "Botswana", "2024",
        "In May 2024 four villages elected women to their water committees.",
        "Women fetch the water and had no say.",
        "HWN and the Women of Tamboka Association had met the chiefs four times.",
        "1.1; 1.2", "no", "",
    ),
    (
        "HV-03", "Mauritius", "2023",
        "The harbour police stopped holding street vendors overnight.",
        "",
        "A lawyer had complained. Builds on HV-01.",
        "Outcome 7.9", "yes", "",
    ),
    ("HV-04", "Botswana", "soon", "We held three workshops on water.", "", "HWN", "", "", ""),
)  # fmt: skip
FRAMEWORK = """kind,code,label
outcome,1.1,Budgets are public
outcome,1.2,Women have a say
outcome,1.3,Police keep to the law
"""


def workbook(path):
    """As it came by mail: a title, an empty line, misspelt headings, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Harvest of outcomes, all partners"])
    sheet.append([])
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    sheet.append(["Total", 4])
    book.save(path)


def test_the_first_hour(person, open_explorer, shot):
    """Every step does what the officer expects, and what is missing is asked for."""
    assert "kg -C" in person.types("kg init mine")
    person.folder /= "mine"
    workbook(person.folder / "from-partners.xlsx")

    # She looks first: what is understood, what is not, and the line to paste.
    told = person.types("kg inspect from-partners.xlsx")
    assert "Photographer" in told
    assert "country" in told.lower()

    # She builds, and reads the sum.
    told = person.types("kg build from-partners.xlsx --no-ner")
    rows = [int(n) for n in re.search(
        r"Rows read (\d+) = kept (\d+) \+ rejected (\d+) \+ duplicates (\d+)", told
    ).groups()]  # fmt: skip
    assert rows[0] == sum(rows[1:])
    assert rows[1] == 4
    assert "confidential 2" in told  # "yes", and the empty cell

    # The framework comes from a colleague; she builds again with one word.
    (person.folder / "framework.csv").write_text(FRAMEWORK, encoding="utf-8")
    settings = person.folder / "kg.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("files = []", 'files = ["from-partners.xlsx"]'),
        encoding="utf-8",
    )
    person.types("kg build --no-ner")
    coverage = person.types("kg query framework-coverage --format csv")
    assert "Police keep to the law" in coverage
    assert "7.9" in coverage  # in no framework: kept, and shown

    # What is there to do?
    told = person.types("kg check")
    assert "7.9" not in told  # a code may stand for something; the row does not
    assert "unknown" in told.lower() or "not in" in told.lower()
    person.types("kg check --format xlsx -o to-do.xlsx")
    to_do = openpyxl.load_workbook(person.folder / "to-do.xlsx")
    assert to_do.active.max_row > 3

    # She looks at it.
    page = person.types("kg explore --no-open").strip()
    opened = open_explorer((person.folder / page).read_text("utf-8"))
    opened.page.keyboard.press("1")
    expect(opened.page.locator(".overview .counts")).to_contain_text("4 outcomes")
    shot(opened, "officer-overview")
    opened.find("HWN")
    expect(opened.page.locator("#details")).to_contain_text("Harbour Water Network")
    shot(opened, "officer-organisation")

    # Something for the file, and something for the partners.
    person.types("kg export xlsx --audience internal -o report.xlsx")
    assert openpyxl.load_workbook(person.folder / "report.xlsx").sheetnames
    told = person.types("kg release --preview")
    assert "HWN" in told
    person.types("kg release")
    public = (person.folder / "output" / "public" / "harvest.trig").read_text("utf-8")
    assert "water budget" in public
    assert "harbour police" not in public
    assert "K. Dune" not in public

    # One record has to go.
    person.types("kg forget HV-02 --yes")
    assert "four villages" not in "".join(
        p.read_text("utf-8", "replace") for p in (person.folder / "output").rglob("*.jsonl")
    )

    # In an hour she never met a traceback, and never a line of code.
    assert "Traceback" not in "".join(person.said)


def test_the_first_hour_in_french(person):
    """The same in French: what is said is French from the first line to the last."""
    person.types("kg init mien")
    person.folder /= "mien"
    settings = person.folder / "kg.toml"
    text = settings.read_text("utf-8").replace('language = "en"', 'language = "fr"')
    settings.write_text(text, encoding="utf-8")
    workbook(person.folder / "partenaires.xlsx")
    screens = [
        person.types("kg inspect partenaires.xlsx"),
        person.types("kg build partenaires.xlsx --no-ner"),
        person.types("kg check"),
        person.types("kg query organisations"),
        person.types("kg review"),
        person.types("kg release --preview"),
    ]

    assert "Lignes lues" in screens[1]
    english = re.compile(r"\b(the|which|there is|rows read|record is)\b")
    # A long heading is wrapped in its table.
    headings = re.compile("|".join(map(re.escape, (*HEADINGS, "Contribution of the"))))
    own = [re.sub(r"“[^”]*”|« [^»]* »", "", headings.sub("", s)) for s in screens]

    assert [english.findall(screen) for screen in own[:3]] == [[], [], []]
