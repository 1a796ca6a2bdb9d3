"""What a statement may lack to be an outcome: a change, who, when, where. Advice, never a score.

A coach that nags is switched off: it speaks where a cue is plain and nothing
speaks against it, and is silent in every other case. The words are data
(`ontology/coach.yaml`). What it says names a record, never its words.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.cues import ASPECTS, LANGUAGES, Rules, even, fewest_words, rules_of
from kg.redaction import has_mark
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

_ASPECT_OF_KIND = {"kind-organisation": "who", "kind-place": "where"}
_TELLING = 12  # words; of so many the language could have been told, and they say something
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
    words): it can speak for the statement, never against it. `stated` names what other columns
    and known names say: "who", "when", "where". `likely` is the language of most of the harvest,
    for a text that is too short to tell its own.
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
    """The language of more than half of the descriptions that tell theirs; None: there is none.

    Nor where fewer than one in four tells it: then the harvest is in a language without cues.
    """
    spoken = Counter(row.get("language") for row in descriptions)
    everything = spoken.total()
    spoken.pop(None, None)
    language, times = spoken.most_common(1)[0] if spoken else (None, 0)
    return language if 2 * times > spoken.total() and 4 * times >= everything else None


def advise(told: Told) -> tuple[str, ...]:
    """Reasons for which somebody might look at a statement again; mostly none.

    >>> advise(Told("We trained 40 women on their rights in May 2022.", language="en"))
    ('coach-activity',)
    >>> advise(Told("In May 2022 the council of Harbourtown opened its books.", language="en"))
    ()
    """
    text = even(told.description)
    rules = rules_of(told.language or "")
    if rules is None:
        return _guessed(told, text)
    weak = tuple(_change(text, even(told.beside), rules))
    return (*weak, *_asked(weak, _missing(told, rules)))


def _asked(weak: Sequence[str], missing: Iterable[str]) -> Iterator[str]:
    """Who did it is asked of a change alone: what tells none has to be told anew."""
    return (aspect for aspect in missing if not weak or aspect != "coach-who")


def _guessed(told: Told, text: str) -> tuple[str, ...]:
    """Advice on a text whose language nobody knows: of a short one alone, if it is weak, or bare.

    Nothing is missing that the words of any language say.
    """
    if told.language is None and len(text.split()) < _TELLING:
        known = told.likely is None or told.likely in LANGUAGES
        for language in sorted(LANGUAGES, key=lambda tag: tag != told.likely) if known else ():
            rules = rules_of(language)
            if rules is None:
                continue
            weak = tuple(_change(text, even(told.beside), rules))
            if "coach-activity" in weak or (weak and language == told.likely):
                missing = _missing(told, rules)
                return (*weak, *_asked(weak, filter(_unsaid(told), missing)))
        if not _short(text):
            return tuple(_bare(told, text))
    return ("coach-no-change",) if _short(f"{text} {even(told.beside)}") else ()


def _bare(told: Told, text: str) -> Iterator[str]:
    """When and where, of few words that hold a cue of a language: "A law was passed"."""
    known = told.likely is None or told.likely in LANGUAGES
    for language in sorted(LANGUAGES, key=lambda tag: tag != told.likely) if known else ():
        rules = rules_of(language)
        if rules is None:
            continue
        spoken = (*rules.activity, *rules.change, rules.faceless)
        if any(cue.search(text) for cue in spoken):
            asked = ("coach-when", "coach-where")
            yield from (a for a in filter(_unsaid(told), _missing(told, rules)) if a in asked)
            return


def _unsaid(told: Told) -> Callable[[str], bool]:
    """Is what is missing by one language's words unsaid by those of the others, too?"""
    text = even(f"{told.description}\n{told.beside}")
    every = [rules for language in LANGUAGES if (rules := rules_of(language)) is not None]
    said = {
        f"coach-{aspect}"
        for aspect in ASPECTS
        if any(rules.said[aspect].search(text) for rules in every)
    }
    return lambda reason: reason not in said


def _change(text: str, beside: str, rules: Rules) -> Iterator[str]:
    """An activity, or nothing that could be observed, and not a word of a change."""
    weak = (*rules.activity, *rules.vague, *rules.intended)
    rest = _looked_away(weak, text)
    if rest == text and len(text.split()) >= _TELLING:
        return  # as nearly every statement: nothing to doubt
    everything = f"{_looked_away(rules.aside, rest)} . "
    everything += _looked_away((*weak, *rules.aside), beside)
    if any(cue.search(everything) for cue in rules.change) or _tells_more(rest, rules):
        return
    if _is_main(rules.activity, text, rules) and not _short(text):
        yield "coach-activity"
    elif _short(everything) or _is_main((*rules.vague, *rules.intended), text, rules):
        yield "coach-no-change"


def _looked_away(cues: Sequence[re.Pattern[str]], text: str) -> str:
    """A text with a bar in place of all that is no change."""
    for cue in cues:
        text = cue.sub("|", text)
    return text


def _is_main(cues: Sequence[re.Pattern[str]], text: str, rules: Rules) -> bool:
    """Does one of the cues stand where a sentence says what happened?

    "After a workshop was held, …" and "Those who were trained …" say something else.
    """
    for cue in cues:
        for match in cue.finditer(text):
            before = re.split(r"[.,]", text[: match.start()])[-1]
            if not (rules.subordinate.match(before.strip()) or rules.relative.search(before)):
                return True
    return False


def _tells_more(rest: str, rules: Rules) -> bool:
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


def _missing(told: Told, rules: Rules) -> Iterator[str]:
    """What neither a column nor a known name nor any word of the statement says."""
    asked = [aspect for aspect in ASPECTS if aspect not in told.stated]
    if not asked:  # as in most records: no word of theirs need be looked at
        return
    whole = f"{told.description}\n{told.beside}"
    text = even(whole)
    hidden = has_mark(whole)
    names = () if asked == ["when"] else tuple(_names(told.description, rules))
    faceless = rules.faceless.search(even(told.description)) is not None
    silent = {
        "who": faceless and not hidden and all(beside for beside in names),
        "when": _YEAR.search(text) is None,
        "where": not (hidden or names),
    }
    for aspect in asked:
        if silent[aspect] and not rules.said[aspect].search(text):
            yield f"coach-{aspect}"


def _names(text: str, rules: Rules) -> Iterator[bool]:
    """Of each run of capitals inside a sentence: is it a place or a time, as in "in Tarn"?"""
    for match in _NAME.finditer(text):
        yield rules.beside.search(f"{even(text[: match.start()])} ") is not None


def _short(text: str) -> bool:
    return len(re.findall(r"[^\s.]+", text)) < fewest_words()
