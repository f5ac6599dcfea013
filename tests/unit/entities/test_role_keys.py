"""What the office of a person is."""

from __future__ import annotations

import pytest

from newsnlp.entities.resolution.roles.keys import KEY_TABLES, key_of_role
from newsnlp.lexicons import load_toml
from newsnlp.lexicons.names import office_keys
from newsnlp.record_fields import RoleKey

KEYS = {
    "head_of_state": ["président de la République", "ex-président du Mali", "président russe", "ancien président",
        "président sortant", "chef de l'État", "roi du Maroc", "Président"],
    "head_of_government": ["Premier ministre", "Première ministre danoise", "chancelier allemand", "chef du gouvernement"],
    "minister": ["ministre de la Culture", "secrétaire d'État auprès de la ministre des Armées", "garde des Sceaux",
        "chef de la diplomatie européenne", "vice-Premier ministre", "secrétaire américain au Trésor"],
    "deputy": ["députée du Rhône", "président de l'Assemblée nationale", "président de la commission des lois de l'Assemblée",
        "président du groupe UMP", "membre du Congrès", "eurodéputé"],
    "senator": ["sénateur", "président du Sénat", "présidente du groupe LR au Sénat"],
    "mayor": ["maire de Nancy", "bourgmestre"],
    "governor": ["président du conseil régional", "président de la région Grand Est", "présidente de Catalogne", "président LR de la région Bretagne",
        "gouverneur du Texas", "ministre-président de Bavière", "Premier ministre du Québec"],
    "councillor": ["adjointe au maire", "conseiller municipal", "présidente de la communauté de communes",
        "vice-président du conseil départemental"],
    "international_official": ["secrétaire général de l'ONU", "président de la Commission européenne", "commissaire européen"],
    "judge": ["présidente du tribunal de Metz", "juge"],
    "prosecutor": ["procureur de la République", "avocate générale"],
    "lawyer": ["avocat de l'État", "bâtonnier"],
    "police": ["capitaine de gendarmerie", "directeur de la police nationale", "commissaire"],
    "military": ["général de brigade", "chef d'état-major des armées", "capitaine"],
    "rescue": ["colonel des sapeurs-pompiers"],
    "chief_executive": ["PDG de Total", "directrice générale", "patron de Renault", "fondateur"],
    "head_of_organisation": ["président du PSG", "directeur du musée", "gouverneur de la Banque de France",
        "président de la fédération de tennis", "secrétaire général de la Licra", "président d'honneur du club"],
    "spokesperson": ["porte-parole du gouvernement", "ancienne porte-parole du PS"],
    "party_leader": ["premier secrétaire du PS", "présidente du Front national", "premier secrétaire de la fédération PS",
        "chef de l'opposition", "chef néo-démocrate"],
    "union_leader": ["secrétaire général de la CGT", "délégué syndical", "déléguée CFDT"],
    "religious_leader": ["pape", "président de la conférence des évêques"],
    "royalty": ["prince héritier", "duchesse de Cambridge"],
    "academic": ["professeur à l'université de Metz", "historien"],
    "teacher": ["professeur au lycée Poincaré", "institutrice"],
    "athlete": ["capitaine de l'équipe de France", "championne du monde en titre"],
    "criminal": ["auteur présumé des tirs", "chef d'Al-Qaïda"],
    "other": ["vice-président de la République", "vice-présidente", "membre du PS", "vice-président américain", "directeur de cabinet"],
}  # fmt: skip


@pytest.mark.parametrize(("role", "key"), [(role, key) for key, roles in KEYS.items() for role in roles])
def test_key(role, key):
    assert key_of_role(role) == key


def test_every_office_has_a_key():
    assert {RoleKey(key) for key in office_keys().values()}  # a name that is none would raise


def test_the_tables_speak_of_keys_and_bodies():
    tables = load_toml("names_role_keys.toml", tables=KEY_TABLES)
    known = set(tables["bodies"]) | {"armed_group", "country", "band", "club", "institution", "media", "ngo"}
    for manner in tables["depends"]:
        assert {RoleKey(key) for key in tables[manner]}
        assert {body for bodies in tables[manner].values() for body in bodies} <= known
    assert {RoleKey(key) for key in tables["phrases"]}
