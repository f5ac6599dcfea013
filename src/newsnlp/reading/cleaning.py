"""From a pasted page to the article's text in plain typography, with a map back to every raw offset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsnlp.reading.markdown import looks_like_markdown, strip_markdown
from newsnlp.reading.markup import looks_like_html, strip_markup
from newsnlp.reading.mending.gluing import part_glued, part_names
from newsnlp.reading.mending.marks import drop_cues, drop_marks
from newsnlp.reading.mending.mojibake import mend_mojibake
from newsnlp.reading.mending.one_line import cut_lines
from newsnlp.reading.mending.references import resolve_references
from newsnlp.reading.mending.wrapping import unwrap
from newsnlp.reading.page.furniture import label_lines
from newsnlp.reading.page.lines import Line
from newsnlp.reading.web.walls import wall_in
from newsnlp.safety.values import record_of
from newsnlp.text.folding import INVISIBLE
from newsnlp.text.notices import is_notice, near_ends
from newsnlp.text.offsets import Mended
from newsnlp.text.typography import LINE_BREAKS, normalise, plain

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from newsnlp.text.offsets import OffsetMap

_BREAKS = re.escape(LINE_BREAKS)
# A line with something on it, and the line breaks (and blank lines) after it.
_LINE = re.compile(rf"(?P<line>[^{_BREAKS}]+)(?P<breaks>[{_BREAKS}](?:\s*[{_BREAKS}])?)?")
# Looked for first, so that a text without them costs next to nothing; without their first letters, whatever their case.
_OF_WALLS = (
    *("ookie", "artenaires", "artners", "obot", "aptcha", "umain", "avigateur", "rowser", "moment", "rreur", "404"),
    *("ntrouvable", "enied", "efus", "loqu", "orbidden", "cript", "onnecte", "{{"),
)
_OF_NOTICES = ("oits rés", "ights res", "eproduction", "bonnez", "nscrivez", "ecevez", "uivez-", "est paru", "éservé")
# A wall says what it is at once; notices stand within the first or last paragraphs.
_WALL_HEAD, _NOTICE_HEAD, _NOTICE_TAIL = 600, 1_000, 1_500
_BLANK = re.compile(rf"[\s{INVISIBLE}]*\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the raw page: ``raw[start:end]``.

    ``kind`` is ``text`` for what is analysed, else the sort of furniture (``menu``, ``headline``, ``byline``, ``date``,
    ``share``, ``subscribe``, ``cookies``, ``advertising``, ``player``, ``tags``, ``credit``, ``related``,
    ``comments``, ``footer``); ``reason`` is the phrase or rule that decided.
    """

    kind: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CleanedText:
    """An article's text as the analysis reads it, and the way back to the raw page.

    Parameters
    ----------
    raw : str
        The page as it was passed in.
    text : str
        What is analysed: plain typography, NFC, lines end in a newline. Empty where the page is furniture alone.
    body_spans : tuple of (int, int)
        The parts of `raw` that `text` comes from, in order.
    blocks : tuple of Block
        The whole page, cut into text and furniture.
    title, author, published_at
        What the page says about the article; None where it does not.
    warnings : tuple of str
        What was wrong with the text, and was mended.
    """

    raw: str
    text: str
    body_spans: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    warnings: tuple[str, ...] = ()
    offsets: OffsetMap | None = field(default=None, repr=False, compare=False)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the raw span of a span of `text`.

        Raises
        ------
        IndexError
            If the span is not inside `text`.

        Examples
        --------
        >>> page = clean("Par Léa Petit\nL’Iran a tiré deux missiles sur la base d’Aïn al-Asad, selon l’armée.")
        >>> start = page.text.index("Aïn")
        >>> page.raw[slice(*page.to_raw(start, start + 11))]
        'Aïn al-Asad'
        """
        if self.offsets is None:
            return start, end
        return self.offsets.to_raw(start, end)

    def to_clean(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of `text` for a raw span, or None where nothing of it was kept."""
        if self.offsets is None:
            return (start, end) if start < end else None
        return self.offsets.to_clean(start, end)


def clean(raw: str, *, notices: Collection[int] = ()) -> CleanedText:
    r"""Return the article in a pasted page: furniture recognised, typography plain, every offset mapped.

    Parameters
    ----------
    raw : str
        Text as copied from a web page, or a file. Of HTML, the tags are left out (for whole web pages
        `newsnlp.reading.read_html` finds the article far better).
    notices : collection of int, optional
        Keys of paragraphs that the articles of a corpus share and that are none of theirs
        (`newsnlp.text.notices.SharedNotices`).

    Returns
    -------
    CleanedText

    Notes
    -----
    Recognised by the words and the place of a line: menus and trails, copies of the headline, bylines, dates of
    publication, share buttons, subscription and cookie notices, comments, lists of other articles, picture credits,
    tags, footers, notices of rights. Of a wall of consent, a check for robots or an error nothing is kept. One copy of
    the headline, section headings, captions and datelines stay. Prose is never dropped, except in comments.

    Before that a text is mended (`newsnlp.reading.mending`): references, marks of Markdown, letters decoded wrongly,
    lines broken at a width or not at all, paragraphs glued together, marks of lists. Linear in the length of the text.

    Examples
    --------
    >>> page = clean(
    ...     "Accueil\nMonde\nDeux soldats blessés en Irak\nPar Léa Petit\nPublié le 6 août 2024\n"
    ...     "Deux soldats ont été blessés lundi en Irak, a annoncé l’armée.\nLaisser un commentaire\n"
    ... )
    >>> page.text
    "Deux soldats blessés en Irak\nDeux soldats ont été blessés lundi en Irak, a annoncé l'armée.\n"
    >>> page.title, page.author, page.published_at.date().isoformat()
    ('Deux soldats blessés en Irak', 'Léa Petit', '2024-08-06')
    """
    raw = record_of(raw, str)
    text = raw
    outer: OffsetMap | None = None
    warnings = []
    for mend in _MENDINGS:
        found = mend(text)
        if found is not None:
            outer = found.offsets if outer is None else found.offsets.after(outer)
            text = found.text
            if found.warning:
                warnings.append(found.warning)
    cleaned = _clean_plain(text, notices)
    return cleaned if outer is None else _lifted(raw, cleaned, outer, tuple(warnings))


