"""What a heading means. Headings alone decide, never the values below them.

Five steps, each told: the wording itself (*exact*), the same wording in other
case, order, brackets or numbering (*folded*), a misspelling or a known wording
among neutral words (*close*), something that only a person can settle
(*doubtful*), and *unknown*. A doubtful heading counts as unknown until
`[headings]` in `kg.toml` says what it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import ConfigError
from kg.model import FIELDS
from kg.read.lexicon import get_lexicon, plain_form
from kg.read.near import How, decide
from kg.read.words import squash, unmarked, unnumbered
from kg.vocab import slug

_LONGEST_HEADING = 400


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """What one heading was taken for.

    `field` is a canonical name, or a slug of the heading where `how` is
    doubtful or unknown; `candidates` are the fields that it may be, nearest first.
    """

    heading: str
    field: str
    how: How
    candidates: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Is the heading one of the canonical fields?"""
        return self.how in {How.EXACT, How.FOLDED, How.CLOSE}

    @property
    def rank(self) -> int:
        """0 for the best kind of match."""
        return list(How).index(self.how)


@dataclass(slots=True)
class Headings:
    """The wordings that are understood: the shipped ones, behind the project's own."""

    own: Mapping[str, str] = field(default_factory=dict)
    _own_squashed: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, HeadingMatch] = field(default_factory=dict)

    @classmethod
    def load(cls, extra: Mapping[str, str] | None = None) -> "Headings":
        """The shipped wordings and the project's own, heading → canonical field.

        Raises:
            ConfigError: a heading is given to a field that does not exist.

        >>> Headings.load({"Kto": "social_actor"}).match("kto:").field
        'social_actor'
        """
        own: dict[str, str] = {}
        for heading, name in (extra or {}).items():
            canonical = name.strip().replace("-", "_")
            if canonical not in FIELDS:
                raise ConfigError(
                    f"kg.toml, [headings]: a heading is given to a field that does not exist; "
                    f"expected one of {', '.join(FIELDS)}."
                )
            own[plain_form(heading)] = canonical
        # Where two own headings fold to one, neither stands for the other.
        folded: dict[str, set[str]] = {}
        for heading, name in own.items():
            folded.setdefault(squash(heading) or heading, set()).add(name)
        squashed = {key: min(names) for key, names in folded.items() if len(names) == 1}
        return cls(own=own, _own_squashed=squashed)

    def match(self, heading: str) -> HeadingMatch:
        """What one heading means.

        >>> headings = Headings.load()
        >>> found = headings.match("coutnry")
        >>> found.field, found.how.value
        ('country', 'close')
        >>> headings.match("Sensitive").how.value
        'doubtful'
        """
        found = self._seen.get(heading)
        if found is None:
            found = self._seen[heading] = self._match(heading)
        return found

    def told(self, heading: str) -> bool:
        """Does `kg.toml` say what this heading is?"""
        plain = plain_form(heading)
        return plain in self.own or squash(plain) in self._own_squashed

    def plainly(self, text: str) -> str | None:
        """The field of a heading that is listed as it stands, case and marks apart: asked at once.

        >>> Headings.load().plainly("3. Outcome Description:"), Headings.load().plainly("Gao")
        ('description', None)
        """
        plain = plain_form(text)
        if plain in self.own:
            return self.own[plain]
        folded = squash(unnumbered(unmarked(plain)))
        found = get_lexicon().by_squash.get(folded)
        return self._own_squashed.get(folded) or (found.field if found else None)

    def _match(self, heading: str) -> HeadingMatch:
        plain = plain_form(heading)
        if plain in self.own:
            return HeadingMatch(heading, self.own[plain], How.EXACT)
        folded = squash(plain)
        if folded in self._own_squashed:
            return HeadingMatch(heading, self._own_squashed[folded], How.FOLDED)
        technical = plain.startswith(get_lexicon().technical)
        if not folded or technical or len(plain) > _LONGEST_HEADING:
            return HeadingMatch(heading, slug(plain), How.UNKNOWN)
        name, how, candidates = decide(plain)
        return HeadingMatch(
            heading, name if name and how is not How.DOUBTFUL else slug(plain), how, candidates
        )
