"""Where a sentence tells of a happening: its trigger words, less those that name none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.figures.places.event_place import SINCE
from newsnlp.figures.times import is_headline
from newsnlp.grammar.nouns import words as grammar_words
from newsnlp.grammar.words import auxiliaries
from newsnlp.happenings.kinds import Setting, kind_of
from newsnlp.happenings.words import NONE, Trigger, triggers, word_list
from newsnlp.happenings.words import another as another_one
from newsnlp.records import Status

if TYPE_CHECKING:
    from newsnlp.figures.places.background import Standing as Place
    from newsnlp.figures.times import Standing as Day
    from newsnlp.grammar.items import Sentence

DEFINITE = frozenset({"l'", "la", "le", "les", "cette", "cet", "ce", "ces", "du", "au", "aux"})
THIS = frozenset({"cette", "cet", "ce", "ces"})
INDEFINITE = frozenset({"un", "une", "#"})
OF = frozenset({"de", "d'", "des", "du"})
REFLEXIVE = frozenset({"s'", "se"})
QUOTES = frozenset({"«", '"', "“"})
OPENERS = frozenset({":", "-", "–", "—", "«", '"', "(", "|"})
NAMED_BY = frozenset({"agreement", "appointment", "arrest", "death", "deployment", "layoff", "meeting"})
"""Types of which a noun with its complement tells for the first time."""
NAMES = ("competition",)
"""Types whose nouns stand capitalised in names of what happens."""
MOST = frozenset({"plus", "pire", "premier", "première"})
NOT = frozenset({"n'", "ne"})
CONDITIONAL = frozenset({"aurait", "auraient", "serait", "seraient"})
ADJECTIVES = 2
"""How many adjectives may stand between a noun and its determiner: *une nouvelle violente attaque*."""
AUXILIARY = 4
"""How many words before a participle its auxiliary may stand: *a été mardi soir arrêté*."""
UNREAL = 3
"""How many words before a noun phrase what makes it unreal may stand: *en cas d'*, *la lutte contre le*."""
NEAR = 5
HAD = frozenset({"avait", "avaient", "eut", "eurent"})


@dataclass(slots=True, eq=False)
class Telling:
    """A word or phrase that tells of a happening: where it stands, of which type, and how it is told."""

    sentence: Sentence
    index: int
    first: int
    last: int
    kind: str
    trigger: Trigger
    guessed: bool = False
    definite: bool = False
    this: bool = False
    bare: bool = False
    another: bool = False
    # What is condemned, deplored, called so in quotation marks: told on, of no place or day of its own.
    echoed: bool = False
    # "Après l'accident de Champagnole": what comes next is told, and this only as what it came after.
    looks_back: bool = False
    status: Status = Status.ASSERTED
    place: Place | None = None
    day: Day | None = None
    past: bool = False
    had: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.sentence.starts[self.first]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.sentence.end_of(self.last)

    @property
    def in_headline(self) -> bool:
        """Whether the headline tells it."""
        return self.index == 0 and is_headline(self.sentence)

    @property
    def indefinite(self) -> bool:
        """Whether a noun tells it as something new: *une attaque*."""
        return self.trigger.is_noun and not self.definite and not self.bare

    @property
    def is_perfect(self) -> bool:
        """Whether a verb tells it as done: *a été arrêté*, *ont manifesté*."""
        done = self.trigger.form in ("participle", "clause") and not (self.bare or self.had)
        return done and self.status is Status.ASSERTED

    @property
    def is_sure(self) -> bool:
        """Whether it tells of something by itself."""
        return self.trigger.strength == "sure"


class _Phrase(NamedTuple):
    """A noun phrase: where it begins, and its determiner."""

    first: int
    determiner: str
    another: bool


def find_tellings(sentence: Sentence, index: int, setting: Setting) -> list[Telling]:
    """Return what a sentence tells of happenings, in order."""
    found: list[Telling] = []
    known, done = triggers(), -1
    for position, low in enumerate(sentence.words):
        entries = known.get(low)
        if entries is None or position < done:
            continue
        for words, trigger in entries:
            if len(words) == 1 or sentence.matches(position, words):
                telling = _telling(sentence, index, (position, position + len(words) - 1), trigger, setting)
                if telling is not None:
                    found.append(telling)
                    done = telling.last + 1
                    break
    return found


