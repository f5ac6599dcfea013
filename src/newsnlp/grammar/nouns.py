"""Noun phrases by their edges: the noun that a figure counts, beside its number, and the subject before a verb."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import is_demonym
from newsnlp.grammar.drafts import NounBy
from newsnlp.grammar.items import COMMA, split_words
from newsnlp.grammar.words import event_nouns, grammar, persons, verb_forms
from newsnlp.lexicons import load_csv, load_toml

if TYPE_CHECKING:
    from newsnlp.grammar.drafts import Draft
    from newsnlp.grammar.items import Sentence, Span

TABLES = (
    "adverbs",
    "after_number",
    "before_noun",
    "clause_breaks",
    "compounds",
    "determiners",
    "elliptic",
    "prepositions",
    "pronoun_subjects",
    "quasi_totals",
    "severity",
    "share",
    "subject_openers",
)
VERB_ENDING = re.compile(r"(?:aient|èrent|eront|iront|raient)$")
PARTICIPLE_ENDING = re.compile(r"(?:é|i|u)e?s?$")
LONGEST_HEAD = 4
"""How many words may stand from the number to its noun: two adjectives and a quotation mark."""
SHORTEST_ADVERB = 7
SHORTEST_PLURAL = 4
NEAR_ADJECTIVE = 4
"""How many words may stand from a noun to the next number in *dix avions russes et deux ukrainiens*."""
SCALE_ENDING = re.compile(r"(?:aines?|i(?:er|on|ard)s?)$")
NOUNS_AS_ADJECTIVES = frozenset({"jeunes", "jeune", "anciens", "petits", "vieux"})
GROUP_REACH = 8
"""How far before *et quatre suspendus* the auxiliary may stand that it shares."""
LIST_MARKS = frozenset({"et", "dont", ",", "ou", "puis"})
LONGEST_SUBJECT = 9
ARTICLES = frozenset({"un", "une", "le", "la", "l'"})
BRACKET = frozenset({"("})
CLITICS = frozenset({"se", "s'", "n'", "ne", "l'", "y", "en", "nous"})
SUBJECT_STARTS = frozenset({"que", "qu'", "mais", "où", "et", "qui", "selon"})


@functools.cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """Return one list of `figures_noun_phrase.toml`."""
    return frozenset(load_toml("figures_noun_phrase.toml", tables=TABLES)[table][key])


@functools.cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Return the classes that some verbs ask of what they act upon: forces, weapons, jobs, votes, buildings."""
    rows = load_csv("figures_noun_classes.csv", columns=("surface", "class"), key=("surface", "class"))
    classes: dict[str, set[str]] = {}
    for row in rows:
        classes.setdefault(row["class"], set()).add(row["surface"].lower())
    return {name: frozenset(members) for name, members in classes.items()}


def is_adverb(low: str) -> bool:
    """Whether a word in -ment is an adverb: after a number above one, a noun would end in -ments."""
    return low.endswith("ment") and len(low) >= SHORTEST_ADVERB and low not in noun_classes()["noun"]


class Noun(NamedTuple):
    """The counted noun beside a number: where its phrase ends, its words, how it stands there.

    ``left_out`` says that a noun is counted and the text leaves it out: *900 autres*, *trois sont morts*.
    """

    end: int
    counted: str | None = None
    by: NounBy | None = None
    left_out: bool = False


