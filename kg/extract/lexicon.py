"""The words the rules rest on: data files, read once, asked by folded form.

Every word of a text is looked up once (`Lexicon.info`) and the answer kept,
so that a component asks attributes and never folds a string twice.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kg.extract.data_files import all_folded, by_last_letter, data, word_list
from kg.extract.info import SMALL_TAIL, TONGUES, Info, flags_of, may_abbreviate, plain_acronym
from kg.vocab import fold

_SHORTEST_ADJECTIVE = 5
_SHORTEST_STEM = 3
_SHORTEST_SMALL_NAME = 4
_SHORTEST_PIECE = 4  # letters of a compound's part that says what the whole is
_KNOWN_WORDS = 200_000  # beyond it the memory of words starts anew: a build never grows without end

#: Flags that give a word no meaning but that of a name.
_NO_MEANING = frozenset({"suspicious", "small", "head", "explained"})
_NO_FLAGS: Mapping[str, Any] = {}
_PIECE = re.compile(r"[^\W_]+")
# "l'Association", "al-Khafaji", "KwaZulu"
_INNER = re.compile(r"(?:[a-zà-ÿ]{1,5}['’\-‑]|k?wa|ka)[A-ZÀ-Ý]")
_SINGULAR = re.compile(r"(?:['’]s|s['’]?|es)$")
# "DefendersLink", "CARE4Tenants", "Youth2Youth"
_LOWER_THEN_UPPER = re.compile(r"[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]|[^\W\d_]{2}\d[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")


# Places of the fields that differ between uncapitalised words of the same lists.
_TEXT, _FOLDED, _LETTERS, _PIECES, _ADJECTIVE, _STOP, _BORNE, _ONLY = (
    Info._fields.index(name)
    for name in (
        "text",
        "folded",
        "letters",
        "pieces",
        "adjective",
        "stop",
        "borne_small",
        "named_small",
    )
)
_LETTERLESS = ("word", "capital", "upper", "mixed", "acronym", "digit", "big")


class Lexicon:
    """All word lists, and the memory of the words already asked."""

    def __init__(self) -> None:
        """Read the data files (about 60 ms)."""
        heads, words, stops = data("heads.yaml"), data("words.yaml"), data("stops.yaml")
        names, towns, tongues = data("names.yaml"), data("towns.yaml"), data("tongues.yaml")
        lists: dict[str, frozenset[str]] = {
            "strong": all_folded(heads["strong"]),
            "weak": all_folded(heads["weak"]) | all_folded(tongues["heads"]),
            "lower_head": all_folded(heads["lower"]),
            "starter": all_folded(heads["starters"]) | all_folded(tongues["people"]),
            "class_noun": all_folded(heads["classes"]),
            "function": all_folded(words["function"]),
            "common": all_folded(words["common"]),
            "demonym": all_folded(words["demonyms"]),
            "connector": all_folded(words["connectors"]["always"]),
            "near": all_folded(words["connectors"]["near"]),
            "coordination": all_folded(words["connectors"]["coordination"]),
            "determiner": all_folded(words["connectors"]["determiners"]),
            "lead_in": all_folded(stops["lead_ins"]),
            "portfolio": all_folded(stops["portfolios"]),
            "thing": all_folded(stops["not_bodies"]),
            "title": all_folded(names["titles"]),
            "particle": all_folded(names["particles"]),
            "leading": all_folded(names["leading_particles"]),
            "suspicious": all_folded(names["suspicious"]),
            "framework": all_folded(stops["framework"]),
            "product": all_folded(stops["products"]),
        }
        self._flags = flags_of(lists)
        self.articles = frozenset(w.rstrip("'") for w in lists["determiner"])
        self._english = all_folded(
            [*heads["strong"]["en"], *heads["weak"]["en"], *heads["lower"]["en"]]
        )
        self._romance_words = all_folded(
            [*words["common"]["fr"], *words["common"]["es"]]
        ) - all_folded(words["common"]["en"])
        self._romance = frozenset().union(
            *(
                all_folded(heads[kind][lang])
                for kind in ("strong", "weak", "lower")
                for lang in ("fr", "es")
            )
        )
        self._bodies(heads)
        self.abbreviations = all_folded(words["abbreviations"]) | self.shortened
        said = (*stops["categories"], *stops["things"], *stops["countries"])
        self.stops = frozenset(said) | {word.upper() for word in said}
        self.countries, self.singular = frozenset(stops["countries"]), frozenset(stops["singular"])
        self.occasions, self.of_places = (
            all_folded(stops["occasions"]),
            all_folded(stops["of_places"]),
        )
        self.dotted, self.crews = frozenset(stops["dotted"]), all_folded(stops["crews"])
        self.title_before = re.compile(rf"\b(?:{'|'.join(stops['title_before'])})\s*[:,]?\s*$")
        self.company_suffixes = all_folded(stops["company_suffixes"])
        self.listing_heads = all_folded(stops["listing_heads"])
        self._persons(names)
        self.colour_codes = re.compile(stops["colour_codes"], re.IGNORECASE)
        self.outcome_ids = re.compile(stops["outcome_ids"])
        self.not_outcome_ids = re.compile(stops["not_outcome_ids"], re.IGNORECASE)
        self.explained_before = {k: all_folded(v) for k, v in names["explained_before"].items()}
        self.calendar = all_folded(names["calendar"])
        self.calendar_before = all_folded(names["calendar_before"])
        self._places(towns)
        self._marks = {lang: all_folded(v) for lang, v in sorted(words["language_marks"].items())}
        self._endings = tuple(sorted(all_folded(words["adjective_endings"]), key=len, reverse=True))
        self._adjectives = all_folded(words["adjectives"]) | lists["demonym"]
        self._not_adjectives = all_folded(words["not_adjectives"])
        ordinary = data("ordinary.yaml")
        # As sets: a capitalised word is asked in ten forms of three languages.
        self._dictionaries = {
            lang: frozenset(word_list(f"ordinary_{lang}")) for lang in sorted(ordinary)
        }
        self._inflections = {
            lang: by_last_letter(endings) for lang, endings in sorted(ordinary.items())
        }
        self._tongues = all_folded(
            [w for k in ("heads", "people", "words") for said in tongues[k].values() for w in said]
        )
        self.ands = all_folded(tongues["ands"])
        self.inner_links = all_folded(tongues["inner"])
        self._links = self.ands | all_folded(tongues["links"])
        self._plain_names = frozenset(word_list("plain_names"))
        self._names = all_folded(names["surnames"]).union(
            all_folded(names["borne"]), word_list("given")
        )
        self._forms_of_words = frozenset(f for listed in names["forms"].values() for f in listed)
        self._known: dict[str, Info] = {}
        #: By the identity of a word's flags: these, and the answer for a word without letters.
        self._likes: dict[int, tuple[Mapping[str, Any], list[Any]]] = {}

    def _bodies(self, heads: Mapping[str, Any]) -> None:
        """Of `data/heads.yaml`, all but the nouns themselves."""
        self.shortened = all_folded(heads["shortened"])
        self.institutions = all_folded(heads["institutions"])
        self.continents = all_folded(heads["continents"])
        self.seated, self.enders, self.seated_in = (
            all_folded(heads[kind]) for kind in ("seated", "enders", "seated_in")
        )
        self.lower_complements = all_folded(heads["lower_complements"])
        self.described = all_folded(heads["described"])
        self.eponymous, self.saints = all_folded(heads["eponymous"]), all_folded(heads["saints"])
        self.plural_heads = all_folded(heads["plural_heads"])
        self.compass, self.openers = all_folded(heads["compass"]), all_folded(heads["openers"])
        self.firm_ends, self.local = all_folded(heads["firm_ends"]), all_folded(heads["local"])
        self.dedications = all_folded(heads["dedications"])
        self.generic_phrases = all_folded(heads["generic_phrases"])
        self.generic_complements = all_folded(heads["generic_complements"])

    def _persons(self, names: Mapping[str, Any]) -> None:
        """Of `data/names.yaml`, how people are addressed and reached."""
        self.contacts = {
            kind: re.compile(pattern) for kind, pattern in sorted(names["contacts"].items())
        }
        said = "|".join(re.escape(word) for word in names["numbers"])
        self.number_before = re.compile(rf"(?<!\w)(?:{said})(?:\.?\s?:?\s?)$")
        self.honorifics, self.trailing, self.called, self.inner_abbreviations, self.addressed = (
            all_folded(names[kind])
            for kind in ("honorifics", "trailing", "called", "inside", "addressed")
        )

    def _places(self, towns: Mapping[str, Any]) -> None:
        """The lists of `data/towns.yaml`."""
        self.towns = all_folded(towns["towns"])
        self.town_starts = frozenset(town.split()[0] for town in self.towns if " " in town)
        self.town_names = all_folded(towns["also_names"])
        self.place_before = all_folded(towns["before"])
        self.inside = all_folded(towns["inside"])
        self.place_kinds_before = all_folded(towns["kinds"]["before"])
        self.place_kinds_between = all_folded(towns["kinds"]["between"])
        self.place_kinds_after = all_folded(towns["kinds"]["after"])

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
                self._likes.clear()
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
            if borne and text in self._forms_of_words:
                borne, flags = False, {**flags, "explained": True}
            small = text in self.stops
            only = borne and self._only_a_name(folded, flags)
            return self._small(text, folded, flags, (adjective, small, borne, only))
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
            acronym=not stop and may_abbreviate(text, letters, capitals),
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

    def _small(
        self, text: str, folded: str, flags: Mapping[str, Any], own: tuple[bool, ...]
    ) -> Info:
        """An uncapitalised word: most of the answer is that of all words of the same lists."""
        like = self._likes.get(id(flags))
        if like is None or like[0] is not flags:
            plain: dict[str, Any] = {**dict.fromkeys(_LETTERLESS, False), "word": True}
            made = Info(text="", folded="", opening="lower_head" in flags, **plain, **flags)
            like = self._likes[id(flags)] = flags, list(made)
        values = like[1].copy()
        values[_TEXT], values[_FOLDED], values[_LETTERS], values[_PIECES] = (
            text,
            folded,
            text,
            (folded,),
        )
        values[_ADJECTIVE], values[_STOP], values[_BORNE], values[_ONLY] = own
        return Info._make(values)

    def _of_pieces(self, text: str, folded: str) -> Mapping[str, Any]:
        """What a piece of a compound says of all of it: "Federation-North", "Gabay-Kababaihan"."""
        pieces = [p for p in folded.split("-") if len(p) >= _SHORTEST_PIECE]
        if not text[0].isupper() or SMALL_TAIL.search(text):
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
        last, length = folded[-1:], len(folded) - _SHORTEST_STEM
        found = []
        for lang, words in self._dictionaries.items():
            if folded in words:
                found.append(lang)
                continue
            for ending, instead in self._inflections[lang].get(last, ()):
                size = len(ending)
                if size <= length and folded.endswith(ending) and folded[:-size] + instead in words:
                    found.append(lang)
                    break
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
