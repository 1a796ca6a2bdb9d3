"""The same heading without what stands around it: number, list marks, words of a form, acronyms."""

import re
from collections.abc import Iterator

from kg.read.lexicon import Lexicon
from kg.read.words import spelt_signs, stem, unabbreviated, unmarked, unnumbered, words

# "(1-5)", "(1 à 5)", "[0..10]": from nothing or one, to three or more, and nothing behind it.
_SPAN = re.compile(r"\b[01]\W{1,3}(?:[^\W\d_]{1,5}\W{1,2})?(?:[3-9]|10)\W*$")
_SCALE_WORDS = 2


def forms(text: str, lexicon: Lexicon) -> Iterator[str]:
    """A heading, then without list marks, number, the words of a form, acronyms."""
    forms = [text, unmarked(spelt_signs(text))]
    forms.append(unnumbered(forms[-1]))
    forms.append(unmarked(_unprefixed(forms[-1], lexicon)))
    forms.append(unnumbered(forms[-1]))
    forms.append(unabbreviated(forms[-1], known=lexicon.vocabulary))
    forms.append(ungrouped(text, lexicon))
    yield from dict.fromkeys(form for form in forms if form)


def ungrouped(text: str, lexicon: Lexicon) -> str:
    """A name of a form without its groups: "infos-pays", "group_a-general-year"."""
    parts = text.split("-")
    if any(char.isspace() for char in text) or not all(parts):
        return text
    while len(parts) > 1 and _names_a_group(parts[0], lexicon):
        del parts[0]
    return "-".join(parts)


def _names_a_group(text: str, lexicon: Lexicon) -> bool:
    said = [word.rstrip("0123456789") for word in words(text)]
    return bool(said) and all(len(word) <= 1 or word in lexicon.groups for word in said)


def behind_section(text: str, lexicon: Lexicon) -> str:
    """What is asked below the title of a section: "Section B. The change/When did it happen?"."""
    title, _, asked = text.rpartition("/")
    first = words(title)[:1]
    named = unnumbered(title.strip()) != title.strip() or lexicon.groups.issuperset(first)
    return asked.strip() if first and named and not qualified(title, lexicon) else ""


def _unprefixed(text: str, lexicon: Lexicon) -> str:
    for prefix in lexicon.prefixes:
        if text[: len(prefix)].casefold() != prefix.casefold():
            continue
        rest = text[len(prefix) :]
        glued = prefix.isupper() and len(prefix) > 1 and text.startswith(prefix)
        if rest and (glued or not rest[0].isalnum()):
            return rest.lstrip(" .:-–_)]")
    return text


def qualified(text: str, lexicon: Lexicon) -> bool:
    """Does a text hold a word that changes what a heading asks?"""
    return any(stem(word) in lexicon.qualifiers for word in words(text))


def names_a_scale(plain: str, lexicon: Lexicon) -> bool:
    """Is a scale spelt out: "Significance (1-5)", "Contribution (small, medium, large)"?"""
    return (
        _SPAN.search(plain) is not None
        or len(lexicon.scale_words.intersection(words(plain))) >= _SCALE_WORDS
    )
