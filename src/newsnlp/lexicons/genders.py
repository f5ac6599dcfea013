"""Whether somebody is spoken of as a woman or a man, as far as given names and grammatical gender tell.

Made for counts over many speakers, with those that nothing tells; it is a field of nobody.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons._loader import word_set
from newsnlp.lexicons.names import given_genders, given_names, office_genders

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’.]?")
MASCULINE = frozenset({"le", "un", "ce", "cet", "du", "au"})
FEMININE = frozenset({"la", "une", "cette"})
EITHER = frozenset({"l'", "d'", "son", "sa", "leur", "notre"})
# Of at most two words: "cette dernière".
PRONOUN_WORDS = 2
PRONOUNS = {"il": "m", "lui": "m", "celui-ci": "m", "elle": "f", "celle-ci": "f", "dernier": "m", "dernière": "f"}
# Of one gender, whoever is meant; and, among people that can be a source, groups.
OF_ONE_GENDER = frozenset({"témoin", "victime"})
GROUPS = frozenset({"famille", "entourage", "défense"})


def gender_of(speaker: str | None, name: str | None = None, role: str | None = None, before: str = "") -> str | None:
    """Return ``f`` or ``m``, None where nothing tells.

    Parameters
    ----------
    speaker : str or None
        The words of the text for the one who speaks: a name, *la préfète*, *elle*.
    name, role : str or None
        The name and the office of the person.
    before : str
        What stands before these words: a title (*Mme*) or a determiner.

    Examples
    --------
    >>> gender_of("Blin", "Anne Blin"), gender_of("Blin", "Blin", "préfète"), gender_of("Blin", before="a dit Mme ")
    ('f', 'f', 'f')
    >>> [gender_of(words) for words in ("un riverain", "l'avocate", "il", "un témoin", "Dominique Roux")]
    ['m', 'f', 'm', None, None]
    """
    said, ahead = _words(speaker or ""), _ahead(before)
    lows = [word.lower() for word in said]
    return (
        _titles().get((ahead or [""])[0])
        or _titles().get((lows or [""])[0])
        or _by_given_name(_words(name or ""))
        or _by_given_name(said)
        or (PRONOUNS.get(lows[-1]) if 0 < len(lows) <= PRONOUN_WORDS else None)
        or _inhabitant(said)
        or _by_noun(ahead + lows)
        or office_genders().get(" ".join(_words((role or "").lower())[:1]))
        or None
    )


def is_one_person(speaker: str | None, before: str = "") -> bool:
    """Whether words without a name mean one person: *la maire*, *un habitant*, *Jean Roux*; not *des élus*.

    Examples
    --------
    >>> [is_one_person(words) for words in ("la maire", "un riverain", "Jean Roux", "des élus", "la police")]
    [True, True, True, False, False]
    """
    said = _words(speaker or "")
    if len(said) > 1 and said[0] in given_names() and said[1][:1].isupper():
        return True
    ahead = _ahead(before)
    determiner, noun = _head(ahead + [word.lower() for word in said])
    return bool(_inhabitant(said)) or (
        noun in _people() and (bool(determiner) or noun in office_genders()) and "des" not in ahead
    )


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text)]


def _ahead(before: str) -> list[str]:
    """Return the title or the determiner that stands right before a speaker, if any."""
    last = [word.lower() for word in _words(before)[-1:]]
    return last if not last or last[0] in MASCULINE | FEMININE | EITHER | {"des"} or last[0] in _titles() else []


def _by_given_name(words: list[str]) -> str | None:
    # A bare word is a family name more often than not.
    known = given_genders()
    return (known.get(words[0]) or known.get(words[0].partition("-")[0])) if len(words) > 1 else None


def _inhabitant(words: list[str]) -> str | None:
    """``une Canadienne``."""
    return {"un": "m", "une": "f"}.get(words[0].lower()) if len(words) > 1 and words[1].istitle() else None


def _by_noun(lows: list[str]) -> str | None:
    determiner, noun = _head(lows)
    if noun not in _people() or noun in OF_ONE_GENDER:
        return None
    told = "m" if determiner in MASCULINE else "f" if determiner in FEMININE else ""
    return told or (office_genders().get(noun) if determiner in EITHER or not determiner else None)


def _head(lows: list[str]) -> tuple[str, str]:
    """Return the determiner and the noun of a phrase: *une*, *habitante* of *une jeune habitante du quartier*."""
    step, determiner = 0, ""
    if lows and lows[0] in MASCULINE | FEMININE | EITHER:
        step, determiner = 1, lows[0]
    while step < len(lows) and lows[step] in word_set("figures_sources.heads.adjectives"):
        step += 1
    return determiner, lows[step] if step < len(lows) else ""


@functools.cache
def _titles() -> Mapping[str, str]:
    genders = {"masculine": "m", "feminine": "f"}
    return {title.lower(): genders[key] for key in genders for title in word_set(f"civilities.{key}.words")}


@functools.cache
def _people() -> frozenset[str]:
    return word_set("figures_sources.heads.people").union(office_genders(), OF_ONE_GENDER) - GROUPS
