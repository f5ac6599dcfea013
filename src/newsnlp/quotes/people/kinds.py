"""What kind of source a speaker is, told by the noun that names one, the body behind it, or the name of a body."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from newsnlp.grammar.items import split_words
from newsnlp.grammar.nouns import noun_classes
from newsnlp.lexicons import load_toml, word_set
from newsnlp.lexicons.names import office_genders, organisation_names
from newsnlp.quotes.sources import source_words
from newsnlp.records import SourceKind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES = ("adjectives", "broader", "called", "deputies", "heads", "names", "no_kind")
# What a body is to an article that quotes it; parties, clubs and bands are no kind of source of their own.
BODY_KINDS = {
    "armed_group": SourceKind.MILITARY,
    "company": SourceKind.COMPANY,
    "institution": SourceKind.OFFICIAL,
    "media": SourceKind.MEDIA,
    "ngo": SourceKind.NGO,
    "union": SourceKind.UNION,
}
LONGEST_NAME = 8
"""In words: longer names of bodies are read by their nouns."""
# What a noun says of itself when nothing more is said of it, a word about the body it stands for being stronger.
OPEN = frozenset({SourceKind.OFFICIAL, SourceKind.ANONYMOUS, None})
# An institution can be one of these by the noun that its name begins with: "Université de Metz".
INSTITUTIONS = frozenset({SourceKind.POLICE, SourceKind.HEALTH, SourceKind.MILITARY, SourceKind.EXPERT})
WEAK = frozenset({SourceKind.ANONYMOUS, SourceKind.DOCUMENT, SourceKind.WITNESS})
Phrase = tuple[str, ...]


@functools.cache
def links() -> frozenset[str]:
    """Return the prepositions that join a body to those who stand for it."""
    return word_set("names_roles.prepositions") | {"auprès"}


@functools.cache
def kind_words(table: str) -> Mapping[str, Any]:
    """Return one table of `quotes_kinds.toml`."""
    found: Mapping[str, Any] = load_toml("quotes_kinds.toml", tables=TABLES)[table]
    return found


def plurals(low: str) -> tuple[str, ...]:
    """Return a noun or adjective with its plural."""
    if low.endswith(("s", "x")):
        return (low,)
    return (low, low[:-2] + "aux") if low.endswith("al") else (low, low + "s", low + "x")


@functools.cache
def deputies() -> frozenset[str]:
    """Return the nouns for those who speak for a body, in both numbers."""
    return frozenset(form for low in kind_words("deputies")["words"] for form in plurals(low))


@functools.cache
def _nouns() -> tuple[dict[str, SourceKind], dict[str, tuple[tuple[Phrase, SourceKind], ...]]]:
    """Return the nouns that tell a kind, and the phrases that do, by their first word."""
    single: dict[str, SourceKind] = {}
    longer: dict[str, tuple[tuple[Phrase, SourceKind], ...]] = {}
    for kind, nouns in kind_words("heads").items():
        for noun in nouns:
            first, *rest = split_words(noun)
            if rest:
                for form in plurals(first):
                    longer[form] = (*longer.get(form, ()), ((form, *rest), SourceKind(kind)))
            else:
                single.update({form: SourceKind(kind) for form in plurals(first) if form not in single})
    return single, longer


@functools.cache
def _no_kind() -> frozenset[str]:
    return frozenset(form for low in kind_words("no_kind")["words"] for form in plurals(low))


@functools.cache
def _adjectives() -> dict[str, SourceKind]:
    listed = kind_words("adjectives").items()
    return {form: SourceKind(kind) for kind, adjectives in listed for low in adjectives for form in plurals(low)}


@functools.cache
def _bodies() -> dict[Phrase, SourceKind | None]:
    """Return the names of bodies, cut into words: of namesakes the commonest."""
    found: dict[Phrase, SourceKind | None] = {}
    for name in organisation_names():
        found.setdefault(split_words(name.surface), BODY_KINDS.get(name.kind))
    for kind, names in kind_words("names").items():
        found.update({split_words(name): SourceKind(kind) for name in names})
    return found


def _noun_at(lows: Phrase, position: int) -> tuple[SourceKind | None, int]:
    """Return what a noun tells, and how many words it takes; 0 for none."""
    single, longer = _nouns()
    low = lows[position]
    for phrase, kind in longer.get(low, ()):
        if lows[position : position + len(phrase)] == phrase:
            return kind, len(phrase)
    kind_of = single.get(low) or single.get(low.rpartition("-")[2])
    return kind_of, int(kind_of is not None)


def _body_at(words: Sequence[str], lows: Phrase, position: int) -> tuple[SourceKind | None, int]:
    """Return the kind of the body whose name stands there, and how many words that takes; 0 for none."""
    bodies = _bodies()
    if words[position].islower() and lows[position] not in ("ministère", "département", "place"):
        return None, 0
    for size in range(min(LONGEST_NAME, len(lows) - position), 0, -1):
        name = lows[position : position + size]
        if name in bodies:
            kind = bodies[name]
            told = _noun_at(lows, position)[0] if kind is SourceKind.OFFICIAL else None
            return told if told in INSTITUTIONS else kind, size
    return None, 0


@functools.cache
def body_nouns() -> frozenset[str]:
    """Return the nouns for bodies: of those that can head a source, no people and no papers."""
    single, _ = _nouns()
    others = {low for low, kind in single.items() if kind in WEAK} | set(office_genders())
    return (source_words("bodies") | source_words("voices") | noun_classes()["source"]) - others


def is_person(low: str) -> bool:
    """Whether a noun that heads a source means a person, no body and no paper."""
    return low not in body_nouns() and _nouns()[0].get(low) is not SourceKind.DOCUMENT


def head_of(lows: Sequence[str]) -> int:
    """Return where the noun stands that heads a phrase, behind its determiners and adjectives."""
    head, determiners, adjectives = 0, source_words("determiners", "phrase"), source_words("adjectives")
    while head + 1 < len(lows) and (lows[head] in determiners or not lows[head]):
        head += 1
    while head + 1 < len(lows) and lows[head] in adjectives and lows[head + 1][:1].isalpha():
        if lows[head + 1] in links():
            break  # "des jeunes du quartier"
        head += 1
    return head


@functools.lru_cache(maxsize=4096)
def kind_of_words(words: Phrase) -> SourceKind | None:
    """Return the kind of source that a noun phrase or a name means, None where it tells none.

    Parameters
    ----------
    words : tuple of str
        The phrase, cut into words, as the text has it.

    Examples
    --------
    >>> for text in ("un porte-parole de la police", "la Préfecture de police", "le patron de la CGT", "Greenpeace"):
    ...     print(kind_of_words(tuple(text.replace("'", "' ").split())))
    police
    police
    union
    ngo
    """
    lows = tuple(fold(word) for word in words)
    if not lows:
        return None
    head = head_of(lows)
    kind, size = _body_at(words, lows, head)
    if kind is None:  # "le PDG" is no party of Gabon
        kind, size = _noun_at(lows, head)
        size = size > 1 or lows[head] in _no_kind()
    if size:
        return kind
    stands_for = kind is None or lows[head] in deputies()
    if (kind in OPEN or stands_for) and (kind is not None or lows[head] in deputies() or lows[head] in body_nouns()):
        joint = next((step for step in range(head + 1, len(lows)) if lows[step] in links()), len(lows))
        told = next((_adjectives()[low] for low in lows[head + 1 : joint] if low in _adjectives()), None)
        if told is not None and told is not SourceKind.OFFICIAL:
            return told
        # "le secrétaire national de la CGT": an adjective of state is the least that can be told.
        return (_of_body(words, lows, head + 1, kind) or told) if stands_for else told or kind
    return _of_body(words, lows, head + 1, kind) if stands_for else kind


def _of_body(words: Sequence[str], lows: Phrase, start: int, own: SourceKind | None) -> SourceKind | None:
    """``directeur de la rédaction de La Vie``: the kind of the first body that tells one, else the deputy's own."""
    part, unknown, position = None, False, start
    determiners = source_words("determiners", "phrase")
    while position < len(lows):
        kind, size = _body_at(words, lows, position)
        before = lows[position - 1]
        opens = before in determiners or (before in links() and lows[position] != "presse")  # "le service de presse"
        if not size and opens and lows[position] not in determiners:
            kind, size = _noun_at(lows, position)
            # "président du club": the president of what is no office of state.
            unknown = unknown or (not size and words[position].islower())
            if size == 1 and lows[position] in deputies():
                part, kind = part or kind, None
        if kind is not None and kind not in WEAK:
            return kind
        position += max(size, 1)
    return part or (None if unknown else own)


def kind_of_name(name: str) -> SourceKind | None:
    """Return the kind of a body by its name.

    Examples
    --------
    >>> [str(kind_of_name(name)) for name in ("Renault", "FBI", "CHRU de Reims", "Reuters", "FC Metz")]
    ['company', 'police', 'health', 'media', 'None']
    """
    return kind_of_words(tuple(name.replace("’", "'").replace("'", "' ").split()))
