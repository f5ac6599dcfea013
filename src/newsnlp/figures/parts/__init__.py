"""What is part of what."""
