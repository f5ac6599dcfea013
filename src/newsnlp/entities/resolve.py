"""Merge the mentions of an article into its people, places and organisations.

`resolve_mentions` reads the text and the mentions; it knows nothing of the model that found them. The steps:
people (``names_persons``, ``names_people``), places and organisations (``names_organisations``), then a name, a country
(``places_context``), an office (``roles``) and a salience (``salience``) for each entity.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from newsnlp.entities.attributes.countries import CountryFinder
from newsnlp.entities.attributes.listed import as_listed, rows_together
from newsnlp.entities.attributes.salience import salience
from newsnlp.entities.geography import Locator
from newsnlp.entities.knowledge.forms import fold, initials, is_acronym, is_shouted, name_key, text_words, word_set
from newsnlp.entities.knowledge.places import meanings_of
from newsnlp.entities.resolution.bearers import Person, cluster_people
from newsnlp.entities.resolution.organisations import NameForm, groups_of, is_place_paper, link_forms
from newsnlp.entities.resolution.persons import read_name
from newsnlp.entities.resolution.roles.counterparts import COUNTERPART, office_of_counterpart
from newsnlp.entities.resolution.roles.find import find_role
from newsnlp.entities.resolution.roles.keys import key_of_role
from newsnlp.entities.resolution.roles.words import REACH, office_spots
from newsnlp.records import Entity, Label, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from newsnlp.authority.names import Name

# What stands between two names of one person: « Untel, alias Machin ».
_NEAR = 40
_OTHER_NAME = re.compile(r"^\s?([,(]?)\s?([^\W\d_][^,.;:!?()\n«»]*?)\s?[«\"]?\s?$")
# Characters beside a mention that tell civility and title, and a publisher.
_BEFORE, _AFTER = 30, 16
_LONGEST_HEADLINE = 200
_LONGEST_COUNTRY_ACRONYM = 3
# A word of capitals up to this length may be an acronym or initials: « JR », « MC Solaar ».
_LONGEST_INITIALS = 2
_LONGEST_ACRONYM = 5
_FEWEST_INITIALS = 3


_CAPITAL_ARTICLES = frozenset({"le", "la", "les"})


@dataclass(slots=True)
class Cluster:
    """The mentions of one entity, as indexes into the list of mentions."""

    indexes: list[int] = field(default_factory=list)


def resolve_mentions(
    doc: Doc, mentions: Sequence[Mention], *, text: str | None = None, listed: Sequence[Name | None] = ()
) -> tuple[list[Mention], list[Entity]]:
    """Return the mentions with their ``entity_id``, and the entities in order of first mention.

    Parameters
    ----------
    doc : Doc
        The analysed text; only ``doc.text`` is read.
    mentions : sequence of Mention
        In text order, in the offsets of `doc`.
    text : str, optional
        ``doc.text`` where it is at hand: spaCy joins it from the tokens at every call.
    listed : sequence of Name or None, optional
        The row of the user's list that each mention means: all mentions of a row are one entity, named as the list has
        it.

    Returns
    -------
    mentions : list of Mention
        The same, each with the id of its entity.
    entities : list of Entity
        ``e1``, ``e2`` … in order of first mention, with name, aliases, country, role and salience.

    Notes
    -----
    Nothing is merged on likeness alone: each merger has a rule (``docs/entities-resolution.md``). Cost is
    linear in the number of names, and small beside the model's.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> text = "Le ministre américain Lloyd Austin est à Bagdad. M. Austin y verra des élus."
    >>> found = [Mention(start=22, end=34, text="Lloyd Austin", label=Label.PER),
    ...          Mention(start=41, end=47, text="Bagdad", label=Label.LOC),
    ...          Mention(start=52, end=58, text="Austin", label=Label.PER)]
    >>> marked, entities = resolve_mentions(SimpleNamespace(text=text), found)
    >>> [(mention.text, mention.entity_id) for mention in marked]
    [('Lloyd Austin', 'e1'), ('Bagdad', 'e2'), ('Austin', 'e1')]
    >>> [(entity.name, entity.country, entity.mention_count) for entity in entities]
    [('Lloyd Austin', 'US', 2), ('Bagdad', 'IQ', 1)]
    """
    text = doc.text if text is None else text
    clusters = _cluster(text, mentions)
    if any(listed):
        clusters = [Cluster(indexes) for indexes in rows_together([c.indexes for c in clusters], mentions, listed)]
    clusters.sort(key=lambda cluster: mentions[cluster.indexes[0]].start)
    most = max((len(cluster.indexes) for cluster in clusters), default=0)
    headline_end = _headline_end(text)
    words = text_words(text)
    groups = [[mentions[i] for i in cluster.indexes] for cluster in clusters]
    finder = CountryFinder(text, groups, headline_end=headline_end, words=words)
    spots = office_spots(text, words)
    marked = list(mentions)
    rows = [next((listed[i] for i in c.indexes if listed[i] is not None), None) if listed else None for c in clusters]
    labels = [(row.label if row else None) or _majority_label(g) for row, g in zip(rows, groups, strict=True)]
    places = {number: members for number, members in enumerate(groups) if labels[number] == Label.LOC}
    locator = Locator(text, places, {number: finder.code(number, Label.LOC, None) for number in places})
    entities = []
    offices: list[tuple[int, str]] = []
    for number, (cluster, members, label, row) in enumerate(zip(clusters, groups, labels, rows, strict=True), 1):
        identity = f"e{number}"
        for i in cluster.indexes:
            marked[i] = _with_entity(mentions[i], identity)
        name, aliases = choose_name([member.text for member in members], label)
        starts = [member.start for member in members]
        role = find_role(text, members, spots) if label == Label.PER else None
        if role and role.startswith(COUNTERPART):
            beside = next((start for start in starts if role in text[max(0, start - REACH) : start]), starts[0])
            role = office_of_counterpart(text, role, beside, offices)
        if role and COUNTERPART in words:
            for start in starts:
                insort(offices, (start, role))
        where = locator.location(number - 1)
        entity = Entity(
            id=identity,
            name=name,
            label=label,
            mention_count=len(members),
            aliases=aliases,
            country=finder.country(number - 1, label, role),
            role=role,
            role_key=key_of_role(role) if role else None,
            salience=salience(starts, length=len(text), most=most, headline_end=headline_end),
            first_start=starts[0],
            geonameid=where.geonameid,
            latitude=where.latitude,
            longitude=where.longitude,
            place_kind=where.place_kind,
            admin1=where.admin1,
            territory=finder.territory(number - 1, label, role) or where.territory,
        )
        entities.append(entity if row is None else as_listed(entity, row))
    return marked, entities


def _with_entity(mention: Mention, identity: str) -> Mention:
    """Return the mention with its entity; `dataclasses.replace` takes four times as long."""
    return Mention(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        label=mention.label,
        entity_id=identity,
        sentence=mention.sentence,
        sentence_start=mention.sentence_start,
        score=mention.score,
    )


def _headline_end(text: str) -> int:
    """Return where the headline ends: the first line, if it is short and no sentence of the body."""
    stripped = len(text) - len(text.lstrip())
    end = text.find("\n", stripped)
    if end < 0 or end - stripped > _LONGEST_HEADLINE or text[:end].rstrip().endswith("."):
        return 0
    return end


def _majority_label(members: Sequence[Mention]) -> Label:
    if len({member.label for member in members}) == 1:
        return members[0].label
    counts = Counter(member.label for member in members)
    most = max(counts.values())
    return next(member.label for member in members if counts[member.label] == most)


class _Union:
    """Sets of mention indexes that grow together."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low


