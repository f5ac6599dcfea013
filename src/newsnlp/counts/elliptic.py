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
_NEXT = 100
"""How many characters after a number without its noun the next of its list may stand."""

_MORE = r"(?:(?:plus|près|moins) d[e'] ?|au moins |environ |quelque |à peine |encore |déjà |désormais |que |qu'|à présent )*"
_ASIDE = r"(?:,[^.;:,]{1,30},|(?: [^\W\d_]+){0,3})"
_ALONE = pattern(
    r"^(?: ?»)?(?: ?[.,;:!?)…]| ?$|(?: (?:et (?:non|pas)|mais|contre|dont|selon|d'après|à en croire|si l'on"
    r"|à manquer|au|aux|en tout|en début|en fin|il y a|cette|ce|la veille|le (?:\d|lendemain|soir|matin)|la nuit|puis"
    r"|désormais|maintenant|à présent|à l'heure|pour|quand|lorsque|hier|avant-hier|plus tôt|aujourd'hui"
    r"|<calendar.weekdays>|noms)\b| – | — | à \d| et (?:[^\W_]+(?:-[^\W_]+)*)(?: (?:hier|la veille|au|lors|il y a|<calendar.weekdays>)\b|[.,;)])))"
)
"""What follows a number whose noun stands before it."""
_LEADS = (
    # "on en est à", "il en reconnaît", "s'en tenait encore jeudi à", "ça nous en fait"
    re.compile(
        rf"\b(?:qu'|n')?en (?!outre\b|effet\b|fait\b|revanche\b|moyenne\b|tout\b)(?:[^\W\d_]+){_ASIDE} ?{_MORE}(?:à )?{_MORE}$",
        re.IGNORECASE,
    ),
    pattern(rf"\b(?:<dossiers_tolls.ellipses.reaches>){_ASIDE} (?:à |de |d'){_MORE}$"),
    re.compile(rf"\b(?:[Ii]ls|[Ee]lles) (?:ne )?(?:sont|étaient|seraient)(?: donc| alors)? ?(?:plus )?{_MORE}$"),
    re.compile(rf"\b[Cc](?:e|'est|'était|e serait) (?:sont )?{_MORE}$"),
    pattern(rf"\b(?:<dossiers_tolls.sayers.verbs>){_ASIDE} ?{_MORE}$"),
    re.compile(
        rf"\b(?:[Pp]our (?:le moment|l'instant|l'heure)|[ÀA] (?:ce stade|cette heure)|[Aa]u total) ?:? ?«? ?{_MORE}$"
    ),
    re.compile(rf"\bcontre {_MORE}$"),
    # By itself: "▶ Les victimes. Quatorze ce soir", "a tranché vendredi : dix-neuf", "Des disparus ? Oui, trois".
    re.compile(rf"(?:^|[?!:»«…] ?|[.?!:] «? ?)(?:[Oo]ui, |[Ee]ncore |[Aa]lors )?«? ?(?i:{_MORE})$"),
)
_IS = re.compile(
    rf"\b(?:sont|étaient|seraient|restent|est|était|sera|serait)(?: [^\W\d_]+)?(?: de| à| au nombre de)? ?{_MORE}$"
)
_ABOARD = re.compile(
    r"\b(?:bord|poste|passagers|occupants|présente?s?|travaill|trouvai|embarqu|abrit|montée?s?)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.?!\n]")
_FROM = re.compile(r"(?:^|[.;:?!«,] ?)[Dd]e (?:plus de )?$")
_FROM_TO = re.compile(
    r"^[^.;:?!]{0,40}, (?:on|il|elle|ils|elles|nous|le bilan|le total|le nombre|le chiffre)\b|^[^.;:]{1,30}, [^.;:,]{0,20}\b(?:pass|mont|grimp)"
)
_GOES_ON = re.compile(
    r"^[^.:?!]{0,90}?(?:,|;| et| puis)(?: puis| à| de| peut-être| même| voire| plus d[e']| au moins)* ?$"
)
_AND = re.compile(r" et (?:plus de |près de )?$")
_HEADING = pattern(
    r"(?:(?:^|[.!?;:…»«▶•–—\n,-] ?)(?:[Qq]uant (?:aux|à ceux)|[Pp]our les|(?:[Dd]u )?[Cc]ôté(?: des)?|[Ll]es|[Dd]es"
    r"|(?:[Ll]e (?:nombre|total|bilan|décompte)|[Cc]elui|[Cc]eux|[Ll]a liste) (?:total )?d(?:es|e|'))"
    r"|\b(?:du côté des|(?:le (?:nombre|total|décompte)|celui|la liste) d(?:es|e|')))"
    r" ?([^\W\d_]+(?:-[^\W\d_]+)?)(?!-)\b"
)
_TOPICS = ("killed", "injured", "missing", "rescued", "kidnapped", "arrested", "sick", "victims")
_TOPICS_BY_STATE = ("evacuated", "displaced", "hospitalised")


