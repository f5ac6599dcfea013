"""What points to a country without doubt, and where: the evidence that homonyms are weighed by, inside names, too."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from newsnlp.entities.knowledge.forms import fold, rules, text_words, word_set
from newsnlp.entities.knowledge.places import (
    demonym_countries,
    demonym_country,
    demonym_spellings,
    is_demonym,
    meanings_of,
)
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from newsnlp.records import Mention


# How far before a mention an inhabitant or an article stands, in characters.
_REACH = 40
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_DIGIT = re.compile(r"\d")
ROAD = re.compile(r"^(?:[ANDE]|RN|RD)\s?\d+[A-Z]?$")
# How far around a mention its surroundings reach, in characters.
_NEAR = 250
# Of an entity with many mentions, the surroundings of the first ones decide.
MOST_MEMBERS = 20
# The article's main country is named this much more than the second. Measured, see docs/entities-resolution.md.
_MAIN_LEAD = 1.5
_WIDEST_SURE_RANK = 2
# Names that bound an area: where one stands in the sentence, a homonym lies within it.
BOUNDED_KINDS = frozenset({"state", "territory", "part", "department", "region"})
# One name of a town says where its sentence is, not where everything unknown lies; two do, or the country's own name.
_FEWEST_TOWNS = 2
_FEWEST_SIGNS = 2
# Before the country's name at the head of a sentence: « En », « Dans le ».
_OPENING_REACH = 10
# What share of all that is named makes it the one country of an article.
_ALONE = 0.75

_STOP = re.compile(r"[.!?…]\s+(?=[A-ZÀÂÉÈÊÎÔ«])|\n")
_VENUE_REACH = 24
# The adjective is the first word after the name or the second.
_ADJECTIVES = re.compile(r"^\s([\w-]+)(?:\s([^\W\d_]+))?")
_ADJECTIVES_REACH = 60
_ARTICLES = frozenset({"le", "la", "les", "au", "aux", "l'"})


@functools.cache
def _venue_heads() -> frozenset[str]:
    return frozenset(rules()["venues"]["words"])


@functools.cache
def _venue_spellings() -> frozenset[str]:
    return frozenset(word for head in _venue_heads() for word in (head, head.capitalize()))


def is_venue(text: str, start: int) -> bool:
    """Tell whether a name is that of a bar, a cinema or a ship, whatever place it is called after.

    Examples
    --------
    >>> is_venue("le bar « Cuba libre »", 9), is_venue("un bar de Cuba", 10)
    (True, False)
    """
    words = text[max(0, start - _VENUE_REACH) : start].replace("«", " ").replace('"', " ").replace("l'", " ").split()
    if words and words[-1].lower() in _ARTICLES:
        words.pop()
    return bool(words) and words[-1].lower() in _venue_heads()


class Signs:
    """Where an article names which country, by names of one meaning and adjectives of one country.

    Parameters
    ----------
    text : str
    places : sequence of Mention
        The mentions of places and organisations, in text order.
    headline_end : int
        Where the headline ends; 0 where there is none. A headline tells where the article is: it counts twice.
    words : collection of str, optional
        The `text_words` of the text, where they are known.

    Attributes
    ----------
    totals : Counter
        How often each country is named.
    main : str or None
        The country named most, where it stands clearly before the second.
    """

    def __init__(
        self, text: str, places: Sequence[Mention], *, headline_end: int = 0, words: Collection[str] | None = None
    ) -> None:
        self._text = text
        self._marks: list[tuple[int, str]] = []
        # Countries by the name that bounds them, by start: « en Espagne ».
        self._bounds: list[tuple[int, str]] = []
        self._names: dict[str, set[str]] = {}
        self._settled: set[str] = set()
        words = text_words(text) if words is None else words
        # Few articles name a bar: only there is each name looked at.
        self._venues = not _venue_spellings().isdisjoint(words)
        for mention in places:
            self._read(mention)
        # Few of the article's words are adjectives of a country: these alone are looked for again, with their places.
        for word in demonym_spellings().intersection(words):
            country = demonym_country(word)
            if country:
                self._settled.add(country)
                self._marks.extend((spot, country) for spot in _spots(text, word))
        self._marks.sort()
        self._named = Counter(country for _, country in self._marks)
        self._at: dict[int, list[str]] = {}
        for spot, country in self._marks:
            self._at.setdefault(spot, []).append(country)
        self.totals = self._named.copy()
        if headline_end:
            self.totals.update(country for start, country in self._marks if start < headline_end)
        self.main = _clear_first(self.totals)

    def _read(self, mention: Mention) -> None:
        meanings = meanings_of(mention.text)
        if not meanings or meanings[0].rank > _WIDEST_SURE_RANK or meanings[0].country is None:
            return
        if mention.label == Label.ORG and fold(mention.text) in word_set("portfolios"):
            return  # « ministre de la Défense » is not about La Défense
        country = meanings[0].country
        if len({place.country for place in meanings}) > 1 or self.is_venue(mention):
            return
        self._marks.append((mention.start, country))
        self._names.setdefault(country, set()).add(meanings[0].name)
        if meanings[0].kind in BOUNDED_KINDS and mention.label == Label.LOC:
            self._bounds.append((mention.start, country))
            self._settled.add(country)

    def is_venue(self, mention: Mention) -> bool:
        """Tell whether a mention is the name of a bar, a cinema or a ship."""
        return self._venues and is_venue(self._text, mention.start)

    def of_adjective(self, word: str) -> str | None:
        """Return the country of an adjective; of several (`congolais`), the one that the article names."""
        countries = demonym_countries(word)
        if len(countries) > 1:
            best = max(countries, key=lambda country: self.totals[country or ""])
            return best if self.totals[best or ""] else None
        return countries[0] if countries else None

    def of_group(self, known: Mapping[str, str | None]) -> str | None:
        """Return the country of a known name; the PS of a Swiss article is the Swiss one, elsewhere the first."""
        countries = tuple(known.values())
        return self.main if self.main in countries else countries[0]

    def spreads(self, country: str | None) -> bool:
        """Tell whether the article is about a country enough for its unknown places to lie there."""
        return country in self._settled or len(self._names.get(country or "", ())) >= _FEWEST_TOWNS

    def near(self, members: Sequence[Mention]) -> Counter[str]:
        """Return how often each country is named around the first mentions."""
        found: set[int] = set()
        for member in members[:MOST_MEMBERS]:
            low = bisect.bisect_right(self._marks, (member.start - _NEAR, "~"))
            found.update(range(low, bisect.bisect_left(self._marks, (member.start + _NEAR, ""))))
        return Counter(self._marks[i][1] for i in found)

    def nearest(self, members: Sequence[Mention]) -> str | None:
        """Return the country named most around the mentions, where their sentence or several signs point to it."""
        ranked = self.near(members).most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        country, times = ranked[0]
        sure = times >= _FEWEST_SIGNS or country in self.in_sentence(members)
        return country if sure and self.spreads(country) else None

    def around(self, members: Sequence[Mention]) -> str | None:
        """Return the country that all around the mentions point to, where the article is about another."""
        opening = self._opening(members)
        if opening is not None:
            return opening
        near = self.near(members)
        country, times = next(iter(near.most_common(1)), (None, 0))
        sure = len(near) == 1 and country != self.main and times >= _FEWEST_SIGNS
        return country if sure and self.spreads(country) else None

    def _opening(self, members: Sequence[Mention]) -> str | None:
        """Return the country that opens the sentence of the first mention: « En Belgique, la N5 à Couillet »."""
        low, _ = self.sentence(members[0].start) if self._bounds else (0, 0)
        first = bisect.bisect_left(self._bounds, (low, ""))
        for start, country in self._bounds[first : first + 1]:
            if start < members[0].start and start - low <= _OPENING_REACH:
                return country
        return None

    def about(self, members: Sequence[Mention]) -> str | None:
        """Return the country that the article is about, else the one named most around the mentions."""
        return self.main if self.main and self.spreads(self.main) else self.nearest(members)

    def is_about_one(self) -> bool:
        """Tell whether the article's main country stands nearly alone in it."""
        return self.main is not None and self.totals[self.main] >= _ALONE * sum(self.totals.values())

    def elsewhere(self, members: Sequence[Mention]) -> Counter[str]:
        """Return how often each country is named by others than these mentions."""
        own = Counter(country for start in {member.start for member in members} for country in self._at.get(start, ()))
        return self._named - own

    def bounding(self, members: Sequence[Mention]) -> set[str]:
        """Return the countries that the sentences of the mentions name, by their name or that of a part."""
        found = set()
        for member in members[:MOST_MEMBERS] if self._bounds else ():
            low, high = self.sentence(member.start)
            first = bisect.bisect_left(self._bounds, (low, ""))
            for start, country in self._bounds[first:]:
                if start >= high:
                    break
                if start != member.start:
                    found.add(country)
        return found

    def in_sentence(self, members: Sequence[Mention]) -> set[str]:
        """Return the countries that the sentences of the mentions point to, by whatever sign."""
        own = {member.start for member in members}
        found: set[str] = set()
        for member in members[:MOST_MEMBERS]:
            low, high = self.sentence(member.start)
            first = bisect.bisect_left(self._marks, (low, ""))
            last = bisect.bisect_left(self._marks, (high, ""))
            found.update(country for start, country in self._marks[first:last] if start not in own)
        return found

    def sentence(self, start: int) -> tuple[int, int]:
        """Return the sentence around an offset, by full stops and lines, within the surroundings."""
        low = max(0, start - _NEAR)
        for stop in _STOP.finditer(self._text, low, start):
            low = stop.end()
        following = _STOP.search(self._text, start, start + _NEAR)
        return low, following.start() if following else start + _NEAR


