"""TimeML: XML of the schema's attributes, the text as it stood, tags in its order."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from newsnlp import Analysis, Article, DateExpression, find_dates
from newsnlp.errors import ArticleError
from newsnlp.exports import to_timeml

# http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd, as far as it bears on TIMEX3.
TYPES = {"DATE", "TIME", "DURATION", "SET"}
MODS = {"BEFORE", "AFTER", "LESS_THAN", "MORE_THAN", "START", "MID", "END", "APPROX"}
ATTRIBUTES = {
    *(
        "tid",
        "type",
        "value",
        "mod",
        "temporalFunction",
        "functionInDocument",
        "anchorTimeID",
        "beginPoint",
        "endPoint",
    ),
    *("quant", "freq", "valueFromFunction"),
}
TEXT = "<b>Lundi</b> soir & « hier »,\r\nvers 18h30, il a plu du 3 au 7 mai\x00, deux ans, chaque jour. Deux jours plus tard, fin 2014."


def analysed(text, published="2016-06-08"):
    article = Article(text=text, published_at=published, title="Pluie & vent")
    return Analysis(article=article, dates=tuple(find_dates(text, published)), body_spans=((0, len(text)),))


def tags_of(document):
    """Return the tags of the text with where each stands in it, after checking what the schema asks."""
    root = ET.fromstring(document.encode())  # noqa: S314  # our own
    assert root.tag == "TimeML"
    assert [child.tag for child in root] == ["DOCID", "DCT", "TITLE", "TEXT"]
    ids = [tag.get("tid") for tag in root.iter("TIMEX3")]
    assert len(set(ids)) == len(ids)
    for tag in root.iter("TIMEX3"):
        assert set(tag.attrib) <= ATTRIBUTES
        assert tag.get("type") in TYPES
        assert tag.get("mod", "APPROX") in MODS
        assert re.fullmatch(r"[0-9XPTYMDWQHSUFAIEVNCLO:./-]+", tag.get("value"))
        assert {tag.get(name) for name in ("anchorTimeID", "beginPoint", "endPoint")} - {None} <= set(ids)
    body, found = root.find("TEXT"), []
    place = len(body.text or "")
    for tag in body:
        found.append((place, place + len(tag.text or ""), tag))
        place += len(tag.text or "") + len(tag.tail or "")
    return "".join(body.itertext()), found


def test_the_text_and_the_offsets_stay():
    analysis = analysed(TEXT)
    text, found = tags_of(to_timeml(analysis))
    assert text == TEXT.replace("\x00", "\ufffd")
    spans = [(start, end) for start, end, _ in found if start < end]
    assert spans == [(date.start, date.end) for date in analysis.dates]
    assert len(spans) == 8


def test_a_range_has_two_points():
    _, found = tags_of(to_timeml(analysed("Il a plu du 3 au 7 mai.")))
    duration, first, last = (tag for _, _, tag in found)
    assert (duration.get("type"), duration.get("beginPoint"), duration.get("endPoint")) == ("DURATION", "t1a", "t1b")
    assert [point.get("value") for point in (first, last)] == ["2016-05-03", "2016-05-07"]


def test_without_a_publication_date_there_is_a_value_all_the_same():
    document = to_timeml(analysed("Il est parti hier à 8 h, il y a deux heures.", None))
    assert '<TIMEX3 tid="t0" type="DATE" value="XXXX-XX-XX"' in document
    _, found = tags_of(document)
    assert [tag.get("value") for _, _, tag in found] == ["XXXX-XX-XX", "XXXX-XX-XXTXX:XX", "XXXX-XX-XXTXX:XX"]


def test_what_overlaps_is_marked_once_and_what_lies_outside_refused():
    first, second = (DateExpression(start=0, end=5, text="lundi", type="DATE", rule_id=rule) for rule in ("a", "b"))
    article = Article(text="lundi", published_at="2016-06-08", title="x")
    _, found = tags_of(to_timeml(Analysis(article=article, dates=(first, second))))
    assert len(found) == 1
    outside = DateExpression(start=3, end=9, text="di", type="DATE")
    with pytest.raises(ArticleError, match="outside"):
        to_timeml(Analysis(article=article, dates=(outside,)))
