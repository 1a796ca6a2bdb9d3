"""What a statement may lack to be an outcome: a change, who, when, where. Advice, never a score.

A coach that nags is switched off: it speaks where a cue is plain and nothing
speaks against it, and is silent in every other case. The words are data
(`ontology/coach.yaml`). What it says names a record, never its words.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import yaml

from kg.flat import flat
from kg.redaction import has_mark
from kg.resources import resource
from kg.vocab import SPARQL_HEAD

#: Asks the union of a harvest's graphs; rows are column → text, unbound columns absent.
Select = Callable[[str], Sequence[Mapping[str, str]]]


_TEXTS = """
SELECT ?key ?field ?text ?language WHERE {
  VALUES ?field { ohv:field-title ohv:field-description ohv:field-additional }
  ?fragment oh:key ?key ; oh:hasStatement ?statement .
  ?statement oh:field ?field ; nif:isString ?text .
  OPTIONAL { ?statement dcterms:language ?language }
} ORDER BY ?key ?field"""

_STATED = """
SELECT DISTINCT ?key ?what WHERE {
  ?fragment oh:key ?key ; oh:reports ?outcome .
  { ?outcome oh:changeIn ?value . BIND("who" AS ?what) }
  UNION { ?outcome oh:involves ?value . BIND("who" AS ?what) }
  UNION { ?outcome oh:year ?value . BIND("when" AS ?what) }
  UNION { ?outcome oh:country ?value . BIND("where" AS ?what) }
} ORDER BY ?key ?what"""

# The names in a text are thirty times as many as its columns: asked of those records alone that
# no column speaks for.
_NAMED = """
SELECT DISTINCT ?key ?kind WHERE {
  VALUES ?key { %s }
  ?fragment oh:key ?key ; oh:hasStatement/^nif:referenceContext/oh:kind ?kind .
} ORDER BY ?key ?kind"""

_ASPECTS = ("who", "when", "where")
_ASPECT_OF_KIND = {"kind-organisation": "who", "kind-place": "where"}
_GAP = r"(?:[^\s.|]+ ){0,7}?"
_TELLING = 12  # words; of more of them the language could have been told
_CLAUSE = 4  # words; fewer between two commas are hardly a sentence of their own
# A capital inside a sentence, with those that follow it: "Vila Sorena", "Bridges of Light".
_CAPITAL = r"(?:[ldLD][’'])?[^\W\d_a-zß-öø-ÿ]\w+"
_NAME = re.compile(
    rf"(?<=[^\s.!?:;\"“«(–—-])\s+[\"“«(‘]*({_CAPITAL}"
    rf"(?:[\s’'-]+(?:(?:of|the|de|du|des|la|le|les|del|los|las|et|and|y)\s+)*{_CAPITAL})*)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as the coach sees it.

    `beside` is what else the record tells of the change (title, additional
    words): it can speak for the statement, never against it. `stated` names
    what other columns and known names already say: "who", "when", "where". `likely` is the
    language of most of the harvest, for a text that is too short to tell its own.
    """

    description: str
    beside: str = ""
    language: str | None = None
    stated: frozenset[str] = field(default_factory=frozenset)
    likely: str | None = None


def coach(select: Select) -> Iterator[tuple[str, str]]:
    """Reason and key of every piece of advice, in order of key.

    Args:
        select: Asks the harvest.
    """
    texts: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for row in select(SPARQL_HEAD + _TEXTS):
        texts[row["key"]][row["field"].rpartition("-")[2]] = row
    stated: dict[str, set[str]] = defaultdict(set)
    for row in select(SPARQL_HEAD + _STATED):
        stated[row["key"]].add(row["what"])
    untold = [key for key in sorted(texts) if not {"who", "where"} <= stated[key]]
    for row in select(SPARQL_HEAD + _NAMED % " ".join(map(json.dumps, untold))) if untold else ():
        aspect = _ASPECT_OF_KIND.get(row["kind"].rpartition("/")[2])
        stated[row["key"]] |= {aspect} if aspect else set()
    likely = _likely(said["description"] for said in texts.values() if "description" in said)
    for key, said in sorted(texts.items()):
        if "description" in said:
            told = Told(
                description=said["description"]["text"],
                beside=" \n".join(said[f]["text"] for f in ("title", "additional") if f in said),
                language=said["description"].get("language"),
                stated=frozenset(stated[key]),
                likely=likely,
            )
            yield from ((reason, key) for reason in advise(told))


