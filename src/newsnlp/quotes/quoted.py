"""What stands in quotation marks and is said by somebody: whole clauses, and words that a verb takes up."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.nouns import words
from newsnlp.lexicons import word_set
from newsnlp.quotes.attribution import cue_of
from newsnlp.quotes.drafts import QuoteDraft
from newsnlp.quotes.marked.marks import find_dialogue
from newsnlp.quotes.marked.taking import attribution_of_words, is_name
from newsnlp.quotes.marked.voices import BLANKS, QuotedBy, Voice
from newsnlp.quotes.marked.wording import cue_span, speaker_span
from newsnlp.records import QuoteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Sentence
    from newsnlp.grammar.sentences import Sentences
    from newsnlp.quotes.attribution import Attribution
    from newsnlp.quotes.marked.marks import Marked
    from newsnlp.quotes.speakers import Speakers

SHORTEST_CLAUSE = 3
"""In words: what is shorter is a word set apart, unless it is all that is said: *« Non », a-t-il répondu*."""
LONGEST_NAME = 5
"""In words, of names and titles that begin with a capital: *« Vendredi ou les Limbes du Pacifique »*."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?")
_FINITE = re.compile(r"(?:[aè]i(?:en)?t|èrent|eront|ez|ons)$")
_INFINITIVE = re.compile(r"(?:ne (?:pas |rien |plus |jamais )?|(?:n|s|d|l)['’]|se |de |en |y )?\w+(?:er|ir|re|oir)\b")
_JOINTS = re.compile(
    r"(?:,|,? ?(?:et|ou|puis|mais|mais aussi|ainsi que)|;"
    r"|[^.;:«»\n]{0,60}(?:et|ou|,? qui (?:est|sont|serait|seraient)))"
    r"\s*(?:d['’]|de|des|du|le|la|les|l['’]|un|une)?"
)
_AFTER_JOINT = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?,?\s*(?:et|ou|mais|puis)?\s*")


def quoted_words(sentences: Sentences, speakers: Speakers, reported: Sequence[QuoteDraft]) -> list[QuoteDraft]:
    """Return what is said in marks, in text order, but for what stands in a clause that is reported."""
    reader = _Reader(sentences, speakers, reported)
    for number, marked in enumerate(speakers.marked):
        reader.read(number, marked)
    return sorted([*reader.found, *_dialogue(sentences, speakers)], key=lambda draft: draft.start)


LEADING = frozenset({":", ",", "que", "qu'", "«", "–", "—"})


