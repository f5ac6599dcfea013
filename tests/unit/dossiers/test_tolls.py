"""What each count of victims is in the toll of its story, and what stands after the last article."""

from __future__ import annotations

import pandas as pd
import pytest

import newsnlp
from newsnlp import Article, contradictions, timeline, to_frames, tolls
from newsnlp.dossiers.toll_rows import COLUMNS

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def analyse(nlp):
    """Return what makes analyses of the texts of one story, a day apart."""

    def read(*texts, day=10):
        articles = [
            Article(id=f"a{n}", text=text, published_at=f"2026-03-{day + n}", source=f"Journal {n}")
            for n, text in enumerate(texts)
        ]
        return list(nlp.pipe(articles))

    return read


@pytest.fixture(scope="module")
def roles(analyse):
    """Return event, low, high and role of each row of a story."""

    def read(*texts):
        table = tolls(analyse(*texts), group=False)[["event", "low", "high", "role"]].astype(object)
        return [tuple(row) for row in table.where(table.notna(), None).itertuples(index=False)]

    return read


@pytest.fixture(scope="module")
def standing(analyse):
    """Return the bounds that stand at the end, by event."""

    def read(*texts):
        table = tolls(analyse(*texts), group=False)
        kept = table[table["standing"]].astype(object)
        kept = kept.where(kept.notna(), None)
        return {row.event: (row.low, row.high) for row in kept.itertuples()}

    return read


LEAD = "Un séisme a frappé lundi la région de Safi, au Maroc. Il a fait 21 morts et 60 blessés, selon la préfecture. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parmi les victimes figurent cinq enfants.", ("killed", 5, 5, "part")),
        ("Dans la seule commune de Jorf, on compte huit morts.", ("killed", 8, 8, "part")),
        ("Vingt blessés sont dans un état grave.", ("injured", 20, 20, "part")),
        ("Trois nouveaux corps ont été retirés des décombres.", ("killed", 3, 3, "increment")),
        ("Un précédent bilan faisait état de 14 morts.", ("killed", 14, 14, "previous")),
        ("Le maire, qui avait parlé de 17 morts, a quitté la ville.", ("killed", 17, 17, "previous")),
        ("La préfecture dément la rumeur d'une centaine de morts.", ("killed", 100, 100, "denied")),
        ("En 2004, un autre séisme avait fait 600 morts.", ("killed", 600, 600, "other")),
        ("Mardi, un incendie a tué deux personnes à Oujda.", ("killed", 2, 2, "other")),
        ("Les 31 rescapés dorment sous la tente.", ("rescued", 31, 31, "total")),
        ("Douze habitants sont toujours sous les décombres.", ("missing", 12, 12, "total")),
        ("Le gouverneur, qui évoquait lundi douze morts, s'est tu.", ("killed", 12, 12, "previous")),
        ("Le nombre des survivants a été ramené de 45 à 41.", ("rescued", 41, 41, "total")),
        ("Quarante blessés sont encore soignés.", ("hospitalised", 40, 40, "total")),
        ("Neuf personnes manquent encore à l'appel.", ("missing", 9, 9, "total")),
    ],
)
def test_the_role_of_a_number_is_told_by_its_words(roles, text, expected):
    assert expected in roles(LEAD + text)


def test_what_is_no_victim_is_no_row(roles):
    found = roles(
        "Un autocar qui transportait 52 passagers a quitté la route près de Fès : neuf morts. 80 pompiers sont venus."
    )
    assert [row[:3] for row in found] == [("killed", 9, 9)]


def test_an_ordinal_tells_a_toll(roles, standing):
    texts = "Effondrement à Fès : neuf morts.", "Fès : un dixième décès. Un homme blessé dans l'effondrement est mort."
    assert ("killed", 10, 10, "total") in roles(*texts)
    assert standing(*texts)["killed"] == (10, 10)


def test_of_an_ordinal_no_figure_is_named(analyse):
    table = tolls(analyse("Fès : un dixième décès après l'effondrement."), group=False)
    row = table[table["best"] == 10].iloc[0]
    assert pd.isna(row["figure"])
    assert row["text"] == "dixième"
    assert "dixième décès" in row["sentence"]


@pytest.mark.parametrize("word", ["premier", "nouveau"])
def test_of_the_first_and_of_a_new_one_nobody_counts(roles, word):
    assert not [row for row in roles(f"Fès : un {word} décès après l'effondrement.") if row[1] == 2]


