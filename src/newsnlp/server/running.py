"""Start the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnlp.errors import MissingExtraError
from newsnlp.safety.values import whole_number

if TYPE_CHECKING:
    from newsnlp.server.settings import ServerSettings

MOST_WORKERS = 64
# Requests that wait at once, a worker; more are told to come again (503).
MOST_AT_ONCE = 256


def serve(settings: ServerSettings, *, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Run the service until it is stopped.

    Parameters
    ----------
    settings : ServerSettings
    host, port
        Where it listens: on this machine alone, by default.
    workers : int
        Processes; each has its own pipeline, and the index of the folder in common.

    Raises
    ------
    MissingExtraError
        If the extra ``server`` is not installed.
    OptionError
        If a number is not accepted.
    """
    whole_number("port", port, least=0, most=65_535)
    whole_number("workers", workers, most=MOST_WORKERS)
    try:
        import fastapi  # noqa: F401  # what the workers will import
        import uvicorn
    except ImportError as error:
        raise MissingExtraError.named("server", "newsnlp serve") from error
    settings.to_environment()
    uvicorn.run(
        "newsnlp.server.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        limit_concurrency=MOST_AT_ONCE,
        log_level="warning",
        server_header=False,
    )
