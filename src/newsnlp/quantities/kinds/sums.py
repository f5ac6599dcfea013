"""Sums without their currency: *une dette de 18 millions*, *estimé à 4,8 millions*, *un déficit à 160 milliards*."""

from __future__ import annotations

import re

_REACH = 90
_SUM_BEFORE = re.compile(
    r"\b(?:dettes?|déficits?|budgets?|coûts?|coûté|coûte|coûtera|chantiers?|travaux|rénovation|réhabilitation"
    r"|restauration"
    r"|construction|reconstruction|aménagement|factures?|investissements?|bénéfices?|pertes? (?:nette|sèche)s?|ardoise"
    r"|subventions?|recettes?|dépenses?|chiffre d'affaires|enveloppe|amende|rançon|endettement|excédent|préjudice"
    r"|dégâts"
    r"|indemnités?|emprunts?|facture|jackpot|cagnotte|trésorerie|économies|masse salariale|endettée?s?)\b[^.;\n]*$"
)
# What is counted where one of these stands nearer: people, homes, copies.
_NO_SUM = re.compile(
    r"\b(?:population|habitants?|foyers?|personnes|abonnés?|visiteurs?|exemplaires?|électeurs?|vues)\b"
)
_LINK = re.compile(
    r"(?:\b(?:à|entre|à hauteur de|de|d'|par|atteint|atteignait|dépasse|avoisine|frôle|coûté|coûte|coûtera"
    r"|environ|quelque|plus de|près de)) $"
)
_BARE_AFTER = re.compile(
    r"$|[.,;:)»!?\n]| (?:en|pour|à|au|sur|par|contre|cette|cet|l'|dont|soit|et|fin|d'ici|lors|cinq|sera|est|a|afin)\b"
)


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
    if found is None or not _BARE_AFTER.match(folded, end) or not _LINK.search(before):
        return False
    return _NO_SUM.search(found.group()) is None
