"""A corrected table of entities as a list of names: what somebody changed in Excel holds in the next run.

The table is compared with what was kept beside it when it was written. Nothing that was changed is lost in
silence: what no list can say is told, a line a row.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsnlp.authority.lists import Corrections, completed, joined, listed, write_list
from newsnlp.authority.matching import fold_words, words_of
from newsnlp.authority.names import COLUMNS, IGNORING, NO_COUNTRY, Name, is_flagged, label_of, row_of
from newsnlp.authority.sheets import Sheet, file_bytes, read_sheet
from newsnlp.entities.knowledge.gazetteers import common_words, first_names
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.errors import shown
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.safety.values import folder_path
from newsnlp.tables.formats import as_found
from newsnlp.tables.readers import read_tables
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    Cells = dict[str, str]

# Where an edited table may lie: Excel saves a CSV file as a workbook, too.
_SHEETS = ("entities.xlsx", "newsnlp.xlsx", "entities.csv")
_KEYS = ("article_id", "entity_id")
_READ = {**{name: {name} for name in as_found.COLUMNS}, "ignore": COLUMNS["ignore"]}
_OF_EXCEL = "windows-1252"
# Columns that a list of names can correct.
_CORRECTED = ("name", "label", "type", "country", "aliases", "wikidata", "authority_id")
_PLACED = ("geonameid", "latitude", "longitude")
_NUMBERS = frozenset(_PLACED)
# Names beside a short form in its article that will be a sign of it.
_CONTEXT = 5


@dataclass(slots=True)
class _Edit:
    """One corrected row of the table."""

    line: int
    before: Mapping[str, Any]
    after: Cells
    ignore: bool = False


def write_corrections(folder: str | os.PathLike[str], out: str | os.PathLike[str] = "noms.csv") -> Corrections:
    """Write the corrections of an edited table of entities as a list of names for ``newsnlp.load(authority=…)``.

    Parameters
    ----------
    folder : path
        What `write_tables` or `analyze_corpus` wrote into. In its table of entities a name, label or type, country,
        aliases, ``wikidata``, ``authority_id`` or place was changed, or ``ignore`` was written into the label or into a
        column of that name.
    out : path
        The list, CSV for a French Excel. Where it is there already, it is completed: its other rows stay.

    Returns
    -------
    Corrections

    Raises
    ------
    SourceError
        If the folder holds no table of entities, or nothing that tells what it was before; if `out` cannot be read or
        written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from newsnlp import load, write_tables
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> table = write_tables(load()("Cinq blessés à Lyon."), folder)["entities"]
    >>> _ = table.write_text(table.read_text("utf-8").replace("Lyon,LOC", "Lyon,ignore"), "utf-8")
    >>> report = write_corrections(folder, folder / "noms.csv")
    >>> report.added, report.ignored, report.told
    (0, 1, [])
    """
    place = folder_path(folder, option="folder")
    report = Corrections(folder_path(out, option="out"), place)
    sheets = list(_edited(place))
    found = {(row["article_id"], row["entity_id"]): row for row in as_found.read_found(place)}
    # Where the letters do not tell the encoding, it is that in which fewer cells are others.
    compared = [_compared(sheet, found) for sheet in sheets]
    sheet, edits, told = min(compared, key=lambda each: sum(len(edit.after) for edit in each[1]))
    report.table = sheet.path
    report.told += told
    if not edits:
        return report
    earlier = listed(report.path)
    labels: dict[str, set[str]] = {}
    edited = {id(edit.before) for edit in edits}
    for row in found.values():
        for form in _forms(row) if id(row) not in edited else ():
            labels.setdefault(fold_words(form), set()).add(row["label"])
    near = _near(edits, found)
    made: dict[tuple[str, str], tuple[int, Cells]] = {}
    for edit in edits:
        try:
            cells = _ignoring(edit, labels) if edit.ignore else _naming(edit, near, labels)
            _merge(made, edit.line, _checked(edit.line, cells))
        except ValueError as error:
            report.told.append(f"{sheet.path.name}, row {edit.line}: {error}")
    rows = completed(earlier, [cells for _, cells in made.values()], report)
    write_list(report.path, rows)
    return report


def _edited(folder: Path) -> Iterator[Sheet]:
    """Yield the table of entities, that which was saved last where there are several; in each encoding it may be in."""
    there = [folder / name for name in _SHEETS if (folder / name).is_file()]
    if there:
        path = max(there, key=lambda each: each.stat().st_mtime_ns)
        path, data = file_bytes(path, "entities")
        table = as_found.TABLE if path.name == "newsnlp.xlsx" else None
        sheet = read_sheet(path, data, _READ, needed="entity_id", table=table)
        yield sheet
        if not sheet.encoding.startswith(("utf", _OF_EXCEL)):
            yield read_sheet(path, data, _READ, needed="entity_id", declared=_OF_EXCEL)
        return
    frame = read_tables(folder, [as_found.TABLE])[as_found.TABLE].astype(object)
    frame = frame.where(frame.notna(), None)
    rows = (dict(zip(frame.columns, cells, strict=True)) for cells in frame.itertuples(index=False, name=None))
    texts = [(at, {k: str(v) for k, v in row.items() if v is not None}) for at, row in enumerate(rows, 1)]
    yield Sheet(folder / as_found.TABLE, tuple(frame.columns), texts)


def _compared(sheet: Sheet, found: Mapping[tuple[str, str], Mapping[str, Any]]) -> tuple[Sheet, list[_Edit], list[str]]:
    told = [f"{sheet.path.name}: {fault}" for fault in sheet.faults]
    return sheet, list(_edits(sheet, found, told)), told


def _edits(sheet: Sheet, found: Mapping[tuple[str, str], Mapping[str, Any]], told: list[str]) -> Iterator[_Edit]:
    """Yield the rows that somebody changed; tell those that cannot be understood."""
    compared = [column for column in as_found.COLUMNS if column in sheet.columns and column not in _KEYS]
    seen: set[tuple[str, str]] = set()
    for line, cells in sheet.rows:
        where = f"{sheet.path.name}, row {line}"
        key = (cells.get(_KEYS[0], ""), cells.get(_KEYS[1], ""))
        before = found.get(key)
        if before is None:
            what = f"the analysis found no entity {key[1]!r} in the article {key[0][:80]!r}"
            told.append(f"{where}: {what}. Hint: leave the columns article_id and entity_id as they are")
            continue
        if key in seen:
            told.append(f"{where}: stands twice; the first is taken")
            continue
        seen.add(key)
        after = {c: " ".join(cells.get(c, "").split()) for c in compared}
        after = {c: cell for c, cell in after.items() if not _same(cell, before[c], c, sheet.encoding)}
        ignore = any(after.get(column, "").casefold() in IGNORING for column in _CORRECTED[:3])
        try:
            ignore |= is_flagged(cells.get("ignore", ""))
        except ValueError as error:
            told.append(f"{where}: {error}")
        for column in [c for c in after if c not in _CORRECTED and c not in _PLACED and not ignore]:
            what = f"{column} was changed to {shown(after.pop(column))}, which a list of names cannot say"
            told.append(f"{where}: {what}; left out")
        if after or ignore:
            yield _Edit(line, before, after, ignore)
    if missing := len(found) - len(seen):
        told.append(
            f"{sheet.path.name}: {missing} of the rows that were written are not there, which changes nothing. "
            "Hint: write ignore into the label of what is to vanish"
        )


def _same(cell: str, before: object, column: str, encoding: str) -> bool:
    """Tell whether a cell holds what was written into it, whatever Excel made of its signs."""
    if before is None or before == "":
        return not cell
    if column in _NUMBERS:
        with contextlib.suppress(ValueError):
            return float(cell.replace(",", ".")) == float(str(before))
        return False
    text = " ".join(str(before).split())
    if cell in {text, text.removeprefix("'"), f"'{text}"}:
        return True
    if encoding.startswith("utf") or len(cell) != len(text):
        return False
    # What the encoding cannot write is another sign now.
    return all(mine == its or not _written(its) for mine, its in zip(cell, text, strict=True))


def _written(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _forms(row: Mapping[str, Any]) -> list[str]:
    """Return the ways in which an article wrote a name."""
    aliases = (row["aliases"] or "").split(LIST_SEPARATOR)
    return [form for form in dict.fromkeys([row["name"] or "", *aliases]) if form]


def _near(edits: Iterable[_Edit], found: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the first names of each article with corrections."""
    wanted = {edit.before["article_id"] for edit in edits}
    near: dict[str, list[str]] = {}
    for (article, _), row in found.items():
        if article in wanted and row["name"]:
            near.setdefault(article, []).append(row["name"])
    return near