class _Reader:
    """What stands in marks, read from the first to the last: one may go on with what the one before says."""

    def __init__(self, sentences: Sentences, speakers: Speakers, reported: Sequence[QuoteDraft]) -> None:
        self._sentences = sentences
        self._text = sentences.text
        self._speakers = speakers
        self._reported = sorted(reported, key=lambda draft: draft.start)
        self._next = 0
        self._last: QuoteDraft | None = None
        self._often = Counter(self._words_of(marked).lower() for marked in speakers.marked)
        self.found: list[QuoteDraft] = []

    def _words_of(self, marked: Marked) -> str:
        return self._text[marked.first : marked.last].strip(" .,;!?…")

    def read(self, number: int, marked: Marked) -> None:
        """Read the next in marks."""
        covering = self._covering(marked)
        if covering is not None:
            self._last = covering
            return
        inner = self._text[marked.first : marked.last]
        clause = is_clause(inner)
        draft = (
            self._joined(marked, clause=clause)
            or self._said(number, marked, clause=clause)
            or self._taken_up(marked, clause=clause)
        )
        if draft is not None:
            self._last = draft
            self.found.append(draft)

    def _covering(self, marked: Marked) -> QuoteDraft | None:
        """Return the reported clause that holds it; clauses that end before it are the last ones said."""
        while self._next < len(self._reported) and self._reported[self._next].end <= marked.first:
            if self._last is None or self._reported[self._next].start > self._last.start:
                self._last = self._reported[self._next]
            self._next += 1
        for draft in self._reported[self._next : self._next + 2]:
            if draft.start < marked.last and marked.first < draft.end:
                return draft
        return None

    def _said(self, number: int, marked: Marked, *, clause: bool) -> QuoteDraft | None:
        """Return it as direct speech, where somebody is said to speak before it, in it or behind it."""
        opens = self._opens(marked)
        voice = self._voice(number, marked, clause=clause, opens=opens)
        if voice is None:
            return self._alone(marked, clause=clause, opens=opens)
        sentence, found, by, _ = voice
        is_topic = (
            by is QuotedBy.COLON and found.by is SourceBy.SUBJECT and not clause
        )  # "Le maire a un but : « gagner »"
        if is_topic or (by is QuotedBy.AROUND and not (clause and opens)):
            return None
        if by is QuotedBy.ON:
            return self._on(marked) if clause and (opens or sentence is self._sentence(marked)) else None
        if self._is_term(marked, clause=clause) and not self._is_answer(marked, found, opens=opens):
            return None
        whole = opens or by is QuotedBy.COLON or (clause and self._leads(marked, sentence, found, by))
        if not whole:
            taken = self._taken_up(marked, clause=clause)
            if taken is not None or by is not QuotedBy.BEHIND:
                return taken
        return self._draft(marked, QuoteKind.DIRECT if whole else QuoteKind.MIXED, f"marks.{by}", voice)

    def _voice(self, number: int, marked: Marked, *, clause: bool, opens: bool) -> Voice | None:
        """Return who is said to speak in it."""
        voice = self._speakers.voices.of(marked.start, marked.end)
        if voice is None or voice.by in (QuotedBy.AROUND, QuotedBy.ON):
            voice = self._of_next(number, marked) or voice
        if voice is None and clause and not opens and self._is_sentence(marked):
            voice = self._speakers.voices.led(marked.start)
        return voice

    def _leads(self, marked: Marked, sentence: Sentence, found: Attribution, by: QuotedBy) -> bool:
        """Whether what stands before the marks leads to a clause in them: the cue, *que*, a colon, a comma."""
        if by is QuotedBy.INSIDE or self._text[marked.first].isupper():
            return True
        here = self._sentence(marked)
        step, _ = here.items_within(marked.start, marked.end)
        is_cue = here is sentence and by is QuotedBy.BEFORE and step == cue_of(sentence, found)[1]
        return is_cue or here.low(step - 1) in LEADING or here.low(step - 1) in words("adverbs")

    def _is_answer(self, marked: Marked, found: Attribution, *, opens: bool) -> bool:
        """``« Non », répond le maire``, not ``« Le Monde » révèle l'affaire``: whether short words are what is said."""
        return opens and (
            bool(found.pronoun) or self._text[marked.end : marked.end + 1] == "," or marked.last < marked.end - 3
        )

    def _of_next(self, number: int, marked: Marked) -> Voice | None:
        """``« A », « B », ont affirmé des témoins``: the one behind the last of several speaks in all of them."""
        for following in self._speakers.marked[number + 1 : number + 4]:
            if not _AFTER_JOINT.fullmatch(self._text[marked.end : following.start]):
                return None
            voice = self._speakers.voices.of(following.start, following.end)
            if voice is not None and voice.by is QuotedBy.BEHIND:
                return voice
            marked = following
        return None

    def _alone(self, marked: Marked, *, clause: bool, opens: bool) -> QuoteDraft | None:
        """Return a sentence in marks that nobody is said to say: it goes on with the one before it, if anything."""
        if not (clause and opens):
            return None
        last = self._last
        gap = "\n" if last is None else self._text[last.end : marked.start]
        goes_on = len(gap) <= NEAR and "\n" not in gap and gap.count(".") <= 1
        is_sentence = self._is_sentence(marked)
        return (self._on(marked) if goes_on else None) or (
            QuoteDraft(marked.first, marked.last, QuoteKind.DIRECT, "marks.alone") if is_sentence else None
        )

    def _is_sentence(self, marked: Marked) -> bool:
        """Whether a whole sentence stands in marks, no title."""
        inner = self._text[marked.first : marked.last]
        return inner[:1].isupper() and inner.count(" ") >= SHORTEST_SENTENCE and self._ends(marked)

    def _ends(self, marked: Marked) -> bool:
        """Whether its sentence ends with it."""
        after = self._text[marked.end : marked.end + 3].lstrip(BLANKS)
        return not after or after[0] in ".\n" or after[0].isupper()

    def _on(self, marked: Marked) -> QuoteDraft | None:
        last = self._last
        if last is None or last.speaker is None:
            return None
        return QuoteDraft(
            marked.first, marked.last, QuoteKind.DIRECT, "marks.on", last.speaker, last.is_pronoun, None, last
        )

    def _joined(self, marked: Marked, *, clause: bool) -> QuoteDraft | None:
        """``dénonce « la colère » et « l'hostilité »``: words joined to those that a cue has taken up."""
        last = self._last
        if last is None or last.end > marked.start or not self.found or last is not self.found[-1]:
            return None
        gap = self._text[last.end : marked.start].strip('»”" \u00a0\u202f.')
        if not _JOINTS.fullmatch(gap) or not gap or last.kind is not QuoteKind.MIXED:
            return None
        if clause and gap in (",", ";"):
            return self._on(marked)
        return QuoteDraft(
            marked.first, marked.last, QuoteKind.MIXED, last.rule, last.speaker, last.is_pronoun, last.cue, last.after
        )

    def _taken_up(self, marked: Marked, *, clause: bool) -> QuoteDraft | None:
        """Return it as words that a cue takes up."""
        if self._is_term(marked, clause=clause):
            return None
        sentence = self._sentence(marked)
        first, _ = sentence.items_within(marked.start, marked.end)
        last, _ = sentence.items_within(marked.end, sentence.end)
        found = attribution_of_words(sentence, first, last)
        if found is None:
            return None
        return self._draft(marked, QuoteKind.MIXED, "marks.taken-up", Voice(sentence, found, QuotedBy.AROUND))

    @staticmethod
    def _draft(marked: Marked, kind: QuoteKind, rule: str, voice: Voice) -> QuoteDraft | None:
        speaker, is_pronoun = speaker_span(voice.sentence, voice.named)
        cue = cue_span(voice.sentence, voice.found)
        if speaker is None and cue is None:
            return None
        return QuoteDraft(marked.first, marked.last, kind, rule, speaker, is_pronoun, cue)

    def _sentence(self, marked: Marked) -> Sentence:
        return self._sentences.read(self._sentences.at(marked.start))

    def _opens(self, marked: Marked) -> bool:
        """Whether it opens its sentence, or its paragraph."""
        start = self._sentences.bounds[self._sentences.at(marked.start)][0]
        before = self._text[start : marked.start].strip(BLANKS + "\n–—-(")
        return not before or before.endswith((".", "!", "?", "…"))

    def _is_term(self, marked: Marked, *, clause: bool) -> bool:
        """Whether words are a name, a title or a term: named as one, in marks time and again, short with a capital."""
        if clause:
            return False
        inner = self._words_of(marked)
        if self._often[inner.lower()] > 1 or (
            self._text[marked.start - 1 : marked.start] == "(" and ")" in self._text[marked.end : marked.end + 2]
        ):
            return True
        sentence = self._sentence(marked)
        if is_name(sentence, sentence.items_within(marked.start, marked.end)[0]):
            return True
        return inner[:1].isupper() and len(_WORD.findall(inner)) <= LONGEST_NAME


