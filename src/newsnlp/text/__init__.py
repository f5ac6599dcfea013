"""Text as such: folding, typography, offsets, stems, its language."""
