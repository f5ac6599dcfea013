"""One identity a name across articles: names that are met are found among those known, or are new ones."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from newsnlp.linking.bodies import Bodies
from newsnlp.linking.evidence import Evidence, company_of
from newsnlp.linking.keys import Found, LinkReason, Seen, acronym_of, kin_of, number_of, person
from newsnlp.linking.people import People, surnames_of
from newsnlp.linking.places import Places
from newsnlp.linking.saved import load_links, save_links, seen_again
from newsnlp.linking.store import Articles, Names
from newsnlp.records import Label

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

# Names that wait for a fuller one and are looked at when it comes: of more, the first ones.
MOST_WAITING = 200


_IDS = (LinkReason.AUTHORITY, LinkReason.WIKIDATA, LinkReason.GEONAMEID)


def _ids_of(seen: Seen) -> tuple[str | int | None, ...]:
    return seen.authority_id, seen.wikidata, seen.geonameid


class Told(NamedTuple):
    """One article as it is linked: ``day`` in days since 1970, ``subjects`` the codes of its topics, its entities."""

    id: str
    day: float | None
    subjects: tuple[str, ...]
    entities: list[Seen]


class Join(NamedTuple):
    """Two names that were found to be one: ``corpus_id`` stays, ``joined`` is gone."""

    corpus_id: str
    joined: str
    reason: LinkReason


class Finder(Protocol):
    """What a kind of names is found by."""

    def is_weak(self, seen: Seen, /) -> bool:
        """Tell whether an article has a short form alone, which may turn out to be another name."""

    def waits(self, seen: Seen, /) -> bool:
        """Tell whether a short form may be a name that comes later."""

    def enter(self, number: int, seen: Seen) -> set[object]:
        """Enter a name under its keys; return those under which short forms may wait for it."""

    def find(self, seen: Seen) -> Found:
        """Return which name an entity is."""

    def find_weak(self, seen: Seen, /) -> Found:
        """Return which name a short form is."""


class Links:
    """The names of a corpus, which grows by articles. `EntityLinks` is it with a door to analyses and tables."""

    def __init__(self) -> None:
        self.names = Names()
        self.articles = Articles()
        self.joined: list[tuple[int, int, LinkReason]] = []
        self.article_numbers: dict[str, int] = {}
        self._start()

    def _start(self) -> None:
        self._evidence = Evidence(self.names, self.articles)
        people, bodies, places = People(self._evidence), Bodies(self._evidence), Places(self._evidence)
        self._finders: dict[str, Finder] = {
            Label.PER: people,
            Label.ORG: bodies,
            Label.MISC: bodies,
            Label.LOC: places,
        }

    def link(self, told: Iterable[Told]) -> tuple[array[int], list[LinkReason]]:
        """Take articles and return, for each of their entities in order, its name and why.

        Names of several articles at once are found best: full names first, surnames and acronyms alone when all the
        full ones are known. Numbers are to be asked for by `Names.root` afterwards.
        """
        numbers, reasons = array("q"), list[LinkReason]()
        later: list[tuple[int, Seen, bool]] = []
        waited: set[object] = set()
        self._evidence.forget()
        entered = [self._enter(article) for article in told]
        # The last first, so that each can go when it is read.
        entered.reverse()
        while entered:
            entities, again = entered.pop()
            for seen in entities:
                number, reason = -1, LinkReason.FIRST
                if self._finders[seen.label].is_weak(seen):
                    later.append((len(numbers), seen, again))
                else:
                    number, reason = self._strong(seen, waited, again=again)
                numbers.append(number)
                reasons.append(reason)
        for place, seen, again in later:
            numbers[place], reasons[place] = self._weak(seen, again=again)
        self._join_waiting(waited)
        self._evidence.forget()
        return numbers, reasons

    def _enter(self, article: Told) -> tuple[list[Seen], bool]:
        known = self.article_numbers.get(article.id)
        number = known
        if number is None:
            names = company_of(article.entities)
            number = self.articles.add(article.day, [number_of(code) for code in article.subjects], names)
            self.article_numbers[article.id] = number
        entities = [seen._replace(article=number) for seen in article.entities]
        people = [seen for seen in entities if seen.label == Label.PER]
        if any(self._finders[Label.PER].is_weak(seen) for seen in people):
            self._evidence.surnames[number] = {key for seen in people for key in surnames_of(seen)}
        return entities, known is not None

    def _strong(self, seen: Seen, waited: set[object], *, again: bool) -> tuple[int, LinkReason]:
        finder = self._finders[seen.label]
        by_id = self._by_id(seen)
        found = by_id or finder.find(seen)
        number, reason = found or (self.names.new(seen.label, weak=False), LinkReason.FIRST)
        if found is None or by_id is not None or self.names.is_new(number, seen):
            if by_id is not None and (named := finder.find(seen)) is not None and named[0] != number:
                # Met under its name before it had an id.
                number = self._join(number, *named)
            waited |= self._enter_keys(number, seen)
        self._meet(number, seen, again=again and reason != LinkReason.FIRST)
        return number, reason

    def _weak(self, seen: Seen, *, again: bool) -> tuple[int, LinkReason]:
        finder = self._finders[seen.label]
        number, reason = self._by_id(seen) or finder.find_weak(seen) or (None, LinkReason.FIRST)
        if number is None:
            number = self.names.new(seen.label, weak=finder.waits(seen))
            finder.enter(number, seen)
        self._meet(number, seen, again=again and reason != LinkReason.FIRST)
        return number, reason

    def _by_id(self, seen: Seen) -> Found:
        """Return the name that has an id of the entity's, if it is no other by another id."""
        if seen.geonameid is None and seen.authority_id is None and seen.wikidata is None:
            return None
        for reason, value in zip(_IDS, _ids_of(seen), strict=True):
            if value is not None:
                for number in self._evidence.roots((reason, value, kin_of(seen.label))):
                    if not self._evidence.ids_differ(seen, number):
                        return number, reason
        return None

    def _join(self, one: int, other: int, reason: LinkReason) -> int:
        older, younger = sorted((one, other))
        self.names.merge(older, younger)
        self.joined.append((older, younger, reason))
        return older

    def _meet(self, number: int, seen: Seen, *, again: bool) -> None:
        self.names.met(number, seen, self.articles.days[seen.article], again=again)
        self._evidence.take(seen.article, number)

    def _join_waiting(self, keys: set[object]) -> None:
        """Look again at surnames and acronyms that stood alone when their full names were not known."""
        waiting = {
            number for key in keys for number in self._evidence.roots(key)[:MOST_WAITING] if number in self.names.weak
        }
        for number in sorted(waiting):
            seen = self._as_seen(number)
            if seen is None:
                continue
            found = self._finders[seen.label].find_weak(seen)
            if found is None or found[0] == number or found[1] == LinkReason.SAME_NAME:
                continue
            if set(self.names.met_in(number)).isdisjoint(self.names.met_in(found[0])):
                self._join(number, *found)

    def _as_seen(self, number: int) -> Seen | None:
        """Return a name that stands alone as the last article has it."""
        articles, forms = self.names.met_in(number), list(self.names.each_form(number))
        if not articles or not forms:
            return None
        return Seen(
            article=articles[-1],
            name=forms[0][0],
            label=self.names.labels[number],
            country=self.names.countries[number],
            role_key=self.names.roles[number],
        )

    def canonical(self, number: int) -> str:
        """Return the commonest of the fullest forms of a name, the first met of equals."""
        forms = dict(self.names.each_form(number))
        label = self.names.labels[number]
        full = [
            form
            for form in forms
            if (person(form).full if label == Label.PER else " " in form and not acronym_of(form))
        ]
        return max(full or forms, key=lambda form: forms[form])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the names into a file of JSON lines, which takes the place of an earlier one when it is whole.

        Raises
        ------
        SourceError
            If it cannot be written.
        """
        save_links(self, path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Return the names that `save` wrote.

        Raises
        ------
        LinksFormatError
            If the file holds none, those of another version, or is damaged; the message names the line.
        """
        links = cls()
        load_links(links, path)
        links._evidence.forget()
        for number in range(len(links.names)):
            for seen in seen_again(links.names, number):
                links._enter_keys(number, seen)
        return links

    def _enter_keys(self, number: int, seen: Seen) -> set[object]:
        for kind, value in zip(_IDS, _ids_of(seen), strict=True):
            if value is not None:
                self._evidence.index.add((kind, value, kin_of(seen.label)), number)
        return self._finders[seen.label].enter(number, seen)

    def joins(self, since: int = 0) -> Iterator[Join]:
        """Yield what was found to be one after each had an id, from a number of them on."""
        for older, younger, reason in self.joined[since:]:
            yield Join(corpus_id(older), corpus_id(younger), reason)


def corpus_id(number: int) -> str:
    """Return the id of a name."""
    return f"c{number + 1}"
