"""Who is counted: the noun beside the number, or the one that *900 autres*, *dont un grièvement* leave out."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.figures.events.nouns import share_of_votes
from newsnlp.grammar.drafts import NounBy, PartBy
from newsnlp.grammar.items import split_words
from newsnlp.grammar.nouns import CLITICS, find_noun, noun_classes, words
from newsnlp.grammar.words import auxiliaries, context_words, grammar, verb_forms
from newsnlp.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence

FORWARD = frozenset({"à", "puis", "ou", "voire", "et", ",", "contre", "sur", "des", "les", "de"})
CELL_BARS = 2
FORWARD_REACH = 4
NUMBER_REACH = 20
SHORTEST_NOUN = 4
LONGEST_NAME = 4
SAME_SHARE = 2
"""How far apart two readings of one share may lie, in points: *un tiers (34 %)*."""
AT = frozenset({"chez", "parmi"})
ASKED = frozenset({"auprès", "de", "parmi", "sur"})
ARTICLES = frozenset({"le", "la", "les"})
INFINITIVES = ("er", "ir", "re", "oir")
ADVERB_ENDINGS = ("ement", "ément", "amment", "emment", "ouvent")
THEY_WERE = frozenset({("ils", "étaient"), ("elles", "étaient"), ("ils", "sont"), ("elles", "sont"), ("nombre", "de")})


def find_counted(sentence: Sentence) -> None:
    """Set `counted` on the figures of one sentence that have their noun beside them, and where its phrase ends."""
    for draft in sentence.drafts:
        noun = find_noun(draft)
        draft.noun_end, draft.counted, draft.noun_left_out = noun.end, noun.counted, noun.left_out
        if noun.by is not None:
            _by(draft, noun.by)


def _by(draft: Draft, by: NounBy) -> None:
    draft.noun_by = by
    draft.because(by)


def resolve_missing(sentence: Sentence, previous: Sequence[Draft]) -> None:
    """Set `counted` and `antecedent` on the figures of one sentence that stand without their noun."""
    if sentence.text.count("|") >= CELL_BARS:
        return  # A row of a table: the head of the column has the noun.
    for draft in sentence.drafts:
        if draft.has_unit_of_another:
            draft.counted = None  # "50 milliards d'euros, dont 33 milliards de prêts"
    # The last figure with a noun, by kind; a number tells which of two is the later one.
    earlier = enumerate(previous, -len(previous))
    last = {draft.kind: (number, draft) for number, draft in earlier if _leads(draft)}
    for number, draft in enumerate(sentence.drafts):
        if draft.kind == "percent" and (draft.counted is None or _is_kind_of_whole(draft)):
            _ = _from_next(draft) or _from_whole(draft) or _from_votes(draft, last) or _from_population(draft, last)
        if draft.noun_missing and draft.counted is None:
            _ = (
                _from_whole(draft)
                or _from_them(draft)
                or _from_vote(draft)
                or _from_next(draft)
                or _from_number_after(draft)
                or _from_number_of(draft)
                or _from_heading(draft)
                or _from_singular(draft, last)
                or (_wants_plural_noun(draft, last) and _from_plural_noun(draft))
                or _from_previous(draft, last)
                or (draft.counts and _from_plural_noun(draft))
            )
        if _leads(draft):
            last[draft.kind] = (number, draft)


def _leads(draft: Draft) -> bool:
    """Whether others may be counted like it: *(9/17 dont 3 penalties)* does not tell what the next *(4/8)* counts."""
    return draft.counted is not None and (draft.parent is None or draft.parent.kind != "ratio")


def _take(draft: Draft, other: Draft, by: NounBy) -> bool:
    draft.counted = other.counted
    draft.antecedent = other
    _by(draft, by)
    return True


def _name(draft: Draft, noun: str, by: NounBy) -> bool:
    draft.counted = noun
    _by(draft, by)
    return True


def _from_whole(draft: Draft) -> bool:
    whole = draft.parent
    return whole is not None and whole.counted is not None and _take(draft, whole, NounBy.OF_WHOLE)


def _is_kind_of_whole(draft: Draft) -> bool:
    """``400 facteurs, dont 30 % de femmes``: of the postmen, who are shared; *dont 30 % des femmes* shares women."""
    whole, after = draft.parent, draft.sentence.low(draft.position + 1)
    return draft.part_by is PartBy.DONT and after in ("de", "d'") and whole is not None and whole.counts


def _from_votes(draft: Draft, last: Mapping[Kind, tuple[int, Draft]]) -> bool:
    """``24 % des voix, devant Paul Petit (19 %)``: a share of the same votes."""
    _, other = last.get(draft.kind, (0, None))
    if other is None or (other.counted or "").lower() not in noun_classes()["votes"]:
        return False
    is_vote = share_of_votes(draft) and not draft.sentence.says(context_words("vote", "turnout"))
    return (is_vote or _is_result_line(draft)) and _take(draft, other, NounBy.PREVIOUS)


def _is_result_line(draft: Draft) -> bool:
    """``Marie Durand 21,43 %``: a name and its share alone in a line."""
    sentence, position = draft.sentence, draft.position
    alone = sentence.is_capitalised(0) and 0 < position <= LONGEST_NAME and position + 1 >= len(sentence.words)
    return alone and all(sentence.is_capitalised(step) for step in range(position))


def _from_them(draft: Draft) -> bool:
    """``un groupe de marins, tuant quatre d'entre eux``: nobody has counted them, but they are named."""
    sentence = draft.sentence
    if sentence.lows(draft.position + 1, draft.position + 3) != ("d'", "entre"):
        return False
    position, noun = _plural_noun_before(draft)
    of_group = sentence.low(position - 1) in ("de", "d'")
    if noun and of_group and sentence.low(position - 3) not in words("determiners"):
        return False  # "faute de moyens pour 60 % d'entre eux"
    return _from_plural_noun(draft)


