"""Words as reviewed data: CSV for lists, TOML for rules, read by one validating loader."""

from newsnlp.lexicons._loader import (
    alternation,
    lexicon_version,
    load_csv,
    load_toml,
    pattern,
    read_resource,
    word_set,
    words,
)

__all__ = ["alternation", "lexicon_version", "load_csv", "load_toml", "pattern", "read_resource", "word_set", "words"]
