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
# # Un corpus entier
#
# Un dossier entre, des tables et quatre graphiques sortent. `analyze_corpus` lit un dossier de pages, un CSV, du JSON
# Lines, du Parquet, une base SQLite ou un flux RSS, répartit les articles entre plusieurs processus et n’en perd aucun :
# ce qui ne peut être analysé devient une ligne de la table `failures`.
#
# Les 64 articles, fournis avec la bibliothèque, racontent treize événements inventés.

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import newsnlp
import pandas as pd
from newsnlp.samples import sample_corpus

travail = tempfile.TemporaryDirectory()
dossier = Path(travail.name) / "articles"
for article in sample_corpus():
    page = dossier / article.source.replace(" ", "_") / f"{article.id}.txt"
    page.parent.mkdir(parents=True, exist_ok=True)
    quand = f"Publié le {article.published_at:%d/%m/%Y} à {article.published_at:%Hh%M}"
    page.write_text(f"{article.title}\n\n{quand}\n\n{article.text}\n", encoding="utf-8")
# Un fichier abîmé, comme il y en a dans tout dossier.
(dossier / "image_renommée.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

pd.Series(page.parent.name for page in sorted(dossier.rglob("*.txt"))).value_counts().to_frame("pages")

# %% [markdown]
# ## Une ligne suffit
#
# En ligne de commande : `newsnlp batch articles --out tables --workers 2`. Interrompue, l’analyse reprend où elle en
# était avec `--resume` (ici `resume=True`).

# %%
tables_dossier = Path(travail.name) / "tables"
rapport = newsnlp.analyze_corpus(dossier, tables_dossier, workers=2, progress=False)
print(rapport)
for echec in rapport.failures:
    print(echec.article_id, "·", echec.kind, "·", echec.reason)

# %% [markdown]
# ## Les tables
#
# Les mêmes colonnes et les mêmes types, quel que soit le format choisi (`csv`, `excel-fr`, `xlsx`, `parquet`, `jsonl`,
# `sqlite`) ; `read_tables` les relit telles quelles.

# %%
tables = newsnlp.read_tables(tables_dossier)
pd.DataFrame({nom: table.shape for nom, table in tables.items()}, index=["lignes", "colonnes"]).T

# %%
tables["articles"]["source"] = tables["articles"]["article_id"].str.split("/").str[0].str.replace("_", " ")
tables["articles"][["title", "published_at", "source", "topic", "figures", "entities"]].head()

# %% [markdown]
# ## De quoi parle-t-on, et quand ?

# %%
articles = tables["articles"]
semaine = articles["published_at"].dt.tz_localize(None).dt.to_period("W").dt.start_time
par_semaine = pd.crosstab(semaine, articles["topic"].fillna("sans thème"))
principaux = par_semaine.sum().nlargest(7).index
par_semaine = par_semaine[principaux].assign(autres=par_semaine.drop(columns=principaux).sum(axis=1))
par_semaine.index = par_semaine.index.strftime("%d/%m")

couleurs = [*plt.get_cmap("tab10").colors[: par_semaine.shape[1] - 1], "lightgrey"]
axe = par_semaine.plot.bar(stacked=True, figsize=(9, 4), width=0.85, color=couleurs)
axe.set_xlabel("semaine du")
axe.set_ylabel("articles")
axe.set_title("Les thèmes, semaine après semaine")
axe.legend(fontsize="small", bbox_to_anchor=(1.01, 1), loc="upper left")
axe.figure.tight_layout()

# %% [markdown]
# ## Qui et quoi, au fil du temps
#
# `entities_over_time` compte les articles où chaque entité paraît, par jour, semaine ou mois : à l’heure de Paris, si
# l’on n’en dit pas une autre. Les pages d’ici donnent une heure sans fuseau, lue comme UTC : on reste donc en UTC.

# %%
presence = newsnlp.entities_over_time(tables, freq="W", labels=["PER", "ORG"], timezone="UTC")
frequentes = presence.groupby("name")["articles"].sum().nlargest(12).index
grille = presence[presence["name"].isin(frequentes)].pivot_table(
    index="name", columns="period", values="articles", aggfunc="sum", fill_value=0
)
# Dans l'ordre où elles entrent en scène.
grille = grille.loc[grille.ne(0).idxmax(axis=1).sort_values(kind="stable").index].astype(int)

figure, axe = plt.subplots(figsize=(9, 4.5))
image = axe.imshow(grille.to_numpy(), cmap="YlGnBu", aspect="auto")
axe.set_yticks(range(len(grille)), grille.index)
axe.set_xticks(range(len(grille.columns)), [jour.strftime("%d/%m") for jour in grille.columns], rotation=45)
axe.set_xlabel("semaine du")
axe.set_title("Personnes et organisations les plus présentes")
figure.colorbar(image, label="articles", ticks=range(int(grille.to_numpy().max()) + 1))
figure.tight_layout()

# %% [markdown]
# ## Qui paraît avec qui

# %%
paires = newsnlp.co_occurrences(tables, labels=["PER", "ORG", "LOC"], minimum=2)
paires.head(8)

# %%
poids = pd.concat([paires.set_index("first")["articles"], paires.set_index("second")["articles"]])
choisis = list(poids.groupby(level=0).sum().nlargest(16).index)
matrice = pd.DataFrame(0, index=choisis, columns=choisis)
for paire in paires.itertuples():
    if paire.first in matrice.index and paire.second in matrice.index:
        matrice.loc[paire.first, paire.second] = matrice.loc[paire.second, paire.first] = paire.articles
# Les voisins côte à côte : chacun suit celui avec qui il paraît le plus.
ordre = [choisis[0]]
while len(ordre) < len(choisis):
    ordre.append(matrice.loc[ordre[-1]].drop(ordre).astype(float).idxmax())
matrice = matrice.loc[ordre, ordre]

figure, axe = plt.subplots(figsize=(7.5, 6.5))
image = axe.imshow(matrice.where(matrice > 0).to_numpy(dtype=float), cmap="OrRd", vmin=0)
axe.set_xticks(range(len(ordre)), ordre, rotation=60, ha="right")
axe.set_yticks(range(len(ordre)), ordre)
axe.set_title("Dans combien d’articles ils paraissent ensemble")
figure.colorbar(image, label="articles", shrink=0.8)
figure.tight_layout()

# %% [markdown]
# ## Les bilans, par lieu et par jour
#
# Plusieurs articles disent le même bilan : rien n’est additionné. `latest` est le chiffre du dernier article du jour,
# `low` et `high` l’étendue de ce qui a été dit ce jour-là.

# %%
bilans = newsnlp.casualties_by_day(tables, timezone="UTC")
mots = {"killed": "morts", "injured": "blessés", "missing": "disparus"}
bilans[bilans["event"].isin(mots)].head(12)

# %%
# `counted` dit ce qui est compté : ici des personnes, non les canards abattus d'un élevage.
suivis = bilans[bilans["event"].isin(mots) & bilans["place"].notna() & (bilans["counted"] != "canards")]
jours = suivis.groupby("place")["day"].nunique()
lieux = jours[jours > 1].index
figure, axe = plt.subplots(figsize=(9, 4.5))
marques = {"killed": "o", "injured": "s", "missing": "^"}
for numero, lieu in enumerate(lieux):
    for event, groupe in suivis[suivis["place"] == lieu].groupby("event"):
        axe.plot(
            groupe["day"],
            groupe["latest"].astype(float),
            marker=marques[event],
            color=f"C{numero}",
            linestyle="-" if event == "killed" else ":",
            label=f"{lieu} ({mots[event]})",
        )
axe.set_ylim(bottom=0)
axe.set_ylabel("personnes")
axe.set_title("Les bilans, jour après jour")
axe.legend(fontsize="small", bbox_to_anchor=(1.01, 1), loc="upper left")
figure.autofmt_xdate()
figure.tight_layout()

# %% [markdown]
# ## Vérifier
#
# Une table ne vaut que par la phrase d’où elle vient : chaque chiffre la garde.

# %%
chiffres = tables["figures"]
exemple = chiffres[chiffres["event"] == "killed"].iloc[0]
print(exemple["sentence"])
print("→", exemple["text"], "·", exemple["modifier"], "·", exemple["place"], "·", exemple["rule_id"])

# %%
travail.cleanup()
