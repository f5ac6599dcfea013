"""Two numbers that make one figure: ranges, scores, ratios."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsnlp.figures.contexts import plural_noun_follows
from newsnlp.figures.numeral_forms import Form, NumberSpan, tidy
from newsnlp.figures.units import Unit
from newsnlp.records import Number

_NUMERIC = {Form.DIGITS, Form.WORDS, Form.MIXED, Form.COLLECTIVE, Form.FRACTION, Form.ARTICLE}
_SCALE = 10**6
# Shares are told out of ten at most, a dozen or twenty, or a power of ten.
_USUAL_BASE = 20

_BETWEEN_BEFORE = re.compile(r"\bentre (?:les |la |environ |seulement )?$")
_AND = re.compile(r" et (?:les |la |d'|près de |environ |plus de )?")
_TO = re.compile(r" (?:à|jusqu'à|a) (?:plus de |quelque |environ |près de )?")
_OR = re.compile(r",? (?:ou|voire|ou même|peut-être) ")
_DASH = re.compile(r"-|–|—")
_SPACED_DASH = re.compile(r" [-–—] ")
_CHANGE_BEFORE = re.compile(
    r"\b(?:pass[^\W\d_]+|augment(?:e|ent|é|ée|és|ées|er|ait|a|era|ant)|mont(?:e|ent|é|er|ait|a|era|ant)|baiss(?:e|é|ée|er|ait|a|ant)|chut(?:e|é|er|ait|a|ant)|grimp[^\W\d_]+"
    r"|rédui[^\W\d_]+|port(?:e|é|és|er|ant|era)|relev(?:e|é|ée|er|ant)|ramen[^\W\d_]+|ramèn[^\W\d_]+|tomb[^\W\d_]+|crû|croît|bond(?:i|it|ir)|recul(?:e|é|er|ait|a|ant)"
    r"|abaiss[^\W\d_]+|évolu[^\W\d_]+|élev[^\W\d_]+|dimin[^\W\d_]+|progress(?:e|é|er|ait|a|ant)|descend[^\W\d_]*|gliss[^\W\d_]+|transform[^\W\d_]+)\b[^.;\n]{0,60}\b(?:de|d'|du) ?$"
)
# With a percentage these tell the size of a change ("chuté de 10 à 30 %": a range), with counts its two ends.
_GROWTH_BEFORE = re.compile(
    r"\b(?:augment|mont|baiss|chut|grimp|crû|croît|bond|recul|élev|dimin|progress|descend)[^\W\d_]*\b[^.;\n]{0,60}\b(?:de|d'|du) ?$"
)
_SCORE_CUES = re.compile(
    r"\b(?:scores?|bat|battu[es]*|battant|battent|victoires?|défaites?|gagn[^\W\d_]*|s'impos[^\W\d_]*|imposée?s?|perd[^\W\d_]*|matchs?|nul|mené[^\W\d_]*|men(?:e|ait|aient)|buts?"
    r"|sets?|finale|tirs au but|inclin[^\W\d_]*|domin[^\W\d_]*|devanc[^\W\d_]*|contre|face|écras[^\W\d_]*|élimin[^\W\d_]*|ouvert|égalis[^\W\d_]*|mi-temps|aller|retour|prolongations?|remport[^\W\d_]*|tennis|voix)\b"
)
_SCORE = re.compile(r"(?P<a>[0-9]{1,3})(?P<gap>-|–|/| - | – | à )(?P<b>[0-9]{1,3})(?![0-9]|[.,][0-9]|[-/][0-9]|[^\W_])")
_GOALS = re.compile(r" (?:buts?|sets?|manches?|essais?|victoires?) (?:à|contre) ")
_RATIO_ON = re.compile(r"(?P<noun> [^\W\d_]+(?:-[^\W\d_]+)?(?: [^\W\d_]+)?)?,? sur ")
_TALLY = re.compile(
    r" (?:buts?|tirs?|arrêts?|essais?|matchs?|matches|victoires?|passes?|lancers?|paniers?|tentatives?|services?|balles?|penaltys?|pénaltys?|penalties|coups francs)$"
)
_RATIO_FOR = re.compile(r"(?P<noun> (?:d'|de )?[^\W\d_]+)? pour ")


class Pair(NamedTuple):
    """Two numbers read as one: bounds, or a quotient."""

    low: Number
    high: Number
    rule: str


class Score(NamedTuple):
    """A score as printed, and where it ends."""

    first: int
    second: int
    end: int


def read_score(text: str, folded: str, start: int) -> Score | None:
    """Return the score that begins at `start`: ``3-1``, ``6/4``, ``2 à 1``.

    Examples
    --------
    >>> read_score("victoire 3-1 face à", "victoire 3-1 face à", 9)
    Score(first=3, second=1, end=12)
    """
    match = _SCORE.match(folded, start)
    if match is None or (start and (folded[start - 1].isalnum() or folded[start - 1] in "-/.,")):
        return None
    first, second, end = int(match["a"]), int(match["b"]), match.end()
    gap = match["gap"]
    if len(match["a"]) > 1 and match["a"][0] == "0":
        return None
    if folded.startswith(("%", " %", "°", "€", " €", " heures", " h ", " pour cent"), end):
        return None
    if plural_noun_follows(text, folded, end) or re.match(
        r" (?:mètres?|km|ans?|euros?|millions?|milliards?|mois)\b", folded[end : end + 12]
    ):
        return None
    if re.match(r" (?:janv|févr|mars|avril|mai|juin|juil|août|sept|octo|nove|déce)", folded[end : end + 6]):
        return None
    before = folded[max(0, start - 90) : start]
    cued = bool(
        _SCORE_CUES.search(before.rsplit("\n", 1)[-1])
        or _SCORE_CUES.search(folded[end : end + 40].split("\n", maxsplit=1)[0])
    )
    if re.search(r"\b(?:de|du|le|entre|article|articles|à|page|pages) $", before) and not cued:
        return None
    if re.search(r"\b(?:les|aux|des) $", before):
        return None
    if gap == "/":
        # A smaller numerator is a mark or a fraction, unless it is a set (4/6) that stands next to another.
        sets = re.match(r"[ ,;]+[0-9]{1,2}/[0-9]", folded[end : end + 6]) or re.search(
            r"[0-9]/[0-9]{1,2}[ ,;]+$", before
        )
        is_set = sets and second in {6, 7}
        return Score(first, second, end) if (first > second or is_set) and max(first, second) <= 30 else None  # noqa: PLR2004
    if gap in {" à ", " - ", " – "}:
        return Score(first, second, end) if cued and (first >= second or gap != " à " or _strong_cue(before)) else None
    return Score(first, second, end) if first >= second or cued else None


def read_goals(folded: str, first: NumberSpan, second: NumberSpan) -> Score | None:
    """Return the score that two numbers make in words or around a noun: ``trois buts à un``, ``deux sets à zéro``."""
    gap = folded[first.end : second.start]
    if not (isinstance(first.value, int) and isinstance(second.value, int)) or max(first.value, second.value) > 200:  # noqa: PLR2004
        return None
    if _GOALS.fullmatch(gap):
        return Score(first.value, second.value, second.end)
    before = folded[max(0, first.start - 90) : first.start]
    if gap == " à " and first.form is Form.WORDS and first.value > second.value and _strong_cue(before):
        return Score(first.value, second.value, second.end)
    return None


def _strong_cue(before: str) -> bool:
    return bool(
        re.search(
            r"\b(?:score|bat|battu[es]*|s'impos[^\W\d_]*|inclin[^\W\d_]*|défaite|victoire|perd[^\W\d_]*|mené[^\W\d_]*)\b[^.]{0,40}$",
            before,
        )
    )


def read_range(
    folded: str, first: NumberSpan, second: NumberSpan, unit: Unit | None, second_unit: Unit | None, *, noun: bool
) -> Pair | None:
    """Return the range that two neighbours make, or None.

    Parameters
    ----------
    folded : str
    first, second : NumberSpan
    unit, second_unit : Unit or None
        What follows each.
    noun : bool
        A counted noun or a unit follows the second.
    """
    if first.form not in _NUMERIC or second.form not in _NUMERIC - {Form.ARTICLE}:
        return None
    if unit is not None and (second_unit is None or (unit.kind, unit.unit) != (second_unit.kind, second_unit.unit)):
        return None
    gap = folded[unit.end if unit else first.end : second.start]
    before = folded[max(0, first.start - 90) : first.start]
    low, high = share_scale(folded, first, second) if unit is None else (first.value, second.value)
    if low >= high and not (low == high and False):
        return None
    if _BETWEEN_BEFORE.search(before):
        return Pair(low, high, "range.between") if _AND.fullmatch(gap) else None
    if _TO.fullmatch(gap):
        if re.search(r"\b(?:de|d'|du) ?$", before) and _CHANGE_BEFORE.search(before):
            if not (second_unit and second_unit.unit == "%" and unit is None and _GROWTH_BEFORE.search(before)):
                return None
        return Pair(low, high, "range.to")
    if _OR.fullmatch(gap):
        return Pair(low, high, "range.or") if high <= low * 10 + 10 else None
    if _DASH.fullmatch(gap) or (_SPACED_DASH.fullmatch(gap) and noun):
        return Pair(low, high, "range.dash") if first.form is not Form.ARTICLE else None
    return None


def share_scale(folded: str, first: NumberSpan, second: NumberSpan) -> tuple[Number, Number]:
    """Return both values, the first with the scale word it shares with the second: ``2 à 3 millions``.

    Examples
    --------
    >>> from newsnlp.figures.numerals import scan_numbers
    >>> text = "10 à 12 000 manifestants"
    >>> share_scale(text, *scan_numbers(text, text))
    (10000, 12000)
    """
    low, high = first.value, second.value
    scale = 1
    if first.scale == 1 and first.form is not Form.FRACTION and low:
        if second.scale >= _SCALE or second.form is Form.COLLECTIVE:
            scale = second.scale
        elif second.form in {Form.WORDS, Form.MIXED} and second.text.lower().endswith("mille"):
            scale = 1000
        elif second.form is Form.WORDS and second.text.lower().endswith(("cent", "cents")) and low < 10:  # noqa: PLR2004
            scale = 100
        elif second.grouped and isinstance(high, int) and high % 1000 == 0 and not first.grouped and low < 1000:  # noqa: PLR2004
            # "10 à 12 000": only where the first, in thousands, is below the second and of its size.
            scale = 1000 if low * 1000 < high <= low * 10000 else 1
    shared = tidy(low * scale)
    return (shared, high) if shared is not None and shared < high else (low, high)


_SLASH = re.compile(
    r"(?P<over>[0-9]{1,3}(?:,[0-9])?)/(?P<under>[0-9]{1,4})(?:e|è|ème|ième)?(?![0-9/]|[^\W_]|[,.][0-9])"
)


def read_slash(folded: str, start: int) -> tuple[Number, int] | None:
    """Return the quotient and the end of ``16/20``, ``3/4``; None for a round of a cup (``1/4 de finale``).

    Examples
    --------
    >>> read_slash("16/20 au bac", 0), read_slash("1/8 de finale", 0)
    ((0.8, 5), None)
    """
    match = _SLASH.match(folded, start)
    if match is None or (start and (folded[start - 1].isalnum() or folded[start - 1] in "/.,-")):
        return None
    under = int(match["under"])
    if not under or re.match(r" ?(?:èmes? |e |es )?(?:de |d')?finales?\b", folded[match.end() : match.end() + 16]):
        return None
    value = tidy(float(match["over"].replace(",", ".")) / under)
    return (value, match.end()) if value is not None and value <= 1 else None


def read_ratio(
    text: str, folded: str, first: NumberSpan, second: NumberSpan
) -> tuple[Pair, tuple[int, int] | None] | None:
    """Return the ratio that two numbers make, and the span of a noun inside it: ``un Français sur trois``."""
    if not (isinstance(first.value, int) and isinstance(second.value, int)):
        if second.value not in {100, 1000, 10_000, 100_000, 1_000_000}:
            return None
    gap = folded[first.end : second.start]
    if len(gap) > 40 or second.form is Form.ARTICLE or not second.value:  # noqa: PLR2004
        return None
    on = _RATIO_ON.fullmatch(gap)
    powers = {100, 1000, 10_000, 100_000, 1_000_000}
    if on:
        if first.value > second.value or first.form is Form.ORDINAL:
            return None
        noun_follows = plural_noun_follows(text, folded, second.end)
        tally = bool(_TALLY.match(on["noun"] or ""))
        if noun_follows and second.value not in powers and not tally:
            return None
        if on["noun"] and second.value > _USUAL_BASE and second.value not in powers and not tally:
            return None  # "178 postes sur 710": two counts
    else:
        of = _RATIO_FOR.fullmatch(gap)
        if of is None or second.value not in powers or not (of["noun"] is None or first.value < second.value):
            return None
        on = of
    value = tidy(first.value / second.value)
    if value is None:
        return None
    noun = None
    if on["noun"]:
        begin = first.end + 1
        noun = (begin, first.end + len(on["noun"]))
        if re.match(
            r"(?:mètres?|km|kilomètres?|cm|m|centimètres?|euros?|dollars?|ans|points?|fois)\b",
            folded[begin : begin + 14],
        ):
            return None
    return Pair(value, value, "ratio"), noun
