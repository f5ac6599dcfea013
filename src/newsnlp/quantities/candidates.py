"""The record that the number layer hands to the meaning layer: what is written, how much it is, in which unit.

Everything here is read off the characters alone. Who is counted, what happened to them and how sure the text is
belong to the meaning layer, which turns each `Quantity` into a `newsnlp.records.Figure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.records import Kind, Modifier, Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One numeric expression of a text, with its bounds, modifier, kind and unit.

    Parameters
    ----------
    start, end : int
        The number expression alone, as in ``Figure``.
    text : str
        ``text[start:end]`` as the text has it.
    value, value_min, value_max : int, float or None
        Point value, and inclusive bounds; an open side is None.
    modifier : Modifier
    kind : Kind
    unit : str or None
        ISO 4217, ``%``, ``point``, a symbol, or ``second`` … ``year``.
    phrase_start, phrase_end : int
        From the first word of the modifier to the last of the unit, without the counted noun.
    rule_id : str
        Which rule read the number and its unit, e.g. ``count.words`` or ``money.after``.
    ordinal : bool
        The number is written as an ordinal (``5e``, ``troisième``).
    needs_context : bool
        Not a figure unless the meaning layer confirms it: ``un``/``une`` and ``aucun``/``aucune``.
    noun_start, noun_end : int or None
        The counted noun where it stands inside the expression (``un Français sur trois``), or right after a share
        (``30 % des électeurs``) it is left to the meaning layer.
    share : bool
        The quantity is a share of something: ``la moitié``, ``30 %``, ``un sur trois``.
    """

    start: int
    end: int
    text: str
    value: Number | None
    value_min: Number | None
    value_max: Number | None
    modifier: Modifier
    kind: Kind
    unit: str | None
    phrase_start: int
    phrase_end: int
    rule_id: str
    ordinal: bool = False
    needs_context: bool = False
    noun_start: int | None = None
    noun_end: int | None = None
    share: bool = False
