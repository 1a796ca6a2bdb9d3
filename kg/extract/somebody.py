"""Where words of a name are somebody's: "Judge Awa Sow", "Awa Sow of …", "Committee of Awa Sow".

Asked before anything is taken for a body, so that no person becomes one, and
the body beside a person is found by its own name.
"""

from collections.abc import Sequence

from kg.extract.chains import FOR, OF, linking
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Word

_FULL_NAME = 2  # words
_RANKS = frozenset({"general", "generale", "superior", "mayor"})


def strange(info: Info, lexicon: Lexicon) -> bool:
    """A capitalised word that nothing explains: rather somebody's name than a body's."""
    known = info.explained or info.head or info.starter or info.small or info.portfolio
    known = known or lexicon.plain_adjective(info.folded) or info.title
    lettered = info.mixed or (info.acronym and not info.suspicious)
    town = info.folded in lexicon.towns
    return info.capital and (info.suspicious or not (known or lettered or town))


def office(info: Info) -> bool:
    """A capitalised title or office: "Judge", "Director"; no noun that makes a name of a body."""
    return info.capital and (info.title or info.lead_in) and not (info.head or info.starter)


def behind_somebody(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a link leads from somebody to a body: "Director Awa Sow of | the Coast Forum".

    Args:
        words: A run of capitals.
        at: The place of the link in it.
        lexicon: What is known of words.
    """
    link = words[at].info
    if not (link.folded in OF or (link.near and not link.capital)):
        return False
    front = [w.info for w in words[:at]]
    while front and linking(front[-1]):
        front.pop()
    if not any(i.head for i in (w.info for w in words[at + 1 :])):
        return False
    return somebody(front, lexicon)


def somebody(infos: Sequence[Info], lexicon: Lexicon) -> bool:
    """Whether words are a name alone, or end with an office and a name.

    >>> from kg.extract.lexicon import lexicon
    >>> words = [lexicon().info(w) for w in ("Network", "Coordinator", "Binta", "Okafor")]
    >>> somebody(words, lexicon()), somebody(words[:2], lexicon()), somebody(words[2:], lexicon())
    (True, False, True)
    """
    offices = [n for n, info in enumerate(infos) if office(info) and not _describes(infos, n)]
    own = infos[offices[-1] + 1 :] if offices else infos
    if not offices and any(i.head or i.starter for i in own):
        return False
    named = [i for i in own if strange(i, lexicon)]
    fitting = all(strange(i, lexicon) or _fits(i, titled=bool(offices)) for i in own)
    return bool(named) and fitting


def _describes(infos: Sequence[Info], at: int) -> bool:
    """A rank behind a head is an adjective there: "Consejo General"."""
    return at > 0 and infos[at - 1].head and infos[at].folded in _RANKS


def _fits(info: Info, *, titled: bool) -> bool:
    """A particle, an initial; behind a title also a word that is a name there ("Mary Were")."""
    if info.head or info.starter or info.acronym or info.mixed:
        return False
    inner = not info.word or info.particle or len(info.text) == 1
    return inner or (info.capital and (titled or info.function))


def named_after(  # noqa: PLR0911 (one return a reason)
    words: Sequence[Word], lexicon: Lexicon
) -> int | None:
    """Where a link stands behind which only somebody's full name follows, None where none does.

    "Committee of | Awa Sow", "Justice pour | Moussa Traoré"; but a diocese or
    a tribunal of two strange words is of a place.
    """
    run = len(words)
    while run > 0 and strange(words[run - 1].info, lexicon):
        run -= 1
    if len(words) - run < _FULL_NAME or words[run].info.folded in lexicon.saints:
        return None
    if words[-1].info.folded in lexicon.company_suffixes:
        return None  # "Société minière du Mbelwa S.A."
    if lexicon.ordinary(words[-1].info.folded) and not words[-1].info.suspicious:
        return None  # "Pastoral de Trujillo Viejo": a town
    link = run
    while link > 0 and _leads_to_name(words[link - 1].info):
        link -= 1
    if link <= 1 or not linking(words[link - 1].info):
        return None
    front = words[: link - 1]
    first = link - 1
    while first > 1 and linking(words[first - 1].info):
        first -= 1
    links = {w.info.folded for w in words[first:link]}
    if not any(w.info.head or w.info.starter for w in front):
        return None
    if link == run and links & OF and not links & FOR:
        seated = any(w.info.lower_head or w.info.folded in lexicon.seated for w in front)
        several = any(w.info.folded in OF for w in front)
        if seated or several:
            return None
    elif not links & (OF | FOR | lexicon.dedications):
        return None
    return first


def _leads_to_name(info: Info) -> bool:
    """As "Widow" in "Association of Widow Halima Garba"."""
    plain = info.title or (info.common and not info.folded.endswith("s"))
    return info.capital and plain and not (info.head or info.adjective or info.portfolio)
