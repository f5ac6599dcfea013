"""The words that decided on the topics of an article, found and shown."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.records import Analysis
from newsnlp.safety.values import record_of
from newsnlp.topics.features import TERM_MASS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.records import Topic
    from newsnlp.topics.features import Features
    from newsnlp.topics.model import Reading, TopicModel


# Colours keep a contrast of at least 4.5 with black text.
COLOURS = ("#a5d8ff", "#ffd8a8", "#b2f2bb", "#fcc2d7", "#d0bfff", "#ffec99")
MAX_CHARS = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """The topics of one article with their words marked in the text; shows itself in a notebook and as text."""

    analysis: Analysis

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics, best first."""
        return self.analysis.topics

    def __str__(self) -> str:
        if not self.topics:
            return "Aucun thème : le texte n'en dit pas assez."
        lines = []
        for topic in self.topics:
            words = ", ".join(topic.evidence) or "mots du titre"
            indent = "  " * (topic.level - 1)
            lines.append(f"{indent}{topic.name} ({topic.score:.2f}) : {words}".replace("\n", " "))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Explanation of {len(self.topics)} topics>"

    def _repr_html_(self) -> str:
        colours = self._colours()
        legend = "".join(
            f'<li style="margin-left:{topic.level - 1}em"><mark style="background:{colours[topic.code]}">'
            f"{html.escape(topic.name)}</mark> {topic.score:.2f} — {html.escape(', '.join(topic.evidence))}</li>"
            for topic in self.topics
        )
        return (
            '<div class="newsnlp" lang="fr" style="line-height:1.7;max-width:50em">'
            f"<ul>{legend or '<li>Aucun thème</li>'}</ul>{self._marked(colours)}</div>"
        )

    def _colours(self) -> dict[str, str]:
        found = {}
        for place, topic in enumerate(topic for topic in self.topics if topic.level == 1):
            found[topic.code] = COLOURS[place % len(COLOURS)]
        # A narrower topic bears the colour of its own evidence's first owner, or the next one.
        for topic in self.topics:
            owner = next((o for o in self.topics if o.level == 1 and _shares(o, topic)), None)
            found.setdefault(topic.code, found[owner.code] if owner else COLOURS[len(found) % len(COLOURS)])
        return found

    def _marked(self, colours: dict[str, str]) -> str:
        text = self.analysis.article.text
        marks = sorted(
            (start, end, colours[topic.code], topic.name)
            for topic in self.topics
            for start, end in topic.evidence_spans
        )
        paragraphs = []
        for first, last in self.analysis.body_spans or ((0, len(text)),):
            position, parts, limit = first, [], min(last, first + MAX_CHARS)
            for start, end, colour, name in marks:
                if start < position or end > limit:
                    continue
                parts.append(html.escape(text[position:start]))
                words = html.escape(text[start:end])
                parts.append(f'<mark style="background:{colour}" title="{html.escape(name)}">{words}</mark>')
                position = end
            parts.append(html.escape(text[position:limit]))
            paragraphs.append(f"<p>{''.join(parts)}{'…' if limit < last else ''}</p>")
        return "".join(paragraphs)


def _shares(broad: Topic, narrow: Topic) -> bool:
    return bool(set(broad.evidence_spans) & set(narrow.evidence_spans))


def explain(analysis: Analysis) -> Explanation:
    """Return the words that decided on each topic, to be printed or shown in a notebook.

    Parameters
    ----------
    analysis : Analysis

    Raises
    ------
    ArticleError
        If `analysis` is no analysis.

    Examples
    --------
    >>> from newsnlp import Analysis, Article, Topic
    >>> topic = Topic(code="medtop:15000000", name="Sport", level=1, score=0.97, evidence=("but",),
    ...               evidence_spans=((3, 6),))
    >>> print(explain(Analysis(article=Article(text="Un but au stade."), topics=(topic,))))
    Sport (0.97) : but
    """
    return Explanation(record_of(analysis, Analysis))


MAX_EVIDENCE = 6
# A word that moves the log-odds by less is not worth showing.
MIN_PULL = 0.08
# What a unit of lexicon mass moves the log-odds by, roughly; ranks terms against words.
PULL_OF_MASS = 0.4

# Of all that speaks for a topic the strongest word alone makes up at least this: the score rests on one word.
ALONE = 0.75

Span = tuple[int, int]


class Evidence(NamedTuple):
    """The places that speak for a topic, strongest first, and whether it is one word alone that does."""

    spans: list[Span]
    alone: bool


def find_evidence(features: Features, model: TopicModel, reading: Reading, codes: Sequence[str]) -> list[Evidence]:
    """Return for each code up to six places, strongest first, without overlap, and whether one word decided.

    Terms of the lexicon count by their weight, words by what they add to the score. Of a word that recurs the
    first place is given; what stands in a separate title has none.
    """
    columns = [model.codes.index(code) for code in codes]
    pulls = model.word_pulls(reading, columns, MIN_PULL)
    return [_rank(features, code, words) for code, words in zip(codes, pulls, strict=True)]


def _rank(features: Features, code: str, words: Sequence[tuple[float, str]]) -> Evidence:
    candidates: dict[Span, float] = {}
    # What each term adds, its words included: of a term of several words these are no other signs.
    by_term: dict[str, float] = {}
    owners: dict[str, str] = {}
    shown: set[str] = set()
    # A term of several words that is near certain, *grippe aviaire*, is no lonely word.
    certain: set[str] = set()
    for hit in features.hits:
        weight = hit.target.reach.get(code)
        if not weight:
            continue
        pull = PULL_OF_MASS * TERM_MASS[int(weight)] / len(hit.target.codes) ** 0.5
        if hit.key not in by_term:
            by_term[hit.key] = pull
            if int(weight) == len(TERM_MASS) - 1 and " " in hit.key:
                certain.add(hit.key)
            owners |= dict.fromkeys(hit.key.split(" "), hit.key)
        if hit.start >= 0 and hit.key not in shown:
            shown.add(hit.key)
            span = (hit.start, hit.end)
            candidates[span] = max(pull, candidates.get(span, 0.0))
    for pull, word in words:
        owner = owners.get(word, word)
        by_term[owner] = by_term.get(owner, 0.0) + pull
        place = features.places.get(word)
        if place:
            candidates[place] = candidates.get(place, 0.0) + pull
    strongest = max(by_term, key=lambda key: (by_term[key], key), default="")
    alone = strongest not in certain and by_term.get(strongest, 0.0) >= ALONE * sum(by_term.values())
    return Evidence(_apart(candidates), alone)


def _apart(candidates: dict[Span, float]) -> list[Span]:
    """Return the strongest places that do not overlap."""
    chosen: list[Span] = []
    for span in sorted(candidates, key=lambda item: (-candidates[item], item)):
        if all(span[1] <= start or end <= span[0] for start, end in chosen):
            chosen.append(span)
            if len(chosen) == MAX_EVIDENCE:
                break
    return chosen
