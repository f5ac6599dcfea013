"""The words of saying, and those of hearsay, plans and denial of figures, read from their lexicons."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsnlp.errors import LexiconError
from newsnlp.grammar.conjugation import Forms, forms_of_verb
from newsnlp.grammar.items import split_words
from newsnlp.lexicons import load_csv, load_toml, pattern
from newsnlp.records import CueKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

Phrases = dict[str, tuple[tuple[str, ...], ...]]
FUTURE_STEM = r"(?:[eidv]|r|tt|[iî]t|mp|nc|^(?:re)?s?au|clu)r"
CONDITIONAL = re.compile(FUTURE_STEM + r"ai(?:en)?t$")
FUTURE = re.compile(FUTURE_STEM + r"(?:a|ont)$")
OTHER_TENSE = pattern("<figures_hedges.conditional.r_stems>ai?(?:en)?t?$")


@functools.cache
def hedge_words(table: str, key: str) -> tuple[str, ...]:
    """Return one list of the lexicon."""
    names = ("announcing", "conditional", "denied", "governors", "planned", "sources")
    tables: Any = load_toml("figures_hedges.toml", tables=names)
    return tuple(tables[table][key])


@functools.cache
def hedge_set(table: str, key: str) -> frozenset[str]:
    """Return one list of single words as a set."""
    return frozenset(hedge_words(table, key))


@functools.cache
def governing(*keys: str, agreeing: bool = False) -> frozenset[str]:
    """Return the forms of the verbs that make what they govern a plan; `agreeing` adds participles that agree.

    Examples
    --------
    >>> forms = governing("fears", "demands")
    >>> [low for low in ("redoutait", "craignons", "exigé", "exigées", "demanderont", "dira") if low in forms]
    ['redoutait', 'craignons', 'exigé', 'demanderont']
    """
    found: set[str] = set()
    for lemma in (lemma for key in keys for lemma in hedge_words("governors", key)):
        forms = forms_of_verb(lemma)
        # "prévoyait" shows "prévoyons"; of the participles, the one that follows "a" is the shortest.
        plural = {form.removesuffix("ait") + "ons" for form in forms.finite if form.endswith("ait")}
        given = forms.participles if agreeing else {min(forms.participles, key=len)}
        # A simple past tells a story: "demanda deux pains".
        stem = lemma.removesuffix("er")
        told = forms.finite - {stem + "a", stem + "èrent"}
        found |= told | forms.later | {lemma} | plural | given
    return frozenset(found)


@functools.cache
def intending() -> frozenset[str]:
    """Return the words that make an infinitive after them a plan: *compte*, *décidé*, *la volonté*."""
    verbs = governing("foresees", "demands", "fears", "wishes", "intends", agreeing=True)
    return verbs | hedge_set("planned", "verbs") | hedge_set("denied", "litotes")


@functools.cache
def hedge_phrases(table: str, key: str) -> Phrases:
    """Return one list of phrases, cut into words, by first word, longest first."""
    found: Phrases = {}
    for phrase in hedge_words(table, key):
        words = split_words(phrase)
        found[words[0]] = tuple(sorted((*found.get(words[0], ()), words), key=len, reverse=True))
    return found


def is_conditional(low: str) -> bool:
    """Whether a word is a conditional, not an imperfect that ends like one.

    Examples
    --------
    >>> [low for low in ("aurait", "serait", "tirait", "espérait", "montrait", "mettrait") if is_conditional(low)]
    ['aurait', 'serait', 'mettrait']
    """
    return low.endswith(("rait", "raient")) and bool(CONDITIONAL.search(low)) and not OTHER_TENSE.search(low)


def is_future(low: str) -> bool:
    """Whether a word is a future, not a simple past that ends like one.

    Examples
    --------
    >>> [low for low in ("aura", "fermeront", "tira", "assura") if is_future(low)]
    ['aura', 'fermeront']
    """
    return low.endswith(("ra", "ront")) and bool(FUTURE.search(low)) and not OTHER_TENSE.search(low)


@dataclass(frozen=True, slots=True)
class SayingVerb:
    """A verb of saying: what its subject does by it, the constructions that it takes, and its forms.

    ``takes``: a clause after ``que`` or ``si``, an ``infinitive``, ``de_infinitive`` or ``à_infinitive``; an
    ``incise``, or one beside quotation ``marks`` alone; quoted words as its ``object``, or after ``de``, ``à`` or
    ``comme``; a colon after all of these. Of a number: its plain object is what it ``states`` (*annonce 12 morts*), or
    only where a ``body`` says it (*constate 12 infractions*); it has an ``agent`` (*évalués par*), also without one
    (``reported``); an ``account`` makes it one of saying (*donne un bilan de*); it claims a ``deed``, or ``shows``;
    ``things`` do it, too (*les fouilles ont révélé que*).
    """

    lemma: str
    kind: CueKind
    takes: frozenset[str]
    forms: Forms


@functools.cache
def verbs_of_saying() -> tuple[SayingVerb, ...]:
    """Return the verbs of saying of one word, and of several, whose forms are those of their first verb."""
    columns = ("lemma", "cue_kind", "takes", "nouns", "participles", "forms")
    found = []
    for row in load_csv("quotes_verbs.csv", columns=columns, key=("lemma", "cue_kind")):
        head = _parts(row["lemma"])[1]
        forms = forms_of_verb(head)
        if row["participles"]:
            forms = Forms(frozenset(row["participles"].split()), frozenset(row["forms"].split()), frozenset(), head)
        found.append(SayingVerb(row["lemma"], CueKind(row["cue_kind"]), frozenset(row["takes"].split()), forms))
    return tuple(found)


@functools.cache
def _parts(lemma: str) -> tuple[str, str, str]:
    """Return the reflexive of a verb of saying, with *en*, its head, and the rest: *s'en*, *prendre*, *à*."""
    match = re.fullmatch(r"((?:s'|se )?(?:en )?)(\S+)(?: (.*))?", lemma)
    if match is None:
        raise LexiconError.at("quotes_verbs.csv", None, f"no verb in {lemma!r}", "write the verb first")
    return match[1].replace("s'", "se ").strip(), match[2], match[3] or ""


