"""When *un*, *une*, *aucun*, *aucune* count: before a noun of casualties, in a partitive, a contrast, a list."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import victims_told
from newsnlp.figures.events.predicates import is_person
from newsnlp.figures.events.subjects import is_subject, read_predicate
from newsnlp.grammar.drafts import Draft, EventBy
from newsnlp.grammar.items import COMMA, words_after
from newsnlp.grammar.nouns import noun_classes, words
from newsnlp.grammar.words import action_nouns, auxiliaries, event_nouns, grammar, persons, verb_forms
from newsnlp.lexicons import pattern
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsnlp.grammar.items import Sentence
    from newsnlp.quantities.candidates import Quantity

MEASURED = frozenset({"at_least", "more_than", "at_most", "less_than"})
LIST_MARKS = frozenset({",", "et", "ou", "contre"})
NO_LIST = frozenset({",", "#", ":", ";", "(", ")"})
LIST_GAP = range(2, 8)
LOCATIVE = frozenset({"à", "en", "au", "aux", "dans"})
LONG_LIST = 3
CASUALTIES = frozenset({"killed", "injured", "missing"})
HURT = CASUALTIES - {"missing"}
VICTIMS = CASUALTIES | {"affected"}
TRADE = pattern(r"\w+<figures.determiners_trade>$")
"""Of which no list is whole; a letter (*courrier*), too, may be missing, but it is not killed."""
CUES = ("dont", "parmi", "lesquel")
"""By these an article may count whatever follows it."""
PARTITIVE = frozenset({"des", "de", "d'", "sur", "seul", "seule"})
THEY_ARE = frozenset({"sont", "étaient", "seraient"})
PARMI = frozenset({"parmi"})
OF_THEM = frozenset({("parmi", "eux"), ("parmi", "elles")})
NEAR_PASSIVE = 5
"""How many words behind a vehicle its passive may stand: *une voiture de police a été incendiée*."""
NEAR_SAME = 10
"""How many words may stand between *un mort* and the comma before *une femme*, who is the same."""
NEAR_AMONG = 9
"""How many words may stand between *parmi les morts* and *un*."""


@dataclass(frozen=True, slots=True)
class _Others:
    """What the figures of a sentence say of an article among them.

    ``first_whole`` is where the first count stands that *dont un …* can be a part of; ``counts`` how many figures
    count; ``after_other`` the last place of *deux autres* by the root of its noun, under None where it has no noun.
    ``ones`` are the places of *un* and *une* found to count so far, ``casualties`` those of *un mort* and *un des
    occupants* among them.
    """

    first_whole: float
    counts: int
    after_other: Mapping[str | None, int]
    ones: set[int] = field(default_factory=set)
    casualties: set[int] = field(default_factory=set)


def may_count(told: str, text: str, quantities: Sequence[Quantity]) -> bool:
    """Whether a sentence may have a figure: one whose numbers are all articles seldom has, and need not be read.

    What any rule of `_is_figure` asks for is asked here of its bare text (`told`) and of the words after each article.
    """
    low = told.lower()
    if not all(quantity.needs_context for quantity in quantities) or any(cue in low for cue in CUES):
        return True
    return any(
        quantity.modifier in MEASURED or _may_follow(*words_after(text, quantity.phrase_end)) for quantity in quantities
    )


def _may_follow(word: str = "", *noun: str) -> bool:
    low = fold(word)
    listed = low in PARTITIVE or low in _casualty_nouns() or (low in words("before_noun") and _may_follow(*noun))
    return listed or word[:1].isupper() or _is_living(low) or _may_be_hit(low)


def drop_articles(sentence: Sentence) -> None:
    """Remove from the sentence the drafts that are no figures: mere articles, *tous les trois*."""
    kept = []
    others = _look_around(sentence)
    for number, draft in enumerate(sentence.drafts):
        if _is_figure(draft, number, others):
            kept.append(draft)
        else:
            sentence.drop(draft)
    sentence.settle(kept)


def _look_around(sentence: Sentence) -> _Others:
    counts = [draft for draft in sentence.drafts if draft.counts]
    first_whole = next((draft.position for draft in counts if not draft.quantity.needs_context), inf)
    after_other: dict[str | None, int] = {}
    for draft in counts:
        if sentence.low(draft.position + 1) in ("autres", "autre"):
            noun = sentence.low(draft.position + 2)
            left_out = not noun or noun in words("after_number")
            after_other[None if left_out else noun.rstrip("sx")] = draft.position
    return _Others(first_whole, len(counts), after_other)


def _is_figure(draft: Draft, number: int, others: _Others) -> bool:
    if _all_of_them(draft) or draft.sentence.low(draft.position + 1) in grammar("articles", "no_figure"):
        return False
    if not draft.quantity.needs_context:
        return True
    if draft.quantity.text.lower().startswith("aucun"):
        rule = "none.casualties" if _noun_after(draft) in _casualty_nouns() else None
    else:
        rule = _rule_of_one(draft, number, others)
        if rule is not None:
            others.ones.add(draft.position)
    if rule is None:
        return False
    draft.because(rule)
    return True


def _rule_of_one(draft: Draft, number: int, others: _Others) -> str | None:
    """Return the name of the rule by which *un* or *une* counts, or None."""
    if draft.quantity.modifier in MEASURED:
        return "one.measured"  # "plus d'un an", "au moins une victime"
    if rule := _partitive(draft, others):
        return rule
    if _is_casualty(draft):
        others.casualties.add(draft.position)
        return "one.casualty"
    if _told_before(draft, others):
        return None
    if _befallen(draft, others):
        return "one.casualty-predicate"
    if _among(draft, others):
        return "one.among"
    if _listed(draft, number, others):
        return "one.list"
    return "one.contrast" if _contrasted(draft, others) else None


def _all_of_them(draft: Draft) -> bool:
    """``tous les trois``, ``toutes deux``: no figures."""
    if draft.quantity.modifier in MEASURED:
        return False  # "tous moins de 50 000 euros"
    before = draft.sentence.lows(draft.position - 2, draft.position)
    after = draft.sentence.low(draft.position + 1)
    bare = after in words("after_number") or after in verb_forms()[0] or not after[:1].isalpha()
    return bare and (before[-1:] in (("tous",), ("toutes",)) or before in (("tous", "les"), ("toutes", "les")))


@functools.cache
def _casualty_nouns() -> frozenset[str]:
    strong = {noun for noun, (_, strength) in event_nouns().items() if strength == "strong"}
    return grammar("casualties", "nouns") | strong


def _noun_after(draft: Draft) -> str:
    noun = draft.sentence.low(draft.position + 1)
    return draft.sentence.low(draft.position + 2) if noun in words("before_noun") else noun


def _partitive(draft: Draft, others: _Others) -> str | None:
    """``dont un grièvement``, ``un d'entre eux``, ``un des trois``, ``une seule``."""
    sentence, position = draft.sentence, draft.position
    before, after = sentence.low(position - 1), sentence.low(position + 1)
    if before == "l'":
        return None  # "l'un des deux"
    has_whole = others.first_whole < position
    if before in ("lesquels", "lesquelles") and has_whole:
        return "one.dont"
    if before in ("dont", "parmi") and (_has_no_noun(after) or (before == "dont" and has_whole)):
        return None if after in grammar("articles", "no_parts") else "one.dont"
    if sentence.lows(position + 1, position + 3) == ("d'", "entre"):
        return "one.of-them"
    if before in (",", "eux", "elles") and not OF_THEM.isdisjoint(pairwise(sentence.lows(position - 3, position))):
        return "one.of-them"  # "Parmi eux, un enfant"
    if after in ("des", "de", "sur") and sentence.draft_at(position + 2) is not None:
        return "one.of-number"
    if after in ("seul", "seule") and before != "par":
        idiom = before == "d'" and sentence.low(position + 2) in grammar("articles", "no_single")
        return None if idiom else "one.only"
    return None