def is_bare(row: Row, left: str, right: str) -> bool:
    """Whether a number stands without what it counts."""
    noun = str(row.get("counted") or "").partition(" ")[0].lower()
    return not noun or (noun not in right[:_NOUN_NEAR].lower() and not left.lower().rstrip().endswith(noun))


def is_led_up_to(left: str, right: str) -> bool:
    """Whether the words around a number without its noun tell a toll: *elle en compte désormais neuf*."""
    if not _ALONE.match(right):
        return False
    said = left[-_REACH:]
    if any(lead.search(said) for lead in _LEADS) or is_from(left, right):
        return True
    # "Les blessés, eux, sont sept"
    return bool(_IS.search(said)) and heading_of(left) is not None


def is_from(left: str, right: str) -> bool:
    """``De neuf samedi soir, on en est à treize``, ``le bilan, de douze la veille, passe à quinze``."""
    return bool(_FROM.search(left[-20:]) and _FROM_TO.match(right))


def goes_on(before: Row, row: Row, right: str) -> bool:
    """``on parlait de vingt-deux le 20, de vingt-quatre jeudi dernier``: the next number without its noun."""
    sentence = row["sentence"] or ""
    if before["sentence_start"] != row["sentence_start"] or not 0 <= row["start"] - before["end"] <= _NEXT:
        return False
    at = row["sentence_start"] or 0
    between = sentence[max(0, before["end"] - at) : max(0, row["start"] - at)]
    return bool(_GOES_ON.match(between) and _ALONE.match(right))


def _question_before(text: str) -> str:
    """Return the question that some text ends with, or that the sentence which it ends in follows; else nothing."""
    end = text.rfind("?")
    if end < 0 or _SENTENCE_END.search(text[end + 1 :].strip()):
        return ""
    return _SENTENCE_END.split(text[:end])[-1]


def heading_of(text: str) -> tuple[str, int] | None:
    """Return the event that the last heading in some text tells, and where: *Quant aux disparus*, *Les blessés ?*."""
    found = None
    for match in _HEADING.finditer(text):
        event = _event_of(match[1].lower())
        found = (event, match.start(1)) if event is not None else found
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
    _pair: str | None = None
    """What the second number of a pair was of: *cinq morts et douze blessés, contre quatre et dix la veille*."""
    _second: bool = False
    _refused: int | None = None
    """Where the last number ended that a question about who was there leads up to."""
    _at: int = -1

    def event_of(self, row: Row, left: str, right: str) -> str | None:
        """Return what a number without its noun is told to be of, None where nothing leads up to it."""
        if not is_bare(row, left, right):
            return None
        if self._row is not None and goes_on(self._row, row, right):
            paired = self._pair if self._second and _AND.search(left) else None
            return paired or self._event
        if not is_led_up_to(left, right):
            return None
        start = row["start"] - len(left)
        if self._refused is not None and 0 <= row["start"] - self._refused <= _NEXT:
            self._refused = row["end"]
            return None
        if _ABOARD.search(_question_before(f"{self.text[max(0, start - BACK) : start]}{left}")):
            self._refused = row["end"]
            self.last = None  # "Combien étaient à bord ? Cinquante, à en croire le piroguier"
            return None
        heading = heading_of(f"{self.text[max(0, start - BACK) : start]}{left}")
        if heading is not None and max(0, start - BACK) * bool(self.text) + heading[1] > self._at:
            return heading[0]
        return self.last or (FigureEvent.KILLED.value if self.happened else None)

    def told(self, row: Row, event: str | None, *, elided: bool, aside: bool = False) -> None:
        """Take a number as told; `aside` of a second one that is not taken up (*douze morts et huit blessés*)."""
        self._row, self._event = (row, event) if elided or event is not None else (None, None)
        self._second = elided
        if aside:
            self._pair = event
        elif not elided:
            self._pair = None
        if event is not None:
            self._at = row["start"]
            self.last = self.last if aside else event


def _event_of(noun: str) -> str | None:
    event = next((name for name in _TOPICS if noun in word_set(f"dossiers_tolls.nouns.{name}")), None)
    if event == "victims":
        return FigureEvent.KILLED.value
    return event or next(
        (name for name in _TOPICS_BY_STATE if noun in word_set(f"dossiers_tolls.ellipses.{name}")), None
    )
