from __future__ import annotations

import pytest

from newsnlp.reading import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les députés ont rejeté mardi soir l'article 3 du budget, après six heures de débats.", "fr"),
        ("Lawmakers have rejected the third article of the budget on Tuesday after six hours of debate.", "en"),
        ("Los diputados han rechazado el martes el artículo tres del presupuesto tras seis horas de debate.", "es"),
        ("I deputati hanno respinto martedì l'articolo tre della legge di bilancio dopo sei ore di dibattito.", "it"),
        ("Die Abgeordneten haben am Dienstag nach sechs Stunden den dritten Artikel des Haushalts abgelehnt.", "de"),
        ("Os deputados rejeitaram na terça-feira o artigo três do orçamento, após seis horas de debate.", "pt"),
        ("De Kamerleden hebben dinsdag na zes uur debat het derde artikel van de begroting verworpen.", "nl"),
        ("« The show must go on », a dit le chanteur à la foule, avant de quitter la scène sous les huées.", "fr"),
        ("", None),
        ("Tokyo 2020", None),
        ("12 34 56 78 90 11 22 33 44 55", None),
        ("Меры безопасности усилены в столице после взрыва на рынке в понедельник утром", None),
        ("Paris Lyon Marseille Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes", None),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language
    assert detect_language(text.replace("'", "’")) == language


def test_a_long_text_costs_no_more_than_a_short_one():
    assert detect_language("Le chat est dans la maison et il dort. " * 500_000) == "fr"
