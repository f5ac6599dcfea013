"""Where the places of an article are: from the gazetteer, a list of our own, and what the text says around them."""

from newsnlp.entities.geography.locate import Locator

__all__ = ["Locator"]