def words_before(text: str, member: Mention) -> list[str]:
    """Return the words that stand before a mention in its line, within reach."""
    return text[max(0, member.start - _REACH) : member.start].rpartition("\n")[2].split()


def adjectives_after(text: str, member: Mention) -> list[str]:
    """Return the adjectives of places among the two words after a name.

    « la province irakienne », « l'armée de l'air turque »
    """
    match = _ADJECTIVES.match(text[member.end : member.end + _ADJECTIVES_REACH])
    return [word for word in match.groups() if word and word[:1].islower() and is_demonym(word)] if match else []


def is_counted(text: str, members: Sequence[Mention]) -> bool:
    """Tell whether what stands before an unknown word is no mark of a place: `les Tangos`, `deux Canadair`."""
    for member in members[:MOST_MEMBERS]:
        if not member.text.isalpha():
            return False
        if is_demonym(member.text):
            return True
        previous = words_before(text, member)
        if not previous or (fold(previous[-1]) not in word_set("counters") and not previous[-1].isdigit()):
            return False
    return True


def lies_nowhere(text: str, members: Sequence[Mention]) -> bool:
    """Tell whether the name lies in no country: in the sky, or on a border."""
    sky = word_set("sky")
    for member in members[:MOST_MEMBERS]:
        before = _WORD.findall(text[max(0, member.start - 30) : member.start])[-2:]
        own = member.text.split()
        # « l'étoile TRAPPIST-1 », not « le Pont de l'Étoile, l'A57 »
        bare = [word[2:] if word[1:2] == "'" else word for word in before]
        words = [word for word in bare if word.islower()] + (own[:1] if len(own) > 1 else [])
        if any(fold(word) in sky for word in words):
            return True
        if _DIGIT.search(member.text) and not ROAD.match(member.text) and not member.text[:1].islower():
            return True
    return False


