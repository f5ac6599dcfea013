"""Related articles, explained: an index, copies, stories."""

from newsnlp.related.index import RelatedIndex, Suggestion
from newsnlp.related.ranking import RankingWeights, RelationKind

__all__ = ["RankingWeights", "RelatedIndex", "RelationKind", "Suggestion"]
