"""The lines that say who wrote an article and when, and who took its pictures."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from newsnlp.reading.page.byline_words import Byline, byline_words
from newsnlp.reading.page.folding import fold, plain_line
from newsnlp.reading.page.meta_lines import is_name, is_role, name_and_role, person_in, persons_in, read_meta
from newsnlp.text import folding
from newsnlp.text.stamps import find_stamp

if TYPE_CHECKING:
    from datetime import datetime

_DIGIT = re.compile(r"\d")
_MAX_BYLINE = 200
_MAX_NAMES = 8
_MAX_CREDIT = 110
_MAX_CREDIT_WORDS = 7
_MAX_CREDIT_PARTS = 3


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
    if _DIGIT.search(key):
        dated = _dated(key) or read_meta(line)
        if dated is not None:
            return dated
    named = name_and_role(line)
    if named is not None:
        return Byline("byline", author=named)
    return _signed(line, key)


def is_bare_date(line: str) -> datetime | None:
    """Return the date of a line that is a written-out date and nothing else (``6 janvier 2016.``)."""
    # The longest is "mercredi 30 septembre 2026 à 18 heures 30".
    if len(line) > 60 or _DIGIT.search(line) is None:  # noqa: PLR2004
        return None
    key = fold(line).strip(" .,-–—()")
    found = find_stamp(key)
    return found[0] if found and not (key[: found[1]] + key[found[2] :]).replace("le ", "").strip() else None


def dateline(line: str) -> datetime | None:
    """Return the date that opens the first sentence of an article: ``KIEV, 3 mars 2024 (AFP) -``, ``3 mars 2024.``.

    Examples
    --------
    >>> dateline("Kiev, le 3 mars 2024 (AFP) - Deux missiles ont frappé la ville.")
    datetime.datetime(2024, 3, 3, 0, 0)
    """
    key = fold(line[:120])
    found = find_stamp(key)
    if found is None:
        return None
    before, after = key[: found[1]], key[found[2] :]
    is_place = re.fullmatch(r"(?:[^\s,()]+(?: [^\s,()]+){0,2} ?(?:\([^()]*\))?,? ?)?(?:le )?(?:[a-z]+ )?", before)
    return found[0] if is_place and re.match(r" ?(?:\.|\(|[-–—:] )", after) else None


def _dated(key: str) -> Byline | None:
    words = byline_words()
    opening = words["dating"].match(key)
    found = find_stamp(key)
    # « 12/03/2024 18:30 »; a written-out date is a dateline, which is text.
    numeric = found is not None and re.match(r"\(?\d", key) is not None and not re.search("[a-z]{3}", key)
    if opening is None and not numeric:
        return None
    rest = key
    while (dated := find_stamp(rest)) is not None:
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
    words = byline_words()
    opened = words["opening"].match(key)
    if opened is None:
        return _agency(line, key.strip(" ()."), words["agencies"])
    opening = opened[1]
    # « Par Léa Petit (texte) et Paul Roy (photos) », « Par Léa Petit & AP »
    line = re.sub(r"(?: et|,) [^,()]{4,40} \((?:photos?|vidéos?|dessins?)\)", "", line)
    line = re.sub(r" ?\((?:textes?|photos?|vidéos?|avec [^()]*)\)", "", plain_line(line).strip()).replace(" & ", " et ")
    tokens = line.split()[len(opening.split()) :]
    if tokens and tokens[0] == ":":
        tokens = tokens[1:]
    needs_colon = opening in {"texte", "auteur", "autrice", "author"}
    if needs_colon and ":" not in line[: len(opening) + 3]:
        return None
    if is_role(" ".join(tokens)) and key.removeprefix(opening).strip(" :"):
        # « par La rédaction »
        return Byline("byline", author=" ".join(tokens).strip(" .,"))
    names, stopped = _names_first(tokens, words)
    while len(names) > 2 and names[-2] == "et" and fold(names[-1]) in words["agencies"]:  # noqa: PLR2004
        names = names[:-2]
    names = _without_particles(names, words["particles"])
    if not names or len(names) > _MAX_NAMES or (not stopped and line.endswith((".", "!", "?")) and len(names) > 4):  # noqa: PLR2004
        return None
    if not any(name.strip("(«\"'")[:1].isupper() for name in names):
        return None
    found = find_stamp(key)
    return Byline("byline", author=_name_of(names), published_at=found[0] if found else None)


def _names_first(tokens: list[str], words: dict[str, Any]) -> tuple[list[str], bool]:
    """Return the words of a name that others begin with, and whether something ended it; none where they are text."""
    names: list[str] = []
    for token in tokens:
        bare = fold(token).strip(",;.|()-–—•·")
        is_particle = bare in words["particles"] and token[:1].isupper()
        if not bare or (bare in words["closings"] and not is_particle) or bare[:1].isdigit():
            return names, True
        if not (token.strip("(«\"'")[:1].isupper() or re.split("['-]", bare)[0] in words["particles"]):
            return [], False
        names.append(token)
        if token.endswith((",", "|", ";")):
            return names, True
    return names, False


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
    openings = "|".join(re.escape(word) for word in byline_words()["credits"])
    return re.compile(
        r"(?:^|\s)[©ⓒ](?! ?(?:19|20)\d\d)[^.!?©]{2,70}$"
        rf"|\s*\((?:{openings}|©)\s*[:©/ ][^()]{{2,70}}\)\s*\.?$"
        rf"|(?:^|[\s.])(?:{openings}) ?[:©] ?[^.!?:]{{2,60}}$"
        r"|^(?:afp )?photos? ?/ ?[^.!?:]{2,60}$"
        r"|^[^.!?,;:]{2,50} ?/ ?(?:afp|reuters|ap|epa|sipa|getty images|abaca|maxppp|belga"
        r"|keystone|hans lucas)(?: via .*)?$"
    )


# « Marc Blanc / AFP » after the sentence of a caption, « - BELGA » too.
_BARE_CREDIT = re.compile(
    r"(?:^|(?<=[.!?»)] )|(?<=[.!?»)]))(?P<names>[^.!?:;,/]{2,40}/[^.!?:;,]{2,40}|[-–—] [^\W\d_]{2,12}(?= ?\.?$))\.?$"
)


# « La piste a été refaite. – Hugo Caron »; after a quotation, the same is its author.
_DASHED_PERSON = re.compile(r"(?<=[.!?]) (?P<dash>[–—-] ?)(?P<name>[^.!?:;,«»]{5,40})$")


@functools.cache
def _credit_opening() -> re.Pattern[str]:
    openings = "|".join(re.escape(word) for word in byline_words()["credits"])
    return re.compile(rf"(?:^|(?<=[.!?»)] )|(?<=[.!?»)])|(?<= [-–—|] ))(?:{openings})s? ?[:/-]? ?(?=\S)")


def _named_credit(end: str, tail: str) -> int | None:
    """Return where « Photo Hugo Lambert / Divergence » begins, of which a person or an agency is all that follows."""
    for match in _credit_opening().finditer(tail):
        parts = [
            part
            for part in re.split(r"\s*(?:[/,()|]|\bpour\b|\bvia\b|\s-\s)\s*", end[match.end() :].strip(" ."))
            if part
        ]
        known = any(
            persons_in(part) or any(word in byline_words()["agencies"] for word in fold(part).split()) for part in parts
        )
        if known and len(parts) <= _MAX_CREDIT_PARTS and all(is_name(part) for part in parts):
            return match.start()
    signed = _DASHED_PERSON.search(end)
    if signed is not None and "»" not in end and person_in(signed["name"]):
        return signed.start("name") - len(signed["dash"])
    bare = _BARE_CREDIT.search(end)
    if bare is not None:
        parts = [part.strip(" -–—.") for part in bare["names"].split("/")]
        agencies = byline_words()["agencies"]
        is_agency = any(fold(part) in agencies for part in parts)
        if (is_agency or (len(parts) > 1 and end.isupper())) and all(
            is_name(part) or fold(part) in agencies for part in parts
        ):
            return bare.start()
    return None


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
    tail = folding.fold(line[base:]).replace("é", "e")
    # Each of the patterns below asks for one of these.
    if len(tail) != len(line) - base or not any(sign in tail for sign in byline_words()["credit_signs"]):
        return None
    named = _named_credit(line[base:], tail)
    if named is not None:
        return base + named
    match = _credit_end().search(tail)
    if match is None or len(match[0].split()) > _MAX_CREDIT_WORDS + 3:
        return None
    if base and not match.start():
        return None
    start = base + match.start()
    return start + 1 if tail[match.start()] == "." else start
