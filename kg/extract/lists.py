"""Sentences that are but a list of bodies: "CNDX, Zelmi Kwani, la Diócesis de Zelmi Norte"."""

from kg.extract.sheet import Sheet, Word
from kg.model import Kind

_TWO = 2  # names that are of bodies, so that the others are


def bare_list(paper: Sheet, word: Word) -> bool:
    """Whether the sentence of a word has no verb, but two names of bodies or more.

    Args:
        paper: The record, with the names found so far.
        word: A word of the sentence.
    """
    words = paper.words
    first = last = paper.at(word.start)
    while first and not words[first].first and words[first].info.text != "\n":
        first -= 1
    while last + 1 < len(words) and not words[last + 1].first:
        last += 1
    start, end = words[first].start, words[last].end
    bodies = [s for s in paper.of(Kind.ORGANISATION) if start <= s.start and s.end <= end]
    if len(bodies) < _TWO:
        return False
    covered = {i for span in bodies for i in paper.inside(span.start, span.end)}
    rest = (words[i].info for i in range(first, last + 1) if i not in covered)
    return all(i.big or i.small or i.digit or not i.word for i in rest)
