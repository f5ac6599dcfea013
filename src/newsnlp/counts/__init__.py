"""Counts of victims in the articles of a story: read, told apart, and brought together."""
