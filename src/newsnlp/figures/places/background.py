"""How a place name stands in its sentence: where something happened, or only in its background.

A name is read with the phrase that it closes: *dans deux villages de la commune de Bourzanga* stands *dans*. What is
told to be compared with, left, bordered on, owned or quoted is background, and no figure is placed there.
"""

from __future__ import annotations

import functools
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.places.barred import (
    ARTICLES,
    OF,
    is_away,
    is_compared,
    is_dative,
    is_quoting,
    is_record,
    is_wide,
    place_words,
)
from newsnlp.figures.places.subjects import end_of_list, has_something, having, is_subject_of
from newsnlp.figures.places.targets import is_struck, is_target, striking
from newsnlp.grammar.nouns import words
from newsnlp.grammar.words import action_nouns, event_nouns, verb_forms
from newsnlp.lexicons import word_set
from newsnlp.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.places.toponyms import Toponym
    from newsnlp.grammar.items import Sentence

CONTRACTED = frozenset({"au", "aux", "du", "des"})
BEFORE_NAME = ARTICLES | {"«", '"'}
NEAR_OR_IN = frozenset({"large"})
DASHES = frozenset({"-", "–", "—"})
DATELINE = 6
SITE_GAP = 3
OPENING_PHRASE = 5
"""How far from its beginning the phrase that opens a sentence may name its place."""
FAR = 5
"""How many words before *kilomètres* its *à* may stand: *à moins de 20 kilomètres de X*."""
LONGEST_PHRASE = 5
"""How many nouns a name may close: *dans un village de la commune de X, de la province de Y*."""


class Role(IntEnum):
    """How sure a name tells where something happened; `BACKGROUND` never does, `ACTOR` of what changes there."""

    BACKGROUND = 0
    ACTOR = 1
    RECORD = 2
    OF_NOUN = 3
    SUBJECT = 4
    HEADLINE = 5
    HAPPENING = 6
    LOCATED = 7


class Standing(NamedTuple):
    """A name with its role; `lead` is where the phrase begins that it closes, `alone` that no other competes."""

    name: Toponym
    role: Role
    lead: int
    listed: bool = False
    alone: bool = False

    @property
    def first(self) -> int:
        """The first item of the name."""
        return self.name.first

    @property
    def last(self) -> int:
        """The last item of the name."""
        return self.name.last


@functools.cache
def _areas() -> frozenset[str]:
    return place_words("nouns", "areas") | place_words("nouns", "facilities")


def names_a_place(sentence: Sentence, first: int) -> bool:
    """Whether what stands before a name leaves no doubt: *l'attaque d'Inatès*, *le village de X*, *un attentat à X*."""
    if sentence.low(first - 1) in OF:
        return sentence.low(_noun_before(sentence, first - 1)) in _surely()
    if sentence.low(first - 1) == "lieu-dit":
        return True
    if sentence.low(first - 1) in _areas():
        # "dans le parc Maximilien", "au stade Geoffroy-Guichard"
        article = sentence.low(first - 2)
        return article == "au" or (article in ARTICLES and sentence.low(first - 3) in place_words("leads", "locative"))
    # "un attentat-suicide à X", "une attaque chimique à X"
    before = (sentence.low(first - 2).partition("-")[0], sentence.low(first - 3))
    return sentence.low(first - 1) == "à" and not _surely().isdisjoint(before)


@functools.cache
def _surely() -> frozenset[str]:
    return place_words("nouns", "surely") | place_words("nouns", "happenings") - place_words("nouns", "suffered")


@functools.cache
def happenings() -> frozenset[str]:
    """Return the nouns for what happens somewhere."""
    return place_words("nouns", "happenings").union(event_nouns(), action_nouns())


def find_standings(sentence: Sentence, names: Sequence[Toponym]) -> list[Standing]:
    """Return how each name of a sentence stands, in order."""
    found: list[Standing] = []
    for name in names:
        before = found[-1] if found else None
        place = _continued(sentence, name, before) or _standing(sentence, name)
        if before and place.role is Role.SUBJECT and sentence.lows(before.last + 1, place.lead) == ("et",):
            place = Standing(name, before.role, before.lead, listed=True)  # "entre Tarbes et le lac de Payolle"
        found.append(place)
    alone = all(_is_one_site(sentence, left, right) for left, right in pairwise(found))
    return [place._replace(alone=True) for place in found] if alone else found


def _is_one_site(sentence: Sentence, left: Standing, right: Standing) -> bool:
    """``à Paris, sur les Champs-Élysées``, ``au Sénégal … le Sénégal``: whether two names tell of one place."""
    if left.name.text == right.name.text:
        return True
    between = sentence.lows(left.last + 1, right.first)
    apart = place_words("leads", "apart")
    return len(between) <= SITE_GAP and between[:1] in ((",",), ("(",)) and apart.isdisjoint(between)


