"""What a long list of organisations costs beside a short one: the same texts read with each."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.annotated import Annotated
from kg.extract import Extractor
from kg.model import Organisation
from kg.places import Places

LISTS = (10, 10_000)
_HEADS = ("Network", "Association", "Women", "Coalition", "Kivu", "Red", "Collectif", "Voix")
_SYLLABLES = ("ka", "ro", "mi", "te", "lu", "sa", "ndo", "bwe", "fi", "zo")
_PASSES = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of *names* costs: CPU milliseconds a record, and that beside the first list."""

    names: int
    ms: float
    x_first: float | None  # None where the clock is too coarse


def lists(annotated: Annotated, record: int) -> tuple[Listed, ...]:
    """Read texts by rules alone with a list of each length; of a few passes the quickest counts.

    A first pass makes every word known, so that the lists alone differ; the passes take turns,
    so that a busy machine is as unkind to each.

    Args:
        annotated: The texts.
        record: Characters of a usual record, for which the time is given.
    """
    fragments = annotated.fragments
    readers = [
        Extractor(organisations=invented(count), places=Places.load(), ner=False) for count in LISTS
    ]
    least = [float("inf")] * len(readers)
    for turn in range(1 + _PASSES):
        for place, reader in enumerate(readers):
            start = time.process_time()
            for _ in reader.extract_all(fragments):
                pass
            spent = time.process_time() - start
            least[place] = min(least[place], spent) if turn else least[place]
    letters = sum(len(s.text) for f in fragments for s in f.narratives)
    return tuple(
        Listed(count, 1000 * spent * record / letters, spent / least[0] if least[0] else None)
        for count, spent in zip(LISTS, least, strict=True)
    )


def invented(count: int) -> Sequence[Organisation]:
    """So many bodies with a name and an acronym; many begin with the same common word."""
    return tuple(
        Organisation(
            id=f"body-{number}",
            labels=(("en", f"{_HEADS[number % len(_HEADS)]} {_spoken(number)}"),),
            acronyms=(f"Q{_spoken(number).upper()}",),
        )
        for number in range(count)
    )


def _spoken(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:05}").capitalize()
