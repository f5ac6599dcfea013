"""How far a run has come: articles a second, failures, time left. Silent in a pipe."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType


class Progress:
    """A tqdm bar; a context manager.

    Parameters
    ----------
    shown : bool, optional
        By default shown in terminals and notebooks.
    """

    def __init__(self, *, shown: bool | None) -> None:
        self.shown = (sys.stderr.isatty() or in_notebook()) if shown is None else shown
        self._bar: Any = None

    def __enter__(self) -> Self:
        with warnings.catch_warnings():
            # tqdm.auto warns in a notebook without widgets, and then shows the plain bar, which is what is wanted.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm

            self._bar = tqdm(unit=" articles", disable=not self.shown, smoothing=0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def expect(self, items: int, fraction: float | None) -> None:
        """Estimate the total from how many items the share of the input that has been read gave."""
        if fraction:
            self._bar.total = max(items, round(items / fraction))

    def advance(self, items: int, *, failures: int) -> None:
        """Count items that are done."""
        self._bar.set_postfix_str(f"{failures} échecs" if failures > 1 else f"{failures} échec", refresh=False)
        self._bar.update(items)


def in_notebook() -> bool:
    """Return whether the program runs in a notebook's kernel, without importing IPython to know."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    # A terminal's IPython has a shell too, but no kernel.
    return hasattr(shell, "kernel")
