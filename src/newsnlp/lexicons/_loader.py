"""Read, validate and cache the lexicon files of the package.

A file that breaks a rule never loads half: the error names the file, the line and the remedy.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import tomllib
import unicodedata
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsnlp.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, str]

# Stands in no cell and is no space.
_NUL = "\0"


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

    Lists of strings anywhere in it may hold no duplicate, no empty string and no stray space.

    Raises
    ------
    LexiconError
        On a syntax error, an unknown or missing table, or a bad string in a list.
    """
    try:
        data = tomllib.loads(read_resource(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError.at(name, None, f"not TOML: {error}", "mend the syntax") from error
    if unknown := set(data) ^ set(tables):
        raise LexiconError.at(name, None, f"tables differ: {sorted(unknown)}", f"have exactly {sorted(tables)}")
    _check_strings(name, data, ())
    return MappingProxyType(data)


def _check_strings(name: str, value: object, path: tuple[str, ...]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_strings(name, inner, (*path, str(key)))
    elif isinstance(value, list):
        seen: set[str] = set()
        for inner in value:
            if isinstance(inner, str):
                where = ".".join(path)
                if not inner or inner != inner.strip():
                    raise LexiconError.at(name, None, f"{where}: empty or padded string {inner!r}", "remove it")
                if inner in seen:
                    raise LexiconError.at(name, None, f"{where}: {inner!r} twice", "keep one")
                seen.add(inner)
            else:
                _check_strings(name, inner, path)


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
