"""What stands in a page of results: scores between names, minutes of goals, the numbers of a draw."""

from __future__ import annotations

import re

from newsnlp.figures.scores import Score

_HIGHEST = 200
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
_GOAL_LINE = re.compile(
    r"\b(?:buts?|essais?|marqueurs?|avertissements?|cartons?|expulsions?|remplacements?|pénalités?|transformations?)"
    r"(?: pour [^:\n]{2,30})? ?:[^\n]*$"
)
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
    match = _DRAW.match(folded, start) if _DRAW_LINE.search(line) else None
    return match.end() if match is not None else None
