"""Hostile shapes of text, each at any size: what a page, a broken export or somebody of bad will may hold.

``SHAPES[name](size)`` gives a text of about `size` characters.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SYLLABLES = ["ba", "co", "du", "fé", "gui", "lo", "mar", "né", "pi", "rou", "sa", "to", "vi", "zan", "chel", "dri"]
_GIVEN = ["Jean", "Marie", "Paul", "Léa", "Ahmed", "Fatou", "Louis", "Nina", "Omar", "Zoé"]


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _counted(make: Callable[[int], str]) -> Callable[[int], str]:
    """Return what puts `make(0)`, `make(1)` … one after the other."""

    def text(size: int) -> str:
        parts: list[str] = []
        length = 0
        for number in itertools.count():
            parts.append(make(number))
            length += len(parts[-1])
            if length >= size:
                return "".join(parts)
        raise AssertionError

    return text


def word(number: int) -> str:
    """Return the word of a number: syllables, different for different numbers."""
    base = len(_SYLLABLES)
    found = _SYLLABLES[number % base]
    while number := number // base:
        found += _SYLLABLES[number % base]
    return found


def new_words(size: int, *, seed: int = 0) -> str:
    """Return sentences of words that stand nowhere else, names among them."""
    source = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        words = [word(source.randrange(10**9)) for _ in range(12)]
        words[0], words[5], words[6] = words[0].title(), words[5].title(), words[6].title()
        parts.append(" ".join(words) + ". ")
        length += len(parts[-1])
    return "".join(parts)


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        depth = size // (len(opening) + len(closing)) + 1
        return opening * depth + closing * depth

    return text


def _attributes(size: int) -> str:
    return "<div " + _counted(lambda i: f'data-a{i}="{i}" ')(size) + "><p>Deux morts à Lyon.</p></div>"


def _page(inner: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: f"<html><body><p>Deux soldats ont été tués à Lyon.</p>{inner(size)}</body></html>"


def _huge_word(size: int) -> str:
    source = random.Random(1)
    return "".join(source.choice("abcdefghijklmnopqrstuvwxyzé") for _ in range(size))


def _mixed_case(size: int) -> str:
    source = random.Random(2)
    return "".join(source.choice("aAbBcCdD") for _ in range(size))


def _json_ld(_: int) -> str:
    return '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Deux morts"}</script>'


def _full_name(i: int) -> str:
    return f"{_GIVEN[i % len(_GIVEN)]} {word(i).title()}"


def _families(i: int) -> str:
    return f"{word(i).title()} {['Dupont', 'Martin', 'Traoré'][i % 3]} a parlé. "


MARKS = {
    "quote": '"',
    "bracket": "(",
    "closing bracket": ")",
    "ellipsis": "…",
    "underscore": "_",
    "equals": "=",
    "stop": ".",
    "hyphen": "-",
    "apostrophe": "'",
    "guillemet": "«",
    "euro": "€",
    "slash": "/",
    "star": "*",
    "at": "@",
    "comma": ",",
    "exclamation": "!",
    "degree": "°",
    "percent": "%",
    "bullet": "•",
}
_SPACED = ("quote", "bracket", "ellipsis", "stop", "hyphen", "apostrophe", "guillemet", "euro", "bullet")

PROSE = "Une phrase de prose qui est assez longue pour être prise pour telle, oui.\n"

SHAPES: dict[str, Callable[[int], str]] = {
    **{f"{name}, one word": _repeated(mark) for name, mark in MARKS.items()},
    **{f"{name}, spaced": _repeated(f"{mark} ") for name, mark in MARKS.items() if name in _SPACED},
    # One long token with marks at its ends, or within.
    "letters then marks": lambda size: "a" * (size // 2) + '"' * (size // 2),
    "marks then letters": lambda size: '"' * (size // 2) + "a" * (size // 2),
    "words joined by marks": _repeated('mot"-'),
    "words joined by stops": _repeated("mot."),
    "words joined by slashes": _repeated("mot/"),
    "numbers joined by commas": _repeated("12,"),
    "huge word": _huge_word,
    "one letter": _repeated("a"),
    "mixed case": _mixed_case,
    "capitals": _repeated("A"),
    "hyphened name": _repeated("Jean-Pierre-"),
    "elisions": _repeated("l'"),
    "inversions": _repeated("-t-il"),
    "colons": _repeated("a:"),
    "address": lambda size: "https://exemple.fr/" + _repeated("a/b?c=d&")(size),
    "addresses": _counted(lambda i: f"https://exemple.fr/{word(i)}/{i}?a=b "),
    "mails": _counted(lambda i: f"{word(i)}@exemple.fr "),
    "digits, one word": _repeated("1234567890"),
    # Lines.
    "bullet lines": _repeated("• Mot\n"),
    "dash lines": _repeated("- Mot\n"),
    "one-letter lines": _repeated("a\n"),
    "one-word lines": _repeated("Mot\n"),
    "different one-word lines": _counted(lambda i: f"{word(i).title()}\n"),
    "numbered lines": _counted(lambda i: f"{i}. {word(i).title()}\n"),
    "blank lines": _repeated("\n \n"),
    "line feeds": _repeated("\n"),
    "mixed breaks": _repeated("Mot\r\n\r\n\n\r"),
    "tabs": _repeated("\t"),
    "tabbed cells": _repeated("Mot\t12\t"),
    "blanks": _repeated(" "),
    "no-break blanks": _repeated("\u00a0"),
    "blanks and marks": _repeated("  ."),
    "menu": _repeated("Accueil | "),
    "menu lines": _repeated("Accueil\n"),
    "bylines": _repeated("Par Jean Dupont\n"),
    "signature lines": _counted(lambda i: f"{_full_name(i)}\n"),
    "date lines": _repeated("Publié le 12 mars 2024\n"),
    "related lines": _repeated("À lire aussi\nUn autre titre de journal\n"),
    "related sentences": _repeated("À lire aussi\nUn titre\nIl est venu ici hier soir.\n"),
    "related after prose": lambda size: PROSE + _repeated("À lire aussi\nUn titre\nIl est venu ici hier soir.\n")(size),
    "comment headings": lambda size: "Commentaires\n" * (size // 13) + PROSE,
    "comment lines": _repeated(
        "Commentaires\nUne phrase de lecteur qui est assez longue pour être de la prose, oui.\n"
    ),
    "titles": _repeated("Un titre sans point final de cinq mots\n"),
    "different titles": _counted(lambda i: f"Le titre {word(i)} sans point final\n"),
    "prose lines": _repeated("Une phrase de prose qui est assez longue pour être prise pour telle, oui.\n"),
    "credits": _repeated("Une légende de photo. © Jean Dupont / AFP\n"),
    # Names.
    "capitalised words": _repeated("Mot "),
    "one name": _repeated("Emmanuel Macron a parlé. "),
    "different names": _counted(lambda i: f"{_full_name(i)} a parlé. "),
    "names in a row": _counted(lambda i: f"{_full_name(i)}, "),
    "one given name": _counted(lambda i: f"Jean {word(i).title()} a parlé. "),
    "families": _counted(_families),
    "surnames": _counted(lambda i: f"M. {word(i).title()} a parlé. "),
    "surname of many": _counted(lambda i: f"Jean {word(i % 40).title()} Dupont et M. Dupont. "),
    "initials": _repeated("J. K. Rowling, J.-P. "),
    "one initial": _repeated("A. "),
    "civilities": _repeated("M. "),
    "de": _repeated("de "),
    "places": _counted(lambda i: f"à {word(i).title()}, en Irak, "),
    "towns": _repeated("Paris (Texas), Valence, Lyon et Tripoli. "),
    "organisations": _counted(lambda i: f"L'association {word(i).title()} de France (A{word(i)[:2].upper()}) a dit. "),
    "acronyms": _repeated("ONU (Organisation des Nations unies) "),
    "different acronyms": _counted(lambda i: f"Comité {word(i).title()} Libre (C{word(i)[0].upper()}L) "),
    "shared heads": _counted(lambda i: f"le Front {word(i).title()} et le Front national. "),
    "offices": _repeated("le ministre de la Défense Paul Durand, "),
    "aged names": _counted(lambda i: f"{word(i).title()}, {i % 90} ans, "),
    "capitals, words": _repeated("LE MINISTRE PAUL DURAND A PARLÉ "),
    "chain of nouns": _repeated("mot de "),
    "chain of adjectives": _repeated("grand de "),
    "small words": _repeated("et la de du les "),
    "no stop": _repeated("le ministre a dit que la ville de Lyon reste calme et "),
    # Figures.
    "ones": _repeated("1 "),
    "numbers": _counted(lambda i: f"{i * 37 % 997}, "),
    "numeral words": _repeated("vingt et un mille "),
    "casualties": _repeated("Trois morts et 12 blessés à Marseille. "),
    "parts": _repeated("dont 3 femmes, "),
    "ranges": _repeated("de 10 à 20 "),
    "dates": _repeated("le 12 mars 2024 "),
    "prices": _repeated("3,50 € "),
    "scores": _repeated("3-1 "),
    # Characters.
    "emoji": _repeated("😀"),
    "emoji, spaced": _repeated("👩‍👩‍👧 "),
    "combining": lambda size: "e" + "\u0301" * size,
    "combining, two kinds": lambda size: "e" + "\u0301\u0323" * (size // 2),
    "accents": _repeated("e\u0301"),
    "zero width": _repeated("a\u200b"),
    "zero width alone": _repeated("\u200b"),
    "soft hyphens": _repeated("mot\u00ad"),
    "blanks and zero width": _repeated(" \u200b"),
    "controls": _repeated("\x01\x02"),
    "ascii art": _repeated("+--=*/\\|_|~^ \n"),
    "nested quotes": _nested("« ", " »"),
    "nested brackets": _nested("(", ")"),
    "quoted words": _repeated("« mot » "),
    "ideographs": _repeated("新聞"),
    "surrogates": _repeated("\ud800"),
    # HTML.
    "attributes": _attributes,
    "tags": _repeated("<b>mot</b> "),
    "nested tags": _nested("<div>", "</div>"),
    "nested lists": _nested("<ul><li>", "</li></ul>"),
    "nested tables": _nested("<table><tr><td>", "</td></tr></table>"),
    "open tags": _repeated("<a "),
    "open paragraphs": _repeated("<p>mot "),
    "less than": _repeated("<"),
    "ampersands": _repeated("&"),
    "references": _repeated("&amp;"),
    "number references": _repeated("&#233;"),
    "open comments": _repeated("<!--"),
    "open scripts": _repeated("<script>"),
    "doctype": lambda size: "<!doctype html" + " " * size,
    "blanks in a tag": lambda size: "<p>a</p><b" + " " * size,
    "page of paragraphs": _page(_repeated("<p>Une phrase de prose qui est assez longue pour être prise.</p>")),
    "page of items": _page(_repeated("<li>Un</li>")),
    "page of links": _page(_counted(lambda i: f'<a href="/{i}">{word(i)}</a>')),
    "page of data": _page(_counted(_json_ld)),
    "page, one tag": _page(_attributes),
    "page, nested": _page(_nested("<div>", "</div>")),
    "page, nested inline": _page(_nested("<b><i>", "</i></b>")),
    "page, open tags": _page(_repeated("<a ")),
    "page, comments": _page(_repeated("<!--")),
    "page of metadata": _page(_repeated('<meta property="og:title" content="Deux morts">')),
    "page of breaks": _page(_repeated("<br>")),
    "page of cells": _page(_repeated("<table><tr><td>1</td></tr></table>")),
    "page, one paragraph": _page(lambda size: "<p>" + _repeated("Deux morts à Lyon. ")(size) + "</p>"),
    "new words": new_words,
}
