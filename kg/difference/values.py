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
from kg.model import NARRATIVE, Choice, Fragment, Record
from kg.vocabulary import load_vocabulary

#: Stands for a value that no list knows: it may be a sentence, and hold a name.
OTHER = "(other)"

_LONGEST_ID = 60


def coded(told: Told, config: Config) -> Mapping[str, str]:
    """Field → what its cell is read as, of every coded cell that says something."""
    record = told.case.record
    fragment, _ = interpret(
        record,
        key="",
        origins=told.case.origins,
        vocabulary=load_vocabulary(),
        confidential=False,
        values=config.values,
    )
    values = dict(_read(fragment, told.values))
    said = {name: values[name] or OTHER for name in values if told.values.get(name)}
    return said | {"confidential": flag(record, config)}


def flag(record: Record, config: Config) -> str:
    """Whether a record is cleared, as the audience of a build would decide."""
    return "confidential" if confidential(record, cleared=config.cleared) else "cleared"


def is_coded(field: str) -> bool:
    """Do the values of a field come from lists? What is unknown is taken for a narrative."""
    return field in _CODED


_ANSWERS = ("unintended", "negative")
_CODED = frozenset(
    {
        *SCHEMES,
        *_ANSWERS,
        *("fragment_id", "round", "country", "year", "confidential"),
        *("framework_link", "objective_link", "language"),
    }
) - set(NARRATIVE)


def _read(fragment: Fragment, values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name in SCHEMES:
        yield name, _labels(fragment.choices.get(name, ()))
    for name in _ANSWERS:
        yield name, {True: "yes", False: "no", None: ""}[getattr(fragment, name)]
    yield "round", _labels((fragment.round,) if fragment.round else ())
    yield "country", _labels(fragment.places)
    yield "year", "" if fragment.year is None else str(fragment.year)
    for name in ("framework_link", "objective_link"):
        codes = [code for code in (*fragment.codes, *fragment.objectives) if code.field == name]
        yield name, ", ".join(sorted({str(code) for code in codes}))
    yield "language", stated_language(values.get("language", "")) or ""
    identifier = values.get("fragment_id", "")
    plain = len(identifier) <= _LONGEST_ID and " " not in identifier
    yield "fragment_id", identifier if plain else ""


def _labels(choices: Iterable[Choice]) -> str:
    """Known values in order of the alphabet: in which order they were ticked says nothing."""
    return ", ".join(sorted({choice.label if choice.known else OTHER for choice in choices}))
