"""Who is behind a speaker: the entity, the body that it stands for, and what kind of source it is."""

from __future__ import annotations

import re

import pytest

from newsnlp.grammar.sentences import Sentences
from newsnlp.quotes.drafts import QuoteDraft
from newsnlp.quotes.persons import Persons
from newsnlp.quotes.speakers import Speakers
from newsnlp.records import Entity, Label, Mention, QuoteKind

PEOPLE = {
    "Luc Blin": (),
    "Anne Roussel": ("Roussel",),
    "Jean Roy": (),
    "Yves Roux": (),
    "Paul Grandin": (),
    "Philippe": (),
    "Donald Trump": (),
}
BODIES = dict.fromkeys(
    ("Renault", "CGT", "AFP", "FC Metz", "Amnesty International", "SNCF", "Inserm", "OFCE", "RITQ", "MSF"), ()
)


def mentions_of(text):
    """Return the names of the text, and their entities in order of the first mention."""
    mentions, entities = [], []
    for label, names in ((Label.PER, PEOPLE), (Label.ORG, BODIES), (Label.LOC, {"Turquie": (), "Metz": ()})):
        for name, shorter in names.items():
            found = [match.span() for match in re.finditer(rf"\b(?:{'|'.join((name, *shorter))})\b", text)]
            found = [span for span in found if not any(m.start <= span[0] < m.end for m in mentions)]
            if found:
                mentions += [
                    Mention(start=start, end=end, text=text[start:end], label=label, entity_id=name)
                    for start, end in found
                ]
                entities.append(Entity(id=name, name=name, label=label, mention_count=len(found)))
    return sorted(mentions, key=lambda mention: mention.start), entities


@pytest.fixture
def who(split_text):
    """Return a function that reads who the speaker in brackets is: entity, kind, body."""

    def read(marked):
        start, end = marked.index("["), marked.index("]") - 1
        text = marked.replace("[", "").replace("]", "")
        mentions, entities = mentions_of(text)
        sentences = Sentences(text, split_text(text), (), mentions)
        persons = Persons(sentences, mentions, entities, Speakers(sentences, mentions))
        first = QuoteDraft(0, 1, QuoteKind.DIRECT, "test", (start, end))
        draft = QuoteDraft(1, 2, QuoteKind.DIRECT, "test", after=first)
        found = persons.of(draft)
        return found.entity_id, found.kind, found.organisation

    return read