def _likely(descriptions: Iterable[Mapping[str, str]]) -> str | None:
    """The language of more than half of all descriptions; None where there is none."""
    spoken = Counter(row.get("language") for row in descriptions)
    language, times = spoken.most_common(1)[0] if spoken else (None, 0)
    return language if 2 * times > spoken.total() else None


def advise(told: Told) -> tuple[str, ...]:
    """Reasons for which somebody might look at a statement again; mostly none.

    >>> advise(Told("We trained 40 women on their rights in May 2022.", language="en"))
    ('coach-activity',)
    >>> advise(Told("In May 2022 the council of Harbourtown opened its books.", language="en"))
    ()
    """
    text = _even(told.description)
    rules = _rules(told.language or "")
    if rules is None:
        guessed = _rules(told.likely or "") if told.language is None else None
        if guessed is not None and len(text.split()) < _TELLING:
            return tuple(_change(text, _even(told.beside), guessed))
        return ("coach-no-change",) if _short(f"{text} {_even(told.beside)}") else ()
    weak = tuple(_change(text, _even(told.beside), rules))
    # Who did it is asked of a change alone: what tells none has to be told anew.
    return (*weak, *(m for m in _missing(told, rules) if not weak or m != "coach-who"))


def _change(text: str, beside: str, rules: "_Rules") -> Iterator[str]:
    """An activity, or nothing that could be observed, and not a word of a change."""
    everything = f"{_looked_away(text, rules)} . {_looked_away(beside, rules)}"
    if any(cue.search(everything) for cue in rules.change):
        return
    if _tells_more(_looked_away(text, replace(rules, aside=())), rules):
        return
    if _is_main(rules.activity, text, rules):
        yield "coach-activity"
    elif _short(everything) or _is_main((*rules.vague, *rules.intended), text, rules):
        yield "coach-no-change"


def _looked_away(text: str, rules: "_Rules") -> str:
    """A text with a bar in place of all that is no change."""
    for cue in (*rules.activity, *rules.vague, *rules.intended, *rules.aside):
        text = cue.sub("|", text)
    return text


def _is_main(cues: Sequence[re.Pattern[str]], text: str, rules: "_Rules") -> bool:
    """Does one of the cues stand where a sentence says what happened?

    "After a workshop was held, …" and "Those who were trained …" say something else.
    """
    for cue in cues:
        for match in cue.finditer(text):
            before = re.split(r"[.,]", text[: match.start()])[-1]
            if not (rules.subordinate.match(before.strip()) or rules.relative.search(before)):
                return True
    return False


def _tells_more(rest: str, rules: "_Rules") -> bool:
    """Is there a clause of which nothing was looked away, or one that goes on after it?

    No list knows every verb; where words are left that may be a sentence, nothing is said.
    """
    words: list[str] = []
    since = "."
    for word in (*rest.split(), "."):
        if word not in {".", ",", "|"}:
            words.append(word)
            continue
        told = " ".join(words)
        if since == "|" != word and rules.going_on.match(told):
            return True
        if "|" not in {since, word} and len(words) >= _CLAUSE and not rules.adjunct.match(told):
            return True
        words, since = [], word
    return False


def _missing(told: Told, rules: "_Rules") -> Iterator[str]:
    """What neither a column nor a known name nor any word of the statement says."""
    whole = f"{told.description}\n{told.beside}"
    text = _even(whole)
    hidden = has_mark(whole)
    names = tuple(_names(told.description, rules))
    faceless = rules.faceless.search(_even(told.description)) is not None
    silent = {
        "who": faceless and not hidden and all(beside for beside in names),
        "when": _YEAR.search(text) is None,
        "where": not (hidden or names),
    }
    for aspect in _ASPECTS:
        if aspect not in told.stated and silent[aspect] and not rules.said[aspect].search(text):
            yield f"coach-{aspect}"


