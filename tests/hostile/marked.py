"""Records whose every text field holds a marker: what an attacker, a bug or a careless desk may put there."""

from __future__ import annotations

from dataclasses import fields

from newsnlp.records import Analysis, Article, Entity, Figure, Mention, Topic

MARKERS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; & co",
    "\"' onmouseover='x",
    "</style></title>--><b>",
    "]]>",
    "{0}{text}%s%(x)s",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1＋1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''00123",
    "bon;=1",
    "bon,=1",
    "\x1b]0;PWN\x07",
    "\x1b[2J",
    "\x9b31m",
    "a\x7f\x08b",
    "a\u202eb\u2066c",
    "a\u2028b\u2029c\x85d",
    "a\x00b",
    "a\ud800b\udfff",
    "\ufffe\uffff",
    "\ufeffa",
    "_x000D_ _x005F_",
    "#N/A",
    "#REF!",
    "#VALEUR!",
    "<NA>",
    "NaN",
    "NULL",
    "None",
    "nan",
    "inf",
    "00123",
    "12E5",
    "6/4",
    "3-1",
    "1/2",
    "1,5",
    "1.5",
    "12:30",
    "12 mars",
    "MARS2026",
    "janv-26",
    "50 %",
    "5 €",
    "(12)",
    "1234567890123456789",
    "TRUE",
    "VRAI",
    "42",
    "-DOCSTART-\tO\n\n-DOCSTART-\tO",
    "a\tb\nc\r\nd",
    "[bold]x[/bold]",
    "https://exemple.fr/?a=1&b=<x>",
    "javascript:alert(1)",
]


def filled(cls, marker, **known):
    """Return a record of a class with the marker in every text field that is not given."""
    values = {}
    for item in fields(cls):
        if item.name in known:
            continue
        if item.type in {"str", "str | None"}:
            values[item.name] = marker
        elif item.type == "tuple[str, ...]":
            values[item.name] = (marker, f"{marker} bis")
    return cls(**values, **known)


def analysis_of(marker):
    """Return an analysis full of the marker; its offsets are right."""
    text = f"Avant {marker} après.\nEncore {marker}."
    start = 6
    end = start + len(marker)
    again = text.rindex(marker)
    article = filled(Article, marker, text=text, published_at="2026-03-12T18:42:00+01:00")
    return Analysis(
        article=article,
        entities=(filled(Entity, marker, label="PER", mention_count=2, salience=0.5, first_start=start),),
        mentions=(
            filled(Mention, marker, start=start, end=end, label="PER", score=0.9),
            filled(Mention, marker, start=again, end=again + len(marker), label="LOC"),
        ),
        figures=(
            filled(Figure, marker, start=start, end=end, event="killed", value=3, value_min=3, value_max=3),
            filled(Figure, marker, start=start, end=end, part_of=0),
        ),
        topics=(filled(Topic, marker, level=1, score=0.8),),
        body_spans=((0, len(text)),),
        meta={"newsnlp": marker, "model": marker, "lexicons": marker, "language": marker, "warnings": [marker]},
    )
