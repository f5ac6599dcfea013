"""Whole web pages: the article out of them, its date, and pages that hold none."""
