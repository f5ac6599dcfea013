"""Pipelines that workers load in tests: fast, and hostile where a text asks for it."""

from __future__ import annotations

import os
import re
import sys
import time

from newsnlp.records import Analysis, Entity, Figure, Mention


class FakePipeline:
    """Finds the first word and the first number of a text; fails, hangs or dies when told to."""

    def pipe(self, articles):
        for article in articles:
            yield self.analyse(article)

    def analyse(self, article):
        text = article.text
        if "RAISE" in text:
            message = f"told to by {article.id}"
            raise ValueError(message)
        if "DIE" in text:
            os._exit(3)
        if "HANG" in text:
            time.sleep(1000)
        if "LOCK" in text:
            # Catastrophic backtracking: the interpreter's lock is held for hours, no thread of the worker runs.
            re.match(r"(a+)+$", "a" * 60 + "b")
        if "NOISE" in text:
            sys.stdout.write("what a library prints must not get between the frames\n")
            sys.stdout.flush()
        word = text.split()[0] if text.split() else ""
        start = text.index(word)
        number = re.search(r"\d+", text)
        figures = ()
        if number:
            value = int(number[0])
            figures = (
                Figure(
                    start=number.start(),
                    end=number.end(),
                    text=number[0],
                    value=value,
                    value_min=value,
                    value_max=value,
                ),
            )
        return Analysis(
            article=article,
            entities=(Entity(id="e1", name=word, label="PER", mention_count=1),),
            mentions=(Mention(start=start, end=start + len(word), text=word, label="PER", entity_id="e1", score=0.5),),
            figures=figures,
            meta={"newsnlp": "fake", "warnings": ["one", "two"]},
        )


class SlowPipeline(FakePipeline):
    """Takes a moment for each article, so that there is time to kill something."""

    def analyse(self, article):
        time.sleep(0.004)
        return super().analyse(article)


def load(model, *, entities):
    return FakePipeline()


def load_slow(model, *, entities):
    return SlowPipeline()


def load_dead(model, *, entities):
    os._exit(7)


def load_wrong(model):
    return FakePipeline()
