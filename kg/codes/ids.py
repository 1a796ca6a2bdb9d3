"""Ids that name an objective, as "DEM-014" and "OBJ-3-012" do, beside a cell that names another.

What the parts of an id mean nobody has told us: the harvest itself shows it, or
nothing is said. A place in ids of one shape means the objective where at least
three records of four, several objectives among them, have theirs at that place.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.model import Finding, Fragment, Where
from kg.redaction import has_mark
from kg.vocab import filled_field

REASON = "objective-conflict"

_FIELD = "objective_link"
_SEVERAL = 2  # objectives among them; a part that is the same in every id tells nothing
_TO_ONE = 3  # as many agree for each that does not
_PIECE = re.compile(r"[^\W\d_]+|\d+")

#: Number of the piece, of how many: (1, 1) is the second alone, (0, 2) the first two together.
_Spot = tuple[int, int]


def odd_ids(fragments: Iterable[Fragment], told: Collection[str] = ()) -> tuple[Finding, ...]:
    """Records whose id names another objective than their cell, by the harvest's own habit.

    Args:
        fragments: All records of the build, in any order.
        told: Keys of records of which this is said already.

    Returns:
        One finding a record, by key. Empty where no habit shows.
    """
    families: dict[str, list[tuple[Fragment, tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for fragment in fragments:
        objectives = frozenset(
            c.number for c in fragment.objectives if filled_field(c.field) == _FIELD
        )
        if objectives and fragment.identifier and not has_mark(fragment.identifier):
            pieces = tuple(_PIECE.findall(fragment.identifier))
            families[_shape(fragment.identifier)].append((fragment, pieces, objectives))
    odd: dict[str, Finding] = {}
    for family in families.values():
        for spot in _spots(len(family[0][1])):
            named = {f.key: (f, _read(pieces, spot), stated) for f, pieces, stated in family}
            odd |= {f.key: _finding(f) for f in _odd(named) if f.key not in told}
    return tuple(finding for _, finding in sorted(odd.items()))


def _shape(identifier: str) -> str:
    """Letters and digits as kinds, all else as it stands: "DEM-014" and "GEN-2" are one shape."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", identifier.strip()))


def _spots(pieces: int) -> Iterator[_Spot]:
    for at in range(pieces):
        yield at, 1
        if at + 1 < pieces:
            yield at, 2


def _read(pieces: Sequence[str], spot: _Spot) -> str:
    """What stands at a spot, as an objective's code would be written: "SO-03" is SO3."""
    at, length = spot
    found = [p.lstrip("0") or "0" if p.isdecimal() else p.upper() for p in pieces[at : at + length]]
    return "".join(found)


def _odd(named: Mapping[str, tuple[Fragment, str, frozenset[str]]]) -> list[Fragment]:
    """Records that do not do as the others of their family do; empty where these show no habit."""
    agree = {key for key, (_, name, stated) in named.items() if name in stated}
    meant = {named[key][1] for key in agree}
    if len(meant) < _SEVERAL or len(agree) < _TO_ONE * (len(named) - len(agree)):
        return []
    return [f for key, (f, name, _) in named.items() if key not in agree and name in meant]


def _finding(fragment: Fragment) -> Finding:
    origin = min(fragment.origins, default=None)
    return Finding(
        reason=REASON,
        where=origin.where(_FIELD) if origin else Where("", None, _FIELD),
        message=(
            "The ids of this harvest name their objective, and this one names another than this "
            "cell; the cell counts."
        ),
        advice="Correct the one that is wrong.",
        key=fragment.key,
    )
