"""A labeller that a newsroom trains on its own labels, on top of what newsnlp already knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from newsnlp.errors import ModelFormatError, OptionError, SourceError
from newsnlp.records import Entity, Figure, Mention, Topic
from newsnlp.safety.values import folder_path, real_number, whole_number
from newsnlp.topics.fitting import check_fitted
from newsnlp.topics.training.examples import Headed, Labels, in_classes, label_names, read_labels, read_texts
from newsnlp.topics.training.reviewing import Reviewing
from newsnlp.topics.training.stacking import Words, builtin_block, choose_base_weight, count_words, read_features
from newsnlp.topics.training.store import StoredLabeler, read_labeler, write_labeler

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newsnlp.topics.features import Features

BASES = ("builtin", None)
MAX_EVIDENCE = 6

Matrix = npt.NDArray[np.float64]


class TopicLabeler(Reviewing, ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classifier of French news texts into any labels, one or several a text.

    Parameters
    ----------
    base : {"builtin", None}
        What to build on: the built-in topic model, whose scores join the words of the texts as features, weighed by
        cross-validation, so that five texts a class already help where labels are subjects; or nothing.
    C : float
        Inverse strength of the penalty of the logistic regression.
    threshold : float
        Probability from which a label is given, where a text may have several.
    max_words : int
        Size of the vocabulary.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted.
    multi_ : bool
        Whether a text may have several labels, or none.
    base_weight_ : float
        What the built-in scores weigh beside the words; 0 where they do not help.

    Notes
    -----
    Texts: a list of str, a Series, a DataFrame with a column ``text`` and perhaps ``title``, or articles or
    analyses. Labels: one a text; or a list of labels a text; or a table of 0 and 1 with a column a label.

    `partial_fit` keeps the counted words of all texts seen and fits again: the result is that of `fit` on all of
    them. They are saved with the model, as words and counts without order, unless ``save(keep_examples=False)``.

    Examples
    --------
    >>> texts = ["Le tribunal a condamné le voleur.", "Le PSG a gagné la finale.",
    ...          "La cour d'appel a relaxé l'accusé.", "Deux buts en première mi-temps au stade."]
    >>> labeler = TopicLabeler().fit(texts, ["Faits divers", "Sports", "Faits divers", "Sports"])
    >>> labeler.predict(["L'entraîneur aligne un nouveau gardien de but."]).tolist()
    ['Sports']
    """

    def __init__(
        self,
        *,
        base: str | None = "builtin",
        C: float = 4.0,  # noqa: N803  # as scikit-learn calls it
        threshold: float = 0.5,
        max_words: int = 50_000,
    ) -> None:
        self.base = base
        self.C = C
        self.threshold = threshold
        self.max_words = max_words

    def __sklearn_tags__(self) -> Any:
        """Say that texts come in, and that a text may have several labels."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.classifier_tags.multi_label = True
        return tags

    def fit(self, X: Any, y: Any) -> Self:  # noqa: N803
        """Learn labels from texts, forgetting what was learnt before.

        Parameters
        ----------
        X : texts
        y : labels

        Raises
        ------
        SourceError
            If texts or labels are in no accepted form, or there are fewer than two classes.
        OptionError
            If a parameter is not accepted.
        """
        self._check_parameters()
        texts = read_texts(X)
        labels = read_labels(y, len(texts))
        features = self._features(texts)
        self._forget(labels)
        return self._learn(features, texts, labels.matrix)

    def partial_fit(self, X: Any, y: Any, classes: Sequence[Any] | None = None) -> Self:  # noqa: N803
        """Learn from further texts; `classes` names all labels at the first call, else those of `y` are all.

        Raises
        ------
        OptionError
            If `y` holds a label that is not among the classes.
        SourceError
            If the model was saved without its examples.
        """
        self._check_parameters()
        texts = read_texts(X)
        labels = read_labels(y, len(texts))
        features = self._features(texts, first=not hasattr(self, "classes_"))
        if not hasattr(self, "classes_"):
            if classes is not None:
                labels = in_classes(labels, label_names(classes))
            self._forget(labels)
        elif self._counts is None:
            message = "this model was saved without its examples and cannot learn on. Hint: save(path), or fit anew"
            raise SourceError(message)
        else:
            labels = in_classes(labels, self.classes_)
            if labels.multi != self.multi_:
                message = f"this model was fitted with {'several labels' if self.multi_ else 'one label'} a text"
                raise SourceError(message + ". Hint: give y in the same form")
        return self._learn(features, texts, labels.matrix)

    def decision_function(self, X: Any) -> Matrix:  # noqa: N803
        """Return the log-odds (one label a text: up to a constant) of each class, of shape (n_texts, n_classes)."""
        check_fitted(self)
        texts = read_texts(X)
        features = read_features(texts)
        return self._decide(count_words(features, texts), self._block(features))

    def predict_proba(self, X: Any) -> Matrix:  # noqa: N803
        """Return the probability of each class, of shape (n_texts, n_classes), columns as in ``classes_``."""
        return self._probabilities(self.decision_function(X))

    def predict(self, X: Any) -> npt.NDArray[Any]:  # noqa: N803
        """Return the label of each text; where a text may have several, a matrix of 0 and 1 as scikit-learn does."""
        probabilities = self.predict_proba(X)
        if self.multi_:
            return (probabilities >= self.threshold).astype(int)
        best: npt.NDArray[Any] = self.classes_[probabilities.argmax(axis=1)]
        return best

    def predict_labels(self, X: Any) -> list[list[tuple[Any, float]]]:  # noqa: N803
        """Return labels and scores of each text, best first: one, or those above the threshold."""
        probabilities = self.predict_proba(X)
        found = []
        for row in probabilities:
            ranked = np.argsort(-row, kind="stable")
            kept = [place for place in ranked if row[place] >= self.threshold] if self.multi_ else ranked[:1]
            found.append([(self.classes_[place], round(float(row[place]), 4)) for place in kept])
        return found

    def proba_of(self, label: Any, X: Any) -> npt.NDArray[np.float64]:  # noqa: N803
        """Return the probability of one label for each text.

        Raises
        ------
        OptionError
            If the model does not know the label.
        """
        check_fitted(self)
        known = self.classes_.tolist()
        if label not in known:
            raise OptionError.unknown("label", label, map(str, known))
        column: npt.NDArray[np.float64] = self.predict_proba(X)[:, known.index(label)]
        return column

    def label_topics(
        self,
        doc: Any,
        *,
        title: str | None = None,
        mentions: Sequence[Mention] = (),  # noqa: ARG002  # the extractors' common signature
        entities: Sequence[Entity] = (),  # noqa: ARG002
        figures: Sequence[Figure] = (),  # noqa: ARG002
    ) -> list[Topic]:
        """Return the newsroom's labels of one article as topics, best first, with the words that decided."""
        check_fitted(self)
        text = doc if isinstance(doc, str) else getattr(doc, "text", doc)
        headed = read_texts([text])[0]._replace(title=read_texts([title])[0].text or None)
        features = read_features([headed])[0]
        if not features.content_words:
            return []
        counts = count_words([features], [headed])
        probabilities = self._probabilities(self._decide(counts, self._block([features])))[0]
        ranked = [int(place) for place in np.argsort(-probabilities, kind="stable")]
        kept = [place for place in ranked if probabilities[place] >= self.threshold] if self.multi_ else ranked[:1]
        topics = []
        for place in kept:
            spans = self._evidence(place, features, counts)
            name = str(self.classes_[place])
            topics.append(
                Topic(
                    code=name,
                    name=name,
                    level=1,
                    score=round(float(probabilities[place]), 4),
                    evidence=tuple(text[start:end] for start, end in spans),
                    evidence_spans=tuple(spans),
                )
            )
        return topics

    def save(self, path: str | Path, *, keep_examples: bool = True) -> None:
        """Write the model into a folder, as JSON and plain arrays.

        Parameters
        ----------
        path : str or Path
        keep_examples : bool
            Whether the counted words of the training texts go along, which `partial_fit` needs after `load`.

        Raises
        ------
        OptionError
            If the labels are not all str, all bool or all numbers.
        SourceError
            If the folder cannot be written; the model that stood there stays.
        """
        check_fitted(self)
        self._check_parameters()
        plain = {
            name: value.item() if isinstance(value, np.generic) else value for name, value in self.get_params().items()
        }
        stored = StoredLabeler(
            parameters=plain,
            classes=self.classes_,
            multi=self.multi_,
            words=list(self._words.rows),
            idf=self._words.idf,
            coefficients=self.coef_,
            intercepts=self.intercept_,
            counts=self._counts if keep_examples else None,
            targets=self._targets if keep_examples else None,
            blocks=self._blocks if keep_examples else None,
            base_weight=self.base_weight_,
        )
        write_labeler(folder_path(path), stored)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Return the model that `save` wrote.

        Raises
        ------
        ModelFormatError
            If the folder holds no model, one that is damaged, of another version, or built on another built-in model.
        """
        folder = folder_path(path)
        stored = read_labeler(folder)
        try:
            labeler = cls(**stored.parameters)
            labeler._check_parameters()  # its own instance
            same = labeler.get_params().keys() == stored.parameters.keys()
        except (TypeError, OptionError):
            same = False
        if not same:
            message = f"{folder}: parameters {sorted(stored.parameters)} are not those of this version. Hint: fit anew"
            raise ModelFormatError(message)
        labeler.classes_ = stored.classes
        labeler.multi_ = stored.multi
        labeler.coef_ = stored.coefficients
        labeler.intercept_ = stored.intercepts
        labeler._words = Words(stored.words, stored.idf)  # its own instance
        labeler._counts = stored.counts
        labeler._targets = stored.targets
        labeler._blocks = stored.blocks
        labeler.base_weight_ = stored.base_weight
        return labeler

    def _check_parameters(self) -> None:
        if not isinstance(self.base, str | None) or self.base not in BASES:
            raise OptionError.unknown("base", self.base, map(str, BASES))
        # A penalty of nothing or of everything fits nothing.
        real_number("C", self.C, least=sys.float_info.min, most=sys.float_info.max)
        real_number("threshold", self.threshold, most=1.0)
        whole_number("max_words", self.max_words)

    def _forget(self, labels: Labels) -> None:
        if len(labels.classes) < 2:  # noqa: PLR2004
            message = f"at least two classes are needed; y holds only {labels.classes.tolist()}"
            raise SourceError(message)
        self.classes_ = labels.classes
        self.multi_ = labels.multi
        self._counts: list[dict[str, float]] | None = []
        self._blocks: Matrix | None = np.zeros((0, 0), dtype=np.float32)
        self._targets: npt.NDArray[np.bool_] | None = np.zeros((0, len(labels.classes)), dtype=bool)

    def _block(self, features: Sequence[Features]) -> Matrix:
        # Single precision, so that fitting at once and in parts, or after loading, sees the same numbers.
        if self.base is None:
            return np.zeros((len(features), 0), dtype=np.float32)
        return builtin_block(features).astype(np.float32)

    def _features(self, texts: Sequence[Headed], *, first: bool = True) -> list[Features]:
        features = read_features(texts)
        if first and self.base is None and not any(item.words for item in features):
            message = "none of the texts holds a word to learn from. Hint: give texts in French, or base='builtin'"
            raise SourceError(message)
        return features

    def _learn(self, features: list[Features], texts: list[Headed], targets: npt.NDArray[np.bool_]) -> Self:
        block = self._block(features)
        before = self._blocks if self._counts else np.zeros((0, block.shape[1]), dtype=np.float32)
        self._counts = [*(self._counts or []), *count_words(features, texts)]
        self._blocks = np.vstack([before, block])  # type: ignore[list-item]  # set together with the counts
        self._targets = np.vstack([self._targets, targets])  # type: ignore[list-item]
        self._words = Words.of(self._counts, limit=self.max_words)
        words, told = self._words.matrix(self._counts), self._blocks.astype(np.float64)
        # What the built-in model says weighs as much as cross-validation allows; 0 where labels are none of its own.
        self.base_weight_ = 0.0 if self.base is None else choose_base_weight(words, told, self._targets)
        matrix = _beside(words, self.base_weight_ * told)
        if self.multi_:
            fitted = [self._fit_one(matrix, self._targets[:, place]) for place in range(len(self.classes_))]
            self.coef_ = np.vstack([coefficients for coefficients, _ in fitted])
            self.intercept_ = np.array([intercept for _, intercept in fitted])
        else:
            self._fit_exclusive(matrix, self._targets.argmax(axis=1))
        self.coef_[:, len(self._words.rows) :] *= self.base_weight_
        return self

    def _fit_one(self, matrix: Any, target: npt.NDArray[np.bool_]) -> tuple[Matrix, float]:
        from sklearn.linear_model import LogisticRegression

        if target.all() or not target.any():
            # No text to tell the label from: its frequency is all there is to know.
            odds = (target.sum() + 0.5) / ((~target).sum() + 0.5)
            return np.zeros(matrix.shape[1]), float(np.log(odds))
        model = LogisticRegression(C=self.C, max_iter=2000).fit(matrix, target)
        return model.coef_[0], float(model.intercept_[0])

    def _fit_exclusive(self, matrix: Any, places: npt.NDArray[np.intp]) -> None:
        from sklearn.linear_model import LogisticRegression

        seen = np.unique(places)
        self.coef_ = np.zeros((len(self.classes_), matrix.shape[1]))
        # A class without a text yet (see `classes` of partial_fit) is all but impossible.
        self.intercept_ = np.full(len(self.classes_), -20.0)
        if len(seen) == 1:
            self.intercept_[seen] = 0.0
            return
        model = LogisticRegression(C=self.C, max_iter=2000).fit(matrix, places)
        if len(seen) == 2:  # noqa: PLR2004  # one row for two classes: halve it, so that softmax gives the same
            model.coef_ = np.vstack([-model.coef_ / 2, model.coef_ / 2])
            model.intercept_ = np.concatenate([-model.intercept_ / 2, model.intercept_ / 2])
        self.coef_[seen] = model.coef_
        self.intercept_[seen] = model.intercept_

    def _decide(self, counts: Sequence[dict[str, float]], block: Matrix) -> Matrix:
        return np.asarray(_beside(self._words.matrix(counts), block) @ self.coef_.T + self.intercept_)

    def _probabilities(self, log_odds: Matrix) -> Matrix:
        if self.multi_:
            return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -500, 500))))
        raised = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def _evidence(self, place: int, features: Features, counts: Sequence[dict[str, float]]) -> list[tuple[int, int]]:
        """Return the places of the words that spoke most for one class."""
        row = self._words.matrix(counts)
        values = row.data * self.coef_[place, row.indices]
        words = list(self._words.rows)
        pulls = [(-value, words[column]) for value, column in zip(values, row.indices, strict=True) if value > 0]
        spans: list[tuple[int, int]] = []
        for _, word in sorted(pulls):
            span = features.places.get(word)
            if span and all(span[1] <= start or end <= span[0] for start, end in spans):
                spans.append(span)
            if len(spans) == MAX_EVIDENCE:
                break
        return spans


def _beside(words: Any, block: Matrix) -> Any:
    import scipy.sparse as sp

    return sp.hstack([words, sp.csr_matrix(block.astype(np.float64))]).tocsr()
