"""Sixty-four clients at once for a minute: nobody gets an error, nobody waits long, nothing that was written is lost."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import numpy as np
import pytest

from newsnlp import Article, RelatedIndex
from newsnlp.samples import sample_corpus

CLIENTS = 64
# One in so many requests writes.
WRITES = 50


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def asked(port, method, path, body=None, timeout=60):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(
            method, path, None if body is None else json.dumps(body), {"content-type": "application/json"}
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def wait_for(service, port):
    """Wait until a service that was started answers."""
    end = time.monotonic() + 120
    while service.poll() is None and time.monotonic() < end:
        try:
            if asked(port, "GET", "/health", timeout=5)[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the service does not answer")


class Client(threading.Thread):
    """Asks one thing after the other until its time is over."""

    def __init__(self, number, port, ids, until):
        super().__init__()
        self.number, self.port, self.ids, self.until = number, port, ids, until
        self.waited, self.wrong, self.written = [], [], []

    def run(self):
        count = self.number
        while time.monotonic() < self.until:
            count += 1
            began = time.monotonic()
            try:
                if count % WRITES == 0:
                    name = f"neuf-{self.number}-{count}"
                    text = {"text": f"Dépêche {name} de Brest."}
                    status, told = asked(self.port, "PUT", f"/articles/{name}", text)
                    self.written.append(name)
                else:
                    one = quote(self.ids[count * 7919 % len(self.ids)])
                    status, told = asked(self.port, "GET", f"/related/{one}")
                    self.waited.append(time.monotonic() - began)
            except (OSError, http.client.HTTPException) as error:
                status, told = 0, repr(error)
            if status != 200:
                self.wrong.append((status, told))


@pytest.mark.campaign
@pytest.mark.model
def test_64_clients_for_a_minute(tmp_path):
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    seconds = float(os.environ.get("NEWSNLP_LOAD_SECONDS", "60"))
    index = RelatedIndex().fit(
        Article(id=f"{a.id}-{n}", text=f"{a.text} Édition {n}.", title=a.title, published_at=a.published_at)
        for a in sample_corpus()
        for n in range(20)
    )
    index.save(tmp_path / "i")
    port = free_port()
    start = "import sys; from newsnlp.cli import main; sys.exit(main())"
    options = ["serve", "--index", str(tmp_path / "i"), "--port", str(port), "--workers", "2"]
    service = subprocess.Popen([sys.executable, "-c", start, *options])
    try:
        wait_for(service, port)
        until = time.monotonic() + seconds
        clients = [Client(number, port, index.ids, until) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        waited, wrong, written = (
            [item for client in clients for item in getattr(client, name)] for name in ("waited", "wrong", "written")
        )
        p50, p99 = np.percentile(waited, [50, 99]) * 1000
        print(f"{len(waited)} queries, {len(written)} written; p50 {p50:.0f} ms, p99 {p99:.0f} ms, {len(wrong)} errors")
        assert not wrong, wrong[:3]
        assert set(written) <= set(RelatedIndex.load(tmp_path / "i").ids)
        assert p99 < 10_000
    finally:
        service.terminate()
        service.wait(30)
