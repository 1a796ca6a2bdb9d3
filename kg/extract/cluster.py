"""Processes of an existing Dask cluster that read passages (`kg build --dask ADDRESS`).

Any number of machines, the answers of one process. A worker reads only where it has the rules, word
lists and models that this machine has; one that ends loses nothing, another reads what it held.

Texts and names leave this machine for the typed address. What is sent is packed here and opened by
a worker alone, so that no log of Dask quotes it; on the wire it is hidden with `tls://` only.
"""

import asyncio
import pickle
import re
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, UsageError
from kg.extract.crew import Answers, in_order, sendable
from kg.extract.passage import Passage
from kg.extract.whole import Read, Task, extractor_of
from kg.model import Mention

if TYPE_CHECKING:
    from distributed import Client, Future

    from kg.extract.extractor import Extractor

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
_AHEAD = 3  # batches waiting for each thread of the cluster, so that none is idle
#: Seconds until an address without an answer, or a cluster without workers, is given up.
WAIT = 15.0
#: All that must be the same at both ends for one to understand the other.
_SAME = ("distributed", "dask", "cloudpickle")


@dataclass(frozen=True, slots=True, repr=False)
class _Parcel:
    """What is sent, packed: Dask logs the arguments of what fails, and these have no words."""

    content: bytes

    @classmethod
    def of(cls, thing: object) -> "_Parcel":
        """Pack something."""
        return cls(pickle.dumps(thing))

    def opened(self) -> Any:
        """Unpack it."""
        # From the machine that asks this cluster to run any code that it likes.
        return pickle.loads(self.content)  # noqa: S301

    def __repr__(self) -> str:
        """Its size."""
        return f"{len(self.content)} bytes"


class ClusterError(KgError):
    """A cluster cannot read for this machine: not there, of another version, gone."""


class OtherRulesError(Exception):
    """Said by a worker that could find other names than the machine that asks."""


@dataclass(frozen=True, slots=True, repr=False)
class _Order:
    """A task for the workers, and what theirs must be equal to."""

    stamp: str
    packed: _Parcel

    def __repr__(self) -> str:
        """Its digest."""
        return self.stamp


