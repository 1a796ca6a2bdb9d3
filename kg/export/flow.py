"""The trace as bands of outcomes: from who changed, through results, to objectives; in numbers.

What is drawn is decided here, without any drawing, so that a test can add it up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.export.coverage import Promise
from kg.export.told import Story
from kg.export.words import tell

#: Boxes of a column. More are one box, which says how many they are.
_MOST = {"actor": 12, "result": 18, "gap": 8, "objective": 12}


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a column. `count` is outcomes, each once; `gap`: nothing leads there."""

    id: str  # "actor:", "result:" or "objective:" before its name
    code: str
    label: str
    count: int
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """So many outcomes lead from one box to another."""

    start: str
    end: str
    count: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Three columns of boxes from left to right, and the bands between neighbours."""

    heads: tuple[str, ...]
    columns: tuple[tuple[Box, ...], ...]
    bands: tuple[Band, ...]

    @property
    def empty(self) -> bool:
        """Is there nothing to draw?"""
        return not any(self.columns)


def flow(story: Story) -> Flow:
    """The trace of a whole harvest.

    Outputs are drawn as the result above them. An outcome without a link to
    a result goes through "no link". What is beyond the room of a column is
    one box of it; outcomes are counted once in each box and band.
    """
    unknown = tell("gaps.unknown", story.language)
    unlinked = tell("document.unlinked", story.language)
    through = {promise.iri: _drawn_as(promise, story.promise_of) for promise in story.promises}
    paths: list[tuple[str, str, str, str]] = []  # outcome, actor, result, objective
    for told in story.outcomes:
        # A code that no framework knows is shown where it stands, and counts as no link.
        named = () if told.unlinked else told.results
        results = dict.fromkeys(filter(None, (through[iri] for iri in named)))
        for result in results or ("",):
            # Where no table says what stands above a result, the record's own objectives do.
            tops = _objectives(result, story) or told.objectives or ("",)
            for actor in told.actors or (unknown,):
                paths += [(told.iri, actor, result, top) for top in tops]
    drawn = {promise.iri for promise in story.promises if through[promise.iri] == promise.iri}
    promised = [p for p in story.promises if p.named and p.iri in drawn]
    gaps = [p for p in promised if p.gap]
    columns = (
        _column(((o, a) for o, a, _, _ in paths), "actor", story, {}),
        _column(((o, r) for o, _, r, _ in paths), "result", story, {"": unlinked}),
        _column(((o, t) for o, _, _, t in paths if t), "objective", story, {}),
    )
    kept = [dict(column.boxes) for column in columns]
    bands: dict[tuple[str, str], set[str]] = {}
    for outcome, actor, result, top in paths:
        a, r = f"actor:{columns[0].shown(actor)}", f"result:{columns[1].shown(result)}"
        bands.setdefault((a, r), set()).add(outcome)
        if top:
            bands.setdefault((r, f"objective:{columns[2].shown(top)}"), set()).add(outcome)
    empty_results = [p for p in gaps if p.kind != "objective"]
    empty_tops = [p for p in gaps if p.kind == "objective"]
    heads = ("actors", "results", "objectives")
    return Flow(
        heads=tuple(tell(f"document.{name}", story.language) for name in heads),
        columns=(
            tuple(kept[0].values()),
            (*kept[1].values(), *_gaps(empty_results, "result", story)),
            (*kept[2].values(), *_gaps(empty_tops, "objective", story)),
        ),
        bands=tuple(Band(a, b, len(found)) for (a, b), found in sorted(bands.items())),
    )


def _drawn_as(promise: Promise, known: Mapping[str, Promise]) -> str:
    """The result that a promise is drawn as; "" for an objective, which has its own column."""
    if promise.kind == "objective":
        return ""
    if promise.kind == "output":
        over = (iri for iri in promise.above if iri in known and known[iri].kind == "result")
        return next(over, promise.iri)
    return promise.iri


def _objectives(result: str, story: Story) -> tuple[str, ...]:
    if not result:
        return ()
    above = story.promise_of[result].above
    return tuple(iri for iri in above if story.promise_of[iri].kind == "objective")


@dataclass(frozen=True, slots=True)
class _Column:
    boxes: tuple[tuple[str, Box], ...]
    kind: str

    def shown(self, name: str) -> str:
        """The box that stands for a name: its own, or that of all the others."""
        return name if any(name == known for known, _ in self.boxes) else "…"


def _column(
    pairs: Iterable[tuple[str, str]], kind: str, story: Story, named: Mapping[str, str]
) -> _Column:
    """Boxes of what outcomes lead through, the largest kept, in the order of the framework."""
    of: dict[str, set[str]] = {}
    for outcome, name in pairs:
        of.setdefault(name, set()).add(outcome)
    order = {promise.iri: place for place, promise in enumerate(story.promises)}
    sizes = Counter({name: len(found) for name, found in of.items()})
    largest = sorted(of, key=lambda name: (-sizes[name], name))
    kept = largest if len(largest) <= _MOST[kind] else largest[: _MOST[kind] - 1]
    if kind == "actor":
        kept.sort(key=lambda name: (-sizes[name], name))
    else:
        kept.sort(key=lambda name: (name == "", order.get(name, 0), name))
    boxes = []
    for name in kept:
        promise = story.promise_of.get(name)
        code = _code(promise) if promise else ""
        label = promise.label if promise else named.get(name, name)
        boxes.append((name, Box(f"{kind}:{name}", code, label, sizes[name])))
    rest = [name for name in largest if name not in kept]
    if rest:
        together = len(set().union(*(of[name] for name in rest)))
        label = tell("document.more", story.language, count=len(rest))
        boxes.append(("…", Box(f"{kind}:…", "", label, together)))
    return _Column(tuple(boxes), kind)


def _gaps(promises: list[Promise], kind: str, story: Story) -> tuple[Box, ...]:
    """Boxes of promises that nothing leads to; those beyond the room are one."""
    room = _MOST["gap"]
    kept = promises if len(promises) <= room else promises[: room - 1]
    boxes = [Box(f"{kind}:{p.iri}", _code(p), p.label, 0, gap=True) for p in kept]
    rest = len(promises) - len(kept)
    if rest:
        label = tell("document.more", story.language, count=rest)
        boxes.append(Box(f"{kind}:gaps", "", label, 0, gap=True))
    return tuple(boxes)


def _code(promise: Promise) -> str:
    return f"{promise.code} ({promise.country})" if promise.country else promise.code
