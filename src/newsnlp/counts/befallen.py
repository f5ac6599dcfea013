"""What befell those that a number counts, where the figure does not say: by their noun, or the words of the clause."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from newsnlp.lexicons import pattern, word_set, words
from newsnlp.numerals.find import find_numbers
from newsnlp.records import FigureEvent, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsnlp.tables.cells import Row

CASUALTY_EVENTS = (
    FigureEvent.KILLED,
    FigureEvent.INJURED,
    FigureEvent.MISSING,
    FigureEvent.SICK,
    FigureEvent.HOSPITALISED,
    FigureEvent.KIDNAPPED,
    FigureEvent.ARRESTED,
    FigureEvent.DISPLACED,
    FigureEvent.EVACUATED,
    FigureEvent.RESCUED,
    FigureEvent.AFFECTED,
)
EVENTS = (*CASUALTY_EVENTS, FigureEvent.PROTESTING)
"""What befalls people, and who marches: the events that have a toll."""
# These nouns say it whatever the verb beside them: "24 rescapés, dont trois hospitalisés".
_SURE = ("rescued", "missing", "kidnapped")
_BY_NOUN = ("killed", "injured", "arrested")
_COUNTED = ("killed", "injured", "missing", "rescued", "sick")
_ILL = (FigureEvent.INJURED, FigureEvent.SICK)
_UNSAID = (None, FigureEvent.AFFECTED)
# What the words around say, the first that is found.
_CUES = {
    "befallen": (
        *("rescued", "missing", "displaced", "evacuated", "kidnapped", "hospitalised", "arrested", "killed", "sick"),
        "protesting",
    ),
    "befallen_before": ("missing", "kidnapped", "hospitalised", "arrested", "evacuated"),
}
_BACK = 300
"""How many characters before a number its subject, or the first of its list, may stand."""
_BEFORE = 90
"""How many characters before a number the words that lead up to it may begin."""
_NOUN_NEAR = 40
"""How many characters after a number its noun may stand."""
_REACH = 110
"""How many characters after a number its clause is read."""
_CLAUSE = re.compile(r"[.;:](?:\s|$)|\n")
_JOINT = re.compile(r"(?:,| et| mais| dont| tandis que| alors que)(?: [^\W\d_]+[ '])?(?: [^\W\d_]+[ ']?)? ?$")
"""What parts the clause of the number that follows from the one before."""
_MAY_JOIN = re.compile(r",| et| mais| dont| tandis que| alors que")
_EN = re.compile(
    r"\b(?:qu'|n')?en (?!outre\b|effet\b|fait\b|revanche\b)(?:(?:a|ont|avait|avaient|est|étaient|était) )?[^\W\d_]+"
    r"(?:,? (?:désormais|maintenant|encore|déjà|donc|au moins|pour l'instant|pour sa part"
    r"|que|qu'|à|plus d[e'] ?|près de),?)* ?$",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\bcontre (?:plus de |près de |environ )?$")
_TOLD = re.compile(r"\b(?:bilan|chiffre|décompte|estimation)(?: [^\W\d_]+)? d(?:e |')(?:plus de |près de |au moins )?$")
_SUBJECT = re.compile(
    r"(?:(?:^|[.,;:–(] )(?:[Qq]uant aux|[Ll]es)"
    r"|\b(?:[Ll]e (?:nombre|total)(?: total| réel| exact| officiel)?|[Cc]elui|[Ll]a liste) d(?:es|e|'))"
    r" ?([^\W\d_]+)"
)
_ALONE = re.compile(
    r"^ ?(?:[.,;:)»–]|$|noms\b|à \d+ noms|contre\b|dont\b|selon\b|d'après\b|au\b|il y a\b|cette\b|ce\b|la veille\b)"
)
"""What follows a number whose noun stands before it."""
OF_WHICH = re.compile(r"[\w»] (?:des|sur les|de ces|parmi les)(?: quelque)? ?$")
_HURT_FIRST = re.compile(
    r"(?: [^\W\d_]+){1,2},? (?:plus ou moins |légèrement |grièvement )?(?:bless|brûl|contusionn|intoxiqu)ée?s?\b"
)
MISSED = re.compile(
    r"^(?: derniers| dernières)? [^\W\d_'-]+"
    r"(?: (?:d[eu]s?|[Ll]a|[Ll]es?|en|à)(?= )| [A-ZÀ-Ý][^\W\d_]+| [^\W\d_]+s(?= )(?<! sans)){0,4}"
    r" (?:(?:qu'on|que l'on|que les [^\W\d_]+) (?:re)?(?:cherchait|cherchaient|espérait|tenait pour)"
    r"|dont on était(?: encore| toujours)? sans nouvelles?|(?:(?:qui étaient )?(?:encore|toujours|activement) )?"
    r"(?:recherchée?s|portée?s (?:disparue?s|manquante?s)))\b(?! par\b| pour\b)"
)
"""Who was missed till then: *les deux adolescents qu'on cherchait depuis hier*."""
_FREED = re.compile(
    r"\b(?:libérée?s?|relâchée?s?|remise?s? en liberté|recouvré (?:la|leur) liberté"
    r"|échappé à (?:leurs?|ses) ravisseurs?"
    r"|(?:réussi|parvenue?s?) à (?:s'échapper|s'enfuir|s'évader)|se sont (?:évadée?s|enfuie?s|échappée?s))"
    r"|\ben (?:a|ont|avait|avaient) (?:libéré|relâché|délivré) $"
    r"|\b(?:[Ll]ibération|[Rr]emise en liberté) d(?:e|es|'|e quelque) ?$"
)
_HELD = re.compile(r"otage|captif|captive|enlev|enlèv|prisonni|kidnapp|rapt|ravisseur|captur|rapté")
_HOSPITAL = re.compile(
    r"\b(?:h[ôo]pita(?:l|ux)|centre hospitalier|clinique|CH[UR]|dispensaire|urgences|centre de santé)\b", re.IGNORECASE
)
_IN_HOSPITAL = re.compile(
    r"\b(?:admise?s?|pris(?:es?)? en charge|accueillie?s?|soignée?s?|traitée?s?|alitée?s?|reçue?s?|hospitalisée?s?)\b"
)
_ARE_IN_HOSPITAL = re.compile(r"\b(?:sont|restent|demeurent|étaient) (?:encore |toujours )?(?:hospitalisé|alité)e?s $")
_POLICE = re.compile(r"\b(?:polic|gendarme|enquêteur|justice|parquet|juge)", re.IGNORECASE)
_SAID_OF_IT = pattern(r" (?:<dossiers_tolls.older.said>)e?s?\b")
_BILAN = re.compile(
    r"\b(?:[Bb]ilan|[Tt]otal)(?: [^\W\d_]+|,[^.;:,]{0,40},| d'[^\W\d_]+){0,6} (?:à|de|d')"
    r" ?(?:plus de |près de |au moins |quelque )?$"
)
"""``Le bilan provisoire était de dix``: a toll without a word is of the dead."""
_LISTED = re.compile(
    r"(?:^|[ '«])(?:\d+|[^\W\d_]+(?:-[^\W\d_]+)*) ([^\W\d_]+)(?: [^.;:,\d]{1,30})?"
    r"(?:, (?:puis )?[^.;:,]{1,40}){0,6}, (?:puis |et )?$"
)
_NOT_IT = re.compile(r"\b(?:et|mais) non (?:plus |pas )?$")
_AMONG = pattern(
    r"(?:^|[ «(])[Pp]armi les (<dossiers_tolls.nouns.killed>|<dossiers_tolls.nouns.victims>"
    r"|<dossiers_tolls.nouns.injured>"
    r"|<dossiers_tolls.nouns.missing>|<dossiers_tolls.nouns.rescued>)\b[^.;:]*$"
)
# Who counts demonstrators as such says who does, or what they did: "une trentaine de manifestants" may be hurt.
_MARCHING = re.compile(
    r"\b(?:selon|organisat|préfecture|police compt|défil|rassembl|march|réuni|descend|participant|revendiqu"
    r"|dans les rues)"
)


