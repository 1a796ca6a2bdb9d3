"""The names of a whole harvest: remembered where nothing changed, read where something did."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract.memory import Memory, remembering
from kg.extract.passage import Known, Passage
from kg.extract.places import Gazetteer
from kg.extract.settings import fingerprint, models_used
from kg.model import Fragment, Mention, Organisation

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor

_AT_ONCE = 512  # passages whose answers are held together: bounds memory, not the harvest

#: Reads passages, in their order.
Read = Callable[[Sequence[Passage]], Iterator[tuple[Mention, ...]]]


@dataclass(frozen=True, slots=True)
class Task:
    """What to look for: see `Extractor` for each part."""

    organisations: tuple[Organisation, ...]
    places: Gazetteer
    ner: bool = True
    models: Mapping[str, str] = field(default_factory=dict)
    programme: str = ""

    @property
    def used(self) -> Mapping[str, str]:
        """Language → model that is asked."""
        return models_used(self.models, ner=self.ner)

    @property
    def fingerprint(self) -> str:
        """Names the rules: see `kg.extract.settings`."""
        return fingerprint(
            organisations=self.organisations,
            places=self.places,
            programme=self.programme,
            models=self.used,
        )


#: Starts who reads for a task; called once, and only where something is unread.
Crew = Callable[[Task], AbstractContextManager[Read]]


def find_names(
    fragments: Sequence[Fragment],
    task: Task,
    *,
    memory: Path | None = None,
    crew: Crew | None = None,
    progress: Callable[[int], object] = lambda done: done,
) -> Iterator[tuple[Mention, ...]]:
    """The names in each record of a harvest, record by record.

    Args:
        fragments: All records: what one does not tell is asked of the others.
        task: What to look for.
        memory: File of what earlier builds found; None remembers nothing.
        crew: Who reads what is not remembered; None: this process. Whoever
            reads, the answer is the same.
        progress: Told how many records are done.

    spaCy and its models are loaded where something is unread, and only then.
    """
    known, stamp, done = Known.of(fragments), task.fingerprint, 0
    with remembering(memory) as remembered, ExitStack() as stack:

        @cache
        def reader() -> Read:
            return stack.enter_context((crew or alone)(task))

        stream = iter(fragments)
        while some := [known.passage(f) for f in islice(stream, _AT_ONCE)]:
            for found in _answers(some, stamp, memory=remembered, reader=reader):
                yield found
                done += 1
                progress(done)
        remembered.forget_others()


def _answers(
    passages: Sequence[Passage], stamp: str, *, memory: Memory, reader: Callable[[], Read]
) -> Iterator[tuple[Mention, ...]]:
    asked = [(passage.digest(stamp), passage) for passage in passages]
    recalled = memory.recall(asked)
    unread = [pair for pair, answer in zip(asked, recalled, strict=True) if answer is None]
    read = reader()([passage for _, passage in unread]) if unread else iter(())
    fresh = []
    for (digest, _), answer in zip(asked, recalled, strict=True):
        if answer is None:
            found = next(read)
            fresh.append((digest, found))
            yield found
        else:
            yield answer
    memory.keep(fresh)


@contextmanager
def alone(task: Task) -> Iterator[Read]:
    """This process reads."""
    extractor = extractor_of(task)
    yield lambda passages: map(extractor.read, passages)


def extractor_of(task: Task) -> "Extractor":
    """Load what a task needs."""
    from kg.extract.extractor import Extractor

    return Extractor(
        organisations=task.organisations,
        places=task.places,
        ner=task.ner,
        models=task.models,
        programme=task.programme,
    )
