"""A small service over HTTP: analyses, related articles, and the index behind them. Needs the extra ``server``."""
