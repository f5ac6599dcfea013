"""What stands around words and says nothing: numbers of lists, stamps of live pages, calls of notes; left out.

A number in front of a line is a mark of a list where the next or the last one stands in front of another line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.text.offsets import Mended, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_START = re.compile(r"\n[ \t\u00a0]*+(?=[(\[\d])")
_NOTE = re.compile(r"(?:\(\d{1,2}\)|\[\d{1,2}\])[ \t\u00a0]*(?=[^\W_]|[«\"“])")
_CALLED = re.compile(r"[ \u00a0]?[(\[](\d{1,2})[)\]]")
_DIGITS = re.compile(r"\D+")
_LISTED = re.compile(
    r"(?P<number>\d{1,2})(?:[.)/]|°\)?|\.?\)|\.?[-–—]|[ \u00a0][-–—](?=[ \u00a0]))(?:[ \t\u00a0]+(?=\S)|(?=[^\W\d_]))"
)
_STAMP = re.compile(
    r"(?:\[\d{1,2} ?[h:] ?\d\d\]|\(\d{1,2} ?[h:] ?\d\d\)|\d{1,2} ?[h:] ?\d\d(?= ?(?:[|–—•.-][ \u00a0]|[:] )))"
    r" ?[|–—•.:-]?[ \t\u00a0]+(?=[^\W\d_]|[«\"“#])"
)
# « 1.1 Le bilan », no « 3.5 millions ».
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \t\u00a0]+(?=[A-ZÀ-ÖØ-Þ«])")
# « trois raisons : 1) la hausse ; 2) la fermeture »: one of several, in order.
_INLINE = re.compile(r"(?<=[\s:;,])(\d{1,2})[)°][ \u00a0](?=[^\W\d_])")
# Subtitles: the number of a cue and its times, in lines of their own.
_CUE = re.compile(
    r"^(?:\d{1,5}[ \t]*\r?\n)?(?:\d{1,2}:)?\d\d:\d\d[,.]\d{1,3} --> (?:\d{1,2}:)?\d\d:\d\d[,.]\d{1,3}[^\n]*\n?",
    re.MULTILINE,
)
# « Chambéry¹ », no « km² ».
_CALL = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.!?»,)]))[¹²³⁴-⁹]+(?![^\W\d_])")
# « 17, 90 € », no « 10, 15, 20 € ».
_PRICE = re.compile(r", \d\d(?= ?(?:€|euros?\b))(?<!\d, \d\d, \d\d)(?<=\d, \d\d)")
# Cells of several rows parted by tabs; a bar between them parts their words, too. A row has no more cells than this.
_TABS = re.compile(r"(?<=\S) *\t[\t ]*(?=\S)")
_MIN_CELLS = 20
# Columns that blanks keep apart, over some lines that end in numbers, too.
_COLUMNS = re.compile(r"(?<=\S) {2,}(?=\S)")
_MIN_ROWS = 3
_MAX_ROW = 160


def drop_marks(text: str) -> Mended | None:
    r"""Return a text without the marks before its lines and the calls of its notes, None where it has none.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> drop_marks("Deux mesures :\n1- évacuer 120 habitants\n2/ fermer la route").text
    'Deux mesures :\névacuer 120 habitants\nfermer la route'
    >>> drop_marks("8h16 - Europe : sommet à Prague¹").text
    'Europe : sommet à Prague'
    >>> drop_marks("3-1 pour Lens.\n12 morts à Lyon.\n10 km² brûlés") is None
    True
    """
    edits = [(start, end, "") for start, end in _before_lines(text)]
    if notes := {_DIGITS.sub("", text[start:end]) for start, end, _ in edits if text[start] in "(["}:
        # What a note at the foot stands for, above.
        taken = {start for start, _, _ in edits}
        calls = ((call.start(), call.end(), "") for call in _CALLED.finditer(text) if call[1] in notes)
        edits += [call for call in calls if call[0] not in taken and text[call[0]] in " \u00a0"]
    if ") " in text or "° " in text:
        edits += _within_lines(text)
    if any(call in text for call in "¹²³"):
        edits += [(*match.span(), "") for match in _CALL.finditer(text)]
    if "€" in text or "euro" in text:
        edits += [(match.start() + 1, match.start() + 2, "") for match in _PRICE.finditer(text)]
    if "\t" in text:
        cells = [(*cell.span(), " | ") for cell in _TABS.finditer(text)]
        if len({text.count("\n", 0, start) for start, _, _ in cells[:_MIN_CELLS]}) > 1:
            edits += cells
    if "  " in text:
        edits += _columns(text)
    return rewritten(text, sorted(edits)) if edits else None


def _columns(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the blanks between the columns of tables: as many in each of some lines, with numbers behind most."""
    rows: list[list[re.Match[str]]] = []
    numbers = start = 0
    for line in (*text.split("\n"), ""):
        gaps = [] if len(line) > _MAX_ROW else list(_COLUMNS.finditer(text, start, start + len(line)))
        if not gaps or (rows and len(gaps) != len(rows[0])) or line.rstrip().endswith((".", ";", ":")):
            if len(rows) >= _MIN_ROWS and numbers * 2 > len(rows):
                yield from ((*gap.span(), " | ") for row in rows for gap in row)
            rows, numbers = [], 0
        if gaps and not line.rstrip().endswith((".", ";", ":")):
            rows.append(gaps)
            numbers += line.rstrip()[-1].isdigit() or line.rstrip()[-1] in "%€"
        start += len(line) + 1


def drop_cues(text: str) -> Mended | None:
    r"""Return subtitles without the numbers and times of their cues, None for any other text.

    Examples
    --------
    >>> drop_cues("1\n00:00:01,000 --> 00:00:04,200\nDeux blessés à Mende.\n").text
    'Deux blessés à Mende.\n'
    """
    if " --> " not in text:
        return None
    edits = [(*match.span(), "") for match in _CUE.finditer(text)]
    return rewritten(text, edits) if len(edits) > 1 or (edits and edits[0][0] == 0) else None


def _within_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the marks of a list within a sentence, where they count up from one."""
    run: list[re.Match[str]] = []
    for match in _INLINE.finditer(text):
        expected = len(run) + 1
        if int(match[1]) != expected or (run and "\n" in text[run[-1].end() : match.start()]):
            if len(run) > 1:
                yield from ((*mark.span(), "") for mark in run)
            run = [match] if int(match[1]) == 1 else []
        else:
            run.append(match)
    if len(run) > 1:
        yield from ((*mark.span(), "") for mark in run)


def _before_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of stamps, of notes' numbers, and of the numbers of lists."""
    numbered: list[tuple[int, int, int]] = []
    starts = [0, *(match.end() for match in _LINE_START.finditer(text))]
    for start in starts:
        found = _STAMP.match(text, start) or _NOTE.match(text, start) or _SECTION.match(text, start)
        if found is not None:
            yield found.span()
        elif (listed := _LISTED.match(text, start)) is not None:
            numbered.append((*listed.span(), int(listed["number"])))
    for index, (start, end, number) in enumerate(numbered):
        around = [numbered[place][2] - number for place in (index - 1, index + 1) if 0 <= place < len(numbered)]
        if any(abs(step) == 1 for step in around):
            yield start, end
