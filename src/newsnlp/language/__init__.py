"""The French spaCy pipeline: fast loading, and sentences that end where the text's lines end."""

from __future__ import annotations

from newsnlp.language.loading import load_language
from newsnlp.language.sentences import sentence_starts

__all__ = ["load_language", "sentence_starts"]
