"""What callers ask by: ids, kinds, records; checked, and told what is wrong with them."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsnlp.errors import OptionError, UnknownIdError, shown
from newsnlp.records import Analysis, Article
from newsnlp.related.ranking import RelationKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from newsnlp.related.arrays.columns import Columns

# Ids that are compared with one that is not held, for a hint.
MOST_COMPARED = 2000


def row_of(columns: Columns, article_id: object) -> int:
    """Return the row of an article that is held.

    Raises
    ------
    UnknownIdError
        If it is not; the nearest id is named.
    """
    if not isinstance(article_id, str):
        message = f"an id is a str, not {type(article_id).__name__}. Hint: str({shown(article_id)[:40]})"
        raise UnknownIdError(message)
    row = columns.find(article_id)
    if row is None:
        # Comparing with a hundred thousand ids would take seconds: those that begin alike do.
        alike = (known for known in columns.ids if known[:2] == article_id[:2])
        near = difflib.get_close_matches(article_id, list(itertools.islice(alike, MOST_COMPARED)), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "pass the text or its analysis instead"
        message = f"no article {article_id!r:.80} among the {columns.alive_count} that are held. Hint: {hint}"
        raise UnknownIdError(message)
    return row


def ids_of(option: str, ids: object) -> list[str]:
    """Return ids as a list, be they one or several; read before the turn begins."""
    if isinstance(ids, str):
        return [ids]
    if isinstance(ids, Iterable) and not isinstance(ids, bytes):
        listed = list(ids)
        if all(isinstance(item, str) for item in listed):
            return listed
    message = f"{option}={shown(ids)} is not accepted; give ids, each a str"
    raise OptionError(message)


def article_of(query: Analysis | Article) -> Article:
    """Return the article itself."""
    return query.article if isinstance(query, Analysis) else query


def kinds_of(kinds: Collection[str] | None) -> frozenset[RelationKind]:
    """Return the kinds that are wanted: all, where none is named."""
    if kinds is None:
        return frozenset(RelationKind)
    wanted = ids_of("kinds", kinds)
    for kind in wanted:
        if kind not in set(RelationKind):
            raise OptionError.unknown("kinds", kind, (str(known) for known in RelationKind))
    return frozenset(RelationKind(kind) for kind in wanted)
