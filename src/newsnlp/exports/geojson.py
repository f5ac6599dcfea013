"""The places of articles as GeoJSON (RFC 7946), for maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.records import Analysis, Label
from newsnlp.safety.escaping import storable
from newsnlp.safety.values import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROPERTIES = ("country", "admin1", "territory", "geonameid")


def to_geojson(analyses: Analysis | Iterable[Analysis]) -> dict[str, Any]:
    """Return the places of articles as a FeatureCollection: one point a place and article.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis

    Returns
    -------
    dict
        Plain JSON values: ``json.dumps`` writes it. Properties are ``article_id``, ``title``, ``published_at``,
        ``entity_id``, ``name``, ``mentions``, ``place_kind``, ``country``, ``admin1``, ``territory``, ``geonameid``,
        absent ones null. Places without coordinates are left out. Names and titles are the article's own words: a map
        that shows them as HTML must escape them.

    Examples
    --------
    >>> from newsnlp import load
    >>> (feature,) = to_geojson(load()("Un séisme a frappé Agadir."))["features"]
    >>> feature["geometry"]["type"], feature["properties"]["name"], feature["properties"]["geonameid"]
    ('Point', 'Agadir', 2561668)
    """
    return {
        "type": "FeatureCollection",
        "features": [feature for analysis in records_of(analyses, Analysis) for feature in _features(analysis)],
    }


def _features(analysis: Analysis) -> list[dict[str, Any]]:
    article = analysis.article
    told = {
        "article_id": storable(article.id),
        "title": storable(article.title) if article.title else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
    }
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [entity.longitude, entity.latitude]},
            "properties": told
            | {
                "entity_id": storable(entity.id),
                "name": storable(entity.name),
                "mentions": entity.mention_count,
                "place_kind": str(entity.place_kind) if entity.place_kind else None,
            }
            | {name: getattr(entity, name) for name in _PROPERTIES},
        }
        for entity in analysis.entities
        if entity.label == Label.LOC and entity.longitude is not None and entity.latitude is not None
    ]