def are_animals(counted: str) -> bool:
    """Whether the noun counted is one of animals: who adds up the dead adds up people."""
    noun = counted.partition(" ")[0].lower()
    singular = f"{noun[:-3]}al" if noun.endswith("aux") else noun.rstrip("sx")  # "animaux", "oiseaux", "lapins"
    return not {noun, singular, noun.removesuffix("x")}.isdisjoint(word_set("figures_grammar.casualties.animals"))


def takes_up(left: str) -> bool:
    """Whether the words before a number take up those told of last: *n'en confirme que*, *contre six la veille*."""
    return bool(_EN.search(left[-90:]) or _AGAINST.search(left[-20:]))


def noun_of(row: Row) -> str:
    """Return the first word of what is counted, in small letters."""
    return str(row.get("counted") or "").partition(" ")[0].lower()


def is_alone(row: Row, right: str) -> bool:
    """Whether a number stands without its noun: *Les disparus ne sont plus que deux*, *il était de dix*."""
    return bool(_ALONE.match(right)) or noun_of(row) not in right[:_NOUN_NEAR].lower()


def event_of(row: Row, left: str, right: str, last: str | None) -> str | None:
    """Return what befell those counted, None where nothing did that has a toll.

    ``last`` is the event of the statement before, which an *en* takes up: *le maire en compte douze*.
    """
    noun = noun_of(row)
    if row["kind"] != Kind.COUNT or are_animals(row["counted"] or ""):
        return None
    event = row["event"]
    said = event not in _UNSAID
    if (elsewhere := _taken_up(row, left, right, last)) is not None:
        return elsewhere
    if MISSED.match(right):
        return FigureEvent.MISSING.value
    if event in (*_UNSAID, FigureEvent.KIDNAPPED, FigureEvent.RELEASED) and _freed(left, right):
        return FigureEvent.RESCUED.value
    # "16 des 38 blessés restent à l'hôpital": not the 38.
    kept = _cues("befallen")["hospitalised"].search(clause_of(right)) or _ARE_IN_HOSPITAL.search(left[-50:])
    hospital = kept is not None and not OF_WHICH.search(left)
    if event == FigureEvent.HOSPITALISED and _HURT_FIRST.match(right):
        return FigureEvent.INJURED.value
    if hospital and (event in _ILL or (said and row["part_of"] is not None)):
        return FigureEvent.HOSPITALISED.value
    if (named := _by_sure_noun(row, right)) is not None:
        return named
    if said:
        return str(event) if event in EVENTS else None
    found = _by_nouns(noun, left, right, last) or _by_words(noun, left, right, last)
    return found or (None if event is None else str(event))


