"""Which mentions name one person or organisation."""
