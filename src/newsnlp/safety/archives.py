"""Zip archives that documents and workbooks are: what unpacks beyond reason is not unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile

# A part that unpacks to more than this many times its size is a bomb; sheets of 20 000 rows of one repeated sentence of
# 1 500 characters, the longest there is, unpack to 49 times (2026-11). Small ones do no harm.
MAX_RATIO = 200
HARMLESS_BYTES = 20_000_000
# All parts together: the libraries hold them, or what they make of them, in memory.
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_PARTS = 100_000


def bomb_in(archive: zipfile.ZipFile) -> str | None:
    """Return what is wrong with an archive that should not be unpacked, None where nothing is."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    large = next((part for part in parts if part.file_size > max(HARMLESS_BYTES, MAX_RATIO * part.compress_size)), None)
    if large is not None:
        return f"{large.filename[:80]} unpacks to {large.file_size:,} bytes, over {MAX_RATIO} times its size"
    if total > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        return f"its {len(parts)} parts unpack to {total:,} bytes"
    return None
