"""How far a figure is from a place name of its sentence: in words, clauses, and figures that stand nearer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.figures.places.acting import cost_of_actor, is_bare
from newsnlp.figures.places.asides import (
    ASIDE_STARTS,
    HARD,
    LIST_GAP,
    OPENING,
    is_in_source,
    is_of_another,
    is_of_meeting,
    tells_else,
)
from newsnlp.figures.places.background import Role, happenings
from newsnlp.figures.places.barred import is_speaking, is_wide, place_words
from newsnlp.figures.places.clauses import CLAUSE_COSTS, PLACE_FOLLOWS, WITH, clauses_between
from newsnlp.figures.places.counted import is_distance, is_of_now, is_scored
from newsnlp.figures.places.subjects import has_something, is_related, is_subject_of
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import auxiliaries, grammar, verb_forms
from newsnlp.records import FigureEvent, Kind

if TYPE_CHECKING:
    from newsnlp.figures.places.background import Standing
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

REACH_RIGHT = 45
REACH_LEFT = 28
REACH_OF_COUNT = 18
REACH_OF_AMOUNT = 12
"""How many words may stand between a figure and its place: of an event, of what is counted, of an amount."""
REACH_OF_SUBJECT = 8
WORDS_A_POINT = 6
OWN_PLACE = 3
ASIDE = 2
WAY = 3
WHERE_REACH = 4
NEVER = 99
LIMIT_OF_EVENT = 9
LIMIT_OF_COUNT = 6
LIMIT_OF_AMOUNT = 4
LIMIT_OF_KNOWN = 3
LIMIT_OF_RESULT = 1
ALONE = 5
"""How much dearer the only place may be, and twice as far (6 more of annotated news, none wrong)."""
LIST_WORDS = frozenset({"et", ",", "de", "ou", "à", "contre"})
JOINTS = frozenset({"et", "mais", "or", "tandis", "que", "qu'"})
TIMES = frozenset({"lorsque", "lorsqu'", "quand"})
OWN = frozenset({"ses", "sa", "son", "leurs"})
STRONG = frozenset({(",", "fort", "de"), (",", "forte", "de"), (",", "riche", "de")})
OWNING = frozenset({("et",), ("avec",), (",", "avec")})
AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.RATIO})
PLACELESS = frozenset({Kind.AGE, Kind.DURATION})
BESIDE_ONLY = frozenset({Kind.SCORE, Kind.RANK})


def cost_of(draft: Draft, place: Standing) -> int:
    """Return how far a place is from a figure; `NEVER` where it is out of its reach."""
    if is_beside(draft, place):
        return 0
    if is_in_source(draft, place.name.start) or place.listed or not place.role:
        return NEVER
    if place.role is Role.ACTOR:
        return cost_of_actor(draft, place)
    if _is_moved(draft, place) or is_of_meeting(draft, place):
        return NEVER
    if place.lead <= draft.position < place.first:
        return (
            0 if place.role > Role.OF_NOUN else _to_the_right(draft, place)
        )  # "dans deux villages de la commune de X"
    cost = _to_the_right(draft, place) if place.first > draft.position else _to_the_left(draft, place)
    if place.role is Role.RECORD:
        cost += WORDS_A_POINT
    elif draft.sentence.low(place.lead) == "entre":
        cost += WAY  # "À Paris, 3 000 manifestants entre Bastille et Nation": any other place is better
    return cost if cost <= limit_of(draft) + (ALONE if place.alone and is_of_now(draft) else 0) else NEVER


def _is_moved(draft: Draft, place: Standing) -> bool:
    """``avant d'être transportés à Sion``; not *hospitalisés à Sion*, nor what is sent: *a dépêché 8 avions à Sion*."""
    sentence, moved = draft.sentence, place_words("nouns", "moved")
    if draft.event == FigureEvent.HOSPITALISED or moved.isdisjoint(sentence.lows(place.lead - WHERE_REACH, place.lead)):
        return False
    sent = sentence.low(draft.position - 1) in moved and sentence.low(draft.position - 2) in grammar(
        "auxiliaries", "have"
    )
    return not (sent and draft.event not in HURT)


def limit_of(draft: Draft) -> int:
    """Return the dearest place that a figure takes."""
    if draft.kind in BESIDE_ONLY:
        return LIMIT_OF_RESULT
    if draft.kind in AMOUNTS:
        return LIMIT_OF_AMOUNT
    if draft.event:
        return LIMIT_OF_EVENT
    return LIMIT_OF_KNOWN if draft.sentence.low(draft.position - 1) in place_words("leads", "known") else LIMIT_OF_COUNT


