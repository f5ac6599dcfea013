"""One identity a name across articles: names that are met are found among those known, or are new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsnlp.linking.bodies import Bodies
from newsnlp.linking.evidence import Evidence, company_of
from newsnlp.linking.keys import LinkReason, Seen, acronym_of, kin_of, number_of, person
from newsnlp.linking.people import People, surnames_of
from newsnlp.linking.places import Places
from newsnlp.linking.store import Articles, Names
from newsnlp.records import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Names that wait for a fuller one and are looked at when it comes: of more, the first ones.
MOST_WAITING = 200


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
        self._finders = {Label.PER: people, Label.ORG: bodies, Label.MISC: bodies, Label.LOC: places}

    def link(self, told: Iterable[Told]) -> list[tuple[int, LinkReason]]:
        """Take articles and return, for each of their entities in order, its name and why.

        Names of several articles at once are found best: full names first, surnames and acronyms alone when all the
        full ones are known. Numbers are to be asked for by `Names.root` afterwards.
        """
        found: list[tuple[int, LinkReason] | None] = []
        later: list[tuple[int, Seen, bool]] = []
        waited: set[object] = set()
        self._evidence.forget()
        entered = [self._enter(article) for article in told]
        for entities, again in entered:
            for seen in entities:
                if self._finders[Label(seen.label)].is_weak(seen):
                    later.append((len(found), seen, again))
                    found.append(None)
                else:
                    found.append(self._strong(seen, waited, again=again))
        for place, seen, again in later:
            found[place] = self._weak(seen, again=again)
        self._join_waiting(waited)
        return [one for one in found if one is not None]

    def _enter(self, article: Told) -> tuple[list[Seen], bool]:
        known = self.article_numbers.get(article.id)
        number = known
        if number is None:
            names = company_of(article.entities)
            number = self.articles.add(article.day, [number_of(code) for code in article.subjects], names)
            self.article_numbers[article.id] = number
        entities = [seen._replace(article=number) for seen in article.entities]
        self._evidence.surnames[number] = {
            key for seen in entities if seen.label == Label.PER for key in surnames_of(seen)
        }
        return entities, known is not None

    def _strong(self, seen: Seen, waited: set[object], *, again: bool) -> tuple[int, LinkReason]:
        finder = self._finders[Label(seen.label)]
        number, reason = self._by_id(seen) or finder.find(seen) or (None, LinkReason.FIRST)
        fresh = number is None
        if number is None:
            number = self.names.new(seen.label, weak=False)
        elif seen.name not in dict(self.names.each_form(number)) or seen.aliases or seen.geonameid is not None:
            fresh = True
        self._meet(number, seen, again=again)
        if fresh:
            waited |= finder.enter(number, seen)
            for key in (("authority", seen.authority_id), ("wikidata", seen.wikidata)):
                if key[1] is not None:
                    self._evidence.index.add((*key, kin_of(seen.label)), number)
        return number, reason

    def _weak(self, seen: Seen, *, again: bool) -> tuple[int, LinkReason]:
        finder = self._finders[Label(seen.label)]
        number, reason = self._by_id(seen) or finder.find_weak(seen) or (None, LinkReason.FIRST)
        if number is None:
            number = self.names.new(seen.label, weak=True)
            finder.enter(number, seen)
        self._meet(number, seen, again=again)
        return number, reason

    def _by_id(self, seen: Seen) -> tuple[int, LinkReason] | None:
        """Return the name that has an id of the user's own list, if it is no other by another id."""
        for kind, value, reason in (
            ("authority", seen.authority_id, LinkReason.AUTHORITY),
            ("wikidata", seen.wikidata, LinkReason.WIKIDATA),
        ):
            if value is not None:
                for number in self._evidence.roots((kind, value, kin_of(seen.label))):
                    if not self._evidence.ids_differ(seen, number):
                        return number, reason
        return None

    def _meet(self, number: int, seen: Seen, *, again: bool) -> None:
        self.names.met(number, seen, self.articles.days[seen.article], again=again)
        self._evidence.taken.setdefault(seen.article, set()).add(number)

    def _join_waiting(self, keys: set[object]) -> None:
        """Look again at surnames and acronyms that stood alone when their full names were not known."""
        waiting = {
            number for key in keys for number in self._evidence.roots(key)[:MOST_WAITING] if number in self.names.weak
        }
        for number in sorted(waiting):
            seen = self._as_seen(number)
            if seen is None:
                continue
            found = self._finders[Label(seen.label)].find_weak(seen)
            if found is None or found[0] == number or found[0] in self.names.weak:
                continue
            older, younger = sorted((number, found[0]))
            self.names.merge(older, younger)
            self.joined.append((older, younger, found[1]))

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
        full = [form for form in forms if (person(form).full if label == Label.PER else not acronym_of(form))]
        return max(full or forms, key=lambda form: forms[form])

    def joins(self, since: int = 0) -> Iterator[Join]:
        """Yield what was found to be one after each had an id, from a number of them on."""
        for older, younger, reason in self.joined[since:]:
            yield Join(corpus_id(older), corpus_id(younger), reason)


def corpus_id(number: int) -> str:
    """Return the id of a name."""
    return f"c{number + 1}"
