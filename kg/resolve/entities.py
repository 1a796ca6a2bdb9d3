"""Nodes that somebody named → organisations with labels and an IRI, the same in whatever order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.info import plain_acronym
from kg.extract.lexicon import lexicon
from kg.extract.registry import bodies
from kg.model import Entity, Kind, Mention, MentionStatus, Organisation
from kg.resolve.learn import Knowledge, Node
from kg.resolve.naming import is_acronym
from kg.vocab import Names, digest, slug


@dataclass(slots=True)
class Named:
    """What the texts say of one node: spellings with how often; whether any was accepted."""

    full: Counter[str]
    acronyms: Counter[str]
    accepted: bool = False


def gather(settled: Iterable[tuple[Mention, Node]]) -> dict[Node, Named]:
    """Spellings by node."""
    found: dict[Node, Named] = {}
    for mention, node in settled:
        named = found.setdefault(node, Named(Counter(), Counter()))
        if is_acronym(mention.text):
            named.acronyms[plain_acronym(mention.text)] += 1
        else:
            named.full[" ".join(mention.text.split())] += 1
        named.accepted = named.accepted or mention.status is MentionStatus.ACCEPTED
    return found


def entities(
    found: Mapping[Node, Named], known: Knowledge, names: Names, *, keep_curated: bool
) -> dict[Node, Entity]:
    """One organisation for each node that was named, with its parents.

    Args:
        found: Spellings by node.
        known: What was learned; gives curated entries and their parents.
        names: Mints the IRIs.
        keep_curated: Also list curated organisations that no text names.
    """
    wanted = set(found)
    curated = {
        known.root(node): entry for node, entry in sorted(known.curated.items(), reverse=True)
    }
    ids = {entry.id: node for node, entry in known.curated.items()}
    if keep_curated:
        wanted |= set(curated)
    wanted |= _parents(wanted, known, ids)
    slugs = _slugs(sorted(wanted), found, known)
    nothing = Named(Counter(), Counter())
    result: dict[Node, Entity] = {}
    for node in sorted(wanted):
        iri = names.organisation(slugs[node])
        named = found.get(node, nothing)
        if node[0] == "curated":
            entry = known.curated[node]
            parent = ids.get(entry.part_of or "")
            part_of = None if parent is None else names.organisation(slugs[known.root(parent)])
            result[node] = _curated(iri, entry, named, names, part_of)
        else:
            parent = _chapter_of(node, named, known)
            part_of = names.organisation(slugs[parent]) if parent in slugs else None
            result[node] = _learned(iri, node, named, part_of)
    return result


def _parents(wanted: Iterable[Node], known: Knowledge, ids: Mapping[str, Node]) -> set[Node]:
    found: set[Node] = set()
    waiting = [n for n in wanted if n[0] == "curated"]
    while waiting:
        parent = ids.get(known.curated[waiting.pop()].part_of or "")
        if parent is not None and known.root(parent) not in found:
            found.add(known.root(parent))
            waiting.append(parent)
    return found


def _slugs(
    wanted: Sequence[Node], found: Mapping[Node, Named], known: Knowledge
) -> dict[Node, str]:
    """A slug for each node; where two meet, a digest completes all but curated ones."""
    plain: dict[Node, str] = {}
    for node in wanted:
        name = (
            slug(known.curated[node].id)
            if node[0] == "curated"
            else slug(_label(node, found[node]))
        )
        scope = node[2] if len(node) > 2 else ""  # noqa: PLR2004 (names and acronyms have a scope)
        plain[node] = f"{name}-{scope}" if scope else name
    holders = Counter(plain.values())
    return {
        node: name
        if holders[name] == 1 or node[0] == "curated"
        else f"{name}-{digest(' '.join(node))}"
        for node, name in plain.items()
    }


def _best(spellings: Counter[str]) -> str:
    """The spelling shown: the most frequent, capitalised before not, then by letters."""
    return min(spellings, key=lambda s: (-spellings[s], not s[:1].isupper(), -len(s), s))


def _label(node: Node, named: Named) -> str:
    if node[0] == "body":
        return node[1]
    return _best(named.full or named.acronyms)


def _learned(iri: str, node: Node, named: Named, part_of: str | None) -> Entity:
    label = _label(node, named)
    by_language: dict[str, Counter[str]] = {}
    for text, count in named.full.items():
        by_language.setdefault(lexicon().language(text), Counter())[text] += count
    labels = {lang: _best(texts) for lang, texts in sorted(by_language.items())}
    acronyms = set(named.acronyms)
    if node[0] == "body":
        body = next(b for b in bodies() if b.label == node[1])
        labels = {**dict(body.labels)}
        acronyms &= set(body.acronyms) | acronyms
    if len(labels) > 1:
        labels.pop("", None)
    shown = {label, *labels.values()}
    return Entity(
        iri=iri,
        kind=Kind.ORGANISATION,
        label=label,
        labels=tuple(sorted(labels.items())),
        acronyms=tuple(sorted(acronyms, key=lambda a: (-named.acronyms[a], a))),
        aliases=tuple(sorted(set(named.full) - shown)),
        part_of=part_of,
        status=MentionStatus.ACCEPTED if named.accepted else MentionStatus.SUGGESTED,
    )


def _curated(
    iri: str, entry: Organisation, named: Named, names: Names, part_of: str | None
) -> Entity:
    label = entry.labels[0][1] if entry.labels else (*entry.acronyms, entry.id)[0]
    acronyms = (*entry.acronyms, *sorted(set(named.acronyms) - set(entry.acronyms)))
    written = {text for _, text in entry.labels}
    aliases = (*entry.aliases, *sorted(set(named.full) - written - set(entry.aliases)))
    return Entity(
        iri=iri,
        kind=Kind.ORGANISATION,
        label=label,
        labels=entry.labels,
        acronyms=acronyms,
        aliases=aliases,
        country=names.place(entry.country) if entry.country else None,
        part_of=part_of,
        type=entry.type,
        status=MentionStatus.ACCEPTED,
        curated=True,
    )


def _chapter_of(node: Node, named: Named, known: Knowledge) -> Node | None:
    """As in "RLFDN-Maradi" is part of the RLFDN, where exactly one body bears that acronym."""
    if named.full or node[0] != "acronym":
        return None
    head, dash, _ = node[1].replace(" ", "-").partition("-")
    owners = known.everywhere(known.acronyms.get(head, {})) if dash else []
    return owners[0] if len(owners) == 1 else None
