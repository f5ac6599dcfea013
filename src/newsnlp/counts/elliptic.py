"""Numbers without a noun that go on with a toll: *on en est à treize*, *Les blessés ? Trente-deux, selon la police*.

What they count is told before them, by a heading of its own or by the toll told last, or behind them (*six à manquer*).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern, word_set
from newsnlp.records import FigureEvent

if TYPE_CHECKING:
    from newsnlp.tables.cells import Row

_NOUN_NEAR = 40
"""How many characters after a number its noun may stand."""
_REACH = 160
"""How many characters before a number the words that lead up to it may begin."""
BACK = 240
"""How many characters before a sentence a heading is looked for."""
_FARTHER = 3
"""How many times farther from one number of a pair than from the other a number must be to be of the other."""
_NEXT = 100
"""How many characters after a number without its noun the next of its list may stand."""

_MORE = r"(?:(?:plus|près|moins) d[e'] ?|au moins |environ |quelque |encore |déjà |désormais |que |qu'|à présent )*"
_ASIDE = r"(?:,[^.;:,]{1,30},|(?: [^\W\d_]+){0,3})"
_ALONE = pattern(
    r"^(?: ?»)?(?: ?[.,;:!?)…]| ?$|(?: (?:et (?:non|pas)|mais|contre|dont|selon|d'après|à en croire|si l'on"
    r"|à manquer|au (?:lendemain|total|plus fort|soir|petit matin|même moment)|en tout|en début|en fin|il y a|cette|ce"
    r"|la veille|le (?:\d|lendemain|soir|matin)|la nuit|puis|désormais|à présent|à l'heure|pour|quand|lorsque"
    r"|hier|avant-hier|plus tôt|aujourd'hui|<calendar.weekdays>|noms)\b| – | — | à \d"
    r"| et (?:[^\W_]+(?:-[^\W_]+)*)(?: (?:hier|la veille|au|lors|il y a|<calendar.weekdays>)\b|[.,;)])))"
)
"""What follows a number whose noun stands before it."""
_LEADS = (
    # "on en est à", "il en reconnaît", "s'en tenait encore jeudi à", "ça nous en fait"
    pattern(
        rf"\b(?:qu'|n'|nous )?[Ee]n (?:<dossiers_tolls.sayers.verbs>|<dossiers_tolls.ellipses.goes_on>)"
        rf"{_ASIDE} ?{_MORE}(?:à )?{_MORE}$"
    ),
    re.compile(rf"\b(?:[Ii]ls|[Ee]lles) (?:ne )?(?:sont|étaient|seraient)(?: donc| alors)? ?(?:plus )?{_MORE}$"),
    re.compile(rf"\b[Cc](?:e sont|'est|'était) {_MORE}$"),
    pattern(rf"\b(?:<dossiers_tolls.sayers.verbs>){_ASIDE} ?{_MORE}$"),
    re.compile(
        rf"\b(?:[Pp]our (?:le moment|l'instant|l'heure)|[ÀA] (?:ce stade|cette heure)|[Aa]u total) ?:? ?«? ?{_MORE}$"
    ),
    re.compile(rf"\bcontre {_MORE}$"),
    # Of a question or a colon: "a tranché vendredi : dix-neuf", "Des disparus ? Oui, trois".
    re.compile(rf"[?:] (?:[Oo]ui, |[Ee]ncore |[Aa]lors )?(?:« ?)?(?i:{_MORE})$"),
)
_REACHES = pattern(rf"\b(?:<dossiers_tolls.ellipses.reaches>){_ASIDE} (?:à |de |d'){_MORE}$")
_OF_A_TOLL = re.compile(r"\b(?:bilan|décompte|chiffre|total|on|il|elle|ils|elles)\b", re.IGNORECASE)
"""What rises and falls where a number without its noun is one of a toll: not a speed, a price, an age."""
_STARTS = re.compile(rf"^(?:[Oo]ui, )?(?:« ?)?(?i:{_MORE})$")
_BY = pattern(
    r"^(?: ?»)?,? (?:selon|d'après|à en croire|si l'on|pour (?:le|la|les|l')"
    r"|ce (?:soir|matin|midi)|hier|<calendar.weekdays>)\b"
)
"""Who says a number, or when it was so: what tells that a number by itself is a toll."""
_BILAN = re.compile(r"\bbilan\b[^.;:]*$", re.IGNORECASE)
_IS = re.compile(
    rf"\b(?:sont|étaient|seraient|restent|est|était|sera|serait)(?: [^\W\d_]+)?(?: de| à| au nombre de)? ?{_MORE}$"
)
_ABOARD = re.compile(
    r"\b(?:bord|poste|passagers|occupants|présente?s?|travaill|trouvai|embarqu|abrit|montée?s?)", re.IGNORECASE
)
_WHO_THEY_ARE = re.compile(
    r" (?:à bord\b|(?:sont|étaient|seraient) (?:des |originaires |âgée?s |née?s )"
    r"|(?:ont|avaient) (?:entre|moins de|plus de) \d+ ans)"
)
_MEASURE = re.compile(r"\b(?:vitesse|âge|magnitude|hauteur|distance|température|profondeur|prix|coût)\b[^.;:]*$")
_SENTENCE_END = re.compile(r"[.?!\n]")
_FROM = re.compile(r"(?:^|[.;:?!«,] ?)[Dd]e (?:plus de )?$")
_FROM_TO = re.compile(
    r"^[^.;:?!]{0,40}, (?:on|il|elle|ils|elles|nous|le bilan|le total|le nombre|le chiffre)\b"
    r"|^[^.;:]{1,30}, [^.;:,]{0,20}\b(?:pass|mont|grimp)"
)
_GOES_ON = re.compile(
    r"^[^.:?!]{0,90}?(?:,|;| et| puis)(?: puis| à| de| peut-être| même| voire| plus d[e']| au moins)* ?$"
)
_AND_MORE = re.compile(r"^ et (?:[^\W_]+(?:-[^\W_]+)*)(?: (?:hier|la veille|au|lors|il y a)\b|[.,;)])")
_AND = re.compile(r" et (?:plus de |près de )?$")
_HEADING = pattern(
    r"(?:(?:^|[.!?;:…»«▶•–—\n,-] ?)(?:[Qq]uant (?:aux|à ceux)|[Pp]our les|(?:[Dd]u )?[Cc]ôté(?: des)?|[Ll]es|[Dd]es"
    r"|(?:[Ll]e (?:nombre|total|bilan|décompte)(?: total| réel| exact| officiel)?|[Cc]elui|[Cc]eux|[Ll]a liste)"
    r" d(?:es|e|'))"
    r"|\b(?:du côté des|(?:le (?:nombre|total|décompte)(?: total| réel| exact| officiel)?|celui|la liste) d(?:es|e|')))"
    r" ?([^\W\d_]+(?:-[^\W\d_]+)?)(?!-)\b"
)
_HEADING_ABOVE = re.compile(
    r"(?:\b(?:[Qq]uant (?:aux|à ceux)|[Pp]our les|[Cc]ôté(?: des)?) ([^\W\d_]+)(?!-)\b"
    r"|(?:^|[.!?;…»«▶•–—\n] ?)(?:[Ll]es|[Dd]es|[Ll]e nombre d(?:es|e)) ([^\W\d_]+(?:-[^\W\d_]+)?) ?[?.:])"
)
_TOPICS = ("killed", "injured", "missing", "rescued", "kidnapped", "arrested", "sick", "victims")
_TOPICS_BY_STATE = ("evacuated", "displaced", "hospitalised")


def is_bare(row: Row, left: str, right: str) -> bool:
    """Whether a number stands without what it counts."""
    noun = str(row.get("counted") or "").partition(" ")[0].lower()
    return not noun or (noun not in right[:_NOUN_NEAR].lower() and not left.lower().rstrip().endswith(noun))


def tells_no_toll(left: str, right: str) -> bool:
    """``Neuf sont des femmes``, ``Ils étaient 45 à bord``, ``La vitesse était de 80``: whoever was counted before."""
    return bool(_WHO_THEY_ARE.match(right) or _MEASURE.search(left[-_REACH:]))


def is_led_up_to(left: str, right: str) -> bool:
    """Whether the words around a number without its noun tell a toll: *elle en compte désormais neuf*."""
    if not _ALONE.match(right):
        return False
    said = left[-_REACH:]
    if any(lead.search(said) for lead in _LEADS) or is_from(left, right) or (_STARTS.match(left) and _BY.match(right)):
        return True
    if _REACHES.search(said) and (_OF_A_TOLL.search(said) or heading_of(left) is not None):
        return True
    # "Les blessés, eux, sont sept"
    return bool(_IS.search(said)) and heading_of(left) is not None


def is_from(left: str, right: str) -> bool:
    """``De neuf samedi soir, on en est à treize``, ``le bilan, de douze la veille, passe à quinze``."""
    return bool(_FROM.search(left[-20:]) and _FROM_TO.match(right))


def goes_on(before: Row, row: Row, right: str, *, sure: bool = True) -> bool:
    """``on parlait de vingt-deux le 20, de vingt-quatre jeudi dernier``: the next number without its noun.

    If not `sure` that the number before is told without its noun, somebody must say this one: *42, selon l'armée*.
    """
    sentence = row["sentence"] or ""
    if before["sentence_start"] != row["sentence_start"] or not 0 <= row["start"] - before["end"] <= _NEXT:
        return False
    at = row["sentence_start"] or 0
    between = sentence[max(0, before["end"] - at) : max(0, row["start"] - at)]
    return bool(_GOES_ON.match(between) and (_ALONE if sure else _BY).match(right))


def _question_before(text: str) -> str:
    """Return the question that some text ends with, or that the sentence which it ends in follows; else nothing."""
    end = text.rfind("?")
    if end < 0 or _SENTENCE_END.search(text[end + 1 :].strip()):
        return ""
    return _SENTENCE_END.split(text[:end])[-1]


def heading_of(text: str, *, above: bool = False) -> tuple[str, int] | None:
    """Return the event that the last heading in some text tells, and where: *Quant aux disparus*, *Les blessés ?*.

    ``above``: a text before the sentence, where a noun with its article alone is no heading.
    """
    found = None
    for match in (_HEADING_ABOVE if above else _HEADING).finditer(text):
        event = _event_of((match[1] or match[2]).lower()) if above else _event_of(match[1].lower())
        found = (event, match.start()) if event is not None else found
    return found


@dataclass(slots=True)
class Ellipses:
    """What the numbers of one article go on with, read from its first to its last."""

    text: str
    """The whole article, empty where tables do not keep it."""
    happened: bool
    """Whether the article is on what makes victims: a toll without a word is then of the dead."""
    last: str | None = None
    """The event of the statement before."""
    _row: Row | None = None
    _event: str | None = None
    _couple: tuple[str, str] | None = None
    """What a pair of numbers was of: *cinq morts et douze blessés, contre quatre et dix la veille*."""
    _numbers: tuple[float, float] = (0, 0)
    _told: Row | None = None
    _told_event: str | None = None
    _second: bool = False
    _refused: int | None = None
    """Where the last number ended that a question about who was there leads up to."""
    _at: int = -1

    def event_of(self, row: Row, left: str, right: str, known: str | None) -> str | None:
        """Return what a number without its noun is told to be of, None where nothing leads up to it.

        ``known`` is what the figure's own reading says that it is of.
        """
        if not is_bare(row, left, right):
            return None
        if self._row is not None and goes_on(self._row, row, right, sure=self._second):
            paired = self._couple[1] if self._second and _AND.search(left) and self._couple else None
            return paired or self._event
        start = row["start"] - len(left)
        asked = _ABOARD.search(_question_before(f"{self.text[max(0, start - BACK) : start]}{left}")) is not None
        if asked or (self._refused is not None and 0 <= row["start"] - self._refused <= _NEXT):
            self._refused = row["end"]
            self.last = None if asked else self.last  # "Combien étaient à bord ? Cinquante, à en croire le piroguier"
            return None
        if tells_no_toll(left, right) or not is_led_up_to(left, right):
            return None
        first = max(0, start - BACK)
        heading = heading_of(left)
        at = start if heading is not None else first
        heading = heading or heading_of(self.text[first:start], above=True)
        if heading is not None and at + heading[1] > self._at:
            return heading[0]
        if _BILAN.search(left[-_REACH:]):
            return FigureEvent.KILLED.value  # a toll without a word is of the dead
        if self._couple is not None and _AND_MORE.match(right):
            return self._couple[0]
        return self._nearest(row) or known or self.last or (FigureEvent.KILLED.value if self.happened else None)

    def _nearest(self, row: Row) -> str | None:
        """``412 cas et 19 décès. L'ONG en compte 600``: of a pair, the one whose number it is far nearer to."""
        if self._couple is None or self.last not in self._couple:
            return None
        number = row.get("value_min") or row.get("value_max") or 0
        if min(number, *self._numbers) <= 0:
            return None
        first, second = (max(number / one, one / number) for one in self._numbers)
        if first * _FARTHER < second:
            return self._couple[0]
        return self._couple[1] if second * _FARTHER < first else None

    def refuses(self, row: Row) -> bool:
        """Whether a number answers a question about who was there."""
        return self._refused is not None and bool(self._refused == row["end"])

    def told(self, row: Row, event: str | None, *, elided: bool, aside: bool = False) -> None:
        """Take a number as told; `aside` of a second one that is not taken up (*douze morts et huit blessés*)."""
        self._row, self._event = (row, event) if elided or event is not None else (None, None)
        self._second = elided
        if event is not None:
            # "412 cas et 19 décès. Jeudi, on en dénombrait 350 et 15"
            if not elided:
                together = self._told is not None and self._told["sentence_start"] == row["sentence_start"]
                couple = (self._told_event, event) if together and self._told_event not in (None, event) else None
                if couple is not None and self._told is not None:
                    self._numbers = (self._told.get("value_min") or 0, row.get("value_min") or 0)
                self._couple = couple or (self._couple if self._told is None else None)
            self._told, self._told_event = (row, event) if not elided else (self._told, self._told_event)
            self._at = row["start"]
            self.last = self.last if aside else event


def _event_of(noun: str) -> str | None:
    event = next((name for name in _TOPICS if noun in word_set(f"dossiers_tolls.nouns.{name}")), None)
    if event == "victims":
        return FigureEvent.KILLED.value
    return event or next(
        (name for name in _TOPICS_BY_STATE if noun in word_set(f"dossiers_tolls.ellipses.{name}")), None
    )
