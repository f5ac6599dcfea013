"""Who says what in a corpus: figures with their sources, quotations with what stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.render.labels_fr import EVENTS
from newsnlp.tables.article_rows import Unread, rows_by_article
from newsnlp.tables.cells import TIMEZONE
from newsnlp.tables.frames import warn_of
from newsnlp.tables.quote_views import DAY, table_of
from newsnlp.tables.schema import INSTANT, INTEGER, NUMBER, TEXT
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from newsnlp.tables.article_rows import Corpus
    from newsnlp.tables.cells import Losses, Row

CLAIMS = {
    "article_id": TEXT,
    "day": DAY,
    "outlet": TEXT,
    "speaker": TEXT,
    "name": TEXT,
    "role": TEXT,
    "organisation": TEXT,
    "source_kind": TEXT,
    "via": TEXT,
    "status": TEXT,
    "cue_kind": TEXT,
    "text": TEXT,
    "value": NUMBER,
    "value_min": NUMBER,
    "value_max": NUMBER,
    "modifier": TEXT,
    "kind": TEXT,
    "unit": TEXT,
    "counted": TEXT,
    "event": TEXT,
    "place": TEXT,
    "when": TEXT,
    "quoted": TEXT,
    "sentence": TEXT,
    "figure": INTEGER,
    "quote": INTEGER,
}
IN_CONTEXT = {
    "article_id": TEXT,
    "title": TEXT,
    "url": TEXT,
    "outlet": TEXT,
    "published_at": INSTANT,
    "speaker": TEXT,
    "name": TEXT,
    "role": TEXT,
    "organisation": TEXT,
    "country": TEXT,
    "source_kind": TEXT,
    "cue": TEXT,
    "cue_kind": TEXT,
    "kind": TEXT,
    "text": TEXT,
    "before": TEXT,
    "sentence": TEXT,
    "after": TEXT,
    "figures": TEXT,
    "quote": INTEGER,
    "start": INTEGER,
    "end": INTEGER,
}
# Characters around a quotation in which the sentences before and after it are looked for.
AROUND = 600
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0]*[»”\"]?\s+(?=[A-ZÀ-Þ«“\"–—-])|\n+")


def claims(corpus: Corpus, about: str | Iterable[str] | None = None, *, timezone: str = TIMEZONE) -> pd.DataFrame:
    """Return who says which figure: one row a figure that somebody gives, in the order of the texts.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
    about : str, or iterable of str, optional
        Only figures of which one of these is said, as whole words, whatever the capitals and accents: what is counted,
        the event (``killed``, ``morts``), the place, the sentence, the title or a topic of the article.
    timezone : str
        Whose days.

    Returns
    -------
    DataFrame
        ``speaker`` is the source as the text words it, ``name``, ``role``, ``organisation``, ``source_kind`` who that
        is; ``via`` who passes it on; ``status`` and ``cue_kind`` how it is said; ``quoted`` the quotation that it
        stands in. ``figure`` and ``quote`` are their numbers in the analysis.

    Examples
    --------
    >>> from newsnlp import load, claims
    >>> text = "La CGT annonce 3 000 manifestants à Lyon. Selon la police, ils étaient 1 200. Il y a eu deux blessés."
    >>> print(claims(load()(text), about="Lyon")[["speaker", "value", "counted"]].to_csv(index=False), end="")
    speaker,value,counted
    CGT,3000.0,manifestants
    """
    phrases = [about] if isinstance(about, str) else about
    wanted = None if phrases is None else [_whole_words(phrase) for phrase in phrases]
    rows: list[Row] = []
    losses: Losses = Counter()
    counted = Unread("figures")
    for article, found in rows_by_article(corpus, losses, "entities", "quotes", "figures", "topics"):
        counted.see(article)
        entities = {row["entity_id"]: row for row in found["entities"]}
        quotes = {row["quote"]: row for row in found["quotes"]}
        topics = [row["name"] for row in found["topics"]]
        for row in found["figures"]:
            quote = quotes.get(row["quote"], {})
            speaker = row["source"] or quote.get("speaker")
            if speaker is None or (wanted is not None and not _is_about(wanted, article, topics, row)):
                continue
            entity = entities.get(row["source_id"] or quote.get("entity_id"), {})
            rows.append(
                {column: row.get(column) for column in CLAIMS}
                | {column: entity.get(column) for column in ("name", "role")}
                | {column: quote.get(column) for column in ("organisation", "cue_kind")}
                | {
                    "day": article["published_at"],
                    "outlet": article["source"],
                    "speaker": speaker,
                    "source_kind": row["source_kind"] or quote.get("source_kind"),
                    "quoted": quote.get("text"),
                }
            )
    counted.tell()
    table = table_of(rows, CLAIMS, timezone, losses)
    warn_of(losses)
    return table


def quotes_in_context(corpus: Corpus) -> pd.DataFrame:
    """Return every quotation with what a fact-checker needs beside it: who, where, and the sentences around.

    Parameters
    ----------
    corpus : dict of DataFrame, or iterable of Analysis
        Of frames the sentences ``before`` and ``after`` are known where ``articles`` has the ``text``.

    Returns
    -------
    DataFrame
        One row a quotation, in the order of the texts; ``figures`` are those that it states, joined with ``" | "``.
        `write_view` makes a CSV of it that a spreadsheet runs no formula of.

    Examples
    --------
    >>> from newsnlp import load, quotes_in_context
    >>> text = "Le feu est éteint. « Douze maisons ont brûlé », a déclaré le maire. L'enquête commence."
    >>> print(quotes_in_context(load()(text))[["speaker", "before", "after"]].to_csv(index=False), end="")
    speaker,before,after
    le maire,Le feu est éteint.,L'enquête commence.
    """
    rows: list[Row] = []
    losses: Losses = Counter()
    counted = Unread("quotes")
    for article, found in rows_by_article(corpus, losses, "quotes", "figures"):
        counted.see(article)
        stated: dict[int, list[str]] = defaultdict(list)
        for figure in found["figures"]:
            stated[figure["quote"]].append(figure["text"] or "")
        for row in found["quotes"]:
            before, after = _neighbours(article.get("text"), row)
            rows.append(
                {column: row.get(column) for column in IN_CONTEXT}
                | {column: article[column] for column in ("title", "url", "published_at")}
                | {"outlet": article["source"], "before": before, "after": after}
                | {"figures": LIST_SEPARATOR.join(stated[row["quote"]]) or None}
            )
    counted.tell()
    table = table_of(rows, IN_CONTEXT, losses=losses)
    warn_of(losses)
    return table


def _whole_words(phrase: str) -> re.Pattern[str]:
    """Return what finds a phrase as whole words in folded text."""
    return re.compile(rf"(?<!\w){re.escape(' '.join(fold(phrase, accents=False).split()))}(?!\w)")


def _is_about(wanted: list[re.Pattern[str]], article: Row, topics: list[str], row: Row) -> bool:
    event = (row["event"], EVENTS.get(row["event"] or ""))
    places = (row["counted"], row["place"], row["sentence"], article["title"], *event, *topics)
    said = fold("\n".join(place for place in places if place), accents=False)
    return any(pattern.search(said) for pattern in wanted)


def _neighbours(text: str | None, row: Row) -> tuple[str | None, str | None]:
    """Return the sentences before and after that of a quotation, None where there is none."""
    first, sentence = row["sentence_start"], row["sentence"]
    if text is None or first is None or not sentence:
        return None, None
    before, after = text[max(0, first - AROUND) : first].rstrip(), text[first + len(sentence) :][:AROUND].lstrip()
    last = max((end.end() for end in SENTENCE_END.finditer(before)), default=0)
    following = SENTENCE_END.search(after)
    return before[last:].strip() or None, after[: following.start() if following else None].strip() or None