def is_beside(draft: Draft, place: Standing) -> bool:
    """``le Jura (62 %)``, ``Le Tessin, avec 67 % de refus``, ``à Sfax, où 300 maisons …``: the place right before.

    ``à Noyal, à 7 km de la gare``, ``le parc d'Oléron, d'une puissance de 500 MW``.
    """
    sentence = draft.sentence
    if not 0 < draft.position - place.last <= WHERE_REACH * 2:
        return False
    between = sentence.lows(place.last + 1, draft.position)
    if between == ("(",) or (between == (",", "avec") and place.role) or between in STRONG:
        return True
    if between[-1:] and between[-1] in OWN and between[:-1] in OWNING and place.role and not _acts(draft):
        return True  # "La Suède et ses 10 millions d'habitants"
    if not between:
        return _is_gapped(draft, place)
    if between == ("à",) and place.role is Role.LOCATED and not is_wide(place.name.text) and is_distance(draft):
        return True  # "dans le village de Noyal à 7 km de la gare"
    if between[:1] in ((",",), ("(",)) and len(between) <= WHERE_REACH + 1 and between.count(",") <= 1:
        # "à Noyal, un village situé à 7 km de Pontivy"
        one = place_words("leads", "locative").isdisjoint(between[1:-1])
        if (one and is_distance(draft)) or between[1:3] == ("d'", "une"):
            return True
    named = place.role is not Role.RECORD or sentence.low(place.lead) in place_words("leads", "locative")
    relative = between[between[:1] == (",",) :]
    there = relative[:1] == ("où",) and (place.role or relative != between)  # not "face à Nice où les deux équipes …"
    has = not (place.listed or draft.event or draft.kind in BESIDE_ONLY) and is_related(sentence, place.first, relative)
    return bool(named and "," not in relative and (there or has))


def _is_gapped(draft: Draft, place: Standing) -> bool:
    """``L'Italie a accueilli 48 000 exilés, l'Espagne 27 000 et la Grèce 19 500``: a subject without its verb."""
    bare = place.role in (Role.SUBJECT, Role.ACTOR) and is_bare(draft, place)
    opens = draft.sentence.low(place.lead - 1) in (",", "et", ";")
    alike = draft.before is not None and draft.before.kind == draft.kind
    return bare and opens and alike and (draft.noun_missing or not draft.counts) and not is_scored(draft)


def _acts(draft: Draft) -> bool:
    return bool(draft.event) or (draft.counted or "") in place_words("nouns", "owners")  # "La Russie et ses 12 alliés"


def _reach(draft: Draft, side: int, place: Standing) -> int:
    reach = REACH_OF_AMOUNT if draft.kind in AMOUNTS else side if draft.event else REACH_OF_COUNT
    return reach * 2 if place.alone else reach


def _to_the_right(draft: Draft, place: Standing) -> int:
    sentence = draft.sentence
    start = max(draft.noun_end, draft.position + 1)
    between = sentence.lows(start, place.lead)
    reach = REACH_LEFT if draft.counts and is_wide(place.name.text) else _reach(draft, REACH_RIGHT, place)
    if not HARD.isdisjoint(between) or len(between) > reach or is_speaking(sentence, start, place.lead):
        return NEVER
    if is_distance(draft) and len(between) <= WHERE_REACH:
        return LIMIT_OF_AMOUNT  # "à 40 km au nord de Panguna": where it is, unless that has a name
    if place.role is Role.OF_NOUN:
        # "les habitants de Gao", "30 % des électeurs du Gard": of the noun itself, or of one beside it
        near = (
            not is_scored(draft)
            and draft.kind not in (Kind.MEASURE, Kind.MONEY)
            and place.lead <= start + (2 if draft.event else 1)
        )
        if draft.kind is Kind.MONEY and between[:1] == ("pour",) and len(between) <= LIST_GAP and "," not in between:
            return LIMIT_OF_AMOUNT  # "20 millions pour la rénovation du stade de Reims"
        return 1 if near else NEVER
    if _opens_clause(sentence, place):
        return NEVER
    if place.role is Role.SUBJECT:
        return 2 if _is_with(draft, between) else NEVER
    known = not draft.event and "," in between and sentence.low(draft.position - 1) in place_words("leads", "known")
    if known or place.role is Role.HEADLINE or sentence.low(place.lead - 1) in place_words("leads", "mostly"):
        return NEVER
    cost = len(between) // WORDS_A_POINT + clauses_between(between) + (between[-1:] == (",",))
    if (
        draft.event in HURT
        and cost < NEVER
        and not happenings().isdisjoint(sentence.lows(place.lead - WHERE_REACH, place.lead))
    ):
        cost = min(cost, LIMIT_OF_COUNT)  # "Un policier a été tué, …, lors d'un attentat perpétré à Paris"
    if _is_before_own_figure(draft, place):
        cost += WORDS_A_POINT
    return cost + _figures_between(draft, place)


