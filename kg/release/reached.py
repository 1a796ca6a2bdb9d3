"""Figures and signs by which somebody is reached or found: numbers, handles, papers, coordinates.

A build takes down what a contact plainly is. A release hides more: rather a figure too many than a
number that somebody answers. Amounts, dates, years and codes stay.
"""

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.lexicon import lexicon
from kg.release.words import words

_SHORTEST = 7  # digits of a number that reaches somebody
_RUN = re.compile(
    r"(?<!\w)(?<![^\W_][-/_])\+?\(?\d(?:\d|[ \u00a0.()/‑–-]{1,3}(?=[\d(]))*\d\)?(?!\w)"
)
_GROUPS = re.compile(r"\d+")
_SPLIT = re.compile(r"\s*[-‑–/]\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d\)$")
#: As people write large amounts: "1500000", "1 500 000", "1.500.000".
_AMOUNT = re.compile(r"[1-9]\d*|[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+")
_ROUND = re.compile(r"0{4}$|[ \u00a0.]000$")
_DAYS, _PARTS = 31, 2  # a day and a month beside a year, of one or two digits
_NUMBERED = 3  # digits of a law, behind its year
_LIKE_A_HANDLE = re.compile(r"(?=.*[^\W\d_])(?:.*\d|.*_|.*[^\W_][.:][\da-z])")
_SIGNS = re.compile(
    # An address, however spaced; from the beginning of its word, or a long word takes for ever.
    r"(?<![^\s<>\"“”«»(),;:@＠])[^\s<>\"“”«»(),;:@＠]+\s?[@＠]\s?[^\W_][\w-]*(?:\.[\w-]+)+"
    r"|(?<![\w@＠.])[@＠]\w[\w.]*(?<!\.)"
    # A place on a map: in decimals, in degrees.
    r"|(?<![\w.])[-−+]?\d{1,3}\.\d{4,}\s?°?\s?[NSEWO]?\s?[,;/ ]\s?[-−+]?\d{1,3}\.\d{4,}(?!\d)"
    r"|(?<!\w)\d{1,3}(?:[.,]\d+)?\s?[°º]\s?(?:\d{1,2}(?:[.,]\d+)?\s?['’′]\s?)?"
    r"(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"”″]|''|’’)\s?)?[NSEWO](?!\w)"
    # Papers and plates: "A1234567", "KBC 123X"; an O for a nought.
    r"|(?<![\w/-])[A-Z]{1,2}\d{6,9}[A-Z]?(?![\w/-])|(?<![\w/-])[A-Z]{3} ?\d{3}[A-Z](?![\w/-])"
    r"|(?<!\w)[Oo]\d{2,3}(?:[ .-]?\d{2,4}){2,3}(?!\w)"
)


