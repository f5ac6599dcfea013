"""Speakers, women and men, claims and quotations in context, from analyses, from frames and from files."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from newsnlp.errors import OptionError
from newsnlp.lexicons.genders import gender_of, is_one_person
from newsnlp.records import Analysis, Article, Entity, Figure, Quote, Topic
from newsnlp.tables import (
    claims,
    quotes_in_context,
    read_tables,
    speaker_gender,
    speakers,
    to_frames,
    write_tables,
    write_view,
)
from newsnlp.tables.quote_views import wilson


def said(text, words, speaker=None, *, who=None, kind="direct", **fields):
    start = text.index(words)
    place = text.index(speaker) if speaker else None
    first = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    last = text.find(". ", start) + 1 or len(text)
    return Quote(
        start=start,
        end=start + len(words),
        text=words,
        kind=kind,
        speaker=speaker,
        speaker_start=place,
        speaker_end=place + len(speaker) if speaker else None,
        entity_id=who,
        sentence=text[first:last],
        sentence_start=first,
        **fields,
    )


def article(number, text, quotes, *, people=(), figures=(), source="A", topic="santé"):
    return Analysis(
        article=Article(text=text, id=f"a{number}", published_at=f"2026-03-1{number}T23:30:00+00:00", source=source),
        entities=tuple(
            Entity(id=f"e{i}", name=name, label=label, mention_count=1, role=role)
            for i, (name, label, role) in enumerate(people, 1)
        ),
        quotes=quotes,
        figures=figures,
        topics=(Topic(code="1", name=topic, level=1, score=1.0),),
    )


ONE = "Le feu est éteint. « Tout a brûlé », a dit Anne Roux. « Il y a 12 blessés », a-t-elle ajouté. Il a plu."
TWO = "« Rien à signaler », dit Mme Blin. Selon une source, tout va bien. Selon la maire, trois toits sont tombés."
THREE = "anne roux nie tout. Selon l'ONU, il y a 30 morts à Gao."
CORPUS = [
    article(
        1,
        ONE,
        (
            said(ONE, "Tout a brûlé", "Anne Roux", who="e1", cue_kind="neutral"),
            said(ONE, "Il y a 12 blessés", "elle", who="e1", source_kind="official", organisation="ville"),
        ),
        people=[("Anne Roux", "PER", "préfète")],
        figures=(
            Figure(
                start=ONE.index("12"),
                end=ONE.index("12") + 10,
                text="12 blessés",
                value=12,
                value_min=12,
                value_max=12,
                counted="blessés",
                event="injured",
                sentence="« Il y a 12 blessés », a-t-elle ajouté.",
                quote=1,
            ),
        ),
    ),
    article(
        2,
        TWO,
        (
            said(TWO, "Rien à signaler", "Blin", who="e1"),
            said(TWO, "tout va bien", "une source", kind="indirect"),
            said(TWO, "trois toits sont tombés", "la maire", kind="indirect"),
        ),
        people=[("Blin", "PER", None)],
        source="B",
        topic="feu",
    ),
    article(
        3,
        THREE,
        (
            said(THREE, "tout", "anne roux", who="e1", kind="mixed"),
            said(THREE, "il y a 30 morts à Gao", "ONU", who="e2", kind="indirect"),
            said(THREE, "30", None),
        ),
        people=[("anne roux", "PER", None), ("ONU", "ORG", None)],
        figures=(
            Figure(
                start=THREE.index("30"),
                end=THREE.index("30") + 2,
                text="30",
                value=30,
                value_min=30,
                value_max=30,
                counted="morts",
                event="killed",
                place="Gao",
                source="ONU",
                source_id="e2",
                status="reported",
                source_kind="ngo",
                sentence="Selon l'ONU, il y a 30 morts à Gao.",
                quote=1,
            ),
            Figure(start=0, end=1, text="1", value=1, counted="feu"),
        ),
    ),
]


@pytest.fixture(params=["analyses", "frames", "files"])
def corpus(request, tmp_path):
    if request.param == "analyses":
        return CORPUS
    if request.param == "frames":
        return to_frames(CORPUS, text=True)
    write_tables(CORPUS, tmp_path, text=True)
    return read_tables(tmp_path)


def test_who_is_quoted(corpus):
    table = speakers(corpus)
    first = table.iloc[0].to_dict()
    assert first | {"first_day": None, "last_day": None} == {
        "name": "Anne Roux",
        "label": "PER",
        "role": "préfète",
        "organisation": "ville",
        "country": first["country"],
        "source_kind": "official",
        "quotes": 3,
        "articles": 2,
        "words": 9,
        "characters": 33,
        "direct": 2,
        "indirect": 0,
        "mixed": 1,
        "first_day": None,
        "last_day": None,
        "topics": "santé",
        "outlets": "A",
    }
    assert [str(first[day])[:10] for day in ("first_day", "last_day")] == ["2026-03-12", "2026-03-14"]
    assert set(table["name"]) == {"Anne Roux", "Blin", "ONU", "la maire", "une source"}
    assert table.loc[table["name"] == "la maire", "label"].isna().all()


def test_women_and_men_are_counted_with_the_unknown(corpus):
    table = speaker_gender(corpus).set_index("gender")
    assert table["people"].to_dict() == {"women": 3, "men": 0, "unknown": 0}
    assert table.loc["women", ["quotes", "articles"]].tolist() == [5, 3]
    assert table.loc["women", "low"] == pytest.approx(wilson(3, 3)[0])
    assert table.loc["women", "share"] == 1
    assert pd.isna(table.loc["unknown", "low"])


def test_women_and_men_by_outlet(corpus):
    table = speaker_gender(corpus, by="outlet")
    assert table[table["gender"] == "women"][["outlet", "people"]].to_numpy().tolist() == [["A", 1], ["B", 2]]
    with pytest.raises(OptionError, match="by="):
        speaker_gender(corpus, by="name")


def test_no_record_and_no_table_of_speakers_has_a_gender(corpus):
    assert not any("gender" in column for column in speakers(corpus))
    assert not any("gender" in column for frame in to_frames(CORPUS).values() for column in frame)


@pytest.mark.parametrize("total", [1, 10, 1000])
def test_the_interval_holds_the_share(total):
    for found in (0, total // 2, total):
        low, high = wilson(found, total)
        assert 0 <= low <= found / total <= high <= 1
    assert wilson(0, 0) == (None, None)


@pytest.mark.parametrize(
    ("speaker", "name", "role", "before", "gender"),
    [
        ("Roux", "Anne Roux", None, "", "f"),
        ("Jean-Luc Blin", None, None, "", "m"),
        ("Blin", "Blin", None, "a déclaré M. ", "m"),
        ("Mme Blin", None, None, "", "f"),
        ("préfète", None, None, "selon la ", "f"),
        ("le porte-parole de la mairie", None, None, "", "m"),
        ("cette dernière", "Roux", None, "", "f"),
        ("Roux", "Roux", "directrice de l'école", "", "f"),
        ("Roux", "Roux", "ministre", "", None),
        ("Claude Roux", "Claude Roux", None, "", None),
        ("une Canadienne", None, None, "", "f"),
        ("une victime", None, None, "", None),
        ("la police", None, None, "", None),
        ("une étude", None, None, "", None),
        ("la défense", None, None, "", None),
        (None, None, None, "", None),
    ],
)
def test_what_tells_a_gender(speaker, name, role, before, gender):
    assert gender_of(speaker, name, role, before) == gender


@pytest.mark.parametrize("speaker", ["la maire", "Un riverain", "une Canadienne", "Jean Roux", "l'avocate de la ville"])
def test_one_person_without_an_entity(speaker):
    assert is_one_person(speaker)


@pytest.mark.parametrize(
    "speaker", ["les habitants", "des élus", "la police", "une étude", "elle", "", None, "ses avocats"]
)
def test_groups_and_bodies_are_nobody(speaker):
    assert not is_one_person(speaker)


def test_who_says_which_figure(corpus):
    table = claims(corpus)
    columns = ["speaker", "name", "source_kind", "status", "value", "counted", "place", "quoted", "outlet"]
    assert table[columns].astype(object).where(table[columns].notna(), None).to_numpy().tolist() == [
        ["elle", "Anne Roux", "official", "asserted", 12, "blessés", None, "Il y a 12 blessés", "A"],
        ["ONU", "ONU", "ngo", "reported", 30, "morts", "Gao", "il y a 30 morts à Gao", "A"],
    ]


@pytest.mark.parametrize(
    ("about", "speakers_of"),
    [
        ("morts", ["ONU"]),
        ("killed", ["ONU"]),
        ("GAO", ["ONU"]),
        ("blesses", ["elle"]),
        ("santé", ["elle", "ONU"]),
        ("Ga", []),
        (["Gao", "blessés"], ["elle", "ONU"]),
        ([], []),
    ],
)
def test_claims_about_something(corpus, about, speakers_of):
    assert claims(corpus, about)["speaker"].tolist() == speakers_of


def test_the_sentences_around_a_quotation(corpus):
    table = quotes_in_context(corpus)
    assert table.loc[1, ["before", "after", "figures"]].tolist() == [
        "« Tout a brûlé », a dit Anne Roux.",
        "Il a plu.",
        "12 blessés",
    ]
    assert table["before"].isna().tolist() == [False, False, True, False, False, True, False, False]


def test_without_the_text_there_is_no_context():
    assert quotes_in_context(to_frames(CORPUS))[["before", "after"]].isna().all(axis=None)


@pytest.mark.parametrize("view", [speakers, speaker_gender, claims, quotes_in_context])
def test_columns_stay_without_rows(view):
    full, empty = view(CORPUS), view([])
    assert list(full) == list(empty)
    assert list(full.dtypes) == list(empty.dtypes)


def test_what_was_not_looked_for_is_told():
    analysis = Analysis(article=Article(text="x"), meta={"not_analysed": ("quotes",)})
    with pytest.warns(UserWarning, match="quotes were not analysed in 1 of 1"):
        speakers(analysis)


@pytest.mark.parametrize("kind", ["csv", "excel-fr", "jsonl", "sqlite"])
def test_a_view_is_written(tmp_path, kind):
    path = write_view(speakers(CORPUS), tmp_path / "out", "orateurs", kind)
    assert path.is_file()
    assert (tmp_path / "out" / "provenance.json").is_file()


def test_a_spreadsheet_runs_no_formula_of_a_quotation(tmp_path):
    text = "=1+1"
    quote = Quote(start=0, end=4, text=text, kind="direct", speaker=text, speaker_start=0, speaker_end=4)
    view = quotes_in_context(Analysis(article=Article(text=text), quotes=(quote,)))
    with write_view(view, tmp_path, "citations").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["text"] == row["speaker"] == "'=1+1"


@pytest.mark.parametrize("name", ["quotes", "../x", "", 'a"b'])
def test_a_name_that_is_none(tmp_path, name):
    with pytest.raises(OptionError, match="plain name"):
        write_view(speakers(CORPUS), tmp_path, name)
