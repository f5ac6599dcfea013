"""When *un*, *une*, *aucun*, *aucune* count: before a noun of casualties, in a partitive, a contrast, a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.figures.events_lexicon import event_nouns, verb_forms
from newsnlp.figures.items import Item, fold
from newsnlp.figures.nouns import words

if TYPE_CHECKING:
    from newsnlp.figures.items import Draft, Sentence

CASUALTY_EVENTS = frozenset({"killed", "injured", "missing", "affected", "kidnapped", "arrested"})
CASUALTY_NOUNS = frozenset("mort blessé blessée disparu tué victime otage décès rescapé survivant".split())  # noqa: SIM905
MEASURED = frozenset({"at_least", "more_than", "at_most", "less_than"})
NO_PARTS = frozenset({"partie", "grande", "majorité", "peu", "bonne", "large", "fraction", "seul", "seule"})
LIST_MARKS = frozenset({",", "et", "ou", "contre"})


def drop_articles(sentence: Sentence) -> None:
    """Remove from the sentence the drafts of *un* and *une* that are mere articles."""
    kept = [
        draft
        for draft in sentence.drafts
        if (not draft.quantity.needs_context or _counts(draft, sentence)) and not _all_of_them(draft, sentence)
    ]
    for draft in sentence.drafts:
        if all(draft is not other for other in kept):
            item = sentence.items[draft.position]
            sentence.items[draft.position] = Item(item.start, item.end, item.text, fold(item.text))
    sentence.drafts = kept


def _all_of_them(draft: Draft, sentence: Sentence) -> bool:
    """``tous les trois``, ``toutes deux``: no figures."""
    before = sentence.lows(draft.position - 2, draft.position)
    after = sentence.low(draft.position + 1)
    bare = not after or after in words("after_number") or _is_participle(after) or not after[0].isalpha()
    return (
        bool(before) and bare and (before[-1] in ("tous", "toutes") or before in (("tous", "les"), ("toutes", "les")))
    )


def _counts(draft: Draft, sentence: Sentence) -> bool:
    low = sentence.items[draft.position].text.lower()
    if low.startswith(("aucun", "nul", "pas")):
        return _none_of_casualties(draft, sentence)
    rule = (
        "one.measured"
        if draft.quantity.modifier in MEASURED
        else _rule(draft, sentence) or _in_contrast(draft, sentence)
    )
    if rule:
        draft.rules.append(rule)
    return rule is not None


def _none_of_casualties(draft: Draft, sentence: Sentence) -> bool:
    noun = sentence.low(draft.position + 1)
    if noun in words("before_noun"):
        noun = sentence.low(draft.position + 2)
    if noun in CASUALTY_NOUNS or event_nouns().get(noun, ("", ""))[1] in ("strong",):
        draft.rules.append("none.casualties")
        return True
    return False


def _rule(draft: Draft, sentence: Sentence) -> str | None:
    position = draft.position
    before, after = sentence.low(position - 1), sentence.low(position + 1)
    if (
        before in ("l'", "l")
        or after == "à"
        and sentence.items[position + 2 : position + 3]
        and sentence.low(position + 2) in ("un", "une")
    ):
        return None
    if before in ("dont", "parmi") and (
        after in words("severity") or after in words("after_number") or _is_participle(after)
    ):
        return "one.dont"
    if before == "dont" and after.isalpha() and after not in NO_PARTS and _has_whole(draft, sentence):
        return "one.dont"
    if sentence.lows(position + 1, position + 3) == ("d'", "entre"):
        return "one.of-them"
    if after in ("seul", "seule") and before not in ("par",):
        # "une seule personne" contrasts; "d'un seul coup" does not.
        return (
            None
            if sentence.low(position + 2) in ("coup", "tenant", "homme", "trait", "bloc") and before == "d'"
            else "one.only"
        )
    if after in ("des", "de", "sur") and sentence.draft_at(position + 2) is not None:
        return "one.of-number"
    noun = sentence.low(position + 1)
    if noun in words("before_noun"):
        noun = sentence.low(position + 2)
    if noun == "mort" and sentence.items[position].text.lower().endswith("une"):
        return None  # "une mort" is death, "un mort" a dead man
    if noun in CASUALTY_NOUNS and noun not in ("otage", "rescapé", "survivant"):
        return None if noun == "victime" and not _after_make(sentence, position) else "one.casualty"
    if noun in CASUALTY_NOUNS and _after_make(sentence, position):
        return "one.casualty"
    return "one.list" if _in_list(draft, sentence) else None


def _has_whole(draft: Draft, sentence: Sentence) -> bool:
    """Whether a count stands before that *dont un …* can be a part of."""
    return any(other.counts and not other.quantity.needs_context for other in sentence.drafts if other.position < draft.position)


def _is_participle(low: str) -> bool:
    return low in verb_forms()[0]


def _after_make(sentence: Sentence, position: int) -> bool:
    before = sentence.lows(position - 4, position)
    return bool(
        set(before) & {"fait", "faisant", "faire", "fit", "dénombre", "déplore", "bilan", "compte", "recense", "état"}
    )


def _in_contrast(draft: Draft, sentence: Sentence) -> str | None:
    """``une personne a été arrêtée, deux autres sont recherchées``."""
    for other in sentence.drafts:
        if other.position > draft.position and other.counts and sentence.low(other.position + 1) in ("autres", "autre"):
            noun = sentence.low(other.position + 2)
            if (
                noun in words("after_number")
                or not noun
                or noun.rstrip("sx") == sentence.low(draft.position + 1).rstrip("sx")
            ):
                return "one.contrast"
    return None


def _in_list(draft: Draft, sentence: Sentence) -> bool:
    """``trois femmes et un homme``, ``un homme et deux enfants``: a list of numbers and nouns."""
    for other in sentence.drafts:
        if other is draft or not other.counts or other.quantity.ordinal:
            continue
        if other.quantity.needs_context and not any(rule.startswith("one.") for rule in other.rules):
            continue
        first, second = (other, draft) if other.position < draft.position else (draft, other)
        between = sentence.lows(first.position + 1, second.position)
        if len(between) not in range(2, 6) or between[-1] not in LIST_MARKS:
            continue
        if draft is first and sentence.low(draft.position - 1) in words("prepositions") - {"de", "d'", "à"}:
            continue
        if between[-1] == "," and draft is first and sum(item.counts for item in sentence.drafts) < 3:
            continue
        middle = between[:-1]
        if any(low in words("after_number") or low in (",", "#", ":", ";", "(", ")") for low in middle):
            continue
        noun = sentence.low(draft.position + 1)
        if (
            noun
            and noun not in words("after_number")
            and not noun.endswith("'")
            and noun not in ("peu", "tel", "telle", "certain", "certaine", "autre", "fois", "nouveau", "nouvelle")
        ):
            return True
        if not noun or noun in ("à", "dans", "en", "au", "."):
            return True
    return False
