"""What happened to those counted: from the noun itself, or from the predicate to its left or right."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import EventVerb, action_nouns, event_nouns, event_phrases, verb_forms
from newsnlp.figures.nouns import noun_classes, words
from newsnlp.lexicons import load_toml

if TYPE_CHECKING:
    from newsnlp.figures.items import Draft, Sentence

BE = frozenset(
    "est sont était étaient fut furent sera seront serait seraient été être soit soient étant".split()  # noqa: SIM905
)
HAVE = frozenset("a ont avait avaient aura auront aurait auraient ayant eu avoir ait aient ai avons avez".split())  # noqa: SIM905
STOPS = frozenset(";:–—»")
COORDINATION = frozenset({",", "et", "ou", "ainsi", "que", "puis", "aussi", "voire", "(", ")", "avec"})
RIGHT_REACH = 22
LEFT_REACH = 14


def find_events(sentence: Sentence) -> None:
    """Set `event` on the drafts of one sentence from their nouns and predicates."""
    for draft in sentence.drafts:
        if not _may_have_event(draft):
            continue
        draft.is_subject = _is_subject(draft)
    for draft in sentence.drafts:
        if _may_have_event(draft):
            _find_event(draft)
    _share_predicates(sentence)


def _may_have_event(draft: Draft) -> bool:
    if draft.counts:
        return True
    weapons = noun_classes()["weapons"]
    return draft.kind in ("percent", "ratio") and draft.counted is not None and draft.counted.lower() not in weapons


def strong_noun_event(counted: str | None) -> str | None:
    """Return the event that a counted noun states whatever the predicate: *morts*, *blessés*, *arrestations*."""
    for word in (counted or "").lower().split():
        event, strength = event_nouns().get(word, ("", ""))
        if strength == "strong":
            return event
    return None


def _find_event(draft: Draft) -> None:
    sentence = draft.sentence
    noun_event, strength = _noun_event(draft)
    if sentence.low(draft.position - 2) in ("aucun", "aucune"):
        # "aucun des cinq otages n'a été blessé": what is denied of all did not happen to them.
        if noun_event:
            _set(draft, noun_event, "event.noun", from_noun=True)
        return
    adjacent = _participle_after_noun(draft)
    if noun_event == "injured" and strength == "strong" and draft.is_subject:
        later = _predicate_right(draft)
        if later == "killed":
            adjacent = later
            strength = "weak"
    if strength == "strong" and "noun.previous" not in draft.rules:
        _set(draft, noun_event, "event.noun", from_noun=True)
        return
    if adjacent == "injured" and draft.parent is not None and draft.parent.event in ("hospitalised", "sick"):
        adjacent = draft.parent.event  # "dont trois dans un état critique"
    for rule, event in (
        ("event.participle", adjacent),
        ("event.object", _predicate_left(draft)),
        ("event.subject", _predicate_right(draft) if draft.is_subject else _relative_right(draft)),
    ):
        if event:
            _set(draft, event, rule)
            return
    if noun_event:
        _set(draft, noun_event, "event.noun", from_noun=True)
    elif _parmi_noun(sentence):
        _set(draft, _parmi_noun(sentence) or "", "event.parmi")
    elif _at_demonstration(draft):
        _set(draft, "protesting", "event.demonstration")
    elif draft.counted is None and draft.noun_missing:
        quasi = _quasi_noun(sentence, draft.position)
        if quasi and quasi in event_nouns():
            _set(draft, event_nouns()[quasi][0], "event.number-of", from_noun=True)


def _parmi_noun(sentence: Sentence) -> str | None:
    """``Parmi les blessés, on dénombre quatre Français``."""
    if sentence.low(0) != "parmi" or sentence.low(1) not in ("les", "ces"):
        return None
    event, strength = event_nouns().get(sentence.low(2), ("", ""))
    return event or None


def _at_demonstration(draft: Draft) -> bool:
    """``Le rassemblement a réuni 500 personnes``: people gathered where the sentence tells of a demonstration."""
    sentence = draft.sentence
    counted = (draft.counted or "").lower()
    if not counted.endswith(("s", "x")) or any(counted in members for members in noun_classes().values()):
        return False
    around = set(sentence.lows(0, len(sentence.items)))
    return bool(around & demonstration_words("signs")) and bool(around & demonstration_words("gathering"))


@functools.cache
def demonstration_words(name: str) -> frozenset[str]:
    """Return who demonstrates, what shows that it is a demonstration, and the verbs of coming together."""
    tables = ("attack", "demonstration")
    return frozenset(load_toml("figures_event_contexts.toml", tables=tables)["demonstration"][name])


@functools.cache
def attack_words() -> frozenset[str]:
    """Return what shows that a building was hit in an attack."""
    return frozenset(load_toml("figures_event_contexts.toml", tables=("attack", "demonstration"))["attack"]["signs"])


def _hit_in_attack(draft: Draft) -> bool:
    """``quatre hôpitaux touchés par des frappes``: a building that a strike hits is attacked."""
    counted = (draft.counted or "").lower()
    if counted in demonstration_words("people") or counted in ("foyers", "familles", "clients", "abonnés"):
        return False
    return bool(set(draft.sentence.lows(0, len(draft.sentence.items))) & attack_words())


def _set(draft: Draft, event: str, rule: str, *, from_noun: bool = False) -> None:
    if event == "affected" and not from_noun and _hit_in_attack(draft):
        event, rule = "attacked", "event.hit"
    draft.event = event
    draft.event_from_noun = from_noun
    draft.rules.append(rule)


def _noun_event(draft: Draft) -> tuple[str, str]:
    """Return the event of the counted noun and whether it is strong."""
    if draft.counted is None:
        return "", ""
    sentence = draft.sentence
    for low in draft.counted.lower().split():
        event, strength = event_nouns().get(low, ("", ""))
        if not event:
            continue
        if strength == "disease":
            return (event, "strong") if _is_disease(draft) else ("", "")
        if strength == "seats":
            return ("voting", "strong") if _seats_won(draft) else ("", "")
        if strength == "shots":
            after = sentence.lows(draft.noun_end, draft.noun_end + 2)
            return ("", "") if after[:1] in (("cadrés",), ("au",), ("à",), ("cadré",)) else (event, "strong")
        if low == "corps" and sentence.low(draft.noun_end) in ("de", "d'"):
            return "", ""
        return event, strength
    if draft.counted.lower() == "coups" and sentence.lows(draft.noun_end, draft.noun_end + 2) == ("de", "feu"):
        return "attacked", "strong"
    return "", ""


def _is_disease(draft: Draft) -> bool:
    sentence = draft.sentence
    if sentence.low(draft.position - 1) in ("dans", "en", "des"):
        return False
    after = set(sentence.lows(draft.noun_end, draft.noun_end + 5))
    before = set(sentence.lows(draft.position, draft.noun_end)) | set(sentence.lows(draft.position - 8, draft.position))
    if "nouveaux" in before or "nouveau" in before:
        return True
    signs = {"confirmés", "positifs", "suspects", "mortels", "recensés", "enregistrés", "détectés", "contamination"}
    return (
        bool(after & signs)
        or sentence.low(draft.noun_end) in ("de", "d'")
        or bool(before & {"enregistré", "recense", "recensé", "épidémie", "compte", "signalé", "détecté", "enregistre"})
    )


def _seats_won(draft: Draft) -> bool:
    """A party's seats are a result; a chamber's are its size."""
    sentence = draft.sentence
    before = sentence.lows(draft.position - 5, draft.position)
    if (
        before[-1:] in (("les",), ("des",), ("de",), ("aux",), ("ses",))
        and "gain" not in before
        and "perte" not in before
    ):
        return False
    if {"compte", "comprend", "composé", "composée", "comporte", "dispute", "renouvelle"} & set(before):
        return False
    after = sentence.lows(draft.noun_end, draft.noun_end + 4)
    return "pourvoir" not in after and "renouveler" not in after and "jeu" not in after


def _accepts(verb: EventVerb, draft: Draft) -> bool:
    if not verb.needs:
        return True
    counted = (draft.counted or (draft.antecedent.counted if draft.antecedent else None) or "").lower().split()
    if verb.needs == "people":
        # Things are not arrested, freed or put to flight: their classes are known, people's are not.
        things = (
            noun_classes()["weapons"] | noun_classes()["jobs"] | noun_classes()["votes"] | noun_classes()["buildings"]
        )
        return not any(word in things and word not in noun_classes()["forces"] for word in counted)
    return any(word in noun_classes()[verb.needs] for word in counted)


def _verbs(table: dict[str, tuple[EventVerb, ...]], low: str, role: str, draft: Draft) -> str | None:
    for verb in table.get(low, ()):
        if verb.role == role and _accepts(verb, draft):
            return verb.event
    return None


def _participle_after_noun(draft: Draft) -> str | None:
    """``soldats tués``, ``personnes grièvement blessées``, ``deux corps``: what stands right after the noun."""
    sentence = draft.sentence
    participles, _ = verb_forms()
    position = draft.noun_end
    for _step in range(6):
        low = sentence.low(position)
        if not low or sentence.items[position].figure is not None:
            return None
        event = _verbs(participles, low, "object", draft) or _verbs(participles, low, "subject", draft)
        if event and low.endswith(("s", "x")) | (draft.value == 1):
            return event
        phrase = _phrase_at(sentence, position, 0)
        if phrase:
            return phrase
        if low in BE or low in HAVE or not sentence.items[position].is_word or low in ("qui", "que", "et"):
            return None
        if low in words("prepositions") and low not in ("de", "d'", "du"):
            return None
        position += 1
    return None


def _phrase_at(sentence: Sentence, position: int, side: int) -> str | None:
    table = event_phrases()[side]
    for phrase, event in table.get(sentence.low(position), ()):
        if sentence.match_end(position, phrase) is not None:
            return event
    return None


def _is_subject(draft: Draft) -> bool:
    """Whether the noun phrase can be a subject: it opens a clause, or follows an adverbial."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in words("determiners") and sentence.low(position) not in ("aux", "du", "au"):
        position -= 1
    if position < 0:
        return True
    item = sentence.items[position]
    if item.figure is not None:
        return sentence.draft_at(position) is None or not sentence.draft_at(position).counts  # type: ignore[union-attr]
    low = item.low
    if low in words("subject_openers") or not item.is_word:
        return True
    # "À Paris 300 personnes", "Au Mali deux soldats": an opening adverbial without its comma.
    return (
        item.text[:1].isupper()
        and position <= 3
        and bool(set(sentence.lows(0, position)) & (words("prepositions") | {"au"}))
    )


