"""An analysis as a news item in ninjs 3.0, the IPTC's JSON format for news.

References
----------
IPTC, ninjs 3.0 JSON Schema, https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json (CC BY 4.0).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsnlp.safety.escaping import storable

if TYPE_CHECKING:
    from newsnlp.records import Analysis, Entity, Topic

VERSION = "3.0"
SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"
MEDIA_TOPIC = re.compile(r"medtop:(\d{8})")
MEDIA_TOPIC_URI = "http://cv.iptc.org/newscodes/mediatopic/"
# Addresses of articles. What a reader's click would run (javascript:, data:) is none.
_URI = re.compile(r"(?i:https?|ftp|urn|tag):[^\s\x00-\x1f\x7f-\x9f<>\"{}|\\^`]+")
# Property of ninjs for each label; MISC has none that fits.
_PROPERTIES = {"PER": "people", "ORG": "organisations", "LOC": "places"}


def to_ninjs(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis as a ninjs 3.0 object: plain JSON values, absent properties left out.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    dict
        ``uri`` is the article's address, or ``urn:newsnlp:article:`` and its id. Each topic is a subject with
        ``uri`` (Media Topics) or ``literal`` (a newsroom's own label), ``creator``, ``confidence`` (its score, 0 to
        100) and ``relevance`` (its score beside the best one's); ``rel`` is ``ancestor`` where a narrower topic of
        the article stands under it, else ``direct``.

    Notes
    -----
    A publication date without a time zone is left out: the schema accepts none. Entities of label MISC have no
    property in ninjs and are left out.
    """
    article = analysis.article
    item: dict[str, Any] = {
        "uri": article.url
        if article.url and _URI.fullmatch(article.url)
        else f"urn:newsnlp:article:{quote(storable(article.id))}",
        "type": "text",
        "representationType": "full",
        "language": article.lang,
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
    }
    if article.published_at is not None and article.published_at.tzinfo is not None:
        item["contentCreated"] = article.published_at.isoformat()
    if article.title:
        item["title"] = article.title
        item["headlines"] = [{"role": "main", "contentType": "text/plain", "value": article.title}]
    if article.author:
        item["by"] = article.author
    if article.source:
        item["infoSources"] = [{"name": article.source}]
    body = analysis.body or article.text
    item["bodies"] = [
        {"contentType": "text/plain", "charCount": len(body), "wordCount": len(body.split()), "value": body}
    ]
    for label, name in _PROPERTIES.items():
        entities = [_entity(entity) for entity in analysis.entities if entity.label == label]
        if entities:
            item[name] = entities
    if analysis.topics:
        item["subjects"] = _subjects(analysis)
    return {key: _storable(value) for key, value in item.items()}


def _storable(value: Any) -> Any:
    """Return JSON values whose texts UTF-8 can hold."""
    if isinstance(value, str):
        return storable(str(value))
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list) else value


def _entity(entity: Entity) -> dict[str, Any]:
    found: dict[str, Any] = {"name": entity.name, "literal": entity.id}
    if entity.country:
        found["contactInfo"] = [{"type": "address", "address": {"country": entity.country}}]
    return found


def _subjects(analysis: Analysis) -> list[dict[str, Any]]:
    creator = f"newsnlp {analysis.meta['newsnlp']}" if analysis.meta.get("newsnlp") else "newsnlp"
    ancestors = _ancestors(analysis)
    best = max(_share(topic.score) for topic in analysis.topics) or 1.0
    return [
        {
            "name": topic.name,
            "rel": "ancestor" if topic.code in ancestors else "direct",
            **_identifier(topic),
            "creator": creator,
            "relevance": _percent(_share(topic.score) / best),
            "confidence": _percent(_share(topic.score)),
        }
        for topic in analysis.topics
    ]


def _identifier(topic: Topic) -> dict[str, str]:
    match = MEDIA_TOPIC.fullmatch(topic.code)
    return {"uri": MEDIA_TOPIC_URI + match.group(1)} if match else {"literal": topic.code}


def _ancestors(analysis: Analysis) -> set[str]:
    """Return the codes that a narrower topic of the article stands under."""
    from newsnlp.lexicons import load_csv

    rows = load_csv(
        "topics_taxonomy.csv",
        columns=("code", "level", "parent", "name"),
        key=("code",),
        required=("code", "level", "name"),
    )
    parents = {row["code"]: row["parent"] for row in rows}
    return {parents.get(topic.code, "") for topic in analysis.topics}


def _share(score: float) -> float:
    """Return a score as a share from 0 to 1; what is no number (nan) as 0."""
    return min(1.0, score) if score > 0 else 0.0


def _percent(share: float) -> int:
    return min(100, round(100 * share))