@pytest.mark.parametrize(
    ("text", "entity", "kind", "body"),
    [
        # A name, with what stands beside it.
        ("Le porte-parole de Renault, [Jean Roy], a démenti.", "Jean Roy", "company", "Renault"),
        ("[Le porte-parole de Renault], Jean Roy, a démenti.", "Jean Roy", "company", "Renault"),
        ("[Le porte-parole de Renault, Jean Roy], a démenti.", "Jean Roy", "company", "Renault"),
        ("[Jean Roy], porte-parole de Renault, a démenti.", "Jean Roy", "company", "Renault"),
        ("[Jean Roy] (porte-parole de la CGT) a démenti.", "Jean Roy", "union", "CGT"),
        ("« Non », a dit [Jean Roy] porte-parole du RITQ.", "Jean Roy", None, "RITQ"),
        ("[Jean Roy], d'Amnesty International, a protesté.", "Jean Roy", "ngo", "Amnesty International"),
        ("Jean Roy, [chef de la police], a démenti.", "Jean Roy", "police", "police"),
        ("Le maire de Toul, 54 ans, et [le préfet Luc Blin] ont dit oui.", "Luc Blin", "official", None),
        ("[Luc Blin], 54 ans, maire de Toul, a dit oui.", "Luc Blin", "official", None),
        ("[Luc Blin], avocat de Renault, a plaidé.", "Luc Blin", None, "Renault"),
        ("Le Dr [Luc Blin] est inquiet.", "Luc Blin", "health", None),
        ("[Mme Roussel] a dit non.", "Anne Roussel", None, None),
        # One who belongs to a body or to a person, and is nobody named.
        ("[Un porte-parole de Renault] a démenti.", None, "company", "Renault"),
        ("[Un membre de la police de Metz] a démenti.", None, "police", "police de Metz"),
        ("[Le procureur de Metz] a démenti.", None, "official", None),
        ("[Les proches de Luc Blin] ont démenti.", None, "witness", None),
        ("[L'avocat de Luc Blin] a démenti.", None, None, None),
        ("[L'administration Trump] a démenti.", None, "official", "administration Trump"),
        ("[Le gouvernement Donald Trump] a démenti.", None, "official", "gouvernement Donald Trump"),
        ("[Des chercheurs de l'Inserm] en doutent.", None, "expert", "Inserm"),
        # A body, a part of it, its papers; a state.
        (
            "[L'association Amnesty International] dénonce l'accord.",
            "Amnesty International",
            "ngo",
            "Amnesty International",
        ),
        ("[Le bureau de MSF] l'a dit.", "MSF", "ngo", "MSF"),
        ("[Un communiqué de Renault] l'annonce.", "Renault", "document", "Renault"),
        ("[La Turquie] refuse.", "Turquie", "official", None),
        # By an office, or by what it is.
        ("Luc Blin, ministre de l'Intérieur, est à Nice. « Bien », dit [le ministre].", "Luc Blin", "official", None),
        ("Luc Blin a reçu Anne Roussel, la ministre. « Bien », dit [la ministre].", "Anne Roussel", "official", None),
        ("Luc Blin, ministre de l'Intérieur, est à Nice. [Le ministre de la Santé] dit oui.", None, "official", None),
        ("Le ministre français Luc Blin est à Nice. [Un ministre] dit oui.", None, "official", None),
        ("Luc Blin, député du Var, a voté. [L'élu] dit que c'est inutile.", "Luc Blin", "official", None),
        ("Luc Blin, PDG de Renault, est parti. [Le patron] dit que c'est dur.", "Luc Blin", "company", "Renault"),
        ("Le colonel Yves Roux est venu. [L'officier] dit que c'est fini.", "Yves Roux", "military", None),
        ("Paul Grandin, économiste à l'OFCE, doute. [Le chercheur] attend.", "Paul Grandin", "expert", "OFCE"),
        ("Le roi Philippe a parlé. [Le souverain] dit que c'est grave.", "Philippe", "official", None),
        ("Le FC Metz a perdu. [Le club] dit que c'est fini.", "FC Metz", None, "FC Metz"),
        ("Renault a fermé. [Le groupe] dit que c'est fini.", "Renault", "company", "Renault"),
        ("Renault a fermé. [Le syndicat] dit que c'est fini.", None, "union", "syndicat"),
        ("Selon l'AFP, il est armé. [La même source] dit qu'il est connu.", "AFP", "media", "AFP"),
        ("Une source policière l'a dit à l'AFP. Selon [cette source], il est armé.", None, "police", None),
        # Pronouns.
        ("Luc Blin a reçu Anne Roussel. « Bien », a-t-[elle] dit.", "Anne Roussel", None, None),
        ("Anne Roussel a reçu Luc Blin. « Bien », a-t-[il] dit.", "Luc Blin", None, None),
        ("Jean Roy a reçu Luc Blin. « Bien », a-t-[il] dit.", "Jean Roy", None, None),
        ("Jean Roy a reçu Luc Blin. [Ce dernier] est content.", "Luc Blin", None, None),
        ("L'avocat de Luc Blin est venu. « Bien », a-t-[il] dit.", None, None, None),
        ("Luc Blin a été battu. Selon [lui], c'est injuste.", "Luc Blin", None, None),
        ("La SNCF a rétabli le trafic. [Elle] affirme que la ligne est sûre.", "SNCF", "company", "SNCF"),
        ("La police est venue. [Elle] affirme que la rue est sûre.", None, "police", "police"),
        ("Luc Blin et Anne Roussel ont signé. « Bien », ont-[ils] dit.", None, None, None),
        ("« Bien », a dit Luc Blin. Il pleut. « Mal », a-t-il ajouté. « Oui », a-t-[il] dit.", "Luc Blin", None, None),
        ("Luc Blin est venu. [On] dit qu'il est parti.", None, None, None),
        ("« [Je] pense que Luc Blin a raison », a dit le maire.", None, None, None),
    ],
)
def test_who_is_behind_a_speaker(text, entity, kind, body, who):
    assert who(text) == (entity, kind, body)
