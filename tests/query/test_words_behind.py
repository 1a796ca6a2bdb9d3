"""Whatever is accepted has its words: field, place, quote, sentence, held against the text."""

import json
import os

import pytest

#: All fragments in `make harm`, each tenth ordinarily.
_STEP = 1 if os.environ.get("KG_HARM") else 10


@pytest.fixture(scope="module")
def texts(example):
    """(key, field) → the text that offsets count in."""
    found = {}
    for line in (example.folder / "records.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        for cell in record["cells"]:
            found[record["key"], cell["field"]] = cell["text"]
    return found


def test_every_accepted_link_has_its_words(example, texts):
    """Each organisation that an outcome involves: quote at its offsets, inside its sentence."""
    keys = sorted(row["key"] for row in example.query("outcomes"))[::_STEP]
    wrong, counted = [], 0
    for key in keys:
        rows = example.query("words-behind", fragment=key).records()
        involved = example.select(
            "SELECT DISTINCT ?o WHERE { ?f oh:key ?key ; oh:reports/oh:involves ?o "
            f'FILTER(STR(?key) = "{key}") }}'
        )
        wrong += [(key, "no words") for row in involved if row["o"] not in _named(rows)]
        counted += len(involved)
        for row in rows:
            text = texts[key, row["field"]]
            if (
                text[row["start"] : row["end"]] != row["words"]
                or row["words"] not in row["sentence"]
            ):
                wrong.append((key, row["field"], row["start"]))
            if not row["method"] or not 0 < float(row["confidence"]) <= 1:
                wrong.append((key, "no method"))

    assert counted > len(keys)
    assert wrong == []


def _named(rows) -> set[str]:
    return {row["organisation"] for row in rows}
