"""The demo world: its people, its stores, their things and the pictures of all of them."""
