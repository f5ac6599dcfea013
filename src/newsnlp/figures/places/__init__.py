"""The place of a figure: the names of a sentence, which of them are only its background, and which one is nearest."""
