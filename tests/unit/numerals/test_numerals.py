"""parse_numeral, spell_numeral and find_numbers: gold cases, the inverse, refusals, speed."""

from __future__ import annotations

import math
import random
import time

import pytest
from tests.gold.cases import as_tests, load_cases

from newsnlp.errors import NumeralError, OptionError
from newsnlp.numerals.find import find_numbers
from newsnlp.numerals.parse import parse_numeral, spell_numeral

GOLD = load_cases("numerals.toml")
VARIETIES = ("fr", "be", "ch")
SPELLINGS = ("traditional", "1990")


def test_gold_is_well_formed():
    for case in GOLD:
        assert set(case) <= {"id", "why", "text", "value"}
        assert case["why"]
    assert sum("value" not in case for case in GOLD) >= 10


@pytest.mark.parametrize("case", as_tests(GOLD))
def test_gold(case):
    if "value" not in case:
        with pytest.raises(NumeralError, match=r"not one number: accepted .* Hint: "):
            parse_numeral(case["text"])
        return
    value = parse_numeral(case["text"])
    assert math.isclose(value, case["value"], rel_tol=1e-9)
    assert isinstance(value, int) == isinstance(case["value"], int)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_parse_inverts_spell_below_ten_thousand(variety, spelling):
    for n in range(10_000):
        assert parse_numeral(spell_numeral(n, variety=variety, spelling=spelling)) == n


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_parse_inverts_spell_to_a_million_and_beyond(variety, spelling):
    rng = random.Random(20261122)
    numbers = [rng.randrange(10**6) for _ in range(1500)]
    numbers += [rng.randrange(10 ** rng.randrange(7, 19)) for _ in range(800)]
    numbers += [10**power + shift for power in range(3, 18) for shift in (-1, 0, 1)]
    for n in numbers:
        assert parse_numeral(spell_numeral(n, variety=variety, spelling=spelling)) == n


def test_spell_known_forms():
    assert spell_numeral(80) == "quatre-vingts"
    assert spell_numeral(80_000) == "quatre-vingt mille"
    assert spell_numeral(200_000_000) == "deux cents millions"
    assert spell_numeral(71) == "soixante et onze"
    assert spell_numeral(91) == "quatre-vingt-onze"
    assert spell_numeral(81, variety="ch") == "huitante et un"
    assert spell_numeral(97, variety="be") == "nonante-sept"
    assert spell_numeral(10**12) == "un billion"
    assert spell_numeral(3.08) == "trois virgule zéro huit"
    assert spell_numeral(-4) == "moins quatre"


def test_spelled_decimals_read_back():
    for value in (0.5, 2.25, 3.08, 12.305, 1_000_000.125):
        assert parse_numeral(spell_numeral(value)) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 10**18, True, "12", None])
def test_spell_refuses(bad):
    with pytest.raises(NumeralError, match="cannot be spelled"):
        spell_numeral(bad)


def test_spell_refuses_unknown_options():
    with pytest.raises(OptionError, match="did you mean 'fr'"):
        spell_numeral(1, variety="fre")
    with pytest.raises(OptionError, match="traditional"):
        spell_numeral(1, spelling="old")


@pytest.mark.parametrize("bad", [None, 12, b"12"])
def test_parse_refuses_other_types(bad):
    with pytest.raises(NumeralError, match="must be a str"):
        parse_numeral(bad)


def test_refusal_hints():
    for text, hint in (("XIV", "Roman"), ("plusieurs", "vague"), ("9" * 80, "10\\*\\*18"), ("١٢٣", "ASCII")):
        with pytest.raises(NumeralError, match=hint):
            parse_numeral(text)


def test_long_refusal_is_cut():
    with pytest.raises(NumeralError) as info:
        parse_numeral("bonjour " * 100)
    assert len(str(info.value)) < 300


def test_find_numbers_keeps_offsets():
    text = "Deux\u00a0cents blessés, 12\u202f000 déplacés, une dizaine d’enfants, la moitié."
    found = find_numbers(text)
    assert [(n.text, n.value) for n in found] == [
        ("Deux\u00a0cents", 200),
        ("12\u202f000", 12000),
        ("une dizaine", 10),
        ("la moitié", 0.5),
    ]
    assert all(text[n.start : n.end] == n.text for n in found)


def test_two_numbers_that_meet_stay_two():
    assert [n.value for n in find_numbers("deux trois")] == [2, 3]
    assert [n.value for n in find_numbers("deux cents et une femme")] == [200, 1]
    assert [n.value for n in find_numbers("En 2014 300 soldats")] == [2014, 300]


def test_quarantine_is_no_forty():
    assert [n.value for n in find_numbers("une quarantaine de 14 jours")] == [1, 14]
    assert find_numbers("placés en quarantaine") == []


def test_speed_is_above_the_floor():
    text = (
        "Au moins 12 personnes ont été tuées et une trentaine blessées mardi 3 mai à Bagdad, a indiqué la police. "
        "Les autorités évoquent 2,5 millions d'euros de dégâts et deux cents maisons détruites dans la ville. "
    ) * 400
    find_numbers(text)
    begin = time.process_time()
    find_numbers(text)
    spent = time.process_time() - begin
    # The issue asks 150 000 characters a CPU second; measured about 2 million on winer-fr train, 2026-11-22.
    assert len(text) / max(spent, 1e-9) > 150_000


def test_glued_letters_are_units_or_words():
    assert [n.text for n in find_numbers("29km à 14h30, 12abc, 3D, x5, 2,5 M€")] == ["29", "14", "2,5 M"]


def test_found_numbers_tell_their_form():
    text = "Le 3e de 12 000, -2,5 %, une dizaine, les deux tiers, plusieurs, aucun, une, EUR29,99, 15millions, A320."
    found = [(n.text, n.value, n.form.value) for n in find_numbers(text)]
    assert found == [
        ("3e", 3, "ordinal"),
        ("12 000", 12000, "cardinal"),
        ("-2,5", -2.5, "decimal"),
        ("une dizaine", 10, "collective"),
        ("deux tiers", pytest.approx(2 / 3), "fraction"),
        ("plusieurs", 2, "vague"),
        ("aucun", 0, "none"),
        ("une", 1, "article"),
        ("29,99", 29.99, "decimal"),
        ("15millions", 15000000, "cardinal"),
    ]


def test_a_sign_belongs_to_the_number_only_where_it_is_one():
    signed = ("Il fait moins dix degrés", "(-10)", "entre -10 et 4", "à moins dix degrés")
    assert [find_numbers(text)[0].value for text in signed] == [-10] * 4
    unsigned = ("au moins dix", "12-10", "dix heures moins dix", "plus ou moins dix", "du moins dix", "-une des dix")
    assert [find_numbers(text)[-1].value for text in unsigned] == [10] * 6


@pytest.mark.parametrize(
    "text", ["moins cinq", " un sur trois ", "trois et un cinquième", "5e", "zéro huit", "½", "2 1/4"]
)
def test_a_whole_string_is_found_as_it_is_parsed(text):
    (found,) = find_numbers(text)
    assert found.text == text.strip() == text[found.start : found.end]
    assert found.value == parse_numeral(text)


def test_find_numbers_refuses_other_types():
    with pytest.raises(NumeralError, match="takes a str, not int"):
        find_numbers(12)


def test_millet_is_no_thousand():
    found = find_numbers("cinq corps dans un champ de mil")
    assert 1000 not in [number.value for number in found]
    assert [number.value for number in find_numbers("mil neuf cent")] == [1900]
