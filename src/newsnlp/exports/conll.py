"""Names as CoNLL: a word and its BIO tag a line, an empty line between sentences, for taggers and annotators."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from newsnlp.errors import SourceError
from newsnlp.exports.annotation_spans import refuse_outside
from newsnlp.records import Analysis, Article, Label, Mention
from newsnlp.safety.escaping import storable
from newsnlp.safety.values import record_of, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DOCUMENT = "-DOCSTART-"
OUTSIDE = "O"
# An article elided (l', qu'), a word with its hyphens and inner points, or a single sign.
_WORD = re.compile(r"[Aa]ujourd['’]hui|\w+['’]|\w+(?:[-‑]\w+)*|\S")
Token = tuple[int, int, str]


def to_conll(analyses: Analysis | Iterable[Analysis]) -> str:
    r"""Return the names of articles in two columns, word and BIO tag, divided by a tab.

    Parameters
    ----------
    analyses : Analysis or iterable of Analysis

    Returns
    -------
    str
        ``-DOCSTART-`` opens each article. Only what was analysed is in it, not menus and other page furniture.

    Notes
    -----
    Words are cut by simple rules, and always where a name begins or ends. Of names that overlap, the first stays.
    A word never holds a blank, a tab or a line end; lone surrogates are ``?``.

    Examples
    --------
    >>> text = "Lloyd Austin quitte l'Irak."
    >>> person = Mention(start=0, end=12, text="Lloyd Austin", label="PER")
    >>> place = Mention(start=22, end=26, text="Irak", label="LOC")
    >>> from newsnlp import Article
    >>> found = Analysis(article=Article(text=text), mentions=(person, place), body_spans=((0, 27),))
    >>> print(to_conll(found).expandtabs(12))
    -DOCSTART-  O
    <BLANKLINE>
    Lloyd       B-PER
    Austin      I-PER
    quitte      O
    l'          O
    Irak        B-LOC
    .           O
    <BLANKLINE>
    """
    lines = []
    for analysis in records_of(analyses, Analysis):
        lines += [f"{DOCUMENT}\t{OUTSIDE}", ""]
        for sentence in _sentences(analysis):
            lines += [f"{storable(analysis.article.text[start:end])}\t{tag}" for start, end, tag in sentence]
            lines.append("")
    return "\n".join(lines)


def from_conll(text: str, articles: Iterable[Article | Analysis]) -> list[Analysis]:
    """Return the names that a CoNLL file marks in the given articles, as corrected by annotators.

    Parameters
    ----------
    text : str
        As `to_conll` writes it; tags may have changed, words not. Columns may be divided by tabs or blanks.
    articles : iterable of Article or Analysis
        The articles in the order of the file. Of a page with menus and other furniture give the analysis: it knows
        which of two places with the same word was exported.

    Raises
    ------
    SourceError
        If the words are not those of the articles, or a tag is no BIO tag.
    """
    documents = list(_documents(record_of(text, str)))
    known = [_whole(item) if isinstance(item, Article) else item for item in records_of(articles, Article, Analysis)]
    if len(documents) != len(known):
        message = f"the CoNLL text holds {len(documents)} articles; {len(known)} were given"
        raise SourceError(message)
    return [
        Analysis(article=item.article, mentions=tuple(_mentions(item, rows)), body_spans=item.body_spans)
        for item, rows in zip(known, documents, strict=True)
    ]


def _whole(article: Article) -> Analysis:
    return Analysis(article=article, body_spans=((0, len(article.text)),))


def _sentences(analysis: Analysis) -> Iterator[list[Token]]:
    """Yield the words of each sentence, each with its tag."""
    from newsnlp.language import sentence_starts

    text = analysis.article.text
    names: list[Mention] = []
    for mention in sorted(analysis.mentions, key=lambda item: (item.start, -item.end)):
        refuse_outside(analysis.article, mention.start, mention.end)
        if not names or mention.start >= names[-1].end:
            names.append(mention)
    starts = [name.start for name in names]
    inside = {place for name in names for place in range(name.start + 1, name.end)}
    for start, end in analysis.body_spans:
        # A sentence never begins inside a name, whatever the rules say.
        cuts = [start, *(start + at for at in sentence_starts(text[start:end]) if at and start + at not in inside), end]
        for first, last in itertools.pairwise(cuts):
            begun = names[bisect_left(starts, first) : bisect_left(starts, last)]
            here = [name for name in begun if name.end <= last]
            if words := list(_tagged(text, first, last, here)):
                yield words


def _tagged(text: str, start: int, end: int, names: list[Mention]) -> Iterator[Token]:
    at = start
    for name in names:
        yield from ((*word, OUTSIDE) for word in _words(text, at, name.start))
        for number, word in enumerate(_words(text, name.start, name.end)):
            yield *word, f"{'I' if number else 'B'}-{name.label}"
        at = name.end
    yield from ((*word, OUTSIDE) for word in _words(text, at, end))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _WORD.finditer(text, start, end))


def _documents(text: str) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] | None = None
    # Not splitlines(): that would end a line at characters that are part of a text.
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.split("\t") if "\t" in line else line.split()
        if line.startswith(DOCUMENT):
            if rows is not None:
                yield rows
            rows = []
        elif line.strip():
            if len(parts) < 2:  # noqa: PLR2004  # a word and a tag
                message = f"line {number}: {line[:60]!r}; accepted: a word and its tag"
                raise SourceError(message)
            rows = [] if rows is None else rows
            rows.append((parts[0], parts[-1].strip()))
    if rows is not None:
        yield rows


def _mentions(analysis: Analysis, rows: list[tuple[str, str]]) -> Iterator[Mention]:
    article = analysis.article
    text = storable(article.text)  # of the same length
    open_name: tuple[int, int, str] | None = None
    at = 0
    spans = iter(analysis.body_spans)
    first, last = next(spans, (0, 0))
    for word, tag in rows:
        while (start := text.find(word, max(at, first), last)) < 0 and (span := next(spans, None)):
            first, last = span
        if start < 0:
            message = f"article {article.id}: the word {word!r} is not in the text after offset {at}"
            raise SourceError(message)
        at = start + len(word)
        begins, _, label = tag.partition("-")
        if tag != OUTSIDE and (begins not in {"B", "I"} or label not in set(Label)):
            message = f"article {article.id}: {tag!r} is no tag; accepted: O, B- and I- with {', '.join(Label)}"
            raise SourceError(message)
        if open_name and begins == "I" and label == open_name[2]:
            open_name = (open_name[0], at, label)
            continue
        if open_name:
            yield _mention(article, *open_name)
        open_name = None if tag == OUTSIDE else (start, at, label)
    if open_name:
        yield _mention(article, *open_name)


def _mention(article: Article, start: int, end: int, label: str) -> Mention:
    return Mention(start=start, end=end, text=article.text[start:end], label=Label(label))
