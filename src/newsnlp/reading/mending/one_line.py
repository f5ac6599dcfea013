"""A page pasted without its line breaks: cut into lines at what no text says, for the rules that judge lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern
from newsnlp.reading.page.phrases import look_up
from newsnlp.text.offsets import Mended, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

# A text of so few lines, and as long as this, may be a page.
_MAX_LINES = 4
_MIN_LENGTH = 150
_MIN_SIGNS = 3
# A menu has more words than this.
_MIN_MENU = 3
_MAX_MENU_WORDS = 4
_MAX_SITE_NAME = 60

# One of these is in every such page; looked for before the pattern, for all short texts are.
_QUICK = ("Partager", "Publié", "abonne", "©", "aussi", "lus", "ommente")
_SIGNS = pattern(r"(?<![^\W_])(?:<reading_one_line.signs>)(?![^\W_])")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:d[eu'’] ?|l[ae] )*(?!(?:<reading_one_line.dated>)\b)[A-ZÀ-ÖØ-Þ][\w'’-]+){1,3}"
_DATE = (
    r"(?:\d{1,2}(?:er)? <calendar.months> \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})"
    r"(?:,? ?(?:à|-) ?\d{1,2} ?[h:] ?(?:\d\d)?)?"
)
_LINES = pattern(
    r"(?<=[\s.!?…»)])(?:"
    rf"(?P<byline>[Pp]ar {_NAME}(?:,? (?:et|avec) {_NAME})?(?= (?:-|–|•|\||<reading_one_line.dated>|[Ll]e \d)))"
    r"|(?P<credit>(?:©|\([Cc]\)|Photo|Crédits?(?: photo)?) ?:? ?(?:[A-Z]\. ?)?"
    r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)? ?/ ?[A-ZÀ-ÖØ-Þ][\w-]+)"
    rf"|(?P<stamp>{_NAME} \d{{1,2}}/\d{{1,2}}/\d{{4}}(?: à|,| -)? ?\d{{1,2}} ?[h:] ?\d\d)"
    rf"|(?P<date>(?:<reading_one_line.dated>) ?:? ?(?:le )?{_DATE})"
    r"|(?P<heading><reading_one_line.headings>)(?: ?:)?"
    r"|(?P<line><reading_one_line.lines>)"
    r"|(?P<foot>©|Copyright |Tous droits réservés)"
    r")(?![^\W_])"
)
_TRAIL = re.compile(r"(?: [>›»] [A-ZÀ-ÖØ-Þ][\w'’-]+(?: [\w'’-]+){0,3}){0,8} [>›»] (?=[A-ZÀ-ÖØ-Þ])")
_ITEM = re.compile(r" (?=\d{1,2}[.)]? [A-ZÀ-ÖØ-Þ«])")


def cut_lines(text: str) -> Mended | None:
    r"""Return a page that was pasted in one line with its lines apart, None for any other text.

    Parameters
    ----------
    text : str

    Notes
    -----
    Looked for in long texts of a line or two that hold three of the phrases of a page. Line breaks take the place of
    blanks, so that offsets stay.

    Examples
    --------
    >>> page = (
    ...     "Accueil Politique Sport S'abonner Trois blessés à Lyon Par Léa Petit Publié le 6 août 2024 à 10h12 "
    ...     "Partager Trois personnes ont été blessées mardi à Lyon, a dit la préfecture. Les plus lus 1 Météo : neige"
    ... )
    >>> cut_lines(page).text.split("\n")[2:5]
    ['Trois blessés à Lyon', 'Par Léa Petit', 'Publié le 6 août 2024 à 10h12']
    """
    if len(text) < _MIN_LENGTH or text.count("\n") > 2 * _MAX_LINES:
        return None
    if len(text.splitlines()) > _MAX_LINES:
        return None
    if not any(map(text.__contains__, _QUICK)) or len(set(_SIGNS.findall(text))) < _MIN_SIGNS:
        return None
    places = sorted({place for place in _places(text) if 0 < place < len(text) and text[place] == " "})
    return rewritten(text, [(place, place + 1, "\n") for place in places])


def _places(text: str) -> Iterator[int]:
    """Yield the blanks at which a line ends."""
    yield from _menu(text)
    heading = None
    for match in _LINES.finditer(text):
        start, end = match.span()
        yield start - 1
        if match["foot"] is None:
            yield end
        if match["heading"] is not None and heading is None:
            heading = end
    if heading is not None:
        # Of a list of other articles, each is a line.
        yield from (match.start() for match in _ITEM.finditer(text, heading))


def _menu(text: str) -> list[int]:
    """Return where the words of a menu end at the beginning of the text, the name of the site before them included."""
    start = 0
    while 0 <= start < _MAX_SITE_NAME:
        ends: list[int] = []
        place = start
        while (end := _known_end(text, place)) is not None:
            ends.append(end)
            place = end + 1
        if ends and (trail := _TRAIL.match(text, ends[-1])) is not None:
            # « Accueil > Occitanie > Lozère »: what stands between its signs is a line.
            ends += [at for at in range(ends[-1], trail.end()) if text[at] == " " and text[at + 1] in ">›»"]
            if (end := _known_end(text, trail.end())) is not None and end > ends[-1]:
                ends.append(end)
        if ends and text.count(" ", start, ends[-1]) >= _MIN_MENU:
            return [start - 1, *ends]
        start = text.find(" ", start) + 1 or -1
    return []


def _known_end(text: str, place: int) -> int | None:
    """Return where the longest phrase of a page ends that begins at a capital."""
    ends = _ends(text, place) if text[place : place + 1].isupper() else []
    return next((end for end in reversed(ends) if look_up(text[place:end]) is not None), None)


def _ends(text: str, place: int) -> list[int]:
    ends: list[int] = []
    end = place
    while len(ends) < _MAX_MENU_WORDS and end >= 0:
        end = text.find(" ", end + 1)
        if end > 0:
            ends.append(end)
    return ends
