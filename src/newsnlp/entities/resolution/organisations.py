"""Which names of places and organisations are names of one thing: acronyms, lexicon, shortened and long forms."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import (
    abbreviates,
    fold,
    has_acronym,
    initials,
    is_acronym,
    name_key,
    name_keys,
    roman_key,
    word_set,
)
from newsnlp.entities.knowledge.gazetteers import cue_words, organisations
from newsnlp.entities.knowledge.places import is_demonym, meanings_of, same_place
from newsnlp.lexicons.names import organisation_names
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


_OPENS = re.compile(r"^\s?[(\[]\s?(?:ou |l'|la |le |les )?$")
# « le Congo et la RDC », « du Congo à la RDC »
_LISTED = re.compile(r"\s(?:et|ou|ni|à|avec)\s(?:\w{1,5}\s|d')?(?:l[ae]s?\s|l')?")
_CLOSES = re.compile(r"^\s?[)\],;]")
_LONGEST_SHORT_ACRONYM = 4
# Two letters are the initials of too much: CE is the Commission européenne, BP not the Bourse de Paris.
_SHORTEST_FREE_ACRONYM = 3
_FEWEST_WORDS = 3
# A name of so many countries may mean another one than its neighbour does.
_SEVERAL = 2
# Spellings of one foreign name that a further one is compared with; articles have two or three.
MOST_SPELLINGS = 50


@dataclass(slots=True)
class NameForm:
    """All mentions of one article that share a key.

    ``label`` is the label of most of them, ``spots`` their (start, end) in the text.
    """

    key: str
    label: Label
    texts: list[str] = field(default_factory=list)
    spots: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The commonest spelling."""
        return self.texts[0]

    @property
    def acronym(self) -> bool:
        """Whether it is an acronym."""
        return is_acronym(self.texts[0])


@functools.cache
def known_groups() -> Mapping[str, tuple[tuple[str, str, str | None], ...]]:
    """Return the organisations that have several names, by key: (surface, group, country)."""
    rows = [known for known in organisation_names() if known.group]
    found: dict[str, tuple[tuple[str, str, str | None], ...]] = {}
    for key, known in zip(name_keys(known.surface for known in rows), rows, strict=True):
        found[key] = (*found.get(key, ()), (known.surface, known.group, known.country or None))
    return found


def groups_of(text: str) -> dict[str, str | None]:
    """Return the known organisations that a name may mean, with their countries.

    A short acronym must stand in the lexicon's own case: ``Sud`` and ``FO`` are no ``SUD`` and ``fo``.

    Examples
    --------
    >>> groups_of("Daech") == groups_of("État islamique")
    True
    >>> groups_of("Irak")
    {}
    """
    found = {}
    for surface, group, country in known_groups().get(name_key(text), ()):
        if is_acronym(surface) and len(surface) <= _LONGEST_SHORT_ACRONYM and text.replace(".", "") != surface:
            continue
        found[group] = country
    return found


def is_place_paper(text: str) -> bool:
    """Tell whether a name is that of a paper called like a place: its article has a capital.

    Examples
    --------
    >>> is_place_paper("La Provence"), is_place_paper("la Provence"), is_place_paper("Le Monde")
    (True, False, False)
    """
    article = text[:1] == "L" and not text[1:2].isupper()
    return article and name_key(text) in cue_words()["press_places"] and bool(meanings_of(text))


