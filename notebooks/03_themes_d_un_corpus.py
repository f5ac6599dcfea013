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
# # Les thèmes d’un corpus
#
# De quoi parle un corpus de presse ? Trois réponses, de la plus convenue à la plus libre :
#
# 1. **la nomenclature de l’IPTC**, que partagent les agences : chaque article reçoit ses thèmes, sans apprentissage ;
# 2. **vos propres rubriques**, apprises sur une poignée d’articles ;
# 3. **les thèmes que le corpus dégage de lui-même**, sans aucune étiquette.
#
# Le corpus de 64 articles est fourni avec la bibliothèque : des événements inventés, racontés par cinq sources
# inventées. Tout se passe hors ligne.

# %%
import newsnlp
from newsnlp.samples import sample_corpus

articles = sample_corpus()
nlp = newsnlp.load()
analyses = list(nlp.pipe(articles))
len(analyses)

# %% [markdown]
# ## Les thèmes de l’IPTC
#
# Les thèmes d’un article vont du plus sûr au moins sûr : d’abord le niveau 1 de la nomenclature, puis le niveau 2. Le
# score est une probabilité : sur dix thèmes notés 0,8, huit environ sont justes.

# %%
import pandas as pd

exemple = next(a for a in analyses if a.article.id == "automobile-1")
print(exemple.article.title)
pd.DataFrame(
    [{"thème": t.name, "niveau": t.level, "score": round(t.score, 2)} for t in exemple.topics]
)

# %% [markdown]
# Pourquoi ces thèmes ? `explain` montre les mots qui ont décidé, à leur place dans le texte.

# %%
newsnlp.explain(exemple)

# %% [markdown]
# ## Le corpus d’un coup d’œil
#
# Un article compte pour chacun de ses thèmes de niveau 1.

# %%
import matplotlib.pyplot as plt

topics = newsnlp.to_frames(analyses)["topics"]
niveau1 = topics[topics["level"] == 1]
nombre = niveau1["name"].value_counts().sort_values()

figure, axes = plt.subplots(figsize=(8, 4.5))
nombre.plot.barh(ax=axes, color="#4c72b0")
axes.set(title="Articles par thème (IPTC, niveau 1)", xlabel="articles", ylabel="")
axes.bar_label(axes.containers[0], padding=3)
axes.margins(x=0.12)
axes.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
plt.show()

# %% [markdown]
# Au fil des jours : quels thèmes occupent l’actualité, et quand ?

# %%
dates = pd.DataFrame(
    [(a.article.id, a.article.published_at.date()) for a in analyses], columns=["article_id", "jour"]
)
premiers = niveau1.drop_duplicates("article_id").merge(dates, on="article_id")
principaux = premiers["name"].value_counts().index[:6]
par_semaine = (
    premiers[premiers["name"].isin(principaux)]
    .assign(semaine=lambda t: pd.to_datetime(t["jour"]).dt.to_period("W").dt.start_time)
    .pivot_table(index="semaine", columns="name", values="article_id", aggfunc="count", fill_value=0)
)
# Une semaine sans article compte aussi.
semaines = pd.date_range(par_semaine.index.min(), par_semaine.index.max(), freq="7D")
par_semaine = par_semaine.reindex(semaines, fill_value=0)
par_semaine.index = par_semaine.index.strftime("%d/%m/%Y")

figure, axes = plt.subplots(figsize=(9, 4.5))
par_semaine.plot.bar(ax=axes, stacked=True, width=0.8, colormap="tab10", rot=30)
axes.set(title="Premier thème des articles, par semaine", xlabel="semaine commençant le", ylabel="articles")
axes.legend(title="", fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
axes.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Plus fin que les thèmes : les mots-clés d’un article

# %%
for analyse in analyses[:5]:
    print(analyse.article.title)
    print("   ", " · ".join(newsnlp.keyphrases(analyse, k=6)))

# %% [markdown]
# ## Vos rubriques
#
# Une rédaction a sa propre nomenclature. `TopicLabeler` l’apprend par-dessus ce que la bibliothèque sait déjà : ici, deux
# articles par rubrique suffisent pour classer tous les autres. Les rubriques viennent du nom des événements.

# %%
rubriques = {
    "seisme": "Monde",
    "goma": "Monde",
    "municipales": "Politique",
    "banque": "Économie",
    "automobile": "Économie",
    "proces": "Justice",
    "festival": "Culture",
    "coupe": "Sports",
    "fusee": "Sciences",
}
table = pd.DataFrame(
    [
        {"id": a.id, "title": a.title, "text": a.text, "rubrique": rubriques[a.id.partition("-")[0]]}
        for a in articles
        if a.id.partition("-")[0] in rubriques
    ]
)
apprentissage = table.groupby("rubrique", group_keys=False).head(2)
reste = table.drop(apprentissage.index)

labeler = newsnlp.TopicLabeler().fit(apprentissage, apprentissage["rubrique"])
trouve = labeler.predict(reste)
print(f"{len(apprentissage)} articles appris, {len(reste)} classés, {(trouve == reste['rubrique']).mean():.0%} justes")

# %% [markdown]
# Les erreurs, s’il y en a, se lisent dans le croisement des rubriques données et trouvées.

# %%
pd.crosstab(reste["rubrique"], pd.Series(trouve, index=reste.index, name="trouvée"))

# %% [markdown]
# ## Les thèmes que le corpus dégage de lui-même
#
# Sans étiquette : `themes` cherche les groupes de noms et d’expressions qui reviennent ensemble.

# %%
themes = newsnlp.themes(analyses, n=13)
themes.to_frame()

# %%
poids = themes.articles_frame()
evenements = poids.assign(événement=poids["article_id"].str.partition("-")[0])
croise = evenements.pivot_table(index="label", columns="événement", values="weight", aggfunc="sum", fill_value=0)
ordre = croise.to_numpy().argmax(axis=1).argsort(kind="stable")
croise = croise.iloc[ordre]

figure, axes = plt.subplots(figsize=(9, 5.5))
image = axes.imshow(croise, cmap="Blues", aspect="auto")
axes.set_xticks(range(croise.shape[1]), croise.columns, rotation=40, ha="right")
axes.set_yticks(range(croise.shape[0]), [label if len(label) < 46 else label[:45] + "…" for label in croise.index])
axes.tick_params(labelsize=8)
axes.set_title("Thèmes trouvés et événements racontés", fontsize=11)
figure.colorbar(image, label="poids cumulé des articles")
figure.tight_layout()
plt.show()

# %% [markdown]
# Chaque colonne est un événement, chaque ligne un thème trouvé sans étiquette : une case sombre par ligne dit que le
# thème est celui d’un seul événement. Les mêmes articles donnent toujours les mêmes thèmes.
