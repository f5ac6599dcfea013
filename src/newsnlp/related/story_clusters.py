"""A corpus as stories: what several articles tell of one event, and how its figures went."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.counts.told import counted_of_story, warn_of_stories
from newsnlp.errors import OptionError, shown
from newsnlp.linking import with_corpus_names
from newsnlp.records import Analysis, Article
from newsnlp.related.arrays.terms import body_of, day_of
from newsnlp.related.ranking import RankingWeights
from newsnlp.related.story_signs import signs_of
from newsnlp.related.story_stream import StoryStream
from newsnlp.safety.values import real_number, records_of, whole_number
from newsnlp.text.notices import SharedNotices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pandas as pd

# How likely an article must be to belong to a story. Set on 376 headlines of one day, 13 stories among 150 other
# articles and the bundled corpus: .05 to .1 do alike, .2 parts the reports of one event (docs/related.md).
JOINING = 0.08
# How long nobody writes about a story that goes on: a verdict, a last toll.
STORY_SILENCE = 45.0
MAX_ENTITIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFigure:
    """What one article says of the event in numbers.

    ``event`` is what befell those counted, ``role`` what the number is of: ``total``, ``previous`` (an older toll),
    ``increment``, ``cumulative`` or ``denied`` (docs/tolls.md). ``figure`` is its index in ``analysis.figures``, None
    for *un dixième décès* and what the members of a list come to.
    """

    article_id: str
    published_at: datetime | None
    source: str | None
    event: str | None
    counted: str | None
    place: str | None
    value: float | None
    value_min: float | None
    value_max: float | None
    modifier: str
    status: str
    text: str
    figure: int | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event.

    ``title`` is that of the most central article, ``entities`` the names that most of its articles share, as
    `link_entities` has them, ``figures`` what each article counts of it, in order of publication: parts and what is
    counted of other events are left out. ``span`` are the first and
    last ISO day of the event itself, as the main events of its articles (`Analysis.events`) tell them; None where no
    article does.
    """

    id: str
    title: str | None
    article_ids: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    entities: tuple[str, ...]
    figures: tuple[StoryFigure, ...]
    span: tuple[str, str] | None = None

    @property
    def days(self) -> float | None:
        """How long the story went on, from its first article to its last; None without dates."""
        first, last = day_of(self.start), day_of(self.end)
        return None if first is None or last is None else last - first

    def __len__(self) -> int:
        return len(self.article_ids)

    def to_frame(self) -> pd.DataFrame:
        """Return the figures as a DataFrame, one row a statement."""
        import pandas as pd

        names = tuple(StoryFigure.__dataclass_fields__)
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.figures], columns=list(names))


