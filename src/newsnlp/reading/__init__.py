"""Text in: bytes, files, HTML and pasted pages, cleaned, with a map back to the raw offsets."""

from __future__ import annotations

from newsnlp.reading.cleaning import Block, CleanedText, clean
from newsnlp.reading.files import content_of, read_bytes, read_page
from newsnlp.reading.markup import looks_like_html
from newsnlp.reading.web.pages import read_html
from newsnlp.text.language_id import detect_language

__all__ = [
    "Block",
    "CleanedText",
    "clean",
    "content_of",
    "detect_language",
    "looks_like_html",
    "read_bytes",
    "read_html",
    "read_page",
]
