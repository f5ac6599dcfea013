"""Topic labels in the IPTC's Media Topics, or in a newsroom's own; keyphrases; themes of a corpus."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from newsnlp.topics.labeling import label_topics

if TYPE_CHECKING:
    from newsnlp.topics.corpus_themes import themes
    from newsnlp.topics.explanation import explain
    from newsnlp.topics.phrase_ranking import keyphrases
    from newsnlp.topics.training.labeler import TopicLabeler

# No module bears the name of a function: importing it would hide the function.
# scikit-learn and pandas are loaded with the names that need them.
_HOMES = {
    "TopicLabeler": "newsnlp.topics.training.labeler",
    "explain": "newsnlp.topics.explanation",
    "keyphrases": "newsnlp.topics.phrase_ranking",
    "themes": "newsnlp.topics.corpus_themes",
}

__all__ = ["TopicLabeler", "explain", "keyphrases", "label_topics", "themes"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'newsnlp.topics' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(_HOMES[name]), name)
