"""Any analysis comes back from JSON equal, and of the same types."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from newsnlp.records import RECORDS, Analysis, Article
from newsnlp.safety.packing import pack_analyses, unpack_analyses

# An empty text and nan are absent in JSON, hence None when they come back.
TEXTS = st.text(min_size=1, max_size=8)


def values_of(hint):
    """Return a strategy for what a field of that type holds."""
    if isinstance(hint, types.UnionType):
        return st.one_of([values_of(inner) for inner in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        inner, *others = typing.get_args(hint)
        if others == [...]:
            return st.lists(values_of(inner), max_size=3).map(tuple)
        return st.tuples(*map(values_of, (inner, *others)))
    if typing.get_origin(hint) is Mapping:
        return st.dictionaries(*map(values_of, typing.get_args(hint)), max_size=3)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    known = {str: TEXTS, int: st.integers(), float: st.floats(allow_nan=False, allow_infinity=False)}
    return {**known, type(None): st.none(), datetime: st.datetimes(
        datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.sampled_from([UTC, None])  # noqa: DTZ001
    )}[hint]  # fmt: skip


def records_of(cls):
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{item.name: values_of(hints[item.name]) for item in fields(cls)})


ANALYSES = st.builds(
    Analysis,
    article=records_of(Article),
    body_spans=values_of(tuple[tuple[int, int], ...]),
    meta=st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS), max_size=2),
    **{name: st.lists(records_of(cls), max_size=2).map(tuple) for name, cls in RECORDS.items()},
)


def shape(value):
    """Return the types of a value and of all in it."""
    if isinstance(value, tuple):
        return [shape(inner) for inner in value]
    inside = (
        [shape(getattr(value, item.name)) for item in fields(value)] if hasattr(value, "__dataclass_fields__") else []
    )
    return [type(value), *inside]


@given(ANALYSES)
def test_json_gives_back_the_same_analysis(analysis):
    told = json.loads(json.dumps(analysis.to_dict()))
    back = Analysis.from_dict(told)
    assert back == analysis
    assert shape(back) == shape(analysis)
    assert back.to_dict() == told


@given(ANALYSES)
def test_child_processes_give_back_the_same_analysis(analysis):
    (back,) = unpack_analyses(pack_analyses([analysis], [analysis.article]), [analysis.article])
    assert back == analysis
    assert shape(back) == shape(analysis)
