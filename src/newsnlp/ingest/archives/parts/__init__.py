"""What files of many articles are made of: pieces, fragments of HTML, paragraphs of Word files, dates."""
