"""The model's parser, for the few sentences that need syntax. Nothing of this is loaded unless asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.errors import MissingModelError
from newsnlp.language.loading import DEFAULT_MODEL, find_model

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span


def load_syntax(model: str | Path = DEFAULT_MODEL, *, sharing: Language | None = None) -> Language:
    """Return a pipeline of the model's parser: heads and dependency labels, no word classes.

    Parameters
    ----------
    model : str or pathlib.Path
        As for `load_language`.
    sharing : spacy.language.Language, optional
        A pipeline that `load_language` gave: its vocabulary is used, so that the two can work on the same words.

    Raises
    ------
    MissingModelError
        If the model has no parser.

    Examples
    --------
    >>> syntax = load_syntax()
    >>> [(token.text, token.dep_) for token in syntax("Deux soldats partent.")][1]
    ('soldats', 'nsubj')
    """
    found = find_model(model)
    if not (found.folder / "parser").is_dir():
        message = f"The French model {found.name!r} has no parser. Hint: load_syntax() for the default {DEFAULT_MODEL}"
        raise MissingModelError(message)

    from newsnlp.language.assembling import assemble_parser

    return assemble_parser(found.folder, found.meta, name=found.name, vocab=sharing.vocab if sharing else None)


def parse_sentences(syntax: Language, sentences: Iterable[Span]) -> list[Doc]:
    """Return the given sentences parsed, each as a document of its own with the very same tokens.

    Token ``i`` of a result is token ``sentence.start + i`` of the document that the sentence is part of. Parsing a
    sentence takes about as long as looking for its names, so ask for the sentences that need it only.

    Parameters
    ----------
    syntax : spacy.language.Language
        What `load_syntax` gave.
    sentences : iterable of spacy.tokens.Span
    """
    from spacy.tokens import Doc

    copies = []
    for sentence in sentences:
        copy = Doc(
            syntax.vocab,
            words=[token.text for token in sentence],
            spaces=[bool(token.whitespace_) for token in sentence],
        )
        for token in copy:
            token.is_sent_start = token.i == 0
        copies.append(copy)
    return list(syntax.pipe(copies))
