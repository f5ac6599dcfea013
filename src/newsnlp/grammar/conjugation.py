"""The forms of a verb that stand in the third person, and its participles."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from newsnlp.lexicons import load_csv

COLUMNS = ("ending", "participle", "present", "imperfect", "past", "future")
E_CLASS = ("e", "ent")
LATER = ("a", "ont", "ait", "aient")
IMPERFECT = ("ait", "aient", "ant")


@dataclass(frozen=True, slots=True)
class Forms:
    """What a verb is in a text: past participles, told forms (*dit*, *disait*, *disant*), and later ones (*dira*)."""

    participles: frozenset[str]
    finite: frozenset[str]
    later: frozenset[str]
    infinitive: str

    @property
    def all(self) -> frozenset[str]:
        """Every form."""
        return self.participles | self.finite | self.later | {self.infinitive}


@functools.cache
def forms_of_verb(lemma: str) -> Forms:
    """Return the forms of a verb: one in -er, one in -ir like *finir*, or one that `grammar_verbs.csv` conjugates.

    Examples
    --------
    >>> sorted(forms_of_verb("prétendre").participles)
    ['prétendu', 'prétendue', 'prétendues', 'prétendus']
    >>> sorted(forms_of_verb("reconnaître").finite)[:3]
    ['reconnaissaient', 'reconnaissait', 'reconnaissant']
    >>> "rappellent" in forms_of_verb("rappeler").finite, "promettra" in forms_of_verb("promettre").later
    (True, True)
    """
    row = max(
        (
            row
            for row in load_csv("grammar_verbs.csv", columns=COLUMNS, key=("ending",))
            if lemma.endswith(row["ending"])
        ),
        key=lambda row: len(row["ending"]),
        default=None,
    )
    if row is not None:
        stem = lemma.removesuffix(row["ending"])
        present = {stem + form for form in f"{row['present']} {row['past']}".split()}
        given = _agreeing(stem + row["participle"])
        return Forms(given, _with(present, {stem + row["imperfect"]}, IMPERFECT), _ahead({stem + row["future"]}), lemma)
    stem = lemma[:-2]
    if lemma.endswith("ir"):
        present = {stem + ending for ending in ("it", "issent", "irent")}
        return Forms(_agreeing(stem + "i"), _with(present, {stem + "iss"}, IMPERFECT), _ahead({lemma}), lemma)
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1:], stem)
    weak = {stem}
    if stem.endswith("y"):
        weak.add(stem[:-1] + "i")
    if stem.endswith(("el", "et")):
        weak.add(stem + stem[-1])  # "rappelle", "rejette", beside "gèle", "achète"
    cut = max(stem.rfind("é"), stem.rfind("e"))
    if cut >= len(stem) - 3 and cut >= 0:
        weak.add(stem[:cut] + "è" + stem[cut + 1 :])
    present = {soft + "a", stem + "èrent"}.union(form + ending for form in weak for ending in E_CLASS)
    later = _ahead({form + "er" for form in weak})
    return Forms(_agreeing(stem + "é"), _with(present, {soft}, IMPERFECT), later, lemma)


def conjugate(lemma: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the participles and the other forms of a verb in the third person.

    Examples
    --------
    >>> participles, finite = conjugate("déployer")
    >>> sorted(participles)
    ['déployé', 'déployée', 'déployées', 'déployés']
    >>> "déploient" in finite, "déployaient" in finite
    (True, True)
    """
    forms = forms_of_verb(lemma)
    return forms.participles, forms.finite | forms.later | {lemma}


def _agreeing(participle: str) -> frozenset[str]:
    endings = ("", "e", "es") if participle.endswith("s") else ("", "e", "s", "es")
    return frozenset(participle + ending for ending in endings)


def _with(forms: set[str], stems: set[str], endings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(forms | {stem + ending for stem in stems for ending in endings})


def _ahead(stems: set[str]) -> frozenset[str]:
    return _with(set(), stems, LATER)