def _predicate_right(draft: Draft) -> str | None:
    """Read the predicate of a subject: passive, intransitive, or a fixed phrase."""
    sentence = draft.sentence
    participles, finite = verb_forms()
    seen_have = seen_be = False
    since_verb = 99
    position = draft.noun_end
    stop = min(len(sentence.items), position + RIGHT_REACH)
    while position < stop:
        item = sentence.items[position]
        low = item.low
        if low == "dont" and (after := _after_aside(sentence, position)):
            position = after
            continue
        if low in STOPS or (low in words("clause_breaks") and position > draft.noun_end):
            return None
        if item.figure is not None:
            other = sentence.draft_at(position)
            if (
                other is not None
                and other.counts
                and (
                    seen_be
                    or seen_have
                    or other.noun_missing
                    or other.parent is not None
                    or not _coordinated(sentence, position)
                )
            ):
                return None
            position += 1
            continue
        phrase = _phrase_at(sentence, position, 0)
        if phrase:
            return phrase
        if low in HAVE:
            seen_have, since_verb, seen_be = True, 0, False
        elif low in BE:
            seen_be, since_verb = True, 0
        else:
            since_verb += 1
            passive = _verbs(participles, low, "object", draft)
            if passive and (seen_be or not seen_have) and not (seen_be and since_verb > 4):
                return passive
            active = _verbs(participles, low, "subject", draft) if (seen_be or seen_have) and since_verb <= 4 else None
            if not active and not _is_noun_here(sentence, position):
                active = _verbs(finite, low, "subject", draft)
            if active:
                return active
            if passive and seen_have:
                return None  # they are the ones who act
            if low in finite and not _is_noun_here(sentence, position):
                return None
        position += 1
    return None


