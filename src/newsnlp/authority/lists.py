"""A list of names that is completed with corrections: rows of the same id, or name and label, are changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.authority.matching import fold_words
from newsnlp.authority.names import COLUMNS, checked
from newsnlp.authority.sheets import Sheet, file_bytes, read_sheet
from newsnlp.errors import SourceError, shown
from newsnlp.record_kinds import LIST_SEPARATOR
from newsnlp.safety.escaping import excel_fr_field
from newsnlp.tables.formats.placing import partial_of, put_in_place, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    Cells = dict[str, str]


@dataclass(slots=True)
class Corrections:
    """What `write_corrections` did: the rows of the list by what they are, and a line for each row not understood."""

    path: Path
    table: Path
    added: int = 0
    changed: int = 0
    ignored: int = 0
    kept: int = 0
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.added + self.changed + self.ignored:
            return f"{self.table}: no corrections"
        return (
            f"{self.path}: {self.added} names added, {self.changed} changed, {self.ignored} ignored, "
            f"{self.kept} kept as they were"
        )


def joined(*lists: str) -> str:
    """Return lists of one cell each as one, each part once."""
    parts = (part.strip() for each in lists for part in re.split(r"[|;]", each))
    return LIST_SEPARATOR.join(dict.fromkeys(part for part in parts if part))


def listed(path: Path) -> list[Cells]:
    """Return the rows of the list that is there already, as they stand.

    Raises
    ------
    SourceError
        If it cannot be read, or is no CSV file.
    """
    if not path.exists():
        return []
    place, data = file_bytes(path, "out")
    sheet = read_sheet(place, data, COLUMNS, needed="name")
    if faults := checked(sheet)[2]:
        message = f"{place} cannot be completed: {'; '.join(faults[:3])}. Hint: mend it, or give another --out"
        raise SourceError(message)
    if place.suffix.casefold() == ".xlsx":
        message = f"{place} is a workbook, which is not written to. Hint: --out noms.csv, or save it as .csv"
        raise SourceError(message)
    return [cells for _, cells in sheet.rows]


def completed(earlier: Iterable[Cells], made: Iterable[Cells], report: Corrections) -> list[Cells]:
    """Return the list with the corrections in it: a row of the same id, or else of the same name and label, is changed.

    A form that somebody takes for a name is no longer ignored, and the other way round.
    """
    rows = [dict(cells) for cells in earlier]
    ids = {cells.get("id") or cells["name"]: cells for cells in rows if not cells.get("ignore")}
    names = {(fold_words(c["name"]), c.get("label", "").upper()): c for c in rows if not c.get("ignore")}
    for cells in made:
        old = ids.get(cells["id"]) or names.get((fold_words(cells["name"]), cells["label"].upper()))
        if cells.get("ignore"):
            if old is not None:
                rows.remove(old)
            rows.append({**cells, "id": ""})
            report.ignored += 1
        elif old is not None:
            aliases = joined(old.get("aliases", ""), old["name"], cells["aliases"])
            context = joined(old.get("context", ""), cells.get("context", ""))
            old |= {column: cell for column, cell in cells.items() if cell}
            old["aliases"] = joined(*(part for part in aliases.split(LIST_SEPARATOR) if part != old["name"]))
            old["context"] = context
            report.changed += 1
        else:
            cells["id"] = cells["id"] or _fresh_id(cells["name"], ids)
            ids[cells["id"]] = cells
            rows.append(cells)
            report.added += 1
    report.kept = len(rows) - report.added - report.changed - report.ignored
    return list(_agreed(rows, report))


def _agreed(rows: Iterable[Cells], report: Corrections) -> Iterator[Cells]:
    """Yield the rows of a list, and take from what is ignored each form that a row names."""
    rows = list(rows)
    named: dict[str, set[str]] = {}
    for cells in rows:
        for form in () if cells.get("ignore") else _written_forms(cells):
            named.setdefault(fold_words(form), set()).add(cells.get("label", "").upper())
    for cells in rows:
        if not cells.get("ignore"):
            yield cells
            continue
        label, written = cells.get("label", "").upper(), _written_forms(cells)
        forms = [f for f in written if not any(not label or each == label for each in _of(named, f))]
        if len(forms) < len(written):
            lost = next(form for form in written if form not in forms)
            report.told.append(f"{shown(lost)} is named in one row and ignored in another: it is not ignored")
        if forms:
            yield {**cells, "name": forms[0], "aliases": LIST_SEPARATOR.join(forms[1:])}


def _of(named: Mapping[str, set[str]], form: str) -> set[str]:
    return named.get(fold_words(form), set())


def _written_forms(cells: Cells) -> list[str]:
    return [form for form in [cells.get("name", ""), *joined(cells.get("aliases", "")).split(LIST_SEPARATOR)] if form]


def _fresh_id(name: str, taken: Mapping[str, object]) -> str:
    wanted = fold_words(name).replace(" ", "-")[:60]
    number, made = 1, wanted
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    return made


def write_list(path: Path, rows: list[Cells]) -> None:
    """Write a list as CSV for a French Excel.

    Raises
    ------
    SourceError
        If it cannot be written, or could not be read back.
    """
    if faults := checked(Sheet(path, tuple(COLUMNS), list(enumerate(rows, 2))))[2]:
        message = f"{path} is not written, for it could not be read: {'; '.join(faults[:3])}"
        raise SourceError(message)
    columns = list(dict.fromkeys([*list(COLUMNS)[:8], *(column for cells in rows for column in cells)]))
    lines = [";".join(columns), *(";".join(excel_fr_field(cells.get(c, "")) for c in columns) for cells in rows)]
    partial = partial_of(path)
    try:
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8-sig", newline="")
        put_in_place({partial: path})
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}. Hint: is it open in Excel? Or give another --out"
        raise SourceError(message) from error
    finally:
        remove([partial])
