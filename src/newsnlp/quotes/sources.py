"""What can be the source of a statement: a noun phrase headed by a person, an office, a body, a document or a name."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import subject_before, words
from newsnlp.grammar.words import auxiliaries
from newsnlp.lexicons import load_csv, load_toml

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

LONGEST = 9
SEARCH = 16
"""How many words may stand between a verb of saying and the one who says: *dans la nuit de lundi à mardi*."""
COMMAS = 2
NAME_WORDS = 4
FINAL = frozenset({"", ",", ".", "»", ";", ":", "(", "–", "—"})


@functools.cache
def source_words(key: str, table: str = "heads") -> frozenset[str]:
    """Return one list of `figures_sources.toml`."""
    return frozenset(load_toml("figures_sources.toml", tables=("heads", "phrase"))[table][key])


@functools.cache
def known_heads() -> frozenset[str]:
    """Return all nouns that can head a source, offices in both numbers."""
    offices = {
        row["surface"].split()[0].lower() for row in load_csv("names_offices.csv", columns=("surface", "gender"))
    }
    listed = source_words("people") | source_words("bodies") | source_words("documents")
    classes = load_csv("figures_noun_classes.csv", columns=("surface", "class"), key=("surface", "class"))
    older = {row["surface"].lower() for row in classes if row["class"] == "source"}
    single = offices | listed | older
    plurals = {f"{noun}s" for noun in single if not noun.endswith(("s", "x"))}
    return frozenset(single | plurals) - source_words("never")


def source_at(sentence: Sentence, start: int, *, loose: bool = False, end: int | None = None) -> Span | None:
    """Return the source whose noun phrase begins at a position, or None where what stands there is none.

    Parameters
    ----------
    loose : bool
        The construction leaves no doubt that a speaker stands here: any noun after a determiner will do.
    end : int, optional
        Where the phrase ends at the latest.
    """
    first = start
    while sentence.low(first) in source_words("determiners", "phrase"):
        first += 1
    last = _phrase_end(sentence, first, end)
    if last <= first or any(sentence.low(step) in auxiliaries() for step in range(first, last)):
        return None
    head = first
    while head + 1 < last and sentence.low(head) in source_words("adjectives") and not _is_name(sentence, head):
        head += 1
    low = sentence.low(head)
    if low in source_words("never") or low in words("adverbs"):
        return None
    if low in known_heads() or low.rpartition("-")[2] in known_heads() or _is_name(sentence, head):
        return first, last
    return (first, last) if loose and first > start and len(low) > 1 else None


def _phrase_end(sentence: Sentence, first: int, end: int | None) -> int:
    """Return where the phrase ends: at punctuation, a word that begins something else, or an audience."""
    stop = min(len(sentence.items), first + LONGEST, len(sentence.items) if end is None else end)
    last = first
    while last < stop and sentence.is_word(last):
        low = sentence.low(last)
        if last > first and (low in source_words("ends", "phrase") or low in auxiliaries()):
            break
        if low in ("à", "au", "en") and last > first and _is_audience(sentence, last):
            break
        last += 1
    while last > first and sentence.low(last - 1) in words("determiners") | words("prepositions") | {"et", "ou", "à"}:
        last -= 1
    return last


def _is_audience(sentence: Sentence, position: int) -> bool:
    """``a dit le préfet à l'AFP``, ``à la presse``, ``au quotidien``."""
    return bool(set(sentence.lows(position + 1, position + 3)) & source_words("audiences", "phrase"))


def _is_name(sentence: Sentence, position: int) -> bool:
    if not sentence.is_word(position) or not sentence.is_capitalised(position):
        return False
    item = sentence.items[position]
    if sentence.low(position) in source_words("never"):
        return False
    if sentence.is_named(item.start):
        return True
    # The capital that opens a sentence or a quotation shows nothing, unless capitals follow.
    opens = position == 0 or not sentence.is_word(position - 1)
    return not opens or (item.text.isupper() and len(item.text) > 1)


def source_after(sentence: Sentence, start: int, *, loose: bool = False) -> Span | None:
    """Return the source after a verb of saying, whatever stands between: *mardi*, *sur Facebook*, *à l'AFP*."""
    commas = 0
    governed, determiners = source_words("governed", "phrase"), source_words("determiners", "phrase")
    for position in range(start, min(start + SEARCH, len(sentence.items))):
        low = sentence.low(position)
        if low == "," and commas < COMMAS:
            commas += 1
            continue
        if not low or low in (".", ";", ":", "que", "qu'", "qui", "(", "»", "«") or low in auxiliaries():
            return None
        is_inside = position > start and sentence.low(position - 1) in governed | determiners
        if is_inside or not (low in determiners or sentence.items[position].text[:1].isupper() or low in known_heads()):
            continue
        follows = position == start or commas == 0
        found = source_at(sentence, position, loose=loose and follows)
        if found is not None and (commas == 0 or sentence.low(found[1]) in FINAL):
            return found
        is_date = sentence.low(position + 1)[:1].isdigit() or sentence.low(position + 1) in source_words("never")
        if found is None and low in determiners and position == start and not is_date:
            return None  # "a annoncé la fermeture": an object
    return None


def source_before(sentence: Sentence, verb: int) -> Span | None:
    """Return the source that is the subject before a verb of saying."""
    span = subject_before(sentence, verb)
    if span is None or sentence.has_figure(*span):
        return None
    start, end = span
    governed, determiners = source_words("governed", "phrase"), source_words("determiners", "phrase")
    for first in range(start, end):
        before = sentence.low(first - 1)
        if first > start and (before not in determiners or sentence.low(first - 2) in governed):
            continue
        if first == start and sentence.low(first - 1) in governed:
            continue
        found = source_at(sentence, first, end=end) or _short_name(sentence, first, end)
        if found is not None:
            return found
    return None


def _short_name(sentence: Sentence, first: int, end: int) -> Span | None:
    """``Renault compte …``: a name that opens the sentence, alone before its verb."""
    opens = first == 0 and 0 < end - first <= NAME_WORDS
    fits = all(item.text[:1].isupper() for item in sentence.items[first:end])
    known = sentence.low(first) in source_words("never") or sentence.low(first) in words("after_number")
    return (first, end) if opens and fits and not known else None


def source_of_hearsay(sentence: Sentence, start: int) -> Span | None:
    """Return the source after *a-t-on appris*: ``auprès des autorités``, ``de sources sécuritaires``."""
    for position in range(start, min(start + SEARCH, len(sentence.items))):
        low = sentence.low(position)
        if low in source_words("heard_from", "phrase"):
            step = position + 1
            while sentence.low(step) in ("de", "d'", "du", "des", "bonne", "côté"):
                step += 1
            if (found := source_at(sentence, step)) is not None:
                return found
        if not low or low in (".", ";"):
            return None
    return None
