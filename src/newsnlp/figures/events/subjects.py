"""The verb that those counted are the subject of: passive, intransitive, or a fixed phrase, some words further on."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.figures.events.predicates import (
    RELATIVES,
    STOPS,
    SUBJECT_SIDE,
    agrees,
    event_of,
    is_noun_here,
    of_bodies,
    outcome,
    participle_after_noun,
    past_container,
    phrase_at,
    predicate_left,
)
from newsnlp.grammar.drafts import EventBy
from newsnlp.grammar.nouns import CLITICS, words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms
from newsnlp.quotes.words import hedge_set

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

COORDINATION = frozenset({",", "et", "ou", "ainsi", "que", "puis", "aussi", "voire", "(", ")", "avec"})
ASIDE_OPENERS = frozenset({"dont", "incluant", "notamment", "qui", "-"})
ASIDE_PAIRS = frozenset({("y", "compris"), ("parmi", "lesquels"), ("parmi", "lesquelles")})
CLOSING = frozenset({")"})
AGO = ("il", "y", "a")
"""``87 lycéennes enlevées il y a trois semaines ont recouvré la liberté``: no verb of those counted."""
RIGHT_REACH = 22
ASIDE_REACH = 40
"""How many words an aside may have (*, agents du service …,*), measured 2026-11 on long agency sentences."""
ASIDES = 2
"""How many asides may stand between a subject and its verb."""
VERB_GROUP = 4
"""How many words may stand between an auxiliary and its participle."""
NEAR_COMMA = 3
"""How far behind a comma a participle may stand without its auxiliary: *, toujours portés disparus*."""
OF_THE_REACH = 5
"""How far right of *trois des quatre otages* the whole may stand."""
OPENING = 3
"""How long an adverbial without comma may be that opens a sentence: *À Paris 300 personnes*."""


def is_subject(draft: Draft) -> bool:
    """Whether the noun phrase can be a subject: it opens a clause, follows an adverbial, or precedes a verb."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in _determiners():
        position -= 1
    position = past_container(sentence, position)
    if position < 0:
        return True
    if sentence.is_figure(position):
        other = sentence.draft_at(position)
        return other is None or not other.counts
    low = sentence.low(position)
    if low in words("subject_openers") or not sentence.is_word(position):
        return True
    if low in words("prepositions") or low in ("des", "du"):
        return False
    if low in grammar("auxiliaries", "be") and sentence.low(draft.noun_end) == "à":
        return True  # "ils étaient 3 000 à battre le pavé"
    opens = position <= OPENING and sentence.is_capitalised(position)
    if opens and not words("prepositions").isdisjoint((*sentence.lows(1, position), _opening_word(sentence))):
        return True
    # "encore 150 journalistes sont emprisonnés": no object is followed by a verb.
    return low not in auxiliaries() and _verb_at(draft, draft.noun_end) is not None


def _opening_word(sentence: Sentence) -> str:
    """``A Paris``: capitals lose their accents."""
    return "à" if sentence.low(0) == "a" else sentence.low(0)


@functools.cache
def _determiners() -> frozenset[str]:
    return words("determiners") - {"aux", "du", "au"}


def _verb_at(draft: Draft, position: int) -> int | None:
    """Return where a finite verb stands that those counted can be the subject of, past its clitics."""
    sentence = draft.sentence
    while sentence.low(position) in CLITICS:
        position += 1
    low = sentence.low(position)
    known = low in auxiliaries() or low in verb_forms()[1]
    return position if known and not low.endswith("ant") and verb_agrees(draft, position) else None


def verb_agrees(draft: Draft, position: int) -> bool:
    """Whether a finite form agrees in number: all plural ones end in *-nt*; *une dizaine* takes both."""
    low = draft.sentence.low(position)
    if low.endswith(("ant", "er", "ir", "re", "oir")) or low in ("été", "eu"):
        return True
    plural = low.endswith("nt")
    if draft.value == 1:
        return not plural or "et" in draft.sentence.lows(draft.noun_end, position)  # "un homme et sa femme ont"
    collective = draft.quantity.text.lower().startswith(("un ", "une ")) or not draft.counts
    return plural or collective or past_container(draft.sentence, draft.position - 1) < draft.position - 1


def read_predicate(draft: Draft, *, subject: bool) -> tuple[str, EventBy] | None:
    """Return what the predicate states, and how: the main verb of a subject comes before a participle at its noun."""
    if of_bodies(draft):
        return "killed", EventBy.OBJECT
    main, bare = _Reading(draft).run() if subject else (None, None)
    if main:
        return main, EventBy.SUBJECT
    if event := participle_after_noun(draft):
        return event, EventBy.PARTICIPLE
    if event := predicate_left(draft):
        return event, EventBy.OBJECT
    event = bare or _relative_right(draft) or _caused(draft)
    return (event, EventBy.SUBJECT) if event else None


