"""What `pbj check` says of templates and blocks, with the place of each fault."""
