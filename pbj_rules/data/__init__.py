"""The shipped rules, templates and samples, as an installed package holds them."""
