"""Expressions that begin with digits and count nothing: phones, addresses, codes, marks of lists and notes."""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import pattern, places
from newsnlp.quantities.exclusions.around import WINDOW, Around, Barred
from newsnlp.record_fields import NoFigure

# The last group of a match names the reason.
_REASONS = {
    "phone": NoFigure.PHONE,
    "day_and_night": NoFigure.ROUND_THE_CLOCK,
    "position": NoFigure.POSITION,
    "address": NoFigure.ADDRESS,
    "postal_code": NoFigure.POSTAL_CODE,
    "isbn": NoFigure.IDENTIFIER,
    "name_hyphen": NoFigure.IN_WORD,
    "model": NoFigure.NAME,
    "crossed": NoFigure.DIMENSIONS,
}


# Expressions that begin with the digits of a number. The last group names the rule.
_FORWARD = re.compile(
    r"""
    (?P<phone>0[1-9](?:[ .-]?[0-9]{2}){4}(?![0-9])
        |0[ ]?8[0-9]{2}(?:(?:[ .]?[0-9]{3}){2}|(?:[ .][0-9]{2}){3})(?![0-9])
        |[2-9][0-9]{2}[ -][2-9][0-9]{2}-[0-9]{4}(?![0-9]))
    |(?P<day_and_night>(?:24|7)[ ]?(?:h|j)?[ ]?/[ ]?(?:24|7)(?:[ ]?(?:h|j))?(?![0-9]))
    |(?P<position>[0-9]{1,3}[ ]?°[ ]?[0-9]{1,2}[ ]?'(?:[ ]?[0-9]{1,2}(?:[.,][0-9]+)?[ ]?(?:"|''))?
        |[0-9]{1,3}\.[0-9]{3,},[ ]?-?[0-9]{1,3}\.[0-9]{3,})
    |(?P<address>[0-9]{1,4}(?:[ ]?(?:bis|ter))?
        (?:,?[ ](?:rue|avenue|av\.|bd|boulevard|chemin|impasse|quai|allée|cours|square|faubourg|place)
        |,[ ](?:route|voie|ruelle|passage|promenade|esplanade|résidence|lotissement))[ ][^\W\d_])
    |(?P<postal_code>[0-9]{5}[ ][^\W\d_-]+(?:-[^\W\d_]+)*[ ]cedex)
    |(?P<isbn>97[89]-[0-9](?:[- ]?[0-9]){8}[- ]?[0-9](?![0-9]))
    |(?P<name_hyphen>[0-9]+-(?!ce(?:s|lles|ux)?\b|là\b|ci\b)[^\W\d_])
    |(?P<model>[0-9]+-[0-9]*[a-z])
    |(?P<crossed>[0-9]+x[0-9]+)
    """,
    re.VERBOSE,
)


_LIST_MARKER = re.compile(r"[0-9]{1,2}(?:[.)°]|[.]-|[ ][-–—])[ ]+(?=[^\W\d_a-zà-ÿ]|«)")
_FOOTNOTE = re.compile(r"[0-9]{1,3}[\])]")
# "douze morts (1)": a single digit in brackets behind a word in small letters.
_CALL = re.compile(r"(?:[a-zà-ÿœ]{2}|[0-9.!?»]) ?\([1-9]\)$")
# "Cezais (85)": the number of a département.
_DEPARTMENT = re.compile(r"[^\W\d_a-zà-ÿ][\w'-]+ \($")
_PHONE_ABROAD = re.compile(r"[0-9]{1,3}(?:[ .-]?(?:\(0\))?[ ]?[0-9]{1,3}){3,}")
# A number of the telephone behind its word, in any grouping.
_PHONE_CUE = pattern(r"\b<figures_exclusions.names.phones>(?: fixe)?\.? ?:? ?\(?$")
_PHONE_DIGITS = re.compile(r"[0-9]{2,4}\)?(?:[ ./-]?[0-9]{2,4}){1,5}(?![0-9])")
# The numbers of companies, books and accounts stand behind the name of their register.
_CODE_CUE = pattern(r"\b<figures_exclusions.names.codes>(?:-1[03])?(?: [^\W\d_]+ [a-d])?(?: n[°º]| numéro)? ?:? ?$")
_CODE = re.compile(r"[0-9][0-9 .\-]*[0-9](?:-?x\b)?|[0-9]")
# "FR76 3000 4000 …": an account.
_ACCOUNT_BEFORE = re.compile(r"\b[a-z]{2}[0-9]{2} $")
_ACCOUNT = re.compile(r"(?:[0-9a-z]{4} ){2,}[0-9a-z]{1,4}(?![^\W_])")
_POSTAL_CODE = re.compile(
    r"(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3} (?P<place>[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+|[ '][A-ZÀ-Þ][^\W\d_]+)*)"
)
_PLACE_BEFORE = re.compile(r"(?:^|\n|[,(–—:-] ?|\b(?:à|[bc]p|[bc]s) ?(?:[0-9]+,? )?)$")
_POSTAL_END = re.compile(r" ?(?:$|[.,;:)\n–—-])")
_SHORTEST_CODE = 3
_LONG_ID = 8
_THOUSAND = 1000


