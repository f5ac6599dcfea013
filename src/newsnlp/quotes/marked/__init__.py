"""What stands in quotation marks: the marks, who speaks in them, who takes up words in them."""
