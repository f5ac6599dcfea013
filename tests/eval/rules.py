"""Count how often each rule fires on gold, samples, pages, training sentences and shared texts; list what never does.

Usage: python tests/eval/rules.py [--shared ../shared] [--all]

Two tables. Firings: the rule ids of figures (`Figure.rule_id`) and the repairs of names, with the ids that the code can
write and no text brought about. Functions of the rooms of figures and names: those that no text entered, those that never
got beyond the guards at their head, and with --all the lines that never ran of every other.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType

    from newsnlp import Article

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "newsnlp"
ROOMS = ("numerals", "quantities", "grammar", "quotes", "figures", "entities")
RULE_ID = re.compile(r"[a-z]+(?:\.[a-z-]+)+")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Lines:
    """The lines of some files that ran, by `sys.settrace`."""

    def __init__(self, folders: list[Path]) -> None:
        self.ran: dict[str, set[int]] = {str(path): set() for folder in folders for path in folder.rglob("*.py")}
        self._left: dict[CodeType, set[int]] = {}

    def __enter__(self) -> Self:
        """Begin to record."""
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        sys.settrace(None)

    def _call(self, frame: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        code = frame.f_code
        ran = self.ran.get(code.co_filename)
        if ran is None:
            return None
        left = self._left.get(code)
        if left is None:
            left = self._left[code] = {line for *_, line in code.co_lines() if line is not None}
        ran.add(frame.f_lineno)
        if not left:
            return None  # all of it has run: no need to look again

        def line_of(inner: FrameType, event: str, _arg: object) -> Callable[..., Any]:
            if event == "line":
                ran.add(inner.f_lineno)
                left.discard(inner.f_lineno)
            return line_of

        left.discard(frame.f_lineno)
        return line_of


def texts(shared: Path) -> Iterator[Article]:
    """Yield everything that rules are counted on, shared texts where they are."""
    from newsnlp import Article

    path = ROOT / "tests" / "snapshot" / "snapshot.py"
    spec = importlib.util.spec_from_file_location("snapshot", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    snapshot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(snapshot)
    for articles in snapshot.SOURCES.values():
        yield from articles()
    seen = set()
    for file in sorted((shared / "data").glob("*/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text")
            if isinstance(text, str) and text not in seen:
                seen.add(text)
                yield Article(text=text)


def count_repairs(fired: Counter[str]) -> None:
    """Have every repair of names count the texts of which it changes something."""
    from newsnlp.entities.repairs import order as repairs

    def state(candidates: list[Any]) -> list[tuple[Any, ...]]:
        return [(one.start, one.end, one.label, one.probability) for one in candidates]

    def counted(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(doc: object, candidates: list[Any]) -> Any:
            before = state(candidates)
            after = step(doc, candidates)
            fired[name] += state(after) != before
            return after

        return run

    for name, step in list(repairs.REPAIRS.items()):
        fired[name] = 0
        repairs.REPAIRS[name] = counted(name, step)


def written_ids() -> set[str]:
    """Return the rule ids that stand in the code of `figures/`, and in the draft of a figure."""
    found = set()
    for path in [*(PACKAGE / "figures").rglob("*.py"), PACKAGE / "grammar" / "drafts.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE_ID.fullmatch(node.value):
                found.add(node.value)
    return found


def functions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, Function]]:
    """Yield the functions of a module with their dotted names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield inside + node.name, node
            yield from functions(node, f"{inside}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{inside}{node.name}.")


def beyond_guards(function: Function) -> list[ast.stmt]:
    """Return the statements after the docstring and the guards, those ``if``s that only leave."""
    body = list(function.body)
    while body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body.pop(0)
    last_guard = -1
    for place, statement in enumerate(body):
        if isinstance(statement, ast.If) and not statement.orelse:
            if all(isinstance(one, ast.Return | ast.Continue | ast.Raise) for one in statement.body):
                last_guard = place
            continue
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            break
    return body[last_guard + 1 :] if last_guard + 1 < len(body) else body


def statements(nodes: list[ast.stmt]) -> set[int]:
    """Return the first lines of all statements in `nodes`, functions inside them left out."""
    lines: set[int] = set()
    for node in nodes:
        if isinstance(node, Function | ast.ClassDef):
            continue
        lines.add(node.lineno)
        for field in ("body", "orelse", "finalbody"):
            lines |= statements(getattr(node, field, []))
        for case in getattr(node, "cases", []):
            lines |= statements(case.body)
    return lines


def report_functions(ran: dict[str, set[int]], *, everything: bool) -> None:
    """Print the functions that never ran, never went beyond their guards, or have lines that never ran."""
    never, guarded, partly = [], [], []
    for name in sorted(ran):
        path = Path(name)
        where = path.relative_to(PACKAGE).with_suffix("").as_posix()
        for dotted, node in functions(ast.parse(path.read_text(encoding="utf-8"))):
            wanted = statements([one for one in node.body if not isinstance(one, ast.Expr) or len(node.body) == 1])
            missed = sorted(wanted - ran[name])
            if missed and len(missed) == len(wanted):
                never.append(f"{where}.{dotted}")
            elif missed and not statements(beyond_guards(node)) & ran[name]:
                guarded.append(f"{where}.{dotted}")
            elif missed:
                partly.append(f"{where}.{dotted}: {', '.join(map(str, missed))}")
    for heading, rows in (
        ("never entered", never),
        ("never beyond their guards", guarded),
        ("lines that never ran", partly if everything else []),
    ):
        if rows:
            print(f"\nFunctions, {heading} ({len(rows)})", *rows, sep="\n  ")
    if partly and not everything:
        print(f"\n{len(partly)} other functions have lines that never ran: --all lists them")


def main() -> int:
    """Count, and print the two tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--all", action="store_true", help="list every line that never ran")
    given = parser.parse_args()
    import newsnlp

    nlp = newsnlp.load()
    rules: Counter[str] = Counter()
    repaired: Counter[str] = Counter()
    number = 0
    with Lines([PACKAGE / room for room in ROOMS]) as lines:
        count_repairs(repaired)
        for analysis in nlp.pipe(texts(given.shared)):
            number += 1
            for figure in analysis.figures:
                rules.update((figure.rule_id or "").split())
    print(f"{number} texts")
    # An id may be put together: "count" and "range.or" give "count.range.or".
    unfired = sorted(rule for rule in written_ids() if not any(f".{one}".endswith(f".{rule}") for one in rules))
    for heading, table in (("Rule ids of figures", rules), ("Repairs of names, by texts", repaired)):
        print(f"\n{heading}")
        for name, fired in sorted(table.items(), key=lambda item: (-item[1], item[0])):
            print(f"{fired:8}  {name}")
    print(f"\nRule ids that never fire ({len(unfired)})", *unfired, sep="\n  ")
    print("\nRepairs that never fire", *sorted(name for name, fired in repaired.items() if not fired), sep="\n  ")
    report_functions(lines.ran, everything=given.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
