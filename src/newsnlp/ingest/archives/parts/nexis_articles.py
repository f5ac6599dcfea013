"""One article of Nexis, from the blocks of lines it is printed in: what is above its text, and what is beneath."""

from __future__ import annotations

import re
from typing import Any

from newsnlp.ingest.archives.parts.moments import find_moment
from newsnlp.ingest.archives.parts.pieces import is_notice, language_of, listed, without_by, without_notices, words_in
from newsnlp.text.folding import fold

_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w '’().-]{1,28}?)\s*:(?:[\s\u00a0]+|$)(?P<value>.*)", re.DOTALL)
_PAGE = re.compile(r"[;,]?\s*(?:Pg|Page|Pages|S|p)\.?\s*(?P<page>[\w-]*\d[\w,\s-]*)\s*$", re.IGNORECASE)
# Lines of 40 to 100 characters that end anywhere are wrapped; those of one paragraph a line are longer.
_WRAPPED = range(40, 101)
_FULL = 0.6
_SENTENCE_END = re.compile(r"[.!?…»”\")]\s*$")
_ITEM = re.compile(r"\s*(?:[-–—•*·]\s|\d{1,2}[.)]\s)")
_LOOK_FOR_DATE = 6
_MOST_SECTION = 500
# Values that are kept as they are, beside the fields of an article.
_EXTRA = (
    "edition",
    "series",
    "kind",
    "place",
    "graphic",
    "subjects",
    "regions",
    "companies",
    "persons",
    "organisations",
)
# Above the text; all others may stand beneath it, too.
_ABOVE = frozenset(
    {"author", "section", "length", "title", "lead", "url", "place", "edition", "series", "date", "page", "source_code"}
)


def classic_article(blocks: list[list[str]]) -> dict[str, Any]:
    """Return the fields of an article as LexisNexis prints it: paper, date, headline, labels, text, labels."""
    labels: dict[str, str] = {}
    first = next((n for n, block in enumerate(blocks) if _stands_above(block)), len(blocks))
    above = [block for block in blocks[:first] if not is_notice(block[0])]
    dated = next((n for n, block in enumerate(above[:_LOOK_FOR_DATE]) if _has_date(block)), None)
    values: dict[str, Any] = {}
    if dated is not None:
        moment = find_moment(_joined(above[dated]))
        values["published_at"] = moment[0] if moment else None
        rest = _joined(above[dated])[moment[2] :] if moment else ""
        values["edition"] = rest.strip(" ,;|") or None
    elif above:
        values["published_at"] = next(
            (_joined(block) for block in above[1:2] if re.search(r"\d{4}", _joined(block))), None
        )
        dated = 1 if values["published_at"] else None
    named, headed = (above[:dated], above[dated + 1 :]) if dated is not None else (above[:1], above[1:])
    values["source"] = _joined(named[0]) if named else None
    # A headline above the date, as some papers have it.
    headed = [*named[1:], *headed]
    body_from = first
    if first == len(blocks) and headed:
        headed, body_from = headed[:1], blocks.index(headed[0]) + 1
    values["title"] = _joined(headed[0]).strip(" ;") if headed else None
    values["subtitle"] = " ".join(_joined(block) for block in headed[1:]) or None
    number = body_from
    while number < len(blocks) and (found := _labelled(blocks[number], capitals=True)):
        for name, value in found:
            labels[name] = f"{labels[name]} {value}".strip() if name in labels else value
        number += 1
    body, beneath = _parted(blocks[number:])
    for name, value in beneath:
        labels.setdefault(name, value)
    values["text"] = [*filter(None, [labels.pop("lead", "")]), *unwrapped(body)]
    return _with_labels(values, labels)


def uni_article(blocks: list[list[str]]) -> dict[str, Any]:
    """Return the fields of an article of Nexis Uni: headline, paper, date, rights, labels, « Body », text, labels."""
    lines = [line for block in blocks for line in block if line.strip()]
    kinds = [listed("headings").get(fold(line.strip(" :\u00a0"), accents=False)) for line in lines]
    bodies = [number for number, kind in enumerate(kinds) if kind == "body"]
    start = bodies[0] if bodies else next((n for n, line in enumerate(lines) if is_notice(line)), 0)
    head = lines[:start]
    # The cover of the file stands above the first article: its date is the last above the text, not the first.
    dated = next((n for n in range(len(head) - 1, -1, -1) if find_moment(head[n]) and not _label_of(head[n])), None)
    values: dict[str, Any] = {}
    if dated is None:
        dated = next((n for n, line in enumerate(head) if is_notice(line) or _label_of(line)), len(head))
        above, labelled = head[:dated], head[dated:]
        values |= {"title": above[0] if above else None, "source": above[1] if len(above) > 1 else None}
    else:
        moment = find_moment(head[dated])
        values["published_at"] = moment[0] if moment else None
        values["edition"] = head[dated][moment[2] :].strip(" ,;") or None if moment else None
        values["source"] = head[dated - 1] if dated else None
        values["title"] = head[dated - 2] if dated > 1 else None
        labelled = head[dated + 1 :]
    labels: dict[str, str] = {}
    stray: list[str] = []
    for line in labelled:
        if (found := _label_of(line)) is not None:
            labels.setdefault(*found)
        elif not is_notice(line):
            stray.append(line)
    body: list[str] = []
    beneath = False
    for line, kind in zip(lines[start + bool(bodies) :], kinds[start + bool(bodies) :], strict=True):
        found = _label_of(line)
        beneath = beneath or kind == "classification" or (found is not None and found[0] == "rest")
        if found is not None and (beneath or not bodies):
            labels.setdefault(*found)
        elif not beneath and not (is_notice(line) and not body):
            body.append(line)
    values["subtitle"] = " ".join(stray)
    values["text"] = [*filter(None, [labels.pop("lead", "")]), *without_notices(body)]
    return _with_labels(values, labels)


