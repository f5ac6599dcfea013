r"""Characters written as something else in plain text: ``&eacute;``, ``\n``, ``\u00e9``; read, with a map back."""

from __future__ import annotations

import html
import re

from newsnlp.text.offsets import Mended, rewritten

# A reference, and one that was escaped again: ``&amp;amp;eacute;``.
REFERENCE = r"&(?:amp;){0,4}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});"
_REFERENCE = re.compile(REFERENCE)
# A line break as a program writes it, where a sentence or line may begin: no folder « C:\nouveau ».
_BREAK = re.compile(r"(?:\\r)?\\n(?=[^a-zà-ÿ\\]|\\|\Z)")
_ESCAPE = re.compile(r"(?P<break>(?:\\r)?\\n|\\r)|\\t|\\u(?P<code>[0-9a-fA-F]{4})|\\(?P<quote>[\"'/])")
_FOLDER = re.compile(r"\b[A-Za-z]:\\")


def unescape(reference: str) -> str:
    r"""Return what a character reference stands for, itself where nothing has that name.

    Examples
    --------
    >>> unescape("&eacute;"), unescape("&amp;amp;nbsp;"), unescape("&amp;")
    ('é', '\xa0', '&')
    """
    while (read := html.unescape(reference)) != reference:
        reference = read
    return reference


def resolve_references(text: str) -> Mended | None:
    r"""Return a text with its references and escapes read, and the map back; None where it has none.

    Examples
    --------
    >>> resolve_references("L&#8217;attaque a fait 12&nbsp;morts.\\nL&rsquo;enqu&ecirc;te").text
    'L’attaque a fait 12\xa0morts.\nL’enquête'
    >>> resolve_references("AT&T & C:\\nouveau") is None
    True
    """
    edits: list[tuple[int, int, str]] = []
    if "&" in text and ";" in text:
        edits = [(*match.span(), unescape(match[0])) for match in _REFERENCE.finditer(text)]
        edits = [(start, end, char) for start, end, char in edits if text[start:end] != char]
    if "\\" in text:
        edits = sorted(edits + _escapes(text))
    return rewritten(text, edits) if edits else None


def _escapes(text: str) -> list[tuple[int, int, str]]:
    if _FOLDER.search(text):
        return []
    has_breaks = _BREAK.search(text) is not None
    edits = []
    for match in _ESCAPE.finditer(text):
        if match["break"]:
            read = "\n" if has_breaks else match[0]
        elif match["code"]:
            read = chr(int(match["code"], 16))
        else:
            read = match["quote"] or ("\t" if has_breaks else match[0])
        if read != match[0]:
            edits.append((*match.span(), read))
    return edits
