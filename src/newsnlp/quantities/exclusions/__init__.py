"""What is written with a number and states no quantity. See `rules.barred`."""
