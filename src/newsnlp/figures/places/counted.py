"""What a figure counts that bears on its place: goals have that of their match, *deux villes* are places themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.places.barred import ARTICLES, place_words
from newsnlp.lexicons import word_set

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft

DISCIPLINES = frozenset({"m", "kg"})


def is_scored(draft: Draft) -> bool:
    """Whether a figure is of what is scored: *deux points*, *quatre buts*."""
    return (draft.counted or "") in word_set("figures_when.results.counted")


def names_discipline(draft: Draft) -> bool:
    """``le 200 m``, ``les moins de 62 kilos``: in a sentence about a contest, what names a discipline."""
    return draft.unit in DISCIPLINES and draft.sentence.says(word_set("figures_places.nouns.contests"))


def is_of_areas(draft: Draft) -> bool:
    """``les deux plus grandes villes``: what is counted are places themselves."""
    noun = (draft.counted or "").lower().split()
    return bool(noun) and noun[0] in place_words("nouns", "areas") | ARTICLES
