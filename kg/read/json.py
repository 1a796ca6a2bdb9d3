"""JSON and JSON Lines → records: each object is one, its keys are its headings.

A value is read as it is typed: `1.10` stays `1.10`. `null` is a blank cell, a
missing key no cell at all. A list of plain values is written one value a
line, as a person would fill a cell with several choices. An object inside a
record is a group of headings ("group/country") where it holds a known one;
whatever else is nested stays compact JSON.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.errors import SourceError
from kg.model import Rejection, Where
from kg.read.blocks import Block, Entry, known
from kg.read.content import LARGEST_IN_MEMORY
from kg.read.decode import Lines, refuse_binary
from kg.read.events import Event
from kg.read.flag import FLAG
from kg.read.headings import HeadingMatch, Headings
from kg.read.job import Job
from kg.read.json_limits import refuse_large_json
from kg.read.lexicon import headings_data
from kg.read.rows import Told
from kg.read.understand import Source, understand_blocks
from kg.vocab import fold

NO_OBJECT = "no JSON object"
NOT_JSON = "not readable as JSON"
#: Different keys of one file, each of which is understood by itself; a wide form has a thousand.
_MOST_KEYS = 3_000
_DEEPEST = 100
_DEEPEST_GROUP = 4
_LONGEST_KEY = 400
# Airtable puts a record under "fields", GeoJSON under "properties", beside an id and little else.
_ENVELOPES, _LARGEST_ENVELOPE = ("fields", "properties"), 5


class _Literal(str):
    """A number, `true` or `false`, as typed; a text in quotes is a plain `str`."""

    __slots__ = ()


class _Pairs(list[tuple[str, object]]):
    """An object with its keys in order, repeated ones too."""

    __slots__ = ()


def read_json(job: Job) -> Iterator[Event]:
    """Read a list of objects, or an object that holds exactly one list of objects.

    Raises:
        SourceError: this is no JSON, or holds no such list, or nothing in it is understood as
            the description of an outcome.
    """
    refuse_binary(job.content, name=job.file, expected="JSON")
    refuse_large_json(job)
    lines = Lines(job.content, name=job.file, longest=LARGEST_IN_MEMORY)
    try:
        tree = _decoder().decode("".join(lines))
    except json.JSONDecodeError as problem:
        raise SourceError(
            f"{job.file}, line {problem.lineno}: not JSON from column {problem.colno} on; "
            "expected a list of objects. Export the harvest again."
        ) from problem
    except (RecursionError, ValueError) as problem:
        raise SourceError(_too_deep(job.file)) from problem
    items = _items(tree)
    if items is None:
        raise SourceError(
            f"{job.file}: expected a list of objects, or an object that holds one list of "
            "objects; export the records alone."
        )
    return _understood(job, enumerate(items, start=1), lines)


def read_json_lines(job: Job) -> Iterator[Event]:
    """Read one object a line. A line that is no object is rejected, the others are kept.

    Raises:
        SourceError: nothing in it is understood as the description of an outcome.
    """
    refuse_binary(job.content, name=job.file, expected="JSON, one object a line")
    lines = Lines(job.content, name=job.file)
    items = ((number, _line(line)) for number, line in enumerate(lines, start=1) if line.strip())
    return _understood(job, items, lines)


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_Pairs, parse_float=_Literal, parse_int=_Literal, parse_constant=_Literal
    )


def _line(line: str) -> object:
    """The value of one line; None, which is no object, where it cannot be read."""
    try:
        return _decoder().decode(line)
    except (ValueError, RecursionError):
        return _Unreadable()


class _Unreadable:
    """What stands in a line that is no JSON."""


def _too_deep(file: str) -> str:
    return (
        f"{file}: nested too deeply for a harvest; expected a list of objects. "
        "Export the records alone."
    )


def _items(tree: object) -> Sequence[object] | None:
    """The list that holds the records."""
    if isinstance(tree, _Pairs):
        lists = [value for _, value in tree if _list_of_objects(value)]
        if len(lists) > 1:  # one of them may say by its name that it holds the records
            named = {fold(str(name)) for name in _record_lists()}
            lists = [v for key, v in tree if fold(key) in named and _list_of_objects(v)]
        found = lists[0] if len(lists) == 1 else None
    else:
        found = tree if _list_of_objects(tree) else None
    return found if isinstance(found, list) else None


def _record_lists() -> Iterable[object]:
    names = headings_data()["record_lists"]
    assert isinstance(names, list)  # noqa: S101 - shipped data
    return names


def _list_of_objects(value: object) -> bool:
    return (
        isinstance(value, list)
        and not isinstance(value, _Pairs)
        and any(isinstance(item, _Pairs) for item in value)
    )


@dataclass(slots=True)
class _Keys:
    """The keys of one file, each understood once."""

    file: str
    headings: Headings
    seen: set[str] = field(default_factory=set)

    def match(self, path: str) -> HeadingMatch:
        """What a key means.

        Raises:
            SourceError: there are more keys than any harvest has.
        """
        heading = path[:_LONGEST_KEY]
        self.seen.add(heading)
        if len(self.seen) > _MOST_KEYS:
            raise SourceError(
                f"{self.file}: more than {_MOST_KEYS:,} different keys, as no harvest has; "
                "export the records alone, one object each."
            )
        return self.headings.match(heading)


def _understood(job: Job, items: Iterable[tuple[int, object]], lines: Lines) -> Iterator[Event]:
    rejected: list[Rejection] = []
    described = False
    keys = _Keys(job.file, job.headings)

    def blocks() -> Iterator[Block]:
        nonlocal described
        for position, item in items:
            if isinstance(item, _Pairs):
                block = _block(position, _unwrapped(item), keys)
                described = described or known(block) or job.lenient
                yield block
            else:
                reason = NOT_JSON if isinstance(item, _Unreadable) else NO_OBJECT
                rejected.append(Rejection(Where(job.file, position), reason))

    for event in understand_blocks(Source(job.file, job.format, job.headings), blocks()):
        yield from rejected
        rejected.clear()
        yield event
    yield from rejected
    if not described:
        raise SourceError(
            f"{job.file}: no record found: no object has a key understood as the description of "
            'an outcome. Name it under [headings] in kg.toml: "your key" = "description".'
        )
    yield from lines.findings()
    yield Told(lines.encoding)


def _unwrapped(item: _Pairs) -> _Pairs:
    """A record out of the envelope that a service puts around it: its own id comes first."""
    inner = [value for key, value in item if key in _ENVELOPES and isinstance(value, _Pairs)]
    if len(inner) != 1 or len(item) > _LARGEST_ENVELOPE:
        return item
    return _Pairs([*inner[0], *(pair for pair in item if pair[1] is not inner[0])])


def _block(position: int, pairs: _Pairs, keys: _Keys) -> Block:
    entries = []
    for key, value in _flat(pairs, keys):
        try:
            text = _text(value)
        except RecursionError as problem:
            raise SourceError(_too_deep(keys.file)) from problem
        match = keys.match(key)
        entries.append(Entry(match.heading, match, position, [text]))
    return Block(position, bold=True, entries=entries)


def _flat(
    pairs: _Pairs, keys: _Keys, *, before: str = "", depth: int = 0
) -> Iterator[tuple[str, object]]:
    """Keys and values of a record, those of its groups behind the group's name."""
    for key, value in pairs:
        path = f"{before}{key}"
        if (
            isinstance(value, _Pairs)
            and depth < _DEEPEST_GROUP
            and _groups(value, keys, path, depth)
        ):
            # What an object under the flag says besides may take its "no" back: then it is one.
            if _is_flag(path, keys) and not all(_is_flag(f"{path}/{k}", keys) for k, _ in value):
                yield path, value
            yield from _flat(value, keys, before=f"{path}/", depth=depth + 1)
        else:
            yield path, value


