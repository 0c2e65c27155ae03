"""Telephone numbers: as people write them, as we keep them (E.164) and as we show them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

LONGEST = 40
"""Characters of what people write, blanks and brackets included."""

_TAKES_TEXTS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
"""Every text costs us something, and what it costs is somebody's gain at premium, shared-cost and
personal numbers; numbers over the internet are had by the thousand. In some countries (+1) mobiles
cannot be told from others."""


def cleaned(text: str) -> str:
    """A number that somebody wrote, with its country code, as E.164: `+8613800138000`.

    Raises ValueError, which says what is wrong: country (it begins with no + and country code),
    invalid (there is no such number), no_texts (no number of a mobile).
    """
    written = text.strip()
    if not written.startswith(("+", "\N{FULLWIDTH PLUS SIGN}")):
        raise ValueError("country")
    try:
        number = phonenumbers.parse(written)
    except NumberParseException as error:
        unknown = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
        raise ValueError("country" if unknown else "invalid") from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError("invalid")
    if phonenumbers.number_type(number) not in _TAKES_TEXTS:
        raise ValueError("no_texts")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """To its own person: `+86 138 0013 8000`."""
    return phonenumbers.format_number(_read(number), PhoneNumberFormat.INTERNATIONAL)


def masked(number: str) -> str:
    """To everybody else, operators included: `+86 ••• 00`."""
    return f"+{_read(number).country_code} ••• {number[-2:]}"


def _read(number: str) -> PhoneNumber:
    return phonenumbers.parse(number)
