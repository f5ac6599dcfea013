"""What exports of press archives have in common: pieces of one article each, and lines that are the archive's own."""

from __future__ import annotations

import codecs
import functools
import re
from typing import TYPE_CHECKING

from newsnlp.errors import ArticleError, EncodingError, MissingExtraError
from newsnlp.ingest.failures import FailureKind, told_of
from newsnlp.ingest.opened import warned
from newsnlp.ingest.streams import MAX_RECORD_BYTES, wide_encoding
from newsnlp.lexicons import load_toml
from newsnlp.reading.decoding import decode, decode_part
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from newsnlp.ingest.opened import Head, Item, Opened

TABLES = ("notices", "labels", "headings", "languages")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|\ufffd) ?(?:copyright )?(?:19|20)\d\d\b|news[·.]\d{8}[·.]|\[additional text\]:?$", re.IGNORECASE
)
# « Copyright 2024 Le Courrier » is a notice, « Copyright : le débat reprend » may be a heading.
_COPYRIGHT = re.compile(r"copyright\W{0,3}(?:©|\(c\))?\s*(?:19|20)\d\d|copyright\W*$", re.IGNORECASE)
BROKEN_OFF = "the file breaks off within this article"


# A text is told from a table or a record by the name of its file: a column of numbers of Europresse is no export.
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".asc"})
_DATA_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".csv", ".tsv", ".json", ".jsonl", ".ndjson"})


def is_prose(head: Head) -> bool:
    """Tell whether a file may be a text export: by its name, and as it does not begin with a tag or a bracket."""
    return head.suffix in _TEXT_SUFFIXES and not head.start.startswith(("<", "{"))


def is_markup(head: Head) -> bool:
    """Tell whether a file may be an HTML export."""
    return head.suffix not in _DATA_SUFFIXES and head.start.startswith("<")


def utf8_of(data: bytes) -> bytes:
    """Return a content in bytes in which ASCII stands for itself: UTF-16 and UTF-32 are recoded."""
    if (wide := wide_encoding(data)) is not None:
        return data.decode(wide, "replace").encode("utf-8", "replace").removeprefix(codecs.BOM_UTF8)
    return data.removeprefix(codecs.BOM_UTF8)


def pieces(data: bytes, starts: list[int]) -> Iterator[bytes]:
    """Yield the pieces of a content that begin at `starts`, each up to the next."""
    for start, end in zip(starts, [*starts[1:], len(data)], strict=False):
        yield data[start:end]


def text_of_line(line: bytes) -> str:
    """Return a line as text, to tell what it is."""
    return decode_part(line).text


def read_pieces(
    opened: Opened,
    name: str,
    parts: Iterator[bytes],
    parse: Callable[[str], Mapping[str, object]],
    *,
    whole: Callable[[str], bool] = lambda _: True,
) -> Iterator[Item]:
    """Yield the article of each piece; one that cannot be read costs itself.

    Parameters
    ----------
    opened : Opened
    name : str
        Of the format, for the failure of a file in which there is no article.
    parts : iterator of bytes
        A piece an article.
    parse : callable
        Text of a piece -> fields of its article.
    whole : callable
        Tells whether the last piece is there to its end; if not, its article bears a warning.
    """
    number = 0
    held: Item | None = None
    text = ""
    any_whole = False
    for number, part in enumerate(parts, 1):
        if held is not None:
            yield held
            any_whole = any_whole or whole(text)
        place = f"article {number}"
        if len(part) > MAX_RECORD_BYTES:
            reason = f"{len(part)} bytes; accepted: {MAX_RECORD_BYTES} an article"
            held = opened.failure(place, reason, FailureKind.TOO_LARGE)
            continue
        text = ""
        try:
            text, _, warnings = decode(part)
            held = warned(opened.article(parse(text), place), *warnings)
        except EncodingError as error:
            held = opened.failure(place, str(error), FailureKind.BAD_ENCODING)
        except MissingExtraError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one article does to what takes it apart, the file goes on
            held = opened.failure(place, str(error) if isinstance(error, ArticleError) else told_of(error))
        opened.meter.done += 1
    if held is not None:
        # Where no article at all has an end, the export has none.
        is_cut = (any_whole or number == 1) and not whole(text)
        yield warned(held, BROKEN_OFF) if is_cut else held
    if not number:
        reason = (
            f"{name} in which no article was found: empty, cut short, or in a layout that is not known. "
            "Hint: export it again, or save its articles as text"
        )
        yield opened.failure(opened.name, reason, FailureKind.INPUT_BROKEN)


@functools.cache
def listed(table: str) -> Mapping[str, str]:
    """Return the folded words of a table of the lexicon -> what they stand for."""
    lists = load_toml("ingest_archives.toml", tables=TABLES)[table]
    return {fold(word, accents=False): name for name, known in lists.items() for word in known}


@functools.cache
def _openings() -> tuple[str, ...]:
    return tuple(word for word in listed("notices") if word != "copyright")


def is_notice(line: str) -> bool:
    """Tell whether a line is the archive's own: rights, certificates, numbers of documents.

    Examples
    --------
    >>> is_notice("© 2024 Le Courrier des Alpes. Tous droits réservés."), is_notice("© Photo : J. Roux")
    (True, False)
    """
    start = line.lstrip(" *_|\u00a0")
    if _RIGHTS.match(start) or _COPYRIGHT.match(start):
        return True
    return fold(start[:80], accents=False).startswith(_openings())


def without_notices(lines: list[str]) -> list[str]:
    """Return lines without the archive's own at their end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_notice(lines[end - 1])):
        end -= 1
    return lines[:end]


def language_of(name: str | None) -> str | None:
    """Return the code of a language by its name, None where it is not known.

    Examples
    --------
    >>> language_of("FRENCH; FRANÇAIS"), language_of("Klingon")
    ('fr', None)
    """
    known = listed("languages")
    names = re.split(r"[;,/]", fold(name or "", accents=False))
    return next((known[word.strip()] for word in names if word.strip() in known), None)


def words_in(text: str | None) -> str | None:
    """Return the number of words that an archive tells: « 1 250 mots » -> « 1250 »."""
    found = re.search(r"\d[\d\s.,\u00a0\u202f]*", text or "")
    return re.sub(r"\D", "", found[0]) if found else None


def without_by(author: str | None) -> str | None:
    """Return a signature without the « Par » before it, None where nothing is left."""
    stripped = re.sub(r"^(?:par|by|de|auteur ?:)\s+", "", (author or "").strip(" \u00a0,;.|"), flags=re.IGNORECASE)
    return stripped or None