def find_noun(draft: Draft) -> Noun:
    """Return the noun that stands beside a number, or inside its expression."""
    sentence, quantity, after = draft.sentence, draft.quantity, draft.position + 1
    if quantity.noun_start is not None and quantity.noun_end is not None:
        return Noun(after, _inside(draft, quantity.noun_start, quantity.noun_end))
    is_ratio = quantity.kind == "ratio"
    is_share = quantity.kind == "percent" or quantity.share
    if (is_ratio and sentence.low(after) == "fois") or not (draft.counts or is_share or is_ratio):
        return Noun(after)
    if draft.counts and sentence.low(after).split(" ")[0] in ARTICLES:
        return Noun(after, left_out=True)  # "53 un an plus tôt", "31 la veille"
    position, partitive = _skip_of(draft, needs_of=is_share)
    head = None if position is None else _head(draft, position, after_of=is_share or partitive)
    if head is None:
        # "1,9 enfant par femme en France, 1,3 en Espagne": a rate, too, may leave its noun out.
        divided = sentence.low(draft.position - 1) == "par"
        return Noun(after, left_out=draft.counts or (is_ratio and not divided))
    if is_share and sentence.low(head) in words("share", "no_population"):
        return Noun(after)
    by = NounBy.PARTITIVE if partitive else NounBy.RIGHT
    end = _compound_end(sentence, head) or head + 1
    if end == head + 1 and _has_second_noun(sentence, end):
        end += 2
    return Noun(end, sentence.wording(head, end).strip("'’"), by)


def _compound_end(sentence: Sentence, head: int) -> int | None:
    """``deux casques bleus``, ``sept départs de feu``: where the noun ends that its head alone would not name."""
    for phrase in _compounds().get(sentence.low(head), ()):
        if sentence.matches(head, phrase):
            return head + len(phrase)
    return None


@functools.cache
def _compounds() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for compound in words("compounds"):
        phrase = split_words(compound)
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def _inside(draft: Draft, start: int, end: int) -> str | None:
    """Return the noun that stands inside the expression: *un Français sur trois*."""
    quantity = draft.quantity
    if quantity.start <= start and end <= quantity.end:
        return quantity.text[start - quantity.start : end - quantity.start]
    sentence = draft.sentence
    # The first item that ends no sooner than the noun: the only one that can hold it.
    number = bisect_left(range(len(sentence.words)), end, key=sentence.end_of)
    if number == len(sentence.words) or sentence.starts[number] > start:
        return None
    return sentence.texts[number][start - sentence.starts[number] : end - sentence.starts[number]]


def _skip_of(draft: Draft, *, needs_of: bool) -> tuple[int | None, bool]:
    """Return where the noun phrase begins after *de*, *des*, *de ces*, and whether *de* makes it a partitive."""
    sentence, position = draft.sentence, draft.position + 1
    low, after = sentence.low(position), sentence.low(position + 1)
    if low not in ("de", "d'", "des", "du"):
        # "une manne de 5 millions engrangés": millions and dozens have their noun after "de" alone.
        return (position if _is_bare_numeral(draft) and not needs_of else None), False
    if low == "d'" and after in ("entre", "eux", "elles"):
        return None, False
    if low == "du" and not needs_of and _is_bare_numeral(draft):
        return None, False  # "neuf du groupe centriste"
    bare = _is_bare_numeral(draft) and not draft.quantity.needs_context
    if not needs_of and bare and low in ("de", "d'") and after not in words("determiners"):
        return None, False  # "34 points d'Houston et 31 de Sprewell", "50 000 euros, dont 20 000 de subventions"
    if sentence.draft_at(position + 1) is not None:
        return None, True  # "deux des 30 passagers": the other figure has the noun
    is_partitive = low in ("des", "du") or (low == "de" and after in words("determiners"))
    start = position + 2 if low == "de" and is_partitive else position + 1
    return _past_whole(sentence, start) if needs_of else start, is_partitive


def _is_bare_numeral(draft: Draft) -> bool:
    """Whether a number takes its noun without *de*: *31*, but not *une dizaine*, *deux millions*."""
    return not SCALE_ENDING.search(draft.quantity.text)


def _past_whole(sentence: Sentence, start: int) -> int:
    """``38 % de l'ensemble des contenus``, ``un dixième du nombre de tests``: return where the population begins."""
    position = start + (sentence.low(start) in words("determiners"))
    position += 1 + (sentence.low(position + 1) in words("quasi_totals"))
    before = sentence.low(position - 1)
    if before not in words("quasi_totals") and before not in words("quasi_totals", "wholes"):
        return start
    if sentence.low(position) not in ("de", "d'", "des", "du"):
        return start
    return position + 1 + (sentence.low(position + 1) in words("determiners"))


