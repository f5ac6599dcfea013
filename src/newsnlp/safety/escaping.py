"""What text becomes before it leaves, one function a target: nothing that an article says is run, drawn or obeyed.

Where a target has a way back (`from_csv`, `from_excel_fr`, `from_xlsx`), it gives the very text back.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

REPLACEMENT = "\ufffd"
# Characters that turn the direction of what follows them: a name could be shown as another.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_SURROGATES = re.compile("[\ud800-\udfff]")
# All control characters but tab and line feed; C1 (\x9b is as good as ESC [), lone surrogates, line separators.
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff\ufffe\uffff]")
_NOT_HTML = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\ud800-\udfff\ufffe\uffff]")
# JSON escapes C0 itself; a terminal obeys C1, and readers of lines cut at the separators.
_NOT_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff\ufffe\uffff]")
# Characters that XML 1.0, hence a workbook, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# In a workbook _x000D_ stands for a character; so what merely looks like it has its first sign written that way.
_XML_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_XML_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
# What makes a cell be quoted. All separators, whichever the file has: a French Excel cuts even at the ";" of a file
# with commas, and what follows could be a formula. The carriage return: Python's csv module forgets it.
_QUOTED = re.compile('[",;\t\r\n]')
# What a spreadsheet may take for a formula or a command (OWASP, "CSV Injection", 2024), full-width signs included,
# also behind blanks that a spreadsheet trims.
_FORMULA = re.compile("[\t\r\n]|[\\s\x00-\x1f\u200b\u2060\ufeff]*[=+@＝＋－＠-]")
# The mark before a cell that must stay text: an apostrophe, as people type it themselves.
MARK = "'"

# What Excel turns into something else when it opens a text file, in French or English.
_CONSTANTS = frozenset({"vrai", "faux", "true", "false", "#n/a", "#getting_data", "#obtention_donnees"})
# Words that stand in what Excel takes for a number, a date or a time; the second, only behind digits.
_DATE_WORD = re.compile(
    "chf|eur|usd|lun(?:di)?|mar(?:di|s|ch)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?"
    "|jan(?:v|vier|uary)?|feb(?:ruary)?|fev(?:r|rier)?|a[vp]r(?:il)?|ma[iy]|jui?ne?|jui?l(?:let|y)?|ao?ut|aug(?:ust)?"
    "|sept?(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?|dec(?:embre|ember)?"
)
_AFTER_DIGITS = re.compile(r"(?<=\d)\s*(?:[ap](?:\.?\s?m)?|fr?)\.?$|(?<=[\d.,])e(?=[+-]?\d)")
# No date is longer, in whatever words.
_LONGEST_DATE = 60
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
# Excel shows and saves such a whole number as it stood; longer ones lose their last digits, others their zeros.
_KEPT_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


def storable(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate becomes ``?``, so that offsets stay."""
    return text if text.isascii() else _SURROGATES.sub("?", text)


