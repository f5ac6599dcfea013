"""Tolls that no figure gives: *un dixième décès* tells of ten, *aucune personne n'est plus portée disparue* of none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from newsnlp.lexicons import pattern
from newsnlp.numerals.find import NumberForm, find_numbers
from newsnlp.records import FigureEvent, Kind, Modifier, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsnlp.tables.cells import Row

_NOUN = pattern(
    r"(?: et(?:, [^.;:,]{1,20},)?(?: peut-être)? dernière?)? (?:<dossiers_tolls.nouns.counted_up>)\b", re.IGNORECASE
)
_PUIS = re.compile(r"(?:,? puis|,? et|,)(?: [^\W\d_]+)? (?:d'|l')?(?:une? |le |la |son |sa )?$")
_LONGEST = 60
"""How many characters an ordinal in words takes at most: *quatre-vingt-dix-neuvième*, with what stands before."""
_NOBODY = (
    r"\b(?:[Pp]lus aucune?|[Aa]ucune?|[Pp]lus personne|[Pp]ersonne)"
    r"(?: autres?)?(?: d(?:e|es) (?:nos|leurs|ses|ces)? ?[^\W\d_]+)?"
)
_IS = r"(?: [^\W\d_]+){0,2} n'(?:est|a|ont|était|avait)(?: donc| désormais)?(?: plus| pour l'heure| encore)?(?: été)? "
_THE_LAST = r"\b[Ll](?:es (?:[^\W\d_]+ )?|a |e )derni(?:ers?|ères?) "
_NONE_LEFT = (
    (
        FigureEvent.MISSING,
        re.compile(
            rf"{_NOBODY}(?: [^\W\d_]+)?(?:{_IS})?(?:portée? )?(?:disparue?s?|recherchée?)\b"
            r"|\bne [^\W\d_]+ (?:donc )?plus de disparue?s?\b|\bne (?:re)?cherche(?:nt)? (?:donc )?plus personne\b"
            rf"|{_NOBODY}(?: [^\W\d_]+)? ne manque(?: plus)? à l'appel\b"
        ),
    ),
    (
        FigureEvent.MISSING,
        re.compile(
            rf"{_THE_LAST}(?:disparue?s?"
            r"|[^\W\d_]+ (?:encore |toujours )?(?:recherchée?s?|portée?s? disparue?s?|manquante?s?))\b"
            r"[^.;:]{0,90}?\b(?:ont été|a été|sont|est) (?:tous (?:les deux )?)?"
            r"(?:(?:re)?trouvée?s?|localisée?s?|identifiée?s?|sain|rentrée?s?|découverte?s?)\b"
        ),
    ),
    (
        FigureEvent.HOSPITALISED,
        re.compile(
            rf"{_THE_LAST}(?:patiente?s?|malades?|blessée?s?)\b[^.;:]{{0,40}}?\b"
            r"(?:sont sortie?s|est sortie?|(?:a|ont) (?:pu )?quitt(?:é|er) (?:l'hôpital|la clinique|le centre))\b"
        ),
    ),
    (
        FigureEvent.KIDNAPPED,
        re.compile(
            rf"{_THE_LAST}(?:otages?|captive?s?|captifs?)\b[^.;:]{{0,60}}?\b"
            r"(?:ont été|a été) (?:libérée?s?|relâchée?s?)\b"
        ),
    ),
    (
        FigureEvent.ARRESTED,
        re.compile(rf"{_NOBODY}{_IS}(?:arrêtée?|interpellée?|appréhendée?|inculpée?)\b"),
    ),
    (
        FigureEvent.HOSPITALISED,
        re.compile(rf"{_NOBODY}(?: [^\W\d_]+)?(?:{_IS})? ?(?:hospitalisée?s?\b|à l'hôpital\b)"),
    ),
    (
        FigureEvent.KIDNAPPED,
        re.compile(rf"{_NOBODY}{_IS}(?:aux mains|en otage|prisonni|capturé|enlevé|retenu|détenu|captif)"),
    ),
)
_ONE_HELD = re.compile(
    r"(?:(?:^|[.!?»\n] |\n)Une? (?!autres?\b)[^\W\d_]+"
    r"|\bune? (?:suspect|homme|femme|individu|passeur|conducteur|chauffeur))\b"
    r"(?: [^\W\d_'-]+){0,3}(?:,[^.;:!?\n]{1,80},| de \d+ ans,?(?:[^.;:!?\n,]{1,40},)?)?"
    r" (?:a|avait) (?:ensuite |aussitôt |brièvement |depuis )?été (?:ensuite |aussitôt |brièvement |depuis )?"
    r"(?:arrêtée?|interpellée?|appréhendée?|inculpée?|écrouée?|placée? en (?:garde à vue|détention)|mise? en examen)\b"
)
"""``Un passeur présumé, âgé de 27 ans, a été arrêté``: the article of a noun is no figure."""
_EMPTY = ("place", "place_id", "source", "source_kind", "when", "when_begin", "when_end", "part_of", "event_id")


class _Part(NamedTuple):
    """A text, or a sentence where no text is kept, and where it starts."""

    at: int
    text: str


def counted_up(article: Row, figures: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the event and a row like that of a figure, for each number that is told so."""
    if article.get("text"):
        parts = [_Part(0, str(article["text"]))]
    else:
        kept = {row["sentence_start"]: str(row["sentence"]) for row in figures if row["sentence"]}
        parts = [_Part(at or 0, text) for at, text in kept.items()]
    for part in parts:
        for noun in _NOUN.finditer(part.text):
            first = max(0, noun.start() - _LONGEST)
            before = part.text[first : noun.start()]
            last = next(reversed(find_numbers(before)), None)
            # Of the first, nobody counts; "deuxième" at the end of the words before.
            if last is None or last.form != NumberForm.ORDINAL or last.end != len(before) or last.value < 2:  # noqa: PLR2004
                continue
            start = first + last.start
            # "un vingt-quatrième puis un vingt-cinquième corps"
            joint = _PUIS.search(before[: last.start])
            one = next(reversed(find_numbers(before[: joint.start()])), None) if joint is not None else None
            if one is not None and joint is not None and one.form == NumberForm.ORDINAL and one.end == joint.start():
                row = _row(article, part, first + one.start, first + one.end, noun[0].strip(), int(one.value))
                yield FigureEvent.KILLED.value, row
            yield FigureEvent.KILLED.value, _row(article, part, start, noun.start(), noun[0].strip(), int(last.value))
        for held in _ONE_HELD.finditer(part.text):
            start = held.start() + len(held[0]) - len(held[0].lstrip(".!?»\n "))
            end = start + len(held[0].split()[0]) if held[0][0].isalpha() else part.text.index(" ", start)
            yield FigureEvent.ARRESTED.value, _row(article, part, start, end, "personne", 1)
        for event, none in _NONE_LEFT:
            for found in none.finditer(part.text):
                yield event.value, _row(article, part, found.start(), found.end(), "personnes", 0)


def _row(article: Row, part: _Part, start: int, end: int, counted: str, value: int) -> Row:  # noqa: PLR0917
    """Return a row with the columns of a figure's that statements are read from."""
    before = [(part.text.rfind(mark, 0, start), len(mark)) for mark in ("\n", ". ")]
    first = max(place + size if place >= 0 else 0 for place, size in before)
    stops = [place + 1 for mark in (". ", ".\n", "\n") if (place := part.text.find(mark, end)) >= 0]
    last = min(stops, default=len(part.text))
    row: dict[str, Any] = dict.fromkeys(_EMPTY)
    row |= {"article_id": article["article_id"], "figure": None, "kind": Kind.COUNT.value, "event": None}
    row |= {"start": part.at + start, "end": part.at + end, "text": part.text[start:end], "counted": counted}
    row |= {"value": value, "value_min": value, "value_max": value, "modifier": Modifier.EXACT.value}
    row |= {
        "status": Status.ASSERTED.value,
        "sentence": part.text[first:last].rstrip(),
        "sentence_start": part.at + first,
    }
    return row
