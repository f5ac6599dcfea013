"""Ordinals that are results: ``5e mondial``, ``seconde place``, ``arrivé troisième``. All others name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern

if TYPE_CHECKING:
    from newsnlp.numerals.forms import NumberSpan

_PLACE_AFTER = re.compile(
    r"(?:(?:,| et| ou)(?: la| le)? (?:[0-9]+ ?(?:e|ème|re)|[^\W\d_]+ième))* (?:places?|rangs?"
    r"|positions?)(?! fortes?\b)(?![^\W_])"
)
_WORLD_AFTER = re.compile(
    r" (?:mondiale?|européenne?|ex[ -]?[aæ]e?quo|au (?:classement|général|scratch)|du (?:classement"
    r"|général|scratch|championnat|contre-la-montre|sprint))(?![^\W_])"
)
_RESULT_BEFORE = pattern(
    r"\b(?:arriv[^\W\d_]*|class[^\W\d_]*|termin[^\W\d_]*|fin<quantities.ranks_result_before>|point(?:e|ent|ait)"
    r"|qualifi[^\W\d_]*|plac[ée][^\W\d_]*|reléguée?s?|hiss[^\W\d_]*|retrouv[^\W\d_]*)(?: seulement| ainsi| donc"
    "| finalement)? (?:en |le |la |les |à la |au )?$"
)
_BE_BEFORE = pattern(r"\b<quantities.ranks_be_before> (?:actuellement )?$")
_NO_NOUN_AFTER = pattern(
    r"$|[.,;:)\n»!?]| et le [0-9]+ ?e(?! [^\W\d_]{4})| (?:<quantities.ranks_no_noun_after>"
    "|du (?:classement|championnat|groupe|tour)|de la (?:course|poule)"
    r"|<quantities.ranks_no_noun_after.more>)\b"
)
# "Pau, 11e, au stade Marcel-Michelin": but not "Paris, 11e".
_APPOSED_BEFORE = re.compile(r"(?<!paris)(?<!lyon)(?<!marseille)(?<=[^\W\d_]{3}), $")
_APPOSED_AFTER = re.compile(r",|[.;]?(?:\s|$)")
# "a terminé dixième du marathon"
_CONTEST_AFTER = re.compile(r" (?:du|de la|de l'|des) ?[^\W\d_]")
_BETWEEN_RANKS = re.compile(r"\bentre le (?:[0-9]+ ?e et le )?$")
_FIRST_NEEDS = re.compile(r"\b(?:arriv|class|termin|fin)[^\W\d_]* (?:à la |au |en |le |la )?$")


def is_rank(folded: str, number: NumberSpan) -> bool:
    """Return whether an ordinal states a result.

    Examples
    --------
    >>> from newsnlp.numerals.scan import scan_numbers
    >>> [is_rank(t, scan_numbers(t, t)[0]) for t in ("la seconde place", "la 13e étape", "arrivé troisième.")]
    [True, False, True]
    """
    before = folded[max(0, number.start - 44) : number.start]
    if number.text.lower() in {"premiers", "premières"}:
        return False
    if _PLACE_AFTER.match(folded, number.end):
        return not folded[number.end :].startswith(" rang d")
    if _WORLD_AFTER.match(folded, number.end):
        return number.value > 1 or not folded[number.end :].startswith((" mondial", " européen"))
    if _CONTEST_AFTER.match(folded, number.end) and number.value > 1 and _RESULT_BEFORE.search(before):
        return True
    if not _NO_NOUN_AFTER.match(folded, number.end):
        return False
    if number.value == 1:
        return bool(_FIRST_NEEDS.search(before))
    if _APPOSED_BEFORE.search(before) and _APPOSED_AFTER.match(folded, number.end):
        return True
    if before.endswith((", lui ", ", elle ")) or _BETWEEN_RANKS.search(before):
        return True
    if before.endswith("(") and folded[number.end : number.end + 1] == ")":
        return True
    return bool(_RESULT_BEFORE.search(before) or _BE_BEFORE.search(before))
