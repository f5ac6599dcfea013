"""Numbers that name or refer: ``F-16``, ``n° 7``, ``article 49``, ``« Humanity 1 »``, ``vol E4 617``, ``les Douze``."""

from __future__ import annotations

import re

from newsnlp.lexicons import pattern, word_set
from newsnlp.numerals.forms import Form
from newsnlp.quantities.contexts import CODE_AFTER, next_word, opens_sentence
from newsnlp.quantities.exclusions.around import WORD_FORMS, Around, Barred
from newsnlp.record_fields import NoFigure

# "l'A 31", "la D 32"
_ROAD = re.compile(r"[\s'(][ADEMN] $")
_REFERENCE_BEFORE = re.compile(
    r"(?:n ?[°º]s? ?|\bnos? |§ ?|\bp(?:p|ages?)?\. ?|\bart(?:icles?)?\. ?|\b[lrd]\. ?|#|@|/|\bn°s? ?"
    r"|\bnr\.? ?|[^\W\d_]\+)$"
)
# The last signs of what that pattern finds.
_REFERENCE_ENDS = frozenset("°º.§#@/+sor")
# "vol E4 617", "vol AF 447"
_FLIGHT_BEFORE = re.compile(r"\bvols? (?:[^\W\d_] ?[^\W_]|[0-9][^\W\d_])[ -]?$")
_CHAIN = re.compile(r" ?(?:et|à|ou|au|,|-|–|/|puis|, et|et de|et en) ?")
_CHAINS = frozenset({NoFigure.NAMED, NoFigure.NAME, NoFigure.REFERENCE})
_YEAR_DIGITS = 4
# "F-16", "A330-200"
_MODEL_BEFORE = re.compile(r"[^\W\d_][^\W_]*-$")
# "En Syrie 300 sont morts", "Selon Reuters 45 des 60 otages"
_COUNTS_AFTER = pattern(r" <quantities.exclusions_counts_after>\b")
_URL = re.compile(r"://|www\.|@|\.(?:fr|com|org|net|be|ch|eu|info)\b", re.IGNORECASE)
# "« Humanity 1 »": what stands in quotes and ends in a number.
_QUOTED_BEFORE = re.compile(r"[«“\"] ?[^\W\d_a-zà-ÿ][^«»“”\"\n.,:;!?]{1,40} $")
_QUOTE_AFTER = re.compile(r" ?[»”\"]")
# "S&P 500"
_SIGNED_HEAD = re.compile(r"(?:^|[\s(«])[^\W\d_a-zà-ÿ][^\s]*[&+!][^\s]* $")
# "le gang 400 Mawozo": a noun that wants a name, a number, a name.
_NAME_AFTER = re.compile(r" [A-ZÀ-Þ][^\W\d_]+")


_COMPASS_AFTER = re.compile(r" (?:nord|sud|est|ouest|orientale|occidentale)(?![^\W_])")


def half_of_a_country(around: Around) -> Barred | None:
    """Bar ``la moitié nord``, ``le quart sud-est``: a region."""
    fraction = around.number.form is Form.FRACTION and _COMPASS_AFTER.match(around.folded, around.number.end)
    return around.bar(NoFigure.NAME) if fraction else None


def label(around: Around) -> Barred | None:
    """Bar what the characters around make a name or a reference: ``F-16``, ``n° 7``, ``2014 UZ224``, an address."""
    before, start = around.before, around.number.start
    if before.endswith("-") and _MODEL_BEFORE.search(before):
        return around.bar(NoFigure.IN_WORD)
    if before.rstrip(" ")[-1:] in _REFERENCE_ENDS and _REFERENCE_BEFORE.search(before):
        # "nos 412 habitants", "nos deux équipes": not the numbers 412 and two.
        ours = around.word_before == "nos" and (around.noun_follows or around.unit or around.number.form in WORD_FORMS)
        return None if ours else around.bar(NoFigure.REFERENCE)
    if len(around.number.text) == _YEAR_DIGITS and CODE_AFTER.match(around.text, around.number.end):
        return around.bar(NoFigure.NAME)
    if "vol" in before and _FLIGHT_BEFORE.search(before):
        return around.bar(NoFigure.NAMED)
    if _URL.search(_chunk(around.folded, start)):
        return around.bar(NoFigure.URL)
    road = around.unit is None and _ROAD.search(around.text, max(0, start - 3), start)
    return around.bar(NoFigure.NAMED) if road and not around.noun_follows else None


