"""The demo people as the sign-in page offers them."""

from server.schema import Shape


class DemoPerson(Shape):
    """Somebody to come in as."""

    username: str
    name: str
    face: str | None


class DemoPeople(Shape):
    """The people of the demo world and the password of them all."""

    people: list[DemoPerson]
    password: str