def _from_population(draft: Draft, last: Mapping[Kind, tuple[int, Draft]]) -> bool:
    """``60 % des sondés approuvent, 38 % refusent``: a share of the population shared last, where it has a verb."""
    sentence, position = draft.sentence, draft.position
    if _from_them(draft):
        return True
    if sentence.low(position - 1) == "(" and draft.before is not None:
        told = draft.before
        return told.noun_end == position - 1 and _is_about(told, draft) and _take(draft, told, NounBy.PREVIOUS)
    they_are = sentence.lows(position - 2, position) in THEY_WERE
    if sentence.low(position - 1) in grammar("ellipsis", "plural_copulas") and _to_do(draft):
        return _from_plural_noun(draft)  # "Les Français sont 56 % à approuver"
    if (they_are or _has_plural_verb(draft)) and sentence.low(0) in AT and sentence.low(1) in ARTICLES:
        return _name(draft, sentence.texts[2], NounBy.PLURAL_BEFORE)  # "Chez les jeunes, 30 % disent fumer"
    _, other = last.get(draft.kind, (0, None))
    if other is None or other.unit != draft.unit:
        asked = draft.count_before
        if asked is not None and _has_plural_verb(draft) and sentence.low(asked.position - 1) in ASKED:
            return _take(draft, asked, NounBy.PREVIOUS)  # "menée auprès de 2 500 lycéens, montre que 12 % fument"
        return they_are and _from_plural_noun(draft)
    here = other.sentence is sentence
    is_rest = here and (sentence.low(position - 1) == "contre" or _to_do(draft) or _gapped(other, draft))
    return (they_are or is_rest or _has_plural_verb(draft)) and _take(draft, other, NounBy.PREVIOUS)


def _to_do(draft: Draft) -> bool:
    """``56 % à approuver``, ``38 % à la rejeter``: what those shared do."""
    sentence, verb = draft.sentence, draft.position + 2
    while sentence.low(verb) in CLITICS or sentence.low(verb) in ARTICLES:
        verb += 1
    is_infinitive = sentence.low(verb).endswith(INFINITIVES) and not sentence.is_capitalised(verb)
    return sentence.low(draft.position + 1) == "à" and is_infinitive


def _gapped(first: Draft, second: Draft) -> bool:
    """``30 % des postes en ville, 12 % en banlieue``, ``30 % de grévistes, la direction 12 %``: without its verb."""
    sentence, position = second.sentence, second.position
    after = sentence.low(position + 1)
    ends = not after[:1].isalpha() or after in words("prepositions") - {"de", "d'"}
    between = sentence.lows(max(first.noun_end, position - LONGEST_NAME), position)
    if not ends or ("," not in between and "et" not in between):
        return False
    said = between[len(between) - (*reversed(between), ",").index(",") :]
    verbs = verb_forms()[1].keys() | auxiliaries() | words("prepositions")
    return verbs.isdisjoint(said) and len(said) < LONGEST_NAME