@functools.cache
def _places() -> frozenset[str]:
    return frozenset(row["surface"] for row in (*places.french_places(), *places.cities()))


def expression(around: Around) -> Barred | None:
    """Bar phones, addresses and the like, which begin with the number."""
    folded, start = around.folded, around.number.start
    match = _FORWARD.match(folded, start)
    if match:
        return Barred(_REASONS[str(match.lastgroup)], match.end())
    abroad = _PHONE_ABROAD.match(folded, start) if around.before.endswith(("+", "+(", "(+")) else None
    if abroad is None and _PHONE_CUE.search(around.before):
        abroad = _PHONE_DIGITS.match(folded, start)
    return Barred(NoFigure.PHONE, abroad.end()) if abroad else None


def identifier(around: Around) -> Barred | None:
    """Bar codes and ids: ``SIRET 732 829 320 00074``, ``75011 Paris``, eight digits and more without a noun."""
    text, folded, number = around.text, around.folded, around.number
    start = number.start
    if number.end - start < _SHORTEST_CODE:
        return None
    if _CODE_CUE.search(folded, max(0, start - 2 * WINDOW), start):
        code = _CODE.match(folded, start)
        return Barred(NoFigure.IDENTIFIER, code.end() if code else number.end)
    account = _ACCOUNT.match(folded, start) if _ACCOUNT_BEFORE.search(around.before) else None
    if account:
        return Barred(NoFigure.IDENTIFIER, account.end())
    if around.unit is not None or not text[start : number.end].isdigit():
        return None
    postal = _POSTAL_CODE.match(text, start)
    if (
        postal
        and _PLACE_BEFORE.search(folded, max(0, start - WINDOW), start)
        and _POSTAL_END.match(folded, postal.end())
    ):
        # "10000 Parisiens" is no place.
        if not postal["place"].endswith(("s", "x")) or postal["place"] in _places():
            return Barred(NoFigure.POSTAL_CODE, postal.end())
        return None
    if number.end - start < _LONG_ID or number.value % _THOUSAND == 0 or around.noun_follows:
        return None
    return around.bar(NoFigure.IDENTIFIER)


def angle(around: Around) -> Barred | None:
    """Bar ``un virage à 90 degrés``, ``une vidéo à 360°``."""
    number = around.number
    if around.unit is None or around.unit.surface not in {"degré", "°", "°C"} or number.value not in {45, 90, 180, 360}:
        return None
    turns = _TURN_BEFORE.search(around.folded, max(0, number.start - 2 * WINDOW), number.start)
    return Barred(NoFigure.ANGLE, around.unit.end) if turns or number.value == 360 else None  # noqa: PLR2004


_TURN_BEFORE = pattern(r"\b<figures_exclusions.names.turns>[^\W\d_]*(?: [^\W\d_]+){0,3} (?:à|de|d') ?$")


def marker(around: Around) -> Barred | None:
    """Bar list markers, footnote marks and the numbers of départements."""
    start, before = around.number.start, around.before
    opens_line = not before or before[-1] == "\n"
    found = _LIST_MARKER.match(around.text, start) if opens_line else None
    if found:
        return Barred(NoFigure.LIST_MARKER, found.end())
    note = _FOOTNOTE.match(around.folded, start) if before.endswith(("[", "(")) else None
    if note is None:
        return None
    if _DEPARTMENT.search(around.text, max(0, start - WINDOW), start):
        return Barred(NoFigure.DEPARTMENT, note.end())
    if before.endswith("[") or _CALL.search(around.text, max(0, start - WINDOW), start + 2):
        return Barred(NoFigure.FOOTNOTE, note.end())
    return None
