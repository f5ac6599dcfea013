"""Who speaks in quotation marks: *», a-t-il ajouté*, *Le maire : «*, an inserted clause, a name on the line below."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.lexicons import word_set
from newsnlp.quotes.attribution import Attribution, cue_of, find_attributions
from newsnlp.quotes.marked.taking import with_subject
from newsnlp.quotes.marked.wording import NO_CUE
from newsnlp.quotes.sayings import INCISE_MARKS, saying_at
from newsnlp.quotes.sources import FINAL, LONGEST, OF_WHOM, source_at, source_words
from newsnlp.quotes.subjects import PRONOUNS
from newsnlp.quotes.words import nouns_of_saying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.grammar.sentences import Sentences

QUOTATION_GAP = 250
"""How many characters may stand between a quotation and one that goes on without a speaker of its own."""
BEING = frozenset({"est", "sont", "a", "ont", "était"})
STOPS = (".", "!", "?", "…", "»", "”")
BLANKS = " \t\u00a0\u202f\u2009\u200f\u200b"
OPENS_INCISE = frozenset({",", "–", "—"})
CLOSES = frozenset({".", ";", "»", "”", "!", "?"})
ENDS = frozenset({".", ";", "!", "?", ":"})
SIGNED_ENDS = frozenset({",", ".", "(", ";", ":"})
SIGNATURE = re.compile(r"[ \t\u00a0.»]*\n\s*[–—―-]+[ \t\u00a0]*(?=(?P<line>[^\W\d_][^\n]{2,150})(?:\n|$))")
NEAR = 10
"""How many words may stand between a verb of saying and what it says: *a dit au président de la région « … »*."""
MOST_BEFORE = 3
RECEIVED = frozenset({"reçu", "reçoit", "recevait", "reçoivent"})
POSSESSIVES = frozenset({"son", "sa", "ses"})


@functools.cache
def _nouns() -> frozenset[str]:
    return frozenset(nouns_of_saying())


class QuotedBy(StrEnum):
    """Where the attribution of what stands in marks stands."""

    BEHIND = "behind"
    COLON = "colon"
    BEFORE = "before"
    INSIDE = "inside"
    SIGNED = "signed"
    AROUND = "around"
    ON = "on"


class Voice(NamedTuple):
    """Who says what stands in marks: the attribution, the sentence of its items, where it stands of the marks.

    ``who`` is the attribution that names the speaker, where the nearest has none: *a dit le maire, ajoutant : « … »*.
    """

    sentence: Sentence
    found: Attribution
    by: QuotedBy
    who: Attribution | None = None

    @property
    def named(self) -> Attribution:
        """The attribution that names the speaker."""
        return self.who or self.found


class Said:
    """A sentence and its attributions, in order: all, those with a source, those beside *selon*."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.attributions = sorted(find_attributions(sentence), key=lambda found: found.cue)
        self.sourced = [found for found in self.attributions if found.source is not None]
        self.stated = [found for found in self.attributions if found.by is not SourceBy.SELON]

    def who(self, number: int) -> Attribution:
        """Return the attribution that names who speaks by one of them: the one before for *, ajoutant que*."""
        found = self.attributions[number]
        before = self.attributions[number - 1] if number and self.sentence.low(found.cue).endswith("ant") else found
        is_named = before.source is not None or before.pronoun
        if before is not found and is_named and (before.by is SourceBy.INCISE or found.source is None):
            return before
        if found.source is not None or found.pronoun or found.by is SourceBy.SELON:
            return found
        return with_subject(self.sentence, found)

    def step_at(self, offset: int) -> int:
        """Return the first item from an offset on."""
        return bisect_left(self.sentence.starts, offset)

    @staticmethod
    def number_from(found: Sequence[Attribution], step: int) -> int:
        """Return the number of the first attribution that shows at an item or behind it."""
        return bisect_left(found, step, key=lambda one: one.cue)

    def offset(self, found: Attribution) -> int:
        """Return where in the text an attribution shows."""
        return self.sentence.starts[found.cue]


