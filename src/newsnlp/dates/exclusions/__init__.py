"""What looks like an expression of time and is none. See `rules.is_none`."""
