"""Stock models, asked last and believed least: what they add is only suggested.

Of a model only its recogniser of names is loaded (its copy of the encoder
included): half the time of the whole, and the same names.
"""

import re
from collections.abc import Mapping

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus

CONFIDENCE = 0.4
_TAIL = re.compile(r"[-‑][a-zà-öø-ÿ]{2,}$")
_PERSONS = frozenset({"PERSON", "PER"})
_LONGEST = 9


def load_recogniser(name: str) -> Language:
    """A model's recogniser of names, without its tagger, parser and lemmatiser."""
    package = name.replace("-", "_")
    nlp = spacy.load(
        package,
        exclude=["tagger", "parser", "senter", "morphologizer", "attribute_ruler", "lemmatizer"],
    )
    if "ner" in nlp.pipe_names and "tok2vec" in nlp.pipe_names and not _listens(nlp):
        nlp.remove_pipe("tok2vec")
    return nlp


def _listens(nlp: Language) -> bool:
    """Whether the recogniser reads the shared encoder instead of its own."""
    architecture = str(
        nlp.get_pipe_config("ner").get("model", {}).get("tok2vec", {}).get("@architectures")
    )
    return "Listener" in architecture


class Suggester:
    """Adds what a model takes for an organisation; keeps its persons for a later component."""

    def __init__(self, lexicon: Lexicon, models: Mapping[str, Language]) -> None:
        self.lexicon = lexicon
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Ask about one record."""
        paper = sheet(doc)
        for language, nlp in sorted(self.models.items()):
            asked = [
                (part.start, text)
                for part, text in paper.slices()
                if (part.language or paper.language or "en") == language
            ]
            # The fields of one record together: see `Extractor.read` for why never more.
            answers = nlp.pipe((text for _, text in asked), batch_size=len(asked) or 1)
            for (offset, _), answer in zip(asked, answers, strict=True):
                for entity in answer.ents:
                    self._take(
                        paper, offset + entity.start_char, offset + entity.end_char, entity.label_
                    )
        return doc

    def _take(self, paper: Sheet, start: int, end: int, label: str) -> None:
        if paper.touches_mark(start, end):
            return
        if label in _PERSONS:
            paper.persons.append((start, end))
        elif label == "ORG":
            self._organisation(paper, start, end)

    def _organisation(  # noqa: PLR0911 (one return a reason)
        self, paper: Sheet, start: int, end: int
    ) -> None:
        words = [paper.words[i] for i in paper.inside(start, end)]
        while words and (
            words[0].info.determiner or not words[0].info.word or words[0].info.function
        ):
            words = words[1:]
        while words and (
            not words[-1].info.word
            or words[-1].info.text in {"'s", "’s"}
            or words[-1].info.connector
            or words[-1].info.determiner
        ):
            words = words[:-1]
        infos = [w.info for w in words]
        if len(infos) == 1 and infos[0].letters in paper.denied:
            return
        behind = paper.at(words[-1].start) + 1 if words else len(paper.words)
        if len(infos) == 1 and behind < len(paper.words) and paper.words[behind].info.digit:
            return  # "UG 14"
        ids = paper.of(Kind.OUTCOME_ID)
        if any(s.start < end and start < s.end for s in ids):
            return
        if not infos or len(infos) > _LONGEST or not infos[0].capital:
            return
        if any(_TAIL.search(i.text) for i in infos):
            return  # "UN-led"
        if any(i.stop or i.product or i.digit for i in infos) or any(
            not i.word and i.text != "&" for i in infos
        ):
            return
        if any(
            not i.capital
            and not (
                i.connector
                or i.determiner
                or i.coordination
                or i.near
                or i.adjective
                or i.text in {"'s", "’s", "&"}
            )
            for i in infos
        ):
            return
        if all(
            i.explained or i.head or i.connector or i.determiner or i.folded in self.lexicon.towns
            for i in infos
        ):
            return
        paper.add(
            Span(
                words[0].start,
                words[-1].end,
                Kind.ORGANISATION,
                "model",
                CONFIDENCE,
                MentionStatus.SUGGESTED,
            )
        )
