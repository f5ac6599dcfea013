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
# # Articles liés et histoires
#
# Trois questions que se pose une rédaction, ou un chercheur devant un corpus :
#
# 1. **Que lire aussi ?** Les articles qu’un rédacteur aurait choisis, et pourquoi, sans jamais deux fois la même dépêche.
# 2. **Qui a repris qui ?** Les copies d’une dépêche, malgré un autre titre, des coquilles ou une fin coupée.
# 3. **Quelles histoires ?** Les événements que racontent les articles, et leurs bilans au fil des jours.
#
# Le corpus de 64 articles est fourni avec la bibliothèque : treize événements inventés, racontés par cinq sources
# inventées. Tout se passe hors ligne.

# %%
import newsnlp
from newsnlp.samples import sample_corpus

articles = sample_corpus()
print(len(articles), "articles,", len({article.source for article in articles}), "sources")
print(articles[0].published_at.date(), "→", articles[-1].published_at.date())

# %% [markdown]
# ## Construire l’index
#
# L’index prend des articles analysés : il compare leurs mots, et aussi leurs noms, leurs thèmes et leurs chiffres.
# (Des articles bruts conviennent aussi : `index.add(articles)`.)

# %%
nlp = newsnlp.load()
analyses = list(nlp.pipe(articles))
index = newsnlp.RelatedIndex()
index.add(analyses)
len(index)

# %% [markdown]
# ## À lire aussi
#
# On part d’un article de l’index, par son identifiant.

# %%
import pandas as pd

pd.set_option("display.max_colwidth", 70)


def tableau(suggestions):
    return pd.DataFrame(
        {
            "titre": s.title,
            "source": s.source,
            "lien": s.kind.value,
            "score": round(s.score, 3),
            "raisons": ", ".join(s.reasons),
            "autres sources": ", ".join(s.others),
        }
        for s in suggestions
    )


titres = {article.id: article.title for article in articles}
print(titres["raffinerie-4"])
tableau(index.suggest("raffinerie-4"))

# %% [markdown]
# La colonne *lien* distingue la même dépêche (`duplicate`), le même événement à quelques jours près (`same_story`) et
# le même sujet (`same_theme`). La dépêche reprise par un autre journal n’apparaît qu’une fois ; ses copies sont dans
# *autres sources*. Le score décroît avec le temps qui sépare deux articles.
#
# On peut partir d’un texte qui n’est pas dans l’index, choisir des dates, une source, ou écarter les copies :

# %%
texte = "Après le séisme qui a ravagé la région de Demnate, le Maroc compte ses morts et cherche des tentes."
tableau(index.suggest(texte, k=4, until="2026-02-05"))

# %%
tableau(index.suggest("municipales-1", k=4, same_source=False, kinds=["same_story", "same_theme"]))

# %% [markdown]
# Rien de proche ? Alors rien : l’index ne comble pas une liste avec n’importe quoi.

# %%
index.suggest("La recette de la tarte aux pommes de ma grand-mère demande six œufs et de la patience.")

# %% [markdown]
# ## Les copies
#
# Une dépêche est abîmée exprès : un autre titre, des coquilles, la fin coupée. Elle reste reconnue.

# %%
from newsnlp import Article

depeche = next(article for article in articles if article.id == "seisme-1")
copie = depeche.text[:280].replace("secoué", "secuoé").replace("province", "provnce")
(trouvee, *_) = index.suggest(Article(text=copie, title="Le Maroc endeuillé", published_at="2026-02-03"))
print(trouvee.kind.value, "de", trouvee.id, "; autres versions :", trouvee.others)

# %% [markdown]
# Qui reprend l’agence ? Pour chaque article, les autres versions du même texte.

# %%
reprises = {}
for article in articles:
    for s in index.suggest(article.id, k=1, kinds=["duplicate"]):
        versions = tuple(sorted([article.id, s.id, *s.others]))
        reprises[versions] = [a.source for a in articles if a.id in versions]
pd.DataFrame([{"versions": ", ".join(v), "sources": " → ".join(s)} for v, s in sorted(reprises.items())])

# %% [markdown]
# ## La ressemblance en un coup d’œil
#
# Chaque case compare deux articles, rangés par événement : les blocs de la diagonale sont les événements.

# %%
import matplotlib.pyplot as plt
import numpy as np

ordre = sorted(index.ids)
distances, voisins = index.kneighbors(ordre, n_neighbors=len(ordre))
ressemblance = np.zeros((len(ordre), len(ordre)))
place = {article_id: n for n, article_id in enumerate(ordre)}
for ligne in range(len(ordre)):
    for distance, voisin in zip(distances[ligne], voisins[ligne]):
        ressemblance[ligne, place[index.ids[voisin]]] = 1 - distance

