"""The expressions of time of an article as TimeML 1.2.1: the XML that corpora and other taggers of time use.

References
----------
Pustejovsky et al., TimeML Annotation Guidelines 1.2.1, http://www.timeml.org (2005); ISO 24617-1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsnlp.exports.annotation_spans import refuse_outside
from newsnlp.records import Analysis, DateExpression, DateType
from newsnlp.safety.escaping import xml_text
from newsnlp.safety.values import record_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a value is where nothing tells it: TIMEX3 always has one.
_UNKNOWN = {
    DateType.DATE: "XXXX-XX-XX",
    DateType.TIME: "XXXX-XX-XXTXX:XX",
    DateType.DURATION: "PXX",
    DateType.SET: "PXX",
}
_PUBLICATION = "t0"


def to_timeml(analysis: Analysis) -> str:
    r"""Return an article with its expressions of time marked, as a TimeML document.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    str
        ``t0`` is the day of publication, ``t1``, ``t2`` … are ``analysis.dates`` in their order. The content of
        ``TEXT`` is the article's text: offsets stay, characters that XML cannot hold are ``\ufffd``.

    Raises
    ------
    ArticleError
        If a date lies outside the text.

    Notes
    -----
    A range (``3 au 7 mai``) is a DURATION with a ``beginPoint`` and an ``endPoint``, tags of their own without text, as
    TimeML has it. Of dates that overlap the first is marked.

    Examples
    --------
    >>> from newsnlp import Analysis, Article, DateExpression
    >>> found = DateExpression(start=3, end=7, text="hier", type="DATE", value="2016-06-07", anchor="publication")
    >>> article = Article(text="Né hier", published_at="2016-06-08")
    >>> print(to_timeml(Analysis(article=article, dates=(found,))).splitlines()[-2].replace(" ", "\n "))
    <TEXT>Né
     <TIMEX3
     tid="t1"
     type="DATE"
     value="2016-06-07"
     temporalFunction="true"
     anchorTimeID="t0">hier</TIMEX3></TEXT>
    """
    article = record_of(analysis, Analysis).article
    published = article.published_at.date().isoformat() if article.published_at else _UNKNOWN[DateType.DATE]
    created = _tag(_PUBLICATION, "DATE", published, temporalFunction="false", functionInDocument="CREATION_TIME")
    title = f"<TITLE>{xml_text(article.title)}</TITLE>\n" if article.title else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n'
        f"<DOCID>{xml_text(article.id)}</DOCID>\n"
        f"<DCT>{created}{'' if article.published_at is None else published}</TIMEX3></DCT>\n"
        f"{title}<TEXT>{''.join(_marked(analysis))}</TEXT>\n</TimeML>\n"
    )


def _marked(analysis: Analysis) -> Iterator[str]:
    text, position = analysis.article.text, 0
    for number, date in sorted(enumerate(analysis.dates, 1), key=lambda item: item[1].start):
        refuse_outside(analysis.article, date.start, date.end)
        if date.start < position:
            continue
        yield xml_text(text[position : date.start])
        tag, points = _of(f"t{number}", date)
        yield f"{tag}{xml_text(text[date.start : date.end])}</TIMEX3>{points}"
        position = date.end
    yield xml_text(text[position:])


def _of(name: str, date: DateExpression) -> tuple[str, str]:
    """Return the tag of an expression, and those of the ends of a range."""
    more: dict[str, Any] = {}
    if date.mod is not None:
        more["mod"] = date.mod
    if date.type is DateType.SET:
        more["quant"] = "EVERY"
    if date.anchor is not None:
        more["temporalFunction"] = "false" if date.anchor == "none" else "true"
        if date.anchor != "none":
            more["anchorTimeID"] = f"t{int(date.anchor) + 1}" if date.anchor.isdecimal() else _PUBLICATION
    value = date.value or _UNKNOWN[date.type]
    first, slash, last = value.partition("/")
    if not slash or date.type not in (DateType.DATE, DateType.TIME):
        return _tag(name, date.type, value, **more), ""
    ends = {"beginPoint": f"{name}a", "endPoint": f"{name}b"}
    points = "".join(
        _tag(end, date.type, of).replace(">", "/>") for end, of in zip(ends.values(), (first, last), strict=True)
    )
    return _tag(name, DateType.DURATION, "PXX", **more, **ends), points


def _tag(name: str, type_of: str, value: str, **more: str) -> str:
    attributes = {"tid": name, "type": type_of, "value": value, **more}
    return "<TIMEX3 " + " ".join(f'{key}="{xml_text(held)}"' for key, held in attributes.items()) + ">"
