"""Whole corpora: any source in, tables out, in parallel, resumable, losing nothing."""

from newsnlp.corpus.partition import analyze_partition
from newsnlp.corpus.report import CorpusReport
from newsnlp.corpus.run import analyze_corpus
from newsnlp.ingest.failures import Failure, FailureKind
from newsnlp.ingest.sources import read_source

__all__ = ["CorpusReport", "Failure", "FailureKind", "analyze_corpus", "analyze_partition", "read_source"]
