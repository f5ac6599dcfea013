"""What the index knows of its articles, as arrays."""
