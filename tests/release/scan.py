"""Looks for a word in files, names of files and outputs, however it may be written there."""

import base64
import binascii
import html
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

_BLOB = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
_DEPTH = 3  # an archive in a page in an archive


def encodings(word: str) -> dict[str, tuple[bytes, ...]]:
    """Ten ways to write a word, as bytes; base64 in its three alignments."""
    raw = word.encode()
    return {
        "raw": (raw,),
        "decomposed": (unicodedata.normalize("NFD", word).encode(),),
        "case folded": (word.casefold().encode(), word.upper().encode()),
        "percent": (quote(word, safe="").encode(), quote(word, safe="").lower().encode()),
        "html": (
            html.escape(word).encode(),
            "".join(f"&#{ord(c)};" for c in word).encode(),
            "".join(f"&#x{ord(c):x};" for c in word).encode(),
        ),
        "json": (
            json.dumps(word)[1:-1].encode(),
            "".join(f"\\u{ord(c):04x}" for c in word).encode(),
        ),
        "base64": tuple(_aligned(raw, offset) for offset in range(3)),
        "hex": (binascii.hexlify(raw), binascii.hexlify(raw).upper()),
        "utf-16": (word.encode("utf-16-le"), word.encode("utf-16-be")),
        "gzip": (),  # looked for inside, see `contents`
    }


def _aligned(raw: bytes, offset: int) -> bytes:
    """What of a word's base64 does not depend on what stands around it."""
    text = base64.b64encode(b"\0" * offset + raw)
    begin = 0 if offset == 0 else 4
    end = len(text) - 4 if (offset + len(raw)) % 3 else len(text)
    return text[begin:end]


def contents(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """A file and all that can be unpacked from it: gzip, zip, base64 of either."""
    yield data
    if depth == 0:
        return
    for start in (m.start() for m in re.finditer(rb"\x1f\x8b\x08", data)):
        try:  # what stands behind the stream does not matter
            yield from contents(zlib.decompressobj(wbits=31).decompress(data[start:]), depth - 1)
        except zlib.error:
            continue
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from contents(archive.read(name), depth - 1)
    for blob in _BLOB.finditer(data):
        try:
            unpacked = base64.b64decode(blob[0] + b"=" * (-len(blob[0]) % 4))
        except (binascii.Error, ValueError):
            continue
        if unpacked[:2] in (b"\x1f\x8b", b"PK"):
            yield from contents(unpacked, depth - 1)


def found_in(data: bytes, word: str) -> list[str]:
    """In which encodings a word stands in some bytes, or in what they hold."""
    hits = []
    for number, part in enumerate(contents(data)):
        for name, forms in encodings(word).items():
            if any(form and form in part for form in forms):
                hits += [name, *(["gzip"] if number else [])]
    return hits


def leaks(folder: Path, words: list[str]) -> list[tuple[str, str, str]]:
    """(path, word, encoding) of every hit below a folder, names of files included."""
    hits = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder)).encode()
        data = path.read_bytes() if path.is_file() else b""
        for word in words:
            hits += [(name.decode(), word, how) for how in found_in(name, word)]
            hits += [(name.decode(), word, how) for how in found_in(data, word)]
    return hits
