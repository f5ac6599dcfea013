"""Every numeric expression of a text with its bounds, modifier, kind and unit."""
