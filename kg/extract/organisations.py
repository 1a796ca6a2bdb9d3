"""Rules for names of bodies: head nouns, nouns of people before "for", acronyms, class nouns.

What a rule finds without anything else to confirm it is accepted only where
the name says itself that it is one: a strong head with words of its own.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.chains import Chains, Piece
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

STRONG, WEAK, BARE_ACRONYM = 0.7, 0.55, 0.5
_FOR = frozenset(
    {
        "for",
        "without",
        "against",
        "pour",
        "sans",
        "contre",
        "por",
        "para",
        "sin",
        "contra",
        "of",
        "de",
        "des",
        "du",
        "d'",
        "del",
        "en",
    }
)
_SHORT_ACRONYM = 5
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜÁÍÓÚ")


def rate(piece: Piece, words: Sequence[Word], lexicon: Lexicon, *, sentence_start: bool) -> float:
    """How surely a piece names a body: `STRONG`, `WEAK`, or 0 for not at all.

    Args:
        piece: The piece, for whether its complement is uncapitalised.
        words: Its words, trimmed.
        lexicon: What is known of words.
        sentence_start: Whether it opens a sentence without an article.
    """
    infos = [w.info for w in words]
    phrase = " ".join(i.folded for i in infos).replace("' ", "'")
    if phrase in lexicon.generic_phrases:
        return 0.0
    content = [
        i
        for i in infos
        if i.word
        and not (i.connector or i.near or i.coordination or i.determiner)
        and i.text not in {"'s", "’s"}
    ]
    if not content:
        return 0.0
    if phrase in lexicon.institutions and infos[0].capital:
        return WEAK if sentence_start and len(infos) == 1 else STRONG
    heads = [i for i in content if i.head or (i.lower_head and not i.capital)]
    own = [i for i in content if not i.head]
    if _people(infos, content):
        return STRONG
    if not heads:
        return (
            WEAK
            if _titled(infos, content) or any(i.mixed and not i.product for i in content)
            else 0.0
        )
    if not own and len(heads) < 2:  # noqa: PLR2004 (a head alone is no name; two are one)
        return 0.0
    if _thing(content, lexicon):
        return 0.0
    if piece.sentence_case:
        return _sentence_case(infos, content, lexicon)
    proper = [i for i in own if i.capital and not (i.common or i.function)]
    if any(i.strong or i.lower_head for i in heads):
        if all(i.starter or i.folded.endswith("s") and i.common for i in heads) and not proper:
            return 0.0
        return STRONG
    return STRONG if any(not i.demonym for i in proper) else WEAK if len(content) > 1 else 0.0


def _sentence_case(infos: Sequence[object], content: Sequence, lexicon: Lexicon) -> float:  # type: ignore[type-arg]
    """ "Commission nationale de dialogue", but not "comité de pilotage"."""
    own = [i for i in content if not i.head]
    if any(i.capital for i in own):
        return STRONG
    if content[0].lower_head and any(i.portfolio for i in own):
        return STRONG
    telling = [i for i in own if i.folded not in lexicon.generic_complements]
    if not telling or not content[0].capital:
        return 0.0
    return STRONG if len(telling) > 1 or telling[0].adjective else WEAK


def _thing(content: Sequence, lexicon: Lexicon) -> bool:  # type: ignore[type-arg]
    """Whether the name is of a paper, an event or a plan: "Police Act", "Plan national …"."""
    first, last = content[0], content[-1]
    if lexicon.romance(first.folded) and first.head:
        return False
    if first.thing and not first.head:
        return True
    return bool(
        last.thing and not last.head and not first.head and not any(i.connector for i in content)
    )


def _people(infos: Sequence, content: Sequence) -> bool:  # type: ignore[type-arg]
    """ "Lawyers for Dignity", "Avocats sans Frontières": people and their cause."""
    if not content[0].starter or not infos[0].capital or len(content) < 2:  # noqa: PLR2004
        return False
    link = next((i for i in infos[1:4] if i.connector or i.near), None)
    if (
        link is None
        or link.folded not in _FOR
        or link.folded in {"of", "de", "des", "du", "d'", "del"}
    ):
        return False
    return sum(i.capital for i in content) > 1


def _titled(infos: Sequence, content: Sequence) -> bool:  # type: ignore[type-arg]
    """ "Voix Libres du Lac", "Tierra Libre": a noun of people or causes, and capitals behind it."""
    return (
        content[0].starter
        and content[0].capital
        and sum(i.capital for i in content) > 1
        and not content[-1].thing
        and not all(i.common and i.folded.endswith("s") for i in content)
    )


def person_like(words: Sequence[Word], index: int) -> bool:
    """An upper-case surname beside a given name: "DIARRA Fanta", "Jean-Claude NDAYIZEYE"."""
    info = words[index].info
    if not info.upper or len(info.text) < 4 or sum(c in _VOWELS for c in info.text) < 2:  # noqa: PLR2004
        return False
    for other in (index - 1, index + 1):
        if not 0 <= other < len(words):
            continue
        near = words[other].info
        if (
            near.capital
            and near.word
            and not near.upper
            and not (near.explained or near.head or near.title)
        ):
            return not (other < index and words[other].first and near.common)
    return False


class OrganisationRules:
    """Finds names of bodies by rule. `towns` keep a town beside an acronym from being a surname."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Take down what the rules find, fullest names first, then bare acronyms."""
        paper = sheet(doc)
        barred = paper.covered(Kind.ORGANISATION)
        for piece in Chains(paper, self.lexicon, barred=barred):
            self._name(paper, piece)
        self._after_class_nouns(paper)
        self._acronyms(paper)
        return doc

    def _name(self, paper: Sheet, piece: Piece) -> None:
        words = paper.words[piece.start : piece.end]
        words = self._without_tail(words)
        opens = words[0].first if words else False
        confidence = rate(piece, words, self.lexicon, sentence_start=opens)
        if not confidence or words[0].info.stop and len(words) < 2:  # noqa: PLR2004
            return
        if len(words) == 1 and (words[0].info.acronym or words[0].info.stop):
            return
        paper.add(_span(words, "organisation-rule", confidence))

    def _without_tail(self, words: Sequence[Word]) -> Sequence[Word]:
        """Without a paper or an event at the end: "National Police Act" names an act."""
        kept = list(words)
        while (
            len(kept) > 1
            and kept[-1].info.thing
            and not kept[-1].info.head
            and kept[-1].info.capital
        ):
            romance = any(self.lexicon.romance(w.info.folded) for w in kept[:1])
            linked = (
                kept[-2].info.connector
                or kept[-2].info.coordination
                or kept[-2].info.determiner
                or kept[-2].info.adjective
            )
            if romance or linked or not any(w.info.strong for w in kept[:-1]):
                break
            kept.pop()
        return kept

    def _after_class_nouns(self, paper: Sheet) -> None:
        """ "the NGO Sauti Yetu", "l'association « Tin Hinan »": what follows a class noun."""
        taken = paper.covered(Kind.ORGANISATION)
        words = paper.words
        for index, word in enumerate(words[:-1]):
            info = word.info
            if not info.class_noun or (info.capital and not info.stop) or taken[index]:
                continue
            start = index + 1
            if words[start].info.text in "«“\"'":
                start += 1
            end = start
            while end < len(words) and not taken[end] and self._goes_on(words, end, start):
                end += 1
            while end > start and not words[end - 1].info.capital:
                end -= 1
            chosen = words[start:end]
            if (
                chosen
                and not any(w.info.title or w.info.stop for w in chosen[:1])
                and not all(w.info.explained for w in chosen)
            ):
                paper.add(_span(chosen, "organisation-rule", STRONG))

    def _goes_on(self, words: Sequence[Word], at: int, start: int) -> bool:
        info = words[at].info
        if info.capital:
            return not info.stop
        if at == start or at + 1 >= len(words):
            return False
        link = info.connector or info.determiner
        return link and (words[at + 1].info.capital or words[at + 1].info.determiner)

    def _acronyms(self, paper: Sheet) -> None:
        """What looks like an acronym and nobody defined: only suggested."""
        taken = paper.covered(Kind.ORGANISATION)
        words = paper.words
        for index, word in enumerate(words):
            info = word.info
            if taken[index] or not info.acronym or info.stop or person_like(words, index):
                continue
            if self._shouted(words, index) or info.product:
                continue
            end = index + 1
            if end < len(words) and not taken[end] and words[end].info.folded in self.lexicon.towns:
                end += 1
            if word.info.text.replace(".", "") in paper.programme.split():
                continue
            paper.add(_span(words[index:end], "acronym-rule", BARE_ACRONYM))

    def _shouted(self, words: Sequence[Word], index: int) -> bool:
        """Whether the words around are upper case too: a shouted sentence holds no acronyms."""
        near = [
            w.info
            for w in words[max(0, index - 3) : index + 4]
            if w.info.word and len(w.info.text) > 1
        ]
        loud = sum(i.upper for i in near)
        return loud > 3 and loud > len(near) // 2  # noqa: PLR2004


def _span(words: Sequence[Word], method: str, confidence: float) -> Span:
    return Span(
        words[0].start,
        words[-1].end,
        Kind.ORGANISATION,
        method,
        confidence,
        MentionStatus.ACCEPTED if confidence >= STRONG else MentionStatus.SUGGESTED,
    )