def _has_no_noun(after: str) -> bool:
    listed = words("severity"), words("severity", "others"), words("after_number"), verb_forms()[0]
    return any(after in adjectives for adjectives in listed)


def _is_casualty(draft: Draft) -> bool:
    """``un mort et trois blessés``, ``a fait une victime``."""
    noun = _noun_after(draft)
    if noun not in grammar("casualties", "nouns") or draft.sentence.low(draft.position - 1) == "l'":
        return False
    if noun == "mort" and draft.quantity.text.lower() == "une":
        return False  # "une mort" is death, "un mort" a dead man
    before = draft.sentence.lows(draft.position - 4, draft.position)
    return noun not in grammar("casualties", "after_verb") or not grammar("casualties", "verbs").isdisjoint(before)


def _befallen(draft: Draft, others: _Others) -> bool:
    """``Un policier a été mortellement blessé``, ``un de ses collègues a été tué``, ``une voiture a été détruite``."""
    sentence, position = draft.sentence, draft.position
    noun = _noun_befallen(draft, others)
    # "L'assaillant a été abattu par un collègue du policier blessé": who acts is not befallen.
    if noun is None or sentence.low(position - 1) in ("l'", "par") or draft.quantity.text.lower() not in ("un", "une"):
        return False
    low = sentence.low(noun)
    one = Draft(draft.quantity, position, sentence, noun_end=noun + 1, counted=sentence.texts[noun])
    reading = read_predicate(one, subject=is_subject(one))
    if reading is None:
        counts = victims_told(one) in VICTIMS
    elif (
        low in noun_classes()["vehicle"]
    ):  # "une voiture a été incendiée", not "l'incendie d'un bus", "un avion s'écrase"
        passive = reading[1] is EventBy.PARTICIPLE or "été" in sentence.lows(noun, noun + NEAR_PASSIVE)
        counts = reading[0] == "destroyed" and passive
    else:
        counts = reading[0] in (CASUALTIES if sentence.is_capitalised(noun) or _is_living(low) else HURT)
    if counts and sentence.low(position + 1) in ("de", "des"):
        others.casualties.add(position)
    return counts


