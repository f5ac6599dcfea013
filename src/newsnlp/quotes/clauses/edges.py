"""Where the clause begins and ends that somebody is said to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.grammar.drafts import SourceBy
from newsnlp.grammar.items import COMMA
from newsnlp.grammar.nouns import words
from newsnlp.grammar.verbs import has_finite, is_finite
from newsnlp.lexicons import word_set
from newsnlp.quotes.attribution import cue_of
from newsnlp.quotes.scope import CONTRASTS, JOINTS, stretch
from newsnlp.quotes.sources import source_at, source_words
from newsnlp.quotes.words import governing, intending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.grammar.items import Sentence, Span
    from newsnlp.quotes.attribution import Attribution

THAT = frozenset({"que", "qu'"})
JOINING = frozenset({"et", "mais", "puis", "ou", ","})
SET_AGAINST = frozenset({"malgré", "contrairement"})
"""What these open is the narrator's: *Contrairement à lundi, le pont est ouvert, selon la mairie*."""
OF = frozenset({"de", "d'", "du"})
OPENERS = 4
"""How many words may stand before *selon* at the head of its clause: *Mais toujours, selon*."""
NARRATED = frozenset({"qui", "tandis", "dont", "lequel", "laquelle", "lesquels"})
MARKS = frozenset({"«", "“", '"', "„"})
BEFORE_CUE = frozenset({",", "toujours", "notamment", "comme", "l'"})
MARK_ENDS = frozenset({"»", "”", '"'})


def clauses_of(sentence: Sentence, found: Attribution, attributions: Sequence[Attribution]) -> list[Span]:
    """Return the clauses after *que*, or of an infinitive: ``que A et que B`` are two."""
    start = found.first
    if sentence.low(start) in OF:
        start += 1  # "accuse X d'avoir menti"
    if sentence.low(start) in (":", *MARKS) and sentence.low(start - 1) not in THAT:
        return []  # what stands in marks shows itself
    inside = next((other for other in attributions if start <= other.cue <= start + 1), None)
    if inside is not None and inside.by is SourceBy.SELON:
        start = _after_phrase(sentence, inside, len(sentence.words))  # "annonce que, selon ses sources, …"
    end = _end(sentence, start, found, attributions)
    while end > start and not (_is_text(sentence, end - 1) or sentence.low(end - 1) in MARK_ENDS):
        end -= 1
    if sentence.low(end - 2) == "sur" and sentence.low(end - 1) in source_words("networks", "phrase"):
        end -= 2
    spans = []
    for step in range(start + 1, end):
        if sentence.low(step) in THAT and sentence.low(step - 1) == "et" and _joins_clauses(sentence, start, step):
            spans.append((start, step - 1))
            start = step + 1
    return [*spans, (start, end)]


def _is_text(sentence: Sentence, position: int) -> bool:
    """Whether a word or a number stands there, no punctuation."""
    return sentence.is_figure(position) or sentence.low(position)[:1].isalnum()


def _joins_clauses(sentence: Sentence, start: int, that: int) -> bool:
    """Whether *et que* goes on with the verb of saying, and not with *si*, *lorsque*, *parce que* before it."""
    subordinators = word_set("quotes_clauses.that.subordinators")
    opened = sentence.last_before(that, subordinators)
    while opened >= start and sentence.low(opened) == "s'" and sentence.low(opened + 1) not in ("il", "ils"):
        opened = sentence.last_before(opened, subordinators)
    return opened < start and has_finite(sentence, start, that)


