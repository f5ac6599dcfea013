"""Markdown in text: telling it, and leaving its marks out, with a map back to every raw offset."""

from __future__ import annotations

import re

from newsnlp.text.offsets import OffsetMap

# What only Markdown has; two of them, or one link, and the text is taken for it.
_LINK = re.compile(
    r"!?\[[^\[\]\n]{0,400}\]\((?:https?:|/|#|\./|mailto:|[\w./-]+\.\w{2,4})[^()\s]{0,1000}(?:\s+\"[^\"\n]*\")?\)"
)
_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"\*\*[^\s*][^*\n]{0,300}\*\*"),
    re.compile(r"^\[\^?[\w-]{1,20}\]: +\S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?$", re.MULTILINE),
    re.compile(r"^> +\S", re.MULTILINE),
    re.compile(r"^[^\n]{3,200}\n={3,}[ \t]*$", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,200}\]\[[\w -]{0,60}\]"),
)
_LEAST_SIGNS = 2
# Each alternative is a mark that goes; what its group `kept` holds stays.
_MARK = re.compile(
    r"(?P<fence>^(?:```|~~~)[^\n]*\n?)"
    r"|(?P<rule>^ {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*\n?|^\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?\n?)"
    r"|(?P<heading>^#{1,6} +)"
    r"|(?P<template>\{[%{][^{}\n]{0,200}[%}]\}|<!--[^\n]{0,400}?-->)"
    r"|(?P<quote>^(?:> ?)+)"
    r"|(?P<image>!\[[^\[\]\n]{0,400}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,100}\])(?:\{[^{}\n]{0,200}\})?)"
    r"|(?P<definition>^\[[\w-]{1,40}\]: +\S+[^\n]*\n?)"
    r"|(?P<footnote>\[\^[\w-]{1,20}\](?:: ?)?)"
    r"|\[(?P<linked>[^\[\]\n]{1,400})\](?:\([^()\n]{0,1000}\)|\[[\w -]{0,60}\])"
    r"|<(?P<address>https?://[^<>\s]{1,500})>"
    r"|(?P<escape>\\)(?=[\\`*_{}\[\]()#+.!>|~-])"
    r"|(?P<code>`{1,3})"
    r"|(?P<strong>\*{2,3}|__|~~)(?=\S)(?=[^\n]{1,1000}(?P=strong))|(?<=\S)(?P<close>\*{2,3}|__|~~)"
    r"|(?<![\w*])(?P<emphasis>[*_])(?=[^\s*_][^*_\n]{0,500}(?<=\S)(?P=emphasis)(?![\w*]))"
    r"|(?<=[^\s*_])(?P<end>[*_])(?![\w*_])",
    re.MULTILINE,
)


def looks_like_markdown(text: str) -> bool:
    r"""Tell whether a text is Markdown: a link or picture in its way, or two of its other signs.

    Examples
    --------
    >>> looks_like_markdown("# Bilan\n**Trois** personnes ont été blessées."), looks_like_markdown("# 1 mondial")
    (True, False)
    """
    if not any(sign in text for sign in ("](", "][", "**", "\n#", "\n==")) and not text.startswith("#"):
        return False
    start = text[:100_000]
    return _LINK.search(start) is not None or sum(sign.search(start) is not None for sign in _SIGNS) >= _LEAST_SIGNS


def strip_markdown(text: str) -> tuple[str, OffsetMap]:
    r"""Return the text without the marks of Markdown, with the map back.

    Pictures, addresses of links, fences, rules and marks of foot-notes are left out; words stay.

    Examples
    --------
    >>> strip_markdown("## Bilan\n**Sept** [blessés](https://exemple.org/x).[^1]")[0]
    'Bilan\nSept blessés.'
    """
    pieces: list[str] = []
    offsets = OffsetMap()
    # A pair that was opened with a star is closed by one; stars that open nothing stay.
    opened: list[str] = []

    def add(start: int, end: int) -> None:
        if start < end:
            pieces.append(text[start:end])
            offsets.add(start, end, end - start)

    done = 0
    for match in _MARK.finditer(text):
        kind, value = match.lastgroup, match[0]
        add(done, match.start())
        done = match.end()
        if kind in {"strong", "emphasis"}:
            opened.append(value)
        elif kind in {"close", "end"}:
            if value in opened:
                opened.remove(value)
            else:
                add(*match.span())
        elif kind in {"linked", "address"}:
            add(*match.span(kind))
    add(done, len(text))
    return "".join(pieces), offsets
