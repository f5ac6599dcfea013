"""Names marked in a text: `[Lloyd Austin]{PER}`."""

from __future__ import annotations

import re

from newsnlp.records import Label, Mention

MARK = re.compile(r"\[([^\]]+)\]\{(PER|LOC|ORG|MISC)\}")


def read_marks(marked):
    """Return the text and the mentions of `[Lloyd Austin]{PER}`."""
    text, mentions, end = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        start = len(text)
        text += match.group(1)
        mentions.append(Mention(start=start, end=len(text), text=match.group(1), label=Label(match.group(2))))
        end = match.end()
    return text + marked[end:], mentions
