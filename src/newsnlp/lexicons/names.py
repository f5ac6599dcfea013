"""Given names, organisations and offices: one list each, for all who look names up."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons._loader import load_csv

if TYPE_CHECKING:
    from collections.abc import Mapping


class Organisation(NamedTuple):
    """A name of an organisation: what it is (``media``), the group of names that mean it, and its country, or ""."""

    surface: str
    kind: str
    group: str
    country: str


@functools.cache
def organisation_names() -> tuple[Organisation, ...]:
    """Return the names of organisations. Namesakes have rows of their own, the commonest first."""
    columns = Organisation._fields
    rows = load_csv("organisations.csv", columns=columns, key=("surface", "group"), required=("surface",))
    return tuple(Organisation(**row) for row in rows)


@functools.cache
def given_genders() -> Mapping[str, str]:
    """Return the given names whose gender is known, with it: ``m`` or ``f``."""
    return {row["surface"]: row["gender"] for row in _given() if row["gender"]}


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names that are no words or places as well."""
    return frozenset(row["surface"] for row in _given() if not row["note"])


def _given() -> tuple[dict[str, str], ...]:
    return load_csv("names_given.csv", columns=("surface", "gender", "note"))


@functools.cache
def office_genders() -> Mapping[str, str]:
    """Return the nouns of offices and trades, in lower case, with their gender (``m``, ``f`` or empty)."""
    return {row["surface"].lower(): row["gender"] for row in _offices()}


@functools.cache
def office_keys() -> Mapping[str, str]:
    """Return the same nouns with what they are by themselves: a `RoleKey`."""
    return {row["surface"].lower(): row["key"] for row in _offices()}


def _offices() -> tuple[dict[str, str], ...]:
    return load_csv("names_offices.csv", columns=("surface", "gender", "key"), required=("surface", "key"))
