"""Files of news agencies: NewsML 1.2, NewsML-G2, NITF; and XML that is none of what is read."""

from __future__ import annotations

import time

import pytest

from newsnlp.corpus import Failure, FailureKind, read_source
from newsnlp.errors import SourceError
from newsnlp.ingest.articles import read_article
from newsnlp.records import Article

P = ["Douze maisons ont été inondées lundi à Méral.", "Le pont est fermé, selon la préfecture."]
XHTML = "".join(f"<p>{part}</p>" for part in P)
TEXT = "\n".join(P)
NITF = f"""<nitf><head><title>x</title><docdata><doc-id id-string="n:1" regsrc="Agence"/><urgency ed-urg="3"/><date.issue norm="20250203T073000+0100"/></docdata><pubdata name="La Feuille" position.section="Région" position.sequence="4"/></head><body><body.head><hedline><hl1>Crue à Méral</hl1><hl2>Un pont fermé</hl2></hedline><byline>Par <person>Léa Ostrel</person></byline><dateline><location>Méral</location></dateline></body.head><body.content><block>{XHTML}</block></body.content></body></nitf>"""


def read(tmp_path, content, name="a.xml"):
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    source = read_source(tmp_path / name)
    return list(source), source


def first_newsml(*items):
    return f'<?xml version="1.0" encoding="UTF-8"?><NewsML Version="1.2"><Catalog Href="x"/><NewsEnvelope><DateAndTime>20250203T080000Z</DateAndTime></NewsEnvelope>{"".join(items)}</NewsML>'


def news_item(number, body, dates="<ThisRevisionCreated>20250203T073000+0100</ThisRevisionCreated>"):
    return f"""<NewsItem><Identification><NewsIdentifier><ProviderId>agence.example</ProviderId><DateId>20250203</DateId><NewsItemId>x{number}</NewsItemId><PublicIdentifier>urn:x:{number}</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20250203T060000Z</FirstCreated>{dates}<Urgency FormalName="4"/></NewsManagement><NewsComponent xml:lang="fr"><NewsLines><HeadLine>Crue à Méral</HeadLine><SlugLine>météo-crue</SlugLine><ByLine>Par Léa Ostrel</ByLine><DateLine>Méral</DateLine><CreditLine>Agence</CreditLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="Agence"/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="fr"/><SubjectCode><Subject FormalName="03000000"/></SubjectCode></DescriptiveMetadata>{body}</NewsComponent></NewsItem>"""


CONTENT = f"<ContentItem><MediaType FormalName='Text'/><DataContent>{XHTML}</DataContent></ContentItem>"
BODIES = {
    "content": CONTENT,
    "content in a component": f"<NewsComponent><Role FormalName='Main'/>{CONTENT}</NewsComponent>",
    "NITF": f"<ContentItem><Format FormalName='NITF'/><DataContent>{NITF}</DataContent></ContentItem>",
    "plain text": f"<ContentItem><DataContent>{TEXT}</DataContent></ContentItem>",
    "XHTML as characters": f"<ContentItem><DataContent><![CDATA[{XHTML}]]></DataContent></ContentItem>",
}


@pytest.mark.parametrize("kind", BODIES)
def test_newsml_1(tmp_path, kind):
    (found,), _ = read(tmp_path, first_newsml(news_item(1, BODIES[kind])))
    assert (found.id, found.title, found.author, found.source) == ("urn:x:1", "Crue à Méral", "Léa Ostrel", "Agence")
    assert (found.text, found.published_at.isoformat()) == (TEXT, "2025-02-03T07:30:00+01:00")
    told = {
        "slugline": "météo-crue",
        "dateline": "Méral",
        "creditline": "Agence",
        "urgency": "4",
        "subjects": "03000000",
    }
    assert told.items() <= found.extra.items()


def test_newsml_1_with_pictures_several_items_and_several_articles(tmp_path):
    picture = "<NewsComponent><Role FormalName='Picture'/><ContentItem><MediaType FormalName='Photo'/><DataContent><p>Le pont.</p></DataContent></ContentItem></NewsComponent>"
    several = "".join(
        f"<NewsComponent><NewsLines><HeadLine>Titre {n}</HeadLine></NewsLines><NewsComponent>{CONTENT.replace('Douze', str(n))}</NewsComponent></NewsComponent>"
        for n in (1, 2)
    )
    items, _ = read(tmp_path, first_newsml(news_item(1, CONTENT + picture), news_item(2, several, dates="")))
    assert [(item.title, item.text.split()[0]) for item in items] == [
        ("Crue à Méral", "Douze"),
        ("Titre 1", "1"),
        ("Titre 2", "2"),
    ]
    assert [item.id for item in items] == ["urn:x:1", "urn:x:2", "urn:x:2#2"]
    assert items[0].extra["caption"] == "Le pont."
    assert items[1].published_at.isoformat() == "2025-02-03T06:00:00+00:00"


def g2_item(number=1, content=None, kind="text"):
    content = (
        f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{XHTML}</body></html></inlineXML>'
        if content is None
        else content
    )
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:{number}" version="2" xml:lang="fr"><rightsInfo><copyrightHolder literal="Agence"/></rightsInfo><itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:AG"><name>Agence</name></provider><versionCreated>2025-02-03T07:30:00+01:00</versionCreated><firstCreated>2025-02-03T06:00:00Z</firstCreated></itemMeta><contentMeta><urgency>4</urgency><contentCreated>2025-02-03T05:00:00Z</contentCreated><language tag="fr"/><subject qcode="medtop:03000000"><name xml:lang="fr">crue</name></subject><subject qcode="medtop:20000150"/><slugline>météo</slugline><headline>Crue à Méral</headline><dateline>Méral</dateline><by>Léa Ostrel</by><creditline>Agence</creditline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*items):
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2025-02-03T08:00:00Z</sent></header><itemSet>{"".join(items)}</itemSet></newsMessage>'


