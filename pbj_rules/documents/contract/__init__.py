"""What papers read: the data contract of each, and the vocabulary of names that templates may use."""
