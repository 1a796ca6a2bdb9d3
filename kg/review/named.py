"""A question that nobody waits with: what is this name? For whoever knows it, and says so by it.

The queue asks of what kg doubts. A release doubts more: a body that its neighbours alone tell
from a person is masked there. Whoever publishes it says its name, and clears that name alone.
"""

from collections import Counter

from kg.errors import TargetError
from kg.harvest import Harvest
from kg.model import Kind
from kg.resolve.decisions import surface
from kg.review.item import Item, ItemKind, Spot
from kg.review.queue import read_texts

_KINDS = frozenset({Kind.ORGANISATION.value, Kind.PERSON.value})


def named(harvest: Harvest, name: str) -> Item:
    """The question whether a name is an organisation's, as the records write it.

    Args:
        harvest: Of the last build.
        name: As somebody types it; compared as decisions are (case, accents, articles).

    Raises:
        TargetError: no organisation or suspected person of this harvest is called so.
    """
    side = surface(name)
    texts = {(key, field): text for key, field, text, _ in read_texts(harvest.select)}
    spots = [
        Spot(m["key"], m["field"], m["start"], m["end"])
        for m in harvest.mentions()
        if m["kind"] in _KINDS
    ]
    said = {spot: texts[spot.key, spot.field][spot.start : spot.end] for spot in spots}
    found = {spot: text for spot, text in said.items() if surface(text) == side}
    if not found:
        raise TargetError(
            "No organisation of this harvest, and nobody, is called so; expected a number of the "
            "queue (3), or a name whole and as the records write it. Look: kg query organisations"
        )
    often = Counter(found.values())
    written = min(often, key=lambda text: (-often[text], text))
    return Item(
        kind=ItemKind.ORGANISATION,
        why="looks-so",
        name=written,
        other="",
        a=written,
        b="",
        scope="",
        country="",
        spots=tuple(sorted(found)),
        sentence="",
    )