def chained(around: Around) -> Barred | None:
    """Bar what goes on with the number before: ``articles 3 et 4``."""
    previous, number = around.previous, around.number
    if previous is None or previous.reason not in _CHAINS or around.unit is not None:
        return None
    if around.noun_follows or not _CHAIN.fullmatch(around.folded, previous.end, number.start):
        return None
    return around.bar(previous.reason)


def _chunk(folded: str, start: int) -> str:
    """Return the run of characters between spaces around `start`, cut at 60."""
    left = max(folded.rfind(" ", max(0, start - 60), start), folded.rfind("\n", max(0, start - 60), start)) + 1
    right = folded.find(" ", start, start + 60)
    return folded[max(left, start - 60) : right if right >= 0 else start + 60].split("\n", maxsplit=1)[0]


def glued(around: Around) -> Barred | None:
    """Bar what is glued to a letter that is no unit: ``3D``, ``5G``, ``12abc``."""
    end, folded, unit = around.number.end, around.folded, around.unit
    if around.number.form is Form.ORDINAL or end >= len(folded) or not (folded[end].isalnum() or folded[end] == "_"):
        return None
    return None if unit is not None and unit.start == end else around.bar(NoFigure.IN_WORD)


def named(around: Around) -> Barred | None:
    """Bar a number that follows its noun or its proper name: ``article 49``, ``Ligue 1``, ``Boeing 737``."""
    number, text, start = around.number, around.text, around.number.start
    if around.unit is not None or not around.is_plain or number.form is Form.ORDINAL:
        return None
    if start == 0 or text[start - 1] != " ":
        return None
    word = around.word_before
    if word in word_set("figures_exclusions.names.groups") and _NAME_AFTER.match(text, number.end):
        return around.bar(NoFigure.NAME)
    if _QUOTE_AFTER.match(text, number.end) and _QUOTED_BEFORE.search(text, max(0, start - 44), start):
        return around.bar(NoFigure.NAME)
    if around.noun_follows:
        return None
    # "la chanson 2017", which is no date
    of_thing = len(number.text) == _YEAR_DIGITS and word in word_set("dates.exclusions.things")
    if of_thing or word in word_set("figures_exclusions.names.nouns"):
        return around.bar(NoFigure.NAMED)
    head = text[start - 1 - len(word) : start - 1]
    if _COUNTS_AFTER.match(around.folded, number.end) or word in word_set("figures_exclusions.names.function_words"):
        return None
    known = word in word_set("figures_exclusions.names.before") and not head.islower()
    if known or (head[:1].isupper() and len(head) > 1 and not opens_sentence(text, start - 1 - len(word))):
        return around.bar(NoFigure.NAME)
    return around.bar(NoFigure.NAME) if _SIGNED_HEAD.search(text, max(0, start - 24), start) else None


def hyphened(around: Around) -> Barred | None:
    """Bar a numeral inside a word: ``Deux-Sèvres``, ``trois-mâts``; ``demi-heure`` has its unit right behind."""
    folded, start, end = around.folded, around.number.start, around.number.end
    if start > 1 and folded[start - 1] == "-" and folded[start - 2].isalpha():
        return around.bar(NoFigure.IN_WORD)
    if around.number.text.lower().endswith(("-uns", "-unes")) or folded.startswith(("-là", "-ci"), end):
        return None
    if folded[end : end + 1] != "-" or not folded[end + 1 : end + 2].isalpha():
        return None
    return None if around.unit is not None and around.unit.start == end + 1 else around.bar(NoFigure.IN_WORD)


def named_in_words(around: Around) -> Barred | None:
    """Bar numeral words that name: ``les Douze``, ``Trois Suisses``, ``chapitre deux``."""
    number, text, start = around.number, around.text, around.number.start
    if number.form not in WORD_FORMS:
        return None
    capital = text[start].isupper() and not text[start : start + 2].isupper()
    if capital and (not opens_sentence(text, start) or _opens_name(around)):
        return around.bar(NoFigure.NAME)
    if number.form is Form.ARTICLE:
        return None
    if around.before.endswith("pour ") and number.text.lower().startswith("cent"):
        return around.bar(NoFigure.IN_WORD)
    follows = around.word_before in word_set("figures_exclusions.names.nouns")
    return around.bar(NoFigure.NAMED) if follows and not around.noun_follows else None


def _opens_name(around: Around) -> bool:
    return next_word(around.folded, around.number.end) in word_set("figures_exclusions.names.openers")
