"""What `kg serve` stands: `python -m benchmarks.serving [SECONDS] [--json]`.

The example, built and released, is served on loopback. One client asks library questions one
after the other; then fifty do at once. Every answer is compared with that of `kg query`; what is
no answer must be a 503 with `Retry-After`, after which the client waits as it was told. Ends with
1 where a bar is missed: a wrong row, another error, a 95th percentile of more than three times
that of one client, memory that still grows (by a twentieth) after the first third of the time.
"""

import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from benchmarks.measure import options, show
from kg.api import build
from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.query.formats import render
from kg.start import start_project

SECONDS = 60
CLIENTS = 50
#: Times the 95th percentile of one client; share by which memory may grow once all threads run.
_SLOWER, _GROWTH = 3.0, 0.05
_LOOKS = 12  # at the memory, while the clients ask
_QUESTIONS = ("organisations", "by-year", "actor-by-change", "unlinked-outcomes", "outcomes")


@dataclass
class Seen:
    """What clients met: seconds of each answer, and how many of each kind."""

    seconds: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)  # megabytes of the server, over time

    def ninety_fifth(self) -> float:
        """Seconds within which 95 of 100 answers came."""
        return statistics.quantiles(self.seconds, n=20)[-1]


async def _client(
    address: str, wanted: dict[str, str], seen: Seen, *, first: int, until: float
) -> None:
    """Ask one question after the other, as a program does that heeds `Retry-After`."""
    turn = first
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        while time.monotonic() < until:
            name = _QUESTIONS[turn % len(_QUESTIONS)]
            turn += 1
            began = time.monotonic()
            answer = await client.get(f"/questions/{name}", params={"format": "csv"})
            if answer.status_code == httpx.codes.OK:
                seen.seconds.append(time.monotonic() - began)
                seen.kinds["right" if answer.text == wanted[name] else "wrong"] += 1
            elif answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                seen.kinds["busy"] += 1
                await asyncio.sleep(float(answer.headers["retry-after"]))
            else:
                seen.kinds[f"status {answer.status_code}"] += 1


async def _clients(
    address: str, wanted: dict[str, str], *, count: int, seconds: float, server: int
) -> Seen:
    seen = Seen()
    until = time.monotonic() + seconds
    await asyncio.gather(
        *(_client(address, wanted, seen, first=one, until=until) for one in range(count)),
        _look(server, seen, every=seconds / _LOOKS),
    )
    return seen


async def _look(server: int, seen: Seen, *, every: float) -> None:
    for _ in range(_LOOKS):
        await asyncio.sleep(every)
        seen.memory.append(_resident(server))


def _resident(process: int) -> float:
    """Megabytes of memory that a process has in use."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def measure(project: Path, seconds: float) -> tuple[list[dict[str, object]], bool]:
    """Serve, ask, tell: rows for a table, and whether all bars are met."""
    harvest = Harvest(load_config(project), Audience.PUBLIC)
    wanted = {name: str(render(harvest.query(name), "csv")) for name in _QUESTIONS}
    server = subprocess.Popen(
        [sys.executable, "-m", "kg", "-q", "-C", str(project), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = next(iter(server.stdout or ()))
        address = line.split(" ", 1)[1].strip()
        asked = partial(_clients, address, wanted, server=server.pid)
        asyncio.run(asked(count=1, seconds=min(seconds, 10)))  # warm
        alone = asyncio.run(asked(count=1, seconds=min(seconds, 10)))
        many = asyncio.run(asked(count=CLIENTS, seconds=seconds))
    finally:
        server.terminate()
        server.wait()
    rows: list[dict[str, object]] = [
        {
            "clients": count,
            "answers a second": seen.kinds["right"] / span,
            "median s": statistics.median(seen.seconds),
            "95th s": seen.ninety_fifth(),
            "told to come again": seen.kinds["busy"],
            "wrong or failed": sum(seen.kinds.values()) - seen.kinds["right"] - seen.kinds["busy"],
            "MB after a third": seen.memory[_LOOKS // 3 - 1],
            "MB at the end": seen.memory[-1],
        }
        for count, seen, span in ((1, alone, min(seconds, 10)), (CLIENTS, many, seconds))
    ]
    met = (
        not rows[1]["wrong or failed"]
        and many.ninety_fifth() <= _SLOWER * alone.ninety_fifth()
        and many.memory[-1] <= (1 + _GROWTH) * many.memory[_LOOKS // 3 - 1]
    )
    return rows, met


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = options("serving", __doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=SECONDS, metavar="SECONDS")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "demo"
        start_project(project, demo=True)
        build(project=project, ner=False).release()
        rows, met = measure(project, chosen.seconds)
    show(rows, as_json=chosen.json)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
