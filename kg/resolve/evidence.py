"""Whether words are somebody's or a body's: what stands in them, and what stands beside them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from kg.extract.chains import FOR, OF
from kg.extract.info import Info, plain_acronym
from kg.extract.lexicon import folded_words, lexicon
from kg.extract.somebody import office, somebody, strange
from kg.extract.suspicion import PERSON_CAMEL
from kg.model import Kind, Mention
from kg.places import Places
from kg.resolve.naming import is_acronym
from kg.resolve.spans import Place, Spans
from kg.vocab import fold

_FULL_NAME = 2  # words
_TWO = 2  # letters: "AB" is a firm's form, "Ag" is not
_LONGEST_NAME = 120  # characters
_BEFORE = 6  # capitalised words before a name that may give letters too: "Network Coordinator …"
_LONG_UPPER = 3  # letters; a longer upper-case word is a surname, whose first letter counts
_INSIDE = re.compile(r"\W{0,3}[(\[,]\s*([^\W\d_][\w.&-]*)\s*[)\]]")
_OUTSIDE = re.compile(r"([^\W\d_][\w.&-]*)\s*[(\[]\s*$")
_BEHIND_PLACE = re.compile(r"\s*\([^()\n]{2,200}\)")
_LAST = re.compile(r"([^\W\d_]+)\s+$")
_QUOTED = re.compile(r"\S\s+[\"“«][^\"“”«»]+[\"”»]$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def full_names(
    persons: Iterable[Mention], texts: Mapping[Place, str], *, places: Iterable[Mention]
) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Suspected full names by their first folded word, without titles.

    What stands behind "in" somewhere, or behind "à" and "de" alone, is rather a town's.
    """
    known = lexicon()
    links: dict[tuple[str, ...], set[str]] = {}
    listed = _listed(places, texts)
    for m in persons:
        words = [known.info(w) for w in _WORD.findall(m.text)]
        bare = 0
        while words and (office(words[0]) or not words[0].big):
            words, bare = words[1:], bare + 1
        if sum(strange(i, known) or i.upper for i in words) >= _FULL_NAME:
            before = _LAST.search(texts.get((m.key, m.field), ""), max(0, m.start - 15), m.start)
            told = before and not bare and m.method != "person-rule"
            link = fold(before[1]) if before and told else ""
            if any(a <= m.start and m.end <= b for a, b in listed.get((m.key, m.field), ())):
                link = "in"
            links.setdefault(folded_words(" ".join(i.text for i in words)), set()).add(link)
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, before_it in links.items():
        if not (before_it & known.inside or before_it <= known.place_before):
            found.setdefault(name[0], set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _listed(
    places: Iterable[Mention], texts: Mapping[Place, str]
) -> dict[Place, list[tuple[int, int]]]:
    """Brackets right behind a country: what they list lies in it."""
    found: dict[Place, list[tuple[int, int]]] = {}
    for m in places:
        match = _BEHIND_PLACE.match(texts.get((m.key, m.field), ""), m.end)
        if match is not None:
            found.setdefault((m.key, m.field), []).append(match.span())
    return found


def repeated_names(mentions: Sequence[Mention], texts: Mapping[Place, str]) -> Spans:
    """Where mere suspicions stand inside a name that another record explains by its letters.

    "Commission on Fair Policing (COFP)" is a body by its head noun and its
    letters; where it comes again without them, "Fair Policing" in it says
    nothing of a person, as long as a dictionary has one of the words.
    """
    known = lexicon()
    names: dict[str, set[str]] = {}
    for m in mentions:
        words = [known.info(w) for w in _WORD.findall(m.text)]
        defined = m.method == "abbreviation-definition" and len(words) > 1
        if defined and (words[0].strong or words[-1].strong):
            names.setdefault(words[0].text, set()).add(m.text)
    if not names:
        return Spans(())
    found = []
    for m in mentions:
        if m.kind is Kind.PERSON and m.method == "capitalised-run":
            words = [known.info(w) for w in _WORD.findall(m.text)]
            text = texts.get((m.key, m.field), "")
            if any(w.ordinary for w in words) and _within(m, text, names):
                found.append(m)
    return Spans(found)


def _within(mention: Mention, text: str, names: Mapping[str, Iterable[str]]) -> bool:
    """Whether a mention lies inside one of these names, letter by letter."""
    return any(
        text.startswith(name, word.start())
        and word.start() <= mention.start
        and mention.end <= word.start() + len(name)
        for word in _WORD.finditer(text, max(0, mention.start - _LONGEST_NAME), mention.end)
        for name in names.get(word[0], ())
    )


def bears_somebody(text: str) -> bool:
    """Whether a name of a body has a given name and a surname side by side in it.

    "Court Clerk Mary Ouko" is one body to a rule, and "Comité Jaime Ortiz" is
    called after somebody: both wait for a person to say so. A list of offices
    is never complete, lists of names are long. Behind "of" or "de" stands
    rather a town ("Mairie de San Pedro").

    >>> bears_somebody("Court Clerk Mary Ouko"), bears_somebody("Mary River Forum")
    (True, False)
    """
    known = lexicon()
    words = [known.info(w) for w in _WORD.findall(text)]
    if _dedicated(text, words):
        return False
    last, places = len(words) - 1, Places.load().names
    for place, (one, other) in enumerate(pairwise(words)):
        if not (_name_like(one) and _name_like(other)) or one.folded in known.saints:
            continue
        if f"{one.folded} {other.folded}" in places or (_dictionary(one) and _dictionary(other)):
            continue  # "Sierra Leone Police", "Black Sea Directorate"
        before = place - 1
        while before >= 0 and words[before].folded in known.saints:
            before -= 1  # "Ayuntamiento de San Pablo Zuyatlan"
        behind_of = before >= 0 and (words[before].connector or words[before].near)
        sure = one.named and other.named
        ending = (one.named or other.named) and place + 1 == last
        if (sure or ending) and not behind_of:
            return True
    return False


def _dedicated(text: str, words: Sequence[Info]) -> bool:
    """Whether a body of a kind that is called after people bears somebody's name.

    A law firm, a university, a parish: "Bufete Jaime Ortiz", "Mary Ouko
    Foundation". No office stands in it, and the kind where its language has
    it; what stands in quotation marks behind a head is a name of the body too.
    """
    known = lexicon()
    if _QUOTED.search(text) is not None:
        return words[0].head
    if any(office(i) and not (i.head or i.named) for i in words):
        return False
    first, last = words[0], words[-1]
    if first.folded in known.eponymous and (first.upper or known.romance(first.folded)):
        return True
    if last.folded in known.firm_ends and len(words) > 1 and (last.upper or len(last.text) > _TWO):
        return not (first.lead_in or first.title)
    ending = last.folded in known.eponymous
    return ending and known.english(last.folded) and not (first.head or first.lead_in)


def _dictionary(info: Info) -> bool:
    """A word of an English dictionary, though somebody may bear it too."""
    return "en" in lexicon().ordinary(info.folded).split() and not info.suspicious


def _name_like(info: Info) -> bool:
    """A capitalised word that no dictionary, list of places or kind of body explains."""
    explained = info.ordinary or info.explained or info.head or info.starter or info.demonym
    lettered = info.upper or info.mixed
    town = info.folded in lexicon().towns or info.folded in Places.load().names
    return info.capital and len(info.text) > 1 and not (explained or lettered or town)


def holds(text: str, named: Mapping[str, frozenset[tuple[str, ...]]]) -> bool:
    """Whether a name of a body has somebody's full name in it.

    Not behind "of" or "de": whether somebody or a town stands there was
    judged by the words around (`kg.extract.somebody.named_after`).
    """
    words, known = folded_words(text), lexicon()
    local = not known.local.isdisjoint(words)
    return any(
        words[at : at + len(name)] == name and not (at and words[at - 1] in OF)
        for at, word in enumerate(words)
        for name in named.get(word, ())
        # "Kampong Tami Provincial Administration": a town that no list of names has.
        if not local or any(known.borne(w) for w in name)
    )


def is_somebody(text: str, named: Mapping[str, frozenset[tuple[str, ...]]]) -> bool:
    """Whether a long form is somebody's name alone, behind a title or not."""
    known = lexicon()
    words = [known.info(w) for w in _WORD.findall(text)]
    return somebody(words, known) or folded_words(text) in named.get(
        next(iter(folded_words(text)), ""), ()
    )


def telling(mention: Mention, over: Sequence[tuple[int, int]], surnames: frozenset[str]) -> bool:
    """Whether more words say that a name is a body's than that it is somebody's.

    A cause ("EVE for Peace"), inner capitals and a place, a definition with a
    plain word or a place in it ("Safer Futures Africa (SFA)"), no strange word.
    """
    known = lexicon()
    infos = [known.info(w) for w in _WORD.findall(mention.text)]
    if len(infos) == 1 or any(i.title or i.suspicious for i in infos):
        return False
    if any(i.folded in surnames for i in infos if strange(i, known)) and mention.group is None:
        whole = any(a <= mention.start and mention.end <= b for a, b in over)
        if not whole:
            return False
    places = Places.load().names
    own = [i for i in infos if not i.small]
    placed = places.keys() | known.continents
    stranger = [i for i in own if strange(i, known) and i.folded not in placed]
    if any(i.folded in FOR for i in infos[1:-1]) and len(stranger) < _FULL_NAME:
        return True
    if mention.method == "model":
        return False
    if any(i.mixed for i in own) and not any(i.mixed and PERSON_CAMEL.match(i.text) for i in own):
        return len(stranger) == 0
    return len(stranger) < (len(own) if mention.group is not None else 1)


def lettered(
    mention: Mention,
    over: Sequence[tuple[int, int]],
    text: str,
    surnames: frozenset[str],
    bodies: Spans,
) -> bool:
    """Whether capitals are an acronym rather than a surname: an article or a body beside them."""
    if not is_acronym(mention.text):
        return False
    alone = all(mention.start <= a and b <= mention.end for a, b in over)
    if not alone or {*folded_words(mention.text)} & surnames:
        return False
    before = re.search(r"([^\W\d_]+['’]?)\s*$", text[max(0, mention.start - 12) : mention.start])
    article = before is not None and lexicon().info(before[1]).determiner
    return article or bodies.near(mention, text)


def bracketed_initials(
    persons: Iterable[Mention], texts: Mapping[Place, str]
) -> dict[str, frozenset[str]]:
    """By record, the acronyms beside a name in brackets that are its initials."""
    found: dict[str, set[str]] = {}
    for m in persons:
        text = texts.get((m.key, m.field), "")
        beside = (_INSIDE.match(text, m.end), _OUTSIDE.search(text, max(0, m.start - 20), m.start))
        for match in beside:
            if match is not None and _spells(text, m, plain_acronym(match[1])):
                found.setdefault(m.key, set()).add(plain_acronym(match[1]))
    return {key: frozenset(those) for key, those in found.items()}


def _spells(text: str, person: Mention, acronym: str) -> bool:
    """Whether an acronym is made of the first letters of a name, and of what leads to it."""
    if len(acronym) < _FULL_NAME or not acronym.isupper():
        return False
    before = _WORD.findall(text[max(0, person.start - 80) : person.start])[-_BEFORE:]
    inner = [w for w in (*before, *_WORD.findall(person.text)) if w[:1].isupper()]
    letters = [
        w[0] if w.isupper() and len(w) > _LONG_UPPER else "".join(c for c in w if c.isupper())
        for w in inner
    ]
    plain = "".join(w[0] for w in inner)
    return "".join(letters).endswith(acronym) or plain.endswith(acronym)
