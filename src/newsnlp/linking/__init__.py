"""One identity a name across articles: `link_entities`."""

from newsnlp.linking.corpus import EntityLinks, link_entities, told_of, told_of_rows
from newsnlp.linking.keys import LinkReason
from newsnlp.linking.naming import linked, with_corpus_names

__all__ = ["EntityLinks", "LinkReason", "link_entities", "linked", "told_of", "told_of_rows", "with_corpus_names"]