def _after_aside(sentence: Sentence, position: int) -> int | None:
    """``Trois passagers, dont une fillette de 6 ans, ont été blessés``: return where the main clause goes on."""
    for step in range(position, min(position + 12, len(sentence.items))):
        if sentence.low(step) == "," and sentence.low(step + 1) in BE | HAVE:
            return step + 1
    return None


def _coordinated(sentence: Sentence, position: int) -> bool:
    """Whether the figure at `position` follows the last one in a list: ``12 morts, 3 blessés``."""
    before = sentence.lows(position - 2, position)
    return bool(before) and (
        before[-1] in COORDINATION or (before[-1] in words("determiners") and before[0] in COORDINATION)
    )


def _relative_right(draft: Draft) -> str | None:
    """``... 12 soldats qui ont été tués``, ``dont 120 déployés``."""
    sentence = draft.sentence
    for position in range(draft.noun_end, draft.noun_end + 4):
        if sentence.low(position) == "qui":
            return _predicate_right(draft)
        if not sentence.low(position) or sentence.low(position) in STOPS | words("prepositions"):
            return None
    return None


def _predicate_left(draft: Draft) -> str | None:
    """Read the verb, phrase or noun of action of which the noun phrase is the object."""
    sentence = draft.sentence
    position = draft.position - 1
    while sentence.low(position) in ("les", "ses", "ces", "leurs", "l'", "des", "le", "la"):
        if sentence.low(position) == "des":
            break
        position -= 1
    low = sentence.low(position)
    if low in ("de", "d'", "des"):
        return _action_noun(draft, position)
    if low in ("à", "aux"):
        for length in (4, 5):
            phrase = _phrase_at(sentence, position - length + 1, 1)
            if phrase:
                return phrase
        return None
    if low in words("prepositions"):
        return None
    return _governing_verb(draft, position)


