"""Training examples for the entity tagger: reading, tokenising, augmenting.

An *example* is one line of text as tokens, with its mentions as token spans. Two sources:

* WiNER-fr, JSON Lines of whole articles: ``{"id", "text", "ents": [[start, end, label], ...]}``;
* ``sentences/*.txt``, written for this project: ``Le maire [Jean Dupont](PER) a ouvert le [Salon du livre](MISC).``
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsnlp.entities.knowledge.gazetteers import first_names, known_places
from newsnlp.entities.recognition.features import article_words
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

# Cities that stand for their clubs are ORG in this file; WiNER-fr, and so the tagger, has the city: LOC.
CITY_CLUBS = "sport_villes_clubs"
MARK = re.compile(r"\[([^\[\]]+)\]\((PER|LOC|ORG|MISC)\)")
# One character for one, so that offsets hold: what newsnlp.reading does to typography before the model sees it.
PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "\t": " "})


@dataclass
class Example:
    """One line: tokens, whether a space follows each, mentions as (first, end, label), and where it comes from."""

    words: list[str]
    spaces: list[bool]
    mentions: list[tuple[int, int, str]]
    source: str
    article: str
    unsure: set[int] = field(default_factory=set)  # tokens whose tag is not to be learnt
    lower: set[str] = field(default_factory=set)
    capital: set[str] = field(default_factory=set)
    cues: Any = None  # kept once computed


def plain(text: str) -> str:
    return text.translate(PLAIN)


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a marked line and its mentions as character spans."""
    text, spans, last = "", [], 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return text + line[last:], spans


def read_sentences(folder: Path) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """Yield (file name, text, spans) of every sentence of a folder."""
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            text, spans = marked(line.strip())
            if re.search(r"\]\(|\[", text):
                print(f"{path.name}:{number}: stray mark, skipped: {line[:80]}")
                continue
            if path.stem == CITY_CLUBS:
                spans = [(s, e, "LOC" if text[s:e] in known_places() else label) for s, e, label in spans]
            yield path.stem, plain(text), spans


def tokenised(
    nlp: Language, text: str, spans: Iterable[tuple[int, int, str]], source: str, article: str
) -> list[Example]:
    """Return one example a line of `text`."""
    doc = nlp.make_doc(text)
    starts, unsure = aligned(doc, spans)
    examples = []
    current = Example([], [], [], source, article)
    for token in doc:
        if token.is_space:
            if "\n" in token.text and current.words:
                examples.append(current)
                current = Example([], [], [], source, article)
            continue
        position = len(current.words)
        if token.i in starts:
            end, label = starts[token.i]
            width = sum(not inner.is_space for inner in doc[token.i : end])
            current.mentions.append((position, position + width, label))
        if token.i in unsure:
            current.unsure.add(position)
        current.words.append(token.text)
        current.spaces.append(bool(token.whitespace_))
    if current.words:
        examples.append(current)
    lower, capital = article_words([example.words for example in examples])
    for example in examples:
        example.lower, example.capital = lower, capital
    return examples


def aligned(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> tuple[dict[int, tuple[int, str]], set[int]]:
    """Return mentions by first token, and the tokens of those that begin or end inside a token."""
    starts = {}
    unsure: set[int] = set()
    for start, end, label in spans:
        span = doc.char_span(start, end)
        if span is None:
            wide = doc.char_span(start, end, alignment_mode="expand")
            unsure.update(range(wide.start, wide.end))
        else:
            starts[span.start] = (span.end, label)
    return starts, unsure


def read_winer(nlp: Language, path: Path) -> list[Example]:
    examples = []
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        examples += tokenised(nlp, plain(row["text"]), [tuple(e) for e in row["ents"]], "winer", row["id"])
    return examples


def read_own(nlp: Language, folder: Path) -> list[Example]:
    examples = []
    for name, text, spans in read_sentences(folder):
        # The text is the id: a sentence stays held out whatever is written before it later.
        examples += tokenised(nlp, text, spans, name, text)
    return examples


class Augmenter:
    """Changes of an example that leave its labels true: other names in the same places, other capitals."""

    def __init__(self, examples: list[Example], rng: random.Random, extra: dict[str, list[list[str]]]) -> None:
        self.rng = rng
        self.pool: dict[tuple[str, str], list[tuple[list[str], list[bool]]]] = defaultdict(list)
        for example in examples:
            for start, end, label in example.mentions:
                words = example.words[start:end]
                self.pool[label, shape(words)].append((words, example.spaces[start:end]))
        for label, names in extra.items():
            for words in names:
                spaces = [not word.endswith("'") for word in words]
                self.pool[label, shape(words)].append((words, spaces))

    def __call__(self, example: Example) -> Example:
        rng = self.rng
        if example.mentions and rng.random() < 0.45:
            example = self.renamed(example)
        roll = rng.random()
        if roll < 0.07:
            example = recased(example, str.upper)
        elif roll < 0.1:
            example = recased(example, str.lower)
        return example

    def renamed(self, example: Example) -> Example:
        rng = self.rng
        chosen: dict[tuple[str, ...], tuple[list[str], list[bool]]] = {}
        new_one = Example([], [], [], example.source, example.article, set(), example.lower, example.capital)
        last = 0
        for start, end, label in sorted(example.mentions):
            copy_tokens(example, last, start, new_one)
            old = example.words[start:end]
            key = tuple(old)
            if key not in chosen:
                pool = self.pool.get((label, shape(old)), [])
                keep = rng.random() < 0.4 or len(pool) < 5 or label == "MISC"
                chosen[key] = (old, example.spaces[start:end]) if keep else rng.choice(pool)
            new, new_spaces = chosen[key]
            new_one.mentions.append((len(new_one.words), len(new_one.words) + len(new), label))
            new_one.words += new
            new_one.spaces += [*new_spaces[:-1], example.spaces[end - 1]]
            last = end
        copy_tokens(example, last, len(example.words), new_one)
        return new_one


def copy_tokens(example: Example, start: int, end: int, into: Example) -> None:
    """Append the tokens from `start` to `end` to another example."""
    into.unsure.update(len(into.words) + i - start for i in example.unsure if start <= i < end)
    into.words += example.words[start:end]
    into.spaces += example.spaces[start:end]


def shape(words: list[str]) -> str:
    """Return what a name must share with the one it replaces: its grammar round about stays right."""
    first = words[0]
    if len(words) == 1:
        if first.isupper():
            return "acronym"
        if fold(first) in first_names():
            return "first"
        vowel = "v" if fold(first)[0] in "aeiouyéèêîôâh" else "c"
        return f"one-{vowel}" if first[:1].isupper() else f"lower-{first}"
    if first.casefold() in {"le", "la", "les", "l'"}:
        return "article"
    if first[:1].islower():
        return f"lower-{first}"
    return "two" if len(words) == 2 else "long"


def recased(example: Example, change: Callable[[str], str]) -> Example:
    return Example(
        [change(word) for word in example.words],
        example.spaces,
        example.mentions,
        example.source,
        example.article,
        example.unsure,
        set(),
        set(),
    )
