"""What the demo stores sell, one module for each area, in English and Simplified Chinese."""
