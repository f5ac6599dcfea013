"""Whole web pages: date, standfirst, embedded posts, and pages that hold no article."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from newsnlp import clean, read_article
from newsnlp.errors import ArticleError
from newsnlp.reading.web.walls import wall_in

pytest.importorskip("trafilatura")

BODY = (
    "<p>Un incendie a détruit dans la nuit de lundi à mardi un entrepôt de 4 000 mètres carrés à Vierzon, a indiqué la "
    "préfecture du Cher dans un communiqué.</p><p>Deux pompiers ont été légèrement blessés. La maire, Nadia Perrault, a "
    "salué leur courage et promis une réunion publique jeudi, où seront attendus les 85 salariés de l'entreprise.</p>"
)
POST = (
    '<blockquote class="twitter-tweet" data-lang="fr"><p lang="en">Smoke everywhere, stay home tonight</p>&mdash; Jo '
    '(@jo_18) <a href="#">June 3, 2024</a></blockquote>'
)


def page(body=BODY, head="", before="", after="", title="Incendie à Vierzon : deux blessés"):
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title} - La Gazette</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="La Gazette">{head}</head>'
        f'<body><nav><a href="/">Accueil</a></nav><main><article><h1>{title}</h1>{before}<div class="texte">{body}</div>'
        f"</article>{after}</main><footer><p>© 2019 La Gazette, 3 mars 2019</p></footer></body></html>"
    )


def linked(**fields):
    held = {"@context": "https://schema.org", **fields}
    return f'<script type="application/ld+json">{json.dumps(held)}</script>'


DATED = {
    "linked data": (linked(**{"@type": "NewsArticle", "datePublished": "2024-06-04T23:47:00+02:00"}), "", ""),
    "a graph": (
        linked(
            **{"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "datePublished": "2024-06-04T23:47:00+02:00"}]}
        ),
        "",
        "",
    ),
    "meta": ('<meta property="article:published_time" content="2024-06-04T23:47:00+02:00">', "", ""),
    "itemprop": ('<meta itemprop="datePublished" content="2024-06-04T21:47:00Z">', "", ""),
    "time": ("", '<time datetime="2024-06-04T23:47:00+02:00" pubdate>mardi</time>', ""),
    "a day in one place, its hour in another": (
        '<meta name="date" content="2024-06-04">',
        '<p class="meta"><time datetime="2024-06-04T23:47:00+02:00">mardi</time></p>',
        "",
    ),
    "a change beside it": (
        '<meta property="article:modified_time" content="2024-06-05T08:00:00+02:00">',
        (
            '<time class="maj" datetime="2024-06-05T08:00:00+02:00">x</time>'
            '<time class="publi" datetime="2024-06-04T23:47:00+02:00">x</time>'
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", DATED)
def test_the_date_is_the_article_s_with_hour_and_zone(case):
    head, before, after = DATED[case]
    read = read_article(page(head=head, before=before, after=after))
    assert read.published_at == datetime.fromisoformat("2024-06-04T23:47:00+02:00")


def test_a_line_that_says_when_is_read():
    read = read_article(page(before='<div class="infos">Par Léa Petit. Publié le 4 juin 2024 à 23h47</div>'))
    assert read.published_at == datetime.fromisoformat("2024-06-04T23:47")
    updated = read_article(page(before="<p>Mis à jour le 5 juin 2024 à 8h</p><p>Publié le 4 juin 2024 à 23h47</p>"))
    assert updated.published_at == datetime.fromisoformat("2024-06-04T23:47")


UNDATED = {
    "a copyright line": page(),
    "an embedded post": page(BODY + POST),
    "a comment": page(
        after='<section class="comments"><p>Jo, le 3 juin 2024 à 12h : bravo aux pompiers !</p></section>'
    ),
    "another article": page(after='<aside class="a-lire"><time datetime="2024-01-02">2 janvier</time> Grève</aside>'),
    "a clip": page(head=linked(**{"@type": "VideoObject", "uploadDate": "2020-01-01", "datePublished": "2020-01-01"})),
    "the day of which it tells": page(BODY.replace("a salué", "élue le 4 juillet 2020, a salué")),
}


@pytest.mark.parametrize("case", UNDATED)
def test_what_does_not_date_the_article_is_left(case):
    assert read_article(UNDATED[case]).published_at is None


def test_an_address_dates_the_page_by_its_day():
    read = read_article(page(head='<link rel="canonical" href="https://gazette.example/2024/06/04/incendie.html">'))
    assert read.published_at == datetime.fromisoformat("2024-06-04")
    assert read_article(page(), url="https://gazette.example/9999/99/99/x").published_at is None


@pytest.mark.parametrize("tag", ["p", "h2", 'div class="chapo"'])
def test_the_standfirst_is_kept_once(tag):
    line = "Le bilan pourrait s'alourdir : une personne est portée disparue."
    read = read_article(page(before=f"<{tag}>{line}</{tag.split()[0]}><p>Par Léa Petit</p>"))
    assert read.text.count(line) == 1
    assert read.text.index(line) < read.text.index("Un incendie")
    assert "Léa Petit" not in clean(read.text).text


def test_embedded_posts_and_windows_of_consent_are_left_out_and_told():
    window = (
        '<div id="didomi-host"><p>Nous et nos 842 partenaires stockons des informations sur votre terminal.</p></div>'
    )
    read = read_article(page(BODY + POST, after=window))
    assert "Smoke" not in read.text
    assert "842" not in read.text
    assert "Deux pompiers" in read.text
    assert read.warnings == ("1 embedded posts are left out",)


WALLS = {
    "robots": "<h1>Confirmez que vous êtes humain</h1><p>Veuillez patienter pendant que nous vérifions votre navigateur.</p>",
    "consent": "<p>Nous et nos 842 partenaires stockons et/ou accédons à des informations sur votre terminal, telles que "
    "des cookies, pour des publicités personnalisées. Vous pouvez retirer votre consentement à tout moment.</p>"
    "<p>Continuer sans accepter</p>",
    "missing": "<h1>Erreur 404</h1><p>La page que vous cherchez n'existe plus ou a changé d'adresse.</p>",
    "refused": "<h1>Access denied</h1><p>You don't have permission to access this page on this server.</p>",
    "template": "<div>{{ article.titre }}</div><div>{{ article.chapo }} {{ article.date | date: 'dd/MM/yyyy' }}</div>",
}


@pytest.mark.parametrize("case", WALLS)
def test_a_page_without_an_article_is_refused(case):
    with pytest.raises(ArticleError, match=r"no article was found.*Hint: open it in a browser"):
        read_article(f'<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body>{WALLS[case]}</body></html>')


def test_news_about_walls_is_news():
    for text in (
        (
            "Le site de la mairie affichait une « erreur 404 » lundi matin. Trois agents ont passé la nuit à le rétablir, a "
            "indiqué la maire, qui a déposé plainte. Les 12 000 dossiers des habitants n'ont pas été touchés par la panne."
        ),
        (
            "La CNIL a infligé une amende de 60 millions d'euros à un réseau social qui rendait les cookies difficiles à "
            "refuser. L'autorité a relevé trois manquements au cours de contrôles menés entre mai et juin, et laisse trois "
            "mois au groupe pour se mettre en règle."
        ),
    ):
        assert wall_in(text, title="Le site en panne") is None


def test_a_page_of_ten_thousand_elements_and_a_deep_one_are_read():
    deep = "<div>" * 200 + BODY + "</div>" * 200
    assert "Deux pompiers" in read_article(page(deep)).text
    wide = "".join(f"<div><span>{n} juin</span></div>" for n in range(5_000))
    assert "Deux pompiers" in read_article(page(BODY, after=f"<ul>{wide}</ul>")).text


def test_a_brief_keeps_its_paragraphs():
    brief = (
        "<p>Un cycliste a été tué mardi à Vierzon, a indiqué la préfecture du Cher.</p><p>Une enquête est ouverte.</p>"
    )
    read = read_article(page(brief, before='<p class="signature">Par <a rel="author" href="/l">Léa Petit</a></p>'))
    assert read.text.splitlines()[-2:] == [line.removeprefix("<p>") for line in brief.split("</p>")[:2]]
