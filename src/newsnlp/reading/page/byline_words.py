"""The words of bylines, made ready: openings, closings, agencies, roles; and what such lines say."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsnlp.lexicons import load_toml, words
from newsnlp.reading.page.folding import fold
from newsnlp.text.stamps import month_numbers

if TYPE_CHECKING:
    from datetime import datetime


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
    """Return the words of bylines, folded: sets and patterns."""
    data = load_toml("reading_bylines.toml", tables=("author", "date", "credit", "role"))
    months = month_numbers()
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
        "weekdays": weekdays,
        "dating_words": tuple(fold(word) for word in data["date"]["openings"]),
        "signing_words": tuple(
            fold(word) for word in data["author"]["openings"] if " " in word or word in {"par", "by"}
        ),
        "role": _any_of(data["role"]["words"], r"\b"),
        "role_after_name": re.compile(_any_of(data["role"]["words"], r"\b").pattern.replace("(", r"\b(", 1)),
        "role_tails": frozenset(fold(word) for word in data["role"]["tails"]),
        "credit_signs": ("/", "-", "–", "—", "©", "ⓒ", *(fold(word) for word in data["credit"]["openings"])),
        "credits": sorted((fold(word) for word in data["credit"]["openings"]), key=len, reverse=True),
    }


def _any_of(words: list[str], end: str) -> re.Pattern[str]:
    """Return a pattern of folded words, the longest first."""
    longest_first = sorted((fold(word) for word in words), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))}){end}")