def _head(draft: Draft, start: int, *, after_of: bool) -> int | None:
    """Return where the head noun stands, or None where there is none."""
    sentence = draft.sentence
    if not after_of and sentence.low(start) in ("«", '"', "“"):
        start += 1
    start += _before_adjectives(sentence, start)
    for position in range(start, start + LONGEST_HEAD):
        low, following = sentence.low(position), sentence.low(position + 1)
        if len(low) < len("as") or not low[0].isalpha() or _is_bare_adjective(draft, low):
            return None
        if low not in words("before_noun"):
            bare = position == start and (_is_bare_participle(draft, low) or _is_plural_verb(draft, low))
            return position if _can_be_noun(low) and not bare else None
        is_staff = following in noun_classes()["jobs"] | noun_classes()["noun"]  # "45 anciens salariés"
        if low in NOUNS_AS_ADJECTIVES and re.search(r"(?:é|ée|és|ées)$", following) and not is_staff:
            return position  # "trois jeunes fauchés"
        if low.startswith("autre") and (_is_participle(following) or following == "blessées"):
            return None  # "neuf autres interpellés"
        if low.startswith("autre") and following in event_nouns() and _follows_people(draft, following):
            return None  # "17 soldats tués et 30 autres blessés"
        if not following[:1].isalpha() or not _can_be_noun(following):
            return position if low in NOUNS_AS_ADJECTIVES else None  # "une dizaine de jeunes"
    return None


def _before_adjectives(sentence: Sentence, start: int) -> bool:
    """``les deux plus grandes villes``, ``trois graves accidents``: whether a word is no head because of the next."""
    low, following = sentence.low(start), sentence.low(start + 1)
    if low in ("plus", "moins"):
        return following in words("before_noun")
    return low in words("severity") and not is_adverb(low) and _is_plural_noun(following)


def _is_plural_noun(low: str) -> bool:
    plain = low.endswith(("s", "x")) and len(low) >= SHORTEST_PLURAL and low not in words("severity")
    return plain and _can_be_noun(low) and not _is_participle(low)


def _follows_people(draft: Draft, participle: str) -> bool:
    """Whether those counted before in the sentence are the ones of whom *autres blessés* are others."""
    if participle not in verb_forms()[0]:
        return False
    before = draft.count_before
    return before is not None and (before.counted or "morts").lower().split()[0] not in event_nouns()


def _is_bare_adjective(draft: Draft, low: str) -> bool:
    """``dont un grave``, ``dont trois habitables``."""
    if draft.sentence.low(draft.position - 1) != "dont":
        return False
    if low.endswith(("ables", "ibles")):
        return low not in words("before_noun")
    return low in words("severity") | words("severity", "others")


def _is_participle(low: str) -> bool:
    return low in verb_forms()[0] and low not in event_nouns() and low not in noun_classes()["noun"]


def _is_bare_participle(draft: Draft, low: str) -> bool:
    """``douze rebelles tués et trois capturés``, ``41 personnes ont été tuées et une soixantaine blessées``."""
    before = draft.sentence.low(draft.position - 1)
    if _has_parallel_adjective(draft, low):
        return True
    instead = before in ("de", "des") and draft.sentence.low(draft.position - 2) == "lieu"
    against = before == "contre" and draft.sentence.low(draft.position + 2) == "par"
    if (instead or against) and low.endswith(("és", "ées")):
        return low.rstrip("s") not in persons() and low not in event_nouns()  # "au lieu des 80 convoqués"
    verbs = draft.sentence.lows(draft.position - 5, draft.position) if before == "et" and low in verb_forms()[0] else ()
    if "été" in verbs or (low.endswith("ées") and "sont" in verbs):
        return True  # "13 personnes sont mortes et 55 blessées"
    if before == "et" and "été" in draft.sentence.lows(draft.position - GROUP_REACH, draft.position):
        # "Six coureurs ont été contrôlés positifs et quatre suspendus"
        ends = draft.sentence.low(draft.position + 2)
        no_noun = low.rstrip("s") not in persons() and low not in event_nouns() and low not in noun_classes()["noun"]
        return (
            low.endswith(("és", "ées", "dus", "dues"))
            and no_noun
            and (not ends[:1].isalpha() or ends in words("prepositions"))
        )
    return _is_participle(low) and before in LIST_MARKS