def predicate_right(draft: Draft) -> str | None:
    """Return the event of the verb whose subject the noun phrase is."""
    main, bare = _Reading(draft).run()
    return main or bare


def _relative_right(draft: Draft) -> str | None:
    """Return the event of a relative clause: *deux passants juifs, qui ont été blessés*."""
    sentence = draft.sentence
    for position in range(draft.noun_end, draft.noun_end + 4):
        low = sentence.low(position)
        if low == "qui":
            main, bare = _Reading(draft, past_asides=ASIDES).run()
            return main or bare
        if not low or low in STOPS or low in words("prepositions"):
            return None
    return None


def _caused(draft: Draft) -> str | None:
    """Return what those counted were made to do: *forçant 380 000 personnes à fuir*."""
    if draft.sentence.low(draft.position - 1) not in grammar("predicates", "causatives"):
        return None
    return predicate_right(draft) if "à" in draft.sentence.lows(draft.noun_end, draft.noun_end + NEAR_COMMA) else None


class _Reading:
    """One reading to the right of a noun phrase, with the auxiliaries met so far."""

    def __init__(self, draft: Draft, past_asides: int = 0) -> None:
        self.draft = draft
        self.sentence = draft.sentence
        self.have = False
        self.be = False
        self.reflexive = False
        self.negated = False
        self.since_auxiliary = RIGHT_REACH
        self.since_comma = 0
        self.asides = past_asides
        self.bare: str | None = None

    def run(self) -> tuple[str | None, str | None]:
        """Return the event that the main verb states, and the one of a participle without auxiliary before it."""
        position = self._start()
        stop = min(len(self.sentence.words), position + RIGHT_REACH)
        while position < stop:
            low = self.sentence.low(position)
            if (after := self._after_aside(position, low)) is not None:
                position, self.since_comma = after, 0
                stop = min(len(self.sentence.words), position + RIGHT_REACH)
                continue
            phrase = phrase_at(self.sentence, position, SUBJECT_SIDE)
            if phrase is not None:
                return phrase or None, self.bare
            if low == "il" and self.sentence.matches(position, AGO):
                position += len(AGO)
                continue
            if self._ends(position, low):
                break
            event, is_over = self._read(position, low)
            if event or is_over:
                return event, self.bare
            position += 1
        return None, self.bare

    def _start(self) -> int:
        """Return where the predicate may begin: ``trois des quatre otages`` ends with the noun of the whole."""
        draft, whole = self.draft, self.draft.parent
        near = whole is not None and 0 < whole.position - draft.position <= OF_THE_REACH
        return max(draft.noun_end, whole.noun_end) if whole is not None and near else draft.noun_end

    def _after_aside(self, position: int, low: str) -> int | None:
        """``Trois passagers, dont une fillette de 6 ans, ont été blessés``: return where the main clause goes on."""
        if self.be or self.have or self.asides >= ASIDES:
            return None
        sentence = self.sentence
        if low == "(":
            end = sentence.next_from(position, CLOSING)
            after = end + 1 if end - position < ASIDE_REACH else None
        elif low == "," or low in ASIDE_OPENERS or sentence.lows(position, position + 2) in ASIDE_PAIRS:
            if self.bare and sentence.is_figure(position + 1):
                return None  # "cinq soldats tués, trois autres, dont un officier, blessés"
            after = self._resumed(position)
            if after is None and low == "qui":
                after = self._main_verb(position)
        else:
            return None
        self.asides += after is not None
        return after

    def _resumed(self, position: int) -> int | None:
        """Return where the verb, or more of the subject, follows the comma that closes an aside."""
        sentence = self.sentence
        for step in range(position, min(position + ASIDE_REACH, len(sentence.words))):
            if sentence.low(step) in STOPS:
                return None
            if sentence.low(step) != ",":
                continue
            listed = sentence.lows(step + 1, step + 3) == ("ainsi", "que") and step > position
            if listed or _verb_at(self.draft, step + 1) is not None:
                return step + 1
        return None

    def _main_verb(self, relative: int) -> int | None:
        """``dix migrants qui fuyaient la guerre sont morts``: return where the second verb stands."""
        verbs = 0
        for step in range(relative + 1, min(relative + RIGHT_REACH, len(self.sentence.words))):
            low = self.sentence.low(step)
            if low in STOPS or low in RELATIVES or low in (",", "et"):
                return None
            if low in auxiliaries() or low.endswith(("aient", "èrent")) or low in verb_forms()[1]:
                verbs += low not in ("été", "eu") and verb_agrees(self.draft, step)
                if verbs > 1 and low in auxiliaries():
                    return step
        return None

    def _ends(self, position: int, low: str) -> bool:
        """Whether another clause, or another figure that is no part of a list, begins here."""
        sentence = self.sentence
        in_group = (self.be or self.have) and self.since_auxiliary < VERB_GROUP
        following = sentence.low(position + 1)
        breaks = low in words("clause_breaks") and (position > self.draft.noun_end or following in ("de", "d'"))
        if low == "parmi" and not following.startswith("lesquel"):
            breaks = False
        if low in STOPS or (breaks and not (in_group and low in ("alors", "après", "avant"))):
            return True
        if low == "," and following in _new_clause() and not self._lists(position):
            return True
        if low in auxiliaries() and not verb_agrees(self.draft, position):
            return True
        other = sentence.draft_at(position)
        if other is None or not other.counts or sentence.low(position - 1) in ("de", "d'"):
            return False  # "Trente pompiers de cinq casernes sont intervenus"
        in_list = _coordinated(sentence, position) and not other.noun_missing and other.parent is None
        return self.be or self.have or not in_list

    def _lists(self, comma: int) -> bool:
        """Whether nouns without number go on with the subject: *12 policiers, des pompiers et des passants*."""
        return self.sentence.low(comma + 1) == "des" and "et" in self.sentence.lows(comma + 1, comma + ASIDE_REACH // 4)

    def _read(self, position: int, low: str) -> tuple[str | None, bool]:
        """Return the event that a word states, and whether the predicate is read and states none."""
        self.since_comma = 1 if low == "," else self.since_comma + bool(self.since_comma)
        if low in grammar("auxiliaries", "have"):
            self.have, self.be, self.since_auxiliary = True, False, 0
        elif low in grammar("auxiliaries", "be"):
            self.be, self.since_auxiliary = True, 0
            self.reflexive = self.sentence.low(position - 1) in ("se", "s'")
        elif low:
            self.since_auxiliary += 1
            return self._read_verb(position, low)
        return None, False

    def _read_verb(self, position: int, low: str) -> tuple[str | None, bool]:
        participles, finite = verb_forms()
        self.negated = self.negated or low in ("ne", "n'")
        if self.negated and low in hedge_set("denied", "negations"):
            return None, True  # "n'ont pas été blessés", "n'iraient pas voter": it happened to none of them
        near = self.since_auxiliary <= VERB_GROUP
        if self.reflexive and near and low in participles:
            return self._read_reflexive(low), True
        passive = event_of(participles, low, "object", self.draft)
        passive = passive and outcome(self.sentence, position, passive)
        if passive and self.be and near:
            return passive, True
        if passive and not (self.be or self.have) and self.since_comma <= NEAR_COMMA and agrees(self.draft, low):
            self.bare = self.bare or passive
            return None, False
        if (self.be or self.have) and near and (event := event_of(participles, low, "subject", self.draft)):
            return event, True
        if self.sentence.low(position - 1) == "en" and low.endswith("ant"):
            return None, False  # "piétinées en fuyant": how, not what
        if low in finite and verb_agrees(self.draft, position) and not is_noun_here(self.sentence, position):
            return event_of(finite, low, "subject", self.draft), True
        # A participle with "avoir": those counted are the ones who act.
        return None, bool(passive and self.have)

    def _read_reflexive(self, low: str) -> str | None:
        """``se sont noyés``, ``se sont mobilisés``; ``se sont déplacés aux urnes`` states none."""
        participles, _ = verb_forms()
        for role in ("reflexive", "subject"):
            if event := event_of(participles, low, role, self.draft):
                return event
        passive = event_of(participles, low, "object", self.draft)
        return passive if passive in ("killed", "injured") else None


@functools.cache
def _new_clause() -> frozenset[str]:
    """Return the words that begin a clause of its own after a comma."""
    return words("determiners") | grammar("predicates", "new_clause")


def _coordinated(sentence: Sentence, position: int) -> bool:
    """Whether the figure at `position` follows the last one in a list: ``12 morts, 3 blessés``."""
    before = sentence.lows(position - 2, position)
    if not before:
        return False
    return before[-1] in COORDINATION or (before[-1] in words("determiners") and before[0] in COORDINATION)
