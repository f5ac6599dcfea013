"""French numbers: from a string to its value and back. Knows nothing of what they count."""
