"""What a count of victims is in the toll of its event, as its own article tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsnlp.counts.befallen import MISSED, OF_WHICH, clause_of, noun_of, takes_up
from newsnlp.counts.elliptic import is_from
from newsnlp.lexicons import pattern, word_set
from newsnlp.records import ChangeRole, FigureEvent, Status, TollRole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsnlp.counts.statements import Statement
    from newsnlp.tables.cells import Row

PART, OTHER, DENIED = "part", "other", "denied"
TOTAL, PREVIOUS = TollRole.TOTAL.value, TollRole.PREVIOUS.value
INCREMENT, CUMULATIVE = TollRole.INCREMENT.value, TollRole.CUMULATIVE.value
# Of these the figures tell who is a part: a count without a role is of some of those told already.
_WITH_ROLE = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING, FigureEvent.HOSPITALISED})
# Some of the rescued are in hospital: a toll of its own, where the text says what befell them.
_OWN = frozenset({FigureEvent.KILLED, FigureEvent.INJURED, FigureEvent.MISSING})
_HURT = (None, FigureEvent.INJURED, FigureEvent.SICK, FigureEvent.HOSPITALISED)
_NEAR = 70
"""How many characters after a number the words that tell its role may stand."""
_AMONG_REACH = 300
_FAR = 120
"""How many before it, where a verb of saying comes between."""

_CARRIED = pattern(r"\b(?:<dossiers_tolls.older.carried>)(?: [^\W\d_']+){0,2} (?:d')?$")
_ON_BOARD = re.compile(
    r" (?:[^\W\d_]+ ){0,2}(?:étaient |se trouvaient |avaient pris place )?à bord\b(?![^.;:]*\b(?:mort|péri|tué|noy))"
)
_THAT_CARRIED = pattern(r"^ (?:[^\W\d_]+ ){1,2}(?:que |qu')(?:<dossiers_tolls.older.carried>)\b")
_AND_NOT = re.compile(r"(?:,? et)? (?:non|pas)(?: pas| plus)?(?: d[e']| les)? ?$")
_DENIES = pattern(r"\b(?:<dossiers_tolls.denied.verbs>)\b[^.;:]{0,30}\b(?:<dossiers_tolls.denied.said>)\b[^.;]{0,50}$")
_DENIED_AFTER = pattern(
    r"^[^.;:]{0,60}, (?:ce qu[e'] ?|une? (?:<dossiers_tolls.denied.said>) qu[e'] ?)[^.;:]{0,60}"
    r"\b(?:<dossiers_tolls.denied.verbs>|<dossiers_tolls.denied.judged>)\b"
)
_DENIES_THAT = pattern(r"\b(?:<dossiers_tolls.denied.verbs>)\b[^.;:]{0,40} qu(?:e |')(?:les |des |ces )?$")
_MAY_HAVE = re.compile(r"^[^.;:,]{0,40} (?:ait|aient|soit|soient)\b")
_BUT = re.compile(r"\bpas (?:de |d')?[^.;:,]{1,30},? mais (?:bien |seulement )?(?:de |d')?$")
_NOT_CONFIRMED = re.compile(r"\bne confirm[^\W\d_]+ pas (?:les |le (?:chiffre|bilan) de |la mort de )$")
_IS_DENIED = pattern(
    r"^[^.;:,]{0,50}[»\"]? ?(?:est|était|a été|ont été|sont|étaient) (?:[^\W\d_]+ment )?"
    r"(?:démentie?s?|réfutée?s?|contestée?s?|infirmée?s?)\b"
    r"|^[^.;:]{0,60} ?: [^.;:,]{0,40}\b(?:dément|démentent|nie|nient|infirme|réfute)\b"
)
_COUNTED_WRONGLY = pattern(r"^[^.;:]*\b(?:<dossiers_tolls.denied.counted_wrongly>)")
_JUDGED = pattern(r"\b(?:<dossiers_tolls.denied.judged>)\b[^.;:]{0,90}\b(?:<dossiers_tolls.denied.said>)\b[^.;:]*$")
_INSTEAD = re.compile(r"\b(?:au lieu d[eu']|contre|plutôt que|et non) ?$")
_HAD_SAID = pattern(r"\bavai(?:t|ent)(?: (?:d'abord|[^\W\d_']+)){0,3}? (?:<dossiers_tolls.older.said>)\b[^.;:,]*$")
_SAID_AFTER = pattern(r"^[^.;:]{0,30}?\bavai(?:en)?t(?: [^\W\d_]+){0,2}? (?:<dossiers_tolls.older.said>)\b")
_WAS_SAYING = pattern(
    r"(?:^|[.;:«] ?)(?:la veille|hier|avant-hier|<calendar.weekdays>|la semaine (?:dernière|passée|précédente))"
    r"(?: (?:matin|midi|soir))?, [^.;:,]{0,40}\b(?:<dossiers_tolls.older.was_saying>)(?: à)? ?$|"
    r"(?:^|[ «(])(?:<dossiers_tolls.older.then>)\b[^.;:]*\b(?:<dossiers_tolls.older.was_saying>)\b[^.;:]*$"
    r"|\b(?:<dossiers_tolls.older.was_saying>)(?: [^\W\d_]+)? (?:<dossiers_tolls.older.then>)\b[^.;:]*$",
    re.IGNORECASE,
)
_WHO_SAID = pattern(r"\bqui (?:en )?(?:<dossiers_tolls.older.was_saying>)\b[^.;:,]*$")
_SAID_THEN = pattern(
    r"(?: [^\W\d_]+){0,2} (?:<dossiers_tolls.older.said>)e?s? (?:à l'époque|alors|au départ|d'abord|hier|initialement"
    r"|la veille|dans un premier temps|jusqu'ici|jusque-là|plus tôt|ce matin|le matin)\b"
)
_NO_MORE = re.compile(r"\bn'en (?:est|sont|sommes) (?:donc )?plus à $")
_WAS_AT = re.compile(
    r"\b(?:en (?:était|étaient|étions|restait|restaient)|s'en tenai(?:t|ent)|s'arrêtai(?:t|ent))"
    r"(?: [^\W\d_]+){0,3} à (?:plus de |près de |au moins )?$"
)
_WAS_SAID = pattern(r"\b(?:<dossiers_tolls.older.was_saying>)(?: d(?:e |'))?$")
_AT_THAT_TIME = pattern(
    r"^ (?:le \d|hier|la veille|avant-hier|au lendemain|ce matin|il y a|en début|au début|encore|<calendar.weekdays>)\b"
)
_THEY_WERE = re.compile(
    r"\b(?:(?:[Ii]ls|[Ee]lles) (?:n')?étaient"
    r"|en (?:était|étaient)(?: encore)?(?: resté(?:e|s|es)?)?(?: [^\W\d_]+ [^\W\d_]+)? à"
    r"|(?:bilan|total|[Ii]l|[Ee]lle)(?: [^.;:]{0,60})? (?:était|étaient|s'établissait|se montait)(?: encore| alors)?"
    r" (?:de|à))"
    r"(?: encore| alors| déjà)? (?:plus de |près de |au moins )?$"
)
_THEN = pattern(
    r"(?:^|[ ,])(?:il y a|la veille|hier|avant-hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|au lendemain"
    r"|ce matin|ce midi|le matin|en (?:début|fin)|à \d+ h|à l'époque|au début"
    r"|encore|provisoire|précédent|premier|initial)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:(?:[Cc]es|[Ll]es|[Dd]es) (?:[^\W\d_]+|\d+) dernières années|[Ee]n (?:[^\W\d_]+|\d+) ans"
    r"|[Dd]epuis (?:le début de l'année|(?:plus d'|près d')?(?:[^\W\d_]+|\d+) ans?|[^\W\d_]+ (?:19|20)\d\d)"
    r"|[Cc]haque année|[Ll]'an (?:dernier|passé)|[Ll]'année (?:dernière|passée))\b[^.;:]*$"
)
_A_YEAR = re.compile(
    r" (?:chaque année|par an|ces dernières années|en (?:[^\W\d_]+|\d+) ans|depuis le début de l'année)\b"
)
_FORMER = re.compile(r"\b(?:initiale?|précédente?|ancien(?:ne)?)(?: de| d'| à|, de)? ?$")
_UNTIL = pattern(r"(?:^|[ «(])(?:<dossiers_tolls.older.until>)\b[^.;:]*$", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[.;:](?:\s|$)|,? dont |,? parmi lesquel|,? notamment "
    r"|,? (?:la plupart|certains|certaines|quelques-une?s|presque tous)\b|,? et (?=[^.;:,]{0,25}\d)"
)
_SOME = pattern(r"(?:^|[ '])(?:<dossiers_tolls.parts.after>)")
_SOME_BEFORE = pattern(r"(?:^|[ ,(])(?:<dossiers_tolls.parts.before>),?(?: [^\W\d_]+){0,2} $", re.IGNORECASE)
_FOUND = re.compile(
    r"\b(?:sont|étaient) (?:en fait |finalement |tous (?:les deux )?)?(?:saine?s et sau|rentré|bien vivant)|"
    r"\b(?:sont|ont|avaient)(?: (?:finalement|tous|toutes|depuis|enfin))*(?: été)?"
    r"(?: (?:finalement|tous|toutes|depuis))* (?:retrouvée?s|localisée?s|rentrée?s)"
)
_SENTENCE_PART = re.compile(r"[.;:](?:\s|$)")
_AMONG = re.compile(r"(?:^|[«(;:] ?)[Pp]armi (?:eux|elles|(?:les|ces) [^.;:]*[^\W\d_])\b[^.;:]*$")
_ADDED = pattern(r" (?:(?:<dossiers_tolls.parts.added>) |[^\W\d_]+ (?:<dossiers_tolls.parts.added>)\b(?! côté))")
_OTHERS = re.compile(r" (?:[^\W\d_]+ )?autres?\b(?! côté)")


def role_of(one: Statement, events: Mapping[int, str], last: str | None) -> str:
    """Return the role that the article itself gives a statement.

    ``events`` are those of the article's figures, ``last`` that of the statement before.
    """
    for rule in _RULES:
        role = rule(one, events, last)
        if role is not None:
            return role
    return TOTAL


def _by_status(one: Statement, *_: object) -> str | None:
    """``Un cortège devrait rassembler 5 000 personnes``, ``Il n'y a pas eu vingt et un morts``."""
    # "Douze mille personnes passeront la nuit sous la tente": their homes are lost already.
    homeless = one.event == FigureEvent.DISPLACED and one.row["event"] is None
    if one.row["status"] == Status.PLANNED and one.event != FigureEvent.MISSING and not homeless:
        return OTHER
    # "il n'y a pas 45 mais 41 morts": these there are.
    denied = one.row["status"] == Status.DENIED and not _BUT.search(one.left[-40:])
    return DENIED if denied and one.top else None


