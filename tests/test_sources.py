"""The files that people edit: what nothing else would notice is told."""

from kg.config import load_config
from kg.sources import read_curated


def test_a_country_that_nobody_knows_is_told(tmp_path):
    """It would otherwise keep an organisation apart from all its mentions."""
    (tmp_path / "organisations.yaml").write_text(
        "- id: a\n  label: A Network\n  country: Narnia\n- id: b\n  label: B\n  country: Sahel\n"
    )
    (finding,) = read_curated(load_config(tmp_path)).findings

    assert (finding.reason, finding.where.row) == ("unknown-country", 1)


def test_a_reason_that_may_name_somebody_is_told_without_the_name(tmp_path):
    """decisions.csv is under version control, and often shared."""
    (tmp_path / "decisions.csv").write_text(
        "decision,a,b,scope,by,date,reason,publish\n"
        "not-organisation,AB,,,me,2024-01-01,Ilse Brandtner said so,no\n"
        "not-organisation,CD,,,me,2024-01-01,it is a project,no\n"
    )
    (finding,) = read_curated(load_config(tmp_path)).findings

    assert (finding.reason, finding.where.row) == ("reason-may-name-somebody", 2)
    assert "Ilse" not in finding.message + finding.advice
