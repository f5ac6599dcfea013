"""What the lexicons know of names: forms, places, known names and cue words."""