def _bystanders(one: Statement, *_: object) -> str | None:
    """``une cinquantaine de proches sont suivis``: near the victims, and none of them; hurt, they are some."""
    near = one.noun in word_set("dossiers_tolls.classes.around") and not takes_up(one.left)
    own = one.row["event"] not in _HURT  # "deux proches sont en garde à vue": a toll like any other
    if not near or own or one.row["part_of"] is not None:
        return None
    hurt = one.event == FigureEvent.INJURED and re.search(r"bless|touch|intoxiqu", one.right[:60])
    return PART if hurt else OTHER


def is_aboard(row: Row, left: str, right: str) -> bool:
    """``Le bateau, qui transportait 62 passagers``: not of the victims, whatever befell some of them."""
    if noun_of(row) not in word_set("dossiers_tolls.nouns.aboard") or row.get("part_of") is not None:
        return False
    if noun_of(row) in word_set("dossiers_tolls.classes.carried") and OF_WHICH.search(left):
        return True  # "seize des quarante passagers ont été tués"
    return is_carried(left, right)


def is_carried(left: str, right: str) -> bool:
    """Whether the words around a number tell where people were: *avait 22 marins à bord*."""
    return bool(_CARRIED.search(left[-40:]) or _ON_BOARD.match(right) or _THAT_CARRIED.match(right))


