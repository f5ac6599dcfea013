"""The themes of a corpus: what its articles have in common, found without labels."""

from __future__ import annotations

import collections
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

from newsnlp.records import Analysis
from newsnlp.safety.values import records_of, whole_number
from newsnlp.topics.phrase_ranking import MAX_CHARACTERS, find_candidates, phrase_source, score_candidates

if TYPE_CHECKING:
    import pandas as pd

MAX_TERMS = 5_000
TERMS_SHOWN = 8
LABEL_TERMS = 3
# A term in more than this share of the articles tells no theme from another.
TOO_COMMON = 0.5
# An article belongs to a theme when the theme makes up this share of it.
MIN_WEIGHT = 0.15
# Divides the log-odds of a keyphrase: the larger, the more alike phrases weigh.
SOFTEN = 3.0
NEAR_AS_STRONG = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme: a label in French, its strongest terms, and its articles with their weights, best first.

    A weight, from 0 to 1, is the share of the article that the theme makes up.
    """

    label: str
    terms: tuple[str, ...]
    article_ids: tuple[str, ...]
    weights: tuple[float, ...]


class Themes(Sequence[Theme]):
    """Themes of a corpus, largest first. A list of `Theme` with two views as DataFrames."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._themes = tuple(themes)

    @overload
    def __getitem__(self, place: int) -> Theme: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Theme, ...]: ...
    def __getitem__(self, place: int | slice) -> Theme | tuple[Theme, ...]:
        """Return one theme, or some."""
        return self._themes[place]

    def __len__(self) -> int:
        """Return how many themes there are."""
        return len(self._themes)

    def __iter__(self) -> Iterator[Theme]:
        """Yield the themes, largest first."""
        return iter(self._themes)

    def __repr__(self) -> str:
        return f"Themes({[theme.label for theme in self._themes]})"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a theme: ``label``, ``terms``, ``articles`` (their number)."""
        import pandas as pd

        rows = [(theme.label, ", ".join(theme.terms), len(theme.article_ids)) for theme in self._themes]
        return pd.DataFrame(rows, columns=["label", "terms", "articles"]).astype(
            {"label": "string", "terms": "string", "articles": "int64"}
        )

    def articles_frame(self) -> pd.DataFrame:
        """Return one row an article and theme: ``article_id``, ``label``, ``weight``."""
        import pandas as pd

        rows = [
            (article_id, theme.label, weight)
            for theme in self._themes
            for article_id, weight in zip(theme.article_ids, theme.weights, strict=True)
        ]
        return pd.DataFrame(rows, columns=["article_id", "label", "weight"]).astype(
            {"article_id": "string", "label": "string", "weight": "float64"}
        )


def themes(analyses: Iterable[Analysis], n: int = 10) -> Themes:
    """Return the themes of a corpus.

    Parameters
    ----------
    analyses : iterable of Analysis
    n : int
        How many at most; fewer where the corpus is too small for so many.

    Returns
    -------
    Themes
        Largest first. The same articles in the same order give the same themes.

    Raises
    ------
    OptionError
        If `n` is less than 1.
    ArticleError
        If something is no analysis.

    Notes
    -----
    Non-negative matrix factorisation over the TF-IDF weights of noun phrases and names that occur in at least two
    articles. An article may belong to several themes, or to none.
    """
    n = whole_number("n", n)
    ids: list[str] = []
    counts: list[dict[tuple[str, ...], float]] = []
    surfaces: dict[tuple[str, ...], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for analysis in records_of(analyses, Analysis):
        ids.append(analysis.article.id)
        counts.append(_count_phrases(analysis, surfaces))
    matrix, keys = _weigh(counts)
    size = min(n, len(keys), len(ids))
    if size == 0:
        return Themes([])
    shares, strengths = _factorise(matrix, size)
    names = [_surface(surfaces[key]) for key in keys]
    found = [_theme(shares[:, place], strengths[place], names, keys, ids) for place in range(size)]
    kept = [theme for theme in found if theme.article_ids]
    return Themes(sorted(kept, key=lambda theme: (-sum(theme.weights), theme.label)))


def _count_phrases(
    analysis: Analysis, surfaces: dict[tuple[str, ...], collections.Counter[str]]
) -> dict[tuple[str, ...], float]:
    text, names, _ = phrase_source(analysis)
    found = {}
    candidates = find_candidates(text[:MAX_CHARACTERS], names)
    scores = score_candidates(candidates)
    for candidate in candidates:
        # What would make a keyphrase of the article tells more of its theme.
        found[candidate.key] = math.exp(scores[candidate.key] / SOFTEN)
        for start, end in candidate.spans:
            surfaces[candidate.key][" ".join(text[start:end].split())] += 1
    return found


def _weigh(counts: Sequence[dict[tuple[str, ...], float]]) -> tuple[Any, list[tuple[str, ...]]]:
    """Return the TF-IDF matrix, each row of length 1, and its columns."""
    import scipy.sparse as sp

    frequency = collections.Counter(key for row in counts for key in row)
    # In a handful of articles every shared term is common.
    ceiling = max(2, TOO_COMMON * len(counts))
    floor = 2 if len(counts) > 2 else 1  # noqa: PLR2004
    shared = [(key, number) for key, number in frequency.items() if floor <= number <= ceiling]
    keys = sorted(key for key, _ in sorted(shared, key=lambda item: (-item[1], item[0]))[:MAX_TERMS])
    columns = {key: place for place, key in enumerate(keys)}
    rows, places, values = [], [], []
    for number, row in enumerate(counts):
        known = [
            (columns[key], value * (1.0 + math.log(len(counts) / frequency[key])))
            for key, value in row.items()
            if key in columns
        ]
        norm = math.sqrt(sum(value * value for _, value in known))
        for place, value in sorted(known):
            rows.append(number)
            places.append(place)
            values.append(value / norm)
    return sp.csr_matrix((values, (rows, places)), shape=(len(counts), len(keys)), dtype=np.float64), keys


def _factorise(matrix: Any, size: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the share of each theme in each article, and the strength of each term in each theme."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(size, init="nndsvda", solver="cd", max_iter=500, random_state=0)
    # An exact fit leaves an error just below zero, whose root numpy warns of.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # Themes are steady long before the last digit is.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(matrix)
    # Each theme to the same scale, so that shares compare.
    scale = np.linalg.norm(model.components_, axis=1)
    weights = weights * scale
    total = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return shares, model.components_


def _surface(forms: collections.Counter[str]) -> str:
    """Return the form most often met; of equals the one in lower case, then the shortest."""
    return min(forms, key=lambda form: (-forms[form], not form.islower(), len(form), form))


def _theme(
    shares: npt.NDArray[np.float64],
    strengths: npt.NDArray[np.float64],
    names: Sequence[str],
    keys: Sequence[tuple[str, ...]],
    ids: Sequence[str],
) -> Theme:
    chosen = _choose_terms(strengths, keys)
    ranked = [int(place) for place in np.argsort(-shares, kind="stable") if shares[place] >= MIN_WEIGHT]
    terms = tuple(names[place] for place in chosen)
    return Theme(
        label=", ".join(terms[:LABEL_TERMS]),
        terms=terms,
        article_ids=tuple(ids[place] for place in ranked),
        weights=tuple(round(float(shares[place]), 4) for place in ranked),
    )


def _choose_terms(strengths: npt.NDArray[np.float64], keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the strongest terms, none a part of another: "Palme d'or", not "Palme", where it is near as strong."""
    chosen: list[int] = []
    for place in (int(item) for item in np.argsort(-strengths, kind="stable")[: 4 * TERMS_SHOWN]):
        words = set(keys[place])
        if strengths[place] <= 0 or any(words <= set(keys[other]) for other in chosen):
            continue
        parts = [other for other in chosen if set(keys[other]) < words]
        if not parts:
            chosen.append(place)
        elif strengths[place] >= NEAR_AS_STRONG * strengths[parts[0]]:
            chosen[chosen.index(parts[0])] = place
            chosen = [other for other in chosen if other not in parts[1:]]
    return chosen[:TERMS_SHOWN]
