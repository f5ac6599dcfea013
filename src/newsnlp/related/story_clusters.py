"""A corpus as stories: what several articles tell of one event, and how its figures went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.linking import with_corpus_names
from newsnlp.records import Analysis, Article, Kind
from newsnlp.related.arrays.terms import day_of
from newsnlp.related.index import RelatedIndex
from newsnlp.related.ranking import STORY_DAYS
from newsnlp.safety.values import real_number, records_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from newsnlp.related.ranking import RankingWeights

# An article joins a story by its mean likeness to the story's closest members: one would chain stories together,
# all would part the first report of an event from the last.
CLOSEST = 3
# The least such mean. Set on the bundled corpus, full texts and headlines, alone and among 486 Wikinews articles:
# B-cubed falls from .14 on, and joins of unrelated articles double under .13 (docs/related.md).
JOINING = 0.13
MAX_ENTITIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFigure:
    """What one article says of the event in numbers."""

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
    figure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event.

    ``title`` is that of the most central article, ``entities`` the names that most of its articles share, as
    `link_entities` has them, ``figures`` what each article counts, in order of publication.
    """

    id: str
    title: str | None
    article_ids: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    entities: tuple[str, ...]
    figures: tuple[StoryFigure, ...]

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
    days: float = STORY_DAYS,
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
        How close to a story's closest members an article must be to join it: cosine of the texts plus that of
        the names, as `RelatedIndex` ranks them.
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
    One pass in order of publication, as agencies file: each article joins the closest story that is still going
    on, or opens its own. Articles without a date come last and join any. Time grows with the square of the corpus;
    see docs/related.md. Frequencies are those of the corpus given: a few articles alone tell less of what is rare.

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
    found = list(
        {analysis.article.id: analysis for analysis in map(_analysis, records_of(analyses, Analysis, Article))}.values()
    )
    found.sort(key=lambda analysis: (_day(analysis), analysis.article.id))
    # One name a person and body: that half of the articles say *Macron* makes two of nobody.
    found = with_corpus_names(found)
    index = RelatedIndex(weights=weights)
    index.add(found)
    moments = np.array([_day(analysis) for analysis in found])
    homes = np.full(len(found), -1, dtype=np.int64)
    last = np.empty(len(found))
    opened = 0
    for number, analysis in enumerate(found):
        # Rows of the index are in the order of `found`; only earlier ones have a story yet.
        likeness = index.similarity(analysis.article.id)[0][:number]
        # A mean that reaches the threshold has a member that does.
        near = np.unique(homes[:number][likeness >= similarity])
        if np.isfinite(moments[number]):
            near = near[moments[number] - last[near] <= days]
        home = _closest(homes[:number], likeness, near, similarity)
        if home is None:
            home = opened
            opened += 1
        homes[number] = home
        last[home] = moments[number]
    groups = [np.flatnonzero(homes == home).tolist() for home in range(opened)]
    told = [group for group in groups if len(group) >= min_size]
    told.sort(key=lambda group: (-len(group), group[0]))
    return [
        _story(
            f"s{number}",
            [found[i] for i in group],
            np.array([index.similarity(found[i].article.id)[0][group] for i in group]),
        )
        for number, group in enumerate(told, 1)
    ]


def _closest(
    homes: NDArray[np.int64], likeness: NDArray[np.float64], near: NDArray[np.int64], least: float
) -> int | None:
    """Return the story, of those `near`, whose closest members are most like an article on average, the last of equals.

    All stories at once: one by one, a thousand old stories cost a thousand passes over all articles.
    """
    members = np.flatnonzero(np.isin(homes, near))
    if not len(members):
        return None
    order = members[np.lexsort((likeness[members], homes[members]))]
    ends = np.append(np.flatnonzero(np.diff(homes[order])), len(order) - 1)
    sizes = np.minimum(np.diff(ends, prepend=-1), CLOSEST)
    sums = np.zeros(len(ends))
    for place in range(CLOSEST - 1, -1, -1):
        held = sizes > place
        sums[held] += likeness[order[ends[held] - place]]
    means = sums / sizes
    best = len(means) - 1 - int(np.argmax(means[::-1]))
    return int(homes[order[ends[best]]]) if means[best] >= least else None


def _analysis(item: Analysis | Article) -> Analysis:
    return Analysis(article=item, body_spans=((0, len(item.text)),)) if isinstance(item, Article) else item


def _day(analysis: Analysis) -> float:
    day = day_of(analysis.article.published_at)
    return np.inf if day is None else day


def _story(story_id: str, members: list[Analysis], likeness: NDArray[np.float64]) -> Story:
    central = members[int(np.argmax(likeness.sum(axis=1)))]
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
        figures=tuple(_figures(members)),
    )


def _figures(members: list[Analysis]) -> Iterable[StoryFigure]:
    """Yield the counts of what happened to whom; parts of other figures and repeats in an article are left out."""
    for member in members:
        said: set[tuple[Any, ...]] = set()
        for number, figure in enumerate(member.figures):
            key = (figure.event, figure.place, figure.value_min, figure.value_max)
            if figure.event is None or figure.kind != Kind.COUNT or figure.part_of is not None or key in said:
                continue
            said.add(key)
            yield StoryFigure(
                article_id=member.article.id,
                published_at=member.article.published_at,
                source=member.article.source,
                event=figure.event,
                counted=figure.counted,
                place=figure.place,
                value=figure.value,
                value_min=figure.value_min,
                value_max=figure.value_max,
                modifier=str(figure.modifier),
                status=str(figure.status),
                text=figure.text,
                figure=number,
            )