def _is_with(draft: Draft, between: tuple[str, ...]) -> bool:
    """``Avec un taux de 4,5 %, le Burundi voit …``: what opens a sentence is told of its subject."""
    opened = draft.sentence.last_before(draft.position, WITH)
    alone = opened >= max(0, draft.position - REACH_OF_AMOUNT) and draft.sentence.low(opened - 1) in ("", ",")
    return (
        alone
        and between[-1:] == (",",)
        and between.count(",") == 1
        and draft.kind not in BESIDE_ONLY
        and not is_scored(draft)
    )


def _to_the_left(draft: Draft, place: Standing) -> int:
    sentence = draft.sentence
    distance = draft.position - place.last - 1
    quoted = sentence.low(draft.position - 1) == "selon"
    ranked = draft.kind is Kind.RANK and place.role is Role.SUBJECT and sentence.low(draft.position + 1) == "rang"
    won = place.role is Role.LOCATED and draft.kind is not Kind.RANK  # "À Nice, Lens s'est imposé 3-1"
    result = (draft.kind in BESIDE_ONLY and not ranked) or is_scored(draft)
    if quoted or (result and not won) or sentence.last_before(draft.position, HARD) > place.last:
        return NEVER
    if place.role is Role.HEADLINE:
        return min(LIMIT_OF_COUNT, limit_of(draft))
    opens = place.lead <= OPENING or _opens_clause(sentence, place)
    end = _end_of(place, sentence)
    opens = opens and sentence.low(end) == "," and place.role is Role.LOCATED
    away = is_distance(draft) and sentence.low(draft.position - 2) != ","
    if away or is_of_another(draft, place):
        return NEVER
    if distance > _reach_left(draft, place, end):
        return min(OPENING + 1, limit_of(draft)) if opens else NEVER  # "Ce mardi, au Luxembourg, …": of all after it
    between = sentence.lows(end, draft.position)
    words_apart, clauses = len(between) // WORDS_A_POINT, clauses_between(between)
    if place.role is Role.OF_NOUN:
        return _to_the_left_of_noun(draft, place, between)
    if place.role is Role.SUBJECT:
        # "Le Brésil arrive, fin 2014, au quatrième rang"
        cost = (LIMIT_OF_RESULT if clauses <= ASIDE else NEVER) if ranked else words_apart + clauses
        return cost - 2 * between.count(":") - 2 * (between[:2] in ((",", "où"), (",", "dont")))
    framed = place.lead == 0 or sentence.low(place.lead - 1) == ","
    if not framed and tells_else(draft, between, end):
        return NEVER
    cost = min(words_apart + clauses, OPENING, limit_of(draft)) if opens else words_apart + clauses
    if between[:1] == ("qui",) or between[:2] in ((",", "qui"), (",", "où"), (",", "dont")):
        cost -= 2
    elif between[:1] == (",",):
        cost -= 1  # "Au Niger, …", "à Gao, …": the phrase is set off
    told_after = sentence.low(place.lead - 2) in ("après", "depuis", "avant")
    return cost + (2 * told_after if place.role is Role.HAPPENING else 1)


def _reach_left(draft: Draft, place: Standing, end: int) -> int:
    if place.role is Role.SUBJECT:
        return REACH_LEFT
    reach = _reach(draft, REACH_LEFT, place)
    return max(reach, REACH_OF_COUNT) if draft.sentence.low(end) in ASIDE_STARTS else reach


def _end_of(place: Standing, sentence: Sentence) -> int:
    """Return what follows a place, past a bracket that says which one: *à Rungis (Val-de-Marne), …*."""
    end = place.last + 1
    if sentence.low(end) == "(" and sentence.is_capitalised(end + 1):
        closed = sentence.next_from(end, frozenset({")"}))
        if closed - end <= LIST_GAP:
            return closed + 1
    return end


