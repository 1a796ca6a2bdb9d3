"""Whether entries of `organisations.yaml` make sense together; errors name both lines."""

from collections.abc import Iterator, Sequence

from kg.errors import ConfigError
from kg.model import Organisation
from kg.places import Places
from kg.vocab import fold, slug


def check_organisations(name: str, entries: Sequence[Organisation]) -> None:
    """See that entries make a registry together.

    Args:
        name: What the errors call the file.
        entries: All of them, with their lines.

    Raises:
        ConfigError: an id or a name that two entries share; a parent or a body to be kept
            apart that is no entry; a circle of parents; one body kept apart from itself.
    """
    _refuse_shared_ids(name, entries)
    _refuse_shared_names(name, entries)
    _refuse_unknown(name, entries)
    _refuse_circles(name, entries)


def _refuse_shared_ids(file: str, entries: Sequence[Organisation]) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        first = seen.setdefault(slug(entry.id), entry.line)
        if first != entry.line:
            raise ConfigError(
                f"{file}, line {entry.line}: the id stands in line {first} already; "
                "give one of the two another id, or join the entries."
            )


def _refuse_shared_names(file: str, entries: Sequence[Organisation]) -> None:
    """One name in one country is one organisation; one without country may be in any."""
    places = Places.load()
    seen: dict[str, dict[str | None, int]] = {}
    for entry in entries:
        scope = (places.find(entry.country) or slug(entry.country)) if entry.country else None
        for name in dict.fromkeys(_names(entry)):
            lines = seen.setdefault(name, {})
            first = lines.setdefault(scope, entry.line)
            if first != entry.line:
                raise ConfigError(
                    f"{file}, line {entry.line}: a label, acronym or alias of this entry "
                    f"belongs to the one in line {first} of the same country too; "
                    "remove it from one of the two, or join the entries."
                )


def _names(entry: Organisation) -> Iterator[str]:
    yield from (fold(text) for _, text in entry.labels)
    yield from (fold(text) for text in (*entry.acronyms, *entry.aliases))


def _refuse_unknown(file: str, entries: Sequence[Organisation]) -> None:
    ids = {slug(entry.id) for entry in entries}
    for entry in entries:
        if entry.part_of and slug(entry.part_of) not in ids:
            raise ConfigError(
                f"{file}, line {entry.line}: part_of names no id of this file; "
                "expected the id of another entry. Add that entry, or correct the id."
            )
        for other in entry.not_same_as:
            if slug(other) == slug(entry.id):
                raise ConfigError(
                    f"{file}, line {entry.line}: not_same_as names the entry itself; "
                    "expected the id of another entry. Remove it."
                )
            if slug(other) not in ids:
                raise ConfigError(
                    f"{file}, line {entry.line}: not_same_as names no id of this file; "
                    "expected the id of another entry. Add that entry, or correct the id."
                )


def _refuse_circles(file: str, entries: Sequence[Organisation]) -> None:
    """No body is part of itself, over however many steps."""
    by_id = {slug(entry.id): entry for entry in entries}
    for entry in sorted(entries, key=lambda e: e.line):
        above, steps = entry, [entry.line]
        while above.part_of:
            above = by_id[slug(above.part_of)]
            if above is entry:
                lines = " and ".join(str(line) for line in sorted(set(steps)))
                raise ConfigError(
                    f"{file}, line {entry.line}: part_of leads back to this entry "
                    f"(lines {lines}); remove one of these part_of."
                )
            if above.line in steps:
                break  # a circle above this entry: told at its own first line
            steps.append(above.line)
