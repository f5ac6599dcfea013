"""The office that the text gives a person, by apposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.records import Mention


def find_role(text: str, members: Sequence[Mention]) -> str | None:
    """Return the office."""
    return None
