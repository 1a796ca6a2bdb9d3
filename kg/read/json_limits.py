"""How much one file of JSON may hold: counted in its bytes, before anything is built of it."""

from kg.errors import SourceError
from kg.read.decode import LONGEST_LINE
from kg.read.job import Job

# What may be built of a file in memory: brackets cost more than what stands between commas.
_MOST_BRACKETS, _MOST_COMMAS = 2_000_000, 8_000_000
_MOST_COLONS = 20_000  # behind a quotation mark, between two braces
#: Bytes of a value, and of a file: it stands in memory as text, and as what was read of it.
_LONGEST_VALUE, _LARGEST = LONGEST_LINE, 192 * 1024 * 1024
_CHUNK = _MEGABYTE = 1 << 20


def refuse_large_json(job: Job) -> None:
    """Refuse a file of which more would be built in memory than memory should hold.

    Raises:
        SourceError: it is too large, or holds a value or an object that is.
    """
    brackets = commas = run = keys = 0
    large = job.content.size > _LARGEST
    with job.content.open() as stream:
        while not large and (chunk := stream.read(_CHUNK)):
            brackets += chunk.count(b"[") + chunk.count(b"{")
            commas += chunk.count(b",")
            counts = [part.count(b'":') for part in chunk.replace(b"{", b"}").split(b"}")]
            keys = max(keys + counts[0], *counts[1:], 0)
            if keys > _MOST_COLONS:
                raise SourceError(
                    f"{job.file}: more than {_MOST_COLONS:,} keys in one object, as no harvest "
                    "has; export the records alone, one object each."
                )
            keys = keys if len(counts) == 1 else counts[-1]
            quoted = chunk.find(b'"') >= 0
            run = len(chunk) - chunk.rfind(b'"') if quoted else run + len(chunk)
            if run > _LONGEST_VALUE:
                raise SourceError(
                    f"{job.file}: a value of more than {_LONGEST_VALUE // _MEGABYTE} MB, which no "
                    "record needs; export the harvest again."
                )
    if large or brackets > _MOST_BRACKETS or commas > _MOST_COMMAS:
        raise SourceError(
            f"{job.file}: too many values for one file of JSON; split it into parts, "
            "or export it as .jsonl or .csv."
        )