def _cluster(text: str, mentions: Sequence[Mention]) -> list[Cluster]:
    union = _Union(len(mentions))
    people = _people(text, mentions)
    for person in people:
        for name in person.mentions:
            union.join(person.mentions[0].index, name.index)
    _join_other_names(text, mentions, union)
    forms, index_of = _forms(mentions)
    for form in forms:
        indexes = index_of[form.key]
        for index in indexes:
            union.join(indexes[0], index)
    link_forms(forms, text, lambda first, second: union.join(index_of[first.key][0], index_of[second.key][0]))
    _join_mislabelled(people, forms, index_of, union)
    clusters: dict[int, Cluster] = {}
    for index in range(len(mentions)):
        clusters.setdefault(union.root(index), Cluster()).indexes.append(index)
    return list(clusters.values())


def _people(text: str, mentions: Sequence[Mention]) -> list[Person]:
    names = [
        read_name(i, m.start, m.text, text[max(0, m.start - _BEFORE) : m.start], text[m.end : m.end + _AFTER])
        for i, m in enumerate(mentions)
        if m.label == Label.PER
    ]
    return cluster_people([name for name in names if name.words])


def _forms(mentions: Sequence[Mention]) -> tuple[list[NameForm], dict[str, list[int]]]:
    """Return the distinct names of places, organisations and works, and the mentions of each."""
    index_of: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.label != Label.PER:
            # « La Provence », the paper, beside « la Provence »
            named = mention.label == Label.ORG and is_place_paper(mention.text)
            key = fold(mention.text) if named else name_key(mention.text)
            index_of.setdefault(key or mention.text, []).append(index)
    forms = []
    for key, indexes in index_of.items():
        members = [mentions[i] for i in indexes]
        texts = [members[0].text]
        if len(members) > 1:
            texts = [text for text, _ in Counter(member.text for member in members).most_common()]
        forms.append(NameForm(key, _majority_label(members), texts, [(m.start, m.end) for m in members]))
    return forms, index_of


