"""Keyphrases: the noun phrases and names that an article is about, best first. No parser, no training."""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from newsnlp.errors import OptionError
from newsnlp.lexicons import load_csv
from newsnlp.records import Analysis, Article
from newsnlp.safety.values import whole_number
from newsnlp.text.stemming import stem
from newsnlp.topics.model import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*|[^\w\s]|\n")
_PREPOSITIONS = frozenset({"de", "du", "des", "d", "à", "au", "aux"})
_ARTICLES = frozenset({"la", "le", "les", "l"})
# One letter a word, so that a phrase is a regular expression: Noun, Adjective, P proper name, D "de" or "à", L article,
# X what ends a phrase.
_CHAIN = re.compile(r"[NAP]+(?:DL?[NAP]+)*")
_GROUP = re.compile(r"[NAP]+")
_HEAD = re.compile(r"[NP]")
_PART = re.compile(r"P+|[NA]+")
_GOES_ON = re.compile(r"(?:DL?)?[NA]")
_PARTICIPLE = re.compile(r"(?<!t)és?$")
MAX_WORDS = 4
DEFAULT_COUNT = 10
# Weights of the ranking: a logistic regression on 22 articles of WiNER-fr train annotated for this project with 9 to 10
# phrases each (November 2026), rounded.
WEIGHTS = {
    "count": 1.8,  # logarithm of 1 + occurrences
    "early": 2.5,  # from 1 at the first character to 0, halved about every 200
    "name": 1.5,
    "name of one word": -0.5,
    "rare": 0.2,  # mean inverse document frequency of its words
    "two words": 0.8,
    "more words": -0.4,
    "never alone": -0.6,  # always inside a longer phrase that occurs as often
}
EARLY_CHARACTERS = 300.0
OFFSET = 5.8  # log-odds that stand for a score of one half
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


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    kind: str


@dataclass(slots=True)
class Candidate:
    """A phrase that may be a keyphrase.

    ``key`` are its content words, ``plain`` says that no preposition stands between them, ``extra`` counts the places
    where a part of a name stands for it.
    """

    key: tuple[str, ...]
    name: bool
    plain: bool = False
    extra: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set, repr=False, compare=False)


@functools.cache
def _classes() -> dict[str, str]:
    letters = {"verb": "X", "adverb": "X", "adjective": "A", "noun": "N"}
    rows = load_csv("topics_word_classes.csv", columns=("surface", "class"))
    found = {row["surface"]: letters[row["class"]] for row in rows}
    return found | {row["surface"]: "X" for row in load_csv("topics_stopwords.csv", columns=("surface",))}


def _kind(word: str, *, opens: bool) -> str:
    """Return the class of one word; `opens` says that it opens a sentence, where a capital tells nothing."""
    lower = word.lower()
    if not word[0].isalpha():
        return "X"
    if lower in _PREPOSITIONS:
        return "D"
    if lower in _ARTICLES:
        return "L"
    known = _classes().get(lower)
    if word[0].isupper() and not (known and (opens or (known == "X" and word.isupper()))):
        return "P"
    if known or len(word) == 1:
        return known or "X"
    # An unknown participle can follow a noun ("voiture piégée"), not lead a phrase; "-té" is mostly a noun.
    return "A" if _PARTICIPLE.search(lower) else "N"


def _words(text: str) -> list[_Word]:
    found = [match for match in _WORD.finditer(text) if match.group() not in "'’"]
    # A word that also stands in lower case is no name where it opens a sentence.
    common = {match.group() for match in found if match.group().islower()}
    words: list[_Word] = []
    opens = True
    for match in found:
        word = match.group()
        kind = _kind(word.lower() if opens and word.lower() in common else word, opens=opens)
        words.append(_Word(match.start(), match.end(), word, kind))
        opens = word in ".!?…:\n«»•–—" or (opens and not word[0].isalpha())
    return words


def find_candidates(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Candidate]:
    """Return noun phrases and names in the order of their first place; `names` are spans known to be names."""
    words = _words(text)
    letters = "".join(word.kind for word in words)
    found: dict[tuple[str, ...], Candidate] = {}
    for start, end in _phrases(letters):
        # A phrase begins with a noun or a name.
        start = start + len(letters[start:end]) - len(letters[start:end].lstrip("ADL"))  # noqa: PLW2901
        # "Cour des comptes" is a name, of which "Cour" is no name by itself.
        name = letters[start:end].startswith("P") and not _GOES_ON.match(letters, end)
        _add(found, words[start:end], letters[start:end], name=name)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for start, end in names:
        first, last = bisect.bisect_left(starts, start), bisect.bisect_right(ends, end)
        if first < last:
            _add(found, words[first:last], letters[first:last], name=True)
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


