"""Read and check the sentences written for the entity tagger.

Usage: check_sentences.py [--review]

Each line of ``sentences/*.txt`` is one item with inline marks, ``[Nancy](LOC)``. The reader turns it into plain text
and character spans; the checker refuses what can only be a slip of the pen (an open bracket, an article inside a mark,
an item written twice) and, with ``--review``, lists what a person should look at: one surface with several labels,
capitalised words left unmarked in mid-sentence.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import pathlib
import re
import sys
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = pathlib.Path(__file__).parent / "sentences"
LABELS = ("PER", "LOC", "ORG", "MISC")

# The one style in which every ORG is a bare city that stands for its club. WiNER-fr calls such cities LOC.
CITY_CLUBS = "sport_villes_clubs"

MARK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
# Lower case only: `Le Monde`, `La Rochelle`, `Les Républicains` keep their article.
ARTICLE = re.compile(r"(?:l'|d'|(?:le|la|les|un|une|des|du|au|aux|de la) (?!\w+ d'|\w+ de )).*")
TITLE = re.compile(r"(?:M\.|MM\.|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame|Maître) .*")
# Names that do start with such a word, or keep a title the reader would miss.
ALLOWED_STARTS = frozenset({"Madame de Staël", "Monsieur Lucien", "Monsieur Charles", "Maître Gims"})
# Papers, stations and firms that write their own name without a capital.
LOWER_CASE_NAMES = frozenset({"franceinfo", "bonbon & cie", "yuka-sol"})
PARTICLES = ("de ", "d'")
EDGE_PUNCTUATION = " \t,;:.«»\"'’()–—-"
# A name may end in a full stop or a mark of its own: `Yassine K.`, `Debout !`.
MAY_END_IN_STOP = re.compile(r".*\b[A-ZÀ-Ý]\.$")
MID_SENTENCE_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,;0-9] )[A-ZÀ-Ý][\w'-]*")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """One item: plain text and half-open ``(start, end, label)`` spans."""

    style: str
    line_number: int
    text: str
    ents: tuple[tuple[int, int, str], ...]

    @property
    def where(self) -> str:
        """File and line, as an editor opens them."""
        return f"{self.style}.txt:{self.line_number}"


class MarkError(ValueError):
    """A line whose marks cannot be read."""


def parse_line(line: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Split a marked line into plain text and spans; raise `MarkError` on a broken mark."""
    pieces: list[str] = []
    ents: list[tuple[int, int, str]] = []
    length = position = 0
    for mark in MARK.finditer(line):
        before = line[position : mark.start()]
        surface, label = mark.groups()
        if label not in LABELS:
            message = f"label {label!r} of {surface!r} is none of {', '.join(LABELS)}"
            raise MarkError(message)
        pieces += [before, surface]
        length += len(before)
        ents.append((length, length + len(surface), label))
        length += len(surface)
        position = mark.end()
    pieces.append(line[position:])
    text = "".join(pieces)
    if "[" in text or "]" in text:
        message = f"unbalanced square bracket in {text!r}"
        raise MarkError(message)
    return text, tuple(ents)


def read_sentences(folder: pathlib.Path = FOLDER, *, city_clubs: str = "ORG") -> Iterator[WrittenSentence]:
    """Yield every item of every file, in file and line order.

    ``city_clubs`` is the label given to a bare city that stands for its club: ``ORG`` as written and as our guideline
    has it ("teams"), or ``LOC`` as WiNER-fr has it.
    """
    if city_clubs not in LABELS:
        message = f"city_clubs is {city_clubs!r}; accepted: {', '.join(LABELS)}"
        raise ValueError(message)
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                text, ents = parse_line(line)
            except MarkError as error:
                message = f"{path.name}:{number}: {error}"
                raise MarkError(message) from error
            if path.stem == CITY_CLUBS:
                ents = tuple((s, e, city_clubs if label == "ORG" else label) for s, e, label in ents)
            yield WrittenSentence(style=path.stem, line_number=number, text=text, ents=ents)


