"""How surely a run of words names a body: by its head noun, its cause, its capitals."""

from collections.abc import Sequence

from kg.extract.chains import FOR, OF, Piece, joined, linking
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Span, Word
from kg.model import Kind, MentionStatus

_ONE = 2  # words and an adjective
STRONG, WEAK = 0.7, 0.55
_ALONE = frozenset({"justice", "justicia", "action", "accion", "aid", "aide", "ayuda"})


def rate(  # noqa: PLR0911 (one return a reason)
    piece: Piece, words: Sequence[Word], lexicon: Lexicon
) -> float:
    """How surely a piece names a body: `STRONG`, `WEAK`, or 0 for not at all.

    Args:
        piece: The piece, for whether its complement is uncapitalised.
        words: Its words, trimmed.
        lexicon: What is known of words.
    """
    infos = [w.info for w in words]
    content = [i for i in infos if i.word and not linking(i)]
    phrase = joined(infos)
    if not content or phrase in lexicon.generic_phrases:
        return 0.0
    if phrase in lexicon.institutions and infos[0].capital:
        return WEAK if words[0].first and len(infos) == 1 else STRONG
    if _people(infos, content) or _shortened(words, lexicon) or _institution(infos, lexicon):
        return STRONG
    if _crowd(words, content, lexicon) or _people_of(words, infos, content):
        return WEAK
    if infos[-1].folded in lexicon.company_suffixes and len(content) > 1:
        return STRONG
    heads = [info for at, info in enumerate(content) if _heads(content, at, lexicon)]
    if heads:
        return _headed(infos, content, heads, lexicon, sentence_case=piece.sentence_case)
    named = (
        _cause(infos, content)
        or _titled(infos, content)
        or _plain_capitals(words, content, lexicon)
        or any(i.mixed and not i.product for i in content)
    )
    return WEAK if named else 0.0


def span_of(words: Sequence[Word], method: str, confidence: float) -> Span:
    """A name of a body: accepted where it is sure, else only suggested."""
    accepted = confidence >= STRONG
    return Span(
        words[0].start,
        words[-1].end,
        Kind.ORGANISATION,
        method,
        confidence,
        MentionStatus.ACCEPTED if accepted else MentionStatus.SUGGESTED,
    )


def _institution(infos: Sequence[Info], lexicon: Lexicon) -> bool:
    """As in "Cruz Roja Internacional": an institution of two words or more, and an adjective."""
    described = len(infos) > _ONE and infos[-1].adjective and infos[0].capital
    return described and joined(infos[:-1]) in lexicon.institutions


