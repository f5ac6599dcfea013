"""Paragraphs that a scraper glued together (``CalaisLes``, ``Français.3 840``): parted, with a map back."""

from __future__ import annotations

import re

from newsnlp.lexicons import pattern, word_set
from newsnlp.text.offsets import Mended, rewritten

# Where something may be glued, looked for in every text: the rarer character first.
_CAPITALS = re.compile(r"[A-ZÀÉ«“](?<=[a-zà-ÿ0-9»”).!?…].)")
_DIGITS = re.compile(r"\.[0-9](?<=[a-zà-ÿ]..)")
# What may stand before a word that opens a sentence, and before a stop without a blank behind it.
_ENDED = re.compile(r"(?:[a-zà-ÿ]{3}|\d{4}|[)»”])\Z")
_STOPPED = re.compile(r"(?:(?P<word>[^\W\d_]{3,})|[ \u00a0\u202f»])[.!?…]+\Z")
_OPENER = pattern(r"(?:<language_sentences.openers>)(?: (?![A-Z]{2})|['’][\w«])")
# No word of French is as long as forty letters: letters without end are not read again from each of their capitals.
_OPENING = re.compile(r"(?P<capital>[A-ZÀ-ÖØ-ÞŒ][^\W\d_]{,40}+)[ '’]|\d{1,3}(?:[ \u00a0\u202f]\d{3})* [a-zà-ÿ]|[«“]")
_ADDRESS = re.compile(r"(?:https?:|www\.|@|/)\S*\Z")
# A bracket glued to the word before: « Dupont(Vittel) », « Bussang(88) », no « agent(e) », « élu(E) ».
_BRACKET = re.compile(r"\((?<=[a-zà-ÿ]{2}.)(?=[A-ZÀ-ÖØ-Þ][\w.'’-]|\d{2,3}\))")
# A dash glued to a name: « Lunéville- où elle vit », no « Franco- et germanophones », « Saône- Loire ».
_DASH = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]++-(?= (?!et |ou |puis )[a-zà-ÿ])")
_BEFORE = 80
_NEAR = 500


def part_glued(text: str) -> Mended | None:
    r"""Return a text whose glued paragraphs are parted, None where nothing is glued.

    Parameters
    ----------
    text : str

    Notes
    -----
    After a small letter only a word that opens a sentence, in a capital, is glued: ``CalaisLes`` is, ``YouTube``,
    ``TotalEnergies`` and ``LaREM`` are not. After a stop a capital, a number with its noun, or a quotation.

    Examples
    --------
    >>> part_glued("La « jungle » de CalaisLes migrants sont 300.Le préfet a dit oui.").text
    'La « jungle » de Calais\nLes migrants sont 300.Le préfet a dit oui.'
    >>> part_glued("YouTube et BlaBlaCar, iPhone, LaREM, McDonald, www.Le.fr") is None
    True
    """
    places = [match.end() - 1 for found in (_CAPITALS, _DIGITS) for match in found.finditer(text)]
    edits = [(place, place, "\n") for place in sorted(places) if _is_glued(text, place)]
    return rewritten(text, edits) if edits else None


def _is_glued(text: str, place: int) -> bool:
    before = text[max(0, place - _BEFORE) : place]
    if _ENDED.search(before):
        if _OPENER.match(text, place) is None or _ADDRESS.search(before) is not None:
            return False
        # A trail that ends in the headline, which stands below: the rules for pages know it.
        end = text.find("\n", place, place + _NEAR)
        return end < 0 or text.find(text[place : end + 1], end, end + _NEAR) < 0
    stopped = _STOPPED.search(before) if before.endswith((".", "!", "?", "…")) else None
    opening = None if stopped is None else _OPENING.match(text, place)
    return (
        stopped is not None
        and opening is not None
        and stopped["word"] not in word_set("language_sentences.never_last")
        and (opening["capital"] or "").lower() not in word_set("language_sentences.web_endings")
        and _ADDRESS.search(before) is None
    )


def part_names(text: str) -> Mended | None:
    """Return a text in which a blank stands before the bracket or the dash glued to a name, None where none is.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> part_names("Jean Dupont(Vittel) gagne. À Lunéville- où elle vit -, on l'attend.").text
    "Jean Dupont (Vittel) gagne. À Lunéville - où elle vit -, on l'attend."
    >>> part_names("Les élu(e)s franco- et germanophones, Saint-Dié (88)") is None
    True
    """
    places = [match.start() for match in _BRACKET.finditer(text)]
    if "- " in text:
        places += [match.end() - 1 for match in _DASH.finditer(text)]
    edits = [
        (place, place, " ") for place in sorted(places) if not _ADDRESS.search(text[max(0, place - _BEFORE) : place])
    ]
    return rewritten(text, edits) if edits else None
