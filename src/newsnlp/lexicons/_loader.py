"""Read, validate and cache the lexicon files of the package.

A file that breaks a rule never loads half: the error names the file, the line and the remedy.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import re
import tomllib
import unicodedata
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from newsnlp.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, str]

# Stands in no cell and is no space.
_NUL = "\0"
_PLACE = re.compile(r"<([a-z_]+\.[a-z_.]+)>")


@functools.cache
def read_resource(name: str) -> str:
    """Return the text of ``lexicons/fr/<name>``.

    Parameters
    ----------
    name : str
        File name, with its extension.

    Raises
    ------
    LexiconError
        If the file is not in the package or is not UTF-8 in NFC.
    """
    resource = resources.files("newsnlp.lexicons").joinpath("fr", name)
    try:
        text = resource.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise LexiconError.at(name, None, "no such lexicon", "see src/newsnlp/lexicons/fr/") from error
    except UnicodeDecodeError as error:
        raise LexiconError.at(name, None, "not UTF-8", "save the file as UTF-8") from error
    if not unicodedata.is_normalized("NFC", text):
        line = next(i for i, row in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", row))
        raise LexiconError.at(name, line, "text is not in NFC", "retype the accents as single characters")
    return text


@functools.cache
def load_csv(
    name: str, *, columns: tuple[str, ...], key: tuple[str, ...] = ("surface",), required: tuple[str, ...] | None = None
) -> tuple[Row, ...]:
    """Return the rows of a CSV lexicon as dictionaries, in file order.

    Parameters
    ----------
    name : str
        File name under ``lexicons/fr/``.
    columns : tuple of str
        The header that the file must have, in this order.
    key : tuple of str
        Columns that together identify a row; no two rows may agree on them.
    required : tuple of str, optional
        Columns that may not be empty; by default those of `key`.

    Returns
    -------
    tuple of dict
        One dictionary a row; an empty cell is an empty string. Shared and cached: do not change it.

    Raises
    ------
    LexiconError
        On another header, a row of the wrong length, a stray space, an empty required cell or a duplicate.
    """
    text = read_resource(name)
    reader = csv.reader(io.StringIO(text), strict=True)
    header = tuple(next(reader, ()))
    if header != columns:
        raise LexiconError.at(name, 1, f"header is {','.join(header)}", f"make it {','.join(columns)}")
    needed = key if required is None else required
    lines = list(reader)
    # A whole file is checked far faster than its rows. Where anything looks amiss, row by row: that tells what, where.
    if not _is_sound(lines, columns, key, needed):
        _check_rows(name, columns, key, needed)
    # All of one length by now; `strict` would cost half as much again.
    return tuple([dict(zip(columns, cells)) for cells in lines])  # noqa: B905


def _is_sound(lines: list[list[str]], columns: tuple[str, ...], key: tuple[str, ...], needed: tuple[str, ...]) -> bool:
    """Tell whether all rows have all cells, those needed are full, no space is stray and no two rows share a key."""
    if not lines or set(map(len, lines)) != {len(columns)}:
        return False
    text = _NUL.join(map(_NUL.join, lines))
    if " ".join(text.split()) != text or " " + _NUL in text or _NUL + " " in text:
        return False
    cells = dict(zip(columns, zip(*lines, strict=True), strict=True))
    identities = zip(*[cells[column] for column in key], strict=True)
    return all(all(cells[column]) for column in needed) and len(set(identities)) == len(lines)


def _check_rows(name: str, columns: tuple[str, ...], key: tuple[str, ...], needed: tuple[str, ...]) -> None:
    """Raise the error of the first row that breaks a rule."""
    reader = csv.reader(io.StringIO(read_resource(name)), strict=True)
    next(reader)
    seen: dict[tuple[str, ...], int] = {}
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(columns):
            raise LexiconError.at(name, line, f"{len(cells)} cells", f"write {len(columns)}, quoting commas")
        row = dict(zip(columns, cells, strict=True))
        for column, cell in row.items():
            if cell != cell.strip() or "  " in cell:
                raise LexiconError.at(name, line, f"stray space in {column} {cell!r}", "remove it")
        for column in needed:
            if not row[column]:
                raise LexiconError.at(name, line, f"{column} is empty", "fill it in or remove the row")
        identity = tuple(row[column] for column in key)
        if identity in seen:
            raise LexiconError.at(name, line, f"{identity} repeats line {seen[identity]}", "keep one of the two")
        seen[identity] = line
    if not seen:
        raise LexiconError.at(name, None, "no rows", "add some or delete the file")


@functools.cache
def load_toml(name: str, *, tables: tuple[str, ...]) -> Mapping[str, Any]:
    """Return a TOML lexicon whose top-level keys are exactly `tables`.

    ``"@calendar.months"`` in a list stands for the words of that list, see `words`. Lists of strings anywhere in it may
    hold no duplicate, no empty string and no stray space.

    Raises
    ------
    LexiconError
        On a syntax error, an unknown or missing table, or a bad string in a list.
    """
    data = {table: _opened(name, value, table) for table, value in _toml(name).items()}
    if unknown := set(data) ^ set(tables):
        raise LexiconError.at(name, None, f"tables differ: {sorted(unknown)}", f"have exactly {sorted(tables)}")
    return MappingProxyType(data)


@functools.cache
def words(place: str) -> tuple[str, ...]:
    """Return a list of a TOML lexicon: ``file.table``, or ``file.table.key`` where the key is not `words`.

    Examples
    --------
    >>> words("calendar.weekdays")[:2]
    ('lundi', 'mardi')
    """
    name, table, key = (*place.split("."), "words")[:3]
    return tuple(_opened(f"{name}.toml", _toml(f"{name}.toml")[table][key], f"{table}.{key}"))


@functools.cache
def word_set(place: str) -> frozenset[str]:
    """Return `words` as a set."""
    return frozenset(words(place))


def alternation(patterns: Iterable[str]) -> str:
    """Return a pattern of any of some patterns that begin with a letter or sign: a branch a first letter is fast.

    Examples
    --------
    >>> alternation(["deux", "dix", "cent"])
    'd(?:eux|ix)|c(?:ent)'
    """
    branches: dict[str, list[str]] = {}
    for one in patterns:
        size = 1 + one.startswith("\\")
        branches.setdefault(one[:size], []).append(one[size:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in branches.items())


def pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern compiled at its first use, in which ``<file.table>`` stands for any of the `words` there.

    The words may be patterns themselves.

    Examples
    --------
    >>> pattern(r"<calendar.weekdays> [0-9]+").match("mardi 12")[0]
    'mardi 12'
    """
    return cast("re.Pattern[str]", _Pattern(template, flags))


