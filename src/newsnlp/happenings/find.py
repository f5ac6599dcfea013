"""The events of an article, from the words that tell of them to `newsnlp.records.Event`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from newsnlp.figures.events import HURT
from newsnlp.figures.places.event_place import is_pluperfect
from newsnlp.figures.times import Times
from newsnlp.grammar.items import Names, Sentence, itemize
from newsnlp.happenings.counting import give_figures
from newsnlp.happenings.dating import Span, choose_span, is_distant, is_fresh, is_past, span_of
from newsnlp.happenings.kinds import Setting, likeliest
from newsnlp.happenings.naming import actors_of, name_of, sources_of
from newsnlp.happenings.placing import Places, Site, choose_site
from newsnlp.happenings.story import HARM, HEAD, Happening, Story, main_of
from newsnlp.happenings.tellings import OF, Telling, find_tellings
from newsnlp.happenings.words import ANY, NONE, Trigger, longest_words
from newsnlp.records import DateBasis, Event, EventType, Figure, PlaceBasis, Status, TollRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.figures.extract import Reading
    from newsnlp.records import Entity, Mention

MARGIN = 200
"""Within how many characters a title that is part of the text ends."""
BESIDE = 8
"""How many tellings behind one in its sentence a day may be of."""
TOLD = 8
"""In how many sentences the first of the last days is looked for."""
PERSON = 8
"""Within how many words of a death somebody is named."""
FOLLOWS = frozenset({"arrest", "deployment"})
"""Types of what follows upon harm."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def find_happenings(
    reading: Reading,
    times: Times,
    *,
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    figures: Sequence[Figure] = (),
    title: str | None = None,
) -> tuple[list[Event], list[Figure]]:
    """Return the events that a text tells of, the main one first, and its figures with the event that each is of.

    Parameters
    ----------
    reading : Reading
        The text as rules read it.
    times : Times
        Its dates, and the day of its publication.
    mentions, entities, figures : sequences of records
        What was found in the same text, in its own offsets.
    title : str, optional
        A headline that stands outside the text: it tells what sort of thing an explosion is.
    """
    sentences, names = reading.sentences, Names(mentions)
    places = Places(reading.text, names, mentions, entities)
    setting = _setting(reading, title)
    headline = Headline(title, mentions, places, setting, times)
    story = Story(places.agree, headline.kinds)
    for index, (start, end) in enumerate(sentences.bounds):
        if not longest_words().isdisjoint(WORD.findall(reading.text[start:end].lower())):
            told = find_tellings(sentences.read(index), index, setting)
            _read(story, [one for one in told if _may_tell(one, names)], places, times)
    main = main_of(story.happenings, headline.kinds, lambda one: is_distant(one, times))
    if main is None or not main.in_head or main.kind in FOLLOWS:
        # What the head tells by its victims alone, before what only later sentences name, or what followed upon it.
        by_toll = _by_toll(reading, figures, (*headline.kinds, *likeliest(setting)), places, times)
        story.happenings += [by_toll] if by_toll is not None else []
        main = main if by_toll is None or _is_before(main, by_toll) else by_toll
    give_figures(story.happenings, figures, [start for start, _ in sentences.bounds], main)
    kept = [one for one in story.happenings if one is main or one.in_head or one.is_told]
    kept.sort(key=lambda one: (one is not main, one.first.start))
    lead = [sentences.read(index) for index in range(min(TOLD, len(sentences)))]
    head = lead[:HEAD]
    if main is not None:
        main.hints = headline.sites
    by_id = {entity.id: entity for entity in entities}
    when = choose_span(main, times, lead, is_main=True, titled=headline.spans) if main is not None else None
    fresh = is_fresh(when, times)
    where = choose_site(main, figures, places, head) if main is not None else None
    events, given = [], list(figures)
    for number, one in enumerate(kept, 1):
        span, site = when, where
        if one is not main:
            span = choose_span(one, times, head, is_main=False, is_news=fresh)
            site = choose_site(one, figures, places, head)
            if _is_beside(one, main):
                # "L'attaque a eu lieu à X … un suspect a été arrêté": what else is told of without its place or day.
                site, span = site or where, span or (when if fresh else None)
        people = actors_of(one, names, by_id), sources_of(one, figures)
        event = _record(one, f"ev{number}", site, span, places=places, people=people)
        events.append(event)
        for index in one.figures:
            given[index] = replace(given[index], event_id=event.id)
    return events, given


def _read(story: Story, tellings: Sequence[Telling], places: Places, times: Times) -> None:
    """Read what one sentence tells."""
    # "Un jeune meurt dans une sortie de route": what killed is what happened.
    hurting = any(one.kind in HARM for one in tellings)
    for number, telling in enumerate(tellings, 1):
        if hurting and telling.trigger.strength == "person":
            continue
        told = not telling.echoed
        beside = tellings[number : number + BESIDE]
        site, span = (places.site_of(telling), span_of(telling, times, beside)) if told else (None, None)
        aside = span is None and telling.indefinite and is_pluperfect(telling.sentence)
        telling.past = aside or is_past(span, times)
        story.read(telling, site, span)


def _is_beside(one: Happening, main: Happening | None) -> bool:
    """Whether something hurts or leads to arrests that the main event, which hurts, is told with."""
    if main is None or main.kind not in HARM or one.is_past or main.is_past:
        return False
    return one.kind in HARM | {"arrest"} and one.first.status is not Status.PLANNED


