"""What looks like an expression of time and is none: ages, streets, names, ``été`` the participle, Mars the planet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.dates.calendar import Grain
from newsnlp.dates.tokens import CLASSES
from newsnlp.lexicons import word_set
from newsnlp.quantities.contexts import opens_sentence, plural_noun_follows
from newsnlp.quantities.kinds.ages import is_age
from newsnlp.records import DateType

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsnlp.dates.grammar import Expression
    from newsnlp.dates.tokens import Text

_STREET_REACH = 4
_ARTICLE, _OF_THE, _TO_THE, _DEM = (CLASSES[name] for name in ("ARTICLE", "OF_THE", "TO_THE", "DEM"))
_EN = CLASSES["EN"]
_IN, _OF, _TO, _COMMA, _STOP, _AND = (CLASSES[name] for name in ("IN", "OF", "TO", "COMMA", "STOP", "AND"))
_OPEN, _DASH, _SLASH, _OTHER = (CLASSES[name] for name in ("OPEN", "DASH", "SLASH", "OTHER"))
_MODERN = range(1850, 2061)
_AGES = {Grain.YEAR: "year", Grain.MONTH: "month", Grain.WEEK: "week", Grain.DAY: "day"}
# Their names are no other words, whatever the case: Christmas, Easter, Pentecost, All Saints, Halloween.
_WELL_KNOWN = {"12-25", "E+0", "E+49", "11-01", "10-31"}
_SPOKEN_OF = {"depuis", "pendant", "durant", "pour", "après", "dure", "duré", "durer", "et"}


def is_none(text: Text, found: Expression) -> bool:
    """Return whether an expression that the grammar found places and measures no time."""
    test = _TESTS.get(found.rule)
    return bool(test and test(text, found)) or _in_name(text, found)


def _before(text: Text, found: Expression) -> str:
    return text.word(found.first - 1)


def _capital(text: Text, token: int) -> bool:
    """Return whether a word has a capital of its own: not that of a sentence, nor among capitals."""
    start, end = text.starts[token], text.end(token)
    word = text.raw[start:end]
    return word[:1].isupper() and not (word.isupper() and len(word) > 1) and not opens_sentence(text.raw, start)


def _in_name(text: Text, found: Expression) -> bool:
    """Bar ``rue du 8 Mai``, ``24 Heures du Mans``, ``guerre de Trente Ans``."""
    if found.type in (DateType.DURATION, DateType.SET):
        return any(
            _capital(text, token)
            for token in range(max(found.first, found.last - 1), found.last + 1)
            if text.letter(token) in _UNITS
        )
    if found.rule not in {"day", "holiday", "days", "weekday", "month"} or text.letter(found.first - 1) not in {
        _OF_THE,
        _OF,
    }:
        return False
    streets = word_set("dates.exclusions.streets")
    return any(text.word(found.first - step) in streets for step in (2, 3)) and not found.year


_UNITS = frozenset(letter for name, letter in CLASSES.items() if name.startswith("UNIT_"))


def _month(text: Text, found: Expression) -> bool:
    """Bar ``Mars`` the planet, ``Juin`` the marshal: a capital within a sentence, without day or year."""
    token = next(token for token in range(found.first, found.last + 1) if text.letter(token) == CLASSES["MONTH"])
    bare = found.year is None and found.mod is None and found.grain is Grain.MONTH and found.first == found.last
    if not bare:
        return False
    if (
        _capital(text, token)
        or text.raw[text.starts[token]].isupper()
        and text.word(token) in {"mars", "mai", "avril"}
        and len(text.word(token + 1)) == 0
    ):
        return True
    if text.word(token) == "mai" and text.joined(token):
        return True
    before = text.letter(found.first - 1)
    # "mars" after a name of a thing is a name: the words that lead to a month are few.
    return (
        before == _OTHER
        and _before(text, found) not in word_set("dates.exclusions.month_before")
        and not opens_sentence(text.raw, text.starts[found.first])
    )


def _season(text: Text, found: Expression) -> bool:
    """Bar ``été`` the participle, and seasons in names."""
    token = next(token for token in range(found.first, found.last + 1) if text.letter(token) == CLASSES["SEASON"])
    if _capital(text, token) and found.year is None:
        return True
    if text.word(token) == "printemps" and found.year is None and text.letter(found.last + 1) in {_OF, _OF_THE}:
        return True  # of a town, of an art
    if text.word(token) != "été":
        before = text.letter(found.first - 1)
        if before == _OF and text.word(found.first - 2) in word_set("dates.exclusions.of_season"):
            return True
        return (
            before == _OTHER
            and found.first == token
            and found.year is None
            and found.way is None
            and not opens_sentence(text.raw, text.starts[token])
            and _before(text, found) not in word_set("dates.exclusions.month_before")
        )
    if text.letter(found.first) == CLASSES["SAME"]:
        return text.letter(found.first - 1) != _ARTICLE
    after = text.word(token + 1) if found.last > token else ""
    if found.year is not None or (found.way is not None and not after.startswith("pass")) or token > found.first:
        return False
    if opens_sentence(text.raw, text.starts[token]):
        return text.word(token + 1) not in {"comme", ","}
    if text.word(token - 1) == "d'" and text.word(token - 2) in word_set("dates.exclusions.of_season"):
        return True
    return text.word(token - 1) not in word_set("dates.exclusions.summer_before")


def _year(text: Text, found: Expression) -> bool:
    """Bar numbers that are no years: ``2500 soldats``, ``2014 UZ224``, ``la chanson 1944``."""
    if found.mod is not None or text.letter(found.first) in _UNITS:
        return text.letter(found.last) == CLASSES["TWO"] and text.letter(found.first) != CLASSES["EDGE"]
    token, before = found.last, _before(text, found)
    start, end = text.starts[token], text.end(token)
    follows = text.raw[end : end + 2]
    if text.letter(token) == CLASSES["TWO"]:
        return _short_year(text, found, before)
    if follows[:1] in {"%", "€", "$", "°", "'", "@", "_"} or (
        follows[:1] in ".,-/:" and follows[1:2].isdigit() and not follows.startswith(("-1", "-2", "/1", "/2"))
    ):
        return True
    if (
        start
        and text.raw[start - 1] in "°#_@.:+$€£=&"
        and not (text.raw[start - 1] in ".:" and start > 1 and text.raw[start - 2].isspace())
    ):
        return True
    if follows[:1] == "-" and follows[1:2].isalpha():
        return True
    letter = text.letter(found.first - 1)
    cued = before in word_set("dates.exclusions.year_before") or letter == CLASSES["MONTH"]
    if plural_noun_follows(text.raw, text.folded, end) and not (
        before in {"en", "depuis", "an", "année", "jusqu'en"} and found.year in _MODERN
    ):
        return True
    following = text.word(token + 1)
    if text.letter(token + 1) in _UNITS or following in word_set("dates.exclusions.things"):
        return True
    if before in word_set("dates.exclusions.things") or letter == CLASSES["ONE"]:
        return True
    if text.letter(found.first - 1) in {_ARTICLE} and before in {"les", "la"}:
        return True
    if before in {"à", "de", "et", "ou", "que", "contre"} and found.year not in _MODERN:
        return True
    # A code: capitals and digits behind it.
    tail = text.raw[end : end + 12].split()
    if (
        tail
        and any(sign.isdigit() for sign in tail[0])
        and any(sign.isalpha() for sign in tail[0])
        and tail[0][0].isupper()
    ):
        return True
    if found.year not in _MODERN:
        return not cued or letter in {_ARTICLE, _OF_THE}
    return False


def _short_year(text: Text, found: Expression, before: str) -> bool:
    """Bar two digits that are no year: ``en 97`` is one where nothing is counted after it."""
    after = text.letter(found.last + 1)
    if before not in {"en", "depuis", "'"} and text.letter(found.first) != CLASSES["MARK"]:
        return True
    if abs(found.year or 0) < 32:  # noqa: PLR2004
        return True
    return after not in {_STOP, _COMMA, _OPEN, _AND} and text.word(found.last + 1) not in {")", "»"}


def _decade(text: Text, found: Expression) -> bool:
    """Bar ``années 2 et 3``; ``cette année 50 personnes`` counts."""
    plural = text.word(found.first if text.letter(found.first) in _UNITS else found.last - 1).endswith("s")
    end = text.end(found.last)
    if plural_noun_follows(text.raw, text.folded, end):
        return found.number not in _MODERN or not plural
    if not plural and any(
        text.letter(token) in _UNITS and text.word(token) in {"ans", "an"} for token in range(found.first, found.last)
    ):
        return found.number is None or found.number < 1000  # noqa: PLR2004
    if found.number is None or (found.number < 1000 and (found.number % 10 or found.number > 90)):  # noqa: PLR2004
        return True
    return not plural and found.number < 1000  # noqa: PLR2004


def _period(text: Text, found: Expression) -> bool:
    """Bar ``ces jours``, ``jour même`` without its article, ``an`` of ``jour de l'an``."""
    first = text.letter(found.first)
    if first == _DEM:
        if text.word(found.first) == "ces":
            return True
        if found.grain is Grain.DAY and text.letter(found.first - 1) == _TO:
            return True  # "à ce jour"
        return (
            found.grain is Grain.DAY
            and text.word(found.last).startswith("journée")
            and text.word(found.last + 1) in word_set("dates.exclusions.of_time")
        )
    if found.first == found.last:
        return text.word(found.last) not in {"journée", "semaine", "année"}
    if first == CLASSES["SAME"]:
        return text.letter(found.first - 1) not in {_ARTICLE, _TO_THE, _OF_THE}
    if first == CLASSES["EDGE"]:
        if text.letter(found.first - 1) == _OF and text.letter(found.first + 1) == _OF:
            return True  # "fêtes de fin d'année"
        return (
            text.word(found.last).endswith("s")
            and text.word(found.last) not in {"mois"}
            or text.word(found.last) in {"an"}
            and found.way is None
        )
    if text.word(found.last - 1).endswith(("s",)) and found.grain is not Grain.MONTH:
        return True
    return text.letter(found.last) == CLASSES["SAME"] and text.letter(found.first - 1) not in {
        _ARTICLE,
        _TO_THE,
        _OF_THE,
    }


