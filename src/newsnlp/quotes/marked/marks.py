"""What stands in quotation marks: « », “ ”, straight ones, nested, over paragraphs, unclosed; dashes of dialogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 4000
"""In characters, over all its paragraphs: what is longer is no quotation but a mark that was never closed."""
SHORTEST_QUOTED_CLAUSE = 25
"""In characters: shorter quotations are names and words set apart, not statements."""
DEEPEST = 4
"""How many marks may stand in each other; of more the inner ones count."""
_CLOSING = {"«": "»", "“": "”", '"': '"', "‹": "›"}
_FAMILIES = {mark: opening for opening, closing in _CLOSING.items() for mark in (opening, closing)}
_FAMILIES["„"] = "“"
_MARK = re.compile(r"[«»“”„\"]|\n\s*")
_BLANKS = " \t\n\u00a0\u202f\u2009\u200b"
_DIALOGUE = re.compile(r"^[ \t\u00a0\u202f]*[–—―][ \t\u00a0\u202f]*(?=[^\W\d_])", re.MULTILINE)


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=_Span)


class Marked(NamedTuple):
    """Words in marks: where the marks stand (`start`, `end`), and the words without them (`first`, `last`)."""

    start: int
    end: int
    first: int
    last: int
    is_closed: bool = True


def find_marked(text: str) -> list[Marked]:
    """Return what stands in quotation marks, in text order; of nested marks the outer ones.

    Examples
    --------
    >>> text = "Il a dit : « Partez, “monsieur” le maire. » Le « Linky » est là."
    >>> [text[found.first : found.last] for found in find_marked(text)]
    ['Partez, “monsieur” le maire.', 'Linky']
    """
    found: list[Marked] = []
    open_marks: list[tuple[str, int]] = []
    tokens = list(_MARK.finditer(text))
    resumed = -1
    for number, token in enumerate(tokens):
        mark, place = token[0], token.start()
        if place == resumed:
            continue
        if mark[0] == "\n":
            if open_marks and not _goes_on(tokens, number, open_marks[0]):
                found += _unclosed(text, open_marks, found, place)
                open_marks.clear()
            elif open_marks and _opens_anew(text, tokens, number):
                resumed = token.end()
            continue
        family = _FAMILIES[mark]
        depth = next((step for step in range(len(open_marks) - 1, -1, -1) if open_marks[step][0] == family), -1)
        is_nested = depth >= 0 and (mark != "“" or text[open_marks[depth][1]] == "„")
        opens = mark in "«„" or (mark in '“"”' and not is_nested and _opens(text, place))
        if opens:
            open_marks.append((family, place))
            del open_marks[:-DEEPEST]
        elif depth >= 0:
            start = open_marks[depth][1]
            del open_marks[depth:]
            found += _marked(text, start, place + 1)
    found += _unclosed(text, open_marks, found, len(text))
    return outermost(found)


def _opens(text: str, place: int) -> bool:
    """Whether a mark that may open or close opens: nothing before it, something behind it on its line."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not (before.isalnum() or (before and before in ".,;!?…%)»")) and after not in ("", "\n")


def _opens_anew(text: str, tokens: list[re.Match[str]], number: int) -> bool:
    """Whether a mark at the head of a paragraph opens once more what is open: also *» Ensuite, …* in older print."""
    place = tokens[number].end()
    if number + 1 == len(tokens) or tokens[number + 1].start() != place:
        return False
    if tokens[number + 1][0] in '«“„"':
        return True
    following = tokens[number + 2][0] if number + 2 < len(tokens) else ""
    return text[place + 1 : place + 3].strip(_BLANKS)[:1].isalnum() and following in ("»", "”")


def _goes_on(tokens: list[re.Match[str]], number: int, opened: tuple[str, int]) -> bool:
    """Whether what is open at the end of a paragraph goes on: the next mark opens it once more, or closes it."""
    family, start = opened
    if number + 1 == len(tokens):
        return False
    following = tokens[number + 1]
    if following.start() - start > LONGEST:
        return False
    is_head = following.start() == tokens[number].end()
    if following[0][0] == "\n":
        # A paragraph without marks: the one behind it tells.
        after = tokens[number + 2] if number + 2 < len(tokens) else following
        return family != '"' and after[0] == _CLOSING[family] and after.start() - start <= LONGEST
    return _FAMILIES[following[0]] == family and (is_head or (family != '"' and following[0] == _CLOSING[family]))


def _marked(text: str, start: int, end: int, *, is_closed: bool = True) -> list[Marked]:
    """Return the span with and without its marks, or nothing where it is too long or empty."""
    first, last = start + 1, end - is_closed
    while first < last and text[first] in _BLANKS:
        first += 1
    while first < last and text[last - 1] in _BLANKS:
        last -= 1
    return [Marked(start, end, first, last, is_closed)] if first < last and end - start <= LONGEST else []


def _unclosed(text: str, open_marks: list[tuple[str, int]], found: list[Marked], end: int) -> list[Marked]:
    """Return what a mark opens that nothing closes: up to the end of its paragraph, or to the mark that follows."""
    if not open_marks or open_marks[0][0] == '"':
        return []
    start = open_marks[0][1]
    inner = found[-1] if found and found[-1].start > start else None
    if inner is not None and text[max(0, inner.start - 3) : inner.start].rstrip(_BLANKS).endswith(":"):
        return _marked(text, start, inner.end)  # "« Il m'a dit : « Partez ! »": one mark closes both
    opening = open_marks[1][1] if len(open_marks) > 1 else end
    opening = min([opening, *(marked.start for marked in found[-DEEPEST:] if marked.start > start)])
    return _marked(text, start, opening, is_closed=False)


def outermost(found: Iterable[T]) -> list[T]:
    """Return the spans that stand in no other, in text order."""
    kept: list[T] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def find_dialogue(text: str) -> list[tuple[int, int]]:
    r"""Return the paragraphs that a dash opens, without it: dialogue, where somebody is said to speak in them.

    Examples
    --------
    >>> text = "Il se tait.\n– Je pars, dit-elle.\n- du pain"
    >>> [text[start:end] for start, end in find_dialogue(text)]
    ['Je pars, dit-elle.']
    """
    found = []
    for match in _DIALOGUE.finditer(text):
        end = text.find("\n", match.end())
        found.append((match.end(), len(text) if end < 0 else end))
    return found
