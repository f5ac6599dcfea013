"""Articles of our own writing, bundled for the demo and the notebooks. People and events in them are invented."""

from __future__ import annotations

from importlib import resources


def sample_text(name: str = "attaque_base") -> str:
    """Return the raw text of a bundled article.

    Parameters
    ----------
    name : str
        ``attaque_base``: an article as pasted from a web page, with its menus and share buttons.

    Examples
    --------
    >>> "Ménaka" in sample_text()
    True
    """
    return resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
