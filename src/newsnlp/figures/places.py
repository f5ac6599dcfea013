"""The place a figure is about: a bare toponym of its sentence, by attachment, the narrowest where several agree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.words import grammar, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.figures.toponyms import Toponym
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

# How many words may stand between a figure and its place.
REACH_OF_EVENT = 17
REACH_OF_COUNT = 6
REACH_LEFT = 25
REACH_OF_OPENING = 12
REACH_OF_SUBJECT = 8
LIST_GAP = 7
WHERE_REACH = 4
OWN_PLACE = 3
CHAIN_GAP = 5
OPENING_PREPOSITIONS = frozenset({"à", "en", "au", "aux"})
PLACE_FOLLOWS = OPENING_PREPOSITIONS | {"dans", "sur", "près"}
INSIDE = frozenset({("dans", "le"), ("dans", "la"), ("dans", "l'"), ("dans", "les")})
CHAIN_ENDS = frozenset({"en", "au", "aux", "de", "d'", "l'", "la", "du"})
OF = frozenset({"la", "l'", "le", "les", "du", "d'", "de"})
BREAKS_RIGHT = frozenset({";", ":", "selon", "que", "d'après"})
BREAKS_LEFT = frozenset({",", ";", ":", "que", "qu'", "selon"})


class _Names:
    """The usable place names of a sentence, in order, and which of them a rule may have to look far for."""

    def __init__(self, sentence: Sentence, names: Sequence[Toponym]) -> None:
        locative = grammar("places", "locative")
        self.all = [name for name in names if "selon" not in sentence.lows(name.first - 2, name.first)]
        self.heads = [name for name in self.all if name.first == 0]
        self.openers = [name for name in self.all if 1 <= name.first <= len(("dans", "le"))]
        self.located = [name for name in self.all if not locative.isdisjoint(sentence.lows(name.first - 2, name.first))]
        # How far the names up to each one reach: mentions of others may overlap.
        self._reach = list(accumulate((name.last for name in self.all), max))

    def between(self, first: int, last: int) -> list[Toponym]:
        """Return the names that end at or after one position and begin at or before another."""
        start = bisect_left(self._reach, first)
        return self.all[start : bisect_right(self.all, last, key=lambda name: name.first)]


def find_places(sentence: Sentence, names: Sequence[Toponym], kicker: tuple[str, int] | None = None) -> None:
    """Set `place` on the figures of one sentence; `kicker` is a place that stands alone before a headline."""
    if not names and kicker is None:
        return
    usable = _Names(sentence, names)
    for draft in sentence.drafts:
        if draft.counts or draft.kind in ("measure", "percent"):
            chosen = _place_of(draft, usable)
            if chosen is None and kicker is not None and draft.counts:
                draft.place, draft.place_start = kicker
                draft.because("place.kicker")
            if chosen is not None:
                chosen = _narrowest(sentence, chosen, usable)
                draft.place, draft.place_start = chosen.text, chosen.start
                draft.because("place")
    _share_places(sentence)


def _in_source(draft: Draft, name: Toponym) -> bool:
    """``a précisé la gendarmerie de Neufchâteau``: the place belongs to the source."""
    beside = draft.source_by in (SourceBy.INCISE, SourceBy.SELON)
    if draft.source is None or draft.source_start is None or not beside:
        return False
    return draft.source_start <= name.start < draft.source_start + len(draft.source)


def _beside(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """``le Jura (62 %)``, ``Le Tessin, avec 67 % de refus``, ``à Sfax, où 300 maisons …``: the place right before."""
    sentence, position = draft.sentence, draft.position
    for name in names:
        between = sentence.lows(name.last + 1, position)
        if between in (("(",), (",", "avec")) or (between[:2] == (",", "où") and len(between) <= WHERE_REACH):
            return name
    return None


def _place_of(draft: Draft, usable: _Names) -> Toponym | None:
    near = usable.between(draft.position - REACH_LEFT, draft.noun_end + REACH_OF_EVENT)
    names = [name for name in near if not _in_source(draft, name)]
    chosen = _beside(draft, names) or _attached(draft, names) or _headline(draft, usable) or _opening(draft, usable)
    if chosen is None and draft.event:
        chosen = _in_clause(draft, names) or _of_subject(draft, names)
    return chosen


def _before(draft: Draft, names: Iterable[Toponym]) -> Toponym | None:
    """Return the first of some names that ends before a figure and belongs to no source."""
    return next((name for name in names if name.last < draft.position and not _in_source(draft, name)), None)


def _attached(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """Return the next place after the noun, before another figure or clause."""
    reach = draft.noun_end + (REACH_OF_EVENT if draft.event else REACH_OF_COUNT)
    for name in names:
        if not draft.position < name.first <= reach:
            continue
        between = draft.sentence.lows(draft.noun_end, name.first)
        if BREAKS_RIGHT & set(between) or _other_figure_between(draft, name):
            return None
        if draft.event:
            if _is_place_of_event(draft, name, between):
                return name
            continue
        return name if _is_place_of_count(draft, between) else None
    return None


def _is_place_of_event(draft: Draft, name: Toponym, between: tuple[str, ...]) -> bool:
    if not between or (between[-1] == "contre" and draft.event != "attacked"):
        return False
    if draft.sentence.low(name.last + 1) in ("de", "d'") and draft.sentence.low(name.last + 2).endswith(("er", "ir")):
        return False  # "qui a permis à Israël de libérer"
    leads = between[-1] in grammar("places", "before_name") or between[-1] == "(" or _is_left(between[-1])
    return leads and not _belongs_to_person(draft.sentence, name)


def _is_place_of_count(draft: Draft, between: tuple[str, ...]) -> bool:
    if not between:
        return False
    if draft.kind == "measure":
        return between[-1] in OPENING_PREPOSITIONS or between[-2:] in INSIDE
    return "," not in between and between[-1] in grammar("places", "locative") | OF


def _is_left(low: str) -> bool:
    """Whether a verb has the place as its object that people leave: *fui Khartoum*."""
    return any(verb.event == "displaced" for table in verb_forms() for verb in table.get(low, ()))


def _belongs_to_person(sentence: Sentence, name: Toponym) -> bool:
    """``l'armée de la Russie``, ``le président du Mali``."""
    owner = sentence.low(name.first - 2)
    return sentence.low(name.first - 1) in ("de", "d'", "du") and owner in grammar("places", "belongs_to")


