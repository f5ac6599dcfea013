"""Where a sentence names the source of what it says, how far that reaches, and quotations."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsnlp.figures.hedges_lexicon import hedge_phrases, hedge_set, saying_phrases, saying_verbs
from newsnlp.figures.nouns import noun_classes, words

if TYPE_CHECKING:
    from newsnlp.figures.items import Sentence

HAVE = frozenset({"a", "ont", "avait", "avaient", "aurait", "ayant", "aura", "auraient"})
SHORTEST_QUOTED_CLAUSE = 25


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source named in a sentence: the items it covers, where the source stands, and the word that shows it."""

    first: int
    last: int
    source: tuple[int, int] | None
    rule: str
    cue: int = 0


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence."""
    found: list[Attribution] = []
    size = len(sentence.items)
    for position in range(size):
        low = sentence.low(position)
        if not low:
            continue
        phrase = _phrase_at(sentence, position, "prepositions")
        if phrase and not _phrase_at(sentence, position, "no_source"):
            start = position + phrase
            if sentence.draft_at(start) is None and sentence.low(start) not in ("lui", "elle", "eux"):
                found.append(Attribution(*_reach(sentence, position), _noun_phrase(sentence, start), "source.selon", position))
            else:
                found.append(Attribution(*_reach(sentence, position), None, "source.selon", position))
            continue
        found += _saying(sentence, position, low)
    return found


def _phrase_at(sentence: Sentence, position: int, key: str) -> int:
    for phrase in hedge_phrases("sources", key).get(sentence.low(position), ()):
        if sentence.matches(position, phrase):
            return len(phrase)
    return 0


def _reach(sentence: Sentence, position: int) -> tuple[int, int]:
    """Return the items that *selon …* covers: its sentence, or its side of a semicolon or a list of claims."""
    first = position
    while first > 0 and sentence.low(first - 1) != ";":
        first -= 1
    last = position
    while last + 1 < len(sentence.items) and sentence.low(last + 1) != ";":
        last += 1
    return first, last


def _saying(sentence: Sentence, position: int, low: str) -> list[Attribution]:
    finite, participles, clausal = saying_verbs()
    length = 1
    if low in participles and low not in finite:
        if not _has_avoir(sentence, position):
            return []
        auxiliary = _auxiliary(sentence, position)
    elif low in finite:
        auxiliary = position
        if low in participles and not _has_avoir(sentence, position):
            pass
        elif low in participles:
            auxiliary = _auxiliary(sentence, position)
    else:
        for phrase in saying_phrases().get(low, ()):
            if sentence.matches(position, phrase):
                length = len(phrase)
                auxiliary = position
                break
        else:
            if low in ("fait", "faisait") and sentence.low(position + 1) in ("état", "savoir", "part", "mention"):
                auxiliary = position
                length = 2
            else:
                return _inverted(sentence, position, low)
    if (
        low in ("dit", "dits")
        and sentence.low(position - 1) not in HAVE
        and sentence.low(position - 1) in ("est", "le", "la", "un")
    ):
        return []
    subject = subject_before(sentence, auxiliary)
    after = position + length
    while sentence.low(after) in words("adverbs"):
        after += 1
    que = _clause_after(sentence, after)
    incise = _is_incise(sentence, auxiliary) and sentence.low(position + 1) != "état"
    if sentence.low(auxiliary - 1) == "été":
        return []
    if incise:
        start = position + length
        while sentence.low(start) in words("adverbs"):
            start += 1
        source = subject or _noun_phrase(sentence, start)
        return [Attribution(0, len(sentence.items) - 1, source, "source.incise", position)]
    if subject is None or sentence.low(subject[1] - 1) in hedge_set("sources", "no_subjects"):
        if que is None or sentence.low(auxiliary - 1) in ("bilan", "qui"):
            return []
    head = sentence.lows(*subject) if subject else ()
    if set(head) & hedge_set("sources", "no_subjects"):
        return []
    if que is not None:
        return [Attribution(que, _end_of_claim(sentence, que), subject, "source.that", position)]
    if low in clausal and not _is_institution(sentence, subject):
        return []
    return [Attribution(after, _end_of_claim(sentence, after), subject, "source.object", position)]


def _is_institution(sentence: Sentence, subject: tuple[int, int] | None) -> bool:
    """Whether the subject is one that publishes counts: *la préfecture*, *le HCR*."""
    if subject is None:
        return False
    first = sentence.items[subject[0]]
    return first.low in noun_classes()["source"] or (first.text.isupper() and len(first.text) > 1)


def _has_avoir(sentence: Sentence, position: int) -> bool:
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in HAVE or low.startswith(("a-t-", "ont-", "avait-")):
            return sentence.low(step + 1) != "été"
        if (
            low not in words("adverbs")
            and not low.endswith("ment")
            and low not in ("pas", "par", "ailleurs", "de", "son", "côté")
        ):
            return False
    return False


def _auxiliary(sentence: Sentence, position: int) -> int:
    for step in range(position - 1, max(-1, position - 5), -1):
        low = sentence.low(step)
        if low in HAVE or low.startswith(("a-t-", "ont-", "avait-")):
            return step
    return position


def _inverted(sentence: Sentence, position: int, low: str) -> list[Attribution]:
    """``précise-t-on``, ``dit-il``, ``indique-t-elle``."""
    verb, _, pronoun = low.rpartition("-")
    if pronoun in hedge_set("sources", "inverted") and verb:
        finite, _, _ = saying_verbs()
        if verb.removesuffix("-t") in finite:
            return [Attribution(0, len(sentence.items) - 1, _noun_phrase(sentence, position + 1), "source.incise", position)]
    return []


def _is_incise(sentence: Sentence, auxiliary: int) -> bool:
    """Whether the verb opens an inserted clause: ``..., a annoncé la police``, ``» affirme-t-il``."""
    before = sentence.low(auxiliary - 1)
    if before in ("a-t-il", "a-t-elle", "ont-ils"):
        return True
    if sentence.low(auxiliary).startswith(("a-t-", "ont-", "avait-")):
        return True
    if before not in (",", "»", "–", "—", '"', "”") and not (
        before == "comme" or before in ("l'",) and sentence.low(auxiliary - 2) == "comme"
    ):
        return False
    # A subject before the comma would make it a coordinate: "X a démissionné, a annoncé" has its own after it.
    following = auxiliary + 1
    return not any(
        sentence.low(step) in ("que", "qu'") for step in range(following, min(following + 4, len(sentence.items)))
    )


def _clause_after(sentence: Sentence, position: int) -> int | None:
    """Return where the clause begins that *que* opens soon after the verb."""
    for step in range(position, min(position + 10, len(sentence.items))):
        low = sentence.low(step)
        if low in ("que", "qu'", "avoir", "être", "disposer", "détenir"):
            return step + 1 if low in ("que", "qu'") else step
        if low in (":", "«"):
            return step
        if low in (".", ";") or sentence.items[step].figure is not None:
            return None
    return None


def _end_of_claim(sentence: Sentence, start: int) -> int:
    last = start
    while last + 1 < len(sentence.items) and sentence.low(last + 1) != ";":
        last += 1
    return last


def subject_before(sentence: Sentence, auxiliary: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends before the verb, back to its determiner or the clause's start."""
    end = auxiliary
    while end > 0 and (
        sentence.low(end - 1) in ("se", "s'", "n'", "ne", "l'", "y", "en", "nous")
        or sentence.low(end - 1) in words("adverbs")
    ):
        end -= 1
    if end <= 0 or (not sentence.items[end - 1].is_word and sentence.low(end - 1) not in (",", ")")):
        return None
    if sentence.low(end - 1) in (",", ")"):
        # "Laurent Berger, secrétaire général de la CFDT, estime": the noun before the apposition.
        opener = "(" if sentence.low(end - 1) == ")" else ","
        step = end - 2
        while step > 0 and sentence.low(step) != opener:
            step -= 1
        if step <= 0:
            return None
        end = step
    start = end
    while start > 0 and end - start < 9:
        low = sentence.low(start - 1)
        if not sentence.items[start - 1].is_word or low in ("que", "qu'", "mais", "où", "et", "qui", "selon"):
            break
        start -= 1
    return _trim(sentence, start, end)


