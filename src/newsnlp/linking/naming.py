"""What entities are called in their corpus: for views that count them, and in the records themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.linking.corpus import EntityLinks, checked_links, noted, told_of_analysis
from newsnlp.linking.entity_links import corpus_id
from newsnlp.records import Analysis
from newsnlp.safety.escaping import storable
from newsnlp.safety.values import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.linking.entity_links import Told
    from newsnlp.records import Entity


class Linked(NamedTuple):
    """Who or what an entity is in its corpus."""

    corpus_id: str
    name: str
    label: str
    country: str | None


def linked(corpus: Iterable[tuple[Told, Sequence[str]]]) -> dict[tuple[str, str], Linked]:
    """Return what the entities of a corpus are, by the ids of article and entity: for views that count them."""
    links = EntityLinks()
    keys: list[tuple[str, str]] = []
    numbers, _ = links.link(noted(corpus, keys, []))
    known: dict[int, Linked] = {}
    by_entity: dict[tuple[str, str], Linked] = {}
    for key, number in zip(keys, numbers, strict=True):
        root = links.names.root(number)
        if root not in known:
            names = links.names
            known[root] = Linked(corpus_id(root), links.canonical(root), str(names.labels[root]), names.countries[root])
        by_entity[key] = known[root]
    return by_entity


def with_corpus_names(analyses: Analysis | Iterable[Analysis], links: EntityLinks | None = None) -> list[Analysis]:
    """Return analyses whose entities bear the names of the corpus: *Macron* is *Emmanuel Macron* in each article.

    Parameters
    ----------
    analyses : iterable of Analysis
        All of one corpus, or what has come since the last call with the same `links`.
    links : EntityLinks, optional
        The names of the articles before; those of these are added to it.

    Returns
    -------
    list of Analysis
        The same records; ``name`` of each entity is that of `link_entities`, that of the
        article is the first of its ``aliases``.
        `RelatedIndex` then compares names of people and bodies, not spellings; `stories` does so by itself.

    Raises
    ------
    ArticleError
        If something is no analysis, or has entities that cannot be read.
    OptionError
        If `links` is none.

    Examples
    --------
    >>> from newsnlp import load, with_corpus_names
    >>> texts = ["Emmanuel Macron a reçu Angela Merkel à Berlin.", "Macron et Angela Merkel ont dîné à Berlin."]
    >>> _, second = with_corpus_names(load().pipe(texts))
    >>> [(entity.name, entity.aliases) for entity in second.entities][0]
    ('Emmanuel Macron', ('Macron',))
    """
    known = checked_links(links)
    held = list(records_of(analyses, Analysis))
    numbers, _ = known.link(map(told_of_analysis, held))
    roots = [known.names.root(number) for number in numbers]
    names = {root: known.canonical(root) for root in set(roots)}
    each = iter(roots)
    return [
        replace(analysis, entities=tuple(_named(entity, names[next(each)]) for entity in analysis.entities))
        for analysis in held
    ]


def _named(entity: Entity, name: str) -> Entity:
    if name == storable(entity.name):
        return entity
    aliases = (entity.name, *(alias for alias in entity.aliases if alias != name))
    return replace(entity, name=name, aliases=tuple(dict.fromkeys(aliases)))
