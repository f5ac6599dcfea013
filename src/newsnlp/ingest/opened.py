"""A file that is being read, the formats that it may be in, and what comes out of it."""

from __future__ import annotations

import codecs
import functools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newsnlp.errors import ArticleError, SourceError
from newsnlp.ingest.cells import plain_fields, plain_value
from newsnlp.ingest.column_names import FIELDS
from newsnlp.ingest.columns import RowReader, SourceNotes
from newsnlp.ingest.failures import Failure, FailureKind, told_of
from newsnlp.ingest.streams import Meter, chunks, read_whole, wide_encoding
from newsnlp.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COMPRESSIONS = (".gz", ".bz2", ".xz", ".zip")
# Of the beginning of a file so much is looked at to tell what it is.
HEAD_BYTES = 1 << 16
# A year of one newspaper from an archive has 60 MB; the tree of one article at a time is held beside it.
MAX_ARCHIVE_BYTES = 256_000_000


def _as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("newsnlp-1252", _as_1252)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of one article, not read yet: workers decode it and take HTML apart, which costs and may go wrong.

    ``given`` are fields of `Article`, or what it has no field for, that are known of it from elsewhere.
    """

    id: str
    data: bytes
    given: Mapping[str, str | None] = field(default_factory=dict)


Item = Article | Page | Failure
T = TypeVar("T", Article | Failure, Item)


@dataclass(frozen=True)
class Head:
    """The beginning of a file, from which formats are told.

    Parameters
    ----------
    data : bytes
        Unpacked, at most 64 kB.
    suffix : str
        The extension, in small letters, under that of a compression; empty for bytes without a name.
    """

    data: bytes
    suffix: str = ""

    @functools.cached_property
    def text(self) -> str:
        """The beginning as text, whatever it is in; never the exact text, for bytes may be cut or wrong."""
        if (wide := wide_encoding(self.data)) is not None:
            return self.data.decode(wide, "replace").lstrip("\ufeff")
        # One wrong byte must not hide what all the others say: it alone is read as Windows-1252.
        return self.data.decode("utf-8-sig", "newsnlp-1252")

    @functools.cached_property
    def start(self) -> str:
        """The text from its first character that is no white space, in small letters; 2 000 characters at most."""
        return self.text[:4_000].lstrip("\ufeff \t\r\n")[:2_000].lower()


@dataclass
class Opened:
    """A file at work.

    Parameters
    ----------
    name : str
        What failures and pages are called by: its path in a folder, or its name.
    path : Path, optional
        None for bytes in memory.
    reader : RowReader
        Makes articles of rows; its notes count what could not be read.
    meter : Meter
    table : str, optional
        Table of a database, sheet of a workbook.
    """

    name: str
    path: Path | None
    reader: RowReader
    meter: Meter = field(default_factory=Meter)
    table: str | None = None
    suffix: str = ""
    content: bytes | None = None

    @classmethod
    def of_bytes(cls, data: bytes, *, name: str, suffix: str = "") -> Opened:
        """Return bytes in memory as a file."""
        return cls(name=name, path=None, reader=RowReader({}, SourceNotes()), suffix=suffix, content=data)

    @property
    def notes(self) -> SourceNotes:
        """What could not be read so far."""
        return self.reader.notes

    @functools.cached_property
    def data(self) -> bytes:
        """The whole content, unpacked.

        Raises
        ------
        SourceError
            If it cannot be read, or is larger than 256 MB.
        """
        if self.content is None:
            return read_whole(self.file, most=MAX_ARCHIVE_BYTES)
        return self.content

    @property
    def file(self) -> Path:
        """The file on the disk, for formats that are read in pieces.

        Raises
        ------
        SourceError
            If there is none.
        """
        if self.path is None:
            message = f"{self.name} can only be read from a file. Hint: save it, and pass its pathlib.Path"
            raise SourceError(message)
        return self.path

    def article(self, values: Mapping[str, Any], place: str) -> Article | Failure:
        """Return what a format found as an article.

        Parameters
        ----------
        values : mapping
            Fields of `Article`; whatever else it holds lands in ``Article.extra``. Where there is a title and no text,
            the title is the text. A date that cannot be read is counted in the notes and costs nothing else.
        place : str
            Where it stands in the file, for failures.
        """
        own_id = str(values.get("id") or "") or place
        try:
            plain = {name: plain_value(value, joint="\n" if name == "text" else ", ") for name, value in values.items()}
            title = plain.get("title")
            text = plain.pop("text", None)
            if text is None and title is not None:
                text = title
                self.notes.titles_alone += 1
            if text is None:
                return Failure(article_id=own_id, kind=FailureKind.NO_TEXT, reason="neither text nor title")
            published_at = self.reader.date(plain.pop("published_at", None))
            fields = plain_fields(plain)
            extra = {name: fields.pop(name) for name in list(fields) if name not in FIELDS}
            return Article(text=str(text), published_at=published_at, extra=extra, **fields)
        except ArticleError as error:
            return Failure(article_id=own_id, kind=FailureKind.NO_TEXT, reason=str(error))
        except Exception as error:  # noqa: BLE001  # whatever one article holds, the file goes on
            return Failure(article_id=own_id, kind=FailureKind.BAD_RECORD, reason=told_of(error))

    def failure(self, place: str, reason: str, kind: FailureKind = FailureKind.BAD_RECORD) -> Failure:
        """Return a part of the file that could not be read."""
        return Failure(article_id=place, kind=kind, reason=reason)


def warned(item: T, *told: str) -> T:
    """Return an article with these warnings added to its own; anything else as it is."""
    return replace(item, warnings=(*item.warnings, *told)) if told and isinstance(item, Article) else item


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file.

    ``looks_like`` tells it by content; files of which no format tells so are of that whose suffix they have. ``read``
    yields articles, pages and failures: never nothing in silence.
    """

    name: str  # as users know it: “Europresse, HTML”
    read: Callable[[Opened], Iterator[Item]]
    suffixes: tuple[str, ...] = ()
    looks_like: Callable[[Head], bool] | None = None


def kind_of(path: Path) -> str:
    """Return the extension that says what a file holds, under that of a compression."""
    name = path.name.lower()
    packed = next((suffix for suffix in COMPRESSIONS if name.endswith(suffix)), "")
    return Path(name.removesuffix(packed)).suffix


def head_of(path: Path) -> Head:
    """Return the beginning of a file; an empty one where it cannot be read, which whoever reads it will tell."""
    found = bytearray()
    try:
        for chunk in chunks(path):
            found += chunk
            if len(found) >= HEAD_BYTES:
                break
    except SourceError:
        pass
    return Head(bytes(found[:HEAD_BYTES]), kind_of(path))
