"""A figure in the making: its quantity, where it stands, and what each step of the reading has found of it.

A field of a `Draft` is written by one module, and the others read it: what steers is said by these fields. The values
of the enumerations are the words that ``Figure.rule_id`` tells them by, which nothing reads again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from newsnlp.records import ChangeRole, Direction, Kind, PlaceBasis, Status, TollRole

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence
    from newsnlp.quantities.candidates import Quantity
    from newsnlp.records import DateExpression, Number


class NounBy(StrEnum):
    """Where the counted noun stands."""

    RIGHT = "noun.right"
    PARTITIVE = "noun.partitive"
    OF_WHOLE = "noun.of-whole"
    CONTRE = "noun.contre"
    NEXT = "noun.next"
    NUMBER_OF = "noun.number-of"
    PLURAL_BEFORE = "noun.plural-before"
    PREVIOUS = "noun.previous"


class PartBy(StrEnum):
    """What says that one figure is a part of another."""

    DONT = "part.dont"
    INCLUDING = "part.including"
    D_ENTRE = "part.d-entre"
    OF_THE = "part.of-the"
    SUR_LES = "part.sur-les"
    PARMI_EUX = "part.parmi-eux"
    PARMI_LES = "part.parmi-les"
    MOST = "part.most"
    BREAKDOWN = "part.breakdown"
    GRAVER = "part.graver"
    OTHERS = "part.others"
    ONLY = "part.only"


class EventBy(StrEnum):
    """What states the event: the noun itself, its predicate, the sentence around it, or another figure."""

    NOUN = "event.noun"
    NUMBER_OF = "event.number-of"
    PARTICIPLE = "event.participle"
    OBJECT = "event.object"
    SUBJECT = "event.subject"
    HIT = "event.hit"
    VOTE = "event.vote"
    PARMI = "event.parmi"
    DEMONSTRATION = "event.demonstration"
    SHARED = "event.shared"
    OF_WHOLE = "event.of-whole"
    OF_ANTECEDENT = "event.of-antecedent"


class SourceBy(StrEnum):
    """The construction that names the source of a statement."""

    SELON = "source.selon"
    INCISE = "source.incise"
    THAT = "source.that"
    OBJECT = "source.object"
    GAPPED = "source.gapped"
    AGENT = "source.agent"
    SUBJECT = "source.subject"


class PlanBy(StrEnum):
    """What shows a quantity as still to come."""

    OF_WHOLE = "planned.of-whole"
    LISTED = "planned.listed"
    PHRASE = "planned.phrase"
    FUTURE = "planned.future"
    INTENTION = "planned.intention"
    OBJECT = "planned.object"
    ANNOUNCED = "planned.announced"
    PARTICIPLE = "planned.participle"


@dataclass(slots=True, eq=False)
class Draft:
    """A figure in the making.

    ``before`` is the figure before it in its sentence, ``count_before`` the nearest one before that counts people or
    things; ``taken`` is the sum of its parts, ``is_total`` says that a part is told as so many *sur les* so many;
    ``foreseen`` is where the verb stands of whoever foresees, promises or demands it;
    ``lender`` is the figure whose unit it has, ``unit_listed`` where a list names that unit once; ``source_by`` is set
    where that attribution makes the figure reported.
    """

    quantity: Quantity
    position: int
    sentence: Sentence
    kind: Kind = field(init=False)
    unit: str | None = field(init=False)
    value: Number | None = field(init=False)
    counts: bool = field(init=False)
    before: Draft | None = None
    count_before: Draft | None = None
    noun_end: int = 0
    noun_left_out: bool = False
    counted: str | None = None
    noun_by: NounBy | None = None
    antecedent: Draft | None = None
    parent: Draft | None = None
    part_by: PartBy | None = None
    taken: Number = 0
    is_total: bool = False
    lender: Draft | None = None
    unit_listed: bool = False
    is_subject: bool = False
    event: str | None = None
    event_by: EventBy | None = None
    status: Status = Status.ASSERTED
    clause: tuple[int, int] | None = None
    plan_by: PlanBy | None = None
    foreseen: int | None = None
    source: str | None = None
    source_start: int | None = None
    source_by: SourceBy | None = None
    via: str | None = None
    place: str | None = None
    place_start: int | None = None
    place_basis: PlaceBasis | None = None
    event_place: str | None = None
    event_place_start: int | None = None
    actor: str | None = None
    actor_start: int | None = None
    date: str | None = None
    dated: DateExpression | None = None
    when: str | None = None
    when_begin: str | None = None
    when_end: str | None = None
    toll_role: TollRole | None = None
    superseded_by: Draft | None = None
    change: ChangeRole | None = None
    direction: Direction | None = None
    baseline: Draft | None = None
    _rules: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read off the quantity what the rules ask for most: kind, unit, and the number whatever its modifier."""
        quantity = self.quantity
        self._measure_as(quantity)
        bound = quantity.value_max if quantity.value_min is None else quantity.value_min
        self.value = bound if quantity.value is None else quantity.value

    def borrow_unit(self, lender: Draft) -> None:
        """Take kind and unit of another figure where the text leaves the unit out: *dix ans, dont deux avec sursis*."""
        self.lender = lender
        self._measure_as(lender.quantity)

    def _measure_as(self, quantity: Quantity) -> None:
        self.kind, self.unit, self.counts = quantity.kind, quantity.unit, quantity.kind == "count"

    def because(self, rule: str) -> None:
        """Keep the name of a rule that decided, for `Figure.rule_id` alone."""
        self._rules.append(rule)

    @property
    def rule_id(self) -> str:
        """The names of the rules that decided, each once, in order."""
        return " ".join((self.quantity.rule_id, *dict.fromkeys(self._rules)))

    @property
    def has_unit_of_another(self) -> bool:
        """Whether it is an amount like the one before, and counts nothing: a rate still counts what rates do."""
        return self.lender is not None and self.lender.kind is not Kind.RATIO

    @property
    def noun_missing(self) -> bool:
        """Whether the text leaves the noun out: *900 autres*, *dont un grièvement*, *trois sont morts*."""
        return self.noun_left_out and not self.has_unit_of_another

    @property
    def event_from_noun(self) -> bool:
        """Whether the counted noun states the event: *trois morts*, *le nombre de morts*."""
        return self.event_by in (EventBy.NOUN, EventBy.NUMBER_OF)

    @property
    def parent_event_holds(self) -> bool:
        """Whether what befell the whole still befalls the part: *deux d'entre eux ont fui* has its own predicate."""
        return self.parent is not None and self.parent.event_from_noun and self.parent.event in ("killed", "injured")
