"""A newsroom's own labeller."""
