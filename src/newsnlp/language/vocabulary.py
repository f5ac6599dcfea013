"""Keep the vocabulary of a running pipeline bounded: spaCy's keeps every string that it has ever met."""

from __future__ import annotations

import copy
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# Strings that a vocabulary may grow by before a fresh one takes its place. Some 20 MB: 700 000 characters of words that
# were never met before, some two million of ordinary news. A fresh one takes 0.07 s of CPU (2026-11).
MAX_NEW_STRINGS = 50_000


def bounded(language: Language, own_strings: int) -> Language:
    """Return `language`, or, once its vocabulary has grown too large, the same with a fresh vocabulary and tokenizer.

    Parameters
    ----------
    language : spacy.language.Language
        Not changed: documents that it made, or is making, stay as they are.
    own_strings : int
        How many strings its vocabulary had when it was loaded; these are taken over, and the labels of its components.

    Notes
    -----
    A tokenizer of another class than `load_language` gives belongs to the user, and so does its vocabulary: it grows.
    """
    if len(language.vocab.strings) <= own_strings + MAX_NEW_STRINGS:
        return language
    return fresh(language, own_strings)


def fresh(language: Language, own_strings: int) -> Language:
    """Return `language` with a fresh vocabulary and a tokenizer on it; of the user's tokenizer, `language` itself."""
    from spacy.vocab import Vocab

    from newsnlp.language.tokenizing import LinearTokenizer

    tokenizer = language.tokenizer
    if type(tokenizer) is not LinearTokenizer:
        return language
    known = language.vocab
    vocab = Vocab(
        lex_attr_getters=known.lex_attr_getters,
        lookups=known.lookups,
        writing_system=known.writing_system,
        get_noun_chunks=known.get_noun_chunks,
    )
    vocab.cfg.update(known.cfg)
    vocab._vectors = known.vectors  # type: ignore[attr-defined]  # noqa: SLF001  # the setter adds all their words
    # In the order in which they came in.
    for string in islice(known.strings, own_strings):
        vocab.strings.add(string)
    for _, component in language.components:
        for label in getattr(component, "labels", ()):
            vocab.strings.add(label)
    renewed = copy.copy(language)
    renewed.vocab = vocab
    renewed.tokenizer = LinearTokenizer(
        vocab,
        rules=tokenizer.rules,
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
        faster_heuristics=tokenizer.faster_heuristics,
    )
    return renewed