class Voices:
    """Who speaks in the quotations of a text; `said` gives its sentences with their attributions."""

    def __init__(self, sentences: Sentences, said: Callable[[int], Said]) -> None:
        self._sentences = sentences
        self._text = sentences.text
        self._sentence = said
        self._quoted: dict[Span, Voice | None] = {}
        self._marks: dict[str, list[int]] = {}

    def of(self, start: int, end: int) -> Voice | None:
        """Return the attribution of what stands between two offsets, quotation marks and all."""
        if (start, end) not in self._quoted:
            self._quoted[start, end] = (
                self._behind(end)
                or self._signed(start, end)
                or self._after_colon(start)
                or self._before(start)
                or self.inside(start, end)
                or self._around(start, end)
                or self._continued(start)
            )
        return self._quoted[start, end]

    def _behind(self, end: int) -> Voice | None:
        """``… », a-t-il ajouté``, ``… » explique le maire``, ``… », selon une agence``: what follows the mark."""
        place = end
        while place < len(self._text) and self._text[place] in BLANKS:
            place += 1
        if place >= len(self._text) or self._text[place] == "\n" or self._text[place].isupper():
            return None  # the next sentence
        said = self._sentence(self._sentences.at(place))
        sentence = said.sentence
        step = said.step_at(place)
        step += sentence.low(step) in OPENS_INCISE
        number = said.number_from(said.stated, step)
        for found in said.stated[number : number + 1]:
            if found.by is SourceBy.INCISE and _only_small(sentence, step, cue_of(sentence, found)[0]):
                return Voice(sentence, found, QuotedBy.BEHIND)
        number = said.number_from(said.attributions, step)
        for found in said.attributions[number : number + 1]:
            if found.by is SourceBy.SELON and _only_small(sentence, step, found.cue):
                return Voice(sentence, found, QuotedBy.BEHIND)
        return self._by_any_verb(sentence, step)

    def _by_any_verb(self, sentence: Sentence, step: int) -> Voice | None:
        """``… », s'emporte le maire``: whatever the verb, a reflexive one, or any with its subject behind it."""
        first = step
        step += sentence.low(step) in word_set("quotes_marks.pronouns.before_verb")
        pronoun = sentence.low(step).rpartition("-")[2]
        if "-" in sentence.low(step) and (pronoun in PRONOUNS or pronoun == "on"):
            return Voice(sentence, self._inverted(sentence, step, pronoun), QuotedBy.BEHIND)
        if sentence.low(step) in BEING:
            # "a pour sa part commenté", "a, quant à lui, tranché"
            step += 1
            while step < first + LONGEST and sentence.low(step) in word_set("quotes_marks.behind.aside") | words(
                "adverbs"
            ):
                step += 1
        span = source_at(sentence, step + 1)
        no_verb = (
            words("prepositions") | words("determiners") | words("adverbs") | word_set("quotes_marks.behind.no_verb")
        )
        opens = sentence.is_word(step) and sentence.low(step) not in no_verb
        if span is None or not opens or sentence.is_capitalised(step) or sentence.low(span[1]) not in FINAL:
            return None
        if first > 0 and sentence.low(first - 1) not in INCISE_MARKS:
            return None
        return Voice(sentence, Attribution(0, 0, span, SourceBy.INCISE, step), QuotedBy.BEHIND)

    @staticmethod
    def _inverted(sentence: Sentence, step: int, pronoun: str) -> Attribution:
        """``a-t-il plaisanté``, ``peut-on lire dans le communiqué``: whatever the verb."""
        place = step + 1
        while sentence.low(place) in ("y", "lire", "entendre", "voir", "encore", "ainsi"):
            place += 1
        is_read = pronoun == "on" and sentence.low(place) in ("dans", "sur", "de")
        source = source_at(sentence, place + 1, loose=True) if is_read else None
        return Attribution(0, 0, source, SourceBy.INCISE, step, "" if source else pronoun)

    def _signed(self, start: int, end: int) -> Voice | None:
        """``« … »`` and on a line of its own ``— Angela Merkel, chancelière``."""
        match = SIGNATURE.match(self._text, end)
        before = self._text[max(0, start - len("\n– ")) : start].rstrip(BLANKS + "–—")
        if match is None or (before and before[-1] not in "\n.!?…»:"):
            return None
        sentence = self._sentence(self._sentences.at(match.end())).sentence
        first, last = sentence.items_within(match.end(), match.end("line"))
        source = source_at(sentence, first, loose=True)
        if source is None:
            stop = min(sentence.next_from(first, SIGNED_ENDS), last + 1, first + LONGEST)
            source = (first, stop) if stop > first else None
        return source and Voice(sentence, Attribution(0, 0, source, SourceBy.SUBJECT, NO_CUE), QuotedBy.SIGNED)

    def _after_colon(self, start: int) -> Voice | None:
        """``Le maire l'assure : « … »``, ``La réaction du préfet : « … »``, ``Le maire : « … »``."""
        head = self._text[max(0, start - len("\n\n– ") - 1) : start].rstrip(BLANKS + "\n–—")
        if not head.endswith(":"):
            return None
        colon = start - len(self._text[max(0, start - len("\n\n– ") - 1) : start]) + len(head) - 1
        said = self._sentence(self._sentences.at(colon))
        sentence, stop = said.sentence, said.step_at(colon)
        number = said.number_from(said.attributions, stop)
        before = said.attributions[max(0, number - MOST_BEFORE) : number]
        floor = sentence.last_before(stop, ENDS) + 1
        if sentence.low(stop - 1).startswith("suivant"):
            return None  # "a posé la question suivante :"
        near = before and before[-1].cue >= floor
        who = said.who(number - 1) if near else None
        if who is not None and (who.source is not None or who.pronoun):
            return Voice(sentence, before[-1], QuotedBy.COLON, who)
        named = self._by_noun(sentence, floor, stop) or self._by_subject(sentence, floor, stop)
        return named or (Voice(sentence, before[-1], QuotedBy.COLON) if near else None)

    def led(self, start: int) -> Voice | None:
        """``Il les a encouragés « Le monde vous appelle. »``: who the words before a sentence in marks are about."""
        said = self._sentence(self._sentences.at(start))
        stop = said.step_at(start)
        return self._by_subject(said.sentence, said.sentence.last_before(stop, ENDS) + 1, stop)

    def _by_noun(self, sentence: Sentence, floor: int, stop: int) -> Voice | None:
        """``Ce n'est pas l'avis de Fottorino : « … »``: whose words a noun says them to be."""
        noun = sentence.last_before(stop, _nouns())
        if noun < floor:
            return None
        step = noun + 1
        while sentence.low(step) in words("adverbs") or (step == noun + 1 and sentence.low(step) not in OF_WHOM):
            if step >= stop:
                break
            step += 1
        source = source_at(sentence, step + 1, loose=True, end=stop) if sentence.low(step) in OF_WHOM else None
        pronoun = "il" if source is None and sentence.low(noun - 1) in POSSESSIVES else ""
        if source is None and not pronoun:
            return None
        return Voice(sentence, Attribution(0, 0, source, SourceBy.SUBJECT, noun, pronoun), QuotedBy.COLON)

    def _by_subject(self, sentence: Sentence, floor: int, stop: int) -> Voice | None:
        """``Le maire : « … »``, ``Mardi, elle s'est dite rassurée : « … »``: who the words before are about."""
        if not RECEIVED.isdisjoint(sentence.lows(floor, stop)):
            return None  # "Le maire a reçu ce message : « Pars. »"
        place = floor
        for _ in range(MOST_BEFORE):
            pronoun = sentence.low(place) if sentence.low(place) in PRONOUNS else ""
            source = None if pronoun else source_at(sentence, place, end=stop)
            if pronoun or (source is not None and self._is_person(sentence, source)):
                after = place + 1 if source is None else source[1]
                verbs = (step for step in range(stop - 1, max(after, stop - NEAR) - 1, -1) if saying_at(sentence, step))
                cue = next(verbs, after if after == stop - 1 else NO_CUE)  # "Il rajoute :"
                return Voice(sentence, Attribution(place, 0, source, SourceBy.SUBJECT, cue, pronoun), QuotedBy.COLON)
            place = sentence.next_from(place, COMMA) + 1
            if place >= stop:
                break
        return None

    @staticmethod
    def _is_person(sentence: Sentence, source: Span) -> bool:
        """Whether a phrase is of people or bodies, no document: of a list of titles a colon tells the topic."""
        return sentence.low(source[0]) not in source_words("documents")

    def _before(self, start: int) -> Voice | None:
        """``Le maire a dit « … »``, ``déclare que « … »``, ``Selon X, le porte-parole, « … »``, ``», dit X, « … »``."""
        said = self._sentence(self._sentences.at(start))
        sentence, step = said.sentence, said.step_at(start)
        number = said.number_from(said.attributions, step)
        selon = (
            n for n in range(number, max(0, number - MOST_BEFORE), -1) if said.attributions[n - 1].by is SourceBy.SELON
        )
        number = next(selon, number)  # "selon une agence, citée par un journal, « … »"
        found = said.attributions[number - 1] if number else None
        if found is None or step == 0:
            return None
        last = cue_of(sentence, found)[1]
        if found.by is SourceBy.SELON:
            last = max(last, found.source[1] if found.source else 0)
            close = step - last <= NEAR
            return (
                Voice(sentence, found, QuotedBy.BEFORE)
                if (close or last == step) and self._free(sentence, last, step)
                else None
            )
        if found.by is SourceBy.INCISE:
            is_near = sentence.low(step - 1) in (",", "–", "—") and self._free(sentence, last, step)
            return Voice(sentence, found, QuotedBy.ON) if is_near else None
        if found.by in (SourceBy.THAT, SourceBy.OBJECT) and step - last <= NEAR and self._free(sentence, last, step):
            adjacent = step == last or found.first >= step - 1
            return Voice(sentence, found, QuotedBy.BEFORE if adjacent else QuotedBy.AROUND, said.who(number - 1))
        return None

    @staticmethod
    def _free(sentence: Sentence, first: int, last: int) -> bool:
        """Whether no statement ends between two items."""
        return sentence.next_from(first, CLOSES) >= last

    def inside(self, start: int, end: int) -> Voice | None:
        """``« Nous manquons de tout, a expliqué X. Nous avons quatre lits. »``: the speaker stands inside."""
        for index in range(self._sentences.at(start), self._sentences.at(end - 1) + 1):
            said = self._sentence(index)
            number = bisect_right(said.stated, start, key=said.offset)
            for found in said.stated[number : number + 1]:
                if (
                    found.by is SourceBy.INCISE
                    and said.offset(found) < end
                    and not self._holds("»", start, said.offset(found))
                ):
                    return Voice(said.sentence, found, QuotedBy.INSIDE)
        return None

    def _around(self, start: int, end: int) -> Voice | None:
        """``« … », dans le centre, selon la police``: somebody named later in the sentence, or before in it."""
        said = self._sentence(self._sentences.at(end - 1))
        number = bisect_left(said.attributions, end, key=said.offset)
        for found in said.attributions[number : number + 1]:
            fits = found.by is SourceBy.INCISE or (found.by is SourceBy.SELON and said.step_at(start) >= found.first)
            if fits and not self._holds("«", end, said.offset(found)):
                return Voice(said.sentence, found, QuotedBy.AROUND)
        said = self._sentence(self._sentences.at(start))
        number = bisect_left(said.attributions, start, key=said.offset)
        before = said.attributions[number - 1] if number else None
        if before is None or not before.first <= said.step_at(start) <= before.last:
            return None
        return Voice(said.sentence, before, QuotedBy.AROUND)

    def _continued(self, start: int) -> Voice | None:
        """``« … », a lancé X. « … »``: the second goes on where the first stopped."""
        index = self._sentences.at(start)
        if index <= 0 or self._sentences.bounds[index][0] < start - len("– «"):
            return None
        gap = self._text[max(0, start - QUOTATION_GAP) : start]
        if "\n" in gap.rstrip("\n") or gap.rstrip(" ")[-1:] == "\n":
            gap = gap.rsplit("\n", 1)[-1]
        if not gap.rstrip().endswith(STOPS) or not any(mark in gap for mark in '»”"'):
            return None
        said = self._sentence(index - 1)
        last = said.attributions[-1] if said.attributions else None
        if last is None or not (last.source is not None or last.pronoun):
            return None
        return Voice(said.sentence, last, QuotedBy.ON)

    def _holds(self, mark: str, start: int, end: int) -> bool:
        """Whether a mark stands between two offsets."""
        if mark not in self._marks:
            self._marks[mark] = [match.start() for match in re.finditer(mark, self._text)]
        places = self._marks[mark]
        number = bisect_left(places, start)
        return number < len(places) and places[number] < end


def _only_small(sentence: Sentence, first: int, last: int) -> bool:
    """Whether nothing but small words stands between two items."""
    return first <= last <= first + len("abc") and all(
        low in word_set("quotes_marks.behind") | words("adverbs") for low in sentence.lows(first, last)
    )
