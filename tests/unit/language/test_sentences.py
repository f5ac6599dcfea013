from __future__ import annotations

import pytest

from newsnlp.language.sentences import MAX_SENTENCE_CHARS, SentenceSplitter, sentence_starts


def split(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


# The bar marks where a sentence must begin.
CASES = [
    "Il pleut. | Il vente.",
    "M. Dupont et Mme. Durand sont venus. | MM. Petit et Grand aussi.",
    "J. K. Rowling a écrit à George W. Bush. | Il a répondu.",
    "Le Dr. Knock habite av. Foch, près de St. Denis, au n. 5. | La rue est calme.",
    "Il a 3.5 points, 1.200 euros et 12 p. 100 de plus. | C'est peu.",
    "Voir www.lemonde.fr. | Le site est en ligne.",
    "Des pommes, des poires, etc. dans le panier. | Des pommes, etc. | Le reste suit.",
    "« Quoi ? » a-t-il dit. | « Rien ! » répond-elle.",
    "Il a dit : « Je pars. | Il reste. » | Puis il est parti.",
    "Il a dit : « Je pars. » | Puis il est parti.",
    'Il a dit : "Je pars." | Puis il est parti.',
    "Euh… je ne sais pas. | Mais si… | Allons-y.",
    "Il hésite... puis part... | Elle reste.",
    "Jean-P. Martin et J.-C. Petit. | Ils sont là.",
    "En 52 av. J.-C. les Gaulois perdirent. | Alésia tomba en 52 av. J.-C. | Les Romains restèrent.",
    "Le chef de l'O.N.U. Antonio Guterres est parti. | Le chef de l'O.N.U. | Il est parti.",
    "1. Le premier point\n | 2. Le second point",
    "Le score est de 3. | Le match est fini.",
    "Les frappes en Irak. | Le Pentagone",
    "Oui ? | Non ! | Peut-être.",
    "— Non. | — Oui.",
    "Titre sans point\n | Le texte commence.\n\n | Fin",
    "Il s'en va (avec l'AFP). | Elle reste. | (Avec l'AFP.) | Suite.",
    "Quoi ?! | Rien.",
    "Il crie « au secours ! » et tombe. | Fin.",
    "Le 3 sept. 2018, tout change. | La suite.",
    "Ahmed Co. Ltd. a vendu. | Tout.",
    "Selon p. ex. Le Monde, oui.",
    "Une ligne\u2028 | une autre\r\n | une troisième",
    "Tout est dit. | 25 personnes sont là.",
    "Il est né à l'âge de ... | Fin.",
    "La frontière court sur 213,5 km. | Côté afghan, 63 morts.",
    "Le cortège s'étire sur 3 km. | Côté mairie, rien.",
    "Le vent a soufflé à 130 km/h. | Brest est sans courant.",
    "Le colis pesait 12 kg. | Paul Roy l'a porté, av. Foch, chez M. Dupont.",
    "Le navire a perdu 40 t. | Marseille attend, cf. t. Deux.",
    "Le match finit à 20 h. | Nantes mène.",
    "Le champ fait deux ha. | Jean Petit le vend, n. 5, bd. Voltaire.",
    "À 300 m. | Marie Roy l'a vu, vers 15 min. | Lyon égalise.",
    "Le h. Dupont et le min. Durand.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case):
    text = case.replace("| ", "")
    assert split(text) == [part.strip() for part in case.split("| ")]


def test_a_lost_blank_ends_a_sentence_but_a_web_address_does_not():
    assert split("La base est en Irak.Le Pentagone l'a dit.") == ["La base est en Irak.", "Le Pentagone l'a dit."]
    assert split("Il réserve sur Booking.Com et paie.") == ["Il réserve sur Booking.Com et paie."]


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\u2029 ", ".", "...", "»", "M.", "?!"])
def test_poor_texts_have_at_most_one_sentence(text):
    assert len(sentence_starts(text)) <= 1


@pytest.mark.parametrize("piece", ["mot ", "mot, ", "mot ; ", "mot", "12 | "])
def test_no_sentence_is_absurdly_long(piece):
    text = piece * 5000
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert max(b - a for a, b in zip(starts, [*starts[1:], len(text)], strict=True)) <= MAX_SENTENCE_CHARS


@pytest.mark.model
@pytest.mark.parametrize("piece", ["3,50 € ", "12:30 ", "2 500 000 ", "1,5 "])
def test_an_overlong_sentence_is_cut_between_tokens(nlp, piece):
    # A cut inside a number was no start of a token, and so none: every figure repeated the whole text.
    sentences = [sentence.text for sentence in nlp.language(piece * 1000).sents]
    assert max(map(len, sentences)) <= MAX_SENTENCE_CHARS
    assert {sentence[:1] for sentence in sentences} == {piece[0]}


def test_a_long_text_is_split_in_linear_time():
    # 1 MB of stops and quotes: quadratic search would take minutes.
    assert len(sentence_starts("M. " * 100_000 + "« A. » " * 100_000)) > 50_000


def test_the_component_sets_every_token():
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("xx")
    doc = SentenceSplitter()(nlp("Il pleut . Il vente .\nFin"))
    assert [sent.text.strip() for sent in doc.sents] == ["Il pleut .", "Il vente .", "Fin"]
    assert doc.has_annotation("SENT_START")
    assert [t.is_sent_start for t in doc][:4] == [True, False, False, True]
    assert len(SentenceSplitter()(nlp(""))) == 0
