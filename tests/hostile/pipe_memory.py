"""Print the memory of a process that pipes millions of characters of ever-new words, in MB, after each two millions.

``python -m tests.hostile.pipe_memory [MILLIONS]``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.shapes import new_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = 5_000
_STEP = 2_000_000


def resident() -> int:
    """Return the resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 1_000_000


def articles(millions: int) -> Iterator[str]:
    """Yield articles: half sentences of new words, half a sample article with new names in it."""
    from newsnlp.samples import sample_corpus

    samples = [article.text for article in sample_corpus()]
    for number in range(millions * 1_000_000 // _ARTICLE):
        sample = samples[number % len(samples)]
        names = new_words(_ARTICLE - len(sample) if number % 2 else 200, seed=number).title()
        yield (sample + "\n" + names)[:_ARTICLE].ljust(_ARTICLE)


def main() -> None:
    """Print one line of JSON: memory by millions of characters."""
    import newsnlp

    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    nlp = newsnlp.load()
    after: dict[int, int] = {}
    for number, _ in enumerate(nlp.pipe(articles(millions)), 1):
        if number * _ARTICLE % _STEP == 0:
            after[number * _ARTICLE // 1_000_000] = resident()
            print(after, file=sys.stderr, flush=True)
    print(json.dumps(after))


if __name__ == "__main__":
    main()
