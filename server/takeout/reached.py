"""Records of how I am told of things, and of what not."""

from server.schema import Shape


class Address(Shape):
    """An e-mail address of mine."""

    email: str
    verified: bool


class PhoneNumber(Shape):
    """A telephone number of mine, or one that I said is mine and have not shown to be."""

    number: str
    verified: bool


class SilenceRecord(Shape):
    """A kind of notice that I want no more of; about: of one thing alone, by its number, 0: all."""

    kind: str
    about: int


class DeliveryRecord(Shape):
    """How I am reached beyond the page. Minutes are of the day in my zone. mail: letters at all.

    quiet_from, quiet_to: nothing leaves between them. digest_at: letters of a day leave as one.
    """

    mail: bool
    zone: str
    quiet_from: int | None
    quiet_to: int | None
    digest_at: int | None


class WishRecord(Shape):
    """A kind of notice that I want on a way (mail or push), or not, unlike others have it."""

    kind: str
    way: str
    wanted: bool