def _telling(
    sentence: Sentence, index: int, items: tuple[int, int], trigger: Trigger, setting: Setting
) -> Telling | None:
    """Return what a trigger tells, None where it tells of nothing that happened."""
    first, last = items
    if sentence.is_capitalised(first) and not (last > first or _may_be_capital(sentence, first, trigger)):
        return None
    kind, guessed = kind_of(trigger, sentence, first, setting)
    if kind == NONE and not (guessed and trigger.is_noun):
        return None
    telling = Telling(sentence, index, first, last, kind, trigger, guessed)
    if trigger.is_noun and first == last:
        return _of_noun(telling)
    if trigger.is_noun:
        return _of_phrase(telling)
    if trigger.form == "clause":
        return _of_clause(telling)
    return _of_verb(telling)


def _may_be_capital(sentence: Sentence, first: int, trigger: Trigger) -> bool:
    """``Séisme au Népal``, ``la Coupe du monde``: not ``le Rassemblement national``, ``le journal La Tempête``."""
    before = sentence.low(first - 1)
    return first == 0 or before in OPENERS or before in {".", "!", "?"} or trigger.types == NAMES


def _of_phrase(telling: Telling) -> Telling | None:
    """``un tremblement de terre``, ``le tremblement de terre``: told anew, or taken up."""
    sentence, first = telling.sentence, telling.first
    phrase = None if sentence.is_figure(first - 1) else _phrase(sentence, first)
    if phrase is not None and phrase.determiner:
        contest = telling.kind == "competition"
        telling.definite = phrase.determiner in DEFINITE and not contest
        telling.this = phrase.determiner in THIS
        telling.another = phrase.another and phrase.determiner not in {"les", "des"} and not contest
    if _is_unreal(sentence, phrase.first if phrase is not None else first):
        return None
    telling.echoed = not telling.definite and phrase is not None and _is_echoed(sentence, phrase.first)
    telling.looks_back = phrase is not None and sentence.low(phrase.first - 1) in SINCE
    return telling


def _of_clause(telling: Telling) -> Telling | None:
    """``a pris feu``, ``s'est fait exploser``: not ``n'a pas pris feu``, ``risque de quitter la route``."""
    sentence, first = telling.sentence, telling.first
    if _is_unreal(sentence, first):
        return None
    near = sentence.lows(first - AUXILIARY, first)
    telling.had = not HAD.isdisjoint(near)
    telling.status = Status.DENIED if NOT & set(near) else _status(sentence, telling.last)
    return telling


def _of_noun(telling: Telling) -> Telling | None:
    sentence, first = telling.sentence, telling.first
    phrase = _phrase(sentence, first)
    if phrase is None or (phrase.first < first - 1 and _is_adjective(telling)):
        return None
    # "la démission du ministre" is told anew, where "l'attaque de Gao" takes up what was told.
    anew = telling.kind in NAMED_BY and sentence.low(telling.last + 1) in OF
    telling.definite = phrase.determiner in DEFINITE and not anew
    telling.this = phrase.determiner in THIS
    telling.another = phrase.another and phrase.determiner not in {"les", "des"} and telling.kind != "competition"
    telling.bare = not phrase.determiner
    if _is_unreal(sentence, phrase.first):
        return None
    before = sentence.low(phrase.first - 1)
    telling.echoed = not telling.definite and _is_echoed(sentence, phrase.first)
    telling.looks_back = before in SINCE or sentence.last_before(first, word_list("unreal", "recalling")) >= 0
    if telling.bare and before in OF | {"en", "par", "sans", "contre", "pour", "à", "ni", "et", "ou", "comme"}:
        let = not word_list("unreal", "letting").isdisjoint(sentence.lows(phrase.first - UNREAL, phrase.first))
        if not let and not (telling.trigger.is_plural and before == "des"):
            return None
    if phrase.determiner in ("aucun", "aucune"):
        return None
    telling.status = _status(sentence, first)
    return telling