def _part(text: Text, found: Expression) -> bool:
    """Bar parts of the day that name no day's: ``boîte de nuit``, ``une nuit``, ``cours du soir``."""
    if text.letter(found.last + 1) in {_OF, _OF_THE} and text.word(found.last) in {"aube", "crépuscule", "soir"}:
        return True  # of an age, of a day that is told behind it
    if text.word(found.last) == "mi-journée":
        return False
    if found.way is not None or found.in_text:
        thing = text.word(found.last) == "soirée" and text.word(found.first) == "cette"
        return text.word(found.first) == "ces" or thing
    if found.mod is not None:
        return False
    before, letter = _before(text, found), text.letter(found.first - 1)
    if (
        text.word(found.last).endswith("s")
        and found.part in {"MO", "EV", "AF", "NI"}
        and text.word(found.last) not in {"après-midis"}
    ):
        return True
    if letter == _TO_THE or (
        letter == _EN and found.part in {"EV", "MO"} and text.word(found.last) in {"soirée", "matinée"}
    ):
        return False
    if letter == _ARTICLE:
        lead = text.letter(found.first - 2)
        if text.word(found.last) in {"soirée", "aube", "matinée", "nuit", "aurore"}:
            return lead not in {_IN, _TO} and not (
                lead == _OTHER and text.word(found.first - 2) in {"pendant", "durant", "dès", "pour"}
            )
        return before not in {"le", "l'"} or text.word(found.last + 1) in word_set("dates.exclusions.of_time")
    return letter != CLASSES["EVE"]


