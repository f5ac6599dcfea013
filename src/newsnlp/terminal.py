"""An analysis in a terminal: coloured tables for people, tab-separated lines for a pipe. Headings are French."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from newsnlp.wording import EVENTS, LABELS, RELATIONS, STATUSES, amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsnlp.records import Analysis
    from newsnlp.related import Suggestion

Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def analysis_tables(analysis: Analysis) -> list[Table]:
    """Return (title, headings, rows) of each table, all cells as text."""
    entities: list[tuple[str, ...]] = [
        (
            entity.name,
            LABELS[entity.label],
            entity.country or "",
            str(entity.mention_count),
            entity.role or "",
            ", ".join(entity.aliases),
        )
        for entity in analysis.entities
    ]
    figures: list[tuple[str, ...]] = [
        (
            figure.text,
            amount(figure),
            " ".join(part for part in (figure.unit, figure.counted) if part),
            EVENTS.get(figure.event or "", figure.event or ""),
            figure.place or "",
            STATUSES[figure.status] + (f" ({figure.source})" if figure.source else ""),
            "" if figure.part_of is None else analysis.figures[figure.part_of].text,
        )
        for figure in analysis.figures
    ]
    topics: list[tuple[str, ...]] = [
        (topic.name, topic.code, str(topic.level), f"{topic.score:.2f}", ", ".join(topic.evidence))
        for topic in analysis.topics
    ]
    return [
        ("Entités", ("Nom", "Type", "Pays", "Mentions", "Rôle", "Autres formes"), entities),
        ("Chiffres", ("Texte", "Valeur", "Quoi", "Événement", "Lieu", "Statut", "Partie de"), figures),
        ("Thèmes", ("Thème", "Code", "Niveau", "Score", "Indices"), topics),
    ]


def print_analysis(analysis: Analysis) -> None:
    """Print the tables of an analysis: with rich on a terminal, tab-separated elsewhere."""
    heading = " — ".join(part for part in (analysis.article.title, analysis.article.author) if part)
    tables = analysis_tables(analysis)
    if sys.stdout.isatty():
        _print_rich(heading, tables)
    else:
        _print_plain(heading, tables)


def print_suggestions(suggestions: Sequence[Suggestion]) -> None:
    """Print related articles and why they are."""
    rows: list[tuple[str, ...]] = [
        (
            found.id,
            found.title or "",
            RELATIONS[found.kind],
            f"{found.score:.2f}",
            ", ".join(found.reasons),
            ", ".join(found.others),
        )
        for found in suggestions
    ]
    tables: list[Table] = [("À lire aussi", ("Id", "Titre", "Lien", "Score", "Raisons", "Autres sources"), rows)]
    if sys.stdout.isatty():
        _print_rich("", tables)
    else:
        _print_plain("", tables)


def _print_plain(heading: str, tables: Sequence[Table]) -> None:
    lines = [heading, ""] if heading else []
    for title, headings, rows in tables:
        lines += [f"# {title} ({len(rows)})", "\t".join(headings)]
        lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
        lines.append("")
    text = "\n".join(lines)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def _print_rich(heading: str, tables: Sequence[Table]) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console()
    if heading:
        console.print(Text(heading, style="bold"))
    for title, headings, rows in tables:
        table = RichTable(title=f"{title} ({len(rows)})", title_justify="left", header_style="bold")
        for name in headings:
            table.add_column(name, overflow="fold")
        for row in rows:
            # Text, not markup: an article may hold square brackets.
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