def test_an_older_number_in_a_later_article_is_stale(standing, roles):
    texts = (
        "Naufrage au large de Sfax : douze morts.",
        "Naufrage de Sfax : le bilan passe à quinze morts.",
        "Naufrage de Sfax : dix-neuf morts. La marine avait annoncé quinze morts mardi.",
    )
    assert standing(*texts)["killed"] == (19, 19)
    assert roles(*texts)[-1] == ("killed", 15, 15, "previous")


def test_a_correction_downwards_counts(standing, roles):
    texts = (
        "Naufrage au large de Sfax : 23 morts.",
        "Naufrage de Sfax : les autorités revoient le bilan à la baisse. Vingt et un corps ont été recensés, et non 23.",
    )
    assert standing(*texts)["killed"] == (21, 21)
    assert roles(*texts)[-1] == ("killed", 23, 23, "denied")


def test_two_sources_that_differ_stay_two_lines(analyse):
    text = "Heurts à Nairobi : le gouvernement fait état de trois morts, tandis que l'opposition parle de huit morts."
    table = tolls(analyse(text), group=False)
    assert table[~table["standing"]]["low"].tolist() == [3, 8]
    stands = table[table["standing"]].iloc[0]
    assert (stands["low"], stands["best"], stands["high"], stands["statements"]) == (3, 3, 8, 2)
    assert pd.isna(stands["figure"])


def test_members_of_a_list_that_nobody_adds_up_are_a_toll(standing, roles):
    text = (
        "Une explosion a secoué une usine à Feyzin, blessant deux salariés grièvement et quatre autres plus légèrement."
    )
    assert standing(text)["injured"] == (6, 6)
    assert [row[3] for row in roles(text)].count("part") == 2


def test_two_words_for_one_number_agree(standing):
    text = "Attentat à Gao : au moins sept morts. Sept corps ont été conduits à la morgue, selon l'hôpital."
    assert standing(text)["killed"] == (7, 7)


def test_a_vague_word_says_no_number(analyse):
    table = tolls(analyse("Attentat à Gao : plusieurs morts.", "Attentat à Gao : onze morts."), group=False)
    assert table["low"].isna().tolist() == [True, False]
    assert table["standing"].tolist() == [False, True]


def test_nobody_is_missing_any_more(standing):
    texts = "Crue à Uzès : deux morts et trois disparus.", "Crue à Uzès : aucune personne n'est plus portée disparue."
    assert standing(*texts)["missing"] == (0, 0)


def test_older_tolls_lead_to_the_row_that_took_their_place(analyse):
    texts = "Naufrage au large de Sfax : douze morts.", "Naufrage de Sfax : quinze morts, contre douze la veille."
    table = tolls(analyse(*texts), group=False)
    assert table["role"].tolist() == ["total", "total", "previous"]
    assert table["superseded_by"].astype(object).where(table["superseded_by"].notna(), None).tolist() == [1, None, 1]


def test_a_story_lends_its_place(analyse):
    table = tolls(analyse("Un séisme a fait 36 morts à Agadir.", "Le bilan est de 40 morts."), group=False)
    assert table["place"].tolist() == ["Agadir", "Agadir"]
    assert table["country"].tolist() == ["MA", "MA"]
    assert table["latitude"].round().tolist() == [30, 30]


def test_there_is_one_standing_row_a_story_and_event(analyse):
    texts = [LEAD, "Le séisme de Safi a fait 25 morts, selon la préfecture, 40 selon une association, et 71 blessés."]
    table = tolls(analyse(*texts), group=False)
    assert table[table["standing"]].groupby(["story", "event"]).size().eq(1).all()


@pytest.mark.parametrize("group", [True, False])
def test_every_form_of_a_corpus_gives_the_same(analyse, tmp_path, group):
    analyses = analyse(
        LEAD, "Le séisme de Safi a fait 25 morts, contre 21 lundi. Un dixième décès est à déplorer à Jorf."
    )
    told = tolls(analyses, group=group)
    pd.testing.assert_frame_equal(told, tolls(to_frames(analyses, text=True), group=group))
    newsnlp.write_tables(analyses, tmp_path, format="parquet")
    assert tolls(tmp_path, group=group)["role"].tolist()


def test_tables_without_texts_and_events_are_read(analyse):
    frames = dict(to_frames(analyse(LEAD, "Le séisme de Safi a fait 25 morts.")))
    frames.pop("events", None)
    assert tolls(frames)["low"].tolist() == [21, 60, 25]


