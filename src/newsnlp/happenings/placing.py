"""Where an event was: the narrowest place that headline, lead and the clauses about it name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.figures.places.background import Role
from newsnlp.figures.places.barred import OF, is_speaking, is_wide
from newsnlp.figures.places.event_place import dateline_of, is_scene, places_here
from newsnlp.figures.places.find import ROAD, can_be_one, standings_of
from newsnlp.happenings.story import HARM, WIDE_TYPES
from newsnlp.happenings.words import ANY, word_list
from newsnlp.records import REGIONAL_TYPES, PlaceBasis, PlaceKind
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.places.background import Standing
    from newsnlp.grammar.items import Names, Sentence
    from newsnlp.happenings.story import Happening
    from newsnlp.happenings.tellings import Telling
    from newsnlp.records import Entity, Figure, Mention

REACH = 40
"""How many words a place may stand from what tells of an event."""
CLAUSE = frozenset({"qui", "que", "qu'", "où", "mais", "tandis", "alors", "avant", "puis", ";"})
CLAUSE_COST = 8
BEHIND = 3
"""What stands before a trigger is so many words further than what stands behind it."""
RANKS = {
    PlaceKind.SITE: 0, PlaceKind.QUARTER: 0, PlaceKind.CITY: 1, PlaceKind.ROAD: 3, PlaceKind.ISLAND: 2,
    PlaceKind.MOUNTAIN: 2, PlaceKind.WATER: 3, PlaceKind.AREA: 4, PlaceKind.DEPARTMENT: 3, PlaceKind.REGION: 4,
    PlaceKind.COUNTRY: 6, PlaceKind.CONTINENT: 7,
}  # fmt: skip
"""How wide sorts of places are."""
CODE = 3
"""How long codes of cantons and bodies are that stand in brackets: *Brigue (VS)*."""
TOWN, REGION, WIDE = 1, 4, 5
PERSONAL = frozenset({"agreement", "appointment", "death", "deployment", "election", "layoff", "trial"})
"""Types that have a town only where a clause about them tells it."""
NEAR = 3
"""How many words behind a trigger a place stands that it tells of whatever its verb says."""
NARROWED = 4
"""In how many sentences after the first one a narrower place is told of an event."""


class Site(NamedTuple):
    """A place that was told of an event: as worded, where, how wide, and whether the trigger governs it."""

    text: str
    start: int
    rank: int
    basis: PlaceBasis
    governed: bool = False


class Places:
    """The places of a text, by what tells of events there."""

    def __init__(self, text: str, names: Names, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.text = text
        self.names = names
        by_id = {entity.id: entity for entity in entities}
        self._entities = {mention.start: by_id.get(mention.entity_id or "") for mention in mentions}
        self._persons = {mention.start for mention in mentions if mention.label == "PER"}
        self._named = {fold(name): entity for entity in entities for name in (*entity.aliases, entity.name)}

    def entity_of(self, site: Site) -> Entity | None:
        """Return the entity that a place is."""
        return self._entities.get(site.start) or self._named.get(fold(site.text))

    def rank(self, text: str, start: int) -> int:
        """Return how wide a place is."""
        if ROAD.fullmatch(text):
            return RANKS[PlaceKind.ROAD]
        entity = self._entities.get(start) or self._named.get(fold(text))
        if entity is not None and entity.place_kind is not None:
            return RANKS[entity.place_kind]
        return WIDE if is_wide(text) else TOWN

    def agree(self, site: Site, other: Site) -> bool:
        """Whether two places may be told of one event."""
        if fold(site.text) == fold(other.text) or min(site.rank, other.rank) < TOWN:
            return True
        if site.rank == other.rank == TOWN:
            return False
        return can_be_one(site.text, other.text) or max(site.rank, other.rank) > TOWN >= min(site.rank, other.rank)

    def site_of(self, telling: Telling) -> Site | None:
        """Return the place that a telling is told with."""
        sentence = telling.sentence
        standings = [_as_its_own(telling, one) for one in standings_of(sentence, self.text, self.names)]
        here = [
            one for one in places_here(sentence, standings) if is_scene(sentence, one) or _is_left_road(telling, one)
        ]
        costs = [(self._cost(telling, one), one) for one in here if self._is_place(one, telling)]
        costs = [(cost, one) for cost, one in costs if cost <= REACH and not _is_said(telling, one)]
        if not costs:
            return self._host(telling)
        cost, nearest = min(costs, key=lambda pair: pair[0])
        best = self._site(nearest, telling, cost)
        for further, one in sorted(costs, key=lambda pair: pair[0]):
            site = self._site(one, telling, further)
            if site.rank < best.rank and (further < CLAUSE_COST * 2) and self._narrows(site, best):
                best = site
        return best

    def _host(self, telling: Telling) -> Site | None:
        """``les Jeux olympiques de Rio``: the town in the name of a contest."""
        sentence, first = telling.sentence, telling.last + 2
        if telling.kind != "competition" or sentence.low(telling.first) not in word_list("needs", "hosted"):
            return None
        if sentence.low(first - 1) not in OF | {"à"} or not sentence.is_capitalised(first):
            return None
        return self._named_at(sentence, first, PlaceBasis.CLAUSE)

    def _named_at(self, sentence: Sentence, first: int, basis: PlaceBasis) -> Site:
        """Return the capitalised words from an item on as a place."""
        last = first
        while sentence.is_capitalised(last + 1):
            last += 1
        text, start = sentence.wording(first, last + 1), sentence.starts[first]
        return Site(text, start, self.rank(text, start), basis, governed=True)

    def _narrows(self, site: Site, best: Site) -> bool:
        """Whether a place may be where in another one: *la route du Simplon, à la hauteur de Ried-Brig*."""
        return can_be_one(site.text, best.text) or (site.rank == TOWN < best.rank and self.agree(site, best))

    def _is_place(self, one: Standing, telling: Telling) -> bool:
        """Whether a name is a place: not *la nomination de Jean Rey*, *l'épidémie de Zika*."""
        name = one.name
        if fold(name.text) in word_list("needs", "disease") or (len(name.text) <= CODE and name.text.isupper()):
            return is_wide(name.text)
        if telling.kind == "competition" and one.role is Role.HAPPENING and one.lead == telling.first:
            # "les Jeux olympiques de Rio", not "le championnat de France"
            return telling.sentence.low(telling.first) in word_list("needs", "hosted")
        return name.start not in self._persons or bool(meanings_of(name.text)) or one.role is Role.LOCATED

    def of_title(self, sentence: Sentence, title: str, names: Names, tellings: Sequence[Telling]) -> tuple[Site, ...]:
        """Return the places that a headline outside the text names; they stand nowhere in it."""
        standings = [one for one in standings_of(sentence, title, names) if one.role >= Role.OF_NOUN]
        found = [(one.name.text, one.role is Role.HAPPENING) for one in standings]
        for telling in tellings:
            # "Séisme de Tatvan": no other name stands behind what happened.
            name = telling.last + 2
            if sentence.low(telling.last + 1) in OF and sentence.is_capitalised(name):
                last = name
                while sentence.is_capitalised(last + 1):
                    last += 1
                found.append((sentence.wording(name, last + 1), True))
        return tuple(
            Site(text, -1, self.rank(text, -1), PlaceBasis.SENTENCE, governed) for text, governed in dict(found).items()
        )

    def _site(self, one: Standing, telling: Telling, cost: int) -> Site:
        rank = self.rank(one.name.text, one.name.start)
        basis = PlaceBasis.CLAUSE if cost < CLAUSE_COST and one.role is not Role.HEADLINE else PlaceBasis.SENTENCE
        governed = one.role is Role.HAPPENING and 0 <= one.lead - telling.first <= 1
        return Site(one.name.text, one.name.start, rank, basis, governed)

    def _cost(self, telling: Telling, one: Standing) -> int:
        sentence = telling.sentence
        if one.first > telling.last:
            between = sentence.lows(telling.last + 1, one.lead)
            cost = len(between)
        else:
            between = sentence.lows(one.last + 1, telling.first)
            cost = len(between) + BEHIND
        if one.role is Role.HEADLINE or (one.lead <= 1 and one.role is Role.LOCATED):
            return min(cost, CLAUSE_COST)
        return cost + CLAUSE_COST * sum(low in CLAUSE for low in between)


