"""What the words around one number make of it: a ratio, a magnitude, points, a sign, small change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern, word_set
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.records import Kind, Number

if TYPE_CHECKING:
    from newsnlp.quantities.units import Unit

_TIMES = re.compile(
    r" fois (?:plus|moins|supérieure?s?|inférieure?s?|et demie? (?:plus|moins)|le (?!jour|mois|match)"
    r"|la (?!semaine|journée)|l'équivalent|sa |son |celle|celui|autant|leur )"
)
_BY_BEFORE = re.compile(
    r"\b(?:multipli|divis|démultipli)[^\W\d_]* (?:presque |quasiment |environ "
    r"|au moins )?par (?:presque |près de |plus de |environ )?$"
)
_PER_HEAD = pattern(r" [^\W\d_]+(?: [^\W\d_]+)? (?:par|pour chaque) <quantities.singles_per_head>s?\b")
_SEASON = re.compile(r"\b(?:points?|buts?|victoires?|championnat|ligue|saison)\b")
_PER_ANY = re.compile(r" [^\W\d_]+(?: [^\W\d_]+)? par [^\W\d_]")
_MAGNITUDE = pattern(
    r"\b(?:magnitude|richter)(?: <quantities.singles_magnitude>)* ?(?:de |d'|à |: ?|est de |était de |entre )?$"
)
_MAGNITUDE_AFTER = re.compile(r" (?:degrés? )?(?:de magnitude\b|sur l'échelle (?:ouverte )?de richter)")
_POINTS = re.compile(r" (?:points?|pts?)(?![^\W_])(?! (?:au classement|de permis|d'avance sur|marqués?|inscrits?))")
_POINTS_AFTER = re.compile(r" (?:points?|pts?) (?:de (?:plus|moins)|supplémentaires?)\b")
_SHARE_NEAR = pattern(r"%|pour cent|\b<quantities.singles_share_near>\b")
_POINTS_CUE = pattern(
    r"\b(?:hausse|baisse|recul[^\W\d_]*|progress[^\W\d_]*|gagn[^\W\d_]*|perd[^\W\d_]*"
    r"|chut[^\W\d_]*|bond[^\W\d_]*|repli|augment[^\W\d_]*|diminu[^\W\d_]*"
    r"|<quantities.singles_points_cue>|grimp[^\W\d_]*|cèd[^\W\d_]*|dégringol[^\W\d_]*)"
    r"[^.\n]{0,30}$"
)
# "au moins 5 %", "plus ou moins 2 %" have no sign.
_MINUS_WORD = re.compile(r"(?:^|[\s(«:,])(?<!\bau )(?<!\bdu )(?<!\bou )(?<!\bpas )moins $")
_MINUS_SUM = re.compile(r"\b(?:de|à|atteint|affiche) moins $")
_SPACED_MINUS = re.compile(r"(?:(?:^|[\n(:,;])\s*|\b(?:de|à|entre|et|atteint) )- $")
# "entre plus et moins 2 %": both signs.
_PLUS_AND_MINUS = re.compile(r"(?:\bentre )?\bplus et moins $")
_OF_INDEX = pattern(r"\b<quantities.singles_indices>\b[^.;\n]*$")
_IN_RISE = pattern(
    r"\ben (?:[^\W\d_]+ )?<figures_event_contexts.vote.changes> (?:de |d')(?:près de |plus de |environ )?$"
)
_MINUS_SIGN = re.compile(r"(?:^|[\s(«:,;])[-–] ?$")
_SMALL_CHANGE = re.compile(
    r" (?P<cents>[0-9]{2})(?=$|[\s.,;:)!?»](?! ?[0-9])(?! ?[^\W\d_]{4,}s\b))"
    r"|,? et (?P<word_cents>[0-9]{1,2}) centimes?\b"
)
# Units that are also everyday nouns: only numbers in digits measure in them.
_FEW = 6
# More points than these are no change of a percentage.
_MOST_POINTS = 60


# "6m03", "1 m 80": metres and centimetres; "1 kg 200", "2 km 500": thousandths of the unit; "1€20", "3F50": cents.
_SPLIT_MEASURE = re.compile(
    r"(?P<whole>[0-9]{1,4}) ?(?:m ?(?P<cm>[0-9]{2})(?![0-9]|[.,][0-9]|[^\W_])"
    r"|(?P<long>kg|km) (?P<part>[0-9]{3})(?![0-9]|[.,][0-9]| ?[^\W_]{3,})"
    r"|(?<=[0-9])(?:€(?P<cents>[0-9]{2})|f(?P<centimes>[0-9]{2}))(?![0-9]|[.,][0-9]|[^\W_]))"
)
_SPLIT_UNITS = {
    "cm": ("m", "measure.metres"),
    "cents": ("EUR", "money.cents"),
    "centimes": ("FRF", "money.cents"),
}
_WEIGHT = re.compile(
    r"\b(?:p[èe]s[^\W\d_]*|poids|lourd[^\W\d_]*|maigri|kilos?|kg|perdu|livres de (?:viande|beurre"
    r"|pain))\b"
)


def is_noun_here(unit: Unit, number: NumberSpan, folded: str) -> bool:
    """Return whether a unit's word is a plain noun after this number: ``un pied``, ``trois livres`` (books)."""
    if unit.surface not in word_set("quantities.singles_also_nouns"):
        return False
    if unit.surface == "livre":
        if unit.kind is Kind.MONEY:
            return not number.links
        return number.links or not _WEIGHT.search(folded, max(0, number.start - 60), unit.end + 40)
    if unit.surface == "journée":
        return bool(_SEASON.search(folded, max(0, number.start - 60), unit.end + 60))  # "38 points en 17 journées"
    if unit.surface == "degré":
        return number.form is Form.ARTICLE
    if unit.surface == "pied":
        return number.form not in {Form.DIGITS, Form.MIXED} or number.value < _FEW
    return number.form not in {Form.DIGITS, Form.MIXED}


