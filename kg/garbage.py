"""Fewer searches for cycles while a harvest is built."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 200_000  # new objects between two searches; Python's own number is 700


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for cycles of objects seldom, and as before afterwards.

    A build makes millions of small values that point to each other in no
    cycle: each is freed when nobody holds it. To search all of them again and
    again takes a tenth of a build and frees nothing.
    """
    before = gc.get_threshold()
    if before[0] == 0:  # whoever calls kg has switched the search off
        yield
        return
    gc.set_threshold(max(_SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
