"""Which events of several articles are one row, and what it says."""

from __future__ import annotations

import itertools

import pytest

from newsnlp import Dossier, EventType, events, to_frames, write_tables
from newsnlp.dossiers.event_rows import COLUMNS
from newsnlp.errors import OptionError
from newsnlp.records import Analysis, Article, Entity, Event, Figure

AGADIR = {
    "country": "MA",
    "geonameid": 2561668,
    "latitude": 30.42,
    "longitude": -9.6,
    "place_kind": "city",
    "admin1": "MA-09",
}
MOROCCO = {"country": "MA", "geonameid": 2542007, "latitude": 34.0, "longitude": -6.8, "place_kind": "country"}
LYON = {"country": "FR", "geonameid": 2996944, "latitude": 45.75, "longitude": 4.85, "place_kind": "city"}
KABUL = {"country": "AF", "geonameid": 1138958, "latitude": 34.53, "longitude": 69.17, "place_kind": "city"}
NUMBERS = itertools.count()


def killed(number, *, event="killed", text=None, source=None, **fields):
    """Return a figure of victims; its sentence gives the number and nothing that makes it a part."""
    words = text or str(number)
    bounds = {"value": number, "value_min": number, "value_max": number} | fields
    sentence = f"Il y a {words} morts."
    return Figure(
        start=7,
        end=7 + len(words),
        text=words,
        kind="count",
        event=event,
        counted="morts",
        source=source,
        toll_role="total",
        sentence=sentence,
        sentence_start=0,
        **bounds,
    )


def happening(kind="earthquake", day="2026-03-02", *, place=None, basis="clause", figures=(), **fields):
    return {"type": kind, "day": day, "place": place, "basis": basis, "figures": figures} | fields


def article(day, *told, identity=None, source=None, title=None, names=()):
    """Return an analysis of an article that tells these events; a place is (name, fields of its entity)."""
    entities: list[Entity] = [
        Entity(id=f"p{n}", name=name, label="PER", mention_count=1) for n, name in enumerate(names)
    ]
    figures: list[Figure] = []
    made = []
    for number, one in enumerate(told, 1):
        place_id = None
        if one["place"] is not None:
            name, known = one["place"]
            place_id = f"e{number}"
            entities.append(Entity(id=place_id, name=name, label="LOC", mention_count=1, **known))
        indexes = tuple(range(len(figures), len(figures) + len(one["figures"])))
        figures += one["figures"]
        end = one.get("end", one["day"])
        made.append(
            Event(
                id=f"ev{number}",
                type=one["type"],
                trigger="séisme",
                start=0,
                end=6,
                place=one["place"][0] if one["place"] else None,
                place_id=place_id,
                when=one["day"],
                when_begin=one["day"],
                when_end=end,
                date_basis=one["basis"] if one["day"] else None,
                figures=indexes,
                actors=tuple(one.get("actors", ())),
                status=one.get("status", "asserted"),
            )
        )
    identity = identity or f"a{next(NUMBERS)}"
    body = Article(text="…", id=identity, published_at=day, source=source, title=title)
    return Analysis(article=body, entities=tuple(entities), figures=tuple(figures), events=tuple(made))


def rows(*analyses, **options):
    return events(analyses, **options).to_dict("records")


def test_two_articles_of_one_quake_are_one_row():
    (row,) = rows(
        article("2026-03-02", happening(place=("Agadir", AGADIR), figures=[killed(36)]), source="AFP", identity="a"),
        article(
            "2026-03-03", happening(place=("Maroc", MOROCCO), figures=[killed(41)]), source="Reuters", identity="b"
        ),
    )
    assert (row["date"], row["date_precision"], row["date_basis"]) == ("2026-03-02", 1, "clause")
    assert (row["place"], row["place_precision"], row["country"], row["admin1"]) == ("Agadir", 1, "MA", "MA-09")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (41, 41, 41)
    assert (row["articles"], row["article_ids"], row["publishers"]) == (2, "a | b", "AFP | Reuters")
    assert row["notes"] == "Le 2 mars 2026, séisme à Agadir (Maroc) : 41 morts (AFP, Reuters)."


@pytest.mark.parametrize(
    ("other", "day"),
    [
        (happening("road_accident", place=("Agadir", AGADIR)), "2026-03-02"),
        (happening(place=("Lyon", LYON)), "2026-03-02"),
        (happening(day="2026-04-20", place=("Agadir", AGADIR)), "2026-04-21"),
        (happening(day="2010-03-02", place=("Agadir", AGADIR)), "2026-03-02"),
    ],
    ids=["another type", "another place", "another day", "long ago"],
)
def test_what_differs_is_another_event(other, day):
    first = article("2026-03-02", happening(place=("Agadir", AGADIR)))
    assert len(rows(first, article(day, other))) == 2


def test_a_bomb_is_an_explosion_to_one_and_an_attack_to_the_other():
    (row,) = rows(
        article("2026-03-02", happening("explosion", place=("Kaboul", KABUL))),
        article("2026-03-02", happening("attack", place=("Kaboul", KABUL))),
        article("2026-03-03", happening("attack", place=("Kaboul", KABUL))),
    )
    assert row["type"] == EventType.ATTACK