def _ignoring(edit: _Edit, labels: Mapping[str, set[str]]) -> Cells:
    forms = _forms(edit.before)
    # A name that the analysis found with another label, too, vanishes with this one only.
    several = _other_labels(forms, labels, edit.before["label"])
    return {
        "id": edit.before["authority_id"] or "",
        "label": edit.before["label"] if several else "",
        "name": forms[0],
        "aliases": LIST_SEPARATOR.join(forms[1:]),
        "ignore": "oui",
    }


def _other_labels(forms: Iterable[str], labels: Mapping[str, set[str]], *own: str) -> bool:
    """Tell whether rows that nobody changed have one of the forms with another label: it names something else there."""
    return any(labels.get(fold_words(form), set()) - set(own) for form in forms)


def _naming(edit: _Edit, near: Mapping[str, list[str]], labels: Mapping[str, set[str]]) -> Cells:
    before, after = edit.before, edit.after
    name = after.get("name", before["name"])
    if not name:
        message = "the name was taken away. Hint: write ignore into the label of what is to vanish"
        raise ValueError(message)
    if {"label", "type"} <= after.keys() and label_of(after["label"]) != label_of(after["type"]):
        message = f"label {shown(after['label'])} and type {shown(after['type'])} say different things"
        raise ValueError(message)
    forms = _forms(before)
    if "aliases" in after:
        own = [form.strip() for form in after["aliases"].split(LIST_SEPARATOR.strip())]
        forms = [before["name"], *own]
    aliases = [form for form in dict.fromkeys(forms) if form and form != name]
    country = after.get("country")
    label = after.get("label") or after.get("type") or before["label"]
    open_to = any(map(_is_ambiguous, aliases)) or _other_labels(forms, labels, before["label"], label_of(label))
    others = [each for each in near[before["article_id"]] if each not in {name, *forms}]
    return {
        "id": after.get("authority_id", before["authority_id"]) or "",
        "label": label,
        "name": name,
        "aliases": LIST_SEPARATOR.join(aliases),
        "country": "" if country is None else country or NO_COUNTRY,
        "wikidata": after.get("wikidata", before["wikidata"]) or "",
        "context": LIST_SEPARATOR.join(others[:_CONTEXT]) if open_to else "",
        **({c: after.get(c, str(before[c] or "")) for c in _PLACED} if after.keys() & set(_PLACED) else {}),
    }


