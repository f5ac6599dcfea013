"""No number vanishes: every number from 0 to 3 000, in digits and in words, in plain sentences of the news.

Figures are read without a model: one sentence, no names. Whether *un* counts is told by its context, elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsnlp.figures.extract import read_figures
from newsnlp.numerals.spelling import spell_numeral
from newsnlp.quantities.find import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST = 3000
# {n}: the number; {s}: the ending of the plural; {next}: one more.
FRAMES = (
    "Le bilan passe à {n} mort{s} à Gao.",
    "Le séisme a fait au moins {n} blessé{s}.",
    "L'ouragan a coulé plus de {n} navire{s} et 12 barques.",
    "{N} soldat{s} et deux civils ont péri.",
    "Le nombre de morts a été porté à {n}.",
    "Le chantier a coûté {n} euro{s}.",
    "La hausse atteint {n} %.",
    "La commune compte {n} habitant{s} depuis 2014.",
    "On dénombre {n} blessé{s}, dont deux enfants.",
    "Le ferry transportait {n} passager{s} et 12 camions.",
    "La route est coupée sur {n} kilomètre{s}.",
    "Le navire a secouru {n} migrant{s} au large de Sfax.",
    "L'incendie ({n} mort{s}) a été éteint.",
    "Le préfet fait état de {n} disparu{s} lundi.",
    "Moins de {n} mort{s} : la mairie est soulagée.",
    "La région recense {n} cas de choléra.",
    "Le gouverneur a annoncé {n} mort{s}, contre 18 la veille.",
    "Il y a eu de {n} à {next} morts.",
    "Selon la police, entre {n} et {next} manifestants ont défilé.",
    "La jauge est passée de zéro à {n} place{s}.",
)


def _digits(number: int) -> list[str]:
    """Return a number in digits, with each mark of thousands that papers use."""
    plain = str(number)
    marks = ("", " ", "\u00a0", "\u202f", ".", "'") if len(plain) > 3 else ("",)
    return [plain[:-3] + mark + plain[-3:] for mark in marks]


def _words(number: int) -> list[str]:
    """Return a number in words, in either spelling and every variety."""
    spellings = ("traditional", "1990")
    return [spell_numeral(number, variety=v, spelling=s) for v in ("fr", "be", "ch") for s in spellings]


def _sentences(numbers: Iterable[int], frames: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Yield sentences, each with the number as it is written in it and its value."""
    for number in numbers:
        pairs = dict(zip(_digits(number) + _words(number), _digits(number + 1) + _words(number + 1), strict=False))
        pairs.pop("un", None)
        for written, following in pairs.items():
            for frame in frames:
                plural = "" if number < 2 else "s"
                capital = written[0].upper() + written[1:]
                yield frame.format(n=written, N=capital, s=plural, next=following), written, number


def _vanished(numbers: Iterable[int], frames: Iterable[str] = FRAMES) -> list[str]:
    """Return the sentences of which the number is not found with its value."""
    bad = []
    for sentence, written, number in _sentences(numbers, frames):
        figures = read_figures(sentence, find_quantities(sentence), [(0, len(sentence))])
        start = sentence.lower().index(written.lower())
        if not any(f.start == start and number in {f.value, f.value_min, f.value_max} for f in figures):
            bad.append(sentence)
    return bad


def test_no_number_vanishes() -> None:
    spread = {*range(22), *range(60, 100, 9), *range(101, LAST + 1, 211), 999, 1000, 1914, 2000, 2014, 2100}
    assert _vanished(spread) == []


@pytest.mark.campaign
@pytest.mark.parametrize("hundred", range(0, LAST + 1, 100))
def test_no_number_to_3000_vanishes(hundred: int) -> None:
    assert _vanished(range(hundred, min(hundred + 100, LAST + 1))) == []
