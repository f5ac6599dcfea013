"""The index of related articles that a command works with: a saved one, or one made of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import newsnlp
from newsnlp.command.running import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsnlp.pipeline import Pipeline
    from newsnlp.records import Article
    from newsnlp.related import RelatedIndex


def index_of(source: str, model: str, entities: str) -> tuple[RelatedIndex, Pipeline | None]:
    """Return a saved index, or one of the articles of a source and what analysed them; tell what cannot be read."""
    from pathlib import Path

    if (Path(source) / "CURRENT").exists():
        return newsnlp.RelatedIndex.load(source), None
    from newsnlp.corpus import Failure, read_source

    index = newsnlp.RelatedIndex()
    failed: list[Failure] = []

    def readable() -> Iterator[Article]:
        for item in read_source(source).articles():
            if isinstance(item, Failure):
                failed.append(item)
            else:
                yield item

    nlp = newsnlp.load(model, entities=entities)
    index.add(nlp.pipe(readable()))
    if failed:
        first = failed[0]
        note(f"warning: {len(failed)} not read; first {first.article_id}: {first.reason}")
    return index, nlp
