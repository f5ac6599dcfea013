"""Readers and a writer at once: nobody waits for a query, and everybody sees a whole state."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.errors import OptionError
from newsnlp.related.suggesting import Ranker

WAIT = 60.0


def twins(number):
    """Two articles that a writer adds and removes together, and nobody may see without each other."""
    text = f"Le moulin de Kerguelec numéro {number} tourne encore, disent ses meuniers."
    return [Article(id=f"{side}{number}", text=f"{text} {side}") for side in ("gauche", "droite")]


def test_no_lock_is_held_over_a_query(corpus, monkeypatch):
    index = RelatedIndex().fit(corpus)
    inside, go_on = threading.Event(), threading.Event()
    ranked = Ranker.ranked

    def slow(self, *args, **options):
        inside.set()
        assert go_on.wait(WAIT)
        return ranked(self, *args, **options)

    monkeypatch.setattr(Ranker, "ranked", slow)
    found = []
    reader = threading.Thread(target=lambda: found.append(index.suggest("seisme-1", k=20)))
    reader.start()
    assert inside.wait(WAIT)
    # The query is under way: a writer adds, replaces, removes, and closes the gaps.
    index.add(Article(id="new", text=corpus[0].text))
    index.add(Article(id="seisme-2", text="Autre chose, tout autre chose."))
    index.remove([article.id for article in corpus[-40:]])
    index._columns.compact()
    assert "new" in index
    go_on.set()
    reader.join(WAIT)
    monkeypatch.undo()
    # It is answered from what was there when it came.
    assert found == [RelatedIndex().fit(corpus).suggest("seisme-1", k=20)]


def test_readers_are_not_kept_waiting_by_a_writer(corpus):
    index = RelatedIndex().fit(corpus)
    before = index.suggest("seisme-1")
    with index._shared.writing() as columns:
        done = []
        columns.remove(["seisme-2"])
        reader = threading.Thread(
            target=lambda: done.append((index.suggest("seisme-1"), index.ids, index["seisme-2"].id))
        )
        reader.start()
        reader.join(WAIT)
        # While he writes, others see what was before.
        assert done == [(before, [article.id for article in corpus], "seisme-2")]
    assert "seisme-2" not in index.ids


def test_under_load_every_state_is_whole(corpus):
    index = RelatedIndex().fit(corpus)
    failures, asked = [], []
    done = threading.Event()
    wanted = {article.id: [found.id for found in index.suggest(article.id, k=3)] for article in corpus[:8]}

    def read():
        count = 0
        try:
            while not done.is_set():
                for article_id, before in wanted.items():
                    found = index.suggest(article_id, k=3)
                    assert len(found) == len(before)
                    assert all(suggestion.reasons and suggestion.title for suggestion in found)
                columns = index._shared.searchable()
                held = [name for name in columns.ids if name.startswith(("gauche", "droite"))]
                assert len(held) == len(set(held))
                assert columns.alive_count == len(columns.ids)
                assert all(columns.meta[columns.find(name)].id == name for name in columns.ids)
                count += 1
                time.sleep(0.005)
        except Exception as error:  # noqa: BLE001  # any failure in a thread is what is looked for
            failures.append(error)
        asked.append(count)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(40):
            index.add(twins(number))
            if number >= 3:
                assert index.remove([f"gauche{number - 3}", f"droite{number - 3}"]) == 2
            # Its own writes are seen by the next query.
            found = {suggestion.id for suggestion in index.suggest(f"gauche{number}", k=10, fold=False)}
            assert f"droite{number}" in found
            assert f"gauche{number - 3}" not in found
    finally:
        done.set()
    for thread in threads:
        thread.join(WAIT)
    assert not failures
    assert min(asked) > 0
    assert len(index) == len(corpus) + 6


def test_many_small_additions_are_found_and_few_postings_are_kept():
    index = RelatedIndex()
    for start in range(0, 6000, 300):
        index.add(
            Article(id=str(n), text=f"Dépêche {n} : le port de Brest, quai {n % 7}, grue {n % 11}.")
            for n in range(start, start + 300)
        )
        assert len(index.suggest(str(start + 299), k=2)) == 2
    postings = index._columns.texts._fitted.postings
    assert len(postings) <= 6
    assert [part.first for part in postings[1:]] == [part.last for part in postings[:-1]]
    fresh = RelatedIndex().fit(
        Article(id=str(n), text=f"Dépêche {n} : le port de Brest, quai {n % 7}, grue {n % 11}.") for n in range(6000)
    )
    index._columns.forget_idf()
    for query in ("17", "5999", "3000"):
        assert index.suggest(query, k=20) == fresh.suggest(query, k=20)


def test_reload_takes_what_another_process_saved(corpus, tmp_path):
    RelatedIndex().fit(corpus[:10]).save(tmp_path / "i")
    index = RelatedIndex.load(tmp_path / "i")
    assert index.reload() is False
    code = (
        "import sys; from newsnlp import Article, RelatedIndex; index = RelatedIndex.load(sys.argv[1]); "
        "index.add(Article(id='neuf', text='Un texte neuf.')); index.save(sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "i")], check=True)
    assert "neuf" not in index
    assert index.reload() is True
    assert "neuf" in index
    assert index.reload() is False
    index.add("Pas encore écrit, et bientôt perdu.")
    index.save(tmp_path / "i")
    assert index.reload() is False
    with pytest.raises(OptionError, match="came from no folder"):
        RelatedIndex().reload()


@pytest.mark.slow
def test_processes_read_while_one_writes(corpus, tmp_path):
    folder = tmp_path / "i"
    RelatedIndex().fit(corpus).save(folder)
    reader = (
        "import sys, time; from newsnlp import RelatedIndex; index = RelatedIndex.load(sys.argv[1]); sizes = set();\n"
        "end = time.monotonic() + 6\n"
        "while time.monotonic() < end:\n"
        "    index.reload(); sizes.add(len(index)); assert len(index) % 2 == 0, len(index)\n"
        "    assert index.suggest('seisme-1', k=3)\n"
        "print(len(sizes))"
    )
    readers = [
        subprocess.Popen([sys.executable, "-c", reader, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    index = RelatedIndex.load(folder)
    number = 0
    end = time.monotonic() + 7
    while time.monotonic() < end:
        index.add(twins(number))
        index.save(folder)
        number += 1
    for process in readers:
        told, _ = process.communicate(timeout=WAIT)
        assert process.returncode == 0
        assert int(told) > 1
