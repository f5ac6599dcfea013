"""The words of bylines, made ready: openings, closings, agencies, roles, months; and dates, which hold some of them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsnlp.lexicons import load_toml, words
from newsnlp.reading.page.folding import fold


@dataclass(frozen=True, slots=True)
class Byline:
    """What such a line says. `kind` is ``byline`` or ``date``."""

    kind: str
    author: str | None = None
    published_at: datetime | None = None
    # "Mis à jour le" says less about the publication than "Publié le".
    is_update: bool = False


@functools.cache
def byline_words() -> dict[str, Any]:
    """Return the words of bylines, folded: sets, patterns and the numbers of the months."""
    data = load_toml("reading_bylines.toml", tables=("author", "date", "credit", "role"))
    spellings = [words(f"calendar.months.{key}") for key in ("words", "short", "three_letters", "english")]
    months = {fold(word): number for spelling in spellings for number, word in enumerate(spelling, 1)}
    weekdays = tuple(fold(word) for word in words("calendar.weekdays"))
    return {
        "opening": _any_of(data["author"]["openings"], r"\b ?:?"),
        "closings": frozenset(fold(word).split()[0] for word in data["author"]["closings"]),
        "agencies": {fold(word): word for word in data["author"]["agencies"]},
        "particles": frozenset(fold(word) for word in data["author"]["particles"]),
        "dating": _any_of(data["date"]["openings"], r"\b"),
        # All that may stand on a date line beside the date.
        "fillers": frozenset(
            [*months, *weekdays, *" ".join(map(fold, (*data["date"]["openings"], *data["date"]["fillers"]))).split()]
        ),
        "months": months,
        "weekdays": weekdays,
        "dating_words": tuple(fold(word) for word in data["date"]["openings"]),
        "signing_words": tuple(
            fold(word) for word in data["author"]["openings"] if " " in word or word in {"par", "by"}
        ),
        "role": _any_of(data["role"]["words"], r"\b"),
        "role_after_name": re.compile(_any_of(data["role"]["words"], r"\b").pattern.replace("(", r"\b(", 1)),
        "role_tails": frozenset(fold(word) for word in data["role"]["tails"]),
        "credits": sorted((fold(word) for word in data["credit"]["openings"]), key=len, reverse=True),
    }


def _any_of(words: list[str], end: str) -> re.Pattern[str]:
    """Return a pattern of folded words, the longest first."""
    longest_first = sorted((fold(word) for word in words), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))}){end}")


@functools.cache
def _date() -> re.Pattern[str]:
    words = byline_words()
    months = "|".join(sorted(words["months"], key=len, reverse=True))
    clock = (
        r"(?:,? *(?:a|at|-|–|·|\|)? *(?P<hour>[01]?\d|2[0-3]) ?(?:h|:|heures?) ?(?P<minute>[0-5]\d)?"
        r"(?::[0-5]\d)?(?:min)?\b)?"
    )
    return re.compile(
        rf"(?:\b(?:{'|'.join(words['weekdays'])}),? )?(?:"
        rf"\b(?P<day>[0-3]?\d)(?:er)?[ -](?P<month>{months})\.?,?[ -](?P<year>(?:19|20)\d\d)\b"
        r"|\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
        r"(?:[t ](?P<isotime>[0-2]\d:[0-5]\d(?::[0-5]\d)?(?:z|[+-]\d\d:?\d\d)?))?"
        r"|\b(?P<d>[0-3]?\d)[/.-](?P<m>[01]?\d)[/.-](?P<y>(?:19|20)\d\d)\b"
        rf"){clock}"
    )


def find_date(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date of a folded line, with where it stands; None if there is none.

    French (``12 mars 2024 à 18h30``, ``1er août 2016``), ISO (``2024-03-12``) and ``12/03/2024``.

    Examples
    --------
    >>> find_date("publie le 12 mars 2024 a 18h30")
    (datetime.datetime(2024, 3, 12, 18, 30), 10, 30)
    """
    for match in _date().finditer(text):
        try:
            if match["iso"]:
                clock = (match["isotime"] or "").replace("z", "+00:00")
                found = datetime.fromisoformat(f"{match['iso']}T{clock}" if clock else match["iso"])
            elif match["month"]:
                found = datetime(int(match["year"]), byline_words()["months"][match["month"]], int(match["day"]))  # noqa: DTZ001
            else:
                found = datetime(int(match["y"]), int(match["m"]), int(match["d"]))  # noqa: DTZ001
        except ValueError:
            # The 31st of February, the 25th month.
            continue
        if match["hour"] and not match["isotime"]:
            found = found.replace(hour=int(match["hour"]), minute=int(match["minute"] or 0))
        return found, match.start(), match.end()
    return None
