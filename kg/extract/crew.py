"""Several processes that read passages (`kg build --jobs N`). The answers are those of one."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from kg.errors import WorkspaceError
from kg.extract.passage import Passage
from kg.extract.whole import Read, Task, alone, extractor_of
from kg.model import Mention

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor

_BATCH = 16  # passages sent at once: half a second of work with models
_AHEAD = 3  # batches waiting for each process, so that none is idle

#: What was found in each passage of a batch.
Answers = list[tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class _PlainPlaces:
    """Places as they can be sent to another process."""

    names: Mapping[str, str]
    labels: Mapping[str, str]


@contextmanager
def crew(task: Task, *, jobs: int) -> Iterator[Read]:
    """Start processes that read for a task, each with models of its own (some 300 MB with NER).

    Args:
        task: What to look for.
        jobs: How many processes; 1 reads in this one.

    Raises:
        WorkspaceError: a process ended on its own, most often for want of memory.
    """
    if jobs <= 1:
        with alone(task) as read:
            yield read
        return
    # Not forked: a fork of a process with threads may hang, and macOS and Windows do not do it.
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(sendable(task),),
    )
    try:
        yield lambda passages: _read(passages, pool=pool, window=jobs * _AHEAD)
    finally:
        pool.shutdown(cancel_futures=True)


def _read(
    passages: Sequence[Passage], *, pool: ProcessPoolExecutor, window: int
) -> Iterator[tuple[Mention, ...]]:
    try:
        yield from in_order(
            passages, send=lambda batch: pool.submit(_read_batch, batch), window=window
        )
    except BrokenProcessPool:
        raise WorkspaceError(
            "A process that was reading texts has ended, most often for want of memory; nothing "
            "was changed. Build again with fewer --jobs: what was read is remembered."
        ) from None


class Sent(Protocol):
    """A batch that somebody reads."""

    def result(self) -> Answers:
        """Wait for the answers."""
        ...


def in_order(
    passages: Sequence[Passage], *, send: Callable[[list[Passage]], Sent], window: int
) -> Iterator[tuple[Mention, ...]]:
    """Have batches read by others, and give the answers in the order of the passages.

    Args:
        passages: What to read.
        send: Hands a batch to whoever reads; does not wait.
        window: Batches under way at once: bounds the memory of both ends.
    """
    batches = iter(_in_batches(passages))
    waiting: deque[Sent] = deque()
    while True:
        for batch in islice(batches, window - len(waiting)):
            waiting.append(send(batch))
        if not waiting:
            return
        yield from waiting.popleft().result()


def _in_batches(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages in order, a few at a time."""
    for start in range(0, len(passages), _BATCH):
        yield list(passages[start : start + _BATCH])


def sendable(task: Task) -> Task:
    """The same task, made of what can be sent to another process."""
    places = _PlainPlaces(dict(task.places.names), dict(task.places.labels))
    return replace(task, places=places, models=dict(task.models))


#: The one extractor of a process of the crew: its models are loaded once.
_extractors: "list[Extractor]" = []


def _prepare(task: Task) -> None:
    _extractors[:] = [extractor_of(task)]


def _read_batch(passages: Sequence[Passage]) -> Answers:
    return [_extractors[0].read(passage) for passage in passages]
