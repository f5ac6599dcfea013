"""Places by their names, as French text writes them."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from newsnlp.gazetteer.names import LONGEST, place_key, without_arabic_article

if TYPE_CHECKING:
    from newsnlp.gazetteer.places import Place
    from newsnlp.gazetteer.table import Table

FOLDER, FILE = "table", "places.bin"


def candidates(name: str) -> tuple[Place, ...]:
    """Return the places that `name` may mean, best first; empty where the table has none.

    What a text around it says is not asked: places of many people stand first, those of French-speaking countries
    before larger ones elsewhere, and those called so before those that have it as an alternate name.

    Parameters
    ----------
    name : str
        With or without its article, hyphens, accents; ``St`` is ``Saint``.

    Raises
    ------
    ModelFormatError
        If the table is damaged.

    Examples
    --------
    >>> [(place.geonameid, place.country, place.kind) for place in candidates("Mayenne")][:2]
    [(2994932, 'FR', 'department'), (2994935, 'FR', 'city')]
    >>> nouméa = candidates("Nouméa")[0]
    >>> nouméa.country, nouméa.territory, round(nouméa.latitude), round(nouméa.longitude)
    ('FR', 'NC', -22, 166)
    """
    return _found(name) if len(name) <= LONGEST else ()


@lru_cache(maxsize=8192)
def _found(name: str) -> tuple[Place, ...]:
    from newsnlp.safety.saved_files import own_weights

    key = place_key(name)
    if not key:
        return ()
    with own_weights(FILE):
        table = load_table()
        found = table.find(key)
        if not found and (bare := without_arabic_article(key)) != key:
            found = table.find(bare)
        return found


@cache
def load_table() -> Table:
    """Return the table that newsnlp brings: read at the first lookup."""
    from newsnlp.gazetteer.table import Table

    return Table(resources.files("newsnlp.gazetteer").joinpath(FOLDER, FILE).read_bytes())
