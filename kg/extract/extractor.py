"""From the text of a record to the names in it: one spaCy `Language` of small components.

    redactions → ids → registry → abbreviations → organisation rules → repeated → initials
    → guards → stock model (suggests only) → places → names of persons → roles

Rules read words, not statistics, and work without any model (`ner=False`).
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.abbreviations import Abbreviations, initials, repeated
from kg.extract.guards import Guards
from kg.extract.identifiers import Identifiers, identifiers, known_ids, shapes
from kg.extract.lexicon import data_digest, lexicon
from kg.extract.organisations import OrganisationRules
from kg.extract.persons import PersonNames
from kg.extract.places import Gazetteer, PlaceFinder
from kg.extract.redactions import marks, redactions
from kg.extract.registry import RegistryComponent
from kg.extract.roles import roles
from kg.extract.sheet import SHEET, Sheet, Span, sheet_of
from kg.extract.suggester import NAMES, Suggester, load_recogniser, model_name
from kg.model import Fragment, Kind, Mention, Organisation, Role

#: Changes with every change of a component; part of the fingerprint.
RULES = "2"

Component = Callable[[Doc], Doc]

_BATCH = 64
_SMALL_WORD = re.compile(r"(?<![\w'’.@-])[a-zà-öø-ÿ][^\W\d_]+(?![\w'’@-])")

# spaCy wants a factory for a name; the objects behind are made by `Extractor`.
_COMPONENTS = (
    "redactions",
    "identifiers",
    "registry",
    "abbreviations",
    "organisation_rules",
    "repeated",
    "initials",
    "guards",
    "model",
    "places",
    "names",
    "roles",
)


class Extractor:
    """Finds names in records. Build one and use it for all: it reads models and lists once.

    Args:
        organisations: The curated ones, found first.
        places: Known countries and regions.
        ner: Let stock models suggest; False imports none.
        models: Language → package name, before the usual ones.
        programme: The programme's name where records give none: it is no organisation.

    >>> from kg.places import Places
    >>> extractor = Extractor(organisations=(), places=Places.load(), ner=False)
    >>> extractor.models
    mappingproxy({})
    """

    def __init__(
        self,
        *,
        organisations: Sequence[Organisation],
        places: Gazetteer,
        ner: bool = True,
        models: Mapping[str, str] | None = None,
        programme: str = "",
    ) -> None:
        self._lexicon = lexicon()
        self._programme = programme
        self._organisations = tuple(organisations)
        configured = dict(models or {})
        languages = sorted({*NAMES, *configured}) if ner else []
        used = {language: model_name(language, configured=configured) for language in languages}
        self.models: Mapping[str, str] = MappingProxyType(used)
        recognisers = {
            language: load_recogniser(name) for language, name in used.items() if name != "blank"
        }
        countries = frozenset(places.names)
        self.pipeline = _pipeline(
            {
                "redactions": redactions,
                "identifiers": known_ids,
                "registry": RegistryComponent(organisations, places=countries),
                "abbreviations": Abbreviations(self._lexicon),
                "organisation_rules": OrganisationRules(self._lexicon, places=countries),
                "repeated": repeated,
                "initials": initials,
                "guards": Guards(self._lexicon),
                "model": Suggester(self._lexicon, recognisers),
                "places": PlaceFinder(self._lexicon, places),
                "names": PersonNames(self._lexicon, places=countries | self._lexicon.towns),
                "roles": roles,
            }
        )
        self._place_names = tuple(sorted(places.names.items()))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that an answer rests on beside the text: rules, models, names."""
        versions = {
            name: spacy.util.get_package_version(name) for name in sorted(set(self.models.values()))
        }
        basis = [
            RULES,
            data_digest(),
            self.pipeline.pipe_names,
            dict(self.models),
            versions,
            [asdict(o) for o in self._organisations],
            self._programme,
            self._place_names,
        ]
        return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()

    def __call__(self, fragment: Fragment) -> tuple[Mention, ...]:
        """The names in one record, in order of field and place."""
        return next(self._batches([fragment]))

    def extract_all(
        self,
        fragments: Sequence[Fragment],
        progress: Callable[[int], object] = lambda done: done,
    ) -> Iterator[Mention]:
        """The names in many records, record by record; *progress* is told how many are done.

        What one record alone does not tell is asked of all: their ids, their uncapitalised words.
        """
        for done, found in enumerate(self._batches(fragments), start=1):
            yield from found
            progress(done)

    def _batches(self, fragments: Sequence[Fragment]) -> Iterator[tuple[Mention, ...]]:
        given = [f.identifier for f in fragments if f.identifier]
        ids, shaped = identifiers(given), shapes(given)
        small = _uncapitalised(fragments)
        docs = (self._doc(fragment, ids, shaped, small) for fragment in fragments)
        for doc in self.pipeline.pipe(docs, batch_size=_BATCH):
            yield _mentions(doc.user_data[SHEET])

    def _doc(
        self,
        fragment: Fragment,
        ids: Identifiers,
        shaped: re.Pattern[str] | None,
        small: frozenset[str],
    ) -> Doc:
        paper = sheet_of(fragment, self._lexicon, marks=marks(), programme=self._programme)
        paper.identifiers, paper.shapes, paper.small = ids, shaped, small
        doc = Doc(self.pipeline.vocab, words=[])
        doc.user_data[SHEET] = paper
        return doc


def _uncapitalised(fragments: Iterable[Fragment]) -> frozenset[str]:
    """Every word that stands uncapitalised in a narrative."""
    texts = (s.text for f in fragments for s in f.narratives)
    return frozenset(word for text in texts for word in _SMALL_WORD.findall(text))


def _pipeline(components: Mapping[str, Component]) -> Language:
    """A blank `Language` with the components in the one order that they know."""
    nlp = spacy.blank("xx")
    for name in _COMPONENTS:
        factory = f"kg_{name}"
        Language.factory(factory, func=_maker(components[name]))
        nlp.add_pipe(factory, name=name)
    return nlp


def _maker(component: Component) -> Callable[[Language, str], Component]:
    def make(nlp: Language, name: str) -> Component:  # noqa: ARG001 (spaCy calls it so)
        return component

    return make


def _mentions(paper: Sheet) -> tuple[Mention, ...]:
    """Spans as mentions: offsets into the field's own text."""
    order = {part.field: number for number, part in enumerate(paper.parts)}
    found = [_mention(paper, span) for span in paper.spans]
    return tuple(sorted(found, key=lambda m: (order[m.field], m.start, m.end, m.kind.value)))


def _mention(paper: Sheet, span: Span) -> Mention:
    part = paper.part_of(span.start)
    named = span.kind is Kind.ORGANISATION
    return Mention(
        key=paper.key,
        field=part.field,
        start=span.start - part.start,
        end=span.end - part.start,
        text=paper.text[span.start : span.end],
        kind=span.kind,
        method=span.method,
        confidence=span.confidence,
        status=span.status,
        label=span.label,
        role=Role(span.role) if named and span.role else None,
        role_method=span.role_method if named else None,
        role_confidence=span.role_confidence if named else None,
        group=span.group,
    )