def _without_markup(text: str) -> Mended | None:
    if looks_like_html(text):
        return Mended(*strip_markup(text))
    return Mended(*strip_markdown(text)) if looks_like_markdown(text) else None


# In this order: what a reference stands for may be a tag, or a half of a letter decoded wrongly.
_MENDINGS = (
    resolve_references,
    _without_markup,
    mend_mojibake,
    drop_cues,
    unwrap,
    cut_lines,
    part_glued,
    drop_marks,
    part_names,
)


def _clean_plain(raw: str, notices: Collection[int]) -> CleanedText:
    lines = list(_lines(raw))
    facts = label_lines(lines)
    wall = wall_in(raw) if _holds(raw[:_WALL_HEAD], _OF_WALLS) else None
    if wall is not None:
        for line in lines:
            line.drop("wall", wall)
    elif notices or _holds(_ends_of(raw), _OF_NOTICES):
        _drop_notices(lines, notices)
    kept: list[tuple[int, int]] = []
    blocks: list[Block] = []
    for line in lines:
        if line.kind is not None:
            _add_block(blocks, line.kind, line.start, line.end, line.reason)
            continue
        end = line.stop
        if line.keep_end is not None:
            end = line.keep_end
            _add_block(blocks, "text", line.start, end, "")
            _add_block(blocks, "credit", end, line.end, raw[end : line.end].strip()[:60])
        else:
            _add_block(blocks, "text", line.start, line.end, "")
        if kept and kept[-1][1] == line.start:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((line.start, end))
    text, offsets = normalise(raw, kept)
    body = tuple((block.start, block.end) for block in blocks if block.kind == "text")
    return CleanedText(
        raw=raw,
        text=text,
        body_spans=body,
        blocks=tuple(blocks),
        title=plain(facts.title.text) if facts.title else None,
        author=facts.author,
        published_at=facts.published_at,
        offsets=offsets,
        warnings=() if wall is None else (f"no article, but a wall, an error or an empty template ({wall!r})",),
    )


def _ends_of(raw: str) -> str:
    return raw if len(raw) <= _NOTICE_HEAD + _NOTICE_TAIL else raw[:_NOTICE_HEAD] + raw[-_NOTICE_TAIL:]


def _holds(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)


def _drop_notices(lines: list[Line], notices: Collection[int]) -> None:
    """Drop paragraphs of rights and offers near the ends of a text, wherever something else is left."""
    kept = [line for line in lines if line.kind is None]
    found = [line for line in near_ends(kept) if is_notice(line.text, notices)]
    if len(found) < len(kept):
        for line in found:
            line.drop("notice", line.text[:60])


def _lines(raw: str) -> list[Line]:
    lines: list[Line] = []
    for match in _LINE.finditer(raw):
        text = match["line"]
        stripped = text.strip()
        if not stripped or (not stripped.isascii() and _BLANK.match(stripped)):
            continue
        start = match.start() + len(text) - len(text.lstrip())
        end = start + len(stripped)
        # Indentation belongs to no line.
        lines.append(Line(start=start, end=end, stop=match.end(), text=stripped))
    return lines


def _add_block(blocks: list[Block], kind: str, start: int, end: int, reason: str) -> None:
    """Add a block, or lengthen the last one where it is of the same sort."""
    if blocks and blocks[-1].kind == kind and (kind == "text" or blocks[-1].reason == reason):
        blocks[-1] = Block(kind, blocks[-1].start, end, reason)
    else:
        blocks.append(Block(kind, start, end, reason))


def _lifted(raw: str, inner: CleanedText, outer: OffsetMap, warnings: tuple[str, ...]) -> CleanedText:
    """Return the cleaning of a mended text as a cleaning of the text that was passed."""

    def lift(start: int, end: int) -> tuple[int, int]:
        return outer.to_raw(start, end)

    return CleanedText(
        raw=raw,
        text=inner.text,
        body_spans=tuple(lift(*span) for span in inner.body_spans),
        blocks=tuple(Block(block.kind, *lift(block.start, block.end), block.reason) for block in inner.blocks),
        title=inner.title,
        author=inner.author,
        published_at=inner.published_at,
        offsets=inner.offsets.after(outer) if inner.offsets else None,
        warnings=(*warnings, *inner.warnings),
    )
