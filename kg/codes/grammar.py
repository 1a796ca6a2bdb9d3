"""The words of `ontology/codes.yaml`, compiled into patterns; once a process."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from kg.flat import flat
from kg.resources import resource

#: Letters of an abbreviation such as "OC"; its number has to stand close by.
_SHORT = 2

# One or two digits between dots: "37.500" and "2022" are amounts. A letter may end it: "6.3.c".
# A lone integer before a comma or dash and another one may be half of anything.
# A letter may stand apart where nothing follows: "1.4 a"; in "1.4 a 1.6" it is Spanish for "to".
# Behind a dot also one further on, or a small Roman number: "1.4.h", "1.4.ii"; x, y, z, n are open.
_LETTER = (
    r"(?:\.(?:[h-mo-w]|i{1,3}|i?v|vi{0,3}|ix)(?![^\W_])|\.?[a-g]"
    r"|\s[a-g](?=\s*(?:$|[,;|\n]|\)(?!\s*\w))))?"
)
# A letter of the framework before it: "A.1.2", "B2.1"; "A4" and "B2" may be anything.
_LETTERED = r"(?<![\w'’.])[a-h](?:\.[0-9]{1,2}(?:\.[0-9]{1,2})*|[0-9]{1,2}(?:\.[0-9]{1,2})+)"
_DOTTED = rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+{_LETTER}"
# "Outcome 1. 4", "Output 1.4. 1": behind a kind word, where the part ends; "1. 4 laws" is none.
_SPACED = (
    r"[0-9]{1,2}(?:\.[0-9]{1,2})*(?:[^\S\r\n]{0,2}\.[^\S\r\n]{0,2}[0-9]{1,2}(?!\.[0-9]))+"
    r"(?=\s*(?:$|[,;|)\]/&+\n]))"
)
# Behind a number these leave open which one is meant: "1.4.x", "1.4.*", "1:4".
_OPEN = r"\.(?:[xyzn]{1,2}(?!\w)|[*#?_])|:[0-9]{1,2}\s*(?:$|[,;|)\]\n])"


def _number(words: str, *, first: str = "") -> str:
    """A number; behind it no other letters, but a kind word glued to it: "1.4Output 1.4.1"."""
    return (
        rf"(?:{first}{_LETTERED}|{_DOTTED}|[0-9]{{1,2}}{_LETTER}(?!,[0-9]|\s?[–-]\s?[0-9]))"
        rf"(?![0-9]|\.[0-9]|(?!(?:{words}))[^\W\d_]|[ ]?%|{_OPEN})"
    )


# In the order in which they are tried at each place of a cell.
_FIGURE_DATES = {
    "iso": (
        r"[0-9]{4}[-/.](?P<im>[0-9]{1,2})[-/.](?P<id>[0-9]{1,2})"
        r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?(?![0-9])"
    ),
    "dmy": r"(?P<dd>[0-9]{1,2})(?P<ds>[/.-])(?P<dm>[0-9]{1,2})(?P=ds)(?P<dy>[0-9]{4})(?![0-9])",
    "short": (r"(?P<sd>[0-9]{1,2})(?P<ss>[/-])(?P<sm>[0-9]{1,2})(?P=ss)(?P<sy>[0-9]{2})(?![0-9.])"),
    "dots": (
        r"(?P<od>0[1-9]|[12][0-9]|3[01])\.(?P<om>0[1-9]|1[0-2])\.(?P<oy>1[6-9]|[2-9][0-9])"
        r"(?![0-9.])"
    ),
    # behind a code a list goes on: "1.4.1/2/3", "Outcome 1/2/3"
    "slash": (
        r"(?<!\.[0-9]/)(?<!\.[0-9]{2}/)(?<![^\W\d_] [0-9]/)"
        r"(?P<ld>[0-9]{1,2})/(?P<lm>[0-9]{1,2})(?![0-9./])"
    ),
}
_REST = {
    "to": r"(?<!\w)t/m(?!\w)",  # Dutch "up to and including": no tonne
    "time": r"[0-9]{1,2}:[0-9]{2}(?![0-9])",
    "phone": r"(?:[0-9]{2}(?:[ -][0-9]{2}){3,}|[0-9]{2}(?:\.[0-9]{2}){4,})(?![0-9])",
    "money": r"[$€£¥§]\s?[0-9][0-9.,]*",  # and a paragraph of a law
    "ratio": "",
    "comma": r"[0-9]{1,2}(?:,[0-9]{1,2})+(?![0-9]|[.,][0-9]|[^\W\d_]|[ ]?%)",
    "number": "",
    "amount": r"[0-9][0-9.,%]*",
    # and what begins the next part of "a) 1.4 b) 1.5"
    "hard": (
        r"[;|\n\r\t\v\f\x85\u2028\u2029]+|<br\s*/?>"
        r"|(?<![^\W_])[a-h]\)(?=\s*(?:[^\W\d_]+\s*)?[0-9])"
    ),
    "soft": r"[,/،、]",
    "join": r"[&+]",
    "dash": r"[-–—‑−→~…]",
    "colon": r"[:：=]",
    "anyword": r"[^\W\d_]+",
    "other": r"\S",
}


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns and words. All of them meet text that went through `flat`."""

    master: re.Pattern[str]  # one token; the name of its outermost group is its kind
    level_behind: re.Pattern[str]  # "1. Outcome area"
    objective_word: re.Pattern[str]
    objective_separator: re.Pattern[str]
    levels: Mapping[str, str]  # word → outcome, output, generic, objective
    classes: Mapping[str, str]  # word → lead-in, to, join, unit, negation …
    months: Mapping[str, int]
    not_codes: frozenset[str]

    def level(self, word: str) -> str:
        """The level that a kind word names, also in the plural."""
        single = " ".join(re.split(r"[\s-]+", word))
        return self.levels.get(single) or self.levels[single.removesuffix("s")]


