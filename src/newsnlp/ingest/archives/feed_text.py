"""The bytes of a feed as XML that a strict parser reads: decoded, without declarations, its small mistakes mended.

What had to be replaced is marked by a character of the last private plane, one a byte, so that each item can tell its
own. Nothing is expanded: of entities only those of one character are read, and these are written out here.
"""

from __future__ import annotations

import codecs
import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

from newsnlp.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT_TAGS = frozenset({"rss", "feed", "RDF", "channel"})
# Marks stand for the bytes 0 to 255: those of a control character, or those that are not of the declared encoding.
_MARK = 0x10F700
_MARKS = re.compile(f"[{chr(_MARK)}-{chr(_MARK + 0xFF)}]")
_FIRST_OF_1252 = 0x80

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Names of encodings of text. Python knows others, which are none (zip, rot13) or hide what stands there (utf-7).
_TEXT_ENCODINGS = re.compile(
    r"(us-?ascii|iso|latin|windows|cp\d|mac|koi8|big5|gb|euc|shift|ks_|utf-?(8|16|32))", re.IGNORECASE
)
_LATIN = re.compile(r"(us-?)?ascii|iso-?8859-1|latin-?1|windows-1252|cp-?1252", re.IGNORECASE)
_WIDE = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_ROOT = re.compile(rf"<!--|<(?:[\w.-]+:)?(?:{'|'.join(sorted(ROOT_TAGS))})\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
_ENTITY = re.compile(r"<!ENTITY\s+(?:([\w.-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>)?")
# Where bare signs stand as they are, what is mended, and what XML knows.
_PLACES = re.compile(
    r"(?P<open><!\[CDATA\[|<!--)|&(?:(?P<name>[A-Za-z][A-Za-z0-9]{0,40})|#(?:(?P<number>\d{1,7})|[xX](?P<hex>[0-9a-fA-F]{1,6})));|&"
)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)


def xml_of(name: str, data: bytes) -> bytes:
    """Return a feed from its first element on, in UTF-8; what stands before it (declarations, warnings) is left out.

    Raises
    ------
    SourceError
        If it has no element of a feed, or declares entities of more than one character.
    """
    text = _decoded(data)
    start = _root_of(text)
    if start is None:
        told = "it has no items"
        if re.search(r"<html\b|<!doctype html", text[:2_000], re.IGNORECASE):
            title = _TITLE.search(text[:10_000])
            told = f"an HTML page{f' ({html.unescape(title[1]).strip()!r})' if title else ''}"
        message = f"{name} is no RSS or Atom feed: {told}"
        raise SourceError(message)
    entities = _entities(name, text[:start])
    return "".join(_mended(text[start:], entities)).encode("utf-8", "replace")


def unmarked(text: str) -> tuple[str, int, int]:
    """Return a text without marks, how many bytes were read as Windows-1252, and how many were left out."""
    found = [ord(mark) - _MARK for mark in _MARKS.findall(text)]
    if not found:
        return text, 0, 0
    wrong = sum(byte >= _FIRST_OF_1252 for byte in found)
    return _MARKS.sub(lambda mark: _of_1252(ord(mark[0]) - _MARK), text), wrong, len(found) - wrong


def _of_1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace") if byte >= _FIRST_OF_1252 else ""


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(_MARK + byte) for byte in wrong), error.end


codecs.register_error("newsnlp-marked", _marked)


def _decoded(data: bytes) -> str:
    """Return the text of a feed, whatever it says that it is in: what the bytes are goes before what is declared."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return data.decode("utf-32", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if (wide := _WIDE.get(data[:2])) is not None:
        return data.decode(wide, "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    found = _ENCODING.search(data[:4_000])
    declared = found[1].decode("ascii") if found else "utf-8"
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _LATIN.fullmatch(declared):
        # Whoever declares Latin-1 writes Windows-1252: Latin-1 has control characters where that has ’ and €.
        return data.decode("cp1252", "newsnlp-marked")
    if not _TEXT_ENCODINGS.match(declared) or re.match(r"utf-?(8|16|32)", declared, re.IGNORECASE):
        declared = "utf-8"
    try:
        return data.decode(declared, "newsnlp-marked")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "newsnlp-marked")


def _root_of(text: str) -> int | None:
    """Return where the first element of a feed begins, comments aside; of a piece of a feed, its first item."""
    at = 0
    while (found := _ROOT.search(text, at)) is not None:
        if found[0] != "<!--":
            return found.start()
        if (at := text.find("-->", found.end())) < 0:
            break
    piece = _ITEM.search(text)
    return piece.start() if piece else None


def _entities(name: str, prolog: str) -> dict[str, str]:
    """Return the entities that a feed declares, each one character.

    Raises
    ------
    SourceError
        If one is anything else: a feed needs none, and an attack does.
    """
    found = {}
    for declared in _ENTITY.finditer(prolog):
        value = html.unescape(declared[2] or declared[3] or "")
        value = html.unescape(value) if value.startswith("&") else value
        if declared[1] is None or len(value) != 1:
            message = (
                f"{name} declares XML entities of more than one character: not read, feeds need none. "
                "Hint: delete the <!DOCTYPE …> at its beginning"
            )
            raise SourceError(message)
        found[declared[1]] = value
    return found


def _mended(text: str, entities: Mapping[str, str]) -> Iterator[str]:
    """Yield pieces of a text in which every & is a reference that XML knows, and no character is one it refuses."""
    text = _CONTROLS.sub(lambda sign: chr(_MARK + min(ord(sign[0]), 0x1F)), text)
    done = 0
    # Closings that are not to be found any more are not looked for again: time stays linear.
    closings = {"<![CDATA[": "]]>", "<!--": "-->"}
    while (found := _PLACES.search(text, done)) is not None:
        yield text[done : found.start()]
        done = found.end()
        if found["open"]:
            closing = closings.get(found["open"])
            end = text.find(closing, done) if closing else -1
            if end < 0:
                closings.pop(found["open"], None)
            done = max(end, done)
            yield text[found.start() : done]
        elif found["name"]:
            yield _named(found["name"], entities)
        elif found["number"] or found["hex"]:
            yield _numbered(int(found["number"] or "0") or int(found["hex"] or "0", 16))
        else:
            yield "&amp;"
    yield text[done:]


def _named(name: str, entities: Mapping[str, str]) -> str:
    if name in _OF_XML:
        return f"&{name};"
    sign = entities.get(name) or html5.get(f"{name};")
    return f"&amp;{name};" if sign is None else html.escape(sign)


def _numbered(number: int) -> str:
    # To HTML 146 is ’, what is no character �, and a control character nothing: it is to be counted.
    sign = chr(number) if 0 < number < ord(" ") else html.unescape(f"&#{number};")
    return html.escape(_CONTROLS.sub(lambda found: chr(_MARK + min(ord(found[0]), 0x1F)), sign))
