"""Round and broken numbers: ``une dizaine``, ``des centaines de milliers``, ``plusieurs``, ``deux tiers``."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.numerals.words import Word, numeral_lexicon

if TYPE_CHECKING:
    from newsnlp.records import Number

# Below a fifth French has words of its own: demi, tiers, quart.
_FIRST_ORDINAL_FRACTION = 5
_MASS = {"collective", "scale"}
SIZES = (
    *("bonne", "petite", "grosse", "grande", "simple", "seule", "autre", "nouvelle", "bon", "petit", "gros", "nouvel"),
    *("demi", "demie"),
)
_SIZE = rf"(?:(?:{'|'.join(SIZES)}) |demi-)?"
_WORDS = r"[^\W\d_]+"
# "centaines de milliers": more than twenty such words are beyond 10^18 whichever they are, and no number.
_CHAIN = r"(?: de (?:{})\b){{0,20}}"


@functools.cache
def _collective_pattern() -> re.Pattern[str]:
    lexicon = numeral_lexicon()
    mass = "|".join(sorted((w for w, e in lexicon.items() if e.kind in _MASS), key=len, reverse=True))
    plural = "|".join(
        sorted((w for w, e in lexicon.items() if e.kind in _MASS and w.endswith("s")), key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<vague>plusieurs|quelques|maintes?|diverses"
        rf"|différentes) (?P<vague_head>{plural})\b(?P<vague_rest>{_CHAIN.format(plural)})"
        rf"|(?P<one>une?|l'|la|cette|ce|le|sa|ma"
        rf"|notre) ?(?P<size>{_SIZE})(?P<one_head>{mass})\b(?P<one_rest>{_CHAIN.format(plural)})"
        rf"|(?P<head>{mass})\b(?P<rest>{_CHAIN.format(plural)})"
    )


@functools.cache
def _tail_pattern() -> re.Pattern[str]:
    """After a number: ``deux douzaines``, ``trois centaines de milliers``."""
    lexicon = numeral_lexicon()
    heads = "|".join(w for w, e in lexicon.items() if e.kind == "collective")
    plural = "|".join(w for w, e in lexicon.items() if e.kind in _MASS and w.endswith("s"))
    return re.compile(rf" (?P<head>{heads})\b(?P<rest>{_CHAIN.format(plural)})")


def _chain(head: str, rest: str) -> int:
    """Return the value of ``centaines de milliers``."""
    lexicon = numeral_lexicon()
    value = lexicon[head].value
    for word in re.findall(_WORDS, rest):
        if word != "de":
            value *= lexicon[word].value
    return value


def _span(text: str, place: tuple[int, int], value: Number | None, form: Form, *, scale: int = 1) -> NumberSpan | None:
    if value is None:
        return None
    start, end = place
    return NumberSpan(start=start, end=end, text=text[start:end], value=value, form=form, scale=scale)


@functools.cache
def mass_words() -> frozenset[str]:
    """Return the words for round numbers, which may stand without a numeral: ``dizaines``, ``millions``."""
    return frozenset(w for w, e in numeral_lexicon().items() if e.kind in _MASS)


_INDEFINITE = re.compile(r"(?:plusieurs|quelques)(?:-unes|-uns)?(?![^\W_])")
_VAGUE_BEFORE = re.compile(
    r"(?:\b(?:des|les|ces|ses|leurs|nos|vos|aux|par|de|en|autres|nombreux|nombreuses|premiers"
    r"|premières|derniers|dernières"
    r"|petits|petites|longs|longues|bonnes|et|ou|à)|\bd'|\bd'autres) ?$"
)
_NOT_A_COUNT_BEFORE = re.compile(r"(?:première|seconde|deuxième|dernière|en|mise en|par) (?:une )?$")


def read_indefinite(text: str, folded: str, start: int) -> NumberSpan | None:
    """Return ``plusieurs`` or ``quelques``, with the round word after it: ``plusieurs centaines de milliers``."""
    match = _collective_pattern().match(folded, start)
    if match and match.group("vague"):
        value = 2 * _chain(match.group("vague_head"), match.group("vague_rest"))
        return _span(text, (start, match.end()), tidy(value), Form.VAGUE, scale=value // 2)
    match = _INDEFINITE.match(folded, start)
    return _span(text, (start, match.end()), 2, Form.VAGUE) if match else None


def read_round(text: str, folded: str, start: int) -> NumberSpan | None:
    """Return the round number whose article or first word is at `start`.

    ``une bonne dizaine`` is read from ``une``; of ``des centaines``, ``centaines``.
    """
    match = _collective_pattern().match(folded, start)
    if match is None or match.group("vague"):
        return None
    lexicon = numeral_lexicon()
    if match.group("head"):
        head, rest = match.group("head"), match.group("rest")
        if not head.endswith("s") or not _VAGUE_BEFORE.search(folded[max(0, start - 16) : start]):
            return _bare_singular(text, folded, match)
        value = _chain(head, rest)
        return _span(text, (start, match.end()), tidy(2 * value), Form.VAGUE, scale=value)
    return _determined(text, folded, match, lexicon[match.group("one_head")])


def _bare_singular(text: str, folded: str, match: re.Match[str]) -> NumberSpan | None:
    """Read ``autre dizaine de blessés``, ``Dizaine de morts``: a headline, or words between article and noun."""
    head, end = match.group("head"), match.end()
    entry = numeral_lexicon()[head]
    before = folded[max(0, match.start() - 16) : match.start()]
    if (
        entry.kind != "collective"
        or _NOT_A_COUNT_BEFORE.search(before)
        or not re.match(r" d(?:e |')", folded[end : end + 4])
    ):
        return None
    if head.endswith("s"):
        # A headline: "Centaines de morts"
        value = _chain(head, match.group("rest"))
        return _span(text, (match.start(), end), tidy(2 * value), Form.VAGUE, scale=value)
    return _collective(text, folded, (match.start(), end), _chain(head, match.group("rest")), head)


def _determined(text: str, folded: str, match: re.Match[str], entry: Word) -> NumberSpan | None:
    """Read a round number after its article: ``une dizaine``, ``la trentaine``, ``un demi-million``."""
    head, rest, one, size = (match.group(name) for name in ("one_head", "one_rest", "one", "size"))
    half = size.startswith("demi")
    start = match.start()
    if _NOT_A_COUNT_BEFORE.search(folded[max(0, start - 16) : start]) or head.endswith("s"):
        return None
    over = one in {"la", "le"} and _REACHED_BEFORE.search(folded, max(0, start - 32), start)
    counts = half or over or re.match(r" d(?:e |')", folded[match.end() : match.end() + 4])
    if one not in {"un", "une"} and not counts:
        # "la centaine" alone may be an age or a name; "la trentaine de passagers" counts.
        return None
    value = _chain(head, rest)
    if entry.kind == "scale":
        if not half and not over:
            return None  # "un million" is read as an integer
        return _span(text, (start, match.end()), tidy(value / 2) if half else value, Form.MIXED, scale=entry.value)
    return _collective(text, folded, (start, match.end()), tidy(value / 2) if half else value, head)


# "dépasse la centaine", "a atteint désormais le million"
_REACHED_BEFORE = re.compile(r"\b(?:dépass|franchi|approch|avoisin|frôl|attei)[^\W\d_]* (?:[^\W\d_]+ ){0,2}$")


def _collective(text: str, folded: str, place: tuple[int, int], value: Number | None, head: str) -> NumberSpan | None:
    if head == "quarantaine" and not re.match(r" d(?:e [^\W\d]|')", folded[place[1] : place[1] + 5]):
        return None  # "placé en quarantaine", "une quarantaine de 14 jours"
    return _span(text, place, value, Form.COLLECTIVE, scale=numeral_lexicon()[head].value)


def read_collective_tail(text: str, folded: str, number: NumberSpan) -> NumberSpan:
    """Return `number` with the collective that follows it: ``deux douzaines``, ``3 centaines de milliers``."""
    match = _tail_pattern().match(folded, number.end)
    if match is None:
        return number
    unit = _chain(match.group("head"), match.group("rest"))
    value = tidy(number.value * unit)
    return _span(text, (number.start, match.end()), value, Form.COLLECTIVE, scale=unit) or number


_HALF = re.compile(r"(?:(?:la|une|l'autre) )?moitié(?![^\W_])")
_NOT_HALF_BEFORE = re.compile(r"(?:\bà|première|seconde|deuxième|dernière|ma|sa|leur|ta|moitié|votre) ?-?$")
_NOT_HALF_AFTER = re.compile(r"-|/| moitié")


def read_half(text: str, folded: str, start: int) -> NumberSpan | None:
    """Return ``la moitié``, ``moitié`` (of ``de moitié``)."""
    match = _HALF.match(folded, start)
    if match is None or _NOT_HALF_AFTER.match(folded, match.end()):
        return None
    if _NOT_HALF_BEFORE.search(folded[max(0, start - 12) : start]):
        return None
    return _span(text, (start, match.end()), 0.5, Form.FRACTION)


FRACTION_SIZES = ("bon", "petit", "gros", "grand", "dernier", "premier", "seul")
_FRACTION_AFTER = re.compile(rf" (?:(?:{'|'.join(FRACTION_SIZES)}) (?=quart|tiers))?(?P<word>[^\W\d_]+)")
_NOT_FRACTION_AFTER = re.compile(
    r"[- ](?:état|monde|états|de finale|temps|finale|de tour|de mêlée|d'ouverture|droit|arrière|centre)\b|-"
)


def read_fraction(text: str, folded: str, number: NumberSpan, *, whole: bool = False) -> NumberSpan | None:
    """Return the fraction of which `number` is the numerator: ``deux tiers``, ``trois cinquièmes``, ``un dixième de``.

    `whole` says that nothing of the sentence decides: the string is all there is.
    """
    match = _FRACTION_AFTER.match(folded, number.end)
    entry = numeral_lexicon().get(match.group("word")) if match else None
    if match is None or entry is None or number.scale > 1 or not isinstance(number.value, int):
        return None
    word, end = match.group("word"), match.end()
    if _NOT_FRACTION_AFTER.match(folded, end) or number.value == 0:
        return None
    # "agrandi d'un cinquième,"
    ends = whole or (folded.startswith("d'", number.start - 2) and folded[end : end + 1] in {"", ",", ".", ";", ")"})
    if not _is_denominator(word, entry, folded[end : end + 5], one=number.value == 1, whole=ends):
        return None
    return _span(text, (number.start, end), tidy(number.value / entry.value), Form.FRACTION)


def _is_denominator(word: str, entry: Word, after: str, *, one: bool, whole: bool) -> bool:
    """Return whether a word divides: ``tiers``, ``cinquièmes``; ``un cinquième homme`` is an ordinal."""
    if entry.kind == "fraction":
        return whole or word not in {"demi", "demie"}
    if entry.kind != "ordinal" or entry.value < _FIRST_ORDINAL_FRACTION:
        return False
    if one:
        return not word.endswith("s") and (whole or bool(re.match(r" d(?:e |u |es |')", after)))
    return whole or word.endswith("s")


_DEFINITE_FRACTION = re.compile(r"(?:le|l'autre) (?P<word>tiers|quart|[^\W\d_]+ième)(?= d(?:e|u|es|')\b)")


def read_definite_fraction(text: str, folded: str, start: int) -> NumberSpan | None:
    """Return ``le tiers``, ``le quart``, ``le dixième`` before ``de``."""
    match = _DEFINITE_FRACTION.match(folded, start)
    entry = numeral_lexicon().get(match.group("word")) if match else None
    if match is None or entry is None or entry.value < 3:  # noqa: PLR2004
        return None
    if _NOT_FRACTION_AFTER.match(folded, match.end()) or re.match(
        r" d(?:e siècle|e tour|'heure)", folded[match.end() :][:10]
    ):
        return None
    if entry.kind == "ordinal" and not re.match(
        r" de (?:la|ce|son|sa|ses|leur)|(?: du| des)\b", folded[match.end() :][:12]
    ):
        return None
    return _span(text, (start, match.end()), tidy(1 / entry.value), Form.FRACTION)


_AND_PART = re.compile(
    r" et (?:(?P<half>demie?)|(?:un )?(?P<quarter>quart)|(?P<three>trois quarts)|un (?P<third>tiers)"
    r"|(?P<two>deux tiers))(?![^\W_])"
)
_PARTS = {"half": 0.5, "quarter": 0.25, "three": 0.75, "third": 1 / 3, "two": 2 / 3}


def read_and_part(folded: str, pos: int) -> tuple[int, float] | None:
    """Return end and value of ``et demi``, ``et quart`` … after a number or its unit."""
    match = _AND_PART.match(folded, pos)
    return (match.end(), _PARTS[str(match.lastgroup)]) if match else None
