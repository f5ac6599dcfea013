"""Keyphrases: the noun phrases and names that an article is about, best first. No parser, no training."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from newsnlp.errors import OptionError
from newsnlp.records import Analysis, Article, Label
from newsnlp.safety.values import whole_number
from newsnlp.text.stemming import stem
from newsnlp.topics.model import load_model
from newsnlp.topics.word_kinds import Word, words_of
from newsnlp.topics.words import term_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


# One letter a word, so that a phrase is a regular expression: Noun, Adjective, P proper name, D "de" or "à", L article,
# X what ends a phrase.
_CHAIN = re.compile(r"[NAP]+(?:DL?[NAP]+)*")
_GROUP = re.compile(r"[NAP]+")
_HEAD = re.compile(r"[NP]")
_PART = re.compile(r"P+|[NA]+")
_GOES_ON = re.compile(r"(?:DL?)?[NA]")
MAX_WORDS = 4
DEFAULT_COUNT = 10
# Weights of the ranking: a logistic regression on 34 articles (18 of WiNER-fr train, 16 written in the manner of a
# national daily) whose 10 to 12 keyphrases a reader chose before any output was seen (November 2026), rounded. Six
# folds: F@10 .49; without the term of topics .47, with the weights of before .43.
WEIGHTS = {
    "count": 1.6,  # logarithm of 1 + occurrences
    "early": 1.6,  # from 1 at the first character to 0, halved about every 200
    "name": 1.3,
    "entity": 1.7,  # a person, a place or a body, as an analysis has it
    "name of one word": -1.1,
    "more words": -0.8,  # than two
    "rare": 0.4,  # mean inverse document frequency of its words
    "alone": 0.5,  # how many of its occurrences are not inside a longer phrase
    "term": 1.5,  # weight of the term of a topic that it is, of 1
    "length": 0.4,  # twenties of characters
}
EARLY_CHARACTERS = 300.0
MOST_WEIGHT = 3.0  # of a term of a topic
OFFSET = 7.4  # log-odds that stand for a score of one half
NEAR, BEHIND = 0.8, 0.001  # log-odds
MAX_CHARACTERS = 20_000


class Keyphrase(str):
    """A phrase as it stands in the text, with its ``score`` and the ``spans`` where it stands."""

    __slots__ = ("score", "spans")

    score: float
    spans: tuple[tuple[int, int], ...]

    def __new__(cls, text: str, score: float, spans: tuple[tuple[int, int], ...]) -> Self:
        """Return the phrase with its score and places."""
        phrase = super().__new__(cls, text)
        phrase.score = score
        phrase.spans = spans
        return phrase


@dataclass(slots=True)
class Candidate:
    """A phrase that may be a keyphrase.

    ``key`` are its content words, ``plain`` says that no preposition stands between them, ``extra`` counts the places
    where a part of a name stands for it. ``entity`` is the name of the person, place or body that it is, as an
    analysis has it.
    """

    key: tuple[str, ...]
    name: bool
    plain: bool = False
    entity: str | None = None
    extra: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set, repr=False, compare=False)


class Name(NamedTuple):
    """A span known to be a name, and the name of the person, place or body that it is."""

    start: int
    end: int
    entity: str | None = None


def find_candidates(text: str, names: Sequence[Name] = ()) -> list[Candidate]:
    """Return noun phrases and names in the order of their first place; `names` are spans known to be names."""
    words = words_of(text)
    letters = "".join(word.kind for word in words)
    found: dict[tuple[str, ...], Candidate] = {}
    for start, end in _phrases(letters):
        # A phrase begins with a noun or a name.
        start = start + len(letters[start:end]) - len(letters[start:end].lstrip("ADL"))  # noqa: PLW2901
        # "Cour des comptes" is a name, of which "Cour" is no name by itself.
        name = letters[start:end].startswith("P") and not _GOES_ON.match(letters, end)
        _add(found, words[start:end], letters[start:end], name=name)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for known in names:
        first, last = bisect.bisect_left(starts, known.start), bisect.bisect_right(ends, known.end)
        if first < last:
            _add(found, words[first:last], letters[first:last], name=True, entity=known.entity)
    _merge_names(found)
    return sorted(found.values(), key=lambda item: item.spans[0])


def _phrases(letters: str) -> Iterator[tuple[int, int]]:
    """Yield the chains of noun groups in a text of word classes, and the parts of chains that may stand alone.

    Those of more words than a keyphrase has are left out: a chain has as many parts as the square of its groups.
    """
    content = list(itertools.accumulate((letter in "NAP" for letter in letters), initial=0))
    for chain in _CHAIN.finditer(letters):
        groups = [(match.start(), match.end()) for match in _GROUP.finditer(letters, chain.start(), chain.end())]
        heads = [match.start() for match in _HEAD.finditer(letters, chain.start(), chain.end())]
        for first, (start, group_end) in enumerate(groups):
            place = bisect.bisect_left(heads, start)
            head = heads[place] if place < len(heads) else chain.end()
            for last in range(first, len(groups)):
                last_start, end = groups[last]
                if content[last_start] - content[min(head, last_start)] > MAX_WORDS:
                    break
                # From inside a chain only names go on: "Corée du Nord", not "Défense de la Corée".
                if first and last > first and set(letters[start:end]) != {"P", "D"}:
                    break
                if head < end:
                    yield start, end
                    yield start, start + len(letters[start:end].rstrip("A"))
            yield from ((part.start(), part.end()) for part in _PART.finditer(letters, start, group_end))


def _add(
    found: dict[tuple[str, ...], Candidate],
    chosen: Sequence[Word],
    letters: str,
    *,
    name: bool,
    entity: str | None = None,
) -> None:
    if sum(map(letters.count, "NAP")) > MAX_WORDS:
        return
    key = tuple(stem(word.text) for word in chosen if word.kind in "NAP" or (name and word.text[0].isupper()))
    if not key or len(key) > MAX_WORDS:
        return
    candidate = found.setdefault(key, Candidate(key, name))
    candidate.name |= name
    candidate.entity = candidate.entity or entity
    candidate.plain |= "D" not in letters
    span = (chosen[0].start, chosen[-1].end)
    if span not in candidate.seen:
        candidate.seen.add(span)
        candidate.spans.append(span)


def _merge_names(found: dict[tuple[str, ...], Candidate]) -> None:
    """Count a part of a name, standing alone, as the whole name: "Macron" for "Emmanuel Macron"."""
    names = [candidate for candidate in found.values() if candidate.name]
    by_last: dict[str, list[Candidate]] = {}
    for candidate in names:
        if candidate.plain and len(candidate.key) > 1:
            by_last.setdefault(candidate.key[-1], []).append(candidate)
    for part in [candidate for candidate in names if len(candidate.key) == 1]:
        wholes = by_last.get(part.key[0], ())
        if len(wholes) == 1:
            wholes[0].extra += _outside(part.spans, wholes[0].spans)
            del found[part.key]


def _outside(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    """Return how many spans lie inside none of the others."""
    ordered = sorted(others)
    reach = list(itertools.accumulate((end for _, end in ordered), max, initial=-1))
    starts = [start for start, _ in ordered]
    return sum(reach[bisect.bisect_right(starts, start)] < end for start, end in spans)


def _parts(key: tuple[str, ...]) -> list[frozenset[str]]:
    """Return all sets of words of a key; it has four at most."""
    words = sorted(set(key))
    return [frozenset(part) for size in range(1, len(words) + 1) for part in itertools.combinations(words, size)]


def score_candidates(candidates: Sequence[Candidate]) -> dict[tuple[str, ...], float]:
    """Return, by the key of each phrase, how likely it is a keyphrase, as log-odds."""
    model, terms = load_model(), term_index().terms
    rarest = float(model.idf.max())
    inside = _inside(candidates)
    scores = {}
    for candidate in candidates:
        rows = [model.word_rows.get(word) for word in candidate.key]
        rare = sum(rarest if row is None else float(model.idf[row]) for row in rows) / len(rows)
        size = len(candidate.key)
        count = len(candidate.spans) + candidate.extra
        start, end = candidate.spans[0]
        told = {
            "count": math.log1p(count),
            "early": math.exp(-start / EARLY_CHARACTERS),
            "name": candidate.name,
            "entity": candidate.entity is not None,
            "name of one word": candidate.name and size == 1,
            "more words": size > 2,  # noqa: PLR2004
            "rare": rare,
            "alone": 1.0 - sum(span in inside for span in candidate.spans) / count,
            "term": max(terms.get(" ".join(candidate.key), {"": 0.0}).values()) / MOST_WEIGHT,
            "length": (end - start) / 20.0,
        }
        scores[candidate.key] = sum(WEIGHTS[name] * value for name, value in told.items())
    return scores | _behind_their_wholes(candidates, scores, inside)


def _behind_their_wholes(
    candidates: Sequence[Candidate], scores: Mapping[tuple[str, ...], float], inside: set[tuple[int, int]]
) -> dict[tuple[str, ...], float]:
    """Return new scores of the words that stand only within a phrase that is near as good: behind it.

    *trafiquant de drogue* rather than *trafiquant*: it costs .003 of F@10 where the weights were learnt.
    """
    words = {
        one.key[0]: one
        for one in candidates
        if len(one.key) == 1 and not one.extra and all(span in inside for span in one.spans)
    }
    found: dict[tuple[str, ...], float] = {}
    for whole in candidates:
        for word in whole.key if 1 < len(whole.key) < MAX_WORDS else ():
            part = words.get(word)
            if part is not None and len(part.spans) <= len(whole.spans):
                behind = scores[whole.key] - BEHIND
                if scores[part.key] - NEAR <= scores[whole.key] and behind > found.get(part.key, -math.inf):
                    found[part.key] = behind
    return found


def _inside(candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    """Return the spans that lie inside longer ones."""
    found: set[tuple[int, int]] = set()
    reach, last = -1, (-1, -1)
    for span in sorted({span for one in candidates for span in one.spans}, key=lambda span: (span[0], -span[1])):
        if span[1] <= reach and span != last:
            found.add(span)
        if span[1] > reach:
            reach, last = span[1], span
    return found


def keyphrases(source: Any, k: int = DEFAULT_COUNT) -> list[Keyphrase]:
    """Return the noun phrases and names that an article is about, best first.

    Parameters
    ----------
    source : Analysis, Article, spacy.tokens.Doc or str
        An analysis is best: its names are taken over, and its page furniture is left out.
    k : int
        How many at most.

    Returns
    -------
    list of Keyphrase
        Strings as they stand in the text, people, places and bodies of an analysis with their whole names; each with
        ``score`` (0 to 1) and ``spans``. Never empty where the text has a word.

    Raises
    ------
    OptionError
        If `k` is less than 1, or `source` is no text.

    Notes
    -----
    Without a parser: phrases are chains of nouns, adjectives and names, told by their endings and neighbours. A
    phrase that holds, or is held by, a better one is left out. Beyond the first 20 000 characters nothing is read.

    Examples
    --------
    >>> keyphrases("Le tribunal de Lyon a condamné un trafiquant de drogue à dix ans de prison.", k=3)
    ['trafiquant de drogue', 'prison', 'tribunal de Lyon']
    """
    k = whole_number("k", k)
    text, names, title = phrase_source(source)
    shift = 0
    if title and title not in text:
        shift = len(title) + 1
        text = f"{title}\n{text}"
    names = [Name(name.start + shift, name.end + shift, name.entity) for name in names]
    candidates = find_candidates(text[:MAX_CHARACTERS], names)
    if not candidates:
        candidates = [
            Candidate((stem(word.text),), name=False, spans=[(word.start, word.end)])
            for word in words_of(text[:MAX_CHARACTERS])
            if word.text[0].isalnum()
        ][:1]
    scores = score_candidates(candidates)
    chosen: list[Candidate] = []
    entities: set[str] = set()
    wholes: set[frozenset[str]] = set()
    parts: set[frozenset[str]] = set()
    for candidate in sorted(candidates, key=lambda item: (-scores[item.key], item.spans[0])):
        own = _parts(candidate.key)
        if own[-1] in parts or not wholes.isdisjoint(own) or candidate.entity in entities:
            continue
        chosen.append(candidate)
        entities.update([candidate.entity] if candidate.entity else [])
        wholes.add(own[-1])
        parts.update(own)
        if len(chosen) == k:
            break
    return [
        Keyphrase(
            candidate.entity or text[slice(*candidate.spans[0])],
            round(1.0 / (1.0 + math.exp(OFFSET - scores[candidate.key])), 4),
            tuple((start - shift, end - shift) for start, end in sorted(candidate.spans) if start >= shift),
        )
        for candidate in chosen
    ]


def phrase_source(source: Any) -> tuple[str, list[Name], str | None]:
    """Return text, names and separate title. Furniture is blanked, so that offsets stay."""
    if isinstance(source, Analysis):
        raw = source.article.text
        text = "".join(
            raw[before:start].translate(_Blank()) + raw[start:end]
            for (_, before), (start, end) in zip([(0, 0), *source.body_spans], source.body_spans, strict=False)
        )
        known = {one.id: one.name for one in source.entities}
        names = [
            Name(one.start, one.end, None if one.label == Label.MISC else known.get(one.entity_id or "", one.text))
            for one in source.mentions
        ]
        return text, names, source.article.title
    if isinstance(source, Article):
        return source.text, [], source.title
    if isinstance(source, str):
        return source, [], None
    if hasattr(source, "ents") and hasattr(source, "text"):
        return source.text, [Name(entity.start_char, entity.end_char) for entity in source.ents], None
    message = f"keyphrases() takes an analysis, an article, a Doc or a text, not {type(source).__name__}"
    raise OptionError(message)


class _Blank:
    """A translation table that turns every character into a line break."""

    def __getitem__(self, _: int) -> str:
        return "\n"
