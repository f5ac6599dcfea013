"""The French words that readers see for closed sets of values, in tables, terminals and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnlp.records import DateExpression, Figure

LABELS = {"PER": "personne", "LOC": "lieu", "ORG": "organisation", "MISC": "autre"}
MODIFIERS = {
    "exact": "",
    "approx": "environ",
    "at_least": "au moins",
    "more_than": "plus de",
    "at_most": "au plus",
    "less_than": "moins de",
    "range": "entre",
    "vague": "imprécis",
}
STATUSES = {"asserted": "affirmé", "reported": "rapporté", "planned": "prévu", "denied": "démenti"}
EVENTS = {
    "killed": "morts",
    "injured": "blessés",
    "missing": "disparus",
    "sick": "malades",
    "hospitalised": "hospitalisés",
    "arrested": "arrêtés",
    "kidnapped": "enlevés",
    "released": "libérés",
    "displaced": "déplacés",
    "evacuated": "évacués",
    "rescued": "secourus",
    "deployed": "déployés",
    "attacked": "attaques",
    "destroyed": "détruits",
    "protesting": "manifestants",
    "striking": "grévistes",
    "dismissed": "licenciés",
    "hired": "embauchés",
    "voting": "votes",
    "sentenced": "condamnés",
    "affected": "touchés",
}
EVENT_TYPES = {
    "battle": "combats",
    "explosion": "explosion ou bombardement",
    "attack": "attaque contre des civils",
    "kidnapping": "enlèvement",
    "protest": "manifestation",
    "riot": "émeute",
    "strike": "grève",
    "earthquake": "séisme",
    "volcano": "éruption volcanique",
    "flood": "inondation",
    "storm": "tempête",
    "landslide": "glissement de terrain ou avalanche",
    "wildfire": "feu de forêt",
    "extreme_temperature": "canicule, froid ou sécheresse",
    "fire": "incendie",
    "collapse": "effondrement",
    "industrial_accident": "accident industriel",
    "road_accident": "accident de la route",
    "rail_accident": "accident ferroviaire",
    "air_accident": "accident aérien",
    "shipwreck": "naufrage",
    "epidemic": "épidémie",
    "crime": "crime ou délit",
    "arrest": "arrestation",
    "trial": "procès",
    "election": "élection",
    "appointment": "nomination ou départ",
    "agreement": "accord",
    "meeting": "rencontre",
    "deployment": "déploiement",
    "layoff": "suppressions d’emplois",
    "death": "décès",
    "competition": "compétition",
}
DATE_BASES = {
    "clause": "dite avec l’événement",
    "sentence": "dite dans la phrase",
    "event": "dite ailleurs de l’événement",
    "publication": "jour de l’article",
}
# What a count is in the toll of its event.
TOLL_ROLES = {
    "total": "bilan",
    "previous": "bilan antérieur",
    "increment": "ajout",
    "cumulative": "cumul",
    "part": "partie",
    "denied": "démenti",
    "other": "autre événement",
}
TOLL_CHANGES = {"first": "premier", "rise": "hausse", "fall": "baisse", "same": "inchangé"}
CONTRADICTION_KINDS = {
    "sources": "deux sources d’un article",
    "denied": "chiffre démenti",
    "corrected": "chiffre corrigé",
    "outlets": "deux articles d’un jour",
}

QUOTE_KINDS = {"direct": "citation", "indirect": "propos rapportés", "mixed": "propos en partie cités"}
# What one does by saying it.
CUE_KINDS = {
    "neutral": "dit",
    "assertive": "affirme",
    "denying": "nie",
    "admitting": "reconnaît",
    "accusing": "accuse",
    "promising": "promet",
    "ordering": "demande",
    "asking": "interroge",
}
SOURCE_KINDS = {
    "official": "officiel",
    "police": "police",
    "health": "santé",
    "military": "armée",
    "ngo": "ONG",
    "company": "entreprise",
    "union": "syndicat",
    "expert": "expert",
    "witness": "témoin",
    "media": "média",
    "document": "document",
    "anonymous": "anonyme",
}

DATE_TYPES = {"DATE": "date", "TIME": "moment", "DURATION": "durée", "SET": "répétition"}
DATE_MODS = {
    "APPROX": "environ",
    "START": "début",
    "MID": "milieu",
    "END": "fin",
    "MORE_THAN": "plus de",
    "LESS_THAN": "moins de",
    "BEFORE": "peu avant",
    "AFTER": "peu après",
}

NO_FIGURE = {
    "address": "adresse",
    "adjective": "adjectif (neuf : nouveau)",
    "angle": "angle",
    "article": "article (un, une) ou aucun",
    "date": "date",
    "decade": "décennie ou année",
    "department": "numéro de département",
    "dimensions": "dimensions",
    "footnote": "appel de note",
    "identifier": "identifiant ou code",
    "idiom": "locution ou titre",
    "in_word": "partie d'un mot",
    "list_marker": "puce de liste",
    "match_minute": "minute de jeu ou numéro de joueur",
    "modifier": "mot d'approximation",
    "name": "partie d'un nom",
    "named": "numéro de ce qui précède",
    "ordinal": "ordinal",
    "phone": "téléphone",
    "position": "coordonnées",
    "postal_code": "code postal",
    "pronoun": "pronom (tous les deux)",
    "reference": "renvoi",
    "round_the_clock": "à toute heure",
    "time": "heure",
    "unread": "non lu",
    "url": "adresse de page",
    "year": "année",
}

RELATIONS = {"duplicate": "même dépêche", "same_story": "même histoire", "same_theme": "même thème"}
# Up to here every whole number has a float of its own.
LARGEST_EXACT = 2**53
# Longer numbers are shown as the text has them; Python spells none of more than 4 300 digits.
LONGEST_SPELT = 10**100
UNSPELT = "…"


def amount(figure: Figure) -> str:
    """Return the value of a figure with its modifier, in French.

    Examples
    --------
    >>> from newsnlp import Figure
    >>> amount(Figure(start=0, end=2, text="50", value_min=50, modifier="more_than"))
    'plus de 50'
    >>> amount(Figure(start=0, end=9, text="plusieurs", value_min=2, modifier="vague"))
    '2 ou plus'
    """
    low, high = _spelt(figure.value_min), _spelt(figure.value_max)
    if low is not None and high is not None and low != high:
        return f"{_number(low)} à {_number(high)}"
    if figure.modifier == "vague" and low is not None:
        return f"{_number(low)} ou plus"
    bound = low if low is not None else high
    return f"{MODIFIERS[figure.modifier]} {figure.text if bound is None else _number(bound)}".strip()


def bounds_text(low: float | None, high: float | None) -> str:
    """Return what two bounds say, in French; nothing where both are absent.

    Examples
    --------
    >>> [bounds_text(low, high) for low, high in [(12.0, None), (12, 12), (12, 15), (None, 15), (None, None)]]
    ['12 ou plus', '12', '12 à 15', '15 ou moins', '']
    """
    low, high = _spelt(low), _spelt(high)
    if low is not None and high is not None:
        return _number(low) if low == high else f"{_number(low)} à {_number(high)}"
    if low is not None:
        return f"{_number(low)} ou plus"
    return "" if high is None else f"{_number(high)} ou moins"


def event_text(kind: str, name: str | None) -> str:
    """Return what happened, with its name: *tempête « Ingrid »*."""
    return EVENT_TYPES[kind] + (f" « {name} »" if name else "")


def when_text(date: DateExpression) -> str:
    """Return the days that an expression of time covers, else its value.

    Examples
    --------
    >>> from newsnlp import DateExpression
    >>> when_text(DateExpression(start=0, end=9, text="juin 2016", type="DATE", value="2016-06",
    ...                          value_begin="2016-06-01", value_end="2016-06-30"))
    'du 2016-06-01 au 2016-06-30'
    """
    begin, end = date.value_begin, date.value_end
    if begin is None or end is None or (begin == end and date.value not in {None, begin}):
        return date.value or ""
    return begin if begin == end else f"du {begin} au {end}"


def count_text(count: int) -> str:
    """Return a count as text; of one that no text can have, a mark."""
    return str(count) if abs(count) < LONGEST_SPELT else UNSPELT


def score_text(score: float) -> str:
    """Return a score with two decimals; of what is none, a mark."""
    return f"{score:.2f}" if abs(score) < LONGEST_SPELT else UNSPELT


def _spelt(bound: float | None) -> float | None:
    """Return a bound that can be written out, None for one that cannot (and for nan)."""
    return bound if bound is not None and abs(bound) < LONGEST_SPELT else None


def _number(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT:
        value = int(value)
    return str(value).replace(".", ",")
