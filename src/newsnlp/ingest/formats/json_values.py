"""The values of a JSON array as a stream. A broken one costs itself: reading goes on at the next."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsnlp.ingest.failures import FailureKind, told_of
from newsnlp.ingest.streams import as_utf8
from newsnlp.reading.decoding import mend_escaped

if TYPE_CHECKING:
    import json
    from collections.abc import Callable, Iterator

_SEPARATORS = re.compile(r"[ \t\r\n,]*")
_BLANK = re.compile(r"[ \t\r\n]*")
# Strings and brackets; a string that does not end is one, too, so that its escaped marks are not looked at in turn.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
# Where an element may begin by itself: an object, a row of cells, an object with its key.
_NEXT = re.compile(r'[,\n][ \t\r]*(?=\{\s*["}])')
_NEXT_ROW = re.compile(r'[,\n][ \t\r]*(?=\[\s*")')
_NEXT_KEY = re.compile(r'[,\n][ \t\r\n]*(?="(?:[^"\\]|\\.){1,200}"\s*:\s*\{)')
_KEY = re.compile(r'("(?:[^"\\]|\\.){1,200}")\s*:\s*')
_SCALAR = re.compile(r'[^,\[\]{}"]*')
_PAIRS = {"[": "]", "{": "}"}
# Lists of objects that are parts of an article, whatever they hold.
_NO_RECORDS = re.compile(
    r'"(?:comments|annotations|predictions|entities|sentences|tokens|medias?|images)"\s*:\s*\[\s*\Z'
)
# A value that is read element by element.
_ENTERED = object()
# Bytes that are no UTF-8, as `surrogateescape` has them.
_ESCAPED = re.compile("[\udc80-\udcff]")
# How near the end of what is held a mistake may be the end's own: the longest token but a string is -Infinity.
_MARGIN = 16
# How much of a broken element is searched for its own end; beyond, the next `, {` is taken for a beginning.
WINDOW = 1 << 18
# What is kept of what was searched in vain: an end of line and the spaces before the next object.
_TAIL = 1_000
# Characters that may be looked at again for each that has been read: what is broken all over is read in linear time.
RESCAN = 4
# A value that is not whole yet is tried again with so much more at most, so that little of the next is held with it.
STEP = 4_000_000
# What has been read is let go after so many characters: an error of the parser counts the lines before it.
COMPACT = 1 << 12


@dataclass(frozen=True, slots=True)
class Broken:
    """A value that cannot be read."""

    reason: str
    kind: FailureKind = FailureKind.BAD_RECORD


class Values:
    """The values of an array, or values one after another, as they come."""

    def __init__(
        self,
        parts: Iterator[bytes],
        decoder: json.JSONDecoder,
        *,
        most: int,
        check: Callable[[str], None],
        is_record: Callable[[object], bool],
        broken: Callable[[str], None],
        is_header: Callable[[list[Any]], bool],
    ) -> None:
        self._parts = as_utf8(parts)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._parse = decoder.raw_decode
        self._check = check
        self._is_record = is_record
        self._told_of_bytes = broken
        self._is_header = is_header
        self._most = most
        self._held = ""
        self._at = 0
        self._before = 0  # characters given up from what was held
        self._ended = False
        self._rescan = WINDOW
        self._inside = False
        self._closing = "]"  # of an object whose values are records by their keys, a brace
        self._next = _NEXT
        self._key: str | None = None
        self._around = 0  # objects that are open around the array

    def __iter__(self) -> Iterator[Any]:
        lost = False
        while self._to_next():
            sign = self._held[self._at]
            if sign == "[" and not self._inside:
                self._inside, self._at = True, self._at + 1
            elif sign == self._closing and self._inside:
                self._inside, self._closing, self._at = False, "]", self._at + 1
                if self._around and (skipped := self._leave()) > WINDOW:
                    yield Broken(f"{skipped} characters after the array were not looked at", FailureKind.TOO_LARGE)
            else:
                if self._closing == "}":
                    self._take_key()
                value, lost = self._value()
                if value is not _ENTERED:
                    is_keyed = self._key is not None and not isinstance(value, Broken)
                    yield {self._key: value} if is_keyed else value
                self._key = None
        if self._inside and not lost:
            yield Broken("the array is not closed: what followed is missing", FailureKind.INPUT_BROKEN)

    def _to_next(self) -> bool:
        """Move to where the next value begins; tell whether there is one."""
        while True:
            found = _SEPARATORS.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return True
            if not self._more(1):
                return False

    def _more(self, wanted: int) -> bool:
        """Hold that many more characters, if there are; tell whether there is any more."""
        if self._ended:
            return False
        self._forget()
        pieces = [self._held]
        while wanted > 0 and not self._ended:
            part = next(self._parts, None)
            self._ended = part is None
            text = self._decode(part or b"", self._ended)
            if _ESCAPED.search(text):
                # A broken byte costs a character, not its record.
                text = mend_escaped(text)[0]
                self._told_of_bytes(f"the {WINDOW // 1000} kB after character {self._before + len(pieces[0])}")
            pieces.append(text)
            wanted -= len(text)
        self._held = "".join(pieces)
        return len(self._held) > len(pieces[0])

    def _value(self) -> tuple[Any, bool]:
        """Return the next value and whether the rest of the input is lost with it."""
        if self._at > COMPACT:
            self._forget()
        grown = False
        while True:
            size = len(self._held) - self._at
            large = size > self._most
            try:
                if grown:
                    self._check(self._held[self._at :])
                value, end = self._parse(self._held, self._at)
            except (ValueError, RecursionError, MemoryError) as error:
                known = getattr(error, "pos", None)
                ahead = None if known is None else known - self._at
                if not grown and not self._inside and (entered := self._enters()) is not None:
                    return entered, False
                # Twice as much before the next try: a long value is not parsed over and over.
                if not large and self._may_go_on(error, ahead) and self._more(min(size, STEP)):
                    grown = True
                    continue
                return self._broken(error, ahead, large=large)
            # A number at the end of what is held may go on: only objects, arrays and strings end by themselves.
            if end == len(self._held) and self._held[end - 1] not in '}]"' and self._more(1):
                continue
            if self._inside and isinstance(value, list):
                self._next = _NEXT_ROW
            return self._read(value, end), False

    def _take_key(self) -> None:
        """Move behind the key of the next value."""
        while (found := _KEY.match(self._held, self._at)) is None and len(self._held) - self._at < _TAIL:
            if not self._more(WINDOW):
                return
        if found is not None:
            self._at = found.end()
            with contextlib.suppress(ValueError):
                self._key = self._parse(found[1])[0]

    def _enters(self) -> Any:
        """Move into what a large or broken object wraps: an array of records, rows under a header, records by key.

        Return the header where there is one, what stands for nothing else, or None where it wraps nothing.
        """
        while len(self._held) - self._at < WINDOW and self._more(WINDOW):
            pass
        if self._held[self._at] != "{":
            return None
        if (keyed := self._first_by_key()) is not None:
            self._at, self._inside, self._closing, self._next = keyed, True, "}", _NEXT_KEY
            return _ENTERED
        header: list[Any] | None = None
        around: list[str] = []
        start = self._at
        for found in _STRUCTURE.finditer(self._held, start, start + min(WINDOW, self._rescan)):
            sign = found[0]
            # What is looked at in vain is paid for: where all is broken, time stays linear.
            self._rescan -= found.end() - start
            start = found.end()
            if sign == "[" and (entered := self._next_in(start, around, header)) is not None:
                self._at, self._inside, self._around, self._next = start, True, len(around), entered
                return header if entered is _NEXT_ROW else _ENTERED
            if sign == "[":
                header = header or self._header_at(found.start())
            if sign in _PAIRS:
                around.append(sign)
            elif sign in "]}":
                around.pop()
                if not around:
                    return None
        return None

    def _next_in(self, start: int, around: list[str], header: list[Any] | None) -> re.Pattern[str] | None:
        """Return by what the next element is found in the array that begins here, None where it holds no records."""
        if "[" not in around and self._begins_with_record(start):
            return _NEXT
        return _NEXT_ROW if header and self._begins_with_row(start, len(header)) else None

    def _first_by_key(self) -> int | None:
        """Return where the first of records by their keys stands, None where the object at hand holds none such."""
        opening = _BLANK.match(self._held, self._at + 1)
        first = _KEY.match(self._held, opening.end() if opening else self._at + 1)
        if first is None or not self._held.startswith("{", first.end()):
            return None
        value, end = self._tried(first.end())
        following = _NEXT_KEY.match(self._held, end) if end else self._following(_NEXT_KEY, first.end())
        key = _KEY.match(self._held, following.end()) if following else None
        if key is None:
            return None
        others = [found for found in (value, self._tried(key.end())[0]) if found is not None]
        return first.start() if others and all(map(self._is_record, others)) else None

    def _following(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Return where the next element may begin; what is searched in vain is paid for, so that time stays linear."""
        limit = min(len(self._held), start + min(WINDOW, self._rescan))
        found = pattern.search(self._held, start, limit)
        self._rescan = max(0, self._rescan - ((found.end() if found else limit) - start))
        return found

    def _tried(self, start: int) -> tuple[Any, int]:
        try:
            return self._parse(self._held, start)
        except (ValueError, RecursionError):
            return None, 0

    def _header_at(self, start: int) -> list[Any] | None:
        if (opening := _BLANK.match(self._held, start + 1)) and self._held.startswith('"', opening.end()):
            value = self._tried(start)[0]
            return value if isinstance(value, list) and self._is_header(value) else None
        return None

    def _begins_with_row(self, start: int, cells: int) -> bool:
        opening = _BLANK.match(self._held, start)
        start = opening.end() if opening else start
        if not self._held.startswith("[", start):
            return False
        following = self._following(_NEXT_ROW, start)
        rows = [self._tried(at)[0] for at in (start, following.end() if following else start)]
        return any(isinstance(row, list) and len(row) == cells for row in rows)

    def _begins_with_record(self, start: int) -> bool:
        found = _BLANK.match(self._held, start)
        start = found.end() if found else start
        if not self._held.startswith("{", start) or _NO_RECORDS.search(self._held[max(0, start - _TAIL) : start]):
            return False
        for _ in range(2):  # the first may be the one that is broken
            value, end = self._tried(start)
            if end:
                return self._is_record(value)
            following = self._following(_NEXT, start)
            start = following.end() if following else start
        return False

    def _leave(self) -> int:
        """Move behind the objects around an array; return how many characters were skipped."""
        start, around = self._before + self._at, self._around
        self._around = 0
        while around:
            found = _STRUCTURE.search(self._held, self._at)
            if found is None or (found.end() == len(self._held) and found[0] not in "]}"):
                self._at = found.start() if found else len(self._held)
                if not self._more(WINDOW):
                    break
                continue
            around += (found[0] in _PAIRS) - (found[0] in "]}")
            self._at = found.end()
            if self._at > WINDOW:
                self._forget()
        return self._before + self._at - start

    def _forget(self) -> None:
        self._before += self._at
        self._held, self._at = self._held[self._at :], 0

    def _may_go_on(self, error: Exception, ahead: int | None) -> bool:
        if self._ended or ahead is None:
            return False
        return (
            getattr(error, "msg", "").startswith("Unterminated string") or self._at + ahead > len(self._held) - _MARGIN
        )

    def _read(self, value: Any, end: int) -> Any:
        start, self._at = self._at, end
        self._rescan += RESCAN * (end - start)
        if end - start > self._most:
            return Broken(f"longer than {self._most // 10**6} MB", FailureKind.TOO_LARGE)
        return value

    def _broken(self, error: Exception, ahead: int | None, *, large: bool) -> tuple[Broken, bool]:
        """Move behind a broken value; return what is wrong, and whether no other was found behind it."""
        told = str(error) if isinstance(error, ValueError) else told_of(error)
        start = self._before + self._at
        if ahead is not None:
            told = f"{getattr(error, 'msg', told)} (character {start + ahead})"
        kind = FailureKind.BAD_RECORD
        if large:
            told, kind = f"longer than {self._most // 10**6} MB, or never closed: {told}", FailureKind.TOO_LARGE
        # What is nested too deep is so for as many characters at least.
        if self._skip_by_structure() or self._skip_to_object(_TAIL if isinstance(error, RecursionError) else ahead):
            self._rescan += RESCAN * (self._before + self._at - start)
            return Broken(f"no JSON: {told}", kind), False
        lost = self._before + len(self._held) - start
        reason = f"no JSON: {told}; nothing more was found in the {lost} characters from there"
        return Broken(reason, FailureKind.INPUT_BROKEN), True

    def _skip_by_structure(self) -> bool:
        """Move behind a value whose brackets are paired, whatever else is wrong with it."""
        if len(self._held) - self._at < WINDOW:
            self._more(WINDOW)
        start = self._at
        limit = min(len(self._held), start + min(WINDOW, self._rescan))
        scalar = _SCALAR.match(self._held, start, limit)
        end = scalar.end() if scalar and scalar.end() > start else self._paired_end(start, limit)
        self._rescan = max(0, self._rescan - ((end or limit) - start))
        if end is None:
            return False
        after = _BLANK.match(self._held, end)
        if after and after.end() < len(self._held) and self._held[after.end()] not in f",{self._closing}{{":
            return False
        self._at = end
        return True

    def _paired_end(self, start: int, limit: int) -> int | None:
        closing: list[str] = []
        for found in _STRUCTURE.finditer(self._held, start, limit):
            sign = found[0]
            if sign in _PAIRS:
                closing.append(_PAIRS[sign])
            elif sign in "]}" and (not closing or closing.pop() != sign):
                return None
            if not closing:
                return found.end() if found.end() < limit or self._held[limit - 1] in ']}"' else None
        return None

    def _skip_to_object(self, ahead: int | None) -> bool:
        """Move to the next place where an object can begin that is an element by itself."""
        start = self._at + (1 if ahead is None else ahead)
        if start > self._at and self._next is _NEXT and self._held.startswith("{", start):
            self._at = start  # the one before it was not closed
            return True
        told = self._held[self._at : start].rstrip()
        if told.endswith('"'):
            # Where a mark is missing, the next string begins where it ends: it may hold the next element's beginning.
            start = self._at + max(0, told.rfind('"', 0, len(told) - 1))
        while True:
            found = self._next.search(self._held, start)
            if found is not None and found.end() > self._at:
                self._at = found.end()
                return True
            if self._ended:
                self._at = len(self._held)
                return False
            self._at = max(start, len(self._held) - _TAIL)
            self._more(WINDOW)
            start = self._at
