"""News items in ninjs, the IPTC's JSON for news: 1.x, 2.x and 3.0, and what `Analysis.to_ninjs` writes.

References
----------
IPTC, ninjs User Guide, https://iptc.org/standards/ninjs/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from newsnlp.ingest.cells import plain_value, without_markup

# Bodies in plain text before those with tags; 1.x names them body_text, body_xhtml …, 2.x and 3.0 list them.
_BODIES = ("body_text", "bodytext", "body_xhtml", "bodyxhtml", "body_html", "bodyhtml")
_TELLING = frozenset({"headline", "headlines", "bodies", "versioncreated", "versionCreated", "standard", *_BODIES})
# The first that is there is the date: of this version, else of its content, else of the first version.
_DATES = ("versioncreated", "versionCreated", "contentcreated", "contentCreated", "firstcreated", "firstCreated")
_OWN_ID = re.compile(r"urn:newsnlp:article:(.+)", re.DOTALL)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# What has no field of its own: key of ninjs -> key of `Article.extra`.
_EXTRA = {
    "slugline": "slugline",
    "located": "dateline",
    "urgency": "urgency",
    "edNote": "editorial_note",
    "ednote": "editorial_note",
    "copyrightholder": "copyright",
    "copyrightHolder": "copyright",
    "copyrightnotice": "rights",
    "copyrightNotice": "rights",
    "profile": "profile",
    "description_text": "description",
}


def is_ninjs(record: object) -> bool:
    """Tell whether a mapping is a news item in ninjs."""
    if not isinstance(record, Mapping) or not isinstance(record.get("uri"), str):
        return False
    return "type" in record and not _TELLING.isdisjoint(record)


def ninjs_values(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a news item as fields of `Article`, and what else it tells.

    Examples
    --------
    >>> item = {"uri": "urn:x:1", "type": "text", "headline": "Deux blessés", "body_text": "À Lyon.", "byline": "AFP"}
    >>> ninjs_values(item)["title"], ninjs_values(item)["author"]
    ('Deux blessés', 'AFP')
    """
    uri: str = item["uri"]
    own = _OWN_ID.fullmatch(uri)
    bodies = _listed(item.get("bodies"))
    # Plain text before what has tags; of several, that of the main role or the longest.
    bodies.sort(key=lambda body: ("html" in _kind(body), -len(str(body.get("value") or ""))))
    texts = [*(body.get("value") for body in bodies), *(item.get(name) for name in _BODIES)]
    text = next((plain for value in texts if isinstance(plain := plain_value(value), str)), None)
    return {
        "id": unquote(own[1]) if own else uri,
        "url": item.get("url") or item.get("canonicalurl") or (uri if _ADDRESS.match(uri) else None),
        "title": _valued(item.get("headlines"), "main") or item.get("headline") or item.get("title"),
        "text": None if text is None else without_markup(text),
        "author": item.get("by") or item.get("byline"),
        "source": _source(item),
        "published_at": next((item[name] for name in _DATES if item.get(name)), None),
        "lang": item.get("language"),
        "subjects": _all_names(item.get("subjects") or item.get("subject")),
        "description": _valued(item.get("descriptions")),
        **{name: item[key] for key, name in _EXTRA.items() if item.get(key)},
    }


def _source(item: Mapping[str, Any]) -> Any:
    named = next((item[name] for name in ("provider", "source", "infosource", "infoSources") if item.get(name)), None)
    return _all_names(named) if isinstance(named, list) else named or item.get("copyrightholder")


def _listed(value: object) -> list[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _kind(body: Mapping[str, Any]) -> str:
    return str(body.get("contentType") or body.get("contenttype") or body.get("role") or "").lower()


def _valued(value: object, role: str = "") -> Any:
    """Return the value of the first of several, or of that with a role."""
    listed = _listed(value)
    listed.sort(key=lambda part: part.get("role") != role)
    return next((part["value"] for part in listed if part.get("value")), None)


def _all_names(value: object) -> list[str] | None:
    named = [plain_value(part) for part in value] if isinstance(value, list) else []
    return [str(name) for name in named if name is not None] or None
