"""Where places are: ids, coordinates and divisions of the world's towns and regions, by their names in French text."""

from newsnlp.gazetteer.lookup import candidates
from newsnlp.gazetteer.places import Place, distance_km

__all__ = ["Place", "candidates", "distance_km"]