def _aboard(one: Statement, *_: object) -> str | None:
    return OTHER if is_aboard(one.row, one.left, one.right) else None


def _taken_back(one: Statement, *_: object) -> str | None:
    """``et non dix-neuf``, ``dément la rumeur d'une vingtaine de morts``, ``…, ce que l'administration réfute``."""
    left = one.left[-_FAR:]
    denied = any(words.search(left) for words in (_AND_NOT, _DENIES, _JUDGED, _NOT_CONFIRMED))
    right = one.right[: 2 * _NEAR]
    denied = denied or bool(_DENIES_THAT.search(left) and _MAY_HAVE.match(right))
    if denied or _DENIED_AFTER.search(right) or _IS_DENIED.search(right):
        return DENIED
    own = one.is_general and one.event in _OWN and not one.row.get("change")
    wrongly = own and _COUNTED_WRONGLY.search(right)
    return DENIED if wrongly else None


def _older(one: Statement, *_: object) -> str | None:
    """``qui avait parlé de cinq morts``, ``alors que 121 avaient été annoncés``, ``Jusqu'ici, on en comptait sept``."""
    told, left = one.row.get("toll_role"), one.left[-_FAR:]
    if told == TollRole.PREVIOUS or (told == TollRole.TOTAL and one.row.get("superseded_by") is not None):
        return PREVIOUS
    if one.row.get("change") == ChangeRole.FROM:
        return PREVIOUS  # "ramené de 45 à 41"
    says = (_HAD_SAID, _WAS_SAYING, _WHO_SAID, _UNTIL)
    if any(said.search(left) for said in says) or _INSTEAD.search(left[-20:]) or _FORMER.search(left[-40:]):
        return PREVIOUS
    if (
        is_from(one.left, one.right)
        or _NO_MORE.search(left)
        or (_WAS_AT.search(left) and _THEN.search(left[-40:] + one.right))
    ):
        return PREVIOUS
    if _WAS_SAID.search(left) and _AT_THAT_TIME.match(one.right):
        return PREVIOUS
    if _SAID_AFTER.search(one.right[:_NEAR]) or _SAID_THEN.match(one.right[:_NEAR]):
        return PREVIOUS
    return PREVIOUS if _THEY_WERE.search(left) and _THEN.search(one.left + one.right) else None


