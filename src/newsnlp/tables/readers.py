"""Tables back from the files that `write_tables` and `analyze_corpus` made, with their types."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.errors import MissingExtraError, OptionError, SourceError
from newsnlp.tables.file_formats import restore
from newsnlp.tables.frames import frame_of
from newsnlp.tables.schema import CORPUS_SCHEMAS, INSTANT, NUMBER, TEXT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import pandas as pd

# First match wins: what a folder holds tells its format.
_TELLING = {
    "newsnlp.sqlite": "sqlite",
    "newsnlp.xlsx": "xlsx",
    "articles.parquet": "parquet",
    "articles.jsonl": "jsonl",
    "articles.csv": "csv",
}


def read_tables(folder: str | os.PathLike[str], names: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables in a folder as `to_frames` gives them: the same columns and dtypes, from any format.

    Parameters
    ----------
    folder : path
        What `write_tables` or `analyze_corpus` wrote into.
    names : iterable of str, optional
        The tables wanted; by default all that are there. They are read whole: of a very large corpus, better ask an
        ``sqlite`` or ``parquet`` export for what is needed.

    Raises
    ------
    SourceError
        If the folder holds no tables of newsnlp.
    OptionError
        If there is no table of a name.

    Examples
    --------
    >>> import tempfile
    >>> from newsnlp import load, write_tables
    >>> paths = write_tables(load()("Cinq blessés à Lyon."), folder := tempfile.mkdtemp(), format="excel-fr")
    >>> read_tables(folder)["figures"][["value", "place"]].to_dict("records")
    [{'value': 5.0, 'place': 'Lyon'}]
    """
    place = Path(folder)
    form = _format_of(place)
    there = _tables_in(place, form)
    wanted = list(there) if names is None else list(names)
    for name in wanted:
        if name not in there:
            raise OptionError.unknown("table", name, there)
    return {name: _typed(_READERS[form](place, name), name, form) for name in wanted}


def _format_of(folder: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        # csv and excel-fr have the same names; the provenance tells them apart.
        form = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["config"]["format"]
        if form in _READERS and _tables_in(folder, form):
            return str(form)
    found = next((form for name, form in _TELLING.items() if (folder / name).exists()), None)
    if found is None:
        message = f"{folder} holds no tables of newsnlp. Hint: give the folder of write_tables or analyze_corpus"
        raise SourceError(message)
    if found == "csv" and (folder / "articles.csv").read_bytes()[:3] == b"\xef\xbb\xbf":
        return "excel-fr"
    return found


def _tables_in(folder: Path, form: str) -> list[str]:
    if form == "sqlite" and (folder / "newsnlp.sqlite").exists():
        with contextlib.closing(sqlite3.connect(folder / "newsnlp.sqlite")) as base:
            names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [name for name in CORPUS_SCHEMAS if name in names]
    if form == "xlsx" and (folder / "newsnlp.xlsx").exists():
        return [name for name in CORPUS_SCHEMAS if name in _sheets(folder)]
    suffix = "csv" if form == "excel-fr" else form
    return [name for name in CORPUS_SCHEMAS if (folder / f"{name}.{suffix}").exists()]


def _csv(folder: Path, name: str, sep: str = ",", decimal: str = ".") -> pd.DataFrame:
    import pandas as pd

    read: pd.DataFrame = pd.read_csv(
        folder / f"{name}.csv",
        sep=sep,
        dtype=TEXT,
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8-sig",
    )
    # By Python's own float(): readers of tables save time on the last digit.
    for column, dtype in CORPUS_SCHEMAS[name].items():
        if dtype == NUMBER:
            plain = read[column].str.replace(decimal, ".", regex=False)
            read[column] = pd.Series([None if pd.isna(cell) else float(cell) for cell in plain], dtype=NUMBER)
    return read


def _excel_fr(folder: Path, name: str) -> pd.DataFrame:
    return _csv(folder, name, sep=";", decimal=",")


def _jsonl(folder: Path, name: str) -> pd.DataFrame:
    dates = [column for column, dtype in CORPUS_SCHEMAS[name].items() if dtype == INSTANT]
    rows = []
    # newline: a cell may hold characters that Python takes for line ends.
    with (folder / f"{name}.jsonl").open(encoding="utf-8", newline="\n") as file:
        for line in file:
            row = json.loads(line)
            for column in dates:
                row[column] = None if row[column] is None else datetime.fromisoformat(row[column])
            rows.append(row)
    return frame_of(name, rows)


def _parquet(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(folder / f"{name}.parquet")
    except ImportError as error:
        raise MissingExtraError.named("parquet", "reading Parquet") from error


def _sqlite(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    with contextlib.closing(sqlite3.connect(folder / "newsnlp.sqlite")) as base:
        return pd.read_sql(f'SELECT * FROM "{name}" ORDER BY rowid', base)  # noqa: S608  # a name of our schema


def _xlsx(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    types: Any = {column: TEXT for column, dtype in CORPUS_SCHEMAS[name].items() if dtype == TEXT}
    # A table that is too long for one sheet goes on in "mentions 2".
    sheets = [sheet for sheet in _sheets(folder) if sheet.partition(" ")[0] == name]
    read = [
        pd.read_excel(folder / "newsnlp.xlsx", sheet_name=sheet, dtype=types, keep_default_na=False, na_values=[""])
        for sheet in sheets
    ]
    return read[0] if len(read) == 1 else pd.concat(read, ignore_index=True)


def _sheets(folder: Path) -> list[str]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError.named("excel", "reading Excel workbooks") from error
    book = load_workbook(folder / "newsnlp.xlsx", read_only=True)
    try:
        return list(book.sheetnames)
    finally:
        book.close()


def _typed(frame: pd.DataFrame, name: str, form: str) -> pd.DataFrame:
    import pandas as pd

    made: Mapping[str, Any] = CORPUS_SCHEMAS[name]
    columns = {}
    for column, dtype in made.items():
        series: Any = frame[column]
        if dtype == INSTANT:
            dates = pd.to_datetime(series, utc=True, format=None if form == "xlsx" else "ISO8601")
            columns[column] = dates.astype(INSTANT)
            continue
        series = series.astype(dtype)
        if dtype == TEXT and form in {"csv", "excel-fr", "xlsx"}:
            series = series.map(restore, na_action="ignore").astype(dtype)
        columns[column] = series
    return pd.DataFrame(columns, columns=list(made))


_READERS = {
    "csv": _csv,
    "excel-fr": _excel_fr,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "xlsx": _xlsx,
}
