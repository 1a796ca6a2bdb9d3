"""Every claim of the threat model names a test that there is."""

import re

import pytest


def test_each_claim_has_its_test(root):
    """A renamed test takes its claim with it, or this fails."""
    text = (root / "docs" / "threat-model.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"\ndef {name}(" not in (root / file).read_text("utf-8")
    ]

    assert len(named) >= 18
    assert missing == []


@pytest.mark.parametrize("page", ["docs/dpia-template.md", "docs/harm.md", "SECURITY.md"])
def test_the_pages_that_it_names_are_there(root, page):
    """Who reads one finds the others."""
    assert (root / page).read_text("utf-8").strip()