def _continued(sentence: Sentence, name: Toponym, before: Standing | None) -> Standing | None:
    """``à Gao, Kidal et Tombouctou``, ``entre le Mali et le Niger``: a list stands as its first name does."""
    if before is None:
        return None
    between = tuple(low for low in sentence.lows(before.last + 1, name.first) if low not in ARTICLES)
    street = sentence.low(before.first) in word_set("entities_cues.street_heads")
    if between in (("à",), ("au",), ("aux",)) and not street:
        way = sentence.low(before.first - 2) in place_words("nouns", "links") and sentence.low(before.first - 1) in OF
        of_persons = sentence.low(before.lead) in place_words("nouns", "owners") | place_words("nouns", "origins")
        if way or (before.role is Role.BACKGROUND and not of_persons):
            return Standing(name, Role.BACKGROUND, before.lead)  # "du Portugal à la Corée", "le vol de Paris à Rio"
    if between[:1] not in ((",",), ("et",), ("ou",), ("/",), ("-",), ("(",)):
        return None
    rest = between[1:]
    if (
        between == ("(",)
        and sentence.low(name.last + 1) == ")"
        and is_wide(name.text)
        and not is_wide(before.name.text)
    ):
        return Standing(name, before.role, before.lead, listed=True)  # "Rungis (Val-de-Marne)": which town that is
    if between[0] in ("et", "ou") and before.role is Role.LOCATED and rest == (sentence.low(before.lead),):
        return Standing(name, before.role, before.lead, listed=True)  # "au Brésil et au Canada"
    if before.role is Role.BACKGROUND and len(rest) == 1 and rest[0] in (*place_words("leads", "locative"), *OF):
        return Standing(name, Role.BACKGROUND, before.lead)  # "pour la Ville de Laval, au Québec"
    if between == (",",) and before.lead <= OPENING_PHRASE and has_something(sentence, name.last + 1):
        return None  # "De l'autre côté de la Méditerranée, l'Italie affiche 6 %": a subject begins there
    again = before.role <= Role.OF_NOUN and len(rest) == 1 and rest[0] in OF
    if between[0] == "(" or not (again or not rest):
        return None
    return Standing(name, before.role, before.lead, listed=True)


def _standing(sentence: Sentence, name: Toponym) -> Standing:
    if name.last < DATELINE and sentence.low(name.last + 1) == ")" and sentence.low(name.last + 2) in DASHES:
        return Standing(name, Role.BACKGROUND, name.first)  # "KHARKIV (Ukraine) - …": where it was written
    if sentence.low(name.first) in word_set("entities_cues.street_heads") and _stands_alone(sentence, name):
        return Standing(name, Role.LOCATED, name.first)  # "incendiées boulevard Haussmann", "Jeudi, rue Kléber, …"
    if sentence.low(name.last + 1) == ":" and (name.first == 0 or sentence.low(name.first - 1) in {"«"} | DASHES):
        return Standing(name, Role.HEADLINE, name.first)
    role, lead = _governed(sentence, name.first)
    if role and _is_beside_told(sentence, name, role, lead):
        role = Role.BACKGROUND
    if role is Role.LOCATED and is_dative(sentence, name, lead):
        role = Role.BACKGROUND
    if role > Role.RECORD and is_record(sentence, lead):
        role = Role.RECORD
    if role is Role.SUBJECT and place_words("nouns", "facilities").isdisjoint(sentence.lows(lead, name.first)):
        # A country or a town may act; a plant or a stadium does not. A name that nobody knows may be a company's.
        bare = all(low in ARTICLES for low in sentence.lows(lead, name.first))
        unknown = not meanings_of(name.text) and sentence.low(name.first) not in place_words("nouns", "areas")
        if lead == name.first and unknown and sentence.low(name.last + 1) not in {",", "("}:
            role = Role.BACKGROUND
        elif not has_something(sentence, end_of_list(sentence, name.last + 1)):
            governs = not place_words("nouns", "governing").isdisjoint(sentence.lows(lead, name.first))
            role = Role.ACTOR if bare or governs else Role.OF_NOUN
    return Standing(name, role, lead)


def _is_beside_told(sentence: Sentence, name: Toponym, role: Role, lead: int) -> bool:
    """Whether a name is compared with or quoted; not *Bordeaux a recensé 300 sans-abri*, which counts its own."""
    bare = all(low in ARTICLES for low in sentence.lows(lead, name.first))
    if role is Role.SUBJECT and bare and has_something(sentence, name.last + 1):
        return is_compared(sentence, lead)
    if role is Role.ACTOR and has_something(sentence, name.last + 1):
        return is_compared(sentence, lead)  # "Les pompiers de Sfax ont recensé 249 feux": there
    sure = role is Role.HAPPENING or (role is Role.LOCATED and sentence.low(lead) != "sur")
    return is_compared(sentence, lead) or is_quoting(sentence, name, lead, sure=sure)


