"""An article as it came in: what an analysis is of."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # the annotations of fields are read, here and for datetime
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003
from typing import Any

from newsnlp.errors import ArticleError
from newsnlp.record_fields import record_to_dict
from newsnlp.safety.values import id_of_text, id_or_none, text_or_none
from newsnlp.text.stamps import parse_date

_TEXT_FIELDS = ("title", "source", "url", "author", "lang", "encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it came in.

    Parameters
    ----------
    text : str
        The raw text: every offset of the analysis points into it.
    id : str, int or UUID, optional
        Any string of up to 8 000 characters, lone surrogates written as their escapes (no file could hold them); by
        default a stable hash of the text (16 hexadecimal digits).
    title, source, url, author : str, optional
        NaN and NA, as tables have them, are None.
    published_at : str, date or datetime, optional
        Kept as a datetime.
    lang : str
        Language that the article is said to be in.
    encoding : str, optional
        What the bytes were in, where the article was read from bytes.
    extra : mapping of str to str
        What else its source tells: ``page``, ``section``, ….
    warnings : tuple of str
        What had to be guessed or replaced to read it; an analysis has them in ``meta["warnings"]``, too.

    Raises
    ------
    ArticleError
        If the text is no string, another field holds what it cannot be, or the date cannot be read.

    Examples
    --------
    >>> Article(text="Deux blessés à Lyon.").id
    '2fee94392235b47c'
    """

    text: str
    id: str = ""
    title: str | None = None
    published_at: datetime | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    lang: str = "fr"
    encoding: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            received = type(self.text).__name__  # type: ignore[unreachable]  # without a type checker it is not
            message = f"an article's text must be a str, not {received}. Hint: newsnlp.read_article()"
            raise ArticleError(message)
        try:
            text = str.__str__(self.text)  # of a subclass the characters only
            own_id = id_or_none(self.id) or id_of_text(text)
            plain: dict[str, Any] = {name: text_or_none(name, getattr(self, name)) for name in _TEXT_FIELDS}
            # An empty value says nothing, and JSON has it as null.
            given = dict(self.extra or {}).items()
            plain["extra"] = {str(key): str(value) for key, value in given if value is not None and str(value)}
            plain["warnings"] = tuple(str(told) for told in self.warnings or ())
            published_at = parse_date(self.published_at)
        except ArticleError:
            raise
        except Exception as error:  # a value may be anyone's object, whose methods fail
            message = f"a field of the article cannot be read: {type(error).__name__}"
            raise ArticleError(message) from error
        plain["lang"] = plain["lang"] or "fr"
        for name, value in {"text": text, "id": own_id, "published_at": published_at, **plain}.items():
            object.__setattr__(self, name, value)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain JSON values."""
        return record_to_dict(self)