def _by_sure_noun(row: Row, right: str) -> str | None:
    """Return what a noun says whatever the verb beside it, or a verb of soldiers: *onze soldats capturés*."""
    noun, event = noun_of(row), row["event"]
    if noun in word_set("dossiers_tolls.nouns.kidnapped") and _cues("befallen")["killed"].search(clause_of(right)):
        return FigureEvent.KILLED.value  # "six captifs sont morts"
    if event in _UNSAID or row["part_of"] is None:
        named = _named(noun, _SURE)
        if named is not None:
            return named
    held = noun in word_set("dossiers_tolls.classes.soldiers") and noun not in word_set("dossiers_tolls.nouns.general")
    if event == FigureEvent.ARRESTED and (held or _cues("befallen")["kidnapped"].search(clause_of(right))):
        return FigureEvent.KIDNAPPED.value
    return None


def _freed(left: str, right: str) -> bool:
    """``Neuf otages ont échappé à leurs ravisseurs``, ``libération de 48 personnes enlevées``."""
    # "deux des cinq otages ont été libérés": not the five
    if OF_WHICH.search(left) or not _HELD.search(left + right):
        return False
    return bool(_FREED.search(clause_of(right)) or _FREED.search(left[-40:]))


def _taken_up(row: Row, left: str, right: str, last: str | None) -> str | None:
    """Return the event that a number without its noun has of a number or a subject told before it."""
    if last is not None and _NOT_IT.search(left[-20:]):
        return last  # "17 morts, et non plus 16"
    if row["event"] not in _UNSAID and (nearer := _by_list(row, left, right)) is not None:
        return nearer
    if not _ALONE.match(right):
        return None
    if last is not None and row["event"] == FigureEvent.INJURED and takes_up(left):
        return last
    subject = _by_subject(left)
    if subject is None and row["event"] == FigureEvent.INJURED and _BILAN.search(left[-_REACH:]):
        return FigureEvent.KILLED.value
    return subject


def _by_nouns(noun: str, left: str, right: str, last: str | None) -> str | None:
    among = _AMONG.search(left)
    if among is not None:
        return _named(among[1], _COUNTED) or FigureEvent.KILLED.value
    if (named := _named(noun, _BY_NOUN)) is not None:
        return named
    if noun in word_set("dossiers_tolls.nouns.ill"):
        return FigureEvent.SICK.value
    # Told after the dead, victims are those.
    dead = last == FigureEvent.KILLED and "bless" not in left + right
    if noun in word_set("dossiers_tolls.nouns.victims") and (dead or _TOLD.search(left[-40:])):
        return FigureEvent.KILLED.value
    if noun in word_set("dossiers_tolls.classes.marchers") and _MARCHING.search(left + right):
        return FigureEvent.PROTESTING.value
    return None