def _is_plural_verb(draft: Draft, low: str) -> bool:
    """``moins de soixante présentent``: after more than one, a noun would end in -ents."""
    several = draft.value is not None and draft.value > 1 and draft.sentence.low(draft.position + 1) == low
    is_noun = low in noun_classes()["noun"] or draft.sentence.is_capitalised(draft.position + 1)
    return several and low.endswith("ent") and not is_noun


def _has_parallel_adjective(draft: Draft, low: str) -> bool:
    """``dix avions russes et deux ukrainiens``, ``12 cas confirmés et quatre suspects``: no noun but its adjective."""
    sentence, other = draft.sentence, draft.count_before
    if other is None or other.counted is None or sentence.low(draft.position - 1) not in LIST_MARKS:
        return False
    if not 0 < draft.position - other.noun_end <= NEAR_ADJECTIVE or sentence.is_capitalised(draft.position + 1):
        return False
    first = sentence.low(other.noun_end)
    if first in words("elliptic") or first in words("before_noun"):
        return low in words("elliptic", "beside")
    return is_demonym(low) and is_demonym(first)


def _can_be_noun(low: str) -> bool:
    if low in words("after_number") or low in words("prepositions") or low in words("elliptic"):
        return False
    return not (is_adverb(low) or low.endswith("'") or VERB_ENDING.search(low))


def _has_second_noun(sentence: Sentence, end: int) -> bool:
    """Whether a second noun is joined by *et* or *ou*: *policiers et soldats*."""
    first, second = sentence.low(end - 1), sentence.low(end + 1)
    if sentence.low(end) not in ("et", "ou") or not (first.endswith(("s", "x")) and second.endswith(("s", "x"))):
        return False
    forces = noun_classes()["forces"]
    no_noun = second in words("before_noun") or second in words("determiners") or PARTICIPLE_ENDING.search(second[:-1])
    verb_follows = sentence.low(end + 2) in ("ont", "sont")
    return (first in forces and second in forces) or (_can_be_noun(second) and not no_noun and not verb_follows)


def subject_before(sentence: Sentence, verb: int) -> Span | None:
    """Return the noun phrase that ends before a verb, back to its determiner or the clause's start."""
    end = verb
    while end > 0 and (sentence.low(end - 1) in CLITICS or sentence.low(end - 1) in words("adverbs")):
        end -= 1
    last = sentence.low(end - 1)
    if last in (",", ")"):
        end = _before_apposition(sentence, end, BRACKET if last == ")" else COMMA)
    if end <= 0 or not sentence.is_word(end - 1):
        return None
    start = end
    while start > 0 and end - start < LONGEST_SUBJECT:
        if not sentence.is_word(start - 1) or sentence.low(start - 1) in SUBJECT_STARTS:
            break
        start -= 1
    return _without_edges(sentence, start, end)


def _before_apposition(sentence: Sentence, end: int, opener: frozenset[str]) -> int:
    """``Laurent Berger, secrétaire général de la CFDT, estime``: return the end of the noun before it."""
    return max(sentence.last_before(end - 1, opener), min(end - 2, 0))


def _without_edges(sentence: Sentence, start: int, end: int) -> Span | None:
    """Take determiners and prepositions off both ends."""
    determiners, others = words("determiners"), grammar("sources", "not_first")
    while start < end and (sentence.low(start) in determiners or sentence.low(start) in others):
        start += 1
    while end > start and (sentence.low(end - 1) in determiners or sentence.low(end - 1) in words("prepositions")):
        end -= 1
    return (start, end) if end > start else None
