"""What the user's list says of an entity: that its forms are one, what it is called, and where it belongs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsnlp.authority.names import NO_COUNTRY
from newsnlp.entities.knowledge.places import state_of, territory_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.authority.names import Name
    from newsnlp.records import Entity, Mention

# What is known of a place in one country is wrong of one in another.
_PLACE = ("geonameid", "latitude", "longitude", "place_kind", "admin1", "territory")


def rows_together(
    clusters: Sequence[Sequence[int]], mentions: Sequence[Mention], listed: Sequence[Name | None]
) -> list[list[int]]:
    """Return sets of mentions such that those of one row are one set, and those of two rows are in two.

    A mention of no row that was merged with some of two goes with the one before it; one of another label than the row
    has, which was not taken for it, with none: the town of Orange is not the firm.
    """
    found: dict[str | int, list[int]] = {}
    for number, indexes in enumerate(clusters):
        rows = [row.id for i in indexes if (row := listed[i]) is not None]
        key: str | int = rows[0] if rows else number
        label = next((row.label for i in indexes if (row := listed[i]) is not None), None)
        for i in indexes:
            row = listed[i]
            if row is None and label is not None and mentions[i].label != label:
                found.setdefault(number, []).append(i)
                continue
            if row is not None:
                key, label = row.id, row.label
            found.setdefault(key, []).append(i)
    return [sorted(indexes) for indexes in found.values()]


def as_listed(entity: Entity, row: Name) -> Entity:
    """Return an entity as the user's list has it: its name, ids, country and place."""
    forms = (entity.name, *entity.aliases)
    told: dict[str, Any] = {"name": row.name, "authority_id": row.id, "wikidata": row.wikidata}
    told["aliases"] = tuple(form for form in forms if form != row.name)
    if row.country is not None:
        code = None if row.country == NO_COUNTRY else row.country
        told["country"] = state_of(code)
        if told["country"] != entity.country or territory_of(code) not in {None, entity.territory}:
            told |= dict.fromkeys(_PLACE) | {"territory": territory_of(code)}
    own = {field: getattr(row, field) for field in ("geonameid", "latitude", "longitude")}
    return replace(entity, **told | {field: value for field, value in own.items() if value is not None})