def test_columns_and_types_are_the_same_without_rows(analyse):
    empty = tolls([])
    assert list(empty) == list(COLUMNS)
    assert empty.dtypes.equals(tolls(analyse(LEAD), group=False).dtypes)
    assert not len(tolls(analyse("Le conseil municipal s'est réuni.")))


def test_stories_are_told_apart(analyse):
    texts = (
        "Séisme à Agadir : 36 morts. Un séisme de magnitude 6,1 a frappé Agadir, au Maroc, dans la nuit.",
        "Grève des éboueurs à Marseille. Les éboueurs de Marseille ont manifesté ; deux personnes ont été blessées.",
        "Le bilan du séisme d'Agadir passe à 41 morts. Le séisme a frappé Agadir, au Maroc, il y a deux jours.",
    )
    table = tolls(analyse(*texts))
    assert table["story"].nunique() == 2
    assert table[table["standing"] & (table["event"] == "killed")]["low"].tolist() == [41]


def test_a_repeated_id_keeps_its_rows(nlp):
    analyses = list(
        nlp.pipe([Article(id="a", text="Séisme à Agadir : 36 morts."), Article(id="a", text="Crue : deux morts.")])
    )
    with pytest.warns(UserWarning, match="id of another"):
        assert tolls(analyses)["article_id"].tolist() == ["a", "a-2"]


def test_the_timeline_has_no_fall_where_an_old_number_is_told(analyse):
    texts = (
        "Naufrage au large de Sfax : douze morts.",
        "Naufrage de Sfax : quinze morts.",
        "Naufrage de Sfax : quinze morts. Mardi, on parlait encore de douze morts.",
        "Naufrage de Sfax : le bilan ramené à quatorze morts.",
    )
    table = timeline(analyse(*texts), group=False)
    assert table["change"].tolist() == ["first", "rise", "same", "fall"]
    assert table["difference"].astype(object).where(table["difference"].notna(), None).tolist() == [None, 3, 0, -1]


def test_timeline_and_contradictions_take_tolls(analyse):
    table = tolls(analyse(LEAD), group=False)
    assert timeline(table)["event"].tolist() == ["killed", "injured"]
    assert contradictions(table).empty
    assert timeline(table[:0]).empty
    with pytest.raises(newsnlp.errors.SourceError, match="accepted: what tolls returned"):
        timeline(table.drop(columns="role"))


@pytest.mark.parametrize(
    ("texts", "kind", "pair"),
    [
        (["Heurts à Lomé : la police parle de deux morts, l'opposition de neuf morts."], "sources", (2, 9)),
        (["Heurts à Lomé : deux morts. La police dément la rumeur d'une vingtaine de morts."], "denied", (2, 20)),
        (["Crue à Uzès : neuf morts.", "Crue à Uzès : huit morts, contre neuf annoncés mardi."], "corrected", (8, 9)),
    ],
)
def test_contradictions_are_a_table_of_their_own(analyse, texts, kind, pair):
    table = contradictions(analyse(*texts), group=False)
    assert (kind, *pair) in list(table[["kind", "low", "other_low"]].itertuples(index=False, name=None))


def test_two_outlets_of_one_day(nlp):
    articles = [
        Article(id=f"a{n}", text=text, published_at=f"2026-03-10T1{n}:00:00", source=f"Journal {n}")
        for n, text in enumerate(["Crue à Uzès : neuf morts.", "Crue à Uzès : sept morts."])
    ]
    table = contradictions(list(nlp.pipe(articles)), group=False)
    assert table[["kind", "publisher", "other_publisher"]].to_numpy().tolist() == [
        ["outlets", "Journal 0", "Journal 1"]
    ]