def _add(found: dict[tuple[str, ...], Candidate], chosen: Sequence[_Word], letters: str, *, name: bool) -> None:
    if sum(map(letters.count, "NAP")) > MAX_WORDS:
        return
    key = tuple(stem(word.text) for word in chosen if word.kind in "NAP" or (name and word.text[0].isupper()))
    if not key or len(key) > MAX_WORDS:
        return
    candidate = found.setdefault(key, Candidate(key, name))
    candidate.name |= name
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


def held_phrases(candidates: Sequence[Candidate]) -> dict[frozenset[str], int]:
    """Return, for each set of words that a longer phrase holds, how often the most frequent such phrase occurs."""
    held: dict[frozenset[str], int] = {}
    for candidate in candidates:
        for part in _parts(candidate.key)[:-1]:
            held[part] = max(held.get(part, 0), len(candidate.spans))
    return held


def score_candidate(candidate: Candidate, held: Mapping[frozenset[str], int]) -> float:
    """Return how likely a phrase is a keyphrase, as log-odds; `held` as `held_phrases` gives it."""
    model = load_model()
    rarest = float(model.idf.max())
    rows = [model.word_rows.get(word) for word in candidate.key]
    rare = sum(rarest if row is None else float(model.idf[row]) for row in rows) / len(rows)
    size = len(candidate.key)
    return (
        WEIGHTS["count"] * math.log1p(len(candidate.spans) + candidate.extra)
        + WEIGHTS["early"] * math.exp(-candidate.spans[0][0] / EARLY_CHARACTERS)
        + WEIGHTS["name"] * candidate.name
        + WEIGHTS["name of one word"] * (candidate.name and size == 1)
        + WEIGHTS["rare"] * rare
        + (WEIGHTS["two words"] if size == 2 else WEIGHTS["more words"] if size > 2 else 0.0)  # noqa: PLR2004
        + WEIGHTS["never alone"] * (held.get(frozenset(candidate.key), 0) >= len(candidate.spans))
    )


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
        Strings as they stand in the text, each with ``score`` (0 to 1) and ``spans``. Never empty where the text
        has a word.

    Raises
    ------
    OptionError
        If `k` is less than 1, or `source` is no text.

    Notes
    -----
    Without a parser: phrases are chains of nouns, adjectives and names, told by a list of word forms. A phrase
    that holds, or is held by, a better one is left out. Beyond the first 20 000 characters nothing is read.

    Examples
    --------
    >>> keyphrases("Le tribunal de Lyon a condamné un trafiquant de drogue à dix ans de prison.", k=3)
    ['trafiquant de drogue', 'tribunal de Lyon', 'prison']
    """
    k = whole_number("k", k)
    text, names, title = phrase_source(source)
    shift = 0
    if title and title not in text:
        shift = len(title) + 1
        text = f"{title}\n{text}"
    candidates = find_candidates(text[:MAX_CHARACTERS], [(start + shift, end + shift) for start, end in names])
    if not candidates:
        candidates = [
            Candidate((stem(word.text),), name=False, spans=[(word.start, word.end)])
            for word in _words(text[:MAX_CHARACTERS])
            if word.text[0].isalnum()
        ][:1]
    held = held_phrases(candidates)
    scores = {candidate.key: score_candidate(candidate, held) for candidate in candidates}
    chosen: list[Candidate] = []
    wholes: set[frozenset[str]] = set()
    parts: set[frozenset[str]] = set()
    for candidate in sorted(candidates, key=lambda item: (-scores[item.key], item.spans[0])):
        own = _parts(candidate.key)
        if own[-1] in parts or not wholes.isdisjoint(own):
            continue
        chosen.append(candidate)
        wholes.add(own[-1])
        parts.update(own)
        if len(chosen) == k:
            break
    return [
        Keyphrase(
            text[slice(*candidate.spans[0])],
            round(1.0 / (1.0 + math.exp(OFFSET - scores[candidate.key])), 4),
            tuple((start - shift, end - shift) for start, end in sorted(candidate.spans) if start >= shift),
        )
        for candidate in chosen
    ]


def phrase_source(source: Any) -> tuple[str, list[tuple[int, int]], str | None]:
    """Return text, spans of names and separate title. Furniture is blanked, so that offsets stay."""
    if isinstance(source, Analysis):
        raw = source.article.text
        text = "".join(
            raw[before:start].translate(_Blank()) + raw[start:end]
            for (_, before), (start, end) in zip([(0, 0), *source.body_spans], source.body_spans, strict=False)
        )
        return text, [(mention.start, mention.end) for mention in source.mentions], source.article.title
    if isinstance(source, Article):
        return source.text, [], source.title
    if isinstance(source, str):
        return source, [], None
    if hasattr(source, "ents") and hasattr(source, "text"):
        return source.text, [(entity.start_char, entity.end_char) for entity in source.ents], None
    message = f"keyphrases() takes an analysis, an article, a Doc or a text, not {type(source).__name__}"
    raise OptionError(message)


class _Blank:
    """A translation table that turns every character into a line break."""

    def __getitem__(self, _: int) -> str:
        return "\n"