@functools.cache
def plain_verbs(*takes: str) -> tuple[SayingVerb, ...]:
    """Return the verbs of one word, not reflexive, that take any of some constructions."""
    return tuple(
        verb for verb in verbs_of_saying() if _parts(verb.lemma) == ("", verb.lemma, "") and verb.takes & set(takes)
    )


@functools.cache
def saying_verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return finite forms, participles, and those of them that need a clause to attribute anything."""
    verbs = plain_verbs("incise", "states", "body")
    clausal = [verb.forms for verb in verbs if "body" in verb.takes]
    return (
        frozenset(form for verb in verbs for form in verb.forms.finite),
        frozenset(form for verb in verbs for form in verb.forms.participles),
        frozenset(form for forms in clausal for form in forms.participles | forms.finite),
    )


@functools.cache
def doing_verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Return finite forms and participles of verbs that say something by *que*, or beside marks, and are deeds else."""
    verbs = plain_verbs("que", "marks")
    finite, participles, _ = saying_verbs()
    return (
        frozenset(form for verb in verbs for form in verb.forms.finite) - finite,
        frozenset(form for verb in verbs for form in verb.forms.participles) - participles,
    )


@functools.cache
def spoken() -> tuple[frozenset[str], frozenset[str]]:
    """Return the finite forms and the participles of all verbs of one word that say something."""
    return saying_verbs()[0] | doing_verbs()[0], saying_verbs()[1] | doing_verbs()[1]


@functools.cache
def forms_of(construction: str) -> frozenset[str]:
    """Return the forms of the verbs of saying that take a construction; ``deeds`` are those that state no object."""
    if construction == "deeds":
        stating = forms_of("states") | forms_of("body")
        return frozenset(form for verb in plain_verbs("que", "incise", "marks") for form in verb.forms.all) - stating
    return frozenset(form for verb in plain_verbs(construction) for form in verb.forms.all)


@functools.cache
def infinitives() -> frozenset[str]:
    """Return the infinitives of the verbs of one word that say something by *que*: *tient à préciser que*."""
    return frozenset(verb.lemma for verb in plain_verbs("que"))


@functools.cache
def participles_of(construction: str) -> frozenset[str]:
    """Return the participles of the verbs of saying that take a construction."""
    return frozenset(form for verb in plain_verbs(construction) for form in verb.forms.participles)


@functools.cache
def noun_first() -> frozenset[str]:
    """Return the forms of verbs of saying that are nouns first of all: *une note*, *le juge*."""
    columns = ("lemma", "cue_kind", "takes", "nouns", "participles", "forms")
    rows = load_csv("quotes_verbs.csv", columns=columns, key=("lemma", "cue_kind"))
    return frozenset(form for row in rows for form in row["nouns"].split())


@functools.cache
def saying_phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], SayingVerb], ...]]:
    """Return the verbs of saying of several words, but for reflexive ones, by first word: *font état*."""
    found: dict[str, tuple[tuple[tuple[str, ...], SayingVerb], ...]] = {}
    for verb in verbs_of_saying():
        reflexive, _, rest = _parts(verb.lemma)
        if rest and not reflexive:
            for form in verb.forms.all:
                found[form] = (*found.get(form, ()), *(((form, *tail), verb) for tail in _tails(rest)))
    return found


