"""Kinds of quantity that have a grammar of their own."""
