"""The user's own list of names: read and checked, found in texts, and made of corrected tables.

It knows texts and lexicons, not how newsnlp finds names: `newsnlp.entities` gives its names the last word.
"""
