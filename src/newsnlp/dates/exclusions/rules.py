"""What looks like an expression of time and is none: ages, streets, names, ``été`` the participle, Mars the planet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain
from newsnlp.dates.exclusions.years import is_no_decade, is_no_year
from newsnlp.dates.words import CLASSES, UNITS
from newsnlp.lexicons import word_set
from newsnlp.quantities.contexts import opens_sentence
from newsnlp.quantities.kinds.ages import is_age
from newsnlp.records import DateType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

_ARTICLE, _OF, _OF_THE, _TO, _TO_THE = (CLASSES[name] for name in ("ARTICLE", "OF", "OF_THE", "TO", "TO_THE"))
_IN, _EN, _AND, _DEM, _DASH, _OTHER = (CLASSES[name] for name in ("IN", "EN", "AND", "DEM", "DASH", "OTHER"))
_TWO = CLASSES["TWO"]
_THE = {_ARTICLE, _TO_THE, _OF_THE}
_AGES = {Grain.YEAR: "year", Grain.MONTH: "month", Grain.WEEK: "week", Grain.DAY: "day"}
# Of a street or a place: "rue du 8 Mai".
_NAMED = {"day", "holiday", "days", "weekday", "month"}
# Holidays whose names are no other words, whatever the case: Christmas, Easter, Pentecost, All Saints, Halloween.
_WELL_KNOWN = {"12-25", "E+0", "E+49", "11-01", "10-31"}


def is_none(text: Text, found: Expression) -> bool:
    """Return whether an expression that the grammar found places and measures no time."""
    test = _TESTS.get(found.rule)
    return bool(test and test(text, found)) or _in_name(text, found)


def _token(text: Text, found: Expression, name: str) -> int:
    """Return the token of a class that the rule requires."""
    return text.classes.index(CLASSES[name], found.first, found.last + 1)


def _listed(word: str, name: str) -> bool:
    return word in word_set(f"dates.exclusions.{name}")


def _opens(text: Text, token: int) -> bool:
    return opens_sentence(text.raw, text.starts[token])


def _capital(text: Text, token: int) -> bool:
    """Return whether a word has a capital of its own: not that of a sentence, nor among capitals."""
    word = text.raw[text.starts[token] : text.end(token)]
    return word[:1].isupper() and not (word.isupper() and len(word) > 1) and not _opens(text, token)


def _in_name(text: Text, found: Expression) -> bool:
    """Bar ``rue du 8 Mai``, ``24 Heures du Mans``, ``guerre de Trente Ans``."""
    if found.type in (DateType.DURATION, DateType.SET):
        tokens = range(max(found.first, found.last - 1), found.last + 1)
        return any(text.letter(token) in UNITS and _capital(text, token) for token in tokens)
    if found.rule not in _NAMED or found.year or text.letter(found.first - 1) not in {_OF_THE, _OF}:
        return False
    return any(_listed(text.word(found.first - step), "streets") for step in (2, 3))


def _month(text: Text, found: Expression) -> bool:
    """Bar ``Mars`` the planet, ``Juin`` the marshal: a capital within a sentence, without day or year."""
    if (
        text.word(found.first) == "sept."
        and found.last == found.first + 1
        and text.letter(found.last) == _TWO
        and text.letter(found.first - 1) != _EN
    ):
        return True  # "il y en a sept. 40 autres"
    if found.year is not None or found.mod is not None or found.first != found.last:
        return False
    if text.word(found.last).endswith(".") and text.letter(found.first - 1) != _EN:
        return True  # "le bilan est porté à sept."
    in_word = text.letter(found.first - 1) == _DASH and text.letter(found.first - 2) != CLASSES["MONTH"]
    if in_word or _capital(text, found.last):
        return True  # "Champ-de-Mars"
    return _behind_a_noun(text, found)


def _behind_a_noun(text: Text, found: Expression) -> bool:
    """Return whether a bare month or season stands behind a word that leads to none, as parts of names do."""
    leads = text.letter(found.first - 1) != _OTHER or _listed(text.word(found.first - 1), "month_before")
    return not leads and not _opens(text, found.first)


def _season(text: Text, found: Expression) -> bool:
    """Bar ``été`` the participle, seasons in names, and of things: ``Jeux d'hiver``."""
    token = _token(text, found, "SEASON")
    if found.year is not None:
        return False
    if _capital(text, token) or (text.letter(token - 1) == _OF and _listed(text.word(token - 2), "of_season")):
        return True
    word, after = text.word(token), text.letter(found.last + 1)
    if word == "printemps" and after in {_OF, _OF_THE}:
        return True  # of a town, of an art
    if word != "été":
        return found.first == found.last and _behind_a_noun(text, found)
    if text.letter(found.first) == CLASSES["SAME"]:
        return text.letter(found.first - 1) != _ARTICLE  # "même été décrétée"
    if token > found.first or (found.last > token and text.letter(token + 1) != CLASSES["GONE"]):
        return False
    if _opens(text, token):
        return text.word(token + 1) not in {"comme", ","}
    return not _listed(text.word(token - 1), "summer_before")