def _governing_verb(draft: Draft, position: int) -> str | None:
    sentence = draft.sentence
    participles, finite = verb_forms()
    limit = max(-1, position - LEFT_REACH)
    crossed_comma = False
    while position > limit:
        item = sentence.items[position]
        low = item.low
        if low in STOPS or low in ("qui", "que", "qu'", "où", "dont") or (low in words("clause_breaks")):
            return None
        if item.figure is not None:
            other = sentence.draft_at(position)
            if other is not None and other.counts:
                return None
            position -= 1
            continue
        if low == ",":
            crossed_comma = True
        before = set(sentence.lows(position - 4, position))
        if low in finite and not _is_noun_here(sentence, position):
            return _verbs(finite, low, "object", draft)
        if low in participles and (not crossed_comma or _commas_pair(sentence, position, draft.position)):
            if before & {"été", "est", "sont", "était", "étaient", "fut", "furent"} and draft.position - position > 1:
                return None
            if (
                before & HAVE
                or before & BE
                or sentence.low(position - 1) in ("et", ",")
                or position == 0
                or _has_auxiliary(sentence, position)
            ):
                return _verbs(participles, low, "object", draft)
            if draft.position - position <= 2 and not sentence.low(position - 1).endswith("s"):
                return _verbs(participles, low, "object", draft)
            return None
        if low in BE or low in HAVE:
            return None
        position -= 1
    return None


def _is_noun_here(sentence: Sentence, position: int) -> bool:
    """``un bureau de vote``, ``la frappe``, ``maintenant``: a form that is no verb where it stands."""
    before = sentence.low(position - 1)
    if sentence.low(position) == "maintenant":
        return True
    if sentence.low(position).endswith(("ant", "er", "ir", "re", "oir")):
        return False
    return before in (
        "de",
        "d'",
        "la",
        "le",
        "une",
        "un",
        "cette",
        "ce",
        "sa",
        "son",
        "par",
        "des",
        "du",
        "chaque",
        "toute",
    )


