"""An analysis in a spaCy ``Doc``: what ``doc._.newsnlp`` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.records import Analysis

if TYPE_CHECKING:
    from collections.abc import Mapping


class DocAnalysis(dict[str, Any]):
    """An analysis that is its own JSON values, too, so that ``doc.to_json(underscore=["newsnlp"])`` can write it.

    spaCy writes of an extension what it gives, and only if that is a plain value. For all else, ``isinstance``,
    `dataclasses.replace` and pickling included, it is the `Analysis`.
    """

    __slots__ = ("_record",)
    __hash__ = None  # as an analysis, which holds a mapping
    __dataclass_fields__ = Analysis.__dataclass_fields__

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._record = Analysis.from_dict(values)

    @property  # type: ignore[misc]
    def __class__(self) -> type[Analysis]:  # type: ignore[override]
        """The class of what it stands for."""
        return type(self._record)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)

    def __eq__(self, other: object) -> bool:
        return self._record == getattr(other, "_record", other)

    def __repr__(self) -> str:
        return repr(self._record)

    def __reduce_ex__(self, _: object) -> tuple[Any, ...]:
        return Analysis.from_dict, (dict(self),)
