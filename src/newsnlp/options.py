"""What the options of the command may be: closed sets, and those that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class OutputFormat(StrEnum):
    """How one article's analysis is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class EntityModel(StrEnum):
    """Which weights find names."""

    NEWS = "news"
    STOCK = "stock"


class TableFormat(StrEnum):
    """How tables are written."""

    CSV = "csv"
    EXCEL_FR = "excel-fr"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"
    SQLITE = "sqlite"


class EngineName(StrEnum):
    """What runs a corpus."""

    LOCAL = "local"
    DASK = "dask"
    SPARK = "spark"


class OnDuplicate(StrEnum):
    """Which of several articles of one id is kept."""

    LATEST = "latest"
    FIRST = "first"
    FAIL = "fail"


class Notices(StrEnum):
    """What to do with notices that articles share."""

    DROP = "drop"
    KEEP = "keep"


class OnError(StrEnum):
    """What an article that fails does to the run."""

    COLLECT = "collect"
    RAISE = "raise"


class ListFormat(StrEnum):
    """How a short list is printed."""

    TABLE = "table"
    JSON = "json"


ModelOption = Annotated[str, typer.Option(help="Installed spaCy model for French.")]
EntitiesOption = Annotated[EntityModel, typer.Option(help="newsnlp's own names, or the model's unrepaired ones.")]
OnlyOption = Annotated[
    str | None, typer.Option(help="What to look for, with commas: entities, dates, quotes, figures, topics.")
]
AuthorityOption = Annotated[
    str | None, typer.Option(help="Your own list of names, .csv or .xlsx, that has the last word.")
]
