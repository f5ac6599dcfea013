"""Related articles, explained: an index, copies, stories."""

from newsnlp.related.index import RelatedIndex
from newsnlp.related.ranking import RankingWeights, RelationKind
from newsnlp.related.story_clusters import Story, stories
from newsnlp.related.suggesting import Suggestion

__all__ = ["RankingWeights", "RelatedIndex", "RelationKind", "Story", "Suggestion", "stories"]
