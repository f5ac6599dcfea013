"""The noun that a figure counts, where it stands beside the number."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import event_nouns, verb_forms
from newsnlp.lexicons import load_csv, load_toml

if TYPE_CHECKING:
    from newsnlp.figures.items import Draft, Sentence

TABLES = (
    "adverbs",
    "after_number",
    "before_noun",
    "clause_breaks",
    "determiners",
    "prepositions",
    "pronoun_subjects",
    "quasi_totals",
    "severity",
    "share",
    "subject_openers",
)
COLLECTIVE_END = re.compile(r"(?:aine|aines|zaine|zaines|ier|iers|ion|ions|iard|iards|tié|iers|art|arts|ingtaine)s?$")


@functools.cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """Return one list of `figures_noun_phrase.toml`."""
    return frozenset(load_toml("figures_noun_phrase.toml", tables=TABLES)[table][key])


@functools.cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Return the classes that some verbs ask of what they act upon: forces, weapons, jobs, votes, buildings."""
    rows = load_csv("figures_noun_classes.csv", columns=("surface", "class"), key=("surface", "class"))
    classes: dict[str, set[str]] = {}
    for row in rows:
        classes.setdefault(row["class"], set()).add(row["surface"].lower())
    return {name: frozenset(members) for name, members in classes.items()}


def is_adverb(low: str) -> bool:
    """Whether a word in -ment is an adverb: after a number above one, a noun would end in -ments."""
    return low.endswith("ment") and len(low) > 6


def find_noun(draft: Draft) -> None:
    """Set `head`, `noun_end` and `counted` where the noun stands beside the number.

    ``noun_missing`` is set where the text leaves the noun out: *900 autres*, *dont un grièvement*, *trois sont morts*.
    """
    sentence, quantity = draft.sentence, draft.quantity
    draft.noun_end = draft.position + 1
    if quantity.noun_start is not None and quantity.noun_end is not None:
        inside = next((i for i, item in enumerate(sentence.items) if item.start >= quantity.noun_start), None)
        draft.counted = _slice(draft, quantity.noun_start, quantity.noun_end)
        draft.head = inside if inside is not None and sentence.items[inside].end <= quantity.noun_end else None
        return
    if not (draft.counts or quantity.share or quantity.kind in ("percent", "ratio")):
        return
    position = draft.position + 1
    if quantity.kind == "ratio" and sentence.low(position) == "fois":
        return
    needs_of = quantity.kind == "percent" or quantity.share
    position, partitive = _skip_of(draft, position, needs_of=needs_of)
    if position is None:
        draft.noun_missing = draft.counts or quantity.kind == "ratio"
        return
    head = _head(draft, position, after_of=needs_of or partitive)
    if head is None:
        # "1,9 enfant par femme en France, 1,3 en Espagne": a rate, too, may leave its noun out.
        draft.noun_missing = draft.counts or (quantity.kind == "ratio" and sentence.low(draft.position - 1) != "par")
        return
    if needs_of and sentence.low(head) in words("share", "no_population"):
        return
    draft.head = head
    draft.noun_end = head + 1
    draft.counted = sentence.items[head].text.strip("'’")
    _extend(draft)
    draft.rules.append("noun.right" if not partitive else "noun.partitive")


def _slice(draft: Draft, start: int, end: int) -> str:
    quantity = draft.quantity
    if quantity.start <= start and end <= quantity.end:
        return quantity.text[start - quantity.start : end - quantity.start]
    found = [item.text for item in draft.sentence.items if item.start >= start and item.end <= end]
    if found:
        return " ".join(found)
    inside = next((item for item in draft.sentence.items if item.start <= start and end <= item.end), None)
    return inside.text[start - inside.start : end - inside.start] if inside else ""


