"""The workbook: every text cell says that it is text."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsnlp.errors import MissingExtraError
from newsnlp.render.labels_fr import LARGEST_EXACT
from newsnlp.safety.escaping import REPLACEMENT, xlsx_text
from newsnlp.tables.cells import CUT, REPLACED, local
from newsnlp.tables.formats.placing import partial_of, remove

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from newsnlp.tables.cells import Losses

# Excel's limits for the text of one cell, in units of UTF-16, and the rows of one sheet.
MAX_CELL = 32_767
MAX_ROWS = 1_048_576
# Excel knows no earlier day (and takes 1900 for a leap year), and rounds up the last one: others are written as text.
FIRST_DATE = datetime(1900, 3, 1, tzinfo=UTC)
LAST_DATE = datetime(9999, 12, 31, tzinfo=UTC)


class XlsxFile:
    """One workbook, a sheet a table with a frozen header, and a sheet of provenance."""

    def __init__(self, folder: Path, schemas: Mapping[str, Mapping[str, str]], zone: tzinfo) -> None:
        try:
            from openpyxl import Workbook
        except ImportError as error:
            extra = "excel"
            raise MissingExtraError.named(extra, "writing Excel workbooks") from error
        self.path = folder / "newsnlp.xlsx"
        self.losses: Losses = Counter()
        self.zone = zone
        self.book = Workbook(write_only=True)
        self.sheets = {}
        self.columns = {name: list(columns) for name, columns in schemas.items()}
        self.rows = dict.fromkeys(schemas, 0)
        for name in schemas:
            self.sheets[name] = self._sheet(name)

    def _sheet(self, title: str) -> Any:
        sheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(self.columns[title.partition(" ")[0]])
        return sheet

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if self.rows[name] and self.rows[name] % (MAX_ROWS - 1) == 0:
                # A sheet is full: the table goes on in another (mentions 2).
                self.sheets[name] = self._sheet(f"{name} {self.rows[name] // (MAX_ROWS - 1) + 1}")
            self.rows[name] += 1
            self.sheets[name].append([self._cell(value, self.sheets[name]) for value in row.values()])

    def _cell(self, value: object, sheet: Any) -> Any:
        if isinstance(value, str):
            return self._text(value, sheet)
        if isinstance(value, datetime):
            # A workbook knows no time zones, so it shows those of its readers.
            shown = local(value, self.zone) if FIRST_DATE <= value < LAST_DATE else None
            return self._text(value.isoformat(), sheet) if shown is None else shown
        # Excel holds numbers as doubles: a longer integer is rounded there anyway.
        return float(value) if isinstance(value, int) and abs(value) > LARGEST_EXACT else value

    def _text(self, value: str, sheet: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        text = xlsx_text(value)
        self.losses[REPLACED] += text.count(REPLACEMENT) > value.count(REPLACEMENT)
        if len(text) > MAX_CELL // 2:
            units = text.encode("utf-16-le")
            self.losses[CUT] += len(units) > 2 * MAX_CELL
            text = units[: 2 * MAX_CELL].decode("utf-16-le", "ignore")
        if text.startswith(("=", "#")):
            # openpyxl guesses: a formula, an error. The cell is text whatever it holds.
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            return cell
        return text

    def note(self, provenance: Mapping[str, Any]) -> None:
        sheet = self.book.create_sheet("provenance")
        for key, value in provenance.items():
            text = value if isinstance(value, str) else json.dumps(value, default=str)
            sheet.append([key, self._text(text, sheet)])

    def finish(self) -> dict[Path, Path]:
        self.book.save(partial_of(self.path))
        return {partial_of(self.path): self.path}

    def paths(self) -> dict[str, Path]:
        return dict.fromkeys(self.columns, self.path)

    def discard(self) -> None:
        from openpyxl.utils.exceptions import WorkbookAlreadySaved

        for sheet in self.book.worksheets:
            # openpyxl writes sheets to temporary files, and removes them when the book is saved, or Python ends.
            with contextlib.suppress(OSError, WorkbookAlreadySaved):
                sheet.close()
                sheet._writer.cleanup()  # noqa: SLF001  # it has no public way
        remove([partial_of(self.path)])
