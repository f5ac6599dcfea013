"""Pasted pages of our own writing. A line with + is text, one with - furniture; the rest are blank lines.

Every page: name, its lines, and the title, author and date that it states.
"""

from __future__ import annotations

PAGES: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "blog": (
        """
- Home ActualitéDeux drones abattus près d’Erbil
- Deux drones abattus près d’Erbil
- by Lina
+ Deux drones abattus près d’Erbil

+ Deux drones ont été abattus dimanche près de l’aéroport d’Erbil, dans le nord de l’Irak, ont annoncé les autorités.

+ Réaction de Bagdad

+ Le gouvernement irakien a condamné l’attaque et ouvert une enquête.

- You may also like

- Leave a Comment
""",
        "Deux drones abattus près d'Erbil",
        "Lina",
        None,
    ),
    "quotidien": (
        """
- Aller au contenu principal
- Se connecter
- S’abonner
- Accueil
- Politique
- Société
- Économie
- Accueil > Politique > Assemblée nationale
+ Budget : les députés rejettent l’article 3
- Partager sur Facebook
- Partager sur X
- Copier le lien
- Par Jeanne Morel avec AFP
- Publié le 12 mars 2024 à 18h30, mis à jour le 13 mars 2024 à 07h15
- Temps de lecture : 3 min
+ L’hémicycle de l’Assemblée nationale, à Paris, le 12 mars.
- © Lucas Petit / AFP

+ Les députés ont rejeté mardi soir l’article 3 du budget par 245 voix contre 201, après six heures de débats.

- La suite après cette publicité

+ « C’est un échec », a reconnu le ministre.

- Lire aussi : Budget 2024, ce qui change pour les familles

+ Un nouveau vote est prévu jeudi. Le texte partira ensuite au Sénat, où la droite est majoritaire.

- Jeanne Morel avec AFP
- Tags : budget, Assemblée nationale, finances
- À lire aussi
- Le Sénat promet un autre budget
- Impôts : ce que veut la majorité
- Sur le même sujet
- Finances publiques : la Cour des comptes alerte
- Commentaires
- Votre adresse e-mail ne sera pas publiée.
- Nom
- © 2024 Le Courrier du Soir. Tous droits réservés
- Mentions légales
""",
        "Budget : les députés rejettent l'article 3",
        "Jeanne Morel",
        "2024-03-12T18:30:00",
    ),
    "régional": (
        """
- Le Journal de la Vallée
- Menu
- Rechercher
- Faits divers
+ Saint-Dié. Un motard gravement blessé dans une collision
+ Un homme de 34 ans a été transporté à l'hôpital.
- Par R. D. - Publié le 03/02/2023 à 14:52
- Écouter l'article
- Réagir
- Imprimer
+ Un motard de 34 ans a été grièvement blessé vendredi matin dans une collision avec une camionnette à Saint-Dié.
+ Deux hélicoptères
+ Le blessé a été évacué vers Nancy.| (photo d’archives)
+ Photo d’archives Le secours héliporté en 2020
- Abonnez-vous à notre newsletter
- Recevez chaque matin l'essentiel de l'actualité de la vallée dans votre boîte mail.
- Votre adresse e-mail
- Je m'inscris
""",
        "Saint-Dié. Un motard gravement blessé dans une collision",
        "R. D.",
        "2023-02-03T14:52:00",
    ),
    "abonnés": (
        """
- Tout accepter
- Continuer sans accepter
- Nous utilisons des cookies pour mesurer l’audience et afficher de la publicité personnalisée sur ce site.
- Article réservé aux abonnés
+ Le port de Marseille à l’arrêt
+ Le trafic du port de Marseille est à l’arrêt depuis lundi, en raison d’une grève des remorqueurs.
- Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.
- Déjà abonné ? Connectez-vous
- Voir les offres
""",
        "Le port de Marseille à l'arrêt",
        None,
        None,
    ),
    "commentaires": (
        """
+ Vague de froid : trois morts dans l'est
- 12 commentaires
- Facebook Twitter WhatsApp E-mail
+ Trois personnes sans abri sont mortes de froid cette semaine dans l'est du pays, selon la préfecture.
+ Les températures sont descendues à -18 °C. Les hébergements d'urgence sont pleins, d'après les associations.
+ « On refuse vingt personnes chaque soir », dit Claire Jung, bénévole à Épinal depuis plus de dix ans.
- 2 commentaires
- Paul : C'est une honte de laisser les gens dehors par ce froid en 2023, que fait la préfecture ?
- Répondre
- Laisser un commentaire Annuler la réponse
- Commentaire *
""",
        "Vague de froid : trois morts dans l'est",
        None,
        None,
    ),
    "dépêche": (
        """
+ Séisme au large des Philippines, pas d'alerte au tsunami
+ MANILLE, 4 mai 2022 (AFP) - Un séisme de magnitude 6,1 s'est produit mercredi au large des Philippines, sans faire de victime.
+ Les autorités n'ont pas lancé d'alerte au tsunami. « Nous restons prudents », a dit un porte-parole. (avec AFP)
""",
        "Séisme au large des Philippines, pas d'alerte au tsunami",
        None,
        "2022-05-04",
    ),
    "texte nu": (
        """
+ Par ailleurs, le ministre a promis 300 millions d'euros. Partager la dette est exclu, a-t-il dit.
+ Abonnés au malheur, les habitants attendent. Cookies et biscuits sont distribués par la Croix-Rouge.
+ À lire le rapport, on comprend que 12 commentaires de l'ONU ont été retirés.
+ Réactions
+ Le maire a parlé d'un « désastre ».
+ Économie
+ Le chômage touche un habitant sur quatre, selon l'Insee, contre un sur six il y a dix ans.
+ Publié le mois dernier, le rapport de l'ONU met en cause trois entreprises.
+ Par Toutatis, disent les anciens, jamais on n'avait vu cela.
+ Facebook
+ Le réseau social a supprimé 1 200 comptes liés à cette campagne de désinformation, a-t-il annoncé.
""",
        None,
        None,
        None,
    ),
    "vidéo": (
        """
- 00:00 / 02:31
- Lire la vidéo
+ Incendie à Athènes : des milliers d'habitants évacués
- Incendie à Athènes : des milliers d'habitants évacués - Radio Plein Sud
- Publié le : 2021-08-04T10:15:00+02:00
- 1 min de lecture
+ Des milliers d'habitants de la banlieue d'Athènes ont dû quitter leur maison mardi devant l'avancée du feu.
- Vous aimerez aussi
- Canicule : la Grèce suffoque
- Feux de forêt : comment l'Europe se prépare

+ Les pompiers

+ Quelque 500 pompiers, avec cinq hélicoptères, luttent contre les flammes depuis lundi soir.
- Crédit photo : Nikos Vlachos
- Retour en haut
""",
        "Incendie à Athènes : des milliers d'habitants évacués",
        None,
        "2021-08-04T10:15:00+02:00",
    ),
    "légendes": (
        """
+ Un pont s'effondre dans les Alpes
+ Les secours sur place, dimanche matin.| © Marc Blanc
+ Un pont routier s'est effondré dimanche dans les Alpes, tuant deux automobilistes, selon la gendarmerie.
+ Le pont avait été construit en 1967.| (Photo Marc Blanc / Le Courrier)
- Marc Blanc / Reuters
+ « Il n'y a rien à dire » (le maire).
""",
        "Un pont s'effondre dans les Alpes",
        None,
        None,
    ),
    "furniture seule": (
        """
- Accueil
- Menu
- Se connecter
- Partager sur Facebook
- Accepter les cookies
- Laisser un commentaire
""",
        None,
        None,
        None,
    ),
    "une ligne": (
        """
+ Cinq soldats ont été blessés.
""",
        None,
        None,
        None,
    ),
}


def page(name: str) -> tuple[str, list[str]]:
    """Return the raw page and the lines that are text. After a bar stands the part of a line to be cut off."""
    raw_lines: list[str] = []
    kept: list[str] = []
    for line in PAGES[name][0].strip("\n").split("\n"):
        mark, text = line[:1], line[2:]
        raw_lines.append(text.replace("|", ""))
        if mark == "+":
            kept.append(text.split("|")[0])
    return "\n".join(raw_lines), kept
