"""Who acts upon those counted, or is said to own them: the subject of the verb that has the figure as its object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import EventBy
from newsnlp.grammar.nouns import subject_before, words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

REACH = 10
PARTICIPLE = re.compile(r"\w\w(?:é|ée|és|ées)$")
LONGEST_ACTOR = 5
BREAKS = frozenset({";", ":", "»", "qui", "que", "qu'", "dont", "par"})
BEFORE_VERB = frozenset({"va", "vont", "fait"})


def find_actors(sentence: Sentence) -> None:
    """Set `actor` on the figures of one sentence that are the object of an active verb."""
    for draft in sentence.drafts:
        if not draft.counts or draft.event_by is EventBy.SUBJECT:
            continue
        verb = _verb_before(draft)
        if verb is not None and _name_actor(draft, verb):
            draft.because("actor.subject")
        elif verb is not None:
            _share_actor(draft, verb)


def _verb_before(draft: Draft) -> int | None:
    participles, finite = verb_forms()
    for position in range(draft.position - 1, max(-1, draft.position - REACH), -1):
        low = draft.sentence.low(position)
        if low in BREAKS:
            return None
        if low in finite or low in participles or low in grammar("actors", "verbs"):
            return position
    return None


def _name_actor(draft: Draft, verb: int) -> bool:
    sentence = draft.sentence
    start = verb
    before = grammar("auxiliaries", "have"), words("adverbs"), BEFORE_VERB
    while start > 0 and any(sentence.low(start - 1) in listed for listed in before):
        start -= 1
    if sentence.low(start - 1) in grammar("auxiliaries", "be"):
        return False
    span = subject_before(sentence, start)
    if span is None or sentence.has_figure(*span):
        return False
    first, last = span
    if last - first > LONGEST_ACTOR or sentence.low(first) in grammar("actors", "never"):
        return False
    if PARTICIPLE.search(sentence.low(first)):
        return False  # "un homme armé d'un couteau a tué": the phrase before the verb is no whole subject
    if any(sentence.low(position) in auxiliaries() for position in range(first, last)):
        return False
    draft.actor = sentence.wording(first, last)
    draft.actor_start = sentence.starts[first]
    return True


def _share_actor(draft: Draft, verb: int) -> None:
    """``La coalition a effectué neuf raids et détruit deux dépôts``: one subject, two verbs."""
    previous = draft.before
    if previous is not None and previous.actor is not None and draft.sentence.low(verb - 1) == "et":
        draft.actor, draft.actor_start = previous.actor, previous.actor_start
        draft.because("actor.shared")