def link_forms(forms: Sequence[NameForm], text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Call `join` on every two forms that name one place or organisation, the rules in order of their certainty."""
    for rule in (_same_in_lexicon, _introduced, _acronym_of, _generic_before, _shortened, _last_words, _romanised):
        rule(forms, text, join)


def _compatible(first: NameForm, second: NameForm) -> bool:
    """Tell whether labels allow a merger by form alone; the model confuses ORG and MISC, and LOC and ORG, not more."""
    return first.label == second.label or {first.label, second.label} <= {Label.ORG, Label.MISC}


def _same_in_lexicon(forms: Sequence[NameForm], text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    homes: dict[tuple[str | None, str], NameForm] = {}
    for form in forms:
        known: list[tuple[str | None, str]] = [("group", group) for group in groups_of(form.text)]
        if form.label == Label.LOC or not (known or is_place_paper(form.text)):
            known.extend((place.country, place.name) for place in meanings_of(form.text))
        for name in known:
            first = homes.setdefault(name, form)
            if first is form or (name[0] != "group" and Label.LOC not in {first.label, form.label}):
                continue
            if name[0] == "group" or not _listed_apart(first, form, text):
                join(first, form)


def listed_together(text: str, end: int, start: int) -> bool:
    """Tell whether a conjunction alone stands between the end of one name and the start of another."""
    return _LISTED.fullmatch(text, end, start) is not None


def _listed_apart(first: NameForm, second: NameForm, text: str) -> bool:
    """Tell whether a name of two places stands beside a name of one of them: « le Congo et la RDC » are two."""
    if all(len({place.country for place in meanings_of(form.text)}) < _SEVERAL for form in (first, second)):
        return False
    spots = sorted([*first.spots, *second.spots])
    own = set(first.spots)
    pairs = ((one, other) for one, other in pairwise(spots) if (one in own) != (other in own))
    return any(listed_together(text, one[1], other[0]) for one, other in pairs)


def _introduced(forms: Sequence[NameForm], text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join `Organisation X (OX)` and `OX (Organisation X)`: one of the two abbreviates the other.

    Brackets also tell whose something is: « la CGSP Cheminots (FGTB) ».
    """
    spots = sorted(((spot, form) for form in forms for spot in form.spots), key=lambda item: item[0])
    for (spot, first), (following, second) in pairwise(spots):
        if not _OPENS.match(text[spot[1] : following[0]]) or not _CLOSES.match(text[following[1] : following[1] + 2]):
            continue
        if Label.LOC in {first.label, second.label} and first.label != second.label:
            continue
        words, short = (second, first) if first.acronym and not second.acronym else (first, second)
        if short.acronym == words.acronym and not _is_syllabic(short, words):
            continue
        if " " not in words.key or _is_place(short):
            continue
        known = groups_of(short.text)
        if abbreviates(short.text, words.text):
            if not (known and groups_of(words.text)):
                join(first, second)
        elif short.acronym and short.label != Label.LOC and not known and not has_acronym(words.text):
            # « Milice du Sinjar (YBS) », in its own language
            join(first, second)


def _is_syllabic(short: NameForm, words: NameForm) -> bool:
    """Tell whether a bracketed single word may be syllables of a long name: `Cédéao`, `Unicef`, `RéNaSS`."""
    one = " " not in short.key and "-" not in short.text and short.text.isalpha() and short.text[:1].isupper()
    return one and len(words.key.split()) >= _FEWEST_WORDS and not meanings_of(short.text)


def _is_place(form: NameForm) -> bool:
    return form.label == Label.LOC and bool(meanings_of(form.text))


def _acronym_of(forms: Sequence[NameForm], _text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join an acronym to the one name of the article whose initials it is."""
    acronyms = [form for form in forms if form.acronym]
    by_letters: dict[str, list[NameForm]] = {}
    for form in forms if acronyms else ():
        if " " in form.text and not form.acronym:
            for letters in set(initials(form.text)):
                by_letters.setdefault(letters, []).append(form)
    for form in acronyms:
        letters = fold(form.text).replace(" ", "")
        bearers = [other for other in by_letters.get(letters, ()) if _compatible(form, other)]
        if len(letters) < _SHORTEST_FREE_ACRONYM:
            plain = [other for other in bearers if other.key.count(" ") == 1]
            bearers = [] if groups_of(form.text) else plain
        if len(bearers) == 1 and not (groups_of(form.text) and groups_of(bearers[0].text)):
            join(form, bearers[0])  # what the lexicon knows as two stays two


def _generic_before(forms: Sequence[NameForm], _text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join `province d'Anbar` and `Anbar`, `groupe Renault` and `Renault`, `place de la Concorde` and `Concorde`."""
    by_key = {form.key: form for form in forms}
    tables = (
        (word_set("generic_places"), Label.LOC, False),
        (word_set("generic_places", "sites"), Label.LOC, True),
        (word_set("generic_organisations"), Label.ORG, False),
        (word_set("national_institutions", "heads"), Label.ORG, False),
    )
    for form in forms:
        for heads, label, unknown_only in tables:
            if form.label != label:
                continue
            rest = without_head(form.key, heads)
            other = by_key.get(rest) if rest else None
            if other is None or other.label != label:
                continue
            if (unknown_only and meanings_of(other.text)) or _are_two(form.text, other.text):
                continue  # « l'Île-de-France » is no island of France
            join(form, other)


def _are_two(first: str, second: str) -> bool:
    """Tell whether the lexicons know both names, and as those of two places."""
    return bool(meanings_of(first) and meanings_of(second)) and not same_place(first, second)


def without_head(key: str, heads: frozenset[str]) -> str:
    """Return a key without the common noun that opens it, or an empty string where none does.

    Examples
    --------
    >>> without_head("province d'anbar", frozenset({"province"}))
    'anbar'
    """
    words = key.split()
    for size in (2, 1):
        if len(words) > size and " ".join(words[:size]) in heads:
            rest = " ".join(words[size:])
            for opening in ("de la ", "de l'", "de ", "du ", "des ", "d'"):
                if rest.startswith(opening):
                    return name_key(rest[len(opening) :])
            return name_key(rest)
    return ""


def _shortened(forms: Sequence[NameForm], _text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join a shortened name of an organisation to the longer one that it opens, the last before it."""
    never, heads = word_set("never_short"), word_set("short_heads")
    names = [form for form in forms if form.label in {Label.ORG, Label.MISC}]
    openings: dict[str, list[NameForm]] = {}
    for form in names:
        words = form.key.split(" ")
        for size in range(1, len(words)):
            openings.setdefault(" ".join(words[:size]), []).append(form)
    for short in names:
        paper = organisations().get(short.text) == "media"  # « L'Équipe » is no « équipe de France »
        if short.key in never or short.acronym or short.label == Label.MISC or paper:
            continue
        longer = [form for form in openings.get(short.key, ()) if _opens(short.key, form.key, heads)]
        if not longer:
            continue
        start = short.spots[0][0]
        before = [form for form in longer if form.spots[0][0] < start]
        join(short, max(before, key=lambda form: form.spots[0][0]) if before else longer[0])


def _last_words(forms: Sequence[NameForm], _text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join `City` to the one club of the article that ends so: `Manchester City`."""
    tails = word_set("club_tails")
    clubs: dict[str, list[NameForm]] = {}
    for form in forms:
        first, _, tail = form.key.rpartition(" ")
        if first and tail in tails and form.label == Label.ORG:
            clubs.setdefault(tail, []).append(form)
    for form in forms if clubs else ():
        bearers = clubs.get(form.key, ())
        if form.label == Label.ORG and len(bearers) == 1:
            join(form, bearers[0])


def _opens(short: str, long: str, heads: frozenset[str]) -> bool:
    """Tell whether `long` goes on after `short` as a name does: a complement, a nationality; any word after a head."""
    if not long.startswith(short + " "):
        return False
    following = long[len(short) + 1 :].split(maxsplit=1)[0]
    if short in heads or following.startswith("d'") or following in word_set("small_words"):
        return short.rsplit(maxsplit=1)[-1] not in word_set("small_words")
    if is_demonym(following) or following in {"national", "nationale"}:
        return short not in {"armee", "gouvernement"}
    # A brand and what it sells: LaMia and LaMia Airlines; not Gilets jaunes and Gilets jaunes libres.
    return " " not in short and not is_demonym(short) and long[len(short) + 1 :] in word_set("company_tails")


def _romanised(forms: Sequence[NameForm], _text: str, join: Callable[[NameForm, NameForm], None]) -> None:
    """Join two spellings of one foreign name; two names that the lexicons know apart stay apart."""
    homes: dict[str, list[NameForm]] = {}
    for form in forms:
        key = roman_key(form.text)
        for other in homes.get(key, ())[:MOST_SPELLINGS] if key else ():
            if _compatible(form, other) and not _are_two(form.text, other.text):
                join(other, form)
        homes.setdefault(key, []).append(form)
