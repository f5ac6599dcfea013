"""Names in an article: found, repaired, scored, and merged into people, places and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from newsnlp.authority.names import Authority
    from newsnlp.records import Entity, Mention

__all__ = ["extract_entities"]


def extract_entities(
    doc: Doc, *, text: str | None = None, authority: Authority | None = None, accurate: bool = False
) -> tuple[list[Mention], list[Entity]]:
    """Return the names of a document and what they name.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        As `newsnlp.language.load_language` makes it.
    text : str, optional
        ``doc.text`` where it is at hand: spaCy joins it from the tokens at every call.
    authority : Authority, optional
        The user's list of names, which has the last word.
    accurate : bool
        Ask the encoder, too, where the small network is in doubt.

    Returns
    -------
    mentions : list of Mention
        In text order, each with the id of its entity.
    entities : list of Entity
        In order of first mention.

    Examples
    --------
    >>> from newsnlp.language import load_language
    >>> mentions, entities = extract_entities(load_language()("Angela Merkel a quitté Berlin."))
    >>> [(entity.name, entity.label.value) for entity in entities]
    [('Angela Merkel', 'PER'), ('Berlin', 'LOC')]
    """
    from newsnlp.entities.find import find_listed_mentions, find_mentions
    from newsnlp.entities.resolve import resolve_mentions

    if authority is None:
        return resolve_mentions(doc, find_mentions(doc, accurate=accurate), text=text)
    text = doc.text if text is None else text
    mentions, listed = find_listed_mentions(doc, authority, text=text, accurate=accurate)
    return resolve_mentions(doc, mentions, text=text, listed=listed)
