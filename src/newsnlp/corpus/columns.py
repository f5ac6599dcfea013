"""Which column of a table is which field of an article: named by the user, or guessed from common names."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, SourceError
from newsnlp.records import Article, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "published_at", "source", "url", "author", "lang")
# Names seen in exports of content systems, archives and feeds; first match wins, case and accents do not count.
COMMON_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "article_id", "articleid", "uid", "uuid", "guid", "identifiant", "doc_id", "_id"),
        "text": (
            "text",
            "texte",
            "body",
            "content",
            "contenu",
            "corps",
            "article",
            "fulltext",
            "full_text",
            "body_text",
        ),
        "title": ("title", "titre", "headline", "hed", "name"),
        "published_at": (
            "published_at",
            "date",
            "published",
            "pubdate",
            "pub_date",
            "publication_date",
            "date_publication",
            "datetime",
            "created_at",
            "updated",
        ),
        "source": ("source", "publisher", "journal", "media", "newspaper", "site", "domain"),
        "url": ("url", "link", "lien", "permalink", "href"),
        "author": ("author", "auteur", "byline", "creator", "authors", "auteurs"),
        "lang": ("lang", "langue", "language"),
    }
)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Field of an article -> column of the input."""

    columns: Mapping[str, str]

    def describe(self) -> str:
        """Return the mapping in one line, to be shown to the user."""
        return ", ".join(f"{field}={column}" for field, column in self.columns.items())

    def article(self, row: Mapping[str, Any], *, default_id: str = "") -> Article:
        """Return the row as an article.

        Raises
        ------
        ArticleError
            If the text is missing, or no text. An unreadable date does not cost the article: it is left out.
        """
        values = {field: _clean(row.get(column)) for field, column in self.columns.items()}
        text = values.pop("text", None)
        if text is None:
            message = f"no text in column {self.columns['text']!r}"
            raise ArticleError(message)
        if not isinstance(text, str):
            message = f"column {self.columns['text']!r} holds {type(text).__name__}, not text"
            raise ArticleError(message)
        try:
            published_at = parse_date(values.pop("published_at", None))
        except (ArticleError, TypeError, AttributeError):
            published_at = None
        plain = {field: str(value) for field, value in values.items() if value is not None}
        plain.setdefault("id", default_id)
        return Article(text=text, published_at=published_at, **plain)


def map_columns(available: Iterable[str], chosen: Mapping[str, str]) -> ColumnMap:
    """Return the column of each field: the user's choice, else the first common name that is there.

    Parameters
    ----------
    available : iterable of str
        The input's columns.
    chosen : mapping
        Field -> column, as the user named them (``{"text": "body"}``).

    Raises
    ------
    SourceError
        If a chosen column is not there, or no column can be the text.

    Examples
    --------
    >>> map_columns(["Titre", "corps", "Date"], {}).describe()
    'text=corps, title=Titre, published_at=Date'
    """
    names = list(dict.fromkeys(available))
    folded = {fold(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field in FIELDS:
        if field in chosen:
            if chosen[field] not in names:
                message = f"no column {chosen[field]!r} for {field}; the input has: {', '.join(names) or 'none'}"
                raise SourceError(message)
            found[field] = chosen[field]
        else:
            common = next((folded[name] for name in COMMON_NAMES[field] if name in folded), None)
            if common is not None and common not in chosen.values():
                found[field] = common
    if "text" not in found:
        message = (
            f"no column holds the text; the input has: {', '.join(names) or 'none'}. "
            "Hint: name it, as in --text body or columns={'text': 'body'}"
        )
        raise SourceError(message)
    return ColumnMap(MappingProxyType(found))


def fold(name: str) -> str:
    """Return a column name without case, accents, spaces and hyphens."""
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.replace(" ", "_").replace("-", "_")


def _clean(value: object) -> Any:
    """Return None for what a table holds where it holds nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date):
        return None if value != value else value  # noqa: PLR0124  # NaT, the absent date, differs from itself
    if isinstance(value, str):
        return value if value.strip() else None
    # pandas.NA refuses comparison, hence by name.
    return None if type(value).__name__ in {"NAType", "NaTType"} else value