def _names(text: str, rules: "_Rules") -> Iterator[bool]:
    """Of each run of capitals inside a sentence: is it a place or a time, as in "in Tarn"?"""
    for match in _NAME.finditer(text):
        yield rules.beside.search(f"{_even(text[: match.start()])} ") is not None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The cues of one language, ready to be looked for in an even text."""

    activity: tuple[re.Pattern[str], ...]
    vague: tuple[re.Pattern[str], ...]
    intended: tuple[re.Pattern[str], ...]
    aside: tuple[re.Pattern[str], ...]
    change: tuple[re.Pattern[str], ...]
    subordinate: re.Pattern[str]
    relative: re.Pattern[str]
    going_on: re.Pattern[str]
    adjunct: re.Pattern[str]
    faceless: re.Pattern[str]
    beside: re.Pattern[str]
    said: Mapping[str, re.Pattern[str]]


@cache
def _data() -> Mapping[str, Any]:
    path = resource("ontology", "coach.yaml")
    # BaseLoader: every scalar is a text; "on" and "no" are words here.
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return data


def _short(text: str) -> bool:
    return len(re.findall(r"[^\s.]+", text)) < int(_data()["fewest_words"])


@cache
def _rules(language: str) -> _Rules | None:
    """Of one language: to compile those of all takes longer than to read a hundred statements."""
    lists = _data().get(language)
    return _read(lists) if isinstance(lists, dict) else None


def _read(lists: Mapping[str, Sequence[str]]) -> _Rules:
    def each(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled([entry], lists) for entry in lists[name])

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\S)(?:{_either(lists[name], lists)}) $")

    return _Rules(
        activity=each("activity"),
        vague=each("vague"),
        intended=each("intended"),
        aside=each("aside"),
        change=each("change"),
        subordinate=_compiled(lists["subordinate"], lists),
        relative=before("relative"),
        going_on=_compiled(lists["going_on"], lists),
        adjunct=_compiled(lists["adjunct"], lists),
        faceless=_compiled(lists["faceless"], lists),
        beside=before("beside"),
        said={aspect: _compiled(lists[aspect], lists) for aspect in _ASPECTS},
    )


def _compiled(entries: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{_either(entries, lists)})(?!\S)")


def _either(entries: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    return "|".join(_pattern(entry, lists) for entry in entries)


def _pattern(entry: str, lists: Mapping[str, Sequence[str]]) -> str:
    """One entry of the data as a regular expression over an even text."""
    pattern = re.sub(r"(?<![\])}])\*", "[a-z]*", entry)
    pattern = re.sub(r"(?<=[a-z|])\)\*(?=[\s|)]|$)", ")[a-z]*", pattern)
    pattern = pattern.replace(" .. ", f" {_GAP}")
    pattern = re.sub(r"(?<!\[)\^ ", r"(?:(?<=\\A )|\\A)", pattern)  # "[^ .]" is a set
    return re.sub(r"<(\w+)>", lambda name: f"(?:{_either(lists[name[1]], lists)})", pattern)


def _even(text: str) -> str:
    """Words without case and accents, one space between; stops and commas are words."""
    # Without accents French "à" would be "a", which is half of every past tense.
    told = re.sub(r"(?<!\w)[àÀ](?!\w)", "au", text)
    stops = re.sub(r"[.!?;:\n…]+(?=\s|$)|\n", " . ", flat(told))
    commas = re.sub(r"(?<!\d),|,(?!\d)|[()\[\]]|\s[–—-]\s", " , ", stops)
    return " ".join(re.sub(r"[^\w.,]+|(?<=\w)[.,](?=\w)|_", " ", commas).split())
