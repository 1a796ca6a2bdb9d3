"""A name that is masked in part can be read: what belongs to it on both sides goes with it.

"grace wanjiku otieno" where "Grace Wanjiku Otieno" is said elsewhere, "Kariuki, m.", "Bo-Diallo".
"""

import re
from collections.abc import Collection, Iterator, Sequence

from kg.extract.capitals import spoken
from kg.extract.info import Info
from kg.extract.lexicon import lexicon
from kg.release.names import WORD, Names, rare
from kg.release.words import calls
from kg.vocab import fold

_HYPHEN = r"[-‑]"
_GAP = rf"(?:,?[ \t\n\u00a0]{{1,2}}|,|{_HYPHEN})"
_LEFT = re.compile(rf"(?<!\w)([^\W\d_]+)(\.?)({_GAP})$")
_RIGHT = re.compile(rf"({_GAP})([^\W\d_]+)(?!\w)(\.?)")
_REACH = 60  # characters that are looked at on each side
_PARTICLES = 2  # in a row, between two words of a name
_SHORTEST = 3
_CAPITALS = 4  # letters of a surname that is written as papers write it


def widened(
    text: str,
    span: tuple[int, int],
    names: Names,
    passed: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    """A span with the rest of the name around it.

    Args:
        text: Where it stands.
        span: A word that is masked.
        names: What is known of names, and of small words.
        passed: Spans that are no name; nothing of them is taken.

    >>> widened("met Kariuki, m. there", (4, 11), Names(), ())
    (4, 15)
    """
    start, end = span
    while True:
        mine = WORD.findall(text[start:end])
        near = {word for one in mine for word in names.beside.get(lexicon().info(one).folded, ())}
        grown = next(
            (
                (low, high)
                for low, high in _neighbours(text, (start, end), near, names)
                if not any(a < high and low < b for a, b in passed)
            ),
            None,
        )
        if grown is None:
            return start, end
        start, end = grown


def _neighbours(
    text: str, span: tuple[int, int], near: Collection[str], names: Names
) -> Iterator[tuple[int, int]]:
    """Wider spans, by one word on one side."""
    start, end = span
    mine = WORD.findall(text[start:end])
    if not mine:
        return
    at, skipped = start, 0
    while match := _LEFT.search(text, max(0, at - _REACH), at):
        word, stop, gap = match.groups()
        alone = names.small[fold(word)] <= 1
        if _belongs(word, stop, gap, mine[0], near, left=True, alone=alone):
            yield match.start(1), end
            break
        if skipped == _PARTICLES or stop or not lexicon().info(word).particle:
            break
        at, skipped = match.start(1), skipped + 1
    at, skipped = end, 0
    while match := _RIGHT.match(text, at):
        gap, word, stop = match.groups()
        alone = names.small[fold(word)] <= 1
        if _belongs(word, stop, gap, mine[-1], near, left=False, alone=alone):
            yield start, match.end() if len(word) == 1 else match.end(2)
            break
        if skipped == _PARTICLES or not lexicon().info(word).particle:
            break
        at, skipped = match.end(2), skipped + 1


def _belongs(
    word: str, stop: str, gap: str, edge: str, near: Collection[str], *, left: bool, alone: bool
) -> bool:
    """Whether the word beside a masked one (*edge*) is a part of the same name.

    *alone*: it stands small in no other text.
    """
    info = lexicon().info(word)
    if len(word) == 1:
        return bool(stop) or info.folded in near
    if (stop and left) or info.particle or info.title:
        return False  # another sentence, or no name
    if gap in ("-", "‑") and info.big and not info.upper:
        return True
    if left and "," in gap and info.upper and len(word) >= _CAPITALS:
        return rare(info) and spoken(word)  # "OKAFOR, Ama"
    small = not info.big
    if info.folded in near:
        # "Okafor will come" names no Will; "will okafor came" does.
        return not small or not _plain(word) or (not edge[0].isupper() and (left or "," in gap))
    return small and alone and not edge[0].isupper() and "," not in gap and _borne(word)


def _titled(word: str) -> Info:
    return lexicon().info(word.title())


def _plain(word: str) -> bool:
    """A small word that a text may have without naming anybody."""
    return bool(lexicon().ordinary(lexicon().info(word).folded)) or not rare(_titled(word))


def _borne(word: str) -> bool:
    """A small word that lists of names have, and no dictionary and no map."""
    info = _titled(word)
    known = _plain(word) or info.folded in lexicon().towns or info.folded in calls()
    return len(word) >= _SHORTEST and info.named and not known
