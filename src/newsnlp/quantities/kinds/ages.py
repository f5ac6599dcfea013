"""Ages, told from durations: ``une femme de 72 ans`` against ``dix ans de prison``."""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import load_toml, pattern

_WINDOW = 64


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    ages = load_toml("figures_num_ages.toml", tables=("ages",))["ages"]
    persons = "|".join(sorted(ages["persons"], key=len, reverse=True))
    between = (
        r"(?:environ |presque |à peine |près de |plus de |moins de |au moins |seulement |tout juste |d'environ |déjà )?"
    )
    of_person = (
        rf"\b(?:(?:{persons}|{'|'.join(ages['others'])})(?: [^\W\d_]+(?:[-'][^\W\d_]+)*){{0,4}}"
        rf"|(?!(?:{'|'.join(ages['no_persons'])})s?\b)(?:[^\W\d_]+(?:{'|'.join(ages['endings'])})|sans-[^\W\d_]+"
        rf""
        rf"|(?:(?:l[ea]|une?|ce|cet|cette) |l')[^\W\d_]+(?:{'|'.join(ages['endings_of_one'])}))"
        rf"(?: (?![^\W\d_]+ent )[^\W\d_]+){{0,2}}"
        rf"),? (?:[âa]gée?s? )?"
        rf"(?:de |d'|entre )(?:plus de |moins de |près de |environ |quelque )?"
    )
    before = re.compile(
        rf"(?:\b[âa]gée?s?(?: seulement)?(?: respectivement)? (?:de |d'|entre )?{between}(?:de |d')?"
        rf"|\b[âa]ges? (?:de |d'|moyen (?:est )?de |légal (?:est )?de |minimum de ){between}"
        rf"|\b[âa]gée?s?, respectivement, de "
        rf"|\bâge |\bavant ses |\bl'âge (?:[^\W\d_]+ ){{1,5}}(?:de |à )"
        rf"|{of_person}"
        rf"|\b(?:fêt[^\W\d_]+|célébr[^\W\d_]+|haut de|seuil de|cap de|orée de|souffler|souffle|soufflé"
        rf"|jour de|malgré|anniversaire de|pour|avant|dans) (?:[^\W\d_]+ )?(?:ses|leurs|mes|nos) "
        rf"|(?<!plus )\b(?:vieux|vieil|vieilles?) (?:de |d'){between}"
        rf"|\b(?:les|des|aux) (?:plus de |moins de )?)$"
    )
    not_after = re.compile(
        rf" (?:de |d')(?:{'|'.join(ages['terms'])})\b| (?:fermes?|avec sursis|de plus\b|plus tard|plus tôt"
        rf"|après|avant|auparavant|durant|plus)"
    )
    return before, not_after