def _to_the_left_of_noun(draft: Draft, place: Standing, between: tuple[str, ...]) -> int:
    """``Un immeuble de Sfax, qui a coûté la vie à dix locataires``, ``La population de Mayotte a gagné 4 %``."""
    sentence, clauses, distance = draft.sentence, clauses_between(between), len(between)
    stocks = place_words("nouns", "stocks")
    # "La production de pétrole de l'Iran a atteint 4 millions de barils"
    # "Le festival de Locarno a attiré 162 000 spectateurs"
    has = draft.counts and not draft.event and not is_scored(draft) and has_something(sentence, place.last + 1)
    sized = has or draft.kind in AMOUNTS or not stocks.isdisjoint(sentence.lows(place.lead - 2, place.lead + 1))
    told = draft.change is not None or distance == 0 or has_something(sentence, place.last + 1)
    owned = sized and told and is_subject_of(sentence, place.lead) and clauses <= 1
    told_of = between[:2] == (",", "qui") and clauses <= CLAUSE_COSTS[","] + CLAUSE_COSTS["qui"]
    near = draft.event and distance < REACH_OF_SUBJECT and (told_of or not clauses)
    return 2 if near or owned else NEVER


def _opens_clause(sentence: Sentence, place: Standing) -> bool:
    """``76 ont fermé et, dans la Creuse, où …``, ``mais à Sfax, …``: a phrase set off behind what joins two clauses."""
    before = place.lead - 1
    if sentence.low(before) == ",":
        return sentence.low(before - 1) in JOINTS
    return sentence.low(before) in JOINTS - {"et"} and sentence.low(place.last + 1) == ","


def _is_before_own_figure(draft: Draft, place: Standing) -> bool:
    """``En France, 12 morts, en Italie 5``: a place that a figure follows is that one's."""
    after = place.last + 1
    if draft.sentence.low(after) in (":", "(", ","):
        after += 1
    other = draft.sentence.draft_at(after)
    return (
        other is not None
        and other.counts is draft.counts
        and draft.sentence.low(place.lead - 1) in (",", "et", "ou", "puis")
    )


def _figures_between(draft: Draft, place: Standing) -> int:
    """Return what it costs that other figures stand nearer: nothing in a list, too much where the place is theirs."""
    last = draft
    sentence = draft.sentence
    drafts = sentence.drafts
    for other in drafts[sentence.drafts_from(draft.position + 1) : sentence.drafts_from(place.lead)]:
        alike = other.kind == draft.kind or {other.kind, draft.kind} <= AMOUNTS
        placed = sentence.low(other.noun_end) in PLACE_FOLLOWS or place.lead == other.noun_end
        placed = placed and sentence.lows(other.noun_end + 1, other.noun_end + 3) != ("un", "état")
        versus = sentence.lows(other.position - 2, other.position) == (",", "contre")
        if placed and (other.parent is draft or (versus and place.lead == other.noun_end)):
            return NEVER  # "131 en course, contre 154 au départ de Gap", "36 morts, dont vingt à Sfax"
        if not (other.counts or alike):
            continue
        alone = other.noun_missing or other.noun_end <= other.position + 1
        own = alone and place.first - other.position <= OWN_PLACE
        if other.lender is draft or own or _tells_on(draft, last, other):
            return NEVER  # "300 ha à Calenzana et 20 à Corte", "300 maisons ont été détruites, douze à Gabès"
        if other.parent is not None and other.parent in (draft, last):
            if placed:
                return NEVER  # "36 morts, dont vingt à Sfax"
            continue  # "une trentaine d'autres blessés, dont huit grièvement, dans l'attaque d'un camp à Ménaka"
        if draft.parent is other:
            last = other
            continue  # "128 morts sur 3 421 cas suspects au Cameroun"
        # "41 morts et 12 blessés à Lyon": one list, one place.
        between = sentence.lows(last.noun_end, other.position)
        listed = between[-1:] and (between[-1] in LIST_WORDS or _shares_subject(between))
        added = between[-1:] == ("et",) or between[-2:] == ("ainsi", "que")
        if draft.event and not TIMES.isdisjoint(between):
            continue  # "dix sont morts lorsque deux trains sont entrés en collision près de Bad Aibling"
        if not (listed or added) or (not added and (len(between) > LIST_GAP or "dont" in between)):
            return WORDS_A_POINT - 1
        last = other
    return 0


def _shares_subject(between: tuple[str, ...]) -> bool:
    """``a tué 12 hommes et blessé 30 autres``; not *a fléchi de 2 % et le cheptel a perdu 90 000 têtes*."""
    if "et" not in between or between[-1] not in verb_forms()[0]:
        return False
    return words("determiners").isdisjoint(between[between.index("et") :])


def _tells_on(draft: Draft, last: Draft, other: Draft) -> bool:
    """``300 000 ont fui et 70 000 se sont établis à Cox's Bazar``: whether another figure has a clause of its own."""
    between = draft.sentence.lows(last.noun_end, other.position)
    own = between[-1:] == ("et",) and bool(draft.event) and not other.event
    return own and not auxiliaries().isdisjoint(between)
