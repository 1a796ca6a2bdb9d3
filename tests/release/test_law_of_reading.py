"""How a file is read depends on no row that may be withheld: three ways in which one could."""

import pytest

from kg.config import load_config
from kg.pipeline import build
from kg.release import release

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
    "many NULs in a row": ("h.csv", f"{HEADER}B1,{chr(0) * 300}Hidden,yes\n", HEADER, 2),
}


def released(folder, name, text) -> bytes:
    """The graph of the public copy of a project that holds this file alone."""
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "kg.toml").write_text(f'[sources]\nfiles = ["{name}"]\n', encoding="utf-8")
    config = load_config(folder)
    build(config, ner=False)
    release(config, sign=lambda: "")
    return (folder / "output" / "public" / "harvest.trig").read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_a_withheld_row_does_not_decide_how_others_are_read(tmp_path, case):
    """The public copy is the same with and without it, and holds what was cleared."""
    name, withheld, before, wanted = CASES[case]
    further = before.partition("\n")[0].count(",") - HEADER.count(",")
    rest = "" if name.endswith("txt") else ROWS.replace("\n", "," * further + "\n")
    first = withheld + before if name.endswith("txt") else withheld
    with_it = released(tmp_path / "with", name, first + rest)
    without = released(tmp_path / "without", name, before + rest)

    assert with_it == without
    assert with_it.count(b" a oh:Fragment") == wanted