def surface_errors(surface: str) -> Iterator[str]:
    """Yield what is wrong with the span of one mark."""
    if not surface:
        yield "empty mark"
        return
    if surface[0] in EDGE_PUNCTUATION or surface[-1] in EDGE_PUNCTUATION.replace(".", ""):
        yield "starts or ends in a space or punctuation"
    if surface.endswith(".") and not MAY_END_IN_STOP.match(surface):
        yield "ends in a full stop"
    if ARTICLE.fullmatch(surface):
        yield "starts with an article"
    if surface not in ALLOWED_STARTS and TITLE.fullmatch(surface):
        yield "starts with a title"
    if surface not in LOWER_CASE_NAMES and not any(letter.isupper() or letter.isdigit() for letter in surface):
        yield "has no capital"


def find_errors(sentences: Iterable[WrittenSentence]) -> list[str]:
    """List the slips, each with its file and line; an empty list is a clean corpus."""
    errors: list[str] = []
    seen: dict[str, WrittenSentence] = {}
    for sentence in sentences:
        key = re.sub(r"\W+", " ", sentence.text).casefold().strip()
        if key in seen:
            errors.append(f"{sentence.where}: already written at {seen[key].where}")
        seen.setdefault(key, sentence)
        if sentence.text != sentence.text.strip() or "  " in sentence.text:
            errors.append(f"{sentence.where}: stray space")
        if "’" in sentence.text:
            errors.append(f"{sentence.where}: typographic apostrophe; the clean text has '")
        for start, end, _ in sentence.ents:
            surface = sentence.text[start:end]
            errors += [f"{sentence.where}: {surface!r} {problem}" for problem in surface_errors(surface)]
            touching = sentence.text[start - 1 : start] + sentence.text[end : end + 1]
            if any(character.isalnum() for character in touching):
                errors.append(f"{sentence.where}: {surface!r} cuts a word")
    return errors


def clashing_labels(sentences: Iterable[WrittenSentence]) -> dict[str, dict[str, list[str]]]:
    """Map each surface that bears several labels to the places of each label: for a person to read, not an error."""
    places: dict[str, dict[str, list[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for sentence in sentences:
        for start, end, label in sentence.ents:
            places[sentence.text[start:end]][label].append(sentence.where)
    return {surface: dict(labels) for surface, labels in sorted(places.items()) if len(labels) > 1}


def unmarked_capitals(sentences: Iterable[WrittenSentence]) -> Iterator[tuple[str, str]]:
    """Yield ``(where, word)`` for each capitalised word in mid-sentence outside every mark."""
    for sentence in sentences:
        for match in MID_SENTENCE_CAPITAL.finditer(sentence.text):
            if not any(start <= match.start() < end for start, end, _ in sentence.ents):
                yield sentence.where, match.group()


def report(sentences: list[WrittenSentence]) -> str:
    """Give the number of items and mentions for each style, as a Markdown table."""
    rows = ["| style | items | words | " + " | ".join(LABELS) + " |", "| --- |" + " ---: |" * (len(LABELS) + 2)]
    styles = [*sorted({sentence.style for sentence in sentences}), "all"]
    for style in styles:
        chosen = [sentence for sentence in sentences if style in (sentence.style, "all")]
        count = collections.Counter(label for sentence in chosen for *_, label in sentence.ents)
        words = sum(len(sentence.text.split()) for sentence in chosen)
        cells = [style, str(len(chosen)), str(words), *(str(count[label]) for label in LABELS)]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the counts, the slips and, when asked, the review lists; return 1 if there are slips."""
    parser = argparse.ArgumentParser(description="Check the sentences written for the entity tagger.")
    parser.add_argument("--review", action="store_true", help="list clashing labels and unmarked capitals too")
    options = parser.parse_args(arguments)
    try:
        sentences = list(read_sentences())
    except MarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(report(sentences))
    if options.review:
        for surface, labels in clashing_labels(sentences).items():
            print(surface, *(f"{label}: {', '.join(where)}" for label, where in labels.items()), sep="  ")
        for where, word in unmarked_capitals(sentences):
            print(f"{where}: unmarked {word}")
    errors = find_errors(sentences)
    print(*errors, sep="\n", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