def _shortened(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a name begins with a head that is cut short: "Min. of Health"."""
    stop = words[1].info.text if len(words) > 1 else ""
    return stop == "." and words[0].info.folded in lexicon.shortened


def _headed(
    infos: Sequence[Info],
    content: Sequence[Info],
    heads: Sequence[Info],
    lexicon: Lexicon,
    *,
    sentence_case: bool,
) -> float:
    own = [i for i in content if not i.head]
    if (not own and len(heads) == 1) or _thing(infos, content, lexicon):
        return 0.0  # a head alone is no name; two are one ("Police Service")
    if sentence_case:
        return _sentence_case(content, lexicon)
    proper = [i for i in own if i.capital and not (i.common or i.function)]
    if any(i.strong or i.lower_head for i in heads):
        crowd = all(i.starter or (i.folded.endswith("s") and i.common) for i in heads)
        if crowd and not proper:
            # "Voix Citoyenne" is one voice's name, "Femmes Leaders" a kind of people.
            one = any(i.capital and i.common and not i.folded.endswith("s") for i in own)
            return WEAK if one and infos[0].capital else 0.0
        return STRONG
    if any(not i.demonym for i in proper):
        return STRONG
    return WEAK if len(content) > 1 else 0.0


def _heads(content: Sequence[Info], at: int, lexicon: Lexicon) -> bool:
    """Whether a word heads the name: French and Spanish heads stand first but for plain words."""
    info = content[at]
    if not info.head and not (info.lower_head and not info.capital):
        return False
    return not lexicon.only_romance(info.folded) or all(
        i.head or (i.explained and not i.suspicious) or i.acronym for i in content[:at]
    )


def _sentence_case(content: Sequence[Info], lexicon: Lexicon) -> float:
    """As in "Commission nationale de dialogue", but not "comité de pilotage"."""
    own = [i for i in content if not i.head]
    telling = [i for i in own if i.folded not in lexicon.generic_complements]
    known = any(i.portfolio or i.folded in lexicon.lower_complements for i in own)
    if any(i.capital for i in own) or (content[0].lower_head and known):
        return STRONG
    if not telling or not content[0].capital:
        return 0.0
    return STRONG if len(telling) > 1 or telling[0].adjective else WEAK


def _thing(infos: Sequence[Info], content: Sequence[Info], lexicon: Lexicon) -> bool:
    """Whether the name is of a paper, an event or a plan: "Police Act", "Plan national …"."""
    first, last = content[0], content[-1]
    if first.head and lexicon.romance(first.folded):
        return False
    people = first.head or first.starter
    if first.thing and not people and not last.strong and not content[1].head:
        return True
    if not last.thing or last.head or first.head:
        return False
    # "Committee on Women and Children" is no kind of children.
    head = max(n for n, info in enumerate(infos) if info.head)
    return not any(linking(i) for i in infos[head:])


def _people(infos: Sequence[Info], content: Sequence[Info]) -> bool:
    """As in "Lawyers for Dignity", "Avocats sans Frontières": people and their cause."""
    if not content[0].starter or not infos[0].capital or len(content) == 1:
        return False
    cause = any(i.folded in FOR for i in infos[1:-1])
    return cause and sum(i.capital for i in content) > 1


def _crowd(words: Sequence[Word], content: Sequence[Info], lexicon: Lexicon) -> bool:
    """As in "Mbonweh Women", "Kasoro Smokers": a strange word, and people in the plural."""
    first, last = content[0], content[-1]
    plural = last.starter and last.capital and last.folded not in _ALONE
    own = [i for i in content[:-1] if i.capital]
    own = [i for i in own if i.folded not in lexicon.compass] or own
    known = any(i.explained or i.head or i.starter or i.title or i.named for i in own)
    return bool(own) and plural and not known and not (words[0].first and first.ordinary)


def _people_of(words: Sequence[Word], infos: Sequence[Info], content: Sequence[Info]) -> bool:
    """As in "with Sisters of Kasoro": capitalised amid a sentence, before a place."""
    if words[0].first or not content[0].starter or not infos[0].capital or len(content) == 1:
        return False
    if infos[1].folded not in OF or content[0].title:
        return False
    return content[1].capital and not content[1].explained


def _cause(infos: Sequence[Info], content: Sequence[Info]) -> bool:
    """As in "EVE for Peace": letters that nobody explains, and a cause."""
    if len(content) == 1 or not content[0].acronym or not content[1].capital:
        return False
    cause = infos[1].folded in FOR and content[1].common
    return cause or (infos[1].starter and content[0].upper)  # "SOS Femmes en Danger"


def _titled(infos: Sequence[Info], content: Sequence[Info]) -> bool:
    """As in "Voix Libres du Lac": a noun of people or causes, and capitals behind it."""
    first = content[0]
    if not first.starter or not first.capital or content[-1].thing:
        return False
    if first.lead_in and infos[1:] and infos[1].folded in OF:
        return False  # "Periodistas de Guerrero"
    crowd = all(i.common and i.folded.endswith("s") for i in content)
    return sum(i.capital for i in content) > 1 and not crowd


def _plain_capitals(words: Sequence[Word], content: Sequence[Info], lexicon: Lexicon) -> bool:
    """Capitals on plain words amid a sentence: "Pacífico Humano", "Shield Digital"."""
    capitals = [i for i in content if i.capital]
    leads = words[0].info.lead_in and words[1:] and words[1].info.connector
    if words[0].first or leads or len(capitals) == 1 or not words[0].info.capital:
        return False
    if any(
        i.thing or i.stop or i.upper or i.framework or (i.title and not i.common) for i in content
    ):
        return False
    if any(i.lead_in and not (i.starter or i.folded.endswith("s")) for i in capitals[:2]):
        return False  # "Special Rapporteur on Torture"
    plain = [i for i in capitals if (i.common or i.starter or i.portfolio) and not i.suspicious]
    if len(plain) == len(capitals):
        # French and Spanish capitalise no plain noun amid a sentence but in a name.
        text = " ".join(w.info.text for w in words)
        return lexicon.language(text) != "en" and any(lexicon.romance_word(i.folded) for i in plain)
    strange = any(
        not i.explained and not i.suspicious and i.folded not in lexicon.towns for i in capitals
    )
    return bool(plain) and strange and not plain[0].title