def _as_its_own(telling: Telling, one: Standing) -> Standing:
    """``la prise d'otages de Sousse``, ``les Jeux olympiques de Rio``: what a phrase of several words was of."""
    sentence, last = telling.sentence, telling.last
    named = telling.trigger.is_noun and last > telling.first and sentence.low(last + 1) in OF
    if named and one.role is Role.OF_NOUN and one.first == last + 2:
        return one._replace(role=Role.HAPPENING, lead=telling.first)
    return one


def _is_left_road(telling: Telling, one: Standing) -> bool:
    """``a quitté la route près d'Étroubles``: what was left is no place that somebody comes from."""
    return telling.trigger.strength == "sure" and telling.last + 1 <= one.lead <= telling.last + NEAR


def _is_said(telling: Telling, one: Standing) -> bool:
    """``…, a indiqué le parquet de Nice``: where somebody speaks of it."""
    behind = one.first > telling.last
    return behind and is_speaking(telling.sentence, telling.last + 1, one.lead)


def choose_site(
    happening: Happening, figures: Sequence[Figure], places: Places, head: Sequence[Sentence]
) -> Site | None:
    """Return the place of an event: the narrowest that its tellings agree on, else of its figures, or the lead."""
    best: Site | None = None
    # "À Güroymak, dix-huit personnes ont péri": of some of the victims.
    told_of = [pair for pair in happening.sites if pair[1].kind != ANY] or happening.sites
    for site, telling in told_of:
        near = telling.index <= happening.first.index + NARROWED
        if best is None or (site.rank < best.rank and near and places.agree(site, best)):
            best = site
    if best is not None and happening.kind in REGIONAL_TYPES:
        return best
    # Most of them first: "71 morts à Tatvan, dix-huit à Güroymak".
    told = sorted((figures[number] for number in happening.figures), key=_of_most)
    counted = [
        Site(one.place, one.start, places.rank(one.place, -1), PlaceBasis.EVENT)
        for one in told
        if one.place and one.part_of is None and one.place_basis is not PlaceBasis.DATELINE
    ]
    for site in (*happening.hints, *counted):
        narrower = best is not None and TOWN < best.rank > site.rank and can_be_one(site.text, best.text)
        best = site if best is None or narrower else best
    if not happening.in_head:
        return best
    if best is None:
        return _of_head(places, head, (Role.OF_NOUN,) if happening.kind in HARM else (Role.HEADLINE, Role.OF_NOUN))
    wide = happening.kind in PERSONAL | WIDE_TYPES
    town = _narrower(best, places, head) if best.rank >= REGION and not wide else None
    return town or best


