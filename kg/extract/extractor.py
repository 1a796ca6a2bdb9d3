"""From the text of a record to the names in it: one spaCy `Language` of small components.

    redactions → ids → registry → abbreviations → organisation rules → repeated → initials
    → guards → stock model (suggests only) → places → names of persons → roles

Rules read words, not statistics, and work without any model (`ner=False`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.abbreviations import Abbreviations, initials, repeated
from kg.extract.guards import Guards
from kg.extract.identifiers import known_ids
from kg.extract.lexicon import lexicon
from kg.extract.organisations import OrganisationRules
from kg.extract.passage import Known, Passage
from kg.extract.persons import PersonNames
from kg.extract.places import Gazetteer, PlaceFinder
from kg.extract.redactions import marks, redactions
from kg.extract.registry import RegistryComponent
from kg.extract.roles import roles
from kg.extract.settings import BLANK, fingerprint, models_used
from kg.extract.sheet import SHEET, Sheet, Span, sheet_of
from kg.extract.suggester import Suggester, load_recogniser
from kg.model import Fragment, Kind, Mention, Organisation, Role

Component = Callable[[Doc], Doc]

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
        self._organisations, self._places = tuple(organisations), places
        self.models = models_used(models or {}, ner=ner)
        recognisers = {
            language: load_recogniser(name)
            for language, name in self.models.items()
            if name != BLANK
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

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that an answer rests on beside the passage: see `kg.extract.settings`."""
        return fingerprint(
            organisations=self._organisations,
            places=self._places,
            programme=self._programme,
            models=self.models,
        )

    def __call__(self, fragment: Fragment) -> tuple[Mention, ...]:
        """The names in one record that stands alone, in order of field and place."""
        return self.read(Known.of([fragment]).passage(fragment))

    def extract_all(
        self,
        fragments: Sequence[Fragment],
        progress: Callable[[int], object] = lambda done: done,
    ) -> Iterator[Mention]:
        """The names in many records, record by record; *progress* is told how many are done."""
        known = Known.of(fragments)
        for done, fragment in enumerate(fragments, start=1):
            yield from self.read(known.passage(fragment))
            progress(done)

    def read(self, passage: Passage) -> tuple[Mention, ...]:
        """The names in one passage, in order of field and place. A function of it alone.

        One passage at a time, although models are a little quicker over many:
        what stands beside a text must not move a rounded number in it.
        """
        paper = sheet_of(passage.fragment, self._lexicon, marks=marks(), programme=self._programme)
        paper.identifiers, paper.small = passage.identifiers, passage.small
        paper.shapes = re.compile(passage.shapes) if passage.shapes else None
        doc = Doc(self.pipeline.vocab, words=[])
        doc.user_data[SHEET] = paper
        return _mentions(self.pipeline(doc).user_data[SHEET])


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
