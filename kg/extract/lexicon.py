"""The words the rules rest on: data files, read once, asked by folded form.

Every word of a text is looked up once (`Lexicon.info`) and the answer kept,
so that a component asks attributes and never folds a string twice.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kg.errors import KgError
from kg.vocab import fold

_DATA = Path(__file__).resolve().parent / "data"
#: Endings that stand as words of their own; the last two behind a plural: "Journalists' Union".
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})

_SHORTEST_ADJECTIVE = 5
_SHORTEST_STEM = 3
_SHORTEST_SMALL_NAME = 4
_SHORTEST_PIECE = 4  # letters of a compound's part that says what the whole is
_LONGEST_ACRONYM, _LONGEST_HEAD = 16, 12  # letters: with its chapter ("ACAT-Niger"), and without
#: Stands for the languages of `data/tongues.yaml` in `Info.ordinary`.
TONGUES = "xx"
_KNOWN_WORDS = 200_000  # beyond it the memory of words starts anew: a build never grows without end


class Info(NamedTuple):
    """What is known of one spelling, wherever it stands. Quickly made, once a spelling.

    `upper` is a word of two or more letters without lower case; `mixed` has a
    capital behind a small letter ("DefendersLink"); `acronym` may abbreviate a
    name. `big` has a capital at its beginning or behind a particle
    ("al-Khafaji"); `small` only links ("of", "et", "la", a possessive ending);
    a `head` makes a name of a body; `explained` needs no person to explain its
    capital; only an `opening` one can begin a chain. The rest says which
    lists of `data/` hold the folded form.
    """

    text: str
    folded: str
    word: bool
    capital: bool
    upper: bool
    mixed: bool
    acronym: bool
    digit: bool
    big: bool
    opening: bool
    inner_capital: bool = False
    pieces: tuple[str, ...] = ()
    letters: str = ""  # as an acronym: without dots and a possessive ending
    strong: bool = False
    weak: bool = False
    lower_head: bool = False
    starter: bool = False
    class_noun: bool = False
    function: bool = False
    common: bool = False
    demonym: bool = False
    adjective: bool = False
    connector: bool = False
    near: bool = False
    coordination: bool = False
    determiner: bool = False
    lead_in: bool = False
    portfolio: bool = False
    thing: bool = False
    title: bool = False
    particle: bool = False
    leading: bool = False
    suspicious: bool = False
    stop: bool = False
    framework: bool = False
    product: bool = False
    ordinary: str = ""  # whose dictionary leaves a capitalised word small: "en fr"
    named: bool = False  # a capitalised word on a list of names that persons bear
    borne_small: bool = False  # an uncapitalised word that is also a name
    named_small: bool = False  # of these, one that no dictionary has
    # What follows from the lists, once for all:
    small: bool = False
    head: bool = False
    explained: bool = False


_LINKS = ("connector", "near", "coordination", "determiner")
_EXPLAIN = ("function", "common", "demonym", "framework", "product")


def _flags(lists: Mapping[str, frozenset[str]]) -> dict[str, dict[str, Any]]:
    """Of each folded word, which lists have it, and what follows from that alone."""
    found: dict[str, dict[str, Any]] = {}
    for kind, listed in lists.items():
        for word in sorted(listed):
            found.setdefault(word, {})[kind] = True
    for ending in POSSESSIVES:
        found.setdefault(ending.replace("’", "'"), {})["small"] = True
    for kinds in found.values():
        kinds["small"] = "small" in kinds or any(kind in kinds for kind in _LINKS)
        kinds["head"] = "strong" in kinds or "weak" in kinds
        known = any(kind in kinds for kind in _EXPLAIN)
        kinds["explained"] = known and "suspicious" not in kinds
    return found


@lru_cache(maxsize=50_000)
def plain_acronym(text: str) -> str:
    """An acronym for comparing: no dots, no trailing possessive.

    >>> plain_acronym("U.N."), plain_acronym("RLFDN's")
    ('UN', 'RLFDN')
    """
    return re.sub(r"['’]s$", "", text).replace(".", "").replace("‑", "-")


def data(name: str) -> Any:
    """One file of `kg/extract/data`, parsed.

    >>> sorted(data("cues.yaml")["verbs"])
    ['en', 'es', 'fr']
    """
    # The base loader gives texts alone: "no", "on" and "y" are words here, not truth values.
    return yaml.load((_DATA / name).read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506


def word_list(name: str) -> Sequence[str]:
    """One list of folded words, sorted: many thousand, a line each; made by `hatch_words.py`.

    >>> "ministry" in word_list("ordinary_en")
    True
    """
    try:
        return (_DATA / "built" / f"{name}.txt").read_text("utf-8").split("\n")
    except FileNotFoundError:
        raise KgError(
            "The word lists of kg are missing from this checkout; make them with: make built "
            "(or install kg again)."
        ) from None


def _by_last_letter(endings: Iterable[Sequence[str]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Pairs of an ending and what stands instead, by the letter that a word must end with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ending, instead in endings:
        found.setdefault(ending[-1], []).append((ending, instead))
    return found


def _flat(value: Any) -> frozenset[str]:
    """Folded words of a list, or of all lists of a mapping by language."""
    if isinstance(value, Mapping):
        return frozenset().union(*(_flat(v) for v in value.values()))
    return frozenset(fold(str(word)).replace("’", "'") for word in value)


#: Flags that give a word no meaning but that of a name.
_NO_MEANING = frozenset({"suspicious", "small", "head", "explained"})
_NO_FLAGS: Mapping[str, Any] = {}
_PIECE = re.compile(r"[^\W_]+")
# "l'Association", "al-Khafaji", "KwaZulu"
_INNER = re.compile(r"(?:[a-zà-ÿ]{1,5}['’\-‑]|k?wa|ka)[A-ZÀ-Ý]")
_SINGULAR = re.compile(r"(?:['’]s|s['’]?|es)$")
_ROMAN = re.compile(r"(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})$")
_SMALL_TAIL = re.compile(r"[-‑][a-zà-öø-ÿ]{2,}$")
_LOWER_THEN_UPPER = re.compile(r"[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]")


class Lexicon:
    """All word lists, and the memory of the words already asked."""

    def __init__(self) -> None:
        """Read the data files (about 60 ms)."""
        heads, words, stops = data("heads.yaml"), data("words.yaml"), data("stops.yaml")
        names, towns, tongues = data("names.yaml"), data("towns.yaml"), data("tongues.yaml")
        lists: dict[str, frozenset[str]] = {
            "strong": _flat(heads["strong"]),
            "weak": _flat(heads["weak"]) | _flat(tongues["heads"]),
            "lower_head": _flat(heads["lower"]),
            "starter": _flat(heads["starters"]) | _flat(tongues["people"]),
            "class_noun": _flat(heads["classes"]),
            "function": _flat(words["function"]),
            "common": _flat(words["common"]),
            "demonym": _flat(words["demonyms"]),
            "connector": _flat(words["connectors"]["always"]),
            "near": _flat(words["connectors"]["near"]),
            "coordination": _flat(words["connectors"]["coordination"]),
            "determiner": _flat(words["connectors"]["determiners"]),
            "lead_in": _flat(stops["lead_ins"]),
            "portfolio": _flat(stops["portfolios"]),
            "thing": _flat(stops["not_bodies"]),
            "title": _flat(names["titles"]),
            "particle": _flat(names["particles"]),
            "leading": _flat(names["leading_particles"]),
            "suspicious": _flat(names["suspicious"]),
            "framework": _flat(stops["framework"]),
            "product": _flat(stops["products"]),
        }
        self._flags = _flags(lists)
        self.articles = frozenset(w.rstrip("'") for w in lists["determiner"])
        self._english = _flat([*heads["strong"]["en"], *heads["weak"]["en"], *heads["lower"]["en"]])
        self._romance_words = _flat([*words["common"]["fr"], *words["common"]["es"]]) - _flat(
            words["common"]["en"]
        )
        self._romance = frozenset().union(
            *(
                _flat(heads[kind][lang])
                for kind in ("strong", "weak", "lower")
                for lang in ("fr", "es")
            )
        )
        self._bodies(heads)
        self.abbreviations = _flat(words["abbreviations"]) | self.shortened
        said = (*stops["categories"], *stops["things"], *stops["countries"])
        self.stops = frozenset(said) | {word.upper() for word in said}
        self.countries, self.singular = frozenset(stops["countries"]), frozenset(stops["singular"])
        self.occasions, self.of_places = _flat(stops["occasions"]), _flat(stops["of_places"])
        self.dotted, self.crews = frozenset(stops["dotted"]), _flat(stops["crews"])
        self.title_before = re.compile(rf"\b(?:{'|'.join(stops['title_before'])})\s*[:,]?\s*$")
        self.company_suffixes = _flat(stops["company_suffixes"])
        self.listing_heads = _flat(stops["listing_heads"])
        self._persons(names)
        self.colour_codes = re.compile(stops["colour_codes"], re.IGNORECASE)
        self.outcome_ids = re.compile(stops["outcome_ids"])
        self.not_outcome_ids = re.compile(stops["not_outcome_ids"], re.IGNORECASE)
        self.explained_before = {k: _flat(v) for k, v in names["explained_before"].items()}
        self.calendar = _flat(names["calendar"])
        self.calendar_before = _flat(names["calendar_before"])
        self._places(towns)
        self._marks = {lang: _flat(v) for lang, v in sorted(words["language_marks"].items())}
        self._endings = tuple(sorted(_flat(words["adjective_endings"]), key=len, reverse=True))
        self._adjectives = _flat(words["adjectives"]) | lists["demonym"]
        self._not_adjectives = _flat(words["not_adjectives"])
        ordinary = data("ordinary.yaml")
        # As sets: a capitalised word is asked in ten forms of three languages.
        self._dictionaries = {
            lang: frozenset(word_list(f"ordinary_{lang}")) for lang in sorted(ordinary)
        }
        self._inflections = {
            lang: _by_last_letter(endings) for lang, endings in sorted(ordinary.items())
        }
        self._tongues = _flat(
            [w for k in ("heads", "people", "words") for said in tongues[k].values() for w in said]
        )
        self.ands = _flat(tongues["ands"])
        self.inner_links = _flat(tongues["inner"])
        self._links = self.ands | _flat(tongues["links"])
        self._plain_names = frozenset(word_list("plain_names"))
        self._names = _flat(names["surnames"]).union(_flat(names["borne"]), word_list("given"))
        self._known: dict[str, Info] = {}

    def _bodies(self, heads: Mapping[str, Any]) -> None:
        """Of `data/heads.yaml`, all but the nouns themselves."""
        self.shortened = _flat(heads["shortened"])
        self.institutions = _flat(heads["institutions"])
        self.continents = _flat(heads["continents"])
        self.seated, self.enders, self.seated_in = (
            _flat(heads[kind]) for kind in ("seated", "enders", "seated_in")
        )
        self.lower_complements = _flat(heads["lower_complements"])
        self.described = _flat(heads["described"])
        self.eponymous, self.saints = _flat(heads["eponymous"]), _flat(heads["saints"])
        self.plural_heads = _flat(heads["plural_heads"])
        self.compass, self.openers = _flat(heads["compass"]), _flat(heads["openers"])
        self.firm_ends, self.local = _flat(heads["firm_ends"]), _flat(heads["local"])
        self.dedications = _flat(heads["dedications"])
        self.generic_phrases = _flat(heads["generic_phrases"])
        self.generic_complements = _flat(heads["generic_complements"])

    def _persons(self, names: Mapping[str, Any]) -> None:
        """Of `data/names.yaml`, how people are addressed and reached."""
        self.contacts = {
            kind: re.compile(pattern) for kind, pattern in sorted(names["contacts"].items())
        }
        said = "|".join(re.escape(word) for word in names["numbers"])
        self.number_before = re.compile(rf"(?<!\w)(?:{said})(?:\.?\s?:?\s?)$")
        self.honorifics, self.trailing, self.called, self.inner_abbreviations, self.addressed = (
            _flat(names[kind])
            for kind in ("honorifics", "trailing", "called", "inside", "addressed")
        )

    def _places(self, towns: Mapping[str, Any]) -> None:
        """The lists of `data/towns.yaml`."""
        self.towns = _flat(towns["towns"])
        self.town_starts = frozenset(town.split()[0] for town in self.towns if " " in town)
        self.town_names = _flat(towns["also_names"])
        self.place_before = _flat(towns["before"])
        self.inside = _flat(towns["inside"])
        self.place_kinds_before = _flat(towns["kinds"]["before"])
        self.place_kinds_between = _flat(towns["kinds"]["between"])
        self.place_kinds_after = _flat(towns["kinds"]["after"])

    def borne(self, folded: str) -> bool:
        """Whether a list of names that persons bear has a word."""
        return folded in self._names

    def ordinary(self, folded: str) -> str:
        """The languages whose dictionary has a word or what it is a form of: "en fr"."""
        return self._ordinary(folded)

    def plain_adjective(self, folded: str) -> bool:
        """Whether a word is listed as an adjective, not only ends like one: "Raquel"."""
        return folded in self._adjectives

    def romance_word(self, folded: str) -> bool:
        """Whether a plain word is French or Spanish alone: no custom capitalises it."""
        return folded in self._romance_words

    def only_romance(self, folded: str) -> bool:
        """Whether a head noun is French or Spanish and no English one."""
        return folded in self._romance and folded not in self._english

    def english(self, folded: str) -> bool:
        """Whether a head noun is (also) English."""
        return folded in self._english

    def link(self, info: Info) -> bool:
        """Whether an uncapitalised word links words of a name in a language of other texts."""
        return not info.capital and info.folded in self._links

    def romance(self, folded: str) -> bool:
        """Whether a head noun is (also) French or Spanish, whose complements may stay small."""
        return folded in self._romance

    def info(self, text: str) -> Info:
        """What the lists know of one word as it is spelled."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= _KNOWN_WORDS:
                self._known.clear()
            found = self._known[text] = self._make(text)
        return found

    def _make(self, text: str) -> Info:
        folded = fold(text).replace("’", "'").replace("‑", "-")
        flags: Mapping[str, Any] = self._flags.get(folded, _NO_FLAGS)
        if "-" in folded and not flags:
            flags = self._of_pieces(text, folded)
        adjective = self._adjective(folded) and not text.endswith("ó")  # "acompañó"
        if folded.isalpha() and text.islower():
            # Most words of a text, of which little can be true: made in half the time.
            borne = folded in self._names
            return Info(
                text=text,
                folded=folded,
                word=True,
                capital=False,
                upper=False,
                mixed=False,
                acronym=False,
                digit=False,
                big=False,
                opening="lower_head" in flags,
                pieces=(folded,),
                letters=text,
                adjective=adjective,
                stop=text in self.stops,
                borne_small=borne,
                named_small=borne and self._only_a_name(folded, flags),
                **flags,
            )
        letters = [c for c in text if c.isalpha()]
        capitals = sum(map(str.isupper, letters))
        word = bool(letters)
        upper = len(letters) > 1 and capitals == len(letters)
        capital = word and letters[0].isupper() and not text[0].isdigit()
        inner = _INNER.match(text) is not None
        stop = self._stop(text)
        named = capitals > 0 and self.borne(folded)
        return Info(
            text=text,
            folded=folded,
            word=word,
            capital=capital,
            upper=upper,
            mixed=word and not upper and _LOWER_THEN_UPPER.search(text) is not None,
            acronym=not stop and _acronym(text, letters, capitals),
            digit=text[:1].isdigit() and not letters,
            big=capital or inner,
            opening=word and ((capital and "determiner" not in flags) or "lower_head" in flags),
            inner_capital=inner,
            letters=plain_acronym(text),
            pieces=tuple(_PIECE.findall(folded)),
            adjective=adjective,
            stop=stop,
            # Of small words nobody asks: a text has many, and each look-up costs.
            ordinary=self._ordinary(folded) if capitals and not named else "",
            named=named,
            **flags,
        )

    def _of_pieces(self, text: str, folded: str) -> Mapping[str, Any]:
        """What a piece of a compound says of all of it: "Federation-North", "Gabay-Kababaihan"."""
        pieces = [p for p in folded.split("-") if len(p) >= _SHORTEST_PIECE]
        if not text[0].isupper() or _SMALL_TAIL.search(text):
            return _NO_FLAGS
        flags = [self._flags.get(piece, _NO_FLAGS) for piece in pieces]
        if any(f.get("suspicious") for f in flags):
            return _NO_FLAGS
        for kind in ("strong", "weak", "starter"):
            if any(kind in f for f in flags):
                return {kind: True, "head": kind != "starter"}
        return _NO_FLAGS

    def _ordinary(self, folded: str) -> str:
        """The languages whose dictionary has a word, or the word that it is a form of."""
        found = [
            lang
            for lang, words in self._dictionaries.items()
            if not words.isdisjoint(self._forms(folded, lang))
        ]
        pieces = folded.split("-") if "-" in folded else (folded,)
        if folded in self._tongues or any(
            len(piece) >= _SHORTEST_PIECE and piece in self._tongues for piece in pieces
        ):
            found.append(TONGUES)
        return " ".join(found)

    def everyday(self, folded: str) -> bool:
        """Whether any dictionary has an uncapitalised word, be it a name as well ("mark")."""
        if self._ordinary(folded):
            return True
        return any(
            not self._plain_names.isdisjoint(self._forms(folded, lang))
            for lang in self._dictionaries
        )

    def means(self, folded: str) -> bool:
        """Whether any list or dictionary has an uncapitalised word, or what it is a form of."""
        forms = {form for lang in self._dictionaries for form in self._forms(folded, lang)}
        return self.everyday(folded) or not self._flags.keys().isdisjoint(forms)

    def _only_a_name(self, folded: str, flags: Mapping[str, Any]) -> bool:
        """Whether a word of the list of names means nothing else, wherever it stands."""
        if flags.keys() - _NO_MEANING or len(folded) < _SHORTEST_SMALL_NAME:
            return False
        known = folded in self.towns or folded in self._adjectives
        return not (known or self.everyday(folded))

    def _forms(self, folded: str, lang: str) -> Iterable[str]:
        yield folded
        for ending, instead in self._inflections[lang].get(folded[-1:], ()):
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
                yield folded[: len(folded) - len(ending)] + instead

    def _stop(self, text: str) -> bool:
        """Capitals that stand for a category or a thing, plural and possessive too."""
        plain = text.rstrip(".")
        if "." in plain and plain.replace(".", "") in self.stops:
            return True
        if plain in self.stops:
            return True
        singular = _SINGULAR.sub("", plain)
        return singular != plain and singular.isupper() and singular in self.stops

    def _adjective(self, folded: str) -> bool:
        if folded in self._adjectives:
            return True
        if len(folded) < _SHORTEST_ADJECTIVE or folded in self._not_adjectives:
            return False
        return folded.endswith(self._endings)

    def language(self, name: str) -> str:
        """The language of a name by its function words and accents; "" where nothing says it.

        >>> lexicon().language("Réseau des Défenseurs des Droits Humains")
        'fr'
        >>> lexicon().language("Kivu Women Network"), lexicon().language("Sauti Yetu")
        ('en', '')
        """
        words = re.findall(r"[^\W\d_]+['’]?", name)
        score = {
            lang: sum(fold(w).replace("’", "'") in marks for w in words)
            for lang, marks in self._marks.items()
        }
        score["es"] += 2 * len(re.findall(r"[ñáíóú]", name.casefold()))
        score["fr"] += 2 * len(re.findall(r"[èêëàâîïôûùçœ]", name.casefold()))
        score["fr"] += len(re.findall(r"\bé|é(?=[a-z])", name.casefold()))
        score["es"] += len(re.findall(r"(?:ción|dad)\b", name.casefold()))
        best = max(score.values())
        winners = [lang for lang, value in sorted(score.items()) if value == best]
        return winners[0] if best and len(winners) == 1 else ""