@pytest.mark.parametrize("wrap", [lambda item: item, message], ids=["alone", "in a message"])
@pytest.mark.parametrize(
    "content",
    [
        None,
        f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>',
        f'<inlineData contenttype="text/plain">{TEXT}</inlineData>',
    ],
    ids=["XHTML", "NITF", "plain text"],
)
def test_newsml_g2(tmp_path, wrap, content):
    (found,), _ = read(tmp_path, wrap(g2_item(content=content)))
    assert (found.id, found.title, found.author, found.source) == ("urn:x:1", "Crue à Méral", "Léa Ostrel", "Agence")
    assert (found.text, found.published_at.isoformat()) == (TEXT, "2025-02-03T07:30:00+01:00")
    told = {"slugline": "météo", "dateline": "Méral", "urgency": "4", "subjects": "crue, 20000150", "version": "2"}
    assert told.items() <= found.extra.items()


def test_packages_and_pictures_are_counted(tmp_path):
    items, source = read(tmp_path, message('<packageItem guid="p"/>', g2_item(), g2_item(2, "", "picture")))
    assert [item.id for item in items] == ["urn:x:1"]
    assert source.notes.warnings() == ("left out, as no article: 1 items of type picture, 1 packages",)
    (only,), _ = read(tmp_path, '<packageItem xmlns="x" guid="p"/>')
    assert only.kind is FailureKind.INPUT_BROKEN


def test_nitf_alone(tmp_path):
    (found,), _ = read(tmp_path, NITF.replace("</hedline>", "</hedline><abstract><p>Le chapô.</p></abstract>"))
    assert (found.id, found.title, found.author, found.source) == ("n:1", "Crue à Méral", "Léa Ostrel", "La Feuille")
    assert (found.text, found.published_at.isoformat()) == ("Le chapô.\n" + TEXT, "2025-02-03T07:30:00+01:00")
    assert {"section": "Région", "page": "4", "subtitle": "Un pont fermé"}.items() <= found.extra.items()
    assert read_article(NITF.encode()).title == "Crue à Méral"


def test_one_broken_item_costs_itself(tmp_path):
    whole = [news_item(n, CONTENT) for n in range(5)]
    whole[1] = whole[1].replace("</HeadLine>", "</Headline>")
    whole[3] = whole[3].replace("Méral</HeadLine>", "Méral & co</HeadLine>")
    items, _ = read(tmp_path, first_newsml(*whole))
    assert [isinstance(item, Failure) for item in items] == [False, True, False, True, False]
    cut, _ = read(tmp_path, first_newsml(*whole[:1])[:-300])
    assert [item.kind for item in cut if isinstance(item, Failure)] == [FailureKind.INPUT_BROKEN]


def test_bytes_and_references(tmp_path):
    item = news_item(1, CONTENT.replace("Douze", "L&rsquo;eau&nbsp;: douze")).replace("Crue à", "Crue &agrave;")
    declared = (
        first_newsml(item).replace("UTF-8", "ISO-8859-1").encode("cp1252").replace(b"inond\xe9es", b"inond\xe9es \x80")
    )
    (found,), _ = read(tmp_path, declared)
    assert found.title == "Crue à Méral"
    assert found.text.split("\n")[0] == "L’eau\u00a0: douze maisons ont été inondées € lundi à Méral."
    (found,), _ = read(tmp_path, first_newsml(item).encode().replace("été".encode(), b"\xe9t\xc3\xa9"))
    assert "\ufffdté" in found.text
    assert found.warnings == ("2 bytes or characters of the file that XML does not allow were replaced",)
    (found,), _ = read(tmp_path, first_newsml(item).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert found.title == "Crue à Méral"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<!DOCTYPE html><html><body><p>Page introuvable.</p></body></html>", "is an HTML page, no XML; accepted: RSS.*Hint: name it .html"),
        ('<?xml version="1.0"?><svg><g/></svg>', "is XML with the root <svg>, which no format here has; accepted: RSS"),
        ("<NewsML><NewsItem", "is no well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;">]><nitf><body>&c;</body></nitf>', "declares XML entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><nitf><body>&b;</body></nitf>', "declares XML entities"),
    ],
)  # fmt: skip
def test_what_is_none_of_these_is_refused(tmp_path, content, told):
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        list(read_source(tmp_path / "a.xml"))


def test_depth_is_bounded_and_time_is_linear(tmp_path):
    deep = first_newsml(news_item(1, "<NewsComponent>" * 5_000), news_item(2, CONTENT))
    items, _ = read(tmp_path, deep)
    assert [type(item) for item in items] == [Failure, Article]

    def cost(count):
        start = time.process_time()
        read(tmp_path, first_newsml(*[news_item(n, CONTENT.replace("</p>", "</q>")) for n in range(count)]))
        return time.process_time() - start

    cost(20)
    assert cost(1_600) < 12 * max(0.05, cost(400))


def test_a_folder_goes_on_after_xml_of_no_kind(tmp_path):
    (tmp_path / "a.xml").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "b.xml").write_text(NITF, encoding="utf-8")
    failure, article = read_source(tmp_path)
    assert (failure.article_id, failure.kind) == ("a.xml", FailureKind.BAD_RECORD)
    assert article.title == "Crue à Méral"
