"""IPTC Media Topics: the codes of level 1 and 2, their French names and their parents."""

from __future__ import annotations

import functools
from typing import NamedTuple

from newsnlp.errors import OptionError
from newsnlp.lexicons import load_csv

SCHEME = "http://cv.iptc.org/newscodes/mediatopic/"
PREFIX = "medtop:"
RELEASE = "2023-10-24"


class MediaTopic(NamedTuple):
    """One term of the vocabulary; `parent` is None at level 1."""

    code: str
    level: int
    parent: str | None
    name: str

    @property
    def uri(self) -> str:
        """The address of the term in the IPTC's own vocabulary."""
        return SCHEME + self.code.removeprefix(PREFIX)

    @property
    def root(self) -> str:
        """The code at level 1 that the term stands under, or its own."""
        return self.parent or self.code


@functools.cache
def media_topics() -> dict[str, MediaTopic]:
    """Return the vocabulary by code, level 1 first.

    Examples
    --------
    >>> media_topics()["medtop:16000000"].name
    'Conflit, guerre et paix'
    """
    rows = load_csv(
        "topics_taxonomy.csv",
        columns=("code", "level", "parent", "name"),
        key=("code",),
        required=("code", "level", "name"),
    )
    return {row["code"]: MediaTopic(row["code"], int(row["level"]), row["parent"] or None, row["name"]) for row in rows}


def media_topic(code: str) -> MediaTopic:
    """Return the term of one code.

    Raises
    ------
    OptionError
        If the code is not in the vocabulary.
    """
    try:
        return media_topics()[code]
    except KeyError as error:
        raise OptionError.unknown("topic", code, media_topics()) from error


@functools.cache
def root_codes() -> tuple[str, ...]:
    """Return the 17 codes of level 1, in order."""
    return tuple(code for code, topic in media_topics().items() if topic.level == 1)