def _join_other_names(text: str, mentions: Sequence[Mention], union: _Union) -> None:
    """Join `Untel` and `Machin` in `Untel, alias Machin`."""
    links = word_set("other_names")
    people = [(i, m) for i, m in enumerate(mentions) if m.label == Label.PER]
    for (i, first), (j, second) in pairwise(people):
        between = text[first.end : second.start]
        if len(between) > _NEAR or not (opened := _OTHER_NAME.match(between)):
            continue
        link = fold(opened.group(2))
        # « Untel dit Machin » may be a verb; between comma and name it is not.
        if link in links and (link not in word_set("other_names", "verbs") or opened.group(1)):
            union.join(i, j)


def _join_mislabelled(
    people: list[Person], forms: list[NameForm], index_of: dict[str, list[int]], union: _Union
) -> None:
    """Join one name that bears two labels: types are nearly always fixed for a name, so one of them is a slip.

    A surname that is also a place (Denzel Washington) stays apart from it; a surname found as an unknown place
    (`Diallo` on the score sheet) is the person. Initials that the lexicons do not know may be a person's (`IBK`).
    """
    by_key = {form.key: form for form in forms}
    by_initials: dict[str, list[Person]] = {}
    for person in people:
        first = person.mentions[0]
        for name in person.mentions:
            form = by_key.get(name_key(name.text))
            if form is not None and (name.full or not person.full):
                union.join(name.index, index_of[form.key][0])
        if not person.full:
            continue
        surname = by_key.get(fold(first.text.split()[-1]))
        if surname is not None and surname.label == Label.LOC and not meanings_of(surname.text):
            union.join(first.index, index_of[surname.key][0])
        if len(person.words) >= _FEWEST_INITIALS:
            by_initials.setdefault(initials(" ".join(person.words))[1], []).append(person)
    for form in forms if by_initials else ():
        bearers = by_initials.get(form.key, ()) if form.acronym else ()
        if len(bearers) == 1 and not groups_of(form.text) and not meanings_of(form.text):
            union.join(bearers[0].mentions[0].index, index_of[form.key][0])


def choose_name(texts: Sequence[str], label: Label) -> tuple[str, tuple[str, ...]]:
    """Return the best form of a name, and the other forms by frequency.

    Of spellings that differ in case, accents or hyphens alone, the most frequent one; then the longest that is
    neither an acronym nor a headline's capitals.

    Examples
    --------
    >>> choose_name(["ONU", "Nations unies", "ONU", "Nations Unies", "Nations unies"], Label.ORG)
    ('Nations unies', ('ONU', 'Nations Unies'))
    """
    if len(set(texts)) == 1:
        return _unshouted(" ".join(texts[0].split()), label), ()
    counts = Counter(" ".join(text.split()) for text in texts)
    by_key: dict[str, str] = {}
    for text, _ in sorted(counts.items(), key=lambda item: (is_shouted(item[0]), -item[1])):
        by_key.setdefault(fold(text), text)

    def quality(text: str) -> tuple[bool, bool, int, int]:
        acronym = is_acronym(text) and label != Label.PER
        return (not is_shouted(text), not acronym, len(text), counts[text])

    best = _unshouted(max(by_key.values(), key=quality), label)
    return best, tuple(text for text, _ in counts.most_common() if text != best)


def _unshouted(name: str, label: Label) -> str:
    """Return a name that stands in capitals alone (`BAMAKO (AFP)`) as the lexicons or as French writes it."""
    if label not in {Label.LOC, Label.PER} or not name.isupper() or len(name) <= _LONGEST_COUNTRY_ACRONYM:
        return name
    if label == Label.LOC:
        known = next((place.name for place in meanings_of(name) if name_key(place.name) == name_key(name)), None)
        if known is not None:
            return known
    return (
        _title_case(name) if len(name) > _LONGEST_ACRONYM and name.replace("-", "").replace(" ", "").isalpha() else name
    )


def _title_case(name: str) -> str:
    """Return a name in capitals with its initials alone in capitals: `Jean-Marc de la Tour`."""
    words = name.split()
    for position, word in enumerate(words):
        small = word.casefold() in word_set("small_words") and 0 < position < len(words) - 1
        if small and word.casefold() not in _CAPITAL_ARTICLES:
            words[position] = word.casefold()
        elif len(word) > _LONGEST_INITIALS or word.casefold() in _CAPITAL_ARTICLES:
            words[position] = word.title()
    for position in range(1, len(words) - 1):
        # « de la Tour », but « Marine Le Pen »
        if words[position].casefold() in _CAPITAL_ARTICLES and words[position - 1] == "de":
            words[position] = words[position].casefold()
    return " ".join(words)
