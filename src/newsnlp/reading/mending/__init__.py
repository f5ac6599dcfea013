"""What is mended in a text before it is told which lines are the article's: each step gives a map back."""
