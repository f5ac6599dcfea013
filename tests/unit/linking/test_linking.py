"""Which entities of several articles are one, and which only look alike."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from newsnlp import EntityLinks, LinkReason, link_entities, stories, to_frames, with_corpus_names, write_tables
from newsnlp.errors import ArticleError, LinksFormatError, OptionError, SourceError
from newsnlp.records import Analysis, Article, Entity, Topic

SPORT, POLITICS = ("medtop:15000000", "medtop:20001108"), ("medtop:11000000", "medtop:20000574")


def article(number, *entities, day="2019-03-01", topics=()):
    made = tuple(
        Entity(id=f"e{i}", mention_count=fields.pop("mention_count", 1), name=name, label=label, **fields)
        for i, (name, label, fields) in enumerate(((n, k, dict(f)) for n, k, f in entities), 1)
    )
    codes = tuple(Topic(code=code, name=code, level=i + 1, score=0.9) for i, code in enumerate(topics))
    return Analysis(article=Article(text="…", id=f"a{number}", published_at=day), entities=made, topics=codes)


def per(name, **fields):
    return name, "PER", fields


def org(name, **fields):
    return name, "ORG", fields


def loc(name, **fields):
    return name, "LOC", fields


BESIDE = per("Anne Roux"), org("Verdal")


def ids_of(*articles):
    table = link_entities(articles)
    return table["corpus_id"].tolist(), table["reason"].tolist()


def one(first, second, *more, **fields):
    """Whether the first entities of two articles are one, and why; `more` entities are in both."""
    ids, reasons = ids_of(article(1, first, *more, **fields), article(2, second, *more, **fields))
    place = 1 + len(more)
    return reasons[place] if ids[0] == ids[place] else None


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (per("Paul Durand"), per("Paul Durand"), "same_name"),
        (per("Paul Durand"), per("PAUL DURAND"), "same_name"),
        (per("Jean-Marc Éluard"), per("Jean Marc Eluard"), "same_name"),
        (per("Paul Durand"), per("Durand", aliases=("Paul Durand",)), "surname_in_article"),
        (per("Paul Durand"), per("Pierre Durand"), None),
        (per("Paul Durand"), per("Paule Durand"), None),
        (per("Paul Durand père"), per("Paul Durand fils"), None),
        (per("George H. W. Bush"), per("George W. Bush"), None),
        (per("Élisabeth II"), per("Jean-Paul II"), None),
        (per("Kim Jong-un"), per("Kim Jong-il"), None),
        (loc("Lyon", country="FR"), loc("Lyon", country="FR"), "same_name"),
        (loc("États-Unis", country="US"), loc("USA", country="US"), "known_name"),
        (loc("Valdoré", country="FR"), loc("Valdoré", country="CA"), None),
        (loc("rue de la Paix", country="FR"), loc("rue de la Paix", country="FR"), None),
        (loc("Valdoré", geonameid=1), loc("Valdoré-la-Forêt", geonameid=1), "geonameid"),
        (loc("Valdoré", geonameid=1, country="FR"), loc("Valdoré", geonameid=2, country="FR"), None),
        (org("Verdal"), org("Verdal"), "same_name"),
        (
            org("ministère de la Défense", country="FR"),
            org("Ministère de la Défense", country="FR"),
            "head_and_country",
        ),
        (org("ministère de la Défense", country="FR"), org("ministère de la Défense", country="US"), None),
        (org("ministère de la Défense", country="FR"), org("ministère de la Défense"), None),
        (org("Sénat", country="BI"), org("Sénat", country="CA"), None),
        (org("Daech"), org("État islamique"), "known_name"),
        (org("World Wrestling Federation", aliases=("WWF",)), org("WWF"), None),
        (per("Paul Durand", authority_id="p1"), per("Durand le Grand", authority_id="p1"), "authority"),
        (per("Paul Durand", wikidata="Q1"), per("Paul Durand", wikidata="Q2"), None),
        (per("Paul Durand", role_key="minister"), per("Paul Durand", role_key="athlete"), None),
        (per("Paul Martin", country="CA"), per("Paul Martin", country="FR"), None),
    ],
)
def test_two_names_alone(first, second, reason):
    assert one(first, second) == reason


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (per("Paul Durand"), per("Durand"), "only_bearer"),
        (per("Marine Le Guen"), per("Le Guen"), "only_bearer"),
        (per("Xi Jinping"), per("Xi"), "only_bearer"),
        (per("Paul Durand"), per("Paul"), None),
        (per("Paul Durand"), per("P. Durand"), "other_form"),
        (per("Gauthier Morvel"), per("Gautier Morvel"), "other_form"),
        (per("Paul Martin", country="CA"), per("Paul Martin", country="FR"), "same_name"),
        (org("Compagnie Vosgienne d'Eau", aliases=("CVE",)), org("CVE"), "acronym"),
        (org("CVE"), org("CVE"), "same_name"),
        (loc("rue de la Paix", country="FR"), loc("rue de la Paix", country="FR"), "same_name"),
    ],
)
def test_company_decides(first, second, reason):
    assert one(first, second, *BESIDE) == reason


@pytest.mark.parametrize(
    ("first", "second"),
    [(per("Paul Durand"), per("Durand")), (per("Paul Durand"), per("P. Durand")), (org("CVE"), org("CVE"))],
)
def test_likeness_alone_joins_nothing(first, second):
    assert one(first, second) is None


def test_a_surname_needs_days_and_subjects():
    full, bare = per("Paul Durand"), per("Durand")
    near = article(1, full, topics=POLITICS), article(2, bare, topics=POLITICS, day="2019-03-20")
    assert ids_of(*near)[1] == ["first", "only_bearer"]
    late = article(1, full, topics=POLITICS), article(2, bare, topics=POLITICS, day="2020-03-20")
    assert ids_of(*late)[1] == ["first", "first"]


def test_of_a_family_the_one_in_the_news_is_meant():
    news = [article(n, per("Paul Durand"), *BESIDE) for n in range(6)]
    wife = article(6, per("Rose Durand"), per("Paul Durand"), *BESIDE)
    table = link_entities([*news, wife, article(7, per("Durand"), *BESIDE)])
    assert table.iloc[-3]["name"] == "Paul Durand"
    table = link_entities([news[0], wife, article(7, per("Durand"), *BESIDE)])
    assert table.iloc[-3]["name"] == "Durand"


def test_a_family_is_none_of_its_members():
    brothers = article(1, per("Durand"), per("Paul Durand"), per("Jean Durand"), *BESIDE)
    table = link_entities([brothers, article(2, per("Paul Durand"), *BESIDE)])
    assert table["name"].tolist()[0] == "Durand"


def test_what_one_article_keeps_apart_stays_apart():
    ids, _ = ids_of(article(1, per("Jean Durand"), per("J. Durand"), *BESIDE), article(2, per("J. Durand"), *BESIDE))
    assert ids[0] != ids[1]


def test_frames_folders_and_analyses_say_the_same(tmp_path):
    corpus = [article(1, per("Paul Durand"), *BESIDE), article(2, per("Durand"), *BESIDE)]
    wanted = link_entities(corpus)
    assert wanted["reason"].tolist() == ["first", "first", "first", "only_bearer", "same_name", "same_name"]
    pd.testing.assert_frame_equal(link_entities(to_frames(corpus)), wanted)
    write_tables(corpus, tmp_path)
    pd.testing.assert_frame_equal(link_entities(tmp_path), wanted)
    assert set(wanted["reason"]) <= set(LinkReason)


def test_no_articles():
    assert link_entities([]).empty
    assert list(link_entities([])) == list(link_entities([article(1, *BESIDE)]))


@pytest.mark.parametrize("bad", ["links", {}, 3])
def test_links_are_entity_links(bad):
    with pytest.raises(OptionError, match="EntityLinks"):
        link_entities([], bad)


TODAY = article(1, per("Durand"), *BESIDE), article(2, org("CVE"), *BESIDE)
TOMORROW = article(3, per("Paul Durand"), org("Compagnie Vosgienne d'Eau", aliases=("CVE",)), *BESIDE)


def test_tomorrow_joins_yesterday_and_ids_stay(tmp_path):
    links = EntityLinks()
    link_entities(TODAY, links)
    links.save(tmp_path / "links.jsonl")
    for known in (links, EntityLinks.load(tmp_path / "links.jsonl")):
        later = link_entities(TOMORROW, known)
        assert later["corpus_id"].tolist() == ["c3", "c4", "c1", "c2"]
        assert [(join.corpus_id, join.reason) for join in known.joins()] == [("c3", "only_bearer"), ("c4", "acronym")]
        names = known.table().set_index("corpus_id")
        assert names.loc["c3", "name"] == "Paul Durand"
        assert names.loc["c4", "name"] == "Compagnie Vosgienne d'Eau"
        assert names.loc["c1", "articles"] == 3
        assert len(known) == len(names)


def test_an_article_counts_once():
    links = EntityLinks()
    first = link_entities(TODAY, links)
    again = link_entities(TODAY, links)
    assert first["corpus_id"].tolist() == again["corpus_id"].tolist()
    assert links.table()["articles"].tolist() == [2, 2, 1, 1]


def test_a_place_known_by_name_gets_its_id():
    links = EntityLinks()
    link_entities([article(1, loc("Valdoré", country="FR"))], links)
    link_entities([article(2, loc("Valdoré-la-Forêt", country="FR", geonameid=7))], links)
    link_entities([article(3, loc("Valdoré", country="FR", geonameid=7))], links)
    assert [(join.corpus_id, join.joined) for join in links.joins()] == [("c1", "c2")]


def test_what_is_loaded_answers_alike(tmp_path):
    corpus = [article(n, per(f"Paul Durand{n % 3}"), *BESIDE, loc("Lyon", country="FR")) for n in range(9)]
    links = EntityLinks()
    link_entities(corpus, links)
    links.save(tmp_path / "links")
    loaded = EntityLinks.load(tmp_path / "links")
    pd.testing.assert_frame_equal(links.table(), loaded.table())
    fresh = article(99, per("Durand1"), *BESIDE)
    pd.testing.assert_frame_equal(link_entities(fresh, links), link_entities(fresh, loaded))


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[:-1],
        lambda lines: [*lines, "[]"],
        lambda lines: ["{}", *lines[1:]],
        lambda lines: [lines[0].replace('"version": 1', '"version": 2'), *lines[1:]],
        lambda lines: [lines[0].replace('"names": 4', '"names": 1e9'), *lines[1:]],
        lambda lines: [lines[0], lines[0], *lines[2:]],
        lambda lines: [line.replace("17956.0", "NaN") for line in lines],
        lambda lines: [line.replace('"PER"', '"XXX"') for line in lines],
        lambda lines: [line.replace(", 0]", ", 99]") for line in lines],
        lambda lines: [*lines[:-1], "[" * 100_000],
        lambda lines: [*lines[:-1], '["' + "a" * 2**21 + '"]'],
    ],
)
def test_damaged_files_are_one_error(tmp_path, damage):
    links = EntityLinks()
    link_entities(TODAY, links)
    path = tmp_path / "links.jsonl"
    links.save(path)
    lines = path.read_text(encoding="ascii").splitlines()
    changed = damage(list(lines))
    assert changed != lines
    path.write_text("\n".join(changed) + "\n", encoding="ascii")
    with pytest.raises(LinksFormatError):
        EntityLinks.load(path)


def test_files_that_are_none(tmp_path):
    with pytest.raises(LinksFormatError):
        EntityLinks.load(tmp_path)
    with pytest.raises(LinksFormatError):
        EntityLinks.load(tmp_path / "none")
    with pytest.raises(SourceError):
        EntityLinks().save(tmp_path / "none" / "links")


def test_saved_files_are_json_lines(tmp_path):
    links = EntityLinks()
    link_entities(article(1, per("Zoé \ud800Durand")), links)
    links.save(tmp_path / "links")
    lines = (tmp_path / "links").read_text(encoding="ascii").splitlines()
    assert json.loads(lines[0])["format"] == "newsnlp-links"
    assert len(EntityLinks.load(tmp_path / "links")) == 1


def test_records_under_the_names_of_the_corpus():
    first, second = (
        article(1, per("Paul Sorel"), *BESIDE),
        article(2, per("Sorel", aliases=("M. Sorel", "Paul Sorel"), country="FR"), *BESIDE),
    )
    one, other = with_corpus_names([first, second])
    assert one is not first
    assert one == first
    assert [entity.name for entity in other.entities] == ["Paul Sorel", "Anne Roux", "Verdal"]
    assert other.entities[0].aliases == ("Sorel", "M. Sorel")
    assert other.entities[0].country == "FR"
    assert other.entities[1:] == second.entities[1:]


def test_names_of_yesterday_are_kept_for_today():
    links = EntityLinks()
    with_corpus_names(article(1, per("Paul Sorel"), *BESIDE), links)
    (today,) = with_corpus_names(article(2, per("Sorel"), *BESIDE), links)
    assert today.entities[0].name == "Paul Sorel"


def test_what_cannot_be_named_is_told():
    with pytest.raises(OptionError, match=r"give EntityLinks\(\)"):
        with_corpus_names([], links="noms.jsonl")
    with pytest.raises(ArticleError, match="accepted: Analysis"):
        with_corpus_names(["Macron"])
    broken = Analysis(
        article=Article(text="…", id="b"), entities=(Entity(id="e1", name=3, label="PER", mention_count=1),)
    )
    with pytest.raises(ArticleError, match="the records of article 'b' cannot be read"):
        with_corpus_names([broken])


def test_a_story_tells_who_is_in_it_by_one_name():
    text = "Le séisme de Demnate, au Maroc, a fait des morts dans la province d’Azilal."
    told = [
        Analysis(article=Article(text=text, id=f"s{n}", published_at="2026-02-03"), entities=made.entities)
        for n, made in enumerate((article(1, per("Paul Sorel"), *BESIDE), article(2, per("Sorel"), *BESIDE)))
    ]
    other = article(3, org("Banque de France"))
    (story,) = stories([*told, other])
    assert story.entities == ("Anne Roux", "Paul Sorel", "Verdal")
