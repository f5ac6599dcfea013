"""The service: its addresses, and what each does."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

import newsnlp
from newsnlp.errors import NewsnlpError, UnknownIdError
from newsnlp.related.ranking import MIN_COSINE
from newsnlp.server.desk import Desk
from newsnlp.server.limits import Limits
from newsnlp.server.messages import ArticleIn, Health, Held, Removed, SuggestionOut
from newsnlp.server.settings import ServerSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from newsnlp.records import Analysis, Article

MOST_RELATED = 100
Values = Annotated[list[str] | None, Query()]


class Service:
    """What the addresses do."""

    def __init__(self, settings: ServerSettings, analyse: Callable[[Article], Analysis] | None = None) -> None:
        self.settings = settings
        self._analyse = analyse
        self.desk = Desk(settings.index)

    def load(self) -> None:
        """Load the French pipeline and the postings before the first request."""
        if self._analyse is None:
            self._analyse = newsnlp.load(self.settings.model, entities=self.settings.entities)
        self.desk.index.suggest("la une")

    def analysed(self, article: Article) -> Analysis:
        """Return the analysis of an article."""
        if self._analyse is None:
            self.load()
        return self._analyse(article)  # type: ignore[misc]  # loaded now

    async def watch(self) -> None:
        """Take in what other processes save, for as long as the service lives."""
        while True:
            await asyncio.sleep(self.settings.poll)
            await run_in_threadpool(self.desk.refresh)

    async def health(self) -> Health:
        """Tell whether the service lives, and what it holds."""
        return Health(status="ok", articles=len(self.desk.index), version=newsnlp.__version__)

    async def analyze(self, article: ArticleIn) -> JSONResponse:
        """Analyse an article: entities, figures, dates, quotations, topics, events. Nothing is kept."""
        analysis = await run_in_threadpool(lambda: self.analysed(article.article()))
        return JSONResponse(analysis.to_dict())

    async def related(
        self,
        article_id: str,
        *,
        k: Annotated[int, Query(ge=1, le=MOST_RELATED)] = 5,
        since: str | None = None,
        until: str | None = None,
        before: str | None = None,
        source: Values = None,
        section: Values = None,
        topic: Values = None,
        min_score: Annotated[float, Query(ge=0, le=1)] = MIN_COSINE,
        diversity: bool = False,
    ) -> list[SuggestionOut]:
        """Return the articles related to one that is held, best first, and why."""
        where = {"source": source, "section": section, "topic": topic}
        options: dict[str, Any] = {"since": since, "until": until, "before": before, "min_score": min_score}
        found = await run_in_threadpool(
            lambda: self.desk.index.suggest(
                self.desk.index.held(article_id),
                k=k,
                diversity=diversity,
                where={name: values for name, values in where.items() if values},
                **options,
            )
        )
        return [
            SuggestionOut(
                id=one.id,
                score=one.score,
                kind=one.kind.value,
                because=one.because,
                reasons=list(one.reasons),
                others=list(one.others),
                title=one.title,
                source=one.source,
                url=one.url,
            )
            for one in found
        ]

    async def put(self, article_id: str, article: ArticleIn) -> Held:
        """Hold an article, in place of the one that has this id; it is saved, and found by the next query."""

        def hold() -> None:
            self.desk.put(self.analysed(article.article(article_id)))

        await run_in_threadpool(hold)
        return Held(id=article_id, articles=len(self.desk.index))

    async def delete(self, article_id: str) -> Removed:
        """Remove an article; 0 where there is none of this id."""
        return Removed(removed=await run_in_threadpool(partial(self.desk.delete, article_id)))


def create_app(
    settings: ServerSettings | None = None, *, analyse: Callable[[Article], Analysis] | None = None
) -> FastAPI:
    """Return the service as an ASGI application.

    Parameters
    ----------
    settings : ServerSettings, optional
        By default those of the environment, as ``newsnlp serve`` leaves them to its workers.
    analyse : callable, optional
        What analyses an article, in place of `newsnlp.load`.
    """
    used = ServerSettings.from_environment() if settings is None else settings
    service = Service(used, analyse)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.load)
        watching = asyncio.create_task(service.watch())
        yield
        watching.cancel()

    app = FastAPI(title="newsnlp", version=newsnlp.__version__, lifespan=life, docs_url="/docs", redoc_url=None)
    app.add_api_route("/health", service.health, methods=["GET"])
    app.add_api_route("/analyze", service.analyze, methods=["POST"], response_class=JSONResponse)
    app.add_api_route("/related/{article_id:path}", service.related, methods=["GET"])
    app.add_api_route("/articles/{article_id:path}", service.put, methods=["PUT"])
    app.add_api_route("/articles/{article_id:path}", service.delete, methods=["DELETE"])
    app.add_exception_handler(NewsnlpError, _told)
    app.add_middleware(Limits, settings=used)
    return app


async def _told(_: Request, error: Exception) -> JSONResponse:
    """Answer an error of input with what it says."""
    if isinstance(error, HTTPException):
        raise error
    return JSONResponse({"detail": str(error)}, status_code=404 if isinstance(error, UnknownIdError) else 422)
