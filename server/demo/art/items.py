"""All item pictures, 600 x 600 units, by the name of their file."""

from .things import audio, bags, cameras, clothing, home, laptops, makeup, phones, shoes

PICTURES = (
    phones.PICTURES
    | laptops.PICTURES
    | shoes.PICTURES
    | clothing.PICTURES
    | bags.PICTURES
    | makeup.PICTURES
    | cameras.PICTURES
    | audio.PICTURES
    | home.PICTURES
)
