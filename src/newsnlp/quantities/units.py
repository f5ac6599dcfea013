"""Units after and before a number: money, percentages, measures, durations."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsnlp.lexicons import load_csv
from newsnlp.records import Kind

_COLUMNS = ("surface", "kind", "unit", "factor", "note")
_MONEY_COLUMNS = ("surface", "unit", "factor", "context", "note")
_MIN_PLURAL = 2


class Unit(NamedTuple):
    """A unit found in a text, with its offsets; a value is multiplied by ``factor``."""

    start: int
    end: int
    kind: Kind
    unit: str | None
    factor: float
    surface: str


class _Entry(NamedTuple):
    kind: Kind
    unit: str | None
    factor: float
    context: str


def _is_symbol(surface: str) -> bool:
    return surface != surface.lower() or not re.fullmatch(r"[^\W\d_]{2,}s?|[^\d_€$£¥%°²³/]{5,}", surface)


@functools.cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Return the unit entries by surface; several where the currency depends on the country spoken of."""
    entries: dict[str, list[_Entry]] = {}
    for name in ("figures_units.csv", "figures_units_symbols.csv"):
        for row in load_csv(name, columns=_COLUMNS):
            entry = _Entry(Kind(row["kind"]), row["unit"] or None, float(row["factor"]), "")
            entries.setdefault(row["surface"], []).append(entry)
    for row in load_csv(
        "figures_units_money.csv", columns=_MONEY_COLUMNS, key=("surface", "context"), required=("surface",)
    ):
        entry = _Entry(Kind.MONEY, row["unit"], float(row["factor"]), row["context"])
        entries.setdefault(row["surface"], []).append(entry)
    # An entry bound to a country comes before the general one.
    return {surface: tuple(sorted(found, key=lambda e: not e.context)) for surface, found in entries.items()}


def _plural(surface: str) -> str:
    """Return a pattern for the singular and the plural: ``dollars? canadiens?``."""
    words = [re.escape(w) + ("s?" if len(w) >= _MIN_PLURAL and w[-1] not in "sxz." else "") for w in surface.split(" ")]
    return " ".join(words)


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    surfaces = sorted((s for s in _entries() if not _is_symbol(s)), key=len, reverse=True)
    # One alternation by first letter keeps the search short.
    by_letter: dict[str, list[str]] = {}
    for surface in surfaces:
        by_letter.setdefault(surface[0], []).append(_plural(surface))
    body = "|".join(f"(?={re.escape(letter)})(?:{'|'.join(group)})" for letter, group in sorted(by_letter.items()))
    return re.compile(rf"(?:{body})(?![^\W_])(?!-[^\W\d_])")


@functools.cache
def _symbol_pattern() -> re.Pattern[str]:
    surfaces = sorted((s for s in _entries() if _is_symbol(s)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(s) for s in surfaces)})(?![^\W_]|')")


@functools.cache
def _prefix_pattern() -> re.Pattern[str]:
    signs = [
        s
        for s, e in _entries().items()
        if e[0].kind is Kind.MONEY and re.fullmatch(r"[A-Z]{0,3}[$€£¥₽₹₩₺₴₪]|[A-Z]{3}", s)
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(re.escape(s) for s in sorted(signs, key=len, reverse=True))}) ?$")


@functools.cache
def _singular(surface: str) -> str:
    """Return the lexicon's surface for a form found in a text."""
    entries = _entries()
    if surface in entries:
        return surface
    words = surface.split(" ")
    # At most four words: try each with and without its plural s.
    options = [""]
    for word in words:
        forms = {word, word.removesuffix("s")}
        options = [f"{option} {form}".strip() for option in options for form in forms]
    return next((option for option in options if option in entries), surface)


_LINK = re.compile(r" ?(?:d'|de |des |du )")
_ADJECTIVE = (
    r"(?:(?:derniers?|dernières?|prochaine?s?|premiers?|premières?|longs|longues|longue|petits"
    r"|petites|bons|bonnes|grands|grandes"
    r"|pleins|pleines|autres|nouveaux|nouvelles|seuls|seules|mêmes|simples|courtes|maigres|précieuses"
    r"|interminables|trop longues) )?"
)
_GAP = re.compile(rf" ?{_ADJECTIVE}")


