"""The service answers, refuses, keeps what it is given, and takes in what others save."""

from __future__ import annotations

import importlib
import sys
import threading

import pytest

from newsnlp import Analysis, RelatedIndex
from newsnlp.errors import MissingExtraError, OptionError
from newsnlp.samples import sample_corpus
from newsnlp.server.settings import ServerSettings

CORPUS = sample_corpus()


def plainly(article):
    """Stand in for the pipeline: no names, no figures."""
    return Analysis(article=article, body_spans=((0, len(article.text)),))


@pytest.fixture
def client_of():
    pytest.importorskip("fastapi")
    testing = pytest.importorskip("fastapi.testclient")
    from newsnlp.server.app import create_app

    def make(**settings):
        return testing.TestClient(
            create_app(ServerSettings(**settings), analyse=plainly), raise_server_exceptions=False
        )

    return make


@pytest.fixture
def folder(tmp_path):
    RelatedIndex().fit(CORPUS).save(tmp_path / "i")
    return str(tmp_path / "i")


def test_what_it_answers(client_of, folder):
    with client_of(index=folder) as client:
        assert client.get("/health").json()["articles"] == len(CORPUS)
        found = client.get("/related/seisme-1", params={"k": 2}).json()
        assert [one["id"] for one in found] == [one.id for one in RelatedIndex.load(folder).suggest("seisme-1", k=2)]
        assert found[0]["because"].startswith("parce que : ")
        only = client.get("/related/seisme-1", params={"source": ["Agence Atlas"], "before": "2026-02-05"}).json()
        assert {one["source"] for one in only} <= {"Agence Atlas"}
        analysis = client.post("/analyze", json={"text": "Un séisme.", "title": "Maroc"}).json()
        assert analysis["article"]["title"] == "Maroc"
        assert {"/analyze", "/health", "/related/{article_id}", "/articles/{article_id}"} == set(
            client.get("/openapi.json").json()["paths"]
        )
        assert client.get("/docs").status_code == 200


def test_what_it_is_given_is_saved_before_it_answers(client_of, folder):
    with client_of(index=folder) as client:
        new = {
            "text": "Le volcan Kilimandjaro gronde près de Zanzibar.",
            "section": "Monde",
            "published_at": "2026-02-03",
        }
        assert client.put("/articles/b/2026 é", json=new).json() == {"id": "b/2026 é", "articles": len(CORPUS) + 1}
        assert RelatedIndex.load(folder)["b/2026 é"].section == "Monde"
        assert client.put("/articles/c", json={"text": "Près de Zanzibar, le Kilimandjaro gronde."}).status_code == 200
        assert [one["id"] for one in client.get("/related/c").json()] == ["b/2026 é"]
        assert client.delete("/articles/c").json() == {"removed": 1}
        assert client.delete("/articles/c").json() == {"removed": 0}
        assert "c" not in RelatedIndex.load(folder)


def test_what_it_refuses(client_of, folder):
    with client_of(index=folder, max_bytes=2000) as client:
        unknown = client.get("/related/seisme-111")
        assert unknown.status_code == 404
        assert "did you mean" in unknown.json()["detail"]
        assert client.get("/related/seisme-1", params={"since": "hier"}).status_code == 422
        assert client.get("/related/seisme-1", params={"k": 0}).status_code == 422
        assert client.put("/articles/a", json={"text": 3}).status_code == 422
        assert client.put("/articles/a", json={"text": "x", "colour": "red"}).status_code == 422
        assert client.put("/articles/a", json={"text": "x", "published_at": "hier"}).status_code == 422
        assert client.post("/analyze", json={"text": "x" * 3000}).status_code == 413
        # Sent in parts, without a length told beforehand.
        assert client.post("/analyze", content=iter([b"x" * 900] * 4)).status_code == 413
        assert client.post("/analyze", content=b"{", headers={"content-type": "application/json"}).status_code == 422
        assert client.get("/health").json()["articles"] == len(CORPUS)


def test_the_token(client_of):
    with client_of(token="sésame") as client:  # noqa: S106  # no secret
        assert client.get("/health").status_code == 200
        for headers in ({}, {"authorization": "Bearer faux"}, {"authorization": "Basic c2VzYW1l"}):
            refused = client.post("/analyze", json={"text": "x"}, headers=headers)
            assert refused.status_code == 401
        given = {"authorization": "Bearer sésame".encode()}
        assert client.post("/analyze", json={"text": "x"}, headers=given).status_code == 200
        assert client.get("/docs").status_code == 401


def test_an_answer_that_takes_too_long():
    pytest.importorskip("fastapi")
    testing = pytest.importorskip("fastapi.testclient")
    from newsnlp.server.app import create_app

    go_on = threading.Event()

    def slow(article):
        go_on.wait(20)
        return plainly(article)

    with testing.TestClient(create_app(ServerSettings(timeout=0.2), analyse=slow)) as client:
        assert client.post("/analyze", json={"text": "x"}).status_code == 504
        go_on.set()
        assert client.post("/analyze", json={"text": "x"}).status_code == 200


def test_workers_take_in_what_others_save(client_of, folder):
    with client_of(index=folder, poll=0.02) as one, client_of(index=folder, poll=0.02) as other:
        assert one.put("/articles/a", json={"text": "Un article pour tous."}).status_code == 200
        for _ in range(500):
            if other.get("/health").json()["articles"] == len(CORPUS) + 1:
                break
        # Neither overwrites what the other wrote.
        assert other.put("/articles/b", json={"text": "Un second pour tous."}).json()["articles"] == len(CORPUS) + 2
        assert one.put("/articles/c", json={"text": "Un troisième."}).json()["articles"] == len(CORPUS) + 3
        assert {"a", "b", "c"} <= set(RelatedIndex.load(folder).ids)


def test_many_changes_at_once_share_their_saves(tmp_path, monkeypatch):
    from newsnlp.server.desk import Desk

    desk = Desk(str(tmp_path / "i"))
    saves = []
    save = RelatedIndex.save
    monkeypatch.setattr(RelatedIndex, "save", lambda *args: saves.append(1) or save(*args))
    threads = [threading.Thread(target=desk.put, args=(plainly(article),)) for article in CORPUS[:40]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.index) == len(RelatedIndex.load(tmp_path / "i")) == 40
    assert len(saves) < 40


def test_settings(monkeypatch):
    monkeypatch.setenv("NEWSNLP_SERVER", "")
    monkeypatch.setenv("NEWSNLP_TOKEN", "")
    settings = ServerSettings(index="i", timeout=2.5, token="t")  # noqa: S106  # no secret
    settings.to_environment()
    assert ServerSettings.from_environment() == settings
    for wrong in ({"max_bytes": 0}, {"timeout": 0}, {"poll": -1}):
        with pytest.raises(OptionError):
            ServerSettings(**wrong)


def test_without_the_extra(monkeypatch):
    running = importlib.import_module("newsnlp.server.running")
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(MissingExtraError, match=r"newsnlp\[server\]"):
        running.serve(ServerSettings())
