"""Headings as words: the same heading in many spellings, and how far two spellings are apart."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.vocab import fold

_NOT_WORD = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"[*_#`\s:：]+$|^[*_#`\s>•\-]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|[(\[{][^)\]}]*$")
_NUMBERING = re.compile(
    r"^\s*(?:"
    r"[Qq](?:uestion)?\.?\s*\d{1,3}(?:[.\-_]\d{1,3})*[a-z]?(?=[\s.):_\-–])"  # Q4, Q4.2b
    r"|\d{1,3}(?:[.\-_]\d{1,3})*[a-z]?(?=[\s.):_\-–])"  # 3., 2.1, 07
    r"|\(?[A-Za-z][.)](?=\s)"  # a), B.
    r"|[IVXivx]{1,5}[.)](?=\s)"  # iv.
    r")[\s.):_\-–]*"
)
# "Outcome #", "#", "N° de fiche", "Nº": signs that are read as a word. "# Title" is Markdown.
_NUMBER_SIGN = re.compile(r"(?<=[^\W\d_])\s*#(?![\w#])|^\s*#\s*$|(?<!\w)[Nn](?:[°º]|\.[°º])|№")
_NUMBER_WORD = " numero "
# Letters that Arabic writes in two ways, and the joining stroke.
_ARABIC_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ـ": None})
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARTICLE = re.compile(r"^(?:و|ف)?(?:ال|بال|كال|لل)(?=..)")
_ARABIC_ENDINGS = ("ات", "ين", "ون", "ه")
_SHORTEST_ARABIC = 3
_MIXED = re.compile(r"(?<![^\W_])[A-Z][a-z][A-Z](?![^\W_])")
_ACRONYM = re.compile(r"[A-Z]{2,6}\d{0,2}")
_SHORTEST_MISSPELT = 4


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Letters and digits alone, folded: what two spellings of one heading share.

    >>> squash("Fragment ID:") == squash("fragmentid") == squash("**FragmentId**")
    True
    """
    return "".join(c for c in _even(text) if c.isalnum())


def _even(text: str) -> str:
    """Folded, with number signs as words and the letters of Arabic in one spelling."""
    plain = fold(spelt_signs(text))
    return plain if plain.isascii() else plain.translate(_ARABIC_LETTERS)


def spelt_signs(text: str) -> str:
    """A heading with its number signs as a word.

    >>> spelt_signs("Outcome #"), spelt_signs("# Outcome")
    ('Outcome numero ', '# Outcome')
    """
    return _NUMBER_SIGN.sub(_NUMBER_WORD, text)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a heading; joined capitals are parted.

    >>> words("TypeOfChange_Cluster (d'effet)")
    ('type', 'of', 'change', 'cluster', 'd', 'effet')
    >>> words("السنة") == words("سنة")
    True
    """
    parted = _even(_parted(unicodedata.normalize("NFC", text)))
    return tuple(_bare_arabic(word) for word in _NOT_WORD.split(parted) if word)


def _bare_arabic(word: str) -> str:
    """An Arabic word without its article, which is written as one with it."""
    return word if word.isascii() else _ARTICLE.sub("", word)


def _parted(text: str) -> str:
    """A space between "d" and "T" of "MergedText", and between "Q" and "T" of "MCQType".

    "ToC" is one word.
    """
    text = _MIXED.sub(lambda match: match[0].lower(), text)
    pieces: list[str] = []
    for at, char in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char.isupper() and (before.islower() or (before.isupper() and after.islower())):
            pieces.append(" ")
        pieces.append(char)
    return "".join(pieces)


def stem(word: str) -> str:
    """A word without the mark of its plural: "actors", "objectifs", "actores", "niveaux".

    An Arabic word also loses the ending of its gender.

    >>> stem("actors"), stem("niveaux"), stem("press")
    ('actor', 'niveau', 'press')
    """
    if not word.isascii() and _ARABIC.match(word):
        ending = next((e for e in _ARABIC_ENDINGS if word.endswith(e)), "")
        bare = word.removesuffix(ending)
        return bare if len(bare) >= _SHORTEST_ARABIC else word
    if (len(word) > 3 and word[-1] in "sx" and word[-2] not in "su") or word.endswith("eaux"):  # noqa: PLR2004 - "bus", "ans"
        return word[:-1]
    return word


def bag(tokens: Iterable[str], *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Words without order, plural and function words; all words where nothing else remains."""
    kept = tuple(tokens)
    meaning = [stem(t) for t in kept if t not in without]
    return tuple(sorted(set(meaning or (stem(t) for t in kept))))


def unmarked(text: str) -> str:
    """A heading without emphasis, list marks and the colon at its end.

    >>> unmarked("- **Year**:")
    'Year'
    """
    return _MARKUP.sub("", text.strip())