def _other_figure_between(draft: Draft, name: Toponym) -> bool:
    """Whether another count stands between and is no neighbour in a list: the place is its."""
    last = draft
    drafts = draft.sentence.drafts
    for other in drafts[draft.sentence.drafts_from(draft.position + 1) : draft.sentence.drafts_from(name.first)]:
        if not (other.counts or other.kind == draft.kind):
            continue
        placed = draft.sentence.low(other.noun_end) in PLACE_FOLLOWS
        if other.lender is draft or (other.noun_missing and name.first - other.position <= OWN_PLACE):
            return True  # "300 ha à Calenzana et 20 à Corte", "300 maisons ont été détruites, douze à Gabès"
        if other.parent in (draft, last) and other.parent is not None and not placed:
            continue  # "une trentaine d'autres blessés, dont huit grièvement, dans l'attaque d'un camp à Ménaka"
        # "41 morts et 12 blessés à Lyon": one list, one place.
        between = draft.sentence.lows(last.noun_end, other.position)
        if not between or len(between) > LIST_GAP or "dont" in between:
            return True
        shared_verb = "et" in between and between[-1] in verb_forms()[0]
        if between[-1] not in ("et", ",", "de", "ou", "à") and not shared_verb:
            return True
        last = other
    return False


def _headline(draft: Draft, names: _Names) -> Toponym | None:
    """``Colombie : 71 morts``; of an event, a narrower place before it: ``Irak : un attentat à Mossoul fait …``."""
    head = _before(draft, names.heads)
    if head is None or draft.sentence.low(head.last + 1) != ":":
        return None
    if draft.event:
        number = bisect_left(names.located, draft.position, key=lambda name: name.first)
        return _before(draft, (names.located[step] for step in range(number - 1, -1, -1))) or head
    return head if draft.counts or draft.kind == "measure" else None


