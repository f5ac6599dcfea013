"""The figures of a hostile text cost as much a word as those of the first part of it: counted calls, never seconds.

Calls are the same at every run, so nothing here can flake; they do not see the time inside one regular expression or
one slice, so a few shapes that were slow there are measured by the share of CPU time, best of several tries.
"""

from __future__ import annotations

import contextlib
import re
import sys
import time
from functools import partial
from itertools import pairwise
from types import SimpleNamespace

import pytest

from newsnlp.errors import NumeralError
from newsnlp.figures.extract import read_figures
from newsnlp.figures.parts.breakdowns import _parts_of
from newsnlp.language import sentence_starts
from newsnlp.numerals.parse import parse_numeral
from newsnlp.quantities.find import find_quantities
from newsnlp.records import Entity, Label, Mention

GROWTH = 1.3
"""The largest exponent of growth: twice the text, 2.5 times the work."""
WORDS = 100
"""Words and signs of the smaller text: past what any rule looks at around one figure."""
FEW = 40

# What is repeated. Beside each family, the shapes that were found to be slow before November 2026 are among them.
REPEATED = [
    # bare numbers, their separators and lists
    *(
        "1 ",
        "1, ",
        "1; ",
        "1-",
        "1/2 ",
        "3-1 ",
        "(1) ",
        "12\t",
        "12\n",
        "12 000 ",
        "100 ",
        "1 et ",
        "ni 1 ni 2 ",
        "1 à ",
    ),
    *(
        "entre 1 et 2 ",
        "de 1 à 2 ",
        "« 5 » ",
        "$1 ",
        "12 % ",
        "12 mars 2024 ",
        "12h30 ",
        "5e, ",
        "2 euros 50 ",
        "3 ans ",
    ),
    # words that are numbers, or may be
    *(
        "un ",
        "mille ",
        "cent mille ",
        "vingt et un ",
        "plusieurs dizaines de milliers de ",
        "milliers de ",
        "un tiers ",
    ),
    *(
        "un mot ",
        "une victime ",
        "un homme tué et ",
        "un autre ",
        "5 autres ",
        "5 autres blessés ",
        "une femme et un homme, ",
    ),
    # parts and wholes
    *("5 morts dont 3 ", "dont 3 ", "5 d'entre eux ", "5 sur les ", "1 : ", "5 morts : 3 et ", "(5) ", "parmi eux, 5 "),
    # sources, plans, denials
    *(
        "selon X, 5 morts, ",
        "selon 5 morts ",
        "la police a annoncé 5 morts, ",
        ") a dit 5 ",
        "Il y a 5 morts, a-t-il dit. ",
        "Paul a 5 morts, a-t-il dit, ",
        "Paul, ministre, dit 5 morts. Le ministre affirme que 3 sont grecs, ce dernier dit que 2, ",
        "selon la même source, 5 morts, ",
    ),
    *("« cinq morts et trois blessés », a dit Paul, ", '"cinq morts et trois blessés", selon Paul ', "« 5 morts. »\n"),
    *("ne pas 3 ", "nie 3 euros ", "aurait 3 ", "prévoit 3 ", "d'ici à 3 ", "environ 3 ", "plus de 3 "),
    # events, places, dates
    *("5 morts, ", "a tué 5 ", "5 tirs ", "5 cas ", "5 sièges ", "5 % oui ", "5 manifestants ", "5 touchés "),
    *("5 à Lyon ", "Lyon 5 morts ", "Lyon. 5 morts. ", "5 morts à Lyon, Paul ", "hier 3 ", "dette de 18 millions, "),
]


def split(text):
    starts = [*sentence_starts(text), len(text)]
    return [(start, end) for start, end in pairwise(starts) if end > start]


def signs(text):
    return len(re.findall(r"\w+|[^\w\s]", text))


LABELS = {"Lyon": Label.LOC, "Paul": Label.PER}


def names(text):
    return [
        Mention(start=found.start(), end=found.end(), text=found[0], label=LABELS[found[0]], entity_id=found[0])
        for found in re.finditer("Lyon|Paul", text)
    ]


ENTITIES = [Entity(id=name, name=name, label=label, mention_count=1) for name, label in LABELS.items()]


def read(text, bounds):
    return read_figures(text, find_quantities(text), bounds, names(text), ENTITIES)


