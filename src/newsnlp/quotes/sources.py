"""What can be the source of a statement: a noun phrase headed by a person, an office, a body, a document or a name."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from newsnlp.grammar.nouns import CLITICS, subject_before, words
from newsnlp.grammar.verbs import has_finite
from newsnlp.grammar.words import auxiliaries, persons
from newsnlp.lexicons import load_csv, load_toml, word_set
from newsnlp.lexicons.names import given_names, office_genders, organisation_names

if TYPE_CHECKING:
    from newsnlp.grammar.items import Sentence, Span

LONGEST = 9
SEARCH = 16
"""How many words may stand between a verb of saying and the one who says: *dans la nuit de lundi à mardi*."""
COMMAS = 2
NAME_WORDS = 4
FINAL = frozenset({"", ",", ".", "»", ";", ":", "(", "–", "—"})
TO_AUTHOR = 4
"""How many words may stand between *publiés* and *par*: *publiés mardi soir par*."""
OF = frozenset({"de", "d'"})
OF_WHOM = frozenset({"de", "d'", "du", "des"})
TOWARDS = frozenset({"à", "au", "aux", "auprès", "dans", "sur"})
ARTICLES = frozenset({"le", "la", "les", "un", "une"})
THAT = frozenset({"que", "qu'"})
RELATIVE = frozenset({"qui"})
INFORMATION = frozenset({"informations", "éléments"})
LONGEST_SUBJECT = 24
"""How many words a subject may have with all that belongs to it."""
OF_INFORMANT = frozenset({"de", "d'", "du", "des", "par"})
CLAUSE_ENDS = frozenset({",", ";", ".", ":", "qui", "que"})


@functools.cache
def source_words(key: str, table: str = "heads") -> frozenset[str]:
    """Return one list of `figures_sources.toml`."""
    return frozenset(load_toml("figures_sources.toml", tables=("heads", "phrase"))[table][key])


@functools.cache
def known_heads() -> frozenset[str]:
    """Return all nouns that can head a source, offices in both numbers."""
    offices = {surface.split()[0] for surface in office_genders()}
    listed = source_words("people") | source_words("bodies") | source_words("documents")
    classes = load_csv("figures_noun_classes.csv", columns=("surface", "class"), key=("surface", "class"))
    older = {row["surface"].lower() for row in classes if row["class"] == "source"}
    single = offices | listed | older
    plurals = {f"{noun}s" for noun in single if not noun.endswith(("s", "x"))}
    return frozenset(single | plurals) - source_words("never")


def source_at(sentence: Sentence, start: int, *, loose: bool = False, end: int | None = None) -> Span | None:
    """Return the source whose noun phrase begins at a position, or None where what stands there is none.

    Parameters
    ----------
    loose : bool
        The construction leaves no doubt that a speaker stands here: any noun after a determiner will do.
    end : int, optional
        Where the phrase ends at the latest.
    """
    first = start
    while sentence.low(first) in source_words("determiners", "phrase"):
        first += 1
    opening = first
    if sentence.is_figure(first):
        # "selon trois témoins", "une dizaine d'habitants": the number belongs to those who speak.
        first += 1 + (sentence.low(first + 1) in OF)
    last = _phrase_end(sentence, first, end)
    if last <= first or any(_is_auxiliary(sentence, step) for step in range(first, last)):
        return None
    head = first
    while head + 1 < last and sentence.low(head) in source_words("adjectives") and not _is_name(sentence, head):
        head += 1
    low = sentence.low(head)
    if low.endswith("'"):
        return None
    is_named = sentence.is_named(sentence.starts[head])  # "Mai Fatty" is no month
    if (low in source_words("never") and not is_named) or low in words("adverbs"):
        return None
    if low in known_heads() or low.rpartition("-")[2] in known_heads() or _is_name(sentence, head):
        return opening, _end_of_author(sentence, head, last, end)
    return (opening, last) if loose and first > start and len(low) > 1 else None


def _phrase_end(sentence: Sentence, first: int, end: int | None) -> int:
    """Return where the phrase ends: at punctuation, a word that begins something else, or an audience."""
    stop = min(len(sentence.words), first + LONGEST, len(sentence.words) if end is None else end)
    last = first
    while last < stop and (sentence.is_word(last) or is_inside_name(sentence, last)):
        low = sentence.low(last)
        if last > first and (low in source_words("ends", "phrase") or _is_auxiliary(sentence, last)):
            break
        opens = low in ARTICLES and not sentence.is_capitalised(last)
        if last > first and opens and sentence.low(last - 1) not in source_words("governed", "phrase"):
            break  # "dans Nature la découverte": two noun phrases, where "Jean Le Gall" is one
        if low in ("à", "au", "en") and last > first and _is_audience(sentence, last):
            break
        if last > first and low in past_participles("relayed"):
            break
        if low == "à" and last > first + 1 and _is_whereabouts(sentence, first, last):
            break
        last += 1
    while last > first and sentence.low(last - 1) in words("determiners") | words("prepositions") | {"et", "ou", "à"}:
        last -= 1
    return last


def _is_whereabouts(sentence: Sentence, first: int, last: int) -> bool:
    """``le ministre de l'Intérieur à Quimper``: where he speaks; *l'ambassadeur de France à Lima* is posted there."""
    words_of = set(sentence.lows(first, last))
    return not words_of & source_words("posted", "phrase") and bool(words_of & OF) and sentence.is_capitalised(last + 1)


@functools.cache
def past_participles(key: str) -> frozenset[str]:
    """Return the four forms of each participle of a list."""
    return frozenset(form + ending for form in source_words(key, "phrase") for ending in ("", "e", "s", "es"))


def is_inside_name(sentence: Sentence, position: int) -> bool:
    """Whether a stop or a hyphen stands inside a name: ``M. Delattre``, ``le Dr. Nkoulou``, ``J.-P. Martin``."""
    if not sentence.is_capitalised(position + 1):
        return (
            sentence.low(position) == "." and sentence.low(position + 1) == "-" and _is_initial(sentence, position - 1)
        )
    if sentence.low(position) == "-":
        return sentence.low(position - 1) == "."
    return sentence.low(position) == "." and (
        _is_initial(sentence, position - 1) or sentence.texts[position - 1] in word_set("language_sentences.never_last")
    )


def _is_auxiliary(sentence: Sentence, position: int) -> bool:
    """Whether a form of *être* or *avoir* stands there, and not the initial of ``A. Diallo``."""
    return sentence.low(position) in auxiliaries() and not is_inside_name(sentence, position + 1)


def _is_initial(sentence: Sentence, position: int) -> bool:
    return sentence.is_word(position) and len(sentence.low(position)) == 1 and sentence.is_capitalised(position)


def _end_of_author(sentence: Sentence, head: int, last: int, end: int | None) -> int:
    """``un comptage réalisé par l'AFP``, ``des chiffres rendus publics hier par l'Insee``: the maker is in the name."""
    if sentence.low(head) in source_words("people") or sentence.low(head) not in known_heads():
        return last
    for step in range(last, min(last + TO_AUTHOR, len(sentence.words))):
        if sentence.low(step) == "par":
            made = not past_participles("made").isdisjoint(sentence.lows(head + 1, step))
            author = source_at(sentence, step + 1, loose=True, end=end) if made else None
            return last if author is None else author[1]
        if not sentence.is_word(step):
            break
    # "un sondage Ifop réalisé pour la chaîne"
    return last - 1 if last > head + 1 and sentence.low(last - 1) in past_participles("made") else last


def relay_at(sentence: Sentence, start: int) -> Span | None:
    """Return who passes on what a source says, after the source: ``cités par Reuters``, ``à la radio Mosaïque``.

    Examples
    --------
    >>> import newsnlp
    >>> figures = newsnlp.load()("Six hommes ont péri, selon des témoins cités par Reuters.").figures
    >>> [(figure.source, figure.via) for figure in figures]
    [('témoins', 'Reuters')]
    """
    cited = sentence.next_from(start, past_participles("relayed"))
    between = sentence.lows(start, min(cited, start + LONGEST + 1))
    if (
        sentence.low(start) == "," == sentence.low(cited - 1)
        and len(between) <= LONGEST
        and between.count(",") == COMMAS
    ):
        start = cited if sentence.low(cited + 1) == "par" else start  # "Luc Blin, adjoint au maire, cité par"
    while sentence.low(start) == "," or sentence.low(start) in words("adverbs"):
        start += 1
    if sentence.low(start) in past_participles("relayed"):
        start += 1
        if sentence.low(start) == "par":
            return _medium(sentence, start + 1) or source_at(sentence, start + 1, loose=True)
    return medium_at(sentence, start)


def medium_at(sentence: Sentence, position: int) -> Span | None:
    """``à l'AFP``, ``au quotidien Le Soir``, ``sur franceinfo``, ``au micro de RFI``."""
    if sentence.low(position) not in TOWARDS:
        return None
    return _medium(sentence, position + 1)


