"""What a case still needs, and how little would make a decision another."""
