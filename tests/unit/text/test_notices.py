"""Notices around articles: told by their words, or by being shared."""

from __future__ import annotations

from newsnlp import Article, RelatedIndex, stories
from newsnlp.text import notices
from newsnlp.text.notices import SharedNotices, is_notice, without_notices

RIGHTS = (
    "Tous droits réservés. Toute reproduction, même partielle, est interdite sans autorisation écrite de l'éditeur. "
    "Le présent document est destiné à un usage strictement personnel et ne peut être reproduit."
)
OFFER = "Chaque matin à sept heures, recevez notre lettre avec les nouvelles de votre canton, sans engagement."
IMPERSONAL = (
    "Ce texte a été mis en page par une machine à partir de l'exemplaire imprimé, dont il ne reprend ni les images ni "
    "les légendes, et dans lequel des fautes peuvent être restées."
)
BRIEFS = [
    "Trois randonneurs ont été tués mardi dans un éboulement près de Modane, a indiqué la préfecture.",
    "Le conseil municipal de Douai a voté lundi un budget de 92 millions d'euros.",
    "Le musée de Lyon expose 120 toiles de Soulages jusqu'en juin.",
    "Le club de Lens s'est imposé face à Nice dimanche au stade Bollaert.",
]
NEWS = (
    "L'armée israélienne mène une offensive dans la bande de Gaza depuis le 7 octobre 2023, après une attaque du Hamas "
    "qui a fait 1 200 morts, selon des chiffres officiels."
)


def shared_of(texts):
    counted = SharedNotices()
    for text in texts:
        counted.count(text)
    return counted.found


def test_rights_are_told_by_their_words_alone():
    assert is_notice(RIGHTS, ())
    assert without_notices(f"{BRIEFS[0]}\n\n{RIGHTS}", ()) == f"{BRIEFS[0]}\n"
    assert not is_notice("Le projet de loi interdit toute reproduction des plans, a indiqué le ministre.", ())


def test_what_three_articles_share_is_a_notice_if_it_speaks_of_no_news():
    for notice in (OFFER, IMPERSONAL):
        found = shared_of(f"{brief}\n{notice}" for brief in BRIEFS[:3])
        assert without_notices(f"{BRIEFS[3]}\n{notice}", found) == BRIEFS[3]
        assert not shared_of(f"{brief}\n{notice}" for brief in BRIEFS[:2])
    # The background that an agency adds to each of its articles is news.
    assert not shared_of(f"{brief}\n{NEWS}" for brief in BRIEFS)


def test_another_year_makes_no_other_notice():
    texts = [f"{brief}\n© {2020 + n} La Gazette. Inscrivez-vous à la lettre." for n, brief in enumerate(BRIEFS)]
    assert len(shared_of(texts)) == 1


def test_what_came_once_is_forgotten_when_there_is_too_much(monkeypatch):
    monkeypatch.setattr(notices, "_MOST_COUNTED", 10)
    counted = SharedNotices()
    for n in range(50):
        counted.count(f"Un mort à Lyon.\nInscrivez-vous ici pour la lettre {'x' * n}.\n{OFFER}")
    assert len(counted._counts) <= 10
    assert len(counted.found) == 1


def test_articles_under_one_notice_are_no_copies_and_no_story():
    for notice in (RIGHTS, OFFER + " " + OFFER.replace("matin", "soir"), IMPERSONAL):
        articles = [Article(id=f"a{n}", text=f"{brief}\n\n{notice}") for n, brief in enumerate(BRIEFS)]
        index = RelatedIndex()
        index.add(articles)
        assert not any(index.suggest(article.id) for article in articles)
        assert not stories(articles)


def test_copies_under_two_notices_are_copies():
    long = BRIEFS[0] + " Deux hélicoptères ont été mobilisés toute la nuit. Une enquête a été ouverte à Chambéry."
    articles = [Article(id="un", text=f"{long}\n{RIGHTS}"), Article(id="deux", text=f"{long}\n{IMPERSONAL}")]
    articles += [Article(id=f"b{n}", text=f"{brief}\n{RIGHTS}") for n, brief in enumerate(BRIEFS[1:])]
    index = RelatedIndex()
    index.add(iter(articles))
    assert [(s.id, s.kind) for s in index.suggest("un")] == [("deux", "duplicate")]
    assert not index.suggest("b0")


def test_fitting_anew_forgets_the_notices_of_before():
    index = RelatedIndex()
    index.add([Article(id=f"a{n}", text=f"{brief}\n{OFFER}") for n, brief in enumerate(BRIEFS)])
    assert index._notices.found
    assert not index.fit([Article(id="seul", text=f"{BRIEFS[0]}\n{OFFER}")])._notices.found


def test_who_is_to_be_written_to_goes_with_the_offer_beside_it():
    contact = "Contact : Lise Corbet, service des abonnements, La Gazette."
    found = shared_of(f"{brief}\n{OFFER}\n{contact}" for brief in BRIEFS)
    assert without_notices(f"{BRIEFS[0]}\n{OFFER}\n{contact}", found) == BRIEFS[0]
    assert not shared_of(f"{brief}\n{contact}" for brief in BRIEFS)
