"""How a number is qualified: words before it (``plus de``) and after it (``au moins``), and the bounds they give."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons import alternation, load_csv, pattern, words
from newsnlp.numerals.forms import Form, NumberSpan
from newsnlp.records import Modifier, Number

_WINDOW = 34
_ROUND = 10


class Qualified(NamedTuple):
    """A modifier and the outer offset of its words; None where the number stands alone."""

    modifier: Modifier
    offset: int | None


@functools.cache
def _rows(side: str) -> dict[str, Modifier]:
    rows = load_csv(
        "figures_num_modifiers.csv", columns=("surface", "side", "modifier", "note"), key=("surface", "side")
    )
    return {row["surface"]: Modifier(row["modifier"]) for row in rows if row["side"] == side}


@functools.cache
def _before_pattern() -> re.Pattern[str]:
    """Return the pattern of a modifier and what may stand between it and the number: ``près de la``, ``plus des``."""
    forms = []
    for surface in sorted(_rows("before"), key=len, reverse=True):
        escaped = re.escape(surface)
        if surface.endswith(" de"):
            escaped = escaped[:-2] + r"(?:de|d'|des|du)"
        elif surface.endswith((" à", "'à")):
            escaped = escaped[:-1] + r"(?:à|aux|au)"
        forms.append(escaped)
    adverbs = f"(?:{'|'.join(words('quantities.modifiers_adverbs'))})"
    return re.compile(
        rf"(?<![^\W_])(?P<modifier>{alternation(forms)}) ?(?:{adverbs} )?"
        rf"(?:(?:de |d')?(?:les? |la |l'|ces |ses |leurs |des |une? (?:nombre|total|moyenne) de )?)$"
    )


@functools.cache
def _after_pattern() -> re.Pattern[str]:
    forms = "|".join(re.escape(s) for s in sorted(_rows("after"), key=len, reverse=True))
    # One counted noun, with an adjective, may stand between: "trois personnes au moins", "300 manifestants environ".
    return re.compile(
        rf"(?P<noun>(?: (?:d'"
        rf"|de )?[^\W\d_]+(?:-[^\W\d_]+)?){{0,2}}?),? (?P<modifier>{forms})(?![^\W_]|-[^\W\d_])(?! (?:d'|de |les "
        rf"|la )?(?:[0-9]|une?\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
        r"|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille|plusieurs)"
        r"| (?:fort|haut|bas|tôt|tard|vite|près|profond|juste|chaud|froid|gros)\b)"
    )


_NOT_AFTER = pattern(r"\b<quantities.modifiers_not_after>\b")
# "en plus de 900 autres" adds; "de plus en plus de", "ne … plus que" say nothing of the number.
_NOT_MORE = re.compile(r"(?:\ben|\bde plus en|\bmoins en) plus (?:de |d'|des )$")
_NO_MORE_THAN = pattern(
    r"\b<quantities.modifiers_negations>"
    r" (?:(?:plus|davantage) (?:de |d'|des )|(?:dépass|excéd)[^\W\d_]* (?:les |la |des )?$)"
)
# "passer la barre des 50", "sous le seuil symbolique de 50", "le cap des 50 est franchi"
_BARRIER = pattern(r"\b<quantities.modifiers_barriers>(?: [^\W\d_]+)? (?:de |des |du |d')$")
_AT_BARRIER = pattern(
    r"(?:(?P<over>\b<quantities.modifiers_barriers.over>[^\W\d_]*|\b<quantities.modifiers_barriers.above>)"
    r"|(?P<under>\b<quantities.modifiers_barriers.under>)|(?P<near>\b<quantities.modifiers_barriers.near>[^\W\d_]*))"
    r" (?P<not>(?:pas|jamais|guère) )?(?:<quantities.modifiers_adverbs> )?(?:la |le |du |ce |cette )?$"
)
_OVER_AFTER = pattern(
    r"(?: [^\W\d_]+){0,4} (?:est|a été|sera|était|avait été)(?: [^\W\d_]+)? <quantities.modifiers_barriers.over>"
)
# "les 200 morts ont largement été dépassés"
_PASSED_AFTER = re.compile(
    r"(?: [^\W\d_]+){1,3}? (?:ont|sont|étaient|avaient|seront)(?: [^\W\d_]+ment)?(?: été)?(?: [^\W\d_]+ment)?"
    r" dépassée?s\b"
)
_NOT_OVER = pattern(r"\b<quantities.modifiers_negations> $")
_BARRIER_WINDOW = 40
# Of "un", these are adverbs and no bounds: "un maximum de points".
_MUCH = frozenset({"maximum", "minimum", "maxi", "mini"})
# "les 100 mètres" are run.
_LENGTH_AFTER = re.compile(r" ?(?:k?m\b|(?:kilo)?mètres?\b|km/h)")
_ONLY_ROUND = frozenset({"dans les", "sous les", "vers les", "quelques"})


def qualify(folded: str, start: int, end: int, *, number: NumberSpan, has_duration: bool = False) -> Qualified:
    """Return the modifier of the number expression from `start` to `end`, unit included in `end`.

    Examples
    --------
    >>> from newsnlp.numerals.scan import scan_numbers
    >>> text = "près de 300 personnes"
    >>> qualify(text, 8, 11, number=scan_numbers(text, text)[0])
    Qualified(modifier=<Modifier.APPROX: 'approx'>, offset=0)
    """
    window = max(0, start - _WINDOW)
    match = _before_pattern().search(folded, window, start)
    if match and _binds(folded, match, number, window, start, has_duration=has_duration):
        modifier = _rows("before")[_surface(match["modifier"])]
        begin = match.start()
        if modifier is Modifier.MORE_THAN and _NO_MORE_THAN.search(folded, window, start):
            return Qualified(Modifier.AT_MOST, begin - 4)
        return Qualified(modifier, begin)
    barrier = _BARRIER.search(folded, max(0, start - _WINDOW), start)
    if barrier and (found := _at_barrier(folded, barrier.start(), end)):
        return found
    if folded.startswith("les ", start - 4) and _PASSED_AFTER.match(folded, end):
        return Qualified(Modifier.MORE_THAN, None)
    after = _after_pattern().match(folded, end)
    if after and number.form is Form.ARTICLE and not after["noun"] and after["modifier"] in _MUCH:
        return Qualified(Modifier.EXACT, None)
    if after and not _NOT_AFTER.search(after["noun"]):
        if after["modifier"].endswith(("plus", "moins")) and after["noun"] and after["modifier"][:2] in {"ou", "et"}:
            return Qualified(_rows("after")[after["modifier"]], end)
        return Qualified(_rows("after")[after["modifier"]], after.end() if not after["noun"] else end)
    return Qualified(Modifier.EXACT, None)


def _at_barrier(folded: str, pos: int, end: int) -> Qualified | None:
    """Return what crossing, staying below or coming near the barrier named at `pos` makes of its number."""
    window = max(0, pos - _BARRIER_WINDOW)
    found = _AT_BARRIER.search(folded, window, pos)
    if found is None:
        return Qualified(Modifier.MORE_THAN, pos) if _OVER_AFTER.match(folded, end) else None
    if found["near"]:
        return Qualified(Modifier.APPROX, found.start())
    if found["under"]:
        return Qualified(Modifier.LESS_THAN, found.start())
    if found["not"]:
        return Qualified(Modifier.AT_MOST, pos)
    at_most = _NOT_OVER.search(folded, window, found.start())
    return Qualified(Modifier.AT_MOST if at_most else Modifier.MORE_THAN, found.start())


def _surface(found: str) -> str:
    """Return the lexicon's surface of a matched form, whose preposition may be contracted."""
    rows = _rows("before")
    if found in rows:
        return found
    for ending, full in (("d'", "de"), ("des", "de"), ("du", "de"), ("aux", "à"), ("au", "à")):
        if found.endswith(ending) and found[: -len(ending)] + full in rows:
            return found[: -len(ending)] + full
    return found


