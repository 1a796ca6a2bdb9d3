"""The steps by which a heading is compared with the wordings, from the same to the merely near."""

from collections.abc import Sequence
from enum import StrEnum

from kg.read.flag import FLAG, plainly_the_flag
from kg.read.forms import behind_section, forms, names_a_scale, qualified, ungrouped
from kg.read.lexicon import Lexicon, Wording, get_lexicon
from kg.read.maybe import contained, in_order, inside, likely, listed, may_be, when_written
from kg.read.misspelt import corrected_word, misspelt
from kg.read.questions import asked_fields
from kg.read.turning import YES_NO, turns_round
from kg.read.words import (
    bag,
    squash,
    stem,
    unbracketed,
    words,
)


class How(StrEnum):
    """How a heading was understood, from best to worst."""

    EXACT = "exact"
    FOLDED = "folded"
    CLOSE = "close"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


#: Field (None where it is not known), how, and the fields that it may be.
Answer = tuple[str | None, How, tuple[str, ...]]


def decide(plain: str) -> Answer:
    """Field, how and candidates of a heading without outer space."""
    found = _decided(plain)
    if found[0] == FLAG and not plainly_the_flag(plain):
        return None, How.DOUBTFUL, (FLAG,)
    return found


def nearly_the_flag(plain: str) -> bool:
    """Would a heading be the flag, but for words beside it that may change what it asks?"""
    return _decided(plain)[0] == FLAG and not plainly_the_flag(plain)


def _decided(plain: str) -> Answer:
    lexicon = get_lexicon()
    if plain in lexicon.exact:
        return lexicon.exact[plain].field, How.EXACT, ()
    if unsure := listed(plain, lexicon):
        return None, How.DOUBTFUL, unsure
    found = _folded(plain, lexicon)
    if found is not None:  # "_id" is what a form's server adds beside the id that people give
        told = plain.startswith("_") or ungrouped(plain, lexicon) != plain
        return _guarded(plain, found, How.CLOSE if told else How.FOLDED)
    return _guessed(plain, lexicon)


def _guessed(plain: str, lexicon: Lexicon) -> Answer:
    """What a heading is near to, asks for or may be."""
    plainly = likely(plain, lexicon)
    near = _near(plain, lexicon) if plainly is None else (plainly,)
    if len(near) == 1:
        return _guarded(plain, near[0], How.CLOSE)
    if near:
        return None, How.DOUBTFUL, in_order(item.field for item in near)
    if below := behind_section(plain, lexicon):
        name, how, candidates = _decided(below)
        return (name, How.CLOSE, ()) if name else (name, how, candidates)
    asked = asked_fields(plain, qualifiers=lexicon.qualifiers - lexicon.harmless)
    if len(asked) == 1:
        return _guarded_question(plain, asked[0])
    maybe = in_order((*filter(None, asked), *may_be(plain, lexicon)))
    how = How.DOUBTFUL if maybe else How.UNKNOWN
    return None, how, maybe or contained(plain, lexicon)


def _guarded_question(plain: str, name: str) -> Answer:
    """A question is taken and told; one for yes or no, only where nothing may turn it round."""
    if name in YES_NO and turns_round(plain):
        return None, How.DOUBTFUL, (name,)
    return _rated(plain, name), How.CLOSE, ()


def _rated(plain: str, name: str) -> str:
    """The field, or the one that rates it where a scale is spelt out."""
    lexicon = get_lexicon()
    return lexicon.rated[name] if name in lexicon.rated and names_a_scale(plain, lexicon) else name


def _guarded(plain: str, found: Wording, how: How) -> Answer:
    """A yes-or-no field is taken only where no word may turn the answer round.

    A narrative whose heading spells out a scale asks for its rating.
    """
    if found.field in YES_NO and turns_round(plain, besides=found.words):
        return None, How.DOUBTFUL, (found.field,)
    if when_written(plain, found, get_lexicon()):
        return None, How.DOUBTFUL, (found.field, "round")
    name = _rated(plain, found.field)
    return name, how if name == found.field else How.CLOSE, ()


def _folded(plain: str, lexicon: Lexicon) -> Wording | None:
    """The wording that a heading is, apart from case, order and what stands around it."""
    for form in forms(plain, lexicon):
        found = _same(form, lexicon)
        if found is not None:
            return found
    bare, dropped = unbracketed(plain)
    if not dropped or not bare:
        return None
    found = next(filter(None, (_same(form, lexicon) for form in forms(bare, lexicon))), None)
    # "Link to the results framework (code)": what a field is asked by anyway changes nothing.
    strange = {stem(word) for word in words(dropped)} & lexicon.qualifiers
    return found if found and strange <= lexicon.words_of[found.field] else None


