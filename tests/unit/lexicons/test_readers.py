"""Every list of words is read as the code asks for it, also where only a rare text makes it ask."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import newsnlp

# What needs an extra, or the process of another.
APART = ("newsnlp.__main__",)
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(newsnlp.__path__, "newsnlp.") if not module.name.startswith(APART)
)


def readers(module):
    """Yield the module's own functions that take nothing and keep what they return."""
    for name, value in vars(module).items():
        kept = hasattr(value, "cache_info") and getattr(value, "__module__", None) == module.__name__
        if kept and not inspect.signature(value).parameters:
            yield name, value


@pytest.mark.parametrize("name", MODULES)
def test_what_is_read_once_can_be_read(name):
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        pytest.skip(str(error))
    for called, reader in readers(module):
        assert reader() is reader(), called


def test_a_postal_code_before_a_town_in_s(nlp):
    """The list that it is looked up in was read with a key that two meanings of one name break."""
    analysis = nlp("Mairie :\n3, rue de Rivoli\n75004 Paris\nDeux morts dans un incendie.")
    assert [figure.value for figure in analysis.figures] == [2]
    assert [figure.value for figure in nlp("Ils étaient\n10000 Parisiens").figures] == [10000]
