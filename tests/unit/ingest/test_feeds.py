"""Feeds as people meet them: broken XML, wrong encodings, fields of every dialect."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime

import pytest

from newsnlp.errors import SourceError
from newsnlp.ingest.archives.feeds import plain_text
from newsnlp.ingest.failures import Failure
from newsnlp.ingest.sources import read_source

BODY = "Deux skieurs ont été blessés près d'Arvel, a indiqué la gendarmerie."


@pytest.fixture
def read(tmp_path):
    def articles(content, name="flux.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_source(path).articles())

    return articles


def item(text=BODY, title="Avalanche", more=""):
    return f"<item><title>{title}</title><guid>g1</guid><description>{text}</description>{more}</item>"


def rss(*items, head='<?xml version="1.0"?>\n', spaces=""):
    return f"{head}<rss version='2.0' {spaces}><channel><title>Le Relais</title>{''.join(items)}</channel></rss>"


def entry(more="", content=f"<content>{BODY}</content>"):
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Le Relais</title>'
        f"<entry><id>e1</id><title>Avalanche</title>{more}{content}</entry></feed>"
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("L'&Eacute;tat &amp; la r&eacute;gion&nbsp;: 3&#160;&euro;", "L'État & la région\xa0: 3\xa0€"),
        ("Arvel & Cie, R&D, A&B; C&", "Arvel & Cie, R&D, A&B; C&"),
        ("<![CDATA[Arvel & Cie &eacute;lue]]>", "Arvel & Cie élue"),
        ("l&#146;alerte", "l’alerte"),
        ("a<!-- & -->b", "ab"),
        ("Premier.<br>Second <b>point</b>.", "Premier.\nSecond point."),
    ],
)
def test_text_with_small_mistakes_is_read(read, given, wanted):
    (found,) = read(rss(item(given)))
    assert found.text == wanted


def test_an_item_read_by_its_tags_alone_says_so(read):
    found = read(rss(item("Un.<br>Deux."), item("Trois.")))
    assert [part.text for part in found] == ["Un.\nDeux.", "Trois."]
    assert "not well-formed" in found[0].warnings[0]
    assert found[1].warnings == ()


@pytest.mark.parametrize(
    "before",
    [
        "\n\n  ",
        "\ufeff",
        "\ufeff\n",
        "<br />\n<b>Warning</b>: Undefined index in flux.php on line 12<br />\n",
        "ok\n<!-- <rss> -->",
    ],
)
@pytest.mark.parametrize("name", ["flux.xml", "flux.php", "flux.txt"])
def test_what_stands_before_the_declaration_is_left_out(read, before, name):
    assert [found.text for found in read(before + rss(item()), name)] == [BODY]


@pytest.mark.parametrize(
    ("declared", "written", "warned"),
    [
        ("ISO-8859-1", "cp1252", False),
        ("windows-1252", "cp1252", False),
        ("ISO-8859-15", "iso-8859-15", False),
        ("iso-8859-1", "utf-8", False),
        ("us-ascii", "utf-8", False),
        ("UTF-8", "cp1252", True),
        ("unicode_escape", "utf-8", False),
        ("utf-16", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("utf-8", "utf-16-le", False),
        ("x-inconnu", "cp1252", True),
    ],
)
def test_what_the_bytes_are_goes_before_what_is_declared(read, declared, written, warned):
    text = "L'œuvre coûte 2 M€ à l'Été"
    found = read(rss(item(text), head=f'<?xml version="1.0" encoding="{declared}"?>').encode(written))
    assert [part.text for part in found] == [text]
    assert bool(found[0].warnings) is warned


def test_a_wrong_byte_costs_nothing_and_is_told_where_it_stands(read):
    data = rss(item("Un été."), item("Deux étés.")).encode().replace("Deux é".encode(), b"Deux \xe9")
    first, second = read(data)
    assert (first.text, first.warnings) == ("Un été.", ())
    assert second.text == "Deux étés."
    assert second.warnings == ("1 bytes are not of the encoding that the feed declares: read as Windows-1252",)


def test_control_characters_are_left_out_and_told(read):
    (found,) = read(rss(item("Un\x0b ré\x02cit&#8;.")))
    assert found.text == "Un récit."
    assert found.warnings == ("3 control characters, which no XML may hold, are left out",)


def test_an_item_that_a_damaged_tag_joins_to_the_one_before_is_told(read):
    first, second = "<content>Un.</content><id>a</id>", "<content>Deux.</content><id>b</id>"
    data = f"<feed><entry>{first}</entryd>{second}</entry><entry><content>Trois.</content><id>c</id></entry></feed>"
    found = read(data)
    assert [one.text for one in found if not isinstance(one, Failure)] == ["Un.", "Trois."]
    assert ["ran into the item before" in one.reason for one in found if isinstance(one, Failure)] == [True]


def test_items_behind_a_comment_that_is_not_closed_are_read(read):
    data = rss(item("Un."), item("Deux. <!-- "), item("Trois."), item("Quatre."))
    found = read(data)
    assert [one.text for one in found if not isinstance(one, Failure)][-2:] == ["Trois.", "Quatre."]


def test_items_within_a_comment_are_told(read):
    data = rss(item("Un."), f"<!-- {item('Deux.')}{item('Trois.')} -->", item("Quatre."))
    found = read(data)
    assert [one.text for one in found if not isinstance(one, Failure)] == ["Un.", "Quatre."]
    assert sum(isinstance(one, Failure) for one in found) == 2


def test_entities_of_one_character_are_read_and_others_refused(read):
    doctype = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://x/rss.dtd" [{}]>'
    harmless = doctype.format('<!ENTITY nbsp "&#160;"> <!ENTITY moins \'-\'><!ENTITY inf "&#60;">')
    (found,) = read(rss(item("2&nbsp;&moins;&nbsp;1 &inf; 3"), head=harmless))
    assert found.text == "2\xa0-\xa01 < 3"
    assert [part.text for part in read(rss(item(), head=doctype.format("")))] == [BODY]
    for harmful in (
        '<!ENTITY a "xx">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a "x">',
        '<!ENTITY a "&b;">',
        '<!ENTITY a "">',
    ):
        with pytest.raises(SourceError, match=r"declares XML entities.*Hint: delete"):
            read(rss(item("&a;"), head=doctype.format(harmful)))


def test_a_web_page_is_named(read):
    page = "<!DOCTYPE html><html><head><title>Erreur 404</title></head><body><p>Introuvable.</p></body></html>"
    with pytest.raises(SourceError, match=r"flux.rss is no RSS or Atom feed: an HTML page \('Erreur 404'\)"):
        read(page, "flux.rss")


def test_blocks_of_xhtml_stand_on_lines_of_their_own(read):
    markup = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Un &amp; deux\n  blessés.</p><script>a &lt; 12</script><p>Fin <b>là</b>.</p></div>'
    (found,) = read(entry(content=f'<content type="xhtml">{markup}</content>'))
    assert found.text == "Un & deux blessés.\nFin là."
    (found,) = read(
        entry(content=f'<content type="xhtml">{markup}</content>'.replace("<p>", "<h:p>").replace("</p>", "</h:p>"))
    )
    assert found.text == "Un & deux blessés.\nFin là."


def test_scripts_and_captions():
    page = "<p>Un.</p><style>p{}</style><figure><img src='x'/><figcaption>Photo : A. B.</figcaption></figure><p>Deux<o:p></o:p>.</p>"
    assert plain_text(page) == "Un.\nPhoto : A. B.\nDeux."


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ('<link rel="self" href="https://a/self"/><link rel="alternate" href="https://a/alt"/>', "https://a/alt"),
        ('<link href="https://a/x"/><link rel="enclosure" href="https://a/son.mp3"/>', "https://a/x"),
        ('<link rel="enclosure" href="https://a/son.mp3"/><link rel="replies" href="https://a/c"/>', None),
        ('<link rel="self" href="https://a/self"/>', "https://a/self"),
        ('<link rel="alternate" href="/2024/arvel"/>', "/2024/arvel"),
        (
            '<link rel="alternate" type="application/json" href="https://a/j"/><link type="text/html" href="https://a/page"/>',
            "https://a/page",
        ),
    ],
)
def test_the_address_is_that_of_the_article(read, links, url):
    assert read(entry(links))[0].url == url


def test_the_medium_that_an_item_names_goes_before_the_feed(read):
    more = '<source url="https://relais.example">La Vigie</source>'
    listed = item(
        '&lt;a href="x"&gt;Avalanche à Arvel&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font&gt;La Vigie&lt;/font&gt;',
        "Avalanche à Arvel - La Vigie",
        more,
    )
    (found,) = read(rss(listed))
    assert (found.source, found.title, found.text) == ("La Vigie", "Avalanche à Arvel", "Avalanche à Arvel")
    (found,) = read(entry("<source><id>x</id><title>La Vigie</title></source>"))
    assert (found.source, found.title) == ("La Vigie", "Avalanche")
    assert read(rss(item(title="Avalanche - La Vigie")))[0].title == "Avalanche - La Vigie"


def test_the_fullest_text_the_first_date_and_every_author(read):
    more = (
        "<content:encoded><![CDATA[<p>Le texte entier.</p>]]></content:encoded><dc:date>2024-03-12T07:30:00Z</dc:date>"
        "<dc:creator>Lucie Hamel</dc:creator><dc:creator><![CDATA[Paul Serre]]></dc:creator>"
        "<category>Montagne</category><category>Faits divers</category>"
    )
    (found,) = read(rss(item(more=more)))
    assert (found.text, found.author) == ("Le texte entier.", "Lucie Hamel, Paul Serre")
    assert found.published_at == datetime(2024, 3, 12, 7, 30, tzinfo=UTC)
    assert found.extra == {"section": "Montagne, Faits divers"}
    dates = "<updated>2024-03-12T09:30:00Z</updated><published>2024-03-12T07:30:00Z</published>"
    names = "<author><name>Lucie Hamel</name><email>l@x.example</email></author>"
    (found,) = read(entry(dates + names))
    assert (found.published_at.hour, found.author) == (7, "Lucie Hamel")
    (found,) = read(rss(item(more="<author>l@x.example (Lucie Hamel)</author>")))
    assert found.author == "Lucie Hamel"


def test_text_of_media_and_of_images_alone(read):
    media = "<media:group><media:title>x</media:title><media:description>Le film du sauvetage.</media:description></media:group>"
    (found,) = read(entry(media, content=""))
    assert (found.title, found.text) == ("Avalanche", "Le film du sauvetage.")
    (found,) = read(rss(item(more="<content:encoded>&lt;img src='x'&gt;</content:encoded>")))
    assert found.text == BODY


def test_rss_1(read):
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel><title>Le Relais</title></channel><image><title>Logo</title></image>{item()}</rdf:RDF>"
    )
    (found,) = read(feed, "flux.txt")
    assert (found.text, found.source) == (BODY, "Le Relais")


def test_items_that_break_cost_themselves(read):
    found = read(rss(item("Un."), "<item><title>Deux</title><description>x</item>", item("Trois.")))
    assert [part.article_id if isinstance(part, Failure) else part.text for part in found] == [
        "Un.",
        "item 1",
        "Trois.",
    ]


@pytest.mark.parametrize(
    "piece", ["<![CDATA[", "&", "<!--", "<item><description><br>", "<!ENTITY ", "<?xml ?><!-- -->", "&#", "<a"]
)
def test_time_is_linear(tmp_path, piece):
    def seconds(count):
        path = tmp_path / "flux.xml"
        path.write_text("<rss version='2.0'><channel>" + piece * count, encoding="utf-8")
        start = time.process_time()
        with contextlib.suppress(SourceError):
            list(read_source(path).articles())
        return time.process_time() - start

    seconds(100)
    # Four times as much; in quadratic time it were sixteen. Of three, since a neighbour on the machine is a cost, too.
    longer, shorter = (min(seconds(count) for _ in range(3)) for count in (16_000, 4_000))
    assert longer < 10 * shorter + 0.2


def test_the_author_of_an_atom_feed_is_that_of_entries_without_one(read):
    feed = entry().replace("<entry>", "<author><name>Lucie Hamel</name></author><entry>")
    assert read(feed)[0].author == "Lucie Hamel"
    feed = entry("<author><name>P. Serre</name></author>").replace("<entry>", "<author><name>L.</name></author><entry>")
    assert read(feed)[0].author == "P. Serre"