def _noun_phrase(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins here, up to punctuation or a verb."""
    end = start
    while end < len(sentence.items) and end - start < 9 and sentence.items[end].is_word:
        low = sentence.low(end)
        if low in HAVE or low in (
            "est",
            "sont",
            "était",
            "ont",
            "lors",
            "dans",
            "qui",
            "que",
            "dont",
            "mais",
            "cité",
            "citée",
            "cités",
            "au",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "hier",
        ):
            break
        end += 1
    return _trim(sentence, start, end)


def _trim(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    while start < end and sentence.low(start) in words("determiners") | {
        "de",
        "d'",
        "samedi",
        "dimanche",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "par",
    }:
        start += 1
    while end > start and sentence.low(end - 1) in words("determiners") | words("prepositions"):
        end -= 1
    return (start, end) if end > start else None


@functools.cache
def _quote_pattern() -> re.Pattern[str]:
    return re.compile(r"«[^«»]{1,1500}»|“[^“”]{1,1500}”|(?<!\w)\"[^\"\n]{1,800}\"(?!\w)")


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans in quotation marks that are long enough to be said by someone.

    Examples
    --------
    >>> find_quotations("« Nous avons perdu onze hommes », a dit le colonel de la « Brigade 5 ».")
    [(0, 32)]
    """
    return [match.span() for match in _quote_pattern().finditer(text) if len(match[0]) >= SHORTEST_QUOTED_CLAUSE]
