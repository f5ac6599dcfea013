"""Labels for a corpus that has none: groups of like texts, named by subject and by the words that set them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newsnlp.errors import SourceError
from newsnlp.topics.model import load_model
from newsnlp.topics.taxonomy import media_topic, root_codes
from newsnlp.topics.training.stacking import PIECE, WRITTEN, Words, builtin_block, count_words, read_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsnlp.topics.features import Features
    from newsnlp.topics.training.examples import Headed

# Beside the words what the built-in model thinks of a text: a group is a subject, and the words part it further.
BASE_WEIGHT = 0.3
WORDS_IN_NAME = 3
SEED = 0
MOST_DIMENSIONS = 50


@dataclass(frozen=True, slots=True, repr=False)
class Suggestions:
    """Suggested labels: ``labels``, one a text; ``names``, with the number of their texts; ``words`` that tell each."""

    labels: tuple[str, ...]
    names: dict[str, int]
    words: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return "\n".join(f"{count:5}  {name}" for name, count in self.names.items())

    def __repr__(self) -> str:
        return f"<Suggestions: {len(self.names)} labels of {len(self.labels)} texts>"


def suggest_labels(texts: list[Headed], n: int) -> Suggestions:
    """Return up to `n` groups of like texts.

    Raises
    ------
    SourceError
        If there are fewer than two texts.
    """
    from sklearn.cluster import KMeans

    if len(texts) < 2:  # noqa: PLR2004
        message = "at least two texts are needed to group. Hint: give a whole corpus"
        raise SourceError(message)
    features = read_features(texts)
    counts = count_words(features, texts)
    stems = [{word: value for word, value in row.items() if word[0] not in (WRITTEN, PIECE)} for row in counts]
    words = Words.of(stems, limit=20_000)
    matrix = words.matrix(stems)
    block = builtin_block(features)
    told = block[:, : len(root_codes())]
    points = np.hstack([_fewer(matrix, len(texts)), BASE_WEIGHT * told])
    distinct = len(np.unique(points.round(6), axis=0))
    groups = KMeans(n_clusters=min(n, distinct), n_init=10, random_state=SEED).fit_predict(points)
    return _named(groups, texts, features, (list(words.rows), matrix), told)


def _fewer(matrix: Any, count: int) -> npt.NDArray[np.float64]:
    from sklearn.utils.extmath import randomized_svd

    dimensions = min(MOST_DIMENSIONS, count - 1, matrix.shape[1] - 1)
    if dimensions < 1:
        return np.zeros((count, 1))
    left, sizes, _ = randomized_svd(matrix, dimensions, random_state=SEED)
    return np.asarray(left * sizes)


def _named(
    groups: npt.NDArray[np.intp],
    texts: Sequence[Headed],
    features: Sequence[Features],
    counted: tuple[list[str], Any],
    told: npt.NDArray[np.float64],
) -> Suggestions:
    """Return the groups, the largest first, by the subject of most weight in them and the words that set them apart."""
    vocabulary, matrix = counted
    names: dict[int, str] = {}
    signs: dict[str, tuple[str, ...]] = {}
    for group in sorted(set(groups.tolist()), key=lambda one: (-int((groups == one).sum()), one)):
        inside = groups == group
        lift = np.asarray(matrix[inside].mean(axis=0) - matrix.mean(axis=0)).ravel()
        ranked = [vocabulary[place] for place in np.argsort(-lift, kind="stable")[:20] if lift[place] > 0]
        shown = [word for stem in ranked if (word := _as_written(stem, inside, features, texts))][:WORDS_IN_NAME]
        subject = media_topic(load_model().codes[int(told[inside].mean(axis=0).argmax())]).name
        name = f"{subject} : {', '.join(shown)}" if shown else subject
        if name in signs:
            name = f"{name} ({group + 1})"
        signs[name] = tuple(shown)
        names[int(group)] = name
    labels = tuple(names[int(group)] for group in groups)
    return Suggestions(labels, {name: labels.count(name) for name in names.values()}, signs)


def _as_written(
    stem: str, inside: npt.NDArray[np.bool_], features: Sequence[Features], texts: Sequence[Headed]
) -> str | None:
    for place in np.flatnonzero(inside).tolist():
        span = features[place].places.get(stem)
        if span:
            return texts[place].text[span[0] : span[1]].lower()
    return None
