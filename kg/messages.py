"""What kg says, by language: findings (`messages.yaml`), all else (`interface.yaml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from kg.model import Severity, Where, is_written
from kg.resources import resource

#: Whatever has no sentence in the language asked for is said in this one.
DEFAULT_LANGUAGE = "en"
#: The languages in which commands answer.
SPOKEN = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say of one reason, and what to do; `topic` joins reasons that tell of one thing.

    A reason that the stages of a build report has no English here: they say
    it themselves, and where `exact` their sentence holds more than ours. Where
    `because`, theirs ends in an error behind a colon.
    """

    reason: str
    topic: str
    severity: Severity
    message: Mapping[str, str]
    advice: Mapping[str, str]
    together: Mapping[str, str]  # said once of many places; empty: the message is
    exact: bool
    because: bool
    place: int  # in the order in which an officer works

    @property
    def reported(self) -> bool:
        """Do the stages of a build report it, in English of their own?"""
        return DEFAULT_LANGUAGE not in self.message


@cache
def _tree() -> Mapping[str, Any]:
    tree: Mapping[str, Any] = _loaded("messages.yaml")
    return tree


def _loaded(name: str) -> Any:
    import yaml  # here: kg --help says nothing out of a file

    # A command that is refused does little else than read what to say: in C, where there is one.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(resource("ontology", name).read_bytes(), loader)  # noqa: S506 - a safe one


@cache
def sentences() -> Mapping[str, Sentence]:
    """Every reason that is known, in the order in which an officer works."""
    return MappingProxyType(
        {
            reason: Sentence(
                reason=reason,
                topic=said["topic"],
                severity=Severity(said["severity"]),
                message=said["message"],
                advice=said["advice"],
                together=said.get("together", {}),
                exact=said.get("exact", False),
                because=said.get("because", False),
                place=place,
            )
            for place, (reason, said) in enumerate(_tree()["reasons"].items())
        }
    )


def task_of(reason: str) -> str:
    """What there is to do about a reason: a name under `check.tasks` of `interface.yaml`.

    >>> task_of("flag-unclear"), task_of("conformance-choice"), task_of("never-heard-of")
    ('confidential', 'conformance', 'other')
    """
    sentence = sentences().get(reason)
    if sentence is not None:
        task: str = _tree()["tasks"].get(sentence.topic, "other")
        return task
    return "conformance" if reason.startswith("conformance") else "other"


def spoken(said: Mapping[str, str], language: str) -> str:
    """A sentence in *language*, else in English."""
    return said.get(language) or said[DEFAULT_LANGUAGE]


def text_of(name: str, language: str) -> str:
    """A text that belongs to no reason.

    >>> text_of("times", "fr").format(times=3)
    '(3 fois)'
    """
    return spoken(_tree()["texts"][name], language)


def has_text(name: str) -> bool:
    """Is there a text of this name?"""
    return name in _tree()["texts"]


def in_words(reason: str, message: str, advice: str, *, language: str) -> tuple[str, str]:
    """Message and advice of what a stage reported, in *language* as far as there are words.

    Args:
        reason: A slug, known here or not.
        message: What the stage says, in English; "" where it says nothing.
        advice: Its advice, in English; "" where it gives none.
        language: "en", "fr"; in another the stage's English stays.
    """
    sentence = sentences().get(reason)
    # Where our sentence waits for numbers that a stage does not give, the English one says them.
    ours = sentence is not None and "{" not in sentence.message.get(language, "{")
    if sentence is not None and ours and (language != DEFAULT_LANGUAGE or not message):
        words = sentence.message[language]
        if sentence.because:
            message = f"{words} {_because(message, language)}"
        elif (whole := error_text(message, language)) != message:
            message = whole  # its sentence is known as a whole, with all that fills it
        elif sentence.exact and (facts := _facts(message, language)):
            message = f"{words.removesuffix('.')}{facts}."
        else:
            message = words
    if sentence is not None and ours and (language != DEFAULT_LANGUAGE or not advice):
        advice = sentence.advice[language]
    return message or reason, advice or text_of("unknown-reason", language)


def _because(message: str, language: str) -> str:
    """The error in which a stage's sentence ends, in *language*.

    >>> _because("This file is not read: the file is empty; export the harvest again.", "fr")
    'le fichier est vide ; exportez de nouveau la récolte.'
    """
    _, _, error = message.partition(": ")
    # An error begins with a place, which stands before the whole sentence here.
    return error_text(f"-: {error}", language).removeprefix("-").lstrip(" :\u00a0")


#: What a stage's English sentence holds beside words: names in quotes, places, else numbers.
_QUOTED = re.compile(r"“([^”]*)”")
_PLACE = re.compile(
    r"([^\s,;:()]+\.\w{2,5})(?:, (?:sheet “(?P<sheet>[^”]*)”|(?P<table>table \d+)))?, row (\d+)"
)
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)*(?![\w-])")


