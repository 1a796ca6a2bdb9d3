"""How a file is read depends on no row that may be withheld: three ways in which one could."""

import os
import random

import pytest

from kg.audience import says_no
from kg.config import load_config
from kg.pipeline import build
from kg.read import Headings, read_source
from kg.release import release
from tests.read.writers import WRITERS

CHAT = "[01/05/2023, 09:11:22] Ama: "
CLEARED = (
    f"{CHAT}Outcome description: The court ruled.\n{CHAT}Country: Mali\n{CHAT}Confidential: no\n"
)
WITHHELD = "Outcome description: The hidden one.\nConfidential: yes\n\n---\n\n"
HEADER = "ID,Outcome description,Confidential\n"
ROWS = "A1,The mayor signed the law.,no\nA2,The chief left the council.,no\n"
HEADINGS = "".join(
    f"{heading},Hidden words of a record,yes\n"
    for heading in ("Description", "Country", "Year", "Social actor", "Significance", "Scale")
)
TABBED = HEADER.replace(",", "\t")
BARS = "| ID | Outcome description | Confidential |\n|---|---|---|\n"
CASES = {
    "a plain block before a chat": ("h.txt", WITHHELD, CLEARED, 1),
    "ids that are headings": ("h.csv", HEADER + HEADINGS, HEADER, 2),
    "ids that are headings beside a column of its own": (
        "h.csv",
        HEADER.replace("\n", ",Notes of ours\n") + HEADINGS.replace("\n", ",\n"),
        HEADER.replace("\n", ",Notes of ours\n"),
        2,
    ),
    "a row of headings that answers": (
        "h.csv",
        HEADER.replace("\n", ",Country,Contribution\n") + "W1,Description,yes,Country,Rating\n",
        HEADER.replace("\n", ",Country,Contribution\n"),
        2,
    ),
    "lines of keys in a cell of a table saved as text": (
        "table.txt",
        TABBED + 'W1\t"Outcome description: Hidden\nCountry: Benin"\tyes\n',
        TABBED,
        2,
    ),
    "a rule in a cell of a table saved as text": (
        "table.txt",
        TABBED + 'W1\t"Hidden\n---|---|---\nwords"\tyes\n',
        TABBED,
        2,
    ),
    "a fence that does not close": (
        "h.md",
        "**Outcome description**: Hidden\n```\n**Confidential**: yes\n\n---\n\n" + BARS,
        BARS,
        2,
    ),
    "many NULs in a row": ("h.csv", f"{HEADER}B1,{chr(0) * 300}Hidden,yes\n", HEADER, 2),
}


#: Compared as a release; all of them as they are read.
RELEASED = ("a plain block before a chat", "ids that are headings", "many NULs in a row")


def cleared(folder, name, text) -> list[dict[str, str]]:
    """The records of a file that a release may show, without their place in it."""
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    records = read_source(folder / name, headings=Headings.load()).records
    return [
        {cell.field: cell.text for cell in record.cells}
        for record in records
        if says_no(record.value("confidential"))
    ]


def released(folder, name, text) -> bytes:
    """The graph of the public copy of a project that holds this file alone."""
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "kg.toml").write_text(f'[sources]\nfiles = ["{name}"]\n', encoding="utf-8")
    config = load_config(folder)
    build(config, ner=False)
    release(config, sign=lambda: "")
    return (folder / "output" / "public" / "harvest.trig").read_bytes()


def both(case) -> tuple[str, str, str, int]:
    """The file's name, its text with the withheld rows and without, and how many are cleared."""
    name, withheld, before, wanted = CASES[case]
    further = before.partition("\n")[0].count(",") - HEADER.count(",")
    rest = {
        "h.csv": ROWS.replace("\n", "," * further + "\n"),
        "table.txt": ROWS.replace(",", "\t"),
        "h.md": ROWS.replace(",", " | "),
    }.get(name, "")
    return name, withheld + ("" if rest else before) + rest, before + rest, wanted


@pytest.mark.parametrize("case", RELEASED)
def test_a_withheld_row_does_not_decide_how_others_are_read(tmp_path, case):
    """The public copy is the same with and without it, and holds what was cleared."""
    name, all_of_it, less, wanted = both(case)
    with_it = released(tmp_path / "with", name, all_of_it)
    without = released(tmp_path / "without", name, less)

    assert with_it == without
    assert with_it.count(b" a oh:Fragment") == wanted


@pytest.mark.parametrize("case", CASES)
def test_what_is_cleared_reads_the_same_without_what_is_withheld(tmp_path, case):
    """Whatever a withheld row holds: headings, keys, rules, fences."""
    name, all_of_it, less, wanted = both(case)
    with_it = cleared(tmp_path / "with", name, all_of_it)

    assert with_it == cleared(tmp_path / "without", name, less)
    assert len(with_it) == wanted


WORDS = (
    *("Description", "Country", "Year", "Social actor", "Rating", "Outcome", "Mali", "yes", "```"),
    *("Country: Mali", "**Country**: Mali", "---|---|---", "| a | b |", "---", "2022", "a;b", ""),
    *("Outcome description: Hidden\nCountry: Benin", "x\n```\ny", "Hidden words of a record."),
)


def test_no_row_that_is_withheld_changes_what_is_cleared(tmp_path):
    """Rows of such words, in any place of a table of each kind, seeded."""
    chance = random.Random(6)
    header = ["ID", "Outcome description", "Confidential", "Notes of ours"]
    shown = [
        ["A1", "The mayor signed the law.", "no", ""],
        ["A2", "The chief left.", "no", "x"],
    ]
    for turn in range(200 if "KG_HARM" in os.environ else 10):
        hidden = [[chance.choice(WORDS) for _ in header] for _ in range(chance.randint(1, 8))]
        hidden = [[*row[:2], chance.choice(("yes", "?")), *row[3:]] for row in hidden]
        rows = [*shown]
        for row in hidden:
            rows.insert(chance.randint(0, len(rows)), row)
        for kind in (".csv", ".tsv", ".xlsx", ".txt"):
            write = WRITERS[".tsv" if kind == ".txt" else kind]
            paths = [tmp_path / f"{turn}{name}{kind}" for name in "ab"]
            for path, content in zip(paths, (rows, shown), strict=True):
                path.write_bytes(write([header, *content]))
            found = [read_source(path, headings=Headings.load()).records for path in paths]
            told = [
                [[c.text for c in r.cells] for r in records if says_no(r.value("confidential"))]
                for records in found
            ]

            assert told[0] == told[1], (turn, kind)
            assert len(told[0]) == len(shown)
