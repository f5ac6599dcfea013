"""What the articles of one story count: every number with its role, the story's own told apart from others."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from newsnlp.counts.reconciling import reconcile
from newsnlp.counts.roles import OTHER, PART
from newsnlp.counts.statements import animals_of, counts_of
from newsnlp.tables.article_rows import rows_by_article
from newsnlp.tables.cells import told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsnlp.counts.statements import Statement
    from newsnlp.records import Analysis
    from newsnlp.tables.cells import Losses


def counted_of_story(members: Iterable[Analysis], losses: Losses) -> Iterator[tuple[Analysis, Statement]]:
    """Yield what articles, in order of publication, count of their story: no parts, nothing twice of one article.

    What could not be read as it was is counted in `losses`.
    """
    counting = [one for one in members if any(figure.event is not None for figure in one.figures)]
    rows = rows_by_article(counting, losses, "figures", "events")
    told = []
    animals = []
    for article, found in rows:
        told.append((article, counts_of(article, found)))
        animals.append(animals_of(article, found))
    reconcile(told)
    whole = {one.event for _, statements in told for one in statements if one.role not in (OTHER, PART)}
    for analysis, (_, statements), others in zip(counting, told, animals, strict=True):
        said = set()
        for one in sorted([*statements, *others], key=lambda one: one.row["start"]):
            key = (one.event, one.row.get("place"), one.row["value_min"], one.row["value_max"], one.role)
            # Of a story that counts no others, some of them are what is known.
            is_part = one.role == PART and (one.event in whole or one.row["part_of"] is not None)
            if one.role != OTHER and not is_part and key not in said:
                said.add(key)
                yield analysis, one


def warn_of_stories(losses: Losses) -> None:
    """Warn whoever asked for stories, once, of what could not be read as it was."""
    if told := told_of(losses):
        warnings.warn("; ".join(told), stacklevel=3)