def _alternatives(phrases: Iterable[str]) -> str:
    folded = sorted({flat(p) for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join(r"[\s-]+".join(re.escape(w) for w in p.split()) for p in folded)


def _words(phrases: Iterable[str]) -> list[str]:
    return [word for p in phrases for word in re.findall(r"[^\W\d_]+", flat(p))]


def _named_dates(month: str) -> dict[str, str]:
    return {
        "named": (
            rf"(?P<nd>[0-9]{{1,2}})(?:er|st|nd|rd|th|º|°)?[\s.-]*(?:de\s+)?(?P<nm>{month})\b\.?"
            r"(?:[\s./-]*(?:de\s+)?(?P<ny>[0-9]{4}|[0-9]{2}))?(?![0-9])"
        ),
        "monthly": (
            rf"(?<!\w)(?P<mm>{month})\b\.?[\s./-]*"
            r"(?P<md>[0-9]{4}|[0-9]{1,2})(?![0-9]|\.[0-9])"
        ),
    }


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Read and compile the words."""
    data = yaml.safe_load(resource("ontology", "codes.yaml").read_text(encoding="utf-8"))
    levels = {
        " ".join(re.split(r"[\s-]+", flat(phrase))): level
        for level, phrases in data["kinds"].items()
        for phrase in phrases
    }
    long_words = _alternatives(w for w in levels if len(w) > _SHORT)
    number = _number(long_words)
    deep_words = _alternatives(data["deep_letters"])
    short_words = _alternatives(w for w in levels if len(w) <= _SHORT)
    objective_letters = _alternatives(data["objective_letters"])
    months = {flat(name): number for number, names in data["months"].items() for name in names}
    indicator = rf"(?<!\w)(?:{_alternatives(data['indicator'])})s?(?!\w)"
    glue = (
        rf"(?:[\s:#.°º([_–—-]|(?<!\w)(?:{_alternatives(data['numbering'])})(?![^\W\d_])"
        rf"|(?P<indicator>{indicator}))*"
    )
    indicator_of = rf"(?P<indicator_of>{indicator}\s+(?:of\s+|de\s+|d\s?['’]\s?)?)?"
    behind_word = _number(long_words, first=f"{_SPACED}|")
    unnamed = glue.replace("?P<indicator>", "?:")
    coded = {
        # the plural makes a list of "Outcomes 1-3" and "Outcomes 1,2,3"; "Outcome 1-3" may be 1.3
        "several": (
            rf"(?<![^\W\d])(?P<several_word>{long_words})s{unnamed}(?P<snum>[0-9]{{1,2}})"
            r"(?:(?=\s?[–—-]\s?[0-9]{1,2}\s*(?:$|[,;|:)\n]))"
            r"|(?P<tail>(?:,[0-9]{1,2})+)(?=\s*(?:$|[;|:)\n])))"
        ),
        "coded": (
            rf"(?<![^\W\d]){indicator_of}(?P<word>{long_words})(?:s|\(s\))?{glue}(?P<num>{behind_word})"
        ),
        "abbr": (
            rf"(?<!\w)(?P<letters>{short_words})\s?[.:-]?\s?"
            rf"(?P<anum>{_DOTTED}|(?<=[a-z])[0-9]{{1,2}})"
            rf"(?![0-9]|[.,][0-9]|(?!(?:{long_words}))[^\W\d_])"
        ),
        # "P 1.2.1" is a product; "p. 12" a page, "p. 3.2" a paragraph
        "deep": (
            rf"(?<!\w)(?P<deep_letters>{deep_words})\s?[.:-]?\s?"
            r"(?P<dnum>[0-9]{1,2}(?:\.[0-9]{1,2}){2,})(?![0-9]|[.,][0-9]|[^\W\d_])"
        ),
        # "SO5 VAM", "OS 2"; with a space only where nothing or a mark follows: "so 3 groups"
        "aim": (
            rf"(?<!\w)(?P<aim_letters>{objective_letters})"
            r"(?:[.-]?(?P<aim_num>[0-9]{1,2})(?![0-9]|[.,][0-9]|[^\W\d_])"
            r"|\s(?P<aim_far>[0-9]{1,2})(?=\s*(?:[:;,|)\n–-]|$)))"
        ),
    }
    groups = _FIGURE_DATES | _named_dates(_alternatives(months)) | coded | _REST
    groups["number"] = number
    groups["ratio"] = (  # "3.5/5", "3.5 out of 5"
        rf"[0-9]{{1,2}}[.,][0-9]{{1,2}}\s?(?:/|\s(?:{_alternatives(data['of_a_whole'])})\s)\s?"
        r"[0-9]{1,3}(?![0-9]|[.,/-][0-9])"
    )
    joins = _words(data["joins"])
    classes = dict.fromkeys(_words([*data["lead_in"], *levels]), "lead-in")
    classes |= dict.fromkeys(_words(data["ranges"]), "to")
    classes |= dict.fromkeys(joins, "join")
    classes |= dict.fromkeys(_words(data["units"]), "unit")
    for kind in ("negations", "negations_before_words", "not_only", "turns"):
        classes |= dict.fromkeys(_words(data[kind]), kind.removesuffix("s"))
    objective = _alternatives(data["kinds"]["objective"])
    return Grammar(
        master=re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in groups.items())),
        level_behind=re.compile(rf"[.)\s]*(?P<word>{long_words})(?P<plural>s?)(?!\w)"),
        objective_word=re.compile(
            rf"(?:{objective})s?{glue.replace('?P<indicator>', '?:')}"
            rf"|(?P<letters>{objective_letters})\s?(?=[0-9])"
        ),
        objective_separator=re.compile(
            rf"\s*[\n\r\t;|]\s*|\s*[,/&+]\s*|\s+(?:{'|'.join(sorted(set(joins)))})\s+|\s{{2,}}"
        ),
        levels=levels | {flat(word): level for word, level in data["deep_letters"].items()},
        classes=classes,
        months=months,
        not_codes=frozenset(flat(word) for word in data["not_codes"]),
    )