def _has_auxiliary(sentence: Sentence, position: int) -> bool:
    """``a depuis quelques mois renforcé les contrôles et interpellé ...``: the auxiliary stands far to the left."""
    return sentence.low(position - 1) == "et" and bool(set(sentence.lows(position - 14, position)) & HAVE)


def _commas_pair(sentence: Sentence, first: int, last: int) -> bool:
    """``a arrêté, dans le cadre de l'enquête, trois employés``: two commas enclose an aside."""
    between = sentence.lows(first, last)
    return between.count(",") == 2 and between[1:2] == (",",) and between[-1] == ","


def _action_noun(draft: Draft, position: int) -> str | None:
    """``l'arrestation de 16 djihadistes``, ``la mort accidentelle d'au moins deux ouvriers``."""
    sentence = draft.sentence
    for step in (1, 2):
        low = sentence.low(position - step)
        if low in action_nouns():
            event, needs = action_nouns()[low]
            if not needs or _accepts(EventVerb(low, event, "object", needs), draft):
                return event
        if not re.match(r"\w+(?:elle|ive|ée|aire|ale|if|el|al|é|ante|ente|ieuse)s?$", low):
            return None
    return None


def _quasi_noun(sentence: Sentence, position: int) -> str | None:
    """Return the noun of *le nombre de morts*, left of a figure without noun."""
    for step in range(position - 1, max(-1, position - 20), -1):
        if sentence.low(step) in words("quasi_totals") and sentence.low(step + 1) in ("de", "d'", "des"):
            return sentence.low(step + 2)
    return None


def _share_predicates(sentence: Sentence) -> None:
    """Give coordinated figures the predicate of their neighbour: ``40 Israéliens, deux Américains ont perdu la vie``."""
    drafts = [draft for draft in sentence.drafts if draft.counts]
    for left, right in zip(drafts, drafts[1:], strict=False):
        if left.event and not right.event and not left.event_from_noun:
            if _joined(sentence, left, right) and (
                right.noun_missing or "event.object" in left.rules or "event.participle" not in left.rules
            ):
                right.event = left.event
                right.rules.append("event.shared")
    for right, left in zip(reversed(drafts), list(reversed(drafts))[1:], strict=False):
        if (
            right.event
            and not left.event
            and "event.subject" in right.rules
            and left.is_subject
            and _joined(sentence, left, right)
        ):
            left.event = right.event
            left.rules.append("event.subject")


def _joined(sentence: Sentence, left: Draft, right: Draft) -> bool:
    between = sentence.lows(left.noun_end, right.position)
    if not between or len(between) > 6:
        return False
    if any(low in STOPS for low in between):
        return False
    participles, finite = verb_forms()
    if any(low in BE or low in HAVE or low in finite or low in participles for low in between):
        return False
    return between[-1] in COORDINATION or (len(between) > 1 and between[-2] in COORDINATION)


def _has_own_verb(draft: Draft) -> bool:
    """``2 autres sont en fuite``: what is said of them is not what was said of the others."""
    position = draft.position + 1
    while draft.sentence.low(position) in words("before_noun"):
        position += 1
    return draft.sentence.low(position) in BE | HAVE


def inherit_events(sentence: Sentence) -> None:
    """Give a part the event of its whole, and *900 autres* that of those it follows, where they have none of their own."""
    for draft in sentence.drafts:
        if draft.event or not _may_have_event(draft):
            continue
        if "part.d-entre" in draft.rules and not draft.parent_event_holds:
            continue
        if draft.parent is not None and draft.parent.event:
            draft.event = draft.parent.event
            draft.rules.append("event.of-whole")
        elif draft.antecedent is not None and draft.antecedent.event and draft.antecedent.parent is not draft:
            same = draft.antecedent.sentence is sentence and not _has_own_verb(draft)
            if same or draft.antecedent.event_from_noun:
                draft.event = draft.antecedent.event
                draft.rules.append("event.of-antecedent")
