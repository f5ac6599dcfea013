"""A text that was pasted, and is an export of several articles: to be told, not analysed as one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from newsnlp.ingest.archives import europresse, factiva, iramuteq, nexis
from newsnlp.ingest.opened import HEAD_BYTES, Head, Opened

if TYPE_CHECKING:
    from newsnlp.ingest.opened import Format

FORMATS: tuple[Format, ...] = (
    iramuteq.FORMAT,
    nexis.TEXT,
    factiva.TEXT,
    europresse.TEXT,
    europresse.HTML,
    factiva.HTML,
    nexis.HTML,
)


def several_articles(text: str) -> str | None:
    r"""Return the name of the export that a text is, None where it is none or holds one article.

    Examples
    --------
    >>> several_articles("**** *date_2024-03-12\nDeux blessés.\n**** *date_2024-03-13\nUn mort.")
    'Iramuteq corpus'
    >>> several_articles("Deux blessés à Lyon.") is None
    True
    """
    head = Head(text[:HEAD_BYTES].encode("utf-8", "replace")[:HEAD_BYTES])
    found = next((known for known in FORMATS if known.looks_like is not None and known.looks_like(head)), None)
    if found is None:
        return None
    opened = Opened.of_bytes(text.encode("utf-8", "replace"), name="the text")
    return found.name if len(list(islice(found.read(opened), 2))) > 1 else None
