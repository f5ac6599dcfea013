"""Stages that are cheap by themselves, at sizes at which the square of a small cost shows."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from tests.hostile.costs import MOST_GROWTH
from tests.hostile.shapes import SHAPES, word

from newsnlp.entities.recognition.lines import Candidate, Words, split_lines
from newsnlp.entities.repairs.edges import reach_known_names
from newsnlp.entities.repairs.labels import label_by_sentence
from newsnlp.entities.repairs.repeats import add_repeats
from newsnlp.entities.resolve import resolve_mentions
from newsnlp.reading import clean
from newsnlp.records import Label, Mention

FACTOR = 8
TRIES = 5


def assert_linear(make, work, size):
    """Assert that `work` on ``make(8 * size)`` takes at most ``8 ** 1.3`` times what it takes on ``make(size)``."""
    inputs = {count: make(count) for count in (size, FACTOR * size)}
    least: dict[int, float] = {}
    work(inputs[size])  # what is read once
    for _ in range(TRIES):
        for count, given in inputs.items():
            begun = time.process_time()
            work(given)
            least[count] = min(least.get(count, 1e9), time.process_time() - begun)
        if least[FACTOR * size] <= FACTOR**MOST_GROWTH * least[size]:
            return
    assert least[FACTOR * size] <= FACTOR**MOST_GROWTH * least[size], least


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ("related after prose", 12_000),
        ("comment headings", 12_000),
        ("signature lines", 12_000),
        ("combining, two kinds", 2_000),
        ("credits", 8_000),
        ("menu", 8_000),
        ("bylines", 12_000),
        ("date lines", 12_000),
        ("different titles", 12_000),
        ("tags", 8_000),
        ("attributes", 8_000),
        ("open comments", 8_000),
    ],
)
def test_cleaning_is_linear(shape, size):
    assert_linear(SHAPES[shape], clean, size)


def test_cleaning_of_names_that_the_prose_does_not_hold_is_linear():
    def page(size):
        signatures = "".join(f"Jean {word(i).title()}\n" for i in range(size // 100))
        return f"{signatures}{SHAPES['prose lines'](size)}\n{signatures}"

    assert_linear(page, clean, 3_000)


def named(pieces):
    """Return a text of pieces with one name each, and its mentions: ``(before, name, label)``."""
    text, mentions = "", []
    parts = []
    position = 0
    for before, name, label in pieces:
        parts += [before, name]
        start = position + len(before)
        position = start + len(name)
        mentions.append(Mention(start=start, end=position, text=name, label=label))
    text = "".join(parts) + "."
    return text, mentions


PIECES = {
    "one given name": lambda i: ("; ", f"Jean {word(i).title()}", Label.PER),
    "one surname": lambda i: ("; ", f"{word(i).title()} Dupont", Label.PER),
    "bare surnames of many": lambda i: ("; ", "Dupont" if i % 2 else f"{word(i).title()} Dupont", Label.PER),
    "one person": lambda i: ("; ", "Dupont" if i % 2 else "Jean Dupont", Label.PER),
    "initials of many": lambda i: ("; ", "JD" if i % 2 else f"Jean D{word(i)}", Label.PER),
    "unknown places": lambda i: (" à ", word(i).title(), Label.LOC),
    "known places": lambda i: (", ", ("Paris", "Berlin", "Tripoli", word(i).title())[i % 4], Label.LOC),
    "lists of places": lambda i: (", ", "Valence" if i % 2 else word(i).title(), Label.LOC),
    "shared heads": lambda i: ("; le ", f"Front {word(i)}" if i % 2 else "Front national", Label.ORG),
    "one romanisation": lambda i: ("; ", spelt(i).title(), Label.ORG),
}
# Where a cap makes the growth linear, both sizes lie beyond it.
SIZES = {"one person": 1_000, "one romanisation": 500}


def spelt(i):
    """Return one of 2 048 spellings of one foreign name."""
    return "a".join(letter * (1 + (i >> place & 1)) for place, letter in enumerate("mrtlnbdgzps"))


@pytest.mark.parametrize("shape", PIECES)
def test_resolving_names_is_linear(shape):
    def resolve(given):
        resolve_mentions(SimpleNamespace(text=given[0]), given[1], text=given[0])

    assert_linear(lambda count: named(map(PIECES[shape], range(count))), resolve, SIZES.get(shape, 250))


def test_of_many_who_share_a_word_each_stays_one_person():
    pieces = [("; ", f"Jean {word(i).title()}", Label.PER) for i in range(300)] * 2
    text, mentions = named(pieces)
    _, entities = resolve_mentions(SimpleNamespace(text=text), mentions, text=text)
    assert [entity.mention_count for entity in entities] == [2] * 300


def test_who_shares_both_names_with_many_stays_one_person():
    surnames = [("; ", f"Jean {word(i).title()}", Label.PER) for i in range(60)]
    given = [("; ", f"{word(i).title()} Dupont", Label.PER) for i in range(60)]
    one = ("; ", "Jean Dupont", Label.PER)
    text, mentions = named([one, *surnames, *given, one])
    _, entities = resolve_mentions(SimpleNamespace(text=text), mentions, text=text)
    assert entities[0].mention_count == 2


@pytest.fixture(scope="module")
def tokens(nlp):
    return nlp.language


@pytest.mark.model
@pytest.mark.parametrize(
    ("step", "unit", "label"),
    [
        (label_by_sentence, "• Mot\n", "LOC"),
        (add_repeats, "Jean {} Jean . ", "PER"),
        (reach_known_names, "Union pour la démocratie et le progrès social . ", "ORG"),
    ],
)
def test_repairs_are_linear(tokens, step, unit, label):
    def document(count):
        doc = tokens("".join(unit.format(word(i).title()) for i in range(count)))
        size = len(doc) // count
        starts = [i * size + (unit[0] == "•") for i in range(count)]
        words = 2 if label == "PER" else 1
        return doc, [(start, start + words) for start in starts]

    def work(given):
        doc, spans = given
        step(Words.of(doc), [Candidate(start, end, label, 0.85) for start, end in spans])

    assert_linear(document, work, 200)


@pytest.mark.model
def test_rows_of_marks_are_not_read_for_names(tokens):
    lines = split_lines(Words.of(tokens(f"{'_' * 1000}\nLyon 1\n* * *\n{'…' * 900}\n2")))
    assert [line.words for line in lines] == [["Lyon", "1"], ["2"]]
