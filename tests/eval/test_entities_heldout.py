"""Entity floors that need no shared gold: sentences written for measuring, and the page a first user pasted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsnlp.entities.find import find_mentions

pytestmark = pytest.mark.model

HELDOUT = Path(__file__).parents[2] / "training" / "entities" / "heldout"
MARK = re.compile(r"\[([^\[\]]+)\]\((PER|LOC|ORG|MISC)\)")
# Strict F1 of PER, LOC and ORG, 0.02 under what was measured (2026-11): a sentence more or less does not trip it.
FLOORS = {"local": 0.92, "wire_national": 0.93, "fiction_broadcast": 0.96, "styles": 0.91}


def read(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, gold, last = "", set(), 0
            for mark in MARK.finditer(line):
                text += line[last : mark.start()]
                gold.add((len(text), len(text) + len(mark[1]), mark[2]))
                text += mark[1]
                last = mark.end()
            yield text + line[last:], {span for span in gold if span[2] != "MISC"}


@pytest.mark.parametrize("name", FLOORS)
def test_floor_on_sentences_never_trained_on(nlp, name):
    hits = total = 0
    for text, gold in read(HELDOUT / f"{name}.txt"):
        mentions = find_mentions(nlp.language(text))
        found = {(m.start, m.end, m.label.value) for m in mentions if m.label != "MISC"}
        hits += len(gold & found)
        total += len(gold) + len(found)
    assert total > 50
    assert 2 * hits / total >= FLOORS[name]


@pytest.mark.shared
def test_the_page_a_first_user_pasted(nlp, shared_data):
    analysis = nlp((shared_data / "seed-article.txt").read_text(encoding="utf-8"))
    names = {label: {e.name for e in analysis.entities if e.label == label} for label in ("PER", "LOC", "ORG")}
    assert names["PER"] == {"Lloyd Austin", "Yoav Galant", "Joe Biden", "Kamala Harris", "Ismail Haniyeh"}
    assert names["LOC"] == {
        "Irak", "Iran", "États-Unis", "Syrie", "Gaza", "Téhéran", "Haditha", "Anbar", "Babel", "Moyen-Orient",
        "Aïn al-Asad",
    }  # fmt: skip
    assert names["ORG"] == {
        "Pentagone", "Hezbollah", "Hamas", "Reuters", "État islamique", "Hach al-Chaabi",
        "Conseil de sécurité nationale", "Chambre des représentants", "Commission des affaires étrangères",
        "ministère de la Défense", "Bureau ovale",
    }  # fmt: skip
    assert analysis.article.author == "Chia"
