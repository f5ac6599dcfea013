"""What could not be analysed, as a record beside what could: nothing of a corpus is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class FailureKind(StrEnum):
    """Why an item gave no analysis."""

    BAD_RECORD = "bad_record"
    NO_TEXT = "no_text"
    BAD_ENCODING = "bad_encoding"
    TOO_LARGE = "too_large"
    DUPLICATE_ID = "duplicate_id"
    ERROR = "error"
    TIMEOUT = "timeout"
    WORKER_DIED = "worker_died"
    INPUT_BROKEN = "input_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One item of the input that gave no analysis.

    ``position`` counts the items of the input from 0; ``article_id`` is the item's own id where it has one, else
    its place in the input (``line 37``, ``page.html``). ``input_broken`` stands for all that would have followed:
    a file cut short, an archive that cannot be unpacked further.
    """

    article_id: str
    position: int = 0
    kind: FailureKind
    reason: str

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the failure that ``dataclasses.asdict`` gave, as read back from JSON.

        Raises
        ------
        TypeError, ValueError, KeyError
            If it is none.
        """
        found = cls(**{**values, "kind": FailureKind(values["kind"])})
        if (type(found.article_id), type(found.position), type(found.reason)) != (str, int, str):
            message = "a failure's fields are of the wrong types"
            raise TypeError(message)
        return found
