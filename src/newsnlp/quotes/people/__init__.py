"""Those who speak: what kind of source they are, what the text says of them, whom an office means."""