def _by_words(noun: str, left: str, right: str, last: str | None) -> str | None:
    if noun in word_set("dossiers_tolls.classes.around") or noun in word_set("dossiers_tolls.classes.things"):
        return None
    if not noun and (named := _by_subject(left)) is not None:
        return named
    if _ALONE.match(right) and _BILAN.search(left[-_REACH:]):
        return FigureEvent.KILLED.value
    if last is not None and _SAID_OF_IT.match(right):
        return last  # "un chiffre inférieur aux 28 avancés par le gouverneur"
    after = befallen_by_words(right)
    patients = noun in word_set("dossiers_tolls.nouns.patients") or _IN_HOSPITAL.search(clause_of(right))
    if after is None and patients and _HOSPITAL.search(left):
        return FigureEvent.HOSPITALISED.value
    before = next((name for name, cue in _cues("befallen_before").items() if cue.search(left[-_BEFORE:])), None)
    if before == FigureEvent.MISSING and (noun in word_set("dossiers_tolls.nouns.sought") or _POLICE.search(left)):
        before = None  # "la police recherche deux hommes"
    return after or before or (last if takes_up(left) else None)


def survived(right: str) -> str | None:
    """Return what befell those who are not among the dead that a number seems to be of: *Trente-six ont survécu*."""
    found = befallen_by_words(right)
    return found if found in (FigureEvent.RESCUED, FigureEvent.MISSING, FigureEvent.HOSPITALISED) else None


def kept_in_hospital(left: str) -> str | None:
    """``L'hôpital n'en garde que huit``: what the words before a number say of it."""
    return FigureEvent.HOSPITALISED.value if _cues("befallen_before")["hospitalised"].search(left[-_BEFORE:]) else None


def tells_noun(row: Row, event: str, *, sure: bool = False) -> bool:
    """Whether the noun that a number takes from before it can be its own; if `sure`, it must say what befell them."""
    named = _named(noun_of(row), _COUNTED) or _named(noun_of(row), ("kidnapped", "arrested"))
    return named == event or (not sure and named is None and noun_of(row) in word_set("dossiers_tolls.nouns.general"))


def befallen_by_words(right: str) -> str | None:
    """Return what the clause after a number says befell those counted: *ne sont plus que six à manquer*."""
    clause = clause_of(right)
    return next((name for name, cue in _cues("befallen").items() if cue.search(clause)), None)


def _by_subject(left: str) -> str | None:
    """``Les cas suspects sont désormais 389``, ``la liste des disparus, ramenée de 40 à 38``."""
    subject = None
    for match in _SUBJECT.finditer(_CLAUSE.split(left[-_BACK:])[-1]):
        subject = _named(match[1].lower(), _COUNTED) or subject
    return subject


def _by_list(row: Row, left: str, right: str) -> str | None:
    """``deux morts dimanche, neuf le soir``: a number without its noun is of the one told in its list."""
    noun = noun_of(row)
    if row["part_of"] is not None or not noun or noun in left.lower() or not is_alone(row, right):
        return None
    listed = _LISTED.search(_CLAUSE.split(left[-_BACK:])[-1])
    return _named(listed[1].lower(), _COUNTED) if listed is not None else None


def _named(noun: str, events: Iterable[str]) -> str | None:
    return next((name for name in events if noun in word_set(f"dossiers_tolls.nouns.{name}")), None)


def clause_of(right: str) -> str:
    """Return what is said of a number: the words up to those of the next one, *24 blessés, dont neuf hospitalisés*."""
    return _up_to_the_next(_CLAUSE.split(right[:_REACH], maxsplit=1)[0])


# A number is asked for its clause by several rules in a row.
@functools.lru_cache(maxsize=256)
def _up_to_the_next(clause: str) -> str:
    if _MAY_JOIN.search(clause) is None:
        return clause  # the numbers are found for nothing, which costs most
    for number in find_numbers(clause):
        joint = _JOINT.search(clause[: number.start])
        if joint is not None:
            return clause[: joint.start()]
    return clause


@functools.cache
def _cues(table: str) -> dict[str, re.Pattern[str]]:
    end = r" (?:[^\W\d_]+ )?$" if table == "befallen_before" else ""
    return {
        name: re.compile(rf"\b(?:{'|'.join(words(f'dossiers_tolls.{table}.{name}'))}){end}") for name in _CUES[table]
    }
