"""Shared: near-duplicates made from the bundled corpus with a fixed seed, as newsrooms make them; records by hand."""

from __future__ import annotations

import random
import re

import pytest

from newsnlp.records import Analysis, Article, Entity, Figure, Label, Topic
from newsnlp.related import RelatedIndex
from newsnlp.samples import sample_corpus

KEYS = "azertyuiopqsdfghjklmwxcvbn"


def mistype(word, rng):
    """Swap, drop, double or replace one letter."""
    place = rng.randrange(len(word))
    kind = rng.choice(("swap", "drop", "double", "replace"))
    if kind == "swap" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "drop" and len(word) > 2:
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place] * 2 + word[place + 1 :]
    return word[:place] + rng.choice(KEYS) + word[place + 1 :]


def with_typos(text, share, rng):
    """Mistype this share of the words, at least one."""
    words = [match.span() for match in re.finditer(r"[^\W\d_]{3,}", text)]
    for start, end in sorted(rng.sample(words, max(1, round(share * len(words)))), reverse=True):
        text = text[:start] + mistype(text[start:end], rng) + text[end:]
    return text


def cut(text, share, *, tail):
    """Keep this share of the words, from the beginning or from the end."""
    words = text.split(" ")
    kept = max(1, round(share * len(words)))
    return " ".join(words[:kept] if tail else words[-kept:])


def long_wire(rng):
    """Three articles of other events after one another, as a round-up has them; the first is the one to be cut."""
    return "\n\n".join(article.text for article in rng.sample(sample_corpus(), 3))


def made_copies(article, rng):
    """Yield the copies of one article: name and article, each with another id, source and headline."""
    share = rng.uniform(0.01, 0.08)
    texts = {
        "typos": with_typos(article.text, share, rng),
        "cut tail": cut(article.text, rng.uniform(0.3, 0.9), tail=True),
        "cut head": cut(article.text, rng.uniform(0.3, 0.9), tail=False),
        "typos and cut tail": with_typos(cut(article.text, rng.uniform(0.3, 0.9), tail=True), share, rng),
        "typos and cut head": with_typos(cut(article.text, rng.uniform(0.3, 0.9), tail=False), share, rng),
        "new headline": article.text,
        "brief of a long wire": f"{article.text}\n\n{long_wire(rng)}",
        "brief of a long wire, with typos": with_typos(f"{article.text}\n\n{long_wire(rng)}", share, rng),
    }
    for name, text in texts.items():
        title = " ".join(rng.sample((article.title or "").split(), 3)) + " : ce que l'on sait"
        yield (
            name,
            Article(
                id=f"{article.id} {name}",
                text=text,
                title=title,
                source="Un autre journal",
                published_at=article.published_at,
            ),
        )


def true_copies():
    """Return the pairs of the bundled corpus that are one wire: they begin with the same sentence."""
    articles = sample_corpus()
    return {
        frozenset((one.id, other.id))
        for place, one in enumerate(articles)
        for other in articles[place + 1 :]
        if one.text[:80] == other.text[:80]
    }


def pairs(seed):
    """Return (kind of pair, one, other, whether they are copies)."""
    rng = random.Random(seed)
    articles = sample_corpus()
    same = true_copies()
    found = [(name, article, copy, True) for article in articles for name, copy in made_copies(article, rng)]
    for place, one in enumerate(articles):
        for other in articles[place + 1 :]:
            if one.id.partition("-")[0] == other.id.partition("-")[0]:
                copies = frozenset((one.id, other.id)) in same
                found.append(("same event", one, other, copies))
                if not copies:
                    # A report with typos, or cut, is no copy of another report of the event.
                    found.append(
                        ("same event, changed", dict(made_copies(one, rng))["typos and cut tail"], other, False)
                    )
    return found


@pytest.fixture(scope="session")
def copy_pairs():
    """Return a function from a seed to (kind of pair, one, other, whether they are copies)."""
    return pairs


@pytest.fixture(scope="session")
def copies_made():
    return made_copies


@pytest.fixture(scope="session")
def corpus():
    return sample_corpus()


@pytest.fixture
def index(corpus):
    index = RelatedIndex()
    index.add(corpus)
    return index


@pytest.fixture(scope="session")
def record():
    """Return a function that makes an analysis by hand: text, then names, topics and figures."""

    def make(article_id, text, *, names=(), topics=(), figures=(), **fields):
        return Analysis(
            article=Article(id=article_id, text=text, **fields),
            body_spans=((0, len(text)),),
            entities=tuple(
                Entity(id=f"e{n}", name=name, label=Label.PER, mention_count=1) for n, name in enumerate(names, 1)
            ),
            topics=tuple(Topic(code=code, name=code, level=1, score=0.9) for code in topics),
            figures=tuple(Figure(start=0, end=1, text="1", value=value, event=event) for event, value in figures),
        )

    return make