def _period(text: Text, found: Expression) -> bool:
    """Bar ``ces jours``, ``à ce jour``, ``jour même`` without its article, ``fêtes de fin d'année``."""
    first, last, before = text.letter(found.first), text.word(found.last), text.letter(found.first - 1)
    if first == _DEM:
        of_time = last.startswith("journée") and _listed(text.word(found.last + 1), "of_time")
        return text.word(found.first) == "ces" or (found.grain is Grain.DAY and (before == _TO or of_time))
    if found.first == found.last:
        return last not in {"journée", "semaine", "année"}
    if CLASSES["SAME"] in {first, text.letter(found.last)}:
        return before not in _THE
    if first == CLASSES["EDGE"]:
        attributive = before == _OF and text.letter(found.first + 1) == _OF
        return attributive or (last.endswith("s") and last != "mois") or (last == "an" and found.way is None)
    return text.word(found.last - 1).endswith("s") and found.grain is not Grain.MONTH


def _part(text: Text, found: Expression) -> bool:
    """Bar parts of the day that name no day's: ``boîte de nuit``, ``une nuit``, ``cours du soir``."""
    word, before = text.word(found.last), text.word(found.first - 1)
    letter, lead = text.letter(found.first - 1), text.word(found.first - 2)
    if text.letter(found.last + 1) in {_OF, _OF_THE} and word in {"aube", "crépuscule", "soir"}:
        return True  # "à l'aube des années 1920"; a day is told behind it
    if word == "mi-journée":
        return False
    if found.way is not None or found.in_text:
        return text.word(found.first) == "ces" or (word == "soirée" and text.word(found.first) == "cette")
    if found.mod is not None:
        return False
    if word.endswith("s"):
        return True
    if letter == _ARTICLE and word in {"soirée", "aube", "matinée", "nuit", "aurore"}:
        return text.letter(found.first - 2) not in {_IN, _TO} and not _listed(lead, "through")
    if letter == _ARTICLE:
        return before not in {"le", "l'"} or _listed(text.word(found.last + 1), "of_time")
    return letter not in {_TO_THE, CLASSES["EVE"]} and not (letter == _EN and word in {"soirée", "matinée"})


def _weekday(text: Text, found: Expression) -> bool:
    """Bar ``Le Journal du Dimanche`` and Robinson's Friday: a capital within a sentence."""
    token = _token(text, found, "WEEKDAY")
    return _capital(text, token) and found.way is None and text.letter(found.first - 1) in {_OF_THE, _AND, _OTHER}


def _eve(text: Text, found: Expression) -> bool:
    """Bar ``en veille``, ``il veille``, ``du jour au lendemain``."""
    before = text.letter(found.first - 1)
    return before not in _THE or (before == _TO_THE and text.word(found.first - 2) == "jour")


def _holiday(text: Text, found: Expression) -> bool:
    """Bar ``l'ascension de l'Everest``, ``Noël Mamère``, ``Saint-Martin`` the island."""
    token = _token(text, found, "HOLIDAY")
    word, before, letter = text.word(token), text.word(token - 1), text.letter(token - 1)
    raw = text.raw[text.starts[token] : text.end(token) + 2]
    if word.startswith("saint"):
        return before != "la" and token > 0
    if found.holiday in _WELL_KNOWN and " " not in word:
        name = raw[-1:].isupper() and letter not in {_TO, _DEM}
        return name or before == "vacances" or letter == _DASH
    if " " in word:
        return False
    leads = {_ARTICLE, _OF_THE, _DEM, _TO, _OF, CLASSES["WEEKDAY"], CLASSES["EVE"]}
    return not raw[:1].isupper() or letter not in leads


def _duration(text: Text, found: Expression) -> bool:
    """Bar ages, ``un jour`` of once, ``des années`` of what precedes."""
    unit = found.amount[0][1] if found.amount else None
    letter, before, last = text.letter(found.first), text.word(found.first - 1), text.word(found.last)
    start, end = text.starts[found.first], text.end(found.last)
    if text.letter(found.first - 1) == _OF and _listed(text.word(found.first - 2), "old"):
        return True
    if unit in _AGES and not text.folded.endswith(("ici ", "ici à "), max(0, start - 6), start):
        is_range = found.rule == "between_numbers"
        if is_age(text.raw, text.folded, start, end, _AGES[unit], is_range=is_range):
            return True
    if letter == _OF_THE:
        return text.word(found.first) != "des" or not _listed(before, "lasting")
    if letter != CLASSES["ONE"] or found.first + 1 != found.last:
        return False
    if last.startswith("seconde"):
        return True
    lasts = _listed(before, "lasting_before")
    return (last == "jour" and not lasts) or (
        last == "journée" and (not lasts or _listed(text.word(found.last + 1), "of_time"))
    )


def _last_ones(text: Text, found: Expression) -> bool:
    """Bar the singular: ``dernière minute``, ``le dernier mois``."""
    unit = next(text.word(token) for token in range(found.first, found.last + 1) if text.letter(token) in UNITS)
    if unit != "mois":
        return not unit.endswith("s")
    return not found.amount[0][0] and not text.word(found.first).endswith("s")


def _noon(text: Text, found: Expression) -> bool:
    """Bar ``le Midi``."""
    token = _token(text, found, "NOON")
    return _capital(text, token) or text.word(found.first - 1) == "le"


_TESTS: dict[str, Callable[[Text, Expression], bool]] = {
    "month": _month,
    "season": _season,
    "year": is_no_year,
    "decade": is_no_decade,
    "period": _period,
    "part": _part,
    "weekday": _weekday,
    "eve": _eve,
    "holiday": _holiday,
    "duration": _duration,
    "between_numbers": _duration,
    "last_ones": _last_ones,
    "noon": _noon,
}
