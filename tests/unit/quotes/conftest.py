"""Texts read for who speaks in them: names as the marks give them, no model."""

from __future__ import annotations

import pytest

from newsnlp.grammar.sentences import Sentences
from newsnlp.quotes.speakers import Speakers
from newsnlp.records import Label, Mention


@pytest.fixture(scope="session")
def drafts_of(marks, split_text):
    """Return what gives the quotations that a reader finds in a marked text: kind, words, speaker, cue."""

    def read(marked, find):
        text, _, names = marks.read_marks_and_names(marked)
        mentions = [
            Mention(start=start, end=end, text=text[start:end], label=Label(label)) for start, end, label in names
        ]
        sentences = Sentences(text, split_text(text), (), mentions)

        def worded(span):
            return None if span is None else text[slice(*span)]

        return [
            (str(draft.kind), text[draft.start : draft.end], worded(draft.speaker), worded(draft.cue))
            for draft in find(sentences, Speakers(sentences))
        ]

    return read