def _of_most(figure: Figure) -> tuple[bool, float]:
    return figure.event != "killed", -(figure.value_max or figure.value or 0)


def _narrower(best: Site, places: Places, head: Sequence[Sentence]) -> Site | None:
    """``France : une tombe profanée``, ``… dans la commune de X``: the first town of the lead in a country."""
    for sentence in head:
        for one in places_here(sentence, standings_of(sentence, places.text, places.names)):
            # "À X, l'hôpital est débordé" turns to another scene.
            turns = one.lead == 0 or one.role < Role.HAPPENING
            if turns or not is_scene(sentence, one) or is_speaking(sentence, 0, one.lead):
                continue
            site = Site(one.name.text, one.name.start, places.rank(one.name.text, one.name.start), PlaceBasis.EVENT)
            if site.rank <= TOWN and can_be_one(site.text, best.text):
                return site
    return None


def _of_head(places: Places, head: Sequence[Sentence], roles: Sequence[Role]) -> Site | None:
    """Return the narrowest place of the first sentence that names one, else where the agency writes from."""
    for role in roles:
        for sentence in head:
            names = [one.name for one in standings_of(sentence, places.text, places.names) if one.role >= role]
            if names:
                sites = (Site(n.text, n.start, places.rank(n.text, n.start), PlaceBasis.SENTENCE) for n in names)
                return min(sites, key=lambda site: site.rank)
    lines = (line for sentence in head if (line := dateline_of(sentence, places.text)) is not None)
    line = next(lines, None)
    return None if line is None else Site(*line, places.rank(*line), PlaceBasis.DATELINE)