def unit_after(text: str, folded: str, pos: int, *, links: bool = False) -> Unit | None:
    """Return the unit that follows a number ending at `pos`, or None.

    Parameters
    ----------
    text, folded : str
        The text with plain spaces and its folded copy.
    pos : int
    links : bool
        The number takes ``de``: ``un million d'euros``.
    """
    if pos >= len(folded):
        return None
    start = pos
    if links:
        link = _LINK.match(folded, pos)
        start = link.end() if link else pos
        if folded[pos] == "-" and folded.endswith(("demi", "demie"), 0, pos):
            start = pos + 1
    symbol_start = start + (folded[start : start + 1] == " ")
    symbol = _symbol_pattern().match(text, symbol_start)
    if symbol:
        return _unit(folded, symbol_start, symbol.end(), symbol.group())
    gap = _GAP.match(folded, start)
    pattern = _word_pattern()
    for begin in dict.fromkeys((symbol_start, gap.end() if gap else start)):
        if begin == pos and folded[pos - 1].isalpha():
            continue
        word = pattern.match(folded, begin)
        if word:
            return _unit(folded, begin, word.end(), _singular(word.group()))
    return None


def unit_before(text: str, folded: str, pos: int) -> Unit | None:
    """Return the currency sign or code that stands right before a number: ``$12``, ``US$ 12``, ``EUR 12``."""
    window = max(0, pos - 5)
    if pos == 0 or not re.search(r"[$€£¥₽₹₩₺₴₪A-Z] ?$", text[window:pos]):
        return None
    match = _prefix_pattern().search(text, window, pos)
    if match is None or re.search(r"[0-9] ?$", text[window : match.start()]):
        return None
    return _unit(folded, match.start(), pos, match.group().strip())


_SWITZERLAND = r"\b(?:suisse|helvétique|confédération|lausanne|genève|zurich|berne|vaud|valais|fribourg)\b"


@functools.lru_cache(maxsize=8)  # a text or two a thread; a larger one would keep texts alive that are long done with
def _answers(folded: str) -> dict[str, bool]:
    """Return what is known of the countries that a text speaks of; `folded` is looked through once for each."""
    del folded
    return {}


def _speaks_of(context: str, folded: str) -> bool:
    """Return whether a text speaks of the country that an entry is bound to.

    ``@canada`` asks for more words of Canada than of other countries with a dollar.
    """
    answers = _answers(folded)
    if context not in answers:
        if context == "@canada":
            home, abroad = (len(pattern.findall(folded)) for pattern in _dollar_countries())
            answers[context] = home > abroad
        else:
            answers[context] = re.search(context, folded) is not None
    return answers[context]


@functools.cache
def _dollar_countries() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(
            r"\b(?:québec|québécois|montréal|ontario|ottawa|toronto|alberta|manitoba|saskatchewan|nouveau-brunswick"
            r"|nouvelle-écosse|vancouver|calgary|winnipeg|gatineau|laval|canada|péquiste|caquiste)"
            r"|(?<!dollar )(?<!dollars )\bcanadien"
        ),
        re.compile(
            r"\b(?:états-unis|américain|washington|new york|new-york|californie|wall street|texas|floride|seattle"
            r"|los angeles|chicago|australie|australien|onu|fmi|banque mondiale|haïti|baril)"
        ),
    )


def home_currency(folded: str) -> str:
    """Return the currency of the country that a text speaks of most plainly; the euro unless another shows."""
    if _speaks_of("@canada", folded):
        return "CAD"
    return "CHF" if _speaks_of(_SWITZERLAND, folded) else "EUR"


def _unit(folded: str, start: int, end: int, surface: str) -> Unit | None:
    for entry in _entries().get(surface, ()):
        if not entry.context or _speaks_of(entry.context, folded):
            return Unit(start, end, entry.kind, entry.unit, entry.factor, surface)
    return None
