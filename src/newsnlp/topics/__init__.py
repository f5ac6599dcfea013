"""Topic labels in the IPTC's Media Topics, or in a newsroom's own; keyphrases; themes of a corpus."""

from __future__ import annotations

import importlib

from newsnlp.topics.labeling import label_topics

# No module bears the name of a function: importing it would hide the function.
# scikit-learn and pandas are loaded with the names that need them.
_HOMES = {
    "TopicLabeler": "newsnlp.topics.labeler",
    "explain": "newsnlp.topics.explanation",
    "keyphrases": "newsnlp.topics.phrase_ranking",
    "themes": "newsnlp.topics.corpus_themes",
}

__all__ = ["TopicLabeler", "explain", "keyphrases", "label_topics", "themes"]  # resolved below


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'newsnlp.topics' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(_HOMES[name]), name)
