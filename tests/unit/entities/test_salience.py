"""Salience: more mentions, an earlier one and a wider spread never lower it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsnlp.entities.attributes.salience import salience

STARTS = st.lists(st.integers(0, 999), min_size=1, max_size=30)


@given(STARTS)
def test_between_zero_and_one(starts):
    assert 0 < salience(starts, length=1000, most=30, headline_end=100) <= 1


@given(STARTS, st.integers(0, 999))
def test_one_mention_more_never_lowers(starts, more):
    assert salience([*starts, more], length=1000, most=31) >= salience(starts, length=1000, most=31)


def test_headline_and_order():
    assert salience([0], length=1000, most=1, headline_end=50) > salience([500], length=1000, most=1, headline_end=50)
    assert salience([0, 200, 400, 600, 800], length=1000, most=5, headline_end=50) == 1
    assert salience([], length=1000, most=3) == 0
    assert salience([3], length=0, most=1) == 0
