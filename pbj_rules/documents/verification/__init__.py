"""Whether a Word file is what pbj-rules rendered."""