def _same(form: str, lexicon: Lexicon) -> Wording | None:
    return lexicon.by_squash.get(squash(form)) or lexicon.by_bag.get(lexicon.bag(form))


def _near(plain: str, lexicon: Lexicon) -> tuple[Wording, ...]:
    """One wording for each field that a heading is close to; more than one means doubt."""
    bare, dropped = unbracketed(plain)
    bases = [plain] if qualified(dropped, lexicon) or not bare else [bare, plain]
    for base in bases:
        every = tuple(forms(base, lexicon))
        for step in (misspelt, _among_neutral, _in_parts, _respelt):
            found = [item for form in every for item in step(form, lexicon)]
            if found:
                return tuple({item.field: item for item in reversed(found)}.values())[::-1]
    return ()


def _among_neutral(form: str, lexicon: Lexicon) -> Sequence[Wording]:
    """Neutral words around a wording: "Scale of the observed outcome" is the scale."""
    return _core(words(form), lexicon)


def _core(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[Wording]:
    kept = [t for t in tokens if t not in lexicon.neutral and t not in lexicon.function_words]
    found = lexicon.by_bag.get(bag(kept)) if kept else None
    if found is not None:
        return (found,)
    meaning = set(lexicon.bag(tokens))
    held = [
        (len(said), item)
        for item in inside(meaning, lexicon)
        if len(said := set(item.bag) - lexicon.harmless) > 1
        and len(item.bag) < len(meaning)
        and item.field not in YES_NO
    ]
    most = max((count for count, _ in held), default=0)
    return [
        item
        for count, item in held
        if count == most
        and not _elsewhere(meaning - set(item.bag), item, lexicon)
        and most * 3 >= len(meaning - lexicon.harmless) * 2
        and not any(
            w in lexicon.qualifiers or (w in lexicon.vocabulary and w not in lexicon.neutral)
            for w in meaning - set(item.bag) - lexicon.harmless
        )
    ]


def _elsewhere(more: set[str], found: Wording, lexicon: Lexicon) -> bool:
    """Does a link lead elsewhere? One "to the outcome statement" is no link to an outcome."""
    return found.field.endswith("_link") and not more <= lexicon.words_of[found.field]


def _in_parts(form: str, lexicon: Lexicon) -> Sequence[Wording]:
    """Two languages, a path, a question: "Country / Pays", "Significance: why does it matter?"."""
    for mark in ("/", "|", "\n"):
        parts = [part for part in form.split(mark) if squash(part)]
        if len(parts) > 1:
            found = [(part, _part(part, lexicon)) for part in parts]
            known = [item for _, item in found if item is not None]
            # "data/outcome/year" leads to the year of the outcome
            asked = [
                item
                for part, item in found
                if item is not None and not all(w in lexicon.neutral for w in lexicon.bag(part))
            ]
            if known:
                return asked or known
    for mark in (":", "?", ";", ". ", " - ", " – ", " — ", "\n", ", "):
        head, _, tail = form.partition(mark)
        if not squash(tail) or not squash(head):
            continue
        first, second = _part(head, lexicon), _part(tail, lexicon)
        if first is not None and second is not None and first.field != second.field:
            # "Outcome: significance" speaks of the outcome and asks for its significance.
            neutral = all(w in lexicon.neutral for w in lexicon.bag(head))
            return (second,) if neutral else (first, second)
        if first is not None and not qualified(tail, lexicon):
            return (first,)
        if second is not None and not qualified(head, lexicon) and len(words(head)) <= 3:  # noqa: PLR2004 - a section's name
            return (second,)
    return ()


def _part(text: str, lexicon: Lexicon) -> Wording | None:
    found = _folded(text, lexicon)
    if found is None:
        core = _core(words(text), lexicon)
        found = core[0] if len({item.field for item in core}) == 1 else None
    return found


def _respelt(form: str, lexicon: Lexicon) -> Sequence[Wording]:
    """A heading whose unknown words are corrected one by one: "Desciption of outcom"."""
    tokens = words(form)
    corrected = [corrected_word(token) for token in tokens]
    if corrected == list(tokens):
        return ()
    found = lexicon.by_bag.get(lexicon.bag(corrected))
    return (found,) if found is not None else _core(corrected, lexicon)