def _medium(sentence: Sentence, first: int) -> Span | None:
    """Return the agency, paper or channel that stands there, after its articles."""
    while sentence.low(first) in source_words("determiners", "phrase") or sentence.low(first) in ("micro", "de", "d'"):
        first += 1
    end = first + 1
    if _is_paper(sentence, first):
        while sentence.is_word(end) and sentence.is_capitalised(end):
            end += 1
    elif sentence.low(first) in source_words("media", "phrase"):
        while sentence.is_word(end) and sentence.low(end) not in words("determiners"):
            end += 1  # "a dit à la télévision le ministre"
        end = _phrase_end(sentence, first, end)
    else:
        return None
    return first, end


def _is_paper(sentence: Sentence, position: int) -> bool:
    return sentence.is_capitalised(position) and sentence.texts[position] in _papers()


@functools.cache
def _papers() -> frozenset[str]:
    """Return the names of papers, agencies and channels that are one word, articles aside: *Le Monde*."""
    names = [name.surface.split() for name in organisation_names() if name.kind == "media"]
    return frozenset(name[-1] for name in names if name[:-1] in ([], ["Le"]))


def _is_audience(sentence: Sentence, position: int) -> bool:
    """``a dit le préfet à l'AFP``, ``à la presse``, ``au quotidien``."""
    after = set(sentence.lows(position + 1, position + 3))
    return bool(after & source_words("audiences", "phrase")) or medium_at(sentence, position) is not None


