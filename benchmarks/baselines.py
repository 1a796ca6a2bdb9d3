"""What `kg` is measured against: stock models, Schwartz–Hearst alone, a list of names alone.

Each reads records and gives mentions, as the extractor does. Where a baseline has no way
of its own to say who a name is, names spelt alike (case and accents aside) are one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language

from benchmarks.annotated import Gold
from kg.extract.lexicon import lexicon
from kg.model import Fragment, Kind, Mention, Statement
from kg.vocab import fold

#: Records in, mentions out.
Reader = Callable[[Sequence[Fragment]], Sequence[Mention]]

_KINDS = {"ORG": Kind.ORGANISATION, "PERSON": Kind.PERSON, "PER": Kind.PERSON}
_SHORT_FORM = re.compile(r"\((\w[\w.-]{1,9})\)")
_FIRST_WORD = re.compile(r"(?:[Ll]['’]|[Dd]['’]|(\w+)\s+)")


def stock(models: Mapping[str, Language], *, otherwise: str) -> Reader:
    """Models as they come; leading articles taken off, since the annotation leaves them out.

    Args:
        models: The recogniser of each language.
        otherwise: The language whose model reads records in any other.
    """

    def read(fragments: Sequence[Fragment]) -> list[Mention]:
        asked = [
            (statement.text, (fragment, statement, models.get(fragment.language or "")))
            for fragment in fragments
            for statement in fragment.narratives
        ]
        found: list[Mention] = []
        for model in models.values():
            mine = [(t, c) for t, c in asked if (c[2] or models[otherwise]) is model]
            for doc, (fragment, statement, _) in model.pipe(mine, as_tuples=True):
                for entity in doc.ents:
                    if entity.label_ in _KINDS:
                        start = entity.start_char + _article(entity.text)
                        kind = _KINDS[entity.label_]
                        found.append(
                            _mention(fragment, statement, (start, entity.end_char), kind=kind)
                        )
        return found

    return read


def _article(text: str) -> int:
    """How many letters of a text are a leading article."""
    first = _FIRST_WORD.match(text)
    if first is None or (first[1] and fold(first[1]) not in lexicon().articles):
        return 0
    return first.end()


def schwartz_hearst(fragments: Sequence[Fragment]) -> list[Mention]:
    """Pairs "Full Name (ACRONYM)" as in Schwartz and Hearst (2003), and both forms again."""
    found: list[Mention] = []
    for fragment in fragments:
        names: dict[str, str] = {}
        for statement in fragment.narratives:
            for match in _SHORT_FORM.finditer(statement.text):
                short = match[1]
                long = _long_form(short, statement.text[: match.start()].rstrip())
                if long and any(c.isupper() for c in short):
                    names |= dict.fromkeys((short, long), f"{fragment.key} {short}")
        found += _listed(fragment, names, _any_of(names))
    return found


def _long_form(short: str, before: str) -> str | None:
    """The shortest run of words whose letters hold those of the acronym, last letter first."""
    words = [m.start() for m in re.finditer(r"\S+", before)]
    window = (
        before[words[max(0, len(words) - min(len(short) + 5, 2 * len(short)))] :] if words else ""
    )
    at = len(window)
    for place in range(len(short) - 1, -1, -1):
        letter = fold(short[place])
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (
            fold(window[at]) != letter or (place == 0 and at > 0 and window[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    return window[at:] if len(window) - at > len(short) else None


def gazetteer(gold: Iterable[Gold]) -> Reader:
    """A list of every annotated name but those that only the record itself has.

    Leaving the record out is what makes it fair: a list knows the bodies of last year's harvest.
    """
    named = [g for g in gold if g.kind == "O"]
    lists = {}
    for key in sorted({g.key for g in named}):
        others = {g.text: g.identity or g.text for g in named if g.key != key}
        lists[key] = (others, _any_of(others))

    def read(fragments: Sequence[Fragment]) -> list[Mention]:
        return [
            mention
            for fragment in fragments
            if fragment.key in lists
            for mention in _listed(fragment, *lists[fragment.key])
        ]

    return read


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of some names as whole words, the longest first; nothing where there are none."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


def _listed(
    fragment: Fragment, names: Mapping[str, str], pattern: re.Pattern[str]
) -> Iterator[Mention]:
    """Every place in a record where one of the names stands."""
    for statement in fragment.narratives:
        for match in pattern.finditer(statement.text):
            mention = _mention(fragment, statement, match.span(), kind=Kind.ORGANISATION)
            yield replace(mention, entity=names[match[0]])


def _mention(
    fragment: Fragment, statement: Statement, span: tuple[int, int], *, kind: Kind
) -> Mention:
    text = statement.text[slice(*span)]
    return Mention(
        key=fragment.key,
        field=statement.field,
        start=span[0],
        end=span[1],
        text=text,
        kind=kind,
        method="model",
        confidence=0.0,
        entity=fold(text),
    )
