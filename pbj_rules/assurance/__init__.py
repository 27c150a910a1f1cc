"""What makes the rules something to sign: readers of the one condition tree that prove, compare and print it."""
