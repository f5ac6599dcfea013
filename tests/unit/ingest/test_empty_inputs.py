"""A file of which nothing is read is told, never `0 articles, 0 failures`."""

from __future__ import annotations

import pytest

from newsnlp.corpus import Failure, read_source


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("header.csv", "id,text\n"),
        ("header.tsv", "id\ttext\tsourt à Lyon.\n"),
        ("nothing.json", "[]"),
        ("nothing.jsonl", "\n\n"),
        ("nothing.xml", "<rss><channel></channel></rss>"),
    ],
)
def test_a_file_without_articles_is_a_failure(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (failure,) = read_source(path).articles()
    assert isinstance(failure, Failure)
    assert failure.article_id == name
    assert "holds no article" in failure.reason


def test_an_empty_list_is_no_file():
    assert list(read_source([]).articles()) == []
