"""Expressions of time: what they are (`grammar`), what they mean in the calendar (`resolve`)."""
