"""The office or trade that the text gives a person, and what it is."""