def reached(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says how somebody is reached, where they live, what their papers are.

    >>> text = "Call 5555-1234 or Telegram: zolbir98; 1 500 000 voted in 2019-2022, b. 1988."
    >>> [text[a:b] for a, b in reached(text)]
    ['1988', 'zolbir98', '5555-1234']
    """
    yield from (match.span() for match in _SIGNS.finditer(text))
    for pattern in _said():
        yield from (match.span(1) for match in pattern.finditer(text))
    yield from _handles(text)
    for match in _RUN.finditer(text):
        if not _counts(text, match):
            yield match.span()


def _counts(text: str, run: re.Match[str]) -> bool:
    """Too short to reach anybody, or an amount, a date, years, a code, the number of a law."""
    groups = _GROUPS.findall(_IN_BRACKETS.sub("", run[0]))  # "resolution 1325 (2000)"
    if sum(map(len, groups)) < _SHORTEST:
        return True
    if not run[0].startswith(("+", "(")) and (_dated(groups) or _amount(text, run)):
        return True
    single = sum(len(group) == 1 for group in groups)
    return "." in run[0] and single * 2 > len(groups)  # "1.4.1.2.3.1.2"


def _dated(groups: list[str]) -> bool:
    """Years with days and months, or the number of a law: "12.03.2021", "2016-012"."""
    years = [group for group in groups if _YEAR.fullmatch(group)]
    rest = [group for group in groups if not _YEAR.fullmatch(group)]
    if not years:
        return False
    if len(years) == len(rest) == 1:
        number = rest[0]
        if len(number) <= _NUMBERED or (years[0] == groups[0] and number.startswith("0")):
            return True
    dates = len(rest) <= _PARTS * len(years)
    return dates and all(len(group) <= _PARTS and int(group) <= _DAYS for group in rest)


def _amount(text: str, run: re.Match[str]) -> bool:
    said = run[0]
    first = _GROUPS.match(said)
    if first and _YEAR.fullmatch(first[0]) and said[first.end() : first.end() + 1] in " \u00a0":
        said = said[first.end() + 1 :]  # "in 2021 1 500 000 voted"
    pieces = _SPLIT.split(said)
    if not all(_AMOUNT.fullmatch(piece) for piece in pieces):
        return False
    before, after = _units()
    told = before.search(text, max(0, run.start() - 12), run.start()) or after.match(
        text, run.end()
    )
    return bool(told) or all(_ROUND.search(piece) for piece in pieces)


def _handles(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind the name of a service, and is no word."""
    for match in _service().finditer(text):
        word = match["handle"]
        if match["service"] in words()["services_that_are_words"]:
            continue  # small, "signal" is a plain word
        info = lexicon().info(word.title())
        plain = info.ordinary or info.explained or info.small or info.stop or info.head
        linked = match["link"].strip() and not plain and word.isalpha()
        if linked or _LIKE_A_HANDLE.match(word):
            yield match.span("handle")


@cache
def _service() -> re.Pattern[str]:
    said = words()
    services, links = "|".join(said["services"]), "|".join(said["handles_behind"])
    return re.compile(
        rf"(?<!\w)(?P<service>(?i:{services}))(?P<link>(?:['’]s)?(?:\s*[:=(]|\s+(?i:{links})(?!\w))"
        r"{0,3})\s*(?P<handle>\w(?:[\w.:-]{0,38}\w)?)"
    )


@cache
def _units() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before an amount, and behind it."""
    money, units = "|".join(words()["money"]), "|".join(words()["units"])
    return (
        re.compile(rf"(?<!\w)(?:{money})\.?[ \u00a0]?$"),
        re.compile(rf"[ \u00a0]?(?:d['’]|de |of )?(?:%|(?:(?i:{units})|{money})(?!\w))"),
    )


@cache
def _said() -> tuple[re.Pattern[str], ...]:
    """A date of birth, a box of the post, an address that is spelt out."""
    said = words()
    born, boxes = "|".join(said["born"]), "|".join(said["boxes"])
    at, dot = "|".join(said["at"]), "|".join(said["dot"])
    month = r"(?:[^\W\d_]{3,12}\.?,?\s+(?:del?\s+)?)"
    return (
        re.compile(
            rf"(?<!\w)(?:{born})\s*:?\s*(?:on|in|le|en|el|in the year)?\s*(?:the\s+)?"
            rf"((?:\d{{1,2}}(?:er|st|nd|rd|th|º)?[\s./-]+(?:of\s+|de\s+)?)?"
            rf"(?:{month}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?|\d{{1,2}}[\s./-]+)?"
            r"(?:19|20)\d\d(?:-\d\d-\d\d)?)(?!\w)"
        ),
        re.compile(rf"(?<!\w)(?:{boxes})\s*:?\s*((?:\d[\d -]*)?\d)(?!\w)"),
        re.compile(
            rf"(?<![\w.+'-])([\w.+'-]+\s?(?:[\[({{]\s?(?i:{at})\s?[\])}}]|\s(?i:{at})\s(?=\S+\s(?i:{dot})\s))"
            rf"\s?[\w-]+(?:\s?(?:[\[({{]\s?(?i:{dot})\s?[\])}}]|\.|\s(?i:{dot})\s)\s?[\w-]+)+)"
        ),
    )
