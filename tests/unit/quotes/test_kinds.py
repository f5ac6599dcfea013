"""What kind of source a phrase or a name means."""

from __future__ import annotations

import pytest

from newsnlp.quotes.people.kinds import kind_of_name, kind_words
from newsnlp.records import SourceKind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("le ministre de la Santé", "official"),
        ("les maires", "official"),
        ("le parquet de Metz", "official"),
        ("le secrétariat d'État", "official"),
        ("des autorités locales", "official"),
        ("les autorités sanitaires", "health"),
        ("Préfecture de police", "police"),
        ("la préfecture", "official"),
        ("FBI", "police"),
        ("les forces de l'ordre", "police"),
        ("les forces kurdes", "military"),
        ("un colonel de gendarmerie", "police"),
        ("le colonel", "military"),
        ("des groupes armés", "military"),
        ("les généraux", "military"),
        ("Otan", "military"),
        ("OMS", "health"),
        ("le chef du service des urgences de l'hôpital", "health"),
        ("Croix-Rouge", "ngo"),
        ("une organisation non gouvernementale", "ngo"),
        ("le directeur général des éditions du Saule", "company"),
        ("le patron de la CGT", "union"),
        ("le secrétaire national de la CGT", "union"),
        ("un responsable syndical", "union"),
        ("un responsable de l'usine", "company"),
        ("un journaliste-économiste", "expert"),
        ("l'Université de Metz", "expert"),
        ("plusieurs habitants", "witness"),
        ("des jeunes du quartier", "witness"),
        ("le directeur de la rédaction de l'hebdomadaire Le Saule", "media"),
        ("des médias locaux", "media"),
        ("un rapport de la police", "document"),
        ("une source proche du dossier", "anonymous"),
        ("une source de la gendarmerie", "anonymous"),
        ("des sources médicales", "health"),
        ("le président du club", None),
        ("le président de la République", "official"),
        ("le président du conseil régional", "official"),
        ("l'avocat de l'association", None),
        ("l'avocat général", "official"),
        ("un haut responsable des services de sécurité syriens", "police"),
        ("le directeur de la sécurité civile", "official"),
        ("le directeur des services de santé", "health"),
        ("l'entraîneur national", None),
        ("le service de presse du festival", None),
        ("le conseil des droits de l'homme", None),
        ("FC Metz", None),
        ("Parti socialiste", None),
    ],
)
def test_the_kind_of_a_source(phrase, kind):
    assert kind_of_name(phrase) == kind


def test_a_noun_is_of_one_kind():
    words = [word for nouns in kind_words("heads").values() for word in nouns]
    assert len(words) == len(set(words))
    assert set(kind_words("heads")) == set(SourceKind)