def _found_again(one: Statement, *_: object) -> str | None:
    """``Les deux disparus ont été retrouvés``: nobody misses them any more."""
    if one.event != FigureEvent.MISSING:
        return None
    # "Les deux randonneurs qu'on cherchait depuis lundi, partis de Sion, ont été retrouvés"
    missed = MISSED.match(one.right) is not None
    clause = _SENTENCE_PART.split(one.right[:_FAR])[0] if missed else _clause(one)
    return PREVIOUS if _FOUND.search(clause) else None


def _of_a_figure(one: Statement, events: Mapping[int, str], _: object) -> str | None:
    """``dont trois enfants``; but ``31 rescapés, dont deux hospitalisés`` gives the toll of those in hospital."""
    parent = one.row["part_of"]
    if parent is None:
        return None
    own = events.get(parent) != one.event and one.event not in _OWN and one.row["event"] is not None
    return TOTAL if own and not _SOME.search(_clause(one)) else PART


def _over_years(one: Statement, *_: object) -> str | None:
    """``Ces dix dernières années, 120 habitants sont morts sous les décombres``: no toll of one event."""
    return CUMULATIVE if _YEARS.search(one.left[-_FAR:]) or _A_YEAR.search(clause_of(one.right)) else None


def _attackers(one: Statement, *_: object) -> str | None:
    killed = one.event == FigureEvent.KILLED and not takes_up(one.left)
    return PART if killed and one.noun in word_set("dossiers_tolls.nouns.attackers") else None


def _among(one: Statement, *_: object) -> str | None:
    """``Parmi les victimes figurent neuf enfants``."""
    return PART if _AMONG.search(one.left[-_AMONG_REACH:]) else None


def _as_the_figure(one: Statement, *_: object) -> str | None:
    """Additions and sums over time, as figures tell them; ``L'ONG en dénombre 31`` is no addition."""
    told = one.row.get("toll_role")
    if told == TollRole.INCREMENT and takes_up(one.left):
        return TOTAL
    return str(told) if told in (TollRole.INCREMENT, TollRole.CUMULATIVE) else None


def _added(one: Statement, _: object, last: str | None) -> str | None:
    """``deux nouvelles arrestations``, ``cinq autres sont mortes``: others than those of the same kind told before."""
    more = _ADDED.match(one.right) or (last == one.event and _OTHERS.match(one.right))
    return INCREMENT if more else None


def _some(one: Statement, *_: object) -> str | None:
    """``Trois blessés sont dans un état grave``, ``aucun enfant n'est mort``."""
    if _SOME.search(_clause(one)) or _SOME_BEFORE.search(one.left[-50:]):
        return PART
    if one.is_general:
        return None
    untold = one.row.get("toll_role") is None and one.event in _WITH_ROLE and one.row["event"] == one.event
    return PART if untold or not (one.top or one.is_vague) else None


def _clause(one: Statement) -> str:
    return _CLAUSE_END.split(clause_of(one.right[:_NEAR]), maxsplit=1)[0]


_RULES: tuple[Callable[[Statement, Mapping[int, str], str | None], str | None], ...] = (
    *(_by_status, _bystanders, _aboard, _taken_back, _older, _found_again, _of_a_figure),
    *(_over_years, _attackers, _among, _as_the_figure, _added, _some),
)