def test_long_texts_cost_no_more_than_their_length(nlp):
    text = "Séisme à Agadir : 36 morts. " + "Un dixième décès, selon la mairie, et non neuf. " * 400
    table = tolls(nlp(Article(text=text)), group=False)
    assert len(table) > 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soixante personnes ont été blessées, dont neuf restent hospitalisées.", ("hospitalised", 9, 9, "total")),
        ("Les malades, eux, dépassent mille deux cents.", ("sick", 1200, None, "total")),
        ("Les disparus ne seraient plus que trois, contre une dizaine lundi.", ("missing", 3, 3, "total")),
        ("La liste des disparus a été ramenée à 18 noms.", ("missing", 18, 18, "total")),
        ("Le bilan provisoire était de 17.", ("killed", 17, 17, "previous")),
        ("Mardi, on en était encore à seize.", ("killed", 16, 16, "previous")),
        ("Le bilan est de 21 morts, et non plus 23.", ("killed", 23, 23, "denied")),
        ("Il n'y a pas 25 mais 21 morts.", ("killed", 21, 21, "total")),
        ("Trois dépouilles avaient été comptées deux fois.", ("killed", 3, 3, "denied")),
        ("La rumeur de « deux cents morts » a été fermement démentie.", ("killed", 200, 200, "denied")),
        ("Par précaution, 90 riverains ont été évacués.", ("evacuated", 90, 90, "total")),
        ("Deux hommes ont été interpellés.", ("arrested", 2, 2, "total")),
        ("Une trentaine de villageois dorment sous la tente.", ("displaced", 30, 30, "total")),
        (
            "Sept habitants restent portés manquants, une dizaine d'autres sont recherchés.",
            ("missing", 10, 10, "total"),
        ),
        ("Aucun promoteur n'a été arrêté.", ("arrested", 0, 0, "total")),
        ("Les secours ne recherchent donc plus personne.", ("missing", 0, 0, "total")),
        ("Il n'y a plus aucun hospitalisé.", ("hospitalised", 0, 0, "total")),
        ("Cinq maçons et un grutier ont été arrêtés.", ("arrested", 6, 6, "total")),
    ],
)
def test_what_befell_those_counted_and_what_of_it_holds(roles, text, expected):
    assert expected in roles(LEAD + text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Deux sœurs sont mortes à Safi. Elles avaient 8 et 11 ans.", "killed"),
        ("Safi : six rescapés racontent. Tous avaient quitté la ville avant midi.", "rescued"),
        ("Dix blessés sont sortis de l'hôpital de Safi.", "injured"),
    ],
)
def test_a_later_report_on_some_is_no_fall(standing, text, event):
    before = standing(LEAD + "Trente personnes ont été secourues.")
    assert standing(LEAD + "Trente personnes ont été secourues.", text)[event] == before[event]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("En Tunisie voisine, la tempête a tué 27 personnes.", "other"),
        ("Ces dix dernières années, 120 habitants sont morts sous les décombres.", "cumulative"),
    ],
)
def test_what_is_told_of_another_country_or_of_years_is_no_toll_of_the_event(roles, text, role):
    assert roles(LEAD + text)[-1][-1] == role


def test_of_a_crowd_that_was_aboard_those_who_died_are_the_toll(roles):
    found = roles("Ferry au large de Tartous : sur les 62 passagers, 48 ont été secourus et neuf ont péri.")
    assert ("rescued", 48, 48, "total") in found
    assert ("killed", 9, 9, "total") in found
    assert ("killed", 40, 40, "other") in roles("Seize des 40 passagers du car ont été tués près de Pisco.")


def test_ordinals_of_a_pair_are_two_tolls(roles, standing):
    text = "Naufrage de Kribi : la mer rend un neuvième puis un dixième corps."
    assert roles(text) == [("killed", 9, 9, "previous"), ("killed", 10, 10, "total")]
    assert standing(text) == {"killed": (10, 10)}


def test_a_correction_within_an_article_holds(standing):
    text = "Séisme au Chili : 34 morts. Lundi soir, les autorités ont revu ce bilan à la baisse, à 29 morts."
    assert standing(text) == {"killed": (29, 29)}


def test_numbers_that_add_up_to_the_toll_are_its_parts(roles):
    text = "La crue a fait 25 morts. Quatorze corps ont été retrouvés à Mila, sept à Jijel et quatre à Skikda."
    assert [role for *_, role in roles(text)] == ["total", "part", "part", "part"]


def test_what_the_lead_recalls_is_another_event(standing):
    text = "Le séisme le plus meurtrier reste celui de 1999, qui avait tué 17 000 personnes. Celui de dimanche a fait 14 morts."
    assert standing(text) == {"killed": (14, 14)}


def test_who_is_told_against_another_holds_a_number_of_his_own(standing):
    text = (
        "Heurts à Lomé. L'ordre des avocats recense seize morts et 83 blessés, alors que le ministre s'en tient à huit."
    )
    assert standing(text) == {"killed": (8, 16), "injured": (83, 83)}


def test_what_another_counts_does_not_make_the_number_of_an_article_a_part(standing):
    text = "Naufrage de Saly : treize personnes sont portées disparues. Un collectif de familles en recense plus de cinquante."
    assert standing(text)["missing"][0] == 13
