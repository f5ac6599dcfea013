"""Word and RTF files as paragraphs of text (extras ``docx`` and ``rtf``)."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from newsnlp.errors import MissingExtraError, SourceError
from newsnlp.ingest.failures import told_of
from newsnlp.ingest.streams import expansion_limit

# The table of fonts costs the library quadratic time where it is hostile; without it, letters are in the code page of
# the file, which French needs no other than.
_FONTS = re.compile(r"\\fonttbl\b", re.IGNORECASE)
# So that its pattern for links, quadratic in a line too, never matches: the address of a link is no text.
_FIELD = re.compile(r"(\\fldinst)(?=\{)", re.IGNORECASE)


def blocks_of_docx(data: bytes, name: str) -> list[list[str]]:
    """Return the paragraphs of a Word file, each as its lines; rows of tables with `` | `` between their cells.

    Raises
    ------
    MissingExtraError
        If the extra ``docx`` is not installed.
    SourceError
        If it is no Word file, or unpacks beyond reason.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError.named("docx", "Reading a Word file") from error
    try:
        _refuse_bomb(data, name)
        return [block for item in docx.Document(io.BytesIO(data)).iter_inner_content() for block in _blocks(item)]
    except SourceError:
        raise
    except (
        Exception
    ) as error:  # a damaged file raises what its reader happens to meet: KeyError, BadZipFile, ValueError
        message = f"{name} is no Word file that can be read: {told_of(error)}. Hint: open it in Word and save it again"
        raise SourceError(message) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > expansion_limit(len(data)):
        message = f"{name}: {len(data)} bytes expand to {size}: taken for a zip bomb"
        raise SourceError(message)


def _blocks(item: Any) -> list[list[str]]:
    if hasattr(item, "rows"):
        rows = [
            " | ".join(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)) for row in item.rows
        ]
        return [[row] for row in rows if row.strip(" |")]
    lines = [line.strip() for line in item.text.split("\n")]
    return [kept] if (kept := [line for line in lines if line]) else []


def text_of_rtf(data: bytes, name: str) -> str:
    """Return the text of an RTF file; cells of tables end in ``|``.

    Raises
    ------
    MissingExtraError
        If the extra ``rtf`` is not installed.
    SourceError
        If it cannot be read.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtraError.named("rtf", "Reading an RTF file") from error
    source = _FIELD.sub(r"\1 ", _FONTS.sub(r"\\filetbl", data.decode("cp1252", "replace")))
    try:
        text: str = rtf_to_text(source, errors="replace")
    except Exception as error:  # numbers that are no characters, words without their numbers
        message = f"{name} is no RTF file that can be read: {told_of(error)}. Hint: open it and save it as text"
        raise SourceError(message) from error
    # Characters beyond the first 65 536 are written as halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
