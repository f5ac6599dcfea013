"""The lines that say who wrote an article and when, and who took its pictures."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsnlp.lexicons import load_toml
from newsnlp.reading.phrases import fold
from newsnlp.reading.typography import plain

_DIGIT = re.compile(r"\d")
_MAX_BYLINE = 160
_MAX_NAMES = 8
_MAX_CREDIT = 110
_MAX_CREDIT_WORDS = 7


@dataclass(frozen=True, slots=True)
class Byline:
    """What such a line says. `kind` is ``byline`` or ``date``."""

    kind: str
    author: str | None = None
    published_at: datetime | None = None
    # "Mis à jour le" says less about the publication than "Publié le".
    is_update: bool = False


@functools.cache
def _words() -> dict[str, Any]:
    data = load_toml("reading_bylines.toml", tables=("author", "date", "credit"))
    return {
        "opening": _any_of(data["author"]["openings"], r"\b ?:?"),
        "closings": frozenset(fold(word).split()[0] for word in data["author"]["closings"]),
        "agencies": {fold(word): word for word in data["author"]["agencies"]},
        "particles": frozenset(fold(word) for word in data["author"]["particles"]),
        "dating": _any_of(data["date"]["openings"], r"\b"),
        # All that may stand on a date line beside the date.
        "fillers": frozenset(
            " ".join(
                fold(word)
                for key in ("openings", "fillers", "months", "short_months", "weekdays")
                for word in data["date"][key]
            ).split()
        ),
        "months": {fold(word): i for i, word in enumerate(data["date"]["months"], 1)}
        | {fold(word): i for i, word in enumerate(data["date"]["short_months"], 1)},
        "weekdays": tuple(fold(word) for word in data["date"]["weekdays"]),
        "credits": sorted((fold(word) for word in data["credit"]["openings"]), key=len, reverse=True),
    }


def _any_of(words: list[str], end: str) -> re.Pattern[str]:
    """Return a pattern of folded words, the longest first."""
    longest_first = sorted((fold(word) for word in words), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))}){end}")


@functools.cache
def _date() -> re.Pattern[str]:
    words = _words()
    months = "|".join(sorted(words["months"], key=len, reverse=True))
    clock = (
        r"(?:,? *(?:a|at|-|–|·|\|)? *(?P<hour>[01]?\d|2[0-3]) ?(?:h|:|heures?) ?(?P<minute>[0-5]\d)?(?::[0-5]\d)?\b)?"
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
                found = datetime(int(match["year"]), _words()["months"][match["month"]], int(match["day"]))  # noqa: DTZ001
            else:
                found = datetime(int(match["y"]), int(match["m"]), int(match["d"]))  # noqa: DTZ001
        except ValueError:
            # The 31st of February, the 25th month.
            continue
        if match["hour"] and not match["isotime"]:
            found = found.replace(hour=int(match["hour"]), minute=int(match["minute"] or 0))
        return found, match.start(), match.end()
    return None


def read_byline(line: str) -> Byline | None:
    """Return what a line says about author or date, None if it is neither.

    Examples
    --------
    >>> read_byline("Par Jean Dupont avec AFP").author
    'Jean Dupont'
    >>> read_byline("Publié le 12/03/2024 à 18:30").published_at
    datetime.datetime(2024, 3, 12, 18, 30)
    >>> read_byline("Par ailleurs, le ministre part") is None
    True
    """
    if len(line) > _MAX_BYLINE:
        return None
    key = fold(line)
    return (_dated(key) if _DIGIT.search(key) else None) or _signed(line, key)


def is_bare_date(line: str) -> datetime | None:
    """Return the date of a line that is a written-out date and nothing else (``6 janvier 2016.``)."""
    # The longest is "mercredi 30 septembre 2026 à 18 heures 30".
    if len(line) > 60 or _DIGIT.search(line) is None:  # noqa: PLR2004
        return None
    key = fold(line).strip(" .,-–—()")
    found = find_date(key)
    return found[0] if found and not (key[: found[1]] + key[found[2] :]).replace("le ", "").strip() else None


def dateline(line: str) -> datetime | None:
    """Return the date that opens the first sentence of an article: ``KIEV, 3 mars 2024 (AFP) -``, ``3 mars 2024.``.

    Examples
    --------
    >>> dateline("Kiev, le 3 mars 2024 (AFP) - Deux missiles ont frappé la ville.")
    datetime.datetime(2024, 3, 3, 0, 0)
    """
    key = fold(line[:120])
    found = find_date(key)
    if found is None:
        return None
    before, after = key[: found[1]], key[found[2] :]
    is_place = re.fullmatch(r"(?:[^\s,()]+(?: [^\s,()]+){0,2} ?(?:\([^()]*\))?,? ?)?(?:le )?(?:[a-z]+ )?", before)
    return found[0] if is_place and re.match(r" ?(?:\.|\(|[-–—:] )", after) else None


def _dated(key: str) -> Byline | None:
    words = _words()
    opening = words["dating"].match(key)
    found = find_date(key)
    # « 12/03/2024 18:30 »; a written-out date is a dateline, which is text.
    numeric = found is not None and re.match(r"\(?\d", key) is not None and not re.search("[a-z]{3}", key)
    if opening is None and not numeric:
        return None
    rest = key
    while (dated := find_date(rest)) is not None:
        rest = f"{rest[: dated[1]]} {rest[dated[2] :]}"
    left = [
        word
        for word in re.split(r"[\s,:;.|•·()/–—-]+", rest)
        if word and not word.isdigit() and not re.fullmatch(r"\d{1,2}[h:]\d{0,2}|\d+min", word)
    ]
    if not words["fillers"].issuperset(left):
        return None
    is_update = opening is not None and any(
        word in key[: found[1] if found else 0] for word in ("jour", "modif", "upd")
    )
    if is_update and found and re.match("publi|post|cre", key):
        is_update = False
    return Byline("date", published_at=found[0] if found else None, is_update=is_update)


def _signed(line: str, key: str) -> Byline | None:
    words = _words()
    opened = words["opening"].match(key)
    if opened is None:
        return _agency(line, key.strip(" ()."), words["agencies"])
    opening = opened[1]
    line = plain(line).strip()
    tokens = line.split()[len(opening.split()) :]
    if tokens and tokens[0] == ":":
        tokens = tokens[1:]
    needs_colon = opening in {"texte", "auteur", "autrice", "author"}
    if needs_colon and ":" not in line[: len(opening) + 3]:
        return None
    names: list[str] = []
    stopped = False
    for token in tokens:
        bare = fold(token).strip(",;.|()-–—•·")
        is_particle = bare in words["particles"] and token[:1].isupper()
        if not bare or (bare in words["closings"] and not is_particle) or bare[:1].isdigit():
            stopped = True
            break
        if not (token.strip("(«\"'")[:1].isupper() or re.split("['-]", bare)[0] in words["particles"]):
            return None
        names.append(token)
        if token.endswith((",", "|", ";")):
            stopped = True
            break
    names = _without_particles(names, words["particles"])
    if not names or len(names) > _MAX_NAMES or (not stopped and line.endswith((".", "!", "?")) and len(names) > 4):  # noqa: PLR2004
        return None
    if not any(name.strip("(«\"'")[:1].isupper() for name in names):
        return None
    found = find_date(key)
    return Byline("byline", author=_name_of(names), published_at=found[0] if found else None)


def _name_of(names: list[str]) -> str:
    name = " ".join(names).strip(" ,;|:()")
    # The stop of « R. D. » is part of the name, that of a sentence is not.
    return name if re.search(r"\b\w\.\Z", name) else name.rstrip(".")


def _agency(line: str, key: str, agencies: dict[str, str]) -> Byline | None:
    """Return the byline « Le Monde avec AFP »."""
    if "avec " not in key and "with " not in key:
        return None
    known = "|".join(map(re.escape, agencies))
    if re.fullmatch(rf"(?:\S+ ){{0,3}}(?:avec|with) (?:{known})(?:(?:,| et) (?:{known}))*", key) is None:
        return None
    return Byline("byline", author=None if key.startswith(("avec", "with")) else line.strip(" ()."))


def _without_particles(names: list[str], particles: frozenset[str]) -> list[str]:
    while names and fold(names[-1]).strip(",.") in particles and not names[-1][:1].isupper():
        names = names[:-1]
    return names


@functools.cache
def _credit_end() -> re.Pattern[str]:
    openings = "|".join(re.escape(word) for word in _words()["credits"])
    return re.compile(
        r"(?:^|\s)[©ⓒ](?! ?(?:19|20)\d\d)[^.!?©]{2,70}$"
        rf"|\s*\((?:{openings}|©)\s*[:©/ ][^()]{{2,70}}\)\s*\.?$"
        rf"|(?:^|[\s.])(?:{openings}) ?[:©] ?[^.!?:]{{2,60}}$"
        r"|^(?:afp )?photos? ?/ ?[^.!?:]{2,60}$"
        r"|^[^.!?,;:]{2,50} ?/ ?(?:afp|reuters|ap|epa|sipa|getty images|abaca|maxppp|belga"
        r"|keystone|hans lucas)(?: via .*)?$"
    )


def credit_start(line: str) -> int | None:
    """Return where the credit of a picture begins in a line: 0 for the whole line, None if there is none.

    Examples
    --------
    >>> caption = "Un char près de Kiev, le 3 mars. © Jean Dupont / AFP"
    >>> caption[:credit_start(caption)]
    'Un char près de Kiev, le 3 mars.'
    """
    if len(line) > _MAX_CREDIT and not re.search(r"[©ⓒ(]|[Cc]rédit", line[-_MAX_CREDIT:]):
        return None
    base = max(0, len(line) - _MAX_CREDIT)
    tail = line[base:].casefold().replace("é", "e").replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    if len(tail) != len(line) - base:
        return None
    match = _credit_end().search(tail)
    if match is None or len(match[0].split()) > _MAX_CREDIT_WORDS + 3:
        return None
    if base and not match.start():
        return None
    start = base + match.start()
    return start + 1 if tail[match.start()] == "." else start