def _weekday(text: Text, found: Expression) -> bool:
    """Bar ``Le Journal du Dimanche`` and Robinson's Friday: a capital within a sentence in a text of small ones."""
    token = next(token for token in range(found.first, found.last + 1) if text.letter(token) == CLASSES["WEEKDAY"])
    return _capital(text, token) and found.way is None and text.letter(found.first - 1) in {_OF_THE, _AND, _OTHER}


def _eve(text: Text, found: Expression) -> bool:
    before = text.letter(found.first - 1)
    if before == _TO_THE and text.word(found.first - 2) == "jour":
        return True
    return before not in {_ARTICLE, _TO_THE, _OF_THE}


def _holiday(text: Text, found: Expression) -> bool:
    """Bar ``l'ascension de l'Everest``, ``Noël Mamère``, ``Saint-Martin`` the island."""
    token = next(token for token in range(found.first, found.last + 1) if text.letter(token) == CLASSES["HOLIDAY"])
    word = text.word(token)
    raw = text.raw[text.starts[token] : text.end(token) + 2]
    if " " not in word and not raw[:1].isupper() and not word.startswith("saint"):
        return found.holiday not in _WELL_KNOWN or (" " not in word and word.startswith("saint"))
    letter, before = text.letter(token - 1), text.word(token - 1)
    if word.startswith("saint"):
        return before != "la" and token > 0
    if word in {"noël", "toussaint", "pâques"}:
        return raw[-1:].isupper() and letter not in {_TO, _DEM} or before in {"vacances"} or letter == _DASH
    if " " in word or word == "halloween":
        return False
    return letter not in {_ARTICLE, CLASSES["WEEKDAY"], _OF_THE, _DEM, _TO, _OF, CLASSES["EVE"]}