evenements = [article_id.partition("-")[0] for article_id in ordre]
debuts = [n for n, nom in enumerate(evenements) if n == 0 or nom != evenements[n - 1]]
milieux = [(debut + fin - 1) / 2 for debut, fin in zip(debuts, [*debuts[1:], len(ordre)])]
figure, axes = plt.subplots(figsize=(7, 6))
image = axes.imshow(ressemblance, cmap="Blues", vmin=0, vmax=0.6)
axes.set_xticks(milieux, [evenements[d] for d in debuts], rotation=60, ha="right")
axes.set_yticks(milieux, [evenements[d] for d in debuts])
axes.tick_params(length=0)
for debut in debuts[1:]:
    axes.axhline(debut - 0.5, color="#dddddd", linewidth=0.6)
    axes.axvline(debut - 0.5, color="#dddddd", linewidth=0.6)
axes.set_title("Ressemblance des 64 articles, rangés par événement")
figure.colorbar(image, label="cosinus des textes", shrink=0.8)
figure.tight_layout()

# %% [markdown]
# ## Les histoires
#
# `stories` lit le corpus dans l’ordre des parutions : chaque article rejoint l’histoire en cours la plus proche, ou
# en ouvre une.

# %%
histoires = newsnlp.stories(analyses)
pd.DataFrame(
    {
        "titre": h.title,
        "articles": len(h),
        "du": h.start.date(),
        "au": h.end.date(),
        "entités": ", ".join(h.entities[:4]),
    }
    for h in histoires
)

# %%
from matplotlib.dates import DateFormatter

figure, axes = plt.subplots(figsize=(9, 5))
dates = {article.id: article.published_at for article in articles}
rangees = sorted(histoires, key=lambda h: h.start, reverse=True)
for rang, h in enumerate(rangees):
    jours = [dates[article_id] for article_id in h.article_ids]
    axes.plot([min(jours), max(jours)], [rang, rang], color="#9ecae1", linewidth=4, solid_capstyle="round", zorder=1)
    axes.scatter(jours, [rang] * len(jours), color="#08519c", s=22, zorder=2)
axes.set_yticks(range(len(rangees)), [h.title if len(h.title) < 58 else h.title[:56] + "…" for h in rangees])
axes.set_title("Les histoires du corpus, un point par article", loc="left")
axes.xaxis.set_major_formatter(DateFormatter("%d/%m"))
axes.spines[["top", "right", "left"]].set_visible(False)
axes.tick_params(axis="y", length=0)
figure.autofmt_xdate()
figure.tight_layout()

# %% [markdown]
# ## Les bilans au fil des jours
#
# Les chiffres d’une histoire, tels que chaque article les donne, avec leur source.

# %%
seisme = next(h for h in histoires if "seisme-1" in h.article_ids)
chiffres = seisme.to_frame()
chiffres[["published_at", "source", "event", "counted", "text", "value_min", "modifier"]]

# %%
noms = {"killed": "morts", "injured": "blessés"}
figure, axes = plt.subplots(figsize=(7, 3.6))
for evenement, couleur in (("killed", "#a50f15"), ("injured", "#fc9272")):
    lignes = chiffres[(chiffres["event"] == evenement) & chiffres["value_min"].notna()].sort_values("published_at")
    # Un seul point quand une copie répète le même chiffre.
    lignes = lignes.drop_duplicates(["value_min"])
    axes.plot(lignes["published_at"], lignes["value_min"], marker="o", color=couleur, label=noms[evenement])
    for _, ligne in lignes.iterrows():
        valeur = f"{ligne['value_min']:.0f}"
        axes.annotate(valeur, (ligne["published_at"], ligne["value_min"]), xytext=(0, 7), textcoords="offset points", ha="center")
axes.xaxis.set_major_formatter(DateFormatter("%d/%m %Hh"))
axes.set_title("Séisme d’Azilal : le bilan au fil des articles", loc="left")
axes.set_ylim(bottom=0)
axes.margins(y=0.15)
axes.legend(frameon=False)
axes.spines[["top", "right"]].set_visible(False)
figure.autofmt_xdate()
figure.tight_layout()

# %% [markdown]
# ## Garder l’index, l’agrandir
#
# `save` écrit des tableaux et du JSON dans un dossier, d’un seul coup : une panne au milieu laisse l’ancien index
# entier. On ajoute et on retire des articles à tout moment.

# %%
import tempfile

with tempfile.TemporaryDirectory() as dossier:
    index.save(dossier)
    relu = newsnlp.RelatedIndex.load(dossier)
    relu.add(nlp(Article(id="nouveau", text="À Demnate, les écoles rouvrent deux mois après le séisme d’Azilal.", published_at="2026-04-05")))
    print([s.id for s in relu.suggest("nouveau")])
    relu.remove("nouveau")
    print(len(relu))