def _is_name(sentence: Sentence, position: int) -> bool:
    word = sentence.texts[position] if sentence.is_word(position) else ""
    # "iTELE": a capital anywhere shows a name.
    if not word or word.islower():
        return False
    if sentence.is_named(sentence.starts[position]):
        return True
    if sentence.low(position) in source_words("never"):
        return False
    # The capital that opens a sentence or a quotation shows nothing, unless capitals follow.
    opens = position == 0 or not (sentence.is_word(position - 1) or is_inside_name(sentence, position - 1))
    return not opens or (word.isupper() and len(word) > 1)


def source_after(sentence: Sentence, start: int, *, loose: bool = False) -> Span | None:
    """Return the source after a verb of saying, whatever stands between: *mardi*, *sur Facebook*, *à l'AFP*."""
    commas = 0
    governed, determiners = source_words("governed", "phrase"), source_words("determiners", "phrase")
    for position in range(start, min(start + SEARCH, len(sentence.words))):
        low = sentence.low(position)
        if low == "," and commas < COMMAS:
            commas += 1
            continue
        counted = sentence.is_figure(position) and (position == start or sentence.low(position - 1) == ",")
        if counted:
            # "dénoncent, dans une tribune, plus de 50 élus"
            found = source_at(sentence, position)
            return found if found is not None and sentence.low(found[1]) in FINAL else None
        if not low or low in (".", ";", ":", "que", "qu'", "qui", "(", "»", "«") or _is_auxiliary(sentence, position):
            return None
        is_inside = position > start and sentence.low(position - 1) in governed | determiners
        if is_inside or not (low in determiners or sentence.texts[position][:1].isupper() or low in known_heads()):
            continue
        follows = position == start or commas == 0
        found = source_at(sentence, position, loose=loose and follows)
        if found is not None and (commas == 0 or sentence.low(found[1]) in FINAL):
            return found
        is_date = sentence.low(position + 1)[:1].isdigit() or sentence.low(position + 1) in source_words("never")
        if found is None and low in determiners and position == start and not is_date:
            return None  # "a annoncé la fermeture": an object
    return None


def source_before(sentence: Sentence, verb: int) -> Span | None:
    """Return the source that is the subject before a verb of saying."""
    if sentence.low(verb - 1) in CLITICS and sentence.low(verb - 2) == "qui":
        verb -= 1
    is_relative = sentence.low(verb - 1) == "qui"
    if is_relative:
        verb -= 1 + (sentence.low(verb - 2) == ",")  # "la police, qui fait état de 12 morts"
    span = subject_before(sentence, verb) or _before_relative(sentence, verb)
    if span is None or sentence.has_figure(*span):
        return None
    start, end = span
    governed, determiners = source_words("governed", "phrase"), source_words("determiners", "phrase")
    for first in range(start, end):
        before = sentence.low(first - 1)
        if first > start and (before not in determiners or sentence.low(first - 2) in governed):
            continue
        article = before == "des" and (not sentence.is_word(first - 2) or sentence.low(first - 2) in THAT)
        if first == start and before in governed and not (article or (is_relative and verb - end <= 1)):
            continue
        found = source_at(sentence, first, end=end) or _short_name(sentence, first, end)
        if found is not None:
            return _with_title(sentence, found[0]), found[1]
    return None


