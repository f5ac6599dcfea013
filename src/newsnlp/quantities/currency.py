"""Currencies: which one a sign or name means in a text, the one of the country spoken of, and sums that name none.

*Une dette de 18 millions*, *estimé à 4,8 millions*, *un déficit à 160 milliards* are sums of money.
"""

from __future__ import annotations

import functools
import re

from newsnlp.lexicons import pattern
from newsnlp.lexicons.currencies import currencies

_WITH_SIGN = re.compile(r"\W")


@functools.cache
def money_forms() -> dict[str, list[tuple[str, float, str]]]:
    """Return by form the currencies that it may mean: code, factor, and the home that a text has to speak of.

    Those bound to a home come before the general one.
    """
    found: dict[str, list[tuple[str, float, str]]] = {}
    for row in currencies():
        for form in (*row.signs, *row.letters, *row.names):
            found.setdefault(form, []).append((row.code, row.factor, ""))
        for form in row.shared:
            found.setdefault(form, []).append((row.code, row.factor, row.home))
    return {form: sorted(meanings, key=lambda meaning: not meaning[2]) for form, meanings in found.items()}


@functools.cache
def _before() -> tuple[re.Pattern[str], int, frozenset[str]]:
    """Return the pattern of what may stand right before an amount, how far that reaches, and how it ends."""
    forms = {form for row in currencies() for form in (*row.signs, *row.letters) if _stands_before(form)} | {"$"}
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return (
        re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest))}) ?$"),
        len(longest[0]) + 1,
        frozenset(form[-1] for form in forms),
    )


def _stands_before(form: str) -> bool:
    return len(form) == 3 or _WITH_SIGN.search(form) is not None  # noqa: PLR2004


def sign_at(text: str, end: int) -> tuple[int, str] | None:
    """Return the currency that stands right before an amount, ``$12``, ``US$ 12``, ``CHF 12``: its start, its form."""
    before, reach, ends = _before()
    if text[max(0, end - 2) : end].rstrip()[-1:] not in ends:
        return None
    found = before.search(text, max(0, end - reach), end)
    if found is None or re.search(r"[0-9] ?$", text[max(0, found.start() - 2) : found.start()]):
        return None
    return found.start(), found[0].strip()


def is_certain(form: str) -> bool:
    """Tell whether what stands before a number makes it money whatever it looks like: `CHF 500`, no `CFA 2`.

    A sign does, and the code of a currency.
    """
    return _WITH_SIGN.search(form) is not None or any(code == form for code, _, _ in money_forms().get(form, ()))


@functools.lru_cache(maxsize=8)  # a text or two a thread; a larger one would keep texts alive that are long done with
def _answers(folded: str) -> dict[str, bool]:
    """Return what is known of the countries that a text speaks of; `folded` is looked through once for each."""
    del folded
    return {}


_CANADA = pattern(r"\b<quantities.canada>|(?<!dollar )(?<!dollars )\bcanadien")
_OTHER_DOLLARS = pattern(r"\b<quantities.other_dollars>")


def speaks_of(home: str, folded: str) -> bool:
    """Return whether a text speaks of the home of a currency.

    ``@canada`` asks for more words of Canada than of other countries with a dollar.
    """
    answers = _answers(folded)
    if home not in answers:
        if home == "@canada":
            answers[home] = len(_CANADA.findall(folded)) > len(_OTHER_DOLLARS.findall(folded))
        else:
            answers[home] = re.search(home, folded) is not None
    return answers[home]


def home_currency(folded: str) -> str:
    """Return the currency of the country that a text speaks of most plainly; the euro unless another shows."""
    return next((code for code, home in _homes() if speaks_of(home, folded)), "EUR")


@functools.cache
def _homes() -> tuple[tuple[str, str], ...]:
    """Return the currencies that a sum without one may be in, each with its home."""
    homes = {row.code: row.home for row in currencies() if row.factor == 1}
    return tuple((code, homes[code]) for code in ("CAD", "CHF"))


_REACH = 90
_SUM_BEFORE = pattern(
    r"\b(?:<quantities.currency_sum_before>|pertes? (?:nette|sèche)s?"
    r"|<quantities.currency_sum_before.more>)\b[^.;\n]*$"
)
# What is counted where one of these stands nearer: people, homes, copies.
_NO_SUM = pattern(r"\b<quantities.currency_no_sum>\b")
_LINK = pattern(r"(?:\b<quantities.currency_link>) $")
BARE_AFTER = pattern(r"$|[.,;:)»!?\n]| <quantities.currency_bare_after>\b")


def is_sum(folded: str, start: int, end: int) -> bool:
    """Return whether a bare number of millions is a sum of money.

    Examples
    --------
    >>> text = "une dette de 18 millions, dont"
    >>> is_sum(text, 13, 24)
    True
    >>> text = "une dette envers 18 millions de foyers"
    >>> is_sum(text, 17, 28)
    False
    """
    before = folded[max(0, start - _REACH) : start]
    found = _SUM_BEFORE.search(before)
    if found is None or not BARE_AFTER.match(folded, end) or not _LINK.search(before):
        return False
    return _NO_SUM.search(found.group()) is None