def html_text(text: str) -> str:
    """Return text for the content or a quoted attribute of an HTML element.

    Examples
    --------
    >>> html_text('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(visible_in_html(text))


def visible_in_html(text: str) -> str:
    """Return text of the same length without what HTML cannot show; for drawers that escape ``<`` themselves."""
    return _NOT_HTML.sub(REPLACEMENT, text)


def xml_text(text: str) -> str:
    r"""Return text for the content or a quoted attribute of an XML element; a reader gives it back with its offsets.

    Examples
    --------
    >>> xml_text('<a> & "b"\r')
    '&lt;a&gt; &amp; &quot;b&quot;&#13;'
    """
    return html.escape(_NOT_XML.sub(REPLACEMENT, storable(text)), quote=True).replace("\r", "&#13;")


def terminal_text(text: str, encoding: str | None = "utf-8") -> str:
    r"""Return text that a terminal prints and does not obey: of control characters only tab and line feed are left.

    Examples
    --------
    >>> terminal_text("a\x1b[2Jb\x9b31m")
    'a␛[2Jb�31m'
    """
    shown = _UNPRINTABLE.sub(_picture, text.replace("\r\n", "\n"))
    name = encoding or "utf-8"
    return shown.encode(name, "replace").decode(name)


def terminal_line(text: str) -> str:
    """Return text as one line for a terminal, its blanks single."""
    return terminal_text(" ".join(text.split()))


def json_text(value: Any, *, indent: int | None = None) -> str:
    r"""Return JSON that is safe to print and to cut into lines, and reads back equal, lone surrogates included.

    Examples
    --------
    >>> json_text({"été": "\x9b\u2028"})
    '{"été": "\\u009b\\u2028"}'
    """
    return _NOT_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def csv_field(text: str) -> str:
    """Return a text cell of a CSV file, marked where a spreadsheet would take it for a formula, and quoted."""
    return _field(_marked(_held(text), _is_formula))


def from_csv(cell: str) -> str:
    """Return the text that `csv_field` was given, from the unquoted cell."""
    return _unmarked(cell, _is_formula)


def excel_fr_field(text: str) -> str:
    """Return a text cell of a CSV file for a French Excel: also marked where it would become a number or a date.

    Examples
    --------
    >>> [excel_fr_field(text) for text in ("00123", "6/4", "12E5", "12 mars", "Lyon", "123")]
    ["'00123", "'6/4", "'12E5", "'12 mars", 'Lyon', '123']
    """
    return _field(_marked(_held(text), _is_no_text_to_excel))


def from_excel_fr(cell: str) -> str:
    """Return the text that `excel_fr_field` was given, from the unquoted cell."""
    return _unmarked(cell, _is_no_text_to_excel)


def xlsx_text(text: str) -> str:
    """Return a text cell of a workbook: what XML cannot hold replaced, and marked where it would be a formula.

    Its type says that it is text, so numbers and dates need no mark; the mark serves who edits the cell, or saves the
    sheet as CSV.
    """
    return _XML_ESCAPE.sub("_x005F_", _marked(_NOT_XML.sub(REPLACEMENT, storable(text)), _is_formula))


def from_xlsx(cell: str) -> str:
    """Return the text that `xlsx_text` was given."""
    return _unmarked(_XML_ESCAPED.sub("_", cell), _is_formula)


def _picture(found: re.Match[str]) -> str:
    """Return what is seen in place of a control character: ESC as ␛."""
    code = ord(found[0])
    return chr(0x2400 + code) if code < ord(" ") else "\u2421" if code == 0x7F else REPLACEMENT  # noqa: PLR2004  # DEL


def _held(text: str) -> str:
    """Return what a CSV file can hold of a text; the mark is decided on that, or it could not be taken off again."""
    # No reader of CSV is sure to read beyond a NUL.
    return storable(text).replace("\x00", REPLACEMENT)


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _marked(text: str, is_risky: Callable[[str], bool]) -> str:
    # Also before what already looks so treated, so that every text comes back.
    return MARK + text if is_risky(text.lstrip(MARK)) else text


def _unmarked(cell: str, is_risky: Callable[[str], bool]) -> str:
    return cell[1:] if cell.startswith(MARK) and is_risky(cell.lstrip(MARK)) else cell


def _is_formula(text: str) -> bool:
    return _FORMULA.match(text) is not None


def _is_no_text_to_excel(text: str) -> bool:
    return _is_formula(text) or _becomes_a_value(text)


def _becomes_a_value(text: str) -> bool:
    """Return whether Excel would take a cell for a number, date, time, truth value or error.

    Rather one too many: whatever has a digit and no word but those of dates, and is not a plain whole number.
    """
    if _KEPT_NUMBER.fullmatch(text):
        return False
    bare = text.strip()
    if _LETTERS.search(bare) is None and _DIGIT.search(bare):
        return True
    if len(bare) > _LONGEST_DATE:
        return False
    bare = fold(unicodedata.normalize("NFKC", bare), accents=False)
    if _DIGIT.search(bare) is None:
        return bare in _CONSTANTS or (bare.startswith("#") and bare.endswith(("!", "?")))
    return all(_DATE_WORD.fullmatch(found[0]) for found in _LETTERS.finditer(_AFTER_DIGITS.sub(" ", bare)))
