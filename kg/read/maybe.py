"""Headings that may be a field, or may not: what only a person can settle, and hints for that."""

from collections.abc import Iterable, Iterator

from kg.read.forms import forms, qualified
from kg.read.lexicon import Lexicon, Wording
from kg.read.words import squash, unbracketed, words


def inside(meaning: set[str], lexicon: Lexicon) -> Iterator[Wording]:
    """Wordings all of whose words stand in a heading."""
    for word in sorted(meaning):
        for item in lexicon.by_word.get(word, ()):
            if item.bag[0] == word and meaning.issuperset(item.bag):
                yield item


def likely(plain: str, lexicon: Lexicon) -> Wording | None:
    """A wording that is nearly always its field, in its own order: "Number of outcomes" counts."""
    bare, dropped = unbracketed(plain)
    texts = [plain] if not bare or qualified(dropped, lexicon) else [plain, bare]
    squashed = {squash(form) for text in texts for form in forms(text, lexicon)}
    return next((item for item in lexicon.likely if item.squashed in squashed), None)


def listed(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Fields under which a heading is listed to be asked: "County" is no slip of Country."""
    squashed = {squash(form) for form in forms(plain, lexicon)}
    return in_order(i.field for i in lexicon.doubtful if i.squashed in squashed)


def when_written(plain: str, found: Wording, lexicon: Lexicon) -> bool:
    """Does a heading taken for the year speak of writing down: "Outcome harvest date"?"""
    return found.field == "year" and not lexicon.recording.isdisjoint({*words(plain)} - found.words)


def may_be(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Fields of the wordings that may mean them, or may not."""
    bare, _ = unbracketed(plain)
    every = {*forms(plain, lexicon), *forms(bare or plain, lexicon)}
    squashed, bags = {squash(f) for f in every}, {lexicon.bag(f) for f in every}
    found = [i.field for i in lexicon.doubtful if i.squashed in squashed or i.bag in bags]
    # A heading that holds a whole known wording, and more that may turn its sense.
    dropped = lexicon.by_squash.get(squash(bare)) or lexicon.by_bag.get(lexicon.bag(bare))
    if dropped is not None:
        found.append(dropped.field)
    return in_order(found)


def contained(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Fields whose wording stands inside a heading, the longest first: a hint, not a match."""
    meaning = set(lexicon.bag(plain))
    held = [(len(item.bag), item.field) for item in inside(meaning, lexicon)]
    return in_order(name for _, name in sorted(held, key=lambda pair: -pair[0]))[:3]


def in_order(fields: Iterable[str]) -> tuple[str, ...]:
    """The same fields, each once."""
    return tuple(dict.fromkeys(fields))
