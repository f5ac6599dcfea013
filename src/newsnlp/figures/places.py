"""The place a figure is about: a bare toponym of its sentence, by attachment, the narrowest where several agree."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import verb_forms
from newsnlp.lexicons import load_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsnlp.figures.items import Draft, Sentence
    from newsnlp.records import Mention

IN = frozenset(
    {
        "à",
        "en",
        "au",
        "aux",
        "dans",
        "sur",
        "près",
        "de",
        "d'",
        "du",
        "des",
        "vers",
        "depuis",
        "contre",
        "la",
        "le",
        "l'",
        "les",
    }
)
LOCATIVE = frozenset(
    {"à", "en", "au", "aux", "dans", "vers", "sur", "depuis", "contre", "près", "large", "sud", "nord", "est", "ouest"}
)
NEAR = 9
LIST_GAP = 7


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name of a sentence, by the items it covers."""

    first: int
    last: int
    start: int
    text: str


def toponyms(sentence: Sentence, mentions: Sequence[Mention]) -> list[Toponym]:
    """Return the place names of a sentence, from its mentions or, where there are none at all, from its prepositions."""
    found = []
    for mention in mentions:
        if mention.label != "LOC" or not sentence.start <= mention.start < sentence.end:
            continue
        covered = [
            i for i, item in enumerate(sentence.items) if item.start >= mention.start and item.end <= mention.end
        ]
        if covered:
            found.append(Toponym(covered[0], covered[-1], mention.start, mention.text))
    return found


@functools.cache
def _name_after_preposition() -> re.Pattern[str]:
    name = r"[A-ZÀÂÇÉÈÊËÎÏÔÖÙÛÜ][\w'’-]+"
    return re.compile(rf"(?<!\w)(?:à|en|au|aux|près\sde)\s(?:la\s|l['’])?({name}(?:\s{name})*)")


def guess_toponyms(sentence: Sentence, text: str, mentions: Sequence[Mention] = ()) -> list[Toponym]:
    """Return capitalised names after *à*, *en*, *au*, *aux*: what is left to do without any mention."""
    found = []
    for match in _name_after_preposition().finditer(text, sentence.start, sentence.end):
        if any(mention.start < match.end(1) and match.start(1) < mention.end for mention in mentions):
            continue
        covered = [
            i for i, item in enumerate(sentence.items) if item.start >= match.start(1) and item.end <= match.end(1)
        ]
        if covered:
            found.append(Toponym(covered[0], covered[-1], match.start(1), match[1]))
    return found


@functools.cache
def _countries() -> frozenset[str]:
    columns = ("surface", "country", "kind", "rank", "canonical")
    rows = load_csv("places_countries.csv", columns=columns, key=("surface", "country"), required=("surface",))
    return frozenset(row["surface"] for row in rows)


def headline_country(sentence: Sentence) -> list[Toponym]:
    """Return the country that a headline opens with: ``Colombie : 71 morts``."""
    for size in (1, 2, 3, 4):
        if sentence.low(size) == ":":
            first, last = sentence.items[0], sentence.items[size - 1]
            text = " ".join(item.text for item in sentence.items[:size])
            plain = text.replace("' ", "'")
            return (
                [Toponym(0, size - 1, first.start, plain)] if plain in _countries() and last.end > first.start else []
            )
    return []


def find_places(sentence: Sentence, names: Sequence[Toponym]) -> None:
    """Set `place` on the figures of one sentence."""
    if not names:
        return
    for draft in sentence.drafts:
        if not (draft.counts or draft.kind in ("measure", "percent")):
            continue
        chosen = (
            _attached(draft, names)
            or _opening(draft, names)
            or (_in_clause(draft, names) or _of_subject(draft, names) if draft.event else None)
        )
        if chosen is not None:
            chosen = _narrowest(draft, chosen, names)
            draft.place, draft.place_start = chosen.text, chosen.start
            draft.rules.append("place")
    _share_places(sentence)


def _narrowest(draft: Draft, chosen: Toponym, names: Sequence[Toponym]) -> Toponym:
    """``à Kaboul, la capitale de l'Afghanistan``, ``à Jérusalem, en Israël``: the first of such a chain."""
    for name in names:
        between = draft.sentence.lows(name.last + 1, chosen.first)
        if name.last < chosen.first and between[:1] == (",",) and len(between) <= 5 and "#" not in between:
            if between[-1] in ("en", "au", "aux", "de", "d'", "l'", "la", "du") and between.count(",") == 1:
                return name
    return chosen


def _share_places(sentence: Sentence) -> None:
    """``a tué 25 personnes à Kaboul et en a blessé 49``: one event, one place."""
    for left, right in zip(sentence.drafts, sentence.drafts[1:], strict=False):
        between = sentence.lows(left.position, right.position)
        if left.place and not right.place and left.event and right.event and ";" not in between and right.counts:
            right.place, right.place_start = left.place, left.place_start
            right.rules.append("place.shared")


