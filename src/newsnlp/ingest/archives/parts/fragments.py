"""A fragment of HTML as lines of text: a line a block, whatever is not closed in it (extra ``html``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsnlp.errors import ArticleError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2"
        " h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "button", "select", "option", "svg"})
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Not to be had in a text: they would be taken for marks of the lines below.
_LINE, _CELL = "\ue000", "\ue001"
_OPENS = {**dict.fromkeys(_BLOCKS, _LINE), "br": "\n"}
_CLOSES = {**dict.fromkeys(_BLOCKS, _LINE), **dict.fromkeys(_CELLS, _CELL)}


def tree_of(fragment: str, purpose: str) -> Any:
    """Return the tree of a fragment of HTML. No entity is expanded but HTML's own, nothing is fetched.

    Raises
    ------
    MissingExtraError
        If ``lxml`` (extra ``html``) is not installed.
    ArticleError
        If more than 2 000 elements are within each other: the library breaks off there.
    """
    try:
        from lxml import html
    except ImportError as error:
        raise MissingExtraError.named("html", purpose) from error
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    # Surrogates and zero bytes are none of a text: they would end it.
    content = fragment.replace("\x00", "\ufffd").encode("utf-8", "replace")
    tree = html.document_fromstring(b"<div>" + content + b"</div>", parser=parser)
    if any("depth" in entry.message for entry in parser.error_log):
        message = "more elements within each other than can be read: what follows them would be missing"
        raise ArticleError(message)
    return tree


def classed(tree: Any, *names: str) -> list[Any]:
    """Return the outermost elements that bear one of these classes, in the order of the text; case does not count."""
    wanted = {name.lower() for name in names}
    found: list[Any] = []
    inside: set[Any] = set()
    for element in tree.iter():
        if element.getparent() in inside:
            inside.add(element)
        elif wanted & set(_classes(element)):
            found.append(element)
            inside.add(element)
    return found


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").lower().split() if isinstance(element.tag, str) else []


def lines_of(element: Any, leave_out: Callable[[Any], bool] = lambda _: False) -> list[str]:
    """Return the text of an element, a line a block, none of them empty; the cells of a row are parted by `` | ``."""
    return [line for paragraph in paragraphs_of(element, leave_out) for line in paragraph]


def paragraphs_of(element: Any, leave_out: Callable[[Any], bool] = lambda _: False) -> list[list[str]]:
    """Return the text of an element as blocks, each of the lines that ``<br>`` makes of it; two of them part blocks."""
    from lxml import etree

    pieces: list[str] = []
    left_out: Any = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if left_out is None and node is not element and (tag in _UNSEEN or leave_out(node)):
                left_out = node
            if left_out is None:
                pieces += (_OPENS.get(tag, ""), _plain(node.text or ""))
        elif left_out is None or node is left_out:
            left_out = None
            pieces += (_CLOSES.get(tag, ""), _plain(node.tail or "") if node is not element else "")
    blocks = re.split(rf"{_LINE}|\n\s*\n", "".join(pieces))
    made = [[_row(line) for line in block.split("\n")] for block in blocks]
    return [kept for kept in ([line for line in block if line] for block in made) if kept]


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace(_LINE, "").replace(_CELL, ""))


def _row(line: str) -> str:
    cells = [_SPACES.sub(" ", cell).strip() for cell in line.split(_CELL)]
    return " | ".join(cell for cell in cells if cell.strip("\u00a0"))


def text_of(element: Any) -> str:
    """Return the text of an element in one line."""
    return " ".join(lines_of(element))
