"""What hostile shapes of text cost, stage by stage, against ordinary text in the same process.

``python tests/hostile/costs.py [--size N] [--only SUBSTRING] [--stages a,b]`` prints, worst first, how the CPU of each
stage grows with the text (exponent; 1 is linear) and what the whole analysis costs a word or sign (1 is ordinary).
"""

from __future__ import annotations

import argparse
import functools
import math
import re
import signal
import sys
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hostile.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The growth that is still called linear: cost(4 n) / cost(n) at most 4 ** 1.3.
MOST_GROWTH = 1.3
# A word or sign of any text costs at most so much more than one of ordinary text.
MOST_COST = 2.5
# What a stage costs beside any text: calls, caches that fill. Left out of ratios, in CPU seconds.
FLOOR = 0.004
CHARS_A_WORD = 5.5


class TooSlow(BaseException):
    """The CPU time that a piece of work may take is over."""


def units(text: str) -> float:
    """Return the words and signs of a text; blanks and huge words count as the words that would fill their length."""
    return max(len(re.findall(r"\w+|[^\w\s]", text)), len(text) / CHARS_A_WORD, 1)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` inside the block after so many seconds: a timer of CPU would make its clock coarse."""

    def over(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, over)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def forget(nlp: Any, *, tokens: bool) -> None:
    """Empty what remembers words: a text that is met a second time would cost nothing."""
    from newsnlp.language import vocabulary

    if tokens:
        nlp.language = vocabulary.fresh(nlp.language, nlp._own_strings)
    for memory in memories(len(sys.modules)):
        memory.cache_clear()


@functools.lru_cache(maxsize=1)
def memories(_modules: int) -> list[Any]:
    """Return the caches of newsnlp that a text fills, as so many modules are loaded."""
    values = [
        value for name, module in sys.modules.items() if name.startswith("newsnlp") for value in vars(module).values()
    ]
    return [v for v in values if hasattr(v, "cache_clear") and v.cache_parameters()["maxsize"] is not None]


class Stages:
    """The stages of an analysis, each as a function of what those before it made of a text.

    With ``outputs``, also what is made of an analysis: keyphrases, rows, tables, HTML, exports.
    """

    def __init__(self, nlp: Any, *, outputs: bool = True) -> None:
        self.nlp = nlp
        self.outputs = outputs

    def run(self, text: str, spent: Callable[[str, Callable[[], Any]], Any]) -> None:
        """Pass a text through every stage; ``spent(name, work)`` times one and returns what it gave."""
        import newsnlp
        from newsnlp.entities.find import find_mentions
        from newsnlp.entities.resolve import resolve_mentions
        from newsnlp.exports import render_displacy, to_conll, to_displacy, to_doccano, to_label_studio, to_ninjs
        from newsnlp.extractors import Given
        from newsnlp.figures import extract_figures
        from newsnlp.ingest.articles import read_article
        from newsnlp.language import sentence_starts
        from newsnlp.pipeline import _pieces
        from newsnlp.reading import clean, detect_language
        from newsnlp.records import Analysis
        from newsnlp.render.html import analysis_to_html
        from newsnlp.tables import casualties, forces, to_frames
        from newsnlp.topics import keyphrases, label_topics

        nlp = self.nlp
        data = text.encode("utf-8", "surrogatepass")

        def read() -> Any:
            try:
                return read_article(data)
            except newsnlp.NewsnlpError:
                return None

        spent("read", read)
        cleaned = spent("clean", lambda: clean(text))
        if cleaned is None:
            return
        plain = cleaned.text
        spent("language", lambda: detect_language(plain))
        pieces = list(_pieces(plain))
        spent("tokenise", lambda: [nlp.language.tokenizer(piece) for piece in pieces])
        spent("sentences", lambda: sentence_starts(plain))
        doc = spent("docs", lambda: next(nlp._docs([cleaned])))
        if doc is None:
            return
        found = spent("mentions", lambda: find_mentions(doc))
        if found is None:
            return
        mentions, entities = spent("entities", lambda: resolve_mentions(doc, found, text=plain)) or ([], [])
        figures = spent("figures", lambda: extract_figures(doc, mentions, entities)) or []
        topics = (
            spent("topics", lambda: label_topics(plain, mentions=mentions, entities=entities, figures=figures)) or []
        )
        article = newsnlp.Article(text=text)
        analysis = spent(
            "finish",
            lambda: Analysis(
                article=article,
                body_spans=tuple(cleaned.body_spans),
                meta=nlp._meta("fr", [], Given(text=plain)),
                **newsnlp.record_kinds.to_raw(
                    {"mentions": mentions, "entities": entities, "figures": figures, "topics": topics}, cleaned
                ),
            ),
        )
        if analysis is None or not self.outputs:
            return
        spent("keyphrases", lambda: keyphrases(analysis))
        spent("records", lambda: Analysis.from_dict(analysis.to_dict()))
        spent("frames", lambda: to_frames(analysis))
        spent("views", lambda: (casualties(analysis), forces(analysis)))
        spent("html", lambda: analysis_to_html(analysis))
        spent("displacy", lambda: (to_displacy(analysis), render_displacy(analysis)))
        spent("conll", lambda: to_conll(analysis))
        spent("doccano", lambda: list(to_doccano([analysis])))
        spent("label studio", lambda: to_label_studio([analysis]))
        spent("ninjs", lambda: to_ninjs(analysis))


def cpu_of_stages(stages: Stages, text: str, *, tries: int = 2, limit: float = 20.0) -> dict[str, float]:
    """Return the CPU seconds of each stage over a text, the least of several tries; infinite beyond the limit."""
    best: dict[str, float] = {}

    def spent(name: str, work: Callable[[], Any]) -> Any:
        made = None
        for attempt in range(tries):
            forget(stages.nlp, tokens=name in {"tokenise", "docs"})
            begun = time.process_time()
            try:
                with limited(limit):
                    made = work()
                took = time.process_time() - begun
            except TooSlow:
                took = math.inf
            best[name] = min(best.get(name, math.inf), took)
            if took > 1 and attempt == 0:  # long enough to be measured once
                break
        return made

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stages.run(text, spent)
    return best


def ordinary(size: int) -> str:
    """Return about `size` characters of ordinary text."""
    from newsnlp.samples import sample_corpus

    articles = "\n".join(article.text for article in sample_corpus())
    return (articles * (size // len(articles) + 1))[:size]


ANALYSIS = ("clean", "language", "docs", "mentions", "entities", "figures", "topics", "finish")


def excess(small: dict[str, float], large: dict[str, float], factor: float) -> dict[str, float]:
    """Return the stages that grow faster than `MOST_GROWTH`, with their exponents."""
    found = {stage: growth(small[stage], large.get(stage, math.inf), factor) for stage in small}
    return {stage: round(exponent, 2) for stage, exponent in found.items() if exponent > MOST_GROWTH}


def growth(small: float, large: float, factor: float) -> float:
    """Return the exponent with which a cost grows; what is too small to measure does not grow."""
    if large <= FLOOR:
        return 0.0
    return math.log(large / max(small, FLOOR)) / math.log(factor)


def main() -> None:
    """Print the table."""
    import newsnlp

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=8_000, help="characters of the smallest text")
    parser.add_argument("--only", default="", help="shapes with this in their name")
    parser.add_argument("--limit", type=float, default=20.0, help="CPU seconds a stage may take")
    parser.add_argument("--top", type=int, default=60)
    options = parser.parse_args()
    stages = Stages(newsnlp.load())
    plain = ordinary(4 * options.size)
    cpu_of_stages(stages, plain, tries=1)
    base = {name: took / units(plain) for name, took in cpu_of_stages(stages, plain).items()}
    whole_base = sum(base[name] for name in ANALYSIS)
    print({name: f"{1e6 * took:.1f}" for name, took in base.items()}, "microseconds a word or sign")
    growths, costs = [], []
    for name, make in SHAPES.items():
        if options.only not in name:
            continue
        texts = [make(options.size * factor) for factor in (1, 2, 4)]
        found = [cpu_of_stages(stages, text, limit=options.limit) for text in texts]
        for stage in found[0]:
            exponent = growth(found[0][stage], found[2].get(stage, math.inf), 4)
            growths.append((exponent, name, stage, [run.get(stage, math.inf) for run in found]))
        whole = sum(found[2].get(stage, math.inf) for stage in ANALYSIS)
        dear = {
            stage: round(found[2].get(stage, math.inf) / units(texts[2]) / whole_base, 2)
            for stage in found[2]
            if found[2].get(stage, math.inf) / units(texts[2]) > 0.5 * whole_base
        }
        costs.append((whole / units(texts[2]) / whole_base, name, whole, dear))
        print(
            f"{name}: {whole:.2f} s, {costs[-1][0]:.2f}",
            {s: [round(r.get(s, math.inf), 3) for r in found] for e, n, s, _ in growths if n == name and e > 1.2},
            file=sys.stderr,
        )
    print("\ngrowth (exponent, shape, stage, CPU seconds at n, 2 n, 4 n)")
    for exponent, name, stage, took in sorted(growths, key=lambda row: -row[0])[: options.top]:
        print(f"{exponent:5.2f}  {name:28} {stage:12} {'  '.join(f'{x:.4f}' for x in took)}")
    print("\ncost of a word or sign of the whole analysis (1 is ordinary), CPU seconds, stages above half of it")
    for ratio, name, whole, dear in sorted(costs, key=lambda row: -row[0])[: options.top]:
        print(f"{ratio:6.2f}  {name:28} {whole:.3f}  {dear}")


if __name__ == "__main__":
    main()
