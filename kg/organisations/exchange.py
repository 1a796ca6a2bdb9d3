"""`organisations.yaml` changed to what a table says: entry by entry, comments kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.coherence import check_organisations
from kg.model import Organisation
from kg.organisations.text import entry_text
from kg.read.decode import decode
from kg.registry import entry_spans, read_organisations


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one entry: `what` is added, changed or removed; `fields` that differ."""

    what: str
    id: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for the screen."""
        return f"{self.what}: {self.id}" + (f" ({', '.join(self.fields)})" if self.fields else "")


_FIELDS = ("labels", "acronyms", "aliases", "country", "type", "part_of", "not_same_as", "publish")


def changes(old: Sequence[Organisation], new: Sequence[Organisation]) -> tuple[Change, ...]:
    """What tells two registries apart, by id; in the order of the new one, removed ones last."""
    before = {entry.id: entry for entry in old}
    after = {entry.id for entry in new}
    found: list[Change] = []
    for entry in new:
        if entry.id not in before:
            found.append(Change("added", entry.id))
            continue
        fields = _differing(before[entry.id], entry)
        if fields:
            found.append(Change("changed", entry.id, fields))
    found += [Change("removed", entry.id) for entry in old if entry.id not in after]
    return tuple(found)


def _differing(one: Organisation, other: Organisation) -> tuple[str, ...]:
    return tuple(
        "label" if name == "labels" else name
        for name in _FIELDS
        if _even(one, name) != _even(other, name)
    )


def _even(entry: Organisation, name: str) -> object:
    value = getattr(entry, name)
    # Languages have no order of their own: a table sorts them.
    return tuple(sorted(value)) if name == "labels" else value


def changed_text(path: Path, new: Sequence[Organisation], *, table: str = "table") -> bytes:
    """The registry as *new* says; what does not change stays as it was typed, with its comments.

    Args:
        path: `organisations.yaml`; may be missing.
        new: All entries that shall stand there.
        table: What errors call the file that they came from.

    Raises:
        ConfigError: *new* is no registry (two entries of one id or name, a circle of parents …).
    """
    old = read_organisations(path) if path.exists() else ()
    check_organisations(table, new)
    data = path.read_bytes() if path.exists() else b""
    lines = list(decode(data).lines)
    newline = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    spans = entry_spans(path) if old else ()
    if old and spans is None:
        # Written in one bracket: there are no lines to keep.
        return _encoded("".join(entry_text(e) for e in new), newline)
    wanted = {entry.id: entry for entry in new}
    here = {entry.id: (entry, span) for entry, span in zip(old, spans or (), strict=True)}
    for entry, (start, end) in sorted(here.values(), key=lambda pair: -pair[1][0]):
        told = wanted.get(entry.id)
        if told is None:
            lines[start:end] = []
        elif _differing(entry, told):
            lines[start:end] = entry_text(_in_order(told, entry)).splitlines(keepends=True)
    text = "".join(lines)
    if not old and text.strip() in {"[]", "---", "--- []"}:
        text = ""
    if text and not text.endswith(("\n", "\r")):
        text += "\n"
    fresh = [entry for entry in new if entry.id not in here]
    gap = "\n" if text.strip() and fresh else ""
    return _encoded(text + gap + "\n".join(entry_text(entry) for entry in fresh), newline)


def _in_order(new: Organisation, old: Organisation) -> Organisation:
    """Labels in the order in which their owner wrote the languages; new ones behind."""
    place = {language: number for number, (language, _) in enumerate(old.labels)}
    last = len(place)
    labels = sorted(new.labels, key=lambda label: (place.get(label[0], last), label[0]))
    return replace(new, labels=tuple(labels))


def _encoded(text: str, newline: str) -> bytes:
    even = text.replace("\r\n", "\n").replace("\n", newline)
    return even.encode()
