"""Review drafts: comments on what rules decided, the cover sheet of all statements, and what a signature rests on."""
