"""Fields of closed sets hold members, whatever a record was made of."""

from __future__ import annotations

import csv
import dataclasses
import json
import pickle
from importlib import resources

import pytest

import newsnlp
from newsnlp.errors import NewsnlpError, RecordError
from newsnlp.record_event import DateBasis, EventType
from newsnlp.record_fields import field_types
from newsnlp.records import Analysis, Article, Entity, Figure, FigureEvent, Kind, Label, Mention, Modifier, Status
from newsnlp.render import labels_fr
from newsnlp.safety.packing import pack_analyses, unpack_analyses


def figure(**values):
    return Figure(start=0, end=4, text="Deux", **values)


def test_texts_become_members():
    made = figure(kind="money", modifier="approx", status="denied", event="killed")
    assert [type(value) for value in (made.kind, made.modifier, made.status, made.event)] == [
        Kind,
        Modifier,
        Status,
        FigureEvent,
    ]
    assert made == figure(kind=Kind.MONEY, modifier=Modifier.APPROX, status=Status.DENIED, event=FigureEvent.KILLED)
    assert type(Mention(start=0, end=1, text="x", label="PER").label) is Label
    assert type(Entity(id="e1", name="x", label="LOC", mention_count=1).label) is Label
    assert figure().event is None
    assert dataclasses.replace(made, event="injured").event is FigureEvent.INJURED


def test_members_are_texts():
    event = figure(event="killed").event
    assert event == "killed"
    assert {"killed": 1}[event] == 1
    assert (f"{event}", str(event), repr([event]), json.dumps(event)) == ("killed", "killed", "['killed']", '"killed"')
    assert pickle.loads(pickle.dumps(event)) is event  # noqa: S301


class Text(str):
    __slots__ = ()

    def __hash__(self):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError


@pytest.mark.parametrize("field", ["kind", "modifier", "status", "event"])
@pytest.mark.parametrize(
    "value", ["nonsense", "", "Killed", " count", "x" * 10**6, 7, ["count"], object(), b"count", "a\nb"]
)
def test_anything_else_is_refused_in_one_line(field, value):
    with pytest.raises(RecordError) as caught:
        figure(**{field: value})
    told = str(caught.value)
    assert told.startswith(f"{field}=")
    assert len(told.splitlines()) == 1
    assert len(told) < 500
    assert isinstance(caught.value, NewsnlpError)


def test_the_error_says_what_is_accepted():
    accepted = "count, money, percent, duration, age, measure, score, rank, ratio"
    with pytest.raises(RecordError, match=f"^kind='nonsense' is none of {accepted}$"):
        figure(kind="nonsense")
    with pytest.raises(RecordError, match=r"^label=None is none of PER, LOC, ORG, MISC$"):
        Mention(start=0, end=1, text="x", label=None)
    assert figure(kind=Text("count")).kind is Kind.COUNT


def test_an_unknown_event_of_a_file_is_refused():
    told = Analysis(article=Article(text="Deux"), figures=(figure(event="killed"),)).to_dict()
    told["figures"][0]["event"] = "abducted"
    with pytest.raises(RecordError, match=r"^event='abducted' is none of killed, injured"):
        Analysis.from_dict(told)


def test_child_processes_give_members_back():
    article = Article(text="Deux")
    given = Analysis(
        article=article,
        figures=(figure(event="killed", unit=""),),
        mentions=(Mention(start=0, end=4, text="Deux", label="PER"),),
    )
    (back,) = unpack_analyses(pack_analyses([given], [article]), [article])
    assert back == given
    assert (type(back.figures[0].event), type(back.mentions[0].label)) == (FigureEvent, Label)


def test_the_lexicons_speak_of_known_events_only():
    said = set()
    for name in ("verbs", "nouns", "phrases", "actions"):
        text = resources.files("newsnlp.lexicons").joinpath(f"fr/figures_event_{name}.csv").read_text(encoding="utf-8")
        said |= {row["event"] for row in csv.DictReader(text.splitlines())}
    # "none": a phrase after which nothing happened, "mort de rire".
    assert said == {*FigureEvent, "none"}
    assert len(FigureEvent) == 21


def test_readers_have_a_word_for_each_member():
    words = {
        Label: "LABELS",
        Modifier: "MODIFIERS",
        Status: "STATUSES",
        FigureEvent: "EVENTS",
        EventType: "EVENT_TYPES",
    }
    words |= {DateBasis: "DATE_BASES"}
    for members, name in words.items():
        assert list(getattr(labels_fr, name)) == list(members)


def test_types_of_fields():
    assert field_types(Figure)["event"] == (FigureEvent, type(None))
    assert field_types(Figure)["value"] == (int, float, type(None))
    assert newsnlp.FigureEvent is FigureEvent
    assert newsnlp.RecordError is RecordError