def _has_plural_verb(draft: Draft) -> bool:
    """``38 % le refusent``, ``2 % ne se prononcent pas``: right after the number, past its pronouns."""
    sentence, verb = draft.sentence, draft.position + 1
    while sentence.low(verb) in CLITICS or sentence.low(verb) in ARTICLES:
        verb += 1
    low = sentence.low(verb)
    return low in auxiliaries() or (low.endswith("ent") and not low.endswith(ADVERB_ENDINGS))


def _is_about(first: Draft, second: Draft) -> bool:
    """Whether two shares are one, told twice: *un quart des sondés (25 %)*."""
    if first.kind not in ("percent", "ratio") or first.value is None or second.value is None:
        return False
    return abs(first.value * (100 if first.kind == "ratio" else 1) - second.value) <= SAME_SHARE


def _from_heading(draft: Draft) -> bool:
    """``Le pays fait peu de tests : 3 000 par jour``: the noun right before the colon."""
    sentence, noun = draft.sentence, draft.position - 2
    if sentence.low(draft.position - 1) != ":" or not _is_plural_noun(sentence.low(noun)):
        return False
    determined = noun == 0 or sentence.low(noun - 1) in grammar("ellipsis", "plural_determiners")
    if not determined or (noun and sentence.is_capitalised(noun)) or sentence.low(noun - 2) == "selon":
        return False
    return _name(draft, sentence.texts[noun], NounBy.PLURAL_BEFORE)


def _from_singular(draft: Draft, last: Mapping[Kind, tuple[int, Draft]]) -> bool:
    """``Cette attaque intervient au lendemain de deux autres``: others of the one that the sentence is about."""
    sentence = draft.sentence
    _, other = last.get(draft.kind, (0, None))
    if sentence.low(draft.position + 1) != "autres" or (other is not None and other.sentence is sentence):
        return False
    noun = 1 + (sentence.low(1) in words("before_noun"))
    if sentence.low(0) not in grammar("ellipsis", "singular_determiners") or not sentence.is_word(noun):
        return False
    if sentence.low(noun) in grammar("parts", "most"):
        return False  # "La plupart ont gagné Tawila ; 8 000 autres …"
    return _name(draft, sentence.texts[noun], NounBy.PLURAL_BEFORE)


def _from_vote(draft: Draft) -> bool:
    """``par 26 voix contre 3 et 4 abstentions``, ``28 voix pour, 5 contre``: votes, too."""
    votes, beside = draft.before, {draft.sentence.low(draft.position - 1), draft.sentence.low(draft.position + 1)}
    if "contre" not in beside or votes is None:
        return False
    return votes.counted is not None and votes.counts and _take(draft, votes, NounBy.CONTRE)


def _from_next(draft: Draft) -> bool:
    """``est passé de 16 à 21 morts``, ``avec 18 et 6 % des voix``: the next figure has the noun."""
    for step in range(draft.position + 1, draft.position + 1 + FORWARD_REACH):
        other = draft.sentence.draft_at(step)
        if other is not None:
            if other.noun_missing and other.counted is None and other.kind == draft.kind:
                _from_number_after(other)  # "de 7 à 3 le nombre de tranches"
            same = other.kind == draft.kind and other.counted is not None
            return same and _take(draft, other, NounBy.NEXT)
        if draft.sentence.low(step) not in FORWARD:
            return False
    return False


def _from_number_of(draft: Draft) -> bool:
    """``le nombre de morts s'élève à 1 034``; ``Le nombre de blessés a augmenté. Il s'élève à 262``."""
    sentence = draft.sentence
    here = sentence.lows(draft.position - NUMBER_REACH, draft.position)
    noun = _after_number_of(here[:-1])
    if noun is None and set(here[-6:]) & grammar("ellipsis", "pointing"):
        noun = sentence.remember("number of before", lambda: _after_number_of(split_words(sentence.preceding)))
    return noun is not None and _name(draft, noun, NounBy.NUMBER_OF)


def _from_number_after(draft: Draft) -> bool:
    """``portant à 44 le nombre de soldats tués``."""
    after = draft.sentence.lows(draft.position + 1, draft.position + 6)
    noun = _after_number_of(after) if after[:1] == ("le",) else None
    return noun is not None and _name(draft, noun, NounBy.NUMBER_OF)


def _after_number_of(lows: Sequence[str]) -> str | None:
    """Return the noun of the last *nombre de*, *total de* among some words."""
    skipped = _before_head()
    for step in range(len(lows) - 2, 0, -1):
        if lows[step - 1] in words("quasi_totals") and lows[step] in ("de", "d'", "des"):
            noun = next((low for low in lows[step + 1 :] if low not in skipped), "")
            return noun if noun.isalpha() else None
    return None


