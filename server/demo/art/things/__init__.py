"""The drawings of things, one module for each area of the market."""
