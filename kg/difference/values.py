"""What a coded cell says, in the words of a list; never the words of a cell.

Two spellings of one value are no change: "NO" and "non" are one answer, a
code with its label is the code. What no list knows is `OTHER`.
"""

from collections.abc import Iterable, Mapping

from kg.audience import confidential
from kg.choices import SCHEMES
from kg.config import Config
from kg.difference.pairs import Told
from kg.fragment import interpret
from kg.language import stated_language
from kg.messages import phrase
from kg.model import NARRATIVE, Choice, Fragment, Record
from kg.places import Places
from kg.vocab import ADDED_UP, filled_field
from kg.vocabulary import load_vocabulary

#: Stands for a value that no list knows: it may be a sentence, and hold a name.
OTHER = "(…)"

_LONGEST_ID = 60


def coded(told: Told, config: Config, language: str) -> Mapping[str, str]:
    """Field → what its cell is read as, in *language*, of every coded cell that says something."""
    record = told.case.record
    fragment, _ = interpret(
        record,
        key="",
        origins=told.case.origins,
        vocabulary=load_vocabulary(),
        confidential=False,
        values=config.values,
    )
    values = dict(_read(fragment, told.values, language))
    said = {name: values[name] or OTHER for name in values if told.values.get(name)}
    answer = "confidential" if withheld(record, config) else "cleared"
    return said | {"confidential": phrase(f"diff.{answer}", language)}


def withheld(record: Record, config: Config) -> bool:
    """Is a record confidential, as the audience of a build would decide?"""
    return confidential(record, cleared=config.cleared)


def is_coded(field: str) -> bool:
    """Do the values of a field come from lists? What is unknown is taken for a narrative."""
    return filled_field(field) in _CODED


_ANSWERS = ("unintended", "negative")
_YES_NO = {True: "yes", False: "no"}
_CODED = frozenset(
    {
        *SCHEMES,
        *_ANSWERS,
        *("fragment_id", "round", "country", "year", "confidential"),
        *("framework_link", "objective_link", "language"),
    }
) - set(NARRATIVE)


def _read(
    fragment: Fragment, values: Mapping[str, str], language: str
) -> Iterable[tuple[str, str]]:
    for name in SCHEMES:
        yield name, _labels(fragment.choices.get(name, ()), language)
    for name in _ANSWERS:
        answer = getattr(fragment, name)
        yield name, "" if answer is None else phrase(f"diff.{_YES_NO[answer]}", language)
    yield "round", _labels((fragment.round,) if fragment.round else (), language)
    yield "country", _labels(fragment.places, language)
    yield "year", ", ".join(map(str, fragment.years))
    for name in filter(lambda name: filled_field(name) in ADDED_UP, values):
        codes = [code for code in (*fragment.codes, *fragment.objectives) if code.field == name]
        told = {f"{phrase(f'diff.{code.kind}', language)} {code.number}" for code in codes}
        yield name, ", ".join(sorted(told))
    yield "language", stated_language(values.get("language", "")) or ""
    identifier = values.get("fragment_id", "")
    plain = len(identifier) <= _LONGEST_ID and " " not in identifier
    yield "fragment_id", identifier if plain else ""


def _labels(choices: Iterable[Choice], language: str) -> str:
    """Known values in order of the alphabet: in which order they were ticked says nothing."""
    return ", ".join(sorted({_label(choice, language) for choice in choices}))


def _label(choice: Choice, language: str) -> str:
    if not choice.known:
        return OTHER
    if choice.scheme == "place":
        return Places.load().by_language[choice.slug].get(language, choice.label)
    if choice.scheme in load_vocabulary().schemes:
        return load_vocabulary().get(choice.scheme, choice.slug).label(language)
    return choice.label


def field_label(name: str, language: str) -> str:
    """What a field is called; a column that kg does not know goes by its own heading's slug."""
    slug = name.replace("_", "-")
    known = {concept.slug: concept for concept in load_vocabulary().concepts("field")}
    if slug in known:
        return known[slug].label(language)
    filled = filled_field(name)
    own = name.removeprefix(f"{filled}-")
    return name if filled == name else f"{field_label(filled, language)} ({own})"
