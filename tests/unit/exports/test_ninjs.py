"""The ninjs 3.0 object: only properties of the schema, each of its type, and topics as subjects."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from newsnlp import Analysis, Article, Entity, Topic
from newsnlp.records import Label

# The rules of https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json that bear on what is written here.
TOP = {
    "uri": str, "type": str, "representationType": str, "language": str, "standard": dict, "contentCreated": str,
    "title": str, "headlines": list, "by": str, "infoSources": list, "bodies": list, "people": list,
    "organisations": list, "places": list, "subjects": list,
}  # fmt: skip
CONCEPT = {"name": str, "rel": str, "uri": str, "literal": str, "contactInfo": list}
INSIDE: dict[str, dict] = {
    "headlines": {"role": str, "contentType": str, "value": str},
    "bodies": {"role": str, "contentType": str, "charCount": int, "wordCount": int, "value": str},
    "people": CONCEPT,
    "organisations": CONCEPT | {"symbols": list},
    "places": CONCEPT | {"geojson": dict},
    "infoSources": {"name": str, "role": str, "uri": str, "literal": str, "contactInfo": list},
    "subjects": {
        "name": str, "rel": str, "uri": str, "literal": str, "creator": str, "relevance": int, "confidence": int,
    },
}  # fmt: skip
URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+", re.IGNORECASE)


def check(item):
    """Fail where `item` breaks a rule of the schema."""
    assert set(item) <= set(TOP)
    assert URI.fullmatch(item["uri"])
    assert item["type"] == "text"
    assert item["representationType"] in ("full", "partial")
    for name, value in item.items():
        assert type(value) is TOP[name], name
    for name, fields in INSIDE.items():
        for row in item.get(name, []):
            assert set(row) <= set(fields)
            for key, value in row.items():
                assert type(value) is fields[key], (name, key)
            if "uri" in row:
                assert URI.fullmatch(row["uri"])
            for contact in row.get("contactInfo", []):
                assert ("value" in contact) != ("address" in contact)
                assert set(contact) <= {"type", "role", "lang", "name", "value", "address"}
                assert set(contact.get("address", {})) <= {"lines", "locality", "area", "postalCode", "country"}
            for key in ("relevance", "confidence"):
                assert 0 <= row.get(key, 0) <= 100
    assert set(item["standard"]) == {"name", "version", "schema"}
    if "contentCreated" in item:
        assert datetime.fromisoformat(item["contentCreated"]).tzinfo is not None
    for row in [*item.get("headlines", []), *item["bodies"]]:
        assert "value" in row
    json.dumps(item, allow_nan=False)


ARTICLE = Article(
    id="a 1/é",
    text="Le PSG a gagné à Lyon.",
    title="Victoire",
    published_at="2026-01-12T09:40:00+01:00",
    source="Agence Atlas",
    author="Chia",
)
TOPICS = (
    Topic(code="medtop:15000000", name="Sport", level=1, score=0.9),
    Topic(code="medtop:08000000", name="Gens animaux insolite", level=1, score=0.45),
    Topic(code="medtop:20001108", name="Évènement sportif", level=2, score=0.8),
)
ENTITIES = (
    Entity(id="e1", name="PSG", label=Label.ORG, mention_count=1),
    Entity(id="e2", name="Lyon", label=Label.LOC, mention_count=1, country="FR"),
    Entity(id="e3", name="Jean Dupont", label=Label.PER, mention_count=1),
    Entity(id="e4", name="Joconde", label=Label.MISC, mention_count=1),
)


def full():
    return Analysis(
        article=ARTICLE, topics=TOPICS, entities=ENTITIES, body_spans=((0, 22),), meta={"newsnlp": "1.2.3"}
    ).to_ninjs()


def test_everything():
    item = full()
    check(item)
    assert item["uri"] == "urn:newsnlp:article:a%201/%C3%A9"
    assert item["contentCreated"] == "2026-01-12T09:40:00+01:00"
    assert item["by"] == "Chia"
    assert [row["name"] for row in item["people"]] == ["Jean Dupont"]
    assert [row["name"] for row in item["organisations"]] == ["PSG"]
    assert item["places"] == [
        {"name": "Lyon", "literal": "e2", "contactInfo": [{"type": "address", "address": {"country": "FR"}}]}
    ]
    assert item["bodies"][0]["wordCount"] == 6


def test_topics_are_subjects():
    sport, people, event = full()["subjects"]
    assert sport["uri"] == "http://cv.iptc.org/newscodes/mediatopic/15000000"
    assert (sport["rel"], people["rel"], event["rel"]) == ("ancestor", "direct", "direct")
    assert (sport["confidence"], sport["relevance"]) == (90, 100)
    assert (people["confidence"], people["relevance"]) == (45, 50)
    assert sport["creator"] == "newsnlp 1.2.3"


def test_a_newsroom_s_own_label_has_no_address():
    topic = Topic(code="Faits divers", name="Faits divers", level=1, score=1.0)
    item = Analysis(article=ARTICLE, topics=(topic,)).to_ninjs()
    check(item)
    assert item["subjects"][0]["literal"] == "Faits divers"
    assert "uri" not in item["subjects"][0]


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://exemple.fr/a?b=1", "https://exemple.fr/a?b=1"),
        ("https://exemple.fr/a b", "urn:newsnlp:article:x"),
        ("exemple", "urn:newsnlp:article:x"),
        (None, "urn:newsnlp:article:x"),
    ],
)
def test_address(url, uri):
    assert Analysis(article=Article(id="x", text="", url=url)).to_ninjs()["uri"] == uri


def test_nothing_found():
    item = Analysis(article=Article(text="", published_at="2026-01-12")).to_ninjs()
    check(item)
    # No time zone: the schema accepts no such date.
    assert "contentCreated" not in item
    assert not {"subjects", "people", "places", "organisations", "headlines"} & set(item)


@pytest.mark.model
def test_a_real_analysis(sample_analysis):
    item = sample_analysis.to_ninjs()
    check(item)
    assert item["subjects"]
    assert item["places"]