def unnumbered(text: str) -> str:
    """A heading without its number: "3. Year", "Q4: Year", "b) Year".

    >>> unnumbered("Q4.2: Year"), unnumbered("3. Year"), unnumbered("2022 harvest")
    ('Year', 'Year', '2022 harvest')
    """
    return _NUMBERING.sub("", text, count=1)


def unbracketed(text: str) -> tuple[str, str]:
    """A heading without what stands in brackets, and what stood there.

    >>> unbracketed("Scale [SCC] (choose one")
    ('Scale', '[SCC] (choose one')
    """
    dropped = " ".join(match.group() for match in _BRACKETS.finditer(text))
    return " ".join(_BRACKETS.sub(" ", text).split()), dropped


def unabbreviated(text: str, *, known: frozenset[str]) -> str:
    """A heading without acronyms that no wording knows: a programme's name between words.

    A heading in capitals throughout stays as it is.

    >>> unabbreviated("Link to SCC Specific Objectives", known=frozenset())
    'Link to Specific Objectives'
    """
    if not any(c.islower() for c in text):
        return text
    parts = re.split(r"[\s\-–/]+", text)
    kept = [
        part
        for part in parts
        if not (_ACRONYM.fullmatch(part.strip("().,:;'")) and squash(part) not in known)
    ]
    # More acronyms than words: no programme's name, but a name of its own ("SET-OF-outcomes").
    return " ".join(kept) if len(kept) * 2 >= len(parts) else text


def allowed(length: int) -> int:
    """How many slips a heading of *length* letters may hold and still be a misspelling.

    >>> [allowed(n) for n in (3, 4, 7, 12, 20, 40)]
    [0, 1, 1, 2, 3, 4]
    """
    if length < _SHORTEST_MISSPELT:
        return 0
    return min(4, max(1, length // 6))


@lru_cache(maxsize=16384)
def letters(text: str) -> int:
    """Which letters a text holds, a bit for each; two of 64 may share one."""
    held = 0
    for char in text:
        held |= 1 << (ord(char) & 63)
    return held


def apart(ours: int, theirs: int, *, most: int) -> bool:
    """Does one text hold more than *most* letters that the other lacks? Each of them is a slip."""
    return (ours & ~theirs).bit_count() > most or (theirs & ~ours).bit_count() > most


def slips(a: str, b: str, *, most: int) -> int | None:
    """Letters missing, added, changed or swapped between two texts; None where more than *most*.

    Source: optimal string alignment (restricted Damerau–Levenshtein distance).

    >>> slips("coutnry", "country", most=1), slips("year", "gear", most=0)
    (1, None)
    """
    if abs(len(a) - len(b)) > most or apart(letters(a), letters(b), most=most):
        return None
    if _surplus(a, b) > most:
        return None
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None


def _surplus(a: str, b: str) -> int:
    """A lower bound of the slips, cheap: letters that one text has more of."""
    ours, theirs = _letters(a), _letters(b)
    more = sum(count - theirs.get(c, 0) for c, count in ours.items() if count > theirs.get(c, 0))
    return max(more, more + len(b) - len(a))


@lru_cache(maxsize=8192)
def _letters(text: str) -> Mapping[str, int]:
    return Counter(text)


def swapped(a: str, b: str) -> bool:
    """Are letters swapped, or one doubled? In a word of four letters nothing else is a slip.

    >>> swapped("yaer", "year"), swapped("anne", "annee"), swapped("gear", "year")
    (True, True, False)
    """
    return sorted(a) == sorted(b) or _undoubled(a) == _undoubled(b)


def _undoubled(text: str) -> str:
    return "".join(c for at, c in enumerate(text) if text[at - 1 : at] != c)


def same_but_gender(a: str, b: str, *, endings: Iterable[tuple[str, str]]) -> bool:
    """Are two words one, but for the ending of a gender?

    >>> same_but_gender("sociale", "social", endings=[("", "e")])
    True
    >>> same_but_gender("note", "not", endings=[("", "e")])
    False
    """
    short, long = sorted((a, b), key=len)
    return any(
        len(stem_) > _SHORTEST_MISSPELT and stem_ + other == second
        for first, second in ((short, long), (long, short))
        for one, other in endings
        if first.endswith(one) and (stem_ := first.removesuffix(one)) is not None
    )


def turned(a: str, b: str, *, prefixes: Iterable[str]) -> bool:
    """Is one word nearer to the other without its prefix of "not"? Then it is no misspelling.

    >>> turned("intented", "unintended", prefixes=["un"]), turned("yaer", "year", prefixes=["un"])
    (True, False)
    """
    return any(
        _bare(long, short, prefix) for prefix in prefixes for long, short in ((a, b), (b, a))
    )


def _bare(long: str, short: str, prefix: str) -> bool:
    if not long.startswith(prefix):
        return False
    most = allowed(len(long))
    without = slips(long.removeprefix(prefix), short, most=most)
    whole = slips(long, short, most=most + len(prefix))
    return without is not None and (whole is None or without < whole)