NEAR = 60
"""How many characters may stand between a quotation and one that goes on with it."""
SHORTEST_SENTENCE = 7
"""In blanks: of what nobody is said to say only whole sentences are quotations, no titles."""


def is_clause(text: str) -> bool:
    """Whether words in marks are a clause, as far as a pronoun, a common verb or an infinitive at their head shows.

    Examples
    --------
    >>> [is_clause(text) for text in ("Nous partons", "ne rien regretter", "une honte", "acte de terrorisme intérieur")]
    [True, True, False, False]
    """
    said = [word.lower() for word in _WORD.findall(text)]
    if len(said) < SHORTEST_CLAUSE and not text.endswith(("!", "?")):
        return said[:1] != [] and said[0] in word_set("quotes_marks.clause") and len(said) > 1
    if text.endswith((".", "!", "?", "…")) and text[:1].isupper():
        return True
    signs = word_set("quotes_marks.clause")
    return any(word in signs or _FINITE.search(word) for word in said) or bool(_INFINITIVE.match(text))


def _dialogue(sentences: Sentences, speakers: Speakers) -> list[QuoteDraft]:
    """``– Nous partons, dit-elle. Adieu.``: a paragraph that a dash opens, where somebody is said to speak in it."""
    found = []
    for start, end in find_dialogue(sentences.text):
        voice = speakers.voices.inside(start, end)
        if voice is None:
            continue
        cue = cue_span(voice.sentence, voice.found)
        speaker, is_pronoun = speaker_span(voice.sentence, voice.named)
        if cue is None or speaker is None:
            continue
        tail = sentences.text[max(cue[1], speaker[1]) : end].strip(" .!?…\u00a0")
        last = end if tail else cue[0]
        said = sentences.text[start:last].rstrip(" ,\u00a0–—")
        found.append(QuoteDraft(start, start + len(said), QuoteKind.DIRECT, "dialogue", speaker, is_pronoun, cue))
    return found
