"""A corpus article by article: its rows in the tables, whether it is given as analyses or as frames."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from newsnlp.record_kinds import KINDS
from newsnlp.tables.cells import NOWHERE, storable_rows
from newsnlp.tables.frames import Numbering, analysis_rows, checked_frames
from newsnlp.tables.schema import CORPUS_SCHEMAS, with_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from newsnlp.records import Analysis
    from newsnlp.tables.cells import Losses, Row

    Corpus = Mapping[str, pd.DataFrame] | Analysis | Iterable[Analysis]

# What a view reads of analyses: plain values, and the texts.
_SCHEMAS = with_text(CORPUS_SCHEMAS)


@dataclass(slots=True)
class Unread:
    """Counts the articles in which nobody looked for a kind of record."""

    kind: str
    articles: int = 0
    unread: int = 0

    def see(self, article: Row) -> None:
        """Count one article."""
        self.articles += 1
        self.unread += article.get(self.kind, 0) is None

    def tell(self) -> None:
        """Warn of those that were not read, if any."""
        if self.unread:
            message = f"{self.kind} were not analysed in {self.unread} of {self.articles} articles"
            warnings.warn(message, stacklevel=4)


def rows_by_article(corpus: Corpus, losses: Losses, *names: str) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Yield the row of each article, with its text where there is one, and its rows in some other tables, in order."""
    if isinstance(corpus, Mapping):
        checked_frames(corpus, "articles", *names)
        found = {name: _by_article(corpus[name]) for name in names}
        for row in rows_of(corpus["articles"]):
            rows = {name: found[name].get(row["article_id"], []) for name in names}
            for name in names:
                numbered = KINDS[name].numbered
                if numbered is not None:
                    rows[name].sort(key=itemgetter(numbered))
            yield row, {name: _standing(some, losses) for name, some in rows.items()}
    else:
        for analysis in Numbering(losses).each(corpus):
            rows, lost = storable_rows(analysis_rows(analysis, ("articles", *names), text=True), _SCHEMAS)
            losses.update(lost)
            yield rows["articles"][0], {name: _standing(rows[name], losses) for name in names}


def _standing(rows: list[Row], losses: Losses) -> list[Row]:
    """Return the rows whose record has a start and an end, its sentence one no later: others come of broken files."""
    if not rows or "start" not in rows[0]:
        return rows
    kept = [row for row in rows if row["start"] is not None and 0 <= row["start"] < (row["end"] or 0)]
    losses[NOWHERE] += len(rows) - len(kept)
    for row in kept:
        if row.get("sentence") and not 0 <= (row["sentence_start"] or 0) <= row["start"]:
            row["sentence_start"] = row["start"]
    return kept


def _by_article(frame: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        found[row["article_id"]].append(row)
    return found


def rows_of(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows of a table as plain Python values, absent as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    for values in plain.itertuples(index=False, name=None):
        yield {
            column: value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
            for column, value in zip(plain.columns, values, strict=True)
        }
