"""The key under which the spellings of one place name meet."""

from __future__ import annotations

import re

from newsnlp.text.folding import fold

# No name of a place is longer; what is, is not looked up.
LONGEST = 100
# A bracket tells which one is meant: « Saint-Denis (Réunion) ».
_BRACKET = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[^\w&/]+|_")
_ARTICLE = re.compile(r"(?:les?|la|l) (?=\w)")
# The Arabic article, as letters assimilate it: « Ach-Charqat », « Al-Hasaka », « el-Oued ».
_ARABIC = re.compile(r"(?:a[lshrtdnz]|e[lrsd]|ach|ash|adh|ech) (?=\w)")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les", "&": "et"}


def place_key(name: str) -> str:
    """Return the key of a name: no case, accents, hyphens, article; abbreviations of saints opened.

    Examples
    --------
    >>> place_key("Le Havre"), place_key("St-Étienne"), place_key("L’Haÿ-les-Roses")
    ('havre', 'saint etienne', 'hay les roses')
    """
    folded = fold(name, accents=False)
    if "(" in folded and (bare := _BRACKET.sub(" ", folded).strip()):
        folded = bare
    words = _SIGNS.sub(" ", folded).replace("s/", "sur ").replace("/", " ").split()
    key = " ".join([_SHORT.get(word, word) for word in words])
    return _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key


def without_arabic_article(key: str) -> str:
    """Return a key without the Arabic article at its head.

    Examples
    --------
    >>> without_arabic_article(place_key("Al-Hasaka"))
    'hasaka'
    """
    found = _ARABIC.match(key)
    return key[found.end() :] if found else key
