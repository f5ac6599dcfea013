"""What bars a name from being a place: it is left or made for, compared with, quoted, given to, or a record's scope."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.grammar.conjugation import conjugate
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import grammar
from newsnlp.lexicons import load_toml
from newsnlp.lexicons import words as words_in
from newsnlp.quotes.words import is_future, saying_verbs
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from newsnlp.figures.places.toponyms import Toponym
    from newsnlp.grammar.items import Sentence

OF = frozenset({"de", "d'", "du", "des"})
ARTICLES = frozenset({"la", "le", "l'", "les"})
LONGEST_RECORD = 9
COMPARED = 4
CLOSING_MARKS = frozenset({"»", "”"})
QUOTING = 6
GIVEN = 9
"""How many words may stand between a verb of giving and who receives."""
QUOTING_WORDS = frozenset({"selon", "après"})
NARROW = ("city", "place", "seat")


def _has_infinitive(sentence: Sentence, start: int, end: int) -> bool:
    """``a permis de localiser douze fosses à X``, ``a promis, à Nice, 300 places``: whether another phrase begins."""
    between = sentence.lows(start + 1, end)
    ends = words_in("figures_hedges.planned.infinitive")
    after_of = any(low in OF and then.endswith(ends) for low, then in pairwise(between))
    return after_of or not place_words("leads", "gift_ends").isdisjoint(between)


@functools.cache
def giving() -> frozenset[str]:
    """Return the verbs behind which *à* tells to whom."""
    forms = (form for lemma in place_words("verbs", "giving") for forms in conjugate(lemma) for form in forms)
    return frozenset(forms) | place_words("verbs", "giving") | place_words("verbs", "giving_forms")


@functools.cache
def place_words(table: str, key: str) -> frozenset[str]:
    """Return one list of `figures_places.toml`."""
    return frozenset(load_toml("figures_places.toml", tables=("leads", "nouns", "verbs"))[table][key])


def is_wide(name: str) -> bool:
    """Whether a name is first of all one of a country, a region or an area."""
    meanings = meanings_of(name)
    if not meanings:
        return fold(name) in place_words("nouns", "areas")  # "le Sud-Ouest"
    return meanings[0].kind not in NARROW


def is_away(sentence: Sentence, position: int) -> bool:
    """``rentrer prochainement à Paris``, ``né au Mali``, ``183 km entre X et Y``: a movement, an origin, a way."""
    if sentence.low(position) == "entre":
        near = sentence.lows(position - COMPARED + 1, position)
        return sentence.is_figure(position - 1) or not place_words("nouns", "links").isdisjoint(near)
    low, before = sentence.low(position), sentence.low(position - 1)
    if before == "jusqu'" or (low == "sur" and before in place_words("leads", "about")):
        return True
    if low in ("à", "au", "aux"):
        if before in place_words("leads", "related"):
            return True  # "face à Nice", "conforme à la Constitution"
        given = sentence.last_before(position, giving())
        named = position + (2 if sentence.low(position + 1) in ARTICLES else 1)
        given = given if sentence.is_capitalised(named) else -1  # not "allouée à l'hôpital de Sfax"
        if given >= max(0, position - GIVEN) and not _has_infinitive(sentence, given, position):
            return True  # "permet à Dunkerque de", "offre au Brésil une médaille", "a versé 3 millions à la Palestine"
    if before in ("est", "trouve", "situé") and "siège" in sentence.lows(position - COMPARED, position):
        return True  # "dont le siège est à Lure"
    # "sera construite à Tabernas", but "construit à Saint-Nazaire" came from there
    if before in (";", ":") or (before.startswith("construit") and is_future(sentence.low(position - 2))):
        return False  # "300 sont partis ; à Sfax, …"
    if _is_bound(sentence, position) or (before == "," and _is_left_behind(sentence, position)):
        return True
    while sentence.low(position - 1) in words("adverbs") or sentence.low(position - 1).endswith("ment"):
        position -= 1
    # "rentrer à Paris", "rentrer bientôt à Paris"
    return not place_words("nouns", "away").isdisjoint(sentence.lows(position - 2, position))


def _is_bound(sentence: Sentence, position: int) -> bool:
    """``en direction d'un collège sur la ville de X``: whether a phrase tells the way's end, clauses aside."""
    near = sentence.lows(position - QUOTING, position)
    return any(
        word in place_words("nouns", "bound") and near[number] in ("à", "en") and "," not in near[number:]
        for number, word in enumerate(near[1:])
    )


def _is_left_behind(sentence: Sentence, position: int) -> bool:
    """``Parti de Sfax, en Tunisie``: what the place lies in that was left."""
    name = position - 2
    while sentence.is_capitalised(name):
        name -= 1
    left = name < position - 2 and sentence.low(name) in OF
    return left and sentence.low(name - 1) in place_words("nouns", "away")


def is_dative(sentence: Sentence, name: Toponym, lead: int) -> bool:
    """``alliés à l'Iran``, ``livré à la Pologne``, ``2 milliards pour l'Ukraine``: one is *en Iran*."""
    before = sentence.lows(lead, name.first)
    if before not in (("à", "l'"), ("à", "la")) and before[:1] != ("pour",):
        return False
    meanings = meanings_of(name.text)
    return bool(meanings) and meanings[0].kind == "state"


def is_compared(sentence: Sentence, lead: int) -> bool:
    """``ceux relevés en Europe``, ``plus qu'en France``, ``comme à Lyon``."""
    before = sentence.lows(lead - COMPARED, lead)
    if before[-1:] in (("que",), ("qu'",), ("comme",)):
        return before[-1] == "comme" or not {"plus", "moins", "autant", "aussi"}.isdisjoint(
            sentence.lows(lead - LONGEST_RECORD, lead)
        )
    # "une autre personne est morte à Cavaillon" is one more.
    near = [low for low in sentence.lows(lead - COMPARED - 1, lead) if low != "autre"]
    return not place_words("leads", "others").isdisjoint(near) or sentence.low(lead - 1) == "autre"


