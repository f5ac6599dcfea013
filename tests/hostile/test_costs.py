from __future__ import annotations

import functools
import gc

import pytest
from tests.hostile.costs import ANALYSIS, MOST_COST, Stages, cpu_of_stages, excess, ordinary, units
from tests.hostile.shapes import SHAPES, new_words

pytestmark = pytest.mark.model

# Of a text and one eight times as long: linear is 8, the limit 15, quadratic 64. Noise of the machine is a factor of 1.5.
FACTOR = 8
# What a call costs beside any text, in CPU seconds.
A_CALL = 0.1
TRIES = 4
SIZE, CAMPAIGN_SIZE = 400, 4_000
# One word is quadratic up to the length at which it is cut (`LONGEST_WORD`), and linear from there: both sizes beyond it.
ONE_WORD = """
quote, one word|ellipsis, one word|underscore, one word|stop, one word|apostrophe, one word|letters then marks|
marks then letters|words joined by stops|huge word|colons|inversions|address
""".replace("\n", "").split("|")
# And a list is read by figures up to a bound.
LATER = {"numbered lines": 3_000, **dict.fromkeys(ONE_WORD, 2_500)}
# Lines of dates are furniture until there are too many of them; what is longer than a piece of 50 000 is joined.
CAMPAIGN_LATER = {"date lines": 80_000}
# What the other shapes do not show as well; all of them are tried in the campaign.
EVERY_DAY = """
quote, one word|ellipsis, one word|underscore, one word|stop, one word|apostrophe, one word|ellipsis, spaced|
letters then marks|marks then letters|words joined by stops|huge word|elisions|colons|bullet lines|dash lines|
one-word lines|different one-word lines|mixed breaks|blank lines|menu|bylines|signature lines|date lines|
related sentences|comment lines|different titles|credits|capitalised words|one name|names in a row|one given name|
families|surnames|surname of many|one initial|places|towns|acronyms|shared heads|offices|aged names|
capitals, words|no stop|ones|numbers|ranges|parts|casualties|emoji|combining, two kinds|zero width|blanks and zero width|
nested quotes|attributes|nested tags|open tags|open comments|references|page, one tag|page of links
""".replace("\n", "").split("|")


@pytest.fixture(scope="module")
def a_word(nlp):
    """Return the CPU of a word or sign of ordinary text, in this process; `again` makes it anew, and keeps the larger."""

    @functools.cache
    def measured(_attempt):
        text = ordinary(8_000)
        found = cpu_of_stages(Stages(nlp, outputs=False), text)
        return sum(found[stage] for stage in ANALYSIS) / units(text)

    return measured


def check(nlp, a_word, make, size, *, outputs):
    """Assert that no stage grows faster than linear, and that no word costs more than `MOST_COST` ordinary ones."""
    gc.freeze()  # a collection costs what is alive in the process, not what the text holds
    stages = Stages(nlp, outputs=outputs)
    small_text, large_text = make(size), make(FACTOR * size)
    small: dict[str, float] = {}
    large: dict[str, float] = {}
    cpu_of_stages(stages, small_text, tries=1, limit=30)  # what is read once
    for attempt in range(TRIES):
        # The least of several tries: what else the machine does only adds.
        for least, text in ((small, small_text), (large, large_text)):
            for stage, took in cpu_of_stages(stages, text, tries=1, limit=30).items():
                least[stage] = min(least.get(stage, took), took)
        too_fast = excess(small, large, FACTOR)
        whole = sum(large.get(stage, 0.0) for stage in ANALYSIS)
        allowed = A_CALL + MOST_COST * a_word(attempt) * units(large_text)
        if not too_fast and whole <= allowed:
            return
    assert not too_fast
    assert whole <= allowed


@pytest.mark.parametrize("shape", EVERY_DAY)
def test_every_stage_of_an_analysis_is_linear(nlp, a_word, shape):
    check(nlp, a_word, SHAPES[shape], LATER.get(shape, SIZE), outputs=False)


@pytest.mark.campaign
@pytest.mark.parametrize("shape", SHAPES)
def test_every_stage_and_output_is_linear_in_long_texts(nlp, a_word, shape):
    check(nlp, a_word, SHAPES[shape], CAMPAIGN_LATER.get(shape, CAMPAIGN_SIZE), outputs=True)


@pytest.mark.campaign
def test_memory_of_a_pipe_is_flat(tmp_path):
    """Read 20 million characters of words that were never met before: the process holds what it held after two."""
    import json
    import subprocess
    import sys

    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile.pipe_memory", "20"], capture_output=True, text=True, check=True
    )
    after = {int(key): value for key, value in json.loads(run.stdout.splitlines()[-1]).items()}
    assert after[max(after)] <= 1.15 * after[2], after


def test_new_words_are_new():
    assert set(new_words(2000, seed=1).split()).isdisjoint(new_words(2000, seed=2).split())
