"""What of a cleared record, and of the edited files, exists for a release.

Sentences stay, to be masked next. A coded cell says its known values in their
standard form and nothing else: what somebody typed beside them stays inside.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.lexicon import lexicon
from kg.model import NARRATIVE, Cell, Choice, Code, Fragment, Record
from kg.sources import Curated
from kg.vocab import field_slug, filled_field, fold
from kg.vocabulary import load_vocabulary

#: Coded cells whose values are concepts of a scheme.
_CHOICES = (
    "status",
    "rating_significance",
    "social_actor",
    "scale",
    "rating_contribution",
    "type_of_change",
    "change_cluster",
)
_ID = re.compile(r"[A-Za-z0-9]{1,12}(?:[ ._/\\-]{1,2}[A-Za-z0-9]{1,12}){0,6}")
_LETTERS = re.compile(r"[A-Za-z]+")
_SHORT = 4  # letters that may be a code although no published framework declares it
_SERIES = 3  # ids that begin alike


def published(curated: Curated, *, files: Collection[str]) -> Curated:
    """The lines of the edited files that exist for a release: marked, or of a file in *files*."""
    every = {name: name in files for name in ("organisations.yaml", "decisions.csv")}
    kept = [o for o in curated.organisations if o.publish or every["organisations.yaml"]]
    ids = {o.id for o in kept}
    return replace(
        curated,
        organisations=tuple(
            replace(
                o,
                part_of=o.part_of if o.part_of in ids else None,
                not_same_as=tuple(other for other in o.not_same_as if other in ids),
                line=0,
            )
            for o in kept
        ),
        decisions=tuple(d for d in curated.decisions if d.publish or every["decisions.csv"]),
        framework=tuple(entry for entry in curated.framework if entry.publish),
        findings=(),
        marks={},
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What a release may say beside sentences.

    `columns` are columns of one's own, as `kg.toml` writes their headings;
    `objectives` the codes that published frameworks declare; `series` words
    that several ids, or codes, of the cleared records share.
    """

    language: str
    programme: str
    columns: tuple[str, ...]
    objectives: frozenset[str]
    series: frozenset[str]

    def heading(self, field: str) -> str:
        """The heading of a known column: ours, whatever somebody typed."""
        return load_vocabulary().get("field", field_slug(field)).label(self.language)


def cleared(fragment: Fragment, terms: Terms) -> Record:
    """A record as a release may read it: no file, no row, no word that nobody looked at.

    Columns that are not listed, the flag and a merged cell are gone. A cell
    that holds no known value is gone too, as if its column did not exist;
    a blank one stays blank.
    """
    cells = dict(_coded(fragment, terms))
    for statement in fragment.narratives:
        cells[statement.field] = Cell(
            statement.field, terms.heading(statement.field), visible(statement.text)
        )
    for name in fragment.empty:
        if name in NARRATIVE or name in _KNOWN:
            cells[name] = Cell(name, terms.heading(name), "")
    cells |= dict(_own_columns(fragment, terms))
    return Record(file="", row=0, format="", cells=tuple(cells[name] for name in sorted(cells)))


def visible(text: str) -> str:
    """A text without characters that nobody sees: they part a name for rules, not for a reader.

    >>> visible("O\u00adkafor\u200b")
    'Okafor'
    """
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _coded(fragment: Fragment, terms: Terms) -> Iterator[tuple[str, Cell]]:
    codes = [
        *fragment.codes,
        *(c for c in fragment.objectives if filled_field(c.field) == "framework_link"),
    ]
    objectives = [c for c in fragment.objectives if filled_field(c.field) == "objective_link"]
    said = {
        "fragment_id": fragment.identifier if _plain_id(fragment.identifier, terms) else "",
        "round": _labels(fragment.round),
        "country": _labels(*fragment.places),
        "year": "; ".join(map(str, fragment.years)),
        "unintended": _answer(fragment.unintended),
        "negative": _answer(fragment.negative),
        "framework_link": "; ".join(
            dict.fromkeys(_code(code) for code in codes if _sayable(code, terms))
        ),
        "objective_link": "; ".join(
            dict.fromkeys(code.number for code in objectives if _sayable(code, terms))
        ),
        "programme": (
            terms.programme if fold(fragment.programme or "") == fold(terms.programme) else ""
        ),
        "language": fragment.language or "" if fragment.statement("language") else "",
        **{name: _labels(*fragment.choices.get(name, ())) for name in _CHOICES},
    }
    for name, text in said.items():
        if text:
            yield name, Cell(name, terms.heading(name), text)


_KNOWN = frozenset(
    {
        *("fragment_id", "round", "country", "year", "unintended", "negative"),
        *("framework_link", "objective_link", "programme", "language"),
        *_CHOICES,
    }
)


def _labels(*choices: Choice | None) -> str:
    return "; ".join(choice.label for choice in choices if choice is not None and choice.known)


def _answer(value: bool | None) -> str:  # noqa: FBT001 (the value itself)
    return "" if value is None else "yes" if value else "no"


def _code(code: Code) -> str:
    return code.number if code.kind == "objective" else str(code)


def _sayable(code: Code, terms: Terms) -> bool:
    """A numbered code is; letters are where they are declared, or few and no name."""
    words = lexicon()
    return code.number in terms.objectives or all(
        letters in terms.series
        or (len(letters) <= _SHORT and not words.info(letters.title()).named)
        for letters in _LETTERS.findall(code.number)
    )


def _plain_id(identifier: str, terms: Terms) -> bool:
    """Whether an id looks like one, and no part of it like a name of a person."""
    if not _ID.fullmatch(identifier) or not any(c.isdigit() for c in identifier):
        return False
    return all(part in terms.series or _plain_part(part) for part in _LETTERS.findall(identifier))


def _plain_part(part: str) -> bool:
    """Letters of a code: few, and no name; or a word of any text ("outcome 12")."""
    info = lexicon().info(part.title())
    plain = info.explained or (bool(info.ordinary) and not info.suspicious)
    return not info.named and (len(part) <= _SHORT or plain)


def series(texts: Iterable[str]) -> frozenset[str]:
    """Words in capitals that several ids or codes share: "EVA" of EVA-1, EVA-2 and EVA-3 is a code.

    A long one that people bear as a name stays one.
    """
    words = lexicon()
    counted = Counter(part for text in texts for part in {*_LETTERS.findall(text)})
    return frozenset(
        part
        for part, count in counted.items()
        if count >= _SERIES
        and part.isupper()
        and (len(part) <= _SHORT or not words.info(part.title()).named)
    )


def _own_columns(fragment: Fragment, terms: Terms) -> Iterator[tuple[str, Cell]]:
    listed: Mapping[str, str] = {fold(heading): heading for heading in terms.columns}
    for statement in fragment.statements:
        heading = listed.get(fold(statement.heading))
        known = statement.field in NARRATIVE or statement.field in _KNOWN
        if heading is not None and not known and statement.field not in ("confidential", "merged"):
            yield statement.field, Cell(statement.field, heading, visible(statement.text))