def is_quoting(sentence: Sentence, name: Toponym, lead: int, *, sure: bool) -> bool:
    """``selon la préfecture du Gard``, ``a annoncé le parquet de Nice``, ``La police de X a indiqué``."""
    start = sentence.last_before(name.first, QUOTING_WORDS)
    quoted = start >= 0 and (sentence.low(start) == "selon" or sentence.low(start - 1) == "d'")
    if (
        quoted
        and {",", ";"}.isdisjoint(sentence.lows(start, name.first))
        and not sentence.has_figure(start, name.first)
    ):
        return True
    if sure:
        return False
    finite, participles, _ = saying_verbs()
    position = lead
    while position > 0 and (sentence.low(position - 1) in words("determiners") or sentence.low(position - 1) in OF):
        position -= 1
    before = sentence.low(position - 1)
    said = before in participles and sentence.low(position - 2) in grammar("auxiliaries", "have")
    if said or before in finite:
        return True
    after, then = sentence.low(name.last + 1), sentence.low(name.last + 2)
    return after in finite or (after in grammar("auxiliaries", "have") and then in participles)


def is_record(sentence: Sentence, lead: int) -> bool:
    """``le plus violent orage en France depuis dix ans``, ``une première en Europe``."""
    before = sentence.lows(lead - LONGEST_RECORD, lead)
    for number in range(len(before) - 1, -1, -1):
        if before[number] in (",", ";", ":", "dans", "en", "à"):
            return False
        if before[number] == "des" and before[number - 1] in ("un", "une") and number:
            return True  # "l'un des principaux fiefs du groupe en Irak"
        if before[number] in place_words("leads", "records") and number + 1 < len(before):
            if number and before[number - 1] in place_words("leads", "own"):
                return False  # "ont reçu leur première dose au Cameroun"
            return before[number] not in ("plus", "moins") or before[number - 1] in ARTICLES | {
                "des",
                "du",
                "au",
                "aux",
            }
    return False


def is_speaking(sentence: Sentence, start: int, end: int) -> bool:
    """``112 communes, a promis le ministre à Quimper``: where somebody speaks."""
    finite, participles, _ = saying_verbs()
    comma = sentence.last_before(end, COMMA)
    marks = sentence.last_before(end, CLOSING_MARKS)
    if marks >= start and sentence.low(marks + 1) == "," and sentence.low(marks + 2) in finite | {"a", "ont", "s'"}:
        return True  # "« … », confie Mehdi, fleuriste à Paris"
    if sentence.low(comma + 1) in ("s'", "se"):
        felt = sentence.low(comma + 3)  # "…, s'est félicité à Yaoundé le ministre"
        return comma >= start and (felt in participles or felt in place_words("verbs", "felt"))
    first, second = sentence.low(comma + 1), sentence.low(comma + 2)
    inverted = sentence.low(comma + 3) in words("determiners") - {"au", "aux"}  # not "…, a coulé au large de Malte"
    return comma >= start and (
        first in finite or (first in ("a", "ont", "avait") and (inverted or second in participles))
    )
