"""Files that the fuzzer ended a reader with (`make fuzz`), each once: now one line is said."""

import base64

import pytest

from kg.errors import KgError
from kg.read import Headings, read_source

FOUND = {
    # An archive with a part whose name is empty.
    "nameless.zip": (
        "UEsDBBQAAAAAAGWodl3NflQXaQAAAGkAAAAFAAAAYS5jc3ZGcmFnbWVudCBJRCxPdXRjb2ZyYWdtZW504oCceWVz"
        "4oCdLCBpdCBzYWlkLiIsYWlkLiIsIjQwNjIiLCJubyJQSwECFAMUAAAAAABlIjIwMzEiLCJubyJQSwECFAMUAAAA"
        "AABlqHZdzX5UehdpAAAAaQAAAAUAAAAAAAAAAAAAAIABAAAAAGEuY3N2UEsFBgAAAAABAAEANAAAAIwAAAAAAA=="
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_ends_in_one_line(tmp_path, name):
    """Nothing but an error of kg, on one line, without a word of the file."""
    path = tmp_path / name
    path.write_bytes(base64.b64decode(FOUND[name]))
    with pytest.raises(KgError) as caught:
        read_source(path, headings=Headings({}))

    assert "\n" not in str(caught.value)
    assert "said" not in str(caught.value)
