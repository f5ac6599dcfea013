"""Inputs of any kind as a stream of articles; what cannot be read is a `Failure`."""