def around(sentence: Sentence, found: Attribution, attributions: Sequence[Attribution]) -> list[Span]:
    """Return the clause around *selon la police* or *, a dit le maire*, with the phrase inside only in its middle."""
    cue_first = cue_of(sentence, found)[0]
    first, last = _stretch(sentence, found, attributions)
    opening = _after_openers(sentence, first, cue_first)
    joint = cue_first - 1 - (sentence.low(cue_first - 1) == ",")
    if joint > opening and sentence.low(joint) in JOINING | THAT and found.by is SourceBy.SELON:
        opening = cue_first  # "le pont est fermé et, selon X, la route le sera"
    if found.by is SourceBy.SELON and not _states(sentence, opening, cue_first):
        start = _after_phrase(sentence, found, last)
        if sentence.low(start) in THAT:
            start += 1
        return [(start, _end(sentence, start, found, attributions, last))]
    before = cue_first
    while before > opening and (sentence.low(before - 1) in BEFORE_CUE or sentence.low(before - 1).endswith("-on")):
        before -= 1
    end = _end_of_phrase(sentence, found)
    if before > opening and is_finite(sentence, before - 1):
        if sentence.low(before - 2) in NARRATED:
            return []  # "des règles qui vont selon lui « trop loin »"
        return [(opening, _end(sentence, end, found, attributions, last))]  # "Le pont sera, selon X et Y, fermé"
    if sentence.low(end) == "," and sentence.low(end + 1) in THAT and found.by is SourceBy.SELON:
        return [(end + 2, _end(sentence, end + 2, found, attributions))]  # "laisse croire, selon X, que …"
    if sentence.low(end) == "," and sentence.low(end + 1) not in NARRATED | CONTRASTS:
        step = _after_appositions(sentence, found, end, last)
        after = _end(sentence, step, found, attributions, last)
        # "Le pont, selon X, sera fermé", "Deux hommes ont été tués, selon X, dans un accident"
        goes_on = has_finite(sentence, step, after) != has_finite(sentence, opening, before)
        is_beside = has_finite(sentence, opening, before) and sentence.low(step) not in words("prepositions")
        if goes_on and not is_beside and not sentence.low(step).endswith("ant"):
            return [(opening, after)]
    return [(opening, before)]


