"""Pages that hold no article: walls of consent, checks for robots, errors, empty templates."""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import words
from newsnlp.text.folding import fold

# Walls open with what they are; the longest seen, of consent in full, had 3 000 characters.
_LOOK = 4_000
# Prose beside the wall, in characters, from which on a page is an article with a wall before it. The shortest briefs
# of agencies have 150.
_LEAST_PROSE = 150
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_PLACEHOLDER = re.compile(r"\{\{.{0,400}?\}\}|\{%.{0,200}?%\}|\[\[.{0,200}?\]\]|<%.{0,200}?%>", re.DOTALL)
_LEAST_PLACEHOLDERS = 2


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    sure, told = (words(f"reading_walls.wall.{key}") for key in ("sure", "words"))
    return re.compile(_any_of(sure)), re.compile(_any_of((*sure, *told)))


def _any_of(known: tuple[str, ...]) -> str:
    return rf"\b(?:{'|'.join(re.escape(fold(word, accents=False)) for word in known)})\b"


def wall_in(text: str, *, title: str | None = None) -> str | None:
    """Return the words that tell that a page is no article, None where it may be one.

    Parameters
    ----------
    text : str
        What was taken for the article.
    title : str, optional
        Of the page.

    Examples
    --------
    >>> wall_in("Accès refusé. Vous avez été bloqué : votre navigateur se comporte comme un robot.")
    'acces refuse'
    >>> wall_in("L'accès au site a été refusé à trois élus lundi à Lyon, a indiqué la préfecture.")
    """
    placeholders = len(_PLACEHOLDER.findall(text[:_LOOK]))
    plain = _PLACEHOLDER.sub("\n", text[:_LOOK]) if placeholders else text[:_LOOK]
    folded = fold(plain, accents=False)
    sure, told = _patterns()
    found = sure.search(fold(title or "", accents=False)[:200]) or sure.search(folded)
    if found is None and placeholders < _LEAST_PLACEHOLDERS:
        return None
    prose = [sentence for sentence in _SENTENCE.findall(folded) if not told.search(sentence)]
    # Buttons and names of menus are no prose.
    size = sum(len(sentence) for sentence in prose if sentence.count(" ") >= 5)  # noqa: PLR2004
    if size >= _LEAST_PROSE or (placeholders and size * 2 >= len(folded)):
        return None
    return found[0] if found else "{{ … }}"