def _checked(line: int, cells: Cells) -> Cells:
    """Return the cells of a row as the list writes them: codes for labels and countries, ids for addresses."""
    row = row_of(line, cells)
    plain = {"label": row.label or ""}
    if isinstance(row, Name):
        plain |= {"country": row.country or "", "wikidata": row.wikidata or ""}
    return {**cells, **{column: str(cell) for column, cell in plain.items()}}


def _is_ambiguous(form: str) -> bool:
    words = words_of(form)
    if len(words) != 1:
        return False
    plain = fold(words[0])
    return len(plain) < 3 or plain in common_words() or plain in first_names() or bool(meanings_of(form))  # noqa: PLR2004


def _merge(made: dict[tuple[str, str], tuple[int, Cells]], line: int, cells: Cells) -> None:
    """Join what several articles say of one name."""
    key = (fold_words(cells["name"]), f"{cells['label']}{cells.get('ignore', '')}")
    if key not in made:
        made[key] = (line, cells)
        return
    first, known = made[key]
    for column, cell in cells.items():
        if column in {"name", "label"}:
            continue
        if column in {"aliases", "context"}:
            known[column] = joined(known.get(column, ""), cell)
        elif not known.get(column):
            known[column] = cell
        elif cell and cell != known[column]:
            other = f"is {shown(known[column])} in row {first}, which holds"
            told = f"{column} {shown(cell)} of {shown(known['name'])} {other}"
            raise ValueError(told)