def _skip_of(draft: Draft, position: int, *, needs_of: bool) -> tuple[int | None, bool]:
    """Return where the noun phrase begins after *de*, *des*, *de ces*, and whether *de* makes it a partitive."""
    sentence = draft.sentence
    low = sentence.low(position)
    if low in ("de", "d'", "des", "du"):
        position += 1
        has_determiner = low in ("des", "du")
        if sentence.low(position) in words("determiners") and low == "de":
            position += 1
            has_determiner = True
        if low == "d'" and sentence.low(position) in ("entre", "eux", "elles", "autres"):
            return (position, False) if sentence.low(position) == "autres" else (None, False)
        if sentence.draft_at(position) is not None:
            return None, True  # "deux des 30 passagers": the other figure has the noun
        return position, has_determiner
    if needs_of:
        return None, False
    return position, False


def _head(draft: Draft, position: int, *, after_of: bool) -> int | None:
    sentence = draft.sentence
    after_dont = sentence.low(draft.position - 1) == "dont"
    for step in range(4):
        if position >= len(sentence.items):
            return None
        item = sentence.items[position]
        low = item.low
        if item.figure is not None:
            return None
        if step == 0 and low in '«"“' and not after_of:
            position += 1
            continue
        if not item.is_word or len(low) < 2 or low.endswith("'"):
            return None
        if after_dont and (low in words("severity") or low.endswith(("ables", "ibles"))):
            return None
        if low in words("before_noun"):
            following = sentence.low(position + 1)
            if low in ("jeunes", "jeune", "anciens", "petits", "vieux") and re.search(r"(?:é|ée|és|ées)$", following):
                return position
            if low.startswith("autre") and _is_participle(following):
                return None
            if following and _can_be_noun(following) and sentence.items[position + 1].is_word:
                position += 1
                continue
            return None
        if low in words("after_number") or is_adverb(low):
            return None
        if not _can_be_noun(low) or (step == 0 and _is_bare_participle(draft, position)):
            return None
        return position
    return None


def _is_participle(low: str) -> bool:
    return low in verb_forms()[0] and low not in event_nouns() and low not in noun_classes()["noun"]


def _after_passive(draft: Draft) -> bool:
    """``41 personnes ont été tuées et une soixantaine blessées``: the verb of the first holds for the second."""
    return "été" in draft.sentence.lows(draft.position - 5, draft.position)


def _is_bare_participle(draft: Draft, position: int) -> bool:
    """``douze rebelles tués et trois capturés``: a participle, where no noun has that form."""
    low = draft.sentence.low(position)
    before = draft.sentence.low(draft.position - 1)
    if before == "et" and low in verb_forms()[0] and _after_passive(draft):
        return True
    return _is_participle(low) and before in ("et", "dont", ",", "ou", "puis")


def _can_be_noun(low: str) -> bool:
    return (
        low not in words("after_number")
        and low not in words("prepositions")
        and not is_adverb(low)
        and not low.endswith("'")
        and not re.search(r"(?:aient|èrent|eront|iront|raient)$", low)
    )


def _extend(draft: Draft) -> None:
    """Take in a second noun joined by *et* or *ou* where both are of people: *policiers et soldats*."""
    sentence = draft.sentence
    end = draft.noun_end
    if sentence.low(end) not in ("et", "ou"):
        return
    second = sentence.low(end + 1)
    first = sentence.low(end - 1)
    plural = second.endswith(("s", "x")) and first.endswith(("s", "x"))
    follows = sentence.low(end + 2)
    if (
        plural
        and _can_be_noun(second)
        and second not in words("before_noun")
        and second not in words("determiners")
        and not re.search(r"(?:é|i|u)e?s$", second)
        and follows not in ("ont", "sont")
        or (plural and first in noun_classes()["forces"] and second in noun_classes()["forces"])
    ):
        start = sentence.items[end - 1].start
        stop = sentence.items[end + 1].end
        texts = [item.text for item in sentence.items[end - 1 : end + 2]]
        draft.counted = " ".join(texts) if stop > start else draft.counted
        draft.noun_end = end + 2