def _stands_alone(sentence: Sentence, street: Toponym) -> bool:
    """Whether nothing governs the name of a street, as in *de la rue Kléber*, and no town follows it."""
    before = sentence.low(street.first - 1)
    if sentence.low(street.last + 1) in ("à", ")") or "(" in sentence.lows(street.first - LONGEST_PHRASE, street.first):
        return False  # "place de la Mairie à Valdoie" is told of the town
    governing = OF | words("determiners") | place_words("leads", "locative") | place_words("leads", "background")
    if street.first == 0 and sentence.low(street.last + 1) == ",":
        return True  # "Place de la République, dans le 11e arrondissement, une centaine de lycéens …"
    return before == "," or (before[:1].isalpha() and before not in governing and before not in ("vers", "et"))


def _governed(sentence: Sentence, first: int) -> tuple[Role, int]:
    """Return the role that what governs a name gives it, and where its phrase begins."""
    position, nouns, counted = first - 1, 0, None
    while True:
        while sentence.low(position) in BEFORE_NAME or sentence.low(position) in place_words("leads", "whole"):
            position -= 1
        low = sentence.low(position)
        if low in OF and sentence.low(position - 1) in {",", "("} | DASHES:
            return Role.BACKGROUND, position  # "Bernard, de Giromagny, …", "22 pays, du Portugal à la Corée"
        if low in OF or (low == "avec" and sentence.low(position - 1) in place_words("nouns", "borders")):
            noun = _noun_before(sentence, position)
        elif nouns == 0 and position == first - 1 and low in _areas():
            noun = position  # "la place Tahrir", "le camp Baka"
        else:
            role, lead = _by_word(sentence, position, nouns)
            return (role, lead) if role or counted is None else (Role.OF_NOUN, counted)
        head = sentence.low(noun)
        left = head in place_words("nouns", "away") and sentence.low(noun - 1) not in words("determiners")
        if head not in _areas() or left or head in NEAR_OR_IN or nouns == LONGEST_PHRASE:
            far = head in place_words("leads", "distances")
            return _by_distance(sentence, noun) if far else _by_noun(sentence, noun, nouns)
        nouns += 1
        position = _before_noun(sentence, noun)
        if sentence.low(position - 1) in ("chacun", "chacune"):
            position -= 2  # "une prison dans chacun des 27 États du Brésil"
        if counted is None and sentence.has_figure(position + 1, noun):
            counted = noun  # "prive d'eau 200 communes de Catalogne"


def _by_noun(sentence: Sentence, noun: int, nouns: int) -> tuple[Role, int]:
    """Return the role of a name by the noun before *de*, and where its phrase begins."""
    head = sentence.low(noun).removesuffix("-suicide")
    if head == "siège" and nouns:
        return Role.BACKGROUND, noun  # "le siège de la région Bretagne": of a body, while one of a town is a battle
    if head == "départ" and sentence.low(noun - 1) == "au":
        return Role.LOCATED, noun - 1  # "les coureurs au départ de Gap"
    if head in words("adverbs") and sentence.low(noun - 1) in place_words("nouns", "away"):
        return Role.BACKGROUND, noun - 1  # "parti mercredi d'Alexandrie"
    if head in place_words("leads", "near"):
        # "près de Djibo", "au large de Sfax"
        if sentence.low(noun - 1) in OF | ARTICLES | {"à", "au", "aux", "en"}:
            noun -= 1
        return (Role.BACKGROUND if is_away(sentence, noun) else Role.LOCATED), noun
    if any(head in place_words("nouns", key) for key in ("borders", "sizes", "owners", "origins", "away", "moved")):
        serves = head in place_words("nouns", "serving") and not nouns and is_subject_of(sentence, noun)
        return (Role.ACTOR if serves else Role.BACKGROUND), noun  # "La police de Sfax a arrêté 14 personnes"
    if sentence.low(noun - 1) in place_words("nouns", "origins"):
        return Role.BACKGROUND, noun  # "trois tigres blancs du Bengale"
    if head in place_words("leads", "others") and noun:
        return Role.BACKGROUND, noun  # "six fois celle de la Terre"; "Celui d'Aletsch a perdu …" opens its sentence
    if head in happenings():
        return Role.HAPPENING, noun
    return (Role.LOCATED if _is_inside(sentence, noun, nouns) else Role.OF_NOUN), noun


def _by_distance(sentence: Sentence, noun: int) -> tuple[Role, int]:
    """``à une douzaine de milles de X``, ``à 5 km de X``; not ``183 km de X à Y``."""
    lead = next((at for at in range(noun - 1, max(-1, noun - FAR), -1) if sentence.low(at) == "à"), -1)
    return (Role.LOCATED, lead) if lead >= 0 and not is_away(sentence, lead) else (Role.BACKGROUND, noun)


