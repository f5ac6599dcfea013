"""Who says what: the sources that a text names, and who speaks where it does not say it."""
