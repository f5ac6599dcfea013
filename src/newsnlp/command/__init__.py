"""What the command line stands on: how a command runs and ends, and what is installed."""
