"""Everything the demo people have said, asked and decided before you came in. Only words."""