def _before_relative(sentence: Sentence, verb: int) -> Span | None:
    """``Un communiqué de l'armée qui a confirmé l'attaque, fait état``: the noun before the relative clause."""
    relative = sentence.last_before(verb, RELATIVE)
    if relative <= 0 or sentence.low(verb - 1) != ",":
        return None
    return subject_before(sentence, relative - (sentence.low(relative - 1) == ","))


def _with_title(sentence: Sentence, first: int) -> int:
    """``M. Delattre``: a subject is looked for back to the stop, the title stands before it."""
    # "MM. Duval et Roy"
    start = first - 2 if sentence.low(first - 1) == "et" and sentence.is_capitalised(first - 2) else first
    title = start
    while title > max(1, start - 2 * NAME_WORDS) and is_inside_name(sentence, title - 1):
        title -= 2
    return first if title == start else title


def _short_name(sentence: Sentence, first: int, end: int) -> Span | None:
    """``Renault compte …``: a name that opens the sentence, alone before its verb."""
    opens = first == 0 and 0 < end - first <= NAME_WORDS
    fits = all(text[:1].isupper() and not text.endswith("'") for text in sentence.texts[first:end])  # "C'est"
    known = sentence.low(first) in source_words("never") or sentence.low(first) in words("after_number")
    return (first, end) if opens and fits and not known else None


def source_of_hearsay(sentence: Sentence, start: int) -> Span | None:
    """Return the source after *a-t-on appris*: ``auprès des autorités``, ``de sources sécuritaires``."""
    for position in range(start, min(start + SEARCH, len(sentence.words))):
        low = sentence.low(position)
        if low in source_words("heard_from", "phrase"):
            step = position + 1
            while sentence.low(step) in ("de", "d'", "du", "des", "bonne", "côté"):
                step += 1
            if (found := source_at(sentence, step)) is not None:
                return found
        if not low or low in (".", ";"):
            return None
    return None


def named_before(sentence: Sentence, verb: int) -> Span | None:
    """``bloqué par Luc Blin, qui estime``: the name that a relative clause is about."""
    end = verb - 1 - (sentence.low(verb - 2) == ",")
    if sentence.low(verb - 1) != "qui" or end < 1 or not sentence.is_named(sentence.starts[end - 1]):
        return None
    start = end - 1
    while start and sentence.is_named(sentence.starts[start - 1]):
        start -= 1
    return source_at(sentence, start, end=end)


def any_subject(sentence: Sentence, verb: int) -> Span | None:
    """``Le rapporteur public estime que``: whatever noun is the subject of a verb that only people do."""
    is_relative = sentence.low(verb - 1) == "qui"
    verb -= is_relative * (1 + (sentence.low(verb - 2) == ","))
    end = (subject_before(sentence, verb) or (0, 0))[1]
    start = max(sentence.last_before(end, CLAUSE_ENDS) + 1, end - LONGEST_SUBJECT)
    governed, determiners = source_words("governed", "phrase"), source_words("determiners", "phrase")
    for first in range(start, end):
        opens = sentence.low(first) in determiners or sentence.is_figure(first)
        if opens and sentence.low(first - 1) not in governed and sentence.low(first) not in governed - {"des"}:
            found = source_at(sentence, first, loose=True, end=end)
            if found is not None and not has_finite(sentence, first, end):
                return found
    return None


def informant(sentence: Sentence, start: int) -> Span | None:
    """``selon des informations de l'armée``, ``les éléments recueillis par la police``: whose information it is."""
    step = sentence.next_from(start, INFORMATION)
    last = min(step + TO_AUTHOR + 2, len(sentence.words)) if step <= start + 2 else step
    for place in range(step + 1, last):
        if sentence.low(place) in OF_INFORMANT:
            return source_at(sentence, place + 1, loose=True)
        if not sentence.is_word(place):
            break
    return None


def has_view(sentence: Sentence, start: int, source: Span) -> bool:
    """Whether one who thinks stands behind *pour*: ``Pour l'économiste Luc Blin,``, not ``Pour le groupe Blin,``."""
    head, text = sentence.low(source[0]), sentence.texts[source[0]]
    if head in source_words("people") | source_words("voices") | persons() or sentence.low(source[0] + 1) == ".":
        return True
    if sentence.low(start) in word_set("quotes_clauses.view.determiners") and head in known_heads():
        return True  # "pour ce collectif"
    is_apposed = any(sentence.is_named(place) for place in sentence.starts[slice(*source)])
    return text in given_names() or (is_apposed and text.islower() and head not in source_words("bodies"))