def is_times_more(folded: str, number: NumberSpan) -> bool:
    """Return whether a number multiplies: ``deux fois plus``, ``multiplié par trois``."""
    if _TIMES.match(folded, number.end):
        return True
    before = folded[max(0, number.start - 44) : number.start]
    return "par " in before and _BY_BEFORE.search(before) is not None


def is_per_head(folded: str, number: NumberSpan) -> bool:
    """Return whether a count is a rate: ``1,9 enfant par femme``, ``1,2 candidat par place``."""
    is_mean = number.decimal and number.scale == 1 and _PER_ANY.match(folded, number.end)
    return bool(is_mean or _PER_HEAD.match(folded, number.end))


def is_magnitude(folded: str, start: int, end: int) -> bool:
    """Return whether a number is an earthquake's magnitude: ``de magnitude 6,4``, ``6,4 de magnitude``."""
    before = folded[max(0, start - 48) : start]
    named = ("magnitude" in before or "richter" in before) and _MAGNITUDE.search(before)
    return bool(named or _MAGNITUDE_AFTER.match(folded, end))


def percentage_points(folded: str, start: int, end: int, *, value: Number, decimal: bool) -> bool:
    """Return whether ``points`` after a number are percentage points: a change, with a percentage near."""
    if value > _MOST_POINTS or not _POINTS.match(folded, end):
        return False
    if _OF_INDEX.search(folded, max(0, start - 120), start):
        return False
    before = folded[max(0, start - 60) : start]
    if not _SHARE_NEAR.search(folded, max(0, start - 200), end + 160):
        return bool(_IN_RISE.search(before)) and value < _MOST_POINTS / 2
    return decimal or bool(_POINTS_AFTER.match(folded, end) or _POINTS_CUE.search(before))


def sign_before(folded: str, start: int, unit: Unit | None, *, share: bool = False) -> int:
    """Return -1 where a minus stands before a number that can bear one; a percentage always can (`share`)."""
    window = folded[max(0, start - 16) : start]
    signed_unit = share or (unit is not None and (unit.kind is Kind.PERCENT or unit.unit in {"°C", "°F"}))
    is_sum = unit is not None and unit.kind is Kind.MONEY
    if (signed_unit and _MINUS_WORD.search(window)) or (is_sum and _MINUS_SUM.search(window)):
        return -1
    if not window.rstrip(" ").endswith(("-", "–")) or _MINUS_SIGN.search(window) is None:
        return 1
    if signed_unit and window.endswith("–"):
        return -1
    if window.endswith("-"):
        if not folded[start].isdigit():
            return 1  # "-une des deux": the dash of a list
        # "-5" attached: a value, unless it opens a list of things ("-5 candidats").
        return (
            -1
            if signed_unit or unit is not None or not re.match(r"[0-9.,]+ [^\W\d_]", folded[start : start + 12])
            else 1
        )
    # "(- 0,7 %)", "de - 12 millions": apart from its number, a sign only after these; "A - 5 %" is a list.
    return -1 if (signed_unit or is_sum) and _SPACED_MINUS.search(window) else 1


def is_plus_and_minus(folded: str, start: int) -> int | None:
    """Return where ``entre plus et moins`` begins before a number."""
    near = folded.endswith("moins ", 0, start)
    found = _PLUS_AND_MINUS.search(folded, max(0, start - 24), start) if near else None
    return found.start() if found else None


def small_change(folded: str, pos: int, surface: str) -> tuple[int, float] | None:
    """Return end and value of the cents after an amount: ``2 euros 50``."""
    if surface not in {"euro", "€", "franc", "dollar"}:
        return None
    match = _SMALL_CHANGE.match(folded, pos)
    if match is None:
        return None
    name = str(match.lastgroup)
    return match.end(name), int(match[name]) / 100


def split_measure(folded: str, pos: int) -> tuple[Number | None, Kind, str, str, int] | None:
    """Return value, kind, unit, rule and end of what has its unit inside: ``1 m 80``, ``2 km 500``, ``1€20``."""
    match = _SPLIT_MEASURE.match(folded, pos)
    if match is None:
        return None
    name = str(match.lastgroup)
    unit, rule = _SPLIT_UNITS.get(name, (match["long"], "measure.thousandths"))
    kind = Kind.MONEY if rule.startswith("money") else Kind.MEASURE
    return tidy(float(f"{match['whole']}.{match[name]}")), kind, unit, rule, match.end()
