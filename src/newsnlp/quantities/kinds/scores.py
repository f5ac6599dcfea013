"""Scores as printed (``3-1``, ``6/4``, ``2 à 1``, ``trois buts à un``), marks (``16/20``), and pages of results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.lexicons import pattern
from newsnlp.numerals.forms import Form, NumberSpan, tidy
from newsnlp.quantities.contexts import plural_noun_follows

if TYPE_CHECKING:
    from newsnlp.records import Number


_HIGHEST = 200
_HIGHEST_SET = 30
_TEN = 10
_WINDOW = 90
_SCORE_CUES = re.compile(
    r"\b(?:scores?|bat|battu[es]*|battant|battent|victoires?|défaites?|gagn[^\W\d_]*|s'impos[^\W\d_]*"
    r"|imposée?s?|perd[^\W\d_]*|matchs?|nul|mené[^\W\d_]*|men(?:e|ait|aient)|buts?"
    r"|sets?|finale|tirs au but|inclin[^\W\d_]*|domin[^\W\d_]*|devanc[^\W\d_]*|contre|face"
    r"|écras[^\W\d_]*|élimin[^\W\d_]*|ouvert|égalis[^\W\d_]*|mi-temps|aller|retour|prolongations?"
    r"|remport[^\W\d_]*|tennis|voix)\b"
)
_SCORE = re.compile(r"(?P<a>[0-9]{1,3})(?P<gap>-|–|/| - | – | à )(?P<b>[0-9]{1,3})(?![0-9]|[.,][0-9]|[-/][0-9]|[^\W_])")
_GOALS = re.compile(r" (?:buts?|sets?|manches?|essais?|victoires?) (?:à|contre) ")
_STRONG_CUE = re.compile(
    r"\b(?:score|bat|battu[es]*|gagn[^\W\d_]*|vainqueurs?|s'impos[^\W\d_]*|inclin[^\W\d_]*|défaite|victoire|perd[^\W\d_]*|mené[^\W\d_]*)\b[^.]{0,40}$"
)
# What follows makes a quantity or a date of the two numbers.
_NOT_SCORE_AFTER = pattern(
    r" ?(?:%|°|€|pour cent|heures|h\b)| <quantities.scores_not_score_after>\b"
    "| <quantities.scores_not_score_after.more>"
)
_NOT_SCORE_BEFORE = re.compile(r"\b(?:les|aux|des) $|\b[lrda]\. ?$")
_NEEDS_CUE_BEFORE = pattern(r"\b<quantities.scores_needs_cue_before> $")
_LIST_BEFORE = re.compile(r"[0-9][-–][0-9]{1,3}[ ,;/]+$")
_LIST_AFTER = re.compile(r"[ ,;/]+[0-9]{1,3}[-–][0-9]")
_SET_BEFORE = re.compile(r"[0-9]/[0-9]{1,2}[ ,;]+$")
_SET_AFTER = re.compile(r"[ ,;]+[0-9]{1,2}/[0-9]")


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
    end = match.end()
    if re.match("0[0-9]", match["a"]) or _NOT_SCORE_AFTER.match(folded, end) or plural_noun_follows(text, folded, end):
        return None
    before = folded[max(0, start - _WINDOW) : start].rsplit("\n", 1)[-1]
    after = folded[end : end + 40].split("\n", maxsplit=1)[0]
    cued = bool(_SCORE_CUES.search(before) or _SCORE_CUES.search(after))
    if _NOT_SCORE_BEFORE.search(before) or (_NEEDS_CUE_BEFORE.search(before) and not cued):
        return None
    score = Score(int(match["a"]), int(match["b"]), end)
    return score if _is_score(score, match["gap"], before, after, cued=cued) else None


def _is_score(score: Score, gap: str, before: str, after: str, *, cued: bool) -> bool:
    """Return whether two numbers joined by `gap` are a score rather than a range, a mark or a change."""
    first, second = score.first, score.second
    if max(first, second) > _HIGHEST:
        return False
    if _LIST_BEFORE.search(before) or _LIST_AFTER.match(after):
        return gap in {"-", "–"}
    if gap == "/":
        # A smaller numerator is a mark or a fraction, unless it is a set (4/6) that stands next to another.
        is_set = second in {6, 7} and bool(_SET_BEFORE.search(before) or _SET_AFTER.match(after))
        return (first > second or is_set) and max(first, second) <= _HIGHEST_SET
    if gap == " à ":
        return cued and (first >= second or bool(_STRONG_CUE.search(before)))
    in_brackets = before.endswith("(") and after.startswith(")") and max(first, second) < _TEN  # "faible à Lens (1-3)"
    return cued or ((first >= second or in_brackets) and gap in {"-", "–"})


def read_goals(folded: str, first: NumberSpan, second: NumberSpan) -> Score | None:
    """Return the score that two numbers make in words or around a noun: ``trois buts à un``, ``deux sets à zéro``."""
    if not (isinstance(first.value, int) and isinstance(second.value, int)):
        return None
    if max(first.value, second.value) > _HIGHEST:
        return None
    gap = folded[first.end : second.start]
    if _GOALS.fullmatch(gap):
        return Score(first.value, second.value, second.end)
    in_words = gap == " à " and first.form is Form.WORDS and first.value > second.value
    if in_words and _STRONG_CUE.search(folded, max(0, first.start - _WINDOW), first.start):
        return Score(first.value, second.value, second.end)
    return None


_SLASH = re.compile(
    r"(?P<over>[0-9]{1,3}(?:,[0-9])?)/(?P<under>[0-9]{1,4})(?:e|è|ème|ième)?(?![0-9/]|[^\W_]"
    r"|[,.][0-9]| ?(?:ans|mois|€|euros|km|h)\b)"
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


_LINE = 160
_NAME = r"[A-ZÉÈÎÀ][\w'’.-]*(?: [A-ZÉÈÎÀ(][\w'’.)-]*){0,3}"
_NAMED = re.compile(
    rf"(?P<a>[0-9]{{1,3}}) ?[-–,] ?{_NAME} (?P<b>[0-9]{{1,3}})(?=$|[.;:)!?»\n]"
    rf"| (?:a|est|au|à|après|en|pour|sera|devant)(?![^\W_])|,? \(| [-–:(]|,? [^\W\d_]+ ?:)",
    re.MULTILINE,
)
_NAME_BEFORE = re.compile(rf"(?:^|[\s(«:])(?:{_NAME}) $")
_ADDED_TIME = re.compile(r"[0-9]{1,3} ?(?:e|ème|re|')? ?\+ ?[0-9]{1,2}(?![0-9]|[^\W_])")
_MINUTE = re.compile(r"[0-9]{1,3} ?(?:e|ème|re)(?![^\W_])(?: (?:s\.? ?p\.?|csc|pen\.?|sur pen\.?|mt))?")
_GOAL_LINE = pattern(r"\b<quantities.scores_goal_line>(?: pour [^:\n]{2,30})? ?:[^\n]*$")
_IN_BRACKETS = re.compile(r"[(,] ?(?:[0-9]{1,3} ?(?:e|ème|re),? ?(?:et )?)*$")
_DRAW_LINE = re.compile(r"\b(?:tirage|loto|euromillions|keno|numéros? gagnants?|combinaison gagnante)\b[^\n]*$")
_DRAW = re.compile(r"[0-9]{1,2}(?:(?: ?[-–,;/] ?| et | )[0-9]{1,2}(?![0-9%€]|[.,][0-9])){3,}")


def read_named_score(text: str, start: int) -> Score | None:
    """Return the score whose first number stands after a name: ``Nancy 82 - Metz 75``.

    Examples
    --------
    >>> read_named_score("Nancy 82 - Metz 75", 6)
    Score(first=82, second=75, end=18)
    """
    match = _NAMED.match(text, start)
    if match is None or not _NAME_BEFORE.search(text, max(0, start - 40), start):
        return None
    first, second = int(match["a"]), int(match["b"])
    if "," in text[match.end("a") : match.end("a") + 1] and not text.startswith("\n", match.end()):
        return None  # "Meuse 55, Moselle 57" may be anything in running text
    return Score(first, second, match.end("b")) if max(first, second) <= _HIGHEST else None


def minutes_played(folded: str, start: int) -> int | None:
    """Return where the minute of a goal ends: ``Buts : Diallo (12e), Petit (45e+2)``.

    Examples
    --------
    >>> minutes_played("buts : diallo (12e), petit", 15)
    18
    """
    added = _ADDED_TIME.match(folded, start)
    opened = folded[max(0, start - 2) : start].strip()
    if added is not None and (added.group().count("e") or opened in ("(", ",")):
        return added.end()
    minute = _MINUTE.match(folded, start)
    if minute is None:
        return None
    line = folded[max(0, start - _LINE) : start].rsplit("\n", 1)[-1]
    return minute.end() if _GOAL_LINE.search(line) and _IN_BRACKETS.search(line) else None


def drawn_numbers(folded: str, start: int) -> int | None:
    """Return where the numbers of a lottery draw end.

    Examples
    --------
    >>> drawn_numbers("le tirage du loto : 4 - 12 - 23 - 31 - 48", 20)
    41
    """
    line = folded[max(0, start - _LINE) : start].rsplit("\n", 1)[-1]
    # The line first: in a long list of numbers each would be matched up to its end.
    match = _DRAW.match(folded, start) if _DRAW_LINE.search(line) else None
    return match.end() if match is not None else None
