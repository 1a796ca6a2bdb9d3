"""The coach on sixty statements that nobody had looked at when its words were written."""

from pathlib import Path
from typing import Any

import yaml

from kg.coach import Told, advise

UNSEEN: dict[str, dict[str, list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "coach_unseen.yaml").read_text("utf-8")
)
#: One more than on the first run. Fewer is a loss; more may come of rules, never of looking at
#: these texts.
NOTICED = 25


def test_good_statements_are_left_alone() -> None:
    """A coach that nags is switched off: none of thirty, by their words alone."""
    nagged = [
        (language, number)
        for language, texts in UNSEEN["good"].items()
        for number, text in enumerate(texts)
        if advise(Told(text, language=language))
    ]

    assert (sum(map(len, UNSEEN["good"].values())), nagged) == (30, [])


def test_weak_statements_are_noticed_for_their_reason() -> None:
    """As many as on the first run, or more."""
    noticed = [
        weak["wants"] in advise(Told(weak["text"], language=language))
        for language, texts in UNSEEN["weak"].items()
        for weak in texts
    ]

    assert (len(noticed), sum(noticed) >= NOTICED) == (30, True)


def test_the_coach_is_silent_on_the_example(example: Any) -> None:
    """Sixty statements of the example harvest, written as outcomes: no advice."""
    reasons = {finding.reason for finding in example.check()}

    assert [reason for reason in reasons if reason.startswith("coach-")] == []
