"""Analyses in the formats of other systems: newsrooms, annotation tools, visualisers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers; at run time below
    from newsnlp.exports.conll import from_conll, to_conll
    from newsnlp.exports.displacy import render_displacy, to_displacy
    from newsnlp.exports.doccano import from_doccano, to_doccano
    from newsnlp.exports.geojson import to_geojson
    from newsnlp.exports.label_studio import from_label_studio, label_studio_config, to_label_studio
    from newsnlp.exports.ninjs import to_ninjs
    from newsnlp.exports.timeml import to_timeml

# Module -> the names it defines; loaded on first use.
_HOMES = {
    "newsnlp.exports.conll": ("from_conll", "to_conll"),
    "newsnlp.exports.displacy": ("render_displacy", "to_displacy"),
    "newsnlp.exports.doccano": ("from_doccano", "to_doccano"),
    "newsnlp.exports.geojson": ("to_geojson",),
    "newsnlp.exports.label_studio": ("from_label_studio", "label_studio_config", "to_label_studio"),
    "newsnlp.exports.ninjs": ("to_ninjs",),
    "newsnlp.exports.timeml": ("to_timeml",),
}

__all__ = [  # resolved below
    "from_conll",
    "from_doccano",
    "from_label_studio",
    "label_studio_config",
    "render_displacy",
    "to_conll",
    "to_displacy",
    "to_doccano",
    "to_geojson",
    "to_label_studio",
    "to_ninjs",
    "to_timeml",
]


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    message = f"module 'newsnlp.exports' has no attribute {name!r}"
    raise AttributeError(message)
