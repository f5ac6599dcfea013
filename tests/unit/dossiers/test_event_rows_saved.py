"""A dossier that is saved, read back and goes on; files that are none of it."""

from __future__ import annotations

import json

import pytest

from newsnlp import Dossier
from newsnlp.errors import DossierFormatError, OptionError, SourceError

from .test_event_rows import AGADIR, KABUL, MOROCCO, article, happening, killed

QUAKE = article("2026-03-02", happening(place=("Agadir", AGADIR), figures=[killed(36)]), identity="a", source="AFP")
LATER = article(
    "2026-03-03", happening(place=("Maroc", MOROCCO), figures=[killed(41)]), identity="b", names=("Anne Roux",)
)
ATTACK = article("2026-05-01", happening("attack", "2026-05-01", place=("Kaboul", KABUL)), identity="c")


def test_tomorrow_joins_what_yesterday_told(tmp_path):
    once = Dossier()
    once.add([QUAKE, LATER, ATTACK])
    first = Dossier()
    first.add([QUAKE])
    first.save(tmp_path / "dossier.jsonl")
    then = Dossier.load(tmp_path / "dossier.jsonl")
    assert then.add([QUAKE, LATER, ATTACK]) == 2
    assert then.events().equals(once.events())


def test_what_was_read_back_is_written_the_same(tmp_path):
    dossier = Dossier()
    dossier.add([QUAKE, LATER, ATTACK])
    for name, held in (("a", dossier), ("b", None)):
        (held or Dossier.load(tmp_path / "a")).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_text_is_kept(tmp_path):
    import dataclasses

    told = dataclasses.replace(QUAKE, article=dataclasses.replace(QUAKE.article, text="Une phrase entière. " * 500))
    dossier = Dossier()
    dossier.add([told])
    dossier.save(tmp_path / "dossier")
    assert len((tmp_path / "dossier").read_bytes()) < 4000


def test_events_that_are_over_are_given_and_forgotten():
    dossier = Dossier()
    dossier.add([QUAKE, LATER, ATTACK])
    over = dossier.finished("2026-04-01")
    assert over["type"].tolist() == ["earthquake"]
    assert dossier.events()["event_id"].tolist() == ["E2"]
    again = article("2026-05-02", happening("attack", "2026-05-01", place=("Kaboul", KABUL)), identity="d")
    assert dossier.add([again]) == 1
    assert dossier.events()["articles"].tolist() == [2]
    with pytest.raises(OptionError, match="2026-03-31"):
        dossier.finished("hier")


@pytest.fixture
def lines(tmp_path):
    dossier = Dossier()
    dossier.add([QUAKE, LATER, ATTACK])
    dossier.save(tmp_path / "dossier")
    return [json.loads(line) for line in (tmp_path / "dossier").read_text(encoding="ascii").splitlines()]


def load(tmp_path, lines):
    path = tmp_path / "changed"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="ascii")
    return Dossier.load(path)


def change(*steps, value):
    def changed(lines):
        held = lines
        for step in steps[:-1]:
            held = held[step]
        held[steps[-1]] = value

    return changed


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (change(0, "format", value="newsnlp-links"), "does not say"),
        (change(0, "version", value=2), "version"),
        (change(0, "articles", value=4), "not of its size"),
        (change(0, "articles", value=-1), "too large"),
        (change(0, "events", value=10**9), "line 5"),
        (change(0, "opened", value=1), "one number"),
        (change(0, "names", value=2), "more lines"),
        (change(1, value=["a", "b", "b"]), "two articles"),
        (change(1, value=["a", "b", 3]), "text is missing"),
        (change(2, "types", value={"meteor": 1}), "none that is known"),
        (change(2, "types", value={}), "without a type"),
        (change(2, "places", 0, 2, value="Agadir"), "geonameid"),
        (change(2, "places", 0, 1, value="planet"), "kind"),
        (change(2, "places", value=[]), "its places"),
        (change(2, "days", 0, 0, value="2026"), "begin"),
        (change(2, "articles", 0, 1, value="hier"), "a day is none"),
        (change(2, "said", 0, 0, value="z"), "no article"),
        (change(2, "said", 0, 1, "rule_id", value="x"), "cell"),
        (change(2, "said", 0, 1, "text", value=["x"]), "cell"),
        (change(2, "said", 0, 2, value="harmed"), "event or a role"),
        (change(2, "said", 0, 3, value="36"), "low"),
        (change(3, value=[]), "an event is missing"),
    ],
)
def test_damage_is_one_error(tmp_path, lines, damage, problem):
    damage(lines)
    with pytest.raises(DossierFormatError, match=problem):
        load(tmp_path, lines)


def test_stories_that_are_each_other_are_refused(tmp_path, lines):
    lines[0]["parents"] = 1
    lines.insert(4, [[0, 1]])
    with pytest.raises(DossierFormatError, match="younger"):
        load(tmp_path, lines)


def test_what_is_no_file_of_ours(tmp_path):
    for content in (b"", b"\x80\x04K\x01.\n", b"[" * 100_000 + b"\n", b'{"format": NaN}\n', b"{}"):
        (tmp_path / "x").write_bytes(content)
        with pytest.raises(DossierFormatError):
            Dossier.load(tmp_path / "x")
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(DossierFormatError):
            Dossier.load(path)
    with pytest.raises(SourceError, match="untouched"):
        Dossier().save(tmp_path / "no" / "such")
