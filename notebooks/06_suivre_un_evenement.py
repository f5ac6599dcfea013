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
# # Suivre un événement
#
# Une semaine d’articles entre ; il en sort une ligne par événement, le bilan au fil des jours avec ses contradictions, et
# chaque nombre ramène à sa phrase. Les articles, fournis avec la bibliothèque, racontent des événements inventés.

# %%
import tempfile
import warnings
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import newsnlp
import pandas as pd
from newsnlp.samples import sample_corpus

nlp = newsnlp.load()
semaine = [a for a in sample_corpus() if "2026-01-29" <= str(a.published_at)[:10] <= "2026-02-06"]
analyses = list(nlp.pipe(semaine))
pd.DataFrame([(a.id, a.published_at, a.source, a.title) for a in semaine], columns=["id", "date", "source", "titre"])

# %% [markdown]
# ## Ce qui s’est passé
#
# Un dossier reçoit les articles comme ils viennent : ceux de demain s’ajouteront sans que ceux d’hier soient relus.

# %%
dossier = newsnlp.Dossier()
for analyse in analyses:
    dossier.add(analyse)
evenements = dossier.events()
evenements[["event_id", "story", "date", "place", "country", "label", "killed_low", "killed_high", "articles"]]

# %% [markdown]
# Chaque ligne se lit aussi comme une phrase, faite de ses seuls champs.

# %%
for phrase in evenements["notes"]:
    print(phrase)

# %% [markdown]
# ## Le bilan au fil des jours
#
# `tolls` dit de chaque nombre ce qu’il est dans le bilan de son événement : total, partie, bilan précédent… `timeline` en
# tire un point par article.

# %%
seisme = evenements.loc[evenements["type"] == "earthquake"].sort_values("articles").iloc[-1]
bilans = dossier.tolls()
bilans = bilans[bilans["event_id"] == seisme["event_id"]]
suivi = newsnlp.timeline(bilans)
suivi[["event", "as_of", "low", "best", "high", "change", "difference", "source", "publisher"]]

# %%
noms = {"killed": "morts", "injured": "blessés", "missing": "disparus"}
figure, axe = plt.subplots(figsize=(8, 4))
for event, groupe in suivi[suivi["event"].isin(noms)].groupby("event", sort=False):
    dates = groupe["published_at"].dt.tz_convert("Europe/Paris").dt.tz_localize(None)
    nombres = groupe["best"].astype(float)
    (ligne,) = axe.plot(dates, nombres, marker="o", drawstyle="steps-post", label=noms[event])
    axe.annotate(
        f"{nombres.iloc[-1]:g}",
        (dates.iloc[-1], nombres.iloc[-1]),
        xytext=(6, 4),
        textcoords="offset points",
        color=ligne.get_color(),
    )
axe.margins(x=0.08, y=0.12)
axe.set_ylim(bottom=0)
axe.set_ylabel("personnes")
axe.set_title(f"{seisme['label'].capitalize()} ({seisme['place']}), article par article")
axe.xaxis.set_major_locator(mdates.DayLocator())
axe.xaxis.set_major_formatter(mdates.DateFormatter("%d/%m"))
axe.legend()
figure.tight_layout()

# %% [markdown]
# ## Ce qui ne peut pas être vrai à la fois
#
# Les articles du séisme s’accordent. Voici une attaque dont deux sources donnent chacune leur bilan.

# %%
textes = {
    "Agence Atlas": "Attaque à Bourem : 17 soldats tués selon l’armée\n\nUne attaque a visé dimanche 1er mars le camp de Bourem, "
    "au Mali. Dix-sept soldats ont été tués, selon l’armée. Les rebelles affirment avoir tué 60 soldats.",
    "Le Courrier": "Mali : 29 morts dans l’attaque de Bourem\n\nL’attaque du camp de Bourem, dimanche 1er mars, a fait 29 morts, "
    "a reconnu l’armée, qui parlait de 17 morts lundi.",
}
autres = [
    newsnlp.Article(id=f"bourem-{jour}", text=texte, source=source, published_at=f"2026-03-0{jour}")
    for jour, (source, texte) in enumerate(textes.items(), 2)
]
dossier.add(nlp.pipe(autres))
attaque = dossier.tolls()
attaque = attaque[attaque["article_id"].str.startswith("bourem")]
newsnlp.contradictions(attaque)[["event", "kind", "source", "low", "other_source", "other_low", "sentence"]]

# %% [markdown]
# ## Remonter à la phrase
#
# Chaque nombre porte son article, son indice dans `analysis.figures` et sa phrase.

# %%
debout = bilans[bilans["standing"]]
for ligne in debout.itertuples():
    print(f"{ligne.best:g} {noms.get(ligne.event, 'logements détruits')} · {ligne.article_id}, chiffre {ligne.figure}")
    print("  ", ligne.sentence)

# %% [markdown]
# ## Dans les colonnes d’une base de données
#
# ACLED, UCDP et EM-DAT ont chacune leurs codes. Ce qui n’y a pas de place est compté dans un avertissement.

# %%
with warnings.catch_warnings(record=True) as avis:
    warnings.simplefilter("always")
    catastrophes = dossier.events("emdat")
print(avis[0].message)
catastrophes[["DisNo.", "Disaster Type", "ISO", "Location", "Total Deaths", "No. Injured", "Entry Criteria"]]

# %% [markdown]
# ## Demain
#
# Le dossier s’écrit dans un fichier sans les textes, et se relit.

# %%
fichier = Path(tempfile.mkdtemp()) / "dossier.jsonl"
dossier.save(fichier)
demain = newsnlp.Dossier.load(fichier)
print(demain.add(analyses), "article nouveau ;", len(demain), "événements")
