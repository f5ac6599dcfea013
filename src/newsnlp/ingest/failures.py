"""What could not be analysed, as a record beside what could: nothing of a corpus is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from newsnlp.safety.values import MAX_ID_CHARS, storable_id

if TYPE_CHECKING:
    from collections.abc import Mapping


# A reason that lists the columns of a row or quotes the text it failed on, or an id of a megabyte, is cut; shorter ids
# are those of `Article`.
MAX_REASON = 500
MAX_TOLD_ID = MAX_ID_CHARS


class FailureKind(StrEnum):
    """Why an item gave no analysis."""

    BAD_RECORD = "bad_record"
    NO_TEXT = "no_text"
    BAD_ENCODING = "bad_encoding"
    TOO_LARGE = "too_large"
    DUPLICATE_ID = "duplicate_id"
    REPLACED = "replaced"
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

    def __post_init__(self) -> None:
        # What is told of a record must not be as large or as broken as the record.
        if len(self.article_id) > MAX_TOLD_ID or not self.article_id.isascii():
            object.__setattr__(self, "article_id", _told(self.article_id, MAX_TOLD_ID))
        if len(self.reason) > MAX_REASON or not self.reason.isascii():
            object.__setattr__(self, "reason", _told(self.reason, MAX_REASON))

    def at(self, position: int) -> Failure:
        """Return it at another place of the input."""
        # By hand: `replace`, which checks the texts once more, took a quarter of the time of an input of failures.
        made = object.__new__(Failure)
        for name, value in (
            ("article_id", self.article_id),
            ("position", position),
            ("kind", self.kind),
            ("reason", self.reason),
        ):
            object.__setattr__(made, name, value)
        return made

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain JSON values."""
        # By hand: `asdict` took most of the time of an input that is all failures.
        return {
            "article_id": self.article_id,
            "position": self.position,
            "kind": str(self.kind),
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the failure that `to_dict` gave, as read back from JSON.

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


def told_of(error: BaseException) -> str:
    """Return an error in one line, type first, even if its own text cannot be had; no longer than a reason."""
    name = type(error).__name__
    try:
        text = " ".join(str(error).split())
    except BaseException as second:  # noqa: BLE001  # an error of anyone's code, whose __str__ fails, with an exit too
        text, name = "", f"{name}, whose message raises {type(second).__name__}"
    return (f"{name}: {text}" if text else name)[:MAX_REASON]


def _told(text: str, most: int) -> str:
    told = storable_id(text[: most + 1])
    return told if len(told) <= most else told[: most - 1] + "…"
