"""The pictures of the demo world: drawn by pure functions, kept ready as WebP files."""
