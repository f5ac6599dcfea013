"""Articles of our own writing, bundled for the demo and the notebooks. People and events in them are invented."""

from __future__ import annotations

import json
from importlib import resources

from newsnlp.records import Article


def sample_text(name: str = "attaque_base") -> str:
    """Return the raw text of a bundled article.

    Parameters
    ----------
    name : str
        ``attaque_base``: an article as pasted from a web page, with its menus and share buttons.

    Examples
    --------
    >>> "Ménaka" in sample_text()
    True
    """
    return resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")


def sample_corpus() -> list[Article]:
    """Return 64 short articles about 13 invented events, by five invented sources, in order of publication.

    Several sources tell each event as it goes on, some with the same wire copy under another headline. The id
    begins with the event's name (``seisme-3``).

    Examples
    --------
    >>> len({article.id.partition("-")[0] for article in sample_corpus()})
    13
    """
    lines = resources.files(__name__).joinpath("corpus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Article(**{key: value for key, value in row.items() if key != "event"}) for row in rows]
