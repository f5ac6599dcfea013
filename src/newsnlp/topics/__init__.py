"""Topic labels in the IPTC's Media Topics, or in a newsroom's own; keyphrases; themes of a corpus."""

from __future__ import annotations

from newsnlp.topics.labeling import label_topics

__all__ = ["label_topics"]
