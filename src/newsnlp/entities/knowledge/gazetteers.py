"""Known names and cue words: what the lexicons say of a stretch of tokens, whatever the model thinks."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import load_csv, load_toml, places, read_resource
from newsnlp.lexicons.names import given_names, organisation_names
from newsnlp.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COMMON_WORD_COLUMNS = ("surface", "origin")
CUE_TABLES = (
    "civilities",
    "offices",
    "organisation_heads",
    "place_heads",
    "speech_verbs",
    "function_words",
    "calendar",
    "event_heads",
    "inhabitants",
    "whole_with_place",
    "whole_with_name",
    "street_heads",
    "before_people",
    "before_things",
    "common_acronyms",
    "areas",
    "before_organisations",
    "common_phrases",
    "chain_heads",
    "before_points",
    "before_halls",
    "natural_heads",
    "player_actions",
    "player_changes",
    "inverted_speech",
    "firm_heads",
    "employing_verbs",
    "ships",
    "thing_kinds",
    "illnesses",
    "before_eponyms",
    "plural_acronyms",
    "press",
    "press_places",
    "press_participles",
    "told_papers",
    "before_portfolios",
    "before_persons_of",
    "before_places_of",
    "known_persons",
    "state_words",
    "club_towns",
    "match_words",
    "named_with_to",
    "before_communes_of",
    "before_pairs",
    "storms",
    "sailing",
    "benefit_words",
    "scales",
)
_TITLE_ARTICLE = re.compile(r"(?:L[ae]s? |L')(?=\w)")
_FIRST_WORD = re.compile(r"[^\s']+'?")


@functools.cache
def cue_words() -> Mapping[str, frozenset[str]]:
    """Return the cue words of ``entities_cues.toml``, folded, by kind."""
    tables = load_toml("entities_cues.toml", tables=CUE_TABLES)
    words = {kind: frozenset(fold(word) for word in tables[kind]["words"]) for kind in CUE_TABLES}
    demonyms = places.demonyms()
    words["inhabitants"] |= {fold(row["surface"]) for row in demonyms}
    return words


@functools.cache
def first_names() -> frozenset[str]:
    """Return the given names, folded."""
    return frozenset(map(fold, given_names()))


@functools.cache
def common_words() -> frozenset[str]:
    """Return words that are no names even where a line begins with them, folded."""
    return frozenset(row["surface"] for row in load_csv("entities_common_words.csv", columns=COMMON_WORD_COLUMNS))


@functools.cache
def vocabulary() -> frozenset[str]:
    """Return words of French that are no names, folded: those of `common_words` stand there alone."""
    # A tenth of the time that `load_csv` takes for its rows; a test reads them so.
    return frozenset(read_resource("entities_vocabulary.csv").split())


@functools.cache
def organisations() -> Mapping[str, str]:
    """Return known organisations, surface to kind (``media``, ``party``, ``armed_group`` …)."""
    return {known.surface: known.kind for known in organisation_names() if known.kind}


_PLACE_KINDS = {"state": "country", "territory": "country", "hist": "country", "city": "city", "place": "city"}


@functools.cache
def known_places() -> Mapping[str, str]:
    """Return place names, surface to kind: ``country``, ``city`` or ``region``; the likeliest meaning of each."""
    ranked: dict[str, tuple[int, str]] = {}
    rows = [
        *places.countries(),
        *({**row, "kind": "city"} for row in places.cities()),
        *places.french_places(),
    ]
    for row in rows:
        kind = _PLACE_KINDS.get(row["kind"], "region")
        meaning = (int(row["rank"]), kind)
        if row["surface"] not in ranked or meaning[0] < ranked[row["surface"]][0]:
            ranked[row["surface"]] = meaning
    return {surface: kind for surface, (_, kind) in ranked.items()}


@functools.cache
def former_states() -> frozenset[str]:
    """Return the states that are no more, folded: no name of a party, though « union » opens one."""
    rows = places.countries()
    return frozenset(fold(row["surface"]) for row in rows if row["kind"] == "hist")


@functools.cache
def lower_states() -> frozenset[str]:
    """Return the names of states as those write them who write no capitals, but for what is a common word then."""
    rows = places.countries()
    states = (row["surface"].lower() for row in rows if row["kind"] == "state" and not row["canonical"])
    return frozenset(states) - cue_words()["state_words"]


@functools.cache
def seats_of_power() -> frozenset[str]:
    """Return the places that stand for who sits in them: ``Kremlin``, ``Matignon``."""
    rows = places.seats()
    return frozenset(row["surface"] for row in rows if row["label"] == "ORG")


class PhraseTable:
    """Longest match of known names, on token boundaries.

    Parameters
    ----------
    phrases : mapping of str to str
        Surface to kind. All-capital surfaces (acronyms) match in that case only.
    """

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[str, str, str]]] = {}
        for surface, kind in phrases.items():
            plain = fold(surface)
            first = _FIRST_WORD.match(plain)
            if first:
                self._by_first.setdefault(first.group(), []).append((plain, kind, surface))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda item: -len(item[0]))

    def matches(self, words: Sequence[str], spaces: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
        """Yield ``(first token, end token, kind)`` for each longest match, left to right, without overlap."""
        by_first = self._by_first
        count = len(words)
        index = 0
        while index < count:
            word = words[index]
            found = None
            if word[:1].isupper() or word[:1].isdigit() or word[:2].casefold() in {"l'", "al", "el", "d'"}:
                candidates = by_first.get(fold(word))
                if candidates:
                    found = self._longest(candidates, words, spaces, index)
            if found is None:
                index += 1
            else:
                yield index, found[0], found[1]
                index = found[0]

    def opens(self, word: str) -> bool:
        """Return whether a name may begin with a word, and the word has its capital."""
        return word[:1].isupper() and fold(word) in self._by_first

    def covers(self, words: Sequence[str], spaces: Sequence[bool]) -> bool:
        """Return whether the words, all of them, are one known name."""
        return any((start, end) == (0, len(words)) for start, end, _ in self.matches(words, spaces))

    @staticmethod
    def _longest(
        candidates: list[tuple[str, str, str]], words: Sequence[str], spaces: Sequence[bool], index: int
    ) -> tuple[int, str] | None:
        joined = ""
        ends: dict[int, int] = {}
        longest = len(candidates[0][0])
        for position in range(index, min(index + 14, len(words))):
            joined += words[position]
            ends[len(joined)] = position + 1
            if len(joined) >= longest:
                break
            if spaces[position]:
                joined += " "
        plain = fold(joined)
        for phrase, kind, surface in candidates:
            end = ends.get(len(phrase))
            if end is None or not plain.startswith(phrase):
                continue
            written = joined[: len(phrase)]
            if surface.isupper() and written != surface:
                continue  # « or », « un » are no acronyms
            if written.islower() and (surface != written or written[:1].isdigit()):
                continue  # « l'équipe » and « 20 minutes » are no newspapers
            return end, kind
        return None


@functools.cache
def known_names() -> PhraseTable:
    """Return the table of known organisations and places."""
    return PhraseTable(_kinds())


@functools.cache
def _kinds() -> dict[str, str]:
    # In one order, whatever the seed of hashes: of two spellings (« Bureau ovale », « Bureau Ovale ») one is met first.
    phrases = dict.fromkeys(sorted(seats_of_power()), "seat") | dict.fromkeys(organisations(), "organisation")
    for surface, kind in known_places().items():
        phrases.setdefault(surface, kind)
    # Many papers leave the accent off a capital: « Alliance des Etats du Sahel ».
    for surface, kind in list(phrases.items()):
        if "É" in surface:
            phrases.setdefault(surface.replace("É", "E"), kind)
    return phrases


@functools.cache
def bare_papers() -> PhraseTable:
    """Return the papers whose title begins with an article, without it: « au Parisien », « la Voix du Nord »."""
    media = [surface for surface, kind in organisations().items() if kind == "media"]
    bare = {_TITLE_ARTICLE.sub("", surface): "media" for surface in media if _TITLE_ARTICLE.match(surface)}
    return PhraseTable(bare | {title.capitalize(): "media" for title in cue_words()["press_places"]})


def plain_kind(surface: str) -> str | None:
    """Return the kind of a known name written exactly so, or None."""
    return _kinds().get(surface)
