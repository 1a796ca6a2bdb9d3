"""Where a name begins and where another one does: chains of capitals parted into names.

"Director of the Uganda Law Guild" leads to a name; "Police nationale et la
Gendarmerie" are two; "Centre for Justice and Peace" is one.
"""

from collections.abc import Iterator, Sequence

from kg.extract import bodily as b
from kg.extract import joining as j
from kg.extract.chains import FOR, OF, Chains, Piece, linking
from kg.extract.info import POSSESSIVES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Word
from kg.extract.somebody import behind_somebody, named_after, office, somebody, strange

_PLAIN = 5  # letters; shorter words of a dictionary are many a surname
_LEADS = 4  # words before "of": "Vice President and Director of …"


def pieces(paper: Sheet, lexicon: Lexicon, *, barred: Sequence[bool]) -> Iterator[Piece]:
    """Every part of a chain of capitals that may be one name, in order of place.

    Args:
        paper: The record.
        lexicon: What is known of words.
        barred: For each word, whether it belongs to another name already.
    """
    parting = _Parting(paper, lexicon)
    for chain in Chains(paper, lexicon, barred=barred):
        yield from parting(chain)


class _Parting:
    def __init__(self, paper: Sheet, lexicon: Lexicon) -> None:
        self.words = paper.words
        self.lexicon = lexicon
        self.language = paper.language or "en"

    def __call__(self, chain: Piece) -> Iterator[Piece]:
        """The names in one chain."""
        waiting = [chain]
        while waiting:
            piece = self._trimmed(waiting.pop(0))
            start, end = piece.start, piece.end
            if start >= end:
                continue
            after = named_after(self.words[start:end], self.lexicon)
            if after is not None:
                waiting.insert(0, Piece(start, start + after, piece.sentence_case))
                continue
            cut = self._lead(start, end)
            if cut is not None:
                waiting.insert(0, Piece(cut, end, piece.sentence_case))
                continue
            at = next((i for i in range(start + 1, end - 2) if j.another(self.words, i)), None)
            if at is None:
                inner = range(start + 1, end - 1)
                at = next((i for i in inner if self._parts(start, i, end)), None)
            if at is None:
                yield self._without_holder(piece)
                continue
            waiting[:0] = [
                Piece(start, at, piece.sentence_case),
                Piece(at + 1, end, piece.sentence_case),
            ]

    def _trimmed(self, piece: Piece) -> Piece:
        """Without articles, links and plain opening words at either end."""
        start, end = piece.start, piece.end
        while start < end and b.idle(self.words[start].info, opening=True):
            start += 1
        while start < end and b.idle(self.words[end - 1].info, opening=False):
            end -= 1
        return Piece(start, end, piece.sentence_case)

    def _without_holder(self, piece: Piece) -> Piece:
        """Without the name of its officer: "la présidente de la Coalition des Femmes Awa Sow"."""
        start, end = piece.start, piece.end
        first = self.words[start].info
        state = end - start > 1 and first.folded in self.lexicon.institutions
        behind = [w.info for w in self.words[start + 1 : min(start + 3, end)]]
        held = state and office(behind[0]) and somebody(behind, self.lexicon)
        if state and (held or self._strange(behind[0])):
            return Piece(start, start + 1, piece.sentence_case)  # "Police Moussa Traoré"
        if not self._held(start) or not first.head:
            return piece
        cut = end
        while cut > start + 1 and self._strange(self.words[cut - 1].info):
            cut -= 1
        explained = cut > start + 1 or self.words[start].info.lower_head
        if end - cut > 1 and explained and not linking(self.words[cut - 1].info):
            return Piece(start, cut, piece.sentence_case)
        return piece

    def _held(self, start: int) -> bool:
        """Whether a name stands behind an office and "of": "directeur exécutif de la …"."""
        before = self._before(start)
        if before < 0 or self.words[before].info.folded not in OF:
            return False
        return b.any_of(self.words[max(0, before - 2) : before], lambda i: i.title or i.lead_in)

    def _lead(self, start: int, end: int) -> int | None:
        """Where the name begins behind "Members of the …", "Training by …"; None without a lead."""
        for at in range(start, min(start + _LEADS, end - 2)):
            word = self.words[at]
            info, following = word.info, self.words[at + 1].info
            opens = word.first and at == start and info.common
            leads = info.lead_in or (opens and not info.head)
            if not leads or info.demonym:
                if info.adjective or info.common:
                    continue
                return None
            if following.connector or following.near:
                behind = self._behind(at, end)
                if behind is not None:
                    return behind
                if info.starter:
                    return None
        return None

    def _behind(self, at: int, end: int) -> int | None:
        """The first word behind a lead and its links, where a body begins there."""
        info, following = self.words[at].info, self.words[at + 1].info
        if info.starter and following.connector and following.folded not in OF:
            return None  # "Lawyers for Dignity" is the whole name
        if info.starter and following.near and self.words[at + 2].info.starter:
            return None  # "Women in Action for Rights"
        behind = at + 2
        while behind < end and linking(self.words[behind].info):
            behind += 1
        article = behind > at + 2
        if info.starter and not article and self.words[end - 1].info.strong:
            return None  # "Women of Kasese Network" too
        return behind if b.any_of(self.words[behind:end], b.bodily) else None

    def _parts(  # noqa: PLR0911 (one return a reason)
        self, start: int, at: int, end: int
    ) -> bool:
        """Whether the name ends before a word, and another begins behind it."""
        info = self.words[at].info
        if self._somebody_of(start, at, end):
            return True
        if info.text in POSSESSIVES:
            return self._possessor(start, at, end)
        written_short = info.folded in self.lexicon.abbreviations  # "Mr"
        office = info.lead_in or (info.title and (info.common or written_short))
        if office and info.capital and not (info.starter or info.head):
            return self._officer(at, end)
        if info.determiner and not linking(self.words[at - 1].info):
            said = at == start + 1 and j.opens(self.words[start], self.lexicon)
            return at + 1 < end and (said or self.words[at + 1].info.head)  # "Habló la Federación"
        if info.coordination:
            return self._coordinated(start, at, end)
        if info.folded in OF and at == start + 1 and self.words[start].info.acronym:
            own, rest = self.words[start].info, self.words[at + 1 : end]
            article = rest[0].info.determiner or info.folded in {"du", "del"}
            return own.acronym and article and b.opens_body(rest)  # "RDKLX de la Ligue des …"
        return j.second_body(self.words, start, at, end)

    def _somebody_of(self, start: int, at: int, end: int) -> bool:
        """As in "Awa Sow de l'Union des Femmes": a name of somebody, and a body behind a link."""
        info = self.words[at].info
        owner = info.text in POSSESSIVES and at - start > 1
        if not (owner or info.folded in OF or (info.near and not info.capital)):
            return False
        left, right = self.words[start:at], self.words[at + 1 : end]
        named = b.any_of(left, self._strange)
        if (
            named
            and not owner
            and behind_somebody((*left, self.words[at], *right), len(left), self.lexicon)
        ):
            return True
        return all(self._strange(w.info) for w in left) and b.any_of(right, b.body)

    def _possessor(self, start: int, at: int, end: int) -> bool:
        """As in "Kivu Women Network's Jane Were": a whole name, then somebody of it."""
        left, right = self.words[start:at], self.words[at + 1 : end]
        whole = left[-1].info.strong or b.names_itself(left)
        return whole and not b.any_of(right, lambda i: i.head)

    def _officer(self, at: int, end: int) -> bool:
        """As in "Kivu Network Secretary General Moussa Sow": an office, and a name behind it."""
        behind = at + 1
        while behind < end and b.plain(self.words[behind].info):
            behind += 1
        info = self.words[min(behind, end - 1)].info
        return behind < end and self._strange(info) and not (info.ordinary and info.adjective)

    def _strange(self, info: Info) -> bool:
        """Rather somebody's name than a word of a dictionary, of the record's language first."""
        own = self.language in info.ordinary.split() and len(info.text) >= _PLAIN
        known = own or (info.ordinary and len(info.text) > _PLAIN)
        return strange(info, self.lexicon) and not (known and not info.suspicious)

    def _coordinated(  # noqa: PLR0911, PLR0912 (one branch a reason)
        self, start: int, at: int, end: int
    ) -> bool:
        """Whether "and" joins two bodies rather than two words of one name."""
        left, right = self.words[start:at], self.words[at + 1 : end]
        both = b.names_itself(left) and b.names_itself(right)  # "RDKLX & CBDX"
        if self.words[at].info.text == "&" and not (
            both or (b.any_of(left, b.body) and (b.any_of(right, b.body) or right[0].info.weak))
        ):
            return False  # "Baraka & Sons Ltd"
        kind = right[1].info if right[0].info.determiner and right[1:] else right[0].info
        if kind.folded in self.lexicon.place_kinds_before and not kind.capital:
            return True  # "le Conseil de paix et la commune de Kossi"
        if j.subjects(self.words[start].info, right, self.lexicon):
            return False  # "Ministerio de Vivienda, Suelo y Hábitat"
        own = right
        while own and (own[0].info.connector or own[0].info.determiner):
            own = own[1:]
        if self._titled(own):
            return True  # "Hope Women Group and Pastor Elijah of …"
        second = right[0].info
        while right and (right[0].info.determiner or right[0].info.connector):
            of = right[0].info.folded in OF and not b.opens_body(right[1:])
            if of and not (j.both_owned(left, right[1:], self._strange) and self._behind_of(start)):
                return False  # "de dialogue et de paix"
            right = right[1:]
        if not right:
            return False
        if second.folded in OF and self._behind_of(start):
            return True  # "de l'Ordre des Avocats et de Citoyens Responsables"
        if j.double_subject(left, right, second):
            return False
        if (
            b.names_itself(left)
            or b.names_itself(right[:1])
            or j.both_whole(left, right, second, self.lexicon)
        ):
            return True
        if second.determiner and right[0].info.capital and b.any_of(right, lambda i: i.head):
            return True
        if b.generic(left, self.lexicon) and j.cause_of(left, right):
            return False  # "Human Rights and Civil Integration Committee"
        if b.generic(left, self.lexicon) or b.generic(right, self.lexicon):
            return True  # "Human Rights Defenders and Civil Society Organisations"
        if len(right) == 1 and len(left) > 1 and left[-2].info.folded in FOR:
            return False  # "Centre for Truth and Repair"
        capitals = sum(w.info.capital for w in left)
        if (
            capitals > 1
            and len(right) > 1
            and right[-1].info.strong
            and self._strange(right[0].info)
        ):
            return True  # "Nuba Relief Hands and Haggar Foundation"
        one, other = b.any_of(left, b.bodily), b.any_of(right, b.bodily)
        if len(right) == 1 and right[0].info.adjective and not right[0].info.named:
            return False  # "Comisión de Pueblos Indígenas y Afrodescendiente"
        if one and all(self._strange(w.info) for w in right):
            return True  # "la Coalition Lacustre et Amina Sow"
        if other and not one and all(self._strange(w.info) for w in left):
            return True  # "Amina Sow and Kivu Network"
        return self._two_bodies(left, right)

    def _titled(self, words: Sequence[Word]) -> bool:
        """Whether words begin with somebody's title and a name."""
        infos = [w.info for w in words[:2]]
        return office(infos[0]) and somebody(infos, self.lexicon)

    def _two_bodies(  # noqa: PLR0911 (one return a reason)
        self, left: Sequence[Word], right: Sequence[Word]
    ) -> bool:
        first = left[0].info
        if first.folded in self.lexicon.plural_heads:
            return False  # parted later: each complement is a body's
        # "Nuba Relief Hands and Haggar Foundation"
        own = right[-1].info.strong and len(right) > 1 and self._strange(right[0].info)
        if own and sum(w.info.capital for w in left) > 1:
            return True
        if sum(w.info.capital for w in left) > 1 and j.whole(right):
            return True
        if first.folded in self.lexicon.listing_heads and right[0].info.portfolio:
            return b.any_of(right, lambda i: i.strong and not i.portfolio)
        headed = first.starter or b.foreign(first) or b.any_of(left, b.body)
        headed = headed or b.any_of(left, b.lettered)
        another = b.body(right[0].info) or right[0].info.lower_head
        if headed and (another or (b.foreign(first) and b.foreign(right[0].info))):
            return True
        if headed and right[0].info.capital and b.any_of(right, b.body):
            return True
        if headed and right[-1].info.weak and b.any_of(right, lambda i: not i.explained):
            return len(right) > 1
        # A name that ends with its head is complete: "Kenya Law Society and Amani Trust".
        complete = left[-1].info.strong and not (first.strong or first.lower_head)
        return complete and len(left) > 1 and len(right) > 1

    def _behind_of(self, start: int) -> bool:
        return (before := self._before(start)) >= 0 and self.words[before].info.folded in OF

    def _before(self, start: int) -> int:
        """The word before, over articles; -1 before the first."""
        before = start - 1
        while before >= 0 and self.words[before].info.determiner:
            before -= 1
        return before