def _told_before(draft: Draft, others: _Others) -> bool:
    """``un mort : une femme de 65 ans``, ``Jean Morvan, un pêcheur, a été tué``: the one just named or counted."""
    sentence, position = draft.sentence, draft.position
    if sentence.low(position - 1) not in (",", ":"):
        return False
    if any(step in others.casualties for step in range(position - NEAR_SAME, position)) or _is_apposed(draft):
        return True
    return position > 1 and sentence.is_named(sentence.starts[position - 2])


def _is_apposed(draft: Draft) -> bool:
    """``Le conducteur, un homme de 45 ans, est mort``: said of the one before the comma."""
    sentence, comma = draft.sentence, draft.position - 1
    head = 1 + (sentence.low(1) in words("before_noun"))
    definite = sentence.low(0) in ("le", "la", "l'") and 0 < comma - head < NEAR_SAME
    if not definite or not (sentence.low(head) in persons() or sentence.low(head) in grammar("casualties", "nouns")):
        return False
    is_closed = sentence.next_from(comma + 1, COMMA) < len(sentence.words)
    return is_closed and auxiliaries().isdisjoint(sentence.lows(head, comma))


def _noun_befallen(draft: Draft, others: _Others) -> int | None:
    """Return where the noun stands of a single person, animal or vehicle, or of those of whom it is one."""
    sentence, noun = draft.sentence, draft.position + 1
    if sentence.low(noun) == "des" or (sentence.low(noun) == "de" and sentence.low(noun + 1) in words("determiners")):
        noun += 1 + (sentence.low(noun) == "de")
        plural = sentence.low(noun).endswith(("s", "x")) and sentence.low(noun) not in words("before_noun")
        return noun if plural and sentence.is_word(noun) else None
    if sentence.low(noun) in words("before_noun") and _may_be_told_of(sentence, noun + 1):
        noun += 1
    another = sentence.low(noun) == "autre" and (others.ones or others.first_whole < draft.position)
    return noun if another or _may_be_told_of(sentence, noun) else None


def _may_be_told_of(sentence: Sentence, noun: int) -> bool:
    low = sentence.low(noun)
    return sentence.is_capitalised(noun) or _is_living(low) or _may_be_hit(low)


def _is_living(noun: str) -> bool:
    return noun in persons() or noun in grammar("casualties", "animals") or is_person(noun) or noun == "autre"


def _may_be_hit(noun: str) -> bool:
    """Whether a noun is one of vehicles or, by its ending, of a trade."""
    return noun in noun_classes()["vehicle"] or TRADE.match(noun) is not None


