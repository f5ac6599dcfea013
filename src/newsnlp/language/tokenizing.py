"""A tokenizer whose time is linear in the text, whatever stands in it. Importing this module imports spaCy.

spaCy takes marks off both ends of a word one by one, and looks through all that is left each time: a word of ten
thousand quotation marks takes a hundred million steps. Here the searches look at the ends alone, and what no language
writes as one word is cut. All that has less than `LONGEST_WORD` characters between two blanks gives spaCy's tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import srsly
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from newsnlp.language.token_match import TokenMatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.vocab import Vocab

# More characters without a blank are cut. Addresses of 2 000 characters are the longest that browsers take; the longest
# word of WiNER-fr train has 32 (2026-11).
LONGEST_WORD = 2000
# Up to this length a word is searched as spaCy does. Of longer ones only so much of either end.
_WHOLE = 32
# The longest affix that is not one mark repeated has 5 characters. What reaches farther is searched for again in full.
_LONG_AFFIX = 16
_BETWEEN_WORDS = re.compile(r"(?<=[^\W_])(?=[\W_])|(?<=[\W_])(?=[^\W_])")


@dataclass(slots=True)
class AffixSearch:
    """A stand-in for the compiled pattern of prefixes or suffixes, which looks at one end of a long word only.

    Parameters
    ----------
    pattern : str
        As the model has it. It is kept, for spaCy writes it out when a pipeline is saved.
    """

    pattern: str
    _compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._compiled = re.compile(self.pattern)

    def search_start(self, text: str) -> re.Match[str] | None:
        """Return what `text` begins with, or None; the pattern must be anchored there."""
        if len(text) > _WHOLE:
            found = self._compiled.search(text, 0, _WHOLE)
            if found is None or found.end() <= _LONG_AFFIX:
                return found
        return self._compiled.search(text)

    def search_end(self, text: str) -> re.Match[str] | None:
        """Return what `text` ends with, or None; the pattern must be anchored there."""
        if len(text) > _WHOLE:
            found = self._compiled.search(text, len(text) - _WHOLE)
            if found is None or len(text) - found.start() <= _LONG_AFFIX:
                return found
        return self._compiled.search(text)

    def __reduce__(self) -> tuple[type[AffixSearch], tuple[str]]:
        return AffixSearch, (self.pattern,)


class LinearTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokenizer, but for words of more than `LONGEST_WORD` characters, which are cut."""

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text as a document."""
        # Splitting takes a thousandth of the time of tokenizing.
        if len(text) <= LONGEST_WORD or max(map(len, text.split()), default=0) <= LONGEST_WORD:
            return super().__call__(text)
        parts = [super(LinearTokenizer, self).__call__(part) for part in _parts(text)]
        return Doc.from_docs(parts, ensure_whitespace=False)


def _parts(text: str) -> Iterator[str]:
    """Cut a text inside its overlong words, between letters and marks where there are both."""
    start = 0
    for word in re.finditer(rf"\S{{{LONGEST_WORD + 1},}}", text):
        while word.end() - max(start, word.start()) > LONGEST_WORD:
            first = max(start, word.start())
            limit = first + LONGEST_WORD
            cut = limit
            for place in _BETWEEN_WORDS.finditer(text, first + LONGEST_WORD // 2, limit):
                cut = place.end()
            yield text[start:cut]
            start = cut
    yield text[start:]


def read_tokenizer(vocab: Vocab, file: Path) -> LinearTokenizer:
    """Return the tokenizer that a model's ``tokenizer`` file describes.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
    file : pathlib.Path
        As ``Tokenizer.to_disk`` wrote it.
    """
    data = srsly.msgpack_loads(file.read_bytes())

    def method(key: str, name: str) -> Any:
        pattern = data.get(key)
        return getattr(re.compile(pattern), name) if pattern else None

    prefixes, suffixes, token_match = data.get("prefix_search"), data.get("suffix_search"), data.get("token_match")
    return LinearTokenizer(
        vocab,
        rules=data.get("exceptions") or {},
        prefix_search=AffixSearch(prefixes).search_start if prefixes else None,
        suffix_search=AffixSearch(suffixes).search_end if suffixes else None,
        infix_finditer=method("infix_finditer", "finditer"),
        token_match=TokenMatch(token_match).match if token_match else None,
        url_match=method("url_match", "match"),
        faster_heuristics=data.get("faster_heuristics", True),
    )
