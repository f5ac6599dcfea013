"""Times of day, told from durations: ``à 14 h 30`` against ``en 14 h 30``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern

if TYPE_CHECKING:
    from newsnlp.numerals.forms import NumberSpan

_LAST_HOUR = 24
_MORNING = 7
_COLON = re.compile(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9]|[.,][0-9])")
_H = re.compile(r"[0-9]{1,3} ?h(?: ?[0-5]?[0-9](?![0-9%]|[,.][0-9]|[^\W_])| ?[0-5][0-9](?= ?min)|(?![^\W_]))")
_MINUTE_WORDS = (
    r"(?:(?:et )?(?:demie|quart)|midi|moins (?:le quart|vingt-cinq|vingt|dix|cinq)"
    r"|(?:zéro|cinq|dix|quinze|vingt|trente|quarante|cinquante)(?:[ -](?:et[ -])?(?:une?|deux|trois"
    r"|quatre|cinq|six|sept|huit|neuf))?)"
)
_HOURS = re.compile(
    rf" heures?(?![^\W_])(?: (?:et )?{_MINUTE_WORDS}(?![^\W_])(?! minutes?)"
    rf"| (?:[0-5][0-9](?![0-9,. ]*(?:[0-9]|minutes|min))))?"
)
_CLOCK_BEFORE = pattern(
    r"(?:\bà|\bpeu après|\bvers|\bdès|\bavant|\bjusqu'à|(?:<calendar.weekdays>|matin|soir|demain|hier|aujourd'hui),?"
    r"|\bsur les coups? de|\baux environs de|\baux alentours de|\bpartir de|\bautour de|\bjournal de|\bjt de|\bd'ici"
    r"|\bil est|\bil était) $"
)

_CLOCK_AFTER = re.compile(
    r",? ?(?:du matin|du soir|de l'après-midi|du mat\b|gmt|utc|tu\b|locales?|\(?heures? |pile"
    r"|précises|tapantes|à [0-9]{1,2} ?h(?:eures)?\b"
    r"|\((?:heure|gmt|utc|[0-9]{1,2} ?h))"
)
# "peu après 14h", "il était près de 3 h", "il était un peu plus de 3 h"
_SHORTLY = re.compile(
    r"\b(?:(?:peu|juste|longtemps|bien) (?:après|avant)"
    r"|il (?:est|était|sera) (?:(?:un )?peu )?(?:près de|plus de|moins de|presque|environ|passé)) $"
)
_AND_A_PART = re.compile(r" (?:et )?(?:demie|quart)$")
_DURATION_BEFORE = pattern(
    r"(?:\b(?:en|pendant|durant|dur<figures_changes.endings.er>"
    "|<quantities.clock_duration_before>|durée (?:totale )?de|long de|longue de|rab de"
    "|cours de|par)(?: un temps)?(?: de)?) $"
)
_OF = re.compile(
    r" (?:d'|de (?!la |l'|ce )|des )[^\W\d_]|(?: plus tard| après| plus tôt| auparavant| durant"
    r"| par (?:jour|semaine))"
)


def clock_time(folded: str, number: NumberSpan) -> int | None:
    """Return where the time of day ends that `number` begins, or None where it is none.

    Examples
    --------
    >>> from newsnlp.numerals.scan import scan_numbers
    >>> text = "à 14h30 après 14h30 de vol"
    >>> [clock_time(text, n) for n in scan_numbers(text, text)][0]
    7
    """
    start = number.start
    if not isinstance(number.value, int) or number.grouped or number.scale > 1:
        return None
    before = folded[max(0, start - 34) : start]
    colon = _COLON.match(folded, start)
    if colon:
        return None if number.value > _LAST_HOUR else colon.end()
    letters = _H.match(folded, start)
    if letters:
        return None if _is_duration(folded, before, number.value, letters.end()) else letters.end()
    hours = _HOURS.match(folded, number.end)
    if hours and number.value <= _LAST_HOUR:
        after = _CLOCK_AFTER.match(folded, hours.end())
        # "deux heures trente" is a time of day, "deux heures et demie" may be either.
        minutes = len(hours.group().split()) > 1 and not _AND_A_PART.search(hours.group())
        vague = before.endswith("vers ") and folded.startswith(" des ", hours.end())
        if _OF.match(folded, hours.end()) and not (after or vague):
            return None
        if (
            after
            or _SHORTLY.search(before)
            or ((_CLOCK_BEFORE.search(before) or minutes) and not _DURATION_BEFORE.search(before))
        ):
            return hours.end()
        if re.search(r"\b(?:de|entre) $", before) and re.match(r" (?:à|et) [0-9]{1,2} ?h", folded[hours.end() :][:12]):
            return hours.end()
        if re.search(r"heures (?:à|et) $", before):
            return hours.end()
    return None


def _is_duration(folded: str, before: str, hours: int, end: int) -> bool:
    if hours >= _LAST_HOUR:
        return True
    if _CLOCK_AFTER.match(folded, end) or _SHORTLY.search(before):
        return False
    of = _OF.match(folded, end)
    if of and hours >= _MORNING and before.endswith(" à ") and folded[end - 3 : end - 2] in "h ":
        return False  # "à 13h24 de Kourou"
    if of and not (_CLOCK_BEFORE.search(before) and not of.group().startswith((" d'", " de ", " dur"))):
        return True
    return bool(_DURATION_BEFORE.search(before))
