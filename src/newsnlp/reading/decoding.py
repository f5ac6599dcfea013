"""From bytes to text: marks, declarations, UTF-8 with a broken byte, and the one-byte encodings of French."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from newsnlp.errors import ArticleError, EncodingError

# A novel has about 1 MB. Beyond this a file is no article but a corpus, or not text at all.
MAX_BYTES = 50_000_000

_LOST = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first bytes of files that are often passed for text.
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, Word or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b")) + b"\x7f"
# Of the bytes of a text so many may be control characters, or be lost: one in two hundred, of a short text one.
_MAX_BROKEN = 0.005
# Browsers read what is declared Latin-1 or ASCII as Windows-1252, which has the same letters, and typographic marks.
_NAMES = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252"}
_ACCEPTED = ("iso8859", "cp125", "mac", "ascii", "koi8")
_DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 4096
# In their order where they tell nothing apart.
_ONE_BYTE = ("windows-1252", "iso-8859-15", "mac-roman")
# So many bytes are looked at to tell encodings apart, or twenty times as many where few of them are letters.
_LOOKED_AT = 20_000
_ENOUGH = 50
# A text in UTF-16 has a zero in half of its bytes.
_MIN_WIDE = 8
_ZEROS = 0.35
_FEW_ZEROS = 0.02
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_SMALL = frozenset("àâäçéèêëîïôöùûüÿœæ")
_ALONE = frozenset("àô")
_LARGE = frozenset("ÀÂÇÉÈÊËÎÏÔÙÛŒ")
_MARKS = frozenset("«»“”‘’–—…€°§·•²³½£©®™\u00a0")
_FRENCH = _SMALL | _LARGE | _MARKS
# So many broken bytes are no accident: a part of the file is in Windows-1252.
_JOINED = 5
# Latin-1 and its kin have control characters where Windows-1252 has marks; no text uses them.
_MARKS_OF_1252 = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "replace")) != "\ufffd"
}


class Decoded(NamedTuple):
    """What bytes say, the name of their encoding, and what was replaced or guessed."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    r"""Return the text that bytes hold; a broken byte costs one character and is told.

    Parameters
    ----------
    data : bytes
        UTF-8, UTF-16, UTF-32, Windows-1252, ISO-8859-15 or Mac Roman, or what they declare.
    declared : str, optional
        The encoding that a header names. By default, what an HTML or XML document says at its beginning.

    Raises
    ------
    EncodingError
        If the bytes are no text.
    ArticleError
        If they are more than 50 MB.

    Notes
    -----
    A byte order mark comes first, then UTF-8 (whatever is declared, for no other French text looks like it), then the
    declared encoding, then the one-byte encoding that gives the most French letters inside words.

    Examples
    --------
    >>> decode("Été à Orléans".encode("cp1252")).encoding
    'windows-1252'
    >>> decode(b"\xc3\x89t\xc3\xa9 \xa9 \xc3\xa0 Lyon").warnings
    ('1 byte is not utf-8 (the first at byte 6): read as Windows-1252 inside words, else replaced by �',)
    """
    if len(data) > MAX_BYTES:
        message = (
            f"received {len(data):,} bytes; accepted: an article of at most {MAX_BYTES:,}. Hint: split the file into "
            f"articles and use newsnlp.analyze_corpus()"
        )
        raise ArticleError(message)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise EncodingError(_no_text(what))
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if marked in {"utf-16", "utf-32"}:
        return _wide(data, marked)
    if b"\x00" in data and (unmarked := _unmarked(data)):
        return _wide(data, unmarked, f"bytes without a byte order mark: read as {unmarked}")
    found = _utf_8(data, marked or "utf-8")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(1, _MAX_BROKEN * len(data)) and (b"\x00" in data or found is None or found.warnings):
        raise EncodingError(_no_text(f"binary data ({controls:,} control bytes in {len(data):,})"))
    found = found or _one_byte(data, _known(declared or _declared(data)))
    if zeros := data.count(0):
        told = f"{zeros:,} of {len(data):,} bytes are zero (the first at byte {data.index(0):,}): read as blanks"
        found = found._replace(warnings=(*found.warnings, told))
    return found


def _wide(data: bytes, encoding: str, *warnings: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count(_LOST)
    controls = len(text) - len(text.translate(dict.fromkeys(_CONTROLS)))
    # The last byte of a file cut short is lost with its other half.
    if lost + controls > max(1, _MAX_BROKEN * len(text)) or len(text) <= lost + 1:
        raise EncodingError(_no_text(f"bytes that begin like {encoding} and are not"))
    if lost:
        warnings = (*warnings, f"{lost:,} of {len(text):,} characters are not {encoding}: replaced by {_LOST}")
    return Decoded(text, encoding, warnings)


def _unmarked(data: bytes) -> str | None:
    """Return which UTF-16 bytes are that have a zero in nearly every second place."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) < _MIN_WIDE or max(even, odd) < _ZEROS * len(data) or min(even, odd) > _FEW_ZEROS * len(data):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf_8(data: bytes, encoding: str) -> Decoded | None:
    """Return bytes as UTF-8, None if they are something else; what is broken in them is replaced.

    A broken byte that Windows-1252 has for a letter in the midst of a word is that letter: files are joined of both.
    """
    text = data.decode(encoding, "surrogateescape")
    broken = _ESCAPED.search(text)
    if broken is None:
        return Decoded(text, encoding)
    start = len(text[: broken.start()].encode("utf-8", "surrogateescape"))
    found, count = mend_escaped(text)
    whole = sum(char > "\x7f" for char in text) - count
    if encoding == "utf-8" and whole < count:
        return None
    told = (
        f"{count:,} byte{'s are' if count > 1 else ' is'} not utf-8 (the first at byte {start:,}): "
        f"read as Windows-1252 inside words, else replaced by {_LOST}"
    )
    return Decoded(found, encoding, (told,))


