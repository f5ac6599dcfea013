"""What a figure counts that bears on its place: goals have that of their match, *deux villes* are places themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.places.barred import ARTICLES, place_words
from newsnlp.lexicons import word_set
from newsnlp.records import Kind

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft

DISCIPLINES = frozenset({"m", "kg"})
LENGTHS = frozenset({"km", "m", "mi", "NM"})
DEPTHS = frozenset({"profondeur", "fond", "hauteur"})


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


def is_distance(draft: Draft) -> bool:
    """``à 50 km de la piste``, not ``à 540 mètres sous terre``: a way from somewhere."""
    sentence, after = draft.sentence, draft.position + 1
    if draft.kind is not Kind.MEASURE or draft.unit not in LENGTHS or sentence.low(after - 2) != "à":
        return False
    return draft.change is None and sentence.low(after) not in ("sous", "d'") and sentence.low(after + 1) not in DEPTHS


def is_of_now(draft: Draft) -> bool:
    """``…, portant à 44 le nombre de soldats tués au Sahel``: where a change is told of, a place may be of longer."""
    changed = draft.sentence.remember("changed", lambda: any(other.change for other in draft.sentence.drafts))
    return bool(draft.event) and not changed
