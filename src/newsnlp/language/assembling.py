"""Put a pipeline together from a model's folder. Importing this module imports spaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.util import load_config
from spacy.vocab import create_vocab

from newsnlp.errors import MissingModelError
from newsnlp.language.french import French
from newsnlp.language.tokenizing import read_tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from spacy.language import Language

_LISTENERS = ("Tok2VecListener", "TransformerListener")


def assemble(folder: Path, meta: Mapping[str, Any], *, name: str, with_names: bool) -> Language:
    """Return the pipeline of `folder`: tokenizer, sentences and, if asked for, the model's own names."""
    config = load_config(folder / "config.cfg", interpolate=True)
    nlp = _blank(folder, config, meta, name)
    nlp.add_pipe("newsnlp_sentences")
    if with_names:
        _add_components(nlp, folder, config, [*_upstream(config, "ner"), "ner"])
        nlp.add_pipe("newsnlp_trim_names")
    return nlp


def _blank(folder: Path, config: Mapping[str, Any], meta: Mapping[str, Any], name: str) -> Language:
    """Return a pipeline with the model's vocabulary and tokenizer and no component."""
    kind = config["nlp"]["tokenizer"].get("@tokenizers")
    if kind != "spacy.Tokenizer.v1":
        message = f"The model {name!r} has the tokenizer {kind!r}; accepted: spacy.Tokenizer.v1. Hint: load()"
        raise MissingModelError(message)
    vocab = create_vocab(French.lang, French.Defaults)
    # The table of strings would double the time and serves training only: a text adds the strings it holds.
    vocab.from_disk(folder / "vocab", exclude=["strings"])
    vocab.vectors.name = meta.get("vectors", {}).get("name")
    return French(
        vocab,
        meta={**meta, "newsnlp_model": name},
        create_tokenizer=lambda nlp: read_tokenizer(nlp.vocab, folder / "tokenizer"),
    )


def _upstream(config: Mapping[str, Any], component: str) -> list[str]:
    """Return the components whose vectors `component` listens to, in pipeline order."""
    tok2vec = config["components"][component].get("model", {}).get("tok2vec", {})
    if not any(listener in str(tok2vec.get("@architectures")) for listener in _LISTENERS):
        return []
    wanted = tok2vec.get("upstream", "*")
    return [
        other
        for other in config["nlp"]["pipeline"]
        if other == wanted
        or (wanted == "*" and config["components"][other].get("factory") in {"tok2vec", "transformer"})
    ]


def _add_components(nlp: Language, folder: Path, config: Mapping[str, Any], names: Sequence[str]) -> None:
    """Add components of `config`, with their weights from `folder`."""
    for name in names:
        settings = {key: value for key, value in config["components"][name].items() if key != "factory"}
        pipe = nlp.add_pipe(config["components"][name]["factory"], name=name, config=settings)
        pipe.from_disk(folder / name, exclude=["vocab"])
    nlp._link_components()  # noqa: SLF001  # as Language.from_disk does; there is no public way
