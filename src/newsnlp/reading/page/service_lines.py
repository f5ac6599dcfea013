"""Buttons, counters, links and notices of a site, told by how they are built, whatever the site."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from newsnlp.lexicons import load_toml
from newsnlp.reading.page.folding import fold

_MAX_BUTTON_WORDS = 7
_MAX_LOGO_WORDS = 5
_MIN_THINGS = 2
# What stands between the words of a line.
_BETWEEN = re.compile(r"[^\w'’-]+|(?<=\b[ld])'")
_COUNTED = (
    r"commentaires?|comments?|reactions?|partages?|shares?|vues?|views?|lectures?|j'aime|likes?|abonnes|mots|visites?"
)
_BUILT = re.compile(
    # « Vu 2 341 fois », « 12 commentaires », « Commentaires (0) », « Réagir 3 ».
    r"(?P<share>\|? ?\(?(?:(?:article )?(?:vu|lue?|consulte|partage|affiche|visite) (?:par )?:? ?\d[\d .,k]*"
    rf" ?(?:fois|personnes)?|\d[\d .,k]* ?(?:{_COUNTED})\)?"
    rf"|(?:{_COUNTED}|commenter|reagir|ecouter|hits?|clics?|lu) ?:? ?\(?\d[\d .k]*\)?|[0+]))"
    # « 2 min », « Lecture 1 min », « Durée de lecture : 2 Min. », « 00:00 / 02:31 ».
    r"|(?P<player>(?:(?:temps|duree) de (?:lecture|la video|l'audio)|lecture|duree|ecouter|audio|video)?"
    r"(?: estimee?)? ?[:(]? ?(?:environ |moins d')?"
    r"(?:(?:\d+|une|deux|trois|quatre|cinq) ?(?:min|mn|mins|minutes?)(?: (?:de lecture|read))?\.?"
    r"(?: ?\d+ ?s(?:ec)?\.?)?|\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?|\d+'\d\d)\)?)"
    # « ← Le marché », « Les hirondelles → », « #Plouvara #Accident », « @clairev », an address, a telephone number.
    r"|(?P<menu>[←‹❮⟵➜➔→›❯⏪] ?[^.]{3,80}|[^.«]{3,80} ?[→»›❯⟶➜➔])"
    r"|(?P<tags>(?:[#＃][\w'-]+[ ,;|]*)+)"
    r"|(?P<footer>[\w.+-]+@[\w-]+\.[\w.]+|@\w+|[\w-]+\.(?:com|net|org|info|fr|be|ch|ca|eu)"
    r"|(?:https?://|www\.)\S+|(?:tel\.? ?:? ?)?(?:\+\d\d ?)?[\d .()-]{9,18}"
    r"|.{0,60}\((?:pdf|doc|docx|xls|zip|jpg)\b[^()]{0,30}\))"
)
_FIRST_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}|[\w-]+\.(?:jpe?g|png|gif|webp|svg|mp[34]|pdf)", re.IGNORECASE)
_MARKS = re.compile(r"[\W_]+")
# What may stand before the words of a button or notice.
_BULLETS = "•·♦◆■▪►▶→➜✉☞*+|>–- "
_MAX_BUILT = 90
_MAX_NOTICE = 300


@dataclass(frozen=True, slots=True)
class _Words:
    button_verbs: frozenset[str]
    button_objects: frozenset[str]
    button_joints: frozenset[str]
    openings: dict[str, tuple[str, ...]]
    things: frozenset[str]
    certain: frozenset[str]
    readers: frozenset[str]


@functools.cache
def _words() -> _Words:
    data = load_toml("reading_service_lines.toml", tables=("button", "notice"))
    button, notice = data["button"], data["notice"]

    def folded(words: list[str]) -> frozenset[str]:
        return frozenset(fold(word) for word in words)

    openings: dict[str, tuple[str, ...]] = {}
    for opening in sorted(folded(notice["openings"])):
        first = opening.split()[0]
        openings[first] = (*openings.get(first, ()), opening)
    return _Words(
        folded(button["verbs"]),
        folded(button["objects"]),
        folded(button["joints"]),
        openings,
        folded(notice["things"]),
        folded(notice["certain"]),
        folded(notice["readers"]),
    )


def service_kind(line: str, key: str) -> tuple[str, bool] | None:
    """Return the kind of furniture that a line is by its build, and whether it is so anywhere; None if it is not.

    Parameters
    ----------
    line, key : str
        The line as it stands and as `fold` gives it.

    Examples
    --------
    >>> service_kind("Partager cet article", "partager cet article")
    ('share', True)
    >>> service_kind("Partager la dette", "partager la dette") is None
    True
    """
    if len(key) <= _MAX_BUILT:
        built = _BUILT.fullmatch(key)
        if built is not None:
            return str(built.lastgroup), built.lastgroup in {"tags", "menu"}
        if _MARKS.fullmatch(line):
            return "menu", False
        if _SLUG.fullmatch(line):
            return "menu", "." in line or line.islower()
    lexicon = _words()
    key = key.lstrip(_BULLETS)
    first = _FIRST_WORD.match(key)
    if first is None or (first[0] not in lexicon.button_verbs and first[0] not in lexicon.openings):
        return None
    words = [word for word in _BETWEEN.split(key) if word.strip("-")]
    if _is_button(words, key):
        return "share", True
    if first[0] == "logo" and len(words) <= _MAX_LOGO_WORDS and ":" not in key:
        return "menu", False
    return ("subscribe", True) if _is_notice(line, key, first[0], words) else None


def opens_notice(line: str) -> bool:
    """Tell whether a line of at most 300 characters begins as notices of a site to its readers do."""
    if len(line) > _MAX_NOTICE:
        return False
    key = fold(line).lstrip(_BULLETS)
    first = _FIRST_WORD.match(key)
    return first is not None and _opens(line, key, first[0])


def _opens(line: str, key: str, first: str) -> bool:
    # Direct speech is told from a notice by its quotes.
    return (
        "»" not in line
        and line[:1] not in '«"“'
        and any(
            key.startswith(opening) and not key[len(opening) : len(opening) + 1].isalnum()
            for opening in _words().openings.get(first, ())
        )
    )


def _is_button(words: list[str], key: str) -> bool:
    lexicon = _words()
    if not 1 < len(words) <= _MAX_BUTTON_WORDS or words[0] not in lexicon.button_verbs or key.endswith("."):
        return False
    rest = [word for word in words[1:] if word not in lexicon.button_joints]
    return bool(rest) and lexicon.button_objects.issuperset(rest)


def _is_notice(line: str, key: str, first: str, words: list[str]) -> bool:
    """Tell whether a line speaks to the reader about the site."""
    lexicon = _words()
    if not _opens(line, key, first):
        return False
    held = set(words)
    things = held & lexicon.things
    things -= {word[:-1] for word in things if word.endswith("s")}
    return (len(things) >= _MIN_THINGS and bool(held & lexicon.readers or held & lexicon.certain)) or bool(
        things & lexicon.certain
    )
