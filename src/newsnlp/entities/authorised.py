"""The user's list has the last word: which names of an article are its rows, and where they begin and end.

A name in full is taken as it stands. A short form that may be something else (a common word, a given name, a place, a
form of two rows, any single word of a row with a context) needs a sign: the full name elsewhere in the article, an
office or a kind of firm before it, the label that the network gives it, the row's country or a word of its context in
the article.
"""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.authority.matching import Found, fold_words
from newsnlp.authority.names import NO_COUNTRY
from newsnlp.entities.knowledge.gazetteers import common_words, cue_words, first_names
from newsnlp.entities.knowledge.places import demonym_country, meanings_of
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from newsnlp.authority.matching import Form, NameIndex
    from newsnlp.authority.names import Authority, Name

# A form of so few letters may be anything: X, LR.
_SHORT = 2
# What parts two names that the network took for one.
_JOINTS = frozenset({"et", ",", "/", "ou", "-"})
_OPENING = frozenset({"«", '"', "“", ":", "-", "–", "—", "•", "("})
_HOME = "FR"


class Span(NamedTuple):
    """A name by its tokens; ``name`` is the row of the user's list that it means."""

    start: int
    end: int
    label: str
    score: float | None
    name: Name | None = None


def authorise(doc: Doc, text: str, spans: Sequence[Span], authority: Authority) -> list[Span]:
    """Return the names of a document with those of a list in their places, in text order, without overlap."""
    kept = [span for span in spans if not _is_ignored(doc, span, authority)]
    places = list(_places(doc, text, kept, authority.index))
    if not places:
        return kept
    article = _Article(doc, text, kept, authority.names)
    chosen = [(start, end, article.sure(start, end, found)) for start, end, found in places]
    article.present = {name.id for _, _, name in chosen if name is not None}
    claims = []
    for (start, end, name), (_, _, found) in zip(chosen, places, strict=True):
        meant = name or article.by_sign(start, end, found)
        if meant is not None:
            claims.append(Span(start, end, meant.label or "", None, meant))
    return list(_settled(doc, kept, claims))


def _places(doc: Doc, text: str, spans: Sequence[Span], index: NameIndex) -> Iterator[tuple[int, int, Found]]:
    """Yield where forms of a list stand by themselves, or make up what was found by others; no two overlap."""
    places = []
    for found in index.find(text):
        span = doc.char_span(found.start, found.end)
        if span is not None:
            places.append((span.start, span.end, found))
    told = {(start, end) for start, end, _ in places}
    for named in spans:
        if (named.start, named.end) not in told:
            span = doc[named.start : named.end]
            if forms := index.forms_of(span.text):
                places.append((named.start, named.end, Found(span.start_char, span.end_char, forms)))
    reached = 0
    for start, end, found in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= reached:
            yield start, end, found
            reached = end


def _is_ignored(doc: Doc, span: Span, authority: Authority) -> bool:
    if not authority.ignored_forms:
        return False
    forms = authority.ignored_forms.forms_of(doc[span.start : span.end].text)
    return any(authority.ignored[form.row].label in {None, span.label} for form in forms)


