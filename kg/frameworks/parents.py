"""What stands above each line of a framework table, as its `parent` cell says."""

from collections.abc import Callable, Iterator, Mapping

from kg.model import Finding, FrameworkEntry, Where
from kg.read.framework import kind_words
from kg.vocab import fold

#: Programme slug, place slug (None: the whole programme), version.
Scope = tuple[str, str | None, str]
#: Scope, kind, code.
Key = tuple[Scope, str, str]

#: Kind of a line → the kinds that may stand above it, in the order in which they are tried.
_ABOVE = {
    "objective": ("objective",),
    "outcome": ("outcome", "objective"),
    "output": ("outcome", "output", "objective"),
}
_KINDS = ("outcome", "output", "objective")


def above(
    entries: Mapping[Key, FrameworkEntry], normal: Callable[[str, str], str]
) -> tuple[Mapping[Key, Key], tuple[Finding, ...]]:
    """The parent of each entry whose cell names one that the tables list; what is wrong.

    Args:
        entries: All lines, by scope, kind and code.
        normal: A code of a kind, as the keys have it.
    """
    findings: list[Finding] = []
    found: dict[Key, Key] = {}
    elsewhere = {(key[0][0], key[1], key[2]) for key in entries}
    for key, entry in entries.items():
        if not entry.parent.strip():
            continue
        named = tuple(_named(entry.parent.strip(), key[0], normal))
        fitting = [k for kind in _ABOVE[entry.kind] for k in named if k[1] == kind and k in entries]
        if fitting:
            found[key] = fitting[0]
            findings += _number(key, fitting[0], entry)
        elif any(k in entries for k in named):
            findings.append(_kind(entry))
        elif any((k[0][0], k[1], k[2]) in elsewhere for k in named):
            # An objective has no country: what a country's table lists stands below it.
            findings.append(_kind(entry) if entry.kind == "objective" else _elsewhere(entry))
        else:
            findings.append(_orphan(entry))
    for circle in list(_circles(entries, found)):
        findings += _circle([entries[key] for key in circle])
        for key in circle:
            found.pop(key, None)
    return found, tuple(findings)


def by_number(key: Key, entries: Mapping[Key, FrameworkEntry]) -> Key | None:
    """What the number of an output puts above it, as far as its table lists it: 1.4 of 1.4.1."""
    scope, kind, code = key
    parent = code.rpartition(".")[0]
    if kind != "output" or not parent:
        return None
    tried = ((scope, level, parent) for level in ("outcome", "output"))
    return next((k for k in tried if k in entries), None)


def _named(parent: str, scope: Scope, normal: Callable[[str, str], str]) -> Iterator[Key]:
    """What a cell may name: "CIV", "1.4", "outcome 1.4", "CIV: its label"."""
    words = kind_words()
    said, code = None, parent.partition(":")[0].strip()
    head, _, rest = code.rpartition(" ")
    if rest and fold(head) in words:
        said, code = words[fold(head)], rest
    for kind in _KINDS:
        if said in {None, kind}:
            yield _key(scope, kind, normal(kind, code.strip(" .")))


def _key(scope: Scope, kind: str, code: str) -> Key:
    """Objectives are the programme's, in every country and version."""
    return ((scope[0], None, "1") if kind == "objective" else scope, kind, code)


def _circles(
    entries: Mapping[Key, FrameworkEntry], found: Mapping[Key, Key]
) -> Iterator[list[Key]]:
    """Lines that stand above themselves; each circle once, from its first line on."""
    done: set[Key] = set()
    for start in found:
        path: dict[Key, None] = {}
        key: Key | None = start
        while key is not None and key not in done and key not in path:
            path[key] = None
            key = found.get(key) or by_number(key, entries)
        if key is not None and key in path:
            walked = list(path)
            yield walked[walked.index(key) :]
        done |= path.keys()


def _circle(lines: list[FrameworkEntry]) -> Iterator[Finding]:
    for line in lines:
        if not line.parent.strip():
            continue  # its place comes from its number, which nobody has to correct
        others = sorted({(other.file, other.line) for other in lines if other is not line})
        told = ", ".join(
            f"row {row}" if file == line.file else f"{file} row {row}" for file, row in others
        )
        yield Finding(
            reason="parent-circle",
            where=Where(line.file, line.line, "parent"),
            message=f"This line stands above itself, by way of {told}; nothing was put above them."
            if told
            else "This line is its own parent; nothing was put above it.",
            advice="Correct one of the parents.",
        )


def _number(key: Key, parent: Key, entry: FrameworkEntry) -> Iterator[Finding]:
    """A number that says something else than the cell: told, and the cell counts."""
    code, over = key[2], parent[2]
    numbered = code[:1].isdecimal() and over[:1].isdecimal() and "." in code
    if numbered and parent[1] != "objective" and not code.startswith(f"{over}."):
        yield Finding(
            reason="parent-number",
            where=Where(entry.file, entry.line, "parent"),
            message="The number of this line puts it under another result than its parent; "
            "the parent counts.",
            advice="Correct the code or the parent, if one of them is wrong.",
        )


def _kind(entry: FrameworkEntry) -> Finding:
    return Finding(
        reason="parent-kind",
        where=Where(entry.file, entry.line, "parent"),
        message=f"The parent of this {entry.kind} stands below it (objective, outcome, output); "
        "nothing was put above it.",
        advice=f"Above an {entry.kind} write {' or '.join(_ABOVE[entry.kind])}.",
    )


def _elsewhere(entry: FrameworkEntry) -> Finding:
    return Finding(
        reason="parent-elsewhere",
        where=Where(entry.file, entry.line, "parent"),
        message="The parent of this line stands in the table of another country or version alone; "
        "nothing was put above it.",
        advice="Add the parent with this line's country and version, or correct these.",
    )


def _orphan(entry: FrameworkEntry) -> Finding:
    return Finding(
        reason="unknown-parent",
        where=Where(entry.file, entry.line, "parent"),
        message="The parent of this line is in no framework table; nothing was put above it.",
        advice="Write the code of an objective, outcome or output that the table lists.",
    )
