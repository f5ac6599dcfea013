"""Any date printed in any French format is read back equal, whatever stands around it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from newsnlp import find_dates
from newsnlp.lexicons import words
from newsnlp.numerals.parse import spell_numeral

MONTHS, SHORT, DAYS = words("calendar.months"), words("calendar.months.short"), words("calendar.weekdays")


def short(day):
    month = SHORT[day.month - 1]
    return month if month in MONTHS else f"{month}."


def first(day, mark="er"):
    return f"1{mark}" if day.day == 1 else str(day.day)


def long(day):
    return f"{first(day)} {MONTHS[day.month - 1]} {day.year}"


def weekday(day):
    return DAYS[day.weekday()]


FORMATS = (
    long,
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day:02} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{first(day, ' er')} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{first(day, 'ᵉʳ')} {MONTHS[day.month - 1]} {day.year}",
    lambda day: long(day).upper(),
    lambda day: f"{first(day)} {MONTHS[day.month - 1].capitalize()} {day.year}",
    lambda day: long(day).replace(" ", "\u00a0"),
    lambda day: long(day).replace(" ", "  "),
    lambda day: long(day).replace("é", "e").replace("û", "u"),
    lambda day: f"{first(day)} {short(day)} {day.year}",
    lambda day: f"{day.day} {short(day)} {day.year}",
    lambda day: f"{spell_numeral(day.day) if day.day > 1 else 'premier'} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{first(day)} {MONTHS[day.month - 1]} {spell_numeral(day.year)}",
    lambda day: f"{weekday(day)} {long(day)}",
    lambda day: f"{weekday(day).capitalize()} {long(day)}",
    lambda day: f"{weekday(day)}, {long(day)}",
    lambda day: f"{weekday(day)} {first(day)} {short(day)} {day.year}",
    lambda day: f"ce {weekday(day)} {long(day)}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y.%m.%d}",
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d‑%m‑%Y}",
    lambda day: f"{weekday(day)} {day:%d/%m/%Y}",
    lambda day: f"{first(day)}-{MONTHS[day.month - 1]}-{day.year}",
)
AROUND = (
    "{}",
    "Il est né le {}.",
    "Depuis le {}, rien n'a changé.",
    "L'attentat ({}) a fait dix morts.",
    "La séance du {} : trois blessés sur 2000 soldats.",
    "« {} »",
)


def test_there_are_thirty_formats():
    assert len(FORMATS) == 30
    assert len({form(date(2019, 2, 1)) for form in FORMATS}) == len(FORMATS)


@given(st.dates(date(1001, 1, 1), date(2199, 12, 31)), st.sampled_from(FORMATS), st.sampled_from(AROUND))
def test_a_printed_date_is_read_back(day, form, around):
    printed = form(day)
    text = around.format(printed)
    found = [record for record in find_dates(text, "2016-06-08") if record.value == day.isoformat()]
    assert len(found) == 1, (text, [(record.text, record.value) for record in find_dates(text, "2016-06-08")])
    (record,) = found
    assert text[record.start : record.end] == record.text
    assert (record.value_begin, record.value_end, record.anchor) == (day.isoformat(), day.isoformat(), "none")
    assert printed.removeprefix("ce ") in record.text