def _duration(text: Text, found: Expression) -> bool:
    """Bar ages, ``un jour`` of once, ``une heure`` of a clock, ``des`` of what precedes."""
    count, unit = found.amount[0] if found.amount else (None, None)
    letter, before = text.letter(found.first), _before(text, found)
    if before in {"de", "d'"} and text.word(found.first - 2) in word_set("dates.exclusions.old"):
        return True
    if unit in _AGES and before not in {"ici"} and not text.folded.endswith("ici à ", 0, text.starts[found.first]):
        start, end = text.starts[found.first], text.end(found.last)
        if is_age(text.raw, text.folded, start, end, _AGES[unit], is_range=found.rule == "between_numbers"):
            return True
    if letter == _OF_THE:
        return text.word(found.first) != "des" or before not in _SPOKEN_OF
    if letter == CLASSES["ONE"] and found.first + 1 == found.last:
        if unit is Grain.DAY and text.word(found.last) == "jour":
            return before not in word_set("dates.exclusions.lasting_before")
        if text.word(found.last).startswith(("soirée", "journée", "seconde")):
            return (
                text.word(found.last + 1) in word_set("dates.exclusions.of_time")
                or unit is Grain.SECOND
                or before not in word_set("dates.exclusions.lasting_before")
            )
    if (
        letter == CLASSES["YEAR"]
        and found.first == found.last - 1
        and unit is Grain.YEAR
        and text.word(found.last).startswith("année")
    ):
        return False
    return False


def _sets(text: Text, found: Expression) -> bool:
    if text.letter(found.first) == CLASSES["ALL"]:
        return False
    return text.letter(found.first) == CLASSES["PER"] and not (found.grain or found.part)


def _ago(text: Text, found: Expression) -> bool:
    return False


def _last_ones(text: Text, found: Expression) -> bool:
    """Bar the singular: ``dernière minute``, ``le dernier jour``."""
    last = text.word(found.last)
    unit = next(
        (text.word(token) for token in range(found.first, found.last + 1) if text.letter(token) in _UNITS), last
    )
    return not (
        unit.endswith("s")
        and (
            unit != "mois"
            or found.amount[0][0]
            or text.word(found.first) in {"ces"}
            or text.word(found.first).endswith("s")
        )
    )


def _clock(text: Text, found: Expression) -> bool:
    return False


def _noon(text: Text, found: Expression) -> bool:
    token = next(token for token in range(found.first, found.last + 1) if text.letter(token) == CLASSES["NOON"])
    return (
        _capital(text, token)
        or (text.letter(found.first - 1) == _ARTICLE and text.word(found.first - 1) == "le")
        and not text.letter(found.first - 2) == _TO
    )


_TESTS: dict[str, Callable[[Text, Expression], bool]] = {
    "month": _month,
    "season": _season,
    "year": _year,
    "decade": _decade,
    "period": _period,
    "part": _part,
    "weekday": _weekday,
    "eve": _eve,
    "holiday": _holiday,
    "duration": _duration,
    "between_numbers": _duration,
    "last_ones": _last_ones,
    "sets": _sets,
    "noon": _noon,
}