def mend_escaped(text: str) -> tuple[str, int]:
    """Return a text that was decoded with ``surrogateescape`` without the escapes, and how many there were."""
    count = sum(map(len, _ESCAPED.findall(text)))

    def mend(match: re.Match[str]) -> str:
        letter = match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        is_inside = len(around) > 1 and around.isalpha()
        is_right = letter == "’" or (letter in _SMALL and is_inside)
        return letter if is_right or (count >= _JOINED and _FRENCH.issuperset(letter)) else _LOST

    return (_ESCAPED.sub(mend, text), count) if count else (text, 0)


def decode_part(data: bytes) -> Decoded:
    """Return the text of a part of a file, a line or a cell, whatever its other parts are in.

    Examples
    --------
    >>> decode_part("Ét\u00e9 à Orléans".encode("cp1252")).text
    'Été à Orléans'
    """
    try:
        return _utf_8(data, "utf-8") or _one_byte(data, None)
    except EncodingError:
        return Decoded(data.decode("cp1252", "replace"), "windows-1252", (f"bytes in no encoding, read as {_LOST}",))


def _declared(data: bytes) -> str:
    head = data[:_HEAD]
    found = _DECLARED.search(head) if head.lstrip()[:1] == b"<" else None
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def _known(name: str) -> str | None:
    """Return the one-byte encoding of a name, None for what text of one byte a letter cannot be in."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return _NAMES.get(codec, codec.replace("iso8859", "iso-8859")) if codec.startswith(_ACCEPTED) else None


def _one_byte(data: bytes, declared: str | None) -> Decoded:
    warnings: tuple[str, ...] = ()
    encoding = declared
    if encoding is None:
        start = _head_of_letters(data)
        scores = {name: _score(_as_one_byte(start, name)) for name in _ONE_BYTE}
        # What gives no French is what most files are in.
        encoding = max(scores, key=lambda name: scores[name]) if max(scores.values()) > 0 else _ONE_BYTE[0]
        if encoding != _ONE_BYTE[0]:
            warnings = (f"bytes without a declared encoding: read as {encoding}, which gives French letters",)
    text = _as_one_byte(data, encoding)
    lost = text.count(_LOST)
    if lost > max(1, _MAX_BROKEN * len(text)):
        raise EncodingError(_no_text("bytes that are neither UTF-8, Windows-1252, ISO-8859-15 nor Mac Roman"))
    if lost:
        warnings = (*warnings, f"{lost:,} of {len(text):,} bytes are not {encoding}: replaced by {_LOST}")
    return Decoded(text, encoding, warnings)


def _as_one_byte(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    return text.translate(_MARKS_OF_1252) if encoding.startswith("iso-8859") else text


def _head_of_letters(data: bytes) -> bytes:
    """Return the beginning of a text that holds enough letters beyond ASCII to tell its encoding."""
    for size in (_LOOKED_AT, 20 * _LOOKED_AT):
        if len(data[:size].translate(None, bytes(range(128)))) >= _ENOUGH:
            return data[:size]
    return data


def _score(text: str) -> int:
    """Return how much the letters beyond ASCII look like French in their places."""
    score = 0
    for match in _BEYOND_ASCII.finditer(text):
        char, start, end = match[0], *match.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if char in _SMALL:
            score += 2 if before.islower() or after.islower() else 1 if char in _ALONE else -1
        elif char in _LARGE:
            score += -2 if before.islower() else 1
        elif char in _MARKS:
            score += -2 if before.isalpha() and after.isalpha() and char != "’" else 1
        else:
            score -= 4 if char == _LOST or char < "\xa0" else 2
    return score


def _no_text(what: str) -> str:
    return f"received {what}; accepted: text or HTML. Hint: save it as text (.txt, UTF-8)"
