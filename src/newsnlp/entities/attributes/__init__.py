"""What is said of an entity: its country, how much the article is about it."""
