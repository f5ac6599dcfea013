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
# # Analyser un article
#
# `newsnlp` lit un article de presse en français, même collé depuis une page web avec ses menus et ses boutons de
# partage, et en tire des **entités**, des **chiffres** et des **thèmes**. Tout se passe hors ligne, sur le processeur
# d’un ordinateur portable.
#
# L’article ci-dessous est fourni avec la bibliothèque ; les personnes et les faits en sont inventés.

# %%
import newsnlp
from newsnlp.samples import sample_text

texte = sample_text()
print(texte[:420])

# %% [markdown]
# ## Charger, analyser
#
# `load()` prend une ou deux secondes ; gardez l’objet et appelez-le autant de fois qu’il le faut, ou passez-lui un flux
# d’articles avec `nlp.pipe(...)`.

# %%
nlp = newsnlp.load()
analyse = nlp(texte)
analyse

# %% [markdown]
# Le menu, les boutons de partage, les liens et le formulaire ne sont plus là ; le titre, l’auteur et la date ont été
# reconnus. Survolez un passage surligné pour lire ce qui en a été compris.

# %%
article = analyse.article
print(article.title)
print(article.author, "·", article.published_at)

# %% [markdown]
# ## Les entités
#
# Une ligne par personne, lieu ou organisation de l’article, toutes ses mentions réunies. `country` est le code ISO du
# pays, `role` la fonction que le texte donne.

# %%
tables = newsnlp.to_frames(analyse)
tables["entities"][["name", "type", "country", "role", "mention_count", "aliases"]]

# %% [markdown]
# ## Les chiffres
#
# Chaque nombre qui dit quelque chose du monde : sa valeur ou ses bornes, ce qui est compté, ce qui arrive à ceux que
# l’on compte, où, et avec quelle certitude. `part_of` renvoie au chiffre dont celui-ci est une partie.

# %%
tables["figures"][
    ["text", "value_min", "value_max", "modifier", "unit", "counted", "event", "status", "place", "part_of"]
]

# %% [markdown]
# Un chiffre n’est jamais détaché de sa phrase : ses positions renvoient au texte tel que vous l’avez donné.

# %%
chiffre = analyse.figures[0]
print(texte[chiffre.start : chiffre.end], "→", chiffre.value_min, chiffre.value_max, chiffre.modifier)
print(chiffre.sentence)

# %% [markdown]
# Deux vues répondent aux premières questions d’un analyste : les victimes, et les forces en présence.

# %%
newsnlp.casualties(analyse)[["place", "event", "counted", "value", "low", "high", "status", "source"]]

# %%
newsnlp.forces(analyse)[["place", "country", "counted", "value", "modifier"]]

# %% [markdown]
# ## Les thèmes
#
# Ce sont ceux de l’IPTC, que les agences emploient, avec les mots qui ont décidé.

# %%
tables["topics"][["name", "code", "level", "score", "evidence"]]

# %% [markdown]
# ## Enregistrer
#
# `csv` pour les programmes, `excel-fr` pour un Excel français, `xlsx`, `parquet`, `jsonl` ou `sqlite`.

# %%
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as dossier:
    fichiers = newsnlp.write_tables(analyse, dossier, format="excel-fr")
    print(sorted(chemin.name for chemin in fichiers.values()))
    print(Path(fichiers["figures"]).read_text(encoding="utf-8-sig").splitlines()[0][:80])
