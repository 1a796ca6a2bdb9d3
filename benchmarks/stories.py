"""Stories about nobody, in three languages: sentences as long as the example's, few said twice.

Words are data (`stories.yaml`). A sentence is an opener, somebody, what they did, and tails, until
it is as long as was drawn from the lengths of the example's 480 sentences (94 letters on average,
21 to 242). Bodies recur as in a harvest (Zipf); each has a name and an acronym of its own.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

#: Letters of a sentence of the example: the least, each tenth, the most.
LENGTHS = (21, 48, 61, 70, 79, 87, 100, 112, 127, 152, 242)
#: Of a hundred records: how many hold a mark where a name was taken out.
MARKED = 25
_SHORT = 44  # letters; a clause with somebody and an act is longer
_SYLLABLES = ("Ka", "lo", "mi", "ru", "te", "va", "no", "sa", "du", "bé", "zo", "li", "fa", "wé")
_LISTS = {"thing": "things", "who": "people", "month": "months"}
_SLOT = re.compile(r"\{(\w+)\}")


@cache
def words() -> dict[str, Any]:
    """The parts of sentences."""
    path = Path(__file__).with_name("stories.yaml")
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def invented(chance: random.Random, syllables: int = 3) -> str:
    """A word that is no word."""
    return "".join(chance.choices(_SYLLABLES, k=syllables)).capitalize()


def bodies(chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Full names with acronyms, no two with the same of either."""
    heads = words()["bodies"]
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    while len(found) < count:
        full, acronym = heads[len(found) % len(heads)]
        a, b = invented(chance), invented(chance, 4)
        name = full.format(a=a, b=b)
        for letters in (1, 2, 3):  # as people do where the short one is another body's
            short = acronym.format((a[:letters] + b[:letters]).upper())
            if not {name, short} & taken:
                taken |= {name, short}
                found.append((name, short))
                break
    return found


@dataclass(slots=True)
class Teller:
    """Tells one record: who is in it, and which of them were introduced."""

    chance: random.Random
    language: str
    known: Sequence[tuple[str, str]]
    towns: Sequence[str]
    year: int
    marked: bool
    _met: set[str] = field(default_factory=set)

    def story(self, sentences: int) -> str:
        """So many sentences."""
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        chance, parts = self.chance, words()[self.language]
        place = chance.randrange(len(LENGTHS) - 1)
        least, most = LENGTHS[place : place + 2]
        last = most == LENGTHS[-1]  # few are as long as the longest
        length = chance.triangular(least, most, least) if last else chance.uniform(least, most)
        if length < _SHORT:
            return self._filled(chance.choice(parts["short"]))
        starts = [self._start(parts) for _ in range(4)]
        text = min(map(self._filled, starts), key=lambda one: abs(length - len(one) - 1))
        for tail in self._tails(parts["tails"]):
            if len(text) + 1 >= length - 8:
                break
            if len(text) + len(tail) <= length + 14:
                text += tail
        return f"{text[0].upper()}{text[1:]}."

    def _start(self, parts: dict[str, Any]) -> str:
        chance = self.chance
        opener = chance.choice(parts["openers"]) if chance.random() < 0.5 else ""
        return f"{opener}{chance.choice(parts['subjects'])} {chance.choice(parts['acts'])}"

    def _tails(self, tails: Sequence[str]) -> Iterator[str]:
        yield from map(self._filled, self.chance.sample(tails, len(tails)))

    def _filled(self, part: str) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1]), part)

    def _slot(self, name: str) -> str:
        chance, parts = self.chance, words()[self.language]
        if name in {"body", "other"}:
            return self._body(self.known[0] if name == "body" else chance.choice(self.known[1:]))
        if name in {"town", "person"} and self.marked and chance.random() < 0.3:
            return str(chance.choice(words()["marks"]))
        if name in _LISTS:
            return str(chance.choice(parts[_LISTS[name]]))
        drawn = {
            "town": lambda: chance.choice(self.towns),
            "person": lambda: f"{invented(chance, 2)} {invented(chance, 3)}",
            "n": lambda: str(chance.randint(3, 60)),
            "year": lambda: str(self.year - chance.randint(0, 2)),
        }
        return drawn[name]()

    def _body(self, body: tuple[str, str]) -> str:
        full, short = body
        if short not in self._met:
            self._met.add(short)
            return f"{full} ({short})"
        return short if self.chance.random() < 0.6 else full
