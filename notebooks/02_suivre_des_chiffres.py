# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]

# %% [markdown]
# # Suivre des chiffres
#
# Un bilan change d’heure en heure et d’une source à l’autre. `newsnlp` garde pour chaque chiffre ses bornes, sa
# réserve (« au moins », « selon ») et sa phrase : on peut donc suivre un bilan sans le recopier à la main.
#
# Les articles, fournis avec la bibliothèque, racontent des événements inventés.

# %%
import matplotlib.pyplot as plt
import newsnlp
import pandas as pd
from newsnlp.samples import sample_corpus

nlp = newsnlp.load()
seisme = [article for article in sample_corpus() if article.id.startswith("seisme")]
analyses = list(nlp.pipe(seisme))
pd.DataFrame([(a.id, a.published_at, a.source, a.title) for a in seisme], columns=["id", "date", "source", "titre"])

# %% [markdown]
# ## Ce que dit chaque article
#
# `casualties` donne une ligne par article, événement, lieu et période ; les parties d’un total (« dont une vingtaine dans un
# état grave ») n’y sont pas comptées deux fois.

# %%
bilans = newsnlp.casualties(analyses)
bilans[["article_id", "published_at", "event", "counted", "place", "low", "high", "modifier", "status", "source"]]

# %% [markdown]
# ## Le bilan au fil du temps
#
# La courbe suit la borne basse ; un triangle noir dit que le texte laisse le haut ouvert (« au moins 12 »).

# %%
noms = {"killed": "morts", "injured": "blessés", "missing": "disparus"}
suivi = bilans[bilans["event"].isin(noms)].sort_values("published_at")
figure, axe = plt.subplots(figsize=(8, 4))
for event, groupe in suivi.groupby("event", sort=False):
    dates = groupe["published_at"].dt.tz_convert("Europe/Paris").dt.tz_localize(None)
    bas = groupe["low"].astype(float)
    axe.plot(dates, bas, marker="o", label=noms[event])
    ouvert = groupe["high"].isna()
    axe.plot(dates[ouvert], bas[ouvert], marker="^", linestyle="none", color="black", markersize=9, zorder=3)
axe.set_ylabel("personnes")
axe.set_title("Le bilan du séisme d’Azilal, article par article")
axe.legend()
figure.autofmt_xdate()
figure.tight_layout()

# %% [markdown]
# ## Une seule valeur par chiffre
#
# Les bases de données de conflits et de catastrophes ont chacune leur convention pour les expressions vagues.
# `as_count` en applique une, sans rien changer au chiffre lui-même.

# %%
exemple = nlp("Des dizaines de civils ont été tués et plusieurs centaines de familles ont fui.")
pd.DataFrame(
    [
        (f.text, f.value_min, f.value_max, f.as_count("acled"), f.as_count("emdat"), f.as_count("ucdp"))
        for f in exemple.figures
    ],
    columns=["texte", "min", "max", "ACLED", "EM-DAT", "UCDP"],
)

# %% [markdown]
# ## Les forces en présence

# %%
phrase = "Les États-Unis maintiennent environ 2500 soldats en Irak, en plus de 900 autres en Syrie."
newsnlp.forces(nlp(phrase))[["actor", "place", "country", "counted", "value", "modifier"]]

# %% [markdown]
# ## Remonter à la phrase
#
# Chaque ligne porte l’indice du chiffre dans `analysis.figures`, et chaque chiffre ses positions dans le texte.

# %%
ligne = bilans.iloc[-1]
analyse = next(a for a in analyses if a.article.id == ligne["article_id"])
chiffre = analyse.figures[ligne["figure"]]
print(chiffre.sentence)
print("→", analyse.article.text[chiffre.phrase_start : chiffre.phrase_end], "·", chiffre.rule_id)