def _states(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what stands before *selon* is more than what opens a sentence."""
    if start == end:
        return False
    opens_subject = sentence.low(start) in source_words("determiners", "phrase")
    is_subject = opens_subject or sentence.is_named(sentence.starts[start])
    return is_subject or end - start > OPENERS or has_finite(sentence, start, end)


def _stretch(sentence: Sentence, found: Attribution, attributions: Sequence[Attribution]) -> Span:
    """Return the first item of what surrounds an attribution, and the first after it."""
    first, last = stretch(sentence, found.cue, found.source)
    last += 1
    for other in attributions:
        if other is found or other.by is SourceBy.OBJECT:
            continue
        end = _end_of_phrase(sentence, other)
        if other.by is SourceBy.SELON and first <= other.cue <= first + OPENERS and other.cue < found.cue:
            first = _after_phrase(sentence, other, last)  # "Selon X, deux hommes sont morts, a dit Y"
        elif first < end <= found.cue and other.by in (SourceBy.SELON, SourceBy.INCISE) and sentence.low(end) in COMMA:
            first = end + 1
    opened = sentence.last_before(found.cue, frozenset({"("}))
    if opened >= first and sentence.next_from(opened, frozenset({")"})) >= found.cue:
        first, last = opened + 1, min(last, sentence.next_from(found.cue, frozenset({")"})))
    return first, last


def _after_openers(sentence: Sentence, first: int, cue: int) -> int:
    """Skip what only joins a sentence to the one before."""
    step = first
    while step < cue and (sentence.low(step) in CONTRASTS or sentence.low(step) in ("–", "—", "-", ",", "»")):
        step += 1
    if sentence.low(step) in SET_AGAINST:
        verb = next((place for place in range(step, cue) if is_finite(sentence, place)), cue)
        step = max(step, sentence.last_before(verb, COMMA) + 1)
    return step


def _end_of_phrase(sentence: Sentence, found: Attribution) -> int:
    """Return where the words end that name the source, or the verb where it stands behind its source."""
    end = cue_of(sentence, found)[1]
    if found.source is not None and found.by is not SourceBy.THAT:
        end = max(end, found.source[1])
    if found.via is not None and found.via[0] <= end + 3:
        end = max(end, found.via[1])
    return end


def _after_phrase(sentence: Sentence, found: Attribution, last: int) -> int:
    """``Selon Luc Blin, directeur du parc, les loups``: return where the clause begins behind the phrase."""
    end = _end_of_phrase(sentence, found)
    comma = sentence.next_from(end, COMMA)
    mark = sentence.next_from(end, MARKS)
    if comma >= last or (mark < comma and not has_finite(sentence, end, mark)):
        return min(end, last) if comma >= last and mark >= last else min(mark, last)
    is_phrase = sentence.low(end) in NARRATED or not has_finite(sentence, end, comma)
    return _after_appositions(sentence, found, comma, last) if is_phrase else end


def _after_appositions(sentence: Sentence, found: Attribution, comma: int, last: int) -> int:
    """Return where it goes on behind a comma and what is set beside the source: *, directeur du parc,*."""
    step = comma + 1
    for _ in range(2):
        following = sentence.next_from(step, COMMA)
        if following >= last or not _is_apposition(sentence, found, step, following):
            break
        step = following + 1
    verb = next((place for place in range(step, last) if is_finite(sentence, place)), last)
    # "Selon X, les policiers, lors d'une perquisition, ont trouvé": what stands between commas is the subject.
    return comma + 1 if verb < last and sentence.low(verb - 1) == "," else step


def _is_apposition(sentence: Sentence, found: Attribution, start: int, end: int) -> bool:
    if sentence.low(start) in NARRATED:
        return True
    if has_finite(sentence, start, end) or sentence.low(start) in words("prepositions") - OF:
        return False
    if sentence.low(start) in source_words("relayed", "phrase") or sentence.low(start).endswith(("ée", "és", "ées")):
        return True
    if found.source is None:
        return False
    # "le général Luc Blin, chef d'état-major, …"
    is_named = any(sentence.is_named(place) for place in sentence.starts[slice(*found.source)])
    if sentence.is_named(sentence.starts[start]):
        return not is_named
    if is_named and sentence.low(start + 1) in source_words("bodies"):
        return False  # "Selon Luc Blin, la police, l'armée et les pompiers sont là"
    return is_named and (sentence.low(start) in OF or source_at(sentence, start, end=end) is not None)


def _end(
    sentence: Sentence, start: int, found: Attribution, attributions: Sequence[Attribution], last: int | None = None
) -> int:
    """Return the first item after a reported clause."""
    end = stretch(sentence, min(start, len(sentence.words) - 1), None)[1] + 1 if last is None else last
    for other in attributions:
        if other is not found and start < other.cue < end:
            end = min(end, _where_other_opens(sentence, other, start, end))
    for step in sentence.positions(frozenset({":"})):
        if start < step < end and sentence.low(step + 1) in MARKS:
            end = step
    # "affirme avoir repris la ville et dénonce …": a verb that has its subject before the infinitive.
    is_infinitive = found.by is SourceBy.THAT and sentence.low(start - 1) not in THAT and not sentence.says(NARRATED)
    for step in sentence.positions(JOINTS):
        following = sentence.low(step + 1)
        wishes = intending() if sentence.low(step - 1) in MARK_ENDS else governing("demands")
        # "dit que le pont est « sûr » et compte demander …": what the one who says it wants besides.
        goes_on = is_infinitive and is_finite(sentence, step + 1)
        is_other = sentence.low(step) == "et" and (following in wishes or goes_on)
        if start < step < end and (following == "tandis" or is_other):
            end = step
    return end


def _where_other_opens(sentence: Sentence, other: Attribution, start: int, end: int) -> int:
    """Return where a clause ends because somebody says something else; its own end where nobody does."""
    first = cue_of(sentence, other)[0]
    if other.by is SourceBy.SELON:
        return end
    if other.by is SourceBy.INCISE:
        return first - 1 if sentence.low(first - 1) in COMMA else end
    opened = other.source[0] if other.source is not None and start < other.source[0] < first else first
    opened -= bool(other.pronoun and opened == first and sentence.low(first - 1) == other.pronoun)
    while opened > start and sentence.low(opened - 1) in source_words("determiners", "phrase"):
        opened -= 1
    if opened > start and sentence.low(opened - 1) == "en":
        return opened - 1 - (sentence.low(opened - 2) == "tout")  # "tout en ajoutant que"
    if opened <= start or sentence.low(opened - 1) not in JOINING:
        return end
    while opened > start and sentence.low(opened - 1) in JOINING:
        opened -= 1
    return opened
