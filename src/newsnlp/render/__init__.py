"""An analysis for readers: French words, HTML, a terminal."""
