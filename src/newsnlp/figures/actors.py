"""Who acts upon those counted, or is said to own them: the subject of the verb that has the figure as its object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.attribution import subject_before
from newsnlp.figures.events import BE, HAVE
from newsnlp.figures.events_lexicon import verb_forms
from newsnlp.figures.hedges import join_items
from newsnlp.figures.nouns import words

if TYPE_CHECKING:
    from newsnlp.figures.items import Draft, Sentence

OWNING = frozenset(
    "mené mène mènent effectué réalisé conduit compte comptait emploie employait possède possédait dispose détient aligne regroupe rassemble perd perdu".split()  # noqa: SIM905
)
NOT_ACTORS = frozenset(
    "bilan accident attentat séisme explosion attaque incendie tempête crash il elle ils elles on qui fusillade"
    " tremblement cyclone collision inondations crues épidémie éboulement offensive".split()
)
REACH = 10


def find_actors(sentence: Sentence) -> None:
    """Set `actor` on the figures of one sentence that are the object of an active verb."""
    participles, finite = verb_forms()
    for draft in sentence.drafts:
        if not draft.counts or "event.subject" in draft.rules:
            continue
        position = draft.position - 1
        while position >= max(0, draft.position - REACH):
            low = sentence.low(position)
            if low in (";", ":", "»", "qui", "que", "qu'", "dont", "par"):
                break
            if low in finite or low in participles or low in OWNING:
                if _name_actor(draft, sentence, position):
                    draft.rules.append("actor.subject")
                break
            position -= 1


def _name_actor(draft: Draft, sentence: Sentence, verb: int) -> bool:
    start = verb
    while start > 0 and (
        sentence.low(start - 1) in HAVE
        or sentence.low(start - 1) in words("adverbs")
        or sentence.low(start - 1) in ("va", "vont", "fait")
    ):
        start -= 1
    if sentence.low(start - 1) in BE or sentence.low(start - 1) in ("être", "été"):
        return False
    span = subject_before(sentence, start)
    if span is None or any(item.figure is not None for item in sentence.items[span[0] : span[1]]):
        return False
    first, last = span
    # The head of the subject, without its complements: "l'armée de terre" keeps them, an apposition is cut before.
    if last - first > 5 or sentence.low(first) in NOT_ACTORS:
        return False
    draft.actor = join_items(sentence, first, last)
    draft.actor_start = sentence.items[first].start
    return True
