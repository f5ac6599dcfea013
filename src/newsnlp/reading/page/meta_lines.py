"""Lines of data about the article in one piece: « Publié il y a 3 h - Rose Lemoine - 2 min - vu 388 fois ».

Such a line is read from left to right: what is known (dates, reading times, counts, openings) is taken out, and the
rest must be names, rubrics or small words. One piece that is anything else, and the line is text.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.lexicons.names import given_names
from newsnlp.reading.page.byline_words import Byline, byline_words
from newsnlp.reading.page.folding import fold, plain_line
from newsnlp.reading.page.phrases import look_up
from newsnlp.text.stamps import find_stamp, month_numbers

if TYPE_CHECKING:
    from datetime import datetime

_MAX_META = 200
_MAX_NAME_WORDS = 5
_MAX_CHUNK_WORDS = 8
_MAX_AUTHORS = 4

_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,3}(?:[^\W\d_][\w'-]+)?|[^\W\d_]{2}\.(?:[^\W\d_]\.)?")
_SLUG = re.compile(r"[a-zé]+(?:-[a-zé]+){1,4}")
_HANDLE = re.compile(r"@?\w[\w.+-]*@[\w-]+\.[\w.]+|@\w+|(?:www\.)?[\w-]+\.(?:com|fr|net|org|info|be|ch|ca|sn|ml|ci)")


@functools.cache
def _first_names() -> frozenset[str]:
    return frozenset(map(fold, given_names()))


@functools.cache
def _known() -> re.Pattern[str]:
    """Return what may stand in such a line beside dates: the groups say what it is."""
    words = byline_words()
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    weekdays = "|".join(words["weekdays"])
    zone = r"(?: ?(?:gmt|utc|cet|cest|hne|hae|tu|t\.u|am|pm|\(?heure de paris\)?)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?)?"
    clock = rf"\d{{1,2}} ?(?:h|:|heures?) ?(?:[0-5]\d)?(?::[0-5]\d)?\b{zone}"
    dating = "|".join(sorted((re.escape(word) for word in words["dating_words"]), key=len, reverse=True))
    signing = "|".join(sorted((re.escape(word) for word in words["signing_words"]), key=len, reverse=True))
    return re.compile(
        rf"(?P<open>\b(?:{dating})\b)"
        rf"|(?P<by>(?:^|(?<=[ (|]))(?:{signing})\b)"
        r"|(?P<count>\b(?:vu|lue?|consulte|partage|affiche) :? ?\d[\d .]* ?fois\b"
        r"|\b\d[\d .]* ?(?:vues?|lectures?|partages?|commentaires?|reactions?|comments?|views?)\b"
        r"|\b(?:commentaires?|reactions?) ?\(?\d+\)?)"
        r"|(?P<read>\b(?:(?:temps|duree) de lecture(?: estimee?)?|lecture|reading time)\b ?:?"
        r"|\b\d+ ?(?:min|mn|mins|minutes?)\b\.?(?: (?:de lecture|read))?)"
        r"|(?P<relative>\bil y a (?:environ )?\d+ ?(?:h|heures?|min|minutes?|jours?|mois|ans?|semaines?|s|j)\b"
        rf"|\b(?:hier|avant-hier|aujourd'hui)(?:,? ?(?:a )?{clock})?|\b\d+ (?:minutes|hours|days) ago\b)"
        rf"|(?P<clock>\b(?:a )?{clock})"
        rf"|(?P<day>\b(?:(?:{weekdays}),? )?(?:le )?\d{{1,2}}(?:er)? (?:{months})\b\.?|\b(?:{weekdays})\b)"
    )


@dataclass(slots=True)
class _Reading:
    """What one line has been read as so far."""

    dates: list[tuple[datetime, bool]]
    authors: list[tuple[int, str]]
    kinds: set[str]


def read_meta(line: str) -> Byline | None:
    """Return what a line of data says, None where it is text or says too little to be sure.

    Examples
    --------
    >>> found = read_meta("Publié il y a 3 h - Mise à jour le 03.11.2025 - Rose Lemoine - 2 min - vu 388 fois")
    >>> found.author, found.published_at.date().isoformat()
    ('Rose Lemoine', '2025-11-03')
    >>> read_meta("Nantes - Rennes : le match du 3 novembre 2025 à 20h45") is None
    True
    """
    if len(line) > _MAX_META:
        return None
    words = plain_line(line).split()
    folded = [fold(word) for word in words]
    kept = [(word, key) for word, key in zip(words, folded, strict=True) if key]
    words, folded = [word for word, _ in kept], [key for _, key in kept]
    key = " ".join(folded)
    starts = [0]
    for word in folded[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    pieces = _pieces(key)
    reading = _Reading([], [], {kind for kind, _, _, _ in pieces})
    position = 0
    before: str | None = None
    is_update = False
    for kind, start, end, date in [*pieces, ("end", len(key), len(key), None)]:
        first, last = bisect_right(starts, position) - 1, bisect_right(starts, start) - 1
        chunk = words[first if starts[first] >= position else first + 1 : last if start < len(key) else len(words)]
        if chunk and not _read_chunk(chunk, before, reading):
            return None
        if kind == "open":
            is_update = re.match("m(?:is|ise|odif)|dern|actualis|upd|last", key[start:end]) is not None
        if kind == "date" and date is not None:
            reading.dates.append((date, is_update))
        before, position = kind, end
    return _judged(reading, key)


def _pieces(key: str) -> list[tuple[str, int, int, datetime | None]]:
    """Return the known pieces of a folded line in order: kind, start, end and the date."""
    pieces: list[tuple[str, int, int, datetime | None]] = []
    rest = key
    while (found := find_stamp(rest)) is not None:
        date, start, end = found
        pieces.append(("date", start, end, date))
        # Blanked, so that the offsets stay.
        rest = rest[:start] + "\0" * (end - start) + rest[end:]
    pieces += [(str(match.lastgroup), *match.span(), None) for match in _known().finditer(rest)]
    return sorted(pieces, key=lambda piece: piece[1])


def _judged(reading: _Reading, key: str) -> Byline | None:
    kinds = reading.kinds
    dated = kinds & {"date", "relative", "clock", "day"}
    is_sure = (
        ("open" in kinds and dated)
        or kinds & {"count"}
        or ("read" in kinds and re.search(r"lecture|\bmin\b|\bmn\b|minutes?\b", key) and (dated or len(kinds) > 1))
        or ("by" in kinds and reading.authors)
        or ("date" in kinds and "clock" in kinds)
        or ("date" in kinds and re.match(r"\(?(?:le )?\d", key) and re.search(r"\d ?[h:]\d\d|\d[./]\d", key))
        or ("date" in kinds and reading.authors and max(reading.authors)[0] > 1)
        or (reading.authors and "day" in kinds and "clock" in kinds)
    )
    if not is_sure:
        return None
    published = next((date for date, is_update in reading.dates if not is_update), None)
    updated = next((date for date, is_update in reading.dates if is_update), None)
    best = max((rank for rank, _ in reading.authors), default=0)
    names = list(dict.fromkeys(name for rank, name in reading.authors if rank == best))
    author = " et ".join(names[:_MAX_AUTHORS]) if names else None
    return Byline(
        "byline" if author else "date",
        author=author,
        published_at=published or updated,
        is_update=published is None and updated is not None,
    )


def _read_chunk(chunk: list[str], before: str | None, reading: _Reading) -> bool:
    """Read what stands between two known pieces; False where it is text."""
    text = " ".join(chunk)
    signed = before == "by"
    for part in _parts(text):
        if not _read_part(part, signed, reading):
            return False
        signed = signed and " et " in text
    return True


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for piece in re.split(r"(?:^|\s)(?:[|•·—–/>»-]+|et)(?=\s|$)|[|•·,;:()]|\.(?=\s*$)|(?<=\w{3})\.\s", text):
        part = piece.strip(" -–—|•·:;,()/«»")
        if part and re.search(r"\w", part):
            parts.append(part)
    return parts


def _read_part(part: str, signed: bool, reading: _Reading) -> bool:
    words = byline_words()
    key = fold(part)
    tokens = part.split()
    if words["fillers"].issuperset(re.split(r"[\s.'-]+", key.strip(" ."))):
        return True
    if len(tokens) > _MAX_CHUNK_WORDS:
        return False
    author = _author_in(part, key, signed)
    if author is not None:
        reading.authors.append(author)
        return True
    if key in words["agencies"] or is_role(part) or look_up(part) is not None or _HANDLE.fullmatch(part):
        return True
    opening, _, rest = key.partition(" ")
    if opening in {"avec", "with", "pour", "a", "dans", "in", "de", "source"} and rest:
        return _is_capitalised(tokens[1:])
    return len(tokens) <= _MAX_NAME_WORDS and _is_capitalised(tokens)


def _author_in(part: str, key: str, signed: bool) -> tuple[int, str] | None:
    """Return the author that a piece names, and how sure that is: a person after « par » is surest."""
    name = person_in(part)
    if name is not None and not (signed and is_role(part)):
        return (3 if signed else 2), name
    if signed and (is_role(part) or key in byline_words()["agencies"]):
        return 1, part
    if _INITIALS.fullmatch(part):
        return 2, part
    if _SLUG.fullmatch(part) and part.split("-", maxsplit=1)[0] in _first_names():
        return 2, _unslugged(part)
    if signed and look_up(part) is None and not _HANDLE.fullmatch(part) and _is_capitalised(part.split()):
        return 2, part.rstrip(".")
    return None


def is_name(text: str) -> bool:
    """Tell whether words are a name by their capitals: « Ici Sud Vosges »."""
    return not re.search(r"[.!?:;]", text) and _is_capitalised(plain_line(text).split())


def _unslugged(slug: str) -> str:
    particles = byline_words()["particles"]
    return " ".join(word if word in particles else word.capitalize() for word in slug.split("-"))


def _is_capitalised(tokens: list[str]) -> bool:
    """Tell whether words are a name: capitals, and small particles between them."""
    particles = byline_words()["particles"]
    large = [token.strip("(«\"'.")[:1].isupper() or token[:2].casefold() in {"l'", "d'"} for token in tokens]
    small = [fold(token) in particles for token in tokens]
    return any(large) and large[0] and all(a or b for a, b in zip(large, small, strict=True))


def person_in(part: str) -> str | None:
    """Return the name of a person that a few words end with, by its first name; None if there is none.

    Examples
    --------
    >>> person_in("Ouest-Armor Paul LEROY"), person_in("Faits divers")
    ('Paul LEROY', None)
    """
    tokens = part.strip(" .").split()
    if not 1 < len(tokens) <= _MAX_NAME_WORDS + 1 or not _is_capitalised(tokens):
        return None
    names = _first_names()
    for index in range(len(tokens) - 1):
        first = fold(tokens[index])
        if (first in names or ("-" in first and first.split("-")[0] in names)) and index <= _MAX_NAME_WORDS - 2:
            before = tokens[:index]
            # « Saint Paul », « Île Maurice »: a place; « Mort de Paul Roy »: no signature.
            if before and (len(before) > 2 or fold(before[-1]) in {"saint", "de", "des", "du", "ile", "rue", "place"}):  # noqa: PLR2004
                return None
            last = fold(tokens[-1])
            return " ".join(tokens[index:]) if last not in byline_words()["particles"] else None
    return None


def persons_in(line: str) -> list[str]:
    """Return the persons of a line that names persons alone (« Léa Petit et Paul Roy »), none for any other line."""
    parts = [part for part in re.split(r"\s*(?:,|\bet\b|&|/|\|)\s*", plain_line(line).strip(" .-–—•|*")) if part]
    if not 1 <= len(parts) <= _MAX_AUTHORS:
        return []
    found = [person_in(part) for part in parts]
    return (
        [name for name in found if name] if all(name == part for name, part in zip(found, parts, strict=True)) else []
    )


def is_initials(line: str) -> bool:
    """Tell whether a line is a signature by initials: « J. P. », « J. D. avec P. M. », « R. Petit », « cr/lf/ob »."""
    text = plain_line(line).strip(" ()")
    if re.fullmatch(r"[a-zA-Z]{2,5}(?:/[a-zA-Z]{2,4}){1,4}", text):
        return text.islower()
    parts = re.split(r"\s*(?:,|\bet\b|\bavec\b|/)\s*", text)
    agencies = byline_words()["agencies"]
    return any(_INITIALS.fullmatch(part) for part in parts) and all(
        _INITIALS.fullmatch(part) or fold(part) in agencies or _is_capitalised(part.split()) for part in parts if part
    )


def is_role(text: str) -> bool:
    """Tell whether words say what somebody is who signs: « Journaliste au service politique ».

    Examples
    --------
    >>> is_role("envoyée spéciale à Kiev"), is_role("Journaliste tué à Gaza")
    (True, False)
    """
    words = byline_words()
    key = fold(text).strip(" .()")
    opened = words["role"].match(key)
    if opened is None or len(key.split()) > _MAX_CHUNK_WORDS + 2:
        return False
    tokens = plain_line(text).strip(" .()").split()[len(opened[0].split()) :]
    return all(
        token.strip("(«\"'")[:1].isupper()
        or not re.search(r"\w", token)
        or words["role_tails"].issuperset(part for part in re.split(r"['.,;()/-]+", fold(token)) if len(part) > 1)
        for token in tokens
    )


def name_and_role(line: str) -> str | None:
    """Return the name in « Nina Marchetti, envoyée spéciale à Lézignan (Aude) », None if the line is no such thing."""
    text = plain_line(line).strip()
    match = re.match(r"(?P<name>[^,(|–—]{4,60}?)\s*(?:[,(|–—]|\s-\s)\s*(?P<role>.+)", text)
    if match is not None and is_role(match["role"]):
        return match["name"] if persons_in(match["name"]) else None
    opened = byline_words()["role_after_name"].search(fold(text))
    if opened is None or len(fold(text)) != len(text):
        return None
    name, role = text[: opened.start()].strip(), text[opened.start() :].strip()
    return name if persons_in(name) and is_role(role) else None