def stories(
    analyses: Iterable[Analysis | Article],
    *,
    min_size: int = 2,
    similarity: float = JOINING,
    days: float = STORY_SILENCE,
    weights: RankingWeights | None = None,
) -> list[Story]:
    """Return the stories that a corpus tells, the longest first.

    Parameters
    ----------
    analyses : iterable of Analysis
        An `Article` does too, but has no names and figures.
    min_size : int
        Stories of fewer articles are left out.
    similarity : float
        How likely an article must be to belong to a story to join it, from 0 to 1: lower joins more.
    days : float
        A story that nobody wrote about for so long is over.
    weights : RankingWeights, optional

    Returns
    -------
    list of Story
        By number of articles, then by first publication.

    Raises
    ------
    ArticleError
        If something is no article, or has records that cannot be read.
    OptionError
        If an option is not accepted.

    Notes
    -----
    One pass in order of publication, as agencies file: each article joins the likeliest story that is still going
    on, or opens its own. How likely follows from words, names, kinds of things and places in common, headlines and
    whole texts weighed apart, and from what speaks against it: countries, days and types of event that differ. Articles
    without a date come last and join any. Time grows with the number of articles: see docs/related.md. Frequencies are
    those of the corpus given: a few articles alone tell less of what is rare.

    Examples
    --------
    >>> from newsnlp import load, stories
    >>> from newsnlp.samples import sample_corpus
    >>> found = stories(load().pipe(sample_corpus()[:12]))
    >>> [len(story) for story in found][:2]
    [4, 4]
    """
    min_size = whole_number("min_size", min_size)
    similarity = real_number("similarity", similarity, most=1.0)
    days = real_number("days", days)
    given: object = weights
    if not isinstance(given, RankingWeights | None):
        message = f"weights={shown(weights)} is not accepted; give RankingWeights(...)"
        raise OptionError(message)
    found = list(
        {analysis.article.id: analysis for analysis in map(_analysis, records_of(analyses, Analysis, Article))}.values()
    )
    found.sort(key=lambda analysis: (_day(analysis), analysis.article.id))
    notices = SharedNotices()
    for analysis in found:
        notices.count(body_of(analysis))
    stream = StoryStream(similarity, days, weights or RankingWeights())
    stream.add([signs_of(analysis, notices.found) for analysis in found])
    told = [group for group in stream.members if len(group) >= min_size]
    told.sort(key=lambda group: (-len(group), group[0]))
    # One name a person and body: that half of the articles say *Macron* makes two of nobody.
    named = with_corpus_names(found)
    losses: Counter[str] = Counter()
    made = [
        _story(f"s{number}", [named[row] for row in group], [stream.central[row] for row in group], losses)
        for number, group in enumerate(told, 1)
    ]
    warn_of_stories(losses)
    return made


def _analysis(item: Analysis | Article) -> Analysis:
    return Analysis(article=item, body_spans=((0, len(item.text)),)) if isinstance(item, Article) else item


def _day(analysis: Analysis) -> float:
    day = day_of(analysis.article.published_at)
    return math.inf if day is None else day


def _story(story_id: str, members: list[Analysis], centrality: list[float], losses: Counter[str]) -> Story:
    central = members[max(range(len(members)), key=lambda place: (centrality[place], -place))]
    dates = [member.article.published_at for member in members if member.article.published_at is not None]
    dates.sort(key=lambda moment: day_of(moment) or 0.0)
    spread: Counter[str] = Counter()
    for member in members:
        spread.update({entity.name for entity in member.entities})
    shared = [
        name
        for name, count in sorted(spread.items(), key=lambda item: (-item[1], item[0]))
        if 2 * count >= len(members)
    ]
    return Story(
        id=story_id,
        title=central.article.title or next(iter((central.body or central.article.text).splitlines()), None),
        article_ids=tuple(member.article.id for member in members),
        start=dates[0] if dates else None,
        end=dates[-1] if dates else None,
        entities=tuple(shared[:MAX_ENTITIES]),
        figures=tuple(_figures(members, losses)),
        span=_span(members),
    )


def _span(members: list[Analysis]) -> tuple[str, str] | None:
    """Return the first and last day of what the articles tell first, without those of another type than most."""
    main = [member.events[0] for member in members if member.events]
    told = [one for one in main if one.when_begin and one.when_end]
    if not told:
        return None
    kind = Counter(one.type for one in told).most_common(1)[0][0]
    same = [one for one in told if one.type == kind]
    return min(str(one.when_begin) for one in same), max(str(one.when_end) for one in same)


def _figures(members: list[Analysis], losses: Counter[str]) -> Iterator[StoryFigure]:
    """Yield the counts of the story; parts of others and repeats in an article are left out."""
    for member, one in counted_of_story(members, losses):
        row = one.row
        listed = "members" in row  # of a sum, what it comes to
        yield StoryFigure(
            article_id=member.article.id,
            published_at=member.article.published_at,
            source=member.article.source,
            event=one.event,
            counted=row["counted"],
            place=row["place"],
            value=one.value if listed else row["value"],
            value_min=one.low if listed else row["value_min"],
            value_max=one.high if listed else row["value_max"],
            modifier=row["modifier"],
            status=row["status"],
            text=row["text"],
            figure=row["figure"],
            role=one.role,
        )