def test_two_attacks_of_one_week_stay_two():
    days = ("2026-03-02", "2026-03-05")
    assert len(rows(*(article(day, happening("attack", day, place=("Kaboul", KABUL))) for day in days))) == 2


def test_of_marches_in_a_country_the_country_says_nothing():
    france = ("France", {"country": "FR", "place_kind": "country"})
    one = happening("protest", place=france)
    assert len(rows(article("2026-03-02", one), article("2026-03-02", one))) == 2
    same = [article("2026-03-02", one, names=("Anne Roux", "Jean Blin")) for _ in range(2)]
    assert len(rows(*same)) == 1


def test_an_article_keeps_its_events_apart():
    place = ("Kaboul", KABUL)
    told = [happening("attack", place=place), happening("attack", "2026-03-01", place=place)]
    assert len(rows(article("2026-03-02", *told))) == 2


def test_a_follow_up_without_a_day_is_of_the_event_that_was_dated():
    place = ("Agadir", AGADIR)
    first = article("2026-03-02", happening(place=place, figures=[killed(36)]))
    later = article("2026-03-12", happening(day="2026-03-12", basis="publication", place=place, figures=[killed(52)]))
    (row,) = rows(first, later)
    assert (row["date"], row["killed_best"]) == ("2026-03-02", 52)


def test_the_background_of_two_articles_is_one_row():
    past = happening("explosion", "2001-09-21", place=("Toulouse", {"country": "FR", "place_kind": "city"}))
    now = [happening("fire", day, place=("Lyon", LYON)) for day in ("2026-03-02", "2026-06-01")]
    found = rows(*(article(one["day"], one, past) for one in now))
    assert [(row["type"], row["articles"]) for row in found] == [("explosion", 2), ("fire", 1), ("fire", 1)]
    assert len({row["story"] for row in found}) == 3


def test_what_is_recalled_says_nothing_against_who_tells_it():
    place = ("Agadir", AGADIR)
    told = article("2026-03-02", happening(place=place, figures=[killed(36)]))
    recalled = article(
        "2026-03-20", happening("flood", "2026-03-20"), happening(place=place, figures=[killed(40, text="40")])
    )
    quake = next(row for row in rows(told, recalled) if row["type"] == "earthquake")
    assert (quake["articles"], quake["killed_best"]) == (2, 36)


def test_an_arrest_is_of_the_story_of_its_attack():
    place = ("Lyon", LYON)
    first = article("2026-03-02", happening("attack", place=place))
    later = article("2026-03-03", happening("arrest", "2026-03-03", place=place), happening("attack", place=place))
    found = rows(first, later)
    assert [row["type"] for row in found] == ["attack", "arrest"]
    assert found[0]["story"] == found[1]["story"]


def test_a_toll_that_is_of_no_event_of_its_article_is_of_the_one_that_others_tell():
    first = article("2026-03-02", happening(place=("Agadir", AGADIR), figures=[killed(36)]), title="Séisme à Agadir")
    figure = killed(52, place="Agadir", place_id="e1", when_begin="2026-03-02", when_end="2026-03-02")
    entity = Entity(id="e1", name="Agadir", label="LOC", mention_count=1, **AGADIR)
    body = Article(text="…", id="b", published_at="2026-03-04", title="Agadir : 52 morts dans le séisme")
    (row,) = rows(first, Analysis(article=body, figures=(figure,), entities=(entity,)))
    assert (row["articles"], row["killed_best"]) == (2, 52)


@pytest.mark.parametrize(
    ("begin", "end", "basis", "precision", "words"),
    [
        ("2026-03-01", "2026-03-01", "clause", 1, "Le 1er mars 2026, séisme"),
        ("2026-03-01", "2026-03-01", "publication", 2, "Le 1er mars 2026, séisme"),
        ("2026-03-02", "2026-03-08", "clause", 2, "Entre le 2 mars 2026 et le 8 mars 2026, séisme"),
        ("2026-03-01", "2026-03-31", "clause", 3, "En mars 2026, séisme"),
        ("2010-01-01", "2010-12-31", "clause", 4, "En 2010, séisme"),
    ],
)
def test_precision_of_days(begin, end, basis, precision, words):
    (row,) = rows(article("2026-03-10", happening(day=begin, end=end, basis=basis)))
    assert (row["date"], row["date_end"], row["date_precision"]) == (begin, end, precision)
    assert row["notes"] == f"{words}."


@pytest.mark.parametrize(
    ("name", "known", "precision", "words"),
    [
        ("Le Havre", {"place_kind": "city", "country": "FR"}, 1, "séisme au Havre (France)"),
        ("Aude", {"place_kind": "department", "country": "FR"}, 2, "séisme (Aude, France)"),
        ("Maroc", {"place_kind": "country", "country": "MA"}, 3, "séisme (Maroc)"),
    ],
)
def test_precision_of_places(name, known, precision, words):
    (row,) = rows(article("2026-03-02", happening(place=(name, known))))
    assert row["place_precision"] == precision
    assert words in row["notes"]


