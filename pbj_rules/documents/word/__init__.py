"""Word files as such: opened with care, packed with the same bytes, their parts, words and pictures."""
