"""Clauses that a text reports: where they begin and end, and who is said to say them."""