def _among(draft: Draft, others: _Others) -> bool:
    """``Un Canadien et un Français figurent parmi les morts``, ``parmi les victimes, on compte un enfant``."""
    sentence, position = draft.sentence, draft.position
    if not sentence.says(PARMI) or _noun_befallen(draft, others) is None:
        return False
    parmi = sentence.next_from(0, PARMI)
    noun = sentence.low(parmi + 2)
    if sentence.low(parmi + 1) not in ("les", "ces", "ses") or event_nouns().get(noun, ("", ""))[0] not in VICTIMS:
        return False
    if abs(parmi - position) > NEAR_AMONG:
        return False
    between = sentence.lows(min(position, parmi), max(position, parmi))
    return not grammar("parts", "presenting").isdisjoint(between)


def _between(sentence: Sentence, first: Draft, second: Draft) -> list[str]:
    """Return the words between two figures, without ages and *de*: *une femme de 18 ans et d'un homme*."""
    between = []
    for position in range(first.position + 1, second.position):
        other = sentence.draft_at(position)
        if other is None or other.kind != "age":
            between.append(sentence.lows(position, position + 1)[0])
    in_list = between[-1:] in (["de"], ["d'"]) and first.quantity.modifier != "vague"
    return between[:-1] if in_list else between


@functools.cache
def _heads_of_lists() -> frozenset[str]:
    return grammar("articles", "list_of") | action_nouns().keys()


def _contrasted(draft: Draft, others: _Others) -> bool:
    """``une personne a été arrêtée, deux autres sont recherchées``."""
    own = draft.sentence.low(draft.position + 1).rstrip("sx")
    return max(others.after_other.get(root, -1) for root in (None, own)) > draft.position


def _listed(draft: Draft, number: int, others: _Others) -> bool:
    """``trois femmes et un homme``, ``six à Gao, une à Ansongo``: a list of numbers and nouns."""
    sentence = draft.sentence
    if sentence.low(draft.position - 1) == "l'":
        return False
    noun = sentence.low(draft.position + 1)
    left_out = not noun or noun in LOCATIVE or noun == "."
    is_noun = noun not in words("after_number") and noun not in grammar("articles", "no_list") and noun[-1:] != "'"
    if not (left_out or is_noun):
        return False
    if sentence.low(draft.position - 1) in THEY_ARE and others.first_whole < draft.position:
        # "les deux victimes sont une femme de 18 ans et une fillette"
        following = sentence.drafts[number + 1 : number + 3]
        return any(other.quantity.needs_context and sentence.low(other.position - 1) == "et" for other in following)
    nearest = sentence.drafts[max(0, number - LIST_GAP.stop) : number + LIST_GAP.stop]
    return any(_neighbours(draft, other, others) for other in nearest)


def _neighbours(draft: Draft, other: Draft, others: _Others) -> bool:
    """Whether two figures stand side by side in a list."""
    if abs(other.position - draft.position) - 1 not in LIST_GAP or not other.counts or other.quantity.ordinal:
        return False
    if other.quantity.needs_context and other.position not in others.ones:
        return False
    sentence = draft.sentence
    first, second = (draft, other) if draft.position < other.position else (other, draft)
    between = _between(sentence, first, second)
    while between[-1:] in (["aussi"], ["également"], ["enfin"]):
        between.pop()
    if between[-2:] == [",", "et"]:
        del between[-2]  # "deux à Villalier, une à Carcassonne, et aussi une à Pexiora"
    if not between or between[-1] not in LIST_MARKS:
        return False
    if any((low in words("after_number") and low not in LOCATIVE) or low in NO_LIST for low in between[:-1]):
        return False
    if first is not draft:
        return True
    if not is_subject(draft) and not auxiliaries().isdisjoint(sentence.lows(second.position + 2, second.position + 3)):
        return False  # "il a percuté un arbre et trois passagers sont blessés"
    # "selon un bilan officiel, 46 personnes", "la chute d'une ligne et cinq maisons": what a preposition governs
    # begins no list.
    before = sentence.low(draft.position - 1)
    again = sentence.low(second.position - 1) in ("de", "d'")
    governed = before in ("de", "d'") and not again and sentence.low(draft.position - 2) not in _heads_of_lists()
    if governed or before in words("prepositions") - {"de", "d'", "à"}:
        return False
    return between[-1] != "," or others.counts >= LONG_LIST
