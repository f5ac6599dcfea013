"""Ages, told from durations: ``une femme de 72 ans`` against ``dix ans de prison``."""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import load_toml

_WINDOW = 48


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    ages = load_toml("figures_num_ages.toml", tables=("ages",))["ages"]
    persons = "|".join(sorted(ages["persons"], key=len, reverse=True))
    between = r"(?:environ |presque |à peine |près de |plus de |moins de |au moins |seulement |tout juste |d'environ |déjà )?"
    of_person = rf"\b(?:{persons})(?: [^\W\d_]+(?:-[^\W\d_]+)*){{0,2}},? (?:âgée?s? )?(?:de |d')(?:plus de |moins de |près de |environ |quelque )?"
    before = re.compile(
        rf"(?:\bâgée?s?(?: seulement)?(?: respectivement)? (?:de |d'|entre )?{between}(?:de |d')?"
        rf"|\bâge (?:de |d'|moyen (?:est )?de |légal (?:est )?de |minimum de ){between}|\bâgée?s?, respectivement, de "
        rf"|\bl'âge (?:[^\W\d_]+ ){{1,5}}(?:de |à )"
        rf"|{of_person}"
        rf"|\b(?:fêt[^\W\d_]+|célébr[^\W\d_]+|haut de|seuil de|cap de|orée de|souffler|souffle|soufflé) (?:[^\W\d_]+ )?(?:ses|leurs|mes|nos) "
        rf"|\b(?:les|des|aux) (?:plus de |moins de )?)$"
    )
    not_after = re.compile(rf" (?:de |d')(?:{'|'.join(ages['terms'])})\b| (?:fermes?|avec sursis|de plus\b|plus tard|plus tôt|après|avant|auparavant|durant|plus)")
    return before, not_after


_LES_BEFORE = re.compile(r"\b(?:les|des|aux) (?:plus de |moins de )?$")
_RANGE = re.compile(r"[0-9]{1,2} ?(?:-|–|à) ?[0-9]{1,2}")
_APPOSITION_BEFORE = re.compile(r"(?:[^\W\d_a-zà-ÿ][^\W\d_]+|[^\W\d_]+)(?: \(|, )(?:[^\W\d_]+, )?$")
_APPOSITION_AFTER = re.compile(r" ?(?:[,)]|et demi[,)]|(?:au moment|à l'époque|lors) )|$|\n|\.(?:$|\s)")
_NAME_BEFORE = re.compile(r"[^\W\d_a-zà-ÿ][\w'-]*(?: \(|, )$")
_NOT_A_PERSON = re.compile(r"\b(?:pendant|durant|depuis|après|il y a|dans|pour|en|voilà|voici) $")
_HAVE_BEFORE = re.compile(r"(?<!il y )(?<!il n'y )(?<!y )\b(?:a|ai|as|ont|avait|avaient|aura|auront|aurait|auraient|eu|avoir|ayant|avais) (?:à peine |seulement |tout juste |déjà |environ |presque |plus de |moins de |alors |eu |près de )?$")
_AT_BEFORE = re.compile(r"(?<!condamné )(?<!condamnée )(?<!condamnés )(?<!condamnées )(?<!peine )(?:^|[\s(«])(?:à|dès|jusqu'à|partir de) (?:seulement |peine |presque |tout juste )?$")
_SENTENCED = re.compile(r"\b(?:condamn|encour|peine|réclusion|prison|contrat|bail|mandat|prolong|remont|report|limit|port|fix)[^\W\d_]*[^.\n]*$")
_YOUNG_UNIT = frozenset({"month", "day", "week"})


def is_age(text: str, folded: str, start: int, end: int, unit: str, *, is_range: bool) -> bool:
    """Return whether a duration from `start` (its modifier included) to `end` (its unit included) is an age.

    Parameters
    ----------
    text, folded : str
    start, end : int
    unit : str
        ``year``, ``month`` …
    is_range : bool
        Two numbers: ``24-30 ans``.
    """
    if unit not in {"year", "month"}:
        return False
    before_pattern, not_after = _patterns()
    window = max(0, start - _WINDOW)
    if not_after.match(folded, end):
        return False
    before = folded[window:start]
    match = before_pattern.search(before)
    if match:
        # "les 25 ans" is an anniversary or a stretch of time, "les moins de 25 ans", "les 18-25 ans" are people.
        return not _LES_BEFORE.search(before) or is_range or _people(folded, start)
    if unit in _YOUNG_UNIT:
        return False
    if _NAME_BEFORE.search(text, window, start) and _APPOSITION_AFTER.match(folded, end) and not _NOT_A_PERSON.search(before):
        return True
    if _HAVE_BEFORE.search(before) and not re.match(r" (?:de|d'|pour|que)\b", folded[end : end + 5]):
        return True
    return bool(_AT_BEFORE.search(before)) and not _SENTENCED.search(before) and not folded[end:].startswith((" de ", " d'"))


def _people(folded: str, start: int) -> bool:
    return folded.startswith(("plus de", "moins de"), start)
