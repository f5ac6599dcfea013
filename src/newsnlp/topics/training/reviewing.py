"""What a desk does with a labeller beside labelling: weigh it, read its labels as paths, draft labels for a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.errors import SourceError
from newsnlp.safety.values import whole_number
from newsnlp.topics.fitting import check_fitted
from newsnlp.topics.training.evaluation import Evaluation, ranked_paths
from newsnlp.topics.training.examples import in_classes, read_labels, read_texts
from newsnlp.topics.training.suggestion import Suggestions, suggest_labels

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Reviewing:
    """The part of `TopicLabeler` that stands on its probabilities."""

    classes_: npt.NDArray[Any]
    multi_: bool
    threshold: float

    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]:  # noqa: N803  # as scikit-learn calls it
        """Return the probability of each class."""
        raise NotImplementedError

    def predict_paths(self, X: Any, *, separator: str = "/") -> list[list[tuple[str, float]]]:  # noqa: N803
        """Return for labels that are paths (``Sport/Football``) the section of each text and the label within it.

        A section's score is the sum of its labels', so that a text between two sections of sport is sport all the same.

        Examples
        --------
        >>> from newsnlp import TopicLabeler
        >>> texts = ["Le gardien arrête le penalty.", "Le cycliste gagne au sprint.", "La cour a relaxé l'accusé."]
        >>> labeler = TopicLabeler().fit(texts * 2, ["Sport/Football", "Sport/Vélo", "Justice"] * 2)
        >>> [name for name, _ in labeler.predict_paths(["Un cycliste gagne au sprint."])[0]]
        ['Sport', 'Sport/Vélo']
        """
        return ranked_paths(self.classes_.tolist(), self.predict_proba(X), separator)

    def evaluate(self, texts: Any, labels: Any) -> Evaluation:
        """Return how well the labels of texts that were not learnt from are told: a table and a confusion table.

        Raises
        ------
        OptionError
            If `labels` holds one that the model does not know.
        SourceError
            If texts or labels are in no accepted form.

        Examples
        --------
        >>> from newsnlp import TopicLabeler
        >>> texts = ["Le gardien arrête le penalty.", "La cour a relaxé l'accusé."]
        >>> labeler = TopicLabeler().fit(texts * 2, ["Sport", "Justice"] * 2)
        >>> labeler.evaluate(["Le gardien arrête un penalty."], ["Sport"]).accuracy
        1.0
        """
        check_fitted(self)
        read = read_texts(texts)
        wanted = in_classes(read_labels(labels, len(read)), self.classes_)
        if wanted.multi != self.multi_:
            message = f"this model was fitted with {'several labels' if self.multi_ else 'one label'} a text"
            raise SourceError(message + ". Hint: give labels in the same form")
        return Evaluation.of(
            self.classes_.tolist(),
            wanted.matrix,
            self.predict_proba(texts),
            multi=self.multi_,
            threshold=self.threshold,
        )

    @staticmethod
    def suggest_labels(texts: Any, *, n: int = 8) -> Suggestions:
        """Return labels for a corpus that has none: groups of like texts, named by their subject and words.

        Parameters
        ----------
        texts : texts
        n : int
            Number of groups, at most.

        Notes
        -----
        A draft for a desk to rename and correct, and then to `fit`: ``suggested.labels`` has one name a text.

        Examples
        --------
        >>> from newsnlp import TopicLabeler
        >>> texts = ["Le gardien arrête le penalty.", "L'attaquant marque un but.",
        ...          "La cour a relaxé l'accusé.", "Le tribunal condamne le voleur."]
        >>> suggested = TopicLabeler.suggest_labels(texts, n=2)
        >>> suggested.labels[0] == suggested.labels[1] != suggested.labels[2]
        True
        """
        return suggest_labels(read_texts(texts), whole_number("n", n))
