"""Second half of resolution: each mention settled by the first rule that fires, whose name is kept.

| Rule | Method | Confidence |
|---|---|---|
| a person's decision about a name | decision | 1.00 |
| a curated label, its country agreeing | registry | .98 as written, .90 folded |
| an acronym or name defined in this record | abbreviation-definition | .95 |
| a person's decision whom an open name stands for | decision | 1.00 |
| a curated acronym, its country agreeing | registry-acronym | .80 |
| a name or acronym that one record defined or the world knows | known-name | .80, .78 |
| a name that says itself that it is one | organisation-rule | .70 |
| an acronym with two owners, or one of another country | … | .50, queued |
| what only a model or the look of a word says | … | suggested |

A decision whom a name stands for comes behind the definition in the same
record: "Hill Commission (HCX)" says of its own record what no line of a file,
written for all records of a country, can know better.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.aside import taken_apart
from kg.extract.info import plain_acronym
from kg.extract.lexicon import folded_words
from kg.extract.registry import ACRONYM, EXACT, FOLDED
from kg.model import Kind, Mention, MentionStatus
from kg.resolve.decisions import Verdicts
from kg.resolve.learn import Knowledge, Node, acronym_node, name_node
from kg.resolve.naming import agree, is_acronym, name_key
from kg.vocab import Names, slug

DECIDED, KNOWN, LEARNED, OPEN = 1.0, 0.8, 0.78, 0.5


@taken_apart
@dataclass(frozen=True, slots=True)
class Settled:
    """A mention with what it was settled to.

    `open_` names why it waits for a person; `owners` are those whom it may name.
    """

    mention: Mention
    node: Node | None
    open_: str | None = None
    owners: tuple[Node, ...] = ()

    @property
    def key(self) -> str:
        """Of the record in which the mention stands."""
        return self.mention.key


@dataclass(slots=True)
class Apply:
    """Settles mentions one by one; knows all that was learned and decided.

    `accepted` are keys of names that a rule accepted somewhere.
    """

    known: Knowledge
    verdicts: Verdicts
    names: Names
    accepted: frozenset[tuple[str, ...]] = frozenset()
    place_labels: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, mention: Mention, country: str | None) -> Settled:
        """Settle one mention of a record from a country (slug)."""
        if mention.kind is Kind.ORGANISATION:
            return self._organisation(mention, country)
        if mention.kind is Kind.PLACE:
            name = mention.label or mention.text
            return Settled(replace(mention, entity=self.names.place(slug(name)), label=name), None)
        return Settled(mention, None)

    def _organisation(self, mention: Mention, country: str | None) -> Settled:
        decided = self.verdicts.verdict(mention.text, country)
        if decided == "organisation":
            node = self._node(mention, country)
            return Settled(_accept(mention, "decision", DECIDED), node)
        if decided is not None:
            rejected = replace(
                mention, method="decision", confidence=DECIDED, status=MentionStatus.REJECTED
            )
            return Settled(
                replace(rejected, role=None, role_method=None, role_confidence=None), None
            )
        settled = (
            self._acronym(mention, country)
            if is_acronym(mention.text)
            else self._name(mention, country)
        )
        suggested = settled.mention.status is MentionStatus.SUGGESTED
        if suggested and self.known.is_confirmed(mention.text, country):
            return replace(settled, mention=_accept(settled.mention, "decision", DECIDED))
        return settled

    def _node(self, mention: Mention, country: str | None) -> Node:
        """Whom a mention names once it is certain that it names somebody."""
        settled = (
            self._acronym(mention, country)
            if is_acronym(mention.text)
            else self._name(mention, country)
        )
        if settled.node is not None:
            return settled.node
        if is_acronym(mention.text):
            return acronym_node(mention.text, country)
        return name_node(mention.text, country)

    def _defined(self, mention: Mention) -> Node | None:
        if mention.group is None:
            return None
        if (mention.key, mention.group, plain_acronym(mention.text)) in self.known.chapters:
            return None  # "(ADK-Goma)" beside the name of the whole: a body of its own
        node = self.known.groups.get((mention.key, mention.group))
        return None if node is None else self.known.root(node)

    def _name(  # noqa: PLR0911 (a ladder: one return a rung)
        self, mention: Mention, country: str | None
    ) -> Settled:
        owned = self.known.names.get(name_key(mention.text), {})
        owned = self.known.not_barred(mention.text, country, owned)
        curated = [n for n in owned if n[0] == "curated"]
        agreeing = sorted(n for n in curated if agree(self.known.curated[n].country, country))
        if len(agreeing) == 1:
            return Settled(self._curated(mention, agreeing[0]), self.known.root(agreeing[0]))
        chosen = self.known.chosen(mention.text, country)
        if chosen is not None:
            return Settled(_accept(mention, "decision", DECIDED), chosen)
        if agreeing:
            return _open(mention, "name-with-two-owners", agreeing)
        defined = self._defined(mention)
        if defined is not None:
            return Settled(mention, defined)
        own = name_node(mention.text, country)
        if curated and not own[2]:
            return _open(mention, "name-of-another-country", curated)
        bodies = sorted(n for n in owned if n[0] == "body")
        if bodies:
            return Settled(_accept(mention, "known-name", KNOWN), self.known.root(bodies[0]))
        if mention.status is MentionStatus.ACCEPTED and mention.method != "known-name":
            return Settled(mention, self.known.root(own))
        if owned or name_key(mention.text) in self.accepted:
            return Settled(_accept(mention, "known-name", KNOWN), self.known.root(own))
        return Settled(mention, self.known.root(own))

    def _curated(self, mention: Mention, node: Node) -> Mention:
        entry = self.known.curated[node]
        written = {*(text for _, text in entry.labels), *entry.aliases}
        exact = mention.text in written
        same = folded_words(mention.text) in {folded_words(name) for name in written}
        if not exact and not same and self._defined(mention) is not None:
            return mention  # its definition in this record is the surer ground
        return _accept(mention, "registry", EXACT if exact else FOLDED)

    def _acronym(  # noqa: PLR0911 (a ladder: one return a rung)
        self, mention: Mention, country: str | None
    ) -> Settled:
        defined = self._defined(mention)
        if defined is not None:
            return Settled(mention, defined)
        chosen = self.known.chosen(mention.text, country)
        if chosen is not None:
            return Settled(_accept(mention, "decision", DECIDED), chosen)
        owned = self.known.acronyms.get(plain_acronym(mention.text), {})
        owned = self.known.not_barred(mention.text, country, owned)
        curated = {n: where for n, where in owned.items() if n[0] == "curated"}
        stated = [n for n in curated if self.known.curated[n].country is not None]
        here = sorted(n for n in stated if agree(self.known.curated[n].country, country))
        if len(here) == 1:
            return Settled(_accept(mention, "registry-acronym", ACRONYM), self.known.root(here[0]))
        owners = self.known.owners(owned, country)
        if len(owners) == 1:
            if owners[0] in {self.known.root(n) for n in curated}:
                return Settled(_accept(mention, "registry-acronym", ACRONYM), owners[0])
            return Settled(_accept(mention, "known-name", LEARNED), owners[0])
        if len(owners) > 1:
            return _open(mention, "acronym-with-two-owners", owners)
        if owned:
            return _open(mention, "acronym-of-another-country", self.known.everywhere(owned))
        return Settled(mention, self.known.root(acronym_node(mention.text, country)))


def _accept(mention: Mention, method: str, confidence: float) -> Mention:
    return replace(mention, method=method, confidence=confidence, status=MentionStatus.ACCEPTED)


def _open(mention: Mention, why: str, owners: Iterable[Node]) -> Settled:
    waiting = replace(
        mention,
        confidence=min(mention.confidence, OPEN),
        status=MentionStatus.QUEUED,
        entity=None,
    )
    return Settled(waiting, None, why, tuple(sorted(owners)))
