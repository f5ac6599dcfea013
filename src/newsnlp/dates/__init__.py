"""Expressions of time: what they are (`grammar`), what they mean in the calendar (`resolve`)."""

from newsnlp.dates.find import extract_dates, find_dates

__all__ = ["extract_dates", "find_dates"]