_LES_BEFORE = re.compile(r"\b(?:les|des|aux) (?:plus de |moins de )?$")
# "deux enfants de 3 et 5 ans": the second is read as the first.
_PARALLEL = pattern(
    r"(?:(?<=de )|(?<=ont )|(?<=avaient )|(?<=auraient ))(?:(?:[0-9]{1,3}|<quantities.ages_in_words>)(?: ans| mois)?"
    r"(?:, (?:et )?| (?:et|ou|à|puis) )(?:de )?){1,6}$"
)
# "les 18 ans et plus"
_AND_OVER = re.compile(r" (?:et|ou) (?:plus|moins)\b")
_NO_PERSON_BETWEEN = pattern(r"\b<quantities.ages_no_person_between>\b")
_CAPITAL_OF = re.compile(
    r"(?<!Guerre )(?<!guerre )(?<![.!?] )\b(?!Guerre|Plan|Bail)[^\W\d_a-zà-ÿ][^\W\d_A-ZÀ-Þ]+ (?:de |d')$"
)
_APPOSITION_AFTER = pattern(
    " ?(?:et |[,)](?! (?:de|soit|contre|après|depuis|dont (?:[0-9]+"
    "|<quantities.ages_apposition_after.more>)) )|et demi[,)]"
    r"|<quantities.ages_apposition_after> )|$|\n|\.(?:$|\s)"
)
# "Jean Dupont, bénévole dévoué de 37 ans,"
_APPOSED_TO_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w'-]+, (?:[a-zà-ÿœ][^\W\d_]*(?:[-'][^\W\d_]+)* ){1,4}(?:de |d')$")
_OF_BEFORE = re.compile(r"\b(?:de |d')$")
# "le marabout de 37 ans a été tué": a term is not killed.
_BEFALLEN_AFTER = pattern(
    r",? (?:(?:a|ont|avait|avaient|aurait|auraient) (?:[^\W\d_]+ment )?(?:été )?|(?:est|sont|était|étaient|serait) )"
    r"(?:[^\W\d_]+ment )?<quantities.ages_befallen>(?:e|s|es)?\b"
)
_AGED_BEFORE = re.compile(r"\b[âa]gée?s? (?:de |d'|entre )(?:environ |plus de |moins de )?$|\bl'âge de $")
_PRONOUN = re.compile(r"(?:l'une?|l'autre|autre)\b")
# Right after a name or a noun, between commas or in brackets: "Jean Dupont, 45 ans,", "le conducteur (45 ans)".
_NAME_BEFORE = re.compile(r"[\w'»-](?: \(|, )$")
_NOT_A_PERSON = pattern(
    r"\b<quantities.ages_not_a_person>(?:,| \() $|\b<quantities.ages_not_a_person.more>, $"
    r"|\b<quantities.ages_not_a_person.others> $"
)
_HAVE_BEFORE = pattern(
    "(?<!il y )(?<!il n'y )(?<!y )"
    r"\b<quantities.ages_have_before> (?:<quantities.ages_have_before.more> )?$"
)
_AT_BEFORE = re.compile(
    r"(?<!condamné )(?<!condamnée )(?<!condamnés )(?<!condamnées )(?<!peine )(?:^a|[.!?»\n] ?a|(?:^"
    r"|[\s(«])(?:(?<!d'ici )à|dès|jusqu'à|partir de)) (?:seulement |peine |presque |tout juste )?$"
)
_SENTENCED = pattern(r"\b<quantities.ages_sentenced>[^\W\d_]*[^.;,\n]*$")
_HAVE_NOT_AFTER = re.compile(r" (?:de|d'|pour|que)\b")
_INFANT_BEFORE = re.compile(r"\b(?:[âa]gée?s? de|(?:bébé|nourrisson|nouveau-né|enfant)s? de) $")


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
    if folded.startswith(" d'âge", end):
        return True
    if unit in {"week", "day"}:
        return bool(_INFANT_BEFORE.search(folded, max(0, start - 30), start))
    before_pattern, not_after = _patterns()
    if unit not in {"year", "month"} or not_after.match(folded, end):
        return False
    if unit == "year" and _AND_OVER.match(folded, end):
        return True
    before = _PARALLEL.sub("", folded[max(0, start - _WINDOW) : start])
    match = before_pattern.search(before)
    if match and not _NO_PERSON_BETWEEN.search(match.group()) and not _of_a_term(folded, start, match.group()):
        # "les 25 ans" is an anniversary or a stretch of time, "les moins de 25 ans", "les 18-25 ans" are people.
        return not _LES_BEFORE.search(before) or is_range or folded.startswith(("plus de", "moins de"), start)
    return unit == "year" and _is_someones(text, folded, start, end, before)


def _of_a_term(folded: str, start: int, words: str) -> bool:
    """Return whether the pronoun before the years is a term: ``deux peines, l'une de cinq ans``."""
    before = folded[max(0, start - 2 * _WINDOW) : start]
    return bool(_PRONOUN.match(words) and _NO_PERSON_BETWEEN.search(before))


def _is_someones(text: str, folded: str, start: int, end: int, before: str) -> bool:
    """Return whether years without a word for age are one: ``Jean Dupont, 45 ans,``, ``à 26 ans``."""
    window = max(0, start - _WINDOW)
    if folded.startswith("entre ", start) and _people_before().search(before):
        return True
    apposed = _NAME_BEFORE.search(text, window, start) and _APPOSITION_AFTER.match(folded, end)
    in_years = folded.endswith(("ans", "demi", "demie"), start, end)
    if apposed and in_years and not _NOT_A_PERSON.search(before):
        return True
    if _APPOSED_TO_NAME.search(text, window, start) and _APPOSITION_AFTER.match(folded, end):
        return not _NO_PERSON_BETWEEN.search(before)
    if _OF_BEFORE.search(before) and _BEFALLEN_AFTER.match(folded, end):
        return not _NO_PERSON_BETWEEN.search(before)
    if _CAPITAL_OF.search(text, window, start):
        return True
    if _HAVE_BEFORE.search(before):
        return not _HAVE_NOT_AFTER.match(folded, end)
    at_age = _AT_BEFORE.search(before) and not _SENTENCED.search(before)
    return bool(at_age) and not folded.startswith((" de ", " d'"), end)


@functools.cache
def _people_before() -> re.Pattern[str]:
    ages = load_toml("figures_num_ages.toml", tables=("ages",))["ages"]
    return re.compile(rf"\b(?:{'|'.join(ages['persons'])}) $")


def aged(folded: str, start: int) -> bool:
    """Return whether a number without a unit is an age: ``âgés de 18 à 24``."""
    before = folded[max(0, start - 30) : start]
    return ("âg" in before or "ag" in before) and _AGED_BEFORE.search(before) is not None
