"""What each block is by its own words: labels, forms of lines, kinds of sentences."""
