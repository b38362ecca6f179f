"""The seal: a digest of the whole published file, kept inside it, so that every altered or lost bit is found.

SQLite's own integrity check looks at structure and misses most single-bit flips in what people typed (309 of 400 when
measured). The `seal` table is the first one created, so its only row lies on page 2 of the file: a marker of 8 bytes
and 32 bytes of SHA-256 over the file with those 32 bytes as zeros. It is written into the finished copy, never into a
file somebody may be editing; in a working copy it is stale and means nothing. Checking it needs no SQLite, so it
comes first when a file is opened, and every format to come keeps it where it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

DIGEST_BYTES: Final = 32
MARKER: Final = b"RBseal1\x00"
EMPTY: Final = MARKER + bytes(DIGEST_BYTES)
"""The blob before it is filled in."""

_CHUNK_BYTES: Final = 1 << 20


class BrokenSealError(Exception):
    """The file is not, bit by bit, what was published; `found` tells whether a seal was there at all."""

    def __init__(self, *, found: bool) -> None:
        super().__init__()
        self.found = found


def find_seal(file: BinaryIO, page_bytes: int) -> int:
    """Return the offset of the digest in an open file; BrokenSealError when page 2 does not hold exactly one marker."""
    file.seek(page_bytes)
    page = file.read(page_bytes)
    if page.count(MARKER) != 1 or page.index(MARKER) + len(EMPTY) > len(page):
        raise BrokenSealError(found=False)
    return page_bytes + page.index(MARKER) + len(MARKER)


def read_digest(file: BinaryIO, page_bytes: int) -> bytes:
    """Return the digest an open file carries, unchecked."""
    file.seek(find_seal(file, page_bytes))
    return file.read(DIGEST_BYTES)


def read_checked(file: BinaryIO, page_bytes: int) -> Iterator[bytes]:
    """Yield the whole file in chunks while checking it; BrokenSealError at the end when it is not what was published.

    Whoever keeps the chunks has the very bytes that were checked, whatever happens to the file meanwhile.
    """
    offset = find_seal(file, page_bytes)
    file.seek(offset)
    sealed = file.read(DIGEST_BYTES)
    file.seek(0)
    digest = hashlib.sha256()
    position = 0
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(_hollow(chunk, offset - position))
        position += len(chunk)
        yield chunk
    if digest.digest() != sealed:
        raise BrokenSealError(found=True)


def check_seal(path: Path, page_bytes: int) -> bytes:
    """Return the digest of a file whose seal is whole; BrokenSealError otherwise, OSError when it cannot be read."""
    with path.open("rb") as file:
        for _chunk in read_checked(file, page_bytes):
            pass
        return read_digest(file, page_bytes)


def put_seal(path: Path, page_bytes: int) -> bytes:
    """Seal a finished copy nobody has open and return its digest."""
    with path.open("r+b") as file:
        offset = find_seal(file, page_bytes)
        file.seek(0)
        digest = hashlib.sha256()
        position = 0
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(_hollow(chunk, offset - position))
            position += len(chunk)
        file.seek(offset)
        file.write(digest.digest())
    return digest.digest()


def _hollow(chunk: bytes, start: int) -> bytes:
    """Return `chunk` with zeros where the digest, which begins at `start` of it, overlaps it."""
    first, last = max(start, 0), min(start + DIGEST_BYTES, len(chunk))
    return chunk if first >= last else chunk[:first] + bytes(last - first) + chunk[last:]
