"""What requests bring and answers give, for the checks and for the OpenAPI page."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from newsnlp.records import Article


class ArticleIn(BaseModel):
    """An article: its text, and what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: str
    title: str | None = None
    published_at: str | None = Field(None, description="ISO 8601")
    source: str | None = None
    url: str | None = None
    author: str | None = None
    section: str | None = None

    def article(self, article_id: str | None = None) -> Article:
        """Return the record."""
        told = self.model_dump(exclude={"section"})
        if article_id is not None:
            told["id"] = article_id
        return Article(**told, extra={"section": self.section} if self.section else {})


class SuggestionOut(BaseModel):
    """A related article, and why."""

    id: str
    score: float
    kind: str
    because: str = Field(description="The reasons in French: parce que : Donges, raffinerie")
    reasons: list[str]
    others: list[str] = Field(description="Ids of other versions of the same text")
    title: str | None
    source: str | None
    url: str | None


class Health(BaseModel):
    """Whether the service lives, and what it holds."""

    status: str
    articles: int
    version: str


class Removed(BaseModel):
    """How many articles were removed: 0 where none had this id."""

    removed: int


class Held(BaseModel):
    """The id under which an article is held, and how many there are now."""

    id: str
    articles: int
