"""A sentence as items: words, nouns and phrases by their edges."""
