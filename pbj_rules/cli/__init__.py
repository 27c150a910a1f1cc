"""The command line ``pbj``."""
