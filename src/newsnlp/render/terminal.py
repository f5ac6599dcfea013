"""An analysis in a terminal: coloured tables for people, tab-separated lines for a pipe. Headings are French.

All that the command line says goes through `say` or `rich`, with every character that a terminal would obey replaced.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from newsnlp.render.html import days_text, describe_figure
from newsnlp.render.labels_fr import (
    CUE_KINDS,
    DATE_MODS,
    DATE_TYPES,
    EVENTS,
    LABELS,
    NO_FIGURE,
    QUOTE_KINDS,
    RELATIONS,
    SOURCE_KINDS,
    STATUSES,
    amount,
    count_text,
    event_text,
    score_text,
    when_text,
)
from newsnlp.safety.escaping import terminal_line, terminal_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.audit import NumberReading
    from newsnlp.records import Analysis
    from newsnlp.related import Suggestion

# Title, headings, rows; no rows where nobody looked for any.
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]] | None]
# Characters of the text shown on each side of a number.
AROUND = 28
NOT_ANALYSED = "analyse non demandée"


def analysis_tables(analysis: Analysis) -> list[Table]:
    """Return (title, headings, rows) of each table, all cells as text."""
    entities: list[tuple[str, ...]] = [
        (
            entity.name,
            LABELS[entity.label],
            entity.country or "",
            count_text(entity.mention_count),
            entity.role or "",
            ", ".join(entity.aliases),
        )
        for entity in analysis.entities
    ]
    texts: dict[int | None, str] = {number: figure.text for number, figure in enumerate(analysis.figures)}
    described = {number: describe_figure(figure) for number, figure in enumerate(analysis.figures)}
    figures: list[tuple[str, ...]] = [
        (
            figure.text,
            amount(figure),
            " ".join(part for part in (figure.unit, figure.counted) if part),
            EVENTS[figure.event] if figure.event else "",
            figure.place or "",
            STATUSES[figure.status] + (f" ({figure.source})" if figure.source else ""),
            texts.get(figure.part_of, ""),
        )
        for figure in analysis.figures
    ]
    dates: list[tuple[str, ...]] = [
        (date.text, DATE_TYPES[date.type], date.value or "", DATE_MODS[date.mod] if date.mod else "", when_text(date))
        for date in analysis.dates
    ]
    names = {entity.id: entity.name for entity in analysis.entities}
    quotes: list[tuple[str, ...]] = [
        (
            quote.text,
            QUOTE_KINDS[quote.kind],
            names.get(quote.entity_id or "", quote.speaker or ""),
            SOURCE_KINDS[quote.source_kind] if quote.source_kind else "",
            quote.cue or "",
            CUE_KINDS[quote.cue_kind] if quote.cue_kind else "",
        )
        for quote in analysis.quotes
    ]
    events: list[tuple[str, ...]] = [
        (
            event_text(event.type, event.name),
            event.trigger,
            event.place or "",
            days_text(event),
            ", ".join(described[number] for number in event.figures if number in described),
            ", ".join(event.actors),
            STATUSES[event.status] + (f" ({', '.join(event.sources)})" if event.sources else ""),
        )
        for event in analysis.events
    ]
    topics: list[tuple[str, ...]] = [
        (topic.name, topic.code, count_text(topic.level), score_text(topic.score), ", ".join(topic.evidence))
        for topic in analysis.topics
    ]
    left_out = analysis.meta.get("not_analysed") or ()
    tables: list[tuple[str, Table]] = [
        ("entities", ("Entités", ("Nom", "Type", "Pays", "Mentions", "Rôle", "Autres formes"), entities)),
        (
            "events",
            ("Événements", ("Quoi", "Mot", "Lieu", "Quand", "Chiffres", "Acteurs", "Statut"), events),
        ),
        ("figures", ("Chiffres", ("Texte", "Valeur", "Quoi", "Événement", "Lieu", "Statut", "Partie de"), figures)),
        ("dates", ("Dates", ("Texte", "Type", "Valeur", "Précision", "Quand"), dates)),
        ("quotes", ("Citations", ("Texte", "Forme", "Qui", "Source", "Mots", "Acte"), quotes)),
        ("topics", ("Thèmes", ("Thème", "Code", "Niveau", "Score", "Indices"), topics)),
    ]
    return [(title, headings, None if kind in left_out else rows) for kind, (title, headings, rows) in tables]


def print_analysis(analysis: Analysis) -> None:
    """Print the tables of an analysis: with rich on a terminal, tab-separated elsewhere."""
    heading = " — ".join(part for part in (analysis.article.title, analysis.article.author) if part)
    tables = analysis_tables(analysis)
    _print(heading, tables)


def print_numbers(text: str, numbers: Sequence[NumberReading]) -> None:
    """Print every number of a text where it stands: the figure, or why it is none."""
    rows: list[tuple[str, ...]] = []
    for number in numbers:
        figure = number.figure
        around = f"{text[max(0, number.start - AROUND) : number.start]}[{number.text}]{text[number.end :][:AROUND]}"
        what = () if figure is None else (amount(figure), " ".join(x for x in (figure.unit, figure.counted) if x))
        why = "" if number.reason is None else NO_FIGURE[number.reason]
        rows.append((" ".join(around.split()), *(what or ("", "")), why))
    figures = sum(number.figure is not None for number in numbers)
    heading = f"{len(numbers)} nombres, dont {figures} chiffres"
    _print(heading, [("Nombres", ("Dans le texte", "Valeur", "Quoi", "Pas un chiffre"), rows)])


def print_suggestions(suggestions: Sequence[Suggestion]) -> None:
    """Print related articles and why they are."""
    rows: list[tuple[str, ...]] = [
        (
            found.id,
            found.title or "",
            RELATIONS.get(found.kind, found.kind),
            score_text(found.score),
            ", ".join(found.reasons),
            ", ".join(found.others),
        )
        for found in suggestions
    ]
    tables: list[Table] = [("À lire aussi", ("Id", "Titre", "Lien", "Score", "Raisons", "Autres sources"), rows)]
    _print("", tables)


def print_tables(tables: Sequence[Table]) -> None:
    """Print tables that are of no one article."""
    _print("", tables)


def say(text: str, *, error: bool = False) -> None:
    """Write text and a line end to standard output or standard error, whatever it holds and they can show."""
    stream = sys.stderr if error else sys.stdout
    if stream is None:  # closed before the program began: nobody listens
        return
    stream.write(terminal_text(text, stream.encoding) + "\n")


def _print(heading: str, tables: Sequence[Table]) -> None:
    heading = terminal_line(heading)
    shown: list[Table] = [
        (title, headings, None if rows is None else [tuple(terminal_line(cell) for cell in row) for row in rows])
        for title, headings, rows in tables
    ]
    if sys.stdout is not None and sys.stdout.isatty():
        _print_rich(heading, shown)
    else:
        _print_plain(heading, shown)


def _print_plain(heading: str, tables: Sequence[Table]) -> None:
    lines = [heading, ""] if heading else []
    for title, headings, rows in tables:
        if rows is None:
            lines += [f"# {title} : {NOT_ANALYSED}", ""]
        else:
            lines += [f"# {title} ({len(rows)})", "\t".join(headings), *("\t".join(row) for row in rows), ""]
    say("\n".join(lines).removesuffix("\n"))


def _print_rich(heading: str, tables: Sequence[Table]) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console()
    encoding = console.encoding
    if heading:
        console.print(Text(terminal_text(heading, encoding), style="bold"))
    for title, headings, rows in tables:
        if rows is None:
            console.print(Text(terminal_text(f"{title} : {NOT_ANALYSED}", encoding)))
            continue
        name = terminal_text(f"{title} ({len(rows)})", encoding)
        table = RichTable(title=Text(name), title_justify="left", header_style="bold")
        for column in headings:
            table.add_column(Text(terminal_text(column, encoding)), overflow="fold")
        for row in rows:
            # Text, not markup: an article may hold square brackets.
            table.add_row(*(Text(terminal_text(cell, encoding)) for cell in row))
        console.print(table)