def _acronym(text: str, letters: list[str], capitals: int) -> bool:
    """Whether a spelling may be an acronym: "RLFDN", "CoDDH", "R2D", "ACAT-Niger", "U.N."."""
    if len(text) > _LONGEST_ACRONYM or capitals <= 1 or _ROMAN.fullmatch(text):
        return False
    if _SMALL_TAIL.search(text):
        return False  # "UN-led"
    head = re.split(r"[-‑/]", text)[0]
    caps = sum(c.isupper() for c in head)
    small = sum(c.islower() for c in head)
    if sum(c.isdigit() for c in text) > len(letters):
        return False
    return caps > 1 and caps > small and len(head) <= _LONGEST_HEAD


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon of this process."""
    return Lexicon()


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name for comparing: folded, without punctuation.

    >>> folded_words("L’Association « Tin-Hinan »")
    ('l', 'association', 'tin', 'hinan')
    """
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def without_determiner(words: Iterable[str]) -> tuple[str, ...]:
    """Folded words without a leading article.

    >>> without_determiner(folded_words("L'Association Tin Hinan"))
    ('association', 'tin', 'hinan')
    """
    kept = tuple(words)
    articles = lexicon().articles
    while len(kept) > 1 and kept[0] in articles:
        kept = kept[1:]
    return kept
