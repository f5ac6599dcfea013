"""Whether a labeller has learnt anything: an error of ours that is scikit-learn's, too."""

from __future__ import annotations

from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from newsnlp.errors import OptionError


class UnfittedError(OptionError, NotFittedError):  # type: ignore[misc]  # scikit-learn has no types
    """A labeller that has learnt nothing yet."""


def check_fitted(labeler: object) -> None:
    """Raise an `UnfittedError` where a labeller has learnt nothing."""
    try:
        check_is_fitted(labeler)
    except NotFittedError:
        message = "this TopicLabeler is not fitted. Hint: fit(texts, labels), or TopicLabeler.load(folder)"
        raise UnfittedError(message) from None