def _with_labels(values: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    section = labels.get("section", "").strip()[:_MOST_SECTION]
    page = _PAGE.search(section)
    values["section"] = (section[: page.start()] if page else section).strip(" ;") or None
    values["page"] = page["page"].strip() if page else labels.get("page")
    values["author"] = without_by(labels.get("author"))
    values["words"] = words_in(labels.get("length"))
    values["url"] = labels.get("url", "").split(" ")[0] or None
    values["lang"] = language_of(labels.get("language"))
    values["title"] = values.get("title") or labels.get("title")
    if values.get("published_at") is None and labels.get("date"):
        values["published_at"] = (find_moment(labels["date"]) or [labels["date"]])[0]
    for name in (*_EXTRA, "industries", "ticker", "source_code"):
        values[name] = values.get(name) or labels.get(name)
    return values


def _stands_above(block: list[str]) -> bool:
    found = _labelled(block, capitals=True)
    return found is not None and found[0][0] in _ABOVE


def _labelled(block: list[str], *, capitals: bool) -> list[tuple[str, str]] | None:
    """Return the labels of a block with their values, None where it begins with none."""
    found: list[tuple[str, str]] = []
    for line in block:
        label = _label_of(line, capitals=capitals)
        if label is not None:
            found.append(label)
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
        else:
            return None
    return found or None


def _label_of(line: str, *, capitals: bool = False) -> tuple[str, str] | None:
    match = _LABEL.match(line)
    if match is None or (capitals and not match["label"].isupper()):
        return None
    name = listed("labels").get(fold(match["label"], accents=False).replace("-", " ").strip())
    return (name, match["value"].strip()) if name else None


def _parted(blocks: list[list[str]]) -> tuple[list[list[str]], list[tuple[str, str]]]:
    """Return the text, and the labels beneath it; a line of the text may look like a label in passing."""
    end = len(blocks)
    beneath: list[list[tuple[str, str]]] = []
    while end:
        block = blocks[end - 1]
        found = _labelled(block, capitals=True)
        if found is None and not is_notice(block[0]) and not _is_unknown_label(block[0], beneath):
            break
        beneath.append(found or [])
        end -= 1
    return blocks[:end], [label for labels in reversed(beneath) for label in labels]


def _is_unknown_label(line: str, beneath: list[list[tuple[str, str]]]) -> bool:
    match = _LABEL.match(line)
    return bool(
        any(beneath) and match and match["label"].isupper() and ("-" in match["label"] or len(line) > len(match[0]))
    )


def _has_date(block: list[str]) -> bool:
    """Tell whether a block is a date and little more, not a headline with a date in it."""
    line = _joined(block)
    found = find_moment(line)
    return bool(found and found[1] <= 12)  # noqa: PLR2004  # « Publié le », a weekday that is not known


def _joined(block: list[str]) -> str:
    return " ".join(line.strip() for line in block)


def unwrapped(blocks: list[list[str]]) -> list[str]:
    """Return paragraphs, those lines joined that were only wrapped; items of a list and rows of a table stay lines."""
    widest = max((len(line.rstrip()) for block in blocks for line in block), default=0)
    # Of paragraphs a line each all end as sentences do.
    is_wrapped = widest in _WRAPPED and any(
        not _SENTENCE_END.search(line) for block in blocks for line in block[:-1] if len(line) >= _FULL * widest
    )
    paragraphs: list[str] = []
    for block in blocks:
        joined: list[str] = []
        for number, line in enumerate(block):
            text = line.strip()
            before = block[number - 1].rstrip() if number else ""
            # The next word had no room any more.
            was_full = number and len(before) + 1 + len(text.split(" ", 1)[0]) > widest
            if is_wrapped and was_full and not _ITEM.match(line):
                joined += ["" if before[-2:-1].isalpha() and before.endswith("-") else " ", text]
            else:
                joined += ["\n", text]
        paragraphs += "".join(joined[1:]).split("\n")
    return [re.sub(r"[ \t]{2,}", " ", paragraph) for paragraph in paragraphs]