def _clear_first(totals: Counter[str]) -> str | None:
    ranked = totals.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MAIN_LEAD * ranked[1][1]):
        return None
    return ranked[0][0]


def _spots(text: str, word: str) -> Iterator[int]:
    """Yield where a whole word stands."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start
        start = text.find(word, end)


_OPENINGS = ("de la ", "de l'", "de ", "du ", "des ", "d'", "")
_SHORTEST_TOWN = 4
# « Nord-Katanga », « sud-Liban », « Syrie du Nord », « Mayenne-Sud »
_CARDINAL = re.compile(
    r"(?:extrême[- ])?(?:nord|sud|est|ouest|haute?s?|basse?|centre|grande?)(?:[- ](?:est|ouest))?"
    r"[- ](?:du |de la |de l'|de |d')?(.+)",
    re.IGNORECASE,
)
_CARDINAL_AFTER = re.compile(
    r"(.+?)[- ](?:du |de l')?(?:nord|sud|est|ouest|centrale?|orientale?|occidentale?|méridionale?|septentrionale?)$",
    re.IGNORECASE,
)


def names_inside(text: str) -> Iterator[str]:
    """Yield what inside a name may name a place, or be the adjective of one.

    Examples
    --------
    >>> list(names_inside("Nord-Katanga")), list(names_inside("Kurdistan irakien"))
    (['Katanga', 'Nord'], ['irakien'])
    """
    cardinal = _CARDINAL.match(text) or _CARDINAL_AFTER.match(text)
    if cardinal:
        yield cardinal.group(1)[:1].upper() + cardinal.group(1)[1:]
    words = text.split()
    # « Bruxelles-Midi », « Marseille-Saint-Charles »: a town before what lies in it.
    if len(words) == 1 and text.find("-") >= _SHORTEST_TOWN:
        yield text[: text.index("-")]
    yield from (word for word in words[1:] if word.islower())
    for size in range(1, len(words)):
        rest = " ".join(words[size:])
        for opening in _OPENINGS:
            if rest.startswith(opening) and rest[len(opening) : len(opening) + 1].isupper():
                yield rest[len(opening) :]