def _usable(draft: Draft, name: Toponym) -> bool:
    """Leave out a name that is no place of the figure: *de la Russie*, *selon Washington*, the one that acts."""
    before = draft.sentence.lows(name.first - 2, name.first)
    return "selon" not in before


def _attached(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """The next place after the noun, before another figure or clause."""
    sentence = draft.sentence
    reach = NEAR + 8 if draft.event else NEAR - 3
    for name in names:
        if not draft.position < name.first <= draft.noun_end + reach or not _usable(draft, name):
            continue
        between = sentence.lows(draft.noun_end, name.first)
        if any(low in (";", ":", "selon", "que", "d'après") for low in between):
            return None
        if _other_figure_between(draft, name):
            return None
        if draft.event:
            if not between or (between[-1] == "contre" and draft.event != "attacked"):
                continue
            if (between[-1] in IN or between[-1] == "(" or _is_left(between[-1])) and not _is_complement(
                sentence, name
            ):
                return name
            continue
        if draft.kind == "measure":
            if (
                between
                and between[-1] in ("à", "en", "au", "aux")
                or between[-2:] in (("dans", "le"), ("dans", "la"), ("dans", "l'"), ("dans", "les"))
            ):
                return name
            return None
        if between and between[-1] in LOCATIVE | {"la", "l'", "le", "les", "du", "d'", "de"} and "," not in between:
            return name
        return None
    return None


def _is_left(low: str) -> bool:
    """A verb whose object is the place that people leave: *fui Khartoum*."""
    return any(verb.event == "displaced" for table in verb_forms() for verb in table.get(low, ()))


def _other_figure_between(draft: Draft, name: Toponym) -> bool:
    """Another counted figure with its own noun stands between: the place is its."""
    sentence = draft.sentence
    for other in sentence.drafts:
        if draft.position < other.position < name.first and other.counts:
            # "41 morts et 12 blessés à Lyon": one list, one place.
            between = sentence.lows(draft.noun_end, other.position)
            listed = between[-1:] and between[-1] in ("et", ",", "de", "ou", "à")
            verbs = "et" in between and between[-1] in verb_forms()[0]
            if len(between) > LIST_GAP or not between or "dont" in between or not (listed or verbs):
                return True
    return False


def _is_complement(sentence: Sentence, name: Toponym) -> bool:
    """``l'armée de la Russie``, ``le président du Mali``: the name belongs to a noun of persons."""
    before = sentence.low(name.first - 1)
    return before in ("de", "d'", "du") and sentence.low(name.first - 2) in (
        "président",
        "roi",
        "ministre",
        "gouvernement",
        "armée",
        "police",
        "autorités",
        "ambassadeur",
    )


def _opening(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """``Colombie : 71 morts``, ``En Bretagne, 30 000 foyers``."""
    sentence = draft.sentence
    heads = [name for name in names if name.first <= 2 and name.last < draft.position]
    if not heads:
        return None
    head = heads[0]
    after = sentence.low(head.last + 1)
    if after == ":" and head.first == 0 and (draft.event or draft.counts or draft.kind == "measure"):
        inside = (
            [name for name in names if name.first > head.last and name.last < draft.position] if draft.event else []
        )
        located = [
            name
            for name in inside
            if sentence.low(name.first - 1) in LOCATIVE or sentence.low(name.first - 2) in LOCATIVE
        ]
        return located[-1] if located else head
    if (
        head.first >= 1
        and sentence.low(0) in ("à", "en", "au", "aux", "dans", "sur")
        and after in (",", "(", "et")
        and draft.event
    ):
        return head
    if (
        head.first >= 1
        and sentence.low(0) in ("à", "en", "au", "aux")
        and after == ","
        and draft.position - head.last < 12
    ):
        return head
    return None


def _in_clause(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """The nearest place before the figure that stands in a locative phrase of the same clause."""
    sentence = draft.sentence
    for name in reversed(names):
        if name.last >= draft.position or not _usable(draft, name):
            continue
        between = sentence.lows(name.last + 1, draft.position)
        if ";" in between or draft.position - name.last > 25:
            return None
        before = sentence.lows(name.first - 6, name.first)
        if "kilomètres" in before or "km" in before or "#" in before:
            continue
        if set(before) & LOCATIVE:
            return name
    return None


def _of_subject(draft: Draft, names: Sequence[Toponym]) -> Toponym | None:
    """``Les gendarmes de Bar-le-Duc ont interpellé quatre ...``: the place that belongs to the subject."""
    sentence = draft.sentence
    for name in reversed(names):
        between = sentence.lows(name.last + 1, draft.position)
        if (
            name.last < draft.position
            and len(between) < 8
            and not {",", ";", ":", "que", "qu'", "selon"} & set(between)
        ):
            if sentence.low(name.first - 1) in ("de", "d'") and not _is_complement(sentence, name):
                return name
    return None


def loc_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of places, in order."""
    return sorted((mention for mention in mentions if mention.label == "LOC"), key=lambda mention: mention.start)
