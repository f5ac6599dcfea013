"""What a cell of a table, or a value of JSON, holds as plain data: text, a number, a name; None for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsnlp.reading.decoding import decode_part
from newsnlp.reading.markup import looks_like_html, strip_markup
from newsnlp.reading.mending.mojibake import mend_mojibake
from newsnlp.reading.mending.references import resolve_references
from newsnlp.safety.values import is_absent, plain_text

# Fields of words that are shown, not of text that offsets point into.
_NAMES = ("title", "source", "author", "section")
# What exports write where there is nothing; no text, title or name of ours is only that.
ABSENT = frozenset({"nan", "NaN", "NULL", "null", "None", "<NA>", "NaT", "N/A", "#N/A", "NA"})
# Where a text stands in a block of an editor or crawler, in the order of reading; what is within blocks stands as deep.
_BEFORE, _WITHIN = ("headline", "summary"), ("sections", "paragraphs", "blocks", "content", "children", "items", "data")
# One text in several forms.
_FORMS = ("rendered", "value", "text", "html")
_OF_PAGES = ("rendered", "html")
_MOST_DEPTH = 30
# A name, a label, a number or a date that interfaces wrap: {"id": "afp", "name": "AFP"}, {"rendered": "Titre"}.
_NAME_KEYS = (
    *("name", "rendered", "value", "main", "original", "text", "title", "label", "displayName", "#text", "literal"),
    *("$date", "$oid", "$numberLong"),
)
_NAME_PARTS = (("firstName", "lastName"), ("first_name", "last_name"), ("given", "family"), ("prenom", "nom"))


def plain_value(value: object, joint: str = ", ") -> Any:
    """Return a cell as plain data; None for what a table holds where it holds nothing."""
    if isinstance(value, str):
        text = plain_text(value)
        return text if text.strip() and text not in ABSENT else None
    if is_absent(value):
        return None
    if isinstance(value, bytes | bytearray):
        # Parquet and SQLite hold text as bytes at times.
        return plain_value(decode_part(bytes(value)).text, joint)
    if type(value).__module__ == "numpy":
        value = _of_numpy(value)
    if isinstance(value, float):
        # A column of numbers with gaps is a column of floats: 12.0 was written 12.
        return int(value) if value.is_integer() else value
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        # Paragraphs of a text, or several authors.
        return plain_value(joint.join(value), joint)
    if isinstance(value, Mapping | list | tuple):
        return (blocks_text(value) if joint == "\n" else _names(value, joint)) or None
    return value


def without_markup(text: str) -> str:
    r"""Return the text of a page or of a part of one that stands in a field; any other text as it is.

    Examples
    --------
    >>> without_markup("<section><p>Deux bless&eacute;s.</p><p>Un mort.</p></section>")
    'Deux blessés.\nUn mort.'
    """
    if not looks_like_html(text):
        return text
    lines = (" ".join(line.split(" ")).strip() for line in strip_markup(text)[0].split("\n"))
    return "\n".join(line for line in lines if line)


def blocks_text(value: object, depth: int = 0) -> str:
    r"""Return the text of paragraphs, sections or blocks within each other, a line each.

    Examples
    --------
    >>> blocks_text([{"type": "paragraph", "text": "Deux blessés."}, {"content": ["L'enquête continue."]}])
    "Deux blessés.\nL'enquête continue."
    """
    if isinstance(value, str):
        return value.strip()
    if depth > _MOST_DEPTH:
        return ""
    if isinstance(value, Mapping):
        form = next((key for key in _FORMS if value.get(key)), None)
        one = value[form] if form else None
        if form in _OF_PAGES and isinstance(one, str):
            one = without_markup(one)
        value = [*(value.get(key) for key in _BEFORE), one, *(value.get(key) for key in _WITHIN)]
    if not isinstance(value, list | tuple):
        return ""
    # Runs of one line, as editors keep them: words in bold are no paragraph.
    inline = [part.get("text") for part in value if isinstance(part, Mapping) and part.get("type") == "text"]
    if inline and len(inline) == len(value):
        return "".join(text for text in inline if isinstance(text, str)).strip()
    return "\n".join(text for part in value if (text := blocks_text(part, depth + 1)))


def _names(value: object, joint: str, depth: int = 0) -> Any:
    """Return the name in a mapping, or those of a list."""
    if isinstance(value, Mapping):
        for keys in _NAME_PARTS:
            if parts := [value[key].strip() for key in keys if isinstance(value.get(key), str) and value[key].strip()]:
                return " ".join(parts)
        if isinstance(dates := value.get("date-parts"), list) and dates and isinstance(dates[0], list):
            return "-".join(f"{part:02}" if isinstance(part, int) else str(part) for part in dates[0])
        # {"name": {"fr": …}}: one more is looked into, not more.
        found = next((value[key] for key in _NAME_KEYS if value.get(key)), None)
        return _names(found, joint, depth + 1) if depth < 2 else None  # noqa: PLR2004
    if isinstance(value, list | tuple):
        named = [name for part in value if (name := _names(part, joint, depth + 1)) is not None] if depth < 2 else []  # noqa: PLR2004
        return joint.join(str(name) for name in named)
    if isinstance(value, str):
        return plain_value(value)
    return value


def _of_numpy(value: Any) -> Any:
    """Return a scalar or array of NumPy as plain Python has it; dates are read as they are."""
    return value if type(value).__name__ == "datetime64" else value.tolist()


def plain_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an article that hold something, as texts; those that name something as people see them."""
    return {
        name: plain_name(str(value)) if name in _NAMES else str(value)
        for name, value in values.items()
        if value is not None
    }


def plain_name(text: str) -> str:
    r"""Return a title or a name without references, and decoded rightly where it was decoded wrongly.

    Examples
    --------
    >>> plain_name("Grève à l&#8217;hôpital : &laquo;&nbsp;assez&nbsp;»")
    'Grève à l’hôpital : «\xa0assez\xa0»'
    """
    for mend in (resolve_references, mend_mojibake):
        found = mend(text)
        text = text if found is None else found.text
    return text