def test_an_event_without_day_or_place_is_a_row_all_the_same():
    (row,) = rows(article("2026-03-02", happening(day=None)))
    assert row["notes"] == "Séisme."
    assert events([]).dtypes.equals(events([article("2026-03-02", happening())]).dtypes)
    assert list(events([]).columns) == list(COLUMNS)


def test_frames_and_folders_tell_the_same(tmp_path):
    corpus = [
        article("2026-03-02", happening(place=("Agadir", AGADIR), figures=[killed(36)]), source="AFP"),
        article("2026-03-03", happening(place=("Maroc", MOROCCO), figures=[killed(41)]), source="Reuters"),
    ]
    wanted = events(corpus)
    assert events(to_frames(corpus, text=True)).equals(wanted)
    write_tables(corpus, tmp_path / "out")
    assert events(tmp_path / "out")[["date", "place", "killed_best"]].equals(wanted[["date", "place", "killed_best"]])


def test_order_of_articles_does_not_matter_within_a_corpus():
    corpus = [
        article(f"2026-03-0{day}", happening(place=place, figures=[killed(30 + day)]), identity=f"a{day}")
        for day, place in ((2, ("Agadir", AGADIR)), (3, ("Maroc", MOROCCO)), (4, ("Agadir", AGADIR)))
    ]
    assert events(corpus).equals(events(corpus[::-1]))


def test_a_convention_that_is_none_is_refused():
    with pytest.raises(OptionError, match="acled"):
        events([], convention="gtd")


def test_articles_in_which_nobody_looked_are_told():
    unread = Analysis(article=Article(text="…", id="u"), meta={"not_analysed": ["events"]})
    with pytest.warns(UserWarning, match="events were not analysed in 1 of 1"):
        assert events([unread]).empty


def test_an_article_is_read_once():
    dossier = Dossier()
    one = article("2026-03-02", happening(place=("Agadir", AGADIR)), identity="a")
    assert (dossier.add([one]), dossier.add([one]), len(dossier)) == (1, 0, 1)


TRIPOLI = {"country": "LB", "geonameid": 266826, "latitude": 34.43, "longitude": 35.84, "place_kind": "city"}


def told_at(day, place, number, **fields):
    return article(day, happening("collapse", place=place, figures=[killed(number)]), **fields)


@pytest.mark.parametrize(
    ("quarter", "names"),
    [
        (("Tripoli", {"country": "LY", "place_kind": "quarter"}), ()),
        (("Kobbé", {"country": "LY", "place_kind": "quarter"}), ("Tripoli",)),
        (("Kobbé", {}), ("Tripoli",)),
    ],
    ids=["a namesake that no gazetteer has", "a quarter in the namesake's country", "a quarter of no country"],
)
def test_a_place_that_no_gazetteer_has_is_of_the_town_that_its_article_names(quarter, names):
    (row,) = rows(told_at("2026-03-02", ("Tripoli", TRIPOLI), 9), told_at("2026-03-03", quarter, 14, names=names))
    assert (row["articles"], row["place"], row["country"], row["killed_best"]) == (2, "Tripoli", "LB", 14)


def test_a_quarter_of_an_article_that_names_no_town_is_elsewhere():
    assert len(rows(told_at("2026-03-02", ("Tripoli", TRIPOLI), 9), told_at("2026-03-03", ("Kobbé", {}), 14))) == 2


def test_an_epidemic_begins_on_the_day_that_a_text_counts_from():
    first = article(
        "2026-03-05", happening("epidemic", day="2026-03-05", place=("Agadir", AGADIR), basis="publication")
    )
    later = happening("epidemic", day="2026-03-04", place=("Agadir", AGADIR)) | {"end": "2026-04-02"}
    (row,) = rows(first, article("2026-04-02", later))
    assert row["date"] == "2026-03-04"


@pytest.mark.model
def test_a_named_storm_is_one_event_wherever_it_passed(nlp):
    texts = [
        "Tempête Ingrid : un mort\n\nLa tempête Ingrid a balayé la Bretagne mardi. Un homme est mort à Pontivy.",
        "Ingrid : deux morts\n\nLe passage de la tempête Ingrid a fait deux morts. À Saint-Malo, la digue a cédé.",
        "Tempête Jorge : trois morts\n\nLa tempête Jorge a fait trois morts mercredi en Bretagne.",
    ]
    found = events(nlp(Article(id=str(n), text=text, published_at=f"2026-03-1{n}")) for n, text in enumerate(texts))
    told = [(row.name, row.place, row.killed_best, row.article_ids) for row in found.itertuples()]
    assert told == [("Ingrid", "Bretagne", 2, "0 | 1"), ("Jorge", "Bretagne", 3, "2")]


def test_sources_stand_behind_what_they_say():
    figures = [killed(36, source="mairie"), killed(90, event="injured", source="mairie"), killed(4, event="missing")]
    (row,) = rows(article("2026-03-02", happening(place=("Agadir", AGADIR), figures=figures)))
    assert row["notes"] == (
        "Le 2 mars 2026, séisme à Agadir (Maroc) : 36 morts, 90 blessés (source : mairie), 4 disparus."
    )
