from __future__ import annotations

import pytest

from newsnlp.entities.recognition.confidence import FEATURES, score_features, scores
from newsnlp.entities.recognition.lines import Candidate, Words

pytestmark = pytest.mark.model


def test_scores_are_probabilities_that_rise_with_the_networks(nlp):
    doc = Words.of(nlp.language("Kerbrac a parlé."))
    values = [scores(doc, [Candidate(0, 1, "PER", probability)])[0] for probability in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert values == sorted(values)
    assert 0 < values[0] < 0.5 < values[-1] < 1


def test_a_known_name_is_surer(nlp):
    doc = Words.of(nlp.language("Paris et Kerbrac."))
    known, unknown = scores(doc, [Candidate(0, 1, "LOC", 0.7), Candidate(2, 3, "LOC", 0.7)])
    assert known > unknown


def test_as_many_values_as_features(nlp):
    doc = Words.of(nlp.language("Paris et Paris."))
    rows = score_features(doc, [Candidate(0, 1, "LOC", 0.7), Candidate(2, 3, "LOC", 0.7)])
    assert {len(row) for row in rows} == {len(FEATURES)}
    assert rows[0][FEATURES.index("repeated")] == 1.0
