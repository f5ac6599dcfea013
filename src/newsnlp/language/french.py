"""A spaCy language class for French that does not import ``spacy.lang.fr``. Importing this module imports spaCy.

``import spacy.lang.fr`` compiles a pattern of 1.45 million characters, which takes several seconds. The parts of
that package that are cheap are imported here through an alias package with the same folder and no ``__init__``;
``spacy.lang.fr`` itself is left untouched, so whoever imports it later gets stock spaCy.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING

import spacy.lang
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc, Span

from newsnlp.language.sentences import SentenceSplitter

if TYPE_CHECKING:
    from types import ModuleType

_ALIAS = "spacy.lang._newsnlp_fr"


def _french_part(name: str) -> ModuleType:
    """Import one module of ``spacy/lang/fr`` without running that package's ``__init__``."""
    if _ALIAS not in sys.modules:
        spec = ModuleSpec(_ALIAS, None, is_package=True)
        spec.submodule_search_locations = [str(Path(folder) / "fr") for folder in spacy.lang.__path__]
        sys.modules[_ALIAS] = module_from_spec(spec)
    return importlib.import_module(f"{_ALIAS}.{name}")


class FrenchDefaults(BaseDefaults):  # type: ignore[misc]
    """The word-level data of spaCy's French; the tokenizer's comes from the model's own file."""

    lex_attr_getters = _french_part("lex_attrs").LEX_ATTRS
    stop_words = _french_part("stop_words").STOP_WORDS
    syntax_iterators = _french_part("syntax_iterators").SYNTAX_ITERATORS


class French(Language):  # type: ignore[misc]
    """French without the several seconds of import. Saved to disk, it is an ordinary ``fr`` pipeline."""

    lang = "fr"
    Defaults = FrenchDefaults


def make_sentence_splitter(nlp: Language, name: str) -> SentenceSplitter:  # noqa: ARG001  # spaCy passes both
    """Return the component that sets sentence starts."""
    return SentenceSplitter()


def trim_names(doc: Doc) -> Doc:
    """Take blanks and line breaks off the ends of names: spaCy's recogniser likes to end a name with one."""
    if any(span[0].is_space or span[-1].is_space for span in doc.ents):
        kept = []
        for span in doc.ents:
            words = [token.i for token in span if not token.is_space]
            if words:
                kept.append(Span(doc, words[0], words[-1] + 1, label=span.label))
        doc.ents = kept
    return doc


Language.factory("newsnlp_sentences", assigns=["token.is_sent_start", "doc.sents"], func=make_sentence_splitter)
Language.component("newsnlp_trim_names", assigns=["doc.ents"], requires=["doc.ents"], func=trim_names)