def repeat(piece, words):
    return piece * (words // signs(piece) + 1)


def calls(work):
    """How many functions are called and generators resumed, those in C included."""
    count = 0

    def tell(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def growth(make, words, cost):
    """How much dearer a word is in a text four times as long, and how much longer that is; all is one sentence."""
    texts = [make(words), make(4 * words)]
    small, large = (cost(partial(read, text, [(0, len(text))])) / signs(text) for text in texts)
    return large / small, signs(texts[1]) / signs(texts[0])


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """Read the lexicons and build the patterns before anything is counted."""
    for piece in REPEATED:
        read(repeat(piece, FEW), [(0, len(repeat(piece, FEW)))])


@pytest.mark.parametrize("piece", REPEATED)
def test_calls_grow_with_the_text(piece):
    dearer, longer = growth(lambda words: repeat(piece, words), WORDS, calls)
    assert dearer <= longer ** (GROWTH - 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda words: ", ".join(str(i * 37 % 997) for i in range(words // 2)),
        lambda words: " ".join(str(2 ** (i % 50)) for i in range(words)),
        lambda words: "9000 morts : " + "1 mort, " * (words // 3),
        lambda words: "9000 morts, dont 1 enfant, " + "1 femme, " * (words // 3),
        lambda words: "9000 morts dont " + "1 à Lyon, " * (words // 4),
        lambda words: "dont ".join(f"{i} " for i in range(words // 2)),
        lambda words: "La police fait état de 5 morts, " + "la CGT de 4, " * (words // 5),
        lambda words: "« " + "5 morts et " * (words // 3) + "»",
        lambda words: "mot " * (words // 2) + ". " + "5 autres " * (words // 4),
        lambda words: "« a. »\n" * (words // 8) + "« 5 morts, a-t-il dit.\n" * (words // 16),
        lambda words: "5 " + "les " * words + "5 morts",
        lambda words: "dollars CFA de Suisse " * (words // 8) + "5 cents, 5 dollars, 5 francs CFA, " * (words // 14),
    ],
)
def test_calls_grow_with_a_text_of_parts(make):
    dearer, longer = growth(make, WORDS, calls)
    assert dearer <= longer ** (GROWTH - 1)


@pytest.mark.parametrize(
    "piece", ["1 ", "5 morts, ", "5 à Lyon ", "Il y a 5 morts, a-t-il dit. ", "« 5 morts. »\n", "un "]
)
def test_calls_grow_with_the_sentences(piece):
    texts = [repeat(piece, words) for words in (2 * WORDS, 8 * WORDS)]
    small, large = (calls(partial(read, text, split(text))) / signs(text) for text in texts)
    assert large <= small * 4 ** (GROWTH - 1)


SLOW_INSIDE_A_CALL = ["100 ", "100.", "milliers de ", "5 morts, ", "Il y a 5 morts, a-t-il dit. "]


class Counted(list):
    """A list that counts how often it is looked at."""

    looks = 0

    def __getitem__(self, index):
        self.looks += 1
        return super().__getitem__(index)


def test_what_is_quoted_is_passed_over_once():
    text = "« 5 morts, a-t-il dit.\n" * 400
    bounds = Counted(split(text))
    read(text, bounds)
    assert bounds.looks < 10 * len(bounds)


def test_the_parts_of_a_whole_end_where_they_are_too_many():
    drafts = Counted(SimpleNamespace(counts=True, value=2, parent=None) for _ in range(100))
    assert _parts_of(SimpleNamespace(value=5), drafts, 0) == ()
    assert drafts.looks == 3


def test_a_whole_is_looked_for_near_its_part():
    texts = ["dont ".join(f"{3_000 + number} " for number in range(numbers)) for numbers in (100, 1_600)]
    small, large = (calls(partial(read, text, [(0, len(text))])) / signs(text) for text in texts)
    assert large <= 1.3 * small


def cpu(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.parametrize("piece", SLOW_INSIDE_A_CALL)
def test_time_inside_calls_grows_with_the_text(piece):
    # Eight times the text at once, so that what grows with its square is eight times as dear a word; a busy machine
    # must show more than three at every one of the tries to be taken for it.
    small, large = (repeat(piece, words) + "10" for words in (10 * FEW, 80 * FEW))
    for _ in range(5):
        first = min(cpu(lambda: read(small, [(0, len(small))])) for _ in range(3)) / len(small)
        second = cpu(lambda: read(large, [(0, len(large))])) / len(large)
        if second <= 3 * first:
            return
    pytest.fail(f"{second / first:.1f} times as dear a character in eight times the text")


@pytest.mark.parametrize(
    "text",
    [
        "un demi et " * 1_500 + "un demi",
        "un virgule " + "un " * 1_500,
        "milliers de " * 1_500,
        "1 000 " * 1_500,
        "1e" + "9" * 5_000,
        "1^" + "9" * 5_000,
        "9" * 5_000,
        "1,2" * 1_500,
        "vingt et " * 1_500,
    ],
)
def test_a_numeral_of_any_length_is_read_or_refused(text):
    with contextlib.suppress(NumeralError):
        parse_numeral(text)
    find_quantities(text)


def test_a_book_is_no_numeral():
    with pytest.raises(NumeralError, match="has 1001 characters; accepted: one number of up to 1000"):
        parse_numeral("9" * 1001)
    assert parse_numeral(" " * 5_000 + "deux  mille" + " " * 5_000) == 2000


def test_a_row_of_numbers_loses_none():
    row = "310 420 530 640 750 860 970 180"
    assert [quantity.text for quantity in find_quantities(row)] == row.split()
    assert [quantity.value for quantity in find_quantities("120 000 350 240 000 410 520 630 700 000")] == [
        120_000,
        350,
        240_000,
        410,
        520,
        630,
        700_000,
    ]
    assert [quantity.value for quantity in find_quantities("1 000 000 000 000 000 morts")] == [10**15]
    assert find_quantities("100." * 30 + "10") == []


def test_no_figure_is_lost_in_a_sentence_of_thousands():
    text = "900 morts : " + "1 mort, " * 800
    assert len(read(text, [(0, len(text))])) == 801
    text = "5 morts dont 3 à Lyon, " * 300
    figures = read(text, [(0, len(text))])
    assert [figure.part_of for figure in figures] == [part for number in range(0, 600, 2) for part in (None, number)]