def _facts(message: str, language: str) -> str:
    """The facts of a stage's English sentence, without its English.

    >>> _facts("The heading “X” was taken for country.", "fr")
    ' (« X »)'
    >>> _facts("The same record stands in a.csv, row 7; it counts once.", "fr")
    ' (a.csv, ligne 7)'
    >>> _facts("It says something else (a.xlsx, sheet “X”, row 7).", "fr")
    ' (a.xlsx, feuille « X », ligne 7)'
    """
    rest = _PLACE.sub("", message)
    found = [phrase("check.quoted", language, words=words) for words in _QUOTED.findall(rest)]
    found += [
        place_of(Where(file, int(row), sheet=sheet or table), language)
        for file, sheet, table, row in _PLACE.findall(message)
    ]
    found = found or _NUMBER.findall(message)
    return f" ({', '.join(found)})" if found else ""


@cache
def _interface() -> Mapping[str, Any]:
    tree: Mapping[str, Any] = _loaded("interface.yaml")
    return tree


def _entry(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _interface()
    for part in name.split("."):
        found = found[part]
    return found


def phrase(name: str, language: str, **values: object) -> str:
    """What a command says, in *language*, else in English.

    Args:
        name: Its path in `ontology/interface.yaml`, e.g. "build.next".
        language: "en", "fr"; another is answered in English.
        values: What its braces hold.

    >>> phrase("check.row", "fr", row=12)
    'ligne 12'
    """
    return spoken(_entry(name), language).format(**values)


def has_phrase(name: str) -> bool:
    """Is there a phrase of this name?

    >>> has_phrase("check.row"), has_phrase("check.never-heard-of")
    (True, False)
    """
    try:
        _entry(name)
    except KeyError:
        return False
    return True


def counted(name: str, count: int, language: str, **values: object) -> str:
    """A phrase in the form that fits a number: French says one of nothing, English many.

    >>> counted("check.warning", 0, "en"), counted("check.warning", 0, "fr")
    ('warnings', 'avertissement')
    """
    forms = _entry(name)
    french = language == "fr"
    form = "one" if count == 1 or (french and count == 0) else "other"
    return spoken(forms[form], language).format(count=count, **values)


def source_of(where: Where, language: str) -> str:
    """The file, with the worksheet where it has several.

    >>> source_of(Where("a.xlsx", sheet="May"), "fr")
    'a.xlsx, feuille « May »'
    """
    if not where.sheet:
        return where.file
    if is_written(where.sheet):
        return f"{where.file}, {table_name(where.sheet, language)}"
    return phrase("check.in-sheet", language, file=where.file, sheet=where.sheet)


def table_name(sheet: str, language: str) -> str:
    """What a worksheet, or a table of a document, is called.

    >>> table_name("table 2", "fr"), table_name("Round 2", "fr")
    ('tableau 2', 'Round 2')
    """
    if not is_written(sheet):
        return sheet
    return phrase("check.table", language, number=sheet.rpartition(" ")[2])


def place_of(where: Where, language: str) -> str:
    """File, worksheet, row and field, as far as they are known.

    >>> place_of(Where("a.csv", 3, "year"), "fr")
    'a.csv, ligne 3, champ year'
    """
    told = [source_of(where, language)] if where.file else []
    told += [phrase("check.row", language, row=where.row)] if where.row is not None else []
    told += [phrase("check.field", language, field=where.field)] if where.field else []
    return ", ".join(told)


def column_name(column: str, language: str) -> str:
    """What a column of an answer is called in a table for reading; an unknown one as it is.

    >>> column_name("country", "fr"), column_name("mine", "fr")
    ('pays', 'mine')
    """
    said = _interface()["columns"].get(column)
    return spoken(said, language) if said else column


def tasks() -> tuple[str, ...]:
    """What there is to do, in the order in which an officer works."""
    return tuple(_interface()["check"]["tasks"])


@cache
def _errors() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, entry["en"].split("{}"))), re.DOTALL), entry["fr"])
        for entry in _loaded("errors.yaml")
    )


def error_text(text: str, language: str) -> str:
    """An error in *language*, where its sentence is known; else as it is.

    >>> error_text("a.csv: the file is empty; export the harvest again.", "fr")
    'a.csv : le fichier est vide ; exportez de nouveau la récolte.'
    """
    if language != "fr":
        return text
    for pattern, french in _errors():
        found = pattern.fullmatch(text)
        if found:
            return french.format(*(_inside(said) for said in found.groups()))
    return text


def _inside(said: str) -> str:
    """What fills a sentence: French where every alternative is known, else as it is.

    >>> _inside("a code (1.4.1) or an organisation (acronym or name)")
    'un code (1.4.1) ou une organisation (sigle ou nom)'
    """
    whole = error_text(said, "fr")
    if whole != said:
        return whole
    parts = {part: error_text(part, "fr") for part in re.split(r" or (?=an? )", said)}
    known = all(part != french for part, french in parts.items())
    return " ou ".join(parts.values()) if known else said
