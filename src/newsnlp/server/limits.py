"""What stands before every request: the token, the size of what is sent, the time an answer may take."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from newsnlp.server.settings import ServerSettings

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

# What may be asked without a token: whether it lives, which a load balancer asks.
OPEN = frozenset({"/health"})


class _TooLongError(Exception):
    """More came than is read."""


class Limits:
    """An ASGI application around another: refuses before the other has read or begun anything."""

    def __init__(self, app: App, settings: ServerSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if not self._may(scope["path"], headers.get(b"authorization", b"")):
            await _refuse(send, 401, "a token is needed: Authorization: Bearer …", (b"www-authenticate", b"Bearer"))
            return
        length = headers.get(b"content-length", b"0")
        most = self._settings.max_bytes
        if not length.isdigit() or int(length[:20]) > most:
            await _refuse(send, 413, f"the request is longer than {most} bytes", (b"connection", b"close"))
            return
        await self._answered(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have it answered, as long as it is not too long and does not take too long."""
        most = self._settings.max_bytes
        came, begun = 0, False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise _TooLongError
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            # Whatever the other makes of a body that breaks off: it is told below why it did.
            if came <= most:
                begun = True
                await send(message)

        try:
            async with asyncio.timeout(self._settings.timeout):
                with contextlib.suppress(_TooLongError):
                    await self._app(scope, counted, noted)
        except TimeoutError:
            if not begun:
                await _refuse(send, 504, f"there was no answer within {self._settings.timeout:g} seconds")
        if came > most and not begun:
            await _refuse(send, 413, f"the request is longer than {most} bytes", (b"connection", b"close"))

    def _may(self, path: str, given: bytes) -> bool:
        token = self._settings.token
        if token is None or path in OPEN:
            return True
        scheme, _, value = given.partition(b" ")
        # In the same time whatever is wrong with it.
        return scheme.lower() == b"bearer" and secrets.compare_digest(value.strip(), token.encode())


async def _refuse(send: Send, status: int, message: str, *headers: tuple[bytes, bytes]) -> None:
    body = json.dumps({"detail": message}, ensure_ascii=False).encode()
    kind = (b"content-type", b"application/json; charset=utf-8")
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [kind, length, *headers]})
    await send({"type": "http.response.body", "body": body})
