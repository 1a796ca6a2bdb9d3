"""The key of a project: made once, for its owner alone, and never shown."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.errors import WorkspaceError
from kg.keys import NameKey, make_key, read_key, which_key


def test_no_key_until_it_is_needed(tmp_path):
    """Reading makes nothing."""
    assert read_key(tmp_path / ".kg") is None
    assert not (tmp_path / ".kg").exists()


def test_a_key_is_for_its_owner_alone_and_stays_out_of_git(tmp_path):
    """256 bits; the folder ignores itself."""
    folder = tmp_path / ".kg"
    key = make_key(folder)

    assert len(key.secret) == 32
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text() == "*\n"
    assert sorted(p.name for p in folder.iterdir()) == [".gitignore", "key"]


def test_a_key_is_made_once(tmp_path):
    """Also by eight commands at the same moment."""
    with ThreadPoolExecutor(8) as pool:
        made = {key.secret for key in pool.map(lambda _: make_key(tmp_path / ".kg"), range(8))}

    assert len(made) == 1
    assert make_key(tmp_path / ".kg").secret in made


def test_spellings_of_one_name_have_one_hash_and_other_keys_another():
    """Case, accents, hyphens and spaces do not matter; the hash names its key."""
    one, other = NameKey(bytes(32)), NameKey(bytes([1] * 32))
    spellings = ("Zoé-Anne N’Dolo", "ZOE ANNE  N'DOLO", "zoe anne n dolo")

    assert len({one(name) for name in spellings}) == 1
    assert one("Zoé") != other("Zoé") != one("Zoe N")
    assert which_key(one("Zoé")) == one.mark != other.mark


def test_nothing_of_a_key_is_shown():
    """Neither the secret nor a part of it."""
    key = NameKey(bytes(range(32)))
    shown = repr(key) + key("Zora") + key.mark

    assert key.secret.hex()[:8] not in shown
    assert "zora" not in shown.casefold()


@pytest.mark.parametrize("content", [b"", b"0123", b"\xff\xfe", b"g" * 64])
def test_what_is_no_key_is_told_without_being_shown(tmp_path, content):
    """A damaged file is never replaced: the hashes would be lost."""
    (tmp_path / "key").write_bytes(content)
    for ask in (read_key, make_key):
        with pytest.raises(WorkspaceError, match="not a key of kg"):
            ask(tmp_path)

    assert (tmp_path / "key").read_bytes() == content