class _Pattern:
    """Has the methods of a compiled pattern: each is taken over when it is first asked for."""

    def __init__(self, template: str, flags: int) -> None:
        self._template, self._flags = template, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(_compiled(self._template, self._flags), name)
        setattr(self, name, method)
        return method


@functools.cache
def _compiled(template: str, flags: int) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(lambda place: f"(?:{'|'.join(words(place[1]))})", template), flags)


@functools.cache
def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(read_resource(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError.at(name, None, f"not TOML: {error}", "mend the syntax") from error


def _opened(name: str, value: Any, path: str) -> Any:
    """Return a value of a TOML lexicon with what its lists name in place of the names; its strings are sound."""
    if isinstance(value, dict):
        return {key: _opened(name, inner, f"{path}.{key}") for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    opened: list[Any] = []
    seen: set[str] = set()
    for inner in value:
        if not isinstance(inner, str):
            opened.append(_opened(name, inner, path))
            continue
        for word in words(inner[1:]) if inner.startswith("@") else (inner,):
            if not word or word != word.strip():
                raise LexiconError.at(name, None, f"{path}: empty or padded string {word!r}", "remove it")
            if word in seen:
                raise LexiconError.at(name, None, f"{path}: {word!r} twice", "keep one")
            seen.add(word)
            opened.append(word)
    return opened


@functools.cache
def lexicon_version() -> str:
    """Return a short fingerprint of all lexicon files, recorded in every analysis."""
    digest = hashlib.sha256()
    folder = resources.files("newsnlp.lexicons").joinpath("fr")
    for resource in sorted(folder.iterdir(), key=lambda item: item.name):
        if resource.is_file():
            digest.update(resource.name.encode())
            digest.update(resource.read_bytes())
    return digest.hexdigest()[:12]