def _is_flag(path: str, keys: _Keys) -> bool:
    match = keys.match(path)
    return match.known and match.field == FLAG


def _groups(pairs: _Pairs, keys: _Keys, path: str, depth: int) -> bool:
    """Does an object hold a known heading, in itself or in a group of it?"""
    return any(
        depth < _DEEPEST_GROUP and _groups(value, keys, f"{path}/{key}", depth + 1)
        if isinstance(value, _Pairs)
        else keys.match(f"{path}/{key}").known
        for key, value in pairs
    )


def _text(value: object) -> str:
    r"""What a cell would hold.

    >>> _text(["Mali", "Niger"]), _text(_Pairs([("a", _Literal("1.10"))])), _text(None)
    ('Mali\nNiger', '{"a":1.10}', '')
    """
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case str():
            text = str(value)
        case list() if not isinstance(value, _Pairs) and all(map(_plain, value)):
            text = "\n".join(_text(item) for item in value)
        case _:
            text = "".join(_compact(value, 0))
    return text


def _plain(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and "\n" not in value)


def _compact(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise RecursionError
    match value:
        case _Literal():
            yield str(value)
        case _Pairs():
            yield "{"
            for at, (key, item) in enumerate(value):
                yield f"{',' if at else ''}{json.dumps(key, ensure_ascii=False)}:"
                yield from _compact(item, depth + 1)
            yield "}"
        case list():
            yield "["
            for at, item in enumerate(value):
                yield "," if at else ""
                yield from _compact(item, depth + 1)
            yield "]"
        case _:
            yield json.dumps(value, ensure_ascii=False)