@contextmanager
def cluster(task: Task, *, address: str) -> Iterator[Read]:
    """Let the workers of a Dask scheduler read for a task.

    Args:
        task: What to look for.
        address: Of the scheduler: `HOST:PORT`, `tcp://HOST:PORT` or `tls://HOST:PORT`. No other
            one is connected to. The keys for `tls://` are those of Dask's own configuration.

    Raises:
        UsageError: no such address, or Dask is not installed here.
        ClusterError: nobody answers there, of another version, or it ended in the middle.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            "--dask: this is no address of a Dask scheduler; expected HOST:PORT, tcp://HOST:PORT "
            "or tls://HOST:PORT, as dask scheduler prints it."
        )
    try:
        from distributed import Client
        from distributed.utils import silence_logging_cmgr
    except ImportError:
        raise UsageError(
            "--dask needs the package distributed; install it here and on the cluster: "
            'pip install "outcome-kg[cluster]"'
        ) from None
    with silence_logging_cmgr("CRITICAL"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its table of versions: ours is one line
        _refuse_others(address)
        try:
            # By way of the scheduler: no address but the typed one is connected to.
            client = Client(address, timeout=WAIT, set_as_default=False, direct_to_workers=False)
        except OSError:
            raise _nobody(address) from None
        try:
            yield _reader(client, task, address)
        finally:
            client.close(timeout=WAIT)


def _refuse_others(address: str) -> None:
    """Ask the scheduler for its versions, before anything else is said.

    A client alone waits for ever where no scheduler answers, and fails late and strangely where
    another version does.
    """
    try:
        # A thread of its own: a notebook has a loop of events in this one.
        with ThreadPoolExecutor(1) as apart:
            told = apart.submit(asyncio.run, _versions(address)).result()
        theirs = told["packages"]
    except (OSError, LookupError, AttributeError):  # a TimeoutError is an OSError
        raise _nobody(address) from None
    except (RuntimeError, TypeError, ValueError):
        if address.startswith("tls:"):
            raise ClusterError(
                f"{address}: the keys for tls:// on this machine cannot be used; name them under "
                "distributed.comm.tls in Dask's configuration."
            ) from None
        raise _nobody(address) from None
    from distributed.versions import get_versions

    ours = get_versions()["packages"]
    for name in _SAME:
        if theirs.get(name) != ours[name]:
            raise ClusterError(
                f"{address}: the scheduler has {name} {theirs.get(name)}, this machine "
                f"{ours[name]}; install the same version at both ends. Nothing was changed."
            )


async def _versions(address: str) -> Any:
    """The packages of the scheduler at an address."""
    from distributed.core import connect, send_recv
    from distributed.security import Security

    async def asked() -> Any:
        keys = Security().get_connection_args("client")
        comm = await connect(address, timeout=WAIT, **keys)
        try:
            return await send_recv(comm, op="versions", reply=True)
        finally:
            comm.abort()

    return await asyncio.wait_for(asked(), WAIT)


def _reader(client: "Client", task: Task, address: str) -> Read:
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise _no_worker(address) from None
    # By itself, and once: a batch names it, and a worker that lacks it asks another for it.
    order = client.submit(_order, _Order(_stamp(task), _Parcel.of(sendable(task))), pure=False)

    def read(passages: Sequence[Passage]) -> Iterator[tuple[Mention, ...]]:
        threads = sum(client.nthreads().values())
        return in_order(
            passages,
            send=lambda batch: _Sent(
                client, client.submit(_read_batch, order, _Parcel.of(batch), pure=False), address
            ),
            window=max(1, threads) * _AHEAD,
        )

    return read


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch that is read somewhere in the cluster."""

    client: "Client"
    future: "Future"
    address: str

    def result(self) -> Answers:
        """Wait for the answer; as long as anybody is there to give one."""
        from distributed import KilledWorker, wait

        while True:
            try:
                with self.client.as_current():
                    wait([self.future], timeout=WAIT)
                # Whoever had it may have ended since.
                answers: Answers = self.future.result(timeout=WAIT)
            except TimeoutError:
                if self.client.status != "running" or not self.client.nthreads():
                    raise _no_worker(self.address) from None
            except OtherRulesError:
                raise ClusterError(
                    f"{self.address}: a worker has another version of kg or of Python, or other "
                    "word lists or language models; install the same there. Nothing was changed."
                ) from None
            except (CancelledError, KilledWorker, OSError):
                raise ClusterError(
                    f"{self.address}: the cluster has gone, or its workers end on their own, most "
                    "often for want of memory; nothing was changed. Build again: what was read is "
                    "remembered."
                ) from None
            else:
                return answers


def _nobody(address: str) -> ClusterError:
    return ClusterError(
        f"{address}: no Dask scheduler answers there; start one, or correct the address. Nothing "
        "was changed."
    )


def _no_worker(address: str) -> ClusterError:
    return ClusterError(
        f"{address}: the scheduler has no worker; start some (dask worker {address}) and build "
        "again. Nothing was changed, and what was read is remembered."
    )


def _stamp(task: Task) -> str:
    """All that an answer rests on beside a passage: Python knows the letters of its version."""
    return f"{task.fingerprint} {sys.version_info.major}.{sys.version_info.minor}"


# --- In a worker ---------------------------------------------------------------------------------

#: The one extractor of a worker, by its stamp: models are loaded once.
_extractors: "dict[str, Extractor]" = {}
#: A worker may have many threads; spaCy's tables of words are for one.
_alone = threading.Lock()


def _order(order: _Order) -> _Order:
    return order


def _read_batch(order: _Order, batch: _Parcel) -> Answers:
    with _alone:
        if order.stamp not in _extractors:
            task: Task = order.packed.opened()
            if _stamp(task) != order.stamp:
                raise OtherRulesError
            _extractors.clear()
            _extractors[order.stamp] = extractor_of(task)
        extractor = _extractors[order.stamp]
        return [extractor.read(passage) for passage in batch.opened()]