def _opening(draft: Draft, names: _Names) -> Toponym | None:
    """``En Bretagne, 30 000 foyers``, ``Dans le Var (sud-est), …``."""
    sentence = draft.sentence
    head = _before(draft, names.openers)
    if head is None:
        return None
    after, first = sentence.low(head.last + 1), sentence.low(0)
    if draft.event:
        return head if first in OPENING_PREPOSITIONS | {"dans", "sur"} and after in (",", "(", "et") else None
    near = draft.position - head.last < REACH_OF_OPENING
    return head if first in OPENING_PREPOSITIONS and after == "," and near else None


def _in_clause(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """Return the nearest place before the figure that stands in a locative phrase of the same clause."""
    sentence = draft.sentence
    for name in reversed(names):
        if name.last >= draft.position:
            continue
        if {";", "."} & set(sentence.lows(name.last + 1, draft.position)) or draft.position - name.last > REACH_LEFT:
            return None
        before = set(sentence.lows(name.first - 6, name.first))
        if _belongs_to_person(sentence, name):
            continue
        if not before & {"kilomètres", "km", "#"} and before & grammar("places", "locative"):
            return name
    return None


def _of_subject(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """Return the place that belongs to the subject: *Les gendarmes de Bar-le-Duc ont interpellé quatre …*."""
    sentence = draft.sentence
    for name in reversed(names):
        between = sentence.lows(name.last + 1, draft.position)
        if name.last >= draft.position or len(between) >= REACH_OF_SUBJECT or BREAKS_LEFT & set(between):
            continue
        if sentence.low(name.first - 1) in ("de", "d'") and not _belongs_to_person(sentence, name):
            return name
    return None


def _narrowest(sentence: Sentence, chosen: Toponym, names: _Names) -> Toponym:
    """``à Kaboul, la capitale de l'Afghanistan``, ``à Jérusalem, en Israël``: the first of such a chain."""
    for name in names.between(chosen.first - CHAIN_GAP - 1, chosen.first):
        between = sentence.lows(name.last + 1, chosen.first)
        if between == ("(",) and name.last < chosen.first:
            return name  # "à Marseille (France)"
        if name.last >= chosen.first or not 1 < len(between) <= CHAIN_GAP or "#" in between:
            continue
        if between[0] == "," and between.count(",") == 1 and between[-1] in CHAIN_ENDS:
            return name
    return chosen


def _share_from_parts(sentence: Sentence) -> None:
    """``17 soldats tués et 30 blessés, dont huit grièvement, dans une attaque à Ménaka``: the place of all three."""
    given: Draft | None = None
    for part, whole in pairwise(reversed(sentence.drafts)):
        if whole.place or not part.place or not whole.event or whole.kind != part.kind:
            continue
        between = sentence.lows(whole.noun_end, part.position)
        aside = part.parent is whole and sentence.low(part.noun_end) not in PLACE_FOLLOWS
        listed = part is given and between[-1:] == ("et",) and len(between) <= LIST_GAP
        if aside or listed:
            given = whole
            whole.place, whole.place_start = part.place, part.place_start
            whole.because("place.of-part")


def _share_places(sentence: Sentence) -> None:
    """``a tué 25 personnes à Kaboul et en a blessé 49``: one event, one place."""
    _share_from_parts(sentence)
    for left, right in pairwise(sentence.drafts):
        if left.place and not right.place and left.event and right.event and right.counts:
            part_alone = left.parent is not None and right.parent is not left.parent
            if part_alone or ";" in sentence.lows(left.position, right.position):
                continue
            right.place, right.place_start = left.place, left.place_start
            right.because("place.shared")