@dataclass
class _Article:
    """What an article says of the forms in it."""

    doc: Doc
    text: str
    spans: Sequence[Span]
    names: Sequence[Name]
    # Rows whose name stands in the article in full.
    present: set[str] = field(default_factory=set)

    @functools.cached_property
    def _labels(self) -> dict[tuple[int, int], str]:
        return {(span.start, span.end): span.label for span in self.spans}

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        """The words of the text that stand without a capital."""
        return frozenset(token.text for token in self.doc if token.text.islower())

    @functools.cached_property
    def _bearers(self) -> dict[str, set[str]]:
        """Surname -> the full names of people that end in it, folded."""
        found: dict[str, set[str]] = {}
        for span in self.spans:
            if span.label == "PER" and span.end - span.start > 1:
                full = fold(self.doc[span.start : span.end].text, accents=False)
                found.setdefault(full.split()[-1], set()).add(full)
        return found

    @functools.cached_property
    def _countries(self) -> frozenset[str]:
        """The countries that the article names."""
        places = (meanings_of(self.doc[s.start : s.end].text)[:1] for s in self.spans if s.label in {"LOC", "ORG"})
        named = {place.country for found in places for place in found if place.country}
        return frozenset(named | {country for word in self._words if (country := demonym_country(word))})

    def sure(self, start: int, end: int, found: Found) -> Name | None:
        """Return the row that a place means whatever the article says, None where that is not plain."""
        if len({form.row for form in found.forms}) > 1:
            return None
        form = found.forms[0]
        return self.names[form.row] if self._is_plain(start, end, form) else None

    def by_sign(self, start: int, end: int, found: Found) -> Name | None:
        """Return the one row that something in the article tells it means."""
        forms = {form.row: form for form in reversed(found.forms)}
        open_to = {self.names[row].id: (self.names[row], form) for row, form in forms.items()}
        open_to = {key: pair for key, pair in open_to.items() if self._may_be(start, end, pair[1])}
        names = [name for name, _ in open_to.values()]
        for sign in (self._is_told, self._is_of_country, self._has_head):
            # Where the country alone is known of a firm or person, it tells only which of two it is.
            if sign == self._is_of_country and len(forms) == 1 and names and names[0].label != "LOC":
                continue
            told = [name for name in names if sign(start, name)]
            if told:
                return told[0] if len(told) == 1 else None
        # Of a given name the label tells nothing: there are many of them.
        label = self._labels.get((start, end))
        told = [name for name, form in open_to.values() if name.label == label and not _is_given(form)]
        if label is not None and len(open_to) == 1:
            # At the beginning of a sentence it is enough that a name was found there: the label is the list's to say.
            told = told or [name for name, form in open_to.values() if form.first and not name.context]
        return told[0] if len(told) == 1 else None

    def _is_plain(self, start: int, end: int, form: Form) -> bool:
        if len(form.words) > 1:
            return True
        word = form.words[0]
        if len(word) < _SHORT or self.names[form.row].context or not self._may_be(start, end, form):
            return False
        plain = fold(word)
        common = not word.isupper() and (plain in common_words() or plain in self._words)
        if form.first:
            # At the beginning of a sentence each word has a capital.
            return not (common and self._opens_sentence(start))
        return not (len(word) <= _SHORT or common or _is_given(form) or meanings_of(word))

    def _stands_alone(self, start: int, end: int) -> bool:
        """Tell whether a word is no part of a longer name: « Orange Cyberdefense », « Jean-Luc Macron »."""
        if (start, end) in self._labels:
            return True
        doc = self.doc
        after = doc[end].text if end < len(doc) and doc[end - 1].whitespace_ else ""
        before = doc[start - 1].text if start and doc[start - 1].whitespace_ and not doc[start].is_sent_start else ""
        goes_on = after[:1].isupper() and not after.isupper()
        begun = before[:1].isupper() and fold(before) in first_names()
        return not goes_on and not begun

    def _opens_sentence(self, start: int) -> bool:
        token = self.doc[start]
        return token.i == 0 or bool(token.is_sent_start) or self.doc[start - 1].text in _OPENING

    def _is_anothers(self, form: Form) -> bool:
        """Tell whether somebody else in the article bears the surname."""
        others = self._bearers.get(fold(form.words[-1], accents=False), set())
        own = {fold(each, accents=False) for each in self.names[form.row].forms}
        return bool(others - own)

    def _may_be(self, start: int, end: int, form: Form) -> bool:
        if len(form.words) > 1:
            return True
        if not self._stands_alone(start, end):
            return False
        if self.names[form.row].label != "LOC" and meanings_of(form.text):
            # « à Orange » is the town, whoever else is called so; « l'État de Washington » is no house.
            at = start > 0 and fold(self.doc[start - 1].text) == "à"
            if at or (not form.first and self._labels.get((start, end)) == "LOC"):
                return False
        return form.first or not self._is_anothers(form)

    def _is_told(self, _start: int, name: Name) -> bool:
        """Tell whether the article names a row in full, or a word of its context."""
        return name.id in self.present or any(f" {fold_words(each)} " in self._folded for each in name.context)

    def _is_of_country(self, _start: int, name: Name) -> bool:
        # Of a French paper its own country tells nothing.
        return name.country not in {None, NO_COUNTRY, _HOME} and name.country in self._countries

    @functools.cached_property
    def _folded(self) -> str:
        return f" {fold_words(self.text)} "

    def _has_head(self, start: int, name: Name) -> bool:
        if not start:
            return False
        before = fold(self.doc[start - 1].text)
        if name.label == "PER":
            cues = cue_words()
            return any(before in cues[kind] for kind in ("civilities", "offices", "before_people"))
        return name.label == "ORG" and before in cue_words()["before_organisations"]


def _is_given(form: Form) -> bool:
    return len(form.words) == 1 and fold(form.words[0]) in first_names()


def _settled(doc: Doc, spans: Sequence[Span], claims: Sequence[Span]) -> Iterator[Span]:
    """Yield names and claims in text order: a claim takes the place of what it overlaps, but not of a longer name."""
    rest = deque(spans)
    for claim in claims:
        while rest and rest[0].end <= claim.start:
            yield rest.popleft()
        around = []
        while rest and rest[0].start < claim.end:
            around.append(rest.popleft())
        whole = around[0] if around and around[0].start <= claim.start and claim.end <= around[0].end else None
        parts = ([], []) if whole is None else _parted(doc, whole, claim)
        label = claim.label or (whole.label if whole else "")
        if parts is None or not label:  # another name; or of no label, and found by nobody else
            rest.extendleft(reversed(around))
            continue
        score = whole.score if whole is not None and (whole.start, whole.end) == (claim.start, claim.end) else None
        yield from parts[0]
        yield claim._replace(label=label, score=score)
        rest.extendleft(parts[1])
    yield from rest


def _parted(doc: Doc, whole: Span, claim: Span) -> tuple[list[Span], list[Span]] | None:
    """Return what is left of a name before and after a claim within it; None where the whole is another name."""
    before, after = doc[whole.start : claim.start], doc[claim.end : whole.end]
    heads = cue_words()["civilities"] | cue_words()["offices"]
    # « groupe Total », but « affaire Martin », which is no Martin.
    same = not claim.label or claim.label == whole.label
    left, right = [], []
    if len(before) and not all((same and token.text.islower()) or fold(token.text) in heads for token in before):
        if before[-1].text not in _JOINTS or len(before) == 1:
            return None
        left.append(whole._replace(end=claim.start - 1))
    if len(after):
        if after[0].text not in _JOINTS or len(after) == 1 or not after[1].text[:1].isupper():
            return None
        right.append(whole._replace(start=claim.end + 1))
    return left, right
