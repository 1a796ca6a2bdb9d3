"""Whatever order rows and files come in: the same names, bodies and questions, to the byte."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.api import build

HEAD = "FragmentID,Country,Outcome description,Confidential\n"
ROWS = (
    "R/A1,Mali,The Hill Commission (HCX) opened its doors.,no",
    "R/A2,Niger,The Harbour Commission (HCX) opened its books.,yes",
    "R/A3,Chad,The HCX answered; later ROXDA came.,no",
    "R/A4,Chad,ROXDA met Quorlina Vespertine of the Réseau Tchadien des Femmes Avocates.,",
    "R/A5,Mali,The Ministry of Justice and the Ministère de la Justice wrote to HCX-Kati.,no",
    "R/A6,Niger,The Ministry of Justice wrote. It builds on R/A5.,no",
)
DECISIONS = (
    "same,HCX,Hill Commission,Chad",
    "same,Ministry of Justice,Ministère de la Justice,",
    "organisation,ROXDA,,",
    "different,HCX,Harbour Commission,Chad",
)
_told: dict[str, bytes] = {}


def answer(folder, rows, cut, decisions) -> bytes:
    """Mentions, and what of the report and the graph does not say where a row stood."""
    for name, part in (("one.csv", rows[:cut]), ("two.csv", rows[cut:])):
        (folder / name).write_text(HEAD + "\n".join(part) + "\n", "utf-8")
    (folder / "decisions.csv").write_text(
        "decision,a,b,scope\n" + "\n".join(decisions) + "\n", "utf-8"
    )
    built = build(folder / "one.csv", folder / "two.csv", project=folder, ner=False).folder
    report = json.loads((built / "report.json").read_bytes())
    graph = [
        line
        for line in (built / "harvest.trig").read_text("utf-8").splitlines()
        if not any(word in line for word in ("rowNumber", "wasDerivedFrom", "source/"))
    ]
    said = (report["counts"], report["waiting"], graph)
    return (built / "mentions.jsonl").read_bytes() + json.dumps(said).encode()


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.permutations(ROWS), st.integers(0, len(ROWS)), st.permutations(DECISIONS))
def test_rows_and_files_may_come_in_any_order(tmp_path_factory, rows, cut, decisions):
    """A row moves to another place or file, a line of decisions.csv too: nothing changes."""
    folder = tmp_path_factory.mktemp("order")
    expected = _told.setdefault("", answer(folder, ROWS, len(ROWS), DECISIONS))
    found = answer(folder, rows, cut, decisions)

    assert found == expected
    assert b"Hill Commission" in found