@functools.cache
def _before_head() -> frozenset[str]:
    """Return what may stand between *nombre de* and its noun."""
    return words("before_noun") | words("determiners")


def _wants_plural_noun(draft: Draft, last: Mapping[Kind, tuple[int, Draft]]) -> bool:
    """``ils étaient 300``, ``Les bénévoles, une cinquantaine``: the noun is the subject, whatever was counted last."""
    before = draft.sentence.lows(draft.position - 5, draft.position)
    of_them = any(pair[1] == "en" and pair[0] in words("pronoun_subjects", "of_them") for pair in pairwise(before))
    _, other = last.get(draft.kind, (0, None))
    if of_them and (other is None or other.sentence is not draft.sentence):
        # "Pour les tigres, il en reste 4 000"; those who do it are not counted: "Les autorités n'en avouent que 200".
        noun = _plural_noun_before(draft)[0]
        return noun >= 0 and draft.sentence.low(noun + 1) not in CLITICS
    were = before[-1:] == ("été",) and before[-2] in auxiliaries()  # "Les assaillants auraient été une cinquantaine"
    if were or set(before) & grammar("ellipsis", "passed") or before[-2:] in THEY_WERE:
        return True
    apposed = before[-3:]
    return apposed[-1:] == (",",) and apposed[0] in words("determiners") and apposed[-2].endswith(("s", "x"))


def _from_plural_noun(draft: Draft) -> bool:
    """Take the nearest plural noun with its determiner, here or in the sentence before."""
    sentence = draft.sentence
    _, noun = _plural_noun_before(draft)
    if noun:
        return _name(draft, noun, NounBy.PLURAL_BEFORE)
    before: str | None = sentence.remember("plural noun before", lambda: _last_plural_noun(sentence.preceding))
    return before is not None and _name(draft, before, NounBy.PLURAL_BEFORE)


def _plural_noun_before(draft: Draft) -> tuple[int, str]:
    """Return the nearest plural noun before a figure in its sentence, and where it stands."""
    sentence = draft.sentence
    here: list[tuple[int, str]] = sentence.remember("plural nouns", lambda: list(_plural_nouns(_outside(sentence))))
    number = bisect_left(here, (draft.position, ""))
    return here[number - 1] if number else (-1, "")


def _outside(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Yield what stands in a sentence beside its figures, with its position."""
    return (at for at in enumerate(sentence.texts) if not sentence.is_figure(at[0]))


def _last_plural_noun(text: str) -> str | None:
    nouns = [noun for _, noun in _plural_nouns(enumerate(re.findall(r"[\w'’-]+", text)))]
    return nouns[-1] if nouns else None


def _plural_nouns(tokens: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the plural nouns that stand after a determiner, with their positions."""
    determiners, adjectives = grammar("ellipsis", "plural_determiners"), words("before_noun")
    determiner = ""
    for position, noun in tokens:
        low = noun.lower()
        if determiner and low in adjectives:
            continue  # "ces malheureuses bêtes"
        is_name = determiner in ("de", "d'") and noun[:1].isupper()  # "le sinistre de Landiras"
        if determiner and not is_name and _is_plural_noun(noun):
            yield position, noun
        determiner = low if low in determiners else ""


def _is_plural_noun(token: str) -> bool:
    low = token.lower()
    known = low in words("before_noun") or low in words("after_number")
    return low.endswith(("s", "x")) and len(low) >= SHORTEST_NOUN and not known


def _from_previous(draft: Draft, last: Mapping[Kind, tuple[int, Draft]]) -> bool:
    # A box score names what it counts once: "Perez (2 buts sur 7 tirs)", then "Ruiz (1/6)".
    boxed = draft.kind == "ratio" and draft.sentence.low(draft.position - 1) == "("
    kinds = (draft.kind, Kind.COUNT) if boxed else (draft.kind,)
    found = [last[kind] for kind in kinds if kind in last]
    if not found:
        return False
    other = max(found, key=lambda pair: pair[0])[1]
    whole = other.parent
    if whole is not None and whole.counted and whole.sentence is draft.sentence and other.sentence is draft.sentence:
        # "23 personnes, dont sept enfants, ont été tuées et une quarantaine d'autres blessées"
        passed = not auxiliaries().isdisjoint(draft.sentence.lows(other.noun_end, draft.position))
        other = whole if passed else other
    return _take(draft, other, NounBy.PREVIOUS)
