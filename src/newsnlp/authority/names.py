"""The user's authority: a list of names, checked row by row, each fault told with its line."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
import warnings
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from newsnlp.authority.matching import MOST_WORDS, NameIndex, fold_words, words_of
from newsnlp.authority.sheets import file_bytes, read_sheet
from newsnlp.entities.knowledge.places import known_countries, meanings_of
from newsnlp.errors import SourceError, shown
from newsnlp.record_fields import Label
from newsnlp.render.labels_fr import LABELS

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from newsnlp.authority.sheets import Sheet

# Column -> what a header may call it, folded.
COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "id": frozenset({"id", "identifiant", "authority_id"}),
        "label": frozenset({"label", "type", "etiquette"}),
        "name": frozenset({"name", "nom"}),
        "aliases": frozenset({"aliases", "alias"}),
        "country": frozenset({"country", "pays"}),
        "wikidata": frozenset({"wikidata", "qid"}),
        "ignore": frozenset({"ignore", "ignorer"}),
        "context": frozenset({"context", "contexte"}),
        "latitude": frozenset({"latitude"}),
        "longitude": frozenset({"longitude"}),
        "geonameid": frozenset({"geonameid"}),
    }
)
# Written for a country, it says that there is none.
NO_COUNTRY = "-"
# What no path holds.
_PINNED = "\n#"
MAX_NAMES = 500_000
MAX_NAME_CHARS = 200
MAX_ALIASES = 200
# Faults that one error tells; the rest are counted.
_MOST_TOLD = 5
_PARTS = re.compile(r"\s*[|;]\s*")
_QID = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,11})", re.IGNORECASE)
IGNORING = frozenset({"ignore", "ignorer"})
_YES = IGNORING | {"1", "x", "oui", "o", "yes", "y", "true", "vrai"}
_NO = frozenset({"0", "non", "n", "no", "false", "faux"})
_FRENCH_LABELS = {word: code for code, word in LABELS.items()}
_DEGREES = {"latitude": 90, "longitude": 180}


@dataclass(frozen=True, slots=True)
class Name:
    """One row: someone or something that the user's list names."""

    id: str
    name: str
    label: Label | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None  # `NO_COUNTRY` for none at all, None where the list says nothing
    wikidata: str | None = None
    context: tuple[str, ...] = ()  # words of articles in which a single word means it
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None
    line: int = 0

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class Ignored(NamedTuple):
    """One row of what is no name here; of one label, or of any."""

    forms: tuple[str, ...]
    label: Label | None
    line: int


@dataclass(frozen=True)
class Authority:
    """The user's list of names. ``digest`` tells one content from another; ``unused`` are columns without a meaning."""

    path: str
    digest: str
    names: tuple[Name, ...]
    ignored: tuple[Ignored, ...]
    unused: tuple[str, ...] = ()

    @functools.cached_property
    def index(self) -> NameIndex:
        """What finds the names in a text."""
        return NameIndex(enumerate(name.forms for name in self.names))

    @functools.cached_property
    def ignored_forms(self) -> NameIndex:
        """What finds the names that are none."""
        return NameIndex(enumerate(row.forms for row in self.ignored))

    @property
    def source(self) -> str:
        """The path with the digest behind it: what another process reads the same list by."""
        return f"{self.path}{_PINNED}{self.digest}"

    @property
    def told(self) -> dict[str, object]:
        """What an analysis says of the list that it was made with."""
        return {"names": len(self.names), "ignored": len(self.ignored), "digest": self.digest}


def read_authority(path: str | os.PathLike[str]) -> Authority:
    r"""Return the list of names in a file.

    Parameters
    ----------
    path : path
        CSV with any of the usual separators and encodings, or xlsx. Columns: ``name``; and where wanted ``id``,
        ``label``, ``aliases`` (with ``|`` between them), ``country``, ``wikidata``, ``ignore``, ``context``,
        ``latitude``, ``longitude``, ``geonameid``. Or `Authority.source`: another content than that one's is refused.

    Raises
    ------
    SourceError
        If it cannot be read, or a row says something that is not understood; the message gives its line.
    OptionError
        If it is no path.

    Warns
    -----
    UserWarning
        If the list has columns without a meaning here.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "noms.csv"
    >>> _ = place.write_text("id;label;name;aliases\nn1;ORG;Orange;Orange SA\n", encoding="utf-8")
    >>> [(name.id, name.label.value, name.forms) for name in read_authority(place).names]
    [('n1', 'ORG', ('Orange', 'Orange SA'))]
    """
    digest = ""
    if isinstance(path, str) and _PINNED in path:
        path, _, digest = path.rpartition(_PINNED)
    place, data = file_bytes(path, "authority")
    made = hashlib.sha256(data).hexdigest()[:16]
    if digest and made != digest:
        message = f"{place} has changed since it was read first. Hint: start the run again"
        raise SourceError(message)
    sheet = read_sheet(place, data, COLUMNS, needed="name")
    names, ignored, faults = checked(sheet)
    if faults:
        more = f"; and {len(faults) - _MOST_TOLD} more" if len(faults) > _MOST_TOLD else ""
        message = f"{place}: {'; '.join(faults[:_MOST_TOLD])}{more}"
        raise SourceError(message)
    unused = tuple(name for name in sheet.columns if name not in COLUMNS)
    if unused and not digest:
        warnings.warn(f"{place}: columns without a meaning here are left out: {', '.join(unused)[:300]}", stacklevel=2)
    return Authority(str(place.absolute()), made, tuple(names), tuple(ignored), unused)


