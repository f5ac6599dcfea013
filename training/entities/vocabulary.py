"""Rebuild ``lexicons/fr/entities_vocabulary.csv``: French words that are no names where they open a sentence.

    python training/entities/vocabulary.py fr.json.gz TEXT...

The file is the French dictionary of pyspellchecker 0.9.1 (MIT), words with their counts in subtitles; its authors left
names out of it. Words stay that are frequent there or stand in one of the texts in small letters (those of ``training``,
``topics_terms.csv``). What is in our other lists of words, or borne by someone or somewhere, is left out, and a form whose plain
one is there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from pathlib import Path

from newsnlp import lexicons
from newsnlp.entities.knowledge.gazetteers import common_words, cue_words, first_names, known_places, organisations
from newsnlp.entities.repairs.openings import plain_forms
from newsnlp.gazetteer import candidates
from newsnlp.text.folding import fold

FILE = Path(__file__).parents[2] / "src/newsnlp/lexicons/fr/entities_vocabulary.csv"
LEAST_COUNT = 150
_WORD = re.compile(r"(?<![\w-])[a-zà-öø-ÿœ]+(?:-[a-zà-öø-ÿœ]+)*(?![\w-])")
SHORTEST = 3
# A town of more people is meant by its bare name.
MOST_PEOPLE = 2000
# Forms of verbs that no heading has.
VERB_ENDINGS = (
    "er", "ir", "ez", "ons", "ent", "ait", "ais", "ant", "era", "ira", "rai", "ras", "ront", "asse", "asses", "îmes", "îtes",
)  # fmt: skip


def is_town(word: str) -> bool:
    return any(
        not place.alias and place.country in {"FR", "BE", "CH", "LU", "CA"} and (place.population or 0) > MOST_PEOPLE
        for place in candidates(word)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    args = parser.parse_args()
    seen = {word for path in args.texts for word in _WORD.findall(path.read_text("utf-8"))}
    counts = json.loads(gzip.decompress(args.dictionary.read_bytes()))
    # « PiS » is no word
    named = (name for name in (*known_places(), *organisations()) if name == name.capitalize())
    names = first_names() | set(map(fold, named))
    known = common_words() | cue_words()["function_words"]
    endings = (*VERB_ENDINGS, *lexicons.words("entities.openings_noun_endings"))
    words: set[str] = set()
    for word, count in sorted(counts.items(), key=lambda item: (len(item[0]), item[0])):
        plain = fold(word)
        if (count < LEAST_COUNT and word not in seen) or len(word) < SHORTEST or not plain.replace("-", "").isalpha():
            continue
        if plain in names or plain.endswith(endings) or not (words | known).isdisjoint(plain_forms(plain)):
            continue
        if not is_town(word):
            words.add(plain)
    FILE.write_text("surface\n" + "".join(f"{word}\n" for word in sorted(words)), "utf-8")


if __name__ == "__main__":
    main()