def _is_inside(sentence: Sentence, noun: int, nouns: int) -> bool:
    """``dans une unité de la raffinerie de Donges``, ``évacués mardi d'un immeuble du centre de Namur``."""
    head = sentence.low(noun)
    if nouns and (head in words("adverbs") or head in verb_forms()[0]):
        return True
    if head in place_words("nouns", "seated") and sentence.says(happenings()):
        return sentence.low(noun - 1) == "au" or sentence.low(noun - 2) == "à"  # "une attaque au parlement de Vienne"
    return sentence.low(_before_noun(sentence, noun)) == "dans" and head not in place_words("nouns", "texts")


def _noun_before(sentence: Sentence, position: int) -> int:
    """Return where the noun before *de* stands, past one adjective: *la base aérienne de X*."""
    noun = position - 1
    low, known = sentence.low(noun), _before_of()
    if (
        low not in known
        and low not in place_words("nouns", "borders")
        and low not in place_words("leads", "near")
        and sentence.low(noun - 1) in known
    ):
        return noun - 1
    if low not in known and sentence.low(noun - 1) == "et" and sentence.low(noun - 3) in known:
        return noun - 3  # "dans les eaux brûlantes et acides du Yellowstone"
    if low not in known and sentence.low(noun - 1) in OF:
        # "une mine de charbon du nord de la Chine", "le tremblement de terre de Tatvan"
        whole = sentence.low(noun - 1) in ("de", "d'") and sentence.low(noun - 2) in place_words("nouns", "happenings")
        return noun - 2 if whole or sentence.low(noun - 2) in _areas() else noun
    return noun


@functools.cache
def _before_of() -> frozenset[str]:
    return _areas() | place_words("nouns", "happenings") | place_words("nouns", "owners")


def _before_noun(sentence: Sentence, noun: int) -> int:
    """Return what stands before a noun phrase: past determiners, adjectives and a number."""
    position = noun - 1
    while position >= 0 and (
        (sentence.low(position) in words("determiners") and sentence.low(position) not in CONTRACTED)
        or sentence.low(position) in words("before_noun")
        or sentence.is_figure(position)
    ):
        position -= 1
    return position


def _by_word(sentence: Sentence, position: int, nouns: int) -> tuple[Role, int]:
    """Return the role of a phrase by the word before it."""
    low = sentence.low(position)
    near, of, _ = low.partition(" ")
    if (of and near in place_words("leads", "near")) or (low == "a" and sentence.is_capitalised(position)):
        return Role.LOCATED, position  # "près d'une gare" is one item, since "une" counts nothing there; "A Paris, …"
    if low in place_words("leads", "locative"):
        return (Role.BACKGROUND if is_away(sentence, position) else Role.LOCATED), position
    if low == "devant" and nouns:
        return Role.LOCATED, position  # "devant une mosquée de Kano", not "devant l'Inde"
    if low == "pour" and _is_share(sentence, position, nouns):
        return Role.LOCATED, position
    if low in ("contre", "vers", "depuis"):
        # "un attentat contre un hôtel du centre de Sfax"
        struck = low == "contre" and nouns and sentence.says(happenings())
        return (Role.LOCATED if struck or is_target(sentence, position) else Role.BACKGROUND), position
    if low in place_words("leads", "background") or low in place_words("nouns", "away"):
        return Role.BACKGROUND, position
    if low in having() | striking() and sentence.low(position - 1) in ("que", "qu'"):
        # "les 1 400 glaciers que compte la Suisse", but "les 3 % que visait Rome"
        return (Role.BACKGROUND if low in striking() else Role.LOCATED), position
    if is_struck(sentence, position) or (low == "(" and nouns == 0):
        # "Anne Morin (Bretagne)" is from there.
        of_name = low == "(" and sentence.is_named(sentence.starts[position - 1])
        return (Role.BACKGROUND if of_name else Role.LOCATED), position
    if not low[:1].isalpha() or low in place_words("leads", "clause_starts") or low in words("subject_openers"):
        return Role.SUBJECT, position + 1
    # "ratissent les berges du Blavet": what is done to an area is done there.
    return (Role.HAPPENING if nouns else Role.BACKGROUND), position


def _is_share(sentence: Sentence, position: int, nouns: int) -> bool:
    """``dont douze pour la seule ville de Sfax``, ``30 millions d'euros pour Sfax``, ``dont huit pour l'Orne``."""
    if nouns and not {"seul", "seule"}.isdisjoint(sentence.lows(position + 1, position + 4)):
        return True
    given = sentence.draft_at(position - 1)
    return given is not None and (given.kind is Kind.MONEY or sentence.low(position - 2) == "dont")
