"""The network that finds names, and what it reads."""