def _is_adjective(telling: Telling) -> bool:
    """``l'écharpe présidentielle``, not ``la présidentielle``, ``la dernière présidentielle``."""
    sentence, first = telling.sentence, telling.first
    elective = telling.kind == "election" and sentence.low(first).rstrip("s").endswith(("elle", "ale", "ive"))
    return elective and sentence.low(first - 1) not in grammar_words("before_noun")


def _is_echoed(sentence: Sentence, first: int) -> bool:
    """``L'Union africaine a condamné « une attaque lâche »``: whether somebody reacts to what happened."""
    before = sentence.low(first - 1)
    if before in QUOTES:
        before = sentence.low(first - 2)
    return before in word_list("unreal", "reacting")


def _phrase(sentence: Sentence, noun: int) -> _Phrase | None:
    """Return where the phrase of a noun begins: *une nouvelle violente attaque*; None for a verb: *la main frappe*."""
    determiners = grammar_words("determiners") | DEFINITE | INDEFINITE | {"aucun", "aucune"}
    another_words, another, best = another_one(), False, False
    for position in range(noun - 1, max(-1, noun - 2 - ADJECTIVES), -1):
        low = sentence.lows(position, position + 1)[0]
        best = best or low in MOST
        another = another or low in another_words
        if low in determiners or low in ("des", "du"):
            return _Phrase(position, "un" if best and low in ("le", "la") else low, another)
        if not low[:1].isalpha():
            break
        if low in ("de", "d'") and position < noun - 1:
            return _Phrase(position, "des", another)  # "de violents combats"
        if low in OF or low in ("et", "ou", "en", "à"):
            break
        if sentence.low(noun) in word_list("unreal", "verbs") and low not in another_words:
            return None
    return None if sentence.low(noun - 1) in auxiliaries() else _Phrase(noun, "", another and noun > 0)


def _is_unreal(sentence: Sentence, first: int) -> bool:
    """``en cas d'incendie``, ``la lutte contre le terrorisme``, ``un projet d'attentat``."""
    linking, unreal = word_list("unreal", "linking"), word_list("unreal", "before")
    position = first - 1
    for _ in range(UNREAL):
        low = sentence.low(position)
        if low in unreal:
            return low != "contre" or sentence.low(position - 1) not in ("protester", "manifester")
        if low not in linking:
            return False
        position -= 1
    return False


def _of_verb(telling: Telling) -> Telling | None:
    sentence, first, trigger = telling.sentence, telling.first, telling.trigger
    before = sentence.low(first - 1)
    if (
        sentence.is_figure(first - 1)
        or before in OF
        or before in grammar_words("determiners")
        or before in ("un", "une", "le", "la", "les", "l'", "au")
    ):
        return None
    if trigger.form == "participle":
        near = sentence.lows(first - AUXILIARY, first)
        helped = any(low in auxiliaries() for low in near) or not {"été", "avoir", "être"}.isdisjoint(near)
        telling.bare = telling.definite = not helped
        telling.had = not HAD.isdisjoint(near)
        if trigger.strength == "effect" and telling.bare and first + 1 < len(sentence.words) and before not in OPENERS:
            return telling
    if trigger.form == "finite" and sentence.low(first - 1) in HAD | auxiliaries():
        return None
    if NOT & set(sentence.lows(first - AUXILIARY, first)):
        telling.status = Status.DENIED
        return telling
    if trigger.form == "later":
        telling.status = Status.REPORTED if sentence.low(first).endswith(("ait", "aient")) else Status.PLANNED
        return telling
    telling.status = _status(sentence, first)
    return telling


def _status(sentence: Sentence, position: int) -> Status:
    """Return how sure the text is of what it tells there."""
    near = sentence.lows(position - NEAR, position + NEAR)
    if not CONDITIONAL.isdisjoint(near):
        return Status.REPORTED
    if not word_list("actors", "planned").isdisjoint(sentence.lows(position + 1, position + NEAR)):
        return Status.PLANNED
    return Status.ASSERTED