def _may_tell(telling: Telling, names: Names) -> bool:
    """``la mort de Jean Rey``, ``L'écrivain est décédé``: whether somebody is named where one alone dies."""
    if telling.trigger.strength != "person":
        return True
    sentence = telling.sentence
    people = [one for one in names.within(sentence.start, sentence.end) if one.label == "PER"]
    spans = [sentence.items_within(one.start, one.end) for one in people]
    if telling.in_headline and not telling.trigger.is_noun and _one_alone(sentence, telling.first):
        return True
    if sentence.has_figure(telling.first - PERSON, telling.last + 2) or telling.index >= HEAD:
        return False
    if telling.trigger.is_noun:
        return sentence.low(telling.last + 1) in OF and any(0 < first - telling.last <= PERSON for first, _ in spans)
    return any(last < telling.first for _, last in spans)


def _one_alone(sentence: Sentence, verb: int) -> bool:
    """``Jeux : un skieur meurt``, ``Un acteur est décédé``: whether somebody whom a headline does not name died."""
    start = sentence.last_before(verb, frozenset({":"})) + 1
    return verb - start <= PERSON and sentence.texts[start].lower() in ("un", "une")


class Headline:
    """A headline that stands outside the text: of which types its happenings are, and where."""

    def __init__(
        self, title: str | None, mentions: Sequence[Mention], places: Places, setting: Setting, times: Times
    ) -> None:
        self.kinds: tuple[str, ...] = ()
        self.sites: tuple[Site, ...] = ()
        self.spans: tuple[Span, ...] = ()
        if not title or title in places.text[: len(title) + MARGIN]:
            return
        sentence = Sentence(title, 0, len(title), *itemize(title, 0, len(title), ()))
        tellings = find_tellings(sentence, 0, setting)
        self.kinds = tuple(dict.fromkeys(one.kind for one in tellings if one.kind not in (ANY, NONE)))
        named = {mention.text: mention for mention in mentions if mention.label == "LOC"}
        inside = [
            replace(mention, start=found.start(), end=found.end())
            for text, mention in named.items()
            if (found := re.search(rf"(?<!\w){re.escape(text)}(?!\w)", title)) is not None
        ]
        self.sites = places.of_title(sentence, title, Names(inside), tellings)
        published = date.fromisoformat(times.published) if times.published else None
        own = Times(title, published_at=published, numbered=False)
        self.spans = tuple(span for one in tellings if (span := span_of(one, own)) is not None)


def _is_before(main: Happening | None, by_toll: Happening) -> bool:
    """``Un homme a été arrêté après la mort de trois personnes``: whether the arrest is told first."""
    return main is not None and main.in_head and main.first.start < by_toll.first.start


def _by_toll(
    reading: Reading, figures: Sequence[Figure], kinds: Sequence[str], places: Places, times: Times
) -> Happening | None:
    """``Six personnes sont mortes … l'autocar a manqué la courbe``: what no word names, by its victims."""
    sentences = reading.sentences
    end = sentences.bounds[:HEAD][-1][1] if sentences.bounds else 0
    victims = [one for one in figures if one.start < end and one.event in HURT and one.value_max != 0]
    victims = [one for one in victims if one.toll_role is not TollRole.CUMULATIVE and one.kind == "count"]
    kind = next((kind for kind in kinds if kind in HARM), None)
    if kind is None or not victims:
        return None
    first = victims[0]
    index = sentences.at(first.start)
    sentence = sentences.read(index)
    item, last = sentence.items_within(first.phrase_start or first.start, first.phrase_end or first.end)
    if last < item:
        return None
    telling = Telling(sentence, index, item, last, kind, Trigger((kind,), "effect", (), ()))
    happening = Happening(kind)
    happening.add(telling, places.site_of(telling), span_of(telling, times))
    return happening


def _setting(reading: Reading, title: str | None) -> Setting:
    """Return what title, headline and lead say, and the whole text."""
    bounds = reading.sentences.bounds[:HEAD]
    return Setting(f"{title or ''} {reading.text[: bounds[-1][1] if bounds else 0]}", reading.text)


def _record(
    one: Happening,
    event_id: str,
    site: Site | None,
    span: Span | None,
    *,
    places: Places,
    people: tuple[tuple[str, ...], tuple[str, ...]],
) -> Event:
    text, first, later = places.text, one.first, one.tellings[1:]
    sentence, sentence_start = first.sentence.trimmed
    entity = places.entity_of(site) if site is not None else None
    return Event(
        id=event_id,
        type=EventType(one.kind),
        trigger=text[first.start : first.end],
        start=first.start,
        end=first.end,
        name=name_of(one),
        place=site.text if site else None,
        place_id=entity.id if entity else None,
        place_basis=_place_basis(one, site),
        when=span.value if span else None,
        when_begin=span.begin if span else None,
        when_end=span.end if span else None,
        date_basis=_date_basis(one, span),
        figures=tuple(one.figures),
        actors=people[0],
        sources=people[1],
        status=_status(one),
        mentions=tuple(text[telling.start : telling.end] for telling in later),
        mention_spans=tuple((telling.start, telling.end) for telling in later),
        sentence=sentence or None,
        sentence_start=sentence_start,
        rule_id=f"event.{first.trigger.strength}",
    )


def _place_basis(one: Happening, site: Site | None) -> PlaceBasis | None:
    if site is None or site.basis is PlaceBasis.DATELINE:
        return site and site.basis
    own = any(found is site and telling is one.first for found, telling in one.sites)
    return site.basis if own else PlaceBasis.EVENT


def _date_basis(one: Happening, span: Span | None) -> DateBasis | None:
    if span is None or span.basis is DateBasis.PUBLICATION:
        return span and span.basis
    own = any(found is span and telling is one.first for found, telling in one.spans)
    return span.basis if own else DateBasis.EVENT


def _status(one: Happening) -> Status:
    """Return how sure the text is: what one telling asserts happened."""
    told = {telling.status for telling in one.tellings}
    return next(
        status for status in (Status.ASSERTED, Status.REPORTED, Status.PLANNED, Status.DENIED) if status in told
    )
