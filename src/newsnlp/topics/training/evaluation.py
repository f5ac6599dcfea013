"""How well a labeller tells the labels of texts that it has not seen: a table, a confusion table, a plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from newsnlp.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """What `TopicLabeler.evaluate` found; prints itself as its table.

    ``table`` has a row a label: ``texts``, ``precision``, ``recall``, ``f1``. ``confusion`` has the right labels as
    rows and those given as columns; where a text may have several, each right label that was missed is counted under
    the best wrong one, or under an empty name.
    """

    accuracy: float
    macro_f1: float
    table: pd.DataFrame
    confusion: pd.DataFrame

    @classmethod
    def of(
        cls,
        classes: Sequence[Any],
        wanted: npt.NDArray[np.bool_],
        probabilities: npt.NDArray[np.float64],
        *,
        multi: bool,
        threshold: float,
    ) -> Self:
        """Return the evaluation of some probabilities against the right labels, one row a text."""
        import pandas as pd

        best = probabilities.argmax(axis=1)
        if multi:
            given = probabilities >= threshold
        else:
            given = np.zeros_like(wanted)
            given[np.arange(len(best)), best] = True
        right = (wanted & given).sum(axis=0)
        precision = right / np.maximum(1, given.sum(axis=0))
        recall = right / np.maximum(1, wanted.sum(axis=0))
        f1 = 2 * right / np.maximum(1, given.sum(axis=0) + wanted.sum(axis=0))
        names = pd.Index(classes, name="label")
        table = pd.DataFrame(
            {"texts": wanted.sum(axis=0), "precision": precision, "recall": recall, "f1": f1}, index=names
        )
        met = wanted.any(axis=0)
        return cls(
            accuracy=float((wanted == given).all(axis=1).mean()) if len(wanted) else 0.0,
            macro_f1=float(f1[met].mean()) if met.any() else 0.0,
            table=table.round(3),
            confusion=_confusion(classes, wanted, given, probabilities),
        )

    def __str__(self) -> str:
        return f"{self.table.to_string()}\naccuracy {self.accuracy:.3f}, macro F1 {self.macro_f1:.3f}"

    def __repr__(self) -> str:
        return f"<Evaluation: accuracy {self.accuracy:.3f}, macro F1 {self.macro_f1:.3f}>"

    def plot(self, ax: Any = None) -> Any:
        """Draw the confusion table, and return matplotlib's axes.

        Raises
        ------
        MissingExtraError
            If matplotlib is not installed.
        """
        try:
            import matplotlib.pyplot as plt
        except ModuleNotFoundError as error:
            raise MissingExtraError.named("notebook", "plotting a confusion table") from error
        ax = ax or plt.subplots()[1]
        counts = self.confusion.to_numpy()
        ax.imshow(counts, cmap="Blues")
        ax.set_xticks(range(counts.shape[1]), [str(name) for name in self.confusion.columns], rotation=45, ha="right")
        ax.set_yticks(range(counts.shape[0]), [str(name) for name in self.confusion.index])
        ax.set_xlabel("rubrique donnée")
        ax.set_ylabel("rubrique attendue")
        for row, column in zip(*np.nonzero(counts), strict=True):
            dark = counts[row, column] > counts.max() / 2
            ax.text(column, row, int(counts[row, column]), ha="center", va="center", color="white" if dark else "black")
        return ax


def _confusion(
    classes: Sequence[Any],
    wanted: npt.NDArray[np.bool_],
    given: npt.NDArray[np.bool_],
    probabilities: npt.NDArray[np.float64],
) -> pd.DataFrame:
    import pandas as pd

    counts = np.zeros((len(classes), len(classes) + 1), dtype=int)
    for row, told, likely in zip(wanted, given, probabilities, strict=True):
        wrong = np.flatnonzero(told & ~row)
        instead = int(wrong[np.argmax(likely[wrong])]) if len(wrong) else len(classes)
        for place in np.flatnonzero(row):
            counts[place, place if told[place] else instead] += 1
    columns = [*classes, ""] if counts[:, -1].any() else [*classes]
    return pd.DataFrame(counts[:, : len(columns)], index=pd.Index(classes, name="label"), columns=columns)


def ranked_paths(
    classes: Sequence[Any], probabilities: npt.NDArray[np.float64], separator: str
) -> list[list[tuple[str, float]]]:
    """Return for each text the best path: its section, its label in that section, each with its score.

    Examples
    --------
    >>> ranked_paths(["A/x", "A/y", "B"], np.array([[0.3, 0.25, 0.45]]), "/")
    [[('A', 0.55), ('A/x', 0.3)]]
    """
    parts = [str(name).split(separator) for name in classes]
    found = []
    for row in probabilities:
        path: list[tuple[str, float]] = []
        inside = list(range(len(parts)))
        for depth in range(1, max(map(len, parts)) + 1):
            sums: dict[str, float] = {}
            for place in inside:
                if len(parts[place]) >= depth:
                    name = separator.join(parts[place][:depth])
                    sums[name] = sums.get(name, 0.0) + float(row[place])
            if not sums:
                break
            best = max(sums, key=lambda name: (sums[name], name))
            path.append((best, round(min(1.0, sums[best]), 4)))
            inside = [p for p in inside if separator.join(parts[p][:depth]) == best]
        found.append(path)
    return found