def _binds(
    folded: str, match: re.Match[str], number: NumberSpan, window: int, start: int, *, has_duration: bool
) -> bool:
    found = match["modifier"]
    if found.startswith("plus d") and _NOT_MORE.search(folded, window, start):
        return has_duration and not folded[window:start].endswith("de plus en plus de ")
    if found in _ONLY_ROUND:
        is_share = number.decimal or folded.startswith((" %", "%"), number.end)
        return number.form is not Form.VAGUE and (is_share or number.value >= _ROUND) and not has_duration
    if found.startswith("franchi"):
        return folded.startswith("les ", start - 4) and not _LENGTH_AFTER.match(folded, number.end)
    if found in {"approche", "approchait"}:
        return folded[match.end("modifier") :].startswith((" les ", " des ", " de "))
    if found in {"minimum", "maximum"} and folded[match.end("modifier") : start].strip() == "":
        return not re.search(r"[0-9] ?[^\W\d_]* $", folded[max(0, match.start() - 16) : match.start()])
    if found.startswith(("<", ">")) or found in "~≈±≤≥":
        return True
    # "jusqu'à" before a place or a date never reaches here: a number follows at once.
    return not (found in {"à peine", "presque"} and number.form is Form.ARTICLE)


def bounds(value: Number, modifier: Modifier) -> tuple[Number | None, Number | None]:
    """Return the inclusive bounds of a value under a modifier, None where a side is open.

    Examples
    --------
    >>> bounds(50, Modifier.MORE_THAN), bounds(50, Modifier.AT_MOST), bounds(50, Modifier.APPROX)
    ((50, None), (None, 50), (50, 50))
    """
    if modifier in {Modifier.AT_LEAST, Modifier.MORE_THAN}:
        return value, None
    if modifier in {Modifier.AT_MOST, Modifier.LESS_THAN}:
        return None, value
    if modifier is Modifier.VAGUE:
        return value, None
    return value, value