def checked(sheet: Sheet) -> tuple[list[Name], list[Ignored], list[str]]:
    """Return the rows of a list, and one line for each that is not understood."""
    names: list[Name] = []
    ignored: list[Ignored] = []
    faults = list(sheet.faults)
    if len(sheet.rows) > MAX_NAMES:
        return names, ignored, [f"{len(sheet.rows):,} rows; accepted: {MAX_NAMES:,}"]
    ids: dict[str, int] = {}
    same: dict[tuple[object, ...], int] = {}
    for line, cells in sheet.rows:
        try:
            row = row_of(line, cells)
            if isinstance(row, Name):
                if (first := ids.setdefault(row.id, line)) != line:
                    _fault(f"the id {shown(row.id)} is that of line {first}, too")
                key = (row.name.casefold(), row.label, row.country, row.context)
                if (first := same.setdefault(key, line)) != line:
                    _fault(f"{shown(row.name)} stands in line {first} already. Hint: another label, country or context")
                names.append(row)
            else:
                ignored.append(row)
        except ValueError as error:
            faults.append(f"line {line}: {error}")
    forms = {(fold_words(form), row.label): row for row in ignored for form in row.forms}
    for name in names if forms else ():
        for form in name.forms:
            folded = fold_words(form)
            other = forms.get((folded, name.label)) or forms.get((folded, None))
            if other is not None:
                faults.append(f"line {name.line}: {shown(form)} is a name here, and ignored in line {other.line}")
    return names, ignored, faults


def row_of(line: int, cells: Mapping[str, str]) -> Name | Ignored:
    """Return what a row says.

    Raises
    ------
    ValueError
        If it is not understood.
    """
    plain = {column: _plain(column, cells[column]) for column in COLUMNS if cells.get(column)}
    name = plain.get("name", "")
    aliases = tuple(dict.fromkeys(part for part in _PARTS.split(plain.get("aliases", "")) if part and part != name))
    label = label_of(plain["label"]) if "label" in plain else None
    flag = plain.get("ignore", "")
    if flag and not name:
        name = flag  # in the column of what is ignored
    else:
        flag = "oui" if is_flagged(flag) else ""
    if not name:
        _fault("no name")
    if len(aliases) > MAX_ALIASES:
        _fault(f"{len(aliases)} aliases; accepted: {MAX_ALIASES}")
    for form in (name, *aliases):
        _check_form(form)
    if flag:
        return Ignored((name, *aliases), label, line)
    numbers = {column: number_of(column, plain[column]) for column in _DEGREES if column in plain}
    if len(numbers) == 1:
        _fault("latitude and longitude go together")
    return Name(
        id=plain.get("id") or name,
        name=name,
        label=label,
        aliases=aliases,
        country=country_of(plain["country"]) if "country" in plain else None,
        wikidata=wikidata_of(plain["wikidata"]) if "wikidata" in plain else None,
        context=tuple(part for part in _PARTS.split(plain.get("context", "")) if part),
        geonameid=_geonameid(plain["geonameid"]) if "geonameid" in plain else None,
        line=line,
        **numbers,
    )


def is_flagged(cell: str) -> bool:
    """Tell whether a cell of the column ``ignore`` says so.

    Raises
    ------
    ValueError
        If it says neither that nor the contrary.
    """
    text = cell.strip().casefold()
    if text and text not in _YES | _NO:
        _fault(f"ignore is {shown(cell)}; accepted: oui, or nothing")
    return text in _YES


def _plain(column: str, cell: str) -> str:
    """Return a cell as one line of plain text; line breaks part aliases."""
    text = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
    if column in {"aliases", "context"}:
        text = text.replace("\n", "|")
    text = " ".join(text.split())
    if not text.isprintable():
        _fault(f"{column} {shown(text)} holds signs that are not shown")
    return text


def _check_form(form: str) -> None:
    if not any(map(str.isalpha, form)):
        _fault(f"{shown(form)} has no letters: it is no name")
    if len(form) > MAX_NAME_CHARS or len(words_of(form)) > MOST_WORDS:
        _fault(f"{shown(form)} is too long; accepted: {MOST_WORDS} words, {MAX_NAME_CHARS} characters")


def _fault(message: str) -> NoReturn:
    raise ValueError(message)


def label_of(text: str) -> Label:
    """Return the label of a cell: its code, or its French word.

    Raises
    ------
    ValueError
        If it is neither.
    """
    code = _FRENCH_LABELS.get(text.casefold(), text.upper())
    if code not in LABELS:
        _fault(f"label {shown(text)} is not known; accepted: {', '.join(f'{c} ({w})' for c, w in LABELS.items())}")
    return Label(code)


def country_of(text: str) -> str:
    """Return the country of a cell: its code, or that of its French name; `NO_COUNTRY` stays.

    Raises
    ------
    ValueError
        If it is neither.
    """
    code = text.upper()
    if text == NO_COUNTRY or code in known_countries():
        return code
    states = {place.country for place in meanings_of(text) if place.kind in {"state", "territory"} and place.country}
    if len(states) != 1:
        _fault(f"country {shown(text)} is not known; accepted: two letters of ISO 3166-1 (FR), - for none")
    return states.pop()


def wikidata_of(text: str) -> str:
    """Return the id in Wikidata of a cell, which may be the address of its page.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = _QID.fullmatch(text)
    if found is None:
        _fault(f"wikidata {shown(text)} is no id of Wikidata; accepted: Q90")
    return found[1].upper()


def number_of(column: str, text: str) -> float:
    """Return degrees, with a decimal point or comma.

    Raises
    ------
    ValueError
        If it is no number of degrees.
    """
    most = _DEGREES[column]
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not -most <= number <= most:
        _fault(f"{column} {shown(text)} is no number from -{most} to {most}")
    return number


def _geonameid(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        _fault(f"geonameid {shown(text)} is no whole number")
    return int(text)
