"""Dates as files and pages stamp them."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsnlp.errors import ArticleError
from newsnlp.ingest.columns import read_date
from newsnlp.text.stamps import find_stamp, parse_date, read_stamp

WRITTEN = [
    ("12 mars 2024", "2024-03-12T00:00:00"),
    ("mardi 12 mars 2024", "2024-03-12T00:00:00"),
    ("1er mars 2024", "2024-03-01T00:00:00"),
    ("12 mars 2024 à 18h42", "2024-03-12T18:42:00"),
    ("Publié le 12 mars 2024 à 18 h 42", "2024-03-12T18:42:00"),
    ("Mercredi 13 mars 2024 | 18:42", "2024-03-13T18:42:00"),
    ("12 févr. 2024", "2024-02-12T00:00:00"),
    ("12-mars-2024", "2024-03-12T00:00:00"),
    ("3 aout 2023 à 14h05 (heure de Paris)", "2023-08-03T14:05:00"),
    ("mar, 12 mars 2024 07:30:00 +0100", "2024-03-12T07:30:00+01:00"),
    ("14 juil. 2023 08:00 CEST", "2023-07-14T08:00:00+02:00"),
    ("28/09/2025 - 9:31 GMT+2", "2025-09-28T09:31:00+02:00"),
    ("2024 03 12T00:00:00", "2024-03-12T00:00:00"),
    ("2024-03-12 18:42:00 UTC", "2024-03-12T18:42:00+00:00"),
    ("2024/3/2", "2024-03-02T00:00:00"),
    ("12-03-2024", "2024-03-12T00:00:00"),
    ("12.03.24", "2024-03-12T00:00:00"),
    ("12/03/1998 à 18h", "1998-03-12T18:00:00"),
    ("March 12, 2024", "2024-03-12T00:00:00"),
    ("Mar 12, 2024 5:30 PM", "2024-03-12T17:30:00"),
]


@pytest.mark.parametrize(("written", "moment"), WRITTEN, ids=[written for written, _ in WRITTEN])
def test_a_stamp_alone_is_read(written, moment):
    assert read_stamp(written) == datetime.fromisoformat(moment)
    assert parse_date(written) == read_date(written) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["12 mars", "mars 2024", "31/02/2024", "12/25/2024", "le 12", "x" * 90, "2024", ""])
def test_what_is_no_full_date_is_not_read(text):
    assert read_stamp(text) is None


def test_within_a_line_short_years_and_spaced_numbers_are_no_dates():
    assert find_stamp("mis en ligne le 12/03/2024 a 18:42 par la redaction")[0] == datetime.fromisoformat(
        "2024-03-12T18:42"
    )
    assert find_stamp("score 12-03-24, 2024 03 12") is None


def test_days_of_a_sheet_are_dates():
    assert read_date("45363") == read_date(45363) == datetime.fromisoformat("2024-03-12")
    assert read_date(45363.75) == read_date("45363,75") == datetime.fromisoformat("2024-03-12T18:00")
    assert read_date(20240312) == datetime.fromisoformat("2024-03-12")
    with pytest.raises(ArticleError, match=r"2024.*accepted.*12 mars 2024"):
        read_date(2024)