@functools.cache
def reflexive_verbs() -> Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], SayingVerb], ...]]:
    """Return the reflexive verbs of saying by their form, *en* before it: ``("en", "prend")``; with what follows it."""
    found: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], SayingVerb], ...]] = {}
    for verb in verbs_of_saying():
        reflexive, _, rest = _parts(verb.lemma)
        for form in verb.forms.all if reflexive else ():
            words = (*reflexive.split()[1:], form)
            found[words] = (*found.get(words, ()), *((tail, verb) for tail in _tails(rest)))
    return found


@functools.cache
def _tails(rest: str) -> tuple[tuple[str, ...], ...]:
    """``état``; ``formel|formelle``; of *de* at the end, *d'* as well."""
    alternatives = rest.split("|")
    alternatives += [tail.removesuffix("e") + "'" for tail in alternatives if tail == "de" or tail.endswith(" de")]
    return tuple(split_words(tail) for tail in alternatives)


def reflexive_at(words: Sequence[str]) -> tuple[SayingVerb, int] | None:
    """Return the reflexive verb of saying that some words begin with, and of how many words it is.

    Examples
    --------
    >>> verb, length = reflexive_at(("se", "sont", "félicités", "de"))
    >>> verb.lemma, length
    ('se féliciter', 3)
    """
    if words[:1] not in (("s'",), ("se",)):
        return None
    en = words[1:2] if words[1:2] == ("en",) else ()
    step = 1 + len(en)
    auxiliary = words[step : step + 1]
    if auxiliary and auxiliary[0].partition("-")[0] in BEING:
        step += 1
    for form in (words[step : step + 1], (words[step : step + 1][0].partition("-")[0],) if words[step:] else ()):
        for tail, verb in reflexive_verbs().get((*en, *form), ()):
            end = step + 1 + len(tail)
            if tuple(words[step + 1 : end]) == tail:
                return verb, end
    return None


BEING = forms_of_verb("être").finite


@functools.cache
def _verbs_by_form() -> Mapping[str, tuple[SayingVerb, ...]]:
    found: dict[str, tuple[SayingVerb, ...]] = {}
    for verb in verbs_of_saying():
        if _parts(verb.lemma) == ("", verb.lemma, ""):
            for form in verb.forms.all:
                found[form] = (*found.get(form, ()), verb)
    return found


@functools.cache
def nouns_of_saying() -> Mapping[str, CueKind]:
    """Return the nouns of saying, singular and plural, with what one does by them: *aveu*, *démentis*."""
    rows = load_csv("quotes_nouns.csv", columns=("surface", "plural", "cue_kind", "takes"))
    return {form: CueKind(row["cue_kind"]) for row in rows for form in (row["surface"], row["plural"])}


def cue_kind(cue: str | None, *, said: str = "", between: str = "") -> CueKind | None:
    """Return what one does who says something by such words; None where no words attribute it.

    Parameters
    ----------
    cue : str or None
        The words that attribute: *a déclaré*, *selon*, *s'est-il indigné*.
    said : str
        What is said, which may be a question.
    between : str
        What stands between cue and quotation, if anything: *demander de* orders, *demander si* asks.

    Examples
    --------
    >>> [str(cue_kind(cue)) for cue in ("a-t-il nié", "D'après", "fait valoir", "l'aveu de", "s'est indignée")]
    ['denying', 'neutral', 'assertive', 'admitting', 'accusing']
    >>> str(cue_kind("a demandé", between=" au maire de ")), str(cue_kind("demande-t-elle", said="Où est le plan ?"))
    ('ordering', 'asking')
    """
    if not cue:
        return None
    words = split_words(cue)
    following = frozenset(split_words(between)) | ({"si"} if said.rstrip(' »”"').endswith("?") else set())
    for position, word in enumerate(words):
        reflexive = reflexive_at(words[position:])
        if reflexive is not None:
            return reflexive[0].kind
        phrases = [verb for phrase, verb in saying_phrases().get(word, ()) if words[position:][: len(phrase)] == phrase]
        if phrases:
            return phrases[0].kind
        verbs = _verbs_by_form().get(word) or _verbs_by_form().get(INVERSION.sub("", word), ())
        if verbs:
            return next((verb for verb in verbs if _fits(verb, following)), verbs[0]).kind
    return next((nouns_of_saying()[word] for word in words if word in nouns_of_saying()), CueKind.NEUTRAL)


INVERSION = re.compile(r"(?:-t)?-(?:ils?|elles?|on|je)$")


def _fits(verb: SayingVerb, following: AbstractSet[str]) -> bool:
    """Whether what stands around tells this verb from its namesake: *jurer de*, *demander si*."""
    return ("si" in verb.takes and bool(following & {"si", "s'"})) or (
        "de_infinitive" in verb.takes and bool(following & {"de", "d'"})
    )
