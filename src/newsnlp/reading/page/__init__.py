"""Telling the article from the page around it: lines, headline, bylines, furniture, foot."""
